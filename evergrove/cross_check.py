"""Stage cross_check: every synthesis refitted by PyMARE and statsmodels, in every run.

The only module that knows the two. What is printed is the difference from what the engine gave;
above `TOLERANCE` the run stops. Each call is one that agrees with metafor (the documentation of
the engines lists where others do not):

- PyMARE (>= 0.0.13): DL, HE, ML and REML with Knapp-Hartung or Wald tests named explicitly
  (Knapp-Hartung is its default), a tighter `xtol` than its 1e-6, which leaves up to 1e-5 of tau2;
  Q and its p value; the Q-profile interval. Not its I2 (from Q), nor its z (a normal deviate).
- statsmodels: equal effects, Q, and Paule-Mandel with Hartung-Knapp-Sidik-Jonkman intervals, on
  centred outcomes (its Q is a difference of squares). Its Newton iteration for Paule-Mandel
  resets tau2 to 0 when rounding takes the last step below 0, so that a positive tau2 (Q > k - 1)
  that comes back as 0 is asked for again with a wider `atol`. Not its DL, which may be negative.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any, NamedTuple

import numpy as np

from evergrove import pooling
from evergrove.errors import EvergroveError

TOLERANCE = 1e-6
PYMARE, STATSMODELS = "PyMARE", "statsmodels"
DISTRIBUTIONS = {PYMARE: "PyMARE", STATSMODELS: "statsmodels"}
CORRECTIONS = {"z": "wald", "knha": "knapp-hartung", "adhoc": "knapp-hartung-conservative"}
ATOL = (1e-10, 1e-8, 1e-6, 1e-5)
# Nobody else computes these: (quantity, reason).
NEVER = (
    ("pi_low, pi_high", "Neither engine has prediction intervals; b, se and tau2 are checked."),
    ("I2, H2", "PyMARE computes both from Q, not from tau2; tau2 and Q are checked."),
    ("se_tau2", "Neither engine has it."),
    (
        "dependence, all_times",
        "Neither engine has a model of two variances with known sampling variances; the tests hold "
        "it against metafor.",
    ),
    (
        "complications: glmm, beta_binomial",
        "Neither engine has these models by maximum likelihood; the tests hold the first against "
        "metafor. Exact limits and the double arcsine model are checked.",
    ),
    ("correlation_grid", "Its effects are not part of syntheses.json; the same code pools them."),
)


class Value(NamedTuple):
    """One number of an engine beside ours; `scale` is the least a difference is set against."""

    engine: str
    call: str
    quantity: str
    ours: float | None
    theirs: float
    scale: float


def cross_check(document: Mapping[str, Any]) -> dict[str, Any]:
    """Refit all syntheses of syntheses.json and their subgroup tests; the content of engines.json.

    A relative difference is ``|ours - theirs| / max(|ours|, scale)``: the scale is the standard
    error for an estimate and its interval, the median sampling variance for tau2 and its interval
    (near 0 nothing else is meant by "equal"), 1 for the logarithm of a p value, else 0.

    Raises EvergroveError if any difference exceeds 1e-6, naming synthesis, quantity, both values.
    """
    checks: list[dict[str, Any]] = []
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Few studies, few clusters: the engines warn, and ours are in syntheses.json already.
        warnings.simplefilter("ignore")
        for item in document["syntheses"]:
            if item["k"] < 2:
                missed["all", "Fewer than two studies: nothing to refit."].append(item["id"])
                continue
            for engine in (_pymare, _pymare_robust, _statsmodels):
                _collect(item["id"], engine(item), checks, missed)
        for event in (document.get("complications") or {}).get("events", []):
            _collect(event["event"], _exact_limits(event), checks, missed)
            if event["double_arcsine"]["fit"] is not None:
                for engine in (_pymare, _statsmodels):
                    _collect(event["event"], engine(event["double_arcsine"]), checks, missed)
        for group in document["subgroups"]:
            _collect(group["id"], _pymare_subgroups(group, document), checks, missed)
    not_checked = [{"quantity": quantity, "reason": reason} for quantity, reason in NEVER]
    for (quantity, reason), names in missed.items():
        not_checked.append({"quantity": f"{quantity} ({', '.join(names)})", "reason": reason})
    worst = max(checks, key=lambda check: check["relative_difference"], default=None)
    if worst is not None and not worst["relative_difference"] <= TOLERANCE:
        raise EvergroveError(
            f"{worst['engine']} disagrees by {worst['relative_difference']:.1e}, "
            f"more than {TOLERANCE:.0e}",
            file="syntheses.json",
            place=f"{worst['synthesis']}, {worst['quantity']}",
            value=f"ours {worst['ours']!r}, {worst['call']} {worst['theirs']!r}",
            remedy="One of the two is wrong. Report it with the data; do not publish this number.",
        )
    return {
        "tolerance": TOLERANCE,
        "max_relative_difference": None if worst is None else worst["relative_difference"],
        "worst": worst,
        "engines": [
            {"name": name, "version": metadata.version(distribution)}
            for name, distribution in DISTRIBUTIONS.items()
        ],
        "checks": checks,
        "not_checked": not_checked,
    }


def summary(result: Mapping[str, Any]) -> str:
    """One line: how many numbers were compared, and the largest difference."""
    if result["worst"] is None:
        return "nothing to refit"
    worst = result["worst"]
    return (
        f"{len(result['checks'])} numbers refitted by PyMARE and statsmodels, largest relative "
        f"difference {worst['relative_difference']:.1e} ({worst['synthesis']}, {worst['quantity']})"
    )


def _collect(
    name: str,
    values: Iterator[Value | tuple[str, str]],
    checks: list[dict[str, Any]],
    missed: dict[tuple[str, str], list[str]],
) -> None:
    """Turn an engine's values into checks; what it cannot do, or fails at, into reasons."""
    for value in values:
        if not isinstance(value, Value):
            missed[value].append(name)
        elif value.ours is None:
            continue
        elif not np.isfinite(value.theirs):
            reason = f"{value.engine} returned no number from {value.call}."
            missed[value.quantity, reason].append(name)
        else:
            size = max(abs(value.ours), value.scale)
            away = abs(value.ours - value.theirs)
            checks.append(
                {
                    "synthesis": name,
                    "engine": value.engine,
                    "call": value.call,
                    "quantity": value.quantity,
                    "ours": value.ours,
                    "theirs": value.theirs,
                    "relative_difference": away / size if away else 0.0,
                }
            )


