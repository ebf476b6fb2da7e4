"""Printed numbers as a journal wants them: the project's wording, with its marks exchanged."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from evergrove import wording


@dataclass(frozen=True)
class Numbers:
    """How numbers are printed. A journal's preset changes these fields, never the callers."""

    decimal_mark: str = "."
    leading_zero_in_p: bool = True
    #: "to" between all bounds of effects, or a dash where none of a column is negative.
    joint: str = "to"

    def fixed(self, value: float, digits: int) -> str:
        """The value with exactly `digits` decimals; what rounds to zero has no minus."""
        return self._marked(wording.number(value, digits))

    def interval(self, low: float, high: float, digits: int) -> str:
        """Both bounds of a quantity that is never negative: "0.8–4.1"."""
        return self._marked(wording.interval(low, high, digits, may_be_negative=False))

    def between(self, lowest: float) -> str:
        """What stands between the bounds of effects whose lowest bound is `lowest`."""
        return "to" if self.joint == "to" or lowest < 0 else wording.EN_DASH

    def p_value(self, p: float) -> str:
        """ "p = 0.012", "p < 0.001" or "p > 0.999": three decimals, on one line."""
        text = wording.p_equals(p)
        if not self.leading_zero_in_p:
            text = text.replace(f"{wording.NO_BREAK_SPACE}0.", f"{wording.NO_BREAK_SPACE}.")
        return self._marked(text)

    def degrees(self, df: float) -> str:
        """Degrees of freedom: whole where they are whole, else one decimal."""
        return self._marked(wording.degrees(df))

    def plain(self, value: float) -> str:
        """A count, or a number of days: no decimals that it does not have."""
        if float(value).is_integer():
            return wording.count(int(value))
        return self._marked(wording.plain(value))

    def given(self, text: str) -> str:
        """A number that came as text, with the decimals it came with: "-1.50" as "−1.50"."""
        return self._marked(text.strip().replace("-", wording.MINUS).removeprefix("+"))

    def _marked(self, text: str) -> str:
        return text if self.decimal_mark == "." else text.replace(".", self.decimal_mark)


def spoken(text: str) -> str:
    """Printed numbers as a screen reader should say them."""
    return text.replace(wording.MINUS, "minus ").replace(wording.NO_BREAK_SPACE, " ")


def decimals(half_widths: Iterable[float], usual: int = 2) -> int:
    """Decimals for a column of estimates, from the half-widths of their intervals.

    As many as `usual`, unless the typical (median) interval is so wide that the last one says
    nothing, or so narrow that both bounds would be printed alike.
    """
    known = sorted(half for half in half_widths if half > 0 and math.isfinite(half))
    if not known:
        return usual
    typical = known[len(known) // 2]
    if typical >= 100:
        return 0
    if typical >= 10:
        return min(usual, 1)
    # Two digits of the half-width are always shown.
    return max(usual, min(6, 1 - math.floor(math.log10(typical)) if typical < 0.02 else 0))
