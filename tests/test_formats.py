"""Every fixture in tests/data/citations is named after what is ugly in it."""

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from functools import partial
from html import unescape

import pytest

from benchmarks.made_exports import write_nbib, write_ris
from evergrove.formats import medline, ris, table
from evergrove.formats.decode import decode
from evergrove.formats.pieces import pieces_of_text
from evergrove.parse_citations import parse_file
from evergrove.records import FIELDS
from tests.citation_laws import FIXTURES, read_lawfully

UTF_16 = (BOM_UTF16_LE, BOM_UTF16_BE)
NAMES = [path.name for path in FIXTURES]
by_name = pytest.mark.parametrize("path", FIXTURES, ids=NAMES)
# Words of a fixture that are its envelope: heads of files, of columns and of records, links of
# the platform between records, comments. Everything else has to be in the raw tags.
ENVELOPE = {
    "bibtex_ugly_syntax.bib": "before the entries comment preamble string newcommand noop jabref "
    "meta databasetype bibtex jis text line before",
    "ris_ovid_numbered_with_links_between.ris": "an er full link text cgi citation either example "
    "http or ovidsp ovidweb the",
    "ris_two_spaces_after_dash_cochrane.ris": "18 content er john ltd provider record sons utf "
    "wiley charset plain text",
    "ovid_labels_on_own_lines.txt": "200 abstract accession author authors comments doi database "
    "digital full identifier institution language link name number object ovid publication search "
    "source status strategy text title type unique year citation or sacroplasty to",
    "pubmed_xml_every_kind.xml": "co",  # CO<sub>2</sub> is one word afterwards
    "ris_rayyan_glued_tags.ris": "1lk",
    "wos_plain_ugly.txt": "ef fn science vr web of",
    "wos_plain_inspec_doi_in_brackets.isi": "ef export fn format isi vr",
    "wos_plain_patent.txt": "ef fn knowledge of reuters thomson vr web",
    "bibtex_crossref_and_joined_months.bib": "anch dec dec0 ie string",
    "bibtex_jabref_gbk.bib": "encoding gbk",
    "csv_abstrackr_heading_between_rows.csv": "anyone are by citations labeled not that yet",
    "bibtex_strings_behind_entries_and_sets.bib": "aksin entryset jomch l location m macmillan n "
    "organomet other publisher set string xdata",
    "bibtex_two_entries_on_one_line_missing_commas.bib": "a comment line",
    "ovid_labels_particles_in_lists_of_names.txt": "1 1234 1946 1 2014 abstract authors database "
    "digital full identifier institution june medline mp name number object of ovid pain "
    "publication r search source status strategy title to type unique week year",
    "refworks_export_with_legend.txt": "authors begin character exported export format primary "
    "references reference refworks set source tag tagged type legend utf",
}


def expected(path):
    return json.loads((path.parent / "expected" / f"{path.name}.json").read_text("utf-8"))


@by_name
def test_a_fixture_is_read_as_expected(path):
    wanted = expected(path)
    parsed = parse_file(path.name, path.read_bytes())
    assert parsed.source_format == wanted["source_format"]
    assert len(parsed.records) == len(wanted["records"])
    for record, fields in zip(parsed.records, wanted["records"], strict=True):
        known = {name: value for name, value in record.items() if value not in (None, [])}
        for name in ("source_file", "source_format", "record_index", "raw_tags"):
            del known[name]
        assert known == fields
    rejects = [
        {name: reject[name] for name in ("record_index", "line", "reason")}
        for reject in parsed.rejects
    ]
    assert rejects == wanted.get("rejects", [])


@by_name
def test_every_law_holds(path):
    assert read_lawfully(path.read_bytes()) is not None


@by_name
def test_the_name_of_the_file_does_not_matter(path):
    data = path.read_bytes()
    assert parse_file("export", data).source_format == parse_file(path.name, data).source_format


@by_name
def test_no_word_of_a_file_is_lost(path):
    data = path.read_bytes()
    parsed = parse_file(path.name, data)
    kept = [value for record in parsed.records for value in _raw(record)]
    kept += [str(reject["text"]) for reject in parsed.rejects]
    lost = _words(_content(decode(data), parsed.source_format)) - _words("\n".join(kept))
    assert lost <= {"er", *ENVELOPE.get(path.name, "").split()}


def _content(text, source_format):
    """The text without the names of columns and elements, which the raw tags hold as keys."""
    if source_format == "csv":
        _, header = table.sniff(text)
        return text[text.index("\n", header) :]
    return re.sub(r"<[!?/]?[A-Za-z][^<>]*>", " ", text) if "xml" in source_format else text


def _raw(record):
    for tag, values in record["raw_tags"].items():
        yield tag
        yield from values


def _words(text):
    return set(re.findall(r"[^\W_]{2,}", unescape(text).lower()))


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
WESTERN = ("ris_entities_and_markup.ris", "nbib_without_blank_lines.nbib", "csv_pubmed.csv")


