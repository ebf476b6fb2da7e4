"""`evergrove second-read REVIEW`: a language model reads the included abstracts once more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evergrove.errors import EvergroveError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", metavar="REVIEW", help="a review that has been built once")
    parser.add_argument("--api", default="openai", help="openai (or compatible), or ollama")
    parser.add_argument("--url", required=True, help="https://…/v1, or http://localhost:11434")
    parser.add_argument("--model", required=True, help="the model's name")


def run(options: argparse.Namespace) -> int:
    from evergrove import tables
    from evergrove.protocol import REVIEWS, load_protocol
    from evergrove.second_reader.client import reader
    from evergrove.second_reader.kept import FOLDER, ask

    load_protocol(options.review)
    built = Path("results") / options.review
    if not (built / "screened.csv").exists():
        raise EvergroveError(
            "the review has not been built yet",
            file=built / "screened.csv",
            remedy="Run `snakemake --cores 4` first.",
        )
    records = {row["record_id"]: row for row in tables.read_jsonl(built / "records.jsonl")}
    screened = tables.read_csv(
        built / "screened.csv", ("report", "decision", "abstract_record"), ("*",)
    )
    texts = {
        row["report"]: records[row["abstract_record"]]["abstract"] or ""
        for row in screened
        if row["decision"] == "include" and row["abstract_record"] in records
    }
    asked = ask(
        REVIEWS / options.review / FOLDER,
        texts,
        reader(options.api, options.url, options.model),
        lambda text: print(text, file=sys.stderr),
    )
    print(f"{asked} abstracts read, {len(texts) - asked} had been read before")
    return 0
