"""The included reports as BibTeX and RIS are read back to the fields that were written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove.formats.text import clean
from evergrove.parse_citations import parse_file
from evergrove.reports import citations
from evergrove.reports.text import one_line, web_address
from tests.page_sample import HOSTILE, sample

FIELDS = ("title", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "language")
WRITERS = {"bib": citations.bibtex, "ris": citations.ris}


def row(**changed):
    return {
        "report": "alder2011", "decision": "include", "title": "Warm baths", "journal": "J Bath",
        "authors": "Alder, Ann B.; Beech, Carl-Dan", "year": "2011", "volume": "3", "issue": "2",
        "pages": "461-466", "doi": "10.1000/alder_2011(a)", "pmid": "12345", "pmcid": "PMC1234567",
        "language": "eng", "status": "", **changed,
    }  # fmt: skip


def read_back(kind, *rows):
    found = parse_file(f"included.{kind}", WRITERS[kind](rows).encode())
    assert not found.rejects and len(found.records) == len(rows)
    return found.records


def expected(given):
    """The fields as the parser names them, from a row of screened.csv."""
    fields = {name: clean(one_line(given[name])) for name in FIELDS}
    authors = [one_line(name) for name in given["authors"].split(";")]
    year = int(given["year"]) if given["year"] else None
    return {**fields, "authors": [name for name in authors if name], "year": year}


def same(record, given):
    wanted = expected(given)
    assert {name: record[name] for name in wanted} == wanted


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"pages": "e12-e15"},
        {"pages": "101"},
        {"authors": "The Bath Group; Müller, Jürgen; O'Neill, Á."},
        {"authors": "Hand and Foot Study Group"},
        {"title": "50% & more: $5_000 # ~ ^ {x} \\alpha | <0.05 “q” – −3 ± 2"},
        {"title": "Lone } and { and }} braces \\} \\{"},
        {"title": "One\nER  - \nTY  - JOUR\nTI  - Another"},
        {"title": "}}\n}\n@article{other, title = {Another}"},
        {"title": "a\x00b\x1b[31mc\u202ed"},
        {"title": "椎体成形术 治疗"},
        {"volume": "", "issue": "", "pmid": "", "pmcid": "", "language": "", "year": ""},
    ],
)
def test_fields_come_back(kind, changed):
    given = row(**changed)
    (record,) = read_back(kind, given)
    same(record, given)


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=300, deadline=None)
@given(title=st.text("abc {}\\\"%&$#_^~@,=-'\n\r\x85\u2028éß−", min_size=1, max_size=40))
def test_any_title_comes_back_and_none_makes_another_entry(kind, title):
    given = row(title=f"T{title}")
    first, second = read_back(kind, given, row(report="birch2015", title="Second"))
    assert first["title"] == expected(given)["title"]
    assert second["title"] == "Second"


@settings(max_examples=300, deadline=None)
@given(text=st.text('ab {}\\"%&$#_^~@,\n', max_size=30))
def test_braces_are_balanced_as_bibtex_counts_them(text):
    """BibTeX counts braces whether a backslash stands before them or not."""
    made = citations.bibtex([row(title=text, journal=text, authors=text, doi=text)])
    depth = 0
    for sign in made:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"(?m)^@\w+\{", made)) == 1


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_every_line_of_a_ris_record_begins_with_a_tag(text):
    made = citations.ris([row(title=text, journal=text, authors=text, volume=text)])
    lines = made.split("\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == 1
    assert len(made.splitlines()) == len(lines)


def test_only_included_reports_are_written_and_a_retraction_is_told():
    rows = citations.included(sample())
    assert [item["report"] for item in rows] == ["alder2011", "birch2015", "cedar2018"]
    assert "note = {retraction in PMID 999}" in citations.bibtex(rows)
    assert "N1  - retraction in PMID 999" in citations.ris(rows)
    assert citations.bibtex([]) == citations.ris([]) == ""


def test_keys_hold_nothing_that_ends_them():
    made = citations.bibtex([row(report="a b,{c}%"), row(report="a_b")])
    keys = re.findall(r"(?m)^@article\{(.*),$", made)
    assert len(set(keys)) == 2 and all(re.fullmatch(r"[\w-]+", key) for key in keys)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://doi.org/10.1/a", "https://doi.org/10.1/a"),
        ("https://doi.org/10.1/<a b>\"\n'", "https://doi.org/10.1/%3Ca%20b%3E%22%20'"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("file:///etc/passwd", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_become_links(href, address):
    assert web_address(href) == address


def test_a_line_is_one_line():
    assert one_line(f" a\n\tb\x00\u2028c\u202e {HOSTILE}") == f"a b c {HOSTILE}"
    assert one_line(None) == ""
