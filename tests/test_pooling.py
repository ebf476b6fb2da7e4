"""The statistical core against metafor's numbers, and the properties that hold for any data."""

import csv
import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evergrove import distributions, moderators, pooling, projection, subgroups, tau2
from evergrove.errors import EvergroveError
from evergrove.projection import Batch
from evergrove.robust import cluster_robust

REFERENCE = Path(__file__).parent / "reference"
SHARED = Path(__file__).resolve().parents[2] / "shared/statistics/metafor_reference.json"
RTOL = 1e-8


@cache
def reference():
    return json.loads((REFERENCE / "pooling.json").read_text())


@cache
def data():
    sets = {}
    with open(REFERENCE / "pooling_data.csv", newline="") as file:
        for row in csv.DictReader(file):
            one = sets.setdefault(row["dataset"], {"y": [], "v": [], "cluster": []})
            one["y"].append(float(row["yi"]))
            one["v"].append(float(row["vi"]))
            one["cluster"].append(row["cluster"])
    return sets


NAMES = list(data())


def assert_close(ours, theirs, scale=0.0, what="", rtol=RTOL):
    """Equal within `rtol` of the larger of the value and `scale`; missing where it is missing."""
    if theirs is None:
        assert ours is None, (what, ours)
        return
    assert ours is not None, (what, theirs)
    assert abs(ours - theirs) <= rtol * max(abs(theirs), scale), (what, ours, theirs)


@pytest.mark.parametrize("method", pooling.METHODS)
@pytest.mark.parametrize("name", NAMES)
def test_every_estimator_equals_metafor(name, method):
    y, v = data()[name]["y"], data()[name]["v"]
    theirs = reference()["sets"][name]["fits"][method]
    for test in ("z", "knha"):
        ours = pooling.fit(y, v, method=method, test=test)
        if name == "one_study":
            # metafor keeps the name of the method that was asked for, and says z for the test.
            assert (ours["method"], ours["test"], ours["tau2"]) == ("EE", "z", 0.0)
            assert (ours["b"], ours["se"]) == (y[0], math.sqrt(v[0]))
            continue
        if name == "all_equal" and test == "knha":
            assert (ours["se"], ours["stat"], ours["p"]) == (0.0, None, theirs[test]["p"])
            continue
        for key in ("tau2", "se_tau2", "I2", "H2", "Q", "Q_p"):
            small = 1e-6 if key in ("Q", "I2") and name == "all_equal" else 0.0
            assert_close(ours[key], theirs[key], small, (name, method, test, key))
        scale = theirs[test]["se"]
        for key in ("b", "ci_low", "ci_high", "pi_low", "pi_high", "stat", "p", "se"):
            at = scale if key[0] in "bcp" and key != "p" else 0.0
            assert_close(ours[key], theirs[test][key], at, (name, method, test, key))


@pytest.mark.parametrize("name", [name for name in NAMES if len(data()[name]["y"]) > 1])
def test_the_q_profile_interval_equals_metafor_and_says_when_it_lies_below_zero(name):
    ours = pooling.fit(data()[name]["y"], data()[name]["v"])
    theirs = reference()["sets"][name]["tau2_ci"]
    assert_close(ours["tau2_ci_low"], theirs["low"], what=name)
    assert_close(ours["tau2_ci_high"], theirs["high"], what=name)
    signs = (ours["tau2_ci_low_sign"], ours["tau2_ci_high_sign"])
    assert signs == (theirs["low_sign"], theirs["high_sign"])


@pytest.mark.parametrize("name", [n for n in NAMES if "cr2" in reference()["sets"][n]])
def test_cr2_equals_its_definition_with_whole_matrices(name):
    one = data()[name]
    fit = pooling.fit(one["y"], one["v"])
    ours = cluster_robust(one["y"], one["v"], one["cluster"], fit["tau2"])
    for key, value in reference()["sets"][name]["cr2"].items():
        at = ours["se"] if key in ("b", "ci_low", "ci_high") else 0.0
        assert_close(ours[key], value, at, (name, key), rtol=1e-7)


