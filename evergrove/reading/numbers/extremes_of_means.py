"""The least and the greatest of several means: "the LOWEST mean at any visit was 2.2"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

_LEAST = word_set("lowest smallest minimum least minimal")
_GREATEST = word_set("highest largest maximum greatest maximal")
EXTREMES = _LEAST | _GREATEST
#: Of which there are several, so that a mean of theirs belongs to one that nobody names.
_VISITS = word_set(
    "visits visit assessments occasions sessions examinations timepoints follow-ups points times "
    "weekly daily monthly hourly"
)
_MEANS = word_set("means averages medians")
_FILL = word_set(
    "was were being at of is a an the mean median average value values score scores one to with "
    "pain rating ratings reading readings and = : , vs versus in series cohort sample observed "
    "recorded measured found"
)
_ENDS = word_set(", . ; and but or over at during across of in throughout mm cm points point /")


def extremes_of_means(tokens: list[Token], view: View, values: list[Value]) -> list[Value]:
    """ "The means at five visits had a MINIMUM OF 2.2 and a MAXIMUM OF 4.1": means of no one visit.

    Not "lowest at week 2 (2.2) and highest at week 8 (4.1)", which have each a time, nor "lowest
    with wax (2.2)". One alone ("the highest mean at any visit was 4.1") where visits are told.
    """
    told = range(values[-1].last, view.b)
    stop = next((k for k in told if tokens[k].word == ";"), view.b)
    times = [time for time in view.times if time.first < stop]
    dated = [time for time in times if time.days is not None and time.kind != "duration"]
    exact = any("." in tokens[value.at].word for value in values)
    if len(dated) > 1 or (dated and (exact or dated[0].last > values[0].first)):
        return []  # but "At 3 weeks the HIGHEST score was 9 and the LOWEST 1": of two people
    ends = [value for value in values if not value.spreads and _led(tokens, view, value)]
    if not ends or len(ends) < len(values):
        return []
    both = not (view.words.isdisjoint(_LEAST) or view.words.isdisjoint(_GREATEST))
    several = not view.words.isdisjoint(_VISITS | _MEANS)
    return ends if several or (both and len(ends) == 2) else []


def _led(tokens: list[Token], view: View, value: Value) -> bool:
    """Whether an extreme, with nothing but the name of the score, leads to a value, and no group.

    So too the second of "the lowest and highest were 2.2 and 4.1".
    """
    after = tokens[value.last] if value.last < view.b else None
    if after is not None and after.word not in _ENDS:
        return False
    k = value.first - 1
    while k > view.a and not _is_extreme(tokens[k]):
        told = tokens[k].word in _FILL or is_measure(tokens[k]) or _of_visits(tokens, k)
        if not told and not (tokens[k].kind == "n" and tokens[k + 1].word == "and"):
            return False
        k -= 1
    return _is_extreme(tokens[k])


def _is_extreme(token: Token) -> bool:
    return token.word in EXTREMES


def _of_visits(tokens: list[Token], k: int) -> bool:
    """ "at ANY VISIT", "over the SIX VISITS", "of the FIVE means": how many there were."""
    if tokens[k].word in _VISITS or tokens[k].word in ("any", "all", "over", "across", "during"):
        return True
    return tokens[k].kind == "n" and tokens[k].flag == "word"
