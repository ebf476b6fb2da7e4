"""Permutation, bootstrap and all subsets: against metafor, by counting, and from a seed."""

import math
from itertools import permutations, product

import numpy as np
import pytest

from evergrove import moderators, pooling, resampling, subgroups
from evergrove.errors import EvergroveError
from tests.test_pooling import data

# The first eight trials of BCG vaccination (metadat's dat.bcg), log risk ratios.
BCG = data()["bcg_log_rr"]
Y, V = (np.array(BCG[key][:8]) for key in ("y", "v"))
RANDOM = np.array([1, 1, 1, 1, 0, 0, 1, 1], float)
LATITUDE = np.array([44, 55, 42, 52, 13, 44, 19, 13], float)


def design(*columns, k=8):
    return np.column_stack([np.ones(k), *(c[:k] for c in columns)])


@pytest.mark.parametrize(
    ("X", "test", "p", "QM_p", "number"),
    [
        (design(RANDOM), "z", [23 / 28, 11 / 28], 11 / 28, 28),
        (design(RANDOM), "knha", [22 / 28, 11 / 28], 11 / 28, 28),
        (design(LATITUDE, k=6), "z", [290 / 360, 14 / 360], 14 / 360, 360),
        (design(LATITUDE, k=6), "knha", [266 / 360, 7 / 360], 7 / 360, 360),
        (design(RANDOM, LATITUDE, k=6), "z", [677 / 720, 81 / 720, 59 / 720], 9 / 720, 720),
        (design(RANDOM, LATITUDE, k=6), "knha", [640 / 720, 30 / 720, 34 / 720], 9 / 720, 720),
    ],
)
def test_exact_permutation_of_moderators_equals_metafor(X, test, p, QM_p, number):
    """metafor 3.8-1: permutest(rma(yi, vi, mods), exact=TRUE) with threshold 1e-12."""
    k = len(X)
    found = resampling.permutation_test(Y[:k], V[:k], X, test=test)
    assert found["exact"] and found["arrangements"] == number and found["undefined"] == 0
    assert found["p"] == pytest.approx(p, abs=1e-12)
    assert found["QM_p"] == pytest.approx(QM_p, abs=1e-12)


def test_flipping_signs_counts_all_of_them():
    y, v = Y[:5], V[:5]
    own = abs(pooling.fit(y, v, test="z")["stat"])
    reached = [
        abs(pooling.fit(np.array(s) * y, v, test="z")["stat"]) >= own - 1e-8
        for s in product((1, -1), repeat=5)
    ]
    found = resampling.permutation_test(y, v, test="z")
    assert found["exact"] and found["p"] == np.mean(reached)


def test_every_distinct_arrangement_comes_once():
    seen = {tuple(a) for a in resampling._arrangements([2, 1, 2], 5)}
    assert seen == set(permutations([0, 0, 1, 2, 2]))
    assert len(list(resampling._arrangements([2, 1, 2], 5))) == len(seen) == 30


def test_random_arrangements_include_the_observed_one_and_come_near_the_exact_share():
    X = design(LATITUDE, k=6)
    exact = resampling.permutation_test(Y[:6], V[:6], X)
    drawn = resampling.permutation_test(Y[:6], V[:6], X, iterations=300)
    assert not drawn["exact"] and min(drawn["p"]) >= 1 / 300
    for a, b in zip(drawn["p"], exact["p"], strict=True):
        assert abs(a - b) < 4 * math.sqrt(b * (1 - b) / 300) + 1 / 300


def test_the_same_seed_gives_the_same_numbers_and_pieces_do_not_matter(monkeypatch):
    X = design(LATITUDE)
    one = resampling.permutation_test(Y, V, X, iterations=500, seed=7)
    assert one == resampling.permutation_test(Y, V, X, iterations=500, seed=7)
    boot = resampling.bootstrap(Y, V, iterations=500, seed=7)
    assert boot == resampling.bootstrap(Y, V, iterations=500, seed=7)
    assert boot != resampling.bootstrap(Y, V, iterations=500, seed=8)
    subsets = resampling.gosh(Y, V)
    exact = resampling.permutation_test(Y[:6], V[:6], X[:6])
    monkeypatch.setattr(resampling, "CHUNK", 100)
    in_pieces = resampling.gosh(Y, V)
    for name in ("b", "tau2", "I2", "Q"):
        again, before = getattr(in_pieces, name), getattr(subsets, name)
        np.testing.assert_allclose(again, before, rtol=1e-12, atol=1e-15)
    assert resampling.permutation_test(Y[:6], V[:6], X[:6]) == exact


