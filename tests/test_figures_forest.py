"""A forest plot on its sheet: nothing overlaps, nothing is cut, marks are where the numbers say."""

import itertools
import math

import pytest

from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC, Style
from evergrove.forest_plots import figure_tables, place
from tests.figure_sample import PROTOCOL, hard_cases, review, studies, synthesis

CASES = hard_cases()


def laid_out(data, style=GENERIC):
    figure = "by-time" if data["subgroups"] else "primary"
    [table] = figure_tables(data, PROTOCOL, [figure])
    return table, place(table, style)


def of_row(sheet, id):
    return next(group.items for group in sheet.groups if group.id == id)


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    return min(across, min(one[3], other[3]) - max(one[1], other[1]))


def extent(item):
    xs, ys = zip(*item.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("name", CASES)
def test_no_two_texts_touch_and_none_leaves_the_page(name):
    _, sheet = laid_out(CASES[name])
    words = sorted(sheet.words(), key=lambda item: item.box[1])
    for one, other in itertools.combinations(words, 2):
        if other.box[1] >= one.box[3]:
            # Sorted by their upper edge; labels that hang lower come within three lines.
            if other.box[1] > one.box[3] + 40:
                break
            continue
        assert overlap(one.box, other.box) <= 0, (one.text, other.text)
    for item in words:
        left, top, right, bottom = item.box
        assert left >= 0 and top >= 0 and right <= sheet.width and bottom <= sheet.height, item.text


@pytest.mark.parametrize("name", CASES)
def test_no_text_touches_a_mark(name):
    table, sheet = laid_out(CASES[name])
    left, right = table["placement"]["columns"]["plot"]
    for row in table["rows"]:
        if "values" not in row:
            continue
        items = of_row(sheet, row["id"])
        for item in items:
            if isinstance(item, Words):
                assert item.box[2] <= left or item.box[0] >= right, item.text
            elif not (isinstance(item, Line) and extent(item)[2] - extent(item)[0] > 400):
                assert left <= extent(item)[0] and extent(item)[2] <= right


@pytest.mark.parametrize("name", CASES)
def test_every_label_is_drawn_whole(name):
    table, sheet = laid_out(CASES[name])
    for row in table["rows"]:
        words = [item for item in of_row(sheet, row["id"]) if isinstance(item, Words)]
        drawn = "".join("".join(item.text for item in words).split())
        assert "".join(row["label"].split()) in drawn


def test_numbers_of_a_column_end_in_line_so_that_decimal_marks_do():
    table, sheet = laid_out(CASES["one interval far outside"])
    ends = {}
    for row in table["rows"]:
        effect = row["cells"]["effect"]
        for item in of_row(sheet, row["id"]):
            for part, text in (
                ("estimate", effect["estimate"]),
                ("low", f"[{effect['low']}"),
                ("high", f"{effect['high']}]"),
            ):
                if isinstance(item, Words) and item.text == text and item.anchor == "end":
                    ends.setdefault(part, set()).add(round(item.x, 6))
    assert {part: len(found) for part, found in ends.items()} == {
        "estimate": 1,
        "low": 1,
        "high": 1,
    }


def test_the_area_of_a_square_is_in_proportion_to_the_weight():
    table, sheet = laid_out(CASES["one huge study"])
    ratios = []
    for row in table["rows"]:
        if row["kind"] == "study":
            [square] = [i for i in of_row(sheet, row["id"]) if isinstance(i, Shape)]
            left, top, right, bottom = extent(square)
            assert math.isclose(right - left, bottom - top)
            ratios.append((right - left) ** 2 / row["values"]["weight"])
    assert max(ratios) / min(ratios) == pytest.approx(1)


def test_marks_stand_at_their_values():
    table, sheet = laid_out(CASES["k = 13"])
    axis, (left, right) = table["axis"], table["placement"]["axis"]

    def x(value):
        return left + (value - axis["low"]) / (axis["high"] - axis["low"]) * (right - left)

    for row in table["rows"]:
        shapes = [extent(i) for i in of_row(sheet, row["id"]) if isinstance(i, Shape)]
        values = row["values"]
        if row["kind"] == "study":
            assert (shapes[0][0] + shapes[0][2]) / 2 == pytest.approx(
                x(values["estimate"]), abs=0.01
            )
        elif row["shape"] == "diamond":
            assert shapes[0][0] == pytest.approx(x(values["low"]), abs=0.01)
            assert shapes[0][2] == pytest.approx(x(values["high"]), abs=0.01)


def arrows(items, right):
    """The sides on which a row has an arrow head: triangles that stand on the end of the axis."""
    heads = [i for i in items if isinstance(i, Shape) and len(i.points) == 3]
    return {"high" if extent(head)[0] >= right - 1e-6 else "low" for head in heads}


@pytest.mark.parametrize("name", ["one interval far outside", "k = 2", "k = 13"])
def test_every_clipped_interval_has_its_arrows_and_no_other(name):
    table, sheet = laid_out(CASES[name])
    right = table["placement"]["axis"][1]
    seen = set()
    for row in table["rows"]:
        expected = {side for side, clipped in row["clipped"].items() if clipped}
        found = arrows(of_row(sheet, row["id"]), right - 0.01)
        assert found == expected, row["label"]
        seen |= {row["kind"]} if expected else set()
    if name == "k = 2":
        assert seen == {"pooled", "prediction"}


def test_the_estimate_of_a_study_off_the_axis_has_no_square():
    _, sheet = laid_out(CASES["one interval far outside"])
    items = of_row(sheet, "study-6")
    assert [len(i.points) for i in items if isinstance(i, Shape)] == [3]


@pytest.mark.parametrize("name", ["negative effects", "k = 13", "effects far from zero"])
def test_words_for_the_directions_are_inside_the_page_and_start_at_no_effect(name):
    table, sheet = laid_out(CASES[name])
    items = of_row(sheet, "directions")
    text = " ".join(item.text for item in items)
    assert ("←" in text) == (table["axis"]["null"] is not None)
    assert "less pain after than before →" in text
    for item in items:
        assert item.box[0] >= 0 and item.box[2] <= sheet.width


def test_ticks_do_not_touch_and_are_in_the_table():
    for name in ("k = 13", "ratios", "effects far from zero", "negative effects"):
        table, sheet = laid_out(CASES[name])
        texts = [item for item in of_row(sheet, "axis") if isinstance(item, Words)]
        assert [item.text for item in texts] == table["axis"]["ticks"]
        assert len(texts) >= 3
        gaps = [b.box[0] - a.box[2] for a, b in itertools.pairwise(texts)]
        assert min(gaps) >= 3


def test_a_narrow_style_still_keeps_everything_apart():
    style = Style(name="narrow", width=360.0, plot_least=90.0)
    table, sheet = laid_out(review(synthesis(studies(6))), style)
    for one, other in itertools.combinations(list(sheet.words()), 2):
        assert overlap(one.box, other.box) <= 0, (one.text, other.text)
    assert table["placement"]["width"] == 360.0
    assert all(item.box[2] <= 360.0 for item in sheet.words())


def test_no_text_is_smaller_and_no_line_thinner_than_the_style_says():
    for name in ("k = 13", "subgroups"):
        _, sheet = laid_out(CASES[name])
        assert min(item.size for item in sheet.words()) == GENERIC.mark_size
        widths = [item.width for item in sheet.items() if isinstance(item, Line)]
        assert min(widths) == GENERIC.thin_line


def test_groups_have_names_of_their_own():
    for data in CASES.values():
        _, sheet = laid_out(data)
        ids = [group.id for group in sheet.groups]
        assert len(ids) == len(set(ids))
