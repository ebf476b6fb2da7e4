"""The other engines: they agree where they can, and a disagreement stops the run."""

import copy

import numpy as np
import pytest

from evergrove import cross_check, pool, pooling, robust
from evergrove.errors import EvergroveError
from tests.effects_sample import effects, effects_by_r, protocol


@pytest.fixture(scope="module")
def document():
    rows = effects()
    return pool.pool(rows, effects_by_r(rows, [0.0, 0.5, 0.9]), protocol()).syntheses


@pytest.fixture(scope="module")
def engines(document):
    return cross_check.cross_check(document)


def synthesis(name, y, v, **options):
    fit = pooling.fit(y, v, **options)
    clusters = [f"s{i}" for i in range(len(y))]
    rows = [{"yi": a, "vi": b, "study": c} for a, b, c in zip(y, v, clusters, strict=True)]
    found = robust.cluster_robust(y, v, clusters, fit["tau2"])
    return {"id": name, "k": len(y), "fit": fit, "robust": found, "studies": rows}


def test_both_engines_agree_on_every_synthesis(engines, document):
    refitted = {item["id"] for item in document["syntheses"] if item["k"] >= 2}
    for engine in ("PyMARE", "statsmodels"):
        assert {c["synthesis"] for c in engines["checks"] if c["engine"] == engine} >= refitted
    assert engines["max_relative_difference"] <= engines["tolerance"] == 1e-6
    assert engines["worst"] in engines["checks"]
    assert [engine["name"] for engine in engines["engines"]] == ["PyMARE", "statsmodels"]


def test_the_main_quantities_are_compared(engines):
    primary = {c["quantity"] for c in engines["checks"] if c["synthesis"] == "primary"}
    assert primary >= {
        "tau2", "b", "se", "ci_low", "ci_high", "log p", "tau2_ci_low", "tau2_ci_high", "Q",
        "log Q_p", "EE b", "PM tau2", "PM ci_low",
    }  # fmt: skip


def test_subgroup_tests_are_compared(engines):
    found = {c["quantity"] for c in engines["checks"] if c["synthesis"] == "by-age"}
    assert found == {"Q_between", "log p of Q_between"}


def test_what_cannot_be_compared_is_said_with_its_reason(engines):
    reasons = {item["quantity"]: item["reason"] for item in engines["not_checked"]}
    assert "pi_low, pi_high" in reasons
    # birch2015 has two cohorts, so that PyMARE's CR2 is not the same one.
    assert any(quantity.startswith("robust (primary") for quantity in reasons)
    assert any("never" in quantity for quantity in reasons)


@pytest.mark.parametrize(
    ("key", "factor"), [("b", 1 + 1e-5), ("tau2", 1 + 1e-5), ("se", 0.999), ("Q", 1.001)]
)
def test_a_wrong_number_stops_the_run_and_is_named(document, key, factor):
    spoiled = copy.deepcopy(document)
    fit = spoiled["syntheses"][0]["fit"]
    fit[key] *= factor
    with pytest.raises(EvergroveError) as caught:
        cross_check.cross_check(spoiled)
    message = str(caught.value)
    assert f"primary, {key}" in message
    assert repr(fit[key]) in message


def test_an_interval_at_another_level_is_caught(document):
    spoiled = copy.deepcopy(document)
    spoiled["syntheses"][0]["fit"]["level"] = 90
    with pytest.raises(EvergroveError, match="primary"):
        cross_check.cross_check(spoiled)


@pytest.mark.parametrize("method", pooling.METHODS)
@pytest.mark.parametrize("test", pooling.TESTS)
def test_every_method_and_test_is_compared_with_what_exists(method, test):
    y, v = [0.3, 0.9, -0.1, 0.6, 0.2, 1.4], [0.05, 0.11, 0.04, 0.2, 0.09, 0.15]
    item = synthesis("one", y, v, method=method, test=test)
    found = cross_check.cross_check({"syntheses": [item], "subgroups": []})
    quantities = {check["quantity"] for check in found["checks"]}
    assert {"b", "se", "Q"} <= quantities
    compared = method in ("DL", "HE", "ML", "REML", "PM", "EB")
    assert bool({"tau2", "PM tau2"} & quantities)
    if not compared and method != "EE":
        assert any("tau2 (one)" in item["quantity"] for item in found["not_checked"])


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_the_unit_of_the_outcome_does_not_matter(scale):
    rng = np.random.default_rng(5)
    items = []
    for i in range(8):
        k = int(rng.integers(2, 15))
        v = np.exp(rng.normal(-2, 1, k))
        y = rng.normal(2, np.sqrt(v + rng.choice([0.0, 0.3])))
        items.append(synthesis(f"s{i}", (y * scale).tolist(), (v * scale**2).tolist()))
    found = cross_check.cross_check({"syntheses": items, "subgroups": []})
    assert found["max_relative_difference"] < 1e-6


def test_a_paule_mandel_estimate_that_statsmodels_resets_to_zero_is_asked_for_again():
    """Ten of many data sets on which a small `atol` makes statsmodels return 0 for tau2 > 0."""
    from statsmodels.stats.meta_analysis import combine_effects

    rng = np.random.default_rng(11)
    items, resets = [], 0
    for i in range(60):
        v = np.exp(rng.normal(-2, 1, 12))
        y = rng.normal(0, np.sqrt(v + 0.4))
        found = combine_effects(y - y.mean(), v, method_re="pm", atol=1e-12)
        if found.tau2 == 0 and pooling.fit(y, v, method="PM")["tau2"] > 0:
            resets += 1
            items.append(synthesis(f"s{i}", y.tolist(), v.tolist(), method="PM"))
    assert resets > 0
    result = cross_check.cross_check({"syntheses": items, "subgroups": []})
    checked = [c for c in result["checks"] if c["quantity"] == "PM tau2"]
    assert len(checked) == resets


def test_a_review_without_anything_to_refit_passes():
    found = cross_check.cross_check(pool.pool([], [], protocol()).syntheses)
    assert (found["worst"], found["checks"]) == (None, [])
    assert cross_check.summary(found) == "nothing to refit"


def test_the_summary_names_the_largest_difference(engines):
    line = cross_check.summary(engines)
    assert line.startswith(f"{len(engines['checks'])} numbers refitted")
    assert engines["worst"]["quantity"] in line