def _data(item: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, float]:
    """Outcomes, variances and the unit that the engines get them in, a power of two.

    PyMARE's Q-profile and searches stop on absolute steps, so that outcomes of about 1e-4 would
    lose digits. Multiplying by a power of two changes no digit.
    """
    y = np.array([row["yi"] for row in item["studies"]], float)
    v = np.array([row["vi"] for row in item["studies"]], float)
    return y, v, float(np.exp2(np.rint(np.log2(np.median(v)) / 2)))


def _first(values: Any) -> float:
    return float(np.ravel(values)[0])


def _pymare(item: Mapping[str, Any]) -> Iterator[Value | tuple[str, str]]:
    from pymare import Dataset
    from pymare import estimators as engine

    y, v, unit = _data(item)
    fit, middle = item["fit"], float(np.median(v))
    correction = CORRECTIONS.get(fit["test"], "wald")
    makers = {
        "DL": engine.DerSimonianLaird,
        "HE": engine.Hedges,
        "ML": lambda **kw: engine.VarianceBasedLikelihoodEstimator(method="ML", xtol=1e-12, **kw),
        "REML": lambda **kw: engine.VarianceBasedLikelihoodEstimator(
            method="REML", xtol=1e-12, **kw
        ),
    }
    if fit["method"] in makers:
        estimator = makers[fit["method"]](small_sample_correction=correction)
        call = f"{fit['method']}, {correction}"
    else:
        # PyMARE has no such estimator: it takes our tau2, and the rest is its own.
        estimator = engine.WeightedLeastSquares(
            tau2=fit["tau2"] / unit**2, small_sample_correction=correction
        )
        call = f"weighted least squares at our tau2, {correction}"
    try:
        found = estimator.fit_dataset(Dataset(y / unit, v / unit**2)).summary()
        alpha = 1 - fit["level"] / 100
        fixed, between = found.get_fe_stats(alpha=alpha), found.get_re_stats(alpha=alpha)
        spread = found.get_heterogeneity_stats()
    except Exception as error:
        yield "all", f"PyMARE failed: {type(error).__name__}."
        return
    if fit["method"] in makers:
        yield Value(PYMARE, call, "tau2", fit["tau2"], _first(found.tau2) * unit**2, middle)
    elif fit["method"] != "EE":
        yield "tau2", f"PyMARE has no {fit['method']} estimator."
    est, se, low, high = (_first(fixed[key]) * unit for key in ("est", "se", "ci_l", "ci_u"))
    yield Value(PYMARE, call, "b", fit["b"], est, fit["se"])
    yield Value(PYMARE, call, "se", fit["se"], se, 0.0)
    if fit["test"] in CORRECTIONS:
        yield Value(PYMARE, call, "ci_low", fit["ci_low"], low, fit["se"])
        yield Value(PYMARE, call, "ci_high", fit["ci_high"], high, fit["se"])
        yield Value(PYMARE, call, "log p", fit["log_p"], _first(fixed["logp"]), 1.0)
    if fit["tau2_ci_low"] is not None:
        low, high = (_first(between[key]) * unit**2 for key in ("ci_l", "ci_u"))
        yield Value(PYMARE, "Q-profile", "tau2_ci_low", fit["tau2_ci_low"], low, middle)
        yield Value(PYMARE, "Q-profile", "tau2_ci_high", fit["tau2_ci_high"], high, middle)
    yield Value(PYMARE, "heterogeneity", "Q", fit["Q"], _first(spread["Q"]), fit["Q_df"])
    log_p = _first(spread["logp(Q)"])
    yield Value(PYMARE, "heterogeneity", "log Q_p", fit["log_Q_p"], log_p, 1.0)


