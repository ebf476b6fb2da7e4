"""All row figures of a review together; the SVG of each in a browser."""

import itertools
import time

import pytest

from evergrove.figures.row_figures import reason_words, row_figures, study_names, study_weights
from evergrove.figures.save import save
from evergrove.figures.style import GENERIC
from evergrove.tables import format_json
from tests.browser import chromium
from tests.figure_sample import LONG_LABELS, PROTOCOL
from tests.row_figure_sample import SIZES, analyses, flow, judgements, sequence


def everything(k, labels=(), flows=3):
    added, left, whole = sequence(k, labels)
    review = analyses(k, labels)
    review["syntheses"][0] = whole
    rows = [*judgements(k, "jbi_case_series", left_out=0.1), *judgements(k, "robins_i")]
    prisma = flow(n=flows, updated=True, other=True, labels=labels)
    return row_figures(review, prisma, added, left, rows, PROTOCOL)


def test_every_figure_is_there_in_order_and_its_table_is_plain_json():
    figures = everything(5)
    assert [id for id, _, _ in figures] == [
        "summary",
        "cumulative",
        "leave-one-out",
        "flow",
        "risk-of-bias-jbi-case-series",
        "risk-of-bias-jbi-case-series-summary",
        "risk-of-bias-robins-i",
        "risk-of-bias-robins-i-summary",
    ]
    for id, table, sheet in figures:
        assert table["figure"] == id == sheet.id
        assert table["placement"]["height"] == sheet.height
        format_json(table)


def test_the_same_review_gives_the_same_bytes():
    one, other = (
        [format_json(t) + save(s, ["svg"], GENERIC)["svg"].decode() for _, t, s in everything(4)]
        for _ in range(2)
    )
    assert one == other


def test_what_has_no_rows_has_no_figure():
    figures = row_figures(analyses(1), flow(), [], [], None, PROTOCOL)
    assert [id for id, _, _ in figures] == ["summary", "flow"]


def test_all_tables_and_sheets_of_65_rows_take_less_than_two_seconds():
    everything(2)
    rows = sequence(65), analyses(65), judgements(65, "jbi_case_series")
    start = time.process_time()
    row_figures(rows[1], flow(), rows[0][0], rows[0][1], rows[2], PROTOCOL)
    assert time.process_time() - start < 2


def test_reasons_are_worded_by_their_short_names():
    protocol = {"criteria": {"exclude": [{"id": "no_pain_score"}], "automatic": [{"id": "old"}]}}
    assert reason_words(protocol) == {"no_pain_score": "No pain score", "old": "Old"}
    assert reason_words({}) == {}


def test_a_study_weighs_what_its_rows_weigh_together():
    rows = [{"study": "a", "weight": 10.0}, {"study": "b", "weight": 70.0}]
    rows += [{"study": "a", "weight": 20.0}, {"study": "c", "weight": None}]
    assert study_weights(rows) == {"a": 30.0, "b": 70.0}


def test_a_study_of_one_report_has_the_name_of_the_report():
    rows = [{"study": "shore", "report": "elm2020"}, {"study": "hill", "report": "oak2019"}]
    rows += [{"study": "hill", "report": "oak2021"}]
    assert study_names({"syntheses": [{"studies": rows}]}) == {"shore": "Elm 2020"}


# --- in a browser, with its own fonts and widths --------------------------------------------

# Boxes in points of all texts and strokes, each with the group that it belongs to.
MEASURE = """() => {
  const svg = document.querySelector("svg"), frame = svg.getBoundingClientRect();
  const scale = svg.viewBox.baseVal.width / frame.width;
  const found = (element) => {
    const b = element.getBoundingClientRect();
    return [element.closest("g[id]")?.id ?? "", (b.left - frame.left) * scale,
            (b.top - frame.top) * scale, (b.right - frame.left) * scale,
            (b.bottom - frame.top) * scale];
  };
  const group = (e) => e.closest("g[id]")?.id ?? "";
  return {
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
    texts: [...svg.querySelectorAll("text")].map((e) => [e.textContent, ...found(e)]),
    paths: [...svg.querySelectorAll("path")].filter(group).map(found),
    labels: [...svg.querySelectorAll("g[role=group]")].map((e) => e.getAttribute("aria-label")),
  };
}"""


@pytest.fixture(scope="module")
def page():
    with chromium() as browser:
        yield browser.new_context(offline=True).new_page()


def meet(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    return min(across, min(one[3], other[3]) - max(one[1], other[1]))


@pytest.mark.parametrize(("k", "long"), list(itertools.product(SIZES, [False, True])))
def test_in_a_browser_texts_are_apart_and_inside_the_page_and_their_boxes(page, k, long):
    for id, table, sheet in everything(k, LONG_LABELS if long else (), flows=min(k, 13)):
        page.set_content(save(sheet, ["svg"], GENERIC)["svg"].decode())
        seen = page.evaluate(MEASURE)
        texts = sorted(seen["texts"], key=lambda text: text[3])
        assert len(texts) == len(list(sheet.words())), id
        assert all(label.strip() for label in seen["labels"])
        for number, (text, _, *box) in enumerate(texts):
            assert box[0] >= 0 and box[1] >= 0, (id, text)
            assert box[2] <= seen["width"] and box[3] <= seen["height"], (id, text)
            for other, _, *place in texts[number + 1 :]:
                if place[1] >= box[3]:
                    break
                assert meet(box, place) <= 0, (id, text, other)
        if table["kind"] == "flow":
            assert_flow_is_clean(table, seen)
        elif table["kind"] == "forest":
            assert_marks_are_clear(seen)


def assert_flow_is_clean(table, seen):
    boxes = table["placement"]["boxes"]
    arrows = [box for group, *box in seen["paths"] if "-arrow-" in group]
    assert len(arrows) == 2 * len(table["arrows"])
    for text, group, *box in seen["texts"]:
        name = group.removeprefix("flow-")
        if name in boxes:
            left, top, right, bottom = boxes[name]
            assert left <= box[0] and box[2] <= right, text
            assert top - 0.5 <= box[1] and box[3] <= bottom + 0.5, text


def assert_marks_are_clear(seen):
    # Rules over the whole width lie between rows; every other stroke is a mark of the plot.
    marks = [box for _, *box in seen["paths"] if box[2] - box[0] < 450]
    assert marks
    for text, _, *box in seen["texts"]:
        assert all(meet(box, mark) <= 0 for mark in marks), text
