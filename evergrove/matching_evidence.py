"""Two citation records, field by field: what agrees, what is unknown, what disagrees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from evergrove import normalise
from evergrove.matching_journals import same_journal
from evergrove.matching_titles import Title

# So many authors of each record are compared: long lists are cut off somewhere by most exports.
_NAMES = 16

Name = tuple[frozenset[str], frozenset[str], str]


# What stands among authors where there is nobody to name.
_NOBODY = frozenset(
    {"others", "et", "al", "anonymous", "anon", "no", "author", "authors", "authorship",
     "indicated", "listed", "available", "name", "not", "nan", "unknown"}
)  # fmt: skip
# Words by which a group is known that stands among authors, or for them.
_GROUP = frozenset(
    {"group", "investigators", "collaborators", "collaboration", "collaborative", "committee",
     "consortium", "network", "trialists", "study", "association", "organization", "organisation",
     "workgroup", "taskforce", "initiative", "registry", "project", "programme", "program",
     "council", "academy", "institute", "department", "ministry", "society", "cooperative"}
)  # fmt: skip


class Features:
    """One record in the form that is compared. Names are worked out when first asked for."""

    __slots__ = (
        "_nameless", "_names", "abstract", "authors", "dissertation", "doi", "first_page", "issue",
        "journal", "key", "kinds", "last_page", "pmcid", "pmid", "title", "volume", "year",
    )  # fmt: skip

    def __init__(self, record: Mapping[str, object]) -> None:
        get = record.get
        self.pmid = normalise.pmid(get("pmid"))
        self.pmcid = normalise.pmcid(get("pmcid"))
        self.doi = normalise.doi(get("doi"))
        title = get("title")
        self.title = normalise.title_words(str(title)) if title else ""
        self.key = self.title.replace(" ", "")
        self.authors = get("authors")
        self.year = normalise.year(get("year"))
        self.journal = str(get("journal") or get("journal_abbrev") or "")
        volume = get("volume")
        self.volume = normalise.volume(volume)
        self.issue = normalise.issue(get("issue"))
        self.first_page, self.last_page = normalise.pages(get("pages"))
        self.dissertation = _is_dissertation(self.journal, volume, get("pages"))
        self.abstract = _beginning(get("abstract"))
        self.kinds = _kinds(get("publication_types"), self.journal)
        self._names: list[Name] | None = None
        self._nameless = False

    @property
    def names(self) -> list[Name]:
        """The words of the first authors' names: those of the family, and all.

        Groups are left out where they stand among persons.
        """
        if self._names is None:
            authors = normalise.author_list(self.authors)[:_NAMES]
            names = [normalise.name_words(name) for name in authors]
            names = [name for name in names if not name[1] <= _NOBODY]
            persons = [name for name in names if name[1].isdisjoint(_GROUP)]
            self._nameless = not persons
            self._names = persons or names
        return self._names

    @property
    def nameless(self) -> bool:
        """Whether no person is among the authors: they are unknown, or groups."""
        if self._names is None:
            return self.names == [] or self._nameless
        return self._nameless


_DEGREES = frozenset({"ph d", "phd", "m d", "md", "ed d", "psy d", "d phil", "dphil", "m s", "m a"})


def _is_dissertation(journal: str, volume: object, pages: object) -> bool:
    """Whether a record is one of a dissertation: of Dissertation Abstracts, or of a degree."""
    if journal:
        return _journal_of(journal)[0]
    return bool(volume or pages) and normalise.fold(str(volume)) in _DEGREES


def _beginning(abstract: object) -> str:
    """The first letters of an abstract, by which two copies of it are recognised."""
    if not abstract:
        return ""
    return normalise.fold(str(abstract)[:300]).replace(" ", "")[:160]


_NOTICES = frozenset(
    {
        "published erratum", "erratum", "correction", "retraction of publication", "retraction",
        "expression of concern",
    }
)  # fmt: skip
_ABSTRACTS = frozenset({"conference abstract", "meeting abstract", "abstract"})
_PREPRINT_SERVERS = (
    "rxiv", "ssrn", "research square", "preprint", "osf", "authorea", "psyarxiv",
)  # fmt: skip


def _kinds(types: object, journal: str) -> frozenset[str]:
    """What a record calls itself: any of typed, notice, abstract, preprint."""
    found = set()
    if types and isinstance(types, Iterable) and not isinstance(types, str):
        names = {str(name).lower() for name in types}
        found.add("typed")
        if not _NOTICES.isdisjoint(names):
            found.add("notice")
        if not _ABSTRACTS.isdisjoint(names):
            found.add("abstract")
        if "preprint" in names:
            found.add("preprint")
    if journal and _journal_of(journal)[1]:
        found.add("preprint")
    return frozenset(found) if found else _NO_KIND


@lru_cache(maxsize=1 << 14)
def _journal_of(journal: str) -> tuple[bool, bool]:
    """Whether a journal's name is one of dissertations, and that of a server of preprints."""
    name = journal.lower()
    dissertations = "dissertation" in name or "thesis" in name
    return dissertations, any(server in name for server in _PREPRINT_SERVERS)


_NO_KIND: frozenset[str] = frozenset()


# --- evidence: +1 for, 0 nothing known, -1 against ----------------------------------------------


# Not frozen: one is made for every pair, and that would double its price.
@dataclass(slots=True)
class Evidence:
    """What the fields of two records say about each other: 1 agree, 0 unknown, -1 disagree.

    authors: 2 if the first and nearly all others agree, 1 if the first or half of them do.
    pages: 2 if a range of several pages agrees at both ends. year: 1 equal, 0 unknown or one
    year apart, -1 otherwise. abstract: 1 if both begin alike, else 0.
    """

    title: Title
    likeness: float
    authors: int
    journal: int
    volume: int
    issue: int
    pages: int
    year: int
    doi: int
    abstract: int


