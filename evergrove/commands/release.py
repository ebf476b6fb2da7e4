"""`evergrove release REVIEW`: freeze the results of now as a version of the review."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError

RESULTS = Path("results")
_NEEDED = ("syntheses.json", "effects.csv", "screened.csv", "search_log.csv", "manifest.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("review", metavar="REVIEW", help="short name of a review")
    add("--date", metavar="YYYY-MM-DD", help="last day searched (default: of the newest search)")
    add("--note", default="", metavar="TEXT", help="why there is a new version, in a sentence")
    add("--version", metavar="YY.MINOR.PATCH", help="its number (default: the next one)")
    add("--again", action="store_true", help="also where nothing changed but words (a patch)")


def run(options: argparse.Namespace) -> int:
    from evergrove import __version__, count_flow, tables
    from evergrove.protocol import REVIEWS, load_protocol
    from evergrove.versions import compare, kept
    from evergrove.versions.snapshot import snapshot

    slug = options.review
    protocol = load_protocol(slug)
    folder, results = REVIEWS / slug, RESULTS / slug
    for name in _NEEDED:
        if not (results / name).is_file():
            raise EvergroveError(
                "no results to release", file=results / name, remedy="Run snakemake first."
            )
    _check_fresh(folder, tables.read_json(results / "manifest.json"))
    screened = tables.read_csv(results / "screened.csv", ("report", "decision"), ("*",))
    state = snapshot(
        tables.read_json(results / "syntheses.json"),
        tables.read_csv(results / "effects.csv", ("measurement_id", "yi"), ("*",)),
        screened,
    )
    versions = kept.read_versions(folder.glob("versions/*/*"))
    newest = versions[-1] if versions else None
    differs = newest is None or compare.data_differ(newest, state)
    if not differs and not options.again:
        assert newest is not None
        raise EvergroveError(
            "nothing changed since the last version",
            value=newest["version"],
            remedy="With --again a corrected text becomes a patch of it.",
        )
    date = _date(options.date, results)
    names = [one["version"] for one in versions]
    version = options.version or kept.next_version(names, date.year, differs)
    _check_number(version, names)
    about: dict[str, Any] = {
        "version": version,
        "review": slug,
        "title": protocol["title"],
        "date": date.isoformat(),
        "note": options.note,
        "evergrove": __version__,
    }
    screening = count_flow.state(
        version,
        screened,
        tables.read_csv(results / "search_log.csv", ("source_file",), ("*",)),
        tables.read_csv(folder / "studies.csv", count_flow.STUDY_COLUMNS, ("*",)),
    )
    kept.write_version(folder / "versions" / version, about, state, screening)
    print(f"{slug} {version} is in {folder / 'versions' / version}.", file=sys.stderr)
    print("Run snakemake to have it on the page, and commit the folder.", file=sys.stderr)
    return 0


def _check_fresh(folder: Path, manifest: dict[str, Any]) -> None:
    """Refuse results that are older than what is kept by hand; versions are not looked at."""
    from evergrove.provenance import file_hash

    for name, digest in manifest.get("inputs", {}).items():
        path = Path(name)
        if path.is_relative_to(folder / "versions") or not path.is_relative_to(folder):
            continue
        if not path.is_file() or file_hash(path) != digest:
            raise EvergroveError(
                "changed since the results were made", file=path, remedy="Run snakemake first."
            )


def _date(given: str | None, results: Path) -> datetime.date:
    """The last day searched: as given, else of the newest search."""
    from evergrove import tables

    if given is None:
        path = results / "searches.csv"
        rows = tables.read_csv(path, ("searched_on",), ("*",)) if path.is_file() else []
        if not rows:
            raise EvergroveError(
                "no search tells the date of the evidence",
                file=path,
                remedy="Give the last day searched with --date YYYY-MM-DD.",
            )
        given = max(row["searched_on"] for row in rows)
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise EvergroveError(
            "not a date", value=given, remedy="Write --date YYYY-MM-DD, such as 2026-02-01."
        ) from None


def _check_number(version: str, names: list[str]) -> None:
    from evergrove.versions.kept import NAME, key

    if not NAME.fullmatch(version):
        raise EvergroveError(
            "not the number of a version", value=version, remedy="Write YY.minor.patch, as 26.1.0."
        )
    if names and key(version) <= key(names[-1]):
        raise EvergroveError(
            "not after the last version", value=version, remedy=f"The last one is {names[-1]}."
        )
