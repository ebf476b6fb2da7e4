"""Rare events: against metafor, against published figures, and by brute force."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from evergrove.errors import EvergroveError
from evergrove.event_models import glmm_odds_ratio, glmm_proportion
from evergrove.proportions import (
    beta_binomial,
    complications,
    double_arcsine_back,
    exact_interval,
    proportion,
)
from evergrove.rare_events import mantel_haenszel, peto, silent_studies

TABLES = json.loads((Path(__file__).parent / "reference/bias.json").read_text())["tables"]
# Niël-Weise et al. 2007: catheter-related bloodstream infections, treated and control.
NIEL_WEISE = {
    "ai": [0, 1, 2, 0, 5, 1, 1, 1, 1, 1, 0, 0, 3, 6, 0, 0, 1, 4],
    "n1i": [116, 44, 208, 130, 151, 98, 174, 74, 97, 113, 66, 70, 188, 187, 118, 252, 345, 64],
    "ci": [3, 3, 9, 7, 6, 4, 3, 2, 19, 2, 7, 1, 5, 11, 0, 1, 3, 1],
    "n2i": [117, 35, 195, 136, 157, 139, 177, 39, 103, 122, 64, 58, 175, 180, 105, 262, 362, 69],
}


# ---- Mantel-Haenszel and Peto ----


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_mantel_haenszel_equals_metafor(name, measure):
    got = mantel_haenszel(TABLES[name]["table"], measure)
    want = TABLES[name][measure]
    assert got["estimate"] == pytest.approx(want["b"], rel=1e-10)
    assert got["se"] == pytest.approx(want["se"], rel=1e-10)
    if measure == "OR":
        for ours, theirs in (
            ("CMH", "MH"),
            ("CMH_p", "MHp"),
            ("tarone", "TA"),
            ("tarone_p", "TAp"),
        ):
            assert got[ours] == pytest.approx(want[theirs], rel=1e-8)


@pytest.mark.parametrize("name", TABLES)
def test_peto_equals_metafor(name):
    got, want = peto(TABLES[name]["table"]), TABLES[name]["PETO"]
    for ours, theirs in (("estimate", "b"), ("se", "se"), ("Q", "Q"), ("Q_p", "Q_p")):
        assert got[ours] == pytest.approx(want[theirs], rel=1e-9)


def test_yusuf_table_6_as_published():
    """Peto's odds ratio .9332 [.7385, 1.1792] (Yusuf 1985, short-term trials)."""
    got = peto(TABLES["yusuf_6"]["table"])
    assert np.exp([got["estimate"], got["ci_low"], got["ci_high"]]) == pytest.approx(
        [0.9332, 0.7385, 1.1792], abs=6e-5
    )


def test_trials_without_events_are_named():
    table = TABLES["with_zeros"]["table"]
    assert silent_studies(table) == {"no_events": [2], "only_events": []}
    got = mantel_haenszel(table)
    assert (got["k"], got["k_used"]) == (6, 5)
    # On a risk difference they do hold information.
    assert mantel_haenszel(table, "RD")["k_used"] == 6


def test_a_trial_without_events_does_not_move_a_ratio():
    table = {key: list(values) for key, values in TABLES["bcg"]["table"].items()}
    more = {key: [*values, 0 if key in ("ai", "ci") else 50] for key, values in table.items()}
    for measure in ("OR", "RR"):
        one, two = mantel_haenszel(table, measure), mantel_haenszel(more, measure)
        assert two["estimate"] == pytest.approx(one["estimate"], rel=1e-13)
        assert two["se"] == pytest.approx(one["se"], rel=1e-13)
    assert peto(more)["estimate"] == pytest.approx(peto(table)["estimate"], rel=1e-13)


@pytest.mark.parametrize(
    ("ai", "ci", "reason"), [([0, 0], [0, 0], "no_events"), ([0, 0], [1, 2], "no_finite_ratio")]
)
def test_where_no_ratio_exists_the_reason_is_given(ai, ci, reason):
    table = {"ai": ai, "bi": [10, 10], "ci": ci, "di": [10, 10]}
    for measure in ("OR", "RR"):
        got = mantel_haenszel(table, measure)
        assert (got["estimate"], got["reason"]) == (None, reason)


def test_peto_warns_of_unequal_groups_and_large_effects():
    table = {"ai": [1, 2], "bi": [9, 8], "ci": [30, 45], "di": [70, 55]}
    assert len(peto(table)["warnings"]) == 2
    assert "1 of 18" in peto(TABLES["yusuf_6"]["table"])["warnings"][0]
    even = {"ai": [1, 2], "bi": [99, 98], "ci": [2, 3], "di": [98, 97]}
    assert peto(even)["warnings"] == []


