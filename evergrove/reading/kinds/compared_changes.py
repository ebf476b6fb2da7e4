"""Two numbers behind a change that is compared between two groups: changes, or the two scores."""

from __future__ import annotations

import itertools

from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.kinds.stat_phrases import moved_by
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFER, of_itself, sign_of
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    BETTER,
    CENTRES,
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    STATE,
    UP,
    word_set,
)
from evergrove.reading.view import View

MORE_OF = word_set("more greater larger higher stronger better further")
LESS = word_set("less smaller lower weaker fewer")
ALIKE = word_set("similar comparable equal equivalent same differ differed different alike")
_AGAINST = word_set("than compared versus vs")
_BRACKETS = word_set("( [ :")
_STOPS = word_set("; . whereas while but although")


def compared_changes(document: Document, view: View, runs: list[Run]) -> None:
    """ "The FALL in VAS was GREATER with wax than with clay (2.4 vs 1.2)": two falls.

    Also "VAS FELL MORE with wax (2.4) than with clay (1.2)". The numbers must go the way of the
    comparison: "fell more with wax than with clay (3.1 vs 4.0)" gives the two scores. Where more
    is better, "VAS rose more (54 vs 48)" may be either: only a noun of change decides, in doubt.
    Several clauses with a pair each are looked at one by one: "wax was more effective in reducing
    VAS (3.1 vs 1.9), WHILE CLAY was in reducing ODI (12 vs 9)".
    """
    tokens = document.tokens
    pairs = len(runs) > 1 and all(run.versus and len(run.values) == 2 for run in runs)
    if pairs and all(_clause_between(tokens, *two) for two in itertools.pairwise(runs)):
        for index, run in enumerate(runs):
            start = runs[index - 1].last if index else view.a
            _compared_in_clause(document, view, [run], start)
        return
    _compared_in_clause(document, view, runs, view.a)


def _clause_between(tokens: list[Token], one: Run, two: Run) -> bool:
    return any(tokens[k].word in _STOPS for k in range(one.last, two.first))


def _compared_in_clause(document: Document, view: View, runs: list[Run], start: int) -> None:
    found = _two(document.tokens, runs)
    if found is None:
        _ranked(document.tokens, start, runs)
        return
    told = _compared(document.tokens, start, found[0].first, found[-1].first)
    if told is None:
        return
    cue, noun, way = told
    if not way and _differences_told(document.tokens, view, found):
        return
    told = [value.value for run in found for value in run.values]
    # of three, "greater with wax (2.4) and cork (1.9) than with clay (1.1)", the last is the least
    if way and any((one - told[-1]) * way <= 0 for one in told[:-1]):
        return
    if _scores_rise(document, view, found[0], cue) or not way:
        if not noun:
            return
        document.queue.add("direction_assumed")
    for run in found:
        run.stat, run.cue, run.sign, run.role = "change", cue, sign_of(cue), "of"
        run.ranked = bool(way)


def _ranked(tokens: list[Token], start: int, runs: list[Run]) -> None:
    """ "The DECREASE in VAS was GREATER in the wax group (2.1 vs 0.9)": that of wax comes first.

    Where the first is the smaller, "better RELIEF (VAS 1.9 vs 3.1)" gives the scores themselves.
    """
    if len(runs) != 1 or runs[0].stat != "change" or len(runs[0].values) != 2:
        return
    run = runs[0]
    opened = run.first - 1
    while opened > start and (is_measure(tokens[opened]) or tokens[opened].word in CENTRES):
        opened -= 1
    if not run.versus or not all(map(_plain, run.values)) or tokens[opened].word not in _BRACKETS:
        return
    one, two = (value.value for value in run.values)
    span = range(start, run.first)
    at = next((k for k in reversed(span) if tokens[k].word in MORE_OF | LESS), None)
    if at is None or one == two or any(tokens[k].word in _AGAINST for k in span):
        return
    way = 1 if tokens[at].word in MORE_OF else -1
    if (one - two) * way > 0:
        run.ranked = True
    elif is_measure(tokens[run.first - 1]) and way > 0:
        run.call_level()


def _two(tokens: list[Token], runs: list[Run]) -> list[Run] | None:
    """The one pair "(2.4 vs 1.2)" of a sentence, or its two numbers in brackets; else None.

    Also three: "with wax (2.4) and cork (1.9) than with clay (1.1)", "WITH WAX AND CORK (2.4 AND
    1.9) than with clay (1.1)".
    """
    if not all(run.stat == "level" and run.role in ("state", "of") for run in runs):
        return None
    values = [value for run in runs for value in run.values]
    three = len(values) == 3 and len(runs) > 1 and all(run.pre.get("arm") for run in runs)
    if not (len(values) == 2 or three) or not all(_plain(value) for value in values):
        return None
    for run in runs:
        lead = run.first - 1 - (tokens[run.first - 1].word in CENTRES)
        if run.head is None and not _BRACKETS & {tokens[lead].word, tokens[run.first].word}:
            return None
    return runs


