"""Changes ranked by size: "the fall was GREATEST with wax (2.3), FOLLOWED BY clay (1.9)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.kinds.changes_that_differ import opened_by
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.stat_words import sign_of
from evergrove.reading.text.tokens import Token, close_bracket, is_measure
from evergrove.reading.text.words import CHANGE_NOUNS, STATE, VERBS, word_set

RANKS = word_set("greatest largest biggest smallest strongest")
_ENDS = word_set("; : . ) ] than while whereas but")
#: "FOLLOWED BY clay", "THEN CAME clay": who comes next.
_NEXT = (["followed", "by"], ["then", "came"], ["next", "came"], ["then"], ["then", "by"])


def ranked_changes(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """Call scores changes that a sentence ranks by how far each group moved.

    "The reduction in NRS was GREATEST with wax (2.3 ± 1.1)", "the LARGEST reduction in NRS was seen
    with wax (2.3)": each number alone in the bracket behind its group, and no scale named in it;
    "... FOLLOWED BY clay (1.2) and felt (0.9)" goes on with the same.
    """
    for index, run in enumerate(runs):
        after = runs[index + 1] if index + 1 < len(runs) else None
        if not _alone_in_bracket(tokens, run, after):
            continue
        at = _rank(tokens, runs[index - 1].last if index else a, opened_by(tokens, run))
        if at < 0:
            continue
        noun = _ranked(tokens, a, at, opened_by(tokens, run))
        if run.stat == "level" and run.role in ("state", "of") and noun:
            run.stat, run.cue, run.role, run.sign = "change", noun, "of", sign_of(noun)
        if run.stat == "change":
            _next_in_rank(tokens, runs[index:])


def _next_in_rank(tokens: list[Token], runs: list[Run]) -> None:
    """ "..., FOLLOWED BY clay (1.2) and felt (0.9)": the changes of those who come next."""
    behind = [*runs[1:], None]
    for (one, two), after in zip(itertools.pairwise(runs), behind[1:], strict=True):
        gap = _gap(tokens, one, two)
        if gap is None or not _alone_in_bracket(tokens, two, after):
            return
        if two.stat == "level":
            two.go_on_from(one)


def _gap(tokens: list[Token], one: Run, two: Run) -> range | None:
    """Where the next group stands between two brackets, or None if more than a name is there."""
    first, stop = _closed(tokens, one) + 1, opened_by(tokens, two)
    while first < stop and tokens[first].word in (",", "and"):
        first += 1
    lead = next((x for x in _NEXT if [t.word for t in tokens[first : first + len(x)]] == x), [])
    first += len(lead)
    gap = range(first, stop)
    if not gap or len(gap) > 9 or any(is_measure(tokens[k]) for k in gap):
        return None
    bad = any(tokens[k].word in VERBS or tokens[k].word in _ENDS for k in gap)
    return None if bad else gap


def _rank(tokens: list[Token], start: int, opened: int) -> int:
    """Where a word such as "greatest" stands in the clause ahead of a bracket, or -1."""
    for k in range(opened - 1, start - 1, -1):
        if tokens[k].word in _ENDS:
            return -1
        if tokens[k].word in RANKS:
            return k
    return -1


def _ranked(tokens: list[Token], start: int, at: int, opened: int) -> str:
    """The noun of change that the word at `at` ranks ahead of a bracket, or ""."""
    behind = [tokens[k].word for k in range(at + 1, opened)]
    noun = next(
        (k for k in range(at + 1, min(at + 6, opened)) if tokens[k].word in CHANGE_NOUNS), -1
    )
    if noun > 0:
        # "the GREATEST VAS REDUCTION WAS SEEN with wax (2.3)"
        said = [tokens[k].word for k in range(noun + 1, opened)]
        passive = any(x in STATE and y in NOTED for x, y in itertools.pairwise(said))
        others = [word for word in said if word in VERBS and word not in STATE | NOTED]
        return tokens[noun].word if passive and not others and "to" not in said else ""
    if tokens[at - 1].word not in STATE or any(word in VERBS for word in behind):
        return ""
    return _subject(tokens, start, at - 1) if "to" not in behind else ""


def _subject(tokens: list[Token], start: int, verb: int) -> str:
    """ "the REDUCTION in NRS at 6 weeks WAS": the noun that the verb is said of, or ""."""
    for k in range(verb - 1, start - 1, -1):
        word = tokens[k].word
        if word in CHANGE_NOUNS and not is_measure(tokens[k]):
            return word
        if word in _ENDS or (word in VERBS and not is_measure(tokens[k])):
            return ""
    return ""


def _closed(tokens: list[Token], run: Run) -> int:
    """The sign that closes the bracket of a run."""
    close = close_bracket(tokens, opened_by(tokens, run), len(tokens))
    return len(tokens) - 1 if close is None else close


def _alone_in_bracket(tokens: list[Token], run: Run, after: Run | None) -> bool:
    """Whether a run is one value, in a bracket without any other and without a scale's name."""
    if len(run.values) > 1 or run.values[0].percent or opened_by(tokens, run) < 0:
        return False
    close = _closed(tokens, run)
    named = any(is_measure(tokens[k]) for k in range(run.last, close))
    return not named and (after is None or after.first > close)
