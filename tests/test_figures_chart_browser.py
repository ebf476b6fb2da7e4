"""Charts as SVG in a browser, with its own fonts and widths: no text on a text or on a point."""

import pytest

from evergrove.figures.save import save
from evergrove.figures.style import GENERIC
from tests.browser import chromium
from tests.chart_sample import charts
from tests.test_figures_browser import overlap

# All boxes in points: texts, and the marks of points (closed paths of named groups).
MEASURE = """() => {
  const svg = document.querySelector("svg"), frame = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / frame.width;
  const box = (element) => {
    const b = element.getBoundingClientRect();
    return [(b.left - frame.left) * scale, (b.top - frame.top) * scale,
            (b.right - frame.left) * scale, (b.bottom - frame.top) * scale];
  };
  const named = /-(study|filled|cloud|window|r|version|all)(-|$)/;
  const groups = [...svg.querySelectorAll("g[role=group]")].filter((g) => named.test(g.id));
  const marks = groups.flatMap((g) => [...g.querySelectorAll("path")]);
  return {
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
    texts: [...svg.querySelectorAll("text")].map((e) => [e.textContent, ...box(e)]),
    marks: marks.filter((e) => /z\\s*$/i.test(e.getAttribute("d"))).map((e) => ["", ...box(e)]),
    said: groups.map((g) => g.getAttribute("aria-label")),
    title: document.querySelector("svg > title").textContent,
    desc: document.querySelector("svg > desc").textContent,
  };
}"""
NAMES = ("k = 2", "k = 13", "k = 65", "k = 150", "long labels", "65 long labels", "ratios")


@pytest.fixture(scope="module")
def page():
    with chromium() as browser:
        yield browser.new_context(offline=True).new_page()


@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_a_text_or_a_point_and_none_leaves_the_page(page, name):
    for table, sheet in charts(name):
        page.set_content(save(sheet, ["svg"], GENERIC)["svg"].decode())
        seen = page.evaluate(MEASURE)
        kind, texts = table["kind"], sorted(seen["texts"], key=lambda text: text[2])
        assert len(texts) == len(list(sheet.words()))
        points = sum(len(panel.get("points", ())) for panel in table["panels"])
        clouds = [cloud for panel in table["panels"] for cloud in panel.get("clouds", ())]
        assert len(seen["marks"]) >= points + sum(len(cloud["at"]) for cloud in clouds)
        for number, text in enumerate(texts):
            assert text[1] >= 0 and text[2] >= 0, (kind, text)
            assert text[3] <= seen["width"] and text[4] <= seen["height"], (kind, text)
            for other in texts[number + 1 :]:
                if other[2] >= text[4]:
                    break
                assert overlap(text, other) <= 0, (kind, text, other)
            for mark in seen["marks"]:
                assert overlap(text, mark) <= 0, (kind, text, mark)
        assert seen["title"] == table["title"] and seen["desc"] == sheet.description
        assert all(seen["said"]), kind
