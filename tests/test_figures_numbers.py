"""Printed numbers in figures: the project's wording, and what a journal may change of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.figures.numbers import Numbers, decimals, spoken

NUMBERS = Numbers()


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_printed_number_equals_the_value_to_its_printed_digits(value, digits):
    text = NUMBERS.fixed(value, digits)
    assert "-" not in text
    read = float(text.replace("−", "-"))
    assert abs(read - value) <= 0.5 * 10**-digits * (1 + 1e-9) + 1e-9
    assert read != 0 or "−" not in text


def test_bounds_are_joined_by_to_unless_a_style_wants_a_dash_and_none_is_negative():
    assert NUMBERS.between(3.0) == "to"
    dashes = Numbers(joint="dash")
    assert dashes.between(0.1) == "–"
    assert dashes.between(-0.1) == "to"


def test_a_preset_changes_the_decimal_mark_and_the_zero_of_p():
    lancet = Numbers(decimal_mark="·", leading_zero_in_p=False)
    assert lancet.fixed(-23.456, 1) == "−23·5"
    assert lancet.p_value(0.0312).replace("\u00a0", " ") == "p = ·031"
    assert NUMBERS.p_value(0.0312).replace("\u00a0", " ") == "p = 0.031"
    assert NUMBERS.p_value(0.00002).replace("\u00a0", " ") == "p < 0.001"


@pytest.mark.parametrize(
    ("halves", "expected"),
    [([], 2), ([0.5, 0.4], 2), ([14.0], 1), ([150.0], 0), ([0.012], 3), ([0.0012], 4), ([0.0], 2)],
)
def test_decimals_follow_the_typical_interval(halves, expected):
    assert decimals(halves) == expected


def test_a_screen_reader_hears_the_minus():
    assert spoken("−3.20 to −1.79") == "minus 3.20 to minus 1.79"
