"""What the program read for itself beside what a person verified, with the words it was read from.

A number is marked at its stored place in the abstract. Nothing is ever found by searching for it:
the same digits may stand elsewhere in the text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from evergrove import wording
from evergrove.page.parts import Cell, Table, cell, table
from evergrove.page.results import ReviewResults, Row, anchor, whole, words

VERDICTS = {
    "agree": "agree",
    "differ": "differ",
    "only_verified": "verified only",
    "only_candidate": "program only",
}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9(\[])|\n+")


def agreement(results: ReviewResults) -> dict[str, Any]:
    """The counts of verdicts in words, and the marked sentences of each report."""
    counts = Counter(row["verdict"] for row in results.disagreements)
    unknown = sorted(counts.keys() - VERDICTS.keys())
    if unknown:
        raise results.problem("disagreements.csv", "verdict", "unknown verdict", unknown[0])
    return {
        "sentence": _sentence(counts, results),
        "texts": texts(results),
    }


def _sentence(counts: Counter[str], results: ReviewResults) -> str:
    if not counts:
        return "No abstract that is held here was read beside a verified file."
    compared = counts["agree"] + counts["differ"]
    reports = wording.counted(len(_reports(results)), "report")
    return (
        f"In {reports}, both the program and the verified file have a value for "
        f"{wording.counted(compared, 'cell')}: {counts['agree']} agree, {counts['differ']} differ. "
        f"Cells that only the verified file has: {counts['only_verified']}; that only the program "
        f"has: {counts['only_candidate']}."
    )


def texts(results: ReviewResults) -> list[dict[str, Any]]:
    """For each report whose abstract is held, the sentences that the program read, marked."""
    abstracts = _abstracts(results)
    return [
        text
        for report in _reports(results)
        if report in abstracts and (text := _text(results, report, abstracts[report]))
    ]


def _reports(results: ReviewResults) -> list[str]:
    return sorted({row["report"] for row in results.disagreements})


def cells(results: ReviewResults) -> Table:
    """One row a compared cell; what the program read links to the marked characters."""
    abstracts = _abstracts(results)
    rows: list[list[str | Cell]] = []
    for row in sorted(
        results.disagreements, key=lambda row: (row["report"], row["measurement_id"])
    ):
        _, cohort, time = (*row["measurement_id"].split("/", 2), "", "")[:3]
        place = ", ".join(part for part in (words(cohort), _time(time)) if part)
        span = _span(row)
        held = span is not None and row["report"] in abstracts
        href = f"#{mark_id(row['report'], span)}" if held else None
        verdict = row["verdict"]
        rows.append(
            [
                results.label(row["report"]),
                place,
                field_words(row["field"]),
                wording.printed(row["verified"]) or wording.MISSING,
                cell(wording.printed(_as_read(row)) or wording.MISSING, href=href),
                cell(VERDICTS[verdict], tone=None if verdict == "agree" else "strong"),
            ]
        )
    return table(
        "agreement",
        "What the program read beside the verified files, cell by cell",
        [
            ("Report", "text"),
            ("Cohort, time", "text"),
            ("Cell", "text"),
            ("Verified", "number"),
            ("Program", "number"),
            ("Verdict", "text"),
        ],
        rows,
        merged=2,
        empty="Nothing to compare: no abstract of an included report is held here.",
    )


def _as_read(row: Row) -> str:
    """What the program read, with the digits of the text where these are the number itself."""
    try:
        same = float(row["surface"]) == float(row["candidate"])
    except ValueError:
        same = False
    return row["surface"] if same else row["candidate"]


def field_words(field: str) -> str:
    """A field's name in words: ``before.mean`` is "before, mean"."""
    short = {"sd": "SD", "se": "SE", "ci low": "CI, low", "ci high": "CI, high"}
    parts = [words(part) for part in field.split(".")]
    return ", ".join(short.get(part, part) for part in parts)


def _time(text: str) -> str:
    days, _, rest = text.partition("/")
    shown = f"{days}{wording.NO_BREAK_SPACE}d" if days.isdigit() else words(days)
    if shown == "unstated":
        shown = "time not stated"
    return f"{shown} ({rest})" if rest else shown


def _span(row: Row) -> tuple[int, int] | None:
    start, end = whole(row, "start"), whole(row, "end")
    return None if start is None or end is None else (start, end)


def mark_id(report: str, span: tuple[int, int]) -> str:
    """The id of the marked characters of one report."""
    return f"read-{anchor(report)}-{span[0]}-{span[1]}"


def _abstracts(results: ReviewResults) -> dict[str, str]:
    """The abstract that the program read, for each report that has one."""
    held = {record["record_id"]: record["abstract"] for record in results.records}
    found = {item["report"]: held.get(item["record_id"]) for item in results.candidates}
    return {report: abstract for report, abstract in found.items() if abstract}


def _text(results: ReviewResults, report: str, abstract: str) -> dict[str, Any] | None:
    """The sentences of one abstract in which the program read something, with marks."""
    spans = set()
    for row in results.disagreements:
        span = _span(row) if row["report"] == report else None
        if span is None:
            continue
        if abstract[span[0] : span[1]] != row["surface"]:
            raise results.problem(
                "disagreements.csv",
                f"{report}, {row['field']}, characters {span[0]} to {span[1]}",
                "the abstract does not say this there",
                row["surface"],
            )
        spans.add(span)
    if not spans:
        return None
    return {
        "report": report,
        "label": results.label(report),
        "id": f"abstract-{anchor(report)}",
        "sentences": marked_sentences(abstract, sorted(spans), report),
    }


def marked_sentences(
    text: str, spans: Sequence[tuple[int, int]], report: str
) -> list[dict[str, Any]]:
    """The sentences of `text` that hold a span, each in pieces.

    A piece is ``{"text", "ids"}``; `ids` are those of the spans that begin there, and None where
    nothing is marked. The pieces of all sentences together give back the sentences exactly.
    `gap` says that text was left out before a sentence.
    """
    found, last = [], 0
    for start, end in sentence_bounds(text, spans):
        inside = [span for span in spans if start <= span[0] < end]
        if inside:
            found.append(
                {
                    "gap": bool(text[last:start].strip()),
                    "pieces": _pieces(text, start, end, inside, report),
                }
            )
            last = end
    return found


def sentence_bounds(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Start and end of each sentence, roughly; a span is never cut in two."""
    bounds, start = [], 0
    for found in _SENTENCE_END.finditer(text):
        if any(low < found.end() and high > found.start() for low, high in spans):
            continue
        bounds.append((start, found.start()))
        start = found.end()
    bounds.append((start, len(text)))
    return [(low, high) for low, high in bounds if low < high]


def _pieces(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]], report: str
) -> list[dict[str, Any]]:
    cuts = sorted({start, end, *(edge for span in spans for edge in span)})
    pieces = []
    for low, high in itertools.pairwise(cuts):
        covered = any(span[0] <= low and high <= span[1] for span in spans)
        ids = [mark_id(report, span) for span in spans if span[0] == low] if covered else None
        pieces.append({"text": text[low:high], "ids": ids})
    return pieces
