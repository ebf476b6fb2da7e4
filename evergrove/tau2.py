"""Estimators of tau2, the variance of the true effects between studies, and its interval.

All work on a `Batch` (many data sets at once), return arrays of shape (D,) in the batch's own
scale, and follow metafor 3.8: Viechtbauer 2005 (J Educ Behav Stat 30:261) for the definitions of
DL, HE, HS, ML, REML and SJ, Morris 1983 for EB, Paule & Mandel 1982 for PM. What would be below 0
is 0. Nothing here stops on an absolute step or can fail to converge: moment equations are solved by
a Newton iteration that is monotone, likelihoods by bracketing every root of the score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evergrove.projection import Array, Batch, Projection

# Spacing of the scan for maxima, in log(v_min + tau2). A single study's term of the likelihood is
# at least about 1 wide on that axis, so maxima are not stepped over.
GRID_STEP = 0.2
# Numbers held at once in a scan, so that ten thousand studies do not fill the memory.
CHUNK = 1 << 20
# Numbers of one array of a scan that stay in the processor's cache.
CACHE = 1 << 16
EPS = np.finfo(float).eps
# A Newton step, relative to v_min + tau2, after which the error is below rounding.
SMALL_STEP = 1e-9


def hedges(batch: Batch) -> Array:
    """HE: the unweighted residual variance less the mean sampling variance."""
    plain = batch.unweighted()
    return _ratio(plain.rss - plain.trace(batch.v), batch.df)


def dersimonian_laird(batch: Batch) -> Array:
    """DL: from the expectation of Cochran's Q."""
    fixed = batch.at(np.zeros(len(batch.y)))
    return _ratio(fixed.rss - batch.df, fixed.trace())


def hunter_schmidt(batch: Batch) -> Array:
    """HS: (Q - k) / sum of weights."""
    fixed = batch.at(np.zeros(len(batch.y)))
    return _ratio(fixed.rss - batch.n, fixed.sum_w)


def sidik_jonkman(batch: Batch) -> Array:
    """SJ: two steps, from the crude variance of the outcomes; 0 only if they are all equal."""
    crude = _crude_variance(batch)
    return np.where(crude > 0, _ratio(crude * batch.at(crude).rss, batch.df), 0.0)


def paule_mandel(batch: Batch) -> Array:
    """PM, and EB, which solves the same equation: y'P(tau2)y = k - p."""
    return solve_q(batch, batch.df.astype(float))


def none(batch: Batch) -> Array:
    """EE: one true effect, tau2 = 0."""
    return np.zeros(len(batch.y))


MOMENTS: dict[str, Callable[[Batch], Array]] = {
    "EE": none,
    "DL": dersimonian_laird,
    "HE": hedges,
    "HS": hunter_schmidt,
    "SJ": sidik_jonkman,
    "EB": paule_mandel,
    "PM": paule_mandel,
}
METHODS = ("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")


def estimate(batch: Batch, method: str) -> tuple[Array, Array]:
    """tau2 (D,) in the batch's scale, and how many local maxima its likelihood has (1 if none).

    tau2 is 0 where a data set has no residual degree of freedom.
    """
    if method in ("ML", "REML"):
        return maximise(batch, restricted=method == "REML")
    found = np.maximum(MOMENTS[method](batch), 0.0)
    return np.where(batch.df > 0, found, 0.0), np.ones(len(found), int)


