"""Citations made up at any number, with the truth about which are one report.

Reports have invented words, names and journals. Duplicates of a report differ from it as exports
differ: abbreviated journals, initials, inverted names, changed punctuation, spelling and slips,
missing or badly written DOIs, pages cut short, volumes with supplements, years one off. Beside
them stand reports that must stay apart: conference abstracts with the title of a paper, parts I
and II, errata, abstracts of one supplement under one DOI, columns that bear one title each year.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace


def _split(words: str) -> list[str]:
    return words.split()


_STEMS = _split(
    """
    cardi hepat neur oste arthr gastr nephr derm pulmon hemat cyt vascul lumb sacr thorac crani
    myel uter gland ren bronch aort ven lymph gingiv retin corne tend cartilag synovi pancreat
    splen thyr adren pituit mening cerebell cortic thalam hippocamp striat
    """
)
_ENDINGS = _split(
    """
    itis osis ectomy plasty pathy oma algia ostomy ography oscopy ology otomy opexy emia uria
    genesis lysis trophy plegia stasis therapy gram metry cele rrhage dynia sclerosis malacia
    """
)
_PLAIN = _split(
    """
    treatment outcome patients women men children pain function quality life surgery risk score
    screening diagnosis recurrence survival mortality exercise training memory stroke injury
    fracture cancer infection vaccine prevalence incidence cost cement balloon needle radiation
    cohort register hospital community primary care management review follow-up
    """
)
_DESIGNS = (
    "a randomised controlled trial",
    "a systematic review",
    "a prospective cohort study",
    "a pilot study",
    "results of a multicentre trial",
    "a case-control study",
    "a cost-effectiveness analysis",
    "",
    "",
    "",
)
_FAMILIES = _split(
    """
    Wang Li Zhang Chen Kim Lee Nguyen Smith Singh Garcia Muller Rossi Silva Jansen Novak Ivanov
    """
)
_SYLLABLES = _split(
    """
    ba ber da del fa gar hol jan ka kor lin mar na nor pol ra ros sa stein ta ver wal
    """
)
_GIVEN = _split(
    """
    Anna Boris Carla David Elena Farid Greta Hiro Ines Jonas Karin Luis Maria Noel Olga Pavel
    Quentin Rosa Stefan Tamar Ulla Viktor Wanda Xenia Yusuf Zoe
    """
)
_FIELDS = _split(
    """
    Cardiology Surgery Radiology Oncology Neurology Orthopaedics Rehabilitation Nursing
    Nutrition Pathology Pediatrics Psychiatry Urology Immunology Genetics Anesthesia Dermatology
    Medicine Epidemiology Toxicology Pharmacology Rheumatology Gynecology Hematology
    """
)
_KINDS = (
    "Journal of {0}",
    "European Journal of {0} and {1}",
    "{0}",
    "Annals of {0} & {1}",
    "The American Journal of Clinical {0}",
    "International Archives of {0} Research",
    "Acta {0}",
    "BMC {0}",
    "{0} Letters: Official Journal of the {0} Society",
)
_SPELLINGS = (("randomised", "randomized"), ("centre", "center"), ("paed", "ped"), ("aem", "em"))


@dataclass(frozen=True)
class Report:
    """One made-up report; `key` is the truth."""

    key: int
    title: str
    authors: tuple[tuple[str, str], ...]
    year: int
    journal: str
    volume: int
    issue: int
    first: int
    last: int
    doi: str


def make_citations(n: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """About n rows for `evergrove dedupe`, with the key of their report in column `truth`."""
    rng = random.Random(seed)
    journals = _journals(rng)
    made = 0
    key = 0
    while made < n:
        reports = _family(rng, journals, key)
        key += len(reports)
        for report in reports:
            copies = 1 if rng.random() < 0.72 else rng.choice((2, 2, 2, 3, 4))
            for copy in range(copies):
                yield {"id": f"r{made}"} | _row(rng, report, exact=copy == 0)
                made += 1


def make_reports(n: int, seed: int = 1) -> Iterator[Report]:
    """n reports, each once."""
    rng = random.Random(seed)
    journals = _journals(rng)
    return (_report(rng, journals, key) for key in range(n))


def invented_words(rng: random.Random, n: int) -> list[str]:
    """n words of a text, with small ones among them."""
    words = [_word(rng) for _ in range(n)]
    for place in range(2, n - 1, 3):
        words[place] = rng.choice(("of", "in", "and", "after", "for", "with"))
    return words


def _journals(rng: random.Random) -> list[str]:
    names = {
        rng.choice(_KINDS).format(rng.choice(_FIELDS), rng.choice(_FIELDS)) for _ in range(1500)
    }
    return sorted(names)


def _family(rng: random.Random, journals: list[str], key: int) -> list[Report]:
    """A report, and sometimes others that look like it and are not."""
    report = _report(rng, journals, key)
    luck = rng.random()
    if luck < 0.03:
        # The conference abstract of the paper.
        other = rng.choice(journals)
        while other == report.journal:
            other = rng.choice(journals)
        page = rng.randint(1, 900)
        abstract = replace(
            report, key=key + 1, journal=other, volume=rng.randint(1, 90), first=page, last=page,
            year=report.year - rng.choice((0, 1, 2)), doi="",
        )  # fmt: skip
        return [report, abstract]
    if luck < 0.05:
        second = replace(
            report, key=key + 1, title=f"{report.title}. Part II", first=report.last + 1,
            last=report.last + 9, doi=f"{report.doi}.2",
        )  # fmt: skip
        return [replace(report, title=f"{report.title}. Part I"), second]
    if luck < 0.06:
        erratum = replace(
            report, key=key + 1, title=f"Erratum to: {report.title}", first=report.last + 300,
            last=report.last + 300, year=report.year + 1, volume=report.volume + 1, doi="",
        )  # fmt: skip
        return [report, erratum]
    if luck < 0.065:
        size = rng.randint(2, 12)
        page = rng.randint(1, 400)
        return [
            replace(
                _report(rng, journals, key + at), journal=report.journal, year=report.year,
                volume=report.volume, first=page + at, last=page + at, doi=report.doi,
            )
            for at in range(size)
        ]  # fmt: skip
    if luck < 0.067:
        title = f"Introduction to the track on {report.title.lower()}"
        return [
            replace(
                report, key=key + at, title=title, year=report.year + at, volume=0, doi="",
                first=report.first + 50 * at, last=report.first + 50 * at + 1,
            )
            for at in range(3)
        ]  # fmt: skip
    return [report]


def _report(rng: random.Random, journals: list[str], key: int) -> Report:
    first = rng.randint(1, 1900)
    year = int(2024 - min(rng.expovariate(0.09), 44))
    return Report(
        key=key,
        title=_title(rng),
        authors=tuple(_name(rng) for _ in range(rng.choice((1, 2, 3, 4, 5, 6, 7, 9)))),
        year=year,
        journal=rng.choice(journals),
        volume=max(1, year - 1960 - rng.randint(0, 15)),
        issue=rng.randint(1, 12),
        first=first,
        last=first + rng.randint(3, 14),
        doi=f"10.{rng.randint(1000, 1400)}/{rng.choice('abcdefgh')}.{year}.{key:07d}",
    )


def _title(rng: random.Random) -> str:
    title = " ".join(invented_words(rng, rng.randint(4, 11))).capitalize()
    design = rng.choice(_DESIGNS)
    return f"{title}: {design}" if design else title


def _word(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(_PLAIN)
    middle = rng.choice(("o", "o", "i", "a", "oid", "al"))
    return f"{rng.choice(_STEMS)}{middle}{rng.choice(_ENDINGS)}"


def _name(rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.25:
        family = rng.choice(_FAMILIES)
    else:
        family = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((2, 2, 3)))).capitalize()
        if rng.random() < 0.03:
            family = f"van {family}"
    given = rng.choice(_GIVEN)
    return family, f"{given} {rng.choice('ABCDEFGHJKLM')}." if rng.random() < 0.5 else given


# --- one export's way of writing it -------------------------------------------------------------


def _row(rng: random.Random, report: Report, *, exact: bool) -> dict[str, str]:
    pages = f"{report.first}-{report.last}" if report.last > report.first else str(report.first)
    row = {
        "title": report.title,
        "authors": " and ".join(f"{family}, {given}" for family, given in report.authors),
        "year": str(report.year),
        "journal": report.journal,
        "volume": str(report.volume or ""),
        "issue": str(report.issue),
        "pages": pages,
        "doi": report.doi if rng.random() < 0.6 else "",
        "truth": str(report.key),
    }
    if exact:
        return row
    row["title"] = _other_title(rng, row["title"])
    row["authors"] = _other_authors(rng, report.authors)
    row["journal"] = _other_journal(rng, row["journal"])
    if row["doi"]:
        row["doi"] = rng.choice(("{}", "https://doi.org/{}", "DOI: {}", "{}.")).format(
            row["doi"].upper() if rng.random() < 0.3 else row["doi"]
        )
    luck = rng.random()
    if luck < 0.3 and report.last > report.first:
        row["pages"] = _short_pages(report.first, report.last)
    elif luck < 0.35:
        row["pages"] = ""
    luck = rng.random()
    if luck < 0.03 and row["pages"]:
        row["volume"] = ""
    elif luck < 0.06 and row["volume"]:
        row["volume"] += " Suppl 1"
    if rng.random() < 0.4:
        row["issue"] = ""
    if rng.random() < 0.02 and row["pages"] and row["volume"]:
        row["year"] = str(report.year + rng.choice((-1, 1)))
    return row


def _other_title(rng: random.Random, title: str) -> str:
    luck = rng.random()
    if luck < 0.2:
        title = title.title()
    elif luck < 0.3:
        title = title.upper()
    if rng.random() < 0.3:
        title = title.replace(": ", rng.choice((" - ", ". ", "--", "; ")))
    if rng.random() < 0.3:
        title += rng.choice((".", ". [Review] [45 refs]", " [English]", " (Structured abstract)"))
    if rng.random() < 0.2:
        for old, new in _SPELLINGS:
            title = title.replace(old, new)
    if rng.random() < 0.08:
        title = _slip(rng, title)
    return title


def _slip(rng: random.Random, title: str) -> str:
    """One letter inside a long word is lost, doubled or exchanged."""
    words = title.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha()]
    if not long:
        return title
    place = rng.choice(long)
    word = words[place]
    at = rng.randint(2, len(word) - 3)
    words[place] = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return " ".join(words)


def _other_authors(rng: random.Random, authors: tuple[tuple[str, str], ...]) -> str:
    luck = rng.random()
    if luck < 0.05:
        return ""
    if luck < 0.1:
        authors = authors[: max(1, len(authors) // 2)]
    if luck < 0.15:
        return " and ".join(f"{given}, {family}" for family, given in authors)
    initials = [
        (family, [part[0] for part in given.replace(".", "").split()]) for family, given in authors
    ]
    if luck < 0.5:
        return "; ".join(f"{family}, {'. '.join(first)}." for family, first in initials)
    if luck < 0.8:
        return ", ".join(f"{family} {''.join(first)}" for family, first in initials)
    return " and ".join(f"{given} {family}" for family, given in authors)


def _other_journal(rng: random.Random, journal: str) -> str:
    luck = rng.random()
    if luck < 0.4:
        small = {"of", "the", "and", "&"}
        head = journal.partition(":")[0]
        words = [word for word in head.split() if word.lower() not in small]
        if len(words) == 1:
            return words[0]
        return " ".join(word if len(word) < 5 else word[: 4 + len(word) % 2] for word in words)
    if luck < 0.5:
        return journal.replace("&", "and") if "&" in journal else journal.replace(" and ", " & ")
    if luck < 0.6:
        return f"{journal} (Online)"
    if luck < 0.7:
        return journal.upper()
    return journal


def _short_pages(first: int, last: int) -> str:
    one, two = str(first), str(last)
    if len(one) != len(two):
        return f"{one}--{two}"
    shared = 0
    while one[shared] == two[shared]:
        shared += 1
    return f"{one}-{two[shared:]}"
