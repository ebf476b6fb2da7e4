"""The PRISMA 2020 flow diagram: every count in its box, text in its box, arrows clear of text."""

import itertools

import pytest

from evergrove import wording
from evergrove.figures import fonts
from evergrove.figures.flow_sheet import flow_sheet
from evergrove.figures.flow_table import flow_table
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC
from tests.figure_sample import LONG_LABELS
from tests.row_figure_sample import flow
from tests.sheet_checks import assert_texts_are_apart, extent, group, overlap, texts

CASES = [
    {"n": n, "updated": updated, "other": other, "labels": labels}
    for n, updated, other, labels in itertools.product(
        (0, 2, 13), (False, True), (False, True), ((), LONG_LABELS)
    )
]


def drawn(counts):
    table = flow_table(counts)
    return table, flow_sheet(table, GENERIC, fonts.advance, fonts.line_is_tall)


def box_of(table, id):
    return next(box for box in table["boxes"] if box["id"] == id)


def counts_of(table, id):
    return {line["text"]: line["n"] for line in box_of(table, id)["lines"] if line["n"] is not None}


@pytest.mark.parametrize("case", CASES)
def test_texts_are_apart_and_inside_their_boxes(case):
    table, sheet = drawn(flow(**case))
    assert_texts_are_apart(sheet)
    for box in table["boxes"]:
        frame, *words = group(sheet, box["id"]).items
        left, top, right, bottom = extent(frame)
        for item in words:
            assert left + 2 <= item.box[0] and item.box[2] <= right - 2, item.text
            assert top <= item.box[1] and item.box[3] <= bottom, item.text


@pytest.mark.parametrize("case", CASES)
def test_boxes_are_apart_and_arrows_touch_no_text_and_no_other_box(case):
    table, sheet = drawn(flow(**case))
    boxes = table["placement"]["boxes"]
    for (_, one), (_, other) in itertools.combinations(boxes.items(), 2):
        assert overlap(one, other) <= 0
    words = [item.box for item in sheet.words()]
    for arrow in table["arrows"]:
        line, head = group(sheet, f"arrow-{arrow['from']}-{arrow['to']}").items
        assert isinstance(line, Line) and isinstance(head, Shape)
        for start, end in itertools.pairwise(line.points):
            stretch = extent(Line((start, end), 1, "#000000"))
            wide = (stretch[0] - 0.5, stretch[1] - 0.5, stretch[2] + 0.5, stretch[3] + 0.5)
            assert all(overlap(wide, word) <= 0 for word in words)
            for id, box in boxes.items():
                if id not in (arrow["from"], arrow["to"]):
                    assert overlap(wide, box) <= 0, (arrow, id)
        start, end, tip = boxes[arrow["from"]], boxes[arrow["to"]], head.points[1]
        assert on_edge(line.points[0], start) and on_edge(tip, end), arrow


def on_edge(point, box):
    x, y = point
    left, top, right, bottom = box
    across, down = left - 0.02 <= x <= right + 0.02, top - 0.02 <= y <= bottom + 0.02
    sides = min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom))
    return across and down and sides < 0.02


@pytest.mark.parametrize("updated", [False, True])
def test_every_count_stands_in_its_box(updated):
    counts = flow(n=3, updated=updated, other=True)
    table, sheet = drawn(counts)
    dbr, other, inc = counts["databases"], counts["other"], counts["included"]
    assert counts_of(table, "screened") == {"Records screened": dbr["screened"]}
    assert counts_of(table, "identified") == {
        "Databases": sum(dbr["databases"].values()),
        **dbr["databases"],
        "Registers": 20_345,
        "Register": 20_345,
    }
    removed = counts_of(table, "removed")
    assert removed["Duplicate records"] == dbr["duplicates"]
    assert removed["Marked as ineligible by automation tools"] == sum(dbr["ineligible"].values())
    assert removed["Removed for other reasons"] == dbr["unreadable"]
    for name, column in (("databases", dbr), ("other", other)):
        [sought] = counts_of(table, f"{name}-sought").values()
        [assessed] = counts_of(table, f"{name}-assessed").values()
        assert (sought, assessed) == (column["sought"], column["assessed"])
        excluded = counts_of(table, f"{name}-excluded")
        assert excluded.pop("Reports excluded") == column["reports_excluded"]
        assert excluded.pop("Awaiting classification") == column["awaiting_classification"]
        assert sorted(excluded.values()) == sorted(column["reports_excluded_by_reason"].values())
    assert counts_of(table, "other-identified")["Websites"] == other["website"]
    if updated:
        assert list(counts_of(table, "new").values()) == [inc["new_studies"], inc["new_reports"]]
        assert list(counts_of(table, "previous").values()) == [21, 30]
        total = counts_of(table, "total")
        assert total["Total studies included in review"] == inc["studies"]
        assert total["Reports of total included studies"] == inc["reports"]
    else:
        assert list(counts_of(table, "included").values()) == [inc["studies"], inc["reports"]]
    for box in table["boxes"]:
        seen = texts(sheet, box["id"])
        for line in box["lines"]:
            if line["n"] is not None:
                assert f"(n\u00a0=\u00a0{wording.count(line['n'])})" in seen


def test_numbers_of_a_box_end_in_line():
    table, sheet = drawn(flow(n=5, updated=True, other=True))
    for box in table["boxes"]:
        items = group(sheet, box["id"]).items
        ends = {i.x for i in items if isinstance(i, Words) and i.text.startswith("(n")}
        assert len(ends) == (0 if box["kind"] == "header" else 1)


def test_a_box_with_nothing_is_drawn_with_0():
    table, sheet = drawn(flow(n=0))
    assert "(n\u00a0=\u00a00)" in texts(sheet, "removed")
    assert not any(box["column"].startswith("other") for box in table["boxes"])


def test_reasons_have_the_words_that_are_given_and_the_most_frequent_comes_first():
    counts = flow(n=3)
    reasons = counts["databases"]["reports_excluded_by_reason"]
    table = flow_table(counts, {"reason_1": "another  report"})
    lines = [line for line in box_of(table, "databases-excluded")["lines"] if line["level"]]
    assert [line["n"] for line in lines] == sorted(reasons.values(), reverse=True)
    assert "Another  report" in [line["text"] for line in lines]


def test_the_description_reads_as_sentences():
    text = flow_table(flow(n=1, updated=True))["description"]
    assert text.startswith("PRISMA 2020 flow diagram of an updated review. Studies included in")
    assert "; )" not in text and ":;" not in text and ".." not in text
    assert text.count("(") == text.count(")")


def test_no_word_of_a_label_is_broken_for_its_number():
    _, sheet = drawn(flow(n=1, updated=True, other=True))
    whole = {"Websites", "Organisations", "Databases", "Registers", "retrieved", "excluded"}
    seen = {word for item in sheet.words() for word in item.text.split()}
    assert whole <= seen
