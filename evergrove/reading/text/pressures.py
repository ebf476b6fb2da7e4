"""Blood pressures told in pairs: "systolic/diastolic BP was 131/82 mmHg", "BP fell to 133/84"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BOUND_SIGNS, word_set

#: A text without one of these, in small letters, tells no such pair.
MAYBE_PRESSURE = re.compile(r"systolic|\bs?bp\b|pressure")
_JOINS = word_set("/ and &")
_UNIT = word_set("mmhg mm")
#: Before the name of one pressure, of which one number is told.
_OF_ONE = word_set("systolic diastolic arterial pulse airway venous target goal")


def spell_pressures(tokens: list[Token]) -> list[Token]:
    """The tokens with "systolic/diastolic BP" and "BP ... 131/82" as "SBP / DBP ... 131 / 82"."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        end, paired = _both_named(tokens, k), False
        if end or (end := _pressure(tokens, k)):
            paired = _pair_behind(tokens, end)
            alone = tokens[k].word not in ("systolic", "sbp")
            if alone and (not paired or (k > 0 and tokens[k - 1].word in _OF_ONE)):
                end = 0
        if not end:
            out.append(tokens[k])
            k += 1
            continue
        first, last = tokens[k], tokens[end - 1]
        join = "/" if paired else "and"
        out += [
            Token("w", first.start, first.end, "sbp", 0.0, first.spaced, "", "SBP"),
            Token("s" if paired else "w", first.end, first.end, join, 0.0, not paired, "", join),
            Token("w", last.start, last.end, "dbp", 0.0, not paired, "", "DBP"),
        ]
        k = end
    return out


def _both_named(tokens: list[Token], k: int) -> int:
    """The place behind "systolic and diastolic blood pressures", "SBP/DBP" at k; 0 if none is."""
    if tokens[k].word not in ("systolic", "sbp") or k + 3 >= len(tokens):
        return 0
    if tokens[k + 1].word not in _JOINS:
        return 0
    if tokens[k].word == "sbp":
        return k + 3 if tokens[k + 2].word == "dbp" else 0
    return _pressure(tokens, k + 3) if tokens[k + 2].word == "diastolic" else 0


def _pressure(tokens: list[Token], k: int) -> int:
    """The place behind "BP", "blood pressure", "pressures" at k; 0 if none stands there."""
    if k + 1 < len(tokens) and tokens[k].word == "blood" and tokens[k + 1].word in _PRESSURES:
        return k + 2
    behind = tokens[k - 1].word if k else ""
    named = tokens[k].word == "bp" or (tokens[k].word in _PRESSURES and behind == "diastolic")
    return k + 1 if named else 0


_PRESSURES = word_set("pressure pressures")


def _pair_behind(tokens: list[Token], k: int) -> bool:
    """Whether a number and another behind a slash, as pressures have them, follow in a sentence."""
    for m in range(k, min(k + _NEAR, len(tokens) - 3)):
        if tokens[m].word == ".":
            return False
        slash = m + 1 + 2 * (tokens[m + 1].word == "±")  # "131 ± 12/82 ± 8"
        if tokens[m].kind != "n" or slash + 2 >= len(tokens) or tokens[slash].word != "/":
            continue
        one, two = tokens[m], tokens[slash + 1]
        if two.kind != "n":
            continue
        if tokens[m - 1].word in BOUND_SIGNS:
            two.kind = "w"  # "BP < 140/90": one limit, and no number of the results
            continue
        likely = 80 <= one.value <= 260 and 30 <= two.value < one.value
        if likely or tokens[slash + 2].word in _UNIT:
            return True
    return False


_NEAR = 40  # tokens
