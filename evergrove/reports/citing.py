"""CITATION.cff of a review: how the review itself is cited (Citation File Format 1.2.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from evergrove.page.results import ReviewResults
from evergrove.reports.text import one_line, unjoined


def citation(results: ReviewResults, view: Mapping[str, Any]) -> str:
    """The file's text. Where the protocol names no authors, they are named by the review.

    The format asks for a release date as a date only; a review is dated by its last search, which
    is in its version, so that none is given.
    """
    changes = results.changes
    entry: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": one_line(
            "Please cite the review as below, and the studies whose numbers you use (included.bib)."
        ),
        "type": "dataset",
        "title": unjoined(view["title"]) or results.slug,
        "authors": _authors(results),
        "abstract": unjoined(view["headline"]["conclusion"]),
        "keywords": ["living systematic review", "meta-analysis"],
    }
    if changes.get("version"):
        entry["version"] = one_line(str(changes["version"]))
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=100)


def _authors(results: ReviewResults) -> list[dict[str, str]]:
    given = results.protocol.get("authors") or []
    named = [{key: one_line(str(text)) for key, text in item.items() if text} for item in given]
    return named or [{"name": f"The authors of the review “{unjoined(results.protocol['title'])}”"}]
