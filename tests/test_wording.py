"""Numbers are printed in one way, and what is printed never says more or less than the value."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import wording


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-4.555, 2, "−4.55"),
        (-4.56, 1, "−4.6"),
        (5.3087, 2, "5.31"),
        (-0.004, 2, "0.00"),
        (0.0, 0, "0"),
        (12.0, 2, "12.00"),
        (None, 2, "–"),
    ],
)
def test_a_number_has_fixed_decimals_and_a_true_minus(value, decimals, text):
    assert wording.number(value, decimals) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_never_printed(value):
    for function in (wording.number, wording.plain, wording.power_of_ten):
        with pytest.raises(ValueError, match="not a number"):
            function(value)


@settings(max_examples=100)
@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_a_printed_number_reads_back_to_within_half_of_its_last_digit(value, decimals):
    text = wording.number(value, decimals)
    assert "-" not in text
    read = float(text.replace("−", "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + 1e-9
    assert not (text.startswith("−") and read == 0)


@pytest.mark.parametrize(
    ("low", "high", "decimals"),
    [(0, 10, 2), (0, 100, 1), (0, 1, 3), (-10, 0, 2), (0, 24, 1), (0, 5000, 0)],
)
def test_decimals_follow_the_width_of_the_scale(low, high, decimals):
    assert wording.decimals_for_scale(low, high) == decimals


def test_a_scale_without_width_is_refused():
    with pytest.raises(ValueError, match="no width"):
        wording.decimals_for_scale(3, 3)


def test_intervals_say_to_where_a_bound_may_be_negative():
    assert wording.interval(4.524, 6.093) == "4.52 to 6.09"
    assert wording.interval(-3.2, -1.79) == "−3.20 to −1.79"
    assert wording.interval(0.8, 4.12, 1, may_be_negative=False) == "0.8–4.1"
    assert wording.interval(-0.8, 4.12, 1, may_be_negative=False) == "−0.8 to 4.1"
    assert wording.interval(None, None) == "–"


def test_an_estimate_names_the_level_of_its_interval():
    assert wording.estimate(5.309, 4.524, 6.093) == "5.31 (95% CI 4.52 to 6.09)"
    assert wording.estimate(5.309, 4.524, 6.093, 97.5, 1) == "5.3 (97.5% CI 4.5 to 6.1)"


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "<0.001"),
        (0.00099, "<0.001"),
        (0.001, "0.001"),
        (0.0494, "0.049"),
        (0.0502, "0.050"),
        (0.214, "0.214"),
        (0.999, "0.999"),
        (0.9996, ">0.999"),
        (None, "–"),
    ],
)
def test_p_values_keep_the_digits_that_decide(p, text):
    assert wording.p_value(p) == text


def test_a_p_value_in_a_sentence_has_its_sign():
    assert wording.p_equals(0.034).replace("\u00a0", " ") == "p = 0.034"
    assert wording.p_equals(1e-9).replace("\u00a0", " ") == "p < 0.001"
    assert wording.p_equals(None) == "p not available"
    with pytest.raises(ValueError, match="probability"):
        wording.p_value(1.2)


@settings(max_examples=100)
@given(st.floats(0, 1))
def test_a_printed_p_value_is_on_the_right_side_of_a_twentieth(p):
    text = wording.p_value(p)
    read = float(text.lstrip("<>"))
    if p < 0.0495:
        assert read < 0.05
    if p > 0.0505:
        assert read > 0.05


def test_counts_stand_with_their_nouns():
    assert wording.counted(1, "study", "studies") == "1\u00a0study"
    assert wording.counted(11, "study", "studies") == "11\u00a0studies"
    assert wording.counted(0, "record") == "0\u00a0records"
    assert wording.count(9999) == "9999"
    assert wording.count(1234567) == "1\u202f234\u202f567"
    with pytest.raises(ValueError, match="not a count"):
        wording.count(1.5)


def test_degrees_of_freedom_are_whole_or_have_one_decimal():
    assert wording.degrees(12.0) == "12"
    assert wording.degrees(4.3628) == "4.4"
    assert wording.degrees(None) == "–"


def test_plain_and_printed_numbers_keep_their_digits():
    assert wording.plain(95.0) == "95"
    assert wording.plain(0.5) == "0.5"
    assert wording.plain(-2.0) == "−2"
    assert wording.printed("9.0") == "9.0"
    assert wording.printed("-7.60") == "−7.60"
    assert wording.printed("<0.001") == "<0.001"
    assert wording.printed("-") == "-"


def test_very_small_numbers_are_powers_of_ten():
    assert wording.power_of_ten(2.31e-13).replace("\u00a0", " ") == "2.3 × 10⁻¹³"
    assert wording.power_of_ten(0) == "0"


def test_words_are_joined_as_in_a_sentence():
    assert wording.listed([]) == ""
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed(["a", "b"], "or") == "a or b"


def test_windows_are_worded():
    assert wording.days_between(0, 91) == "0 to 91 days"
    assert wording.days_between(None, 7) == "up to 7 days"
    assert wording.days_between(251, None) == "251 days or later"
    assert wording.days_between(None, None) == "any time"
