"""What every pipeline script has around it: a line of progress, and errors without a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.tables import write_text


def lend_package() -> None:
    """Let the scripts, which are processes of their own, import the package that is in use here."""
    here = str(Path(__file__).resolve().parent.parent)
    others = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part != here]
    os.environ["PYTHONPATH"] = os.pathsep.join([here, *filter(None, others)])


@contextmanager
def reported(log: str | None = None) -> Iterator[None]:
    """Print an `EvergroveError` as one line and end the process with exit status 2.

    With `log`, the line is kept in that file too, where the Snakefile finds it again to make it
    the last thing that a failed run says.
    """
    try:
        yield
    except EvergroveError as error:
        if log is not None:
            # On a full disk there is no log either, and the sentence is still printed.
            with suppress(EvergroveError):
                write_text(log, f"evergrove: error: {error}\n")
        print(f"evergrove: error: {error}", file=sys.stderr, flush=True)
        sys.exit(2)


@contextmanager
def stage(snakemake: Any) -> Iterator[Callable[[str], None]]:
    """Run one rule's script. Yields a function that says, in a line, what was done.

    The rule's log is `logs/<review>/<rule>.log`; what is said is kept there and printed.
    """
    log = Path(snakemake.log[0])
    label = f"[{log.parent.name}] {log.stem}"
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        print(f"{label}: {sentence}", file=sys.stderr, flush=True)

    with reported(str(log)):
        yield say
        write_text(log, "".join(f"{sentence}\n" for sentence in said))
