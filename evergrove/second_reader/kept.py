"""Kept answers of a second reader: `config/reviews/<slug>/second_reading/<report>.json`.

Written by `evergrove second-read` only, one file a report, whole or not at all, so that a run that
was broken off goes on where it stopped, and a build needs no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evergrove.errors import EvergroveError
from evergrove.second_reader.prompt import version
from evergrove.tables import read_json, write_json

if TYPE_CHECKING:
    # Stages that read kept answers need no network code.
    from evergrove.second_reader.client import SecondReader

FOLDER = "second_reading"
KEYS = ("report", "sha256", "reader", "prompt", "answer")


def text_hash(text: str) -> str:
    """SHA-256 of a text, as `evergrove extract` prints it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_kept(paths: Iterable[Path | str]) -> dict[str, dict[str, Any]]:
    """report -> its kept answer. Raises EvergroveError for a file that is none."""
    found: dict[str, dict[str, Any]] = {}
    for path in map(Path, paths):
        content = read_json(path)
        right = isinstance(content, dict) and all(isinstance(content.get(key), str) for key in KEYS)
        if not right or content["report"] != path.stem:
            raise EvergroveError(
                "not an answer as `evergrove second-read` keeps it",
                file=path,
                remedy="Delete it, and ask again.",
            )
        found[content["report"]] = content
    return found


def ask(
    folder: Path,
    texts: Mapping[str, str],
    reader: SecondReader,
    progress: Callable[[str], None] = lambda text: None,
) -> int:
    """Ask about each text (by report) that has no answer yet, and keep it; returns how many.

    An answer counts while the text, the reader and the question are the same. Raises
    EvergroveError where the reader gives none; what was answered before is kept.
    """
    asked = 0
    for report, text in sorted(texts.items()):
        path = folder / f"{report}.json"
        wanted = {
            "report": report,
            "sha256": text_hash(text),
            "reader": reader.name,
            "prompt": version(),
        }
        if path.exists():
            kept = read_kept([path])[report]
            if all(kept[key] == value for key, value in wanted.items()):
                continue
        progress(f"asking {reader.name} about {report}")
        write_json(path, {**wanted, "answer": reader.answer(text)})
        asked += 1
    return asked
