"""Whether another run is at work in this folder; what a killed one left locked is let go.

Snakemake locks a folder with files that a killed run leaves behind, so that the next one would be
refused until a person unlocks. The kernel's lock taken here ends with the process that holds it,
whatever ends that: whoever gets it knows that Snakemake's own files are stale.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

LOCK = Path(".evergrove/run.lock")
SNAKEMAKES = Path(".snakemake/locks")

# Held open until this process ends.
_held: list[int] = []


def take_part() -> bool:
    """Hold the folder together with other runs; the first one drops locks of runs that are no more.

    False where another run holds the folder too, or where the disk knows no such locks: then
    Snakemake's own files decide, as they would without this.
    """
    if _held:
        return False
    try:
        import fcntl

        LOCK.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except (ImportError, OSError):
        return False
    _held.append(handle)
    try:
        # Nobody else has it, shared or not: no run is alive, and none begins before we let go.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if SNAKEMAKES.is_dir():
            shutil.rmtree(SNAKEMAKES, ignore_errors=True)
        alone = True
    except OSError:
        alone = False
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_SH)
    return alone
