"""The folder of a review's versions: read, numbered, and added to in one step."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.versions.snapshot import EFFECT_COLUMNS, REPORT_COLUMNS

NAME = re.compile(r"(\d{2})\.(\d+)\.(\d+)")
FILES = ("version.json", "effects.csv", "reports.csv", "syntheses.json", "screening.json")


def key(version: str) -> tuple[int, ...]:
    """What versions are sorted by: (year, minor, patch)."""
    return tuple(int(part) for part in version.split("."))


def next_version(names: Iterable[str], year: int, data_changed: bool) -> str:
    """YY.minor.patch after these: the year of the search, a change of data, a correction of text.

    The first of a year is YY.1.0; a change of data raises minor, anything else patch (the rule of
    Metapsy, https://docs.metapsy.org).
    """
    kept = sorted(names, key=key)
    short = year % 100
    if not kept or key(kept[-1])[0] != short:
        return f"{short:02d}.1.0"
    _, minor, patch = key(kept[-1])
    return f"{short:02d}.{minor + 1}.0" if data_changed else f"{short:02d}.{minor}.{patch + 1}"


def read_versions(paths: Iterable[Path | str]) -> list[dict[str, Any]]:
    """All versions among these files, oldest first: version.json with the snapshot beside it.

    Raises EvergroveError for a folder that is no version or lacks a file.
    """
    folders = sorted({Path(path).parent for path in paths if Path(path).name in FILES})
    return sorted((read_version(folder) for folder in folders), key=lambda one: key(one["version"]))


def read_version(folder: Path) -> dict[str, Any]:
    """One version from its folder: version.json, with `effects`, `reports` and `syntheses`."""
    if not NAME.fullmatch(folder.name):
        raise EvergroveError(
            "not the folder of a version",
            file=folder,
            value=folder.name,
            remedy="Versions are named YY.minor.patch, such as 26.1.0, by `evergrove release`.",
        )
    for name in FILES:
        if not (folder / name).is_file():
            raise EvergroveError(
                "a version lacks a file",
                file=folder / name,
                remedy="Put the folder back as `evergrove release` wrote it.",
            )
    about = tables.read_json(folder / "version.json")
    if not isinstance(about, dict) or about.get("version") != folder.name:
        raise EvergroveError(
            "a version of another name than its folder",
            file=folder / "version.json",
            place="version",
            value=about.get("version") if isinstance(about, dict) else about,
            remedy="Put the folder back as `evergrove release` wrote it.",
        )
    return about | {
        "effects": tables.read_csv(folder / "effects.csv", EFFECT_COLUMNS),
        "reports": tables.read_csv(folder / "reports.csv", REPORT_COLUMNS),
        "syntheses": tables.read_json(folder / "syntheses.json"),
    }


def write_version(
    folder: Path,
    about: Mapping[str, Any],
    state: Mapping[str, Any],
    screening: Mapping[str, Any],
) -> None:
    """Write a version's folder at once: it is there whole, or not at all.

    Raises EvergroveError where a folder of that name exists: versions are never overwritten.
    """
    if folder.exists():
        raise EvergroveError(
            "there is a version of that name already",
            file=folder,
            remedy="Versions are never changed; release a new one.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        tables.write_json(new / "version.json", about)
        tables.write_csv(new / "effects.csv", state["effects"], EFFECT_COLUMNS)
        tables.write_csv(new / "reports.csv", state["reports"], REPORT_COLUMNS)
        tables.write_json(new / "syntheses.json", state["syntheses"])
        tables.write_json(new / "screening.json", screening)
        new.chmod(0o777 & ~tables.umask())
        os.rename(new, folder)
    except OSError as error:
        raise EvergroveError(
            f"could not be written ({error.strerror})", file=folder, remedy="Nothing was changed."
        ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def trajectory(versions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The primary result by version: version, date, k, n_studies, n_people and the fit."""
    out = []
    for one in versions:
        kept = one["syntheses"]
        main = next((s for s in kept["syntheses"] if s["id"] == kept["primary"]), None)
        if main is None:
            continue
        about = {name: main[name] for name in ("k", "n_studies", "n_people")}
        out.append(
            {"version": one.get("version"), "date": one.get("date")} | about | {"fit": main["fit"]}
        )
    return out
