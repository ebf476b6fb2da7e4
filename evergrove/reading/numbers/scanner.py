"""One pass over a sentence that sorts every number into values, counts, p values and others."""

from __future__ import annotations

from evergrove.reading.numbers.bracketed_scores import grouped_in_brackets
from evergrove.reading.numbers.compared_in_brackets import compared_in_brackets
from evergrove.reading.numbers.effect_sizes import (
    EFFECT_SIZE,
    MAYBE_EFFECT,
    TESTS,
    effect_size,
    estimate_behind,
    interval_of,
)
from evergrove.reading.numbers.labels import LABEL_FIRST
from evergrove.reading.numbers.quantities import Count, Quantities, Value
from evergrove.reading.numbers.scale_ends import ScaleReader
from evergrove.reading.numbers.word_values import beside_value
from evergrove.reading.sizes.whole_group import stayed_on
from evergrove.reading.text.tokens import is_measure
from evergrove.reading.text.words import (
    CHANGE,
    GROUP,
    MEASURED,
    PEOPLE,
    STATE,
    STATISTIC,
    UNIT_DAYS,
    is_content,
    names_people,
    word_set,
)

_AT_WORD_WORDS = word_set("= < > ≥ ≤ ²")
_COMPARES = word_set("= < > ≥ ≤")
_GREEK = word_set("β beta ρ rho κ kappa α alpha η2 ηp2 χ2 τ²")
_AT_WORD_WORDS_2 = word_set("% to - – ,")
_AT_WORD_WORDS_3 = word_set(", : of was =")
_WORD_NUMBER_WORDS = word_set("mean median average averaging score scores")
_WORD_NUMBER_WORDS_2 = word_set("from to by averaged")
_WORD_NUMBER_WORDS_3 = word_set("to at in after on by over within and point points with for")
_WORD_NUMBER_WORDS_4 = word_set("of was at to averaged")
# "the median response was EIGHT MONTHS (range 1-44)", where a length is the outcome
_BEFORE_LENGTH = STATE | word_set("of")
_WORD_NUMBER_WORDS_5 = word_set("by of from to")
_SCORED = word_set("score scores rating ratings")
_WORD_NUMBER_WORDS_6 = word_set("at to as by")
_GIVEN = word_set(
    "received receive given allocated randomised randomized assigned treated either injected"
)


_RATIOS = word_set("odds hazard risk rate incidence likelihood")
# Statistics that are also printed without an equals sign: "OR 2.4".
_BARE_STATISTICS = word_set("OR HR RR AUC ICC SMD NNT aOR aHR aRR IRR RD WMD AOR AHR ARR SUCRA MSE")


# What may follow a number and a hyphen without making a name of both.
_AFTER_HYPHEN = UNIT_DAYS.keys() | word_set(
    "fold item items step level tailed sided sample group arm way year-old old to and or point"
)


_RATES = word_set("put rated scored marked placed judged set rates puts graded")
# Any other word begins nothing, unless it has a mark or is a letter F with its degrees.
_TELLING = word_set("p n range ranging ratio") | STATISTIC | MAYBE_EFFECT | LABEL_FIRST
_TELLING |= {name.lower() for name in _BARE_STATISTICS}


