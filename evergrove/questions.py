"""What waits for a person, and why: the rows of to_verify.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import consistency, plausibility
from evergrove.extraction_rules import SIDES, SUMMARY_FIELDS, Measurement, as_printed

COLUMNS = ("report", "kind", "place", "text", "remedy")
# The order in which a person is asked.
KINDS = (
    "notice", "stale", "unverified_file", "candidate", "candidate_not_in_file",
    "candidate_incomplete", "reading_doubt", "no_extraction", "plausibility",
)  # fmt: skip


class Questions:
    """The questions about all reports, asked in any order and listed in one."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []

    def ask(self, report: str, kind: str, place: str, text: str, remedy: str) -> None:
        """One thing for a person to look at: what (`text`), where, and what to do about it."""
        row = {"report": report, "kind": kind, "place": place, "text": text, "remedy": remedy}
        if row not in self._rows:
            self._rows.append(row)

    def rows(self) -> list[dict[str, object]]:
        """By report, then kind, then in the order asked."""
        return sorted(self._rows, key=lambda row: (row["report"], KINDS.index(row["kind"])))


def measurement_text(item: Measurement) -> str:
    """A measurement in one line."""
    parts = []
    for side in SIDES:
        cells = [
            f"{name} {as_printed(item.values[f'{side}_{name}'])}"
            for name in SUMMARY_FIELDS
            if f"{side}_{name}" in item.values
        ]
        if cells:
            parts.append(f"{side}: {', '.join(cells)}")
    n = "n not stated" if item.n_analysed is None else f"n {item.n_analysed}"
    return f"{item.cohort}, {item.label} ({n}); {'; '.join(parts)}"


def record_text(record: Mapping[str, Any]) -> str:
    """A record of the program's reader in one line."""
    cells = [f"{name} {record[name]}" for name in SUMMARY_FIELDS if record.get(name) is not None]
    arm, label = record.get("arm") or "all", record.get("timepoint_label") or "time not stated"
    return f"{record['measure']}, {arm}, {label}: {record['stat']} {', '.join(cells)}".strip()


def ask_about_numbers(
    questions: Questions,
    measurements: Iterable[tuple[str, str, Measurement]],
    instruments: Mapping[str, Mapping[str, Any]],
) -> None:
    """What does not look right in the numbers of (report, measurement id, measurement)."""
    items = list(measurements)
    scales: dict[str, plausibility.Bounds | None] = {
        name: None if None in (scale["min"], scale["max"]) else (scale["min"], scale["max"])
        for name, scale in instruments.items()
    }
    named = [(name, item) for _, name, item in items]
    among: dict[str, list[plausibility.Hint | consistency.Finding]] = {}
    for several in (
        plausibility.sd_or_se(named, scales),
        consistency.growing_n(named),
        consistency.shared_cells(named),
    ):
        for name, hints in several.items():
            among.setdefault(name, []).extend(hints)
    seen: set[tuple[str, ...]] = set()
    for report, name, item in items:
        own = (*plausibility.hints(item, scales.get(item.scale)), *consistency.findings(item))
        for hint in (*own, *among.get(name, ())):
            # A baseline that is repeated at every time is asked about once.
            key = (report, item.cohort, hint.cell, hint.text)
            if key not in seen:
                seen.add(key)
                questions.ask(
                    report,
                    "plausibility",
                    f"{name} {hint.cell}",
                    f"{hint.rule}: {hint.text}",
                    "Look at the report again; keep a doubt as a flag.",
                )