def test_the_level_of_the_outcomes_does_not_matter_to_the_bootstrap():
    one = resampling.bootstrap(Y, V, iterations=400)
    far = resampling.bootstrap(Y + 1e7, V, iterations=400)
    assert far["pi_low"] - 1e7 == pytest.approx(one["pi_low"], abs=1e-6)
    assert far["tau2_ci_high"] == pytest.approx(one["tau2_ci_high"], rel=1e-6)


def test_bootstrap_intervals_cover_as_often_as_they_say():
    """With many equal studies the bootstrap must come to the exact t and chi-squared results."""
    k, tau2, v = 40, 0.5, 0.1
    y = np.random.default_rng(3).normal(0, math.sqrt(tau2 + v), k)
    y = (y - y.mean()) / y.std(ddof=1) * math.sqrt(tau2 + v)
    found = resampling.bootstrap(y, np.full(k, v), iterations=20_000)
    fit = pooling.fit(y, np.full(k, v), test="knha")
    assert found["ci_low"] == pytest.approx(fit["ci_low"], rel=0.03)
    assert found["pi_low"] == pytest.approx(fit["pi_low"], rel=0.03)
    # (tau2 + v) (k - 1) / sigma2 is chi-squared: quantiles of the refits, not the interval.
    from evergrove import distributions

    low = distributions.chi2_quantile(0.025, k - 1) / (k - 1) * (tau2 + v) - v
    assert found["tau2_ci_low"] == pytest.approx(float(low), rel=0.04)


@pytest.mark.parametrize(
    ("y", "v", "options", "reason"),
    [
        ([1, 2], [1, 1], {}, "fewer_than_three_studies"),
        ([1, 2, 3], [1, 1, 1], {"method": "EE"}, "no_tau2_in_this_model"),
        ([1, 1, 1], [1, 1, 1], {}, "zero_standard_error"),
    ],
)
def test_a_bootstrap_that_has_no_meaning_gives_its_reason(y, v, options, reason):
    assert resampling.bootstrap(y, v, **options)["reason"] == reason


def test_all_subsets_equal_their_own_fits():
    found = resampling.gosh(Y[:5], V[:5])
    assert found.complete and len(found.b) == 2**5 - 5 - 1
    for row, n, b, tau2, I2 in zip(
        found.members, found.n, found.b, found.tau2, found.I2, strict=True
    ):
        own = pooling.fit(Y[:5][row], V[:5][row])
        assert n == own["k"]
        assert b == pytest.approx(own["b"], rel=1e-11)
        assert (tau2, I2) == pytest.approx((own["tau2"], own["I2"]), rel=1e-9, abs=1e-12)


def test_random_subsets_are_different_and_have_two_studies_or_more():
    found = resampling.gosh(Y, V, subsets=100, seed=2)
    assert not found.complete and len(found.b) == 100
    assert len({row.tobytes() for row in found.members}) == 100
    assert found.members.sum(axis=1).min() >= 2


def test_options_that_make_no_sense_are_refused():
    with pytest.raises(EvergroveError, match="iterations"):
        resampling.permutation_test(Y, V, iterations=1)
    with pytest.raises(EvergroveError, match="two studies"):
        resampling.gosh([1.0], [1.0])


def test_one_tau2_for_all_groups_is_a_regression_on_them():
    labels = ["a" if x else "b" for x in RANDOM]
    found = subgroups.common_tau2(Y, V, labels)
    fit = pooling.fit(Y, V, design(1 - RANDOM))
    assert found["tau2"] == pytest.approx(fit["tau2"], rel=1e-10)
    assert found["levels"]["a"]["b"] == pytest.approx(fit["b"][0], rel=1e-9)
    assert found["levels"]["b"]["b"] == pytest.approx(sum(fit["b"]), rel=1e-9)
    assert (found["QM"], found["QM_df"]) == (pytest.approx(fit["QM"]), fit["QM_df"])
    assert moderators.has_intercept(design(RANDOM))


@pytest.mark.parametrize(
    ("labels", "reason"),
    [("aaa", "fewer_than_two_groups"), ("abc", "no_group_of_two_studies")],
)
def test_groups_that_cannot_be_compared_have_a_reason(labels, reason):
    assert subgroups.common_tau2([1, 2, 4], [1, 1, 1], list(labels))["reason"] == reason
