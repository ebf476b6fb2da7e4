"""Stage export_report: what readers take away, in the formats that they work with.

Word, LaTeX, BibTeX, RIS, CITATION.cff, a data archive and the beginning of a manuscript, all made
from the view that the page is made from: every printed number is that of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.page.files import read_results
from evergrove.page.parts import PUBLISHED_TABLES
from evergrove.page.results import ReviewResults
from evergrove.page.view import view
from evergrove.reports import citations, latex
from evergrove.reports.archive import data_archive
from evergrove.reports.citing import citation
from evergrove.reports.manuscript import manuscript
from evergrove.reports.word import Picture, report

__all__ = ["export_report", "read_data", "read_pictures", "read_results"]

# What the data archive holds, by the name of the input.
DATA = ("effects", "measurements", "syntheses", "changes", "prisma_table")


def export_report(
    results: ReviewResults,
    pictures: Mapping[str, Picture],
    data: Mapping[str, bytes],
    table_names: Iterable[str] = tuple(PUBLISHED_TABLES),
) -> dict[str, bytes]:
    """Every exported file, by its path below ``results/<slug>/``.

    `pictures` are by figure name, `data` the files of the archive by name. Raises EvergroveError
    where the result files contradict each other, or a picture cannot be read.
    """
    content = view(results)
    rows = citations.included(results)
    made = {
        "report.docx": report(results, content, pictures),
        "manuscript.md": manuscript(results, content).encode(),
        "included.bib": citations.bibtex(rows).encode(),
        "included.ris": citations.ris(rows).encode(),
        "CITATION.cff": citation(results, content).encode(),
        "data.zip": data_archive(
            results.slug, content["software"]["state"], data, results.code, results.versions
        ),
    }
    for name in table_names:
        table = content["tables"][PUBLISHED_TABLES[name]]
        made[f"tables/{name}.tex"] = latex.table(table, results.slug).encode()
    return made


def read_pictures(paths: Iterable[str]) -> dict[str, Picture]:
    """The figures that have a PNG and a figure table (``.json``), whose description is spoken."""
    found = {}
    given = sorted({Path(path) for path in paths})
    for path in given:
        table = path.with_suffix(".json")
        if path.suffix == ".png" and table in given:
            found[path.stem] = Picture(_bytes(path), tables.read_json(table)["description"])
    return found


def read_data(files: Any, slug: str) -> dict[str, bytes]:
    """The files of the data archive, as they lie: results, and the protocol as it was kept."""
    paths = [Path(getattr(files, name)) for name in DATA]
    protocol = Path(f"config/reviews/{slug}/protocol.yaml")
    paths += [path for path in map(Path, files.kept) if path == protocol]
    return {path.name: _bytes(path) for path in paths}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EvergroveError(f"cannot be read: {error.strerror}", file=path) from error
