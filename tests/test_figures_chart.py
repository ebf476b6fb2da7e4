"""The chart kit: scales and ticks, labels beside points, and sheets on which nothing overlaps."""

import itertools
import json
import math
import random

import pytest

from evergrove.errors import EvergroveError
from evergrove.figures import fonts
from evergrove.figures.chart_axes import named_ticks, scale
from evergrove.figures.chart_course import (
    correlation_table,
    time_course_table,
    trajectory_table,
)
from evergrove.figures.chart_curves import bubble_table
from evergrove.figures.chart_labels import Wanted, place
from evergrove.figures.chart_marks import (
    colour,
    crosses,
    cut_line,
    cut_polygon,
    extent,
    overlap,
    point,
)
from evergrove.figures.chart_review import chart_figures, chart_tables, place_chart
from evergrove.figures.save import save
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC, Style
from tests.chart_sample import CASES, charts, full_review, versions
from tests.figure_sample import PROTOCOL, context, review, studies, synthesis

BOX = (0.0, 0.0, 100.0, 50.0)


def test_a_polygon_is_cut_to_the_frame_without_changing_what_is_inside():
    assert set(cut_polygon([(-50, 25), (50, -25), (150, 25), (50, 75)], BOX)) >= {(0, 50), (100, 0)}
    inside = ((10, 10), (20, 10), (20, 20))
    assert set(cut_polygon(inside, BOX)) == set(inside)
    assert cut_polygon([(200, 200), (300, 200), (300, 300)], BOX) == ()


def test_a_line_is_cut_into_the_parts_inside_the_frame():
    parts = cut_line([(-10, 10), (50, 10), (50, 90), (60, 90), (60, 10)], BOX)
    assert parts == [((0, 10), (50, 10), (50, 50)), ((60, 50), (60, 10))]
    assert crosses((-10, 25), (110, 25), BOX)
    assert not crosses((-10, 60), (110, 60), BOX)


@pytest.mark.parametrize("shape", ["circle", "square", "diamond", "triangle"])
def test_shapes_of_one_size_cover_about_the_same_area(shape):
    corners = point(shape, 50, 20, 10, "#000000", 1).points
    doubled = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
    )
    assert abs(doubled) / 2 == pytest.approx(math.pi * 25, rel=0.04)


def test_a_tint_is_the_colour_on_white():
    assert colour("main", GENERIC) == GENERIC.square
    assert colour("ink/0", GENERIC) == "#ffffff"
    assert colour("quiet/50", Style(quiet="#000000")) == "#808080"


@pytest.mark.parametrize("width", [24, 38, 80, 200, 480])
@pytest.mark.parametrize("ends", [(-2.2, 2.2), (-0.036, 0.49), (0, 0.0012), (312.0, 317.5)])
def test_ticks_of_an_axis_of_any_width_keep_apart(width, ends):
    axis = {"low": ends[0], "high": ends[1]}
    found = named_ticks(
        axis, scale(axis, 0, width), (-5, width + 5), GENERIC, fonts.advance, True, 7.0
    )
    half = [fonts.advance(text, 7.0) / 2 for _, text in found]
    boxes = [(at - h, at + h) for (at, _), h in zip(found, half, strict=True)]
    assert all(b[0] > a[1] for a, b in itertools.pairwise(sorted(boxes)))
    assert len(found) >= (2 if width >= 80 else 1)
    for at, text in found:
        value = float(text.replace("−", "-"))
        assert at == pytest.approx((value - ends[0]) / (ends[1] - ends[0]) * width)


def test_a_ratio_axis_has_ticks_of_the_printed_scale_at_logs():
    axis = {"low": math.log(0.2), "high": math.log(6), "measure": "OR"}
    place_ = scale(axis, 0, 300)
    found = named_ticks(axis, place_, (-10, 310), GENERIC, fonts.advance, True, 8.0)
    assert {text for _, text in found} >= {"0.5", "1", "2", "5"}
    assert all(at == pytest.approx(place_.at(math.log(float(text)))) for at, text in found)


