"""What became of a report after it was published: retracted, in doubt, corrected.

Links of status come with the citations themselves and, at every update, from PubMed for each
included report. A link says "kind:target"; kinds that end in _in stand on the paper, all others
on a notice or a later paper, which is never flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evergrove.search_logs import Log, newest_checks

RETRACTED = "retracted"
# Flags that the program sets by itself; they need no declaration in the protocol.
FLAGS = {
    RETRACTED: "The report has been retracted",
    "concern": "An expression of concern or a partial retraction of the report was published",
    "corrected": "A correction of the report, or a corrected version, was published",
}
_FLAG_OF = {
    "retraction_in": RETRACTED,
    "retracted_republished_in": RETRACTED,
    "partial_retraction_in": "concern",
    "concern_in": "concern",
    "erratum_in": "corrected",
    "corrected_republished_in": "corrected",
}
# MEDLINE marks the paper itself by this type; "Retraction of Publication" is the notice's.
_RETRACTED_TYPE = "retracted publication"
_RETRACTED_TITLE = ("retracted:", "retracted article:", "[retracted]", "(retracted)")


def flags(status: str | Iterable[str]) -> list[str]:
    """The program's flags for a cell `status` ("erratum_in:12; retraction_in:34") or its items."""
    found = {_FLAG_OF.get(item.partition(":")[0]) for item in items(status)}
    return [flag for flag in FLAGS if flag in found]


def excluded_flags(primary: Mapping[str, Any]) -> tuple[str, ...]:
    """The flags that keep a measurement out of the protocol's `syntheses.primary`."""
    left_out = () if primary.get("retracted") == "keep" else (RETRACTED,)
    return (*left_out, *(primary.get("exclude_flags") or ()))


def marked(label: str, carried: Iterable[str]) -> str:
    """A row's label, with " (retracted)" behind it where the row carries that flag."""
    return f"{label} (retracted)" if RETRACTED in carried else label


def with_status(
    rows: Sequence[Mapping[str, Any]], logs: Iterable[Log] = ()
) -> list[dict[str, Any]]:
    """Rows of screened.csv, with what is known by now in their `status`, sorted.

    Known are the links of the citations, the newest of the search `logs`, and a publication type
    or a title that says "retracted" (then `retraction_in`, without a target).
    """
    answers: dict[tuple[str, str], list[str]] = {}
    for check in newest_checks(logs):
        items = [
            _text(link["kind"], link["notice_pmid"] or link["notice_doi"])
            for link in check["links"]
        ]
        for key in ("pmid", "doi", "report"):
            answers[key, check[key] or ""] = items
    return [{**row, "status": _status(row, _answer(row, answers))} for row in rows]


def _answer(row: Mapping[str, Any], answers: Mapping[tuple[str, str], list[str]]) -> list[str]:
    # By identifier: the report may have got another name since PubMed was asked about it.
    keys = [key for key in ("pmid", "doi") if row.get(key)] or ["report"]
    return next((answers[key, row[key]] for key in keys if (key, row[key]) in answers), [])


def _status(row: Mapping[str, Any], asked: Iterable[str]) -> str:
    known = {*items(row["status"] or ""), *asked}
    # A link without its target adds nothing to one of the same kind with it.
    targets = {item.partition(":")[0] for item in known if ":" in item}
    known = {item for item in known if ":" in item or item not in targets}
    if RETRACTED not in flags(known) and _says_retracted(row):
        known.add("retraction_in")
    return "; ".join(sorted(known))


def _says_retracted(row: Mapping[str, Any]) -> bool:
    types = [item.casefold() for item in items(row.get("publication_types") or "")]
    title = " ".join(str(row.get("title") or "").casefold().split())
    return _RETRACTED_TYPE in types or title.startswith(_RETRACTED_TITLE)


def items(status: str | Iterable[str]) -> list[str]:
    """The links of a cell `status`."""
    # Not at ";" alone, which some DOIs hold.
    parts = status.split("; ") if isinstance(status, str) else status
    return [part.strip() for part in parts if part.strip()]


def _text(kind: str, target: str | None) -> str:
    return f"{kind}:{target}" if target else kind


def unread_notices(status: str, notes: Iterable[str | None]) -> list[str]:
    """The links that change what may be pooled and that no note of the extraction mentions.

    A note mentions a link by its PMID or DOI, or by its kind in words where it has no target.
    """
    said = " ".join(note.casefold() for note in notes if note)
    unread = []
    for item in items(status):
        kind, _, target = item.partition(":")
        name = re.escape((target or in_words(kind)).casefold())
        if kind in _FLAG_OF and not re.search(rf"(?<![\w.]){name}(?!\w)", said):
            unread.append(item)
    return unread


def in_words(item: str) -> str:
    """A link in words: "retraction_in:123" is "retraction in PMID 123"."""
    kind, _, target = item.partition(":")
    words = kind.replace("_", " ")
    if not target:
        return words
    return f"{words} PMID {target}" if target.isdigit() else f"{words} doi:{target}"
