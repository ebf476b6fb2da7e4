"""What may follow a number that is a result: unit, size of its group, unnamed interval."""

from __future__ import annotations

from evergrove.reading.quantities import Count, Spread, Value
from evergrove.reading.scale_tops import BEFORE_TOP, told_top
from evergrove.reading.spread import pair_named
from evergrove.reading.stat_words import called_difference
from evergrove.reading.value_checks import ValueChecks
from evergrove.reading.words import PEOPLE


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

    def _size_behind(self, value: Value, j: int) -> int:
        """ "gel, 3.1 (0.4), n = 22; tape, 3.9 (0.5), n = 20", "mud 2.9, 17 women, vs wax 3.8".

        The number of people behind the comma at j, where the value is the only one of its part of
        the sentence. Returns the token behind it, or j.
        """
        counted = self.word(j + 1) == "n"
        if counted and value.percent and self.word(value.first - 1) in ("(", "["):
            return j  # "the tall men (33%, n = 13)": the size of those before the bracket
        if not counted and not (self.is_number(j + 1) and self.word(j + 2) in PEOPLE):
            return j
        before = self.q.values[-1] if self.q.values else None
        apart = before is None or before.n is not None
        if not apart and not any(self.word(k) == ";" for k in range(before.last, value.first)):
            return j
        if counted:
            size = self.read_n(j + 1)
            end, ends = (size.last if size is not None else j), self.word(size.last if size else j)
            # "7.4 ± 1.2, n = 58 at baseline and 5.1 ± 1.3, n = 55 at 6 months"
            ends = ";" if size is not None and size.equals and value.spreads else ends
        else:
            token, end = self.t[j + 1], j + 3
            whole = token.value == int(token.value) > 1 and "." not in token.word
            size = Count(int(token.value), j + 1, end, self.word(j + 2), None) if whole else None
            against = self.word(end) == "," and self.word(end + 1) in ("vs", "versus", "against")
            ends = ";" if against else self.word(end)
        if size is None or size.each or ends not in (";", ")", "]"):
            return j
        value.n = size
        return end

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
            value.unit = {"points": "point", "pts": "point", "pt": "point", "cms": "cm"}.get(
                unit, unit
            )
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
