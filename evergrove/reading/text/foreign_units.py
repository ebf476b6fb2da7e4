"""Units that no score has, as they are printed: "5.1 ± 0.6 ms", "24 U/l", "8 mm/h", "6 L"."""

from __future__ import annotations

import re

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.text.pressures import MAYBE_PRESSURE, spell_pressures
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.unknown_units import spell_unknown
from evergrove.reading.text.words import CENTRES, CHANGE, GROUP, is_content, word_set

# What the grammar knows them as: words of the profile's units that are no measure's.
_PRINTED = {
    "ms": "msec", "us": "usec", "µs": "usec", "μs": "usec", "L": "litre", "W": "watt",
    "N": "newtons", "J": "joule", "K": "kelvin", "Nm": "newtons", "D": "diopters", "DC": "diopters",
    "mum": "µm", "microm": "µm",
}  # fmt: skip
_RATE = "rate-of"  # "mm/h", "cells/mm3": one word for all units with a slash
_PER = word_set(
    "l dl ml µl μl ul nl min h hr hour hours day s sec second week kg g mg m m2 cm2 cm² mm2 mm² "
    "mm3 mm³ m² m³ cm3 cm³ kcal d wk"
)
# What stands with its power only: "ml min-1 YEAR-1", "ml BEAT-1".
_IN_POWERS = word_set("year yr month beat mol mmol")
_COUNTED_ON = word_set("dl ml µl μl ul nl min mm3 mm³ cm3 cm³")
_PARTED = word_set(
    "u iu miu mu ml pg fg µg μg nmol pmol fmol µmol μmol umol mol cells mm cm µm μm j w l meq mosm "
    "beats breaths kj kcal cal calories mv ma cfu copies n"
)
# Doses by themselves; "g/dl", "ng/ml" are concentrations.
_WEIGHTS = word_set("mg g ng mcg µg μg ug iu mmol")
_FLUIDS = word_set("dl ml l ul µl μl cm2 cm² cm3")

_SINGLE = word_set(
    ", . ; : ) ] to and or vs versus in at with after before for on by per from than"
)
_CAPITALS = frozenset("LWNJKD")
#: A text without such has no names with an index.
MAYBE_INDEX = re.compile(r"\((?<=[A-Z]\()(?:[1-4]|1c|25|50|75)\)")
_INDICES = frozenset(("1", "2", "3", "4", "25", "50", "75"))


def spell_open(tokens: list[Token], norm: str, profile: Profile) -> list[Token]:
    """The tokens with the spellings that only profiles of any outcome have to know."""
    if MAYBE_INDEX.search(norm):
        tokens = join_indices(tokens)
    if MAYBE_PRESSURE.search(norm.lower()):
        tokens = spell_pressures(tokens)
    if "mm Hg" in norm or "mm hg" in norm:
        join_mercury(tokens)
    if "HbA 1" in norm or "Hb A" in norm:
        tokens = join_glycated(tokens)
    if MAYBE_DOTTED.search(norm):
        tokens = without_dots(tokens)
    if MAYBE_NUMBERED_NAME.search(norm):
        tokens = join_numbered_names(tokens)
    if " units " in norm.lower() or " units)" in norm.lower():
        tokens = spell_named_units(tokens)
    if " SDS" in norm:
        spell_deviation_scores(tokens)
    if " rate of " in norm:
        tokens = spell_rates(tokens)
    if "ed by " in norm and MAYBE_LENGTHENED.search(norm):
        spell_lengthened(tokens)
    spell_counts(tokens)
    spell_powers(tokens)
    spell_concentrations(tokens)
    spell_unknown(tokens, profile.measure_units, profile.veto_units, _RATE)
    return tokens


def join_mercury(tokens: list[Token]) -> None:
    """ "14.2 MM HG": one unit, in place."""
    for k in range(len(tokens) - 2, -1, -1):
        if tokens[k].word == "mm" and tokens[k + 1].word == "hg":
            tokens[k].word, tokens[k].end = "mmhg", tokens[k + 1].end
            tokens[k].raw = "mmHg"
            del tokens[k + 1]


