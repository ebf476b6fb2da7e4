"""Duplicates among made-up citations: speed, growth, and what is missed or wrongly joined.

Rates are per second of one core, so that a busy machine does not change them much.

`python -m benchmarks.duplicates N` runs one number of citations; `make bench` runs several.
"""

from __future__ import annotations

import csv
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.made_citations import make_citations

SIZES = (10_000, 40_000, 160_000)
COLUMNS = (
    "id", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "truth",
)  # fmt: skip


def run() -> Iterator[str]:
    yield from compare(SIZES)


def compare(sizes: Sequence[int]) -> Iterator[str]:
    """One line a size; each in a process of its own, so that its memory is its own."""
    first: float | None = None
    for n in sizes:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.duplicates", str(n)],
            cwd=Path(__file__).resolve().parent.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stderr)
        seconds, line = done.stdout.rstrip().split("\t")
        cost = float(seconds) / (n * math.log(n))
        first = first or cost
        yield f"{line}, cost per n log n against the first {cost / first:.2f}"


def measure(n: int) -> tuple[float, str]:
    """Seconds of one core from the file to the clusters, and a line that says all."""
    from evergrove.matching_table import dedupe, read_table

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "citations.csv"
        truth = {}
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            for row in make_citations(n):
                truth[row["id"]] = row["truth"]
                writer.writerow(row)
        begin, begin_cpu = time.perf_counter(), time.process_time()
        rows = read_table(path)
        read_cpu = time.process_time() - begin_cpu
        found = dedupe(rows)
        seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    duplicates, missed, wrong = score(found["clusters"], truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return cpu, (
        f"{len(rows):>9} records: {seconds:.1f} s on the clock, {cpu:.1f} s of one core (reading "
        f"{read_cpu:.1f} s), {len(rows) / cpu:.0f} records/s, {memory:.2f} GB; "
        f"{duplicates} duplicates, sensitivity {1 - missed / duplicates:.4f}, "
        f"{wrong} wrongly joined, {len(found['maybe'])} doubtful"
    )


def score(clusters: Sequence[Sequence[str]], truth: Mapping[str, str]) -> tuple[int, int, int]:
    """Duplicates there are, duplicates missed, and records joined to a report of another.

    A report of m records has m - 1 duplicates; found in k clusters, k - 1 of them are missed. A
    cluster of records of k reports has k - 1 records too many.
    """
    reports = len(set(truth.values()))
    pieces = len({(at, truth[own]) for at, cluster in enumerate(clusters) for own in cluster})
    return len(truth) - reports, pieces - reports, pieces - len(clusters)


if __name__ == "__main__":
    print("{}\t{}".format(*measure(int(sys.argv[1]))))
