"""Lines of text: breaking them to a width, and which way they run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Measure = Callable[[str], float]

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RELATIONS = ("=", "<", ">", "≤", "≥")
_BREAK_AFTER = " -/–—,;"
_NOT_FIRST = frozenset(",.;:!?)]}%’”»、。，．：；？！）］｝〉》」』】〕々ー")


def wrap(text: str, width: float, measure: Measure, later: float | None = None) -> list[str]:
    """Lines no wider than `width` (the second and later ones: `later`).

    Breaks after spaces, hyphens and slashes, and between characters of scripts written without
    spaces; a word that is wider than a whole line is broken where it must be, never inside a
    combined character. A single character that is wider stands alone.
    """
    later = width if later is None else later
    lines: list[str] = []
    rest = text.strip()
    while rest:
        room = later if lines else width
        cut = _cut(rest, room, measure)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return lines or [""]


def writable(text: str) -> str:
    """The text with control characters, lone surrogates and the like shown as U+FFFD."""
    return text if text.isprintable() else _UNWRITABLE.sub("\ufffd", text)


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Hebrew, Arabic or the like."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def runs_both_ways(text: str) -> bool:
    """Whether any letter is written from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _cut(text: str, room: float, measure: Measure) -> int:
    """How many characters go on the first line."""
    if measure(text) <= room:
        return len(text)
    # Widths grow with length, so the longest prefix that fits is found by halving.
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip()) <= room:
            low = middle
        else:
            high = middle - 1
    fits = low
    for cut in range(fits, 0, -1):
        if _may_break(text, cut):
            return cut
    for cut in range(fits, 0, -1):
        if not _joins(text[cut]):
            return cut
    return fits


def _may_break(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if after == " ":
        # "p < 0.001" and "τ² = 1.2" stay on one line.
        return not (before in _RELATIONS or text[cut + 1 : cut + 2] in _RELATIONS)
    if _joins(after) or after in _NOT_FIRST:
        return False
    if before in _BREAK_AFTER:
        # "-3" and "2010-2012" stay whole; a list without spaces may break after its comma.
        if before == " ":
            return text[cut - 2 : cut - 1] not in _RELATIONS and after not in _RELATIONS
        return not after.isdigit()
    return _is_ideograph(before) or _is_ideograph(after)


def _joins(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def _is_ideograph(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