def standard_error(batch: Batch, method: str, tau2: Array) -> Array:
    """The standard error of tau2 (D,), NaN where it is not defined, as in metafor's `rma`."""
    df = np.where(batch.df > 0, batch.df, np.nan)
    if method == "EE":
        return np.full(len(batch.y), np.nan)
    if method in ("ML", "REML", "EB", "PM"):
        at = batch.at(tau2)
        if method == "ML":
            return np.sqrt(2 / at.sum_w2) * np.where(batch.df > 0, 1, np.nan)
        if method == "REML":
            return np.sqrt(2 / _positive(at.trace_of_square()))
        return np.sqrt(2 * batch.n**2 / df) / at.sum_w
    if method == "HE":
        plain = batch.unweighted()
        variance = 2 * plain.trace_of_square(batch.v, batch.v) + 4 * tau2 * plain.trace(batch.v)
        return np.sqrt(variance + 2 * tau2**2 * df) / df
    if method == "SJ":
        crude = _crude_variance(batch)
        at = batch.at(crude)
        variance = 2 * at.trace_of_square(batch.v, batch.v)
        variance = variance + 4 * tau2 * at.trace_of_square(batch.v)
        return crude * np.sqrt(variance + 2 * tau2**2 * at.trace_of_square()) / df
    fixed = batch.at(np.zeros(len(batch.y)))
    variance = 2 * df + 4 * tau2 * fixed.trace() + 2 * tau2**2 * fixed.trace_of_square()
    return np.sqrt(variance) / _positive(fixed.trace() if method == "DL" else fixed.sum_w)


def q_profile(batch: Batch, upper_quantile: Array, lower_quantile: Array) -> tuple[Array, Array]:
    """The Q-profile interval of tau2 (Viechtbauer 2007, Stat Med 26:37).

    `upper_quantile` and `lower_quantile` (D,) are the chi-squared quantiles at df = n - p that
    cut off (1 - level) / 2 above and below. Returns (low, high), each (D,), 0 where the end lies
    below 0. There is no upper limit to the search.
    """
    return solve_q(batch, upper_quantile), solve_q(batch, lower_quantile)


def solve_q(batch: Batch, target: Array) -> Array:
    """The tau2 >= 0 at which y'P(tau2)y equals `target` (D,), 0 where it is smaller already at 0.

    y'Py is a sum of c_j^2 / (lambda_j + tau2) (eigenvalues of the contrasts' variance), so its
    reciprocal is increasing and concave, and Newton's iteration on the reciprocal approaches the
    root from the left from wherever it starts: it needs neither a bracket nor a limit.
    """
    tau2 = np.zeros(len(batch.y))
    with np.errstate(divide="ignore", invalid="ignore"):
        active = np.flatnonzero((batch.df > 0) & (batch.at(tau2).rss > target))
        part = batch.rows(active)
        while active.size:
            at = part.at(tau2[active])
            step = at.rss * (at.rss / target[active] - 1) / at.yppy
            tau2[active] += step
            going = step > 4 * EPS * (tau2[active] + part.v[:, 0])
            if not going.all():
                active, part = active[going], part.rows(going)
    return np.maximum(tau2, 0.0)


