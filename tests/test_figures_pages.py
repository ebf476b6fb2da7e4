"""Forest plots over several pages: every row once, nothing orphaned, header and ticks on each."""

import io
import itertools
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from evergrove.errors import EvergroveError
from evergrove.figures.journals import BASE, presets, style_named
from evergrove.figures.paging import Block, pages, torn
from evergrove.figures.save_pages import save_pages
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC, MM
from evergrove.forest_plots import figure_tables, place, place_pages
from tests.figure_sample import (
    LONG_LABELS,
    PROTOCOL,
    hard_cases,
    review,
    studies,
    synthesis,
    with_subgroups,
)

STYLES = list(presets())
CASES = {
    "k = 2": review(synthesis(studies(2, labels=LONG_LABELS))),
    "k = 13": hard_cases()["k = 13"],
    "k = 65": hard_cases()["65 long labels"],
    "k = 150": review(synthesis(studies(150, labels=LONG_LABELS))),
    "ratios": review(
        synthesis(studies(70, mean=0.3, spread=0.5, width=3.0, labels=LONG_LABELS)), measure="OR"
    ),
    "subgroups": with_subgroups(120),
}


def laid_out(data, style):
    figure = "by-time" if data["subgroups"] else "primary"
    [table] = figure_tables(data, PROTOCOL, [figure], style.numbers)
    return table, place_pages(table, style)


def overlap(one, other):
    across = min(one[2], other[2]) - max(one[0], other[0])
    return min(across, min(one[3], other[3]) - max(one[1], other[1]))


