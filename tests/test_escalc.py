"""Effect sizes equal metafor's, and keep the symmetries that their definitions have."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special

from evergrove.effect_measures.core import exact_j
from evergrove.errors import EvergroveError
from evergrove.escalc import MEASURES, escalc

REFERENCE = json.loads((Path(__file__).parent / "reference" / "escalc.json").read_text())
CASES = REFERENCE["cases"]
# metafor 3.8 takes the difference of two log gammas, which at 500 people costs four digits of J;
# the variance of type UB multiplies that by a cancellation of its own. Ours is exact, see below.
LOOSE = {("SMD", "UB"): 1e-10, ("SMD1", "UB"): 1e-10}


def numbers(values):
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['measure']}-{case['options']}-{case['input']}"
)
def test_equals_metafor(case):
    options = case["options"]
    yi, vi = escalc(case["measure"], REFERENCE["inputs"][case["input"]], **options)
    tolerance = LOOSE.get((case["measure"], options.get("vtype")), 1e-12)
    for ours, theirs in ((yi, numbers(case["yi"])), (vi, numbers(case["vi"]))):
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=1e-15)


def test_every_measure_and_variance_is_compared_with_metafor_or_checked_below():
    compared = {(case["measure"], case["options"].get("vtype", "LS")) for case in CASES}
    known = {(name, vtype) for name, measure in MEASURES.items() for vtype in measure.vtypes}
    below = {("RTET", "LS"), ("UCOR", "LS"), ("UCOR", "UB"), ("UCOR", "AV"), ("GEN", "LS")}
    same_formula_as_ls = {("MD", "UB")}
    assert known - compared == below | same_formula_as_ls


# ---- published figures ----

# Morris 2008, Organ Res Methods 11:364, table 1: n, r, mean before, mean after, SD before.
MORRIS_TREATED = [
    (20, 0.47, 30.6, 38.5, 15.0),
    (50, 0.64, 23.5, 26.8, 3.1),
    (9, 0.77, 0.5, 0.7, 0.1),
    (10, 0.89, 53.4, 75.9, 14.5),
    (14, 0.44, 35.6, 36.0, 4.7),
]
MORRIS_CONTROLS = [
    (20, 0.47, 23.1, 19.7, 13.8),
    (42, 0.64, 24.9, 25.3, 4.1),
    (9, 0.77, 0.6, 0.6, 0.2),
    (11, 0.89, 55.7, 60.7, 17.3),
    (14, 0.44, 34.8, 33.4, 3.1),
]


@pytest.mark.parametrize(
    ("rows", "yi", "vi"),
    [
        (
            MORRIS_TREATED,
            [0.5056, 1.0481, 1.8054, 1.4181, 0.0801],
            [0.0594, 0.0254, 0.2322, 0.1225, 0.0802],
        ),
        (
            MORRIS_CONTROLS,
            [-0.2365, 0.0958, 0.0, 0.2667, -0.4250],
            [0.0544, 0.0173, 0.0511, 0.0232, 0.0864],
        ),
    ],
    ids=["treated", "controls"],
)
def test_smcr_gives_the_published_figures_of_morris_2008(rows, yi, vi):
    names = ("ni", "ri", "m2i", "m1i", "sd1i")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    ours, variances = escalc("SMCR", columns)
    np.testing.assert_allclose(ours, yi, atol=5e-5)
    np.testing.assert_allclose(variances, vi, atol=5e-5)


def test_smcc_from_a_paired_p_value_is_the_figure_of_metafors_help():
    yi, _ = escalc("SMCC", {"pi": [-0.018], "ni": [50]})
    assert yi[0] == pytest.approx(-0.3408, abs=5e-5)


# ---- what metafor's reference here does not reach ----


@pytest.mark.parametrize("df", [1.5, 2, 3, 17, 120, 298.5, 299.5, 300, 301, 378, 5000, 1e7])
def test_j_obeys_its_recursion_on_both_sides_of_its_two_formulas(df):
    # Γ(x + 1) = x Γ(x) makes J(df) J(df + 1) a square root without any gamma function.
    one, next_one = exact_j(np.array([df, df + 1]))
    assert one * next_one == pytest.approx((df - 1) / math.sqrt(df * (df + 1)), rel=2e-15)


def test_j_has_its_known_first_values_and_none_without_degrees_of_freedom():
    np.testing.assert_allclose(
        exact_j(np.array([2.0, 3.0])), [1 / math.sqrt(math.pi), math.sqrt(math.pi / 6)], rtol=1e-15
    )
    assert np.isnan(exact_j(np.array([1.0, 0.0, np.nan]))).all()


def test_ucor_is_the_integral_that_olkin_and_pratt_give():
    # E of the unbiased estimate over the density of r at a true correlation is that correlation.
    rho, n = 0.6, 12

    def density(r):
        # Hotelling's form, up to a constant that the second integral removes.
        return (
            (1 - r**2) ** ((n - 4) / 2)
            * (1 - rho * r) ** (1.5 - n)
            * special.hyp2f1(0.5, 0.5, n - 0.5, (1 + rho * r) / 2)
        )

    def weighted(r):
        return density(r) * escalc("UCOR", {"ri": [r], "ni": [n]})[0][0]

    mean = integrate.quad(weighted, -1, 1)[0] / integrate.quad(density, -1, 1)[0]
    assert mean == pytest.approx(rho, rel=1e-9)


def test_ucor_has_values_where_the_sample_is_large_and_where_it_is_too_small():
    yi, vi = escalc("UCOR", {"ri": [0.0, 0.3, 0.3, 1.0], "ni": [5000, 100000, 4, 8]}, vtype="UB")
    assert yi[:2] == pytest.approx([0.0, 0.3], abs=2e-6)
    assert vi[:2] == pytest.approx([1 / 4999, (1 - 0.09) ** 2 / 99999], rel=1e-3)
    assert np.isnan(yi[2]) and np.isnan(vi[2])
    assert yi[3] == 1 and vi[3] == pytest.approx(0, abs=1e-15)


def test_tetrachoric_correlation_reproduces_the_table_and_has_the_variance_of_its_likelihood():
    table = {"ai": [40.0], "bi": [15.0], "ci": [12.0], "di": [33.0]}
    [rho], [variance] = escalc("RTET", table)
    row, column = special.ndtri(0.55), special.ndtri(0.52)

    def below(h, k, r):
        root = math.sqrt(1 - r * r)
        inner = integrate.quad(
            lambda x: math.exp(-x * x / 2) * special.ndtr((k - r * x) / root), -12, h, epsabs=1e-13
        )
        return inner[0] / math.sqrt(2 * math.pi)

    assert below(row, column, rho) == pytest.approx(0.40, abs=1e-11)

    def log_likelihood(parameters):
        r, h, k = parameters
        a, first, second = below(h, k, r), special.ndtr(h), special.ndtr(k)
        cells = (a, first - a, second - a, 1 - first - second + a)
        return sum(n * math.log(p) for n, p in zip((40, 15, 12, 33), cells, strict=True))

    at, step = np.array([rho, row, column]), 1e-3
    hessian = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            e, f = np.eye(3)[i] * step, np.eye(3)[j] * step
            hessian[i, j] = (
                log_likelihood(at + e + f) - log_likelihood(at + e - f)
                - log_likelihood(at - e + f) + log_likelihood(at - e - f)
            ) / (4 * step**2)  # fmt: skip
    assert variance == pytest.approx(np.linalg.inv(-hessian)[0, 0], rel=1e-4)


def test_tetrachoric_correlation_at_the_border_has_no_variance():
    table = {
        "ai": [5, 0, 9, 6, 0],
        "bi": [0, 4, 0, 6, 0],
        "ci": [3, 7, 0, 6, 4],
        "di": [8, 2, 6, 6, 5],
    }
    yi, vi = escalc("RTET", table)
    np.testing.assert_allclose(yi, [1, -1, 1, 0, np.nan], atol=1e-15)
    np.testing.assert_array_equal(np.isnan(vi), [True, True, False, False, True])


def test_given_effects_pass_through_with_variance_or_standard_error():
    yi, vi = escalc("GEN", {"yi": [1.5, 2, None], "vi": [0.2, None, 0.1], "sei": [None, 3, None]})
    np.testing.assert_array_equal(yi, [1.5, 2, np.nan])
    np.testing.assert_array_equal(vi, [0.2, 9, 0.1])


def test_group_sizes_give_the_counts_that_are_not_there():
    direct = escalc("OR", {"ai": [3, 5], "bi": [7, 9], "ci": [2, 0], "di": [8, 6]})
    derived = escalc(
        "OR", {"ai": [3, 5], "n1i": [10, 14], "ci": [2, 0], "n2i": [10, 6], "di": [None, 6]}
    )
    np.testing.assert_array_equal(direct, derived)


# ---- what cannot be ----


@pytest.mark.parametrize(
    ("measure", "columns", "words"),
    [
        ("MC", {"m1i": [1], "sd1i": [-1], "m2i": [1], "sd2i": [1], "ni": [3], "ri": [0]},
         "row 1, column sd1i: a standard deviation below zero"),
        ("MC", {"m1i": [1, 1], "sd1i": [1, 1], "m2i": [1, 1], "sd2i": [1, 1], "ni": [3, 0],
                "ri": [0, 0]}, "row 2, column ni: a sample size of zero or less"),
        ("MC", {"m1i": [1], "sd1i": [1], "m2i": [1], "sd2i": [1], "ni": [3], "ri": [1.5]},
         "column ri: a correlation outside -1 to 1"),
        ("OR", {"ai": [4], "n1i": [3], "ci": [1], "n2i": [5]}, "more events than n1i"),
        ("OR", {"ai": [4], "bi": [2], "n1i": [7], "ci": [1], "di": [5]}, "n1i is not ai + bi"),
        ("PR", {"xi": [-1], "ni": [5]}, "a count below zero"),
        ("IR", {"xi": [1], "ti": [0]}, "a person-time of zero or less"),
        ("COR", {"ri": [-1.01], "ni": [5]}, "a correlation outside -1 to 1"),
        ("MD", {"m1i": [1]}, 'column "sd1i" is missing'),
        ("MD", {"m1i": [1, 2], "sd1i": [1]}, "the columns differ in length"),
        ("SMD", {"m1i": [1]}, "Give m1i, sd1i, m2i and sd2i, or di, or ti, or pi"),
        ("MC", {"m1i": [math.inf]}, "not a finite number"),
        ("mc", {}, "Nearest: MC"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(measure, columns, words):
    with pytest.raises(EvergroveError) as caught:
        escalc(measure, columns)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"to": "some"}, "unknown rule for zero cells"),
        ({"vtype": "AV"}, "OR has: LS"),
        ({"add": -1}, "not a number of zero or more"),
    ],
)
def test_an_unknown_option_is_named(options, words):
    with pytest.raises(EvergroveError, match=words):
        escalc("OR", {"ai": [1], "bi": [1], "ci": [1], "di": [1]}, **options)


# ---- properties ----

means = st.floats(-50, 50)
sds = st.floats(0.01, 30)
sizes = st.integers(3, 400)
correlation = st.floats(-0.99, 0.99)
counts = st.integers(0, 60)


def paired(m1, s1, m2, s2, n, r):
    return {"m1i": [m1], "sd1i": [s1], "m2i": [m2], "sd2i": [s2], "ni": [n], "ri": [r]}


@settings(max_examples=60, deadline=None)
@given(m1=means, s1=sds, m2=means, s2=sds, n=sizes, r=correlation)
@pytest.mark.parametrize("measure", ["MC", "SMCC"])
def test_swapping_before_and_after_turns_the_sign_and_keeps_the_variance(
    measure, m1, s1, m2, s2, n, r
):
    one = escalc(measure, paired(m1, s1, m2, s2, n, r))
    other = escalc(measure, paired(m2, s2, m1, s1, n, r))
    np.testing.assert_allclose(one[0], -other[0], rtol=1e-12)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-12)


@settings(max_examples=60, deadline=None)
@given(m1=means, s1=sds, m2=means, s2=sds, n=sizes, r=correlation, c=st.floats(0.001, 1000))
def test_another_unit_scales_mc_and_leaves_the_standardised_measures(m1, s1, m2, s2, n, r, c):
    plain, scaled = paired(m1, s1, m2, s2, n, r), paired(c * m1, c * s1, c * m2, c * s2, n, r)
    one, other = escalc("MC", plain), escalc("MC", scaled)
    np.testing.assert_allclose(other[0], c * one[0], rtol=1e-9, atol=c * 1e-12)
    np.testing.assert_allclose(other[1], c**2 * one[1], rtol=1e-9)
    for measure in ("SMCC", "SMCR", "SMCRH"):
        np.testing.assert_allclose(
            escalc(measure, plain), escalc(measure, scaled), rtol=1e-7, atol=1e-9
        )


@settings(max_examples=60, deadline=None)
@given(m1=means, s1=sds, m2=means, s2=sds, n=sizes, low=correlation, high=correlation)
@pytest.mark.parametrize("measure", ["MC", "SMCR", "SMCRH"])
def test_a_higher_correlation_never_means_a_larger_variance(measure, m1, s1, m2, s2, n, low, high):
    low, high = sorted((low, high))
    wide = escalc(measure, paired(m1, s1, m2, s2, n, low))
    narrow = escalc(measure, paired(m1, s1, m2, s2, n, high))
    assert wide[0] == narrow[0]
    assert narrow[1] <= wide[1] * (1 + 1e-12)


@settings(max_examples=60, deadline=None)
@given(a=counts, b=counts, c=counts, d=counts)
@pytest.mark.parametrize("measure", ["OR", "RR", "RD", "AS", "PETO", "PHI", "YUQ", "YUY"])
def test_swapping_the_groups_turns_the_sign(measure, a, b, c, d):
    if not (a + b and c + d):
        return
    one = escalc(measure, {"ai": [a], "bi": [b], "ci": [c], "di": [d]})
    other = escalc(measure, {"ai": [c], "bi": [d], "ci": [a], "di": [b]})
    np.testing.assert_allclose(one[0], -other[0], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(means, sds, sizes, means, sds, sizes), min_size=2, max_size=6))
def test_rows_do_not_depend_on_their_order(rows):
    names = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")

    def columns(of):
        return {name: [row[place] for row in of] for place, name in enumerate(names)}

    for measure in ("MD", "SMD", "SMDH"):
        forward, backward = escalc(measure, columns(rows)), escalc(measure, columns(rows[::-1]))
        np.testing.assert_array_equal(forward[0], backward[0][::-1])
        np.testing.assert_array_equal(forward[1], backward[1][::-1])


@settings(max_examples=60, deadline=None)
@given(x=st.integers(0, 40), rest=st.integers(0, 40))
@pytest.mark.parametrize("measure", ["PLO", "PAS", "PFT", "PR"])
def test_counting_what_did_not_happen_mirrors_a_proportion(measure, x, rest):
    if x + rest == 0:
        return
    one = escalc(measure, {"xi": [x], "mi": [rest]})
    other = escalc(measure, {"xi": [rest], "mi": [x]})
    whole = {"PLO": 0, "PAS": math.pi / 2, "PFT": math.pi / 2, "PR": 1}[measure]
    np.testing.assert_allclose(one[0] + other[0], whole, atol=1e-12)
    np.testing.assert_allclose(one[1], other[1], rtol=1e-9)
