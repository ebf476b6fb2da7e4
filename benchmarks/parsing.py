"""Reading citations: our reader against Bio.Medline and rispy, on the same files in the same run.

Every reading is a process of its own that imports its reader, then reads the file once: into
complete citation records with us, into dictionaries of the tags with the peers. Readers take
turns, and what is compared is the median time of one core, so that a busy machine does not change
the ratio much. Each process prints how many records it found.

`python -m benchmarks.parsing READER FILE` reads a file once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.made_exports import write_nbib, write_ris

RECORDS = 20_000
REPEATS = 5
ROOT = Path(__file__).resolve().parent.parent
FILES = (
    # What is in the file, how it is written, and who else reads it.
    ("PubMed", "nbib", write_nbib, "Bio.Medline"),
    ("PubMed, one odd record", "nbib", partial(write_nbib, odd_record=True), "Bio.Medline"),
    ("RIS", "ris", write_ris, "rispy"),
    ("RIS, wrapped lines", "ris", partial(write_ris, wrapped=True), "rispy"),
    ("RIS, one odd record", "ris", partial(write_ris, odd_record=True), "rispy"),
)
PACKAGES = {"Bio.Medline": "Bio", "rispy": "rispy"}


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, ending, write, peer in FILES:
            path = Path(folder) / f"made.{ending}"
            write(path, RECORDS)
            yield from compare(name, path, peer)


def compare(name: str, path: Path, peer: str) -> Iterator[str]:
    """A line for the reading of one file, and one for all that `evergrove parse --json` does."""
    peers = [peer] if find_spec(PACKAGES[peer]) else []
    seconds: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for _ in range(REPEATS):
        for reader in ("evergrove", *peers, "evergrove-json"):
            cpu, found[reader] = _read(reader, path)
            seconds.setdefault(reader, []).append(cpu)
    median = {reader: statistics.median(times) for reader, times in seconds.items()}
    against = f"{peer} is not installed"
    if peers:
        against = (
            f"{peer} {median[peer]:.2f} s ({found[peer]} records), "
            f"{median[peer] / median['evergrove']:.2f} × its speed"
        )
    size = path.stat().st_size / 1e6
    yield (
        f"{name:<23} {found['evergrove']} records, {size:.0f} MB: "
        f"{median['evergrove']:.2f} s of one core; {against}; "
        f"with the JSON {median['evergrove-json']:.2f} s"
    )


def _read(reader: str, path: Path) -> tuple[float, int]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.parsing", reader, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    cpu, records = done.stdout.split()
    return float(cpu), int(records)


def measure(reader: str, path: Path) -> tuple[float, int]:
    """Seconds of one core for one reading, and the number of records."""
    if reader == "Bio.Medline":
        from Bio import Medline

        begin = time.process_time()
        with path.open(encoding="utf-8") as handle:
            records = list(Medline.parse(handle))
    elif reader == "rispy":
        import rispy

        begin = time.process_time()
        with path.open(encoding="utf-8") as handle:
            records = rispy.load(handle)
    else:
        from evergrove.parse_citations import parse_file
        from evergrove.tables import json_line

        begin = time.process_time()
        records = parse_file(str(path), path.read_bytes()).records
        if reader == "evergrove-json":
            with open(os.devnull, "w", encoding="utf-8") as out:
                out.writelines(json_line(record) + "\n" for record in records)
    return time.process_time() - begin, len(records)


if __name__ == "__main__":
    print(*measure(sys.argv[1], Path(sys.argv[2])))
