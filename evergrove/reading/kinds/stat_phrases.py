"""Phrases that say what a number is: differences of changes, changes listed in a bracket."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import COMPARED, DIFFERENCES
from evergrove.reading.text.stat_words import COMPARATIVE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CHANGE,
    CHANGE_NOUNS,
    DOWN,
    PRE_WORDS,
    STATE,
    UNIT_DAYS,
    UP,
    VERBS,
    word_set,
)
from evergrove.reading.times.time_parts import Time

_JOINS = word_set("of in between the mean average two both groups group arms for")
_LIST_WORDS = word_set("; , and at in on after")


def fell_for(tokens: list[Token], j: int, outer: Run | None) -> bool:
    """ "NRS DECREASED FOR 3.7 points with wax and FOR 3.6 with clay": as "by 3.7".

    The word "for" stands at j; `outer` is the run that this one goes on from.
    """
    if tokens[j].word != "for":
        return False
    if outer is not None and outer.stat == "change" and outer.role == "by":
        return any(tokens[k].word == "for" for k in range(outer.first - 2, outer.first))
    moved = tokens[j - 1].word
    return moved in CHANGE and moved in VERBS and moved not in COMPARATIVE and bool(sign_of(moved))


def difference_of(tokens: list[Token], j: int) -> bool:
    """ "the difference IN MEAN CHANGES was 4.0": what the change at token j is set against."""
    k = j - 1
    while k > 0 and tokens[k].word in _JOINS:
        k -= 1
    return k < j - 1 and tokens[k].word in DIFFERENCES


def go_on_in_bracket(tokens: list[Token], left: Run, right: Run, timed: dict[int, Time]) -> None:
    """ "(drop at week 2 9.1, 95% CI 4 to 14; AT WEEK 6 8.0, 95% CI 3 to 13)": drops, both of them.

    Nothing but a semicolon and a time stands between the two values, in one bracket.
    """
    if left.stat == "level" or right.stat != "level" or right.role != "state":
        return
    last = left.values[-1]
    start = max([left.last, *(at + 1 for spread in last.spreads for at in spread.at)])
    gap = [tokens[k].word for k in range(start, right.first) if k not in timed]
    dated = any(k in timed for k in range(start, right.first))
    if not dated or ";" not in gap or not set(gap) <= _LIST_WORDS:
        return
    right.stat, right.role, right.sign = left.stat, left.role, left.sign
    right.cue, right.inherits = left.cue, True


def against_in_bracket(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> None:
    """ "NRS was reduced with gel COMPARED WITH ice at week 3 (-1.1, 95% CI -1.9 to -0.3)".

    The one number of the sentence, a change with its interval in a bracket: by how much more.
    """
    run = runs[0]
    opened = run.first - 1
    if len(runs) > 1 or len(run.values) > 1 or tokens[opened].word not in ("(", "["):
        return
    intervals = [s for s in run.values[0].spreads if s.kind in ("ci", "pair")]
    arms = [item for labels in run.pre.get("arm", []) for item in labels.items]
    if run.stat != "change" or not intervals or len({arm.name for arm in arms}) < 2:
        return
    for k in range(a + 1, opened - 1):
        if tokens[k].word in COMPARED and tokens[k + 1].word in ("with", "to"):
            moved = any(tokens[m].word in CHANGE for m in range(a, k))
            behind = range(k + 2, min(k + 6, opened))
            earlier = any(
                (m in timed and timed[m].kind == "base") or tokens[m].word in PRE_WORDS
                for m in behind
            )
            if moved and not earlier and any(k < arm.first for arm in arms):
                run.stat = "between_diff"
            return


def changes_between(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> list[tuple[Run, str]]:
    """ "A fall BETWEEN BASELINE AND week 2 (1.9, 95% CI 1.1 to 2.7) and week 4 (2.3, ...)".

    Each number with its interval in a bracket right behind a time after baseline is a change.
    """
    for k in range(a + 1, runs[0].first):
        if tokens[k].word != "between":
            continue
        near = [m for m in range(k + 1, k + 4) if m in timed and timed[m].kind == "base"]
        cue = next(
            (tokens[m].word for m in range(k - 1, a - 1, -1) if tokens[m].word in _MOVES), None
        )
        if not near or cue is None:
            return []
        return [(run, cue) for run in runs if _in_bracket_of_time(tokens, run, timed)]
    return []


_MOVES = CHANGE_NOUNS | DOWN | UP


def _in_bracket_of_time(tokens: list[Token], run: Run, timed: dict[int, Time]) -> bool:
    """Whether a lone level with its interval opens a bracket behind a time after baseline."""
    time = timed.get(run.first - 2)
    if run.stat != "level" or len(run.values) > 1 or tokens[run.first - 1].word != "(":
        return False
    later = time is not None and time.kind != "base"
    return later and any(spread.kind == "ci" for spread in run.values[0].spreads)


def moved_by(tokens: list[Token], first: int) -> str:
    """The noun of change that a comparative near token `first` is about ("greater mean FALL")."""
    near = range(first, min(first + 4, len(tokens)))
    at = next((k for k in near if tokens[k].word in COMPARATIVE), None)
    if at is None:
        return ""
    for k in range(at + 1, min(at + 5, len(tokens))):
        word = tokens[k].word
        if word in CHANGE_NOUNS and sign_of(word):
            return word
        if tokens[k].mark is None and word not in _CENTRES:
            return ""
    return ""


def verb_before(tokens: list[Token], start: int, stop: int) -> str:
    """The sign of the verb that "more" compares: "clay LOWERED Oswestry scores by 1.2 more"."""
    for k in range(stop - 1, max(start, stop - 12) - 1, -1):
        word = tokens[k].word
        if word in CHANGE and word not in COMPARATIVE and sign_of(word):
            return (
                "" if word in CHANGE_NOUNS and tokens[k + 1].word in ("in", "of") else sign_of(word)
            )
        ends = word in _ENDS and not _around_name(tokens, k)
        if word in STATE or ends or _bare_number(tokens, k):
            return ""
    return ""


def _around_name(tokens: list[Token], k: int) -> bool:
    """ "reduced pain intensity (NRS) by 1.3": a bracket with nothing but the name of a scale."""
    at = k - 1 if tokens[k].word in ")]" else k + 1 if tokens[k].word in "([" else k
    mark = tokens[at].mark
    if at == k or getattr(mark, "kind", "") != "measure" or mark.last >= len(tokens):
        return False
    return tokens[mark.first - 1].word in ("(", "[") and tokens[mark.last].word in (")", "]")


def noun_before(tokens: list[Token], start: int, stop: int) -> str:
    """The sign of the noun that is compared: "the FALL in VAS was 1.2 points greater"."""
    for k in range(stop - 1, max(start, stop - 16) - 1, -1):
        word = tokens[k].word
        if word in CHANGE_NOUNS and word not in COMPARATIVE and sign_of(word):
            return sign_of(word)
        ends = word in _ENDS and word not in ("from", "to") and not _around_name(tokens, k)
        if ends or _bare_number(tokens, k):
            return ""
    return ""


def _bare_number(tokens: list[Token], k: int) -> bool:
    """A number that is no part of a name ("SF-36") or of a time ("at week 6", "6-month")."""
    if tokens[k].kind != "n" or tokens[k].mark is not None:
        return False
    near = (tokens[k - 1].word, *(token.word for token in tokens[k + 1 : k + 3]))
    return UNIT_DAYS.keys().isdisjoint(near)


_CENTRES = word_set("mean median average absolute overall pain")
_ENDS = word_set("; . , ( ) [ ] than from to")


def moved_unknown_way(tokens: list[Token], a: int, run: Run) -> bool:
    """ "NRS ZIGZAGGED BY 2.1 points": a verb that no list knows, and no level.

    Not "followed by 3.1", "rated by 2.9", and nothing passive but an amount: "was blorted by 2.1
    POINTS".
    """
    if run.role != "by" or run.stat != "level" or run.cue or len(run.values) > 2:
        return False
    near = range(run.first - 1, max(a, run.first - 5), -1)
    by = next((k for k in near if tokens[k].word == "by"), 0)
    verb = tokens[by - 1].word if by > a + 1 else ""
    if not verb.endswith("ed") or verb in VERBS or verb in _NO_MOVE or tokens[by - 1].mark:
        return False
    passive = tokens[by - 2].word in STATE or tokens[by - 2].word.endswith("ly")
    return not passive or run.values[-1].unit in ("point", "points", "mm", "cm")


_NO_MOVE = word_set(
    "followed rated shown indicated reflected measured assessed scored evidenced expressed given "
    "caused marked recorded divided multiplied accompanied succeeded preceded replaced judged "
    "evaluated determined defined described illustrated supported confirmed joined graded"
)


def since_baseline(tokens: list[Token], k: int, stop: int, timed: dict[int, Time]) -> bool:
    """ "improved 1.7 points FROM BASELINE AT 6 WEEKS AND 3.5 points at 26": 3.5 goes on from 1.7.

    "From" stands at k and the number at `stop`; the time that follows baseline is that of the 1.7.
    """
    if tokens[stop - 1].word != "and" or k + 1 not in timed or timed[k + 1].kind != "base":
        return False
    return any(timed[m].kind != "base" for m in range(k + 2, stop) if m in timed)
