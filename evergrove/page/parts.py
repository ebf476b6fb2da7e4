"""Tables as plain values: one shape that the template draws and that a CSV file is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from evergrove import tables

# tables/<name>.csv: which table of the page each file holds, cell for cell as printed there.
PUBLISHED_TABLES = {
    "studies": "studies",
    "forest": "forest-data",
    "sensitivity": "sensitivity",
    "windows": "windows",
    "subgroups": "subgroups",
    "correlation": "correlation",
    "leave_one_out": "leave-one-out",
    "cumulative": "cumulative",
    "complications": "complications",
    "not_pooled": "not-pooled",
    "overlaps": "overlaps",
    "agreement": "agreement",
    "engines": "engines",
    "searches": "searches",
    "versions": "versions",
    "changed": "changed",
    "findings": "findings",
    "certainty": "certainty",
    "published": "published",
}

Cell = dict[str, Any]
Table = dict[str, Any]


def cell(
    text: str,
    *,
    href: str | None = None,
    detail: str | None = None,
    notes: Sequence[dict[str, str]] = (),
    tone: str | None = None,
) -> Cell:
    """One cell: its text, a link, a second line, footnote marks, and a tone of the type.

    `notes` hold ``mark`` and ``label``; `tone` is ``quiet``, ``strong`` or None. ``rows`` says
    over how many rows the cell reaches, 0 that the one above reaches over it.
    """
    return {
        "text": text,
        "href": href,
        "detail": detail,
        "notes": list(notes),
        "tone": tone,
        "rows": 1,
    }


def table(
    name: str,
    caption: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[str | Cell]],
    *,
    note: str | None = None,
    footnotes: Sequence[dict[str, str]] = (),
    merged: int = 0,
    empty: str = "None.",
) -> Table:
    """A table that the template can draw.

    `columns` are (label, kind) with kind ``text``, ``long`` (sentences) or ``number``; the first
    cell of a row is its header. In the first `merged` columns, neighbouring cells that say the
    same become one.
    `empty` is the sentence that stands in place of a table without rows.
    """
    if len({label for label, _ in columns}) < len(columns):
        raise ValueError(f"table {name}: two columns have one label")
    made = [[_as_cell(item) for item in row] for row in rows]
    for row in made:
        if len(row) != len(columns):
            raise ValueError(f"table {name}: {len(row)} cells under {len(columns)} columns")
    groups = [made] if made else []
    if merged:
        groups = [list(found) for _, found in groupby(made, key=lambda row: row[0]["text"])]
    for group in groups:
        _merge(group, merged)
    return {
        "id": name,
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "groups": groups,
        "note": note,
        "footnotes": list(footnotes),
        "empty": empty,
    }


def _merge(group: list[list[Cell]], columns: int) -> None:
    """Let cells that say the same as the one above be covered by it, column by column.

    A cell is covered only where those to its left are: the same word in another context stays.
    """
    heads = group[0][:columns] if group else []
    for row in group[1:]:
        for place in range(len(heads)):
            if _said(row[place]) != _said(heads[place]):
                heads[place:] = row[place:columns]
                break
            row[place]["rows"] = 0
            heads[place]["rows"] += 1


def _said(item: Cell) -> tuple[str, str | None]:
    return item["text"], item["detail"]


def _as_cell(item: str | Cell) -> Cell:
    return cell(item) if isinstance(item, str) else item


class Footnotes:
    """Remarks that rows of one table share: each sentence gets one mark, in order of use."""

    def __init__(self) -> None:
        self._notes: dict[str, dict[str, str]] = {}

    def mark(self, text: str) -> dict[str, str]:
        """The mark of a sentence, for a cell's `notes`."""
        if text not in self._notes:
            self._notes[text] = {"mark": letters(len(self._notes)), "label": text, "text": ""}
        return self._notes[text]

    def used(self, name: str) -> list[dict[str, str]]:
        """All marks that were given, as the footnotes of the table `name`."""
        return [note | {"id": f"{name}-{note['mark']}"} for note in self._notes.values()]


def letters(position: int) -> str:
    """The mark of a footnote: 0 is a, 25 is z, 26 is aa."""
    first, last = divmod(position, 26)
    return (chr(ord("a") + first - 1) if first else "") + chr(ord("a") + last)


def as_csv(made: Table) -> bytes:
    """The table as a CSV file, every cell exactly as the page prints it.

    A second line and the labels of footnotes follow in brackets. Text that a spreadsheet would
    run as a formula gets an apostrophe in front: titles come from files that anyone may write.
    """
    columns = [column["label"] for column in made["columns"]]
    rows = [
        dict(zip(columns, (_harmless(flat(item)) for item in row), strict=True))
        for group in made["groups"]
        for row in group
    ]
    return tables.format_csv(rows, columns).encode()


def flat(item: Cell) -> str:
    """A cell on one line: its second line and the labels of its footnotes in brackets."""
    text = item["text"]
    extra = [item["detail"]] if item["detail"] else []
    extra += [note["label"] for note in item["notes"]]
    if not extra:
        return text
    return f"{text} [{'; '.join(extra)}]" if text else "; ".join(extra)


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
