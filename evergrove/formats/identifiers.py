"""DOI, PMID and PMCID as exports write them, in their one plain form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\s?[^\s\"]+")
_TIDY = re.compile(r"10\.\d{4,9}/[A-Za-z0-9./_()-]*[A-Za-z0-9]$")
# In running text a DOI counts only where it is named as one.
_NAMED_DOI = re.compile(
    r"(?:\bdoi\s?[:=]?\s?(?:https?://(?:dx\.)?doi\.org/)?|doi\.org/)(10\.\d{4,9}(?:\.\d+)*/[^\s\"]+)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:doi:?\s?|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"]+)$",
    re.IGNORECASE,
)
# In notes only at the head of a note: "Erratum in: … doi: 10.…" names another paper.
_STATED_DOI = re.compile(
    r"(?:^|[\n;>])[ \t]*(?:doi\s?[:=]?\s?)(?:https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"]+)"
    r"|(?:^|[\n;])[ \t]*(10\.\d{4,9}(?:\.\d+)*/[^\s\"\[]+)\s?\[doi\]",
    re.IGNORECASE,
)
_STATED_PMID = re.compile(
    r"(?:^|[\n;>])[ \t]*(?:PMID|PubMed(?:\s?ID)?)\s?[:=]?\s?0*([1-9]\d{3,7})(?![\d.-])"
    r"|(?<!\d)([1-9]\d{3,7})\s?\[pmid\]"
    # EBSCO's own, at the end of a long note: "NLM UID: 9102229. PMID: NLM23803397."
    r"|\bPMID: NLM0*([1-9]\d{3,7})\b",
    re.IGNORECASE,
)
_URL_DOI = re.compile(
    r"(?:[?&;](?:rft_)?(?:doi|id)=(?:doi:|info:doi/)?)(10\.\d{4,9}[^&\s\"]+)", re.IGNORECASE
)
_GLUED_TAG = re.compile(r"[A-Z][A-Z0-9]  ?-(?: |$)")
_PMID = re.compile(r"0*([1-9]\d{0,7})(?:\.0)?$")
_NAMED_PMID = re.compile(
    r"(?:\bPMID|\bMEDLINE|\bPubMed(?:\s?(?:ID|UID))?)\s?[:=-]?\s?0*([1-9]\d{3,7})(?![\d.-])"
    r"|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(?:\?term=)?([1-9]\d{3,7})\b"
    r"|(?<!\d)([1-9]\d{3,7})\s?\[pmid\]",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\s?[:-]?\s?(?:PMC)?(\d{3,9})", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"(?:[A-Za-z]{0,2}\d{2,9}|bmj\.[a-z]\d+)$")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}


def doi(text: str | None) -> str | None:
    """The first DOI in a field that is meant for one: lower case, no prefix, no trailing marks."""
    if not text:
        return None
    if _TIDY.match(text):
        return text.lower()
    match = _DOI.search(text)
    if match is None:
        if "%" not in text:
            return None
        match = _DOI.search(unquote(text))
        if match is None:
            return None
    return _trimmed(match.group())


def doi_alone(text: str) -> str | None:
    """The DOI in a text that is nothing else than one, with or without a prefix."""
    match = _ALONE.match(text.strip())
    return _trimmed(match.group(1)) if match else None


def doi_named_in(texts: Iterable[str]) -> str | None:
    """The first DOI in running text ("doi: 10.…", an address of doi.org), or None."""
    for text in texts:
        if "10." in text:
            match = _NAMED_DOI.search(text)
            if match:
                return _trimmed(match.group(1))
    return None


def doi_stated(text: str) -> str | None:
    """The DOI with which a note, or a line of it, begins; other DOIs in it are of other papers."""
    if "10." not in text:
        return None
    match = _STATED_DOI.search(text)
    if match:
        return _trimmed(match.group(1) or match.group(2))
    return doi_alone(text)


def doi_in_url(url: str) -> str | None:
    """The DOI in an address of doi.org, or in a parameter of another address."""
    if "10." not in url:
        return None
    match = _URL_DOI.search(url)
    return _trimmed(match.group(1)) if match else doi_named_in([url])


def pmid_stated(text: str) -> str | None:
    """The PMID with which a note, or a line of it, begins, or None."""
    if not _names_pmid(text):
        return None
    match = _STATED_PMID.search(text)
    return next(filter(None, match.groups())) if match else None


def _trimmed(found: str) -> str:
    if "  -" in found or " -" in found:
        found = _GLUED_TAG.split(found)[0]
    if "%" in found:
        found = unquote(found)
    if "&" in found:
        from evergrove.formats.text import unescape

        found = unescape(found)
    found = found.replace(" ", "").lower()
    while True:
        last = found[-1]
        if last.isalnum():
            return found
        if last in ".,;:'’”|\\" or (
            last in _CLOSERS and found.count(last) > found.count(_CLOSERS[last])
        ):
            found = found[:-1]
        else:
            return found


def pmid(text: str | None) -> str | None:
    """The PMID in a field that is meant for one: digits without leading zeros, or None."""
    if not text:
        return None
    if len(text) < 9 and text.isdecimal() and text.isascii() and text[0] != "0":
        return text
    match = _PMID.match(text.strip()) if text[:1] in "0123456789 " else None
    return match.group(1) if match else pmid_named_in(text) or _leading_pmid(text)


def pmid_named_in(text: str) -> str | None:
    """The PMID that a text names as one ("PMID: 123", "PUBMED 123", "123[pmid]"), or None."""
    if not _names_pmid(text):
        return None
    match = _NAMED_PMID.search(text)
    return next(filter(None, match.groups())) if match else None


def _names_pmid(text: str) -> bool:
    # Plain searches first: the patterns cost a hundred times as much, and most texts have none.
    if text.isdecimal():
        return False
    text = text.lower()
    return "pmid" in text or "pubmed" in text or "medline" in text


def _leading_pmid(text: str) -> str | None:
    match = re.match(r"\s*0*([1-9]\d{0,7})(?![\d.-])(?:\s|$)", text)
    return match.group(1) if match else None


def pmcid(text: str | None) -> str | None:
    """The PMCID in a text, as ``PMC`` and digits, or None."""
    if not text or "pmc" not in text.lower():
        return None
    match = _PMCID.search(text)
    return f"PMC{match.group(1)}" if match else None


def is_article_number(pii: str) -> bool:
    """Whether a publisher's item identifier is the number that stands in for pages ("e12345")."""
    return _ARTICLE_NUMBER.match(pii) is not None
