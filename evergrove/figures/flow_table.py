"""The PRISMA 2020 flow diagram as a table: boxes with their lines and counts, and arrows.

Page MJ et al. The PRISMA 2020 statement. BMJ 2021;372:n71, figure 1: templates for new and
updated reviews, with databases and registers only or with other sources as well. Counts are those
of prisma.json; nothing is added up here but what `count_flow` already holds to be a sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evergrove import wording
from evergrove.figures.numbers import Numbers
from evergrove.figures.row_tables import printable
from evergrove.flow_sources import OTHER

Table = dict[str, Any]
Counts = Mapping[str, Any]
_METHODS = {
    "website": "Websites",
    "organisation": "Organisations",
    "citation_search": "Citation searching",
}
#: Rows of boxes that belong to each phase.
PHASES = (
    ("identification", "Identification", (1,)),
    ("screening", "Screening", (2, 3, 4)),
    ("included", "Included", (5, 6)),
)


def flow_table(
    counts: Counts,
    reasons: Mapping[str, str] | None = None,
    numbers: Numbers | None = None,
    figure: str = "flow",
) -> Table:
    """Boxes and arrows from prisma.json. `reasons` are the words of each reason; else its name.

    A box: `id, column, row, kind` (header or box), `span` (columns it reaches over), `lines` of
    `text, n, level` (1: a part of the line above), and `spoken`. The column of other methods is
    there if anything came from them; boxes of the other column are there with 0.
    """
    numbers = numbers or Numbers()
    words = _Words(reasons or {}, numbers)
    other = _has_other(counts)
    updated = counts["variant"] == "updated"
    boxes = [*_previous(counts, words)] if updated else []
    boxes += _databases(counts, words, updated)
    if other:
        boxes += _others(counts["other"], words, updated)
    # Beside the column of other methods there is room for a wide box.
    boxes += _included(counts, words, updated, 2 if other else 1)
    arrows = list(_arrows(updated, other))
    notes = _notes(counts, numbers)
    kind = "an updated" if updated else "a new"
    opening = f"PRISMA 2020 flow diagram of {kind} review."
    spoken = [f"{box['spoken']}." for box in boxes if box["kind"] == "box"]
    table = {
        "figure": figure,
        "kind": "flow",
        "variant": counts["variant"],
        "title": "PRISMA 2020 flow diagram",
        "description": " ".join([opening, *spoken, *notes]),
        "columns": [
            *(["previous"] if updated else []),
            *("databases", "databases-out"),
            *(("other", "other-out") if other else ()),
        ],
        "boxes": boxes,
        "arrows": arrows,
        "notes": notes,
    }
    return printable(table)


class _Words:
    """How lines and boxes are worded."""

    def __init__(self, reasons: Mapping[str, str], numbers: Numbers) -> None:
        self.reasons, self.numbers = reasons, numbers

    def line(self, text: str, n: int | None = None, level: int = 0) -> dict[str, Any]:
        printed = "" if n is None else self.numbers.plain(n)
        shown = f"(n{wording.NO_BREAK_SPACE}={wording.NO_BREAK_SPACE}{printed})" if printed else ""
        return {"text": text, "n": n, "shown": shown, "level": level}

    def box(
        self,
        id: str,
        column: str,
        row: int,
        lines: Sequence[dict[str, Any]],
        kind: str = "box",
        span: int = 1,
    ) -> dict[str, Any]:
        return {
            "id": id,
            "column": column,
            "row": row,
            "kind": kind,
            "span": span,
            "lines": list(lines),
            "spoken": self._spoken(lines),
        }

    def header(self, id: str, column: str, text: str, span: int) -> dict[str, Any]:
        return self.box(id, column, 0, [self.line(text)], "header", span)

    def reason_lines(self, counts: Mapping[str, int], level: int = 1) -> list[dict[str, Any]]:
        """The reasons, the most frequent first."""
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [self.line(self._reason(name), n, level) for name, n in ordered]

    def _reason(self, name: str) -> str:
        text = self.reasons.get(name) or name.replace("_", " ")
        return text[:1].upper() + text[1:] if text else "No reason given"

    def _spoken(self, lines: Sequence[Mapping[str, Any]]) -> str:
        """ "Records excluded: 12 (doubtful: 3, other: 9); awaiting: 2"."""
        parts: list[str] = []
        inside = False
        for line in lines:
            text = line["text"].rstrip(":")
            if line["n"] is not None:
                text += f": {self.numbers.plain(line['n'])}"
            if line["level"]:
                parts.append(f"{', ' if inside else ' ('}{text}")
            else:
                parts.append(")" if inside else "")
                opened = bool(parts[:-1]) and lines[0]["text"].endswith(":")
                join = ": " if opened and line is lines[1] else "; "
                parts.append(f"{join if len(parts) > 1 else ''}{text}")
            inside = bool(line["level"])
        return "".join([*parts, ")" if inside else ""])


def _has_other(counts: Counts) -> bool:
    return any(value for value in counts["other"].values() if isinstance(value, int))


def _previous(counts: Counts, words: _Words) -> Iterator[dict[str, Any]]:
    was = counts["previous"]
    version = counts.get("previous_version")
    yield words.header("previous-header", "previous", "Previous studies", 1)
    text = "previous version of review" + (f" ({version})" if version else "")
    lines = [
        words.line(f"Studies included in {text}", was["studies"]),
        words.line("Reports of these studies", was["reports"]),
    ]
    yield words.box("previous", "previous", 1, lines)


def _databases(counts: Counts, words: _Words, updated: bool) -> list[dict[str, Any]]:
    dbr, line = counts["databases"], words.line
    new = "new " if updated else ""
    text = f"Identification of {new}studies via databases and registers"
    found = [line("Records identified from:")]
    for kind, name in (("databases", "Databases"), ("registers", "Registers")):
        found.append(line(name, sum(dbr[kind].values())))
        found += [line(source, n, 1) for source, n in dbr[kind].items()]
    removed = [line("Records removed before screening:")]
    removed.append(line("Duplicate records", dbr["duplicates"]))
    removed.append(
        line("Marked as ineligible by automation tools", sum(dbr["ineligible"].values()))
    )
    removed += words.reason_lines(dbr["ineligible"])
    removed.append(line("Removed for other reasons", dbr["unreadable"]))
    removed += [line("Unreadable entries", dbr["unreadable"], 1)] if dbr["unreadable"] else []
    if dbr["awaiting_screening"]:
        removed.append(line("Not removed, awaiting screening", dbr["awaiting_screening"]))
    out = [line("Records excluded", dbr["excluded"])]
    out += words.reason_lines(dbr["excluded_by_reason"])
    return [
        words.header("databases-header", "databases", text, 2),
        words.box("identified", "databases", 1, found),
        words.box("removed", "databases-out", 1, removed),
        words.box("screened", "databases", 2, [line("Records screened", dbr["screened"])]),
        words.box("excluded", "databases-out", 2, out),
        *_retrieval(dbr, words, "databases"),
    ]


def _others(other: Counts, words: _Words, updated: bool) -> list[dict[str, Any]]:
    new = "new " if updated else ""
    lines = [words.line("Reports identified from:")]
    lines += [words.line(_METHODS[kind], other[kind]) for kind in OTHER]
    for name, text in (
        ("known_already", "Not counted: known already"),
        ("unreadable", "Not counted: unreadable entries"),
    ):
        lines += [words.line(text, other[name])] if other[name] else []
    return [
        words.header(
            "other-header", "other", f"Identification of {new}studies via other methods", 2
        ),
        words.box("other-identified", "other", 1, lines),
        *_retrieval(other, words, "other"),
    ]


def _retrieval(column: Counts, words: _Words, name: str) -> Iterator[dict[str, Any]]:
    """From the reports sought to those assessed, of one column."""
    line = words.line
    yield words.box(
        f"{name}-sought", name, 3, [line("Reports sought for retrieval", column["sought"])]
    )
    missed = [line("Reports not retrieved", column["not_retrieved"])]
    if column["awaiting_full_text"]:
        missed.append(line("Awaiting full text or a decision", column["awaiting_full_text"]))
    yield words.box(f"{name}-not-retrieved", f"{name}-out", 3, missed)
    yield words.box(
        f"{name}-assessed", name, 4, [line("Reports assessed for eligibility", column["assessed"])]
    )
    out = [line("Reports excluded", column["reports_excluded"])]
    out += words.reason_lines(column["reports_excluded_by_reason"])
    if column["awaiting_classification"]:
        out.append(line("Awaiting classification", column["awaiting_classification"]))
    yield words.box(f"{name}-excluded", f"{name}-out", 4, out)


def _included(counts: Counts, words: _Words, updated: bool, span: int) -> Iterator[dict[str, Any]]:
    inc, line = counts["included"], words.line
    if not updated:
        lines = [
            line("Studies included in review", inc["studies"]),
            line("Reports of included studies", inc["reports"]),
        ]
        yield words.box("included", "databases", 5, lines, span=span)
        return
    lines = [
        line("New studies included in review", inc["new_studies"]),
        line("Reports of new included studies", inc["new_reports"]),
    ]
    yield words.box("new", "databases", 5, lines, span=span)
    lines = []
    for what, text in (
        ("studies", "Total studies included in review"),
        ("reports", "Reports of total included studies"),
    ):
        lines.append(line(text, inc[what]))
        for change, said in (
            ("removed", "Removed since the previous version"),
            ("reclassified", "Included again on a new decision"),
        ):
            n = inc[f"{what}_{change}"]
            lines += [line(said, n, 1)] if n else []
    yield words.box("total", "databases", 6, lines, span=span)


def _arrows(updated: bool, other: bool) -> Iterator[dict[str, str]]:
    """Which box leads to which; `way` is down, right, or round a corner to a side."""
    last = "new" if updated else "included"
    down = [("identified", "screened"), ("screened", "databases-sought")]
    right = [("identified", "removed"), ("screened", "excluded")]
    if other:
        down.append(("other-identified", "other-sought"))
    for name in ("databases", "other") if other else ("databases",):
        down.append((f"{name}-sought", f"{name}-assessed"))
        right.append((f"{name}-sought", f"{name}-not-retrieved"))
        right.append((f"{name}-assessed", f"{name}-excluded"))
    down.append(("databases-assessed", last))
    if updated:
        down.append(("new", "total"))
    for start, end in down:
        yield {"from": start, "to": end, "way": "down"}
    for start, end in right:
        yield {"from": start, "to": end, "way": "right"}
    if other:
        yield {"from": "other-assessed", "to": last, "way": "down-left"}
    if updated:
        yield {"from": "previous", "to": "total", "way": "down-right"}


def _notes(counts: Counts, numbers: Numbers) -> list[str]:
    notes = []
    if again := counts.get("retrieved_again"):
        some = wording.counted(again, "record")
        notes.append(f"{some} that a later run of the same search found again: counted once.")
    abstracts = sum(counts[c].get("included_on_abstract", 0) for c in ("databases", "other"))
    if abstracts:
        total = counts["databases"]["included"] + counts["other"]["included"]
        notes.append(
            f"Included on the abstract alone, without the full text: {numbers.plain(abstracts)} "
            f"of {wording.counted(total, 'report')}."
        )
    return notes