def weigh(a: Features, b: Features, title: Title, likeness: float) -> Evidence:
    """Compare two records field by field; their titles have been compared already."""
    journal = same_journal(a.journal, b.journal)
    return Evidence(
        title=title,
        likeness=likeness,
        authors=_authors(a, b),
        journal=0 if journal is None else 1 if journal else -1,
        volume=_volumes(a, b),
        issue=_equal(a.issue, b.issue),
        pages=compare_pages((a.first_page, a.last_page), (b.first_page, b.last_page)),
        year=_years(a.year, b.year),
        doi=_equal(a.doi, b.doi),
        abstract=_abstracts(a.abstract, b.abstract),
    )


def _authors(a: Features, b: Features) -> int:
    if a.authors == b.authors:
        return 2 if a.names else 0
    # A group may stand for the persons that another record names.
    return compare_authors(a.names, b.names) if a.nameless == b.nameless else 0


def _equal(a: str | None, b: str | None) -> int:
    if not a or not b:
        return 0
    return 1 if a == b else -1


def _abstracts(a: str, b: str) -> int:
    """1 if two abstracts begin alike; unlike beginnings may be labels or translations."""
    if len(a) < 80 or len(b) < 80:
        return 0
    return 1 if fuzz.ratio(a, b, score_cutoff=90) else 0


def _years(a: int | None, b: int | None) -> int:
    if a is None or b is None:
        return 0
    return 1 if a == b else 0 if abs(a - b) == 1 else -1


def _volumes(a: Features, b: Features) -> int:
    if not a.volume or not b.volume:
        return 0
    if a.volume == b.volume:
        return 1
    # Some databases give the year, or the issue, where the volume belongs.
    if str(a.year) == a.volume or str(b.year) == b.volume:
        return 0
    if a.volume == b.issue or b.volume == a.issue:
        return 0
    return -1


def many_pages(span: tuple[str, str]) -> bool:
    """Whether a range is longer than any letter."""
    return _length(span) >= 4


def coded_page(page: str) -> bool:
    """Whether a page has letters and so many figures that it is the number of an abstract."""
    return _CODED.match(page) is not None


_CODED = re.compile(r"[a-z]{1,3}[0-9]{3,}[a-z]?$")


def compare_pages(a: tuple[str, str], b: tuple[str, str]) -> int:
    """What two (first, last) pages say about each other.

    2: both ends agree, or the first pages do and one range has three pages or more; 1: a page
    agrees or lies in the other's range; 0: nothing known; -1: they differ.
    """
    if a == ("", "") or b == ("", ""):
        return 0
    if a == b:
        return 2 if a[1] and a[0] != a[1] else 1
    if _page(a[0]) and _page(a[0]) == _page(b[0]):
        return 2 if max(_length(a), _length(b)) >= 3 else 1
    if _page(a[1]) and _page(a[1]) == _page(b[1]):
        return 1
    if not a[0] or not b[0]:
        # Only the end of a damaged range is known, and it may be abbreviated: t-6 for 833-836.
        end, other = (a[1], b[1] or b[0]) if not a[0] else (b[1], a[1] or a[0])
        return 1 if other.endswith(_page(end)) else 0
    for one, two in ((a, b), (b, a)):
        if one[1] and _within(two[0], one):
            return 1
        if _counted_from_one(one) and not two[1]:
            return 0
    return -1


def _length(span: tuple[str, str]) -> int:
    """The number of pages of a range, 0 if it is none or unbelievably long."""
    first, last = _page(span[0]), _page(span[1])
    if not (first.isdecimal() and last.isdecimal()):
        return 0
    length = int(last) - int(first) + 1
    return length if length < 100 else 0


def _page(page: str) -> str:
    return page.strip("abcdefghijklmnopqrstuvwxyz")


def _within(page: str, span: tuple[str, str]) -> bool:
    page = _page(page)
    return (
        _length(span) > 0
        and page.isdecimal()
        and int(_page(span[0])) <= int(page) <= int(_page(span[1]))
    )


def _counted_from_one(span: tuple[str, str]) -> bool:
    """Whether a range counts the pages of an article that has a number, not pages."""
    return span[0] == "1" and span[1].isdecimal() and int(span[1]) < 60


def compare_authors(a: list[Name], b: list[Name]) -> int:
    """2: the first and four fifths of the shorter list agree; 1: the first, or half; 0; -1."""
    if not a or not b:
        return 0
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    # Most lists agree name by name; what is left is looked for elsewhere in the list.
    agree = [one is two or same_name(one, two) for one, two in zip(short, long, strict=False)]
    first = agree[0]
    found = sum(agree)
    if found < len(short):
        missing = [name for name, agrees in zip(short, agree, strict=True) if not agrees]
        spare = [name for name, agrees in zip(long, agree, strict=False) if not agrees]
        spare += long[len(short) :]
        for name in missing:
            at = next((at for at, other in enumerate(spare) if _share_family(name, other)), None)
            if at is not None:
                del spare[at]
                found += 1
    share = found / len(short)
    if first and share >= 0.8:
        return 2
    return 1 if first or share >= 0.5 else -1


def same_name(a: Name, b: Name) -> bool:
    """Whether two names may be one person's: a family word in common, or nearly so."""
    if not a[0].isdisjoint(b[1]) or not b[0].isdisjoint(a[1]):
        return True
    mine, other = a[2], b[2]
    if len(mine) < 4 or len(other) < 4:
        return False
    return fuzz.ratio(mine, other, score_cutoff=80) > 0


def _share_family(a: Name, b: Name) -> bool:
    return not a[0].isdisjoint(b[1]) or not b[0].isdisjoint(a[1])
