"""Slides and text documents of native shapes: what is in them stands where the sheet says."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from evergrove.errors import EvergroveError
from evergrove.figures.drawingml import EMU
from evergrove.figures.save import office
from evergrove.figures.sheet import ASCENT, DESCENT, Group, Line, Shape, Sheet, Words
from evergrove.figures.text import writable
from evergrove.tables import format_json
from tests.figure_sample import LONG_LABELS, hard_cases, review, studies, synthesis
from tests.test_figures_save import drawn

ROOT = Path(__file__).resolve().parent.parent
MAIN = "http://schemas.openxmlformats.org"
A, W = f"{{{MAIN}/drawingml/2006/main}}", f"{{{MAIN}/wordprocessingml/2006/main}}"
WP = f"{{{MAIN}/drawingml/2006/wordprocessingDrawing}}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
HOSTILE = (
    'A & B <i>"x"</i> \u2019 ]]> &amp;',
    "bell\x07 null\x00 tab\t line\nbreak \ud800 \ufffe",
    *LONG_LABELS[2:5],
    "Alder (ארז) 2017 – أرز 12%",
    " ",
)
CASES = [
    "k = 0",
    "k = 1",
    "k = 13",
    "k = 65",
    "long labels",
    "one interval far outside",
    "subgroups",
]


@pytest.fixture(scope="module", params=CASES)
def sheet(request):
    figure = "by-time" if request.param == "subgroups" else "primary"
    return drawn(hard_cases()[request.param], figure=figure)[1]


def box(shape):
    return shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU


def expected(group):
    """(name, item) of each part of a group."""
    counts = dict.fromkeys((Words, Line, Shape), 0)
    names = {Words: "text", Line: "line", Shape: "shape"}
    for item in group.items:
        counts[type(item)] += 1
        yield f"{group.id} {names[type(item)]} {counts[type(item)]}", item


def slide_of(sheet):
    file = Presentation(io.BytesIO(office([sheet], "pptx")))
    [slide] = file.slides
    return file, slide


def drawing_of(sheet):
    file = Document(io.BytesIO(office([sheet], "docx")))
    root = ElementTree.fromstring(file.element.xml)
    [inline] = root.iter(f"{WP}inline")
    return file, inline


def place(element):
    """left, top, width, height of an element of a document's drawing, in points."""
    found = element.find(f"./{WPS}spPr/{A}xfrm") or element.find(f"./{WPG}grpSpPr/{A}xfrm")
    off, ext = found.find(f"{A}off"), found.find(f"{A}ext")
    values = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
    return tuple(int(value) / EMU for value in values)


def text_of(element):
    return "".join(part.text for part in element.iter(f"{W}t"))


def anchored(item, left, top, width, height):
    """x of the anchored side and y of the baseline of a text that stands on a box's floor."""
    x = {"start": left, "middle": left + width / 2, "end": left + width}[item.anchor]
    return x, top + height - DESCENT * item.size


def test_a_slide_is_of_exactly_the_size_of_the_sheet(sheet):
    file, _ = slide_of(sheet)
    assert file.slide_width == 180 * 36000
    # PowerPoint knows no slide below an inch; a synthesis without rows is lower.
    height = max(sheet.height, 72) * 12700
    assert file.slide_height == pytest.approx(height, abs=0.51)


def test_every_group_of_the_sheet_is_a_named_group_of_the_slide_with_its_label(sheet):
    _, slide = slide_of(sheet)
    about, *groups = slide.shapes
    element = about._element.nvSpPr.cNvPr
    assert (element.get("name"), element.get("title")) == (sheet.id, sheet.title)
    assert element.get("descr") == sheet.description
    assert box(about) == pytest.approx((0, 0, sheet.width, sheet.height), abs=1e-4)
    filled = [group for group in sheet.groups if group.items]
    assert [group.shape_type for group in groups] == [MSO_SHAPE_TYPE.GROUP] * len(filled)
    assert [group.name for group in groups] == [group.id for group in filled]
    labels = [group._element.nvGrpSpPr.cNvPr.get("descr") for group in groups]
    assert labels == [group.label for group in filled]
    ids = [element.get("id") for element in slide._element.iter() if "cNvPr" in element.tag]
    assert len(ids) == len(set(ids)) > len(filled)