def test_the_reference_covers_clusters_whose_weights_differ():
    one = data()["clusters_of_unequal_precision"]
    assert len(set(one["cluster"])) < len(one["cluster"])
    # The naive standard error is another one: the comparison above can fail.
    fit = pooling.fit(one["y"], one["v"])
    robust = cluster_robust(one["y"], one["v"], one["cluster"], fit["tau2"])
    assert abs(robust["se"] / fit["se"] - 1) > 0.01


@pytest.mark.parametrize("number", range(36))
def test_meta_regression_equals_metafor(number):
    from evergrove import formula

    theirs = reference()["regressions"][number]
    with open(REFERENCE / "bcg_moderators.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    y, v = ([float(row[key]) for row in rows] for key in ("yi", "vi"))
    parsed = formula.parse(theirs["formula"])
    values = {
        column: [row[column] if column == "alloc" else float(row[column]) for row in rows]
        for column in parsed.columns
    }
    X, names = formula.model_matrix(parsed, values)
    ours = pooling.fit(y, v, X, names=names, method=theirs["method"], test=theirs["test"])
    for key in ("tau2", "QM", "QM_p", "R2", "Q", "I2"):
        assert_close(ours[key], theirs[key], 1e-8 if key == "R2" else 0.0, (number, key), rtol=1e-7)
    # The reference centres years, which changes the intercept.
    start = 1 if "year" in theirs["formula"] else 0
    assert len(names) == len(theirs["names"])
    for key in ("b", "se", "p"):
        for a, b in zip(ours[key][start:], theirs[key][start:], strict=True):
            assert_close(a, b, 0.0, (number, key), rtol=1e-7)


@pytest.mark.skipif(not SHARED.exists(), reason="the large reference set is not in this checkout")
def test_the_large_reference_set_where_it_is_at_hand():
    compared = 0
    for name, one in json.loads(SHARED.read_text())["datasets"].items():
        used = one["input"]["used_rows_0based"]
        y, v = ([float(one["input"][key][i]) for i in used] for key in ("yi", "vi"))
        for method in pooling.METHODS:
            for test, theirs in one["fits"].get(method, {}).items():
                if test not in ("z", "knha") or "error" in theirs:
                    continue
                ours = pooling.fit(y, v, method=method, test=test)
                se = theirs["se"][0]
                for key, value, scale in (
                    ("b", theirs["b"][0], se),
                    ("se", se, 0.0),
                    ("p", theirs["pval"][0], 0.0),
                    ("ci_low", theirs["ci_lb"][0], se),
                    ("ci_high", theirs["ci_ub"][0], se),
                    ("tau2", theirs["tau2"], 0.0),
                    ("I2", theirs["I2"], 0.0),
                    ("Q", theirs["Q"], 0.0),
                    ("pi_low", theirs["pi"]["default"]["lb"], se),
                ):
                    assert_close(ours[key], value, scale, (name, method, test, key))
                    compared += 1
    assert compared > 20_000


# Published figures. Each source prints four decimals.
def test_viechtbauer_2010_table_of_the_bcg_trials():
    """J Stat Softw 36(3): log risk ratios of Colditz et al. 1994 under REML."""
    one = data()["bcg_log_rr"]
    fit = pooling.fit(one["y"], one["v"], test="z")
    assert round(fit["tau2"], 4) == 0.3132
    assert round(fit["se_tau2"], 4) == 0.1664
    assert round(math.exp(fit["b"]), 4) == 0.4894
    assert round(math.exp(fit["ci_low"]), 4) == 0.3441
    assert round(fit["I2"], 2) == 92.22
    assert round(fit["Q"], 4) == 152.2330
    assert (round(fit["tau2_ci_low"], 4), round(fit["tau2_ci_high"], 4)) == (0.1197, 1.1115)
    assert (round(fit["I2_ci_low"], 2), round(fit["I2_ci_high"], 2)) == (81.92, 97.68)
    assert (round(math.exp(fit["pi_low"]), 4), round(math.exp(fit["pi_high"]), 4)) == (
        0.1546,
        1.5490,
    )
    expected = {"ML": 0.2800, "DL": 0.3088, "HE": 0.3286, "PM": 0.3181, "SJ": 0.3455, "HS": 0.2284}
    for method, value in expected.items():
        assert round(pooling.fit(one["y"], one["v"], method=method)["tau2"], 4) == value


def test_raudenbush_2009_teacher_expectancy():
    """In: Cooper, Hedges & Valentine (eds), Handbook of Research Synthesis, 2nd ed, ch. 16."""
    one = data()["raudenbush1985"]
    found = {m: pooling.fit(one["y"], one["v"], method=m, test="z") for m in pooling.METHODS}
    rounded = {m: (round(fit["tau2"], 4), round(fit["b"], 4)) for m, fit in found.items()}
    assert rounded["ML"] == (0.0126, 0.0777)
    assert rounded["REML"] == (0.0188, 0.0837)
    assert rounded["DL"] == (0.0259, 0.0893)
    assert rounded["HE"] == (0.0804, 0.1143)
    assert round(found["EE"]["Q"], 4) == 35.8295


def test_viechtbauer_2007_interval_for_pre_eclampsia():
    """Stat Med 26:37, table III."""
    one = data()["collins1985_log_or"]
    fit = pooling.fit(one["y"], one["v"])
    assert (round(fit["tau2_ci_low"], 4), round(fit["tau2_ci_high"], 4)) == (0.0723, 2.2027)


# Properties of any data
sizes = st.integers(2, 12)
outcomes = st.floats(-5, 5, allow_nan=False)
log_variances = st.floats(-6, 2)


@st.composite
def studies(draw):
    k = draw(sizes)
    # Three decimals: a difference of outcomes is either 0 or far from rounding.
    y = [round(draw(outcomes), 3) for _ in range(k)]
    v = [round(math.exp(draw(log_variances)), 6) for _ in range(k)]
    return np.array(y), np.array(v)


RANDOM = [method for method in pooling.METHODS if method != "EE"]


@settings(max_examples=60, deadline=None)
@given(studies(), st.integers(-6, 6), st.sampled_from(pooling.METHODS))
def test_changing_the_unit_changes_nothing_else(case, power, method):
    y, v = case
    c = 10.0**power
    one, other = (pooling.fit(a, b, method=method) for a, b in ((y, v), (c * y, c * c * v)))
    scale = float(np.median(v))
    assert_close(other["tau2"] / c**2, one["tau2"], scale, method, rtol=1e-10)
    assert_close(other["b"] / c, one["b"], math.sqrt(scale), method, rtol=1e-10)
    assert_close(other["I2"], one["I2"], 1.0, method, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(studies(), st.sampled_from(pooling.METHODS))
def test_moving_all_outcomes_moves_the_estimate_and_nothing_else(case, method):
    y, v = case
    # Moving by 2^23 costs the outcomes their last digits, which must be the same on both sides.
    far = 2.0**23
    y = (y + far) - far
    one, other = pooling.fit(y, v, method=method), pooling.fit(y + far, v, method=method)
    assert other["tau2"] == one["tau2"]
    assert other["Q"] == one["Q"]
    assert abs(other["b"] - far - one["b"]) <= 4e-9


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(pooling.METHODS), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_sign_matters(case, method, random):
    y, v = case
    order = list(range(len(y)))
    random.shuffle(order)
    one = pooling.fit(y, v, method=method)
    other = pooling.fit(-y[order], v[order], method=method)
    assert_close(-other["b"], one["b"], math.sqrt(np.median(v)), method, rtol=1e-12)
    assert_close(other["tau2"], one["tau2"], float(np.median(v)), method, rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(outcomes, min_size=2, max_size=12), st.floats(0.01, 3))
def test_with_equal_variances_the_unbiased_estimators_agree(y, variance):
    y = np.round(y, 3)
    v = np.full(len(y), variance)
    one = pooling.fit(y, v, method="DL")["tau2"]
    for method in ("HE", "REML", "PM", "EB"):
        assert_close(pooling.fit(y, v, method=method)["tau2"], one, variance, method, rtol=1e-11)


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(pooling.METHODS))
def test_every_number_is_finite_or_has_a_reason(case, method):
    y, v = case
    for test in pooling.TESTS:
        fit = pooling.fit(y, v, method=method, test=test)
        for key, value in fit.items():
            if value is None:
                assert fit["reasons"][key], key
            elif isinstance(value, float):
                assert math.isfinite(value), key
        assert set(fit["reasons"]) == {key for key, value in fit.items() if value is None}


@settings(max_examples=30, deadline=None)
@given(studies(), st.booleans())
def test_the_likelihood_is_nowhere_higher_than_at_its_estimate(case, restricted):
    y, v = case
    batch = projection.Batch.of(y[None], v[None])
    best = tau2.maximise(batch, restricted=restricted)[0]
    reached = batch.at(best).log_likelihood(restricted=restricted)[0]
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 1e6, 800)]) * batch.v[0, 0]
    assert reached >= batch.at(grid[None]).log_likelihood(restricted=restricted).max() - 1e-9


