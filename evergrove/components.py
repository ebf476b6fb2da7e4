"""Two nested variances: the likelihood of study and effect-within-study components, maximised.

The model is y = X b + study effect + own effect + sampling error, with covariance
``V + s1 Z Z' + s2 I``: s1 between studies, s2 between the effects of one study, and V known, in
blocks within studies. An orthogonal rotation makes each block of V diagonal, so that everything is
a diagonal matrix with one rank-one update a study, and costs grow linearly with the number of
effects. Derivatives: Searle, Casella & McCulloch 1992, Variance Components, chapter 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evergrove.projection import Array
from evergrove.tau2_intervals import crossing

# Spacing of the scan for maxima, in the logarithm of the variance, and its most points an axis.
GRID_STEP, GRID_POINTS = 0.4, 48
# Elements of (grid, grid, studies) held at once.
CHUNK = 1 << 19
# A step below this share of a variance (and of the sampling variance) is none.
STEP = 1e-12


@dataclass(frozen=True)
class Nested:
    """Rotated data of one model: `y`, `v`, `u` (k,), `X` (k, p), sorted by study.

    `v` are the eigenvalues of V, `u` is the rotated vector of ones, `starts` (J,) is where each
    study begins, `study` (k,) the number of each row's study. All in units of `scale`, a power of
    two, `y` relative to `centre`, so that unit and level of the data cost no digits.
    """

    y: Array
    v: Array
    u: Array
    X: Array
    starts: Array
    study: Array
    centre: float
    scale: float

    @classmethod
    def of(
        cls,
        y: Array,
        v: Array,
        X: Array,
        members: Sequence[Array],
        within: Sequence[object],
        rho: float,
    ) -> Nested:
        """The model of outcomes `y` with variances `v` (k,) and studies' row numbers `members`.

        Sampling errors of rows with equal `within` labels in one study correlate by `rho`.
        """
        scale = float(np.exp2(np.rint(np.log2(np.median(v)) / 2)))
        centre = float(y[np.argmin(v)]) if (X[:, 0] == 1).all() else 0.0
        moved, unit = (y - centre) / scale, v / scale**2
        parts: list[tuple[Array, Array, Array, Array]] = []
        for rows in members:
            blocks: dict[object, list[int]] = {}
            for i in rows:
                blocks.setdefault(within[i], []).append(int(i))
            turned = [_rotated(moved, unit, X, np.array(index), rho) for index in blocks.values()]
            parts.append(tuple(np.concatenate(p) for p in zip(*turned, strict=True)))  # type: ignore[arg-type]
        sizes = np.array([len(rows) for rows in members])
        return cls(
            *(np.concatenate([part[i] for part in parts]) for i in range(4)),
            starts=np.concatenate([[0], np.cumsum(sizes)[:-1]]),
            study=np.repeat(np.arange(len(sizes)), sizes),
            centre=centre,
            scale=scale,
        )

    def total(self, values: Array) -> Array:
        """Sums over each study, along the first axis of `values` (k, ...)."""
        return np.add.reduceat(values, self.starts, axis=0)


def _rotated(
    y: Array, v: Array, X: Array, rows: Array, rho: float
) -> tuple[Array, Array, Array, Array]:
    """(y, v, u, X) of one block of V with equal correlations, its eigenvectors as axes."""
    if len(rows) == 1 or rho == 0:
        return y[rows], v[rows], np.ones(len(rows)), X[rows]
    root = np.sqrt(v[rows])
    values, axes = np.linalg.eigh(rho * np.outer(root, root) + np.diag((1 - rho) * v[rows]))
    # Rounding must not make a variance 0 or negative: none is below (1 - rho) times the least v.
    values = np.maximum(values, (1 - rho) * v[rows].min())
    return axes.T @ y[rows], values, axes.sum(axis=0), axes.T @ X[rows]


class At:
    """The model at variances s1, s2: likelihood, its slopes and curvature, and the estimates."""

    def __init__(self, data: Nested, s1: float, s2: float, *, restricted: bool) -> None:
        self.data, self.s1, self.restricted = data, s1, restricted
        self.w = w = 1.0 / (data.v + s2)
        self.wu = w * data.u
        self.suu = data.total(self.wu * data.u)
        self.c = s1 / (1 + s1 * self.suu)
        self.B = self.omega(data.X)
        information = data.X.T @ self.B
        self.M = np.linalg.inv((information + information.T) / 2)
        b = self.M @ (self.B.T @ data.y)
        # Once more from the residuals: the digits that the first solution lost.
        self.b = b + self.M @ (self.B.T @ (data.y - data.X @ b))
        self.residual = data.y - data.X @ self.b
        self.q = self.omega(self.residual)
        self.rss = float(self.residual @ self.q)
        logs = np.log1p(s1 * self.suu).sum() - np.log(w).sum()
        if restricted:
            logs -= np.linalg.slogdet(self.M)[1]
        self.height = -(logs + self.rss) / 2

    def omega(self, A: Array) -> Array:
        """The inverse covariance times `A` (k, ...)."""
        study = self.data.study
        if A.ndim == 1:
            return self.w * A - self.wu * (self.c * self.data.total(self.wu * A))[study]
        shares = self.c[:, None] * self.data.total(self.wu[:, None] * A)
        return self.w[:, None] * A - self.wu[:, None] * shares[study]

    def _between(self, A: Array) -> Array:
        """Z Z' (rotated) times `A`."""
        u = self.data.u if A.ndim == 1 else self.data.u[:, None]
        return u * self.data.total(u * A)[self.data.study]

    def slopes(self) -> tuple[Array, Array, Array]:
        """(score (2,), minus the second derivatives (2, 2), their expectation (2, 2))."""
        data, w, c = self.data, self.w, self.c
        w2u2 = data.total(self.wu**2)
        inner = 1 / (1 + self.s1 * self.suu)
        traces = np.array([np.sum(self.suu * inner), w.sum() - np.sum(c * w2u2)])
        both = np.empty((2, 2))
        both[0, 0] = np.sum((self.suu * inner) ** 2)
        both[0, 1] = both[1, 0] = np.sum(w2u2 * inner**2)
        both[1, 1] = w @ w - 2 * np.sum(c * data.total(w * self.wu**2)) + np.sum((c * w2u2) ** 2)
        moved = (self._between(self.B), self.B)
        if self.restricted:
            F = [self.M @ (self.B.T @ V) for V in moved]
            later = [self.omega(V) for V in moved]
            traces -= [np.trace(f) for f in F]
            for i in range(2):
                for j in range(2):
                    cross = np.trace(self.M @ (moved[i].T @ later[j]))
                    both[i, j] += np.sum(F[i] * F[j].T) - 2 * cross
        pushed = (self._between(self.q), self.q)
        score = (np.array([self.q @ V for V in pushed]) - traces) / 2
        projected = [self.omega(V) - self.B @ (self.M @ (self.B.T @ V)) for V in pushed]
        quadratic = np.array([[a @ b for b in projected] for a in pushed])
        return score, (quadratic + quadratic.T) / 2 - both / 2, both / 2


