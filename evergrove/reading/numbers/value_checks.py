"""Whether a spread belongs to a value, and whether a value is one."""

from __future__ import annotations

from evergrove.reading.numbers.counts import CountReader
from evergrove.reading.numbers.quantities import Count, Spread, Value
from evergrove.reading.numbers.spreads_of_others import of_number_between
from evergrove.reading.text.words import (
    PEOPLE,
    UNIT_DAYS,
    word_set,
)

_AFTER_TIME_WORDS = word_set(", ; ( [ with a old and")
_REJECT_SPREAD_WORDS = word_set(") ] - –")
# What a mean with its spread may count: "1.7 ± 0.9 levels were treated".
_THINGS = word_set(
    "levels segments vertebrae lesions nodules injections treatments tumours tumors implants "
    "screws needles treated attacks episodes days-of visits appointments punctures attempts "
    "fractures metastases applications cycles fractions procedures physicians discs electrodes "
    "contacts pills capsules repetitions steps falls readmissions calls"
)


_ENDS_LENGTH = word_set(") , ; . and vs versus")


class ValueChecks(CountReader):
    """Gives spreads to values and sets aside what is none."""

    def _to_difference(self, spreads: list[Spread]) -> None:
        """Give an interval to the difference that the sentence names before."""
        for value in reversed(self.q.values):
            near = [self.word(k) for k in range(value.first - 4, value.last + 3)]
            if "difference" in near and not value.spreads:
                value.spreads.extend(spreads)
                return
        for spread in spreads:
            for at in spread.at:
                self.q.rejected.setdefault(at, "interval of another number")
            if spread.level_at is not None:
                self.q.rejected.setdefault(spread.level_at, "level of a confidence interval")

    def attach(self, spreads: list[Spread], i: int) -> None:
        """Give spreads that were read at token i to the value before, or keep them as a list."""
        if self._after_time(i):
            for spread in spreads:
                for at in spread.at:
                    self.q.rejected[at] = "spread of a length of time"
            return
        open_values = [value for value in self.q.values if not value.spreads]
        last = self.q.values[-1] if self.q.values else None
        if (
            len(spreads) == 1
            and last is not None
            and not last.spreads
            and self.word(spreads[0].at[-1] + 1) not in ("in", "for")
        ):
            if self._told_apart(last, spreads[0], i) or of_number_between(
                self.t, last, self.q.foreign, spreads[0], i
            ):
                ends = dict.fromkeys(spreads[0].at, "interval without its estimate")
                self.q.rejected.update(ends)
                if spreads[0].level_at is not None:
                    self.q.rejected[spreads[0].level_at] = "level of a confidence interval"
                return
            last.spreads.append(spreads[0])
            last.loose = True
        elif (
            open_values
            or (not self.q.values and self._holds_for_all(spreads[-1].at[-1]))
            or (not self.q.values and len(spreads) == 1 and self._behind_measure(spreads[0]))
        ):
            self.q.lists.append((i, spreads))
        else:
            for spread in spreads:
                for at in spread.at:
                    self.q.rejected.setdefault(at, "spread without its centre")

    def _told_apart(self, value: Value, spread: Spread, i: int) -> bool:
        """ "-33 mm with wax and -29 mm with clay, AS THE LOWER BOUND OF the 95% CI (-2, 10) LAY".

        An interval some words behind a number that does not lie in it, whichever way it went.
        """
        if spread.kind != "ci" or len(spread.values) != 2:
            return False
        apart = sum(self.t[k].kind == "w" for k in range(value.last, i))
        low, high = sorted(spread.values)
        inside = low <= value.value <= high or low <= -value.value <= high
        return apart > 3 and not inside

    def _holds_for_all(self, at: int) -> bool:
        """ "With SDs of 1.9 in both arms, the means were ...": a spread before its centres."""
        near = {self.word(k) for k in range(at + 1, at + 4)}
        return bool(near & {"both", "each", "all", "either"})

    def _behind_measure(self, spread: Spread) -> bool:
        """ "Mean NDI (95% CI: 14.1, 18.3) was 16.2": a spread in a bracket behind its measure."""
        for k in range(spread.at[0] - 1, max(self.a, spread.at[0] - 8), -1):
            if self.word(k) in ("(", "["):
                return self.t[k - 1].mark is not None or self.word(k - 1) in ("score", "scores")
        return False

    def _after_time(self, i: int) -> bool:
        """Whether a length of time stands right before: "mean 28 months; range, 12-60"."""
        for k in range(i - 1, max(self.a, i - 5), -1):
            if k in self.lengths:
                return True
            if self.word(k) not in _AFTER_TIME_WORDS:
                return False
        return False

    def median_beside(self, i: int, close: int) -> int | None:
        """ "a mean of 3.1 (MEDIAN: 2.5)": the token of the median that the bracket at i holds."""
        k = self.median_at(i + 1) if self.word(i + 1) == "median" else None
        return k if k is not None and k + 1 == close else None

    def median_at(self, j: int) -> int | None:
        """ "MEDIAN, 5", "median: 5": the token of the number behind the word at j, or None."""
        k = j + 1 + (self.word(j + 1) in (":", "=", ",", "of", "was"))
        k += self.word(k) == "-"
        return k if self.is_number(k) else None

    def falls_over_dash(self, i: int) -> bool:
        """ "decreased FROM a mean of 9.1-3.4": no range goes down, so that the dash says "to"."""
        falls = self.t[i].value > self.t[i + 2].value and "." in self.t[i].word
        led = any(self.word(k) == "from" for k in range(max(self.a, i - 4), i))
        if falls and led:
            self.t[i + 1].word = self.words[i + 1] = "to"
        return falls and led

    def unit_reason(self, value: Value) -> str | None:
        """Why a value is none, from the unit behind its spread ("38 ± 9 min", "72 ± 8 years")."""
        if not value.spreads or value.unit is not None:
            return None
        behind = max([at for spread in value.spreads for at in spread.at]) + 1
        for j in (value.last, behind) if behind != value.last else (behind,):
            word = self.word(j) if self.word(j) != "-" else self.word(j + 1)
            if word in UNIT_DAYS and (word not in ("h", "d") or self._ends_length(j)):
                old = (
                    self.word(j + 1) in ("old", "of")
                    or "year" in word
                    or word in ("y", "yr", "yrs")
                )
                return "age or duration" if old else "duration"
            if word in self.profile.veto_units and (len(word) > 1 or self.t[j].raw == word):
                return self.profile.veto_units[word]
            if word in _THINGS:
                return "count"
        return None

    def _ends_length(self, j: int) -> bool:
        """ "(mean ± SD, 19 ± 14 D)", "8.1 ± 2.0 H vs 9.2": a length, and no size of effect "d"."""
        token = self.t[j]
        return token.raw == token.word and token.spaced and self.word(j + 1) in _ENDS_LENGTH

    def people_instead(self, value: Value) -> bool:
        """ "80 (40 per group) were analysed": the number counts people."""
        plain = not value.spreads and value.p is None and value.unit is None and not value.sign
        if value.n is None or not value.n.each or not plain or "." in self.t[value.at].word:
            return False
        self.q.counts.append(Count(int(value.value), value.at, value.at + 1, "", None))
        self.q.counts.append(value.n)
        return True

    def reject(self, value: Value, reason: str) -> None:
        self.q.rejected[value.at] = reason
        self.q.foreign.append(value)
        for spread in value.spreads:
            for at in spread.at:
                self.q.rejected[at] = f"{reason}, spread"
            if spread.level_at is not None:
                self.q.rejected[spread.level_at] = "level of a confidence interval"
        if value.n is not None:
            self.q.counts.append(value.n)
        if value.p is not None:
            self.q.ps.append(value.p)

    def _reject_spread(self, j: int, reason: str) -> int:
        """Skip what belongs to a number that was put aside: its unit and ± or bracketed spread."""
        k = j
        while self.word(k) in self.profile.veto_units:
            k += 1
        if self.word(k) in ("±", "(", "[") and self.is_number(k + 1):
            at = k + 1
            if self.word(k) == "±" or self.word(at + 1) in _REJECT_SPREAD_WORDS:
                self.q.rejected[at] = f"{reason}, spread"
                if self.word(at + 1) in ("-", "–") and self.is_number(at + 2):
                    self.q.rejected[at + 2] = f"{reason}, spread"
                    return at + 3
                return at + 1
        pair = self.read_pair(k) if k > j and self.word(k) in ("(", "[") else None
        if pair is not None and self.word(pair[2] - 1) in (")", "]"):
            # "7 mg (-2 to 15) and 0.6 points (...)": the interval of the dose
            self.q.rejected.update(dict.fromkeys(pair[1], f"{reason}, spread"))
            return pair[2]
        return j

    def size_behind(self, value: Value, j: int) -> int:
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
