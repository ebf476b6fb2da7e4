"""Reading citations: ours beside Bio.Medline (nbib) and rispy (RIS), on the same files in one run.

Ours gives whole records (every field, DOI and pages normalised, status links), the peers tags and
values as they stand. Times are processor seconds of one core, medians of several runs.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.made_exports import write_nbib, write_ris
from evergrove.formats import read_entries

N = 5_000


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        nbib, ris, wrapped = (Path(folder) / name for name in ("a.nbib", "a.ris", "wrapped.ris"))
        write_nbib(nbib, N)
        write_ris(ris, N)
        write_ris(wrapped, N, wrapped=True)
        yield beside("nbib", nbib, "Bio.Medline", medline)
        yield beside("RIS", ris, "rispy", rispy_load)
        yield beside("RIS with wrapped lines", wrapped, "rispy", rispy_load)


def beside(name: str, path: Path, peer: str, load: Callable[[Path], int | None]) -> str:
    def ours() -> int:
        _, _, entries = read_entries(path.read_bytes())
        return len(entries)

    seconds = clock(ours)
    line = f"{name}: {N / seconds:,.0f} records a second"
    if load(path) is None:
        return f"{line}; {peer} is not installed"
    theirs = clock(lambda: load(path))
    return f"{line}; {peer} {N / theirs:,.0f}, ratio {theirs / seconds:.2f}"


def medline(path: Path) -> int | None:
    from Bio import Medline

    with path.open(encoding="utf-8") as lines:
        return len(list(Medline.parse(lines)))


def rispy_load(path: Path) -> int | None:
    try:
        import rispy
    except ImportError:
        return None
    with path.open(encoding="utf-8") as lines:
        return len(rispy.load(lines))


def clock(work: Callable[[], object], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)
