"""Differences that were seen, each in a bracket behind its group: "seen for wax (16; 5 to 27)"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.numbers.separators import NOTED
from evergrove.reading.text.small_words import DIFFERENCES, WERE
from evergrove.reading.text.stat_words import sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, is_content, word_set

_AGAINST = word_set("compared relative versus vs")
_BESIDE = word_set("with to those that the in for of seen found")
_TIMES = word_set("baseline before preoperative pretreatment entry admission")


def seen_differences(tokens: list[Token], a: int, runs: list[Run]) -> None:
    """ "mean DIFFERENCES in VAS compared with placebo WERE SEEN for wax (16; 95% CI 5 to 27)".

    A number with its interval, alone in a bracket of such a clause, is a difference and no score.
    """
    noted = [k for k in range(a + 2, runs[-1].first) if tokens[k].word in NOTED]
    seen = [k for k in noted if _were_seen(tokens, a, k)]
    for index, run in enumerate(runs) if seen else ():
        verbs = [k for k in seen if k < run.first]
        if run.stat != "level" or len(run.values) != 1 or not verbs:
            continue
        if not _alone(tokens, run, runs[index + 1 :]):
            continue
        words = [tokens[k].word for k in range(verbs[-1] + 1, run.first - 1)]
        if not STATE.isdisjoint(words) or _scores_between(words):
            continue
        noun = next(k for k in range(verbs[-1], a - 1, -1) if tokens[k].word in DIFFERENCES)
        run.stat, run.cue, run.role = "between_diff", tokens[noun].word, "of"
        # "differences in REDUCTIONS": a larger one leaves less of it
        ways = {sign_of(tokens[k].word) for k in range(noun + 1, verbs[-1])} - {""}
        run.sign = ways.pop() if len(ways) == 1 else ""
        run.control = _control(tokens, noun, verbs[-1])


def _scores_between(words: list[str]) -> bool:
    """ "was seen BETWEEN WAX (31, 28 to 34) and cork (44, 40 to 48)": the scores of the two."""
    if "between" not in words:
        return False
    inside = words[len(words) - words[::-1].index("between") :]
    return "and" not in inside or "(" in inside or "[" in inside


def _were_seen(tokens: list[Token], a: int, k: int) -> bool:
    """Whether "was" stands before "seen" at k, with a difference for its subject."""
    if tokens[k - 1].word not in WERE:
        return False
    for m in range(k - 2, max(a - 1, k - 24), -1):
        if tokens[m].word in DIFFERENCES:
            return True
        if tokens[m].word in STATE or tokens[m].word in (";", "(", ")"):
            return False
    return False


def _alone(tokens: list[Token], run: Run, later: list[Run]) -> bool:
    """Whether a run opens a bracket, has an interval, and no other value stands in the bracket."""
    if tokens[run.first - 1].word not in ("(", "["):
        return False
    if not any(spread.kind == "ci" for spread in run.values[0].spreads):
        return False
    close = next((k for k in range(run.last, len(tokens)) if tokens[k].word in (")", "]")), -1)
    return not any(other.first < close for other in later)


def _control(tokens: list[Token], noun: int, verb: int) -> int:
    """ "differences COMPARED WITH THOSE FOR PLACEBO were seen": the token of the control, or 0."""
    for k in range(noun + 1, verb - 1):
        if tokens[k].word not in _AGAINST:
            continue
        m = k + 1
        while m < verb and tokens[m].word in _BESIDE:
            m += 1
        named = tokens[m].kind == "w" and is_content(tokens[m].word)
        return m if m < verb - 1 and named and tokens[m].word not in _TIMES else 0
    return 0
