"""The page as HTML: harmless, self-contained, well built, and legible in every colour scheme."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evergrove import page
from evergrove.errors import EvergroveError
from evergrove.page import svg
from evergrove.page.render import render
from evergrove.page.view import view
from tests.page_sample import DRAWING, HOSTILE, sample

STYLE = Path(page.__file__).with_name("style.css")


@pytest.fixture(scope="module")
def html():
    return render(view(sample()))


class Outline(HTMLParser):
    """Elements with their attributes, and the text of the page."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]


# --- drawings ----------------------------------------------------------------------------------


def test_a_drawing_keeps_its_words_and_loses_everything_that_acts_or_fetches():
    made = svg.inline(DRAWING, "figure-x", "x.svg")
    for word in ("script", "onclick", "metadata", "example.org", "xlink", "DOCTYPE", "@import"):
        assert word not in made
    assert "Alder 2011 &lt;b&gt; 3.30" in made
    assert "Two cohorts &amp; a diamond" in made


def test_the_names_and_styles_of_a_drawing_are_its_own():
    made = svg.inline(DRAWING, "figure-x", "x.svg")
    assert 'aria-labelledby="figure-x-t figure-x-d"' in made
    assert 'clip-path="url(#figure-x-c)"' in made
    assert 'href="#figure-x-m"' in made
    assert (
        "<style>.figure-x *{stroke-linejoin: round}.figure-x .a,.figure-x .b{fill: #000}</style>"
        in made
    )
    assert re.search(r'<svg [^>]*viewBox="0 0 510 120"', made)
    assert not re.search(r'<svg [^>]*(?<!-)width="', made)


@pytest.mark.parametrize("text", ["", "<html></html>", "not xml <", "<svg></svg>"])
def test_what_is_no_drawing_is_an_error_that_names_the_file(text):
    with pytest.raises(EvergroveError, match=r"^x\.svg"):
        svg.inline(text, "figure-x", "x.svg")


def test_drawings_that_would_fill_the_page_are_linked(monkeypatch):
    made = view(sample())["figures"]
    assert [(item["name"], item["svg"] is None) for item in made] == [
        ("primary", False), ("large", False),
    ]  # fmt: skip
    monkeypatch.setattr("evergrove.page.view.FIGURE_ROOM", 10)
    made = view(sample())["figures"]
    assert [(item["name"], item["svg"] is None) for item in made] == [
        ("primary", False), ("large", True),
    ]  # fmt: skip
    assert made[1]["files"][0]["href"] == "../figures/large.svg"


# --- the whole page ----------------------------------------------------------------------------


def test_text_of_an_export_is_shown_and_never_becomes_markup(html):
    outline = Outline(html)
    assert "".join(outline.text).count(HOSTILE) >= 2
    assert outline.all("img", "iframe", "object", "form") == []
    # The page's own data and script; test_explore.py holds what is in them.
    assert outline.all("script") == [{"type": "application/json", "id": "explore-data"}, {}]
    assert not [key for _, attributes in outline.elements for key in attributes if key[:2] == "on"]


def test_the_page_fetches_nothing_and_links_only_to_itself_its_files_and_the_papers(html):
    outline = Outline(html)
    assert [item for _, item in outline.elements if "src" in item or "srcset" in item] == []
    assert outline.all("link", "base") == []
    assert "url(" not in STYLE.read_text() and "@import" not in STYLE.read_text()
    targets = [item["href"] for _, item in outline.elements if "href" in item]
    outside = [href for href in targets if href[0] != "#"]
    allowed = ("https://doi.org/10.", "https://pubmed.ncbi.nlm.nih.gov/", "../")
    assert [href for href in outside if not href.startswith(allowed)] == []


def test_every_inner_link_has_its_target_and_every_id_is_one(html):
    outline = Outline(html)
    ids = [item["id"] for _, item in outline.elements if "id" in item]
    assert len(ids) == len(set(ids))
    targets = {item["href"][1:] for _, item in outline.elements if item.get("href", "")[:1] == "#"}
    for key in ("aria-labelledby", "aria-describedby"):
        for _, item in outline.elements:
            targets.update(item.get(key, "").split())
    assert targets - set(ids) == set()


def test_headings_tables_and_language_are_as_a_screen_reader_needs_them(html):
    outline = Outline(html)
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert len(outline.all("table")) == len(outline.all("caption")) > 8
    assert all(item.get("scope") in {"col", "row", "rowgroup"} for item in outline.all("th"))
    assert outline.all("html")[0]["lang"] == "en"
    assert (
        outline.elements[[tag for tag, _ in outline.elements].index("body") + 1][1]["class"]
        == "skip"
    )


def test_the_caveats_stand_in_the_first_section(html):
    first = html[html.index('id="result"') : html.index('class="contents"')]
    assert "Nobody was a control: baths &amp; time cannot be told apart." in first
    assert "1.30 and 5.10" in first


def test_tables_and_figures_are_numbered_in_the_order_of_the_page(html):
    for kind in ("Table", "Figure"):
        found = [int(number) for number in re.findall(rf"<b>{kind} (\d+)\.</b>", html)]
        assert found == list(range(1, len(found) + 1)), kind


# --- colours -----------------------------------------------------------------------------------


def _tokens(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_pair_of_colours_is_legible(theme):
    style = STYLE.read_text()
    blocks = [_tokens(found) for found in re.findall(r":root \{(.*?)\}", style, re.DOTALL)]
    light, dark, printed = blocks
    assert light.keys() == dark.keys() == printed.keys()
    tokens = {"light": light, "dark": dark, "print": printed}[theme]
    for ink in ("ink", "quiet", "link", "alarm"):
        assert _contrast(tokens[ink], tokens["paper"]) >= 4.5, ink
    assert _contrast(tokens["ink"], tokens["mark"]) >= 4.5
    assert _contrast(tokens["strong-rule"], tokens["paper"]) >= 3
    if theme == "print":
        assert tokens["paper"] == "#ffffff" and tokens["ink"] == "#000000"


def test_colours_stand_in_tokens_only():
    style = re.sub(r":root \{.*?\}", "", STYLE.read_text(), flags=re.DOTALL)
    drawings = re.findall(r"\.drawing \{[^}]*\}", style)
    for rule in drawings:
        style = style.replace(rule, "")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", style) == []
