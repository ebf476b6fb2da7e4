"""A centre with everything that is printed as belonging to it."""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.reading.kinds.ends_of_change import ends_of_change
from evergrove.reading.numbers.counts import FEW
from evergrove.reading.numbers.effect_sizes import TESTS, interval_of
from evergrove.reading.numbers.intervals_of_differences import interval_of_difference
from evergrove.reading.numbers.label_brackets import (
    half_of_interval,
    name_pair,
    named_after,
    named_behind,
)
from evergrove.reading.numbers.names_of_tests import behind_test
from evergrove.reading.numbers.other_spreads import other_number
from evergrove.reading.numbers.printed_p import DASHES
from evergrove.reading.numbers.quantities import Count, P, Spread, Value
from evergrove.reading.numbers.second_spreads import (
    add_bracket,
    from_to,
    heads_two_centres,
    mean_in_bracket,
    range_behind,
    spreads_of_pairs,
)
from evergrove.reading.numbers.signed_numbers import IN_LIST
from evergrove.reading.numbers.spread import around, beside_one
from evergrove.reading.numbers.value_tails import ValueTails
from evergrove.reading.sizes.whole_group import share_of_all
from evergrove.reading.text.words import (
    APPROXIMATE,
    CHANGE_NOUNS,
    PEOPLE,
    SCORE_UNITS,
    STATISTIC,
    is_content,
    word_set,
)

_FINISH_VALUE_WORDS_2 = word_set(", ; with and")
_FINISH_VALUE_WORDS_3 = word_set("a an its the")
_FINISH_VALUE_WORDS_4 = word_set(", ; with and :")
_READ_BRACKET_WORDS = word_set(
    "full total overall , ; : and respectively ± = mean with in each both all the of a for"
)
_READ_BRACKET_WORDS_2 = word_set("patients each per group participants knees pairs subjects cases")
_READ_BRACKET_WORDS_3 = word_set("[ ] ( ) bootstrap bootstrapped adjusted unadjusted")
_DEVIATIONS = word_set("sd sds deviation deviations")
_ESTIMATES = word_set("the this mean median change estimate value score within group -")


def _further(kind: str, value: Value) -> bool:
    """ "4 ± 1.4; range, 1 to 7": a range or an interval behind an SD, both of one value.

    So too "median = 4, IQR = 2-5, range = 1-7".
    """
    held = {spread.kind for spread in value.spreads}
    return (kind == "range" and "range" not in held) or (
        kind == "ci" and held <= {"pm", "sd", "se", "paren"}
    )


_ONE_KIND = [{kind} for kind in ("sd", "se", "iqr", "range", "ci")]


