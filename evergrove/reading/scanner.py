"""One pass over a sentence that sorts every number into values, counts, p values and others."""

from __future__ import annotations

from evergrove.reading.brackets import ValueReader
from evergrove.reading.frequencies import how_often
from evergrove.reading.quantities import Quantities, Value
from evergrove.reading.word_values import beside_value
from evergrove.reading.words import (
    CHANGE,
    CHANGE_NOUNS,
    PEOPLE,
    STATE,
    STATISTIC,
    UNIT_DAYS,
    is_content,
    word_set,
)

_AT_WORD_WORDS = word_set("= < > ≥ ≤ ²")
_COMPARES = word_set("= < > ≥ ≤")
_AT_WORD_WORDS_2 = word_set("% to - – ,")
_AT_WORD_WORDS_3 = word_set(", : of was")
_WORD_NUMBER_WORDS = word_set("mean median average averaging score scores")
_WORD_NUMBER_WORDS_2 = word_set("from to by averaged")
_WORD_NUMBER_WORDS_3 = word_set("to at in after on by over within and point points with for")
_WORD_NUMBER_WORDS_4 = word_set("of was at to averaged")
_WORD_NUMBER_WORDS_5 = word_set("by of from to")
_WORD_NUMBER_WORDS_6 = word_set("at to as by")
_NOT_A_VALUE_WORDS = word_set("< > ≥ ≤")
_NOT_A_VALUE_WORDS_2 = word_set("more less greater fewer higher lower better worse larger")
_NOT_A_VALUE_WORDS_3 = word_set("more less greater higher above lower fewer over better beyond")
_NOT_A_VALUE_WORDS_4 = word_set(
    "in since between from to and until through during - – ( of year , before after till"
)
_NOT_A_VALUE_WORDS_5 = word_set("l m n c k w s v j g")
_NOT_A_VALUE_WORDS_6 = word_set("= of , :")
_READ_SCALE_WORDS = word_set("- – to − through")
_READ_SCALE_WORDS_2 = word_set("range iqr ci interquartile ranged ranging quartiles")
_READ_SCALE_WORDS_3 = word_set("point points item mm cm millimetre millimeter step degree")
_READ_SCALE_WORDS_4 = word_set(
    "scale line vas nrs score rating numeric numerical visual likert analog analogue nprs"
)
_NAMED_BY_NUMBER = word_set(
    "grade level stage type phase class version figure table group groups arm step part fig "
    "no cohort category site center centre experiment model trial protocol score-of covid icd "
    "dsm appendix supplement ref reference references section chapter schedule region segment "
    "windows nct isrctn"
)
# "analysed in Minitab 18.0": the number of a program.
_PROGRAMS = word_set(
    "stata spss sas matlab graphpad prism medcalc minitab statistica epi revman jmp excel jamovi "
    "jasp systat sigmaplot stats winbugs python rstudio g*power"
)
# "groups 2, 3 and 4": nouns that numbers name, and what stands between and behind them.
_NAMED_LISTS = word_set(
    "groups arms cohorts steps stages grades phases tables figures types levels"
)
_NUMBER_LIST = word_set(", and or &")
_MEASURED_BEHIND = word_set("± mm cm ( [ / % point points")
_GIVEN = word_set(
    "received receive given allocated randomised randomized assigned treated either injected"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)


_ANCHOR_LINKS = word_set(
    """, ( = : - – " ' for being meaning indicating representing denoting is the as point points"""
)
_ANCHOR_WORDS = word_set(
    "no none worst severe severest strongest maximal maximum absent absence "
    "unbearable intolerable extreme "
    "unimaginable best asymptomatic painless excruciating agonising agonizing imaginable"
)
_RATIOS = word_set("odds hazard risk rate incidence likelihood")
# Statistics that are also printed without an equals sign: "OR 2.4".
_BARE_STATISTICS = word_set("OR HR RR AUC ICC SMD NNT aOR aHR aRR IRR RD WMD AOR AHR ARR SUCRA")


# What may follow a number and a hyphen without making a name of both.
_AFTER_HYPHEN = UNIT_DAYS.keys() | word_set(
    "fold item items step level tailed sided sample group arm way year-old old to and or point"
)


