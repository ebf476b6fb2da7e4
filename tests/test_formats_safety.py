"""Whatever the bytes: citations, rejects or one plain refusal; soon, and without the network."""

import os
import socket
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evergrove.errors import EvergroveError
from evergrove.parse_citations import parse_file
from tests.citation_laws import FIXTURES, read_lawfully

ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>Article {0}."
    "</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n"
)
PROSE = "lorem ipsum - dolor 2013 (Smith, J.) sit amet; "
SIZE = 5_000_000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\0" * 50, "empty"),
        (b"PK\x03\x04" + b"x" * 50, "ZIP archive"),
        (b"\x1f\x8b" + b"x" * 50, "gzip archive"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "old Excel or Word"),
        (bytes(range(256)) * 40, "no text file"),
        (b"<!DOCTYPE html><html><head><title>Error</title></head></html>", "no citation"),
        (b'{"records": [{"title": "x", "doi": "10.1000/x"}]}', "no citation"),
        (b"Dear colleague,\nplease find - attached - the list.\n", "no citation"),
        (b"day,temperature\n1,20\n", "no citation"),
        (b"import os\n\n@dataclass(frozen=True)\nclass X:\n    title: str\n", "no citation"),
        (b"@page {\n  margin: 1cm;\n}\n", "no citation"),
        (b"# List\n\n| title | doi |\n|:---|---|\n", "no citation"),
        (b"Title,Authors,DOI,PMID\n", "no citation"),
        (b"<?xml version='1.0'?><article><front/></article>", "no citation"),
        (b"<PubmedArticleSet></PubmedArticleSet>", "no citation"),
    ],
)
def test_what_holds_no_citation_is_refused_with_the_name_of_the_file(data, problem):
    with pytest.raises(EvergroveError) as caught:
        parse_file("export.txt", data)
    assert problem in caught.value.problem
    assert caught.value.file == "export.txt"
    assert caught.value.remedy


@pytest.fixture
def no_network(monkeypatch):
    def forbidden(*_args, **_named):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
        '<!ENTITY % remote SYSTEM "http://127.0.0.1:9/x.dtd"> %remote;',
    ],
)
def test_entities_of_a_file_s_own_are_refused(declaration, no_network):
    body = ARTICLE.format(1).replace("Article 1.", "&c;")
    text = f"<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet [{declaration}]>\n{body}"
    with pytest.raises(EvergroveError, match="entities") as caught:
        parse_file("bomb.xml", text.encode())
    assert caught.value.place == "line 2"


def test_an_unknown_dtd_is_never_fetched(no_network):
    text = (
        '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//Nobody//DTD" '
        '"https://dtd.example/unknown.dtd"><PubmedArticleSet>'
        + ARTICLE.format(7).replace("Article 7", "Caf&eacute; &unknown; &alpha;")
        + "</PubmedArticleSet>"
    )
    assert parse_file("x", text.encode()).records[0]["title"] == "Café &unknown; α."


def test_strings_of_bibtex_that_double_themselves_stay_small():
    lines = ['@string{a0="ha"}', *(f"@string{{a{n}=a{n - 1} # a{n - 1}}}" for n in range(1, 80))]
    data = "\n".join([*lines, "@article{x, title=a79, author={Ivy, Ida}}"]).encode()
    parsed = parse_file("x", data)
    assert len(str(parsed.records)) < 100_000


@pytest.mark.parametrize("cut", range(1, 4 * len(ARTICLE), 37))
def test_of_a_truncated_xml_file_everything_before_the_cut_is_read(cut):
    articles = [ARTICLE.format(number) for number in (1, 2, 3)]
    text = ("<PubmedArticleSet>" + "".join(articles))[: 18 + cut]
    whole = text.count("</PubmedArticle>")
    begun = text.count("<PubmedArticle>")
    if not begun:
        with pytest.raises(EvergroveError):
            parse_file("x", text.encode())
        return
    parsed = parse_file("x", text.encode())
    assert [record["pmid"] for record in parsed.records] == ["1", "2", "3"][:whole]
    assert len(parsed.rejects) == begun - whole
    assert all("breaks off" in reject["reason"] for reject in parsed.rejects)