@pytest.mark.parametrize("number", [5, 40, 150])
def test_labels_keep_clear_of_labels_points_leaders_and_the_frame(number):
    draw = random.Random(number)
    frame = (0.0, 0.0, 480.0, 250.0)
    wanted = [
        Wanted(draw.gauss(240, 60), draw.uniform(10, 240), 3.0, ((draw.uniform(20, 110), 9.0),))
        for _ in range(number)
    ]
    points = [(w.x - 3, w.y - 3, w.x + 3, w.y + 3) for w in wanted]
    placed = [found for found in place(wanted, frame, points) if found is not None]
    assert len(placed) >= min(number, 25)
    for found in placed:
        left, top, right, bottom = found.box
        assert left >= 0 and top >= 0 and right <= 480 and bottom <= 250
        assert not any(overlap(found.box, box) for box in points)
        for other in placed:
            if other is not found:
                assert not overlap(found.box, other.box)
                assert other.leader is None or not crosses(*other.leader, found.box)


def test_a_label_is_left_out_rather_than_printed_over_another():
    wanted = [Wanted(50, 25, 3, ((60, 40),)), Wanted(50, 25, 3, ((60, 40),))]
    found = place(wanted, (0, 0, 125, 52), [(47, 22, 53, 28)])
    assert sum(place_ is None for place_ in found) >= 1


# Sheets of every kind of chart.


@pytest.mark.parametrize("name", CASES)
def test_no_text_touches_another_or_a_point_or_leaves_the_page(name):
    for table, sheet in charts(name):
        words = sorted(sheet.words(), key=lambda item: item.box[1])
        for number, one in enumerate(words):
            left, top, right, bottom = one.box
            assert left >= 0 and top >= 0, (table["kind"], one.text)
            assert right <= sheet.width and bottom <= sheet.height, (table["kind"], one.text)
            for other in words[number + 1 :]:
                if other.box[1] >= one.box[3]:
                    break
                assert not overlap(one.box, other.box), (table["kind"], one.text, other.text)
        marks = [extent(item) for item in marks_of(sheet)]
        for one in words:
            assert not any(overlap(one.box, mark) for mark in marks), (table["kind"], one.text)


def marks_of(sheet):
    for group in sheet.groups:
        if not group.id.startswith(("behind-", "axes-", "key", "note-", "title")):
            yield from (item for item in group.items if isinstance(item, Shape))


@pytest.mark.parametrize("name", CASES)
def test_every_label_is_printed_or_listed(name):
    for table, sheet in charts(name):
        printed = "".join("".join(words.text.split()) for words in sheet.words())
        for panel in table["panels"]:
            for item in panel.get("points", ()):
                label = item.get("label", "")
                if not item.get("name"):
                    continue  # a number, which the table and the axis have
                assert label in table["unlabelled"] or "".join(label.split()) in printed
        if table["unlabelled"]:
            assert "for want of room" in " ".join(words.text for words in sheet.words())


@pytest.mark.parametrize("name", ["k = 13", "ratios"])
def test_points_stand_at_their_values(name):
    for table, sheet in charts(name):
        groups = {group.id: group for group in sheet.groups}
        for panel in table["panels"]:
            left, top, right, bottom = table["placement"]["panels"][panel["id"]]
            x_axis, y_axis = panel["x"], panel["y"]
            if x_axis.get("categories") or table["kind"] == "influence":
                continue
            for item in panel.get("points", ()):
                across, up = (
                    (item[name] - axis["low"]) / (axis["high"] - axis["low"])
                    for name, axis in (("x", x_axis), ("y", y_axis))
                )
                down = up if y_axis.get("reversed") else 1 - up
                x, y = left + across * (right - left), top + down * (bottom - top)
                middles = [
                    ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
                    for box in (extent(i) for i in groups[item["id"]].items if isinstance(i, Shape))
                ]
                assert any(math.dist(middle, (x, y)) < 0.3 for middle in middles), item


