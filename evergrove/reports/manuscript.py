"""The beginning of a manuscript in Markdown, whose numbers are built anew with the results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evergrove.page.parts import flat
from evergrove.page.results import ReviewResults, anchor
from evergrove.reports import content
from evergrove.reports.text import unjoined, web_address

# Markdown's own signs, and those of HTML, which Markdown lets through.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&!@])")
# Tables that stand in the text; the others are files beside it.
_TABLES = ("forest-data", "sensitivity", "windows", "subgroups")


def escape(text: str | None) -> str:
    """The text for Markdown: no markup, no link, no HTML."""
    return _SIGNS.sub(r"\\\1", unjoined(text))


def manuscript(results: ReviewResults, view: Mapping[str, Any]) -> str:
    """Title, abstract, methods, results with their tables, and references by number."""
    blocks = [
        f"# {escape(view['title'])}",
        *_line(", ".join(content.authors(results.protocol))),
        *_line(" ".join(content.version(results.changes))),
        _comment(results.slug),
        "## Abstract",
        *_abstract(results, view),
        "## Introduction",
        "*To be written.*",
        "## Methods",
        *(_run_in(item) for item in view["methods"]),
        "### Criteria for including a report",
        "\n".join(f"- {escape(text)}" for text in view["criteria"]["include"]),
        *_listed("### Criteria for excluding a report", view["criteria"]["exclude"]),
        "## Results",
        _cited(results, view),
        *(_run_in(item) for item in content.results_paragraphs(results, view)),
        *(block for name in _TABLES for block in _table(view["tables"][name])),
        *_figures(view),
        "## Discussion",
        "*To be written.*",
        "## References",
        *_references(view),
        "## Data and software",
        escape(view["software"]["cite"]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _line(text: str) -> list[str]:
    return [escape(text)] if text else []


def _comment(slug: str) -> str:
    return (
        f"<!-- Written by the program from results/{slug}/ and built anew with it: copy this file "
        "before you edit it. -->"
    )


def _run_in(item: Mapping[str, str]) -> str:
    return f"**{escape(item['heading'])}.** {escape(item['text'])}"


def _listed(heading: str, texts: list[str]) -> list[str]:
    return [heading, "\n".join(f"- {escape(text)}" for text in texts)] if texts else []


def _abstract(results: ReviewResults, view: Mapping[str, Any]) -> list[str]:
    said = {item["heading"]: item["text"] for item in view["methods"]}
    headline = view["headline"]
    findings = " ".join(filter(None, (headline["conclusion"], headline["spread"])))
    return [
        f"**Question.** {escape(said['Question'])}",
        f"**Methods.** {escape(said['Model'])}",
        f"**Results.** {escape(findings)}",
        *(f"**Caution.** {escape(text)}" for text in headline["statements"][:1]),
    ]


def _cited(results: ReviewResults, view: Mapping[str, Any]) -> str:
    """Which references are included, and which of them are in the primary synthesis."""
    numbers = content.reference_numbers(view)
    pooled = {f"ref-{anchor(row['report'])}" for row in results.primary["studies"]}
    chosen = [number for name, number in numbers.items() if name in pooled]
    text = f"Included reports: {content.numbered(list(numbers.values())) or 'none'}."
    return escape(f"{text} In the primary synthesis: {content.numbered(chosen) or 'none'}.")


def _table(made: Mapping[str, Any]) -> list[str]:
    title = f"**Table {made['number']}.** {escape(made['caption'])}"
    if not made["groups"]:
        return [f"{title}: {escape(made['empty'])}"]
    marks = ["---:" if column["kind"] == "number" else "---" for column in made["columns"]]
    rows = [[escape(column["label"]) for column in made["columns"]], marks]
    rows += [[escape(flat(item)) for item in row] for group in made["groups"] for row in group]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return [title, lines, *([escape(made["note"])] if made["note"] else [])]


def _figures(view: Mapping[str, Any]) -> list[str]:
    """The first figure, which is that of the primary synthesis."""
    return [
        f"![{escape(item['caption'])}](figures/{item['name']}.png)"
        for item in view["figures"][:1]
        if re.fullmatch(r"[a-z0-9-]+", item["name"])
    ]


def _references(view: Mapping[str, Any]) -> list[str]:
    lines = []
    for number, item in enumerate(view["references"], start=1):
        links = ", ".join(
            f"[{escape(link['text'])}](<{address}>)"
            for link in item["links"]
            if (address := web_address(link["href"]))
        )
        status = " ".join(f"**{escape(text)}.**" for text in item["status"])
        told = escape(content.reference_text(item))
        lines.append(" ".join(part for part in (f"{number}.", told, links, status) if part))
    return ["\n".join(lines)] if lines else ["No report is included yet."]
