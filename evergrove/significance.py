"""What is made by counting p values: fail-safe numbers and the test of excess significance.

Rosenthal (1979, Psychol Bull 86:638), Orwin (1983, J Educ Stat 8:157), Rosenberg (2005, Evolution
59:464); Ioannidis & Trikalinos (2007, Clin Trials 4:245). As metafor's `fsn` and `tes`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import special

from evergrove import distributions, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array


def fail_safe(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    alpha: float = 0.05,
    target: float | None = None,
) -> dict[str, Any]:
    """How many studies without effect would undo the result, by three definitions.

    - "rosenthal": until Stouffer's combined one-sided p value exceeds `alpha`; "rosenthal_p".
    - "orwin": until the unweighted mean falls to `target` (half the mean if None).
    - "rosenberg": until the equal-effects test has a two-sided p above `alpha`, new studies
      having the average weight; "rosenberg_p".

    Numbers are rounded up. "orwin" is None if the target is 0, which no number reaches.
    """
    y, v = pooling.checked(yi, vi)
    if not 0 < alpha < 1:
        raise EvergroveError("alpha must lie between 0 and 1", value=alpha)
    k = len(y)
    combined = abs(float(np.sum(y / np.sqrt(v)))) / math.sqrt(k)
    rosenthal = k * (combined / -special.ndtri(alpha)) ** 2 - k
    mean = float(y.mean())
    goal = mean / 2 if target is None else math.copysign(target, mean)
    orwin = None if goal == 0 else _up(k * (mean - goal) / goal)
    w = 1 / v
    z = float(np.sum(w * y) / np.sqrt(np.sum(w)))
    beyond = (float(np.sum(w * y)) / -special.ndtri(alpha / 2)) ** 2 - float(np.sum(w))
    return {
        "rosenthal": _up(rosenthal),
        "rosenthal_p": float(special.ndtr(-combined)),
        "orwin": orwin,
        "orwin_target": goal,
        "rosenberg": _up(k * beyond / float(np.sum(w))),
        "rosenberg_p": float(2 * special.ndtr(-abs(z))),
    }


def _up(x: float) -> int:
    """The next whole number from `x` up, at least 0; rounding errors do not count."""
    near = round(x)
    return max(0, near if abs(x - near) < 1.5e-8 else math.ceil(x))


def excess_significance(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    theta: float,
    tau2: float = 0.0,
    alternative: str = "two.sided",
    alpha: float = 0.05,
) -> dict[str, Any]:
    """Are there more significant studies than their power at `theta` and `tau2` would give?

    Returns observed, expected, p (exact: the chance of so many or more, each study with its own
    power), X2 and p_chi2 (one-sided chi-squared test, as published), k.
    """
    y, v = pooling.checked(yi, vi)
    if alternative not in ("two.sided", "greater", "less"):
        raise EvergroveError("unknown alternative", value=alternative)
    k, s = len(y), np.sqrt(v)
    crit = -special.ndtri(alpha / 2 if alternative == "two.sided" else alpha)
    z, spread = y / s, np.sqrt(v + tau2)
    upper = special.ndtr((theta - crit * s) / spread)
    lower = special.ndtr((-theta - crit * s) / spread)
    if alternative == "greater":
        power, found = upper, z >= crit
    elif alternative == "less":
        power, found = lower, z <= -crit
    else:
        power, found = upper + lower, np.abs(z) >= crit
    observed, expected = int(found.sum()), float(power.sum())
    # The number of significant studies has the distribution of a sum of unequal coin throws.
    chance = np.ones(1)
    for p in power:
        chance = np.append(chance * (1 - p), 0.0) + np.append(0.0, chance * p)
    out: dict[str, Any] = {
        "k": k,
        "observed": observed,
        "expected": expected,
        "p": float(min(1.0, chance[observed:].sum())),
        "X2": None,
        "p_chi2": None,
    }
    if 0 < expected < k:
        X2 = (observed - expected) ** 2 / (expected * (1 - expected / k))
        tail = float(distributions.t_two_sided(math.sqrt(X2), np.inf)) / 2
        out |= {"X2": X2, "p_chi2": tail if observed > expected else 1 - tail}
    return out
