"""Reading the result files of a review, for everything that is made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from evergrove import certainty, tables
from evergrove.page.published import COLUMNS as PUBLISHED
from evergrove.page.results import ReviewResults
from evergrove.provenance import file_hash

# The columns that the page needs; a file may have more.
COLUMNS: dict[str, tuple[str, ...]] = {
    "effects": (
        "measurement_id", "report", "yi", "vi", "ci_low", "ci_high", "r", "rung", "formula",
        "inputs", "assumptions", "reason",
    ),
    "effects_by_r": ("measurement_id", "r", "yi", "vi"),
    "measurements": (
        "measurement_id", "report", "cohort", "group", "use_reason", "scale", "timepoint_days",
        "n_enrolled", "n", "p", "status", "verified_by", "flags", "before_mean", "after_mean",
        "change_mean", "use",
    ),
    "to_verify": ("report", "kind", "place", "text", "remedy"),
    "disagreements": (
        "report", "measurement_id", "field", "verified", "candidate", "start", "end", "surface",
        "verdict",
    ),
    "screened": (
        "report", "decision", "reason", "report_id", "pmid", "doi", "title", "authors", "year",
        "journal", "volume", "issue", "pages", "status",
    ),
    "to_screen": ("report", "title", "year", "journal", "pmid", "doi", "waits_for"),
    "agreement": (
        "stage", "reviewer_a", "reviewer_b", "n", "agreement", "kappa", "ci_low", "ci_high",
    ),
    "conflicts": ("report", "stage", "decisions", "settled_by"),
    "search_log": ("source_file", "source_format", "sha256", "n_records", "n_rejects"),
    "leave_one_out": ("b", "ci_low", "ci_high", "tau2"),
    "cumulative": ("b", "ci_low", "ci_high", "tau2"),
    "possible": ("report_id_a", "report_id_b", "reason"),
    "studies": ("report", "cohort", "study", "use", "reason"),
}  # fmt: skip


def read_results(
    files: Any, protocol: Mapping[str, Any], code: Mapping[str, str], versions: Mapping[str, str]
) -> ReviewResults:
    """Read everything that the page is made from.

    `files` has the named files of the rule as attributes (``files.syntheses`` is a path,
    ``files.figures`` a list of paths) and yields every path when iterated. Raises EvergroveError
    for a file that cannot be read, or that lacks a column.
    """
    read: dict[str, Any] = {
        name: tables.read_csv(getattr(files, name), columns, ("*",))
        for name, columns in COLUMNS.items()
    }
    for name in ("syntheses", "engines", "flow", "recall", "changes"):
        read[name] = tables.read_json(getattr(files, name))
    # Kept by hand, and not in every review.
    for path in files.certainty:
        read["certainty"] = certainty.read_judgements(path)
    for path in files.published:
        read["published"] = tables.read_csv(path, PUBLISHED, ("*",))
    for name in ("candidates", "records", "rejects"):
        read[name] = tables.read_jsonl(getattr(files, name))
    drawings = [Path(path) for path in files.figures if str(path).endswith(".svg")]
    # The exports print the name of the state that these hashes make, and so cannot be part of it.
    made_from = sorted(set(files) - set(getattr(files, "exports", ())))
    hashes = hashes_of(made_from)
    kept = {path: digest for path, digest in hashes.items() if path.startswith("config/")}
    return ReviewResults(
        protocol=protocol,
        figures={path.stem: tables.read_text(path) for path in drawings},
        code=code,
        versions=versions,
        inputs=kept,
        results={path: digest for path, digest in hashes.items() if path not in kept},
        **read,
    )


def hashes_of(paths: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each file by its path."""
    return {PurePath(path).as_posix(): file_hash(path) for path in sorted(set(paths))}
