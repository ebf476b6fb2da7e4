"""The whole pipeline: from nothing, nothing to do, a new citation. Peer: Snakemake's own start."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_IN_A_CLONE = {
    ".git",
    ".venv",
    ".snakemake",
    ".evergrove",
    ".hypothesis",
    ".pytest_cache",
    "__pycache__",
    "results",
    "logs",
}
CITATIONS = "config/reviews/sacroplasty/citations"


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "clone"
        shutil.copytree(ROOT, folder, ignore=lambda _, names: NOT_IN_A_CLONE & set(names))
        start = _median(lambda: _snakemake(folder, "--version"), 5)
        yield f"Snakemake's own start (snakemake --version)   {start:6.2f} s"
        for label, prepare, repeats in (
            ("from nothing", _clean, 3),
            ("nothing to do", lambda _: None, 5),
            ("one new citation", _new_citation, 3),
        ):
            seconds = _median(
                lambda: _snakemake(folder, "--cores", "4"), repeats, lambda p=prepare: p(folder)
            )
            yield f"{label:<45} {seconds:6.2f} s  {seconds / start:6.2f} × Snakemake's start"


def _median(
    work: Callable[[], None], repeats: int, prepare: Callable[[], None] = lambda: None
) -> float:
    seconds = []
    for _ in range(repeats):
        prepare()
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def _snakemake(folder: Path, *arguments: str) -> None:
    environment = dict(os.environ)
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    command = [sys.executable, "-m", "snakemake", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)


def _clean(folder: Path) -> None:
    for name in ("results", "logs", ".snakemake"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _new_citation(folder: Path) -> None:
    """Another invented record each time, so that there is always something to do."""
    number = len(list((folder / CITATIONS).iterdir()))
    (folder / CITATIONS / f"new{number}.ris").write_text(
        f"TY  - JOUR\nAU  - Invented, Ida\nTI  - Invented trial number {number}\nPY  - 2026\n"
        "JO  - Journal of Inventions\nER  - \n"
    )
