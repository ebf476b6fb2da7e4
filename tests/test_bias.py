"""Small-study effects: each method against metafor or its definition, and the block as a whole."""

import json
from pathlib import Path

import numpy as np
import pytest

from evergrove import asymmetry, bias, diagnostics, pooling
from evergrove.errors import EvergroveError
from evergrove.limit_meta import limit_meta
from evergrove.significance import excess_significance, fail_safe

REFERENCE = json.loads((Path(__file__).parent / "reference/bias.json").read_text())
SETS, TABLES = REFERENCE["sets"], REFERENCE["tables"]


def arrays(name):
    return np.array(SETS[name]["yi"]), np.array(SETS[name]["vi"])


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("predictor", ["sei", "vi"])
def test_regressions_equal_metafor(name, predictor):
    y, v = arrays(name)
    x = np.sqrt(v) if predictor == "sei" else v
    models = {"lm": {}, "rma": {"method": "DL", "test": "knha"}}
    for model, options in models.items():
        got, want = asymmetry.regress(y, v, x, **options), SETS[name]["regtest"]
        want = want[f"{model}_{predictor}"]
        assert got["slope"]["stat"] == pytest.approx(want["stat"], rel=1e-7)
        assert got["slope"]["p"] == pytest.approx(want["p"], rel=1e-7)
        assert got["limit"]["estimate"] == pytest.approx(want["limit"], rel=1e-7)


@pytest.mark.parametrize("name", SETS)
def test_fail_safe_numbers_equal_metafor(name):
    got = fail_safe(*arrays(name))
    assert [got[key] for key in ("rosenthal", "orwin", "rosenberg")] == SETS[name]["fsn"]


def test_fail_safe_numbers_of_raudenbush_as_published():
    y, v = arrays("raudenbush1985")
    assert fail_safe(y, v)["rosenthal"] == 26
    assert fail_safe(y, v, target=0.05)["orwin"] == 44


def test_orwin_has_no_number_for_a_target_of_zero():
    assert fail_safe([1.0, 2.0], [1.0, 1.0], target=0)["orwin"] is None


@pytest.mark.parametrize("name", SETS)
def test_excess_significance_equals_metafor(name):
    y, v = arrays(name)
    want = SETS[name]["tes_ee"]
    theta = pooling.fit(y, v, method="EE", test="z")["b"]
    got = excess_significance(y, v, theta=theta)
    assert got["observed"] == want["O"]
    for ours, theirs in (("expected", "E"), ("X2", "X2"), ("p_chi2", "p")):
        assert got[ours] == pytest.approx(want[theirs], rel=1e-6, abs=1e-9)
    want = SETS[name]["tes_re"]
    got = excess_significance(y, v, theta=want["theta"], tau2=want["tau2"])
    # metafor integrates over five standard deviations, to 1e-4.
    assert got["expected"] == pytest.approx(want["E"], rel=1e-3)


def test_exact_excess_significance_is_the_chance_of_so_many_heads():
    y, v = np.array([3.0, 0.1, 2.5]), np.ones(3)
    got = excess_significance(y, v, theta=1.0)
    one = got["expected"] / 3
    assert got["observed"] == 2
    assert got["p"] == pytest.approx(3 * one**2 * (1 - one) + one**3, rel=1e-12)


def test_pet_peese_takes_peese_only_if_pet_finds_an_effect():
    y, v = arrays("made_here")
    found = asymmetry.pet_peese(y, v)
    pet = found["pet"]
    small = pet["p"] / 2 < 0.05 and pet["estimate"] > 0
    assert found["chosen"] == ("peese" if small else "pet")
    strong = asymmetry.pet_peese(y + 10, v)
    assert strong["chosen"] == "peese"
    assert strong["conditional"] == strong["peese"]
    none = asymmetry.pet_peese(
        np.array([0.5, -0.4, 0.1, -0.2, 0.3]), np.array([1, 0.5, 0.1, 2, 0.3])
    )
    assert none["chosen"] == "pet"


