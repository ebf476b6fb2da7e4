"""Pages, dates, names and identifiers as exports write them, and what they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove.formats import identifiers, status, text
from evergrove.formats.dates import date, month_of
from evergrove.formats.latex import plain
from evergrove.formats.names import (
    comma_name,
    comma_names,
    initials_name,
    loose_name,
    name_list,
    natural_name,
    read_names,
    undecorated,
)
from evergrove.formats.pages import page_range, pages

settings.register_profile("values", max_examples=150, deadline=None)
settings.load_profile("values")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("461--6", "461-466"),
        ("461-6", "461-466"),
        ("113-25", "113-125"),
        ("2202\u20106", "2202-2206"),
        ("2202\u20136", "2202-2206"),
        ("S113-25", "S113-S125"),
        ("e12-5", "e12-e15"),
        ("1428.e1-1428.e10", "1428.e1-1428.e10"),
        ("E45", "E45"),
        ("i428", "i428"),
        ("12-12", "12"),
        ("xii-xiv", "xii-xiv"),
        ("pp. 33 - 41", "33-41"),
        ("Article 106", "106"),
        ("ARTN 106", "106"),
        ("17-Oct", "10-17"),
        ("Oct-17", "10-17"),
        ("Dec-08", None),
        ("2013-10-17", None),
        ("12 pages", None),
        ("https://doi.org/10.1/x", None),
        ("no pagination", None),
        ("-", None),
        ("", None),
        (None, None),
        ("100-99", "100-199"),
        ("460-459", "460-459"),
    ],
)
def test_pages(said, meant):
    assert pages(said) == meant


@pytest.mark.parametrize(
    ("start", "end", "meant"),
    [
        ("461", "6", "461-466"),
        ("461", "461", "461"),
        ("461", None, "461"),
        ("461-466", "466", "461-466"),
        (None, "466", "466"),
        ("S12", "S14", "S12-S14"),
        (None, None, None),
    ],
)
def test_pages_from_two_fields(start, end, meant):
    assert page_range(start, end) == meant


@given(st.text(max_size=30))
def test_pages_are_full_after_one_reading(said):
    once = pages(said)
    assert once is None or pages(once) in (once, None)


@given(st.integers(1, 99999), st.integers(0, 400))
def test_an_abbreviated_end_page_is_put_in_full(first, more):
    last = first + more
    brief = str(last)
    shared = 0
    while (
        len(str(first)) == len(brief) and shared < len(brief) - 1
        and str(first)[shared] == brief[shared]
    ):  # fmt: skip
        shared += 1
    full = f"{first}-{last}" if more else str(first)
    assert pages(f"{first}-{brief[shared:]}") == full
    assert pages(f"{first}--{brief}") == full


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2013 Sep", (2013, 9)),
        ("2013 Sep-Oct", (2013, 9)),
        ("2019 Dec-2020 Jan", (2019, 12)),
        ("2006 Winter", (2006, None)),
        ("2012 1st Quarter", (2012, None)),
        ("Article 10 2019", (2019, None)),
        ("2013/09/01/", (2013, 9)),
        ("2009/05//", (2009, 5)),
        ("2014///Spring", (2014, None)),
        ("2014-03-02T00:00:00Z", (2014, 3)),
        ("20170812", (2017, 8)),
        ("4-8 Aug. 2020", (2020, 8)),
        ("septembre 2011", (2011, 9)),
        ("März 2011", (2011, 3)),
        ("03/04/2013", (2013, None)),
        ("03/14/2013", (2013, 3)),
        ("14.03.2013", (2013, 3)),
        ("0000", (None, None)),
        ("in press", (None, None)),
        ("2824", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_dates(said, meant):
    assert date(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("9", 9), ("09", 9), ("sep", 9), ("Sep-Oct", 9), ("MAR 1", 3), ("13", None), ("²", None)],
)
def test_months(said, meant):
    assert month_of(said) == meant


@given(st.text(max_size=40))
def test_a_date_is_a_year_and_a_month_or_nothing(said):
    year, month = date(said)
    assert year is None or 1500 <= year <= 2099
    assert month is None or 1 <= month <= 12


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Family, Given", "Family, Given"),
        ("Family,I.I.", "Family, I.I."),
        ("Wilson, L.N.", "Wilson, L.N."),
        ("Smith, Jr., John A.", "Smith, John A. Jr."),
        ("Smith, John A., Jr.", "Smith, John A. Jr."),
        ("Smith, J. et al.", "Smith, J."),
        ("Smith, J. and others", "Smith, J."),
        ("World Health Organization,", "World Health Organization"),
        ("Imaginary Study Group", "Imaginary Study Group"),
        ("S&oslash;rensen,  Ole", "Sørensen, Ole"),
        ("Ed, Ed", "Ed, Ed"),
        ("et al.", None),
        ("[No authors listed]", None),
        ("Anonymous", None),
        ("null", None),
    ],
)
def test_names_with_commas(said, meant):
    assert comma_name(said) == meant
    assert comma_names([said, "Last, One"]) == ([meant] if meant else []) + ["Last, One"]


NAME_PARTS = st.sampled_from(
    [*"abZé,;.|& <-", ", ", "Smith", "J.", " al", "others", "null", "\u00a0", "van ", "'"]
)


@given(st.lists(st.lists(NAME_PARTS, max_size=6).map("".join), max_size=4))
def test_names_read_together_are_the_names_read_one_by_one(names):
    names = [name.strip() for name in names if name.strip()]
    assert comma_names(names) == [name for name in map(comma_name, names) if name]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("van der Berg JA Jr", "van der Berg, JA Jr"),
        ("Smith J", "Smith, J"),
        ("O'Neil J-P", "O'Neil, J-P"),
        ("Imaginary Study Group", "Imaginary Study Group"),
        ("Madonna", "Madonna"),
    ],
)
def test_names_with_initials_behind(said, meant):
    assert initials_name(said) == meant
    assert loose_name(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Jan van Eyck", "van Eyck, Jan"),
        ("Ada B. Lovelace", "Lovelace, Ada B."),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("World Health Organization", "World Health Organization"),
        ("John Smith Jr.", "Smith, John Jr."),
    ],
)
def test_names_in_their_natural_order(said, meant):
    assert natural_name(said) == meant


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Hu L, Day K.", ["Hu L", "Day K"]),
        ("Hu, L., Day, K.", ["Hu, L.", "Day, K."]),
        ("Hu, Li", ["Hu, Li"]),
        ("Hu, Li; Day, Kim", ["Hu, Li", "Day, Kim"]),
        ("Hu, Li and Day, Kim", ["Hu, Li", "Day, Kim"]),
        ("Hu L, Day K and Roe B", ["Hu L", "Day K", "Roe B"]),
        ("Hu, Li|Day, Kim", ["Hu, Li", "Day, Kim"]),
        ("张三;李四;", ["张三", "李四"]),
    ],
)
def test_several_names_in_one_field(said, names):
    assert name_list(said) == names


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Smith, John 1,2,+", "Smith, John"),
        ("Hu, Li MD, PhD *", "Hu, Li"),
        ("Smith, B.A.", "Smith, B.A."),
        ("Day, Kim [1]", "Day, Kim"),
    ],
)
def test_degrees_and_marks_are_no_part_of_a_name(said, meant):
    assert undecorated(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("10.9999/ABC.1", "10.9999/abc.1"),
        ("https://doi.org/10.9999/abc.1", "10.9999/abc.1"),
        ("http://dx.doi.org/10.9999/abc.1.", "10.9999/abc.1"),
        ("doi: 10.9999/abc.1", "10.9999/abc.1"),
        ("10.9999/s0140-6736%2803%2914235-5", "10.9999/s0140-6736(03)14235-5"),
        ("10.9999/s0140-6736(03)14235-5)", "10.9999/s0140-6736(03)14235-5"),
        ("10.9999/(sici)1097<1::aid-1>3.0.co;2-4", "10.9999/(sici)1097<1::aid-1>3.0.co;2-4"),
        ("ARTN 106\r\n10.9999/abc.1", "10.9999/abc.1"),
        ("10.9999/abc.1 [doi]", "10.9999/abc.1"),
        ("10.9999/abc.1     LK  - https://x", "10.9999/abc.1"),
        ("10.9999/ abc.1", "10.9999/abc.1"),
        ("10.9999/a&amp;b", "10.9999/a&b"),
        ("no doi", None),
        ("10.1", None),
        ("", None),
        (None, None),
    ],
)
def test_dois(said, meant):
    assert identifiers.doi(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("doi: 10.9999/own", "10.9999/own"),
        ("A note.\nDOI 10.9999/own", "10.9999/own"),
        ("10.9999/own", "10.9999/own"),
        ("10.9999/own [doi]; x [pii]", "10.9999/own"),
        ("Erratum in: J. 2014. doi: 10.9999/other", None),
    ],
)
def test_in_a_note_only_a_doi_at_its_head_is_the_record_s_own(said, meant):
    assert identifiers.doi_stated(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12345678", "12345678"),
        ("012345", "12345"),
        ("12345678.0", "12345678"),
        ("PMID: 12345678", "12345678"),
        ("MEDLINE:12345678", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"),
        ("12345678[pmid]", "12345678"),
        ("L20298802", None),
        ("", None),
        (None, None),
    ],
)
def test_pmids(said, meant):
    assert identifiers.pmid(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("PMC123456", "PMC123456"), ("PMCID: PMC123456", "PMC123456"), ("pmc 99", None), ("", None)],
)
def test_pmcids(said, meant):
    assert identifiers.pmcid(said) == meant


@given(st.text(max_size=60))
def test_identifiers_of_any_text_are_plain_or_none(said):
    for found in (identifiers.doi(said), identifiers.doi_stated(said), identifiers.doi_alone(said)):
        assert found is None or (found.startswith("10.") and not set(found) & set(" \n\t"))
    for found in (identifiers.pmid(said), identifiers.pmid_stated(said)):
        assert found is None or found.isdigit()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("  a\n b\xa0c ", "a b c"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("&#039;quoted&#x27;", "'quoted'"),
        ("<i>in vivo</i>", "in vivo"),
        ("10<sup>3</sup> cells", "10(3) cells"),
        ("CO<sub>2</sub>", "CO2"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("<p>one</p><p>two</p>", "one two"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        (" \t", None),
        (None, None),
    ],
)
def test_text_is_one_clean_line(said, meant):
    assert text.clean(said) == meant


@given(st.text(alphabet=st.sampled_from("ab &;<>/i\n\t\xa0\u2003#amp1sup"), max_size=40))
def test_clean_text_has_no_double_space_and_no_line_end(said):
    found = text.clean(said)
    assert found is None or (found == " ".join(found.split()) and found)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (["Ann Ash", "Bob van Elm"], ["Ash, Ann", "van Elm, Bob"]),
        (["Ann Ash", "Imaginary Trial Group"], ["Ash, Ann", "Imaginary Trial Group"]),
        (["World Imagination"], ["World Imagination"]),
        (["Ash A B", "Dos Elmos", "H B"], ["Ash, A B", "Dos Elmos, H B"]),
        (["A. B. Ash", "C. Elm"], ["Ash, A. B.", "Elm, C."]),
        (["Ash, Ann", "Jane Elm"], ["Ash, Ann", "Jane Elm"]),
        (["CAIZHI SHEN", "ASH, A."], ["CAIZHI SHEN", "ASH, A."]),
    ],
)
def test_names_of_a_record_are_read_together(said, names):
    assert read_names(said) == names


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (r"{\'e}t{\'E} \"o \c{c} {\ss} {\o} {\AA}", "étÉ ö ç ß ø Å"),
        (r"{\textquoteright}s {\textquotedblleft}", "’s “"),
        (r"$\alpha$-level of 10$^{3}$", "α-level of 10(3)"),
        (r"100\,\% \& more~here", "100 % & more here"),
        (r"\textit{in vivo} {MRI}", "in vivo MRI"),
        (r"{\(\alpha\)}-{CO\({}_{\mbox{2}}\)} \(n\)", "α-CO2 (n)"),
        (r"H$_2$O, CO$_{2}$, a\_b", "H2O, CO2, a_b"),
        (r"\textasciitilde100 for \$5, {\LaTeX}", "~100 for $5, LaTeX"),
        ("it costs {US} $5", "it costs US $5"),
    ],
)
def test_latex_becomes_text(said, meant):
    assert plain(said) == meant


def test_notes_in_words_give_links_in_the_right_direction():
    links = status.links_in_words(
        ["Retraction in: J. 2010;1:1. PMID: 90000001; Erratum for: J. 2009;2:2. PMID: 90000002"]
    )
    assert [(link["kind"], link["pmid"]) for link in links] == [
        ("retraction_in", "90000001"),
        ("erratum_for", "90000002"),
    ]


def test_every_kind_of_link_has_a_tag_and_its_opposite():
    opposite = {"in": ("of", "for", "from", "on")}
    for kind in status.KINDS:
        stem, _, direction = kind.rpartition("_")
        wanted = opposite.get(direction, ("in",))
        assert any(f"{stem}_{other}" in status.KINDS for other in wanted), kind
    assert len(status.BY_TAG) == len(status.BY_REF_TYPE) == len(status.KINDS)
