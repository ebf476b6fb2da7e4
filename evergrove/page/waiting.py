"""What waits for a person: the counts of the first screen, and the lists behind them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from evergrove import wording
from evergrove.page.parts import Table, table
from evergrove.page.results import ReviewResults, Row, words

# The kinds of to_verify.csv, in words.
KINDS = {
    "notice": "retraction, concern or correction to read",
    "stale": "verified against another abstract",
    "unverified_file": "extraction not verified",
    "candidate": "read by the program only",
    "candidate_not_in_file": "read, but not in the verified file",
    "candidate_incomplete": "read in part",
    "reading_doubt": "doubt of the reading program",
    "no_extraction": "no measurement yet",
    "plausibility": "implausible value",
}


def _texts(*labels: str) -> list[tuple[str, str]]:
    return [(label, "text") for label in labels]


def waiting(results: ReviewResults) -> list[dict[str, Any]]:
    """What a person still has to look at: kind, count, and the part of the page with the list."""
    kinds = Counter(row["kind"] for row in results.to_verify)
    differ = sum(row["verdict"] == "differ" for row in results.disagreements)
    found = [
        _wait(len(results.to_screen), "report to screen", "reports to screen", "to-screen"),
        *(
            _wait(kinds[kind], *[f"to verify ({KINDS.get(kind, words(kind))})"] * 2, "to-verify")
            for kind in sorted(kinds)
        ),
        _wait(
            len(results.possible),
            "pair of reports that may be one",
            "pairs of reports that may be one",
            "possible-duplicates",
        ),
        _wait(
            len(results.rejects),
            "entry that could not be read",
            "entries that could not be read",
            "rejects",
        ),
        _wait(
            differ,
            "cell that the program read otherwise",
            "cells that the program read otherwise",
            "agreement",
        ),
    ]
    return [item for item in found if item["count"]]


def _wait(count: int, one: str, many: str, target: str) -> dict[str, Any]:
    return {"count": count, "text": wording.counted(count, one, many), "target": target}


def _waits_for(results: ReviewResults, row: Row) -> str:
    """What a report waits for; where reviewers differ, what each of them said."""
    if row["waits_for"] != "consensus":
        return row["waits_for"]
    said = [
        conflict["decisions"]
        for conflict in results.conflicts
        if conflict["report"] == row["report"] and not conflict["settled_by"]
    ]
    return f"consensus ({'; '.join(said)})" if said else "consensus"


def tables(results: ReviewResults) -> list[Table]:
    """The lists behind what waits for a person."""
    titles = {row["report_id"]: row for row in results.screened}
    return [
        table(
            "to-screen",
            "Reports that wait for a decision",
            _texts("Report", "Title", "Journal, year", "Identifiers", "Waits for"),
            [
                [
                    results.label(row["report"]),
                    row["title"],
                    ", ".join(part for part in (row["journal"], row["year"]) if part),
                    _identifiers(row),
                    _waits_for(results, row),
                ]
                for row in results.to_screen
            ],
            empty="Every report has a decision.",
        ),
        table(
            "to-verify",
            "What waits to be verified",
            _texts("Report", "Kind", "Place", "What", "To do"),
            [
                [
                    results.label(row["report"]),
                    KINDS.get(row["kind"], words(row["kind"])),
                    row["place"],
                    row["text"],
                    row["remedy"],
                ]
                for row in results.to_verify
            ],
            merged=1,
            empty="Nothing waits to be verified.",
        ),
        table(
            "possible-duplicates",
            "Pairs of reports that may be one",
            _texts("Report", "Other report", "Why"),
            [
                [
                    _pair(titles, row["report_id_a"]),
                    _pair(titles, row["report_id_b"]),
                    row["reason"],
                ]
                for row in results.possible
            ],
            empty="No pair is in doubt.",
        ),
        table(
            "rejects",
            "Entries of the exports that could not be read",
            [("File", "text"), ("Line", "number"), ("Reason", "text"), ("Text", "text")],
            [
                [
                    str(row["source_file"]),
                    "" if row.get("line") is None else str(row["line"]),
                    str(row["reason"]),
                    _short(str(row.get("text") or "")),
                ]
                for row in results.rejects
            ],
            empty="Every entry was read.",
        ),
    ]


def _identifiers(row: Any) -> str:
    doi, pmid = row["doi"], row["pmid"]
    return ", ".join([f"doi:{doi}"] * bool(doi) + [f"PMID {pmid}"] * bool(pmid))


def _pair(titles: dict[str, Any], report_id: str) -> str:
    row = titles.get(report_id)
    return f"{row['title']} ({report_id})" if row else report_id


def _short(text: str, limit: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