def _pymare_robust(item: Mapping[str, Any]) -> Iterator[Value | tuple[str, str]]:
    """CR2 where each cluster has one study: PyMARE's square root differs from ours beyond that."""
    from pymare import stats as engine

    ours, fit = item["robust"], item["fit"]
    if ours is None or ours["se"] is None:
        return
    clusters = [row["study"] for row in item["studies"]]
    if max(Counter(clusters).values()) > 1:
        yield (
            "robust",
            "PyMARE's CR2 is another square root of the adjustment and differs from "
            "clubSandwich's where weights differ within a study.",
        )
        return
    y, v, _ = _data(item)
    X, w = np.ones((len(y), 1)), 1 / (v + fit["tau2"])
    beta, groups = np.array([[fit["b"]]]), np.array(clusters)
    try:
        cov = engine.cluster_robust_cov(y[:, None], v[:, None], X, beta, groups, tau2=fit["tau2"])
        df = engine.satterthwaite_dof(X, w, groups)
    except Exception as error:
        yield "robust", f"PyMARE failed: {type(error).__name__}."
        return
    se = float(np.sqrt(_first(cov)))
    yield Value(PYMARE, "CR2 at our tau2", "robust se", ours["se"], se, 0.0)
    # PyMARE raises degrees of freedom below 1 to 1.
    yield Value(PYMARE, "CR2 at our tau2", "robust df", max(ours["df"], 1.0), _first(df), 0.0)


