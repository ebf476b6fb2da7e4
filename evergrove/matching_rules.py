"""The verdict on two citation records: one report, perhaps, reports of one study, or unrelated.

The rules weigh title, authors and place (journal, year, volume, pages). An identifier adds to
them and never decides alone, because exports hold wrong ones and supplements share one. Each
verdict names its rule and what was seen, so that a person can judge it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from evergrove.matching_evidence import Evidence, Features, coded_page, many_pages, weigh
from evergrove.matching_titles import Title, compare_titles


class Verdict(Enum):
    """What two records are to each other."""

    SAME = "same report"
    MAYBE = "possible duplicate"
    RELATED = "same study"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict, the rule that gave it, what the rule saw, and how strong that is (0 to 100)."""

    verdict: Verdict
    rule: str = ""
    detail: str = ""
    strength: int = 0


_DIFFERENT = Finding(Verdict.DIFFERENT)


def judge(a: Features, b: Features) -> Finding:
    """The verdict on two records."""
    title, likeness = Title.OTHER, 0.0
    if a.title and b.title:
        title, likeness = compare_titles(a.title, a.key, b.title, b.key)
    if _nothing_to_weigh(a, b, title, likeness):
        return _DIFFERENT
    if title is Title.EXACT and _identical(a, b) and not (a.pmid and b.pmid and a.pmid != b.pmid):
        return Finding(Verdict.SAME, "identical", "all fields are equal", 99)
    seen = weigh(a, b, title, likeness)
    if a.pmid and a.pmid == b.pmid:
        return _one_identifier("PMID", a.pmid, a, b, seen)
    if a.pmcid and a.pmcid == b.pmcid:
        found = _one_identifier("PMCID", a.pmcid, a, b, seen)
    else:
        found = _by_text(a, b, seen)
        if seen.doi == 1 and found.verdict is not Verdict.SAME:
            found = _one_doi(a, b, seen, found)
    if a.pmid and b.pmid and found.verdict is Verdict.SAME:
        return Finding(Verdict.MAYBE, "two PMIDs", f"{found.detail}; but {a.pmid} and {b.pmid}")
    return found


def _nothing_to_weigh(a: Features, b: Features, title: Title, likeness: float) -> bool:
    """Whether no rule can say more than "different": most pairs, so the rest is not compared."""
    if title > Title.NUMBER or likeness >= 0.75:
        return False
    if title is Title.NOTICE:
        return False
    one_place = a.volume == b.volume and a.first_page == b.first_page and a.last_page == b.last_page
    return not (
        (one_place and a.first_page)
        or (a.doi and a.doi == b.doi)
        or (a.pmid and a.pmid == b.pmid)
        or (a.pmcid and a.pmcid == b.pmcid)
    )


def _one_identifier(kind: str, value: str, a: Features, b: Features, seen: Evidence) -> Finding:
    if not a.title or not b.title or seen.title >= Title.NUMBER or seen.likeness >= 0.8:
        return Finding(Verdict.SAME, kind, f"{kind} {value}", 100)
    if seen.pages > 0 and seen.volume > 0 and seen.authors > 0:
        return Finding(Verdict.SAME, kind, f"{kind} {value}; volume, pages, authors", 95)
    return Finding(Verdict.MAYBE, f"{kind} only", f"{kind} {value}, but the titles differ")


def _one_doi(a: Features, b: Features, seen: Evidence, found: Finding) -> Finding:
    """One DOI on two records that the text alone did not join."""
    against = (seen.volume < 0) + (seen.pages < 0) + (seen.year < 0)
    column = against and not _informative(a, b)
    # Other authors and nothing else against it: the authors are garbled, or the editors.
    alone = seen.title is Title.EXACT and not against and seen.year > 0 and _informative(a, b)
    people = seen.authors >= 0 or alone
    if seen.title >= Title.NEAR and people and against < 2 and not column:
        return Finding(Verdict.SAME, "DOI and title", f"DOI {a.doi}; {_said(seen)}", 90)
    if seen.title is Title.PART and seen.authors > 0 and not against:
        return Finding(Verdict.SAME, "DOI and title", f"DOI {a.doi}; {_said(seen)}", 85)
    if seen.title is Title.NOTICE:
        return found
    if seen.likeness >= 0.6 or seen.authors > 0 or not a.title or not b.title:
        return Finding(Verdict.MAYBE, "DOI only", f"DOI {a.doi}, but not enough else agrees")
    return found


