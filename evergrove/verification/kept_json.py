"""Hand-kept JSON read and written so that what nobody edited stays as it was, to the digit.

Numbers are kept as the characters that stand in the file (9.0 stays 9.0), keys keep their order,
and the layout is the one of the file where it is one of ours.
"""

from __future__ import annotations

import json
from typing import Any


class Literal(str):
    """A number, as its characters in the file."""

    __slots__ = ()


def parse(text: str) -> Any:
    """The document; every number is a `Literal`. The caller has checked that it is valid."""
    return json.loads(text.removeprefix("\ufeff"), parse_float=Literal, parse_int=Literal)


def dump(value: Any, indent: int = 2, *, short_lists: bool = False) -> str:
    """JSON text with a final newline, one value a line; `short_lists` keeps [1, 2] on one."""
    return _dump(value, " " * indent, "", short_lists) + "\n"


def dump_like(value: Any, earlier: str | None) -> str:
    """The document in the layout of the earlier text of its file (ours, if it has another)."""
    if earlier is not None:
        document = parse(earlier)
        for indent in (2, 1, 4):
            for short_lists in (False, True):
                if dump(document, indent, short_lists=short_lists).rstrip() == earlier.rstrip():
                    return dump(value, indent, short_lists=short_lists)
    return dump(value)


def _dump(value: Any, step: str, margin: str, short_lists: bool) -> str:
    if isinstance(value, Literal):
        return str(value)
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    inner = margin + step
    if isinstance(value, list):
        parts = [_dump(item, step, inner, short_lists) for item in value]
        if short_lists and not any(isinstance(item, dict | list) for item in value):
            return f"[{', '.join(parts)}]"
        opening, closing = "[", "]"
    else:
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_dump(item, step, inner, short_lists)}"
            for key, item in value.items()
        ]
        opening, closing = "{", "}"
    return f"{opening}\n" + ",\n".join(inner + part for part in parts) + f"\n{margin}{closing}"
