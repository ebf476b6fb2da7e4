"""What awaits a decision, in the order in which it is best read, and how much is found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evergrove import screening_order, screening_recall

SEED = 0
# Digits of what a model estimated: the last bits of sums differ between processors.
DIGITS = 6

Row = Mapping[str, Any]


def in_reading_order(
    rows: Sequence[Row],
    waits: Mapping[str, str],
    abstracts: Mapping[str, str | None],
    protocol: Mapping[str, Any],
    search_logs: Sequence[Mapping[str, Any]],
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The waiting rows of screened.csv, first to be read first, and the object of recall.json.

    waits: report name -> what it waits for, "" if for nothing; abstracts: record_id -> abstract.
    Each waiting row gets `waits_for`, `new` ("yes" where every record of it came with the newest
    update, and something was there before) and `score` (see `screening_order.Place`). Reports
    that a rule took out, or whose full text cannot be had, teach the model nothing.
    """
    taught = [
        row for row in rows if waits[row["report"]] or row["decision"] in ("include", "exclude")
    ]
    reports = [
        {
            "report_id": row["report_id"],
            "title": row["title"],
            "abstract": abstracts.get(row["abstract_record"]),
        }
        for row in taught
    ]
    decisions = {row["report_id"]: row["decision"] for row in taught if not waits[row["report"]]}
    waiting = {row["report_id"]: row for row in taught if waits[row["report"]]}
    new = _of_newest_update(waiting.values(), rows, search_logs)
    question = question_text(protocol)
    prepared = screening_order.prepare(reports, question=question, seed=SEED) if waiting else None
    found = screening_order.order(
        reports, decisions, new=new, question=question, seed=SEED, prepared=prepared
    )
    recall = screening_recall.estimate(reports, decisions, seed=SEED, prepared=prepared)
    ordered = [
        {
            **waiting[place.report_id],
            "waits_for": waits[waiting[place.report_id]["report"]],
            "new": "yes" if place.new else "",
            "score": place.score,
        }
        for place in found.places
    ]
    return ordered, {
        "order": {
            "method": found.method,
            "n_included": found.n_included,
            "n_excluded": found.n_excluded,
        },
        "recall": {
            "found": recall.found,
            "waiting": recall.waiting,
            "level": 95,
            **{
                key: None if value is None else round(value, DIGITS)
                for key, value in (
                    ("recall", recall.recall),
                    ("ci_low", recall.low),
                    ("ci_high", recall.high),
                    ("missing", recall.missing),
                    ("p_below_95", recall.below_target),
                )
            },
            "reason": recall.reason,
        },
    }


def question_text(protocol: Mapping[str, Any]) -> str:
    """The words of the protocol's question and of what a report must have."""
    question = protocol.get("question") or {}
    criteria = (protocol.get("criteria") or {}).get("include") or ()
    return " ".join(str(part) for part in (*question.values(), *criteria))


def _of_newest_update(
    waiting: Iterable[Row], rows: Sequence[Row], search_logs: Sequence[Mapping[str, Any]]
) -> set[str]:
    """report_ids of which every record came with the newest update; none if all did."""
    if not search_logs:
        return set()
    newest = max(search_logs, key=lambda log: log["date"])
    exports = {entry["export"] for entry in newest["searches"]}

    def came_now(row: Row) -> bool:
        files = {record.rpartition("#")[0] for record in str(row["records"]).split("; ")}
        return files <= exports

    if all(came_now(row) for row in rows):
        return set()
    return {row["report_id"] for row in waiting if came_now(row)}
