"""Conversions give the figures that their authors and users published, each with its source."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import conversions, grim, skewed_quantiles
from evergrove.conversions import Quantiles, Rescaling

# ---- quantiles ----

# metafor's help of conv.fivenum, default methods (rendered output).
FIVE_NUMBERS = [
    (dict(n=20, minimum=2, median=6, maximum=14), 6.594468, 3.211576),
    (dict(n=20, q1=4, median=6, q3=10), 6.7195, 4.787076),
    (dict(n=20, minimum=2, q1=4, median=6, q3=10, maximum=14), 6.938841, 3.679435),
    # metaBLUE's help of Luo.mean and Wan.std.
    (dict(n=30, minimum=1, median=4, maximum=10), 4.356748, 2.205578),
]


@pytest.mark.parametrize(("given_", "mean", "sd"), FIVE_NUMBERS)
def test_luo_mean_with_wan_or_shi_sd(given_, mean, sd):
    quantiles = Quantiles(**given_)
    assert conversions.luo_mean(quantiles) == pytest.approx(mean, abs=1e-6)
    assert conversions.shi_sd(quantiles) == pytest.approx(sd, abs=1e-6)


@pytest.mark.parametrize(
    ("given_", "statistic", "critical", "skewed"),
    [
        # metafor's help of conv.fivenum, test of skewness.
        (dict(n=20, minimum=2, median=6, maximum=14), 0.333, 0.416, False),
        (dict(n=20, q1=4, median=6, q3=10), 0.333, 0.578, False),
        (dict(n=20, minimum=2, q1=4, median=6, q3=10, maximum=14), 0.491, 0.666, False),
        (dict(n=20, minimum=2, q1=4, median=6, q3=14, maximum=20), 0.818, 0.666, True),
    ],
)
def test_skewness(given_, statistic, critical, skewed):
    test = conversions.skewness_test(Quantiles(**given_))
    assert (test.statistic, test.critical) == pytest.approx((statistic, critical), abs=6e-4)
    assert test.skewed is skewed


@pytest.mark.parametrize(
    ("n", "expected"),
    [(5, 2.326), (10, 3.078), (15, 3.472), (20, 3.735), (25, 3.931), (30, 4.086), (40, 4.322),
     (50, 4.498)],
)  # fmt: skip
def test_expected_range_of_normal_scores_is_table_1_of_wan_2014(n, expected):
    assert conversions.xi_exact(n) == pytest.approx(expected, abs=6e-4)
    # The closed approximation that the SD formula uses.
    assert conversions.xi(n) == pytest.approx(expected, abs=0.06)


def test_older_formulas_for_checking_older_reviews():
    small, middle, large = (Quantiles(n=n, minimum=2, median=6, maximum=14) for n in (15, 40, 100))
    assert conversions.hozo_mean(small) == 7
    assert conversions.hozo_mean(middle) == 6
    assert conversions.hozo_sd(small) == pytest.approx(math.sqrt((4**2 / 4 + 144) / 12))
    assert (conversions.hozo_sd(middle), conversions.hozo_sd(large)) == (3, 2)
    assert conversions.wan_mean(small) == 7
    assert conversions.wan_mean(Quantiles(n=9, q1=1, median=2, q3=6)) == 3
    all_five = Quantiles(n=9, minimum=0, q1=1, median=2, q3=3, maximum=4)
    assert conversions.wan_mean(all_five) == 2
    assert conversions.walter_yao_sd(small) == pytest.approx(12 / 3.472, abs=1e-3)
    # Bland's SD is the root mean square of a distribution uniform between the quantiles, less its
    # mean: 0, 1, 2, 3, 4 gives 4/3 + 1/24 by his formula.
    assert conversions.bland_sd(all_five) == pytest.approx(
        math.sqrt((0 + 2 + 8 + 18 + 16) / 16 + (0 + 2 + 6 + 12) / 8 - 16**2 / 64)
    )


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        (dict(n=20, median=5), "without quartiles or range"),
        (dict(n=20, median=5, q1=6, q3=7), "not in order"),
        (dict(n=20, median=5, q1=3), "one quartile without the other"),
        (dict(n=20, median=5, maximum=9), "half a range"),
        (dict(n=1, median=5, q1=3, q3=7), "fewer than two people"),
    ],
)
def test_quantiles_that_cannot_be_are_refused(given_, words):
    with pytest.raises(ValueError, match=words):
        Quantiles(**given_)


# ---- skewed quantiles ----

SKEWED = [
    dict(n=20, minimum=2, median=6, maximum=14),
    dict(n=20, q1=4, median=6, q3=10),
    dict(n=20, minimum=2, q1=4, median=6, q3=10, maximum=14),
    dict(n=100, minimum=2, median=4, maximum=9),
]


@pytest.mark.parametrize(
    ("given_", "expected"),
    # metafor's help of conv.fivenum (method "qe"), and estmeansd's README.
    list(
        zip(
            SKEWED,
            [(6.76291, 3.803302), (7.922472, 6.337109), (7.043956, 3.852243), (4.347284, 1.502171)],
            strict=True,
        )
    ),
)
def test_quantile_estimation(given_, expected):
    found = skewed_quantiles.quantile_estimation(Quantiles(**given_))
    assert (found.mean, found.sd) == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    ("given_", "expected"),
    # The same pages, method "bc": made with 20 or 100 plus 1000 random numbers, hence the margin.
    list(
        zip(
            SKEWED,
            [
                (6.470861, 3.262934),
                (8.135197, 6.489805),
                (7.498873, 4.978785),
                (4.210971, 1.337348),
            ],
            strict=True,
        )
    ),
)
def test_box_cox(given_, expected):
    found = skewed_quantiles.box_cox(Quantiles(**given_))
    assert (found.mean, found.sd) == pytest.approx(expected, rel=0.06)


def test_box_cox_needs_values_above_zero_and_two_halves():
    with pytest.raises(ValueError, match="zero or more"):
        skewed_quantiles.box_cox(Quantiles(n=20, q1=-1, median=2, q3=4))
    with pytest.raises(ValueError, match="the median equals"):
        skewed_quantiles.box_cox(Quantiles(n=20, q1=2, median=2, q3=4))


def test_negative_values_leave_only_the_normal():
    found = skewed_quantiles.quantile_estimation(Quantiles(n=20, q1=-1, median=0, q3=1))
    assert (found.basis, found.mean) == ("normal", 0)
    assert found.sd == pytest.approx(conversions.sd_from_iqr_width(2))


@pytest.mark.parametrize("unit", [0.01, 100])
@pytest.mark.parametrize("three", [(2, 3, 6), (0.5, 3, 3.5)])
def test_estimates_from_skewed_quantiles_do_not_depend_on_the_unit(unit, three):
    for method in (skewed_quantiles.quantile_estimation, skewed_quantiles.box_cox):
        q1, median, q3 = three
        plain = method(Quantiles(100, median, q1=q1, q3=q3))
        moved = method(Quantiles(100, unit * median, q1=unit * q1, q3=unit * q3))
        if plain.basis == moved.basis or "exponent" in plain.basis:
            assert moved.mean == pytest.approx(unit * plain.mean, rel=1e-6)
            assert moved.sd == pytest.approx(unit * plain.sd, rel=1e-6)
        else:
            # Below 1, the beta family is tried as well.
            assert moved.basis == "beta"


def test_quantiles_of_a_log_normal_give_its_mean_and_sd():
    values = [3 * math.exp(0.5 * z) for z in (-0.6744897501960817, 0, 0.6744897501960817)]
    quantiles = Quantiles(400, values[1], q1=values[0], q3=values[2])
    mean = 3 * math.exp(0.125)
    sd = mean * math.sqrt(math.expm1(0.25))
    for method in (skewed_quantiles.quantile_estimation, skewed_quantiles.box_cox):
        found = method(quantiles)
        assert (found.mean, found.sd) == pytest.approx((mean, sd), rel=0.01)


def test_no_skewness_without_a_width():
    with pytest.raises(ValueError, match="without a width"):
        conversions.skewness_test(Quantiles(n=20, q1=5, median=5, q3=5))


def test_width_of_the_quartiles_alone():
    assert conversions.sd_from_iqr_width(1.35) == pytest.approx(1.0, abs=1e-3)


# ---- standard errors, intervals, tests ----


def test_cochrane_handbook_figures():
    # 6.5.2.2: n = 25, t = 2.0639, divisor 4.128.
    assert conversions.t_quantile(95, 24) == pytest.approx(2.0639, abs=6e-5)
    assert 2 * conversions.t_quantile(95, 24) == pytest.approx(4.128, abs=6e-4)
    assert conversions.sd_from_ci(0, 4.128, 25) == pytest.approx(5, abs=1e-3)
    # 6.5.2.2: divisors of 95, 90 and 99 % intervals.
    divisors = [2 * conversions.z_quantile(level) for level in (95, 90, 99)]
    assert divisors == pytest.approx([3.92, 3.29, 5.15], abs=0.006)
    assert conversions.se_from_ci(0, 3.92) == pytest.approx(1, abs=1e-4)
    # 6.5.2.3: MD 3.8 with p = 0.008 in 25 and 22 people: t = 2.78, SE = 1.37.
    t = conversions.t_from_p(0.008, 45)
    assert t == pytest.approx(2.78, abs=0.006)
    assert conversions.se_from_t(3.8, t) == pytest.approx(1.37, abs=0.006)
    assert conversions.sd_from_se_of_difference(1.37, 25, 22) == pytest.approx(4.69, abs=0.006)


def test_crossover_example_of_the_cochrane_handbook():
    # 5.1, 16.4.6.4: ten people, SDs 2.38 and 2.21, r = 0.68 or SD of differences 2.
    assert 2 / math.sqrt(10) == pytest.approx(0.632, abs=6e-4)
    change = conversions.sd_of_change(2.38, 2.21, 0.68)
    assert change / math.sqrt(10) == pytest.approx(0.583, abs=6e-4)
    smd, se = conversions.standardised_paired_difference(0.5, 2.38, 2.21, 10, 0.68)
    assert (smd, se) == pytest.approx((0.218, 0.256), abs=6e-4)


def test_combining_groups():
    # StatsToDo, CombineMeansSDs.
    groups = [(10, 11.8, 2.4), (20, 15.3, 3.2), (15, 8.4, 4.1)]
    assert conversions.combine_groups(groups) == pytest.approx((45, 12.2222, 4.5028), abs=6e-5)


def test_sd_of_change():
    assert conversions.sd_of_change(10, 12, 0.6) == pytest.approx(10, rel=1e-12)
    assert conversions.sd_of_change(3, 3, 1) == 0


def test_values_outside_a_formula_are_refused():
    for call in (
        lambda: conversions.t_from_p(0, 10),
        lambda: conversions.t_from_p(1, 10),
        lambda: conversions.t_quantile(95, 0),
        lambda: conversions.se_from_t(0, 2),
        lambda: conversions.se_from_t(2, 0),
        lambda: conversions.t_from_f(-1),
        lambda: conversions.sd_of_change(1, 1, 1.1),
        lambda: conversions.correlation_from_sds(0, 1, 1),
        lambda: conversions.pool_correlations([]),
        lambda: conversions.pool_correlations([(1.0, 10)]),
        lambda: conversions.pool_correlations([(0.5, 3)]),
        lambda: conversions.sd_from_range(1, 2, 1),
        lambda: Rescaling(1, 1, 0, 10),
    ):
        with pytest.raises(ValueError):
            call()


# ---- whole numbers ----


@pytest.mark.parametrize(
    ("mean", "n", "items", "consistent"),
    [
        # rsprite2 and scrutiny, tests of GRIM.
        ("5.19", 28, 1, False),
        ("5.18", 14, 2, True),
        ("5.19", 32, 1, True),
        ("5.83", 50, 1, False),
        # scrutiny, pigs1.
        ("7.22", 32, 1, True),
        ("4.74", 25, 1, False),
        ("2.57", 24, 1, False),
        ("2.68", 28, 1, True),
        ("7.38", 26, 1, True),
        ("5.00", 25, 1, True),
        ("0.24", 28, 1, False),
    ],
)
def test_grim(mean, n, items, consistent):
    assert grim.grim(mean, n, items) is consistent


@pytest.mark.parametrize(
    ("mean", "sd", "n", "consistent"),
    [
        # rsprite2 and scrutiny, tests of GRIMMER.
        ("5.21", "1.6", 28, True),
        ("3.44", "2.47", 18, False),
        ("5.19", "1.5", 28, False),
        # scrutiny, pigs5.
        ("7.22", "5.30", 38, False),
        ("4.74", "6.55", 31, True),
        ("2.57", "2.57", 30, True),
        ("6.89", "4.18", 37, True),
    ],
)
def test_grimmer(mean, sd, n, consistent):
    assert grim.grimmer(mean, sd, n) is consistent


@pytest.mark.parametrize(
    ("mean", "sd", "consistent"),
    # Heathers and Brown 2019, table 1 (n = 1683).
    [("0.53", "0.50", True), ("0.44", "0.50", True), ("0.77", "0.42", True),
     ("0.19", "0.35", False), ("0.34", "0.47", True), ("0.93", "0.25", True)],
)  # fmt: skip
def test_debit(mean, sd, consistent):
    assert grim.debit(mean, sd, 1683) is consistent


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 10), min_size=2, max_size=40), st.integers(1, 2))
def test_means_and_sds_of_real_whole_numbers_are_never_refused(scores, decimals):
    n = len(scores)
    mean, sd = np.mean(scores), np.std(scores, ddof=1)
    printed_mean, printed_sd = f"{mean:.{decimals}f}", f"{sd:.{decimals}f}"
    assert grim.grim(printed_mean, n)
    assert grim.grimmer(printed_mean, printed_sd, n)
    if set(scores) <= {0, 1}:
        assert grim.debit(printed_mean, printed_sd, n)


# ---- properties ----

values = st.floats(-100, 100)
spreads = st.floats(0.01, 50)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(values, min_size=2, max_size=8), min_size=1, max_size=4))
def test_combined_groups_are_what_all_people_together_give(groups):
    people = np.concatenate([np.array(group) for group in groups])
    summaries = [
        (len(group), float(np.mean(group)), float(np.std(group, ddof=1))) for group in groups
    ]
    n, mean, sd = conversions.combine_groups(summaries)
    assert n == len(people)
    assert mean == pytest.approx(people.mean(), rel=1e-9, abs=1e-9)
    assert sd == pytest.approx(people.std(ddof=1), rel=1e-6, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(before=spreads, after=spreads, r=st.floats(-0.999, 0.999))
def test_a_correlation_comes_back_from_the_three_sds_that_it_makes(before, after, r):
    change = conversions.sd_of_change(before, after, r)
    assert conversions.correlation_from_sds(before, after, change) == pytest.approx(
        r, abs=1e-9 * (before / after + after / before)
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True),
    st.integers(5, 500),
    st.floats(0.1, 10),
    values,
)
def test_moving_and_stretching_quantiles_moves_and_stretches_what_comes_out(three, n, c, shift):
    low, median, high = (float(value) for value in sorted(three))
    plain = Quantiles(n=n, q1=low, median=median, q3=high)
    moved = Quantiles(n=n, q1=c * low + shift, median=c * median + shift, q3=c * high + shift)
    assert conversions.luo_mean(moved) == pytest.approx(
        c * conversions.luo_mean(plain) + shift, rel=1e-9, abs=1e-8
    )
    assert conversions.wan_sd(moved) == pytest.approx(c * conversions.wan_sd(plain), rel=1e-8)
    assert conversions.skewness_test(moved).statistic == pytest.approx(
        conversions.skewness_test(plain).statistic, abs=1e-8
    )


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 100), st.floats(0, 100), spreads)
def test_rescaling_keeps_differences_and_reversal_turns_them(x, y, spread):
    plain, turned = Rescaling(0, 100, 0, 10), Rescaling(0, 100, 0, 10, reversed=True)
    assert plain.value(x) == pytest.approx(x / 10, abs=1e-12)
    assert turned.value(x) == pytest.approx(10 - x / 10, abs=1e-12)
    for scale in (plain, turned):
        difference = scale.value(y) - scale.value(x)
        assert scale.change(y - x) == pytest.approx(difference, abs=1e-9)
        assert scale.spread(spread) == pytest.approx(spread / 10)
    same = Rescaling(0, 10, 0, 10)
    assert (same.value(x), same.spread(spread), same.change(x)) == (x, spread, x)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.95, 0.95), st.integers(4, 300)), min_size=1, max_size=6))
def test_a_pooled_correlation_lies_within_the_ones_it_came_from(pairs):
    pooled = conversions.pool_correlations(pairs)
    assert pooled.smallest - 1e-9 <= pooled.r <= pooled.largest + 1e-9
    assert pooled.ci_low < pooled.r < pooled.ci_high
    assert pooled.k == len(pairs)