def join_glycated(tokens: list[Token]) -> list[Token]:
    """ "HBA 1C", "HBA 1 C", "HB A1C": one name, however its small figures were printed."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        words = "".join(token.word for token in tokens[k : k + 3])
        two = tokens[k].word + tokens[k + 1].word if k + 1 < len(tokens) else ""
        size = 3 if words == "hba1c" else 2 if two in _GLYCATED else 1
        if size == 1 or tokens[k].word not in ("hb", "hba"):
            out.append(tokens[k])
            k += 1
            continue
        first, last = tokens[k], tokens[k + size - 1]
        raw = "".join(token.raw for token in tokens[k : k + size])
        out.append(Token("w", first.start, last.end, "hba1c", 0.0, first.spaced, "", raw))
        k += size
    return out


_GLYCATED = word_set("hba1c hba1")
#: "ml · min-1 · year-1": points between the parts of a unit.
MAYBE_DOTTED = re.compile("[^\\W\\d_] ?[\u00b7\u2219\u22c5\u2022] ?[^\\W\\d_]")
_DOTS = frozenset("\u00b7\u2219\u22c5\u2022")


def without_dots(tokens: list[Token]) -> list[Token]:
    """ "4.1 ml · min-1 · year-1": the tokens without the points before parts of a unit."""
    last = len(tokens) - 1
    return [
        token
        for k, token in enumerate(tokens)
        if not (token.word in _DOTS and k < last and tokens[k + 1].word in _PER | _IN_POWERS)
    ]


#: A text without it has no name whose number stands behind its bracket.
MAYBE_NUMBERED_NAME = re.compile(r"[A-Z]\)-\d{1,2}(?![\d.%])")


def join_numbered_names(tokens: list[Token]) -> list[Token]:
    """ "growth factor binding protein (GFBP)-3 was": the tokens without the number of a name."""
    gone: set[int] = set()
    for k in range(2, len(tokens) - 2):
        if tokens[k].word != ")" or tokens[k - 2].word != "(" or not tokens[k - 1].raw.isupper():
            continue
        dash, number = tokens[k + 1], tokens[k + 2]
        joined = dash.word in ("-", "–") and not dash.spaced and not number.spaced
        if joined and number.kind == "n" and len(number.word) < 3:
            gone.update((k + 1, k + 2))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens


def spell_named_units(tokens: list[Token]) -> list[Token]:
    """ "15 WOOD UNITS", "12 ARBITRARY UNITS (SD 3)": one unit; no units that were given."""
    out: list[Token] = []
    for token in tokens:
        lead = out[-1] if out else token
        named = token.word == "units" and lead.word in _UNIT_NAMES and len(out) > 1
        if named and out[-2].kind == "n":
            lead.word, lead.end, lead.raw = _RATE, token.end, f"{lead.raw} {token.raw}"
            continue
        if token.word == "m2" and lead.word == _RATE and lead.raw.lower().endswith("units"):
            lead.end, lead.raw = token.end, f"{lead.raw} {token.raw}"  # "15 Wood units m2"
            continue
        out.append(token)
    return out


_UNIT_NAMES = word_set("wood arbitrary relative hounsfield absorbance densitometric fluorescence")


def spell_deviation_scores(tokens: list[Token]) -> None:
    """ "height SDS was -1.7": a score in standard deviations, and no spread, in place."""
    for k in range(1, len(tokens) - 1):
        before = tokens[k - 1]
        named = before.kind == "w" and is_content(before.word) and before.word not in CENTRES
        if tokens[k].raw == "SDS" and named and tokens[k + 1].word not in ("=", ":"):
            tokens[k].word = "sds_score"


def spell_rates(tokens: list[Token]) -> list[Token]:
    """ "fell AT AN ANNUAL RATE OF 12%", "rose BY A MEAN RATE OF 4 ml/min": by so much."""
    gone: set[int] = set()
    for k in range(4, len(tokens) - 2):
        if tokens[k].word != "rate" or tokens[k + 1].word != "of" or tokens[k + 2].kind != "n":
            continue
        lead = next((m for m in range(k - 1, max(2, k - 6), -1) if tokens[m].word in _AT), 0)
        if lead and (tokens[lead - 1].word in CHANGE or tokens[lead - 2].word in CHANGE):
            tokens[lead].word = "by"
            gone.update(range(lead + 1, k + 2))
    return [token for k, token in enumerate(tokens) if k not in gone] if gone else tokens


_AT = word_set("at by")
#: A text without it has no such verb.
MAYBE_LENGTHENED = re.compile(r"(?:prolong|lengthen|shorten)ed by (?=[~\d.])")
_LENGTHENED = {"prolonged": "increased", "lengthened": "increased", "shortened": "reduced"}


def spell_lengthened(tokens: list[Token]) -> None:
    """ "healing time was PROLONGED BY 12 min", "SHORTENED BY 3 days": it rose, it fell."""
    for k in range(len(tokens) - 2):
        token = tokens[k]
        if token.word in _LENGTHENED and tokens[k + 1].word == "by" and tokens[k + 2].kind == "n":
            token.word = _LENGTHENED[token.word]


def spell_counts(tokens: list[Token]) -> None:
    """ "54/nl", "104.2/mm3", "61/min": a slash and what is counted on are one unit, in place."""
    for k in range(len(tokens) - 2, 0, -1):
        slash, counted = tokens[k], tokens[k + 1]
        if slash.word != "/" or tokens[k - 1].kind != "n" or counted.word not in _COUNTED_ON:
            continue
        if not slash.spaced and not counted.spaced:
            slash.kind, slash.word, slash.end = "w", _RATE, counted.end
            slash.raw += counted.raw
            del tokens[k + 1]


def spell_powers(tokens: list[Token]) -> None:
    """Make a power of ten behind a number, and a unit in powers, one token each, in place.

    "6.68 x 10(4) pg/L", "4.1 × 10^9/l", "100 mg m(-2)": no numbers of the results.
    """
    k = 1
    while k < len(tokens) - 2:
        per = tokens[k].word in _PER or tokens[k].word in _IN_POWERS
        if per and tokens[k - 1].kind != "n" and _minus_one(tokens, k + 1):
            tokens[k - 1].end = tokens[k + 2].end  # "95 ml min−1"
            tokens[k - 1].raw += f" {tokens[k].raw}{tokens[k + 1].raw}{tokens[k + 2].raw}"
            tokens[k - 1].word = _RATE
            del tokens[k : k + 3]
            continue
        if tokens[k].word in ("°", "º") and tokens[k + 1].raw in ("C", "F"):
            tokens[k].end, tokens[k].raw = tokens[k + 1].end, tokens[k].raw + tokens[k + 1].raw
            del tokens[k + 1]
        power = tokens[k].word in ("x", "×") and tokens[k + 1].word == "10"
        end = _behind_power(tokens, k + 1 + power, power) if tokens[k].kind != "n" else k
        if end > k and (power or tokens[k].word in _PER):
            if end < len(tokens) and _parted(tokens, end):
                end += 3
            elif _joined(tokens, end) and tokens[end + 1].word in _PER:
                end += 2
            first = tokens[k]
            first.kind, first.word, first.end = "w", _RATE, tokens[end - 1].end
            first.raw = "".join(token.raw for token in tokens[k:end])
            del tokens[k + 1 : end]
        k += 1


def join_indices(tokens: list[Token]) -> list[Token]:
    """ "FEV(1) was 2.1 l", "VO(2)", "HbA(1c)": a name with its index in a bracket is one word.

    An index follows a capital without a blank, as in the databases that print no small figures.
    """
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        if end := _behind_index(tokens, k):
            inside = tokens[k + 2 : end - 1]
            raw = f"{token.raw}({''.join(part.raw for part in inside)})"
            word = token.word + "".join(part.word for part in inside)
            out.append(
                Token("w", token.start, tokens[end - 1].end, word, 0.0, token.spaced, "", raw)
            )
        else:
            out.append(token)
        k = end or k + 1
    return out


def _behind_index(tokens: list[Token], k: int) -> int:
    """The place behind "FEV(1)" or "HbA(1c)" at k; 0 if there is none, as in "group A(1)"."""
    name = tokens[k]
    if name.kind != "w" or not name.raw[-1].isupper() or tokens[k - 1].word in GROUP:
        return 0
    ahead = tokens[k + 1 : k + 5]
    if len(ahead) < 4 or ahead[0].word != "(" or ahead[1].raw not in _INDICES:
        return 0
    size = 3 if ahead[2].word == "c" else 2
    closed = ahead[size].word == ")" and not any(token.spaced for token in ahead[: size + 1])
    return k + size + 2 if closed else 0


def _minus_one(tokens: list[Token], k: int) -> bool:
    signed = tokens[k].word in ("-", "−", "–") and not tokens[k].spaced
    return signed and k + 1 < len(tokens) and tokens[k + 1].word in ("1", "2", "3")


def _behind_power(tokens: list[Token], k: int, ten: bool) -> int:
    """The place behind "(4)", "(-2)", "^9" at k; 0 if there is none ("x 10" alone is one)."""
    if tokens[k].word == "(" and not tokens[k].spaced:
        signed = tokens[k + 1].word in ("-", "−", "–")
        closed = k + 2 + signed
        if closed < len(tokens) and tokens[closed].word == ")" and tokens[closed - 1].kind == "n":
            return closed + 1 if ten or signed else 0
    if tokens[k].word == "^" and tokens[k + 1].kind == "n":
        return k + 2
    return k if ten else 0


def spell_units(tokens: list[Token], profile: Profile, numbers: list[int]) -> None:
    """Give units behind a number a word that the profile has, in place; "mm/h" becomes one token.

    "MS" is a disease and "A" a letter of a group: a unit in one capital is one behind a decimal or
    a spread only, and before the end of a phrase. `numbers`: the places of all numbers.
    """
    if _RATE not in profile.veto_units and _RATE not in profile.measure_units:
        return
    last = len(tokens) - 2
    for k in reversed(numbers):  # what is joined into one token lies behind all that are left
        if k >= last:
            continue
        behind = k + 1 + (tokens[k + 1].word == ")")  # "10.1", "41 (SD 10.1)"
        word = 1 < behind <= last and tokens[behind].kind == "w"
        if word and (tokens[behind + 1].word == "/" or tokens[behind].raw in _PRINTED):
            _spell(tokens, behind)


def _spell(tokens: list[Token], k: int) -> None:
    unit = tokens[k]
    if _parted(tokens, k):
        last = k + 2
        while _joined(tokens, last + 1) and tokens[last + 2].word in _PER:
            last += 2  # "ml/kg/min"
        unit.end, unit.word = tokens[last].end, _RATE
        unit.raw = unit.raw + "".join(token.raw for token in tokens[k + 1 : last + 1])
        del tokens[k + 1 : last + 1]
        return
    word = _PRINTED.get(unit.raw)
    if word is None:
        return
    if unit.raw in _CAPITALS:
        measured = "." in tokens[k - 1].word or tokens[k - 2].word == "±"
        if not measured or tokens[k + 1].word not in _SINGLE:
            return
    unit.word = word


def _parted(tokens: list[Token], k: int) -> bool:
    """ "24 U/L", "310 cells/mm3", "1.9 g/dl": a unit, a slash, and what it is counted on."""
    if not _joined(tokens, k + 1):
        return False
    unit, counted = tokens[k].word, tokens[k + 2].word
    return unit in _PARTED and counted in _PER


def spell_concentrations(tokens: list[Token]) -> None:
    """ "1.9 G/DL" is a concentration; "300 MG/DAY", "2 MG/KG" what was given, in place."""
    k = 1
    while k < len(tokens) - 2:
        if tokens[k].word in _WEIGHTS and tokens[k + 1].word == "/":
            last = k + 2 + (tokens[k + 2].word == "100" and k + 3 < len(tokens))  # "g/100 ml"
            counted = tokens[last].word
            word = _RATE if counted in _FLUIDS else "dose-of" if counted in _PER else ""
            if word:
                unit = tokens[k]
                unit.word, unit.end = word, tokens[last].end
                unit.raw = "".join(token.raw for token in tokens[k : last + 1])
                del tokens[k + 1 : last + 1]
        k += 1


def _joined(tokens: list[Token], k: int) -> bool:
    """Whether a slash stands at k between two words, without a space."""
    if k + 1 >= len(tokens) or tokens[k].word != "/":
        return False
    return not tokens[k].spaced and not tokens[k + 1].spaced and tokens[k + 1].kind == "w"
