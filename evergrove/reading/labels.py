"""Reading numbers, signs, pairs and the words that label a spread (SD, CI, IQR, range)."""

from __future__ import annotations

from evergrove.reading.lexicon import Profile
from evergrove.reading.quantities import Quantities, Spread
from evergrove.reading.tokens import Token
from evergrove.reading.words import STATE, word_set

_READ_NUMBER_WORDS = word_set("- − – + minus plus —")
_SIGN_BEFORE_WORDS = word_set("- − – —")
_READ_PAIR_WORDS = word_set("to - – — , ; and / − through : until till")
_LABEL_WORDS = word_set("sd sds std stdev")
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
_LABEL_PLURAL_WORDS = word_set("sds ses sems deviations errors iqrs")


# Every word that a spread label may begin with; most words stop here.
LABEL_FIRST = word_set(
    "sd sds std stdev standard st se sem ses sems iqr iqrs interquartile quartiles quartile "
    "percentiles inter q1 p25 lower range min minimum ranging ranges ci cis cri ci95 hdi "
    "confidence credible credibility cl écart ecart desviación desviacion desvio desvío"
)


# A dash apart from both its neighbours is a sign behind these, where nothing could be joined.
_LEAD_SIGN = word_set("by of was were is being averaged averaging equalled amounted")
_NEVER_IN_NAMES = word_set("of by with than vs versus and")


