"""Doses of one drug that a sentence tells once each, beside a placebo: each is a group."""

from __future__ import annotations

from evergrove.reading.text.dosed_drugs import Dosed
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, CONTROL_DRUGS, word_set


def beside_placebo(tokens: list[Token], found: list[Dosed], drug: str, unit: str) -> list[Dosed]:
    """ "2.1 with wax 50 mg, 2.6 with 100 MG and 1.2 with PLACEBO": amounts that are groups.

    The places of two or more of them in the first sentence that has them; none where a sentence
    has the unit with another drug, or where an amount is a step ("increased TO 100 mg"). Of per
    cents, "21% with placebo", none.
    """
    if unit == "%":
        return []
    for first, last in _sentences(tokens, found, drug, unit):
        own = [x for x in found if first <= x.first < last and tokens[x.unit].word == unit]
        if any(one.drug not in ("", drug) for one in own) or not any(one.drug for one in own):
            continue
        if not any(tokens[k].word in CONTROL_DRUGS for k in range(first, last)):
            continue
        groups = [one for one in own if _names_group(tokens, one)]
        if len(groups) == len(own) and len({_value(tokens, one) for one in groups}) > 1:
            return groups
    return []


def _sentences(
    tokens: list[Token], found: list[Dosed], drug: str, unit: str
) -> list[tuple[int, int]]:
    """First and last token of each sentence that has the drug with an amount of that unit."""
    out: list[tuple[int, int]] = []
    for one in found:
        if one.drug != drug or tokens[one.unit].word != unit or (out and one.first < out[-1][1]):
            continue
        first, last = one.first, one.last
        while first > 0 and tokens[first - 1].word != ".":
            first -= 1
        while last < len(tokens) and tokens[last].word != ".":
            last += 1
        out.append((first, last))
    return out


def _names_group(tokens: list[Token], one: Dosed) -> bool:
    """Whether an amount is led like a group, and lasts no stretch ("50 mg FOR 2 WEEKS")."""
    lead, behind = tokens[one.first - 1].word, tokens[one.last : one.last + 2]
    if lead == "to":
        return tokens[one.first - 2].word in ALLOTTED
    for_days = len(behind) > 1 and behind[0].word in _LASTS and behind[1].kind == "n"
    return lead in _LEADS and not for_days


def _value(tokens: list[Token], one: Dosed) -> tuple[float, ...]:
    return tuple(tokens[n].value for n in one.numbers)


_LASTS = word_set("for in during on after")
_LEADS = word_set("with for on ( [ , ; : and or vs versus the than by receiving given either under")