@settings(max_examples=30, deadline=None)
@given(studies())
def test_a_study_of_no_weight_changes_nothing(case):
    y, v = case
    one = pooling.fit(y, v, method="DL", test="z")
    other = pooling.fit([*y, 3.0], [*v, 1e30], method="DL", test="z")
    # DL depends on the number of studies through k - 1 only.
    assert_close(other["Q"], one["Q"], 1.0, rtol=1e-10)
    equal = [pooling.fit(a, b, method="EE", test="z") for a, b in ((y, v), ([*y, 3.0], [*v, 1e30]))]
    assert_close(equal[1]["b"], equal[0]["b"], equal[0]["se"], rtol=1e-10)


@settings(max_examples=40, deadline=None)
@given(studies())
def test_as_the_studies_come_to_agree_random_effects_become_equal_effects(case):
    y, v = case
    equal = pooling.fit(y, v, method="EE", test="z")
    # Each study so near the mean, in units of its error, that no score is positive at tau2 = 0:
    # with m the largest share of the weights, y'PPy <= (1 - m) sum w (1/k + m) / 2 < tr P.
    room = (1 - (1 / v).max() / (1 / v).sum()) / len(v)
    near = equal["b"] + 0.5 * np.sqrt(v * room) * np.tanh((y - equal["b"]) / np.sqrt(v))
    near = near if len(y) > 2 else np.full(2, equal["b"])
    expected = pooling.fit(near, v, method="EE", test="z")
    for method in ("DL", "REML", "ML", "PM", "EB", "HS"):
        fit = pooling.fit(near, v, method=method, test="z")
        assert fit["tau2"] == 0, method
        for key in ("b", "se", "ci_low", "ci_high"):
            assert_close(fit[key], expected[key], expected["se"], (method, key), rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(studies(), st.sampled_from(pooling.METHODS))
def test_a_study_whose_variance_grows_without_bound_leaves_the_others_estimate(case, method):
    y, v = case
    with_it = pooling.fit([*y, 3.0], [*v, 1e12], method=method, test="z")
    # At the same tau2 the study has no weight.
    w = 1 / (v + with_it["tau2"])
    assert_close(with_it["b"], float((w * y).sum() / w.sum()), with_it["se"], method, rtol=1e-5)
    assert_close(with_it["se"], float(1 / math.sqrt(w.sum())), 0.0, method, rtol=1e-5)


@settings(max_examples=40, deadline=None)
@given(studies(), st.integers(-6, 6), st.sampled_from(pooling.METHODS))
def test_unit_of_outcomes_and_level_of_moderators_change_nothing_else(case, power, method):
    y, v = case
    k = len(y)
    assume(k >= 4)
    x = np.arange(k, dtype=float)
    c = 10.0**power
    near, far = (np.column_stack([np.ones(k), x + level]) for level in (0.0, 2.0**23))
    one = pooling.fit(y, v, near, method=method)
    other = pooling.fit(c * y, c * c * v, far, method=method)
    scale = float(np.median(v))
    assert_close(other["tau2"] / c**2, one["tau2"], scale, method, rtol=1e-9)
    assert_close(other["b"][1] / c, one["b"][1], math.sqrt(scale), method, rtol=1e-9)


def test_many_data_sets_in_one_call_equal_one_at_a_time():
    names = [name for name in NAMES if len(data()[name]["y"]) > 1]
    k = max(len(data()[name]["y"]) for name in names)
    y, v = np.zeros((len(names), k)), np.ones((len(names), k))
    mask = np.zeros((len(names), k), bool)
    for i, name in enumerate(names):
        n = len(data()[name]["y"])
        # Unused cells hold anything; the mask decides.
        y[i], v[i] = 99.0, 0.001
        y[i, :n], v[i, :n], mask[i, :n] = data()[name]["y"], data()[name]["v"], True
    for method in pooling.METHODS:
        fits = pooling.solve(y, v, mask=mask, method=method)
        for i, name in enumerate(names):
            one = pooling.fit(data()[name]["y"], data()[name]["v"], method=method)
            scale = float(np.median(data()[name]["v"]))
            assert_close(fits.tau2[i], one["tau2"], scale, (name, method), rtol=1e-11)
            assert_close(fits.b[i, 0], one["b"], one["se"] or 1.0, (name, method), rtol=1e-11)


def test_a_second_maximum_is_found_and_reported():
    one = data()["bimodal_likelihood"]
    batch = projection.Batch.of(np.array([one["y"]]), np.array([one["v"]]))
    _, number = tau2.maximise(batch, restricted=True)
    assert number[0] > 1
    fit = pooling.fit(one["y"], one["v"])
    assert any("local maxima" in text for text in fit["warnings"])


def test_one_study_is_its_own_estimate_with_reasons():
    fit = pooling.fit([0.4], [0.09])
    assert (fit["b"], fit["se"], fit["tau2"], fit["Q"], fit["Q_p"]) == (0.4, 0.3, 0.0, 0.0, 1.0)
    assert fit["reasons"]["pi_low"] == "one_study"
    assert "One study" in fit["warnings"][0]


def test_two_studies_are_pooled_with_warnings():
    fit = pooling.fit([0.1, 1.3], [0.01, 0.02])
    assert fit["df"] == 1
    assert any("2 studies" in text for text in fit["warnings"])
    assert any("Knapp-Hartung" in text for text in fit["warnings"])


def test_equal_effects_have_no_tau2_interval_and_no_prediction():
    fit = pooling.fit([0.1, 0.5, 0.2], [0.1, 0.2, 0.1], method="EE", test="z")
    assert fit["tau2"] == 0.0
    assert fit["reasons"]["pi_low"] == fit["reasons"]["tau2_ci_low"] == "no_random_effects"


def test_prediction_by_t_with_k_minus_1_also_where_the_test_is_normal():
    y, v = data()["bcg_log_rr"]["y"], data()["bcg_log_rr"]["v"]
    fit = pooling.fit(y, v, test="z", prediction="t_k1")
    half = 2.1788128296672284 * math.sqrt(fit["tau2"] + fit["se"] ** 2)
    assert fit["pi_df"] == 12
    assert fit["pi_high"] == pytest.approx(fit["b"] + half, rel=1e-12)


def test_evidence_beyond_the_smallest_float_keeps_its_logarithm():
    fit = pooling.fit([50.0, 51.0, 49.5], [0.001, 0.001, 0.001], method="EE", test="z")
    assert fit["p"] == 0.0
    # log of 2 * upper tail of the normal distribution, leading terms
    z = fit["stat"]
    expected = (
        math.log(2) - z * z / 2 - math.log(z * math.sqrt(2 * math.pi)) + math.log1p(-1 / z**2)
    )
    assert fit["log_p"] == pytest.approx(expected, rel=1e-9)
    assert fit["log_Q_p"] == pytest.approx(-fit["Q"] / 2, rel=1e-12)  # exact for 2 df


def test_logarithms_of_tails_join_where_the_formula_changes():
    def agrees(log_tail, tail, x, df):
        plain = float(tail(x, df))
        return plain < 1e-300 or log_tail(x, df) == pytest.approx(math.log(plain), rel=1e-11)

    chi2 = distributions.log_chi2_upper, distributions.chi2_upper
    student = distributions.log_t_two_sided, distributions.t_two_sided
    for df in (1, 2, 7.5, 40, 300):
        assert all(agrees(*chi2, x, df) for x in (1250.0, 1285.0, 1290.0, 1340.0))
    for df in (30, 99, 250):
        assert all(agrees(*student, t, df) for t in np.geomspace(10, 1e8, 40))
    # Student's t with 2 df has a closed form: the tail is about 1 / t^2.
    assert distributions.log_t_two_sided(1e200, 2) == pytest.approx(-400 * math.log(10), rel=1e-12)


@pytest.mark.parametrize(
    ("y", "v", "word"),
    [
        ([0.1, 0.2], [0.1, 0.0], "study 2: vi is not a positive finite number"),
        ([0.1, 0.2], [-0.1, 0.1], "study 1: vi is not a positive finite number"),
        ([0.1, math.nan], [0.1, 0.1], "study 2: yi is not a finite number"),
        ([0.1, 0.2], [0.1, math.inf], "study 2: vi is not"),
        ([], [], "no study to pool"),
        ([0.1], [0.1, 0.2], "lists of equal length"),
    ],
)
def test_data_that_cannot_be_pooled_are_refused_with_their_place(y, v, word):
    with pytest.raises(EvergroveError, match=word):
        pooling.fit(y, v)


@pytest.mark.parametrize(
    ("option", "value"), [("method", "BAYES"), ("test", "hksj"), ("level", 100), ("level", 0)]
)
def test_unknown_options_are_refused(option, value):
    with pytest.raises(EvergroveError):
        pooling.fit([0.1, 0.2], [0.1, 0.1], **{option: value})


def test_years_and_their_squares_keep_their_digits():
    years = np.arange(1998.0, 2024.0)
    t = years - 2010.5
    k = len(t)
    y = 0.3 + 0.02 * t - 0.004 * t**2 + np.resize([0.7, -0.5, 0.1, -0.9, 0.6], k)
    v = np.resize([0.01, 0.04, 0.02, 0.09], k)
    far = pooling.fit(y, v, np.column_stack([np.ones(k), years, years**2]))
    near = pooling.fit(y, v, np.column_stack([np.ones(k), t, t**2]))
    assert near["tau2"] > 0.1
    assert far["tau2"] == pytest.approx(near["tau2"], rel=1e-12)
    assert far["b"][2] == pytest.approx(near["b"][2], rel=1e-12)
    assert far["b"][1] == pytest.approx(near["b"][1] - 2 * 2010.5 * near["b"][2], rel=1e-12)
    assert far["QM"] == pytest.approx(near["QM"], rel=1e-9)


def test_a_study_that_outweighs_all_others_costs_no_digits():
    y, v = np.array([0.5, 0.9, -0.4, 1.1]), np.array([1e-15, 0.11, 0.2, 0.31])
    fit = pooling.fit(y, v, method="DL", test="z")
    # With one weight without bound, tr(P) is twice the sum of the others, and Q is around it.
    w = 1 / v[1:]
    Q = float(np.sum(w * (y[1:] - 0.5) ** 2))
    expected = (Q - 3) / (2 * np.sum(w))
    assert fit["Q"] == pytest.approx(Q, rel=1e-12)
    assert fit["tau2"] == pytest.approx(expected, rel=1e-11)


def test_collinear_moderators_are_named():
    x = np.array([1.0, 2, 3, 4, 5])
    X = np.column_stack([np.ones(5), x, 2 * x - 1])
    with pytest.raises(EvergroveError, match='moderator "double"'):
        pooling.fit(x, np.ones(5), X, names=["intercept", "x", "double"])
    with pytest.raises(EvergroveError, match="constant"):
        moderators.check_rank(np.column_stack([np.ones(5), np.full(5, 7.0)]), ["intercept", "c"])


def test_too_many_moderators_are_refused():
    X = np.column_stack([np.ones(3), [1.0, 2, 4], [1.0, 5, 2]])
    with pytest.raises(EvergroveError, match="too few"):
        pooling.fit([0.1, 0.2, 0.4], [1, 1, 1], X)


def test_groups_pooled_apart_are_compared_by_their_standard_errors():
    found = subgroups.between_groups([1.0, 3.0], [0.5, 0.5])
    # Two estimates: (3 - 1)^2 / (0.25 + 0.25)
    assert found["Q_between"] == pytest.approx(8.0, rel=1e-12)
    assert found["df"] == 1
    assert found["p"] == pytest.approx(0.004677734981047266, rel=1e-12)
    none = subgroups.test_between([{"b": 1.0, "se": 0.5}])
    assert (none["Q_between"], none["reason"]) == (None, "fewer_than_two_groups_of_two_studies")


def test_clusters_need_names_and_at_least_two():
    y, v = [0.1, 0.2, 0.4], [0.1, 0.1, 0.2]
    alone = cluster_robust(y, v, ["a", "a", "a"], 0.1)
    assert (alone["se"], alone["reason"]) == (None, "fewer_than_two_clusters")
    with pytest.raises(EvergroveError, match="study 2: no cluster"):
        cluster_robust(y, v, ["a", "", "b"], 0.1)


def test_cr2_keeps_its_digits_beside_studies_of_almost_no_weight():
    """Two rows of variance 1e6 inside a cluster change the result by nothing that can be seen."""
    y, v = [0.4, 0.9, 0.1, -0.3, 0.6], [0.05, 0.02, 0.08, 0.03, 0.1]
    cluster = ["a", "a", "b", "b", "c"]
    plain = cluster_robust(y, v, cluster, 0.05)
    more = cluster_robust([*y, 3.0, -2.0], [*v, 1e9, 3e9], [*cluster, "a", "b"], 0.05)
    assert more["se"] == pytest.approx(plain["se"], rel=1e-6)
    assert more["df"] == pytest.approx(plain["df"], rel=1e-6)


def test_a_cluster_that_a_moderator_fits_exactly_does_not_break_cr2():
    y, v = [0.4, 0.9, 0.1, -0.3, 0.6, 0.2], [0.05, 0.02, 0.08, 0.03, 0.1, 0.05]
    X = np.column_stack([np.ones(6), [1.0, 0, 0, 0, 0, 0]])
    found = cluster_robust(y, v, list("aabbcc"), 0.05, X)
    single = cluster_robust(y, v, list("abbccd"), 0.05, X)
    assert all(np.isfinite(x) for x in found["se"])
    assert single["b"][0] == pytest.approx(found["b"][0], rel=1e-12)


def test_exact_agreement_has_no_statistic_but_the_p_value_of_metafor():
    """A standard error of 0: metafor 3.8 has t Inf and p 0; at a mean of 0, neither."""
    fit = pooling.fit([0.5, 0.5], [0.1, 0.2], method="DL", test="knha")
    assert (fit["se"], fit["stat"], fit["p"]) == (0.0, None, 0.0)
    assert fit["reasons"]["stat"] == "zero_standard_error"
    assert fit["se_tau2"] == pytest.approx(0.2121320343559643, rel=1e-12)
    nothing = pooling.fit([0.0, 0.0], [0.1, 0.2], test="knha")
    assert (nothing["stat"], nothing["p"]) == (None, None)
    assert nothing["reasons"]["p"] == "zero_standard_error"


@settings(max_examples=60, deadline=None)
@given(studies())
def test_no_maximum_lies_beyond_the_bound_of_the_search(case):
    batch = Batch.of(case[0][None], case[1][None])
    for restricted in (True, False):
        bound = tau2._bound(batch, restricted)
        beyond = bound[:, None] * np.array([[1, 2, 10, 1e3]]) + batch.v[:, :1] * 1e-6
        assert (tau2.score(batch.at(beyond), restricted=restricted) < 0).all()
