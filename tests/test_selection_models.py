"""Selection models and p-uniform*: against metafor, by definition, and at the edges."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from evergrove.errors import EvergroveError
from evergrove.p_uniform import p_uniform_star
from evergrove.selection_models import step_selection

SETS = json.loads((Path(__file__).parent / "reference/bias.json").read_text())["sets"]
WEIGHTS = {"stepfun_1": None, "stepfun_2": None, "stepfun_fixed": [1, 0.7, 0.4]}
CASES = [(name, model) for name in SETS for model in WEIGHTS if SETS[name][model]]


def fitted(name, model):
    data, want = SETS[name], SETS[name][model]
    steps = want["steps"] if isinstance(want["steps"], list) else [want["steps"]]
    got = step_selection(
        data["yi"],
        data["vi"],
        steps=steps,
        alternative=want["alternative"],
        delta=WEIGHTS[model],
    )
    return got, want


@pytest.mark.parametrize(("name", "model"), CASES)
def test_step_function_models_equal_metafor(name, model):
    got, want = fitted(name, model)
    scale = float(np.sqrt(np.median(SETS[name]["vi"])))
    assert got["reason"] is None
    # metafor stops a little below the maximum where tau2 is 0.
    assert got["log_likelihood"] >= want["ll"] - 1e-8
    assert got["estimate"] == pytest.approx(want["b"], rel=1e-3, abs=2e-3 * scale)
    assert got["se"] == pytest.approx(want["se"], rel=1e-3)
    assert got["tau2"] == pytest.approx(want["tau2"], rel=1e-3, abs=1e-4 * scale**2)
    assert got["delta"] == pytest.approx(want["delta"], rel=1e-3)
    assert got["LRT"] == pytest.approx(want["LRT"], rel=1e-3, abs=1e-6)
    if want["LRTp"] is not None:
        assert got["LRT_p"] == pytest.approx(want["LRTp"], rel=1e-3)


def test_vevea_and_hedges_passive_smoking():
    """Hackshaw 1998 with cuts .05, .10, .50: weights 1, 2.4221, .9775, .3967, tau2 .0307."""
    data = SETS["hackshaw1998"]
    got = step_selection(data["yi"], data["vi"], steps=(0.05, 0.10, 0.50))
    assert got["delta"] == pytest.approx([1, 2.4221, 0.9775, 0.3967], abs=6e-5)
    assert got["LRT"] == pytest.approx(7.0661, abs=6e-5)
    assert got["tau2"] == pytest.approx(0.0307, abs=6e-5)


def test_without_selection_weights_of_one_give_the_plain_ml_estimate():
    data = SETS["bcg_log_or"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    got = step_selection(y, v, steps=(0.3,), delta=[1, 1])
    w = 1 / (v + got["tau2"])
    assert got["estimate"] == pytest.approx(np.sum(w * y) / np.sum(w), rel=1e-7)
    assert got["LRT"] == 0
    assert got["LRT_p"] is None


def test_two_sided_selection_does_not_see_the_sign():
    data = SETS["bcg_log_or"]
    y = np.array(data["yi"])
    one, other = (
        step_selection(sign * y, data["vi"], steps=(0.05,), alternative="two.sided")
        for sign in (1, -1)
    )
    assert other["estimate"] == pytest.approx(-one["estimate"], rel=1e-6)
    assert other["delta"] == pytest.approx(one["delta"], rel=1e-5)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from([1e-6, 1e-3, 7.0, 1e6]))
def test_units_change_nothing_but_the_units(factor):
    data = SETS["hackshaw1998"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    plain, scaled = step_selection(y, v), step_selection(factor * y, factor**2 * v)
    assert scaled["estimate"] == pytest.approx(factor * plain["estimate"], rel=1e-6)
    assert scaled["se"] == pytest.approx(factor * plain["se"], rel=1e-5)
    assert scaled["delta"] == pytest.approx(plain["delta"], rel=1e-5)


def test_mirrored_data_with_the_mirrored_alternative_give_the_mirrored_estimate():
    data = SETS["made_here"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    one, other = step_selection(y, v), step_selection(-y, v, alternative="less")
    assert other["estimate"] == pytest.approx(-one["estimate"], abs=1e-9)
    assert (other["ci_low"], other["ci_high"]) == pytest.approx((-one["ci_high"], -one["ci_low"]))


def test_an_interval_without_a_study_is_not_estimated():
    got = step_selection([3.0, 4.0, 5.0, 3.5], [0.1, 0.2, 0.3, 0.1])
    assert got["reason"] == "an_interval_of_p_values_has_no_study"
    assert got["estimate"] is None
    assert got["k_intervals"] == [4, 0]


def test_two_studies_are_too_few_for_three_parameters():
    got = step_selection([3.0, 0.1], [0.1, 0.2])
    assert got["reason"] == "fewer_studies_than_parameters"


@pytest.mark.parametrize(
    "options",
    [
        {"steps": (0.5, 0.025)},
        {"steps": (0.0,)},
        {"steps": ()},
        {"alternative": "up"},
        {"delta": [1]},
        {"delta": [0.5, 1]},
        {"delta": [1, -1]},
    ],
)
def test_options_that_cannot_be_are_refused(options):
    with pytest.raises(EvergroveError):
        step_selection([1.0, 2.0, 0.1], [0.1, 0.1, 0.1], **options)


# ---- p-uniform* ----


def minus_log_likelihood(x, y, v, cut):
    """By definition, written without the module's helpers."""
    mu, s = x[0], np.sqrt(v + x[1] ** 2)
    log_density = -0.5 * ((y - mu) / s) ** 2 - np.log(s * math.sqrt(2 * math.pi))
    z = (cut * np.sqrt(v) - mu) / s
    significant = y > cut * np.sqrt(v)
    return -np.sum(log_density - np.where(significant, special.log_ndtr(-z), special.log_ndtr(z)))