class Scanner(ValueReader):
    """One pass over the tokens of one sentence; `scan()` gives its quantities."""

    def scan(self) -> Quantities:
        i = self.a
        while i < self.b:
            token = self.t[i]
            if token.kind == "n":
                i = self.at_number(i)
            elif token.kind == "w":
                i = self.at_word(i)
            elif token.word in "([":
                i = self.at_bracket(i)
            else:
                i += 1
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
            return super().at_bracket(i)
        value = self.read_value(i + 1)
        value.first, value.last = i, self.read_unit(value, i + 5)
        reason = self.unit_reason(value)
        if reason is not None:
            self.reject(value, reason)
        else:
            self.q.values.append(value)
        return value.last

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
            named = any(
                getattr(self.t[k].mark, "kind", "") in ("measure", "compound")
                for k in range(clause, before.first)
            )
            headed = joined and not named and self._headed_by_two(before.first)
            if not joined or named or headed or before.unit is not None or before.percent:
                return
            self.q.values.pop()
            self.reject(before, reason)
            first = before.first

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
        if word in STATISTIC and self.word(i + 1) in _AT_WORD_WORDS:
            j = i + 2 + (self.word(i + 1) == "²")
            number = self.read_number(j)
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
        if word in STATISTIC and self.word(i + 1) == "(":
            end = self._with_degrees(i, word)
            if end is not None:
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
            return value.last
        label = self.label(i)
        if label is not None and self.word(i - 1) == "±" and not self.is_number(i - 2):
            return label[1]  # "rose by a mean ± SD of 4.1 ± 1.3": a heading, and no spread yet
        if label is not None and self.word(label[1]) == "," and self.word(label[1] + 1) in STATE:
            return label[1]  # "the mean NRS, with SD, was 3.2 (1.1)": a heading
        if label is not None:
            return self.loose_label(i, label)
        return i + 1

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
        """ "F(2,33) = 5.84": nothing of a statistic with its degrees of freedom is a result."""
        j, degrees = i + 2, []
        while self.is_number(j) or (degrees and self.word(j) == ","):
            degrees += [j] if self.is_number(j) else []
            j += 1
        if not degrees or self.word(j) != ")" or self.word(j + 1) not in _COMPARES:
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
        label = self.label(i)
        if label is not None:
            return self.loose_label(i, label)
        anchor = self.read_anchors(i)
        if anchor:
            return anchor
        size = self.size_in_bracket(i)
        if size is not None:
            self.q.counts.append(size)
            return size.last
        reason = self.not_a_value(i)
        if reason is not None:
            self.q.rejected.setdefault(i, reason)
            return self._reject_spread(i + 1, reason)
        scale = self.read_scale(i)
        if scale:
            return scale
        if token.flag == "word":
            return self.word_number(i)
        count = self.read_count(i)
        if count is not None:
            self.q.counts.append(count)
            return count.last
        if (
            self.word(i + 1) in ("-", "–")
            and self.is_number(i + 2)
            and not self.t[i + 2].spaced
            and not self.sign_before(i)
        ):
            self.q.rejected[i] = self.q.rejected[i + 2] = "range"
            return i + 3
        value = self.read_value(i)
        if self.people_instead(value):
            return value.last
        if value.percent and value.n is not None and self._is_dose(value):
            # "lidocaine 5% (n = 20)": a dose, and the size of the group that had it.
            self.q.rejected[i] = "dose"
            self.q.counts.append(value.n)
            return value.last
        reason = self.unit_reason(value)
        if reason is not None:
            self.reject(value, reason)
            self._reject_list(value, reason)
        else:
            self.q.values.append(value)
        return value.last

    def word_number(self, i: int) -> int:
        """A number in words is a value only as "seven out of ten" or after "a mean of"."""
        j = i + 1
        out_of = self.word(j) == "out" and self.word(j + 1) == "of" and self.is_number(j + 2)
        if out_of and self.word(j + 3) in PEOPLE:
            self.q.rejected[i] = self.q.rejected[j + 2] = "number of people"
            return j + 3  # "four out of ten patients had none"
        lead = {self.word(i - 2), self.word(i - 3)} & _WORD_NUMBER_WORDS
        if self.word(i - 1) == "of" and getattr(self.t[i - 2].mark, "kind", "") == "measure":
            # "a mean ankle pain of two"
            lead = lead or {self.word(k) for k in range(i - 6, i - 2)} & {"mean", "median"}
        if self.word(i - 1) in ("averaged", "averaging"):
            lead = {"averaged"}
        told = self.q.values[-1] if self.q.values else None
        if told is not None and told.scale_top and self.t[told.at].flag == "word":
            # "at six out of ten on entry and AT FOUR a fortnight later"
            lead = lead or ({"score"} if self.word(i - 1) in ("at", "to") else set())
        led = (
            self.word(i - 1) in _WORD_NUMBER_WORDS_2
            and j < self.b
            and (self.t[j].kind == "s" or self.word(j) in _WORD_NUMBER_WORDS_3)
        )
        moved = (
            led
            and any(self.word(k) in CHANGE | STATE for k in range(self.a, i))
            and any(
                getattr(self.t[k].mark, "kind", "") in ("measure", "compound")
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

    def _ends_here(self, j: int) -> bool:
        """Whether a time, a sign or a preposition, and no noun, stands at j."""
        here = j in self.busy or j >= self.b or self.t[j].kind == "s"
        return here or self.word(j) in _WORD_NUMBER_WORDS_3

    def not_a_value(self, i: int) -> str | None:
        """Why the number at i can be no result, from the tokens beside it; None if it may be."""
        token = self.t[i]
        before, after = self.word(i - 1), self.word(i + 1)
        if before in _NOT_A_VALUE_WORDS or (before == "=" and self.word(i - 2) in ("<", ">")):
            return "threshold"
        if (after == ":" and self.is_number(i + 2) and not self.t[i + 1].spaced) or (
            before == ":" and self.is_number(i - 2) and not token.spaced
        ):
            return "ratio"
        if after == "=" and self._in_words(i + 2):
            return "scale"
        if how_often(self.t, i, self.b):
            return "how often"
        share = after == "in" and self.is_number(i + 2) and self.word(i + 3) == "%"
        if share and "." not in token.word:
            return "class of some people"  # "the score was 2 in 31% and 3 in 40%"
        if before == "=" and after == ")" and self._of_share(i):
            return "class of some people"
        if before in ("least", "most") and self.word(i - 2) == "at":
            return "threshold"
        if before == "than" and self.word(i - 2) in _NOT_A_VALUE_WORDS_2:
            return "threshold"
        if before == "to" and self.word(i - 2) in ("up", "equal"):
            # "down to 1.9 and up to 2.2 ± 1.7" tells where a score went.
            went = self.word(i - 3) in ("and", "then") and (after == "±" or "." in token.word)
            return None if went else "threshold"
        ahead = i + 2 if after == "%" or after in self.profile.measure_units else i + 1
        if after == "/" and self.is_number(i + 2):
            # "pain of 3/10 or more", "a score of at least 4/10"
            more = self.word(i + 3) in ("or", "and") and self.word(i + 4) in _NOT_A_VALUE_WORDS_3
            if more and self.t[i + 2].value in (5, 10, 100):
                self.q.rejected.setdefault(i + 2, "threshold")
                return "threshold"
        whole = before in ("of", "/") and token.value in (5, 10, 100)
        if whole and i - 2 in self.q.rejected and self.t[i - 2].flag != "word":
            return "threshold"
        if self.word(ahead) in CHANGE_NOUNS and after == "%":
            ahead += 1  # "50% relief or more"
        if self.word(ahead) in ("or", "and") and self.word(ahead + 1) in _NOT_A_VALUE_WORDS_3:
            return "threshold"
        if before == "±" and (self.t[i - 2].kind == "w" or self.word(i - 2) in ("(", ",")):
            led = self.label(i - 2) is not None or (i - 2 in self.busy)
            if not led and self.word(i - 2) not in (*UNIT_DAYS, "mean", "means", "sd"):
                return "tolerance"  # "within ±5 points"
        if before == "±" and i - 2 >= self.a and (i - 2 in self.busy or self.t[i - 2].kind != "n"):
            return (
                "spread of a length of time"
                if i - 2 in self.busy or self.word(i - 2) in UNIT_DAYS
                else None
            )
        if (
            token.value == int(token.value)
            and 1900 <= token.value <= 2099
            and "." not in token.word
        ):
            near = {before, self.word(i - 2), after}
            if near & (_MONTHS | _NOT_A_VALUE_WORDS_4):
                return "year"
        if (
            before in _MONTHS
            or (after in _MONTHS and after != "may")
            or (before == "," and self.word(i - 3) in _MONTHS and 1900 <= token.value <= 2099)
        ):
            return "date"
        if (
            before in _NAMED_BY_NUMBER
            and token.value == int(token.value)
            and not (before in ("trial", "model", "experiment", "cohort") and after in PEOPLE)
        ):
            return "part of a name"
        if before in _PROGRAMS or (before in ("version", "v", "release") and "." in token.word):
            return "part of a name"
        if before in _NUMBER_LIST and self._in_named_list(i):
            return "part of a name"
        listed = before in _NAMED_LISTS and after in _NUMBER_LIST and self.is_number(i + 2)
        if listed and self.t[i + 2].value == token.value + 1 and "." not in self.t[i + 2].word:
            return "part of a name"
        if (
            before in ("-", "/")
            and not token.spaced
            and i - 2 >= self.a
            and self.t[i - 2].kind == "w"
            and not self.t[i - 1].spaced
            and self.t[i - 2].word not in STATE
        ):
            return "part of a name"
        if before in ("(", "[") and after in (")", "]") and "." not in token.word:
            return "reference or count"
        if self._glued(i):
            return "part of a name"
        if self.a <= i + 1 < self.b and self.t[i + 1].raw in ("mM", "µM", "nM", "M"):
            return "concentration"
        if after == "-" and not self.t[i + 1].spaced and self._names_something(i + 2):
            return "part of a name"
        unit = self.unit_of_list(i)
        if unit in self.profile.veto_units and len(unit) > 1 and not self._two_kinds(i):
            return self.profile.veto_units[unit]
        if after in self.profile.veto_units:
            sure = len(after) > 1 or after in "°€$" or self.t[i + 1].raw == after
            symbol = after in _NOT_A_VALUE_WORDS_5 and self.word(i + 2) in ("=", "(")
            if sure and not symbol:
                return self.profile.veto_units[after]
        if (
            before == "of"
            and self.word(i - 2) in (")", "%")
            and after not in PEOPLE
            and token.value == int(token.value)
            and "." not in token.word
            and after not in ("±", "[", "(")
        ):
            return "number of people"
        if before in ("€", "$", "£"):
            return "cost"
        if (
            after in ("sd", "sds")
            and not self.is_number(i + 2)
            and self.word(i + 2) not in _NOT_A_VALUE_WORDS_6
        ):
            return "standardised difference"
        if (
            after == "-"
            and not self.t[i + 1].spaced
            and self.word(i + 2) in self.profile.veto_units
        ):
            return self.profile.veto_units[self.word(i + 2)]
        return None

    def _of_share(self, i: int) -> bool:
        """ "were free of pain (VAS = 0) in 38%": what is meant by the class that they are in."""
        share = self.word(i + 2) == "in" and self.is_number(i + 3) and self.word(i + 4) == "%"
        return share and "." not in self.t[i].word

    def _headed_by_two(self, stop: int) -> bool:
        """ "Mean VAS and daily morphine were: day 1, 3.5 and 36 mg; ...": a row holds both."""
        colon = next((k for k in range(self.a, stop) if self.word(k) == ":"), None)
        if colon is None:
            return False
        kinds = [getattr(self.t[k].mark, "kind", "") for k in range(self.a, colon)]
        first = kinds.index("measure") if "measure" in kinds else None
        if first is None:
            return False
        return "and" in {self.word(k) for k in range(self.a + first, colon)}

    def _two_kinds(self, i: int) -> bool:
        """ "VAS and daily morphine were 3.5 and 36 mg": the unit is that of the second alone."""
        before = [self.t[k].mark for k in range(self.a, i)]
        named = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "measure"]
        other = [k for k, mark in enumerate(before) if getattr(mark, "kind", "") == "veto"]
        if not named or not other:
            return False
        gap = {self.word(self.a + k) for k in range(named[-1], other[-1])}
        return "and" in gap and other[-1] > named[-1]

    def _in_named_list(self, i: int) -> bool:
        """ "lower in groups 2, 3 and 4 than in group 1": the numbers go on one by one."""
        k, value = i, self.t[i].value
        if "." in self.t[i].word or self.word(i + 1) in _MEASURED_BEHIND:
            return False
        while self.word(k - 1) in _NUMBER_LIST:
            closed = k < i and self.word(k - 1) == "and"
            k -= 2 if self.is_number(k - 2) else 3
            if closed or not self.is_number(k) or self.t[k].value != value - 1:
                return False
            value -= 1
        return k < i and self.word(k - 1) in _NAMED_LISTS

    def read_anchors(self, i: int) -> int:
        """ "0 (no pain) to 10 (worst pain)", "0, none; 10, worst": the end, or 0."""
        if not self._is_anchor(i) or self.t[i].value > 1:
            return 0
        self.q.rejected[i] = "scale"
        for j in range(i + 1, min(i + 11, self.b)):
            if self.t[j].kind == "n" and self.t[j].value > self.t[i].value and self._is_anchor(j):
                self.q.scales.append((self.t[i].value, self.t[j].value, i, j, i, ""))
                self.q.rejected[j] = "scale"
                return j + 1
        return i + 1

    def _is_anchor(self, i: int) -> bool:
        """Whether words for an end of a scale follow a whole number."""
        token = self.t[i]
        if token.mark is not None or token.flag or "." in token.word or i in self.busy:
            return False
        j = i + 1
        while self.word(j) in _ANCHOR_LINKS:
            j += 1
        return j <= i + 5 and (
            self.word(j) in _ANCHOR_WORDS
            or (self.word(j) == "pain" and self.word(j + 1) in ("-", "free"))
        )

    def _in_words(self, j: int) -> bool:
        """ "0 = none", "10 = worst imaginable": a point of the scale, told in words."""
        return self.a <= j < self.b and self.t[j].kind == "w" and self.word(j) != "p"

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

    def read_scale(self, i: int) -> int:
        """ "0-10", "0 to 100", "10-point", "100-mm line", "seven out of ten": the end, or 0."""
        token = self.t[i]
        before = self.word(i - 1)
        if (
            token.value in (0.0, 1.0)
            and "." not in token.word
            and self.word(i + 1) in _READ_SCALE_WORDS
        ):
            at = i + 2
            while self.word(at) in ("-", "to") and at < i + 4:
                at += 1  # "0-to-10"
            high = self.t[at] if at < self.b else None
            if (
                high is not None
                and high.kind == "n"
                and high.value == int(high.value)
                and (
                    (
                        high.value in (3, 4, 5, 6, 7, 10, 11, 20, 24, 27, 48, 50, 63, 68, 96, 100)
                        # "on a scale from 0 to 36": whatever its end is
                        or (self.word(i - 2) == "scale" and before in ("from", "of", ":"))
                    )
                    and at not in self.busy
                )
            ):
                lead = {self.word(k) for k in range(max(self.a, i - 4), i)}
                centre = self.q.values and self.q.values[-1].last >= i - 2
                labelled = lead & _READ_SCALE_WORDS_2
                beside = before in ("(", "[") and centre and self.q.values[-1].last == i - 1
                if not labelled and not beside:
                    self.q.scales.append(
                        (token.value, high.value, i, at, i, self._scale_unit(at + 1))
                    )
                    self.q.rejected[i] = self.q.rejected[at] = "scale"
                    return at + 1
        named = before == "of" and getattr(self.t[i - 2].mark, "kind", "") == "measure"
        line = (token.value, self.word(i + 1)) in ((10, "cm"), (100, "mm"), (100, "cm"))
        if named and line:
            # "a VAS of 100 mm"
            self.q.scales.append((0.0, token.value, None, i, i, self.word(i + 1)))
            self.q.rejected[i] = "scale"
            return i + 2
        j = i + 1
        dash = self.word(j) == "-" and self.t[j].kind == "s"
        j += dash
        unit = self.word(j)
        if unit in _READ_SCALE_WORDS_3:
            then = [self.word(k) for k in range(j + 1, j + 6)]
            near = _READ_SCALE_WORDS_4 & set(then)
            names = any(self.t[k].mark is not None for k in range(j + 1, min(j + 4, self.b)))
            if (near or names) and then[:1] not in (
                [","],
                ["."],
                ["on"],
                ["in"],
                ["("],
                ["of"],
                ["for"],
            ):
                if unit in ("point", "points") and not dash and not (near & {"scale"}):
                    return 0
                change = set(then) & CHANGE_NOUNS
                if token.value in (5, 6, 7, 10, 11, 100, 101, 4) and not change:
                    top = {11: 10.0, 101: 100.0}.get(int(token.value), token.value)
                    self.q.scales.append(
                        (0.0, top, None, i, i, unit if unit in ("mm", "cm") else "")
                    )
                    self.q.rejected[i] = "scale"
                    return j
        return 0

    def _scale_unit(self, j: int) -> str:
        return self.word(j) if self.word(j) in ("mm", "cm") else ""