def test_every_shape_of_a_slide_is_native_and_stands_where_the_sheet_says(sheet):
    _, slide = slide_of(sheet)
    shapes = {shape.name: shape for group in list(slide.shapes)[1:] for shape in group.shapes}
    wanted = dict(pair for group in sheet.groups for pair in expected(group))
    assert list(shapes) == list(wanted)
    for name, item in wanted.items():
        shape = shapes[name]
        if isinstance(item, Words):
            assert shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX
            assert shape.text_frame.text == item.text
            left, top, right, bottom = item.box
            assert box(shape) == pytest.approx((left, top, right - left, bottom - top), abs=1e-3)
            assert anchored(item, *box(shape)) == pytest.approx((item.x, item.y), abs=1e-3)
            continue
        xs, ys = zip(*item.points, strict=True)
        frame = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        assert box(shape) == pytest.approx(frame, abs=1e-3)
        if isinstance(item, Line):
            assert shape.line.width == pytest.approx(item.width * EMU, abs=0.51)
            assert str(shape.line.color.rgb) == item.colour[1:].upper()
        if isinstance(item, Line) and len(item.points) == 2:
            assert shape.shape_type == MSO_SHAPE_TYPE.LINE
            ends = shape.begin_x, shape.begin_y, shape.end_x, shape.end_y
            flat = [value for point in item.points for value in point]
            assert [end / EMU for end in ends] == pytest.approx(flat, abs=1e-3)
        elif isinstance(item, Shape):
            assert shape.shape_type == MSO_SHAPE_TYPE.FREEFORM
            found = [(int(p.get("x")), int(p.get("y"))) for p in shape._element.iter(f"{A}pt")]
            for (x, y), (to_x, to_y) in zip(item.points, found, strict=True):
                assert (shape.left + to_x) / EMU == pytest.approx(x, abs=1e-3)
                assert (shape.top + to_y) / EMU == pytest.approx(y, abs=1e-3)
            if item.fill:
                assert str(shape.fill.fore_color.rgb) == item.fill[1:].upper()
            else:
                assert shape.fill.type.name == "BACKGROUND"  # no fill


def test_texts_of_a_slide_do_not_wrap_shrink_or_stand_off_the_edge():
    _, sheet, _ = drawn(hard_cases()["k = 13"])
    _, slide = slide_of(sheet)
    words = {name: item for group in sheet.groups for name, item in expected(group)}
    for group in list(slide.shapes)[1:]:
        for shape in group.shapes:
            if not shape.has_text_frame or shape.shape_type != MSO_SHAPE_TYPE.TEXT_BOX:
                continue
            frame, item = shape.text_frame, words[shape.name]
            assert frame.word_wrap is False and frame.auto_size.name == "NONE"
            assert frame.vertical_anchor.name == "BOTTOM"
            margins = frame.margin_left, frame.margin_top, frame.margin_right, frame.margin_bottom
            assert margins == (0, 0, 0, 0)
            [paragraph] = frame.paragraphs
            [run] = paragraph.runs
            assert (run.font.name, run.font.size.pt) == ("DejaVu Sans", item.size)
            assert run.font.bold == item.bold
            assert str(run.font.color.rgb) == item.colour[1:].upper()
            side = {"start": "LEFT", "middle": "CENTER", "end": "RIGHT"}[item.anchor]
            assert paragraph.alignment.name == side


def test_the_line_box_that_places_a_text_is_that_of_the_font():
    from fontTools.ttLib import TTFont
    from matplotlib.font_manager import FontProperties, findfont

    font = TTFont(findfont(FontProperties(family="DejaVu Sans")))
    for table, up, down in (("hhea", "ascent", "descent"), ("OS/2", "usWinAscent", "usWinDescent")):
        sizes = [abs(getattr(font[table], name)) / font["head"].unitsPerEm for name in (up, down)]
        assert sizes == pytest.approx([ASCENT, DESCENT], abs=0.001)


def test_a_dashed_line_keeps_its_dashes_in_points():
    line = Line(((5, 5), (5, 80)), 0.8, "#123456", (2.0, 3.0))
    bend = Line(((5, 5), (9, 80), (20, 90)), 1.0, "#123456", (2.0,))
    sheet = Sheet("s", 200, 100, "t", "d", [Group("g", "", (line, bend))])
    for suffix, name in (("pptx", "ppt/slides/slide1.xml"), ("docx", "word/document.xml")):
        root = ElementTree.fromstring(unzipped(office([sheet], suffix))[name])
        dashes = [(int(d.get("d")), int(d.get("sp"))) for d in root.iter(f"{A}ds")]
        assert dashes == [(250_000, 375_000), (200_000, 200_000)]


