"""Run every benchmark, or those named: `python -m benchmarks [workflow …]`.

Machines differ and are noisy, so each line gives the median of several runs and, where there is a
peer, the ratio to the peer's median in the same run. Nothing here fails; it only prints.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    # What is made up for them is no benchmark.
    known = sorted(path.stem for path in HERE.glob("[a-z]*.py") if path.stem[:5] != "made_")
    for name in names or known:
        if name not in known:
            print(f"no benchmark {name!r}; there are: {', '.join(known)}", file=sys.stderr)
            return 2
        print(f"\n{name}")
        for line in import_module(f"benchmarks.{name}").run():
            print(f"  {line}", flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
