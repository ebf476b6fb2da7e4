"""The end point of a study as a time: "from baseline to endpoint", "(end point, 3.9)"."""

from __future__ import annotations

from evergrove.reading.text.small_words import HEADS_NUMBER, OPENS_ASIDE, SCORE_NOUNS
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

_OF_STUDY = word_set("the study trial treatment their")
_TO = word_set("to at by")
_LINKS = word_set("of with and ' ’")
_RATED = word_set("mean median average daily pain")


def end_point(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """The time at token i, which is "endpoint", or "end" of "end point"; [] for an outcome.

    "The primary endpoint" is what was measured, and no time.
    """
    j = i + 1
    if tokens[i].word == "end":
        j += j < b and tokens[j].word == "-"
        if j >= b or tokens[j].word not in ("point", "points"):
            return []
        j += 1
    k = i - 1
    while k >= a and tokens[k].word in _OF_STUDY:
        k -= 1
    before = tokens[k].word if k >= a else ""
    if before == "an" and k > a and tokens[k - 1].word == "to" and _scored_behind(tokens, j, b):
        return [Time(k, j, "final", "endpoint", None)]  # "to AN END POINT mean score of 3.1"
    if before in _TO:
        return [Time(k + 1, j, "final", "endpoint", None)]
    if _from_baseline_to(tokens, a, i):
        return [Time(i, j, "final", "endpoint", None)]
    if j + 1 >= b:
        return []
    if before in OPENS_ASIDE and tokens[j].word in HEADS_NUMBER and tokens[j + 1].kind == "n":
        return [Time(i, j, "final", "endpoint", None)]  # "(baseline, 6.4; END POINT, 3.9)"
    if before not in OPENS_ASIDE and not before.endswith("s") and before not in _LINKS:
        return []
    if _scored_behind(tokens, j, b):
        return [Time(i, j, "final", "endpoint", None)]  # "(ENDPOINT mean scores 3.1 vs 4.6)"
    return []


def _scored_behind(tokens: list[Token], j: int, b: int) -> bool:
    """Whether "mean NRS", "mean score" stands at token j."""
    m = j
    while m < b and tokens[m].word in _RATED:
        m += 1
    named = is_measure(tokens[m]) if m < b else False
    return m < b and (named or (m > j and tokens[m].word in SCORE_NOUNS))


def _from_baseline_to(tokens: list[Token], a: int, i: int) -> bool:
    """ "from BASELINE TO the last-observation-carried-forward ENDPOINT": however described."""
    k = i - 1
    while k > a and i - k < 12 and (tokens[k].kind == "w" or tokens[k].word in ("-", "(", ")")):
        if tokens[k].word == "to":
            return tokens[k - 1].word == "baseline"
        k -= 1
    return False
