"""Stage extract: candidates from the included reports' abstracts, and the numbers left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.reading import load_profile, read_abstract
from evergrove.second_reader.answers import read_answer
from evergrove.second_reader.compare import compared
from evergrove.second_reader.kept import read_kept
from evergrove.second_reader.prompt import version

SCREENED_COLUMNS = ("report", "decision", "abstract_record")
__all__ = ["Extracted", "extract", "read_kept"]

UNCLAIMED_COLUMNS = ("report", "start", "end", "text")


@dataclass(frozen=True, slots=True)
class Extracted:
    """Lines of candidates.jsonl and rows of unclaimed.csv, sorted by report."""

    candidates: list[dict[str, Any]]
    unclaimed: list[dict[str, Any]]
    without_abstract: int

    def summary(self) -> str:
        """One line of progress: "9 abstracts: 31 candidates, 12 numbers unclaimed; ..."."""
        count = sum(len(line["records"]) for line in self.candidates)
        failed = [line["report"] for line in self.candidates if "not_read" in line["queue"]]
        told = f"; reading FAILED for {', '.join(failed)}: please report this" if failed else ""
        return (
            f"{len(self.candidates)} abstracts: {count} candidates, "
            f"{len(self.unclaimed)} numbers unclaimed; "
            f"{self.without_abstract} included reports without an abstract{told}"
        )


def extract(
    screened: Iterable[Mapping[str, Any]],
    records: Iterable[Mapping[str, Any]],
    protocol: Mapping[str, Any],
    second: Mapping[str, Mapping[str, Any]] | None = None,
) -> Extracted:
    """Read the abstract of every included report.

    `screened` are rows of screened.csv, `records` lines of records.jsonl; the profile is
    `outcome.reading_profile` of the protocol. Spans count from the first character of the
    record's `abstract`. `second` holds the kept answers of a second reader, by report; one about
    another text, or to another question, counts for nothing. Raises `EvergroveError` for an
    abstract record that does not exist and for an unknown profile.
    """
    profile = load_profile(str(protocol.get("outcome", {}).get("reading_profile") or "default"))
    by_id = {record["record_id"]: record for record in records}
    candidates: list[dict[str, Any]] = []
    unclaimed: list[dict[str, Any]] = []
    missing = 0
    for row in sorted(screened, key=lambda row: str(row["report"])):
        if row["decision"] != "include":
            continue
        if not row["abstract_record"]:
            missing += 1
            continue
        record = by_id.get(row["abstract_record"])
        if record is None:
            raise EvergroveError(
                "the record whose abstract should be read is not among the records",
                file="screened.csv",
                place=f"report {row['report']}, column abstract_record",
                value=row["abstract_record"],
                remedy="Run the stages parse_citations and match_reports again.",
            )
        text = record.get("abstract") or ""
        found = read_abstract(text, profile)
        answer = (second or {}).get(row["report"])
        if answer and (answer["sha256"], answer["prompt"]) == (found["sha256"], version()):
            found = compared(found, read_answer(answer["answer"], text))
        candidates.append(
            {
                "report": row["report"],
                "record_id": row["abstract_record"],
                "source": record.get("source_file"),
                **found,
            }
        )
        unclaimed.extend(
            {"report": row["report"], "start": start, "end": end, "text": text}
            for start, end, text in found["unclaimed"]
        )
    return Extracted(candidates, unclaimed, missing)