@pytest.mark.parametrize("name", CASES)
def test_every_study_is_a_group_that_says_its_name_and_groups_are_unique(name):
    for table, sheet in charts(name):
        ids = [group.id for group in sheet.groups]
        assert len(ids) == len(set(ids))
        assert sheet.title and sheet.description.startswith(sheet.title)
        spoken = {group.id: group.label for group in sheet.groups}
        for panel in table["panels"]:
            for item in panel.get("points", ()):
                assert spoken[item["id"]]
                assert item.get("name", "") in spoken[item["id"]]


@pytest.mark.parametrize("name", ["k = 13", "k = 65", "ratios"])
def test_what_a_colour_tells_a_shape_tells_too(name):
    for table, _ in charts(name):
        for panel in table["panels"]:
            marks = [*panel.get("points", ()), *panel.get("clouds", ())]
            by_shape = {}
            for mark in marks:
                by_shape.setdefault(mark["shape"], set()).add(mark["colour"].partition("/")[0])
            assert all(len(colours) == 1 for colours in by_shape.values()), table["kind"]


def test_no_text_is_smaller_and_no_line_thinner_than_the_style_says():
    for _, sheet in charts("k = 65"):
        assert min(words.size for words in sheet.words()) >= GENERIC.note_size
        assert min(i.width for i in sheet.items() if isinstance(i, Line)) >= GENERIC.thin_line


def test_a_narrow_page_keeps_everything_apart():
    style = Style(name="narrow", width=330.0)
    for id, table, sheet in chart_figures(full_review(13), PROTOCOL, style):
        assert table["placement"]["width"] == 330.0
        for one, other in itertools.combinations(list(sheet.words()), 2):
            assert not overlap(one.box, other.box), (id, one.text, other.text)
        assert all(words.box[2] <= 330.0 for words in sheet.words()), id


def test_tables_are_plain_json_and_the_same_on_every_run():
    first, second = (chart_tables(full_review(13), PROTOCOL) for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    one, other = (save(place_chart(tables[0]), ["svg"], GENERIC) for tables in (first, second))
    assert one == other


def test_the_charts_of_a_review_are_those_that_it_has_numbers_for():
    assert [id for id, _, _ in chart_figures(full_review(13), PROTOCOL)] == [
        "funnel",
        "radial",
        "baujat",
        "influence",
        "drapery",
        "gosh",
        "time_course",
        "correlation",
    ]
    assert chart_figures(review(synthesis(studies(1))), PROTOCOL) == []
    assert chart_figures(review(synthesis([])), PROTOCOL) == []


def test_what_cannot_be_drawn_is_refused_with_its_reason():
    with pytest.raises(EvergroveError, match="no time window"):
        time_course_table([synthesis([], kind="window")], context())
    with pytest.raises(EvergroveError, match="other correlations"):
        correlation_table([], context())
    with pytest.raises(EvergroveError, match="no version"):
        trajectory_table([{**versions(1)[0], "estimate": None}], context())
    with pytest.raises(EvergroveError, match="three rows"):
        bubble_table(synthesis(studies(4)), context(), [1, None, None, 2], "Dose")
    with pytest.raises(EvergroveError, match="constant"):
        bubble_table(synthesis(studies(4)), context(), [1, 1, 1, 1], "Dose")


def test_control_characters_of_a_label_do_not_reach_the_file():
    rows = studies(3)
    rows[0]["label"] = "Alder\x00 <b>&\ud800"
    for _, table, sheet in chart_figures(review(synthesis(rows)), PROTOCOL):
        json.dumps(table).encode()
        svg = save(sheet, ["svg"], GENERIC)["svg"]
        assert b"\x00" not in svg and b"<b>" not in svg
        assert all(isinstance(words, Words) for words in sheet.words())
