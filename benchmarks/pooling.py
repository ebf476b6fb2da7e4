"""The statistical core: single fits, refits by the thousand, and how the cost grows.

Times are processor seconds of one core, medians of several runs. metafor (if `Rscript` finds it)
does the same on the same data in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterator

import numpy as np

from evergrove import diagnostics, multilevel, pooling, resampling

SEED = 20260101
METAFOR = """
suppressMessages(library(metafor))
d <- read.csv(file("stdin"))
take <- function(k) d[seq_len(k), ]
clock <- function(f, times = 3) {
  median(sapply(seq_len(times), function(i) { t <- proc.time(); f(); sum((proc.time() - t)[1:2]) }))
}
f <- rma(yi, vi, data = take(100), test = "knha")
cat("one", clock(function() for (i in 1:20) {
  g <- rma(yi, vi, data = take(100), test = "knha"); confint(g); predict(g) }) / 20, "\\n")
cat("loo", clock(function() leave1out(f)), "\\n")
g <- rma(yi, vi, data = take(12))
subsets <- function() suppressWarnings(gosh(g, subsets = 400, progbar = FALSE))
cat("gosh", clock(subsets, 1) / 400, "\\n")
h <- rma(yi, vi, mods = ~ x, data = take(10))
cat("permutation", clock(function() permutest(h, iter = 200, progbar = FALSE), 1) / 200, "\\n")
"""


def run() -> Iterator[str]:
    y, v, x = made(10_000)
    theirs = metafor(y[:100], v[:100], x[:100])

    def beside(name: str, seconds: float) -> str:
        if name not in theirs:
            return ""
        return f"; metafor {theirs[name]:.2g} s, {theirs[name] / seconds:.0f} times as long"

    seconds = clock(lambda: pooling.fit(y[:100], v[:100]), 15)
    line = f"one REML fit with all it prints, k = 100: {seconds * 1e3:.2f} ms"
    yield line + beside("one", seconds)
    seconds = clock(lambda: diagnostics.leave_one_out(y[:100], v[:100]), 9)
    yield f"leave-one-out, REML, k = 100: {seconds * 1e3:.1f} ms{beside('loo', seconds)}"
    number = len(resampling.gosh(y[:12], v[:12]).b)
    seconds = clock(lambda: resampling.gosh(y[:12], v[:12]), 5) / number
    yield f"GOSH, REML, all subsets of 12: {1 / seconds:,.0f} a second{beside('gosh', seconds)}"
    many, their_v = batch(20_000, 10)
    seconds = clock(lambda: pooling.solve(many, their_v), 5) / len(many)
    yield f"REML fits in one batch, k = 10: {1 / seconds:,.0f} a second"
    seconds = clock(lambda: resampling.bootstrap(y[:10], v[:10], iterations=20_000), 3) / 20_000
    yield f"bootstrap, REML, k = 10: {1 / seconds:,.0f} refits a second"
    X = np.column_stack([np.ones(10), x[:10]])
    seconds = clock(lambda: resampling.permutation_test(y[:10], v[:10], X), 3) / resampling.MOST
    line = f"permutation of one moderator, REML, k = 10: {1 / seconds:,.0f} refits a second"
    yield line + beside("permutation", seconds)
    labels = [f"s{i // 3}" for i in range(100)]
    seconds = clock(lambda: multilevel.fit(y[:100], v[:100], labels, intervals=False), 5)
    whole = clock(lambda: multilevel.fit(y[:100], v[:100], labels), 3)
    yield (
        f"three-level REML, k = 100: {seconds * 1e3:.0f} ms, "
        f"with profile intervals {whole * 1e3:.0f} ms"
    )
    yield from growth(y, v)


def growth(y: np.ndarray, v: np.ndarray) -> Iterator[str]:
    """Cost by study and fit, against the smallest: about 1 or less means linear growth."""
    first = None
    for k in (100, 1_000, 10_000):
        each = clock(lambda k=k: pooling.solve(y[None, :k], v[None, :k]), 7) / k
        first = first or each
        yield f"one REML fit, k = {k:,}: cost a study against the first {each / first:.2f}"
    first = None
    for fits in (2_000, 8_000, 32_000):
        many, their_v = batch(fits, 10)
        each = clock(lambda a=many, b=their_v: pooling.solve(a, b), 5) / fits
        first = first or each
        yield f"{fits:,} REML fits, k = 10: cost a fit against the first {each / first:.2f}"


def made(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Invented outcomes with tau2 0.1, their variances, and a moderator that does nothing."""
    random = np.random.default_rng(SEED)
    v = random.gamma(2, 0.05, k) + 0.01
    return random.normal(0.3, np.sqrt(v + 0.1)), v, random.normal(size=k)


def batch(fits: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    y, v, _ = made(fits * k)
    return y.reshape(fits, k), v.reshape(fits, k)


def clock(call: Callable[[], object], times: int) -> float:
    """The median of processor seconds."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def metafor(y: np.ndarray, v: np.ndarray, x: np.ndarray) -> dict[str, float]:
    """Seconds that metafor takes, by name; empty where R or the package is not installed."""
    rows = "".join(
        f"{a!r},{b!r},{c!r}\n" for a, b, c in zip(y.tolist(), v.tolist(), x.tolist(), strict=True)
    )
    try:
        done = subprocess.run(
            ["Rscript", "-e", METAFOR],
            input="yi,vi,x\n" + rows,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}
