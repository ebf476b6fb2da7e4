"""Groups that differ by a dose alone: "were given 5 mg, 15 mg or 30 mg ... with 15 mg NRS fell"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.arms.hyphened_doses import HYPHENED_UNITS, hyphened_doses
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import WERE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

DOSE_UNITS = word_set(
    "mg µg mcg ug microg microgram micrograms g gy cgy mbq gbq iu ml cc hz khz j ma"
)
_LIST = word_set(", and or versus vs /")
_SPLITS = word_set(
    "randomised randomized assigned allocated divided groups arms compared comparing received "
    "receive given either"
)
_LEADS = word_set(
    "received receiving receive given with in on to of the and , or for versus vs than after at"
)


def dose_groups(
    tokens: list[Token], a: int, b: int, counts: list[Count], only_sized: bool = False
) -> dict[tuple[float, str], DocArm]:
    """Doses that a sentence of the methods sets side by side, with their names and sizes."""
    found: dict[tuple[float, str], DocArm] = {}
    if not _SPLITS & {tokens[k].word for k in range(a, b)}:
        return found
    for k in range(a + 1, b) if not only_sized else ():
        if tokens[k].word in DOSE_UNITS and tokens[k - 1].kind == "n":
            for at in _listed(tokens, a, k):
                name = _name(tokens, at, k)
                size = _size(tokens, at + 1 + (tokens[at + 1].word == tokens[k].word), counts)
                found[tokens[at].value, tokens[k].word] = DocArm(name, set(), size)
    return found or _allotted(tokens, a, b) or hyphened_doses(tokens, a, b, counts)


def _allotted(tokens: list[Token], a: int, b: int) -> dict[tuple[float, str], DocArm]:
    """ "75 TO 8 GY and 73 TO 20 GY", "41 patients had 5 mg and 43 had 15 mg": doses with sizes."""
    found: dict[tuple[float, str], DocArm] = {}
    for k in range(a + 3, b):
        if tokens[k].word not in DOSE_UNITS or tokens[k - 1].kind != "n":
            continue
        at = k - 2
        if tokens[at].word not in _ALLOTTED:
            continue
        while at > a and tokens[at - 1].word in PEOPLE | WERE:
            at -= 1
        size = tokens[at - 1]
        whole = size.kind == "n" and size.mark is None and "." not in size.word
        if whole and size.value >= 5:
            count = Count(int(size.value), at - 1, at)
            dose = DocArm(_name(tokens, k - 1, k), set(), count)
            found[tokens[k - 1].value, tokens[k].word] = dose
    return found if len(found) > 1 and len({unit for _, unit in found}) == 1 else {}


_ALLOTTED = word_set("to had received got given")


def without_dose(
    tokens: list[Token], a: int, b: int, doses: dict[tuple[float, str], DocArm], counts: list[Count]
) -> DocArm | None:
    """ "5 mg, 15 mg OR PLACEBO (n = 40)": the group behind the list of doses that had none."""
    for k in range(a + 2, b - 2):
        if tokens[k].word not in DOSE_UNITS or (tokens[k - 1].value, tokens[k].word) not in doses:
            continue
        at = k + 1
        if tokens[at].word == "(":
            at = next((m + 1 for m in range(at, min(b, at + 8)) if tokens[m].word == ")"), b)
        while at < b and tokens[at].word in _LIST | {"to", "a"}:
            at += 1
        if at < b and at > k + 1 and tokens[at].word in _NO_DOSE:
            name = tokens[at].word
            return DocArm(name, {name}, _size(tokens, at + 1, counts))
    return None


_NO_DOSE = word_set("placebo sham vehicle saline")


def _size(tokens: list[Token], after: int, counts: list[Count]) -> Count | None:
    """The n in a bracket right behind a dose: "4 Hz (n = 20)"."""
    if after >= len(tokens) or tokens[after].word != "(":
        return None
    return next((c for c in counts if c.equals and after < c.at <= after + 3), None)


def doses_named(
    tokens: list[Token], a: int, b: int, doses: dict[tuple[float, str], DocArm]
) -> list[Arm]:
    """The places of a sentence that name one of the doses as a group."""
    out = []
    for k in range(a + 1, b):
        unit = tokens[k].word
        number = k - 2 if tokens[k - 1].word == "-" else k - 1  # "the 15-mg group"
        known = unit in DOSE_UNITS or (unit in HYPHENED_UNITS and number == k - 2)
        if not known or number < a or tokens[number].kind != "n":
            continue
        places = (_listed(tokens, a, k) if number == k - 1 else []) or [number]
        if not all((tokens[at].value, unit) in doses for at in places):
            continue
        if tokens[places[0] - 1].word not in _LEADS and places[0] != a:
            continue
        for at in places:
            last = k + 1 if at == number else at + 1 + (tokens[at + 1].word == unit)
            dose = doses[tokens[at].value, unit]
            out.append(Arm(at, last, dose.name, 3, dose))
    return out


def only_dose(words: set[str]) -> bool:
    """Whether the words of a group's name are a number and its unit."""
    parts = [word.lstrip("0123456789.") for word in words]
    return any(part in DOSE_UNITS for part in parts) and all(
        not part or part in DOSE_UNITS for part in parts
    )


def _name(tokens: list[Token], at: int, k: int) -> str:
    """ "15 mg", with a space where the text has one."""
    return f"{tokens[at].word}{' ' if tokens[k].spaced else ''}{tokens[k].raw}"


def _listed(tokens: list[Token], a: int, k: int) -> list[int]:
    """The numbers of a list of different doses that ends with the unit at k, if there are two."""
    out = [k - 1]
    at = k - 2
    while at >= a:
        signs = at
        while at >= a and tokens[at].word in _LIST:
            at -= 1
        if at < a or (at == signs and tokens[at].word != tokens[k - 2].word):
            break
        if tokens[at].word == ")" and at - 5 >= a and tokens[at - 4].word == "(":
            at -= 5  # "5 mg (n = 30), 15 mg (n = 31)"
        drug = tokens[k - 2].word
        if tokens[at].word == drug and signs == at and tokens[at].kind == "w":
            # "SERINE 5 mg, SERINE 15 mg or placebo"
            at -= 1
            signs = at
            while at >= a and tokens[at].word in _LIST:
                at -= 1
            if at == signs or tokens[at].word != tokens[k].word or tokens[at - 2].word != drug:
                break
        at -= tokens[at].word == tokens[k].word
        if at < a or tokens[at].kind != "n" or tokens[at].mark is not None:
            break
        out.append(at)
        at -= 1
    values = {tokens[m].value for m in out}
    return out[::-1] if len(out) > 1 and len(values) == len(out) else []
