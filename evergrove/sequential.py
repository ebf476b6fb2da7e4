"""Sequential view of a living review: how much information there is, against how much is needed.

Alpha-spending boundaries (Lan & DeMets 1983, Biometrika 70:659) of the O'Brien-Fleming type on a
required information size that is adjusted for diversity (Wetterslev et al. 2009, BMC Med Res
Methodol 9:86). Off unless the protocol asks for it; `CAUTION` is printed with every result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import optimize, special

from evergrove import pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array

CAUTION = (
    "Cochrane discourages sequential methods in most cases and never takes them as the main "
    "analysis (Cochrane Handbook, chapter 22): authors do not decide whether further trials are "
    "done, nobody knows how often the next review will look, and the required size rests on "
    "assumptions that are chosen. Read the estimate, its interval and the prediction interval "
    "first."
)
# Points of the grid on which the density of the statistic is carried from look to look.
GRID = 1501
# A look with less than this share of new information is none: its step would slip through the grid.
NEGLIGIBLE = 0.002


def obrien_fleming_spending(fraction: float, alpha: float = 0.05) -> float:
    """The two-sided error spent up to information fraction t: 4 (1 - Phi(z(1 - alpha/4) / sqrt t)).

    Each side spends half, by 2 - 2 Phi(z(1 - alpha/4) / sqrt t).
    """
    if fraction <= 0:
        return 0.0
    z = -special.ndtri(alpha / 4)
    return float(4 * special.ndtr(-z / np.sqrt(min(fraction, 1.0))))


def boundaries(fractions: Sequence[float], *, alpha: float = 0.05) -> list[float]:
    """Critical values of |z| at increasing information fractions, of O'Brien-Fleming spending.

    The two-sided error `alpha` is kept over all looks (Armitage, McPherson & Rowe 1969; recursive
    integration). Fractions beyond 1 count as 1: the last error is spent at the first of them, and
    later looks have no boundary (infinite). So have looks so early that nothing can be spent yet,
    and looks that add next to nothing to the one before.
    Raises EvergroveError for fractions that do not increase or are not positive.
    """
    t = np.asarray(fractions, float)
    if t.ndim != 1 or not (t > 0).all() or (np.diff(t) <= 0).any():
        raise EvergroveError("information fractions must be positive and increase", value=list(t))
    if not 0 < alpha < 1:
        raise EvergroveError("alpha must lie between 0 and 1", value=alpha)
    out: list[float] = []
    # Score S = z sqrt(t) has independent normal increments; its density where no look stopped.
    points, density, spent, before = np.zeros(1), np.ones(1), 0.0, 0.0
    for fraction in t:
        target = obrien_fleming_spending(fraction, alpha) - spent
        if before >= 1 or fraction - before < NEGLIGIBLE * fraction or target <= 1e-14:
            out.append(float("inf"))
            continue
        step = float(np.sqrt(fraction - before))
        edge = _edge(points, density, step, target)
        out.append(edge / float(np.sqrt(fraction)))
        spent += target
        points, density = _carry(points, density, edge, step)
        before = float(fraction)
    return out


def _edge(points: Array, density: Array, step: float, target: float) -> float:
    """The bound that the score exceeds in either direction with probability `target`."""

    def excess(bound: float) -> float:
        upper = special.ndtr(-(bound - points) / step)
        lower = special.ndtr((-bound - points) / step)
        return float(np.sum(density * (upper + lower))) - target

    top = float(np.abs(points).max()) + 12 * step
    return float(optimize.brentq(excess, 0.0, top, xtol=1e-13))


def _carry(points: Array, density: Array, edge: float, step: float) -> tuple[Array, Array]:
    """Points within ± edge and the probability at each (Simpson's rule), one increment later."""
    new = np.linspace(-edge, edge, GRID)
    weight = np.full(GRID, 2.0)
    weight[1::2], weight[0], weight[-1] = 4.0, 1.0, 1.0
    weight *= (new[1] - new[0]) / 3
    shape = np.exp(-(((new[:, None] - points) / step) ** 2) / 2) / (step * np.sqrt(2 * np.pi))
    return new, weight * (shape @ density)


def required_information(
    effect: float, *, diversity: float = 0.0, alpha: float = 0.05, power: float = 0.8
) -> float:
    """The information (1 / variance of the pooled effect) to detect `effect`, two-sided.

    (z(1 - alpha/2) + z(power))² / effect², times 1 / (1 - diversity).
    """
    if not (np.isfinite(effect) and effect != 0):
        raise EvergroveError(
            "the effect to be detected must be a number other than 0", value=effect
        )
    if not 0 <= diversity < 1:
        raise EvergroveError("diversity must lie in [0, 1)", value=diversity)
    if not (0 < alpha < 1 and 0.5 <= power < 1):
        raise EvergroveError("alpha must lie in (0, 1), power in [0.5, 1)", value=(alpha, power))
    z = -special.ndtri(alpha / 2) + special.ndtri(power)
    return float((z / effect) ** 2 / (1 - diversity))


def diversity(yi: Sequence[float] | Array, vi: Sequence[float] | Array, method: str) -> float:
    """D²: the share of the pooled estimate's random-effects variance that heterogeneity adds."""
    y, v = pooling.checked(yi, vi)
    spread = float(pooling.solve(y[None], v[None], method=method, test="z").tau2[0])
    fixed, random = 1 / np.sum(1 / v), 1 / np.sum(1 / (v + spread))
    return float(1 - fixed / random)


def sequential_view(
    yi: Sequence[float],
    vi: Sequence[float],
    looks: Sequence[object],
    *,
    effect: float,
    method: str = "REML",
    alpha: float = 0.05,
    power: float = 0.8,
) -> dict[str, Any]:
    """Each update of a review against its boundary.

    `looks` (k,) says at which update each study came in (a search date, a year): studies of equal
    value come together, in increasing order. `effect` is the smallest one of interest, declared
    beforehand. Returns caution, required_information, diversity, fraction_reached, conclusion and
    "looks": [{look, k, estimate, z, p, information, fraction, boundary, adjusted_alpha, crossed,
    reason}]. z is estimate over its standard error (normal test) at that update; information is
    the sum of 1 / vi; a look at which nothing can be spent has boundary None. Diversity is that of
    all studies, so that it changes, and the boundaries with it, as studies are added.
    """
    y, v = pooling.checked(yi, vi)
    keys = list(looks)
    if len(keys) != len(y):
        raise EvergroveError("every study needs its update", value=f"{len(keys)} of {len(y)}")
    steps = sorted(set(keys))
    share = diversity(y, v, method)
    needed = required_information(effect, diversity=share, alpha=alpha, power=power)
    masks = [np.array([key <= step for key in keys]) for step in steps]
    information = [float(np.sum(1 / v[mask])) for mask in masks]
    fractions = [amount / needed for amount in information]
    limits = boundaries(fractions, alpha=alpha)
    rows = []
    for step, mask, amount, fraction, limit in zip(
        steps, masks, information, fractions, limits, strict=True
    ):
        fit = pooling.fit(y[mask], v[mask], method=method, test="z")
        finite = bool(np.isfinite(limit))
        late = not finite and fraction > 1
        rows.append(
            {
                "look": step,
                "k": int(mask.sum()),
                "estimate": fit["b"],
                "z": fit["stat"],
                "p": fit["p"],
                "information": amount,
                "fraction": fraction,
                "boundary": limit if finite else None,
                "adjusted_alpha": float(2 * special.ndtr(-limit)) if finite else None,
                "crossed": bool(abs(fit["stat"]) >= limit) if finite else None,
                "reason": None
                if finite
                else ("required_information_reached" if late else "too_little_new_information"),
            }
        )
    return {
        "caution": CAUTION,
        "effect": float(effect),
        "alpha": alpha,
        "power": power,
        "diversity": share,
        "required_information": needed,
        "fraction_reached": fractions[-1],
        "conclusion": _conclusion(rows),
        "looks": rows,
    }


def _conclusion(rows: Sequence[dict[str, Any]]) -> str:
    share = f"{100 * rows[-1]['fraction']:.0f}% of the required information is there"
    crossed = [row for row in rows if row["crossed"]]
    if crossed:
        return f"{share}; the boundary was crossed at {crossed[0]['look']}."
    if rows[-1]["fraction"] >= 1:
        return f"{share}; the boundary was never crossed."
    return f"{share}; the boundary has not been crossed: more information is needed."