@dataclass(frozen=True)
class Maximum:
    """Variances s1, s2 (in the data's rotated unit), the height there, and how many maxima."""

    s: Array
    height: float
    number: int


def maximise(data: Nested, *, restricted: bool) -> Maximum:
    """The global maximum: a scan over both variances, then Newton's method from every peak of it.

    0 is a value of both. Heights are compared afterwards; the scan's spacing is narrower than a
    study's own term of the likelihood.
    """
    axes = grid(data)
    heights = scan(data, axes[0], axes[1], restricted=restricted)
    found: list[tuple[float, Array]] = []
    for peak in _peaks(heights)[:12]:
        start = np.array([axes[0][peak[0]], axes[1][peak[1]]])
        s = climb(data, start, (True, True), restricted=restricted)
        found.append((At(data, *s, restricted=restricted).height, s))
    found.sort(key=lambda pair: -pair[0])
    reach = np.array([axes[0][1], axes[1][1]])
    apart: list[Array] = []
    for _, s in found:
        if not any((np.abs(s - other) <= 1e-4 * (s + reach)).all() for other in apart):
            apart.append(s)
    return Maximum(found[0][1], found[0][0], len(apart))


def grid(data: Nested) -> tuple[Array, Array]:
    """Values of s1 and of s2: 0, then evenly on a logarithmic axis up to what the data can hold."""
    residual = data.y - data.X @ np.linalg.lstsq(data.X, data.y, rcond=None)[0]
    bound = float(residual @ residual)
    least = (1 / float((data.total(data.u**2 / data.v)).max()), float(data.v.min()))
    out = []
    for low in least:
        # Outcomes that are all equal still leave a variance its interval.
        reach = np.log1p(max(bound / low, 10.0))
        points = int(np.ceil(reach / GRID_STEP)) + 2
        steps = np.linspace(0.0, reach, min(points, GRID_POINTS))
        out.append(low * np.expm1(steps))
    return out[0], out[1]