def test_harbord_is_eggers_regression_of_petos_outcomes():
    table = TABLES["bcg"]["table"]
    cells = {key: np.array(values, float) for key, values in table.items()}
    n1, n2 = cells["ai"] + cells["bi"], cells["ci"] + cells["di"]
    n, events = n1 + n2, cells["ai"] + cells["ci"]
    V = n1 * n2 * events * (n - events) / (n**2 * (n - 1))
    X = np.column_stack([np.sqrt(V), np.ones(len(V))])
    # Harbord's own form: Z / sqrt(V) on sqrt(V); the bias is the intercept.
    z = (cells["ai"] - n1 * events / n) / np.sqrt(V)
    coefficients, rss, *_ = np.linalg.lstsq(X, z, rcond=None)
    se = np.sqrt(rss[0] / (len(V) - 2) * np.linalg.inv(X.T @ X)[1, 1])
    got = asymmetry.harbord(table)
    assert got["slope"]["estimate"] == pytest.approx(coefficients[1], rel=1e-9)
    assert got["slope"]["stat"] == pytest.approx(coefficients[1] / se, rel=1e-9)
    assert got["n_dropped"] == 0


def test_peters_is_a_weighted_regression_on_one_over_n():
    table = TABLES["bcg"]["table"]
    a, b, c, d = (np.array(table[key], float) for key in ("ai", "bi", "ci", "di"))
    y = np.log(a * d / (b * c))
    root = np.sqrt(1 / (1 / (a + c) + 1 / (b + d)))
    X = np.column_stack([np.ones(len(y)), 1 / (a + b + c + d)]) * root[:, None]
    coefficients, rss, *_ = np.linalg.lstsq(X, y * root, rcond=None)
    se = np.sqrt(rss[0] / (len(y) - 2) * np.linalg.inv(X.T @ X)[1, 1])
    got = asymmetry.peters(table, y)
    assert got["slope"]["estimate"] == pytest.approx(coefficients[1], rel=1e-8)
    assert got["slope"]["stat"] == pytest.approx(coefficients[1] / se, rel=1e-8)


def test_trials_without_events_are_counted_not_lost():
    table = TABLES["with_zeros"]["table"]
    assert asymmetry.harbord(table)["n_dropped"] == 1
    with np.errstate(divide="ignore", invalid="ignore"):
        a, b, c, d = (np.array(table[key], float) for key in ("ai", "bi", "ci", "di"))
        y = np.log(a * d / (b * c))
    assert asymmetry.peters(table, y)["n_dropped"] == 4


def test_a_negative_count_is_refused():
    with pytest.raises(EvergroveError):
        asymmetry.harbord({"ai": [1, -1], "bi": [2, 2], "ci": [1, 1], "di": [3, 3]})


def test_equal_standard_errors_leave_nothing_to_regress_on():
    found = asymmetry.regress(np.array([1.0, 2.0, 3.0]), np.ones(3), np.ones(3))
    assert found["reason"] == "predictor_is_constant"


# ---- limit meta-analysis ----


def test_limit_meta_analysis_by_its_definition():
    y, v = arrays("hackshaw1998")
    tau2 = pooling.fit(y, v, method="REML")["tau2"]
    s = np.sqrt(v + tau2)
    slope, intercept = np.polyfit(1 / s, y / s, 1)
    got = limit_meta(y, v)
    assert got["estimate"] == pytest.approx(slope + np.sqrt(tau2) * intercept, rel=1e-8)
    x = 1 / np.sqrt(v)
    assert got["se"] == pytest.approx(1 / np.sqrt(np.sum((x - x.mean()) ** 2)), rel=1e-9)
    Q = pooling.fit(y, v)["Q"]
    assert got["Q_small"] + got["Q_residual"] == pytest.approx(Q, rel=1e-9)


def test_limit_meta_analysis_without_heterogeneity_is_the_radial_slope():
    v = np.array([0.04, 0.1, 0.2, 0.4, 0.8])
    y = 0.3 + 0.5 * np.sqrt(v)
    got = limit_meta(y, v, method="EE")
    assert got["tau2"] == 0
    assert got["estimate"] == pytest.approx(0.3, rel=1e-9)
    assert got["intercept"] == pytest.approx(0.5, rel=1e-9)


# ---- the block ----


def block(name, **options):
    return bias.small_study(*arrays(name), **{"measure": "GEN", **options})


def by_id(found):
    return {row["id"]: row for row in found["methods"]}


@pytest.mark.parametrize("measure", ["GEN", "OR", "SMD", "MC", "PLO", "ROM"])
def test_every_missing_result_says_why(measure):
    for row in block("bcg_log_or", measure=measure)["methods"]:
        if row["estimate"] is None and row["p"] is None:
            assert row["reason"], row["id"]
        else:
            assert row["reason"] is None, row["id"]
        for key in bias.KEYS:
            assert row[key] is None or np.isfinite(row[key])