def extent(item):
    xs, ys = zip(*item.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def assert_nothing_collides(sheet, plot):
    words = sorted(sheet.words(), key=lambda item: item.box[1])
    for number, one in enumerate(words):
        left, top, right, bottom = one.box
        assert left >= 0 and top >= 0, one.text
        assert right <= sheet.width + 1e-6 and bottom <= sheet.height, one.text
        for other in words[number + 1 :]:
            if other.box[1] > bottom + 40:
                break
            assert overlap(one.box, other.box) <= 0, (one.text, other.text)
    for item in sheet.items():
        if isinstance(item, Words):
            continue
        box = extent(item)
        # Symbols of risk of bias hold a text; what stands in the plot or the gutter does not.
        if box[2] - box[0] < 0.9 * sheet.width and box[0] < plot[1]:
            assert all(overlap(box, text.box) <= 0 for text in words), (box, sheet.id)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", CASES)
def test_every_style_keeps_its_page_its_type_and_its_lines(name, style):
    chosen, facts = style_named(style), presets()[BASE] | presets()[style]
    table, sheets = laid_out(CASES[name], chosen)
    smallest = facts.get("smallest_superscript_pt", facts["smallest_pt"])
    for sheet in sheets:
        assert sheet.height <= facts["page_height_mm"] * MM + 1e-6
        assert sheet.width == pytest.approx(chosen.width)
        assert_nothing_collides(sheet, table["placement"]["columns"]["plot"])
        for item in sheet.items():
            if isinstance(item, Words):
                superscript = len(item.text) <= 8 and item.size == chosen.mark_size
                assert item.size >= (smallest if superscript else facts["smallest_pt"]), item
            elif isinstance(item, Line):
                assert item.width >= facts["thinnest_pt"]
            elif isinstance(item, Shape) and item.edge:
                assert item.edge_width >= facts["thinnest_pt"]


@pytest.mark.parametrize("name", ["k = 65", "k = 150", "subgroups"])
def test_every_row_stands_on_one_page_and_each_page_has_header_and_ticks(name):
    table, sheets = laid_out(CASES[name], style_named("print"))
    assert len(sheets) > 1
    ids = [group.id for sheet in sheets for group in sheet.groups]
    for row in table["rows"]:
        assert ids.count(row["id"]) == 1, row["id"]
    assert ids.count("header") == ids.count("axis") == len(sheets)
    assert ids.count("axis-title") == ids.count("note-1") == ids.count("key") == 1
    assert [group.id for group in sheets[-1].groups].count("axis-title") == 1
    for number, sheet in enumerate(sheets, 1):
        texts = [words.text for words in sheet.words()]
        assert f"Page {number} of {len(sheets)}" in texts
        axis = next(group for group in sheet.groups if group.id == "axis")
        assert [i.text for i in axis.items if isinstance(i, Words)] == table["axis"]["ticks"]
    assert len({sheet.id for sheet in sheets}) == len(sheets)
    placed = table["placement"]
    assert len(placed["rows"]) == len(table["rows"])
    assert [row["page"] for row in placed["rows"]] == sorted(row["page"] for row in placed["rows"])
    assert {row["page"] for row in placed["rows"]} == set(range(1, len(sheets) + 1))


def test_pages_of_any_height_hold_the_rows_that_are_planned_for_them():
    # In steps below a point, over more than a row: some first page is filled to its last row.
    style = style_named("print")
    for tenths in range(2050, 2170, 2):
        _, sheets = laid_out(CASES["subgroups"], replace(style, page_height=tenths / 10 * MM))
        assert all(sheet.height <= tenths / 10 * MM for sheet in sheets)


def test_no_row_or_heading_is_orphaned_and_a_group_that_goes_on_says_so():
    for k in range(60, 130, 7):
        table, sheets = laid_out(with_subgroups(k), style_named("print"))
        kinds = {row["id"]: row["kind"] for row in table["rows"]}
        for number, sheet in enumerate(sheets):
            rows = [
                kinds.get(g.id, g.id) for g in sheet.groups if g.id in kinds or "group-" in g.id
            ]
            assert rows[-1] != "group" and rows[-2] != "group"
            if number:
                assert rows[0] == "group" or rows[0].endswith("-continued")
                assert rows[1] in ("study", "empty")
        if len(sheets) > 1 and any("continued" in g.id for s in sheets for g in s.groups):
            texts = [words.text for sheet in sheets for words in sheet.words()]
            assert any(text.endswith("(continued)") for text in texts)


def test_a_group_heading_is_repeated_over_the_rows_of_its_own_group():
    table, sheets = laid_out(with_subgroups(150), style_named("print"))
    group, of = None, {}
    for row in table["rows"]:
        group = row["id"] if row["kind"] == "group" else group
        of[row["id"]] = group
    repeated = 0
    for sheet in sheets:
        ids = [g.id for g in sheet.groups]
        for one, other in itertools.pairwise(ids):
            if one.endswith("-continued"):
                assert of[other] == one.removesuffix("-continued")
                repeated += 1
    assert repeated >= 1


def test_a_style_of_one_page_and_a_figure_that_fits_are_not_split():
    data = CASES["k = 150"]
    [table] = figure_tables(data, PROTOCOL, ["primary"])
    assert len(place_pages(table, GENERIC)) == 1
    table, sheets = laid_out(CASES["k = 13"], style_named("print"))
    alone = place(table, style_named("print"))
    assert len(sheets) == 1 and sheets[0] == alone
    assert not any("Page 1" in words.text for words in alone.words())


def test_many_notes_go_to_a_page_of_their_own():
    warnings = [
        f"Warning {i}: " + "the rows of this invented review are few. " * 4 for i in range(90)
    ]
    data = review(synthesis(studies(8), warnings=warnings))
    _, sheets = laid_out(data, style_named("print"))
    drawn = " ".join(words.text for sheet in sheets for words in sheet.words())
    assert len(sheets) >= 3
    for number in range(90):
        assert drawn.count(f"Warning {number}:") == 1
    assert all(sheet.height <= 240 * MM for sheet in sheets)


def test_a_row_that_is_taller_than_the_page_is_an_error():
    rows = studies(3)
    rows[1]["label"] = "a very long story " * 400
    with pytest.raises(EvergroveError, match="too low"):
        laid_out(review(synthesis(rows)), style_named("print"))


def test_breaks_fill_pages_and_tear_nothing_apart_that_can_stay_together():
    plain = [Block("study", 10.0) for _ in range(25)]
    assert pages(plain, 100.0, 100.0) == [(0, 10), (10, 20), (20, 25)]
    # With one row less on the last page, the 21st would stand there alone.
    assert pages(plain[:21], 100.0, 100.0) == [(0, 10), (10, 19), (19, 21)]
    total = [*plain[:20], Block("pooled", 10.0)]
    assert pages(total, 100.0, 100.0)[-1] == (18, 21)
    grouped = [*plain[:9], Block("group", 10.0), *[Block("study", 10.0, 10.0)] * 5]
    assert pages(grouped, 100.0, 100.0) == [(0, 9), (9, 15)]
    pair = [*plain[:9], *[Block("study", 10.0, cluster="s")] * 2, *plain[:3]]
    assert pages(pair, 100.0, 100.0) == [(0, 9), (9, 14)]
    assert torn(pair, 10) == 1 and torn(pair, 9) == 0


def test_a_row_that_fits_no_page_stands_alone():
    blocks = [Block("study", 10.0), Block("study", 500.0), Block("study", 10.0)]
    assert pages(blocks, 100.0, 100.0) == [(0, 1), (1, 2), (2, 3)]


def test_the_pdf_has_all_pages_and_the_same_bytes_and_other_kinds_one_file_each():
    style = style_named("print")
    _, sheets = laid_out(CASES["k = 65"], style)
    [pdf] = save_pages(sheets, "pdf", style)
    assert save_pages(sheets, "pdf", style) == [pdf]
    assert len(re.findall(rb"/Type /Page\b", pdf)) == len(sheets) > 1
    assert b"CreationDate" not in pdf
    svgs = save_pages(sheets, "svg", style)
    assert len(svgs) == len(sheets)
    assert b"page 2 of" in svgs[1] and b'id="primary-page-2-' in svgs[1]
    from PIL import Image

    picture = Image.open(io.BytesIO(save_pages(sheets[-1:], "png", style)[0]))
    assert picture.info["dpi"][0] == pytest.approx(style.png_dpi, abs=0.02)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["k = 13", "k = 150", "ratios"])
def test_words_of_each_pdf_page_do_not_overlap_and_stay_on_it(name, style, tmp_path):
    chosen = style_named(style)
    _, sheets = laid_out(CASES[name], chosen)
    path = tmp_path / "figure.pdf"
    path.write_bytes(save_pages(sheets, "pdf", chosen)[0])
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    parts = re.findall(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', done.stdout, re.DOTALL
    )
    assert len(parts) == len(sheets)
    number = r'([\d.-]+)"'
    for width, height, text in parts:
        found = re.findall(f'xMin="{number} yMin="{number} xMax="{number} yMax="{number}', text)
        boxes = sorted((tuple(map(float, box)) for box in found), key=lambda box: box[1])
        assert len(boxes) > 20
        for place_, (left, top, right, bottom) in enumerate(boxes):
            assert left >= 0 and top >= 0
            assert right <= float(width) + 0.01 and bottom <= float(height) + 0.01
            for other in boxes[place_ + 1 :]:
                if other[1] >= bottom:
                    break
                # Boxes come rounded, and closer than a rounding error beside a superscript.
                across = min(right, other[2]) - max(left, other[0])
                assert across <= 0.1 or min(bottom, other[3]) - other[1] <= 0.1, (left, other)
