"""Beside the estimate: how probable an effect that matters is, and the updates as looks."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evergrove import pool, pooling
from evergrove.importance import beyond_minimal_difference
from tests.effects_sample import effects, effects_by_r, protocol

Y, V = [3.1, 4.0, 2.2, 5.1, 3.3], [0.2, 0.3, 0.25, 0.4, 0.1]


@pytest.mark.parametrize(("test", "prediction"), [("knha", "t_k1"), ("z", "as_test")])
def test_probabilities_are_the_tails_of_the_interval_and_the_prediction_interval(test, prediction):
    fit = pooling.fit(Y, V, test=test, prediction=prediction)
    found = beyond_minimal_difference(fit, 2.0)
    df = math.inf if fit["pi_df"] is None else fit["pi_df"]
    spread = math.sqrt(fit["tau2"] + fit["se"] ** 2)
    assert found["new_setting"] == pytest.approx(stats.t.sf((2 - fit["b"]) / spread, df), rel=1e-9)
    df = math.inf if fit["df"] is None else fit["df"]
    assert found["mean"] == pytest.approx(stats.t.sf((2 - fit["b"]) / fit["se"], df), rel=1e-9)
    # Half of the probability beyond an end of the interval lies above it.
    above = beyond_minimal_difference(fit, fit["pi_high"])["new_setting"]
    assert above == pytest.approx(0.025, rel=1e-9)


@given(st.floats(0.01, 20))
def test_a_larger_difference_is_less_probable_and_a_new_setting_less_sure_than_the_mean(bound):
    fit = pooling.fit(Y, V, prediction="t_k1")
    one, more = (beyond_minimal_difference(fit, d) for d in (bound, bound + 1))
    for key in ("mean", "new_setting"):
        assert 0 <= more[key] <= one[key] <= 1
    assert abs(one["mean"] - 0.5) >= abs(one["new_setting"] - 0.5) - 1e-12


def test_nothing_is_said_without_a_difference_a_fit_or_a_prediction_interval():
    fit = pooling.fit(Y, V)
    assert beyond_minimal_difference(fit, None) is None
    assert beyond_minimal_difference(None, 2.0) is None
    single = beyond_minimal_difference(pooling.fit([3.0], [0.2]), 2.0)
    assert (single["new_setting"], single["reason"]) == (None, "no_prediction_interval")


def test_the_sequential_view_is_off_unless_the_protocol_names_an_effect():
    given = effects(), effects_by_r(effects(), [0.0, 0.5, 0.9])
    assert pool.pool(*given, protocol()).syntheses["sequential"] is None
    asked = protocol()
    asked["model"] = asked["model"] | {"sequential": {"effect": 1.0, "alpha": 0.05, "power": 0.8}}
    found = pool.pool(*given, asked).syntheses
    assert "Cochrane discourages" in found["sequential"]["caution"]
    assert found["sequential"]["looks"][-1]["k"] == found["syntheses"][0]["k"]


def test_the_pipeline_says_how_probable_an_effect_that_matters_is():
    given = effects(), effects_by_r(effects(), [0.0, 0.5, 0.9])
    asked = protocol()
    asked["outcome"] = asked["outcome"] | {"minimal_important_difference": 0.1}
    found = pool.pool(*given, asked).syntheses
    assert found["minimal_difference"] == beyond_minimal_difference(
        found["syntheses"][0]["fit"], 0.1
    )
