"""Stage publish: the page, the summary, the printed tables and the manifest of one review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from evergrove import __version__, tables
from evergrove.errors import EvergroveError
from evergrove.page.headline import summary
from evergrove.page.parts import PUBLISHED_TABLES, as_csv
from evergrove.page.render import render
from evergrove.page.results import ReviewResults
from evergrove.page.view import view
from evergrove.provenance import file_hash

# The columns that the page needs; a file may have more.
COLUMNS: dict[str, tuple[str, ...]] = {
    "effects": (
        "measurement_id", "report", "yi", "ci_low", "ci_high", "r", "rung", "reason",
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


def publish(
    results: ReviewResults, table_names: Iterable[str] = tuple(PUBLISHED_TABLES)
) -> dict[str, bytes]:
    """Every published file, by its path below ``results/<slug>/``.

    ``page/index.html``, ``summary.txt``, ``tables/<name>.csv`` for each of `table_names`, and
    ``manifest.json``, which holds the hashes of the others. Raises EvergroveError where the
    result files contradict each other: then nothing is returned, so that nothing is written.
    """
    content = view(results)
    made = {
        "page/index.html": render(content).encode(),
        "summary.txt": summary(results).encode(),
    }
    for name in table_names:
        if name not in PUBLISHED_TABLES:
            raise EvergroveError(
                "there is no such table",
                value=name,
                remedy=f"Known: {', '.join(PUBLISHED_TABLES)}.",
            )
        made[f"tables/{name}.csv"] = as_csv(content["tables"][PUBLISHED_TABLES[name]])
    made["manifest.json"] = tables.format_json(manifest(results, made)).encode()
    return made


def manifest(results: ReviewResults, made: Mapping[str, bytes]) -> dict[str, Any]:
    """What was made from what: versions, code, and the SHA-256 of every input and result."""
    own = {
        f"results/{results.slug}/{path}": hashlib.sha256(data).hexdigest()
        for path, data in made.items()
    }
    return {
        "review": results.slug,
        "evergrove": __version__,
        "versions": dict(sorted(results.versions.items())),
        "code": dict(sorted(results.code.items())),
        "inputs": dict(sorted(results.inputs.items())),
        "results": dict(sorted({**results.results, **own}.items())),
    }


def read_results(
    files: Any, protocol: Mapping[str, Any], code: Mapping[str, str], versions: Mapping[str, str]
) -> ReviewResults:
    """Read everything that the page is made from.

    `files` has the named files of the rule publish as attributes (``files.syntheses`` is a path,
    ``files.figures`` a list of paths) and yields every path when iterated. Raises EvergroveError
    for a file that cannot be read, or that lacks a column.
    """
    read: dict[str, Any] = {
        name: tables.read_csv(getattr(files, name), columns, ("*",))
        for name, columns in COLUMNS.items()
    }
    for name in ("syntheses", "engines", "flow", "recall", "changes"):
        read[name] = tables.read_json(getattr(files, name))
    for name in ("candidates", "records", "rejects"):
        read[name] = tables.read_jsonl(getattr(files, name))
    drawings = [Path(path) for path in files.figures if str(path).endswith(".svg")]
    hashes = {PurePath(path).as_posix(): file_hash(path) for path in sorted(set(files))}
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