def _by_text(a: Features, b: Features, seen: Evidence) -> Finding:
    """The verdict without identifiers that agree."""
    if seen.title is Title.NOTICE:
        akin = seen.authors > 0 or (seen.authors == 0 and seen.journal > 0)
        return _related(a, b, seen) if akin else _DIFFERENT
    if seen.title is Title.OTHER and seen.likeness < 0.8:
        return _other_title(seen)
    if seen.authors < 0:
        # Letters on one matter have one title and one place, and are short.
        whole = seen.title is Title.EXACT and _informative(a, b) and _both_long(a, b, seen)
        if whole and seen.journal > 0 and seen.volume > 0 and seen.year > 0:
            return _same("title and place, authors differ", seen, 60)
        return _DIFFERENT
    if _two_kinds(a, b, seen):
        return _related(a, b, seen) if seen.title >= Title.PART else _DIFFERENT
    if _one_dissertation(a, b, seen):
        return _same("dissertation", seen, 60)
    if _one_place(a, b, seen):
        return _same("title, authors and place", seen, 50 + 5 * int(seen.title))
    return _not_joined(a, b, seen)


def _two_kinds(a: Features, b: Features, seen: Evidence) -> bool:
    """Whether the records call themselves things that are reports of their own."""
    unlike = a.kinds ^ b.kinds
    if "preprint" in unlike:
        return True
    if "typed" not in a.kinds & b.kinds:
        return False
    return "notice" in unlike or (
        "abstract" in unlike and not (seen.volume > 0 and seen.pages > 0 and seen.journal >= 0)
    )


def _both_long(a: Features, b: Features, seen: Evidence) -> bool:
    pages = (a.first_page, a.last_page), (b.first_page, b.last_page)
    return seen.pages == 2 and all(map(many_pages, pages))


def _one_place(a: Features, b: Features, seen: Evidence) -> bool:
    """Whether title, authors and place together make two records one report."""
    title, journal, volume, pages = seen.title, seen.journal, seen.volume, seen.pages
    if seen.year < 0:
        # A misprinted year, where everything else is there and agrees.
        whole = journal > 0 and volume > 0 and pages == 2 and seen.authors == 2
        return whole and title >= Title.NEAR
    if volume > 0 and pages > 0:
        if journal > 0 and title >= Title.PART:
            return True
        if journal == 0 and title >= Title.PART:
            return _informative(a, b) and (title >= Title.NEAR or seen.authors > 0)
        if journal < 0:
            return title >= Title.NEAR and seen.year > 0 and seen.authors > 0
        # A slip in a number, or another wording: only where the pages leave no doubt.
        whole = journal > 0 and seen.year > 0 and seen.authors == 2 and pages == 2
        return whole and seen.likeness >= 0.8
    if title < Title.DESIGN or seen.doi < 0 or not _informative(a, b):
        return False
    sure = seen.year > 0 and seen.authors == 2
    if title is Title.DESIGN:
        return sure and journal > 0 and volume > 0 and pages == 0 and seen.issue >= 0
    # What has a title like "Picture of the month" comes again in the next issue.
    unique = _long_title(a)
    if journal < 0:
        # One journal under two names that nothing connects, as in translation; or one abstract,
        # by its number, of a meeting whose name stands for the journal's.
        numbered = pages > 0 and coded_page(a.first_page) and a.first_page == b.first_page
        return sure and (pages == 2 or (numbered and title is Title.EXACT)) and volume == 0
    if volume < 0:
        return sure and journal > 0 and pages == 2
    if pages < 0:
        # The pages differ, in an otherwise equal record: one of them is misprinted.
        exact = title is Title.EXACT and seen.issue >= 0
        return sure and exact and journal > 0 and volume > 0 and unique
    if seen.issue < 0 and pages < 2 and (volume == 0 or not unique):
        # An update under one number, or another issue's column.
        return False
    if seen.authors == 0 or journal == 0:
        if volume > 0 or pages > 0:
            return seen.year > 0 and (journal > 0 or seen.authors > 0)
        return _nothing_else_known(a, b, seen)
    return seen.year > 0 or volume > 0 or pages == 2 or _ahead_of_print(a, b, seen)


