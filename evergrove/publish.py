"""Stage publish: the page, the summary, the printed tables and the manifest of one review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import __version__, tables
from evergrove.errors import EvergroveError
from evergrove.page.files import COLUMNS, hashes_of, read_results
from evergrove.page.headline import summary
from evergrove.page.parts import PUBLISHED_TABLES, as_csv
from evergrove.page.render import render
from evergrove.page.results import ReviewResults
from evergrove.page.view import view

# What a script reads with belongs to its stage, so that the stage's hash covers it.
__all__ = ["COLUMNS", "hashes_of", "manifest", "publish", "read_results"]


# A page stays below so many bytes where its tables let it; what a link more takes, at most.
PAGE_LIMIT, LINKS = 300_000, 8_000


def publish(
    results: ReviewResults,
    table_names: Iterable[str] = tuple(PUBLISHED_TABLES),
    exported: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Every published file, by its path below ``results/<slug>/``.

    ``page/index.html``, ``summary.txt``, ``tables/<name>.csv`` for each of `table_names`, and
    ``manifest.json``, which holds the hashes of the others and those in `exported` (path to
    SHA-256, of the files that the stage export_report made). Raises EvergroveError where the
    result files contradict each other: then nothing is returned, so that nothing is written.
    """
    content, page = fitting_page(results)
    made = {
        "page/index.html": page,
        "summary.txt": summary(results).encode(),
    }
    for name in table_names:
        if name not in PUBLISHED_TABLES:
            raise EvergroveError(
                "there is no such table",
                value=name,
                remedy=f"Known: {', '.join(PUBLISHED_TABLES)}.",
            )
        made[f"tables/{name}.csv"] = as_csv(content["tables"][PUBLISHED_TABLES[name]])
    made["manifest.json"] = tables.format_json(manifest(results, made, exported)).encode()
    return made


def fitting_page(results: ReviewResults) -> tuple[dict[str, Any], bytes]:
    """The page's content and bytes, with as many drawings in it as PAGE_LIMIT has room for."""
    content = view(results)
    page = render(content).encode()
    if len(page) > PAGE_LIMIT:
        drawn = sum(len(item["svg"].encode()) for item in content["figures"][1:] if item["svg"])
        content = view(results, max(0, drawn - (len(page) - PAGE_LIMIT) - LINKS))
        page = render(content).encode()
    return content, page


def manifest(
    results: ReviewResults, made: Mapping[str, bytes], exported: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What was made from what: versions, code, and the SHA-256 of every input and result."""
    own = {
        f"results/{results.slug}/{path}": hashlib.sha256(data).hexdigest()
        for path, data in made.items()
    }
    return {
        "review": results.slug,
        "evergrove": __version__,
        "versions": dict(sorted(results.versions.items())),
        "code": dict(sorted(results.code.items())),
        "inputs": dict(sorted(results.inputs.items())),
        "results": dict(sorted({**results.results, **(exported or {}), **own}.items())),
    }
