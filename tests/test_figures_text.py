"""Lines of text: nothing is lost, nothing is too wide, numbers stay whole."""

from hypothesis import given
from hypothesis import strategies as st

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
