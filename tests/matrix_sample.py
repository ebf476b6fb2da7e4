"""What the tests that put a table of sentences against a table of changes share."""

from __future__ import annotations

from typing import Any

from evergrove.reading import read_abstract

_THOUGHT_OF_IT = {"spans", "confidence", "reasons", "flags", "alternatives"}


def lines(table: str) -> list[str]:
    """The lines of a table written as one string."""
    return [line.strip() for line in table.strip().split("\n")]


def cells(text: str) -> list[dict[str, Any]]:
    """The records of a text, without their places in it and what was thought of them."""
    read = [
        {name: value for name, value in record.items() if name not in _THOUGHT_OF_IT}
        for record in read_abstract(text)["records"]
    ]
    return sorted(read, key=str)