def maximise(batch: Batch, *, restricted: bool) -> tuple[Array, Array]:
    """The global maximum of the (restricted) profile likelihood over tau2 >= 0.

    Returns (tau2, number of local maxima), each (D,). All roots of the score lie below a bound
    (`_bound`), the score's sign is taken on a grid that is even in log(v_min + tau2), every fall
    through 0 is solved for, and the candidates' likelihoods are compared. 0 is a candidate where
    the score is not positive there.
    """
    tau2, maxima = np.zeros(len(batch.y)), np.zeros(len(batch.y), int)
    bound = _bound(batch, restricted)
    live = np.flatnonzero((batch.df > 0) & (bound > 0))
    # Data sets that need a grid of the same length are scanned together.
    reach = np.log1p(bound[live] / batch.v[live, 0])
    order = np.argsort(reach, kind="stable")[::-1]
    live, points = live[order], np.ceil(reach[order] / GRID_STEP).astype(int) + 2
    start = 0
    while start < live.size:
        longest = int(points[start])
        size = max(1, CHUNK // (longest * batch.y.shape[1]))
        index = live[start : start + size]
        found, number = _maximise(batch.rows(index), bound[index], longest, restricted)
        tau2[index], maxima[index] = found, number
        start += size
    maxima[maxima == 0] = 1
    return tau2, maxima


def _bound(batch: Batch, restricted: bool) -> Array:
    """A tau2 above which the score is negative, (D,).

    With r the unweighted residual sum of squares and t = tau2, y'PPy <= r / (v_min + t)^2, and the
    part that is taken from it is at least m / (v_max + t), m = df for tr(P) and n for sum of w.
    Where the first is the smaller one, the score is negative: a quadratic in v_min + t.
    """
    r, m = batch.unweighted().rss, np.maximum(batch.df if restricted else batch.n, 1)
    v_min = batch.v[:, 0]
    v_max = (batch.v if batch.mask is None else np.where(batch.mask, batch.v, 0.0)).max(axis=-1)
    root = (r + np.sqrt(r) * np.sqrt(r + 4 * m * (v_max - v_min))) / (2 * m)
    # Rounded up, so that a root at the bound itself lies inside.
    return np.where(r > 0, np.maximum((1 + 1e-9) * root - v_min, 0.0), 0.0)


def score(at: Projection, *, restricted: bool) -> Array:
    """Twice the derivative of the (restricted) log-likelihood with respect to tau2."""
    return at.yppy - (at.trace() if restricted else at.sum_w)


def _score_of_mean(y: Array, v: Array, tau2: Array, mask: Array | None, restricted: bool) -> Array:
    """`score` for a model of one mean at tau2 (D, G), several times as fast.

    Arrays have the studies first, so that sums over studies run along whole rows, and are cut into
    pieces that fit the processor's cache.
    """
    out = np.empty(tau2.shape)
    points = tau2.shape[1]
    size = max(1, CACHE // (points * y.shape[1]))
    for start in range(0, len(y), size):
        part = slice(start, start + size)
        w = 1.0 / (np.repeat(v[part].T, points, axis=1) + tau2[part].ravel())
        if mask is not None:
            w *= np.repeat(mask[part].T, points, axis=1)
        residual = np.repeat(y[part].T, points, axis=1)
        others, squares = w[1:].sum(axis=0), np.einsum("kg,kg->g", w[1:], w[1:])
        total = w[0] + others
        residual -= np.einsum("kg,kg->g", w, residual) / total
        residual *= w
        # The second form of tr(P) = sum of w - sum of w^2 / sum of w cannot cancel.
        trace = total if not restricted else (others * (w[0] + total) - squares) / total
        slope = np.einsum("kg,kg->g", residual, residual) - trace
        out[part] = slope.reshape(-1, points)
    return out


def _maximise(batch: Batch, bound: Array, points: int, restricted: bool) -> tuple[Array, Array]:
    v_min = batch.v[:, :1]
    fraction = np.linspace(0.0, 1.0, points)
    grid = v_min * np.expm1(fraction * np.log1p(bound[:, None] / v_min))
    if batch.X.shape == (1, 1):
        positive = _score_of_mean(batch.y, batch.v, grid, batch.mask, restricted) > 0
    else:
        positive = score(batch.at(grid), restricted=restricted) > 0
    # At the bound itself the score is negative but for rounding.
    positive[:, -1] = False
    row, cell = np.nonzero(positive[:, :-1] & ~positive[:, 1:])
    root = _fall(batch.rows(row), grid[row, cell], grid[row, cell + 1], restricted)
    at_zero = np.flatnonzero(~positive[:, 0])
    row = np.concatenate([at_zero, row])
    root = np.concatenate([np.zeros(at_zero.size), root])
    number = np.bincount(row, minlength=len(bound))
    if (number <= 1).all():
        best = np.zeros(len(bound))
        best[row] = root
        return best, number
    height = batch.rows(row).at(root).log_likelihood(restricted=restricted)
    # The last one written wins: ascending likelihood, and of equal ones the smallest tau2.
    order = np.lexsort((-root, height))
    best = np.zeros(len(bound))
    best[row[order]] = root[order]
    return best, number


def _fall(batch: Batch, low: Array, high: Array, restricted: bool) -> Array:
    """The root between `low`, where the score is positive, and `high`, where it is not.

    Newton's iteration on the log of the ratio of the score's two parts, which is nearly straight,
    held inside the bracket by bisection.
    """
    low, high = low.copy(), high.copy()
    x = (low + high) / 2
    v_min = batch.v[:, 0]
    active = np.arange(len(x))
    one_mean = batch.X.shape == (1, 1)
    part, balance = (_Mean.of(batch), _Mean.balance) if one_mean else (batch, _balance)
    for _ in range(200):
        if not active.size:
            break
        at = x[active]
        with np.errstate(divide="ignore", invalid="ignore"):
            up, down, slope = balance(part, at, restricted)
        below = up > down
        low[active] = np.where(below, at, low[active])
        high[active] = np.where(below, high[active], at)
        with np.errstate(divide="ignore", invalid="ignore"):
            new = at - np.log(up / down) / slope
        inside = (new > low[active]) & (new < high[active])
        new = np.where(inside, new, (low[active] + high[active]) / 2)
        # The error after a Newton step is of the order of the step's square.
        enough = np.where(inside, SMALL_STEP, 4 * EPS)
        going = np.abs(new - at) > enough * (new + v_min[active])
        x[active] = new
        if not going.all():
            active, part = active[going], part.rows(going)
    return x


def _balance(batch: Batch, tau2: Array, restricted: bool) -> tuple[Array, Array, Array]:
    """The score's two parts at `tau2` (D,), and the slope of the log of their ratio."""
    at = batch.at(tau2)
    up, down = at.yppy, at.trace() if restricted else at.sum_w
    square = at.trace_of_square() if restricted else at.sum_w2
    return up, down, square / down - 2 * at.ypppy / up


@dataclass(frozen=True)
class _Mean:
    """What `_balance` needs of data sets with one mean, several times as fast: studies first."""

    y: Array
    v: Array
    mask: Array | None

    @classmethod
    def of(cls, batch: Batch) -> _Mean:
        turned = (np.ascontiguousarray(a.T) for a in (batch.y, batch.v))
        return cls(*turned, None if batch.mask is None else np.ascontiguousarray(batch.mask.T))

    def rows(self, keep: Array) -> _Mean:
        mask = None if self.mask is None else self.mask[:, keep]
        return _Mean(self.y[:, keep], self.v[:, keep], mask)

    def balance(self, tau2: Array, restricted: bool) -> tuple[Array, Array, Array]:
        w = 1.0 / (self.v + tau2)
        if self.mask is not None:
            w *= self.mask
        first, squares = w[0], w * w
        others, rest = w[1:].sum(axis=0), squares[1:].sum(axis=0)
        total = first + others
        residual = self.y - np.einsum("kg,kg->g", w, self.y) / total
        # The mean of what is small has an error that is small: the second time costs no digits.
        residual -= np.einsum("kg,kg->g", w, residual) / total
        z = w * residual
        up = np.einsum("kg,kg->g", z, z)
        z -= np.einsum("kg,kg->g", w, z) / total
        z *= z
        steeper = np.einsum("kg,kg->g", w, z)
        if not restricted:
            return up, total, (first * first + rest) / total - 2 * steeper / up
        # Sums over studies and pairs of them, of which none can cancel (see Projection).
        down = (others * (first + total) - rest) / total
        fourth = np.einsum("kg,kg->g", squares[1:], squares[1:])
        own = squares[0] * (others / total) ** 2
        own += np.einsum("kg,kg->g", squares[1:], (1 - w[1:] / total) ** 2)
        pairs = (2 * squares[0] * rest + rest * rest - fourth) / total**2
        return up, down, (own + pairs) / down - 2 * steeper / up


def _crude_variance(batch: Batch) -> Array:
    """The variance of the outcomes around their mean, divisor n, (D,)."""
    used = np.ones_like(batch.y) if batch.mask is None else batch.mask
    mean = batch.y.sum(axis=-1) / batch.n
    deviation = (batch.y - mean[:, None]) * used
    return np.vecdot(deviation, deviation) / batch.n


def _ratio(numerator: Array, denominator: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, 0.0)


def _positive(x: Array) -> Array:
    return np.where(x > 0, x, np.nan)
