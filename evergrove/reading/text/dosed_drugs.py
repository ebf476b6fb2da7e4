"""Amounts of drugs in a text: "wax 150 and 300 mg/day", "40 mg of oral wax", "the 60-mg group"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from evergrove.reading.text.tokens import Token, words_outside
from evergrove.reading.text.words import GROUP, PEOPLE, VERBS, is_content, word_set

#: A text without such a word has no amounts of drugs.
DRUG_UNITS = word_set(
    "mg µg mcg ug g gy cgy mbq gbq iu u unit units ml cc l hz khz mhz j w ma v % mmol mol meq"
)
_PER = word_set("day d kg h hr hour week dose m2 m² min daily")
_HOW_OFTEN = {
    **dict.fromkeys(("once", "qd", "od", "q24h"), "once"),
    **dict.fromkeys(("twice", "bid", "b.i.d", "q12h"), "twice"),
    **dict.fromkeys(("thrice", "tid", "t.i.d", "q8h"), "thrice"),
}
_OFTEN = _HOW_OFTEN.keys() | word_set("daily weekly nightly")
_APART = 12  # tokens between two amounts of a list, with the size of a group
_TIMES_A_DAY = word_set("two three four")
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
    | VERBS
    | word_set(
        "dose doses dosage dosages daily day received receiving receive given taking took drug "
        "drugs medication medications tablet tablets capsule capsules total mean median average "
        "maximum minimum initial starting once twice thrice weekly oral intravenous added titrated "
        "increased decreased reduced consumption requirement intake use used placebo active high "
        "low single fixed background objective objectives aim aims methods results conclusion "
        "conclusions findings purpose interventions pain relief reduction responders achieved loss "
        "volume blood ci sd score scores scale disability function satisfaction least about either "
        "both"
    )
)


@dataclass(slots=True)
class Dosed:
    """A list of amounts with one unit: where it stands, its numbers, and the drug beside it."""

    first: int  # the drug ahead, or the first number
    last: int  # behind the unit, how often, and the drug behind
    numbers: list[int]
    unit: int
    told: int  # behind the unit and how often
    often: str = ""  # "once", "twice", "thrice" a day, where the text tells it
    beside: str = ""  # the drug right beside the amount
    listed: str = ""  # the drug of an amount that it is listed with

    @property
    def drug(self) -> str:
        return self.beside or self.listed


def dosed_drugs(tokens: list[Token]) -> list[Dosed]:
    """All amounts of drugs, lists of them ("150, 300 and 600 mg") as one."""
    found = list(_dosed(tokens))
    for pairs in (itertools.pairwise(found), itertools.pairwise(reversed(found))):
        for one, two in pairs:
            if not two.beside and _listed_together(tokens, one, two):
                two.listed = two.listed or one.drug
    return found


def _dosed(tokens: list[Token]) -> Iterator[Dosed]:
    for unit in [at for at, token in enumerate(tokens) if token.word in DRUG_UNITS and at]:
        number = unit - 1
        if tokens[number].word == "-" and not tokens[unit].spaced:
            number -= 1  # "the 150-mg group"
        if number < 0 or tokens[number].kind != "n" or tokens[number].mark is not None:
            continue
        numbers = [number]
        while (ahead := _listed_ahead(tokens, numbers[0])) is not None:
            numbers.insert(0, ahead)
        told = _behind_often(tokens, unit + 1)
        often = [tokens[k].word for k in range(unit + 1, told) if tokens[k].word in _HOW_OFTEN]
        one = Dosed(numbers[0], told, numbers, unit, told, _HOW_OFTEN[often[0]] if often else "")
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
        elif following == "times" and (tokens[k].kind == "n" or word in _TIMES_A_DAY):
            k += 2  # "wax 25 mg THREE TIMES daily"
        elif word == "-" and following in _OFTEN and not tokens[k].spaced:
            k += 2
        else:
            break
    return k


def _find_drug(tokens: list[Token], one: Dosed) -> None:
    """Set the drug of a dose: the noun right before the number, or right behind ("mg OF wax")."""
    before = one.first - 1
    if before >= 2 and tokens[before].kind == "n" and tokens[before - 1].word == "-":
        before -= 2 * (not tokens[before].spaced)  # "AB-12 150 mg"
    before -= before > 0 and tokens[before].word == "at"  # "wax AT 10 Hz"
    if before >= 0 and _may_be_drug(tokens[before]):
        one.beside = "".join(t.word for t in tokens[before : one.first] if t.word != "at")
        one.first = before
        return
    behind = one.told + (one.told < len(tokens) and tokens[one.told].word in ("of", "-"))
    while behind < len(tokens) and tokens[behind].word in _WAYS:
        behind += 1  # "40 mg of INTRAVENOUS wax"
    if behind < len(tokens) and _may_be_drug(tokens[behind]):
        one.beside, one.last = tokens[behind].word, behind + 1


def _may_be_drug(token: Token) -> bool:
    named = token.kind == "w" and token.mark is None and len(token.word) > 2
    return named and is_content(token.word) and token.word not in _NO_DRUG


def _listed_together(tokens: list[Token], one: Dosed, two: Dosed) -> bool:
    """ "wax 150 mg OR 300 MG", "10 MG (n = 9), 20 MG or 40 mg of wax": one drug of them all."""
    last, first = min(one.last, two.last), max(one.first, two.first)
    if first - last > _APART:
        return False
    gap = words_outside(tokens, last, first)
    return 0 < len(gap) < 3 and _LISTED.issuperset(gap)