def _long_title(record: Features) -> bool:
    return len(record.key) >= 40 and record.title.count(" ") >= 5


# Words of titles that are used again every year.
_YEARLY = frozenset(
    {"annual", "annals", "yearly", "report", "reports", "update", "register", "registry",
     "statistics", "news", "highlights", "proceedings", "abstracts", "yearbook", "summary",
     "statement", "guideline", "guidelines", "recommendations", "meeting", "congress"}
)  # fmt: skip


def _ahead_of_print(a: Features, b: Features, seen: Evidence) -> bool:
    """Whether one record is of the article before it had a place, in the year before."""
    early, late = (a, b) if (a.year or 0) < (b.year or 0) else (b, a)
    if not early.year or late.year != early.year + 1 or seen.authors != 2 or seen.journal <= 0:
        return False
    if early.volume or early.issue or early.first_page or not (late.volume and late.first_page):
        return False
    if seen.title is not Title.EXACT or (a.abstract and b.abstract and seen.abstract <= 0):
        return False
    return _long_title(a) and _YEARLY.isdisjoint(a.title.split())


def _nothing_else_known(a: Features, b: Features, seen: Evidence) -> bool:
    """Whether two records without volume and pages are one report by what little they have.

    They are if their abstracts are; if the journal agrees and only the authors are missing; or if
    neither has a place at all: then they are one book, thesis or trial registration. Where only
    one has a journal, the other may be the manuscript.
    """
    if seen.year <= 0 or min(a.title.count(" "), b.title.count(" ")) < 4:
        return False
    if seen.abstract > 0 and seen.authors == 2:
        return True
    if seen.title is not Title.EXACT:
        return False
    if seen.journal > 0:
        return True
    placeless = not any((a.journal, a.volume, a.first_page, b.journal, b.volume, b.first_page))
    nameless = not a.names and not b.names
    return placeless and (nameless or seen.authors == 2)


def _identical(a: Features, b: Features) -> bool:
    """Whether all that is known of two records is equal, and is more than a common title."""
    if a.kinds != b.kinds or (a.abstract and b.abstract and a.abstract != b.abstract):
        return False
    if a.authors != b.authors or a.year != b.year or a.journal != b.journal or a.doi != b.doi:
        return False
    if a.volume != b.volume or a.issue != b.issue or a.title != b.title:
        return False
    if a.first_page != b.first_page or a.last_page != b.last_page:
        return False
    said = (a.title, a.authors, a.year, a.journal, a.volume, a.issue, a.doi, a.first_page)
    return bool(a.title) and (_informative(a, b) or sum(map(bool, said)) >= 4)


def _one_dissertation(a: Features, b: Features, seen: Evidence) -> bool:
    """Whether two records are one dissertation, as handed in and as listed.

    Place and pages never agree there. The author's name stands for them, and so must be spelt
    out in both.
    """
    if seen.title is not Title.EXACT or not _informative(a, b):
        return False
    if not a.year or not b.year or seen.year < 0:
        return False
    if not (a.dissertation and b.dissertation and len(a.names) == len(b.names) == 1):
        return False
    (family, words, _longest), (_family, other, _other) = a.names[0], b.names[0]
    return words == other and any(len(word) > 1 for word in words - family)


def _not_joined(a: Features, b: Features, seen: Evidence) -> Finding:
    """Like titles and authors that are not one report by any rule: a doubt, or one study."""
    if seen.title is Title.NUMBER:
        return _related(a, b, seen) if seen.likeness >= 0.75 else _DIFFERENT
    if not _informative(a, b):
        return _DIFFERENT
    if seen.authors <= 0 and seen.title < Title.NEAR:
        return _DIFFERENT
    near = seen.title >= Title.PART or seen.pages >= 0
    if near and seen.journal > 0 and seen.volume > 0 and seen.year >= 0 and seen.doi >= 0:
        return Finding(Verdict.MAYBE, "pages or issue differ", _said(seen))
    apart = seen.journal < 0 or seen.volume < 0 or seen.pages < 0 or seen.year < 0
    if seen.doi < 0 or apart:
        return _related(a, b, seen)
    return Finding(Verdict.MAYBE, "place unknown", _said(seen))


