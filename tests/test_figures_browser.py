"""The SVG in a browser, with the browser's own fonts and widths: nothing overlaps or is cut."""

import pytest

from evergrove.figures.extras import Extras
from evergrove.figures.journals import presets, style_named
from evergrove.figures.save import save
from evergrove.figures.save_pages import save_pages
from evergrove.figures.style import GENERIC
from evergrove.forest_plots import figure_tables, place, place_pages
from tests.browser import chromium
from tests.figure_sample import LONG_LABELS, PROTOCOL, hard_cases, review, studies, synthesis

# All boxes in points, in document order, with what they are.
MEASURE = """() => {
  const svg = document.querySelector("svg"), frame = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / frame.width;
  const box = (element) => {
    const b = element.getBoundingClientRect();
    return [(b.left - frame.left) * scale, (b.top - frame.top) * scale,
            (b.right - frame.left) * scale, (b.bottom - frame.top) * scale];
  };
  const marks = [...svg.querySelectorAll("g[id^='primary-'] path, g[id^='by-time-'] path")];
  return {
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
    texts: [...svg.querySelectorAll("text")].map((e) => [e.textContent, ...box(e)]),
    marks: marks.map((e) => [e.closest("g[role]")?.id ?? "", ...box(e)]),
  };
}"""


@pytest.fixture(scope="module")
def page():
    with chromium() as browser:
        yield browser.new_context(offline=True).new_page()


def overlap(one, other):
    across = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, min(one[4], other[4]) - max(one[2], other[2]))


def journal_cases():
    """k = 2, 13, 65, 150 with labels of 80 characters in five scripts, and a log axis."""
    cases = {k: review(synthesis(studies(k, labels=LONG_LABELS))) for k in (2, 13, 65, 150)}
    rows = studies(65, mean=0.3, spread=0.5, width=3.0, labels=LONG_LABELS)
    return cases | {"log axis": review(synthesis(rows), measure="OR", unit=None)}


def judged(rows):
    for i, row in enumerate(rows):
        row["rob"] = {"Confounding": ("low", "high", "unclear")[i % 3], "Selection": "critical"}
        row |= {"new": i % 4 == 0, "dose": ("1.5", "12", "0.25")[i % 3]}
    return rows


def check(page, svg, plot):
    """No two texts intersect, none leaves the page, none touches a mark or a bracket."""
    page.set_content(svg.decode())
    seen = page.evaluate(MEASURE)
    texts = sorted(seen["texts"], key=lambda text: text[2])
    for number, text in enumerate(texts):
        assert text[1] >= 0 and text[2] >= 0, text
        assert text[3] <= seen["width"] and text[4] <= seen["height"], text
        for other in texts[number + 1 :]:
            if other[2] >= text[4]:
                break
            assert overlap(text, other) <= 0, (text, other)
    # Rules go over the whole width; circles of risk of bias hold their symbol.
    marks = [m for m in seen["marks"] if m[3] - m[1] < 0.9 * seen["width"] and m[1] < plot[1]]
    assert marks
    for text in texts:
        assert all(overlap(text, mark) <= 0 for mark in marks), text
    return texts


@pytest.mark.parametrize("style", presets())
@pytest.mark.parametrize("name", journal_cases())
def test_every_page_of_every_journal_style_is_clear(page, name, style):
    chosen = style_named(style)
    [table] = figure_tables(journal_cases()[name], PROTOCOL, ["primary"], chosen.numbers)
    sheets = place_pages(table, chosen)
    files = save_pages(sheets, "svg", chosen)
    seen = [check(page, svg, table["placement"]["columns"]["plot"]) for svg in files]
    assert [len(texts) for texts in seen] == [len(list(sheet.words())) for sheet in sheets]


@pytest.mark.parametrize("style", ["elsevier", "springer"])
def test_columns_risk_of_bias_and_new_studies_are_clear(page, style):
    chosen = style_named(style)
    data = review(synthesis(judged(studies(40))))
    extras = Extras("date", ("dose", "group"))
    [table] = figure_tables(data, PROTOCOL, ["primary"], chosen.numbers, extras)
    sheets = place_pages(table, chosen)
    for svg in save_pages(sheets, "svg", chosen):
        texts = check(page, svg, table["placement"]["columns"]["plot"])
        assert {"Dose", "Group"} <= {text[0] for text in texts}


@pytest.mark.parametrize("name", hard_cases())
def test_nothing_overlaps_and_nothing_leaves_the_page(page, name):
    data = hard_cases()[name]
    figure = "by-time" if data["subgroups"] else "primary"
    [table] = figure_tables(data, PROTOCOL, [figure])
    sheet = place(table)
    page.set_content(save(sheet, ["svg"], GENERIC)["svg"].decode())
    seen = page.evaluate(MEASURE)
    texts = sorted(seen["texts"], key=lambda text: text[2])
    assert len(texts) == len(list(sheet.words()))
    for number, text in enumerate(texts):
        assert text[1] >= 0 and text[2] >= 0, text
        assert text[3] <= seen["width"] and text[4] <= seen["height"], text
        for other in texts[number + 1 :]:
            if other[2] >= text[4]:
                break
            assert overlap(text, other) <= 0, (text, other)
    # The rules over the whole width lie between rows; every other stroke is a mark.
    marks = [mark for mark in seen["marks"] if mark[3] - mark[1] < 450]
    assert bool(marks) == (name != "k = 0")
    for text in texts:
        assert all(overlap(text, mark) <= 0 for mark in marks), text


def test_the_browser_agrees_with_the_measured_widths(page):
    data = hard_cases()["k = 13"]
    [table] = figure_tables(data, PROTOCOL, ["primary"])
    sheet = place(table)
    page.set_content(save(sheet, ["svg"], GENERIC)["svg"].decode())
    fonts = page.evaluate("() => document.fonts.check(\"8px 'DejaVu Sans'\", 'a')")
    seen = {text[0]: text[3] - text[1] for text in page.evaluate(MEASURE)["texts"]}
    if not fonts:
        pytest.skip("the browser has no DejaVu Sans")
    for words in sheet.words():
        # The browser's box holds the ink, which leans over the advance by a fraction of a point.
        assert seen[words.text] == pytest.approx(words.width, abs=1.2), words.text
