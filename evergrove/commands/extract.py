"""`evergrove extract FILE...`: effect sizes in abstracts, with the place of every number."""

from __future__ import annotations

import argparse

from evergrove.commands.parse import read_bytes
from evergrove.errors import EvergroveError
from evergrove.tables import json_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="plain text; - is standard input")
    parser.add_argument("--json", action="store_true", help="print one object a file")
    parser.add_argument(
        "--profile",
        default="default",
        help="a profile's name, or a YAML file (default: default; any: whatever the text measures)",
    )


def run(options: argparse.Namespace) -> int:
    from evergrove.reading import load_profile, read_abstract

    profile = load_profile(options.profile)
    texts = [(name, _text(name)) for name in options.files]
    for name, text in texts:
        found = {"source": name} | read_abstract(text, profile)
        if options.json:
            print(json_line(found))
        else:
            print(
                f"{name}: {len(found['records'])} records, {len(found['unclaimed'])} numbers that "
                f"nothing claims, {len(found['queue'])} remarks"
            )
    return 0


def _text(name: str) -> str:
    data = read_bytes(name)
    try:
        # Not utf-8-sig: spans count from the first character of the file, whatever it is.
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EvergroveError(
            "not UTF-8 text", file=name, place=f"byte {error.start}", remedy="Save it as UTF-8."
        ) from None
