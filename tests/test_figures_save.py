"""The files of a figure: real text, embedded fonts, names for a screen reader, equal bytes."""

import io
import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.transforms import Affine2D
from PIL import Image

from evergrove.errors import EvergroveError
from evergrove.figures import fonts
from evergrove.figures.canvas import _About
from evergrove.figures.save import SUFFIXES, save
from evergrove.figures.sheet import Shape, Words
from evergrove.figures.strips import strip
from evergrove.figures.style import GENERIC
from evergrove.forest_plots import figure_tables, place
from tests.figure_sample import LONG_LABELS, PROTOCOL, hard_cases, review, studies, synthesis

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).resolve().parent.parent


def drawn(data, *suffixes, figure="primary"):
    [table] = figure_tables(data, PROTOCOL, [figure])
    sheet = place(table)
    return table, sheet, save(sheet, suffixes, GENERIC)


@pytest.fixture(scope="module")
def forest():
    return drawn(hard_cases()["k = 13"], *SUFFIXES)


@pytest.fixture(scope="module")
def many_scripts():
    return drawn(review(synthesis(studies(6, labels=LONG_LABELS))), "svg", "pdf", "png")


def test_the_svg_has_every_text_as_text(forest):
    _, sheet, files = forest
    root = ElementTree.fromstring(files["svg"])
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert sorted(texts) == sorted(words.text for words in sheet.words())


def test_the_svg_has_title_description_role_and_a_spoken_group_for_each_study(forest):
    table, sheet, files = forest
    root = ElementTree.fromstring(files["svg"])
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    title, description = (ids[name] for name in root.get("aria-labelledby").split())
    assert (title.tag, title.text) == (f"{SVG}title", sheet.title)
    assert (description.tag, description.text) == (f"{SVG}desc", sheet.description)
    for row in table["rows"]:
        group = ids[f"primary-{row['id']}"]
        assert group.get("role") == "group"
        assert group.get("aria-label") == row["spoken"]
        assert group.find(f"{SVG}text") is not None
    assert len(ids) == len([e for e in root.iter() if e.get("id")])


def test_a_label_that_looks_like_markup_stays_what_it_says():
    rows = studies(2)
    rows[0]["label"] = 'a <g id="primary-study-2"> & "q"; font-family: x transform="rotate(-0 1 2)"'
    _, sheet, files = drawn(review(synthesis(rows)), "svg")
    root = ElementTree.fromstring(files["svg"])
    texts = sorted(element.text for element in root.iter(f"{SVG}text"))
    assert texts == sorted(words.text for words in sheet.words())
    groups = [e for e in root.iter(f"{SVG}g") if e.get("id") == "primary-study-2"]
    assert len(groups) == 1 and groups[0].get("role") == "group"


def test_the_svg_asks_for_nothing_from_outside(forest):
    text = forest[2]["svg"].decode()
    assert not re.search(r"(href|src)=|url\(|@import|<!DOCTYPE|<image", text)
    assert "font-family: 'DejaVu Sans', 'Verdana', sans-serif" in text


def test_the_same_sheet_gives_the_same_bytes(forest):
    _, _, again = drawn(hard_cases()["k = 13"], *SUFFIXES)
    for suffix, data in forest[2].items():
        assert data == again[suffix], suffix