class Scanner(ScaleReader):
    """One pass over the tokens of one sentence; `scan()` gives its quantities."""

    def scan(self) -> Quantities:
        done = self.a
        for i, token in enumerate(self.t[self.a : self.b], self.a):
            if i < done:
                continue
            if token.kind == "n":
                done = self.at_number(i)
            elif token.kind == "w":
                if token.word in _TELLING or token.mark is not None or token.raw[0] == "F":
                    done = self.at_word(i)
            elif token.word in "([":
                done = self.at_bracket(i)
        return self.q

    def at_bracket(self, i: int) -> int:
        """ "(7.85±0.92)": a value with its spread that stands in a bracket of its own."""
        own = (
            self.is_number(i + 1)
            and self.word(i + 2) == "±"
            and self.is_number(i + 3)
            and self.word(i + 4) in (")", "]")
            and not (i > self.a and (self.t[i - 1].kind == "n" or self.word(i - 1) == "%"))
        )
        if not own:
            scale = self.read_range_of_scale(i + 1) if self.word(i + 1) == "range" else 0
            return scale or super().at_bracket(i)
        value = self.read_value(i + 1)
        value.first, value.last = i, self.read_unit(value, i + 5)
        spread = value.spreads and value.unit is None
        reason = self.unit_reason(value) if spread else None
        if reason is not None:
            self.reject(value, reason)
        else:
            self.q.values.append(value)
        return value.last

    def _score_of_named_group(self, k: int) -> bool:
        """ "highest in group 2 (44), followed by group 3 (31)": the whole number at k."""
        return self.word(k - 1) == "(" and grouped_in_brackets(self.t, self.a, self.b, k)

    def _of_group(self, i: int) -> bool:
        """ "highest in GROUP 3 (5.9)": a decimal alone behind its number is no spread."""
        alone = self.word(i + 1) in ("(", "[") and self.word(i + 3) in (")", "]")
        return alone and self.word(i - 1) in GROUP and "." in self.word(i + 2)

    def _is_dose(self, value: Value) -> bool:
        """Whether a percentage stands right behind what people were given."""
        before = self.t[value.first - 1] if value.first > self.a else None
        given = {self.word(k) for k in range(self.a, value.first)} & _GIVEN
        return (
            before is not None
            and before.kind == "w"
            and before.mark is None
            and is_content(before.word)
            and before.word not in PEOPLE
            and bool(given)
        )

    def _rows_of_two(self, value: Value) -> bool:
        """ "NRS and opioid dose were 7 and 66 mg; 4 (2-5) and 31 mg at 1 week": rows of both."""
        row = value.first
        row -= self.word(row - 1) == "and"  # "...; and 3 (1-5) and 30 mg at 6 weeks"
        while row > self.a and self.word(row - 1) != ";":
            row -= 1
        row += self.word(row) == "and"
        return row == value.first > self.a and self.two_kinds(value.at)

    def _reject_list(self, value: Value, reason: str) -> None:
        """ "9.1 ± 3.3 vs 11.8 ± 4.0 days": the unit behind the last of a list holds for all."""
        first = value.first
        while self.q.values:
            before = self.q.values[-1]
            gap = [self.word(k) for k in range(before.last, first)]
            joined = 0 < len(gap) <= 2 and set(gap) <= {",", "and", "vs", "versus", "or"}
            clause = before.first
            while clause > self.a and self.word(clause - 1) not in (";", ":"):
                clause -= 1
            named = any(is_measure(self.t[k]) for k in range(clause, before.first))
            # "time to first relief (6 ± 3 vs 28 ± 9 days)": what is set side by side is alike
            named = named and not set(gap) <= {"vs", "versus"}
            headed = joined and not named and self._headed_by_two(before.first)
            headed = headed or (gap == ["and"] and not named and self._rows_of_two(before))
            if not joined or named or headed or before.unit is not None or before.percent:
                return
            self.q.values.pop()
            self.reject(before, reason)
            first = before.first

    def _count_list(self, at: int, last: int, reason: str) -> None:
        """ "(33 vs 30 TIBIAS)": the number before the last, at `at`, is one of the same things."""
        k = at - 1
        if not self.q.values or self.word(k) not in ("vs", "versus", "and", "/"):
            return
        before = self.q.values[-1]
        plain = before.last == k and before.at == k - 1 == before.first
        if plain and "." not in self.word(k - 1) and self.word(k - 2) in ("(", "[", ",", ";"):
            opened = any(self.word(m) in ("(", "[") for m in range(max(self.a, k - 8), k - 1))
            if opened and {self.word(m) for m in range(last, last + 3)} & {")", "]", ",", ";"}:
                self.reject(self.q.values.pop(), reason)

    def at_word(self, i: int) -> int:
        word = self.word(i)
        if word == "p":
            found = self.read_p(i)
            if found is not None:
                self.q.ps.append(found)
                return found.last
        if word == "n":
            count = self.read_n(i)
            if count is not None:
                self.q.counts.append(count)
                return count.last
        headed = word in _GREEK and self.word(i + 1) == ":"  # "(β: 1.5; 95% CI 0.6-2.4)"
        stands = headed or self.word(i + 1) in _AT_WORD_WORDS
        if word in STATISTIC and stands and not self._letter_in_turn(i):
            j = i + 2 + (self.word(i + 1) == "²")
            number = self.read_number(j)
            value = self.read_value(number[2]) if number is not None else None
            if value is not None and word not in TESTS and interval_of(value.spreads, number[0]):
                self.reject(value, f"statistic {word}")  # with its interval
                return value.last
            if number is not None:
                self.q.rejected[number[2]] = f"statistic {word}"
                j = number[3]
                while (
                    self.word(j) in _AT_WORD_WORDS_2
                    and self.is_number(j + 1)
                    and self.word(j) != ","
                ):
                    self.q.rejected[j + 1] = f"statistic {word}"
                    j += 2
                return j
        if word in STATISTIC and self.word(i + 1) in ("(", "["):
            end = self._with_degrees(i, word)
            if end is not None:
                self.t[i].kind = "s"  # "3.1 with wax, F(1, 48) = 4.29": no name of a group
                return end
        raw = self.t[i].raw
        if raw[0] == "F" and raw[1:].isdigit():
            end = self._glued_degrees(i)
            if end is not None:
                return end
        if word == "ratio" and self.word(i - 1) in _RATIOS:
            at = self._ratio_of(i)
            if at is not None:
                value = self.read_value(at)
                self.reject(value, "statistic ratio")
                return value.last
        if raw in _BARE_STATISTICS and self.is_number(
            i + 1 + (self.word(i + 1) in _AT_WORD_WORDS_3)
        ):
            at = i + 1 + (self.word(i + 1) in _AT_WORD_WORDS_3)
            value = self.read_value(at)
            self.reject(value, f"statistic {raw}")
            self.t[i].kind = "s"
            return value.last
        if word in ("range", "ranging"):
            end = self.read_range_of_scale(i)
            if end:
                return end
        size = effect_size(self.t, i, self.b) if word in MAYBE_EFFECT else 0
        if not size and getattr(self.t[i].mark, "part", "") == "estimate":
            size = estimate_behind(self.t, i, self.b)
        if size:
            value = self.read_value(size)
            self.reject(value, EFFECT_SIZE)
            return value.last
        label = self.label(i) if word in LABEL_FIRST else None
        if label is not None and self.word(i - 1) == "±" and not self.is_number(i - 2):
            return label[1]  # "rose by a mean ± SD of 4.1 ± 1.3": a heading, and no spread yet
        if label is not None and self.word(label[1]) == "," and self.word(label[1] + 1) in STATE:
            return label[1]  # "the mean NRS, with SD, was 3.2 (1.1)": a heading
        if label is not None:
            return self.loose_label(i, label)
        return i + 1

    def _letter_in_turn(self, i: int) -> bool:
        """ "(A = -2.3, B = -2.2)": a group by its letter, behind that of the one before it."""
        raw = self.t[i].raw
        if len(raw) != 1 or not "B" <= raw <= "F":
            return False
        sign, before = self.word(i + 1), chr(ord(raw) - 1)
        ahead = range(max(self.a, i - 12), i - 2)
        return any(self.t[k].raw == before and self.word(k + 1) == sign for k in ahead)

    def _glued_degrees(self, i: int) -> int | None:
        """ "F1,58 = 4.2": the first of the degrees of freedom is printed as part of the letter."""
        if not (self.word(i + 1) == "," and self.is_number(i + 2)):
            return None
        if self.word(i + 3) not in _COMPARES or not self.is_number(i + 4):
            return None
        self.q.rejected[i + 2] = self.q.rejected[i + 4] = "statistic f"
        return i + 5

    def _ratio_of(self, i: int) -> int | None:
        """ "odds ratio for 6-week VAS = 1.9": the number that the ratio of something equals."""
        for k in range(i + 1, min(i + 9, self.b)):
            if self.word(k) == "=":
                return k + 1 if k > i + 1 and self.is_number(k + 1) else None
            timed = self.t[k].kind == "n" and k in self.busy
            if not (timed or self.t[k].kind == "w" or self.word(k) == "-"):
                return None
        return None

    def _with_degrees(self, i: int, word: str) -> int | None:
        """ "F(2,33) = 5.84", "t[19] = 2.1": nothing of a statistic with its degrees is a result."""
        j, degrees = i + 2, []
        while self.is_number(j) or (degrees and self.word(j) == ","):
            degrees += [j] if self.is_number(j) else []
            j += 1
        if not degrees or self.word(j) not in (")", "]") or self.word(j + 1) not in _COMPARES:
            return None
        if not self.is_number(j + 2):
            return None
        for at in (*degrees, j + 2):
            self.q.rejected[at] = f"statistic {word}"
        return j + 3

    def at_number(self, i: int) -> int:
        token = self.t[i]
        if i in self.busy or token.mark is not None:
            # "3 weeks (IQR 2-5)": the spread of a length of time.
            return i + 1
        if token.flag == "ord":
            self.q.rejected.setdefault(i, "ordinal")
            return i + 1
        if token.flag == "id":
            self.q.rejected.setdefault(i, "number of a version or list")
            return i + 1
        after = self.word(i + 1)
        label = self.label(i) if token.flag or after == "%" or token.word in LABEL_FIRST else None
        if label is not None:
            return self.loose_label(i, label)
        anchor = self.read_anchors(i) if token.value <= 1 else 0
        if anchor:
            return anchor
        alone = after == ")" and self.word(i - 1) == "("
        size = self.size_in_bracket(i) if alone else None
        if size is not None:
            self.q.counts.append(size)
            return size.last
        reason = self.not_a_value(i)
        if reason is not None:
            self.q.rejected.setdefault(i, reason)
            self._keep_foreign(i, reason)
            if reason.startswith("number of"):
                self._count_list(i, i + 1, reason)
            if (
                self._of_group(i)
                or compared_in_brackets(self.t, self.a, self.b, i + 2)
                or (reason == "part of a name" and self._score_of_named_group(i + 2))
            ):
                return i + 1  # "lower in group 1 (3) than in group 2 (4)"
            return self._reject_spread(i + 1, reason)
        scale = self.read_scale(i)
        if scale:
            return scale
        if token.flag == "word":
            return self.word_number(i)
        count = self.read_count(i)
        if count is not None:
            self.q.counts.append(count)
            self._count_list(count.at, count.last, "number of people")
            return count.last
        if (
            self.word(i + 1) in ("-", "–")
            and self.is_number(i + 2)
            and not self.t[i + 2].spaced
            and not self.sign_before(i)
            and not self.falls_over_dash(i)
        ):
            self.q.rejected[i] = self.q.rejected[i + 2] = "range"
            return i + 3
        value = self.read_value(i)
        if value.n is not None and self.people_instead(value):
            return value.last
        if value.percent and value.n is not None and self._is_dose(value):
            # "lidocaine 5% (n = 20)": a dose, and the size of the group that had it.
            self.q.rejected[i] = "dose"
            self.q.counts.append(value.n)
            return value.last
        spread = value.spreads and value.unit is None
        reason = self.unit_reason(value) if spread else None
        if reason is not None:
            self.reject(value, reason)
            self._reject_list(value, reason)
        else:
            self.q.values.append(value)
        return value.last

    def _keep_foreign(self, i: int, reason: str) -> None:
        """ "10.1 degrees", the first of "4.2 and 5.1 ml": a value, though of something else."""
        units = self.profile.veto_units
        own = self.word(i + 1) in units
        unit = self.word(i + 1) if own else self.unit_of_list(i)
        if units.get(unit) == reason or (own and reason == "how often"):
            self.q.foreign.append(Value(i, i, i + 1 + own, self.t[i].value, unit=unit))

    def word_number(self, i: int) -> int:
        """A number in words is a value only as "seven out of ten" or after "a mean of"."""
        j = i + 1
        out_of = self.word(j) == "out" and self.word(j + 1) == "of" and self.is_number(j + 2)
        if out_of and self.word(j + 3) in PEOPLE:
            if stayed_on(self.t, j + 4):  # "forty-eight out of 52 patients completed it"
                value = int(self.t[i].value)
                self.q.counts.append(Count(value, i, j + 4, self.word(j + 3), j + 2))
            self.q.rejected[i] = self.q.rejected[j + 2] = "number of people"
            return j + 3  # "four out of ten patients had none"
        lead = {self.word(i - 2), self.word(i - 3)} & _WORD_NUMBER_WORDS
        if self.word(i - 1) == "of" and getattr(self.t[i - 2].mark, "kind", "") == "measure":
            # "a mean ankle pain of two"
            lead = lead or {self.word(k) for k in range(i - 6, i - 2)} & {"mean", "median"}
        if self.word(i - 1) in ("averaged", "averaging"):
            lead = {"averaged"}
        if self.word(i - 1) == "at" and self._rated_at(i):
            lead = {"score"}
        if lead and names_people(self._counted_noun(j)):
            lead = set()  # "the mean pain score of THIRTY-FOUR PATIENTS was 6"
        told = self.q.values[-1] if self.q.values else None
        if told is not None and told.scale_top and self.t[told.at].flag == "word":
            # "at six out of ten on entry and AT FOUR a fortnight later"
            lead = lead or ({"score"} if self.word(i - 1) in ("at", "to") else set())
        led = (
            self.word(i - 1) in _WORD_NUMBER_WORDS_2
            and j < self.b
            and (
                self.t[j].kind == "s"
                or self.word(j) in _WORD_NUMBER_WORDS_3
                # "from seven to TWO ONE MONTH after the procedure"
                or (self.t[j].kind == "n" and self.word(j + 1) in UNIT_DAYS)
            )
        )
        moved = (
            led
            and any(self.word(k) in CHANGE | STATE for k in range(self.a, i))
            and any(
                is_measure(self.t[k])
                or self.word(k) in _SCORED  # "the median SCORE fell from seven to two on the NRS"
                for k in range(self.a, i)
            )
        )
        # "rated it seven out of ten at entry and AT FOUR a year later": on the same scale
        scaled = self.q.values and self.q.values[-1].scale_top is not None
        again = scaled and self.word(i - 1) in _WORD_NUMBER_WORDS_6 and self._ends_here(j)
        again = again or (scaled and self.word(i - 1) == "and" and j in self.busy)
        if (
            out_of
            or moved
            or again
            or (lead and self.word(i - 1) in _WORD_NUMBER_WORDS_4)
            or (self.word(j) in ("point", "points") and self.word(i - 1) in _WORD_NUMBER_WORDS_5)
            or beside_value(self.t, self.a, self.b, i)
            or (self.word(j).endswith(MEASURED) and self.word(i - 1) in _BEFORE_LENGTH)
        ):
            value = Value(i, i, j, self.t[i].value)
            if out_of:
                value.scale_top, value.last = j + 2, j + 3
            self.finish_value(value, value.last)
            self.q.values.append(value)
            return value.last
        count = self.read_count(i)
        if count is not None:
            self.q.counts.append(count)
            return count.last
        return j

    def _rated_at(self, i: int) -> bool:
        """ "PUT their thumb pain AT thirty-five on average": a score, where nothing is counted."""
        j = i + 1 + 2 * (self.word(i + 1) == "on" and self.word(i + 2) == "average")
        if not self._ends_here(j):
            return False
        named = [
            k
            for k in range(max(self.a, i - 7), i - 1)
            if getattr(self.t[k].mark, "kind", "") == "measure"
        ]
        return bool(named) and any(
            self.word(k) in _RATES for k in range(max(self.a, i - 10), named[0])
        )

    def _ends_here(self, j: int) -> bool:
        """Whether a time, a sign or a preposition, and no noun, stands at j."""
        here = j in self.busy or j >= self.b or self.t[j].kind == "s"
        return here or self.word(j) in _WORD_NUMBER_WORDS_3

    def _glued(self, i: int) -> bool:
        """Whether a word that is no unit stands right behind the number: "17beta", "3a"."""
        if not (self.a <= i + 1 < self.b):
            return False
        after = self.t[i + 1]
        return (
            after.kind == "w"
            and not after.spaced
            and after.word not in self.profile.measure_units
            and after.word not in self.profile.veto_units
            and after.word not in _AFTER_HYPHEN
            and after.word not in ("x", "e", "sd", "vs", "and", "to")
        )

    def _names_something(self, j: int) -> bool:
        """Whether a word without a space before it follows a hyphen: "5-hydroxytryptamine"."""
        if not (self.a <= j < self.b) or self.t[j].kind != "w" or self.t[j].spaced:
            return False
        word = self.t[j].word
        return word not in self.profile.measure_units and word not in _AFTER_HYPHEN
