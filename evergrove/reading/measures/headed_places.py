"""Places as rows below a pain scale: "VAS at 12 weeks: BACK 5.4 ± 2.2, LEG 3.3 ± 2.1"."""

from __future__ import annotations

import re

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY_PLACES, word_set

#: A text without it has no place between a sign and a number.
MAYBE_PLACED = re.compile(r"[:(] ?(?:the |low |lower )?[a-z]+,? -?\d")
_BEFORE = word_set(": , ; ( and")
_PLACES = BODY_PLACES | {"arm"}
_SIDES = word_set("low lower upper left right")


def mark_headed_places(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """The marks with a pain for each place of two or more that stand as rows below one scale.

    Each right before its number, the first behind the colon or bracket that a pain scale heads.
    """
    out = list(marks)
    head = 0
    while head < len(tokens):
        if tokens[head].word not in (":", "("):
            head += 1
            continue
        rows = _rows(tokens, head)
        if len(rows) > 1 and _pain_scale_ahead(tokens, head, profile):
            for first, last in rows:
                out = [m for m in out if m.last <= first or last <= m.first]
                new = Mark(first, last, "compound", f"pain:{tokens[last - 1].word}")
                for k in range(first, last):
                    tokens[k].mark = new
                out.append(new)
            head = rows[-1][1]
        head += 1
    return sorted(out, key=lambda mark: mark.first)


def _rows(tokens: list[Token], head: int) -> list[tuple[int, int]]:
    """The places behind the sign at `head`, each before a number, up to the end of the sentence."""
    rows: list[tuple[int, int]] = []
    for k in range(head + 1, len(tokens) - 1):
        if tokens[k].word == "." or (rows and k - rows[-1][1] > _FAR):
            break
        if tokens[k].word not in _PLACES or tokens[k].kind != "w":
            continue
        first = k - (tokens[k - 1].word in _SIDES)
        behind = k + 1 + (tokens[k + 1].word in (",", "="))
        if behind >= len(tokens) or tokens[behind].kind != "n":
            continue
        if tokens[first - 1].word not in _BEFORE or (not rows and first != head + 1):
            break
        rows.append((first, k + 1))
    named = {tokens[last - 1].word for _, last in rows}
    return rows if len(named) == len(rows) else []


_FAR = 16


def _pain_scale_ahead(tokens: list[Token], head: int, profile: Profile) -> bool:
    """Whether the sentence names a pain scale before the sign, and no other measure or number."""
    scales = 0
    for k in range(head - 1, -1, -1):
        mark = tokens[k].mark
        if tokens[k].word in (".", ";"):
            break
        if mark is None or getattr(mark, "kind", "") not in ("measure", "compound", "veto"):
            continue
        measure = profile.measures.get(mark.key) if mark.kind == "measure" else None
        if measure is None or not measure.instrument or measure.construct != "pain":
            return False
        scales += mark.first == k
    return scales == 1
