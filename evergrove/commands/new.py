"""`evergrove new NAME`: the folder of a new review, and its line in config/config.yaml."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from evergrove.errors import EvergroveError
from evergrove.protocol import CONFIG, REVIEWS
from evergrove.tables import read_text, umask, write_text
from evergrove.validation import read_yaml

SCAFFOLD = Path(__file__).resolve().parent.parent / "scaffold"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="short name: small letters, digits, single hyphens")


def run(options: argparse.Namespace) -> int:
    name = options.name
    if not NAME.fullmatch(name):
        raise EvergroveError(
            "not a valid short name for a review",
            value=name,
            remedy="Use small letters and digits with single hyphens, such as knee-pain.",
        )
    if not CONFIG.is_file():
        raise EvergroveError(
            "no such file", file=CONFIG, remedy="Run this in the folder that holds the Snakefile."
        )
    folder = REVIEWS / name
    if folder.exists():
        raise EvergroveError("the review is there already", file=folder, remedy="Choose a name.")
    _make_folder(folder, name)
    added = _add_to_config(name)
    print(f"{folder}: fill in protocol.yaml and put exports into citations/.", file=sys.stderr)
    if not added:
        print(f'Add "  - {name}" under "reviews:" in {CONFIG}.', file=sys.stderr)
    return 0


def _make_folder(folder: Path, name: str) -> None:
    """The whole folder appears at once, under its name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{name}."))
    try:
        shutil.copytree(SCAFFOLD, temporary, dirs_exist_ok=True)
        for sub in ("citations", "extraction"):
            (temporary / sub).mkdir(exist_ok=True)
        protocol = temporary / "protocol.yaml"
        write_text(protocol, read_text(protocol).replace("SLUG", name))
        temporary.chmod(0o777 & ~umask())
        os.rename(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _add_to_config(name: str) -> bool:
    """Add the review's line below the last one; False where the file is laid out otherwise."""
    text = read_text(CONFIG)
    before = read_yaml(CONFIG)
    items = list(re.finditer(r"^( *)- +[a-z0-9-]+ *(#.*)?$", text, re.MULTILINE))
    if not items or not isinstance(before, dict) or len(items) != len(before.get("reviews", [])):
        return False
    end = items[-1].end()
    write_text(CONFIG, f"{text[:end]}\n{items[-1].group(1)}- {name}{text[end:]}")
    return True
