"""`evergrove check`: everything kept by hand is read as the pipeline reads it; nothing is run."""

from __future__ import annotations

import argparse
import sys

from evergrove.protocol import CONFIG, REVIEWS, load_protocol, load_reviews
from evergrove.validation import read_yaml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", nargs="*", help="folders in config/reviews/ (default: all)")


def run(options: argparse.Namespace) -> int:
    from evergrove import certainty, risk_of_bias
    from evergrove.complications import check_kept
    from evergrove.extraction_files import load_extraction_folder, read_studies
    from evergrove.screening_table import read_screening

    protocols = load_reviews(read_yaml(CONFIG) or {})
    for review in options.review or sorted({path.parent.name for path in REVIEWS.glob("*/*")}):
        protocol = protocols.get(review) or load_protocol(review)
        folder = REVIEWS / review
        decisions = read_screening(folder / "screening.csv", protocol)
        studies = read_studies(folder / "studies.csv", protocol)
        extractions = load_extraction_folder(folder / "extraction", protocol, studies)
        check_kept(folder / "complications.csv", studies)
        risk_of_bias.check_kept(folder / "risk_of_bias.csv", {row.study for row in studies})
        if (folder / "certainty.csv").exists():
            certainty.read_judgements(folder / "certainty.csv")
        print(
            f"{review}: protocol, {len(decisions)} screening decisions, {len(studies)} cohorts, "
            f"{len(extractions)} extraction files: no mistake found",
            file=sys.stderr,
        )
    return 0
