"""How many people there are in a year, wherever: "some 900 nuns A YEAR fall off ladders"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: The words without one of which a sentence tells of no year.
MAYBE_YEARLY = word_set("year annum annually yearly")
_EVERY = word_set("a per each every /")
_ABOUT = word_set(
    "about some over than more nearly almost approximately around up to an estimated ,"
)
# "40 nuns WERE REVIEWED every year": people of the study, and when they came
_CAME = word_set(
    "followed seen reviewed assessed examined evaluated interviewed visited attended had received "
    "were was given treated completed underwent had returned for at over within after"
)
_FAR = 6


def counted_yearly(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """ "900 nuns A YEAR", "EVERY YEAR some 900 nuns", "900 nuns fall ANNUALLY": no cohort."""
    stop = min(b - 1, count.last + _FAR)
    for k in range(count.last, stop):
        word = tokens[k].word
        if word in _CAME or tokens[k].kind == "n":
            break
        if word in ("annually", "yearly") or _every_year(tokens, k):
            return True
    k = count.at - 1
    while k > a and tokens[k].word in _ABOUT:
        k -= 1
    return k > a and (tokens[k].word in ("annually", "yearly") or _every_year(tokens, k - 1))


def _every_year(tokens: list[Token], k: int) -> bool:
    """ "A YEAR", "per annum" at k; not "a year after", "a year ago"."""
    if tokens[k].word not in _EVERY or tokens[k + 1].word not in ("year", "annum"):
        return False
    return k + 2 >= len(tokens) or tokens[k + 2].word not in _SINCE


_SINCE = word_set("after later ago before earlier and or following")