def test_few_studies_are_warned_of():
    y, v = arrays("bcg_log_or")
    few, enough = (bias.small_study(y[:k], v[:k], measure="GEN") for k in (9, 10))
    assert "fewer than 10" in few["warning"]
    assert "no evidence for or against" in few["agreement"]
    assert enough["warning"] is None
    assert "no evidence" not in enough["agreement"]


def test_standardised_differences_are_not_regressed_on_their_standard_error():
    rows = by_id(block("raudenbush1985", measure="SMD", n=list(range(20, 39))))
    for name in ("egger_weighted", "egger_mixed", "pet", "peese", "pet_peese", "limit"):
        assert rows[name]["reason"] == "se_contains_the_effect"
    assert rows["size"]["p"] is not None
    assert rows["pet_size"]["estimate"] is not None


def test_means_on_a_scale_are_regressed_with_a_warning():
    rows = by_id(block("raudenbush1985", measure="MC"))
    assert "scale with ends" in rows["egger_weighted"]["note"]
    assert rows["size"]["reason"] == "numbers_of_people_missing"
    assert rows["pet"]["estimate"] is not None


def test_zero_is_no_hypothesis_for_a_proportion():
    rows = by_id(block("raudenbush1985", measure="PFT"))
    for name in ("selection_3psm", "p_uniform", "excess_significance", "fail_safe_rosenthal"):
        assert rows[name]["reason"] == "zero_is_no_hypothesis"


def test_an_odds_ratio_with_its_tables_gets_harbord_and_peters():
    table = TABLES["bcg"]["table"]
    rows = by_id(block("bcg_log_or", measure="OR", table=table))
    assert rows["harbord"]["p"] == asymmetry.harbord(table)["slope"]["p"]
    y = np.array(SETS["bcg_log_or"]["yi"])
    assert rows["peters"]["p"] == asymmetry.peters(table, y)["slope"]["p"]


def test_the_rows_are_those_of_the_methods():
    y, v = arrays("hackshaw1998")
    rows = by_id(block("hackshaw1998"))
    mixed = diagnostics.egger(y, v)
    assert rows["egger_mixed"]["p"] == pytest.approx(mixed["p"])
    assert rows["egger_weighted"]["p"] == pytest.approx(mixed["lm"]["p"])
    assert rows["begg"]["p"] == diagnostics.begg(y, v)["p"]
    assert rows["trim_and_fill"]["estimate"] == diagnostics.trim_and_fill(y, v)["b"]
    assert rows["limit"]["estimate"] == limit_meta(y, v)["estimate"]


def test_the_sentence_counts_what_the_table_shows():
    found = block("made_here")
    rows = by_id(found)
    done = [rows[name] for name in bias.TESTS if rows[name]["p"] is not None]
    small = [row for row in done if row["p"] < 0.1]
    text = found["agreement"].replace("\u00a0", " ")
    assert text.startswith(f"{len(small)} of {len(done)} tests for asymmetry")
    for row in small:
        assert row["name"] in text
    adjusted = [rows[name] for name in bias.ADJUSTED if rows[name]["estimate"] is not None]
    assert f"{len(adjusted)} adjusted estimates run from" in text


def test_an_adjusted_estimate_beyond_zero_is_named():
    y, v = arrays("made_here")
    # The most precise studies on the other side of zero.
    turned = np.where(v < 0.02, -0.1, y)
    found = bias.small_study(turned, v, measure="GEN")
    rows = by_id(found)
    beyond = [
        rows[name]["name"]
        for name in bias.ADJUSTED
        if rows[name]["estimate"] is not None and rows[name]["estimate"] * found["pooled"]["b"] < 0
    ]
    assert beyond
    assert all(name in found["agreement"] for name in beyond)
    assert "not on the same side of 0" in found["agreement"]


def test_one_study_gets_a_block_without_an_adjusted_estimate():
    y, v = arrays("made_here")
    found = bias.small_study(y[:1], v[:1], measure="GEN")
    assert "No test for asymmetry" in found["agreement"]
    assert "No adjusted estimate" in found["agreement"]


def test_two_studies_have_no_regression():
    y, v = arrays("made_here")
    rows = by_id(bias.small_study(y[:2], v[:2], measure="GEN"))
    for name in ("egger_weighted", "egger_mixed", "pet_peese", "limit", "p_uniform"):
        assert rows[name]["reason"] == "fewer_than_three_studies"
    assert rows["selection_3psm"]["reason"]


def test_dependent_results_are_warned_of():
    assert any("dependence" in text for text in block("made_here", dependent=True)["warnings"])
