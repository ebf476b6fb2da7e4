"""How every number is printed: one formatter for pages, figures, tables and messages.

Rounding is that of Python's ``format``: correct for the stored binary value. A minus is the true
minus sign (U+2212). Nothing here computes; a value is only ever worded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

MINUS = "\u2212"
EN_DASH = "\u2013"
NO_BREAK_SPACE = "\u00a0"
NARROW_SPACE = "\u202f"
WORD_JOINER = "\u2060"
MISSING = EN_DASH
_SUPERSCRIPTS = str.maketrans("-0123456789", "\u207b⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | None, decimals: int = 2) -> str:
    """`value` with a fixed number of decimals: ``-0.456`` is "−0.46", None is a dash.

    A value that rounds to zero has no sign. NaN and infinities raise ValueError, because a
    missing value is None everywhere.
    """
    if value is None:
        return MISSING
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be printed")
    text = f"{value:.{decimals}f}"
    if text.startswith("-"):
        digits = text[1:]
        return MINUS + digits if digits.strip("0.") else digits
    return text


def decimals_for_scale(low: float, high: float) -> int:
    """Decimals for effects on a scale: a thousandth of its range (0-10: 2, 0-100: 1, 0-1: 3)."""
    width = high - low
    if not (math.isfinite(width) and width > 0):
        raise ValueError(f"a scale from {low} to {high} has no width")
    return max(0, 3 - math.ceil(math.log10(width) - 1e-9))


def interval(
    low: float | None, high: float | None, decimals: int = 2, *, may_be_negative: bool = True
) -> str:
    """Two bounds: "4.52 to 6.09", or "0.8–4.1" for a quantity that is never negative.

    A dash between numbers is misread as soon as one of them has a minus, so "to" stands wherever
    the quantity could be negative, whether these two bounds are or not.
    """
    if low is None and high is None:
        return MISSING
    joint = " to " if may_be_negative or min(low or 0.0, high or 0.0) < 0 else EN_DASH
    return f"{number(low, decimals)}{joint}{number(high, decimals)}"


def estimate(
    value: float, low: float | None, high: float | None, level: float = 95, decimals: int = 2
) -> str:
    """A value and its confidence interval: "5.31 (95% CI 4.52 to 6.09)"."""
    bounds = interval(low, high, decimals)
    return f"{number(value, decimals)} ({plain(level)}% CI {bounds})"


def p_value(p: float | None) -> str:
    """A p value without its letter, three decimals: "<0.001", "0.034", ">0.999"."""
    if p is None:
        return MISSING
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is not a probability")
    if p < 0.001:
        return "<0.001"
    if p > 0.999:
        return ">0.999"
    return number(p, 3)


def p_equals(p: float | None) -> str:
    """A p value as it stands in a sentence: "p < 0.001", "p = 0.034"."""
    text = p_value(p)
    if text == MISSING:
        return "p not available"
    sign = text[0] if text[0] in "<>" else "="
    return NO_BREAK_SPACE.join(["p", sign, text.lstrip("<>")])


def percent(value: float | None, decimals: int = 0) -> str:
    """A number that already is a percentage: 95.4 is "95%"."""
    return MISSING if value is None else f"{number(value, decimals)}%"


def count(value: int | None) -> str:
    """A whole number; from 10 000 on, its thousands stand apart by a narrow no-break space."""
    if value is None:
        return MISSING
    if value != int(value):
        raise ValueError(f"{value} is not a count")
    digits = f"{abs(int(value)):,}" if abs(value) >= 10_000 else str(abs(int(value)))
    return (MINUS if value < 0 else "") + digits.replace(",", NARROW_SPACE)


def counted(value: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 study", "11 studies" (`many` is `one` with an s if not given)."""
    noun = one if value == 1 else (many or f"{one}s")
    return f"{count(value)}{NO_BREAK_SPACE}{noun}"


def degrees(df: float | None) -> str:
    """Degrees of freedom: whole where they are whole, else one decimal (Satterthwaite)."""
    if df is None:
        return MISSING
    return number(df, 0 if df == int(df) else 1)


def plain(value: float | None) -> str:
    """A number with only the digits that it needs: 95.0 is "95", 0.5 is "0.5"."""
    if value is None:
        return MISSING
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be printed")
    if value == int(value) and abs(value) < 1e15:
        return printed(str(int(value)))
    return printed(repr(float(value)))


def printed(text: str) -> str:
    """A numeral with every digit that its source printed; only a leading hyphen becomes a minus."""
    return MINUS + text[1:] if text[:1] == "-" and text[1:2].isdigit() else text


def with_dashes(text: str) -> str:
    """Ranges of numbers inside a label with an en dash: "VAS 0-10" is "VAS 0–10"."""
    return re.sub(r"(?<=\d)-(?=\d)", EN_DASH, text)


def power_of_ten(value: float | None, digits: int = 1) -> str:
    """A very small or large number: 2.3e-13 is "2.3 × 10⁻¹³"; zero is "0"."""
    if value is None:
        return MISSING
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be printed")
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    times = f"{NO_BREAK_SPACE}\u00d7{NO_BREAK_SPACE}"
    return f"{printed(mantissa)}{times}10{power}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def days_between(low: int | None, high: int | None) -> str:
    """A window of days: "0 to 91 days", "up to 7 days", "251 days or later", "any time"."""
    if low is None and high is None:
        return "any time"
    if low is None:
        return f"up to {count(high)} days"
    if high is None:
        return f"{count(low)} days or later"
    return f"{count(low)} to {count(high)} days"
