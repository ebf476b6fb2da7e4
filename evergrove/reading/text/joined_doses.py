"""One drug in several doses: "wax 150 mg/day" and "wax 300 mg/day" are two groups by name.

Of a text that sets doses of one drug side by side, each "drug dose" is one word from here on, so
that all that is known about names of groups holds for them: "with WAX 150 AND 300 MG/DAY (3.5 and
4.8)", "the 150-MG group", "300 mg of wax".
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evergrove.reading.text.tokens import Token, words_outside
from evergrove.reading.text.words import ALLOTTED, GROUP, PEOPLE, VERBS, is_content, word_set

#: A text without such a word has no such names.
DRUG_UNITS = word_set(
    "mg µg mcg ug g gy cgy mbq gbq iu u unit units ml cc l hz khz mhz j w ma v % mmol mol meq"
)
_PER = word_set("day d kg h hr hour week dose m2 m² min daily")
_OFTEN = word_set("daily bid qd tid od once twice thrice weekly nightly q12h q24h")
_LISTED = word_set("and or , / vs versus to")
_WAYS = word_set(
    "intravenous oral intramuscular subcutaneous intrathecal epidural perineural topical rectal "
    "intranasal sublingual transdermal intraarticular intra-articular iv im sc controlled-release "
    "extended-release"
)
_NO_DRUG = (
    _WAYS
    | GROUP
    | PEOPLE
    | word_set(
        "dose doses dosage dosages daily day received receiving receive given taking took drug "
        "drugs medication medications tablet tablets capsule capsules total mean median average "
        "maximum minimum initial starting once twice thrice weekly oral intravenous added titrated "
        "increased decreased reduced consumption requirement intake use used placebo active high "
        "low single fixed background objective objectives aim aims methods results conclusion "
        "conclusions findings purpose interventions pain relief reduction responders achieved loss "
        "volume blood ci sd score scores scale disability function satisfaction least about least"
    )
)
# Letters that no text has stand for signs at which the words of a name are taken apart.
_HIDDEN = str.maketrans({" ": "\ua78f", "/": "\ua78c", "-": "\ua799"})
#: Behind the drug of a single dose: what follows is printed, and tells no groups apart.
DOSE_BEHIND = "\ua793"
_SHOWN = {hidden: chr(sign) for sign, hidden in _HIDDEN.items()} | {DOSE_BEHIND: " "}

Dose = tuple[float, str]  # amount, unit
Key = tuple[str, float, str]  # drug, amount, unit


@dataclass(slots=True)
class _Dosed:
    """A list of amounts with one unit: where it stands, its numbers, and the drug beside it."""

    first: int  # the drug ahead, or the first number
    last: int  # behind the unit, how often, and the drug behind
    numbers: list[int]
    unit: int
    told: int  # behind the unit and how often
    drug: str = ""
    listed: str = ""  # the drug of the amount listed before


def join_doses(tokens: list[Token]) -> list[Token]:
    """The tokens with each dose of a drug that has several, each told twice or more, as one word.

    The word is the drug, the amount and its unit as first printed; `doses_printed` has its blanks.
    """
    found = list(_dosed(tokens))
    _share_drugs(tokens, found)
    keys = _doses_of_groups(tokens, found)
    names = _names(tokens, found, keys)
    names |= _single_doses(tokens, found, keys)
    if not names:
        return tokens
    out: list[Token] = []
    at = 0
    for one in found:
        named = [names.get(_key(tokens, one, n, keys)) for n in one.numbers]
        if None in named or at > one.first:
            continue
        single = _key(tokens, one, one.numbers[0], keys) not in keys
        if single and one.first == one.numbers[0]:
            continue  # "75 mg of wax"
        out += tokens[at : one.first]
        begins = one.first
        for n, name in zip(one.numbers, named, strict=True):
            out += tokens[at:n] if n != one.numbers[0] else []
            end = one.last if n == one.numbers[-1] else n + 1
            out.append(_joined(tokens, begins if n == one.numbers[0] else n, end, str(name)))
            at = end
    return out + tokens[at:]


def _dosed(tokens: list[Token]) -> Iterator[_Dosed]:
    """All amounts of a drug in a text, lists of them ("150, 300 and 600 mg") as one."""
    for unit in range(1, len(tokens)):
        if tokens[unit].word not in DRUG_UNITS:
            continue
        number = unit - 1
        if tokens[number].word == "-" and not tokens[unit].spaced:
            number -= 1  # "the 150-mg group"
        if number < 0 or tokens[number].kind != "n" or tokens[number].mark is not None:
            continue
        numbers = [number]
        while (ahead := _listed_ahead(tokens, numbers[0])) is not None:
            numbers.insert(0, ahead)
        told = _behind_often(tokens, unit + 1)
        one = _Dosed(numbers[0], told, numbers, unit, told)
        _find_drug(tokens, one)
        yield one


def _listed_ahead(tokens: list[Token], number: int) -> int | None:
    """ "150, 300 AND 600 mg": the number listed before one without a unit of its own."""
    k = number - 1
    while k > 0 and tokens[k].word in _LISTED:
        k -= 1
    alone = k < number - 1 and k > 0 and tokens[k].kind == "n" and tokens[k].flag == ""
    if not alone or tokens[k].value == tokens[number].value:
        return None
    return k if tokens[k - 1].kind == "w" or tokens[k - 1].word in (",", "/") else None


def _behind_often(tokens: list[Token], k: int) -> int:
    """The place behind "/day", "per day", "once daily", "twice a day" that follow a unit."""
    while k < len(tokens):
        word = tokens[k].word
        following = tokens[k + 1].word if k + 1 < len(tokens) else ""
        if (word in ("/", "per") and following in _PER) or (word == "a" and following == "day"):
            k += 2
        elif word in _OFTEN:
            k += 1
        elif word == "-" and following in _OFTEN and not tokens[k].spaced:
            k += 2
        else:
            break
    return k


def _find_drug(tokens: list[Token], one: _Dosed) -> None:
    """Set the drug of a dose: the noun right before the number, or right behind ("mg OF wax")."""
    before = one.first - 1
    if before >= 2 and tokens[before].kind == "n" and tokens[before - 1].word == "-":
        before -= 2 * (not tokens[before].spaced)  # "AB-12 150 mg"
    before -= before > 0 and tokens[before].word == "at"  # "wax AT 10 Hz"
    if before >= 0 and _may_be_drug(tokens[before]):
        one.drug = "".join(t.word for t in tokens[before : one.first] if t.word != "at")
        one.first = before
        return
    behind = one.told + (one.told < len(tokens) and tokens[one.told].word in ("of", "-"))
    while behind < len(tokens) and tokens[behind].word in _WAYS:
        behind += 1  # "40 mg of INTRAVENOUS wax"
    if behind < len(tokens) and _may_be_drug(tokens[behind]):
        one.drug, one.last = tokens[behind].word, behind + 1


def _share_drugs(tokens: list[Token], found: list[_Dosed]) -> None:
    """ "wax 150 mg OR 300 MG", "10 MG, 20 MG or 40 mg of wax": one drug of all that are listed."""
    for pairs in (itertools.pairwise(found), itertools.pairwise(reversed(found))):
        for one, two in pairs:
            gap = words_outside(tokens, min(one.last, two.last), max(one.first, two.first))
            near = 0 < len(gap) < 3 and _LISTED.issuperset(gap)
            if near and not two.drug:
                two.listed = two.listed or one.drug or one.listed


def _may_be_drug(token: Token) -> bool:
    return (
        token.kind == "w"
        and token.mark is None
        and len(token.word) > 2
        and is_content(token.word)
        and token.word not in _NO_DRUG
        and token.word not in VERBS
    )


def _doses_of_groups(tokens: list[Token], found: list[_Dosed]) -> set[Key]:
    """The doses of each drug that has two or more of one unit, all told twice in the text."""
    doses: dict[tuple[str, str], set[float]] = {}
    for one in found:
        if drug := one.drug or one.listed:
            own = doses.setdefault((drug, tokens[one.unit].word), set())
            own.update(tokens[n].value for n in one.numbers)
    keys: set[Key] = set()
    for (drug, unit), amounts in doses.items():
        if len(amounts) < 2:
            continue
        told = Counter(
            tokens[n].value
            for one in found
            if tokens[one.unit].word == unit and _told_of(tokens, one, drug)
            for n in one.numbers
        )
        often = {amount for amount in amounts if told[amount] > 1}
        if len(often) > 1:
            keys |= {(drug, amount, unit) for amount in often}
    return keys


def _told_of(tokens: list[Token], one: _Dosed, drug: str) -> bool:
    """Whether an amount may be one of the drug: "wax 5 mg", "5 mg"; "5%" only as "5% wax"."""
    if own := one.drug or one.listed:
        return own == drug
    return tokens[one.unit].word != "%" or tokens[one.told].word in GROUP


def _key(tokens: list[Token], one: _Dosed, number: int, keys: set[Key]) -> Key | None:
    """The dose that an amount is; None where it is none of the groups, or of several drugs."""
    amount, unit = tokens[number].value, tokens[one.unit].word
    if one.drug or one.listed:
        return (one.drug or one.listed, amount, unit)
    if one.told < len(tokens) and tokens[one.told].word == "of":
        return None  # "300 mg OF" something else
    same = [key for key in keys if key[1:] == (amount, unit)]
    return same[0] if len(same) == 1 else None


def _names(tokens: list[Token], found: list[_Dosed], keys: set[Key]) -> dict[Key, str]:
    """How each dose is printed where it first stands with its drug: "wax 150 mg/day"."""
    names: dict[Key, str] = {}
    # "stimulation AT 4 Hz" is the group of 4 Hz
    at = {x.drug for x in found if tokens[x.numbers[0] - 1].word == "at"}
    for one in sorted(found, key=lambda one: not one.drug):
        for n in one.numbers:
            key = _key(tokens, one, n, keys)
            if key is None or key not in keys or key in names:
                continue
            own = tokens[one.first : one.numbers[0]] or tokens[one.told : one.last]
            drug = "" if key[0] in at else "".join(t.raw for t in own if t.word in key[0]) or key[0]
            parts = tokens[one.unit : one.told]
            behind = "".join((" " if t.spaced else "") + t.raw for t in parts)
            names[key] = f"{drug} {tokens[n].raw}{behind}".strip()
    return names


def _single_doses(tokens: list[Token], found: list[_Dosed], keys: set[Key]) -> dict[Key, str]:
    """Of drugs with one dose each: the name alone of those that a sentence allots people to.

    "randomised to WAX 75 MG, CLAY 10 MG or placebo": from there on as "wax, clay or placebo". So
    where a score stands behind: in "wax 75 mg (3.1)" the bracket is no spread of the dose.
    """
    amounts: dict[str, set[Dose]] = {}
    named: dict[Key, str] = {}
    told = Counter((tokens[n].value, tokens[one.unit].word) for one in found for n in one.numbers)
    for one in found:
        drug = one.drug or one.listed
        dose = (tokens[one.numbers[0]].value, tokens[one.unit].word)
        amounts.setdefault(drug, set()).update((tokens[n].value, dose[1]) for n in one.numbers)
        ahead = one.first == one.numbers[0] - 1 and len(one.numbers) == 1
        scored = told[dose] > 1 and _score_behind(tokens, one)
        if drug and ahead and (scored or _is_allotted(tokens, one)):
            raws = "".join(
                (" " if t.spaced else "") + t.raw for t in tokens[one.numbers[0] : one.last]
            )
            named.setdefault((drug, *dose), tokens[one.first].raw + DOSE_BEHIND + raws.strip())
    return {key: raw for key, raw in named.items() if key not in keys and len(amounts[key[0]]) == 1}


def _is_allotted(tokens: list[Token], one: _Dosed) -> bool:
    """Whether the words of a sentence before a drug with its dose allot people to groups."""
    for k in range(one.first - 1, max(-1, one.first - 40), -1):
        if tokens[k].word in (".", ";"):
            return False
        if tokens[k].word in ALLOTTED:
            return True
    return False


def _score_behind(tokens: list[Token], one: _Dosed) -> bool:
    """ "wax 75 mg (3.1)", "wax 75 mg (3.1 ± 0.8)": a bracket with a number behind drug and dose."""
    k = one.last
    if k + 2 >= len(tokens) or tokens[k].word not in ("(", "["):
        return False
    return tokens[k + 1].kind == "n" and tokens[k + 2].word in (")", "]", "±", ",", ";", "to")


def _joined(tokens: list[Token], first: int, end: int, name: str) -> Token:
    raw = name.translate(_HIDDEN)
    word = raw.partition(DOSE_BEHIND)[0].lower()
    head = tokens[first]
    return Token("w", head.start, tokens[end - 1].end, word, 0.0, head.spaced, "", raw)


def doses_printed(name: str) -> str:
    """The name of a group with its blanks and strokes again: "wax 150 mg/day"."""
    if "\ua78f" not in name and DOSE_BEHIND not in name:
        return name
    return "".join(_SHOWN.get(letter, letter) for letter in name)
