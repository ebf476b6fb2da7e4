"""A mean follow-up that is told with its spread: "followed for 27.3 ± 8.8 months"."""

from __future__ import annotations

from evergrove.reading.time_parts import Time, time_point
from evergrove.reading.tokens import Token
from evergrove.reading.words import UNIT_DAYS, word_set

_FOLLOWED = word_set("follow followup follow-up followed")
_BETWEEN = word_set(
    "- – up duration length period time of was were is for a an the mean average averaged : , = ( "
    "patients patient they"
)
_AT = word_set("at after")


def follow_up_with_spread(tokens: list[Token], a: int, b: int) -> Time | None:
    """ "The mean FOLLOW-UP WAS 27.3 ± 8.8 MONTHS", "... 27.3 (SD 8.8) months"."""
    for k in range(a, b - 4):
        if tokens[k].word not in _FOLLOWED or _of_age(tokens, max(a, k - 5), k):
            continue
        i = k + 1
        while i < b and tokens[i].word in _BETWEEN:
            i += 1
        unit = _unit_behind(tokens, i, b)
        if unit:
            label, days = time_point(tokens[i].value, tokens[unit].word, False)
            return Time(i, unit + 1, "duration", label, days, i)
    return None


def _of_age(tokens: list[Token], first: int, last: int) -> bool:
    """ "The mean AGE at follow-up was 61 ± 8 years"."""
    return any(tokens[k].word in ("age", "aged") for k in range(first, last))


def _unit_behind(tokens: list[Token], i: int, b: int) -> int:
    """ "27.3 ± 8.8 MONTHS", "27.3 (SD 8.8) MONTHS", "27.3 (± 8.8) MONTHS": its token, or 0."""
    if i + 3 >= b or tokens[i].kind != "n":
        return 0
    k = i + 1 + (tokens[i + 1].word == "(")
    if tokens[k].word not in ("±", "sd") or tokens[k + 1].kind != "n":
        return 0
    k += 2 + (tokens[i + 1].word == "(")
    return k if k < b and tokens[k].word in UNIT_DAYS else 0


def at_mean_follow_up(tokens: list[Token], a: int, i: int) -> bool:
    """ "AT A MEAN FOLLOW-UP OF 27.3 ± 8.8 months": what leads to the number at token i."""
    words = []
    for k in range(i - 1, max(a, i - 9) - 1, -1):
        if tokens[k].word in _AT:
            return bool({"follow", "followup", "mean", "average"} & set(words))
        if tokens[k].word not in _BETWEEN | _FOLLOWED:
            return False
        words.append(tokens[k].word)
    return False
