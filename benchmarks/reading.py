"""Reading abstracts: texts a second on one core, and scores on labelled sets that lie elsewhere.

With EVERGROVE_LABELLED_ABSTRACTS naming a folder that holds `score.py` and its sets, that scorer is
run and what it prints is shown. The sets are not part of the project.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def run() -> Iterator[str]:
    from evergrove.reading import load_profile, read_abstract

    cases = yaml.safe_load((ROOT / "tests/data/reading.yaml").read_text(encoding="utf-8"))["read"]
    texts = [case["text"] for case in cases.values()]
    # Short cases joined to the length of an abstract, about 900 characters.
    abstracts = [" ".join(texts[start : start + 5]) for start in range(0, len(texts) - 5, 5)]
    profile = load_profile("default")
    read_abstract(abstracts[0], profile)
    begin = time.process_time()
    repeats = 5
    for _ in range(repeats):
        for abstract in abstracts:
            read_abstract(abstract, profile)
    seconds = time.process_time() - begin
    length = sum(map(len, abstracts)) / len(abstracts)
    rate = repeats * len(abstracts) / seconds
    yield f"{rate:.0f} abstracts a second on one core, {length:.0f} characters each, full of values"
    folder = os.environ.get("EVERGROVE_LABELLED_ABSTRACTS")
    if not folder:
        yield "EVERGROVE_LABELLED_ABSTRACTS is not set: no labelled set to score"
        return
    environment = os.environ | {"EVERGROVE": f"{sys.executable} -m evergrove"}
    done = subprocess.run(
        [sys.executable, str(Path(folder) / "score.py")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    yield from (done.stdout or done.stderr).splitlines()
