"""Profile likelihood and Biggerstaff-Tweedie intervals of tau2."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from evergrove import pooling
from evergrove.errors import EvergroveError
from tests.test_pooling import data, studies


@pytest.mark.parametrize(
    ("kind", "method", "low", "high"),
    [
        ("qprofile", "DL", 0.072, 2.203),
        ("biggerstaff_tweedie", "DL", 0.048, 2.355),
        ("profile", "ML", 0.027, 1.131),
        ("profile", "REML", 0.043, 1.475),
    ],
)
def test_viechtbauer_2007_table_2(kind, method, low, high):
    """Viechtbauer W. Stat Med 2007;26:37, table II: diuretics and pre-eclampsia."""
    one = data()["collins1985_log_or"]
    fit = pooling.fit(one["y"], one["v"], method=method, tau2_ci=kind)
    assert (round(fit["tau2_ci_low"], 3), round(fit["tau2_ci_high"], 3)) == (low, high)


def height(y, v, t, restricted):
    w = 1 / (v + t)
    e = y - (w * y).sum() / w.sum()
    return (np.log(w).sum() - (w * e**2).sum() - (math.log(w.sum()) if restricted else 0)) / 2


@settings(max_examples=40, deadline=None)
@given(studies())
def test_at_the_ends_the_likelihood_has_fallen_by_half_the_quantile(case):
    y, v = case
    for method in ("ML", "REML"):
        fit = pooling.fit(y, v, method=method, tau2_ci="profile")
        restricted = method == "REML"
        top = height(y, v, fit["tau2"], restricted)
        drop = 1.959963984540054**2 / 2
        high = fit["tau2_ci_high"]
        assert top - height(y, v, high, restricted) == pytest.approx(drop, abs=1e-7)
        if fit["tau2_ci_low"] > 0:
            lost = top - height(y, v, fit["tau2_ci_low"], restricted)
            assert lost == pytest.approx(drop, abs=1e-7)
        else:
            assert top - height(y, v, 0.0, restricted) <= drop + 1e-9
        assert fit["tau2_ci_low"] <= fit["tau2"] <= high


@settings(max_examples=40, deadline=None)
@given(studies())
def test_the_gamma_interval_is_ordered_and_follows_the_unit(case):
    y, v = case
    one = pooling.fit(y, v, method="DL", tau2_ci="biggerstaff_tweedie")
    other = pooling.fit(1000 * y, 1e6 * v, method="DL", tau2_ci="biggerstaff_tweedie")
    assert 0 <= one["tau2_ci_low"] <= one["tau2_ci_high"]
    scale = float(np.median(v))
    for end in ("tau2_ci_low", "tau2_ci_high"):
        away = abs(other[end] / 1e6 - one[end])
        assert away <= 1e-9 * max(one[end], scale)


def test_studies_that_agree_too_well_have_an_interval_below_zero():
    fit = pooling.fit([1, 1.01, 0.99, 1, 1], [1.0] * 5, method="DL", tau2_ci="biggerstaff_tweedie")
    assert (fit["tau2_ci_low"], fit["tau2_ci_high"], fit["tau2_ci_high_sign"]) == (0, 0, "<")
    profile = pooling.fit([1, 1.01, 0.99, 1, 1], [1.0] * 5, tau2_ci="profile")
    assert profile["tau2_ci_low"] == 0 < profile["tau2_ci_high"]


def test_an_unknown_interval_is_refused():
    with pytest.raises(EvergroveError, match="interval of tau2"):
        pooling.fit([1, 2, 3], [1, 1, 1], tau2_ci="wald")
