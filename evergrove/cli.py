"""The command `evergrove`: one module of `evergrove.commands` a subcommand.

Exit status: 0 all done; 1 the input was read but some of it was rejected; 2 usage or unreadable
input, nothing delivered. A user never sees a traceback unless EVERGROVE_DEBUG is set.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from evergrove import __version__
from evergrove.errors import EvergroveError

# In the order in which a review meets them. Each module has add_arguments and run.
COMMANDS = (
    "new", "check", "parse", "dedupe", "extract", "second-read", "effects", "pool", "forest",
    "verify", "diff", "release",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        # Pipes get UTF-8 and LF whatever the locale says; lone surrogates must not end a run.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        options = _parser(arguments).parse_args(arguments)
        status = options.run(options)
        sys.stdout.flush()
        return status
    except EvergroveError as error:
        print(f"evergrove: error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); say nothing more, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("EVERGROVE_DEBUG"):
            raise
        print(
            f"evergrove: internal error: {type(error).__name__}: {error}. This is a mistake in "
            "Evergrove, please report it; EVERGROVE_DEBUG=1 shows where it happened.",
            file=sys.stderr,
        )
        return 2


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="evergrove",
        description="A living meta-analysis pipeline. `snakemake --cores 4` builds everything; "
        "these commands run single stages on files, and keep the hand-kept files.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"evergrove {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    # Only the command that was asked for is imported: `evergrove parse` must not pay for SciPy.
    asked = next((word for word in arguments if word in COMMANDS), None)
    for name in COMMANDS:
        module = (
            import_module(f"evergrove.commands.{name.replace('-', '_')}") if name == asked else None
        )
        summary = _SUMMARY[name]
        sub = subparsers.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        if module is not None:
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


_SUMMARY = {
    "new": "Make a new review: its folder, a protocol to fill in, and its line in the config.",
    "check": "Check the config, the protocols and the hand-kept tables, without running anything.",
    "parse": "Read citation exports of any supported format, found from the content.",
    "dedupe": "Group citation records that are the same report.",
    "extract": "Read effect sizes out of abstracts, with the place of every number.",
    "second-read": "Have a language model read the included abstracts once more; off by default.",
    "effects": "Compute effect sizes and their sampling variances from raw summaries.",
    "pool": "Pool effect sizes with a random-effects model.",
    "forest": "Draw a forest plot from what `pool --json` printed.",
    "verify": "Open a page to check each value beside the abstract it was read from.",
    "diff": "Tell what changed between two versions of a review, or since the last one.",
    "release": "Freeze the results of now as a version of the review.",
}