def _statsmodels(item: Mapping[str, Any]) -> Iterator[Value | tuple[str, str]]:
    """Equal effects and Paule-Mandel: beside our own fits of the same rows by these methods."""
    from statsmodels.stats.meta_analysis import combine_effects

    y, v, unit = _data(item)
    fit, level = item["fit"], item["fit"]["level"]
    centre, alpha = float(y.mean()), 1 - level / 100
    ours = pooling.fit(y, v, method="PM", test="knha", level=level)
    equal = pooling.fit(y, v, method="EE", test="z", level=level)
    try:
        for atol in ATOL:
            moved = (y - centre) / unit
            found = combine_effects(moved, v / unit**2, method_re="pm", atol=atol, alpha=alpha)
            if found.tau2 > 0 or ours["Q"] <= ours["Q_df"]:
                break
        intervals = {use_t: found.conf_int(alpha=alpha, use_t=use_t) for use_t in (False, True)}
    except Exception as error:
        yield "EE, PM", f"statsmodels failed: {type(error).__name__}."
        return
    call = "combine_effects, equal effects"
    low, high = (float(x) * unit + centre for x in intervals[False][0])
    estimate, se = float(found.mean_effect_fe) * unit + centre, equal["se"]
    yield Value(STATSMODELS, call, "EE b", equal["b"], estimate, se)
    yield Value(STATSMODELS, call, "EE se", se, float(found.sd_eff_w_fe) * unit, 0.0)
    yield Value(STATSMODELS, call, "EE ci_low", equal["ci_low"], low, se)
    yield Value(STATSMODELS, call, "EE ci_high", equal["ci_high"], high, se)
    yield Value(STATSMODELS, call, "Q", fit["Q"], float(found.q), fit["Q_df"])
    call = f"combine_effects, Paule-Mandel with atol={atol:g}, HKSJ"
    low, high = (float(x) * unit + centre for x in intervals[True][3])
    se, middle = ours["se"], float(np.median(v))
    estimate = float(found.mean_effect_re) * unit + centre
    # The main fit itself where the protocol asks for Paule-Mandel (or EB, which is the same).
    own = fit if fit["method"] in ("PM", "EB") else ours
    yield Value(STATSMODELS, call, "PM tau2", own["tau2"], float(found.tau2) * unit**2, middle)
    yield Value(STATSMODELS, call, "PM b", own["b"], estimate, se)
    yield Value(STATSMODELS, call, "PM se", se, float(found.sd_eff_w_re_hksj) * unit, 0.0)
    yield Value(STATSMODELS, call, "PM ci_low", ours["ci_low"], low, se)
    yield Value(STATSMODELS, call, "PM ci_high", ours["ci_high"], high, se)


def _exact_limits(event: Mapping[str, Any]) -> Iterator[Value | tuple[str, str]]:
    """Clopper and Pearson's limits of every cohort and of all people as one group."""
    from statsmodels.stats.proportion import proportion_confint

    total = {"events": event["events"], "people": event["people"], **event["crude"]}
    alpha = 1 - event["level"] / 100
    for row in (*event["groups"], total):
        low, high = proportion_confint(row["events"], row["people"], alpha, method="beta")
        # statsmodels gives nan or 0 where no event leaves a lower limit, and likewise above.
        for name, theirs in (("ci_low", low), ("ci_high", high)):
            edge = row["events"] == (0 if name == "ci_low" else row["people"])
            if not edge:
                what = f"exact {name} of {row.get('label', 'all as one group')}"
                yield Value(
                    STATSMODELS, "proportion_confint, beta", what, row[name], float(theirs), 0.0
                )


def _pymare_subgroups(
    group: Mapping[str, Any], document: Mapping[str, Any]
) -> Iterator[Value | tuple[str, str]]:
    """The test between subgroups as the heterogeneity of their estimates."""
    from pymare import Dataset
    from pymare.estimators import WeightedLeastSquares

    test = group["test"]
    if test["Q_between"] is None:
        return
    by_id = {item["id"]: item for item in document["syntheses"]}
    fits = [by_id[level["synthesis"]]["fit"] for level in _tested(group, by_id)]
    y = np.array([fit["b"] for fit in fits])
    v = np.array([fit["se"] for fit in fits]) ** 2
    try:
        estimator = WeightedLeastSquares(tau2=0.0, small_sample_correction="wald")
        found = estimator.fit_dataset(Dataset(y, v)).summary().get_heterogeneity_stats()
    except Exception as error:
        yield "Q_between", f"PyMARE failed: {type(error).__name__}."
        return
    call = "heterogeneity of the subgroups' estimates"
    yield Value(PYMARE, call, "Q_between", test["Q_between"], _first(found["Q"]), test["df"])
    ours = float(np.log(test["p"])) if test["p"] > 0 else None
    yield Value(PYMARE, call, "log p of Q_between", ours, _first(found["logp(Q)"]), 1.0)


def _tested(
    group: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    return [level for level in group["levels"] if by_id[level["synthesis"]]["k"] >= 2]
