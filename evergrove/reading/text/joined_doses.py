"""One drug in several doses: "wax 150 mg/day" and "wax 300 mg/day" are two groups by name.

Of a text that sets doses of one drug side by side, each "drug dose" is one word from here on, so
that all that is known about names of groups holds for them: "with WAX 150 AND 300 MG/DAY (3.5 and
4.8)", "the 150-MG group", "300 mg of wax". Of a drug with one dose, the drug alone is that word.
"""

from __future__ import annotations

from collections import Counter

from evergrove.reading.text.dosed_drugs import Dosed, dosed_drugs
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ALLOTTED, GROUP

# Letters that no text has stand for signs at which the words of a name are taken apart.
_HIDDEN = str.maketrans({" ": "\ua78f", "/": "\ua78c", "-": "\ua799"})
#: Behind the drug of a single dose: what follows is printed, and tells no groups apart.
DOSE_BEHIND = "\ua793"
_SHOWN = {hidden: chr(sign) for sign, hidden in _HIDDEN.items()} | {DOSE_BEHIND: " "}

Dose = tuple[float, str, str]  # amount, unit, how often where that tells doses apart
Key = tuple[str, Dose]  # drug, dose


def join_doses(tokens: list[Token]) -> list[Token]:
    """The tokens with each "drug dose" of a group as one word; `doses_printed` has its blanks.

    A drug has several doses where two or more of one unit stand in the text, each of them twice.
    """
    found = dosed_drugs(tokens)
    if not any([one.beside for one in found]):
        return tokens
    apart = _told_apart_by_often(tokens, found)
    keys = _doses_of_groups(tokens, found, apart)
    names = _names(tokens, found, keys, apart)
    single = _single_doses(tokens, found, keys, apart)
    if not names and not single:
        return tokens
    out: list[Token] = []
    at = 0
    for one in found:
        told = [_key(tokens, one, n, keys, apart) for n in one.numbers]
        named = [names.get(key) if key in names else single.get(key) for key in told]
        if None in named or at > one.first:
            continue
        if told[0] not in keys and one.first == one.numbers[0]:
            continue  # "75 mg of wax"
        out += tokens[at : one.first]
        for n, name in zip(one.numbers, named, strict=True):
            lead = n == one.numbers[0]
            out += [] if lead else tokens[at:n]
            at = one.last if n == one.numbers[-1] else n + 1
            out.append(_joined(tokens, one.first if lead else n, at, str(name)))
    return out + tokens[at:]


def doses_printed(name: str) -> str:
    """The name of a group with its blanks and strokes again: "wax 150 mg/day"."""
    if "\ua78f" not in name and DOSE_BEHIND not in name:
        return name
    return "".join(_SHOWN.get(letter, letter) for letter in name)


def _told_apart_by_often(
    tokens: list[Token], found: list[Dosed]
) -> set[tuple[str, tuple[float, str]]]:
    """ "wax 60 mg ONCE daily ... wax 60 mg TWICE daily": amounts that are two doses of a drug."""
    often: dict[tuple[str, tuple[float, str]], set[str]] = {}
    for one in found:
        for n in one.numbers if one.drug and one.often else ():
            amount = (tokens[n].value, tokens[one.unit].word)
            often.setdefault((one.drug, amount), set()).add(one.often)
    return {key for key, told in often.items() if len(told) > 1}


def _dose(
    tokens: list[Token],
    one: Dosed,
    number: int,
    drug: str,
    apart: set[tuple[str, tuple[float, str]]],
) -> Dose:
    amount = (tokens[number].value, tokens[one.unit].word)
    return (*amount, one.often if (drug, amount) in apart else "")


