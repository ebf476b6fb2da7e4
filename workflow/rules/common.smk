"""What the rules share: the protocols, the hand-kept files of each review, and what is published.

Everything kept by hand that can be checked without a job is checked here, before the first one.
"""

from pathlib import Path

from evergrove import run_lock
from evergrove.figure_list import figure_ids
from evergrove.page.parts import PUBLISHED_TABLES
from evergrove.protocol import load_reviews
from evergrove.provenance import code, remember, versions
from evergrove.search_logs import day_of_update, still_done
from evergrove.stages import reported

with reported():
    REVIEWS = load_reviews(config)
    TODAY = day_of_update(os.environ)

if workflow.is_main_process:
    run_lock.take_part()


wildcard_constraints:
    review="[a-z0-9-]+",


PICTURES = ("svg", "pdf", "png", "json")
PACKAGES = (
    "biopython",
    "jinja2",
    "matplotlib",
    "numpy",
    "pandas",
    "pymare",
    "python-docx",
    "rapidfuzz",
    "scikit-learn",
    "scipy",
    "snakemake",
    "statsmodels",
)


STAGES = (
    "fetch_pubmed",
    "parse_citations",
    "match_reports",
    "screen",
    "count_flow",
    "extract",
    "measurements",
    "effect_sizes",
    "pool",
    "cross_check",
    "compare_versions",
    "draw_figures",
    "publish",
    "export_report",
)
# What readers take away, below results/<slug>/.
EXPORTS = (
    "report.docx",
    "manuscript.md",
    "included.bib",
    "included.ris",
    "CITATION.cff",
    "data.zip",
    *(f"tables/{table}.tex" for table in PUBLISHED_TABLES),
)
# What the page prints of every stage's code; the other rules depend on their own stage's only.
STAGE_CODE = {stage: code(f"evergrove.{stage}", "evergrove.stages") for stage in STAGES}
remember()


def parts(review, *keys):
    """The named parts of a review's protocol (all of it without names)."""
    protocol = REVIEWS[review]
    return {key: protocol[key] for key in keys or protocol}


def protocol(*keys):
    """The same for a rule: it reruns only when a part of the protocol that it uses changes."""

    def of_review(wildcards):
        return parts(wildcards.review, *keys)

    return of_review


def kept(pattern):
    """The hand-kept files of a review that match a pattern, sorted; hidden files are left out.

    In an update they are known once today's searches are among them.
    """

    def files(wildcards):
        # What was asked for is known when inputs are looked up, not while this file is read.
        if "update" in (workflow.dag_settings.targets or ()):
            checkpoints.fetch_pubmed.get(review=wildcards.review)
        folder = Path("config/reviews") / wildcards.review
        found = folder.glob(pattern)
        return sorted(
            str(path) for path in found if path.is_file() and path.name[0] != "."
        )

    return files


def judgements(review):
    """The judgements of risk of bias of a review, if it has any."""
    path = Path("config/reviews") / review / "risk_of_bias.csv"
    return [str(path)] if path.is_file() else []


with reported():
    FIGURES = {
        review: [
            f"results/{review}/figures/{name}.{suffix}"
            for name in figure_ids(protocol, judgements(review))
            for suffix in PICTURES
        ]
        for review, protocol in REVIEWS.items()
    }


def figures(review):
    """Every picture of a review, and the figure table that each was drawn from."""
    return FIGURES[getattr(review, "review", review)]


def published(review):
    """Every file that a finished run must have made: a deleted one is built again."""
    names = [
        "page/index.html",
        "summary.txt",
        "manifest.json",
        "rejects.jsonl",
        "to_screen.csv",
        "changes.json",
    ]
    names += ["to_verify.csv", "possible_duplicates.csv", "unclaimed.csv"]
    names += [f"tables/{table}.csv" for table in PUBLISHED_TABLES]
    names += EXPORTS
    return [f"results/{review}/{name}" for name in names] + figures(review)


def print_summaries():
    """The last words of a good run: the result, the page, and what waits for a person."""
    for review in REVIEWS:
        summary = Path(f"results/{review}/summary.txt")
        if summary.exists():
            print(summary.read_text(encoding="utf-8"), end="", file=sys.stderr)


def print_errors():
    """The last words of a failed run: the message of each rule that ended with one."""
    for review in REVIEWS:
        for path in sorted(Path(f"logs/{review}").glob("*.log")):
            text = path.read_text(encoding="utf-8")
            if text.startswith("evergrove: error:"):
                print(text, end="", file=sys.stderr)
