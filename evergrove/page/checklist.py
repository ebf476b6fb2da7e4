"""Reporting checklists, filled with links to the places of the page that answer their items."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from evergrove.page.parts import Table, cell, table

FOLDER = Path(__file__).resolve().parent / "checklists"
NAMES = ("prisma2020", "prisma_lsr")


@cache
def checklist(name: str) -> dict[str, Any]:
    """The content of a checklist's file: name, source, items."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def checklist_table(name: str) -> Table:
    """One row an item: what it asks, and where it is answered, or by whom."""
    found = checklist(name)
    rows = []
    for item in found["items"]:
        at = item.get("at")
        where = (
            cell("on this page", href=f"#{at}") if at else cell("left to the authors", tone="quiet")
        )
        rows.append([item["item"], cell(f"{item['asks']}."), where])
    answered = sum("at" in item for item in found["items"])
    return table(
        name.replace("_", "-"),
        f"{found['name']}, item by item",
        [("Item", "text"), ("Asks for", "long"), ("Answered", "text")],
        rows,
        note=f"{answered} of {len(found['items'])} items are answered by this page. The items are "
        f"put in our words; the checklist itself: {found['source']}",
    )
