"""Titles, names, places and identifiers come out in one form, whatever way they were printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove import normalise


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("  Säure–Base & <i>in vivo</i>: TNF-α ", "saure base in vivo tnf alpha"),
        ("Patient's   q&#039;s &amp; A's", "patients qs as"),
        ("Pain’s origin", "pains origin"),
        ("p < 0.05 and n > 3", "p 0 05 and n 3"),
        ("Łódź, Straße, Ørsted, naïve", "lodz strasse orsted naive"),
        ("骨水泥、椎体", "骨水泥 椎体"),
        ("snake_case", "snake case"),
        ("", ""),
    ],
)
def test_fold_leaves_words_only(printed, folded):
    assert normalise.fold(printed) == folded


@given(st.text())
def test_folding_twice_is_folding_once_and_nothing_raises(text):
    once = normalise.fold(text)
    assert once == once.strip() and "  " not in once
    for function in (normalise.title_key, normalise.doi, normalise.pmid, normalise.year):
        function(text)
    normalise.pages(text)
    normalise.name_words(text)
    normalise.family_name(text)
    assert all(isinstance(name, str) for name in normalise.author_list(text))


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("https://doi.org/10.1000/ABC.1", "10.1000/abc.1"),
        ("http://dx.doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("doi: 10.1000/abc.1.", "10.1000/abc.1"),
        ("ARTN 106\r\n10.1000/abc.1", "10.1000/abc.1"),
        ("10.1016/S0140-6736(05)66783-5", "10.1016/s0140-6736(05)66783-5"),
        ("(10.1000/abc.1)", "10.1000/abc.1"),
        ("10.1002/1097%28200001%291:2", "10.1002/1097(200001)1:2"),
        ("10.1000\\_x", None),
        ("10.1007/978-3\\_12", "10.1007/978-3_12"),
        ("none", None),
        (None, None),
    ],
)
def test_a_doi_is_found_in_what_was_printed(printed, doi):
    assert normalise.doi(printed) == doi


@pytest.mark.parametrize(
    ("printed", "digits"),
    [("0123", "123"), (123, "123"), ("PMID: 31000001", "31000001"), ("123.0", "123"), ("x", None)],
)
def test_a_pmid_is_its_digits(printed, digits):
    assert normalise.pmid(printed) == digits


def test_a_pmcid_has_its_letters_in_lower_case():
    assert normalise.pmcid("PMC0123456") == normalise.pmcid("123456") == "pmc123456"


@pytest.mark.parametrize(
    ("printed", "year"),
    [(2012, 2012), ("2012.0", 2012), ("2012 Mar-Apr", 2012), ("0000", None), ("12", None)],
)
def test_a_year_is_four_digits(printed, year):
    assert normalise.year(printed) == year


@pytest.mark.parametrize(
    "added",
    [
        ". [Review] [45 refs]",
        " [German]",
        ". [Article in Chinese]",
        " (Structured abstract)",
        " (Provisional abstract)",
        ".[Erratum appears in J Bone. 2010 May;202(4):943]",
        "... [corrected] [published erratum appears in J BONE 2011",
        " [see comments]",
        " (Retracted article. See vol. 12, pg. 3, 2015)",
    ],
)
def test_what_databases_append_is_no_part_of_a_title(added):
    assert normalise.title_key(f"Cement in the sacrum{added}") == "cementinthesacrum"


@pytest.mark.parametrize(
    "title",
    [
        "Cement in the sacrum (CITS)",
        "Cement in the sacrum (protocol)",
        "Cement in the sacrum: part 2",
        "Erratum to: Cement in the sacrum",
        "Retraction: Cement in the sacrum",
        "[Review]",
    ],
)
def test_what_tells_reports_apart_stays_in_a_title(title):
    assert normalise.bare_title(title) == title


def test_a_retracted_paper_keeps_the_title_that_it_had():
    assert normalise.bare_title("RETRACTED: Cement in the sacrum") == "Cement in the sacrum"
    assert normalise.bare_title("Retracted article: Cement") == "Cement"


@pytest.mark.parametrize(
    "printed",
    [
        "Arden, M. J. and Boyle, Tom and van der Cole, D.",
        "Arden, M.J.; Boyle, Tom; van der Cole, D",
        "Arden MJ, Boyle T, van der Cole D",
        "Arden, M.J., Boyle, T., van der Cole, D.",
        ["Arden, Mira J", "Boyle, Tom", "van der Cole, Dan"],
    ],
)
def test_authors_are_split_by_whatever_separates_them(printed):
    names = normalise.author_list(printed)
    assert [normalise.family_name(name) for name in names] == ["arden", "boyle", "vandercole"]


def test_one_author_with_a_comma_is_one_author():
    assert normalise.author_list("Arden, Mira") == ["Arden, Mira"]


@pytest.mark.parametrize(
    "name", ["van Hamont, D", "van, Hamont D", "D. van Hamont", "Hamont, D. van"]
)
def test_a_family_name_is_recognised_wherever_it_stands(name):
    families, words, longest = normalise.name_words(name)
    assert families == {"hamont"} and longest == "hamont"
    assert {"d", "hamont"} <= words


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("461-6", ("461", "466")),
        ("461--466", ("461", "466")),
        ("S417–S429", ("s417", "s429")),
        ("e85", ("e85", "")),
        ("100A-101A", ("100a", "101a")),
        ("Suppl-29", ("", "29")),
        ("t-6", ("", "6")),
        ("215 p", ("", "")),
        ("Abstract 1234", ("", "")),
        ("No Pagination Specified", ("", "")),
        ("", ("", "")),
    ],
)
def test_pages_are_a_first_and_a_last(printed, pages):
    assert normalise.pages(printed) == pages


@pytest.mark.parametrize(
    ("printed", "number"),
    [("24 Suppl 3", "24"), (24, "24"), ("024", "24"), ("(Jul)", ""), ("", "")],
)
def test_a_volume_is_its_first_number(printed, number):
    assert normalise.volume(printed) == number