def test_another_process_gives_the_same_bytes(many_scripts):
    script = (
        "import sys, hashlib\n"
        "from tests.test_figures_save import *\n"
        "files = drawn(review(synthesis(studies(6, labels=LONG_LABELS))), 'svg', 'pdf', 'png')[2]\n"
        "print({s: hashlib.sha256(files[s]).hexdigest() for s in files})\n"
    )
    command = [sys.executable, "-c", script]
    hashes = [
        subprocess.run(
            command,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "", "HOME": str(Path.home())},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert hashes[0] == hashes[1] != ""


def test_no_file_has_a_date_or_a_folder_in_it(forest):
    for suffix, data in forest[2].items():
        assert b"CreationDate" not in data and b"dc:date" not in data, suffix
        assert str(ROOT).encode() not in data and b"evergrove-fonts" not in data, suffix


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="no pdffonts on this machine")
@pytest.mark.parametrize("which", ["forest", "many_scripts"])
def test_pdf_fonts_are_embedded_truetype_with_unicode(which, request, tmp_path):
    path = tmp_path / "figure.pdf"
    path.write_bytes(request.getfixturevalue(which)[2]["pdf"])
    done = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()[2:]
    assert lines and done.stderr == ""
    for line in lines:
        assert "TrueType" in line and re.search(r"yes yes yes", line), line


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")
@pytest.mark.parametrize("name", ["k = 13", "65 long labels", "one interval far outside"])
def test_words_of_the_pdf_do_not_overlap_and_stay_on_the_page(name, tmp_path):
    path = tmp_path / "figure.pdf"
    path.write_bytes(drawn(hard_cases()[name], "pdf")[2]["pdf"])
    done = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    )
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', done.stdout)
    width, height = map(float, page.groups())
    number = r'([\d.-]+)"'
    found = re.findall(f'xMin="{number} yMin="{number} xMax="{number} yMax="{number}', done.stdout)
    boxes = sorted((tuple(map(float, box)) for box in found), key=lambda box: box[1])
    assert len(boxes) > 50
    for place_, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0 and top >= 0 and right <= width and bottom <= height
        for other in boxes[place_ + 1 :]:
            if other[1] >= bottom:
                break
            across = min(right, other[2]) - max(left, other[0])
            down = min(bottom, other[3]) - other[1]
            # Boxes come rounded; a superscript stands closer to its word than a rounding error.
            assert across <= 0.1 or down <= 0.1, (left, top, other)


def test_png_and_tiff_have_the_size_and_the_dots_an_inch_of_the_style(forest):
    _, sheet, files = forest
    for suffix, dpi in (("png", GENERIC.png_dpi), ("tiff", GENERIC.tiff_dpi)):
        picture = Image.open(io.BytesIO(files[suffix]))
        assert picture.info["dpi"][0] == pytest.approx(dpi, abs=0.01)
        assert picture.size == (int(sheet.width / 72 * dpi), int(sheet.height / 72 * dpi))
    assert Image.open(io.BytesIO(files["png"])).text["Title"] == sheet.title


def test_png_and_tiff_are_as_many_mm_as_the_sheet(forest):
    _, sheet, files = forest
    for suffix in ("png", "tiff"):
        picture = Image.open(io.BytesIO(files[suffix]))
        sides = zip(picture.size, picture.info["dpi"], (sheet.width, sheet.height), strict=True)
        for pixels, dpi, points in sides:
            # Less than one dot is lost.
            assert 0 <= points / 72 * 25.4 - pixels / float(dpi) * 25.4 + 1e-3 < 25.4 / dpi + 2e-3
        assert picture.size[0] / float(picture.info["dpi"][0]) * 25.4 == pytest.approx(180, abs=0.2)


def test_the_tiff_says_inches_and_is_packed_without_loss(forest):
    picture = Image.open(io.BytesIO(forest[2]["tiff"]))
    assert picture.tag_v2[296] == 2 and picture.tag_v2[282] == picture.tag_v2[283] == 600
    assert picture.info["compression"] == "tiff_lzw" and picture.mode == "RGB"


def test_the_eps_embeds_truetype_and_no_type_3(forest):
    _, sheet, files = forest
    text = files["eps"].decode("latin-1")
    assert text.startswith("%!PS-Adobe-3.0 EPSF-3.0")
    kinds = re.findall(r"/FontType (\d+)", text)
    assert kinds and set(kinds) == {"42"}
    names = set(re.findall(r"/FontName /(DejaVuSans(?:-Bold)?)-\d+ def", text))
    assert names == {"DejaVuSans", "DejaVuSans-Bold"}
    box = re.search(r"%%HiResBoundingBox: ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)", text)
    left, bottom, right, top = map(float, box.groups())
    assert (right - left, top - bottom) == pytest.approx((sheet.width, sheet.height), abs=0.01)


