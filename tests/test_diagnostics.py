"""Leave-one-out, cumulative, influence and small-study tests against metafor."""

import itertools
import math

import numpy as np
import pytest

from evergrove import diagnostics, pooling
from tests.test_pooling import assert_close, data, reference


def sets_with(key):
    return [name for name, one in reference()["sets"].items() if key in one]


@pytest.mark.parametrize("which", ["leave_one_out", "cumulative"])
@pytest.mark.parametrize("name", sets_with("leave_one_out"))
def test_refits_equal_metafor(name, which):
    one, theirs = data()[name], reference()["sets"][name][which]
    ours = getattr(diagnostics, which)(one["y"], one["v"])
    se = pooling.fit(one["y"], one["v"])["se"]
    for key in diagnostics.COLUMNS:
        assert len(ours[key]) == len(theirs[key]) == len(one["y"])
        for i, (a, b) in enumerate(zip(ours[key], theirs[key], strict=True)):
            if name == "all_equal" and (key in ("stat", "p") or b is None):
                # Exactly equal outcomes: no standard error, and metafor says Inf or rounding.
                continue
            at = {"b": se, "ci_low": se, "ci_high": se, "Q": 1e-6, "I2": 1e-7, "stat": 1e-6}
            at["p"] = 1e-300  # below the smallest normal float R gives 0
            assert_close(a, b, at.get(key, 0.0), (name, key, i))


def test_refits_in_pieces_equal_refits_at_once(monkeypatch):
    one = data()["bcg_log_rr"]
    whole = diagnostics.leave_one_out(one["y"], one["v"])
    monkeypatch.setattr(diagnostics, "CHUNK", 40)
    pieces = diagnostics.leave_one_out(one["y"], one["v"])
    for key, values in whole.items():
        assert pieces[key] == pytest.approx(values, rel=1e-12)


def test_without_the_only_study_nothing_is_left():
    assert diagnostics.leave_one_out([0.1], [0.2])["b"] == [None]
    assert diagnostics.cumulative([0.1], [0.2])["b"] == [0.1]


@pytest.mark.parametrize("name", sets_with("influence"))
def test_influence_equals_metafor(name):
    one, theirs = data()[name], reference()["sets"][name]["influence"]
    ours = diagnostics.influence(one["y"], one["v"], method="DL", test="z")
    assert set(ours) == set(theirs)
    for key, values in theirs.items():
        at = 1e-4 if key in ("rstudent", "dffits", "cook_d", "dfbetas") else 1e-14
        for i, (a, b) in enumerate(zip(ours[key], values, strict=True)):
            assert_close(a, b, at, (name, key, i))


def test_influence_with_a_moderator_agrees_with_refitting_by_hand():
    one = data()["bcg_log_rr"]
    y, v = np.array(one["y"]), np.array(one["v"])
    X = np.column_stack([np.ones(13), np.arange(13.0)])
    found = diagnostics.influence(y, v, X, method="REML", test="knha")
    left = np.arange(13) != 4
    full = pooling.fit(y, v, X)
    less = pooling.fit(y[left], v[left], X[left])
    assert found["tau2_del"][4] == pytest.approx(less["tau2"], rel=1e-10)
    predicted = less["b"][0] + 4 * less["b"][1]
    moved = full["b"][0] + 4 * full["b"][1] - predicted
    assert np.sign(found["dffits"][4]) == np.sign(moved)
    assert len(found["dfbetas"][4]) == 2
    assert sum(found["hat"]) == pytest.approx(2, rel=1e-12)


@pytest.mark.parametrize("name", sets_with("egger"))
def test_egger_equals_metafor_in_both_forms(name):
    one, theirs = data()[name], reference()["sets"][name]["egger"]
    ours = diagnostics.egger(one["y"], one["v"], method="DL", test="knha")
    assert (ours["model"], ours["df"]) == ("rma", theirs["df"])
    assert_close(ours["stat"], theirs["stat"], 1e-3, name)
    assert_close(ours["p"], theirs["p"], 0.0, name)
    assert_close(ours["limit"], theirs["limit"], 1e-3 * np.std(one["y"]), name)
    assert_close(ours["lm"]["stat"], theirs["lm_stat"], 1e-3, name)
    assert_close(ours["lm"]["p"], theirs["lm_p"], 0.0, name)


def test_egger_does_not_mind_the_unit():
    """Standard errors of 1e-6 are no reason to call the model collinear."""
    one = data()["small_scale"]
    small = diagnostics.egger(one["y"], one["v"])
    large = diagnostics.egger(np.array(one["y"]) * 2.0**20, np.array(one["v"]) * 2.0**40)
    assert small["stat"] == pytest.approx(large["stat"], rel=1e-10)


