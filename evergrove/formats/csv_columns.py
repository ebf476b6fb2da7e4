"""Column names of tables of citations, as data: what each means, and who writes such a table."""

from __future__ import annotations

import re

# Role: column names, best first, written without case, spaces and punctuation.
ROLES: dict[str, tuple[str, ...]] = {
    "title": (
        "title",
        "articletitle",
        "titleprimary",
        "documenttitle",
        "papertitle",
        "displayname",
        "primarytitle",
        "studytitle",
        "itemtitle",
        "referencetitle",
        "chaptertitle",
        "ti",
    ),
    "title_other": ("originaltitle", "booktitle", "shorttitle"),
    "authors": (
        "authorfullnames",
        "authorsfullname",
        "authorsfullnames",
        "fullauthornames",
        "authors",
        "author",
        "authorss",
        "authornames",
        "authorsprimary",
        "authorslist",
        "au",
        "creators",
        "creator",
        "authorshipsauthordisplayname",
        "authorshipsrawauthorname",
    ),
    # Groups that are authors, in a column of their own.
    "groups": ("groupauthors", "bookgroupauthors"),
    "year": (
        "publicationyear",
        "publishedyear",
        "year",
        "pubyear",
        "py",
        "yearpublished",
        "yearofpublication",
    ),
    "month": ("publishedmonth", "month", "publicationmonth"),
    "date": (
        "dateofpublication",
        "publicationdate",
        "date",
        "pubdate",
        "publisheddate",
        "coverdate",
        "pubdatefreefrom",
        "pubdatefreeform",
        "datepublished",
        "issuedate",
    ),
    "journal": (
        "sourcetitle",
        "publicationtitle",
        "journaltitle",
        "journalfull",
        "periodicalfull",
        "journalname",
        "journal",
        "publicationname",
        "primarylocationsourcedisplayname",
        "secondarytitle",
        "titlesecondary",
        "publication",
        "containertitle",
        "pubtitle",
        "venue",
        "journalbook",
        "sourcename",
        "so",
        "source",
        "booktitle",
        "anthologytitle",
        "conferencename",
        "meetingname",
    ),
    "abbreviation": (
        "journalabbreviation",
        "abbreviatedsourcetitle",
        "journalabbrev",
        "periodicalabbrev",
        "journalisoabbreviation",
        "isoabbreviation",
        "journalbook",
        "journalabbr",
        "ji",
        "j9",
    ),
    "volume": ("volume", "vol", "vl", "bibliovolume", "journalvolume"),
    "issue": ("issue", "number", "issuenumber", "journalissue", "biblioissue", "no", "is"),
    "pages": ("pages", "page", "pagerange", "pagination", "pageno", "pagenumbers", "pageinfo"),
    "first_page": (
        "firstpage",
        "pagestart",
        "startpage",
        "bibliofirstpage",
        "beginpage",
        "sp",
        "bp",
    ),
    "last_page": ("lastpage", "pageend", "endpage", "otherpages", "bibliolastpage", "ep"),
    "article_number": ("artno", "articlenumber", "articleno", "artnumber", "elocationid"),
    "abstract": ("abstract", "abstractnote", "abstracttext", "ab", "summary"),
    "doi": (
        "doi",
        "digitalobjectidentifier",
        "doinumber",
        "doilink",
        "itemdoi",
        "bookdoi",
        "idsdoi",
        "di",
    ),
    "pmid": ("pmid", "pubmedid", "medlinepmid", "pubmedidentifier", "idspmid", "pubmed", "pm"),
    "pmcid": ("pmcid", "pmc", "idspmcid"),
    "language": ("language", "languageoforiginaldocument", "articlelanguage", "la"),
    "type": (
        "publicationtype",
        "publicationtypes",
        "documenttype",
        "doctype",
        "itemtype",
        "referencetype",
        "typeofwork",
        "type",
    ),
    "mesh": ("mesh", "meshterms", "meshheadings"),
    "url": (
        "url",
        "urls",
        "link",
        "links",
        "plink",
        "permalink",
        "embaselink",
        "fulltextlink",
        "sourceurl",
        "weburl",
        "primarylocationlandingpageurl",
    ),
    # Addresses of a library's resolver, which carry the DOI.
    "resolver": ("openurllink",),
    "notes": ("extra", "notes", "note"),
    "external": ("externalid",),
    "accession": ("accessionnumber", "utuniquewosid", "uniquewosid", "ut"),
    "citation": ("citation", "source"),
}
# A table is one of citations only if it has one of these.
TELLING = ("title", "doi", "pmid")

# Columns (written as above) that only one writer's table has.
WRITERS = (
    ("pubmed-csv", {"pmid", "citation", "firstauthor", "journalbook"}),
    ("embase-csv", {"authornames", "sourcetitle", "medlinepmid"}),
    ("embase-csv", {"authornames", "source", "openurllink"}),
    ("scopus-csv", {"sourcetitle", "eid"}),
    ("cochrane-csv", {"centralid"}),
    ("cochrane-csv", {"cochranereviewgroupcode"}),
    ("covidence-csv", {"covidence"}),
    ("rayyan-csv", {"key", "pubmedid", "pmcid", "authors"}),
    ("zotero-csv", {"key", "itemtype", "publicationtitle"}),
    ("cinahl-csv", {"articletitle", "plink"}),
    ("wos-csv", {"sourcetitle", "utuniquewosid"}),
    ("openalex-csv", {"displayname", "publicationyear", "citedbyapiurl"}),
    ("refworks-csv", {"referencetype", "periodicalfull"}),
    ("scholar-csv", {"authors", "title", "publication", "number", "publisher"}),
    ("europepmc-csv", {"source", "externalid", "journaltitle"}),
    ("springer-csv", {"itemtitle", "itemdoi", "contenttype"}),
    ("abstrackr-csv", {"internalid", "sourceid", "abstract"}),
)
# Titles of what a report appeared in, and other titles that are not its own.
_HOST = re.compile(
    r"journal|source|publication|secondary|book|series|short|original|alternat|sub|conf"
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def normal(name: str) -> str:
    """A column name without case, spaces and punctuation."""
    return _NOT_LETTERS.sub("", name.lower())


def columns_of(header: list[str]) -> dict[str, list[int]]:
    """For every role the columns that may hold it, best first."""
    places: dict[str, int] = {}
    for number, name in enumerate(header):
        places.setdefault(normal(name), number)
    columns = {
        role: [places[name] for name in names if name in places]
        for role, names in ROLES.items()
        if any(name in places for name in names)
    }
    if "title" not in columns and len(columns) > 3:
        own = [places[name] for name in places if name.endswith("title") and not _HOST.search(name)]
        if own:
            columns["title"] = own
    return columns


def writer_of(header: list[str]) -> str:
    """The writer whose columns these are, or "csv"."""
    names = {normal(name) for name in header}
    return next((writer for writer, needed in WRITERS if needed <= names), "csv")
