"""The words that label a spread (SD, CI, IQR, range), and the spreads behind them."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Spread
from evergrove.reading.numbers.signed_numbers import NumberReader
from evergrove.reading.text.words import word_set

_LABEL_WORDS = word_set("sd sds std stddev stdev σ")
_LABEL_WORDS_2 = word_set("se sem ses sems")
_LABEL_WORDS_3 = word_set("interquartile quartiles quartile percentiles centiles")
_LABEL_WORDS_4 = word_set("- – , and to / q3 p75")
_LABEL_WORDS_5 = word_set("- – and to , percentile centile")
_LABEL_WORDS_6 = word_set("75 th percentile percentiles centile centiles quartile quartiles")
_LABEL_WORDS_7 = word_set("range min minimum ranging ranges")
_RANGE_LABEL_WORDS = word_set("- – to , /")
_CI_LABEL_WORDS = word_set("ci cis cri ci95 hdi")
_CI_LABEL_WORDS_2 = word_set("interval intervals limit limits")
_ACRONYM_WORDS = word_set("sd se sem iqr ci 95 % 95% cis min max - –")
_OPENS_INTERVAL = word_set(", : = was (")
_OF_INTERVAL = word_set("the mean difference between group groups")
_READ_LABELLED_WORDS = word_set(", : = of was from were being ± is between ; at and")
_READ_LABELLED_WORDS_2 = word_set(", and / vs versus &")
_ONLY_NUMBERS_WORDS = word_set(", and mm points respectively")
_JOINS_PAIR = word_set("- – to")
_LEADS_LABEL = word_set(", with a an")
_LABEL_PLURAL_WORDS = word_set("sds ses sems deviations errors iqrs")


# Every word that a spread label may begin with; most words stop here.
LABEL_FIRST = word_set(
    "sd sds std stddev stdev dp σ standard st se sem ses sems iqr iqrs iqi interquartile quartiles "
    "quartile percentiles inter q1 p25 lower range min minimum ranging ranges ci cis cri ci95 hdi "
    "confidence credible credibility cl écart ecart desviación desviacion desvio desvío"
)


class LabelReader(NumberReader):
    """Spread labels in tokens a..b, and the numbers that they label."""

    def label(self, i: int) -> tuple[str, int, int | None] | None:
        """(kind, next, token of the CI level) of a spread label at i, or None."""
        word = self.word(i)
        if not word:
            return None
        if word not in LABEL_FIRST:
            token = self.t[i]
            if token.kind != "n" or (not token.flag and self.word(i + 1) != "%"):
                return None  # the level of an interval has its sign
        if word in _LABEL_WORDS or (word == "dp" and self.t[i].raw == "DP"):
            return "sd", i + 1 + (self.word(i + 1) in ("dev", "deviation")), None
        if word in ("écart", "ecart") and self.word(i + 1) == "-" and self.word(i + 2) == "type":
            return "sd", i + 3, None
        if word in ("desviación", "desviacion", "desvio", "desvío", "desvio-padrão"):
            return "sd", i + 1 + (self.word(i + 1) in ("estándar", "típica", "padrão")), None
        if word in ("standard", "st") and self.word(i + 1) in ("deviation", "deviations", "dev"):
            return "sd", self._acronym(i + 2), None
        if word in _LABEL_WORDS_2:
            return "se", i + 1, None
        if word in ("standard", "std") and self.word(i + 1) in ("error", "errors"):
            j = i + 2
            if self.word(j) == "of":
                j += 1
            while self.word(j) in ("the", "mean", "means"):
                j += 1
            return "se", self._acronym(j), None
        if word in ("iqr", "iqrs", "iqi"):
            return "iqr", i + 1, None
        if word in _LABEL_WORDS_3:
            j = i + 1
            if self.word(j) in ("range", "ranges", "interval"):
                j += 1
            return "iqr", self._acronym(j), None
        if word == "inter" and self.word(i + 1) in ("-", "quartile"):
            j = i + 2 + (self.word(i + 1) == "-")
            return "iqr", self._acronym(j + (self.word(j) == "range")), None
        if word in ("q1", "p25") and self.is_number(i + 1):
            ahead = [self.word(k) for k in range(i + 2, i + 5)]
            return ("iqr", i + 1, None) if {"q3", "p75"} & set(ahead) else None
        if word in ("q1", "p25") or (word in ("25th", "lower") and self.word(i + 1) == "quartile"):
            j = i + 1
            while self.word(j) in _LABEL_WORDS_4:
                j += 1
            while self.word(j - 1) == ",":
                j -= 1  # "(Q1-Q3, 70-80)": the comma behind the label
            return ("iqr", j, None) if self.word(j - 1) in ("q3", "p75") else None
        if self.t[i].flag == "ord" and self.t[i].value == 25 and self.word(i + 2) in _LABEL_WORDS_5:
            j = i + 3
            while j < self.b and self.word(j) in _LABEL_WORDS_6:
                j += 1
            return "iqr", j, None
        if word in _LABEL_WORDS_7:
            return self._range_label(i)
        return self._ci_label(i)

    def _minimum_of(self, j: int) -> bool:
        """ "minimum 0, maximum 7.5": both ends with a name of their own."""
        ahead = [self.word(k) for k in range(j + 1, j + 5)]
        return self.is_number(j) and bool({"max", "maximum"} & set(ahead))

    def _range_label(self, i: int) -> tuple[str, int, int | None] | None:
        word, j = self.word(i), i + 1
        if word in ("min", "minimum") and self._minimum_of(j):
            return "range", j, None
        if word in ("min", "minimum"):
            if self.word(j) not in _RANGE_LABEL_WORDS:
                return None
            if self.word(j + 1) not in ("max", "maximum"):
                return None
            j += 2
        if self.word(j) in ("min", "max"):
            return None
        return "range", self._acronym(j), None

    def _ci_label(self, i: int) -> tuple[str, int, int | None] | None:
        j, level = i, None
        if (
            self.is_number(j)
            and self.word(j + 1) == "%"
            and self.t[j].value in (80, 90, 95, 97.5, 98, 99, 99.9)
        ):
            level, j = j, j + 2
            while self.word(j) in ("two", "-", "sided"):
                j += 1
        word = self.word(j)
        if word in _CI_LABEL_WORDS and (level is not None or not self.t[j].raw.islower()):
            j += 1
        elif (
            word in ("confidence", "credible", "credibility")
            and self.word(j + 1) in _CI_LABEL_WORDS_2
        ):
            j += 2
        elif word == "cl" and level is not None:
            j += 1
        else:
            return None
        j = self._acronym(j)
        if (
            level is None
            and self.is_number(j)
            and self.t[j].value in (90, 95, 99)
            and (self.word(j + 1) == "%" or self.word(j + 1) in (":", ","))
        ):
            level, j = j, j + 1 + (self.word(j + 1) == "%")
        return "ci", j, level

    def for_difference(self, label: tuple[str, int, int | None]) -> bool:
        """ "95% CI for the difference": the interval of another number than the one before."""
        j = label[1]
        if label[0] != "ci" or self.word(j) not in ("for", "of"):
            return False
        return "difference" in [self.word(k) for k in range(j + 1, j + 5)]

    def _acronym(self, j: int) -> int:
        """Skip "(SD)", "[95% CI]" right after the words that it stands for."""
        if self.word(j) in ("(", "["):
            k = j + 1
            while k < self.b and k - j < 6 and self.word(k) not in (")", "]"):
                k += 1
            inner = {self.word(m) for m in range(j + 1, k)}
            if self.word(k) in (")", "]") and inner <= _ACRONYM_WORDS:
                return k + 1
        return j

    def read_labelled(self, label: tuple[str, int, int | None]) -> tuple[list[Spread], int]:
        """The spreads after a label, and where they end; several after "SDs 1.1 and 1.3"."""
        kind, j, level_at = label
        if self.word(j) in ("for", "of") and kind == "ci":
            # "95% CI for the difference, −0.9 to 3.5"
            k = j + 1
            while self.word(k) in _OF_INTERVAL or (
                self.word(k) == "-" and not self.is_number(k + 1)
            ):
                k += 1
            # "95% CI of the difference -2.9 to -0.4": the sign is of the number
            opens = self.word(k) in _OPENS_INTERVAL or self.read_number(k) is not None
            j = k if opens else j
        while self.word(j) in _READ_LABELLED_WORDS or (
            self.word(j) in ("(", "[")
            and self.read_number(j + 1) is not None
            and kind in ("ci", "iqr", "range")
        ):
            if self.word(j) in ("(", "["):
                break
            j += 1
        level = None
        if level_at is not None:
            level = (
                int(self.t[level_at].value)
                if self.t[level_at].value == int(self.t[level_at].value)
                else None
            )
        if kind in ("ci", "iqr", "range"):
            pair = self.read_pair(j)
            if pair is not None:
                if pair[1][1] in self.busy:
                    return [], j
                told = Spread(kind, tuple(pair[0]), tuple(pair[1]), level, True, level_at)
                return self._further_pairs(told, pair[2])
            one = self.read_number(j)
            if kind == "iqr" and one is not None:
                return [Spread("iqr_width", (one[0],), (one[2],), None, True)], one[3]
            if kind == "range" and one is not None:
                self.q.rejected[one[2]] = "width of a range"
                return [], one[3]
            if level_at is not None:
                self.q.rejected.setdefault(level_at, "level of a confidence interval")
            return [], max(j, label[1])
        out: list[Spread] = []
        while True:
            one = self.read_number(j)
            if one is None or one[2] in self.busy:
                break
            out.append(Spread(kind, (abs(one[0]),), (one[2],), None, True))
            j = one[3]
            if self.word(j) in self.profile.measure_units:
                j += 1
            k = j
            while self.word(k) in _READ_LABELLED_WORDS_2:
                k += 1
            if k == j or not self.is_number(k) or self.word(k + 1) in ("%", "ci"):
                break
            # "with SDs of 1.1, 1.4 and 1.5 (n = 30)": the size belongs to all of them
            sized = self.label_plural(label) and self.word(k + 2) in ("n", "p")
            if self.word(k + 1) == "±" or (self.word(k + 1) == "(" and not sized):
                break
            if self._own_label(k + 1):
                break  # "2.6, SD 1.5, versus 3.7, SD 1.8"
            if (
                self.word(k - 1) == ","
                and k - j == 1
                and not (self.label_plural(label) or self._only_numbers(k))
            ):
                break
            j = k
        return out, j

    def _further_pairs(self, first: Spread, end: int) -> tuple[list[Spread], int]:
        """ "(IQR 2-4 AND 3-6)" behind a list: the pairs of its other values, where it ends so."""
        out, only = [first], end
        joint = self.word(first.at[0] + 1)
        last = ""
        while joint in _JOINS_PAIR and self.word(end) in (",", "and", "vs", "versus"):
            both = self.word(end) == "," and self.word(end + 1) == "and"
            pair = self.read_pair(end + 1 + both)
            if pair is None or self.word(pair[1][0] + 1) != joint or pair[1][1] in self.busy:
                break
            told = Spread(first.kind, tuple(pair[0]), tuple(pair[1]), first.level, True)
            last = "and" if both else self.word(end)
            out, end = [*out, told], pair[2]
        closes = self.word(end) in (")", "]") or "respectively" in (
            self.word(end),
            self.word(end + 1),
        )
        return (out, end) if last not in ("", ",") and closes else ([first], only)

    def _own_label(self, k: int) -> bool:
        """ "7.9 with an SD of 1.9 and 4.0 WITH AN SD OF 2.0": whether a label follows a number."""
        start = k
        while self.word(k) in _LEADS_LABEL and k - start < 3:
            k += 1
        return self.label(k) is not None and not self.is_number(k)

    def _only_numbers(self, k: int) -> bool:
        """Whether nothing but numbers and list signs follows up to the closing bracket."""
        while k < self.b and self.word(k) not in (")", "]"):
            if not (self.is_number(k) or self.word(k) in _ONLY_NUMBERS_WORDS):
                return False
            k += 1
        return k < self.b

    def label_plural(self, label: tuple[str, int, int | None]) -> bool:
        return any(
            self.word(k) in _LABEL_PLURAL_WORDS for k in range(max(self.a, label[1] - 4), label[1])
        )
