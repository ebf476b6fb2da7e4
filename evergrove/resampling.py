"""Refits by the thousand: permutation tests, parametric bootstrap, all subsets (GOSH).

Every refit of one analysis is a row of one batch. Permutation: Higgins & Thompson 2004 (Stat Med
23:1663), as metafor's `permutest`; GOSH: Olkin, Dahabreh & Trikalinos 2012 (Res Synth Methods
3:214), as metafor's `gosh`; bootstrap prediction: Davison & Hinkley 1997, section 6.3.3. Random
draws come from a seed and are the same on every machine with the same NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from evergrove import moderators, pooling
from evergrove.errors import EvergroveError
from evergrove.projection import Array

# All arrangements are gone through up to this many, else as many random ones are drawn.
MOST = 10_000
# Elements of the (refits, studies, coefficients) arrays that are held at once.
CHUNK = 1 << 19
# Statistics that differ by rounding only are equal.
TIE = math.sqrt(np.finfo(float).eps)


def permutation_test(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    X: Array | None = None,
    *,
    method: str = "REML",
    test: str = "knha",
    iterations: int = MOST,
    seed: int = 1,
) -> dict[str, Any]:
    """p values that need no distribution: the share of arrangements at least as extreme.

    With moderators `X` (k, p) its rows are permuted among the studies; for one mean the signs of
    the outcomes are flipped. All distinct arrangements if they are at most `iterations` ("exact"
    is True), else that many at random, the observed one being the first of them, so that no p
    value is 0. Returns p (list of p with `X`), QM_p (with `X`), exact, arrangements, undefined
    (arrangements without a test statistic, which are left out), seed.
    """
    y, v = pooling.checked(yi, vi)
    _check_iterations(iterations)
    k = len(y)
    if X is None:
        parts, number, exact = _signs(k, iterations, seed)
        draws: Iterator[tuple[Array, Array | None]] = ((s * y, None) for s in parts)
    else:
        X = np.asarray(X, float)
        parts, number, exact = _orders(X, iterations, seed)
        draws = ((np.broadcast_to(y, order.shape), X[order]) for order in parts)
    options = {"method": method, "test": test}
    own = pooling.solve(y[None], v[None], X, **options)
    observed = np.abs(own.stat[0])
    out: dict[str, Any] = {"p": None, "exact": exact, "arrangements": number, "seed": seed}
    if not np.isfinite(observed).all():
        return out | {"undefined": None, "reason": "zero_standard_error"}
    observed_qm = _joint(own.b, own.vb, X)[0]
    reached, reached_qm, defined = np.zeros(len(observed)), 0, 0
    for drawn, design in draws:
        fits = pooling.solve(drawn, np.broadcast_to(v, drawn.shape), design, **options)
        good = np.isfinite(fits.stat).all(axis=1)
        defined += int(good.sum())
        reached += (np.abs(fits.stat[good]) >= observed - TIE).sum(axis=0)
        if X is not None:
            joint = _joint(fits.b[good], fits.vb[good], X)
            # QM itself, or F: a fixed multiple, so that the tie is judged on the same scale.
            reached_qm += int((joint >= observed_qm - TIE * _divisor(X, test)).sum())
    out["undefined"] = number - defined
    shares = (reached / defined).tolist()
    out["p"] = shares if X is not None else shares[0]
    if X is not None:
        out["QM_p"] = reached_qm / defined
    return out


def _check_iterations(iterations: int) -> None:
    if not iterations >= 2:
        raise EvergroveError("at least 2 iterations are needed", value=iterations)


def _pieces(number: int, k: int, p: int = 1) -> Iterator[tuple[int, int]]:
    size = max(1, CHUNK // (k * p))
    for start in range(0, number, size):
        yield start, min(start + size, number)


def _signs(k: int, iterations: int, seed: int) -> tuple[Iterator[Array], int, bool]:
    """Signs (rows, k) of each outcome: all 2^k of them, or random ones with all + first."""
    exact = k < 63 and 2**k <= iterations
    number = 2**k if exact else iterations

    def parts() -> Iterator[Array]:
        random = np.random.default_rng(seed)
        for start, end in _pieces(number, k):
            if exact:
                bits = np.arange(start, end)[:, None] >> np.arange(k)
            else:
                bits = random.integers(0, 2, (end - start, k))
                bits[: int(start == 0)] = 0
            yield 1.0 - 2.0 * (bits & 1)

    return parts(), number, exact


def _orders(X: Array, iterations: int, seed: int) -> tuple[Iterator[Array], int, bool]:
    """Which row of X each study gets, (rows, k): all distinct ways, or random ones, own first."""
    k = len(X)
    _, first, kind, counts = np.unique(
        X, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    kind = kind.ravel()
    ways = math.factorial(k)
    for count in counts.tolist():
        ways //= math.factorial(count)
    exact = ways <= iterations
    number = ways if exact else iterations

    def parts() -> Iterator[Array]:
        random = np.random.default_rng(seed)
        every = _arrangements(counts.tolist(), k) if exact else None
        for start, end in _pieces(number, k, X.shape[1]):
            if every is not None:
                kinds = np.array([next(every) for _ in range(end - start)])
                yield first[kinds]
            else:
                order = random.permuted(np.tile(np.arange(k), (end - start, 1)), axis=1)
                if start == 0:
                    order[0] = np.arange(k)
                yield order

    return parts(), number, exact


def _arrangements(counts: Sequence[int], k: int) -> Iterator[list[int]]:
    """Every distinct arrangement of `counts[i]` copies of i over k places."""

    def place(kind: int, free: tuple[int, ...], found: list[int]) -> Iterator[list[int]]:
        if kind == len(counts):
            yield found.copy()
            return
        for chosen in combinations(free, counts[kind]):
            for i in chosen:
                found[i] = kind
            taken = set(chosen)
            yield from place(kind + 1, tuple(i for i in free if i not in taken), found)

    yield from place(0, tuple(range(k)), [0] * k)


def _tested(X: Array | None) -> slice:
    """The coefficients of the joint test: all but the intercept, if there are others."""
    several = X is not None and X.shape[-1] > 1 and moderators.has_intercept(X)
    return slice(1, None) if several else slice(None)


def _joint(b: Array, vb: Array, X: Array | None) -> Array:
    """QM as chi-squared for each row of b (D, p), vb (D, p, p)."""
    tested = _tested(X)
    b, vb = b[:, tested], vb[:, tested, tested]
    d = np.sqrt(np.diagonal(vb, axis1=1, axis2=2))
    even = b / d
    inner = np.linalg.solve(vb / (d[:, :, None] * d[:, None, :]), even[..., None])[..., 0]
    return np.vecdot(even, inner)


def _divisor(X: Array, test: str) -> int:
    return 1 if test == "z" else len(range(X.shape[1])[_tested(X)])


def bootstrap(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    test: str = "knha",
    level: float = 95,
    iterations: int = 10_000,
    seed: int = 1,
) -> dict[str, Any]:
    """Parametric bootstrap of the random-effects mean: outcomes drawn from the fitted model.

    {tau2_ci_low, tau2_ci_high, ci_low, ci_high, pi_low, pi_high, iterations, seed}: percentiles of
    the refitted tau2; studentised intervals for the mean and for the effect in a new setting
    (quantiles of the refits' errors in units of their own standard errors). None with a "reason"
    for fewer than three studies, for EE and where the standard error is 0.
    """
    y, v = pooling.checked(yi, vi)
    _check_iterations(iterations)
    options = {"method": method, "test": test, "level": level}
    keys = ("tau2_ci_low", "tau2_ci_high", "ci_low", "ci_high", "pi_low", "pi_high")
    out: dict[str, Any] = dict.fromkeys(keys) | {"iterations": iterations, "seed": seed}
    if len(y) < 3:
        return out | {"reason": "fewer_than_three_studies"}
    if method == "EE":
        return out | {"reason": "no_tau2_in_this_model"}
    fit = pooling.solve(y[None], v[None], **options)
    b, se, spread = float(fit.b[0, 0]), float(fit.se[0, 0]), float(fit.tau2[0])
    if not se > 0:
        return out | {"reason": "zero_standard_error"}
    random = np.random.default_rng(seed)
    taus, means, news = [], [], []
    for start, end in _pieces(iterations, len(y)):
        # Around 0: the refits do not depend on where the mean lies.
        drawn = random.standard_normal((end - start, len(y))) * np.sqrt(v + spread)
        new = random.standard_normal(end - start) * math.sqrt(spread)
        fits = pooling.solve(drawn, np.broadcast_to(v, drawn.shape), **options)
        taus.append(fits.tau2)
        means.append(fits.b[:, 0] / fits.se[:, 0])
        news.append((new - fits.b[:, 0]) / np.sqrt(fits.tau2 + fits.se[:, 0] ** 2))
    ends = [pooling.tail(level), 1 - pooling.tail(level)]
    low, high = np.quantile(np.concatenate(taus), ends)
    out |= {"tau2_ci_low": float(low), "tau2_ci_high": float(high)}
    # (estimate - truth) / se is drawn; the interval turns it round.
    low, high = np.quantile(np.concatenate(means), ends)
    out |= {"ci_low": float(b - high * se), "ci_high": float(b - low * se)}
    low, high = np.quantile(np.concatenate(news), ends)
    width = math.sqrt(spread + se**2)
    return out | {"pi_low": float(b + low * width), "pi_high": float(b + high * width)}


@dataclass(frozen=True)
class Subsets:
    """Results of D subsets: `members` (D, k) booleans, and n, b, tau2, I2, Q (D,)."""

    members: Array
    n: Array
    b: Array
    tau2: Array
    I2: Array
    Q: Array
    complete: bool


def gosh(
    yi: Sequence[float] | Array,
    vi: Sequence[float] | Array,
    *,
    method: str = "REML",
    subsets: int = 1_000_000,
    seed: int = 1,
) -> Subsets:
    """The model of one mean in every subset of two or more studies, or in random subsets.

    All 2^k - k - 1 subsets if they are at most `subsets`; else that many different random ones,
    each study being in with probability one half. A plot of I2 against b shows whether a few
    studies make the heterogeneity. Raises EvergroveError for fewer than two studies.
    """
    y, v = pooling.checked(yi, vi)
    k = len(y)
    if k < 2:
        raise EvergroveError("subsets need two studies or more", value=k)
    complete = k < 63 and 2**k - k - 1 <= subsets
    members = _all_subsets(k) if complete else _random_subsets(k, subsets, seed)
    columns: dict[str, list[Array]] = {name: [] for name in ("n", "b", "tau2", "I2", "Q")}
    for start, end in _pieces(len(members), k):
        mask = members[start:end]
        fits = pooling.solve(
            np.broadcast_to(y, mask.shape),
            np.broadcast_to(v, mask.shape),
            mask=mask,
            method=method,
            test="z",
        )
        for name, parts in columns.items():
            parts.append(getattr(fits, name).reshape(len(mask)))
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    return Subsets(members, **joined, complete=complete)


def _all_subsets(k: int) -> Array:
    bits = ((np.arange(2**k)[:, None] >> np.arange(k)) & 1).astype(bool)
    return bits[bits.sum(axis=1) >= 2]


def _random_subsets(k: int, number: int, seed: int) -> Array:
    random = np.random.default_rng(seed)
    kept: dict[bytes, Array] = {}
    # There are more subsets than are asked for, so that this ends.
    while len(kept) < number:
        for row in random.integers(0, 2, (number, k)).astype(bool):
            if row.sum() >= 2 and len(kept) < number:
                kept.setdefault(np.packbits(row).tobytes(), row)
    return np.array(list(kept.values()))