@pytest.mark.parametrize("name", ["bcg_log_or", "hackshaw1998", "made_here"])
def test_p_uniform_star_is_at_the_maximum_of_its_likelihood(name):
    data = SETS[name]
    sign = 1 if np.mean(data["yi"]) > 0 else -1
    y, v = sign * np.array(data["yi"]), np.array(data["vi"])
    got = p_uniform_star(y, v)
    cut = -special.ndtri(0.025)
    starts = [(a, b) for a in (-0.5, 0.0, 0.3, 0.8) for b in (0.02, 0.2, 0.6)]
    found = [
        optimize.minimize(minus_log_likelihood, s, args=(y, v, cut), method="Nelder-Mead",
                          options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000})
        for s in starts
    ]  # fmt: skip
    best = min(found, key=lambda result: result.fun)
    assert got["estimate"] == pytest.approx(best.x[0], abs=2e-5)
    assert got["tau2"] == pytest.approx(best.x[1] ** 2, abs=1e-5)
    for end in (got["ci_low"], got["ci_high"]):
        if end is not None:
            left = min(minus_log_likelihood((end, t), y, v, cut) for t in np.linspace(0, 2.5, 5001))
            assert 2 * (left - best.fun) == pytest.approx(3.841458820694, abs=1e-3)


def test_p_uniform_star_mirrors_with_its_direction():
    data = SETS["hackshaw1998"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    one, other = p_uniform_star(y, v), p_uniform_star(-y, v, alternative="less")
    assert other["estimate"] == pytest.approx(-one["estimate"], abs=1e-8)
    assert other["ci_high"] == pytest.approx(-one["ci_low"], abs=1e-6)


def test_p_uniform_star_needs_a_significant_study():
    got = p_uniform_star([0.1, 0.2, -0.1, 0.05], [0.1, 0.2, 0.3, 0.1])
    assert got["reason"] == "no_significant_study"
    assert got["estimate"] is None


@pytest.mark.parametrize("options", [{"alternative": "two.sided"}, {"alpha": 0}])
def test_p_uniform_star_refuses_options_that_cannot_be(options):
    with pytest.raises(EvergroveError):
        p_uniform_star([0.1, 0.9, 0.3], [0.1, 0.1, 0.1], **options)