@pytest.mark.parametrize("depth", [50, 100_000])
def test_deeply_nested_xml_is_read_or_rejected(depth):
    nested = "<b>" * depth + "deep" + "</b>" * depth
    text = ARTICLE.format(1).replace("Article 1.", nested) + ARTICLE.format(2)
    parsed = parse_file("x", text.encode())
    assert parsed.records[-1]["pmid"] == "2"
    assert len(parsed.records) + len(parsed.rejects) == 2


LONG = {
    "no format": "{}",
    "ris": "TY  - JOUR TI  - One line AU  - Ivy, Ida AB  - {} ER  - ",
    "ris abstract": "TY  - JOUR\nTI  - One line\nAB  - {}\nER  - \n",
    "ris author": "TY  - JOUR\nTI  - One line\nAU  - {}\nER  - \n",
    "nbib": "PMID- 123 OWN - NLM TI  - One line AB  - {} FAU - Ivy, Ida AU - Ivy I",
    "highwire": "PT  - JOURNAL ARTICLE AU  - Ivy, I. TI  - x AB  - {} 4099 - http://x.example",
    "bibtex": "@article{{x, title={{{}}}}}",
    "bibtex not closed": "@article{{x, title={{{}",
    "csv": 'Title,Authors,DOI,PMID\n"{}",x,,1\n',
    "wos": "FN x\nVR 1.0\nPT J\nTI {}\nER\nEF\n",
    "endnote tagged": "%0 Journal Article\n%T {}",
    "refworks": "RT Journal Article\nT1 {}\n",
    "ovid": "<1>\nTitle\n  {}\nSource\n  J. 1(2):3-4, 2003.\n",
    "xml": ARTICLE.replace("{0}.", "{0}").replace("<PMID>{0}", "<PMID>1"),
}


