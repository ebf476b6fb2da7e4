"""How often a new setting would see more than the smallest difference that matters.

The true effect of a new setting has the distribution of the prediction interval: t with its degrees
of freedom (normal where there are none), centred at the mean, with variance tau2 + se2 (Higgins,
Thompson & Spiegelhalter 2009, J R Stat Soc A 172:137). Shown beside the estimate, never a test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from evergrove import distributions


def beyond_minimal_difference(
    fit: Mapping[str, Any] | None, difference: float | None
) -> dict[str, Any] | None:
    """{"difference", "mean", "new_setting", "reason"}: probabilities of an effect above it.

    `fit` has b, se, df, tau2, pi_low and pi_df as `pooling.fit` gives them; `difference` is
    positive in the direction of positive effects. `mean` is of the mean of all settings, by the
    distribution of its test; `new_setting` of the true effect in a new one, None where no
    prediction interval is defined. None without a difference or a fit.
    """
    if difference is None or fit is None or fit["b"] is None:
        return None
    out: dict[str, Any] = {"difference": difference, "mean": None, "new_setting": None}
    if fit["se"] is None:
        return out | {"reason": "no_standard_error"}
    out["mean"] = _above(fit["b"], fit["se"], fit["df"], difference)
    if fit["pi_low"] is None:
        return out | {"reason": "no_prediction_interval"}
    spread = math.sqrt(fit["tau2"] + fit["se"] ** 2)
    out["new_setting"] = _above(fit["b"], spread, fit["pi_df"], difference)
    return out | {"reason": None}


def _above(centre: float, spread: float, df: float | None, bound: float) -> float:
    if spread == 0:
        return float(centre > bound)
    t = (centre - bound) / spread
    tail = float(distributions.t_two_sided(abs(t), math.inf if df is None else df)) / 2
    return 1 - tail if t > 0 else tail