def test_egger_says_why_it_cannot_be_done():
    assert diagnostics.egger([0.1, 0.2], [0.1, 0.3])["reason"] == "fewer_than_three_studies"
    equal = diagnostics.egger([0.1, 0.2, 0.4], [0.1, 0.1, 0.1])
    assert (equal["stat"], equal["reason"]) == (None, "equal_standard_errors")
    few = diagnostics.egger([0.1, 0.2, 0.4, 0.3], [0.1, 0.2, 0.3, 0.1])
    assert "Fewer than 10 studies" in few["warnings"][0]


@pytest.mark.parametrize("name", sets_with("begg"))
def test_begg_equals_metafor(name):
    one, theirs = data()[name], reference()["sets"][name]["begg"]
    ours = diagnostics.begg(one["y"], one["v"])
    if theirs["tau"] is None:
        assert (ours["tau"], ours["reason"]) == (None, "all_tied")
        return
    assert_close(ours["tau"], theirs["tau"], 1e-9, name)
    assert_close(ours["p"], theirs["p"], 0.0, name)


def test_the_exact_distribution_of_kendall_counts_all_orders():
    n, counts = 5, {}
    for order in itertools.permutations(range(n)):
        pairs = itertools.combinations(range(n), 2)
        S = sum(1 if order[i] < order[j] else -1 for i, j in pairs)
        counts[S] = counts.get(S, 0) + 1
    total = math.factorial(n)
    for S in counts:
        upper = sum(c for s, c in counts.items() if s >= S) / total
        lower = sum(c for s, c in counts.items() if s <= S) / total
        expected = min(1.0, 2 * min(upper, lower))
        assert diagnostics._kendall_exact(S, n) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("estimator", ["L0", "R0"])
@pytest.mark.parametrize("name", sets_with("trimfill"))
def test_trim_and_fill_equals_metafor(name, estimator):
    theirs = reference()["sets"][name]["trimfill"].get(estimator)
    if theirs is None:
        pytest.skip("metafor does not converge here")
    one = data()[name]
    ours = diagnostics.trim_and_fill(one["y"], one["v"], estimator=estimator, method="DL", test="z")
    assert (ours["k0"], ours["side"]) == (theirs["k0"], theirs["side"])
    assert len(ours["filled_yi"]) == ours["k0"]
    for key in ("b", "se", "ci_low", "ci_high", "tau2"):
        assert_close(ours[key], theirs[key], 0.0 if key == "tau2" else ours["se"], (name, key))


def test_some_reference_set_has_studies_filled_in():
    filled = [
        found["k0"]
        for name in sets_with("trimfill")
        for found in reference()["sets"][name]["trimfill"].values()
    ]
    assert sum(k0 > 0 for k0 in filled) >= 10


def test_trim_and_fill_needs_three_studies():
    found = diagnostics.trim_and_fill([0.1, 0.2], [0.1, 0.2])
    assert (found["k0"], found["reason"]) == (None, "fewer_than_three_studies")


def test_studies_that_agree_exactly_have_influence_but_no_cook_distance():
    """metafor stops with an error here: the Knapp-Hartung variance is 0."""
    found = diagnostics.influence([0.3] * 4, [0.1, 0.2, 0.3, 0.4], test="knha")
    assert found["cook_d"] == [None] * 4
    assert found["cov_r"] == [None] * 4
    assert found["tau2_del"] == [0.0] * 4
    assert sum(found["weight"]) == pytest.approx(100)


@pytest.mark.parametrize("estimator", ["L0", "R0"])
def test_trim_and_fill_does_not_depend_on_the_unit(estimator):
    """metafor's does, for refits that stop at an absolute step of tau2 (small-study-effects.md)."""
    random = np.random.default_rng(7)
    v = random.gamma(2, 4e-6, 25) + 1e-7
    y = random.normal(-2e-4, np.sqrt(v + 2e-6)) + 2.5 * np.sqrt(v)
    small = diagnostics.trim_and_fill(y, v, estimator=estimator, test="z")
    large = diagnostics.trim_and_fill(y * 1e4, v * 1e8, estimator=estimator, test="z")
    assert small["k0"] == large["k0"] > 0
    for key in ("b", "se", "ci_low", "ci_high"):
        assert small[key] * 1e4 == pytest.approx(large[key], rel=1e-9)
    assert small["tau2"] * 1e8 == pytest.approx(large["tau2"], rel=1e-9)
    assert small["p"] == pytest.approx(large["p"], rel=1e-7)