@pytest.mark.parametrize("shape", LONG)
def test_five_megabytes_on_one_line_are_read_or_refused_within_seconds(shape):
    data = LONG[shape].format(PROSE * (SIZE // len(PROSE))).encode()
    started = time.process_time()
    parsed = read_lawfully(data)
    assert time.process_time() - started < 15
    assert (parsed is None) == (shape == "no format")
    assert parsed is None or len(parsed.records) == 1


@pytest.mark.parametrize(
    "filling", [" ", "\n", ", ", ". ", "aB", "\\(", "{", " and ", "1-", "&amp;"]
)
@pytest.mark.parametrize(
    "shape",
    [
        "@article{{{0}",
        "@article{{x, title={{t}}, author={{{0}}}, journal={{{0}}}}}",
        'Title,Authors,Source,Open URL Link,Author Names\n"x","{0}","{0}",x,"{0}"\n',
        'Item Title,Item DOI,Content Type,Authors\nx,,y,"{0}"\n',
        "PT\tAU\tTI\nJ\t{0}\tx\n",
        "<1>\nAuthors\n  {0}\nSource\n  {0}\n",
        "RT Journal\nT1 x\nA1 {0}\nA1 b c\n",
    ],
)
def test_a_field_of_nothing_but_one_sign_takes_no_longer_than_its_length(shape, filling):
    data = shape.format(filling * (200_000 // len(filling))).encode()
    started = time.process_time()
    read_lawfully(data)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "record",
    [
        "TY  - JOUR\nTI  - a\nAU  - Ivy, I\nER  - \n\n",
        "TY  - JOUR\nER  - \n",
        "PMID- 1\nTI  - a\nFAU - Ivy, I\n\n",
        "@article{x, title={a}, author={Ivy, I}}\n",
        "@article{x, title={a\n",
        "%0 Journal Article\n%T a\n%A Ivy, I\n\n",
        "RT Journal Article\nT1 a\nA1 Ivy, I\n\n",
        ARTICLE.format(1),
    ],
)
def test_time_grows_in_proportion_to_the_number_of_records(record):
    def seconds(number):
        data = (record * number).encode()
        started = time.process_time()
        parsed = parse_file("x", data)
        spent = time.process_time() - started
        assert len(parsed.records) + len(parsed.rejects) == number
        return spent

    # Eight times the records: a quadratic step would cost sixty-four times as much.
    few = max(min(seconds(400) for _ in range(3)), 0.001)
    assert min(seconds(3200) for _ in range(2)) < 24 * few


TOKENS = [
    token.encode("latin-1")
    for line in (
        "\n|\r\n|\n\n| |\t|,|;|\"|'|{|}|(|)|[|]|<|>|&|%|@|#|=|-|/|\\|0|10.1000/|et al.|\0|\xff",
        "TY  - JOUR|ER  - |PMID- 1|AU  - |AB  - |TI  - |PT  - JOURNAL ARTICLE|      |\xe2\x80",
        "\xef\xbb\xbf|\xc2\xa0|<record>|</record>|<![CDATA[|]]>|&#xffff;|FN x|%0 Book|VN  - Ovid",
        "@article{|title={|Title,DOI,PMID|RT Book|<1>|<PubmedArticle>|&#99999999;",
    )
    for token in line.split("|")
]
EXPORTS = [path.read_bytes()[:5000] for path in FIXTURES]


@st.composite
def spoiled_exports(draw):
    """A fixture with pieces put in, cut out, doubled, or taken from another fixture."""
    data = draw(st.sampled_from(EXPORTS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 200))
        change = draw(st.sampled_from(["put", "cut", "double", "graft", "break off"]))
        if change == "put":
            data = data[:at] + draw(st.sampled_from(TOKENS)) + data[at:]
        elif change == "cut":
            data = data[:at] + data[at + length :]
        elif change == "double":
            data = data[:at] + data[at : at + length] * 2 + data[at + length :]
        elif change == "graft":
            other = draw(st.sampled_from(EXPORTS))
            data = data[:at] + other[at : at + length] + data[at:]
        else:
            data = data[:at]
    return data


fuzz = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@fuzz
@given(spoiled_exports())
def test_laws_hold_for_spoiled_exports(data):
    read_lawfully(data)


@fuzz
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map(b"".join))
def test_laws_hold_for_a_soup_of_signs(data):
    read_lawfully(data)


@fuzz
@given(st.binary(max_size=300))
def test_laws_hold_for_any_bytes(data):
    read_lawfully(data)


@fuzz
@given(st.integers(1, 8), st.sampled_from(["ris", "nbib", "bibtex", "xml"]), st.data())
def test_as_many_records_come_out_as_were_written(number, written, data):
    """Titles of any kind, also such as look like tags, never make or swallow a record."""
    title = st.text(
        st.sampled_from("ab TYERPMID-  {}=,.:;&<>%@1"), min_size=1, max_size=40
    ).map(lambda text: f"x {text.strip()} y")  # fmt: skip
    titles = [data.draw(title) for _ in range(number)]
    text = "".join(_write(written, at, title) for at, title in enumerate(titles, 1))
    parsed = parse_file("x", text.encode())
    assert len(parsed.records) == number
    assert not parsed.rejects


def _write(written, number, title):
    if written == "ris":
        return f"TY  - JOUR\nTI  - {title}\nPY  - 2001\nER  - \n\n"
    if written == "nbib":
        return f"PMID- {number}\nTI  - {title}\nDP  - 2001\n\n"
    if written == "bibtex":
        plain = title.replace("{", "").replace("}", "")
        return f"@article{{x{number},\n  title = {{{plain}}},\n  year = 2001\n}}\n"
    safe = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ARTICLE.format(number).replace(f"Article {number}.", safe)