def _doses_of_groups(
    tokens: list[Token], found: list[Dosed], apart: set[tuple[str, tuple[float, str]]]
) -> set[Key]:
    """The doses of each drug that has two or more of one unit, all told twice in the text."""
    doses: dict[tuple[str, str], set[Dose]] = {}
    for one in found:
        if one.drug:
            own = doses.setdefault((one.drug, tokens[one.unit].word), set())
            own.update(_dose(tokens, one, n, one.drug, apart) for n in one.numbers)
    keys: set[Key] = set()
    for (drug, unit), several in doses.items():
        if len(several) < 2:
            continue
        told = Counter(
            _dose(tokens, one, n, drug, apart)
            for one in found
            if tokens[one.unit].word == unit and _told_of(tokens, one, drug)
            for n in one.numbers
        )
        often = {dose for dose in several if told[dose] > 1}
        if len(often) > 1:
            keys |= {(drug, dose) for dose in often}
    return keys


def _told_of(tokens: list[Token], one: Dosed, drug: str) -> bool:
    """Whether an amount may be one of the drug: "wax 5 mg", "5 mg"; "5%" only as "5% wax"."""
    if one.drug:
        return one.drug == drug
    return tokens[one.unit].word != "%" or tokens[one.told].word in GROUP


def _key(
    tokens: list[Token],
    one: Dosed,
    number: int,
    keys: set[Key],
    apart: set[tuple[str, tuple[float, str]]],
) -> Key | None:
    """The dose that an amount is; None where it is none of the groups, or of several drugs."""
    if one.drug:
        return (one.drug, _dose(tokens, one, number, one.drug, apart))
    if one.told < len(tokens) and tokens[one.told].word == "of":
        return None  # "300 mg OF" something else
    same = [key for key in keys if key[1] == _dose(tokens, one, number, key[0], apart)]
    return same[0] if len(same) == 1 else None


def _names(
    tokens: list[Token],
    found: list[Dosed],
    keys: set[Key],
    apart: set[tuple[str, tuple[float, str]]],
) -> dict[Key | None, str]:
    """How each dose is printed where it first stands with its drug: "wax 150 mg/day"."""
    names: dict[Key | None, str] = {}
    # "stimulation AT 4 Hz" is the group of 4 Hz
    at = {x.beside for x in found if tokens[x.numbers[0] - 1].word == "at"}
    for one in sorted(found, key=lambda one: not one.beside):
        for n in one.numbers:
            key = _key(tokens, one, n, keys, apart)
            if key is None or key not in keys or key in names:
                continue
            own = tokens[one.first : one.numbers[0]] or tokens[one.told : one.last]
            drug = "".join(t.raw for t in own if t.word in key[0]) or key[0]
            behind = _printed(tokens[one.unit : one.told])
            dose = f"{tokens[n].raw}{behind}"
            names[key] = dose if key[0] in at else f"{drug} {dose}"
    return names


def _single_doses(
    tokens: list[Token],
    found: list[Dosed],
    keys: set[Key],
    apart: set[tuple[str, tuple[float, str]]],
) -> dict[Key | None, str]:
    """Of drugs with one dose each: the name of those that a sentence allots people to.

    "randomised to WAX 75 MG, CLAY 10 MG or placebo": from there on as "wax, clay or placebo". So
    where a score stands behind: in "wax 75 mg (3.1)" the bracket is no spread of the dose.
    """
    doses: dict[str, set[Dose]] = {}
    named: dict[Key | None, str] = {}
    told = Counter((tokens[n].value, tokens[one.unit].word) for one in found for n in one.numbers)
    for one in found:
        own = [_dose(tokens, one, n, one.drug, apart) for n in one.numbers]
        doses.setdefault(one.drug, set()).update(own)
        ahead = one.first == one.numbers[0] - 1 and len(own) == 1
        scored = told[own[0][:2]] > 1 and _score_behind(tokens, one)
        if one.beside and ahead and (scored or _is_allotted(tokens, one)):
            behind = _printed(tokens[one.numbers[0] : one.last]).strip()
            named.setdefault((one.drug, own[0]), tokens[one.first].raw + DOSE_BEHIND + behind)
    return {
        key: name
        for key, name in named.items()
        if key is not None and key not in keys and len(doses[key[0]]) == 1
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
    raw = name.translate(_HIDDEN)
    word = raw.partition(DOSE_BEHIND)[0].lower()
    head = tokens[first]
    return Token("w", head.start, tokens[end - 1].end, word, 0.0, head.spaced, "", raw)
