"""Links from a report to its retraction, erratum, correction, concern, update or comment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evergrove.formats.identifiers import doi
from evergrove.formats.text import has_any

# Kind, MEDLINE tag, RefType of the PubMed XML. "…_in" stands on the paper, "…_of/_for/_from/_on"
# on the notice: a notice must never be taken for a retracted paper. Plain republication (RPI,
# RPF), summaries, citations and data sets are no links of status and stay in the raw tags.
_KINDS = (
    ("retraction_in", "RIN", "RetractionIn"),
    ("retraction_of", "ROF", "RetractionOf"),
    ("partial_retraction_in", "PRIN", "PartialRetractionIn"),
    ("partial_retraction_of", "PROF", "PartialRetractionOf"),
    ("erratum_in", "EIN", "ErratumIn"),
    ("erratum_for", "EFR", "ErratumFor"),
    ("concern_in", "ECI", "ExpressionOfConcernIn"),
    ("concern_for", "ECF", "ExpressionOfConcernFor"),
    ("corrected_republished_in", "CRI", "CorrectedandRepublishedIn"),
    ("corrected_republished_from", "CRF", "CorrectedandRepublishedFrom"),
    ("retracted_republished_in", "RRI", "RetractedandRepublishedIn"),
    ("retracted_republished_from", "RRF", "RetractedandRepublishedFrom"),
    ("update_in", "UIN", "UpdateIn"),
    ("update_of", "UOF", "UpdateOf"),
    ("comment_in", "CIN", "CommentIn"),
    ("comment_on", "CON", "CommentOn"),
)
KINDS = tuple(kind for kind, _, _ in _KINDS)
BY_TAG = {tag: kind for kind, tag, _ in _KINDS}
BY_REF_TYPE = {name.lower(): kind for kind, _, name in _KINDS}
_TAGS = frozenset(BY_TAG)
_PMID = re.compile(r"\b(?:PMID|MEDLINE|PubMed(?: ID)?):?\s*(\d{1,8})\b", re.IGNORECASE)
# The same in words, as Ovid and EndNote keep them: "Erratum in: Pain. 2013;…", "Comment in (CIN)".
_WORDS = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("andR", " and R")).lower(): kind
    for kind, _, name in _KINDS
}
_PHRASE = re.compile(
    r"(?:^|(?<=[;.\]\n]))[ \t]*(?:\[[ \t]*)?"
    r"(partial retraction|retraction|erratum|expression of concern"
    r"|corrected and republished|retracted and republished|update|comment)\s+(in|of|for|from|on)\s*"
    r"(?:\(\w{3,4}\)\s*:?|:)\s*",
    re.IGNORECASE,
)

_HINTS = ("retraction", "erratum", "concern", "republished", "update", "comment")

StatusLink = dict[str, str | None]


def link(kind: str, note: str | None, pmid: str | None = None) -> StatusLink:
    """One status link; PMID and DOI are taken from the note where they are not given."""
    note = " ".join(note.split()) if note else None
    if pmid is None and note:
        match = _PMID.search(note)
        pmid = match.group(1).lstrip("0") or None if match else None
    return {"kind": kind, "pmid": pmid, "doi": doi(note), "note": note or None}


def links_by_tag(tags: dict[str, list[str]]) -> list[StatusLink]:
    """The links in the tags of a MEDLINE record, in the order of the tags."""
    if _TAGS.isdisjoint(tags):
        return []
    return [link(BY_TAG[tag], note) for tag in tags if tag in BY_TAG for note in tags[tag]]


def links_in_words(texts: Iterable[str]) -> list[StatusLink]:
    """The links that notes state in words, each up to the next one."""
    links = []
    for text in texts:
        if not has_any(text.lower(), _HINTS):
            continue
        marks = list(_PHRASE.finditer(text))
        for number, mark in enumerate(marks):
            kind = _WORDS.get(f"{mark.group(1)} {mark.group(2)}".lower())
            stop = marks[number + 1].start() if number + 1 < len(marks) else len(text)
            if kind:
                note = text[mark.end() : stop].split("\n")[0]
                links.append(link(kind, note.strip(" ;[]")))
    return links
