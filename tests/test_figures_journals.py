"""Journal presets: every fact has a source, and a style keeps what its preset says."""

import math
import re

import pytest

from evergrove.errors import EvergroveError
from evergrove.figures.journals import BASE, FILE, presets, style_named
from evergrove.figures.style import GENERIC, MM
from evergrove.forest_plots import draw_forest_pages
from evergrove.tables import write_text
from evergrove.validation import read_yaml
from tests.figure_sample import review, studies, synthesis


@pytest.mark.parametrize("name", presets())
def test_a_preset_names_its_source_and_day_or_is_called_generic(name):
    preset = presets()[name]
    if "source" in preset:
        assert len(preset["source"]) > 20 and preset["checked_on"].isoformat() >= "2026-11-28"
    else:
        assert preset["generic"] is True and "eneric" in preset["title"]


@pytest.mark.parametrize("name", presets())
def test_every_width_of_a_preset_is_drawn_or_its_least_is_named(name):
    facts = presets()[BASE] | presets()[name]
    data = review(synthesis(studies(3)))
    for width in facts["widths_mm"]:
        style = style_named(name, width)
        assert style.width == pytest.approx(width * MM)
        try:
            [svg] = draw_forest_pages(data, "svg", style=style)
        except EvergroveError as error:
            assert width < 120 and "They need" in error.remedy
            least = int(error.remedy.split("They need ")[1].split(" mm")[0])
            wider = style_named(name, max(least, facts.get("least_width_mm", 0)))
            [svg] = draw_forest_pages(data, "svg", style=wider)
        assert b"<svg" in svg


def test_numbers_follow_the_journal():
    data = review(synthesis(studies(5)))
    drawn = {
        name: draw_forest_pages(data, "svg", style=style_named(name))[0].decode()
        for name in ("print", "lancet", "jama")
    }
    text = {name: svg.replace("\u00a0", " ") for name, svg in drawn.items()}
    low = f"{data['syntheses'][0]['fit']['ci_low']:.2f}"
    assert f"[{low}" in text["print"] and f"[{low}" in text["jama"]
    assert f"[{low.replace('.', '·')}" in text["lancet"] and f"[{low}" not in text["lancet"]
    assert re.search(r"p [=<] 0\.\d", text["print"]) and re.search(r"p [=<] \.\d", text["jama"])
    assert not re.search(r"p [=<] 0\.", text["jama"]) and re.search("p [=<] 0·", text["lancet"])
    assert "About a month after</text>" in text["jama"]
    assert "About a month after</text>" not in text["lancet"]


def test_black_and_white_uses_greys_only():
    style = style_named("bmj")
    for colour in (style.square, style.new_square, style.diamond, style.prediction, style.quiet):
        assert colour[1:3] == colour[3:5] == colour[5:7]


def test_the_web_is_one_picture_and_the_default():
    assert style_named("web") == GENERIC and GENERIC.page_height is None
    assert style_named("web", 200).width == pytest.approx(200 * MM)
    assert style_named("print").page_height == pytest.approx(240 * MM)


def test_an_unknown_name_lists_the_names_and_a_strange_width_the_widths():
    with pytest.raises(EvergroveError, match=r"There are: web, print, jama, lancet, bmj"):
        style_named("jamaa")
    with pytest.raises(EvergroveError, match=r"usual: 190, 140, 90 mm"):
        style_named("elsevier", 210)
    for width in (-3, 0, math.nan):
        with pytest.raises(EvergroveError, match="not a width"):
            style_named("print", width)


def test_a_folder_adds_presets_of_its_own_and_a_mistake_in_them_is_named(tmp_path):
    file = tmp_path / "config" / "journals.yaml"
    file.parent.mkdir()
    own = "ours: {title: Ours, widths_mm: [150], source: Our office, checked_on: 2026-11-28}\n"
    write_text(file, own)
    assert style_named("ours", folder=tmp_path).width == pytest.approx(150 * MM)
    write_text(file, own.replace("widths_mm", "widths"))
    with pytest.raises(EvergroveError, match=r"journals\.yaml.*widths"):
        presets(tmp_path)
    write_text(file, "ours: {title: Ours, widths_mm: [150]}\n")
    with pytest.raises(EvergroveError, match=r"journals\.yaml"):
        presets(tmp_path)


def test_the_packaged_file_is_what_is_read():
    assert presets("/nonexistent") == read_yaml(FILE)
