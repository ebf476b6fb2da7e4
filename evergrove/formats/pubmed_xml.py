"""PubMed's XML: articles (PubmedArticle), books and book chapters (PubmedBookArticle)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from evergrove.formats import identifiers
from evergrove.formats.dates import date, month_of
from evergrove.formats.entry import Entry
from evergrove.formats.pages import page_range, pages
from evergrove.formats.status import BY_REF_TYPE, StatusLink, link
from evergrove.formats.text import clean
from evergrove.formats.xml import broken, flat_text, flatten, parse_piece, pieces, refuse_entities
from evergrove.records import Record, make_record

ELEMENTS = ("PubmedArticle", "PubmedBookArticle")


def read(text: str) -> Iterator[Entry]:
    """Every article and book of a PubMed XML file, in file order."""
    names = ELEMENTS
    first = _first(text, names)
    if first < 0:
        # Citations without the envelope, as old exports and some tools hand them on.
        names = ("MedlineCitation",)
        first = _first(text, names)
    refuse_entities(text, first)
    prolog = text[: max(first, 0)]
    for start, end, whole in pieces(text, names):
        if not whole:
            yield Entry(start, end, None, "the XML breaks off inside this record")
            continue
        try:
            element = parse_piece(text[start:end], prolog)
        except (ParseError, ValueError) as error:
            yield Entry(start, end, None, broken(error))
            continue
        yield Entry(start, end, to_record(element))


def _first(text: str, names: tuple[str, ...]) -> int:
    match = re.search(rf"<(?:{'|'.join(names)})(?=[\s>/])", text)
    return match.start() if match else -1


def to_record(element: Element) -> Record:
    """The citation record of one PubmedArticle, PubmedBookArticle or MedlineCitation."""
    if element.tag == "PubmedBookArticle":
        return _book(element)
    return _article(element)


def _article(root: Element) -> Record:
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    citation = root if citation is None else citation
    article = citation.find("Article")
    article = Element("Article") if article is None else article
    data = root.find("PubmedData")
    journal = article.find("Journal")
    journal = Element("Journal") if journal is None else journal
    year, month = _published(journal.find("JournalIssue/PubDate"))
    if year is None:
        year, month = _published(article.find("ArticleDate"))
    ids = [] if data is None else data.findall("ArticleIdList/ArticleId")
    full = _said(journal, "Title")
    return make_record(
        source_type="pubmed-xml",
        raw_tags=flatten(root),
        pmid=identifiers.pmid(_said(citation, "PMID")) or _identifier(ids, "pubmed"),
        pmcid=identifiers.pmcid(_identifier(ids, "pmc")),
        doi=_doi(article.findall("ELocationID"), ids),
        title=_title(article),
        authors=_authors(article.findall("AuthorList")),
        year=year,
        month=month,
        journal=full,
        journal_abbrev=_said(citation, "MedlineJournalInfo/MedlineTA")
        or _said(journal, "ISOAbbreviation"),
        volume=_said(journal, "JournalIssue/Volume"),
        issue=_said(journal, "JournalIssue/Issue"),
        pages=_pages(article),
        abstract=_abstract(article.find("Abstract")),
        language="; ".join(filter(None, (clean(e.text) for e in article.findall("Language"))))
        or None,
        publication_types=_texts(article.findall("PublicationTypeList/PublicationType")),
        mesh=_mesh(citation),
        status_links=_links(citation),
    )


def _book(root: Element) -> Record:
    document = root.find("BookDocument")
    document = root if document is None else document
    book = document.find("Book")
    book = Element("Book") if book is None else book
    data = root.find("PubmedBookData")
    ids = document.findall("ArticleIdList/ArticleId")
    ids += [] if data is None else data.findall("ArticleIdList/ArticleId")
    year = month = None
    for place in (
        book.find("PubDate"),
        document.find("ContributionDate"),
        book.find("BeginningDate"),
    ):
        year, month = _published(place)
        if year is not None:
            break
    title = _said(book, "BookTitle")
    lists = document.findall("AuthorList")
    own = _title(document)
    return make_record(
        source_type="pubmed-xml",
        raw_tags=flatten(root),
        pmid=identifiers.pmid(_said(document, "PMID")) or _identifier(ids, "pubmed"),
        pmcid=identifiers.pmcid(_identifier(ids, "pmc")),
        doi=_doi(book.findall("ELocationID"), ids),
        title=own or title,
        authors=_authors(lists) or _authors(book.findall("AuthorList")),
        year=year,
        month=month,
        journal=title,
        volume=_said(book, "Volume"),
        pages=_pages(document),
        abstract=_abstract(document.find("Abstract")),
        language="; ".join(filter(None, (clean(e.text) for e in document.findall("Language"))))
        or None,
        publication_types=_texts(document.findall("PublicationType"))
        or ["Book Chapter" if own and title else "Book"],
        status_links=_links(document),
    )


def _said(element: Element, path: str) -> str | None:
    return clean(flat_text(element.find(path)))


def _texts(elements: list[Element]) -> list[str]:
    return [text for text in (clean(flat_text(element)) for element in elements) if text]


def _title(article: Element) -> str | None:
    title = _said(article, "ArticleTitle")
    if title is None or title.rstrip(".") == "[Not Available]":
        return _said(article, "VernacularTitle") or title
    return title


def _published(place: Element | None) -> tuple[int | None, int | None]:
    if place is None:
        return None, None
    year, _ = date(place.findtext("Year"))
    if year is None:
        return date(place.findtext("MedlineDate"))
    return year, month_of(place.findtext("Month"))


def _identifier(ids: list[Element], kind: str) -> str | None:
    return next((clean(i.text) for i in ids if i.get("IdType") == kind and clean(i.text)), None)


def _doi(locations: list[Element], ids: list[Element]) -> str | None:
    for location in locations:
        if location.get("EIdType") == "doi" and location.get("ValidYN") != "N":
            found = identifiers.doi(location.text)
            if found:
                return found
    return identifiers.doi(_identifier(ids, "doi"))


def _authors(lists: list[Element]) -> list[str]:
    names = []
    authors = [a for one in lists if one.get("Type") != "editors" for a in one.findall("Author")]
    # A name that an erratum corrected stays in the record beside the right one, marked "N".
    valid = [author for author in authors if author.get("ValidYN") != "N"]
    for author in valid or authors:
        family = _said(author, "LastName")
        given = _said(author, "ForeName") or _first_names(author) or _said(author, "Initials")
        parts = [part for part in (given, _said(author, "Suffix")) if part]
        if family:
            names.append(f"{family}, {' '.join(parts)}" if parts else family)
        else:
            name = _said(author, "CollectiveName") or " ".join(parts)
            if name:
                names.append(name)
    return names


def _first_names(author: Element) -> str | None:
    """First and middle name, which documents before 2002 keep apart."""
    parts = (_said(author, "FirstName"), _said(author, "MiddleName"))
    return " ".join(filter(None, parts)) or None


def _pages(article: Element) -> str | None:
    found = pages(_said(article, "Pagination/MedlinePgn"))
    if found:
        return found
    found = page_range(_said(article, "Pagination/StartPage"), _said(article, "Pagination/EndPage"))
    if found:
        return found
    for location in article.findall("ELocationID"):
        number = clean(location.text)
        if location.get("EIdType") == "pii" and number and identifiers.is_article_number(number):
            return pages(number.removeprefix("bmj."))
    return None


def _abstract(abstract: Element | None) -> str | None:
    """Sections with their labels, as MEDLINE prints them: "AIM: … METHODS: …"."""
    if abstract is None:
        return None
    parts = []
    for section in abstract.findall("AbstractText"):
        text = clean(flat_text(section))
        label = section.get("Label")
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return " ".join(parts) or None


def _mesh(citation: Element) -> list[str]:
    """Headings as MEDLINE prints them, "*" before a major topic: "Sacrum/*surgery/pathology"."""
    headings = []
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        parts = []
        for name in heading:
            text = clean(name.text)
            if text:
                parts.append(f"*{text}" if name.get("MajorTopicYN") == "Y" else text)
        if parts:
            headings.append("/".join(parts))
    return headings


def _links(citation: Element) -> list[StatusLink]:
    links = []
    for item in citation.findall("CommentsCorrectionsList/CommentsCorrections"):
        kind = BY_REF_TYPE.get((item.get("RefType") or "").lower())
        if kind:
            note = " ".join(filter(None, (_said(item, "RefSource"), _said(item, "Note"))))
            links.append(link(kind, note or None, identifiers.pmid(_said(item, "PMID"))))
    return links
