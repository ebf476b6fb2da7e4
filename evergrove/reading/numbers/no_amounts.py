"""Numbers beside a word of change that are how far nobody's score went: slopes and yardsticks."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.numbers.yardsticks import LEAST, WORTH
from evergrove.reading.text.small_words import TURNS_ON
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    AGENT,
    CHANGE_NOUNS,
    GROUP,
    SCORE_UNITS,
    STATE,
    UNIT_DAYS,
    word_set,
)
from evergrove.reading.view import View

_SLOPES = word_set("per / each every a monthly weekly daily yearly annually")
_STEPS = UNIT_DAYS.keys() | word_set("decade session visit unit sd kg kilogram standard")
_EACH = word_set("each every per one")
_NOUNS = CHANGE_NOUNS | DIFFERENCE
_LATER = word_set("after later before following post ago on")
_STOPS = word_set(". ; : ,")
#: A sentence without these tells no such number.
MAYBE_NO_AMOUNT = _SLOPES | LEAST


def no_amount(tokens: list[Token], view: View, value: Value) -> str | None:
    """Why a number is no change of anybody, by the words right around it; else None."""
    if _slope(tokens, value.last, view.b) or _slope_of_subject(tokens, view.a, value.first):
        return "rate of change"
    if _for_every(tokens, view.a, value.first):
        return "rate of change"
    if tokens[value.first - 1].word in _EACH and _moves(tokens, value.last, view.b):
        return "association"
    if _of_every_step(tokens, view.a, value.first):
        return "association"
    return "threshold" if _least_worth(tokens, view.a, value.first) else None


def _slope(tokens: list[Token], k: int, b: int) -> bool:
    """ "0.3 points PER MONTH", "0.3 (95% CI 0.1 to 0.5) mm/WEEK": the words behind a number."""
    if k < b and tokens[k].word in ("(", "["):
        k = next((m + 1 for m in range(k, b) if tokens[m].word in (")", "]")), k)
    k += k < b and tokens[k].word in SCORE_UNITS
    if k + 2 < b and tokens[k].word in ("for", "with") and tokens[k + 1].word in ("each", "every"):
        # "rose by 0.4 points FOR EACH YEAR of age"; not "for each group"
        ahead = [tokens[m].word for m in range(k + 2, min(b, k + 5))]
        return not (_STEPS | _ONE_MORE).isdisjoint(ahead)
    if k + 1 >= b or tokens[k].word not in _SLOPES:
        return False
    if tokens[k].word in ("per", "/"):
        return tokens[k + 1].word in _STEPS or (
            tokens[k].word == "per" and tokens[k + 1].kind == "n"
        )
    if tokens[k].word not in ("each", "every", "a"):
        return True
    # not "fell by 3.2 A WEEK AFTER surgery"
    later = k + 2 < b and tokens[k + 2].word in _LATER
    return tokens[k + 1].word in _STEPS and not later


def _slope_of_subject(tokens: list[Token], a: int, first: int) -> bool:
    """ "The mean CHANGE in NRS PER MONTH was -0.3": what the number is said to be."""
    for k in range(first - 2, a, -1):
        word = tokens[k].word
        if word in _STOPS or tokens[k].kind == "n":
            return False
        if word == "per" and tokens[k + 1].word in _STEPS:
            return any(tokens[m].word in _NOUNS for m in range(max(a, k - 8), k))
    return False


def _for_every(tokens: list[Token], a: int, first: int) -> bool:
    """ "FOR EVERY ADDITIONAL session, NRS fell by 0.4", "with each 10-kg INCREASE": a slope."""
    opening = [tokens[k].word for k in range(a, min(a + 12, first))]
    if opening[:1] not in (["for"], ["with"], ["per"]) or "," not in opening:
        return False
    comma = opening.index(",")
    if any(_turns(tokens, k) for k in range(a + comma + 1, first)):
        return False  # "..., the risk rose by 12%, WHEREAS VAS was 3.1"
    opening = opening[1:comma]
    return opening[:1] in (["every"], ["each"]) and not _ONE_MORE.isdisjoint(opening[1:])


def _turns(tokens: list[Token], k: int) -> bool:
    return tokens[k].word == ";" or (tokens[k].word == "," and tokens[k + 1].word in TURNS_ON)


_ONE_MORE = CHANGE_NOUNS | word_set("additional further extra added unit")


def _of_every_step(tokens: list[Token], a: int, first: int) -> bool:
    """ "EACH 1-POINT RISE in stiffness went with a rise of 0.06": what stands behind is a slope."""
    for k in range(first - 1, a - 1, -1):
        if tokens[k].word in (".", ";", ":", "whereas", "while"):
            return False
        opens = k == a or tokens[k - 1].word in _OPENS_STEP
        if tokens[k].word not in ("each", "every") or not opens:
            continue
        ahead = [token.word for token in tokens[k + 1 : min(first, k + 6)]]
        step = next((m for m, word in enumerate(ahead) if word in _ONE_MORE), len(ahead))
        if step == len(ahead) or not _NO_STEP.isdisjoint(ahead[:step]):
            return False
        return any(tokens[m].word in _GOES_WITH for m in range(a, first))
    return False


_NO_STEP = AGENT | STATE | GROUP | word_set("of with in")
_OPENS_STEP = word_set("and , ; : but that")
_GOES_WITH = word_set(
    "went goes came corresponded corresponds translated translates meant means brought added adds "
    "predicted predicts raised lowered increased decreased entailed entails yielded accompanied "
    "linked related equated equals led"
)


def _moves(tokens: list[Token], k: int, b: int) -> bool:
    """ "EACH 1-POINT INCREASE in NRS": whether a noun of change is what a number measures."""
    ahead = [tokens[m].word for m in range(k, min(b, k + 4))]
    ahead = [word for word in ahead if word != "-" and word not in SCORE_UNITS]
    return bool(ahead) and ahead[0] in CHANGE_NOUNS


def _least_worth(tokens: list[Token], a: int, first: int) -> bool:
    """ "The SMALLEST MEANINGFUL REDUCTION in NRS was 1.3": what would be enough."""
    noun = 0
    for k in range(first - 1, a - 1, -1):
        word = tokens[k].word
        if word in _STOPS or tokens[k].kind == "n":
            return False
        noun = k if word in _NOUNS else noun
        if word in LEAST and noun:
            between = {tokens[m].word for m in range(k, noun)}
            return noun - k < 5 and not between.isdisjoint(WORTH)
    return False
