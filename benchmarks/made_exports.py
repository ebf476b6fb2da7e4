"""Exports of made-up citations, written as PubMed and as programs that speak RIS write them.

The records are as long as real ones: abstracts of some 1,500 characters, wrapped or on one line,
authors with affiliations, MeSH, keywords, dates, identifiers. A few have what few real ones have:
letters with accents, character references, markup, a group among the authors, a notice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made_citations import Report, invented_words, make_reports

# MEDLINE text is 90 columns wide, of which six are the tag's.
_WIDTH = 84
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COUNTRIES = ("England", "United States", "Netherlands", "Germany", "Japan", "Brazil")
_TYPES = ("Randomized Controlled Trial", "Multicenter Study", "Review", "Comparative Study", "")
_ODD = ("naïve", "Müller’s", "p&lt;0.05", "5 &amp; 6", "<i>in vitro</i>", "α-blocker", "≥ 3")


def write_nbib(path: Path, n: int, *, odd_record: bool = False) -> None:
    """A file of n records as PubMed saves them; an `odd_record` in the middle lost its columns."""
    rng = random.Random(2)
    sentences = _sentences(rng)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, report in enumerate(make_reports(n, seed=3)):
            text = "\n".join(_nbib(rng, sentences, report, 10_000_000 + number)) + "\n\n"
            if odd_record and number == n // 2:
                text = text.replace("AB  - ", "AB - ")
            out.write(text)


def write_ris(path: Path, n: int, *, wrapped: bool = False, odd_record: bool = False) -> None:
    """A file of n RIS records, each value on one line or `wrapped`, as reference managers do.

    An `odd_record` in the middle has no ER.
    """
    rng = random.Random(4)
    sentences = _sentences(rng)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, report in enumerate(make_reports(n, seed=5)):
            lines = _ris(rng, sentences, report, number, wrapped=wrapped)
            text = "\n".join(lines) + "\n\n"
            if odd_record and number == n // 2:
                text = text.replace("ER  - \n", "")
            out.write(text)


def _nbib(rng: random.Random, sentences: list[str], report: Report, pmid: int) -> Iterator[str]:
    month = rng.choice(_MONTHS)
    day = f"{report.year}/{rng.randint(1, 12):02}/{rng.randint(1, 28):02}"
    stamp = day.replace("/", "")
    brief = " ".join(word[:5] for word in report.journal.split() if len(word) > 3)
    place = f"{report.volume}({report.issue}):{report.first}-{report.last}"
    yield f"PMID- {pmid}"
    yield from ("OWN - NLM", "STAT- MEDLINE", f"DCOM- {stamp}", f"LR  - {stamp}")
    yield from (f"IS  - {_issn(rng)} (Electronic)", f"IS  - {_issn(rng)} (Linking)")
    yield from (f"VI  - {report.volume}", f"IP  - {report.issue}", f"DP  - {report.year} {month}")
    yield from _wrap("TI  - ", f"{report.title}.")
    yield f"PG  - {report.first}-{str(report.last)[-2:]}"
    yield f"LID - {report.doi} [doi]"
    yield from _wrap("AB  - ", _abstract(rng, sentences))
    if rng.random() < 0.4:
        yield from _wrap("CI  - ", f"Copyright (c) {report.year} {rng.choice(sentences)}")
    for place_of_author, (family, given) in enumerate(report.authors):
        initials = "".join(part[0] for part in given.split())
        yield f"FAU - {family}, {given.rstrip('.')}"
        yield f"AU  - {family} {initials}"
        if rng.random() < 0.3:
            yield f"AUID- ORCID: 0000-000{rng.randint(1, 3)}-{_issn(rng)}-{_issn(rng)[:4]}"
        if place_of_author == 0 or report.year > 2013:
            yield from _wrap("AD  - ", f"Department of {rng.choice(sentences)}")
    if rng.random() < 0.03:
        yield "CN  - Invented Trialists Group"
    yield from ("LA  - eng", "PT  - Journal Article")
    if kind := rng.choice(_TYPES):
        yield f"PT  - {kind}"
    yield from (f"DEP - {stamp}", f"PL  - {rng.choice(_COUNTRIES)}")
    yield from (f"TA  - {brief}", f"JT  - {report.journal}", f"JID - {rng.randint(10**6, 10**7)}")
    yield from ("RN  - 0 (Bone Cements)", "SB  - IM")
    if rng.random() < 0.05:
        yield f"CIN - {brief}. {report.year} {month};{place}. doi: {report.doi}. PMID: {pmid + 7}"
    if rng.random() < 0.02:
        yield f"EIN - {brief}. {report.year} {month};{place}. PMID: {pmid + 9}"
    for heading in _headings(rng, sentences):
        yield f"MH  - {heading}"
    if rng.random() < 0.5:
        yield "OTO - NOTNLM"
        yield from (f"OT  - {rng.choice(sentences).split(' ')[0]}" for _ in range(5))
    yield from (f"EDAT- {day} 06:00", f"MHDA- {day} 06:00", f"CRDT- {day} 06:00")
    for state in ("received", "revised", "accepted", "pubmed", "medline"):
        yield f"PHST- {day} 00:00 [{state}]"
    yield from (f"AID - S{_issn(rng)}({pmid % 1000}) [pii]", f"AID - {report.doi} [doi]")
    yield "PST - ppublish"
    yield from _wrap("SO  - ", f"{brief}. {report.year} {month};{place}. doi: {report.doi}.")


def _ris(
    rng: random.Random, sentences: list[str], report: Report, number: int, *, wrapped: bool
) -> Iterator[str]:
    wrap = _wrap if wrapped else _on_one_line
    yield "TY  - JOUR"
    yield from (f"AU  - {family}, {given}" for family, given in report.authors)
    yield from wrap("TI  - ", report.title)
    yield from (f"PY  - {report.year}", f"DA  - {report.year}/{rng.randint(1, 12):02}//")
    yield from (f"T2  - {report.journal}", f"J2  - {report.journal[:4]}. {report.journal[-5:]}.")
    yield from (f"VL  - {report.volume}", f"IS  - {report.issue}")
    yield from (f"SP  - {report.first}", f"EP  - {report.last}")
    yield f"DO  - {report.doi}"
    yield f"UR  - https://search.invalid/record?eid=2-s2.0-{number:010}&doi={report.doi}"
    yield from wrap("AD  - ", "; ".join(rng.choice(sentences) for _ in report.authors))
    yield from wrap("AB  - ", _abstract(rng, sentences))
    keywords = list(_headings(rng, sentences))
    if wrapped:
        # As EndNote writes them: the tag before the first only.
        yield from (f"KW  - {keywords[0]}", *keywords[1:])
    else:
        yield from (f"KW  - {keyword}" for keyword in keywords)
    yield from (f"SN  - {_issn(rng)}", "LA  - English", "DB  - Invented Index")
    yield from wrap("N1  - ", f"Cited By: {rng.randint(0, 90)}; Export Date: 1 March 2024")
    if rng.random() < 0.3:
        yield f"C5  - {rng.randint(10**7, 4 * 10**7)}"
    yield "M3  - Article"
    yield "ER  - "


def _sentences(rng: random.Random) -> list[str]:
    """Sentences of 12 to 24 words, of which abstracts, affiliations and headings are made."""
    made = []
    for _ in range(4000):
        words = invented_words(rng, rng.randint(9, 20))
        if rng.random() < 0.01:
            words[rng.randrange(len(words))] = rng.choice(_ODD)
        figures = rng.choice(
            ("", "", f" ({rng.randint(2, 90)}%)", f" (P = 0.0{rng.randint(1, 9)})")
        )
        made.append(f"{' '.join(words).capitalize()}{figures}.")
    return made


def _abstract(rng: random.Random, sentences: list[str]) -> str:
    parts = ("BACKGROUND: ", "", "METHODS: ", "", "", "RESULTS: ", "", "", "CONCLUSIONS: ", "")
    labelled = rng.random() < 0.5
    return " ".join(
        f"{label if labelled else ''}{rng.choice(sentences)}"
        for label in parts[: rng.randint(6, 10)]
    )


def _headings(rng: random.Random, sentences: list[str]) -> Iterator[str]:
    yield from ("Humans", "Adult", "Aged", "Female", "Male")
    for _ in range(rng.randint(3, 9)):
        words = rng.choice(sentences).rstrip(".").split(" ")
        yield f"*{words[0]} {words[1]}/therapy" if rng.random() < 0.4 else f"{words[0]} {words[2]}"


def _issn(rng: random.Random) -> str:
    return f"{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}"


def _on_one_line(tag: str, text: str) -> Iterator[str]:
    yield tag + text


def _wrap(tag: str, text: str) -> Iterator[str]:
    """The tag and the text, in lines of 90 columns, the further ones set in by six."""
    begin = tag
    while len(text) > _WIDTH:
        at = text.rfind(" ", 0, _WIDTH + 1)
        at = at if at > 0 else _WIDTH
        # As in PubMed's own, the space at a line's end stays where it is the last that fits.
        yield begin + text[:at] + (" " if at == _WIDTH - 1 else "")
        begin, text = "      ", text[at:].lstrip()
    yield begin + text