def _differences_told(tokens: list[Token], view: View, found: list[Run]) -> bool:
    """ "The falls DIFFERED between wax and clay (1.3) AND BETWEEN wax and sand (0.9)": how far."""
    gap = (tokens[k].word for k in range(found[0].last, found[-1].first))
    return "between" in gap and "differed" in view.words


def _plain(value: Value) -> bool:
    return not value.sign


def _new_clause(tokens: list[Token], k: int) -> bool:
    """ "A reduction was seen in 28, AND THE VAS was lower": another subject from token k on."""
    if tokens[k].word != "and":
        return False
    m = k + 1
    while tokens[m].word in ("the", "mean", "median", "average"):
        m += 1
    return m > k + 1 and is_measure(tokens[m])


def _compared(
    tokens: list[Token], start: int, stop: int, last: int
) -> tuple[str, bool, int] | None:
    """The word of change, whether it is a noun, and 1 for "more", -1 for "less", 0 for "alike"."""
    at = next((k for k in range(stop - 1, start, -1) if tokens[k].word in COMPARING), None)
    if at is None or any(tokens[k].word in _STOPS for k in range(at, stop)):
        return None
    if tokens[at].word in _DIFFERED and not _subject_differed(tokens, start, at):
        return None
    way = 1 if tokens[at].word in MORE_OF else -1 if tokens[at].word in LESS else 0
    if noun := moved_by(tokens, at):
        # "a GREATER FALL in VAS was seen with wax than with clay (2.4 vs 1.2)"
        against = {tokens[k].word for k in range(at, last)} & _AGAINST
        return (noun, True, way) if against else None
    if way and tokens[at].word in MORE_OF and (cue := _effect_on(tokens, at, stop)):
        return cue, False, way
    short = {  # "the fall in the disability index (ODI)": its short name
        m
        for k in range(start + 2, at)
        if (tokens[k].word, tokens[k - 2].word) == (")", "(")
        for m in (k - 2, k - 1, k)
    }
    for k in range(at - 1, max(start - 1, at - 20), -1):
        word = tokens[k].word
        if k in short or (word in _IN_NAMES and is_measure(tokens[k])):
            continue  # "BLOOD LOSS was less with wax (410 ml) than with clay (510 ml)": the amounts
        if word in _STOPS or word in ("(", ")", "than") or _new_clause(tokens, k):
            return None
        if word in ("change", "changes") and not way:
            return word, True, way  # "the CHANGES in VAS were ALIKE (wax, 3.4 vs clay, 2.7)"
        if word in ("difference", "differences") and of_itself(tokens, k):
            return word, True, way  # "the PRE-POST DIFFERENCE was larger with wax (2.4) than ..."
        if word in CHANGE_NOUNS and word in DIRECTED and word not in COMPARATIVE:
            stated = any(tokens[m].word in STATE or tokens[m].word == "did" for m in range(k, at))
            stated = stated or tokens[at].word in DIFFER
            return (word, True, way) if stated else None
        if word in DIRECTED and word in CHANGE and word not in COMPARATIVE:
            near = not any(tokens[m].word in STATE for m in range(k, at))
            return (word, False, way) if near and way else None
    return None


_IN_NAMES = word_set("loss losses gain gains")


def _effect_on(tokens: list[Token], at: int, stop: int) -> str:
    """ "was MORE EFFECTIVE in REDUCING VAS", "a GREATER EFFECT on pain REDUCTION": the change."""
    if not any(tokens[k].word in _EFFECTS for k in range(at + 1, min(at + 4, stop))):
        return ""
    cues = [tokens[k].word for k in range(at + 2, stop) if tokens[k].word in _CHANGING]
    return cues[-1] if cues else ""


_EFFECTS = word_set("effect effects effective efficacious efficacy effectiveness")
_CHANGING = (CHANGE & (DOWN | BETTER)) | word_set(
    "reducing lowering decreasing relieving improving"
)
COMPARING = MORE_OF | LESS | ALIKE
DIRECTED = DOWN | UP | BETTER


def _subject_differed(tokens: list[Token], start: int, at: int) -> bool:
    """ "IMPROVEMENT in NRS DIFFERED"; not "after improvement, NRS differed".

    Nothing but the measure and the time stands between the noun of change and its verb.
    """
    for k in range(at - 1, start - 1, -1):
        word = tokens[k].word
        if word in CHANGE_NOUNS or word in ("difference", "differences"):
            return True
        if word in (",", "and") or (word in STATE and at - k > 3):
            return False
    return False


_DIFFERED = word_set("differed different differ")


def _scores_rise(document: Document, view: View, run: Run, cue: str) -> bool:
    """Whether the scores themselves would compare as their changes do: of more that is better."""
    if cue in DOWN:
        return False
    if cue in UP:
        return True
    keys = [m.key for m in view.mentions if m.key and m.first < run.first]
    return bool(keys) and document.profile.measures[keys[-1]].direction != "lower"
