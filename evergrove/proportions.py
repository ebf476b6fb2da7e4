"""Proportions of one group where events are rare: exact limits, beta-binomial, back-transformation.

Clopper & Pearson 1934 (Biometrika 26:404); the beta-binomial model of Skellam 1948 (Chuang-Stein
1993 for adverse events); Freeman & Tukey's double arcsine after Miller 1978 (Am Stat 32:138).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import optimize, special

from evergrove import pooling
from evergrove.errors import EvergroveError
from evergrove.event_models import checked_counts, glmm_proportion
from evergrove.projection import Array
from evergrove.selection_models import wald

# Beyond this sum of the beta distribution's parameters the model is the binomial one.
LOG_SIZE = (-6.0, 14.0)


def exact_interval(events: float, people: float, *, level: float = 95) -> tuple[float, float]:
    """Clopper and Pearson's interval of one proportion, from quantiles of the beta distribution."""
    checked_counts([events], [people])
    tail = pooling.tail(level)
    low = 0.0 if events == 0 else special.betaincinv(events, people - events + 1, tail)
    high = 1.0 if events == people else special.betaincinv(events + 1, people - events, 1 - tail)
    return float(low), float(high)


def proportion(
    xi: Sequence[float],
    ni: Sequence[float],
    *,
    labels: Sequence[str] | None = None,
    level: float = 95,
) -> dict[str, Any]:
    """xi events of ni people in k groups, by three models beside each other.

    {"k", "events", "people", "k_without_events", "groups": [{label, events, people, proportion,
    ci_low, ci_high}], "crude": {proportion, ci_low, ci_high}, "glmm": `glmm_proportion`,
    "beta_binomial": `beta_binomial`, "warnings"}. "crude" takes all people as one group, with an
    exact interval: right only if the groups differ by chance alone, but all there is if no event
    was seen.
    """  # fmt: skip
    x, n = checked_counts(xi, ni)
    names = list(labels) if labels is not None else [str(i + 1) for i in range(len(x))]
    groups = []
    for name, events, people in zip(names, x, n, strict=True):
        low, high = exact_interval(events, people, level=level)
        groups.append(
            {
                "label": name,
                "events": int(events),
                "people": int(people),
                "proportion": float(events / people),
                "ci_low": low,
                "ci_high": high,
            }
        )
    low, high = exact_interval(x.sum(), n.sum(), level=level)
    warnings = []
    if x.sum() == 0:
        warnings.append(
            f"No event among {int(n.sum())} people: no model can be fitted. The upper limit is "
            "that of all people as one group; it is not evidence that the risk is 0."
        )
    elif x.sum() < 5:
        warnings.append("Fewer than 5 events in all: no model is well determined.")
    return {
        "k": len(x),
        "events": int(x.sum()),
        "people": int(n.sum()),
        "k_without_events": int((x == 0).sum()),
        "groups": groups,
        "crude": {"proportion": float(x.sum() / n.sum()), "ci_low": low, "ci_high": high},
        "glmm": glmm_proportion(x, n, level=level),
        "beta_binomial": beta_binomial(x, n, level=level),
        "warnings": warnings,
    }


def beta_binomial(
    xi: Sequence[float] | Array, ni: Sequence[float] | Array, *, level: float = 95
) -> dict[str, Any]:
    """Maximum likelihood for proportions that follow a beta distribution.

    Returns estimate (the logit of the mean proportion), se, ci_low, ci_high, proportion,
    proportion_low, proportion_high, rho (correlation of two people of one group: 0 is the
    binomial model), log_likelihood, k, reason. Unlike the normal model's, the proportion is the
    mean over settings, not the median.
    """
    x, n = checked_counts(xi, ni)
    keys = ("estimate", "se", "ci_low", "ci_high", "proportion", "proportion_low")
    out: dict[str, Any] = dict.fromkeys((*keys, "proportion_high", "rho", "log_likelihood"))
    out |= {"k": len(x), "reason": None}
    if x.sum() in (0, n.sum()):
        return out | {"reason": "no_events" if x.sum() == 0 else "only_events"}
    choose = float(np.sum(-np.log(n + 1) - special.betaln(x + 1, n - x + 1)))

    def value(z: Array) -> tuple[float, Array]:
        mean, size = special.expit(z[0]), np.exp(z[1])
        a, b = mean * size, (1 - mean) * size
        height = choose + np.sum(special.betaln(x + a, n - x + b) - special.betaln(a, b))
        total = special.digamma(size) - special.digamma(n + size)
        by_a = np.sum(special.digamma(x + a) - special.digamma(a) + total)
        by_b = np.sum(special.digamma(n - x + b) - special.digamma(b) + total)
        slope = size * mean * (1 - mean)
        return -float(height), -np.array([slope * (by_a - by_b), a * by_a + b * by_b])

    start = float(special.logit((x.sum() + 0.5) / (n.sum() + 1)))
    found = min(
        (
            optimize.minimize(
                value, [start, s], jac=True, method="L-BFGS-B",
                bounds=[(-40, 40), LOG_SIZE], options={"ftol": 1e-15, "gtol": 1e-9},
            )
            for s in (1.0, 4.0, 8.0)
        ),
        key=lambda result: result.fun,
    )  # fmt: skip
    pooled = float(special.logit(x.sum() / n.sum()))
    plain = choose + float(
        np.sum(x * special.log_expit(pooled) + (n - x) * special.log_expit(-pooled))
    )
    if -found.fun <= plain + 1e-9 or found.x[1] > LOG_SIZE[1] - 0.01:
        p = float(special.expit(pooled))
        estimate, rho, height = pooled, 0.0, plain
        se = float((n.sum() * p * (1 - p)) ** -0.5)
    else:
        estimate, rho, height = float(found.x[0]), float(special.expit(-found.x[1])), -found.fun
        se = _standard_error(value, found.x)
    values = wald(estimate, se, level)
    shares = {
        f"proportion{end}": None if number is None else float(special.expit(number))
        for end, number in (
            ("", estimate), ("_low", values["ci_low"]), ("_high", values["ci_high"])
        )
    }  # fmt: skip
    reason = None if values["se"] is not None else "likelihood_is_flat"
    kept = {key: values[key] for key in ("estimate", "se", "ci_low", "ci_high")}
    more = {"rho": rho, "log_likelihood": float(height), "reason": reason}
    return out | kept | shares | more


