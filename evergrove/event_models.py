"""Binomial-normal models: counts of events with a normal distribution of true effects.

Hamza, van Houwelingen & Stijnen 2008 (J Clin Epidemiol 61:41); Stijnen, Hamza & Özdemir 2010
(Stat Med 29:3046). As metafor's `rma.glmm` by maximum likelihood, the integral over the true
effects by adaptive Gauss-Hermite quadrature (Liu & Pierce 1994, Biometrika 81:624). No zero is
corrected and no normal approximation of a count is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import optimize, special

from evergrove import distributions
from evergrove.errors import EvergroveError
from evergrove.projection import Array
from evergrove.rare_events import Table, checked_table, silent_studies
from evergrove.selection_models import wald

NODES = 31
MODELS = ("UM.FS", "CM.EL", "CM.AL")
# g(theta), its first two derivatives, at theta (k, q): the log-likelihood of each study's counts.
Kernel = Callable[[Array], tuple[Array, Array, Array]]
_X, _W = np.polynomial.hermite.hermgauss(NODES)
_LOG_W = np.log(_W) + _X**2 - np.log(np.pi) / 2


def glmm_proportion(
    xi: Sequence[float] | Array, ni: Sequence[float] | Array, *, level: float = 95
) -> dict[str, Any]:
    """The binomial-normal model of one proportion: xi events of ni people, (k,) each.

    logit(p_i) is normal with mean mu and variance tau2. Returns estimate (mu, a logit), se,
    ci_low, ci_high, stat, p, tau2, log_likelihood, LR, LR_p (test of tau2 = 0, half chi-squared
    with one df), proportion, proportion_low, proportion_high (of the median setting), k, reason.
    With no event at all, or nothing but events, there is no finite estimate and "reason" says so.
    """
    x, n = checked_counts(xi, ni)
    if x.sum() == 0 or x.sum() == n.sum():
        reason = "no_events" if x.sum() == 0 else "only_events"
        return _empty(len(x)) | dict.fromkeys(_SHARES) | {"reason": reason}
    out = _one_random_effect(_binomial(x, n, np.zeros(len(x))), _pooled_logit(x, n), level)
    keys = dict(zip(_SHARES, ("estimate", "ci_low", "ci_high"), strict=True))
    shares = {
        name: None if out[key] is None else float(special.expit(out[key]))
        for name, key in keys.items()
    }
    return out | {"k": len(x)} | shares


_SHARES = ("proportion", "proportion_low", "proportion_high")


def glmm_odds_ratio(table: Table, *, model: str = "UM.FS", level: float = 95) -> dict[str, Any]:
    """The log odds ratio of two groups by a generalised linear mixed model.

    - "UM.FS": both groups binomial, an own (fixed) baseline for each study.
    - "CM.EL": events of group 1 given all events of the study, non-central hypergeometric, exact.
    - "CM.AL": the same as binomial, near enough where events are rare.

    Returns estimate, se, ci_low, ci_high, stat, p, tau2, log_likelihood, LR, LR_p, k, k_used,
    silent (`rare_events.silent_studies`), reason. Studies without events in either group, or with
    nothing but events, say nothing on an odds ratio: they are listed, not used.
    """
    a, b, c, d = checked_table(table)
    if model not in MODELS:
        raise EvergroveError("unknown model", value=model, remedy=f"Known: {', '.join(MODELS)}.")
    used = ((a + c) > 0) & ((b + d) > 0)
    out = _empty(len(a)) | {
        "model": model,
        "k_used": int(used.sum()),
        "silent": silent_studies(table),
    }
    a, b, c, d = (cell[used] for cell in (a, b, c, d))
    if not used.any():
        return out | {"reason": "no_study_with_events"}
    if a.sum() * d.sum() == 0 or b.sum() * c.sum() == 0:
        return out | {"reason": "no_finite_ratio"}
    start = float(np.log((a.sum() + 0.5) * (d.sum() + 0.5) / ((b.sum() + 0.5) * (c.sum() + 0.5))))
    n1, n2 = a + b, c + d
    if model == "UM.FS":
        found = _fixed_baselines(a, n1, c, n2, start, level)
    elif model == "CM.AL":
        found = _one_random_effect(_binomial(a, a + c, np.log(n1 / n2)), start, level)
    else:
        found = _one_random_effect(_hypergeometric(a, n1, a + c, n2), start, level)
    return out | found


def checked_counts(xi: Sequence[float] | Array, ni: Sequence[float] | Array) -> tuple[Array, Array]:
    """Events and people as float arrays (k,); an EvergroveError names the row that cannot be."""
    x, n = np.asarray(xi, float), np.asarray(ni, float)
    if x.shape != n.shape or x.ndim != 1 or not x.size:
        raise EvergroveError("xi and ni must be lists of equal length, not empty")
    good = np.isfinite(x) & np.isfinite(n) & (x >= 0) & (n > 0) & (x <= n)
    if not good.all():
        row = int(np.argmin(good))
        raise EvergroveError(
            "events and people do not fit",
            place=f"study {row + 1}",
            value=f"{x[row]:g} of {n[row]:g}",
            remedy="A count lies between 0 and the number of people.",
        )
    return x, n


def _empty(k: int) -> dict[str, Any]:
    keys = ("estimate", "se", "ci_low", "ci_high", "stat", "p", "tau2", "log_likelihood", "LR")
    return dict.fromkeys((*keys, "LR_p")) | {"k": k, "reason": None}


def _pooled_logit(x: Array, n: Array) -> float:
    return float(special.logit((x.sum() + 0.5) / (n.sum() + 1)))


def _log_choose(n: Array, x: Array) -> Array:
    return special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1)


def _binomial(x: Array, n: Array, offset: Array) -> Kernel:
    constant, x, n, offset = (z[:, None] for z in (_log_choose(n, x), x, n, offset))

    def kernel(theta: Array) -> tuple[Array, Array, Array]:
        eta = theta + offset
        p = special.expit(eta)
        return constant + x * eta - n * np.logaddexp(0, eta), x - n * p, -n * p * (1 - p)

    return kernel


def _hypergeometric(a: Array, n1: Array, events: Array, n2: Array) -> Kernel:
    low, high = np.maximum(0, events - n2), np.minimum(n1, events)
    j = low[:, None] + np.arange(int((high - low).max()) + 1)
    inside = j <= high[:, None]
    held = np.where(inside, j, low[:, None])
    logs = _log_choose(n1[:, None], held) + _log_choose(n2[:, None], events[:, None] - held)
    logs = np.where(inside, logs, -np.inf)[:, None, :]
    # Counts relative to the one seen: the slope is then a mean, without a difference of sums.
    away = (held - a[:, None])[..., None]
    both = np.concatenate([away, away**2], axis=-1)
    away = away[:, None, :, 0]
    own = (_log_choose(n1, a) + _log_choose(n2, events - a))[:, None]

    def kernel(theta: Array) -> tuple[Array, Array, Array]:
        terms = logs + away * theta[..., None]
        top = terms.max(axis=-1, keepdims=True)
        share = np.exp(terms - top)
        total = share.sum(axis=-1)
        mean, square = np.moveaxis(share @ both, -1, 0) / total
        return own - top[..., 0] - np.log(total), -mean, -np.maximum(square - mean**2, 0.0)

    return kernel


def _integrate(kernel: Kernel, mu: float, tau: float, k: int) -> tuple[Array, Array, Array, Array]:
    """log of the integral over theta ~ N(mu, tau²) of each study (k,); at its nodes: z, weights
    and weighted slopes of the kernel, (k, q).

    theta = mu + tau z. The nodes lie around the mode of each study; the weights are those of the
    posterior distribution and sum to 1.
    """
    z = np.zeros((k, 1))
    value, slope, curve = kernel(mu + tau * z)
    for _ in range(200):
        step = (tau * slope - z) / (1 - tau**2 * curve)
        height = value - z**2 / 2
        size = np.ones_like(z)
        for _ in range(40):
            new = z + size * step
            value, slope, curve = kernel(mu + tau * new)
            worse = value - new**2 / 2 < height - 1e-12 * np.abs(height) - 1e-300
            if not worse.any():
                break
            size = np.where(worse, size / 2, size)
        z = new
        if np.abs(step).max() < 1e-10:
            break
    scale = 1 / np.sqrt(1 - tau**2 * curve)
    nodes = z + np.sqrt(2) * scale * _X
    value, slope, _ = kernel(mu + tau * nodes)
    terms = value - nodes**2 / 2 + _LOG_W
    total = special.logsumexp(terms, axis=1)
    weight = np.exp(terms - total[:, None])
    return total + np.log(scale[:, 0]), nodes, weight, weight * slope


def _one_random_effect(kernel: Kernel, start: float, level: float) -> dict[str, Any]:
    """Maximum likelihood over (mu, tau) for studies that share nothing else."""
    k = len(kernel(np.zeros((1, 1)))[0])

    def value(x: Array) -> tuple[float, Array]:
        logs, z, _, slope = _integrate(kernel, x[0], x[1], k)
        return float(logs.sum()), np.array([slope.sum(), np.sum(slope * z)])

    starts = [np.array([start, tau]) for tau in (0.1, 0.6, 1.5)]
    return _finish(value, starts, level)


def _fixed_baselines(
    a: Array, n1: Array, c: Array, n2: Array, start: float, level: float
) -> dict[str, Any]:
    """Maximum likelihood over (mu, tau, a baseline for each study), groups at ± theta / 2."""
    k = len(a)

    def kernel_at(base: Array) -> tuple[Kernel, Callable[[Array], Array]]:
        first = _binomial(a, n1, base)
        second = _binomial(c, n2, base)

        def kernel(theta: Array) -> tuple[Array, Array, Array]:
            g1, s1, c1 = first(theta / 2)
            g2, s2, c2 = second(-theta / 2)
            return g1 + g2, (s1 - s2) / 2, (c1 + c2) / 4

        def by_base(theta: Array) -> Array:
            return first(theta / 2)[1] + second(-theta / 2)[1]

        return kernel, by_base

    def value(x: Array) -> tuple[float, Array]:
        kernel, by_base = kernel_at(x[2:])
        logs, z, weight, slope = _integrate(kernel, x[0], x[1], k)
        theta = x[0] + x[1] * z
        gradient = [slope.sum(), np.sum(slope * z)]
        return float(logs.sum()), np.concatenate(
            [gradient, np.sum(weight * by_base(theta), axis=1)]
        )

    base = special.logit((a + c + 0.5) / (n1 + n2 + 1))
    starts = [np.concatenate([[start, tau], base]) for tau in (0.2, 0.8)]
    return _finish(value, starts, level)


def _finish(
    value: Callable[[Array], tuple[float, Array]], starts: Sequence[Array], level: float
) -> dict[str, Any]:
    """The highest maximum from `starts`, tau = 0 among the candidates, with its curvature."""
    none = _climb(value, np.concatenate([[starts[0][0], 0.0], starts[0][2:]]), fixed=True)
    found = [_climb(value, start, fixed=False) for start in starts]
    x, height = max([*found, none], key=lambda pair: pair[1])
    # Where tau2 is 0 the likelihood is flat in tau: what is left of it is rounding.
    if height - none[1] < 1e-9:
        x, height = none
    kept = np.arange(len(x)) != 1 if x[1] == 0 else np.ones(len(x), bool)
    information = _information(value, x)[np.ix_(kept, kept)]
    out = {"tau2": float(x[1] ** 2), "log_likelihood": height}
    try:
        np.linalg.cholesky(information)
        se = float(np.sqrt(np.linalg.inv(information)[0, 0]))
    except np.linalg.LinAlgError:
        return out | {"estimate": float(x[0]), "reason": "likelihood_is_flat"}
    LR = max(0.0, 2 * (height - none[1]))
    p = 1.0 if LR == 0 else float(distributions.chi2_upper(LR, 1)) / 2
    return out | wald(float(x[0]), se, level) | {"LR": LR, "LR_p": p}


def _climb(
    value: Callable[[Array], tuple[float, Array]], x: Array, *, fixed: bool
) -> tuple[Array, float]:
    """A maximum near `x` by L-BFGS and then Newton steps; with `fixed` tau stays as it is."""
    bounds = [(-60.0, 60.0)] * len(x)
    bounds[1] = (x[1], x[1]) if fixed else (0.0, 30.0)
    found = optimize.minimize(
        lambda z: tuple(-part for part in value(z)),
        x,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-8, "maxiter": 1000, "maxcor": 20},
    )
    x, height = found.x, float(-found.fun)
    free = np.arange(len(x)) != 1 if fixed or x[1] < 1e-8 else np.ones(len(x), bool)
    for _ in range(4):
        gradient = value(x)[1][free]
        if np.abs(gradient).max() < 1e-9:
            break
        try:
            step = np.linalg.solve(_information(value, x)[np.ix_(free, free)], gradient)
        except np.linalg.LinAlgError:
            break
        new = x.copy()
        new[free] += step
        if not (value(new)[0] >= height and new[1] >= 0):
            break
        x, height = new, value(new)[0]
    return x, height


def _information(value: Callable[[Array], tuple[float, Array]], x: Array) -> Array:
    """Minus the second derivatives, from central differences of the gradient."""
    H = np.zeros((len(x), len(x)))
    for i in range(len(x)):
        h = 1e-5 * max(1.0, abs(x[i]))
        move = np.zeros(len(x))
        move[i] = h
        H[i] = (value(x + move)[1] - value(x - move)[1]) / (2 * h)
    return -(H + H.T) / 2
