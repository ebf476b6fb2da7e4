"""Dependent effects against metafor and by definition, and what holds for any data."""

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import components, multilevel, pooling, robust
from evergrove.errors import EvergroveError

REFERENCE = Path(__file__).parent / "reference" / "multilevel.json"
SHARED = Path(__file__).resolve().parents[2] / "shared/statistics/metafor_reference.json"
MODELS = {
    "three_level_REML": {"method": "REML", "test": "z"},
    "three_level_ML": {"method": "ML", "test": "z"},
    "three_level_REML_t": {"method": "REML", "test": "t", "dfs": "residual"},
    "three_level_REML_t_contain": {"method": "REML", "test": "t", "dfs": "contain"},
    "che_0.6": {"rho": 0.6, "test": "z"},
    "che_0.8": {"rho": 0.8, "test": "z"},
}


@cache
def reference():
    return json.loads(REFERENCE.read_text())["sets"]


NAMES = list(reference())


def fitted(name, **options):
    one = reference()[name]
    return multilevel.fit(one["y"], one["v"], one["study"], one["X"], **options)


def as_list(value):
    return value if isinstance(value, list) else [value]


def assert_equal(ours, theirs, rtol, scale=0.0):
    for a, b in zip(as_list(ours), as_list(theirs), strict=True):
        assert a is not None
        assert abs(a - b) <= rtol * max(abs(b), scale), (a, b)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_every_model_equals_metafor(name, model):
    ours = fitted(name, **MODELS[model], intervals=False)
    theirs = reference()[name][model]
    # metafor's optimiser is the looser of the two: our likelihood is never below its.
    assert -1e-9 <= ours["log_likelihood"] - theirs["log_likelihood"] <= 1e-7
    scale = float(np.median(reference()[name]["v"]))
    for i, key in enumerate(multilevel.VARIANCES):
        # Where the years are not centred, metafor's optimiser leaves 2e-6.
        assert_equal(ours[key], theirs["sigma2"][i], 5e-6, scale)
    assert_equal(ours["Q"], theirs["Q"], 1e-9)
    for key in ("b", "se", "stat", "ci_low", "ci_high"):
        assert_equal(ours[key], theirs[key], 1e-6, max(theirs["se"]))
    assert_equal(ours["p"], theirs["p"], 1e-5)
    if MODELS[model]["test"] == "t":
        assert as_list(ours["df"]) == theirs["df"]
    if "pi" in theirs:
        assert_equal([ours["pi_low"], ours["pi_high"]], theirs["pi"], 1e-6, 0.1)
    if "cr1" in theirs:
        assert_equal(ours["robust"]["cr1"]["se"], theirs["cr1"]["se"], 1e-6)
        assert set(as_list(ours["robust"]["cr1"]["df"])) == set(theirs["cr1"]["df"])
        assert_equal(ours["robust"]["se"], theirs["cr2"]["se"], 1e-6)
        assert_equal(ours["robust"]["df"], theirs["cr2"]["df"], 1e-5)


@pytest.mark.parametrize("name", [name for name in NAMES if "intervals" in reference()[name]])
def test_profile_intervals_equal_those_found_by_refitting_in_r(name):
    ours = fitted(name)
    for key in multilevel.VARIANCES:
        theirs = reference()[name]["intervals"][key]
        assert_equal([ours[f"{key}_ci_low"], ours[f"{key}_ci_high"]], theirs, 2e-6, ours[key])


def shared_cases():
    """(name, y, v, studies, X, results) of the larger reference set, where it is at hand."""
    for name, one in json.loads(SHARED.read_text())["datasets"].items():
        y, v = (np.array(one["input"][key], float) for key in ("yi", "vi"))
        used = one["input"].get("used_rows_0based")
        if used is not None and len(used) < len(y):
            y, v = y[used], v[used]
        for key in ("nested", "nested_meta_regression"):
            if key in one:
                part = one[key]
                rows = part.get("rows_of_used_0based", list(range(len(y))))
                X = np.array(part["X"], float) if "X" in part else None
                yield name, y[rows], v[rows], [str(c) for c in part["cluster"]], X, part