def scan(data: Nested, first: Array, second: Array, *, restricted: bool) -> Array:
    """The log-likelihood but for a constant at every s1 of `first` and s2 of `second`, (G1, G2)."""
    p = data.X.shape[1]
    A = np.column_stack([data.X, data.y])
    out = np.empty((len(first), len(second)))
    size = max(1, CHUNK // (len(first) * len(data.starts)))
    for start in range(0, len(second), size):
        w = 1.0 / (data.v + second[start : start + size, None])
        suu = np.add.reduceat(w * data.u**2, data.starts, axis=1)
        shares = np.add.reduceat((w * data.u)[..., None] * A, data.starts, axis=1)
        whole = A.T @ (w[..., None] * A)
        growth = 1 + first[:, None, None] * suu
        weighted = (first[:, None, None] / growth)[..., None] * shares
        cross = whole - np.swapaxes(weighted, -1, -2) @ shares
        XX, Xy, yy = cross[..., :p, :p], cross[..., :p, p], cross[..., p, p]
        rss = yy - np.vecdot(Xy, np.linalg.solve(XX, Xy[..., None])[..., 0])
        twice = np.log(w).sum(axis=1) - np.log(growth).sum(axis=-1) - rss
        if restricted:
            twice = twice - np.linalg.slogdet(XX)[1]
        out[:, start : start + size] = twice / 2
    return out


def _peaks(heights: Array) -> list[tuple[int, int]]:
    """Cells that none of their eight neighbours exceeds, the highest first."""
    padded = np.pad(heights, 1, constant_values=-np.inf)
    around = np.full(heights.shape, -np.inf)
    n, m = heights.shape
    for i in range(3):
        for j in range(3):
            if (i, j) != (1, 1):
                around = np.maximum(around, padded[i : i + n, j : j + m])
    cells = np.argwhere(heights >= around)
    order = np.argsort(-heights[tuple(cells.T)], kind="stable")
    return [(int(i), int(j)) for i, j in cells[order]]


def climb(data: Nested, start: Array, free: tuple[bool, bool], *, restricted: bool) -> Array:
    """The local maximum above `start` in the variances that are `free`, none below 0.

    Newton's method with the observed curvature where it has a maximum, else with the expected one
    (Fisher scoring); a step that does not rise is halved.
    """
    s, may = start.astype(float).copy(), np.array(free)
    least = np.array([1 / (data.total(data.u**2 / data.v)).max(), data.v.min()])
    at = At(data, *s, restricted=restricted)
    for _ in range(200):
        score, observed, expected = at.slopes()
        moving = may & ((s > 0) | (score > 0))
        if not moving.any():
            break
        step = np.zeros(2)
        step[moving] = _direction(score, observed, expected, moving)
        small = np.abs(step) <= STEP * (s + least)
        rose = False
        for _ in range(60):
            new = np.maximum(s + step, 0.0)
            ahead = At(data, *new, restricted=restricted)
            if ahead.height >= at.height - 1e-13 * (1 + abs(at.height)):
                rose = True
                break
            step = step / 2
        if not rose:
            break
        s, at = new, ahead
        if small.all():
            break
    return s


def _direction(score: Array, observed: Array, expected: Array, moving: Array) -> Array:
    g = score[moving]
    for curvature in (observed, expected):
        part = curvature[np.ix_(moving, moving)]
        d = np.sqrt(np.abs(np.diag(part)))
        if (np.diag(part) > 0).all():
            even = part / np.outer(d, d)
            # The determinant of at most 2 x 2 with unit diagonal says whether it is definite.
            if np.linalg.det(even) > 1e-10:
                return np.linalg.solve(even, g / d) / d
    return g / np.where(d > 0, d, 1.0) ** 2


def profile_interval(
    data: Nested, best: Maximum, which: int, drop: float, *, restricted: bool
) -> tuple[float, float]:
    """Where the profile log-likelihood of one variance has fallen by `drop`, below and above.

    `which` is 0 for s1 and 1 for s2. The lower end is 0 where it falls by less than that; the
    upper end is infinite where the likelihood never falls so far.
    """
    axes = grid(data)
    other = axes[1 - which]
    free = (which != 0, which != 1)

    def lost(value: float) -> tuple[float, float]:
        """How far the profile has fallen at `value`, less `drop`, and how fast it falls."""
        pair = (np.array([value]), other) if which == 0 else (other, np.array([value]))
        row = scan(data, *pair, restricted=restricted).ravel()
        start = np.empty(2)
        start[which], start[1 - which] = value, other[int(np.argmax(row))]
        s = climb(data, start, free, restricted=restricted)
        at = At(data, *s, restricted=restricted)
        # The slope along the ridge is the slope in the fixed variance.
        return best.height - at.height - drop, -float(at.slopes()[0][which])

    middle, least = float(best.s[which]), float(axes[which][1])
    low = 0.0
    if middle > 0 and lost(0.0)[0] > 0:
        low = crossing(lost, middle, 0.0)
    outside = 3 * middle + least
    for _ in range(80):
        if lost(outside)[0] > 0:
            return low, crossing(lost, middle, outside)
        outside = middle + 2 * (outside - middle)
    return low, float("inf")
