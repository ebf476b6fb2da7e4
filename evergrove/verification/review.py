"""One review as the verification page sees it: its queue, its reports, and how they are saved."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.extraction_files import Studies, extraction_of, read_studies, text_hash
from evergrove.extraction_rules import STATISTICS
from evergrove.verification import blind
from evergrove.verification.decide import decided_text, undecided
from evergrove.verification.derived import split
from evergrove.verification.form import USUAL, fields_of, suggested
from evergrove.verification.kept_json import parse
from evergrove.verification.numbers import FIELDS
from evergrove.verification.reports import Report, read_reports

# Which report is asked about first; the kinds are those of to_verify.csv.
FIRST = ("stale", "no file", "unverified_file")
OWN = ".evergrove/verify"


class NotFound(Exception):
    """No report of the queue has this name, or nothing of it can be verified."""


class Changed(Exception):
    """The file is not the one that the decisions are about; `kept` is where they were put."""

    def __init__(self, kept: Path, now: str | None) -> None:
        super().__init__(str(kept))
        self.kept = kept
        self.now = now


class Review:
    """The included reports of a built review. Files kept by hand are read anew each time."""

    def __init__(
        self,
        slug: str,
        protocol: Mapping[str, Any],
        root: Path | str = ".",
        *,
        hide: bool = False,
        by: str | None = None,
        today: str = "",
    ) -> None:
        root = Path(root)
        self.slug, self.protocol, self.by, self.today = slug, protocol, by, today
        self.kept = root / "config" / "reviews" / slug
        self.rescued = root / OWN / slug
        self.comparisons = blind.Comparisons() if hide else None
        self.saved: list[str] = []
        self._lock = threading.Lock()
        # Files as the page was shown them, by report and version: what a decision is about.
        self._seen: dict[tuple[str, str], bytes | None] = {}
        self.reports = read_reports(root / "results" / slug)

    # ---- the queue ----

    def queue(self) -> list[dict[str, Any]]:
        """The reports, those to look at first in front; `waits` says why, in words."""
        rows = [self._standing(report) for report in self.reports.values()]
        return sorted(rows, key=lambda row: (row.pop("rank"), row["report"]))

    def _standing(self, report: Report) -> dict[str, Any]:
        kinds = {row["kind"] for row in report.waits}
        waits = []
        for item in report.waits:
            kind = item["kind"].replace("_", " ")
            # Blind: the kinds alone, since the texts name values.
            waits.append(kind if self.comparisons is not None else f"{kind}: {item['text']}")
        waits = list(dict.fromkeys(waits))
        row: dict[str, Any] = {
            "report": report.name,
            "title": report.about.get("title", ""),
            "has_abstract": bool(report.text),
            "saved": report.name in self.saved,
        }
        document, problem = self._kept_document(report.name)
        if problem:
            waits.insert(0, f"the file cannot be read: {problem}")
        if document is None:
            kinds.add("no file")
            waits.insert(0, "no extraction file yet")
        elif report.text and document["source"].get("sha256") not in (
            None,
            text_hash(report.text),
        ):
            kinds.add("stale")
            waits.insert(0, "the abstract changed since it was verified")
        if document is not None and not document.get("verified"):
            kinds.add("unverified_file")
        ranks = [FIRST.index(kind) for kind in kinds if kind in FIRST]
        rank = min(ranks) if ranks else len(FIRST) if kinds else len(FIRST) + 1
        if not report.text:
            rank = len(FIRST) + 2
            waits.insert(0, "no abstract is held here")
        if row["saved"]:
            waits = []
        return row | {"waits": waits, "rank": rank}

    def waiting(self) -> int:
        """How many reports with an abstract still have something to verify."""
        return sum(bool(row["waits"]) and row["has_abstract"] for row in self.queue())

    # ---- one report ----

    def report(self, name: str) -> Report:
        """The report of that name with its abstract; `NotFound` where there is none."""
        report = self.reports.get(name)
        if report is None:
            raise NotFound(name)
        return report

    def form(self, name: str) -> dict[str, Any]:
        """What the page shows about a report. Raises EvergroveError for a file with a mistake."""
        report = self.report(name)
        earlier = self._bytes(name)
        document, doubts = self._document(report, earlier)
        self._seen[name, _version(earlier)] = earlier
        same_text = _same_text(document, report)
        hide = self.comparisons is not None
        measurements = []
        for index, one in enumerate(document["measurements"]):
            fields = fields_of(one, report.text, report.numbers, same_text=same_text)
            if self.comparisons is not None:
                fields = [self.comparisons.shown(name, index, item) for item in fields]
            measurements.append(
                {
                    "index": index,
                    "cohort": one["cohort"],
                    "scale": one["scale"],
                    "statistic": one["statistic"],
                    "label": (one.get("timepoint") or {}).get("label") or "",
                    "note": None if hide else split(one.get("note"))[0],
                    "flags": one.get("flags") or [],
                    "doubts": doubts[index] if doubts and not hide else "",
                    "fields": fields,
                }
            )
        return {
            "report": name,
            "title": report.about.get("title", ""),
            "authors": report.about.get("authors", ""),
            "published": " ".join(
                report.about[key] for key in ("journal", "year") if report.about.get(key)
            ),
            "text": report.text,
            "version": _version(earlier),
            "kept": earlier is not None,
            "stale": bool(document["source"].get("sha256")) and not same_text,
            "location": document["source"]["location"],
            "verified": document.get("verified"),
            "waits": self._standing(report)["waits"],
            "measurements": measurements,
            "numbers": [[n.start, n.end, "" if hide else n.why] for n in report.numbers],
            "dismissed": self._dismissed(report),
            "fields": FIELDS,
            "usual": USUAL,
            "scales": list(self.protocol["outcome"]["instruments"]),
            "statistics": STATISTICS,
            "cohorts": self._cohorts(name),
            "blind": hide,
            "by": self.by,
        }

    def compare(self, name: str, index: int, field_name: str, answer: Any) -> dict[str, Any] | None:
        """Blind mode: take a person's first answer on a field, then give the suggestion away."""
        report = self.report(name)
        document, _ = self._document(report, self._bytes(name))
        same_text = _same_text(document, report)
        if self.comparisons is None or not 0 <= index < len(document["measurements"]):
            return None
        one = document["measurements"][index]
        for item in fields_of(one, report.text, report.numbers, same_text=same_text):
            if item["name"] == field_name:
                self.comparisons.take(name, index, item, answer)
                return item
        return None

    # ---- saving ----

    def save(self, name: str, decisions: Mapping[str, Any]) -> dict[str, Any]:
        """Write the report's extraction file from the decisions.

        Raises EvergroveError where they cannot be saved, and `Changed` where the file on the disk
        is another than the one that they are about: then neither is lost.
        """
        report = self.report(name)
        by = str(decisions.get("by") or self.by or "").strip()
        if not by or len(by) > 200:
            raise EvergroveError("who verifies this?", place="by", remedy="Give a name.")
        if not report.text:
            raise EvergroveError(
                "no abstract of this report is held here",
                file=self._path(name),
                remedy="Put a citation with its abstract into citations/ and build again.",
            )
        with self._lock:
            earlier = self._bytes(name)
            version = decisions.get("version")
            if version != _version(earlier):
                self._refuse_changed(report, decisions, earlier, by)
            saved = self._decided(report, decisions, earlier, by)
            if self.comparisons is not None:
                self._compare_unasked(name, decisions)
            # First what only spares a person a second look; the values are the last to change.
            self._keep_dismissed(report, decisions.get("dismissed") or [])
            tables.write_text(self._path(name), saved)
        self.by = by
        if name not in self.saved:
            self.saved.append(name)
        return {
            "saved": f"extraction/{name}.json",
            "version": _version(saved.encode()),
            "warnings": self._warnings(name, saved),
        }

    def _decided(
        self, report: Report, decisions: Mapping[str, Any], earlier: bytes | None, by: str
    ) -> str:
        document, _ = self._document(report, earlier)
        return decided_text(
            decisions,
            document=document,
            earlier=None if earlier is None else earlier.decode("utf-8-sig"),
            text=report.text,
            numbers=report.numbers,
            protocol=self.protocol,
            path=self._path(report.name),
            by=by,
            on=self.today,
        )

    def _refuse_changed(
        self, report: Report, decisions: Mapping[str, Any], now: bytes | None, by: str
    ) -> None:
        """Put the person's version aside, whole where it can be made, and say where."""
        seen = (report.name, str(decisions.get("version")))
        try:
            if seen not in self._seen:
                raise EvergroveError("the version that the decisions are about is not known here")
            text = self._decided(report, decisions, self._seen[seen], by)
        except EvergroveError:
            text = tables.format_json(dict(decisions))
        on_disk = None if now is None else now.decode("utf-8", "replace")
        raise Changed(self._rescue(report.name, text), on_disk)

    def _compare_unasked(self, name: str, decisions: Mapping[str, Any]) -> None:
        for item in decisions["measurements"]:
            if isinstance(item.get("index"), int) and not item.get("drop"):
                for field_name, decision in item["fields"].items():
                    self.compare(name, item["index"], field_name, decision)

    def _rescue(self, name: str, saved: str) -> Path:
        """The version that could not be saved, beside the project's other working files."""
        digest = hashlib.sha256(saved.encode()).hexdigest()[:12]
        path = self.rescued / f"{name}.{digest}.json"
        tables.write_text(path, saved)
        return path

    def _warnings(self, name: str, saved: str) -> list[str]:
        extraction = extraction_of(saved, self._path(name), self.protocol)
        try:
            studies = self._studies()
        except EvergroveError as error:
            return [str(error)]
        cohorts = dict.fromkeys(item.cohort for item in extraction.measurements)
        return [
            f'studies.csv has no row for the cohort "{cohort}" of {name}: add one before the next '
            "build, which stops until then."
            for cohort in cohorts
            if studies.find(name, cohort) is None
        ]

    # ---- files ----

    def _path(self, name: str) -> Path:
        return self.kept / "extraction" / f"{name}.json"

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def _kept_document(self, name: str) -> tuple[dict[str, Any] | None, str | None]:
        data = self._bytes(name)
        if data is None:
            return None, None
        try:
            return self._checked(name, data), None
        except EvergroveError as error:
            return {"source": {}, "verified": {}}, str(error)

    def _checked(self, name: str, data: bytes) -> dict[str, Any]:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise EvergroveError("not UTF-8 text", file=self._path(name)) from None
        extraction_of(text, self._path(name), self.protocol)
        return parse(text)

    def _document(
        self, report: Report, data: bytes | None
    ) -> tuple[dict[str, Any], list[str] | None]:
        """The file as it stands, or what the program read, with its doubts."""
        if data is not None:
            return self._checked(report.name, data), None
        found = suggested(report.line, report.text, self.protocol["outcome"])
        doi = report.about.get("doi")
        document = {
            "report": report.name,
            "source": {
                "location": "abstract",
                "url": f"https://doi.org/{doi}" if doi else None,
                "sha256": text_hash(report.text) if report.text else None,
            },
            "verified": None,
            "measurements": [one for one, _ in found],
        }
        return document, [doubt for _, doubt in found]

    def _studies(self) -> Studies:
        return read_studies(self.kept / "studies.csv", self.protocol)

    def _cohorts(self, name: str) -> list[str]:
        with contextlib.suppress(EvergroveError):
            return [row.cohort for row in self._studies() if row.report == name]
        return []

    # Numbers that a person said are no values: asked about again if this is lost or out of date.

    def _dismissed_path(self, name: str) -> Path:
        return self.kept / "dismissed_numbers" / f"{name}.json"

    def _dismissed(self, report: Report) -> list[list[int]]:
        try:
            kept = tables.read_json(self._dismissed_path(report.name))
            if kept["sha256"] != text_hash(report.text):
                return []
            places = [(start, end) for start, end in kept["dismissed"]]
            return [[n.start, n.end] for n in report.numbers if not undecided(places, [n])]
        except (EvergroveError, KeyError, TypeError, ValueError):
            return []

    def _keep_dismissed(self, report: Report, places: list[list[int]]) -> None:
        kept = {
            "report": report.name,
            "sha256": text_hash(report.text),
            "dismissed": sorted(places),
        }
        text = tables.format_json(kept, indent=None)
        tables.write_text(self._dismissed_path(report.name), text)


def _version(data: bytes | None) -> str:
    """What names the state of a file; empty where there is none."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _same_text(document: Mapping[str, Any], report: Report) -> bool:
    """Whether the places of the file are places in the abstract that is read now."""
    return document["source"].get("sha256") == text_hash(report.text)
