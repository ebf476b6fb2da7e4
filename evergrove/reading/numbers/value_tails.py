"""What may follow a number that is a result: unit, size of its group, unnamed interval."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.numbers.scale_tops import BEFORE_TOP, told_top
from evergrove.reading.numbers.spread import pair_named
from evergrove.reading.numbers.value_checks import ValueChecks
from evergrove.reading.text.stat_words import called_difference
from evergrove.reading.text.words import OPEN_UNITS, word_set

_UNITS = {"points": "point", "pts": "point", "pt": "point", "cms": "cm"}

_BEHIND_BRACKET = word_set("mm cm points point units unit %")
_SPREAD_OPENS = ("(", "[", "±", "/")


class ValueTails(ValueChecks):
    """Units, sizes and unnamed intervals behind a value."""

    def _of_difference(self, value: Value) -> bool:
        """ "mean DIFFERENCE -1.4, 95% CI of the difference -2.6 to -0.2": its own interval."""
        before = [self.word(k) for k in range(value.first - 6, value.first)]
        return "difference" in before

    def _behind_name(self, value: Value, j: int) -> int:
        """ "0.8 NRS POINTS (0.1 to 1.5)": the end of an interval behind a scale's name; or 0."""
        if not self.a <= j < self.b or getattr(self.t[j].mark, "kind", "") != "measure":
            return 0
        k = j + 1
        k += self.word(k) in self.profile.measure_units or self.word(k) in ("score", "scores")
        pair = self.read_pair(k + 1) if self.word(k) in ("(", "[") else None
        if pair is None:
            return 0
        (low, high), at, end = pair
        whole = (low, high) in ((0, 10), (0, 100), (1, 10))  # the scale, and no interval
        if whole or not low <= value.value <= high or self.word(end) not in (")", "]"):
            return 0
        value.spreads.append(Spread("pair", (low, high), tuple(at)))
        return end + 1

    def _bare_interval(self, value: Value, j: int) -> int:
        """ "0.3, -0.5 to 1.2" behind a number whose interval was named: an interval too; or 0.

        So too three numbers alone in a bracket, "than with sand (1.4, 0.6 to 2.1; p = 0.01)".
        """
        alone = self.word(value.first - 1) in ("(", "[")
        named = pair_named(self.q.values, alone=alone)
        alone = alone or called_difference(self.t, self.a, value.first)
        pair = self.read_pair(j) if named or alone else None
        pair = None if self.word(j) in ("(", "[") else pair
        if pair is not None and not named:
            closes = self.word(pair[2]) in (")", "]", ";")
            pair = pair if closes and self.word(pair[1][0] + 1) == "to" else None
        if pair is None or self.word(pair[1][0] + 1) not in ("to", "-", "–", "−", "and"):
            return 0
        (low, high), at, end = pair
        if not low <= value.value <= high or any(k in self.busy for k in at):
            return 0
        value.spreads.append(Spread("pair", (low, high), tuple(at)))
        return end

    def unit_at(self, j: int) -> bool:
        """Whether a unit stands behind the bracket of a value: "7.1 (1.2) mm", "7.1 (1.2)/10"."""
        word = self.word(j)
        if word == "/":
            # "4 (2)/10 (3)": the next score, and no scale
            return self.word(j + 1) in ("10", "100") and self.word(j + 2) not in _SPREAD_OPENS
        return word in _BEHIND_BRACKET or word in OPEN_UNITS

    def read_unit(self, value: Value, j: int) -> int:
        word = self.word(j)
        if word == "%":
            # "95% CI" is handled before; here it is the unit of the value.
            value.percent, value.unit = True, "%"
            return j + 1
        if word == "percent" or (word == "per" and self.word(j + 1) == "cent"):
            value.percent, value.unit = True, "%"
            return j + 1 + (word == "per")
        dash = word == "-" and not self.t[j].spaced
        unit = self.word(j + 1) if dash else word
        if unit in self.profile.measure_units:
            if dash:
                value.adjectival = True
                j += 1
            # In an open profile the word of a unit may be one of ours ("rate-of"): as printed then.
            value.unit = _UNITS.get(unit) or (self.t[j].raw if self.profile.open else unit)
            return j + 1
        if word == "/" and self.word(j + 1) in ("10", "100") and self.word(j + 2) != "/":
            value.scale_top = j + 1
            return j + 2
        if (
            word == "out"
            and self.word(j + 1) == "of"
            and self.a <= j + 2 < self.b
            and self.t[j + 2].kind == "n"
        ):
            value.scale_top = j + 2
            return j + 3
        decimal = "." in self.t[value.at].word
        if (
            word == "of"
            and self.word(j + 1) in ("10", "100")
            and (decimal or self.centre_of_scale(value.at) or self.same_top(j + 1))
        ):
            value.scale_top = j + 1
            return j + 2
        if word in BEFORE_TOP:
            top = told_top(self.t, self.b, j, value.value, self.busy, self.profile.measure_units)
            if top is not None:
                value.scale_top = top[0]
                return top[1]
        return j