@pytest.mark.parametrize(
    "bad", [{"ai": [-1]}, {"ai": [None]}, {"ai": [0], "bi": [0]}, {"ai": [1, 2]}]
)
def test_counts_that_cannot_be_are_refused(bad):
    with pytest.raises(EvergroveError):
        mantel_haenszel({"ai": [1], "bi": [5], "ci": [1], "di": [5]} | bad)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*[st.integers(1, 60)] * 4), min_size=1, max_size=6))
def test_exchanging_the_groups_turns_the_sign(rows):
    a, b, c, d = (list(column) for column in zip(*rows, strict=True))
    one = {"ai": a, "bi": b, "ci": c, "di": d}
    other = {"ai": c, "bi": d, "ci": a, "di": b}
    for measure in ("OR", "RR", "RD"):
        first, second = mantel_haenszel(one, measure), mantel_haenszel(other, measure)
        assert second["estimate"] == pytest.approx(-first["estimate"], abs=1e-12)
        assert second["se"] == pytest.approx(first["se"], rel=1e-9)


# ---- binomial-normal models ----


def brute_force(x, n, mu, tau):
    """The log-likelihood of the binomial-normal model on a fine grid of true logits."""
    z = np.linspace(-12, 12, 24001)
    weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    eta = mu + tau * z
    total = 0.0
    for events, people in zip(x, n, strict=True):
        choose = (
            math.lgamma(people + 1) - math.lgamma(events + 1) - math.lgamma(people - events + 1)
        )
        logs = choose + events * eta - people * np.logaddexp(0, eta)
        total += math.log(np.sum(weight * np.exp(logs)))
    return total


def test_stijnen_2010_control_and_treated_groups():
    """-3.4964 (.2570), tau2 .8124 and -4.8121 (.3555), tau2 .8265, with 7 nodes."""
    control = glmm_proportion(NIEL_WEISE["ci"], NIEL_WEISE["n2i"])
    assert control["estimate"] == pytest.approx(-3.4964, abs=2e-4)
    assert control["se"] == pytest.approx(0.2570, abs=2e-4)
    assert control["tau2"] == pytest.approx(0.8124, abs=5e-4)
    treated = glmm_proportion(NIEL_WEISE["ai"], NIEL_WEISE["n1i"])
    assert treated["estimate"] == pytest.approx(-4.8121, abs=5e-4)
    assert treated["se"] == pytest.approx(0.3555, abs=5e-4)
    assert treated["tau2"] == pytest.approx(0.8265, abs=2e-3)


def test_the_proportion_model_is_at_the_top_of_the_likelihood():
    x, n = NIEL_WEISE["ci"], NIEL_WEISE["n2i"]
    got = glmm_proportion(x, n)
    mu, tau = got["estimate"], math.sqrt(got["tau2"])
    top = brute_force(x, n, mu, tau)
    assert got["log_likelihood"] == pytest.approx(top, abs=1e-8)
    for step in (-0.01, 0.01):
        assert brute_force(x, n, mu + step, tau) < top
        assert brute_force(x, n, mu, tau + step) < top
    h = 1e-3
    H = np.array(
        [
            [
                brute_force(x, n, mu + i * h, tau + j * h)
                for j in (-1, 0, 1)
            ]
            for i in (-1, 0, 1)
        ]
    )  # fmt: skip
    mm, tt = (H[2, 1] - 2 * H[1, 1] + H[0, 1]), (H[1, 2] - 2 * H[1, 1] + H[1, 0])
    mt = (H[2, 2] - H[2, 0] - H[0, 2] + H[0, 0]) / 4
    information = -np.array([[mm, mt], [mt, tt]]) / h**2
    assert got["se"] == pytest.approx(np.sqrt(np.linalg.inv(information)[0, 0]), rel=1e-4)


def test_equal_proportions_give_the_binomial_model():
    got = glmm_proportion([2, 4, 6], [20, 40, 60])
    assert got["tau2"] == 0
    assert got["proportion"] == pytest.approx(0.1, rel=1e-9)
    assert got["se"] == pytest.approx(1 / math.sqrt(120 * 0.1 * 0.9), rel=1e-5)
    assert (got["LR"], got["LR_p"]) == (0, 1)


@pytest.mark.parametrize(("x", "reason"), [([0, 0], "no_events"), ([5, 7], "only_events")])
def test_no_event_or_nothing_else_has_no_finite_logit(x, reason):
    for model in (glmm_proportion, beta_binomial):
        got = model(x, [5, 7])
        assert (got["estimate"], got["proportion"], got["reason"]) == (None, None, reason)


