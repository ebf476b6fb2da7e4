"""The range of an axis shows the studies, and its ticks are round and inside."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.figures.axis import axis_range, tick_digits, ticks
from evergrove.shown_measures import MEASURES

LINEAR, RATIO = MEASURES["MC"], MEASURES["OR"]
value = st.floats(-1e4, 1e4)
row = st.tuples(value, st.floats(0.01, 100)).map(lambda p: (p[0], p[0] - p[1], p[0] + p[1]))


@given(st.lists(row, min_size=1, max_size=30), st.lists(st.tuples(value, value), max_size=3))
def test_the_range_is_proper_and_holds_the_middle_study(rows, pooled):
    span = axis_range(rows, pooled, 0.0)
    points = sorted(point for point, _, _ in rows)
    assert span.low < span.high
    assert span.low <= points[(len(points) - 1) // 2] <= span.high
    assert not span.shows_null or span.low < 0 < span.high


def test_one_interval_far_outside_does_not_squash_the_rest():
    rows = [(5.0, 4.5, 5.5), (5.4, 5.0, 5.8), (4.6, 4.1, 5.1), (5.0, -60.0, 70.0)]
    span = axis_range(rows, [], 0.0)
    assert -1 < span.low < 0 and 5.8 < span.high < 10


def test_a_pooled_interval_of_two_studies_does_not_squash_them():
    span = axis_range([(5.0, 4.5, 5.5), (5.4, 5.0, 5.8)], [(-40.0, 50.0)], 0.0)
    assert span.high - span.low < 12


def test_no_effect_is_brought_into_view_if_it_is_near_and_left_out_if_it_is_far():
    near = axis_range([(5.4, 4.9, 5.9)], [], 0.0)
    far = axis_range([(300.0, 299.0, 301.0), (301.0, 300.0, 302.0)], [], 0.0)
    assert near.shows_null and near.low < 0
    assert not far.shows_null and far.low > 290


def test_an_axis_without_studies_and_one_without_width_are_still_axes():
    assert axis_range([], [], 0.0).low < axis_range([], [], 0.0).high
    flat = axis_range([(2.0, 2.0, 2.0)], [], None)
    assert flat.low < 2 < flat.high


@given(st.floats(-1e5, 1e5), st.floats(1e-3, 1e5), st.integers(2, 9))
def test_ticks_are_inside_apart_and_not_too_many(low, width, most):
    high = low + width
    found = ticks(low, high, LINEAR, most)
    places = [place for place, _ in found]
    assert len(found) <= most
    assert places == sorted(set(places))
    assert all(low - 1e-6 * width <= place <= high + 1e-6 * width for place in places)


@given(st.floats(-6, 6), st.floats(0.05, 12), st.integers(2, 9))
def test_ratio_ticks_are_printed_as_ratios_at_their_logarithms(low, width, most):
    found = ticks(low, low + width, RATIO, most)
    assert len(found) <= most
    for place, shown in found:
        assert math.isclose(math.exp(place), shown, rel_tol=1e-9)


def test_round_values():
    assert [v for _, v in ticks(-0.2, 7.3, LINEAR, 9)] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [v for _, v in ticks(0.0, 1.0, LINEAR, 6)] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    low, high = math.log(0.04), math.log(30)
    assert [v for _, v in ticks(low, high, RATIO, 5)] == [0.1, 1.0, 10.0]
    assert [v for _, v in ticks(low, high, RATIO, 6)] == [0.1, 0.3, 1.0, 3.0, 10.0, 30.0]
    assert [v for _, v in ticks(low, high, RATIO, 9)] == [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
    assert [v for _, v in ticks(math.log(0.9), math.log(1.25), RATIO, 5)] == [0.9, 1.0, 1.1, 1.2]
    decades = ticks(math.log(1e-7), math.log(1e7), RATIO, 5)
    assert [v for _, v in decades] == [1e-6, 1e-3, 1.0, 1e3, 1e6]


@pytest.mark.parametrize(("values", "digits"), [([0, 1, 2], 0), ([0.5, 1.0], 1), ([0.25], 2)])
def test_tick_digits_print_every_value_exactly(values, digits):
    assert tick_digits(values) == digits


def test_proportions_come_back_from_the_logit_scale():
    found = ticks(-2.0, 2.0, MEASURES["PLO"], 6)
    assert [round(v, 6) for _, v in found] == [0.2, 0.4, 0.6, 0.8]
    assert math.isclose(found[0][0], math.log(0.2 / 0.8), abs_tol=1e-9)