@pytest.mark.skipif(not SHARED.exists(), reason="the larger reference set is not in the repository")
def test_the_large_reference_set_where_it_is_at_hand():
    seen = 0
    for name, y, v, studies, X, part in shared_cases():
        if len(y) > 150:
            continue
        for model, rho, method in (
            ("three_level_REML", 0, "REML"),
            ("three_level_ML", 0, "ML"),
            ("CHE_rho0.6", 0.6, "REML"),
        ):
            if "sigma2" not in part.get(model, {}):
                continue
            seen += 1
            theirs = part[model]
            ours = multilevel.fit(
                y, v, studies, X, rho=rho, method=method, test="z", intervals=False
            )
            assert -1e-9 <= ours["log_likelihood"] - theirs["logLik"] <= 2e-6, (name, model)
            # Their variances carry the slack of their optimiser: up to 4e-5 where it is flat.
            assert_equal(ours["se"], theirs["se"], 2e-5)
            scale = float(np.median(v))
            for i, key in enumerate(multilevel.VARIANCES):
                assert_equal(ours[key], theirs["sigma2"][i], 5e-5, scale)
            their_cr2 = theirs.get("robust", {}).get("CR2_clubSandwich", {})
            # With variances 1e10 apart in one study clubSandwich treats directions as singular.
            if "se" in their_cr2 and v.max() < 1e8 * v.min():
                assert_equal(ours["robust"]["se"], their_cr2["se"], 2e-5)
                assert_equal(ours["robust"]["df"], their_cr2["ddf"], 2e-5)
    assert seen > 60


def test_konstantopoulos_2011_school_calendars():
    """Konstantopoulos 2011, Res Synth Methods 2:61, and metafor's page on that paper."""
    fit = fitted("konstantopoulos2011", method="ML", test="z", intervals=False)
    assert (round(fit["b"], 4), round(fit["se"], 4)) == (0.1845, 0.0805)
    assert (round(fit["sigma2_between"], 4), round(fit["sigma2_within"], 4)) == (0.0577, 0.0329)
    assert (round(fit["pi_low"], 4), round(fit["pi_high"], 4)) == (-0.4262, 0.7951)


@st.composite
def nested(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=3, max_size=6).filter(lambda s: max(s) > 1))
    k = sum(sizes)
    y = [round(draw(st.floats(-3, 3)), 3) for _ in range(k)]
    v = [round(math.exp(draw(st.floats(-4, 1))), 6) for _ in range(k)]
    studies = [f"s{j}" for j, n in enumerate(sizes) for _ in range(n)]
    return np.array(y), np.array(v), studies


def likelihood(y, v, studies, rho, s1, s2, restricted):
    """The log-likelihood by its definition, with whole matrices."""
    same = np.array([[a == b for b in studies] for a in studies])
    V = rho * same * np.outer(np.sqrt(v), np.sqrt(v))
    V[np.diag_indices(len(y))] = v
    S = V + s1 * same + s2 * np.eye(len(y))
    W = np.linalg.inv(S)
    information = W.sum()
    e = y - (W @ y).sum() / information
    twice = np.linalg.slogdet(S)[1] + e @ W @ e
    k = len(y)
    if restricted:
        twice += math.log(information) - math.log(k) + (k - 1) * math.log(2 * math.pi)
    else:
        twice += k * math.log(2 * math.pi)
    return -twice / 2


@settings(max_examples=25, deadline=None)
@given(nested(), st.sampled_from([0.0, 0.5, 0.9]), st.booleans())
def test_the_likelihood_is_nowhere_higher_than_at_its_estimate(case, rho, restricted):
    y, v, studies = case
    method = "REML" if restricted else "ML"
    fit = multilevel.fit(y, v, studies, rho=rho, method=method, intervals=False)
    own = likelihood(y, v, studies, rho, fit["sigma2_between"], fit["sigma2_within"], restricted)
    assert fit["log_likelihood"] == pytest.approx(own, abs=1e-8)
    for s1 in np.concatenate([[0], np.geomspace(1e-3, 30, 12)]):
        for s2 in np.concatenate([[0], np.geomspace(1e-3, 30, 12)]):
            assert likelihood(y, v, studies, rho, s1, s2, restricted) <= own + 1e-9


@settings(max_examples=20, deadline=None)
@given(nested(), st.integers(-6, 6), st.randoms(use_true_random=False))
def test_unit_level_order_and_sign_change_nothing_else(case, power, random):
    y, v, studies = case
    c = 10.0**power
    order = list(range(len(y)))
    random.shuffle(order)
    one = multilevel.fit(y, v, studies, rho=0.3, intervals=False)
    other = multilevel.fit(
        -c * y[order], c * c * v[order], [studies[i] for i in order], rho=0.3, intervals=False
    )
    assert_equal(-other["b"] / c, one["b"], 1e-7, one["se"])
    # A flat likelihood leaves its maximum less certain than its height.
    for key in multilevel.VARIANCES:
        assert_equal(other[key] / c**2, one[key], 1e-6, float(np.median(v)))
    assert other["log_likelihood"] + len(y) * math.log(c) - math.log(c) == pytest.approx(
        one["log_likelihood"], abs=1e-7
    )