def test_a_drawing_of_a_document_is_of_exactly_the_size_of_the_sheet(sheet):
    file, inline = drawing_of(sheet)
    extent = inline.find(f"{WP}extent")
    assert int(extent.get("cx")) == 180 * 36000
    assert int(extent.get("cy")) == pytest.approx(sheet.height * 12700, abs=0.51)
    about = inline.find(f"{WP}docPr")
    assert about.get("title") == sheet.title and about.get("descr") == sheet.description
    [section] = file.sections
    assert section.page_width - section.left_margin - section.right_margin >= 180 * 36000
    room = section.page_height - section.top_margin - section.bottom_margin
    assert room >= sheet.height * EMU + 9 * EMU
    assert len(file.paragraphs) == 1


def test_every_shape_of_a_document_is_native_and_stands_where_the_sheet_says(sheet):
    _, inline = drawing_of(sheet)
    groups = list(inline.iter(f"{WPG}grpSp"))
    filled = [group for group in sheet.groups if group.items]
    about = [group.find(f"{WPG}cNvPr") for group in groups]
    assert [one.get("name") for one in about] == [group.id for group in filled]
    assert [one.get("descr") for one in about] == [group.label for group in filled]
    for element, group in zip(groups, filled, strict=True):
        shapes = list(element.iter(f"{WPS}wsp"))
        wanted = list(expected(group))
        names = [shape.find(f"{WPS}cNvPr").get("name") for shape in shapes]
        assert names == [name for name, _ in wanted]
        for shape, (_, item) in zip(shapes, wanted, strict=True):
            at = place(shape)
            if isinstance(item, Words):
                assert text_of(shape) == item.text
                assert anchored(item, *at) == pytest.approx((item.x, item.y), abs=1e-3)
                left, top, right, _ = item.box
                assert at[2] >= right - left - 1e-3 and at[1] <= top + 1e-3
                sizes = {int(size.get(f"{W}val")) for size in shape.iter(f"{W}sz")}
                assert sizes == {round(2 * item.size)}
                continue
            xs, ys = zip(*item.points, strict=True)
            frame = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
            assert at == pytest.approx(frame, abs=1e-3)
    # Nothing is larger than the sheet, so that no program makes the drawing larger.
    [whole] = inline.iter(f"{WPG}wgp")
    for shape in whole.iter(f"{WPS}wsp"):
        left, top, width, height = place(shape)
        assert left >= -1e-3 and top >= -1e-3
        assert left + width <= sheet.width + 1e-3 and top + height <= sheet.height + 1e-3
    ids = [e.get("id") for e in inline.iter() if e.tag.endswith(("cNvPr", "docPr"))]
    assert len(ids) == len(set(ids))


def test_right_to_left_words_say_so_in_both():
    _, sheet, _ = drawn(review(synthesis(studies(5, labels=LONG_LABELS))))
    _, slide = slide_of(sheet)
    by_text = {words.text: words for words in sheet.words()}
    assert any(words.right_to_left for words in by_text.values())
    for paragraph in slide._element.iter(f"{A}p"):
        text = "".join(part.text for part in paragraph.iter(f"{A}t"))
        rtl = paragraph.find(f"{A}pPr").get("rtl")
        assert rtl == ("1" if by_text[text].right_to_left else "0")
    _, inline = drawing_of(sheet)
    for paragraph in inline.iter(f"{W}p"):
        words = by_text[text_of(paragraph)]
        assert (paragraph.find(f"{W}pPr/{W}bidi") is not None) == words.right_to_left
        side = paragraph.find(f"{W}pPr/{W}jc").get(f"{W}val")
        if words.anchor != "middle":
            # "left" is the side where lines begin.
            begins = "end" if words.right_to_left else "start"
            assert side == ("left" if words.anchor == begins else "right")


