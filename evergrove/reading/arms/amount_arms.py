"""Groups that an amount tells apart: "3.9 with serine 75 mg and 3.1 with serine 150 mg"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, is_content, word_set

_LENGTHS = word_set("ma j hz khz")
AMOUNT_UNITS = DOSE_UNITS - _LENGTHS | word_set("u unit units gauge mmhg % fr")
_LEADS = word_set("with after for in on using given receiving received")
_NOT_NAMED = word_set("dose doses group groups arm arms")
_NO_AMOUNT = word_set("relief reduction improvement decrease increase less more fewer pain loss")


Doses = dict[tuple[float, str], DocArm]


def with_amounts(
    tokens: list[Token],
    span: tuple[int, int],
    values: list[Value],
    doses: Doses,
    known: list[Arm],
    phrases: list[Arm],
) -> tuple[list[Arm], list[Arm]]:
    """The `known` and other `phrases` of a sentence, where amounts tell groups with these.

    `span`: first token of the sentence, and the one behind it.
    """
    amounts = amount_arms(tokens, *span, values, doses)
    told = {phrase.last for phrase in phrases if phrase.arm is not None}
    if not amounts or any(arm.last in told for arm in amounts):
        return known, phrases
    inside = {k for arm in amounts for k in range(arm.first, arm.last)}
    known = [p for p in known if inside.isdisjoint(range(p.first, p.last))]
    return known, [p for p in phrases if inside.isdisjoint(range(p.first, p.last))] + amounts


def amount_arms(
    tokens: list[Token],
    a: int,
    b: int,
    values: Iterable[Value],
    doses: Doses,
) -> list[Arm]:
    """Phrases behind one preposition that differ by their amount alone, a value between each two.

    `doses`: those that the methods declare, as of `dose_groups.dose_groups`.
    """
    taken = {k for value in values for k in range(value.first, value.last)}
    found: list[tuple[tuple[str, ...], Arm]] = []
    for k in range(a + 2, b):
        if tokens[k].word not in AMOUNT_UNITS:
            continue
        number = k - 2 if tokens[k - 1].word == "-" and not tokens[k].spaced else k - 1
        if tokens[number].kind != "n" or number in taken:
            continue
        if (one := _phrase(tokens, a, b, number, k, taken)) is not None:
            key, arm = one
            arm.arm = doses.get((tokens[number].value, tokens[k].word))
            found.append((key, arm))
    out = [arm for key, arm in found if sum(key == other for other, _ in found) > 1]
    names = {arm.name for arm in out}
    if len(names) < 2 or len({key for key, _ in found}) > 1:
        return []
    apart = all(
        any(one.last <= k < two.first for k in taken) for one, two in itertools.pairwise(out)
    )
    return out if apart else []


def _phrase(
    tokens: list[Token], a: int, b: int, number: int, unit: int, taken: set[int]
) -> tuple[tuple[str, ...], Arm] | None:
    """What all but the amount says, and the phrase as a group; None where nothing leads it."""
    first = number
    while first - 1 > a and number - first < 3 and _names(tokens[first - 1]):
        first -= 1
    lead = first - 1 - (tokens[first - 1].word in ("the", "a", "an"))
    if lead < a or tokens[lead].word not in _LEADS or lead in taken:
        return None
    if tokens[lead].word == "in" and lead == first - 1:
        return None  # "in 20 mg"
    last = unit + 1
    if last + 1 < b and tokens[last].word == "of" and _names(tokens[last + 1]):
        last += 1
    while last < b and last - unit < 5 and (_names(tokens[last]) or tokens[last].word == "needle"):
        last += 1
    end = last - (tokens[last - 1].word in _NOT_NAMED)
    around = [tokens[k].word for k in (*range(first, number), *range(unit + 1, end))]
    if not _NO_AMOUNT.isdisjoint(around) or (tokens[unit].word == "%" and not around):
        return None
    key = (tokens[lead].word, tokens[unit].word, *around)
    return key, Arm(lead, last, text_of(tokens, first, end), 3, slot="amount", np_first=first)


def _names(token: Token) -> bool:
    """Whether a word may tell what was given."""
    word = token.word
    plain = token.kind == "w" and word not in PEOPLE and word not in UNIT_DAYS
    named = getattr(token.mark, "kind", "") in ("measure", "compound", "time")
    return plain and not named and is_content(word) and word not in _LEADS