def test_exchanging_events_and_others_turns_the_logit():
    x, n = np.array(NIEL_WEISE["ci"]), np.array(NIEL_WEISE["n2i"])
    one, other = glmm_proportion(x, n), glmm_proportion(n - x, n)
    assert other["estimate"] == pytest.approx(-one["estimate"], abs=1e-8)
    assert other["tau2"] == pytest.approx(one["tau2"], rel=1e-6)


def two_groups():
    a, c = np.array(NIEL_WEISE["ai"]), np.array(NIEL_WEISE["ci"])
    return {"ai": a, "bi": np.array(NIEL_WEISE["n1i"]) - a,
            "ci": c, "di": np.array(NIEL_WEISE["n2i"]) - c}  # fmt: skip


def test_exact_conditional_model_by_brute_force():
    table = {"ai": [1, 0, 4, 2, 7], "bi": [20, 30, 25, 18, 40],
             "ci": [3, 2, 4, 5, 3], "di": [19, 31, 22, 17, 44]}  # fmt: skip
    got = glmm_odds_ratio(table, model="CM.EL")
    z = np.linspace(-10, 10, 4001)
    weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])

    def height(mu, tau):
        total = 0.0
        for a, b, c, d in zip(*table.values(), strict=True):
            n1, n2, events = a + b, c + d, a + c
            theta = mu + tau * z
            terms = {
                j: math.comb(n1, j) * math.comb(n2, events - j) * np.exp(j * theta)
                for j in range(max(0, events - n2), min(n1, events) + 1)
            }
            total += math.log(np.sum(weight * terms[a] / sum(terms.values())))
        return total

    tau = math.sqrt(got["tau2"])
    top = height(got["estimate"], tau)
    assert got["log_likelihood"] == pytest.approx(top, abs=1e-8)
    for step in (-0.02, 0.02):
        assert height(got["estimate"] + step, tau) < top
        assert height(got["estimate"], abs(tau + step)) <= top + 1e-9


def test_the_approximate_conditional_model_nears_the_exact_one_for_rare_events():
    table = two_groups()
    exact, near = (glmm_odds_ratio(table, model=model) for model in ("CM.EL", "CM.AL"))
    assert near["estimate"] == pytest.approx(exact["estimate"], abs=0.1)
    rarer = {**table, "bi": table["bi"] * 1000, "di": table["di"] * 1000}
    exact, near = (glmm_odds_ratio(rarer, model=model) for model in ("CM.EL", "CM.AL"))
    assert near["estimate"] == pytest.approx(exact["estimate"], rel=1e-3)


def test_fixed_baselines_model_is_at_the_top_of_its_likelihood():
    table = {"ai": [1, 6, 4], "bi": [20, 30, 25], "ci": [5, 8, 9], "di": [19, 31, 22]}
    got = glmm_odds_ratio(table, model="UM.FS")
    z = np.linspace(-8, 8, 801)
    weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    bases = np.linspace(-3, 0, 1501)

    def height(mu, tau):
        total = 0.0
        for a, b, c, d in zip(*table.values(), strict=True):
            constant = math.log(math.comb(a + b, a)) + math.log(math.comb(c + d, c))
            eta = (mu + tau * z[:, None]) / 2
            logs = (
                a * (bases + eta) - (a + b) * np.logaddexp(0, bases + eta)
                + c * (bases - eta) - (c + d) * np.logaddexp(0, bases - eta)
            )  # fmt: skip
            total += constant + np.log(weight @ np.exp(logs)).max()
        return total

    tau = math.sqrt(got["tau2"])
    top = height(got["estimate"], tau)
    assert got["log_likelihood"] == pytest.approx(top, abs=1e-5)
    for step in (-0.05, 0.05):
        assert height(got["estimate"] + step, tau) < top


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL"])
def test_silent_trials_are_listed_and_change_nothing(model):
    table = {"ai": [1, 6, 4], "bi": [20, 30, 25], "ci": [5, 8, 9], "di": [19, 31, 22]}
    more = {key: [*v, 0 if key in ("ai", "ci") else 9] for key, v in table.items()}
    one, two = glmm_odds_ratio(table, model=model), glmm_odds_ratio(more, model=model)
    assert two["silent"]["no_events"] == [3]
    assert (two["k"], two["k_used"]) == (4, 3)
    assert two["estimate"] == pytest.approx(one["estimate"], abs=1e-9)


def test_an_odds_ratio_that_is_infinite_is_not_estimated():
    table = {"ai": [0, 0], "bi": [20, 30], "ci": [5, 8], "di": [19, 31]}
    assert glmm_odds_ratio(table)["reason"] == "no_finite_ratio"


# ---- proportions ----