def test_runs_of_a_document_change_where_the_direction_does():
    words = Words(5, 50, "Alder (ארז) 2017 – أرز 12%", 8, 150)
    sheet = Sheet("s", 200, 100, "t", "d", [Group("g", "", (words,))])
    _, inline = drawing_of(sheet)
    runs = [
        (text_of(run), run.find(f"{W}rPr/{W}rtl") is not None)
        for run in next(inline.iter(f"{W}txbxContent")).iter(f"{W}r")
    ]
    assert runs == [("Alder (", False), ("ארז) 2017 – أرز 12", True), ("%", False)]


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_hostile_words_and_names_give_a_package_that_says_what_they_say():
    groups = [
        Group(f'id "{n}" <&>', label, (Words(100, 20 + 9 * n, label, 8, 90, anchor),))
        for n, (label, anchor) in enumerate(
            (label, anchor) for label in HOSTILE for anchor in ("start", "middle", "end")
        )
    ]
    sheet = Sheet("s", 400, 300, HOSTILE[0], HOSTILE[1] * 20, groups)
    for suffix in ("pptx", "docx"):
        for name, data in unzipped(office([sheet], suffix)).items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(data)
    file, slide = slide_of(sheet)
    assert file.core_properties.title == HOSTILE[0]
    assert file.core_properties.comments == writable(HOSTILE[1] * 20)
    for shape, group in zip(list(slide.shapes)[1:], groups, strict=True):
        assert shape.name == group.id
        assert shape._element.nvGrpSpPr.cNvPr.get("descr") == writable(group.label)
        assert shape.shapes[0].text_frame.text == writable(group.label)
    file, inline = drawing_of(sheet)
    assert file.core_properties.title == HOSTILE[0]
    assert [text_of(box) for box in inline.iter(f"{W}txbxContent")] == [
        writable(group.label) for group in groups
    ]


def test_several_sheets_are_several_slides_and_pages():
    first, second = (drawn(hard_cases()[name])[1] for name in ("k = 2", "k = 13"))
    file = Presentation(io.BytesIO(office([first, second], "pptx")))
    assert len(file.slides) == 2
    highest = max(first.height, second.height)
    assert file.slide_height == pytest.approx(highest * 12700, abs=0.51)
    file = Document(io.BytesIO(office([first, second], "docx")))
    assert len(file.sections) == len(file.paragraphs) == 2
    heights = [section.page_height.pt for section in file.sections]
    apart = heights[1] - heights[0]
    assert apart == pytest.approx(second.height - first.height, abs=0.06)
    root = ElementTree.fromstring(file.element.xml)
    ids = [e.get("id") for e in root.iter() if e.tag.endswith(("cNvPr", "docPr"))]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("suffix", ["pptx", "docx"])
def test_a_package_has_sorted_entries_one_old_date_and_nobody_s_name(suffix):
    _, sheet, _ = drawn(hard_cases()["k = 2"])
    data = office([sheet], suffix)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    names = [entry.filename for entry in entries[1:]]
    assert names == sorted(names) and len(names) == len(set(names))
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    core = unzipped(data)["docProps/core.xml"].decode()
    assert not re.search(r"\d{4}-\d\d-\d\d|created|modified|Canny", core)
    assert not any("thumbnail" in name for name in names)


@pytest.mark.parametrize("suffix", ["pptx", "docx"])
def test_another_process_writes_the_same_file(suffix, tmp_path):
    data = review(synthesis(studies(6, labels=LONG_LABELS)))
    (tmp_path / "results.json").write_text(format_json(data))
    command = [sys.executable, "-m", "evergrove", "forest", tmp_path / "results.json", "-o"]
    files = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.{suffix}"
        env = {"PYTHONHASHSEED": seed, "PATH": "", "HOME": str(Path.home())}
        subprocess.run([*command, out], cwd=ROOT, env=env, check=True)
        files.append(out.read_bytes())
    assert files[0] == files[1] and files[0][:2] == b"PK"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"1.{suffix}",
        f"2.{suffix}",
        "results.json",
    ]


def test_a_picture_is_drawn_without_the_libraries_of_office_files(tmp_path):
    data = review(synthesis(studies(3)))
    (tmp_path / "results.json").write_text(format_json(data))
    command = [sys.executable, "-X", "importtime", "-m", "evergrove", "forest"]
    command += [tmp_path / "results.json", "-o"]

    def imported(out):
        done = subprocess.run(
            [*command, tmp_path / out], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}

    ours = {"pptx", "docx", "lxml", "lxml.etree", "xlsxwriter"}
    assert not imported("x.svg") & ours
    assert "pptx" in imported("x.pptx")
    slides, pages = imported("x.pptx"), imported("x.docx")
    assert "docx" not in slides and "pptx" not in pages and "docx" in pages


@pytest.mark.parametrize(
    ("suffix", "width", "height", "found"),
    [
        ("pptx", 510, 4100, "1446.4 mm"),
        ("docx", 510, 1600, "179.9 x 564.4 mm"),
    ],
)
def test_a_size_that_the_program_cannot_open_is_refused(suffix, width, height, found):
    with pytest.raises(EvergroveError, match=re.escape(found)):
        office([Sheet("s", width, height, "t", "d", [])], suffix)