@pytest.mark.parametrize("encoding", [*ENCODINGS, "cp1252", "latin-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("name", WESTERN)
def test_encoding_and_line_ends_do_not_matter(name, encoding, line_end):
    path = next(path for path in FIXTURES if path.name == name)
    text = decode(path.read_bytes()).replace("\u2013", "-")
    plain = parse_file("x", text.encode("utf-8"))
    other = parse_file("x", text.replace("\n", line_end).encode(encoding))
    assert other.records == plain.records


@pytest.mark.parametrize(
    ("source_format", "reader", "gather"),
    [("nbib", medline, "_gather_columns"), ("ris", ris, "_gather_regular")],
)
def test_the_short_cut_for_regular_records_reads_what_the_general_way_reads(
    source_format, reader, gather
):
    regular = 0
    for path in FIXTURES:
        if expected(path)["source_format"] == source_format:
            text = decode(path.read_bytes())
            short = reader.read_pieces(pieces_of_text(text, reader.MARK))
            if short:
                pieces = pieces_of_text(text, reader.MARK)
                regular += sum(getattr(reader, gather)(piece) is not None for piece in pieces)
                general = reader._irregular(text)
                assert [one.record for one in short] == [one.record for one in general], path.name
    assert regular > 5


@pytest.mark.parametrize("write", [write_nbib, write_ris, partial(write_ris, wrapped=True)])
def test_of_a_long_file_only_the_odd_record_is_read_the_general_way(write, tmp_path, monkeypatch):
    path = tmp_path / "export"
    write(path, 40, odd_record=True)
    regular, general = [], []
    for reader, gather in ((medline, "_gather_columns"), (ris, "_gather_regular")):
        monkeypatch.setattr(reader, gather, _counted(getattr(reader, gather), regular))
        monkeypatch.setattr(reader, "_irregular", _counted(reader._irregular, general))
    assert len(parse_file("export", path.read_bytes()).records) == 40
    assert len(general) == 1
    assert sum(tags is not None for tags in regular) >= 39


def _counted(work, results):
    def counted(*arguments):
        results.append(work(*arguments))
        return results[-1]

    return counted


def test_a_file_is_read_alike_in_pieces_and_as_a_whole():
    for path in FIXTURES:
        data = path.read_bytes()
        if expected(path)["source_format"] in ("nbib", "ris") and not data.startswith(UTF_16):
            pieces = parse_file("x", data)
            # A sign that is dropped, and that makes the short cut step aside.
            whole = parse_file("x", data + b"\x1a")
            assert pieces == whole, path.name


def test_a_field_that_is_not_said_is_none_or_empty():
    record = parse_file("x", b"TY  - JOUR\nTI  - Only a title\nER  - \n").records[0]
    lists = {"authors", "publication_types", "mesh", "urls", "status_links"}
    for name in FIELDS:
        if name in lists - {"publication_types"}:
            assert record[name] == []
        elif name not in (
            "title", "raw_tags", "publication_types",
            "source_file", "source_format", "source_type", "record_index",
        ):  # fmt: skip
            assert record[name] is None, name


def test_files_put_together_keep_all_their_records():
    parts = [path.read_bytes() for path in FIXTURES if path.name.startswith("ris_cp1252")] * 3
    assert len(parse_file("x", b"\n".join(parts)).records) == 3 * len(
        parse_file("x", parts[0]).records
    )


def test_the_same_article_as_nbib_and_as_xml_gives_the_same_fields():
    nbib = (
        "PMID- 90000901\nVI  - 12\nIP  - 3\nDP  - 2016 Nov-Dec\nTI  - Cement & pain.\n"
        "PG  - 113-25\nLID - 10.9999/same.1 [doi]\nAB  - AIM: To compare.\n"
        "FAU - Adler, Nora Q\nAU  - Adler NQ\nCN  - Imaginary Group\nLA  - eng\n"
        "PT  - Journal Article\nTA  - Imag J\nJT  - Imaginary journal\n"
        "RIN - Imag J. 2017;1:1. PMID: 90000902\nMH  - Sacrum/*surgery\nMH  - *Pain\n"
    )
    xml = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>90000901</PMID><Article>"
        "<Journal><JournalIssue><Volume>12</Volume><Issue>3</Issue><PubDate><MedlineDate>"
        "2016 Nov-Dec</MedlineDate></PubDate></JournalIssue><Title>Imaginary journal</Title>"
        "<ISOAbbreviation>Imag J</ISOAbbreviation></Journal><ArticleTitle>Cement &amp; pain."
        "</ArticleTitle><Pagination><MedlinePgn>113-25</MedlinePgn></Pagination>"
        '<ELocationID EIdType="doi">10.9999/same.1</ELocationID>'
        '<Abstract><AbstractText Label="AIM">To compare.</AbstractText></Abstract><AuthorList>'
        "<Author><LastName>Adler</LastName><ForeName>Nora Q</ForeName></Author>"
        "<Author><CollectiveName>Imaginary Group</CollectiveName></Author></AuthorList>"
        "<Language>eng</Language><PublicationTypeList><PublicationType>Journal Article"
        "</PublicationType></PublicationTypeList></Article><CommentsCorrectionsList>"
        '<CommentsCorrections RefType="RetractionIn"><RefSource>Imag J. 2017;1:1</RefSource>'
        "<PMID>90000902</PMID></CommentsCorrections></CommentsCorrectionsList><MeshHeadingList>"
        '<MeshHeading><DescriptorName>Sacrum</DescriptorName><QualifierName MajorTopicYN="Y">'
        "surgery</QualifierName></MeshHeading><MeshHeading>"
        '<DescriptorName MajorTopicYN="Y">Pain</DescriptorName></MeshHeading></MeshHeadingList>'
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    one = parse_file("x", nbib.encode()).records[0]
    two = parse_file("x", xml.encode()).records[0]
    for record in (one, two):
        for name in ("source_format", "source_type", "raw_tags"):
            del record[name]
        for link in record["status_links"]:
            link["note"] = link["note"].removesuffix(". PMID: 90000902")
    assert one == two
    assert one["pages"] == "113-125"
