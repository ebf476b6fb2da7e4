"""Can these summaries come from whole numbers at all? GRIM, GRIMMER and DEBIT.

For integer scores only (a numerical rating scale, a questionnaire's sum), never for a line marked
in millimetres. Arithmetic is exact. A printed value stands for every number that rounds to it,
whichever way halves are rounded. Every function takes values as printed ("5.10" has two decimals).
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction


def _interval(printed: str) -> tuple[Fraction, Fraction]:
    value = Decimal(printed)
    half = Fraction(1, 2) / 10 ** max(0, -value.as_tuple().exponent)
    return Fraction(value) - half, Fraction(value) + half


def _sums(mean: str, n: int, items: int) -> range:
    low, high = _interval(mean)
    return range(math.ceil(low * n * items), math.floor(high * n * items) + 1)


def grim(mean: str, n: int, items: int = 1) -> bool:
    """Whether a mean of n people's whole numbers (each the mean of `items`) can round to `mean`.

    Brown and Heathers 2017. Has power only where n · items is below ten to the decimals printed.
    """
    return len(_sums(mean, n, items)) > 0


def grimmer(mean: str, sd: str, n: int) -> bool:
    """Whether whole numbers of n people can have this mean and SD (Anaya 2016; Allard 2018).

    There must be a sum S and a sum of squares Q, both whole, of the same parity, with
    (Q − S²/n)/(n − 1) the square of a number that rounds to `sd`.
    """
    low, high = _interval(sd)
    low = max(low, Fraction(0))
    for total in _sums(mean, n, 1):
        base = Fraction(total * total, n)
        first = math.ceil((n - 1) * low**2 + base)
        last = math.floor((n - 1) * high**2 + base)
        if (first - total) % 2:
            first += 1
        if first <= last:
            return True
    return False


def debit(mean: str, sd: str, n: int) -> bool:
    """Whether zeros and ones of n people can have this mean and SD (Heathers and Brown 2019)."""
    low, high = _interval(mean)
    spreads = [m * (1 - m) * Fraction(n, n - 1) for m in (low, high)]
    if low <= Fraction(1, 2) <= high:
        spreads.append(Fraction(n, 4 * (n - 1)))
    sd_low, sd_high = _interval(sd)
    return max(spreads) >= max(sd_low, 0) ** 2 and min(spreads) <= sd_high**2