def _standard_error(value: Any, x: Array) -> float:
    """Of the first parameter, from central differences of the gradient; NaN if there is none."""
    H = np.zeros((2, 2))
    for i in range(2):
        h = 1e-5 * max(1.0, abs(x[i]))
        move = np.zeros(2)
        move[i] = h
        H[i] = (value(x + move)[1] - value(x - move)[1]) / (2 * h)
    H = (H + H.T) / 2
    determinant = H[0, 0] * H[1, 1] - H[0, 1] ** 2
    if not (H[0, 0] > 0 and determinant > 0):
        return float("nan")
    return float(np.sqrt(H[1, 1] / determinant))


def complications(
    rows: Sequence[Mapping[str, str]],
    column: str,
    *,
    people: str = "n_total",
    label: str = "report",
    exclude: Collection[str] = (),
    level: float = 95,
) -> dict[str, Any]:
    """`proportion` of the rows of a hand-kept table that have a count in `column`.

    `exclude` are labels to leave out, such as reports on people who are in another report too:
    nothing here can see that. Adds lists of labels: "excluded", "not_reported" (an empty cell) and
    "without_people" (a count, but no number of people). A group that does not report
    complications is left out, never counted as having none. Raises EvergroveError for a column
    that is not there, a count or its number of people that is not whole, and when no row is left.
    """
    names, x, n = [], [], []
    lacking: dict[str, list[str]] = {"excluded": [], "not_reported": [], "without_people": []}
    for row in rows:
        for key in (column, people, label):
            if key not in row:
                raise EvergroveError(f'there is no column "{key}"', value=", ".join(row))
        events = _whole(row[column], row[label], column)
        if row[label] in exclude:
            lacking["excluded"].append(row[label])
        elif events is None:
            lacking["not_reported"].append(row[label])
        elif (size := _whole(row[people], row[label], people)) is None:
            lacking["without_people"].append(row[label])
        else:
            names.append(row[label])
            x.append(events)
            n.append(size)
    if not names:
        raise EvergroveError(
            "no row has both a count and a number of people", place=f"columns {column}, {people}"
        )
    return proportion(x, n, labels=names, level=level) | lacking


def _whole(cell: str, label: str, column: str) -> int | None:
    text = cell.strip()
    if not text:
        return None
    if not text.isdecimal():
        raise EvergroveError(
            "not a whole number",
            place=f"{label}, column {column}",
            value=cell,
            remedy="Write the number, or leave the cell empty if it is not reported.",
        )
    return int(text)


def double_arcsine_back(
    estimate: float, ci_low: float, ci_high: float, n: Sequence[float]
) -> dict[str, Any]:
    """Freeman-Tukey double arcsine values as proportions, by the harmonic mean of `n`.

    Miller (1978, Am Stat 32:138). {"proportion", "ci_low", "ci_high", "harmonic_mean",
    "warnings"}. The inverse depends on one sample size where the studies have many, and can be
    absurd (Schwarzer et al. 2019, Res Synth Methods 10:476): "warnings" always says so, and where
    the value lies outside what the transformation of that size can give.
    """
    sizes = np.asarray(n, float)
    if not sizes.size or not (np.isfinite(sizes) & (sizes > 0)).all():
        raise EvergroveError("numbers of people must be positive", value=sizes.tolist())
    middle = float(len(sizes) / np.sum(1 / sizes))
    ends = [_double_arcsine(x, middle) for x in (0.0, middle)]
    warnings = [
        "Back-transformation of the double arcsine uses one size of study for all and can mislead "
        "(Schwarzer et al. 2019): prefer the binomial-normal model."
    ]
    spread = float(sizes.max() / sizes.min())
    if spread > 10:
        warnings.append(
            f"The largest study has {spread:.0f} times the people of the smallest: this "
            "back-transformation is not to be used here."
        )
    if not ends[0] <= estimate <= ends[1]:
        warnings.append(
            "The estimate lies outside the values that the transformation can take at the harmonic "
            "mean: 0 or 1 is given."
        )
    values = [_double_arcsine_inverse(x, middle, ends) for x in (estimate, ci_low, ci_high)]
    return {
        "proportion": values[0],
        "ci_low": values[1],
        "ci_high": values[2],
        "harmonic_mean": middle,
        "warnings": warnings,
    }


def _double_arcsine(x: float, n: float) -> float:
    return float((np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))) / 2)


def _double_arcsine_inverse(t: float, n: float, ends: Sequence[float]) -> float:
    if t <= ends[0]:
        return 0.0
    if t >= ends[1]:
        return 1.0
    sine, cosine = np.sin(2 * t), np.cos(2 * t)
    inner = 1 - (sine + (sine - 1 / sine) / n) ** 2
    return float((1 - np.sign(cosine) * np.sqrt(max(0.0, inner))) / 2)
