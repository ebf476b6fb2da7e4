"""A unit of time with its short name: "postoperative day (POD) 1", "week (W) 4"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token

_UNITS = {"day": "D", "days": "D", "week": "W", "weeks": "W", "month": "M", "months": "M"}


def behind_acronym(tokens: list[Token], b: int, i: int) -> int:
    """The number behind the bracket of a unit's own short name; `i + 1` if there is none."""
    j = i + 1
    if j + 3 >= b or tokens[j].word not in ("(", "[") or tokens[i].word not in _UNITS:
        return j
    name = tokens[j + 1].raw.removesuffix("s")
    own = name.isupper() and len(name) <= 3 and _UNITS[tokens[i].word] in name
    closed = tokens[j + 2].word in (")", "]") and tokens[j + 3].kind == "n"
    return j + 3 if own and closed else j