def test_the_palette_of_the_png_keeps_white_and_the_inks(forest):
    pixels = np.asarray(Image.open(io.BytesIO(forest[2]["png"])).convert("RGB"))
    assert (pixels[0, 0] == 255).all() and (pixels[-1, -1] == 255).all()
    seen = set(map(tuple, pixels.reshape(-1, 3).tolist()))
    for ink in (GENERIC.ink, GENERIC.square, GENERIC.diamond, GENERIC.prediction, GENERIC.quiet):
        assert tuple(bytes.fromhex(ink[1:])) in seen


def test_ink_in_the_png_stands_where_the_sheet_says(forest):
    table, sheet, files = forest
    pixels = np.asarray(Image.open(io.BytesIO(files["png"])).convert("RGB"))
    scale = GENERIC.png_dpi / 72
    colour = tuple(bytes.fromhex(GENERIC.square[1:]))
    for row in table["rows"]:
        if row["kind"] != "study":
            continue
        items = next(group.items for group in sheet.groups if group.id == row["id"])
        [square] = [item for item in items if isinstance(item, Shape)]
        x = sum(point[0] for point in square.points) / 4
        y = sum(point[1] for point in square.points) / 4
        assert tuple(pixels[int((y + 2.2) * scale), int((x + 2.2) * scale)]) == colour


def test_the_prediction_line_is_as_thick_in_pixels_as_on_paper(forest):
    table, _, files = forest
    pixels = np.asarray(Image.open(io.BytesIO(files["png"])).convert("RGB")).astype(int)
    row = next(r for r in table["rows"] if r["kind"] == "prediction")
    place_ = table["placement"]["rows"][table["rows"].index(row)]
    axis, (left, right) = table["axis"], table["placement"]["axis"]
    middle = (row["values"]["low"] + row["values"]["high"]) / 2
    share = (middle - axis["low"]) / (axis["high"] - axis["low"])
    x = int((left + share * (right - left)) / 72 * GENERIC.png_dpi)
    top, bottom = (int(place_[end] / 72 * GENERIC.png_dpi) for end in ("top", "bottom"))
    brown = bytes.fromhex(GENERIC.prediction[1:])
    thick = sum(abs(pixels[y, x] - list(brown)).max() < 60 for y in range(top, bottom))
    assert thick == pytest.approx(1.4 / 72 * GENERIC.png_dpi, abs=1.5)


def test_another_suffix_is_refused_with_the_ones_there_are(forest):
    with pytest.raises(EvergroveError, match=r"svg, pdf, png, tiff, eps, pptx, docx"):
        save(forest[1], ["gif"], GENERIC)


def test_widths_are_those_of_the_glyphs_and_do_not_depend_on_kerning():
    assert fonts.advance("AVA", 10) == pytest.approx(3 * fonts.advance("A", 10), rel=0.01)
    assert fonts.advance("11", 10) == pytest.approx(fonts.advance("00", 10))
    assert fonts.advance("Müller", 10, bold=True) > fonts.advance("Müller", 10)
    assert fonts.missing("Çınar Ω ארז") == ""


def test_a_character_without_any_font_is_named():
    rows = studies(2)
    rows[0]["label"] = "Alder \U0001f9b4 2001"
    if fonts.missing("\U0001f9b4"):
        assert fonts.missing(rows[0]["label"]) == "\U0001f9b4"
    _, sheet, files = drawn(review(synthesis(rows)), "svg", "pdf", "png")
    assert "\U0001f9b4" in files["svg"].decode()
    assert all(files.values()) and any("\U0001f9b4" in words.text for words in sheet.words())


def test_letters_in_pixels_stand_on_one_line_at_equal_distances():
    def made(text):
        face = fonts.face(8.0, False, True, ())
        words = Words(0, 0, text, 8.0, fonts.advance(text, 8.0))
        return strip(text, words.width, face, 200, _About(words, Affine2D()))

    assert made("H").bottom == made("1").bottom == made("100").bottom + 0 == 0
    assert made("[g]").bottom < 0
    ink = made("llllll").ink.sum(0)
    starts = [x for x in range(len(ink)) if ink[x] and (x == 0 or not ink[x - 1])]
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert len(gaps) == 5 and max(gaps) - min(gaps) <= 1
    assert sum(gaps) / 5 == pytest.approx(fonts.advance("l", 8.0) / 72 * 200, abs=0.21)