def test_a_level_of_ten_million_costs_few_digits():
    one = reference()["konstantopoulos2011"]
    y = np.array(one["y"])
    near = multilevel.fit(y, one["v"], one["study"])
    far = multilevel.fit(y + 2.0**23, one["v"], one["study"])
    assert far["b"] - 2.0**23 == pytest.approx(near["b"], abs=1e-8)
    for key in multilevel.VARIANCES:
        assert far[key] == pytest.approx(near[key], rel=1e-6)
        assert far[f"{key}_ci_high"] == pytest.approx(near[f"{key}_ci_high"], rel=1e-6)


def test_without_dependence_the_sum_of_variances_is_that_of_the_simple_model():
    one = reference()["konstantopoulos2011"]
    k = len(one["y"])
    # One pair of studies joined: the total variance stays close to tau2 of the simple model.
    studies = [str(max(i, 1)) for i in range(k)]
    fit = multilevel.fit(one["y"], one["v"], studies, intervals=False)
    simple = pooling.fit(one["y"], one["v"])
    total = fit["sigma2_between"] + fit["sigma2_within"]
    assert total == pytest.approx(simple["tau2"], rel=0.05)


def test_labels_within_a_study_say_whose_errors_correlate():
    y, v = np.array([0.1, 0.4, 0.9, 1.3, 4.2, 4.6, 2.1, 2.9]), np.full(8, 0.04)
    studies = list("aaaabbcc")
    same = multilevel.fit(y, v, studies, rho=0.5, intervals=False)
    apart = multilevel.fit(y, v, studies, rho=0.5, within=range(8), intervals=False)
    none = multilevel.fit(y, v, studies, rho=0.0, intervals=False)
    assert apart["b"] == pytest.approx(none["b"], rel=1e-9)
    assert apart["sigma2_within"] == pytest.approx(none["sigma2_within"], rel=1e-7)
    assert same["sigma2_within"] > none["sigma2_within"]
    # Equal variances: correlation within a study moves v * rho from one level to the other.
    assert same["sigma2_within"] == pytest.approx(none["sigma2_within"] + 0.5 * 0.04, rel=1e-6)


@pytest.mark.parametrize(
    ("studies", "reason"),
    [
        ("aaaa", "fewer_than_two_studies"),
        ("abcd", "no_study_with_two_effects"),
    ],
)
def test_variances_that_cannot_be_told_apart_have_a_reason(studies, reason):
    fit = multilevel.fit([0.1, 0.5, 0.2, 0.9], [0.1] * 4, list(studies))
    assert fit["reason"] == reason
    assert fit["b"] is None and fit["sigma2_between"] is None


def test_equal_outcomes_give_no_variance_and_finite_numbers():
    fit = multilevel.fit([1.0] * 5, [0.2, 0.1, 0.3, 0.2, 0.5], list("aabbc"))
    assert fit["sigma2_between"] == fit["sigma2_within"] == 0.0
    assert fit["b"] == pytest.approx(1.0)
    assert fit["sigma2_between_ci_low"] == 0.0 and fit["sigma2_between_ci_high"] > 0


def test_the_grid_of_rho_refits_each():
    one = reference()["assink2016"]
    grid = multilevel.rho_grid(one["y"], one["v"], one["study"], [0.0, 0.6])
    assert [row["rho"] for row in grid] == [0.0, 0.6]
    assert grid[0]["b"] == fitted("assink2016", intervals=False)["b"]
    assert grid[1]["robust_ci_low"] == fitted("assink2016", rho=0.6)["robust"]["ci_low"]


@pytest.mark.parametrize(
    "options", [{"rho": 1.0}, {"rho": -0.1}, {"method": "DL"}, {"test": "knha"}, {"dfs": "x"}]
)
def test_options_that_are_not_known_are_refused(options):
    with pytest.raises(EvergroveError):
        multilevel.fit([1, 2, 3], [1, 1, 1], list("aab"), **options)


def test_a_missing_study_is_refused():
    with pytest.raises(EvergroveError, match="cluster"):
        multilevel.fit([1, 2, 3], [1, 1, 1], ["a", "", "b"])


def test_slopes_are_the_derivatives_of_the_height():
    one = reference()["bornmann2007_type"]
    X = np.array(one["X"])
    members = robust.members_of(one["study"], len(X))
    y, v = np.array(one["y"]), np.array(one["v"])
    data = components.Nested.of(y, v, X, members, [0] * len(y), 0.4)
    for restricted in (True, False):
        s = np.array([0.7, 0.4])
        score, observed, _ = components.At(data, *s, restricted=restricted).slopes()
        for i in range(2):
            step = 1e-5 * np.eye(2)[i]
            up, down = (components.At(data, *(s + d), restricted=restricted) for d in (step, -step))
            assert score[i] == pytest.approx((up.height - down.height) / 2e-5, rel=1e-5)
            change = (up.slopes()[0] - down.slopes()[0]) / 2e-5
            np.testing.assert_allclose(-observed[i], change, rtol=1e-5, atol=1e-8)