class LabelReader:
    """Numbers with their signs, pairs of numbers, and spread labels in tokens a..b."""

    def __init__(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        profile: Profile,
        busy: set[int],
        lengths: set[int],
    ) -> None:
        self.t, self.a, self.b, self.profile = tokens, a, b, profile
        self.busy = busy  # tokens that belong to times or names
        self.lengths = lengths  # tokens of lengths of time that are no time of measurement
        self.q = Quantities()

    def word(self, i: int) -> str:
        return self.t[i].word if self.a <= i < self.b else ""

    def is_number(self, i: int) -> bool:
        return (
            self.a <= i < self.b
            and self.t[i].kind == "n"
            and i not in self.busy
            and self.t[i].flag in ("", "word")
        )

    def read_number(self, i: int) -> tuple[float, str, int, int] | None:
        """(signed value, sign, its token, next) of a number, with its sign, that begins at i."""
        sign = ""
        word = self.word(i)
        if word in _READ_NUMBER_WORDS:
            if not self.is_number(i + 1):
                return None
            sign = "+" if word in ("+", "plus") else "-"
            i += 1
        if not self.is_number(i):
            return None
        value = self.t[i].value
        return (-value if sign == "-" else value), sign, i, i + 1

    def sign_before(self, i: int) -> str:
        """The sign of the number at i, if the dash before it is a sign and no range or hyphen."""
        word = self.word(i - 1)
        if word in ("minus", "+", "plus"):
            return "+" if word != "minus" else "-"
        if word not in _SIGN_BEFORE_WORDS:
            return ""
        dash = self.t[i - 1]
        before = self.t[i - 2] if i - 2 >= self.a else None
        if before is None:
            return "-"
        if before.kind == "n" or before.word in ("%", "°"):
            # "2.3 -0.5" is a sign, "2.3-0.5" and "2.3 - 0.5" are ranges.
            return "-" if dash.spaced and not self.t[i].spaced and word != "—" else ""
        if word == "−":
            return "-"
        if before.kind == "w":
            led = dash.spaced or before.word in STATE or self.space_lost(i)  # "was-2.6"
            apart = self.t[i].spaced and before.word not in _LEAD_SIGN
            return "-" if led and not apart else ""  # "changed by – 1.9 points", "was – 1.9"
        if self.t[i].spaced and word in ("–", "—"):
            # "change at 3 weeks: – 1.2 (– 2.0 to – 0.4)": a sign with a space behind it
            return "-" if before.word in (":", "=", "(", "[") else ""
        return "-"

    def space_lost(self, i: int) -> bool:
        """ "a fall of-3.6", "as estimated-3.9 ± 2.2": no name ends so, and the dash is a sign."""
        word = self.word(i - 2)
        if word in _NEVER_IN_NAMES:
            return self.word(i - 3) != "-" and ("." in self.word(i) or self.word(i + 1) == "±")
        return word.endswith("ed") and len(word) > 5 and self.word(i + 1) == "±"

    def _top_of_scale(self, j: int) -> int:
        """ "3/10 to 9/10": behind the top of the scale that follows a number, or `j`."""
        scaled = self.word(j) == "/" and self.word(j + 1) in ("10", "100") and self.is_number(j + 1)
        return j + 2 if scaled else j

    def read_pair(self, i: int) -> tuple[list[float], list[int], int] | None:
        """Two numbers joined by to, dash, comma, semicolon, and, slash: values, tokens, next."""
        bracket = self.word(i) in ("(", "[")
        low = self.read_number(i + bracket)
        if low is None:
            return None
        j = low[3]
        while self.word(j) in self.profile.measure_units or self.word(j) == "%":
            j += 1
        if self.word(j) == "/" and self.word(j + 2) in ("to", "-", "–"):
            j = self._top_of_scale(j)
        if self.word(j) not in _READ_PAIR_WORDS:
            return None
        ahead = j
        while self.word(ahead) in (",", ";", "and", "/", "-", "–", "to"):
            ahead += 1  # also "minimum 2–maximum 9"
        if self.word(ahead) in ("max", "maximum", "q3", "p75"):
            j = ahead + (self.word(ahead + 1) in ("=", ":", "of"))
        high = self.read_number(j + 1)
        if high is None:
            return None
        end = self._top_of_scale(high[3])
        while self.word(end) in self.profile.measure_units or self.word(end) == "%":
            end += 1
        if bracket and self.word(end) in (")", "]"):
            end += 1
        return [low[0], high[0]], [low[2], high[2]], end

    def label(self, i: int) -> tuple[str, int, int | None] | None:
        """(kind, next, token of the CI level) of a spread label at i, or None."""
        word = self.word(i)
        if not word:
            return None
        if word not in LABEL_FIRST:
            token = self.t[i]
            if token.kind != "n" or (not token.flag and self.word(i + 1) != "%"):
                return None  # the level of an interval has its sign
        if word in _LABEL_WORDS:
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
        if word in ("iqr", "iqrs"):
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
                return [Spread(kind, tuple(pair[0]), tuple(pair[1]), level, True, level_at)], pair[
                    2
                ]
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
            if self.word(k + 1) == "," and self.label(k + 2) is not None:
                break  # "2.6, SD 1.5, versus 3.7, SD 1.8"
            if (
                self.word(k - 1) == ","
                and k - j == 1
                and not (self.label_plural(label) or self._only_numbers(k))
            ):
                break
            j = k
        return out, j

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

    def close_of(self, i: int) -> int | None:
        depth = 0
        for j in range(i, self.b):
            word = self.word(j)
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
                if depth == 0:
                    return j
        return None

    def two_kinds(self, i: int) -> bool:
        """ "VAS and daily morphine were 3.5 and 36 mg": the unit is that of the second alone."""
        before = [self.t[k].mark for k in range(self.a, i)]
        named = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "measure"]
        other = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "veto"]
        if not named or not other:
            return False
        gap = {self.word(self.a + k) for k in range(named[-1], other[-1])}
        return "and" in gap and other[-1] > named[-1]

    def unit_of_list(self, i: int) -> str:
        """The unit behind the last of several numbers: "125 and 250 mg"."""
        j = i + 1
        if self.word(j) == "," and self.word(j + 1) == "or" and self.word(j + 3) == "%":
            return ""  # "fell by 2.4, OR 42%": the same in another unit
        framed = "from" in [self.word(k) for k in range(max(self.a, i - 6), i)]
        while self.word(j) in (",", "and", "or", "to") and j - i < 12:
            if self.word(j) == "to" and framed:
                return ""  # "from 52% and 7.0 to 27% and 3.1"
            j += 1
            if self.word(j) in ("and", "or"):
                j += 1
            if not self.is_number(j):
                return ""
            j += 1
        return self.word(j) if j > i + 1 else ""