def test_exact_interval_of_no_event_is_the_rule_of_three():
    low, high = exact_interval(0, 243)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 243), rel=1e-12)
    assert exact_interval(0, 243, level=90)[1] == pytest.approx(3 / 243, rel=0.01)


def test_exact_interval_leaves_half_the_error_in_each_tail():
    low, high = exact_interval(4, 25)
    assert special.bdtrc(3, 25, low) == pytest.approx(0.025, rel=1e-9)
    assert special.bdtr(4, 25, high) == pytest.approx(0.025, rel=1e-9)


def test_beta_binomial_by_its_definition():
    x, n = np.array([0, 3, 9, 1, 6]), np.array([12, 20, 25, 30, 18])
    got = beta_binomial(x, n)

    def height(mean, rho):
        size = (1 - rho) / rho
        a, b = mean * size, (1 - mean) * size
        choose = [math.log(math.comb(int(m), int(e))) for e, m in zip(x, n, strict=True)]
        return sum(choose) + np.sum(special.betaln(x + a, n - x + b) - special.betaln(a, b))

    top = height(got["proportion"], got["rho"])
    assert got["log_likelihood"] == pytest.approx(top, abs=1e-9)
    for step in (-0.005, 0.005):
        assert height(got["proportion"] + step, got["rho"]) < top
        assert height(got["proportion"], got["rho"] + step) < top
    assert got["proportion_low"] < got["proportion"] < got["proportion_high"]


def test_beta_binomial_without_extra_spread_is_binomial():
    got = beta_binomial([2, 4, 6], [20, 40, 60])
    assert got["rho"] == 0
    assert got["se"] == pytest.approx(1 / math.sqrt(120 * 0.1 * 0.9), rel=1e-12)


def test_no_complication_at_all_leaves_only_an_upper_limit():
    got = proportion([0, 0, 0], [243, 53, 12], labels=["a", "b", "c"])
    assert (got["events"], got["people"], got["k_without_events"]) == (0, 308, 3)
    assert got["crude"]["ci_high"] == pytest.approx(1 - 0.025 ** (1 / 308))
    assert got["glmm"]["reason"] == got["beta_binomial"]["reason"] == "no_events"
    assert "not evidence that the risk is 0" in got["warnings"][0]


def rows(*cells):
    return [{"report": r, "n_total": n, "major": m} for r, n, m in cells]


def test_complications_not_reported_are_not_counted_as_none():
    got = complications(
        rows(("a", "20", "1"), ("b", "30", ""), ("c", "", "0"), ("d", "40", "0"), ("e", "9", "2")),
        "major",
        exclude=["e"],
    )
    assert (got["events"], got["people"]) == (1, 60)
    assert got["not_reported"] == ["b"]
    assert got["without_people"] == ["c"]
    assert got["excluded"] == ["e"]
    assert [group["label"] for group in got["groups"]] == ["a", "d"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ([("a", "20 (12 treated)", "1")], "major"),
        ([("a", "20", "some")], "major"),
        ([("a", "20", "")], "major"),
        ([("a", "20", "1")], "minor"),
        ([("a", "20", "21")], "major"),
    ],
)
def test_complications_that_cannot_be_read_are_refused(cells, column):
    with pytest.raises(EvergroveError):
        complications(rows(*cells), column)


# ---- double arcsine ----


def test_miller_1978_back_transformation():
    """Sizes 11, 17, 21, 6 with 3, 6, 10, 1 events: .3164 (unweighted mean of the values)."""
    x, n = np.array([3, 6, 10, 1]), np.array([11, 17, 21, 6])
    t = (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))) / 2
    got = double_arcsine_back(t.mean(), t.min(), t.max(), n)
    assert got["proportion"] == pytest.approx(0.3164, abs=6e-5)
    weighted = np.sum(t * (n + 0.5)) / np.sum(n + 0.5)
    assert double_arcsine_back(weighted, 0.1, 1, n)["proportion"] == pytest.approx(0.3595, abs=6e-5)


@given(st.integers(0, 50), st.integers(1, 50))
def test_double_arcsine_of_one_study_comes_back(x, more):
    n = x + more
    t = (math.asin(math.sqrt(x / (n + 1))) + math.asin(math.sqrt((x + 1) / (n + 1)))) / 2
    assert double_arcsine_back(t, t, t, [n])["proportion"] == pytest.approx(x / n, abs=1e-7)


def test_double_arcsine_always_warns_and_more_so_for_unequal_sizes():
    assert len(double_arcsine_back(0.5, 0.4, 0.6, [50, 60])["warnings"]) == 1
    warnings = double_arcsine_back(0.01, 0.0, 0.6, [10, 1000])["warnings"]
    assert len(warnings) == 3
    assert double_arcsine_back(0.01, 0.0, 0.6, [10, 1000])["proportion"] == 0
