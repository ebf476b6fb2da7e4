"""The names of spreads without a number, and those behind the name of what was measured."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import word_set

QUARTILE_WORDS = word_set("iqr iqi interquartile quartiles q1")
_JOINS_ENDS = word_set("- – to / , ;")


def spread_kind(tokens: list[Token], i: int) -> str | None:
    """The spread that the words at i name, without a number: sd, se, iqr, range, ci."""
    word = tokens[i].word
    after = tokens[i + 1].word if i + 1 < len(tokens) else ""
    if word in ("sd", "sds") or (word == "standard" and after.startswith("deviation")):
        return "sd"
    if word in ("se", "sem", "ses") or (word == "standard" and after.startswith("error")):
        return "se"
    if word in ("lower", "upper", "first", "third"):
        # "the lower and upper quartile", "the first and third quartiles"
        ahead = {tokens[k].word for k in range(i + 1, min(i + 4, len(tokens)))}
        return "iqr" if ahead & {"quartile", "quartiles"} else None
    if word in QUARTILE_WORDS or (word == "inter" and after in ("-", "quartile")):
        return "iqr"
    lowest = word in ("min", "minimum") and after in _JOINS_ENDS
    if word in ("range", "ranges") or lowest:
        return "range"
    if word in ("ci", "confidence") and (
        (word == "confidence" and after.startswith("interval")) or tokens[i].raw == "CI"
    ):
        return "ci"
    return None


# What a bracket may hold that names a spread, and nothing else.
_NAMES = word_set(
    "sd se sem sds ses standard deviation deviations error errors of the mean iqr interquartile "
    "inter quartile range ranges quartiles min max minimum maximum ci confidence interval "
    "intervals 95 % ± - – ( ) [ ]"
)
_OF_PAIRS = ("iqr", "range", "ci")
_FAR = 12


def spread_behind_name(
    tokens: list[Token], a: int, b: int, centres: frozenset[str]
) -> tuple[str, int, bool, int | None] | None:
    """ "change in VAS [standard error] -21 [1.8]", "VAS (IQR) was 7 (6-8)", "NRS ± SEM was 7 ± 1".

    What the name of a spread says that stands behind that of a measure: its kind, its place, that
    it holds for this sentence alone, and the level of an interval. Of pairs only where no centre is
    named; None where two names differ, since the spreads of each may be printed in one sentence.
    """
    plain = centres.isdisjoint(token.word for token in tokens[a:b])
    found = []
    for i in range(a + 1, b - 4):
        sign = tokens[i].word
        if sign not in ("(", "[", "±"):
            continue
        before = tokens[i - 1]
        if before.kind != "w" or before.word in centres:
            continue
        end = i + 1 if sign == "±" else close_bracket(tokens, i, min(b, i + _FAR))
        first = i + 1 + (tokens[i + 1].word == "±")
        if end is None or (tokens[first].kind == "n" and tokens[first + 1].word != "%"):
            continue
        if sign != "±" and any(tokens[k].word not in _NAMES for k in range(i + 1, end)):
            continue
        named = range(first, first + 1 if sign == "±" else end)
        kind = next((one for k in named if (one := spread_kind(tokens, k)) is not None), None)
        if kind is None or (kind in _OF_PAIRS and not plain):
            continue
        if _printed_so(tokens, end + 1, b, sign, kind):
            level = next((int(tokens[k].value) for k in named if tokens[k].kind == "n"), None)
            found.append((kind, i, False, level))
    return found[0] if len({one[0] for one in found}) == 1 else None


def _printed_so(tokens: list[Token], start: int, b: int, sign: str, kind: str) -> bool:
    """Whether the first number behind a name has a spread of its kind, behind the same sign."""
    if sign == "±" and kind in _OF_PAIRS:
        return False
    for k in range(start, min(b - 3, start + _FAR)):
        if tokens[k].kind != "n":
            continue
        behind = k + 1 + (tokens[k + 1].word in ("mm", "cm", "points"))
        if tokens[behind].word == sign and tokens[behind + 1].kind == "n":
            closed = sign == "±" or tokens[behind + 2].word in (")", "]")
            return closed != (kind in _OF_PAIRS)
    return False