class ValueReader(ValueTails):
    """Values with unit, spread, n and p; brackets."""

    def read_value(self, i: int) -> Value:
        sign = self.sign_before(i)
        token = self.t[i]
        value = Value(
            i, i - 1 if sign else i, i + 1, -token.value if sign == "-" else token.value, sign
        )
        before = self.word(value.first - 1)
        if before in APPROXIMATE and self.word(value.first - 2) not in ("just",):
            value.approximate = True
        if before == "than" and self.word(value.first - 3) == "no":
            value.approximate = True  # "was no more than 1.4"
        self.finish_value(value, i + 1)
        if not value.percent and value.unit is None and not value.spreads:
            # "44 and 60%": the sign behind the last of a list holds for all.
            listed = self.word(i + 1) in IN_LIST and self.unit_of_list(i) == "%"
            value.percent = listed and not self.two_kinds(i)
        return value

    def finish_value(self, value: Value, j: int) -> None:
        """Read unit, spread, n and p that follow the centre."""
        j = self.read_unit(value, j)
        while j < self.b:
            word = self.word(j)
            if word == "±" and not any(s.kind in ("pm", "sd", "se") for s in value.spreads):
                label = self.label(j + 1)
                if label is not None and label[0] in ("sd", "se"):
                    spreads, end = self.read_labelled(label)
                    if spreads:
                        value.spreads.extend(spreads)
                        j = self.read_unit(value, end)
                        continue
                k = j + 1
                if self.is_number(k):
                    value.spreads.append(Spread("pm", (self.t[k].value,), (k,)))
                    j = self.read_unit(value, k + 1)
                    j = named_behind(self, value.spreads[-1], j)
                    if (end := half_of_interval(self, j)) > j:
                        # "2.4 ± 0.4 (95% CI)": half of an interval, which no field holds
                        half = value.spreads.pop()
                        self.q.rejected.update(dict.fromkeys(half.at, "half of an interval"))
                        j = end
                    continue
                break
            if word == "," and self.word(j + 1) == "(" and not value.spreads and self.label(j + 2):
                j += 1  # "1.4, (range 1 to 4)"
                word = "("
            if value.spreads and range_behind(self, value, j):
                j += 1
                word = "["
            if word in ("(", "["):
                if value.percent and share_of_all(self.t, j, self.b):
                    break  # "available for 90% (n = 43) of the 48 nuns"
                end = self.bracket_of(value, j)
                if end == j:
                    break
                j = (
                    self.read_unit(value, end)
                    if (value.unit is None and self.unit_at(end))
                    or (self.word(end) == "out" and self.word(end + 1) == "of")
                    else end
                )
                continue
            k = j
            if word in _FINISH_VALUE_WORDS_2 and self.word(j + 1) in _FINISH_VALUE_WORDS_3:
                k = j + 2
            elif word in _FINISH_VALUE_WORDS_4:
                k = j + 1
            label = self.label(k)
            if (
                label is not None
                and (not self.for_difference(label) or self._of_difference(value))
                and (not value.spreads or (k > j and _further(label[0], value)))
                and (k == j or word != "and" or label[0] in ("sd", "se"))
            ):
                spreads, end = self.read_labelled(label)
                if len(spreads) == 1:
                    value.spreads.extend(spreads)
                    j = end
                    continue
            if word == "," and not value.spreads and (end := self._bare_interval(value, j + 1)):
                j = end
                continue
            if not value.spreads and (end := self._behind_name(value, j)):
                j = end
                continue
            break
        if self.word(j) == "," and value.n is None:
            j = self.size_behind(value, j)
        value.last = j

    def bracket_of(self, value: Value, i: int) -> int:
        """Take in the bracket at i, right after a centre; i itself if it is none of the value's."""
        close = self.close_of(i)
        if close is None:
            return i
        if (median := self.median_beside(i, close)) is not None:
            value.median = median
            return close + 1
        if self._mean_beside(value, i, close):
            return close + 1
        got = self.read_bracket(i, close, centre=value)
        if got is None:
            return i
        spreads, p, n = got
        if self._other_centre(value, spreads):
            value.median = spreads[0].at[0]
            return close + 1
        if value.percent and self._share_in_points(spreads):
            return i
        if ends_of_change(value, spreads):
            return i
        if len(spreads) > 1 and {s.kind for s in spreads} in _ONE_KIND:
            self.q.lists.append((i, spreads))
            spreads = []
        if not add_bracket(self, value, spreads):
            return i
        if p is not None:
            value.p = p
        if n is not None:
            value.n = n
        return close + 1

    def _other_centre(self, value: Value, spreads: list[Spread]) -> bool:
        """ "mean (median) NRS was 5.2 (5)": whether a bracket holds the median of a mean."""
        alone = len(spreads) == 1 and spreads[0].kind == "paren" and value.median is None
        return alone and heads_two_centres(self, value.first)

    def _mean_beside(self, value: Value, i: int, close: int) -> bool:
        """ "a median of 7 (MEAN 7.5 ± 1.2)": the mean becomes the centre, and the median beside."""
        at = mean_in_bracket(self, value, i)
        if at is None:
            return False
        mean = Value(at, at, at + 1, self.t[at].value)
        self.finish_value(mean, at + 1)
        if mean.last != close:
            return False
        value.median, value.at, value.value = value.at, at, mean.value
        value.spreads.extend(mean.spreads)
        return True

    def _share_in_points(self, spreads: list[Spread]) -> bool:
        """ "by 55% (3.2 points)": the same fall in points, and no spread of the share."""
        return (
            len(spreads) == 1
            and spreads[0].kind == "paren"
            and self.word(spreads[0].at[0] + 1) in SCORE_UNITS
        )

    def read_bracket(
        self, i: int, close: int, centre: Value | None
    ) -> tuple[list[Spread], P | None, Count | None] | None:
        """Spreads, p and n in a bracket that holds nothing else; None if it does."""
        spreads: list[Spread] = []
        p: P | None = None
        n: Count | None = None
        median: int | None = None
        rejected: dict[int, str] = {}
        sizes: list[float] = []  # statistics that may have an interval of their own
        j = i + 1
        while j < close:
            word = self.word(j)
            if word in _READ_BRACKET_WORDS:
                if word == "±" and self.is_number(j + 1):
                    kind = named_after(self, j + 2)  # "(± 0.4 SEM)"
                    told = Spread(kind or "pm", (self.t[j + 1].value,), (j + 1,))
                    told.stated = bool(kind)
                    spreads.append(told)
                    j += 2 + told.stated
                    continue
                j += 1
                continue
            if word in ("±",):
                j += 1
                continue
            if word == "at" and (self.label(j + 1) or ("",))[0] == "ci":
                j += 1  # "3.2 (2.8-3.7 AT 95% CI)"
            label = self.label(j)
            if label is not None:
                got, end = self.read_labelled(label)
                if got:
                    other = centre is not None and self.for_difference(label)
                    other = other and not self._of_difference(centre)
                    if other or (sizes and interval_of(got, sizes[-1])):
                        # "3.1 vs 4.5 (95% CI of the difference -2.6 to -0.2)", "(r = 0.4; 95% CI"
                        ends = [at for spread in got for at in spread.at]
                        rejected.update(dict.fromkeys(ends, "interval of another number"))
                    else:
                        spreads.extend(got)
                    j = end
                    continue
                if end > j and not got:
                    name_pair(self, label, spreads)
                    j = max(end, j + 1)
                    continue
            if word == "p":
                found = self.read_p(j)
                if found is None:
                    return None
                p, j = found, found.last
                continue
            if word == "median" and centre is not None and median is None:
                median = self.median_at(j)
                if median is not None:
                    j = median + 1  # "5.2 ± 1.1 (MEDIAN 5, range 4-8)"
                    continue
            if word == "percentile" and (
                pair := self.read_pair(j + 1 + (self.word(j + 1) in ":,="))
            ):
                # "4 (10th-90th percentile 2-7)": no quartiles
                rejected.update(dict.fromkeys(pair[1], "percentiles"))
                j = pair[2]
                continue
            if centre is not None and (found_other := other_number(self.t, j, close)):
                rejected.update(dict.fromkeys(found_other, "another measure of spread"))
                j = found_other[-1] + 1
                j += self.word(j) == "%"
                continue
            if word == "from" and not spreads_of_pairs(spreads):
                told_range = from_to(self, j, close, centre)
                if told_range is not None:
                    spreads.append(told_range)
                    j = max(told_range.at) + 1
                    continue
            if word == "ns":
                p, j = P("ns", None, j, j + 1, j), j + 1
                continue
            if word == "n":
                found_n = self.read_n(j)
                if found_n is None:
                    return None
                n, j = found_n, found_n.last
                if self.word(j) in _READ_BRACKET_WORDS_2:
                    j += 1
                continue
            if word in STATISTIC and self.word(j + 1) in ("=", "<", ">"):
                number = self.read_number(j + 2)
                if number is None:
                    return None
                rejected[number[2]] = f"statistic {word}"
                sizes += [number[0]] if word not in TESTS else []
                j = number[3] + (self.word(number[3]) == "%")
                continue
            if p is not None and (end := behind_test(self.t, j, close)) > j:
                j = end  # "p < 0.001, PAIRED T TEST"
                continue
            number = self.read_number(j)
            if number is None:
                if word in self.profile.measure_units or word in ("%",):
                    j += 1
                    continue
                if word in _READ_BRACKET_WORDS_3:
                    j += 1
                    continue
                return None
            at_start = j == i + 1
            pair = self.read_pair(j)
            if pair is not None and (self.label(pair[1][1]) or ("",))[0] == "ci":
                pair = None  # "3.2 (2.8-3.7, 0; 95% CI)": the level of the interval is no limit
                if spreads:
                    rejected[number[2]] = "stray number"
                    j = number[3]
                    continue
            if pair is not None and at_start and self._spread_and_pair(pair[1], pair[2]):
                pair = None  # "7.2 (1.6, 3-10)"
            if pair is not None and pair[2] <= close:
                joined = self.word(pair[1][0] + 1)
                negative_second = self.word(pair[1][1] - 1) in DASHES and joined not in (
                    "-",
                    "–",
                    "−",
                )
                whole = all(v == int(v) for v in pair[0]) and pair[0][0] <= pair[0][1]
                if joined == "/" and not negative_second and whole:
                    return None
                if joined != "and" and (not spreads or beside_one(spreads, centre, pair[0])):
                    spreads.append(Spread("pair", tuple(pair[0]), tuple(pair[1])))
                    j = pair[2]
                    continue
                nested = self.word(i) == "(" and self.word(j - 1) == "["
                nested = nested or self.word(j - 1) in (",", ";")
                if nested and around(spreads, pair[0]):
                    # "2.5 (1.5-4.0 [0.0-8.0])": quartiles, and the range around them
                    spreads[0].kind = "iqr" if spreads[0].kind == "pair" else spreads[0].kind
                    spreads.append(Spread("range", tuple(pair[0]), tuple(pair[1])))
                    j = pair[2]
                    continue
                return None
            after = self.word(number[3])
            if after == "%":
                alone = at_start and not spreads and number[3] + 1 == close
                if centre is None or not (alone and self._declared_percent(centre, i)):
                    return None
                spreads.append(Spread("paren", (number[0],), (number[2],)))
                j = close
                continue
            if centre is not None and (kind := named_after(self, number[3])):
                spreads.append(Spread(kind, (number[0],), (number[2],), stated=True))
                j = number[3] + 1
                continue
            if centre is not None and centre.percent and after in self.profile.measure_units:
                return None  # "fell by 61% (4.7 points)": the same change, not its spread
            if after in self.profile.veto_units and after not in self.profile.measure_units:
                return None
            if (
                number[3] < close
                and self.t[number[3]].kind == "w"
                and (
                    after not in self.profile.measure_units
                    or self.word(number[3] + 1) in ("each", "per", "apiece")
                )
            ):
                count = self.read_count(number[2])
                if (
                    count is None
                    or n is not None
                    or (centre is None and self._counts_inside(count.last, close))
                ):
                    return None
                n, j = count, count.last
                while (
                    j < close
                    and self.t[j].kind == "w"
                    and (
                        self.t[j].word in PEOPLE
                        or self.t[j].word in FEW
                        or is_content(self.t[j].word)
                        or self.t[j].word in ("per", "in", "of")
                    )
                ):
                    j += 1
                continue
            if number[2] in self.busy:
                return None
            if at_start and not spreads and not number[1]:
                spreads.append(Spread("paren", (number[0],), (number[2],)))
                j = number[3]
                continue
            return None
        if centre is None and not spreads and p is None and n is None:
            return None
        self.q.rejected.update(rejected)
        if centre is not None and median is not None:
            centre.median = median
        return spreads, p, n

    def _declared_percent(self, centre: Value, i: int) -> bool:
        """ "mean (SD) scores were 73% (7%)": a spread of a percentage, and no other share."""
        return centre.percent and any(self.word(k) in _DEVIATIONS for k in range(self.a, i))

    def _spread_and_pair(self, at: Sequence[int], end: int) -> bool:
        """Whether two numbers that a comma joins are a spread and the first of a pair behind it."""
        joined = self.word(at[0] + 1) in (",", ";")
        return (
            joined
            and (self.word(end) in DASHES or self.word(end) == "to")
            and self.is_number(end + 1)
        )

    def _counts_inside(self, j: int, close: int) -> bool:
        """Whether a bracket holds a further count ("104 in group A and 85 in group B")."""
        return any(
            self.is_number(k) and self.word(k - 1) not in ("=", "<", ">") for k in range(j, close)
        )

    def at_bracket(self, i: int) -> int:
        """A bracket that does not follow a centre directly: n, p, or a spread given late."""
        close = self.close_of(i)
        if close is None:
            return i + 1
        got = self.read_bracket(i, close, centre=None)
        if got is None:
            return i + 1
        spreads, p, n = got
        unlabelled = [s for s in spreads if not s.stated and s.kind != "pm"]
        if unlabelled and not interval_of_difference(self.t, self.a, i, self.q.values, spreads):
            return i + 1
        if spreads:
            previous = self.t[i - 1] if i > self.a else None
            if previous is not None and i - 1 in self.lengths:
                for spread in spreads:
                    for at in spread.at:
                        self.q.rejected[at] = "spread of a length of time"
            elif (label := self.label(i + 1)) is not None and self.for_difference(label):
                self._to_difference(spreads)  # "4.5 with sand (95% CI of the difference 0.2 to 2)"
            else:
                self.attach(spreads, i)
        if p is not None:
            self.q.ps.append(p)
        if n is not None:
            n.bracket = True
            self.q.counts.append(n)
        return max(close + 1, n.last if n is not None else 0)

    def loose_label(self, i: int, label: tuple[str, int, int | None]) -> int:
        """A spread that stands outside brackets: "..., with SDs of 1.1 and 1.3"."""
        spreads, j = self.read_labelled(label)
        if not spreads:
            return self._without_estimate(label) or max(label[1], i + 1)
        if self.for_difference(label):
            self._to_difference(spreads)
        else:
            self.attach(spreads, i)
        return j

    def _without_estimate(self, label: tuple[str, int, int | None]) -> int:
        """ "(95% CI for walking pain, -3 to 2)": the limits of what is named; their end, or 0."""
        k = label[1]
        if label[0] != "ci" or self.word(k) not in ("for", "of"):
            return 0
        while k < label[1] + 9 and k < self.b and (self.t[k].kind == "w" or self.word(k) == "-"):
            k += 1
        named = {self.word(m) for m in range(label[1] + 1, k)}
        if named <= CHANGE_NOUNS | _ESTIMATES and not named & {"difference"}:
            spreads, end = self.read_labelled((label[0], k, label[2]))
            if spreads:
                self.attach(spreads, label[1])  # "fell by 3.1 (95% CI for the fall: 2.0 to 4.2)"
            return end if spreads else 0
        pair = self.read_pair(k + 1) if self.word(k) in (",", ":", "=") else None
        if pair is None or pair[1][1] in self.busy:
            return 0
        self.q.rejected.update(dict.fromkeys(pair[1], "interval without its estimate"))
        return pair[2]