def _related(a: Features, b: Features, seen: Evidence) -> Finding:
    """Two reports that seem to be of one study, and what they are to each other."""
    if seen.authors < 0 or (seen.authors == 0 and seen.title is not Title.NOTICE):
        return _DIFFERENT
    unlike = a.kinds ^ b.kinds
    if seen.title is Title.NOTICE or "notice" in unlike:
        rule = "erratum, reply or other notice"
    elif "preprint" in unlike:
        rule = "preprint and paper"
    elif seen.title is Title.NUMBER:
        rule = "parts, or titles that differ in a number"
    elif "abstract" in unlike or _on_one_page(a) != _on_one_page(b):
        rule = "conference abstract and paper"
    elif seen.year < 0 and seen.journal > 0:
        rule = "another version or year"
    elif seen.title is Title.OTHER:
        rule = "titles alike, same authors"
    else:
        rule = "same title elsewhere"
    return Finding(Verdict.RELATED, rule, _said(seen))


def _on_one_page(record: Features) -> bool:
    """Whether a record has the pages of a conference abstract: one, or one of a supplement."""
    first, last = record.first_page, record.last_page
    return bool(first) and (not last or last == first) and not first.startswith("cd")


def _other_title(seen: Evidence) -> Finding:
    """Different titles in one place: a translated title, or two texts on a page."""
    place = seen.journal >= 0 and seen.volume > 0 and seen.pages == 2 and seen.year > 0
    if place and seen.authors == 2:
        return Finding(Verdict.MAYBE, "one place, two titles", _said(seen))
    return _DIFFERENT


# Words of which the titles of journals' own columns are made.
_COLUMN_WORDS = frozenset(
    {
        "a", "abstracts", "an", "and", "announcement", "article", "articles", "book", "books",
        "brief", "by", "case", "column", "comments", "commentary", "conference", "correspondence",
        "current", "discussion", "editor", "editorial", "editors", "for", "foreword", "from",
        "guest", "highlights", "in", "index", "introduction", "introductory", "issue", "issues",
        "journal", "letter", "letters", "message", "news", "note", "notes", "of", "on",
        "overview", "page", "preface", "president", "presidents", "proceedings", "program",
        "remarks", "reply", "report", "response", "review", "reviews", "section", "selected",
        "special", "summary", "supplement", "symposium", "the", "this", "to", "update", "volume",
        "welcome", "with",
    }
)  # fmt: skip


def _informative(a: Features, b: Features) -> bool:
    """Whether both titles are such as two reports hardly share by chance: no "Guest editorial"."""
    return _telling(a.title) and (a.title == b.title or _telling(b.title))


@lru_cache(maxsize=1 << 12)
def _telling(title: str) -> bool:
    if len(title) < 20 or title.count(" ") < 2:
        return False
    return any(word not in _COLUMN_WORDS and not word.isdigit() for word in title.split())


def _same(rule: str, seen: Evidence, strength: int) -> Finding:
    agreeing = 3 * (seen.pages > 0) + 3 * (seen.volume > 0) + 2 * (seen.journal > 0) + seen.year
    return Finding(Verdict.SAME, rule, _said(seen), min(strength + agreeing, 84))


_TITLE_WORDS = {
    Title.EXACT: "same title",
    Title.NEAR: "title differs in spelling only",
    Title.PART: "title is part of the other",
    Title.DESIGN: "one title leaves out the design",
    Title.NUMBER: "titles differ in a number, part or contrary",
    Title.NOTICE: "one title is a notice about the other",
}


def _said(seen: Evidence) -> str:
    """What agrees and what does not, in words."""
    title = _TITLE_WORDS.get(seen.title) or f"titles {seen.likeness:.0%} alike"
    return title + _said_of_fields(
        seen.authors, seen.year, seen.journal, seen.volume, seen.issue, seen.pages, seen.abstract
    )


@cache
def _said_of_fields(*signs: int) -> str:
    agree = [name for name, sign in zip(_FIELDS, signs, strict=True) if sign > 0]
    differ = [name for name, sign in zip(_FIELDS, signs, strict=True) if sign < 0]
    same = f"; same {', '.join(agree)}" if agree else ""
    return f"{same}; other {', '.join(differ)}" if differ else same


_FIELDS = ("authors", "year", "journal", "volume", "issue", "pages", "abstract")
