"""Lines of text: nothing is lost, nothing is too wide, numbers stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.figures import fonts
from evergrove.figures.text import right_to_left, runs_both_ways, wrap, writable


@given(st.text(alphabet="ab -/,.;漢字、。9<=é\u0301", max_size=60), st.integers(4, 20))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, width):
    lines = wrap(text, width, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= width or len(line) == 2 for line in lines)


def test_later_lines_may_be_narrower():
    assert wrap("one two three four", 9, len, 5) == ["one two", "three", "four"]


def test_relations_and_ranges_are_not_torn():
    assert wrap("with Q = 12.3, p < 0.001; next", 14, len) == [
        "with Q = 12.3,",
        "p < 0.001;",
        "next",
    ]
    assert wrap("years 2010-2012 and on", 11, len) == ["years", "2010-2012", "and on"]


def test_chinese_breaks_between_characters_but_not_before_a_comma():
    assert wrap("杨树柳树，银杏", 4, len) == ["杨树柳", "树，银杏"]


def test_direction_comes_from_the_first_letter_that_has_one():
    assert right_to_left("2017 ארז and Elm")
    assert not right_to_left("Elm ארז 2017")
    assert runs_both_ways("Elm ארז 2017")
    assert not runs_both_ways("Elm 2017")


def test_what_xml_cannot_hold_becomes_the_replacement_character():
    assert writable("a\x07b\ud800c\ufffed") == "a\ufffdb\ufffdc\ufffdd"
    assert writable("Çınar 漢 ארז 🦴") == "Çınar 漢 ארז 🦴"


def test_a_font_that_was_installed_after_matplotlib_made_its_list_is_found(monkeypatch):
    known = fonts.fontManager.ttflist
    path = next((entry.fname for entry in known if "CJK" in str(entry.fname)), None)
    if path is None and fonts.missing("杨"):
        pytest.skip("no Chinese font on this machine")
    without = [entry for entry in known if "CJK" not in str(entry.fname)]
    monkeypatch.setattr(fonts.fontManager, "ttflist", without)
    for cached in (fonts._fallback, fonts._find_new_fonts):
        cached.cache_clear()
    assert fonts.missing("杨") == ""
    for cached in (fonts._fallback, fonts._find_new_fonts):
        cached.cache_clear()


def test_a_character_that_no_font_has_is_as_wide_as_the_sign_drawn_for_it(monkeypatch):
    monkeypatch.setattr(fonts, "_fallback", lambda character: None)
    assert fonts.missing("桦") == "桦"
    assert fonts.advance("桦", 10) == pytest.approx(10 * fonts._missing_advance())
    fonts._shaped_advance.cache_clear()
    assert fonts._missing_advance() >= 1
