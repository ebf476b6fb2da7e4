"""The included reports of a built review, as the verification page needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.extraction_files import text_hash
from evergrove.verification.numbers import Number, numbers_of


@dataclass
class Report:
    """An included report: what is known about it, and the abstract that the program reads."""

    name: str
    about: dict[str, str]
    text: str
    line: Mapping[str, Any] | None
    waits: list[dict[str, str]]
    numbers: list[Number] = field(default_factory=list)


def read_reports(built: Path) -> dict[str, Report]:
    """By name, from results/<slug>/. Raises EvergroveError for a review that was not built."""
    if not (built / "to_verify.csv").is_file():
        raise EvergroveError(
            "the review has not been built yet",
            file=built / "to_verify.csv",
            remedy="Run `snakemake --cores 4` first.",
        )
    records = {row["record_id"]: row for row in tables.read_jsonl(built / "records.jsonl")}
    lines = {line["report"]: line for line in tables.read_jsonl(built / "candidates.jsonl")}
    columns = ("report", "kind", "place", "text", "remedy")
    waits: dict[str, list[dict[str, str]]] = {}
    for row in tables.read_csv(built / "to_verify.csv", columns):
        waits.setdefault(row["report"], []).append(dict(row))
    found = {}
    needed = ("report", "decision", "abstract_record")
    for row in tables.read_csv(built / "screened.csv", needed, ("*",)):
        if row["decision"] != "include":
            continue
        text = (records.get(row["abstract_record"]) or {}).get("abstract") or ""
        line = lines.get(row["report"])
        if line is not None and line["sha256"] != text_hash(text):
            line = None
        name = row["report"]
        found[name] = Report(
            name, dict(row), text, line, waits.get(name, []), numbers_of(text, line)
        )
    return found
