"""The SVG in a browser, with the browser's own fonts and widths: nothing overlaps or is cut."""

import shutil

import pytest

from evergrove.draw_figures import figure_tables, place
from evergrove.figures.save import save
from evergrove.figures.style import GENERIC
from tests.figure_sample import PROTOCOL, hard_cases

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_context(offline=True).new_page()
        browser.close()


def overlap(one, other):
    across = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, min(one[4], other[4]) - max(one[2], other[2]))


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
