"""One drug in several doses: "wax 150 mg/day" and "wax 300 mg/day" are two groups by name.

Of a text that sets doses of one drug side by side, each "drug dose" is one word from here on, so
that all that is known about names of groups holds for them: "with WAX 150 AND 300 MG/DAY (3.5 and
4.8)", "the 150-MG group", "300 mg of wax". Of a drug with one dose, the drug alone is that word.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evergrove.reading.text.dosed_drugs import Dosed, dosed_drugs
from evergrove.reading.text.doses_beside_placebo import beside_placebo
from evergrove.reading.text.hidden_signs import PRINTED_BEHIND, hidden
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, GROUP, word_set

Amount = tuple[float, str]  # number, unit
Dose = tuple[float, str, str]  # number, unit, how often where that tells doses apart
Key = tuple[str, Dose]  # drug, dose


@dataclass(slots=True)
class _Doses:
    """The amounts of drugs of a text, and how they are told from one another."""

    tokens: list[Token]
    found: list[Dosed]
    apart: frozenset[tuple[str, Amount]]  # one amount of a drug, "once" and "twice" daily

    def each_of(self, drug: str, one: Dosed) -> Iterator[Dose]:
        """The doses of a list of amounts, where they are of that drug."""
        for number in one.numbers:
            amount = _amount(self.tokens, one, number)
            yield (*amount, one.often if (drug, amount) in self.apart else "")


def join_doses(tokens: list[Token]) -> list[Token]:
    """The tokens with each "drug dose" of a group as one word; `signs_printed` has its blanks.

    A drug has several doses where two or more of one unit stand in the text, each of them twice.
    """
    found = dosed_drugs(tokens)
    if not any([one.beside for one in found]):
        return tokens
    doses = _Doses(tokens, found, _told_apart_by_often(tokens, found))
    groups = _doses_of_groups(doses)
    names = _names(doses, groups)
    single = _single_doses(doses, groups)
    if not names and not single:
        return tokens
    out: list[Token] = []
    at = 0
    for one in found:
        told = _keys(doses, one, groups)
        named = [names.get(key) if key in names else single.get(key) for key in told]
        if None in named or at > one.first:
            continue
        if told[0] not in groups and one.first == one.numbers[0]:
            continue  # "75 mg of wax"
        out += tokens[at : one.first]
        for n, name in zip(one.numbers, named, strict=True):
            lead = n == one.numbers[0]
            out += [] if lead else tokens[at:n]
            at = one.last if n == one.numbers[-1] else n + 1
            out.append(_joined(tokens, one.first if lead else n, at, str(name)))
    return out + tokens[at:]


def _amount(tokens: list[Token], one: Dosed, number: int) -> Amount:
    return tokens[number].value, tokens[one.unit].word


def _told_apart_by_often(tokens: list[Token], found: list[Dosed]) -> frozenset[tuple[str, Amount]]:
    """ "wax 60 mg ONCE daily ... wax 60 mg TWICE daily": amounts that are two doses of a drug."""
    often: dict[tuple[str, Amount], set[str]] = {}
    for one in found:
        for n in one.numbers if one.drug and one.often else ():
            often.setdefault((one.drug, _amount(tokens, one, n)), set()).add(one.often)
    return frozenset(key for key, told in often.items() if len(told) > 1)


def _doses_of_groups(doses: _Doses) -> set[Key]:
    """The doses of each drug that has two or more of one unit, all told twice in the text.

    So too those that a text tells once, each behind its own "with" or "after" in one sentence, or
    in one list with a placebo.
    """
    tokens, found = doses.tokens, doses.found
    of_drugs: dict[tuple[str, str], set[Dose]] = {}
    for one in found:
        if one.drug:
            own = of_drugs.setdefault((one.drug, tokens[one.unit].word), set())
            own.update(doses.each_of(one.drug, one))
    keys: set[Key] = set()
    for (drug, unit), several in of_drugs.items():
        told = Counter(
            dose
            for one in found
            if tokens[one.unit].word == unit and _told_of(tokens, one, drug)
            for dose in doses.each_of(drug, one)
        )
        often = {dose for dose in several if told[dose] > 1} if len(several) > 1 else set()
        often = often if len(often) > 1 else _side_by_side(doses, drug, unit)
        if len(often) < 2:
            listed = beside_placebo(tokens, found, drug, unit)
            often = {dose for one in listed for dose in doses.each_of(drug, one)}
        if len(often) > 1:
            keys |= {(drug, dose) for dose in often}
    return keys


def _side_by_side(doses: _Doses, drug: str, unit: str) -> set[Dose]:
    """ "3.1 WITH 5 HZ STIMULATION and 4.2 WITH 10 HZ STIMULATION": each in its own phrase."""
    tokens = doses.tokens
    alone = [
        one
        for one in doses.found
        if one.beside == drug and one.drug == drug and tokens[one.unit].word == unit
    ]
    out: set[Dose] = set()
    for one, two in itertools.pairwise(alone):
        between = [token.word for token in tokens[one.last : two.first]]
        if len(one.numbers) + len(two.numbers) > 2 or "." in between or len(between) > _NEAR:
            continue
        leads = {tokens[one.first - 1].word, tokens[two.first - 1].word}
        if leads <= _WITH and any(t.kind == "n" for t in tokens[one.last : two.first]):
            out |= {dose for x in (one, two) for dose in doses.each_of(drug, x)}
    return out if len(out) > 1 else set()


_WITH = word_set("with after in under for on")
_NEAR = 30


def _told_of(tokens: list[Token], one: Dosed, drug: str) -> bool:
    """Whether an amount may be one of the drug: "wax 5 mg", "5 mg"; "5%" only as "5% wax"."""
    if one.drug:
        return one.drug == drug
    return tokens[one.unit].word != "%" or tokens[one.told].word in GROUP


def _keys(doses: _Doses, one: Dosed, groups: set[Key]) -> list[Key | None]:
    """The doses that amounts are; None for what is none of the groups, or of several drugs."""
    if one.drug:
        return [(one.drug, dose) for dose in doses.each_of(one.drug, one)]
    if one.told < len(doses.tokens) and doses.tokens[one.told].word == "of":
        return [None] * len(one.numbers)  # "300 mg OF" something else
    out: list[Key | None] = []
    told = {key: list(doses.each_of(key[0], one)) for key in groups}
    for at in range(len(one.numbers)):
        same = [key for key in groups if key[1] == told[key][at]]
        out.append(same[0] if len(same) == 1 else None)
    return out


def _names(doses: _Doses, groups: set[Key]) -> dict[Key | None, str]:
    """How each dose is printed where it first stands with its drug: "wax 150 mg/day"."""
    tokens = doses.tokens
    names: dict[Key | None, str] = {}
    # "stimulation AT 4 Hz" is the group of 4 Hz
    at = {x.beside for x in doses.found if tokens[x.numbers[0] - 1].word == "at"}
    for one in sorted(doses.found, key=lambda one: not one.beside):
        for n, key in zip(one.numbers, _keys(doses, one, groups), strict=True):
            if key is None or key not in groups or key in names:
                continue
            own = tokens[one.first : one.numbers[0]] or tokens[one.told : one.last]
            drug = "".join(t.raw for t in own if t.word in key[0]) or key[0]
            behind = _printed(tokens[one.unit : one.told])
            dose = f"{tokens[n].raw}{behind}"
            names[key] = dose if key[0] in at else f"{drug} {dose}"
    return names


def _single_doses(doses: _Doses, groups: set[Key]) -> dict[Key | None, str]:
    """Of drugs with one dose each: the name of those that a sentence allots people to.

    "randomised to WAX 75 MG, CLAY 10 MG or placebo": from there on as "wax, clay or placebo". So
    where a score stands behind: in "wax 75 mg (3.1)" the bracket is no spread of the dose.
    """
    tokens, found = doses.tokens, doses.found
    of_drug: dict[str, set[Dose]] = {}
    named: dict[Key, str] = {}
    told = Counter(_amount(tokens, one, n) for one in found for n in one.numbers)
    for one in found:
        own = list(doses.each_of(one.drug, one))
        of_drug.setdefault(one.drug, set()).update(own)
        ahead = one.first == one.numbers[0] - 1 and len(own) == 1
        scored = told[own[0][:2]] > 1 and _score_behind(tokens, one)
        if one.beside and ahead and (scored or _is_allotted(tokens, one)):
            behind = _printed(tokens[one.numbers[0] : one.last]).strip()
            named.setdefault((one.drug, own[0]), tokens[one.first].raw + PRINTED_BEHIND + behind)
    return {
        key: name for key, name in named.items() if key not in groups and len(of_drug[key[0]]) == 1
    }


def _is_allotted(tokens: list[Token], one: Dosed) -> bool:
    """Whether the words of a sentence before a drug with its dose allot people to groups."""
    for k in range(one.first - 1, max(-1, one.first - 40), -1):
        if tokens[k].word in (".", ";"):
            return False
        if tokens[k].word in ALLOTTED:
            return True
    return False


def _score_behind(tokens: list[Token], one: Dosed) -> bool:
    """ "wax 75 mg (3.1)", "wax 75 mg (3.1 ± 0.8)": a bracket with a number behind drug and dose."""
    k = one.last
    if k + 2 >= len(tokens) or tokens[k].word not in ("(", "["):
        return False
    return tokens[k + 1].kind == "n" and tokens[k + 2].word in (")", "]", "±", ",", ";", "to")


def _printed(tokens: list[Token]) -> str:
    return "".join((" " if token.spaced else "") + token.raw for token in tokens)


def _joined(tokens: list[Token], first: int, end: int, name: str) -> Token:
    raw = hidden(name)
    word = raw.partition(PRINTED_BEHIND)[0].lower()
    head = tokens[first]
    return Token("w", head.start, tokens[end - 1].end, word, 0.0, head.spaced, "", raw)
