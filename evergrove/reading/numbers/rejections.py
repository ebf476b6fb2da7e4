"""Why a number is no value of an outcome."""

from __future__ import annotations

from evergrove.reading.numbers.bracketed_scores import dated_in_brackets, grouped_in_brackets
from evergrove.reading.numbers.brackets import ValueReader
from evergrove.reading.numbers.compared_in_brackets import compared_in_brackets
from evergrove.reading.numbers.counted_places import PLACE_LEADS, places_behind
from evergrove.reading.numbers.frequencies import how_often
from evergrove.reading.numbers.named_scores import (
    PROGRAMS,
    VERSIONS,
    score_of_named,
    score_of_treatment,
)
from evergrove.reading.numbers.numbered_groups import numbers_of_group
from evergrove.reading.numbers.scale_tops import whole_scale
from evergrove.reading.numbers.scores_some_gave import given_by_some
from evergrove.reading.numbers.signed_numbers import IN_LIST
from evergrove.reading.numbers.yardsticks import yardstick_bracket
from evergrove.reading.sizes.group_sizes import sizes_in_brackets
from evergrove.reading.text.small_words import LIST_SIGNS
from evergrove.reading.text.words import (
    BOUND_SIGNS,
    CENTRES,
    CHANGE_NOUNS,
    GROUP,
    JOINS_GROUPS,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)

_LENGTHS = word_set("mm cm points")
_CLASS = "class of some people"
_NOT_A_VALUE_WORDS_2 = word_set("more less greater fewer higher lower better worse larger")
_NOT_A_VALUE_WORDS_3 = word_set("more less greater higher above lower fewer over better beyond")
_NOT_A_VALUE_WORDS_4 = word_set(
    "in since between from to and until through during - – ( of year , before after till"
)
_NOT_A_VALUE_WORDS_5 = word_set("l m n c k w s v j g")
_NOT_A_VALUE_WORDS_6 = word_set("= of , :")
_OF_SCALE = word_set("change difference reduction improvement improvements pain scale score")
_NAMED_BY_NUMBER = word_set(
    "grade level stage type phase class version figure table group groups arm step part fig "
    "no cohort category site center centre experiment model trial protocol score-of covid icd "
    "dsm appendix supplement ref reference references section chapter schedule region segment "
    "windows nct isrctn cycle trimester zone quartile tertile quintile round batch ward"
)
# "groups 2, 3 and 4": nouns that numbers name, and what stands between and behind them.
_NAMED_LISTS = word_set(
    "groups arms cohorts steps stages grades phases tables figures types levels"
)
_MEASURED_BEHIND = word_set("± mm cm ( [ / % point points")
_MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_BESIDE_YEAR = _MONTHS | _NOT_A_VALUE_WORDS_4
_LINES = word_set("line lines ruler rulers continuum")
_CHI = word_set("chi χ x")
_SQUARED = word_set("square squared chi-square chi-squared")


# The channels that points of acupuncture are numbered on.
_HANG_JOINS = word_set("and or , vs versus to with against")
_MERIDIANS = frozenset(
    ("LI", "ST", "SP", "PC", "HT", "LR", "LV", "BL", "UB", "GB", "KI", "KD", "TE", "TW", "SI",
     "LU", "GV", "CV", "DU", "REN")
)  # fmt: skip
_POINTS = word_set("point points acupoint acupoints acupuncture")
_AT_POINT = word_set("at on points point acupoint acupoints")

_WENT = word_set("was were went came")
_OF_A_SCORE = word_set("score scores value values")
_RATED = word_set("pain score scores rating ratings value intensity baseline average mean daily")
_CONVERTED = word_set("multiply multiplied divide divided multiplying dividing")
_CREPT = word_set("crept climbed gone come moved drifted edged risen")
_LOWERED = word_set("lowered decreased reduced diminished dropped fell declined")
_JOINS_AGES = word_set("to - – and")
_LEADS_LENGTH = word_set("of after at within over for about")


class Rejections(ValueReader):
    """Tells numbers that measure something else: doses, ages, codes, shares, places."""

    def _scores_in_brackets(self, i: int) -> bool:
        """ "VAS (2.3), ODI (21) and RMDQ (6.4)": a score, where another has decimals.

        "VAS (21 studies) and ODI (15)", "(3)" behind any other name count something.
        """
        if self.word(i - 1) != "(" or not self._named_bracket(i):
            return False
        return any(
            k != i and self.word(k - 1) == "(" and self.word(k + 1) == ")"
            and self.is_number(k) and "." in self.t[k].word and self._named_bracket(k)
            for k in range(self.a + 2, self.b - 1)
        )  # fmt: skip

    def _named_bracket(self, i: int) -> bool:
        """Whether the bracket around the number at i stands behind the name of a measure."""
        k = i - 2 - (self.word(i - 2) in ("score", "scores", ")"))
        return getattr(self.t[k].mark, "kind", "") in ("measure", "qualifier", "compound")

    def _lost_least(self, i: int) -> bool:
        """ "a fall (=2 POINTS REDUCTION in NRS) in 12": what was thought enough, its "≥" lost."""
        behind = [self.word(k) for k in range(i + 1, i + 4)]
        people = any(self.word(k) in PEOPLE for k in range(self.a, self.b))
        moved = not CHANGE_NOUNS.isdisjoint(behind) or behind[0] in ("points", "point", "%")
        return moved and (people or behind[0] in ("points", "point"))

    def _least_score(self, i: int) -> bool:
        """ "Entry was based on A MINIMUM SCORE (VAS, pain rating) OF 4": whom the study let in."""
        k = i - 2
        while k > self.a and (self.t[k].mark is not None or self.word(k) in _RATED):
            k -= 1
        plain = "." not in self.t[i].word and self.word(i + 1) not in ("±", "(", "[")
        return plain and k < i - 2 and self.word(k) == "minimum"

    def _equal_score(self, k: int) -> bool:
        """ "A MEAN NRS (SCORE) EQUAL to 3.4", "(NRS EQUAL to 3.4 and 4.8)": what was found.

        "Patients with an NRS equal to 4.5" tells whom the study let in.
        """
        while k > self.a and self.word(k) in _OF_A_SCORE:
            k -= 1
        if getattr(self.t[k].mark, "kind", "") not in ("measure", "qualifier", "compound"):
            return False
        first = k
        while first > self.a and self.t[first - 1].mark is not None:
            first -= 1
        ahead = [self.word(m) for m in range(max(self.a, first - 3), first)]
        return ahead[-1:] in (["("], ["["]) or not CENTRES.isdisjoint(ahead)

    def _hung(self, j: int) -> bool:
        """ "the 400- AND 600-MG groups", "400- vs 600-mg": the unit is behind the last number."""
        if self.word(j) not in _HANG_JOINS or not self.t[j].spaced:
            return False
        j += 1 + (self.word(j + 1) in ("the", "and", "or"))
        unit = self.word(j + 2)  # "4.2- and 4.1-POINT falls" are values
        hung = self.is_number(j) and self.word(j + 1) == "-" and unit.isalpha()
        return hung and unit not in self.profile.measure_units

    def _with_spread(self, i: int) -> bool:
        """ "7.2 ± 1.5", "7.2 (SD 1.5)", "7.2 (1.5)": a number with decimals and its spread."""
        after, inside = self.word(i + 1), self.word(i + 2)
        spread = inside == "sd" or (self.is_number(i + 2) and "." in inside)
        return "." in self.t[i].word and (after == "±" or (after == "(" and spread))

    def not_a_value(self, i: int) -> str | None:
        """Why the number at i can be no result, from the tokens beside it; None if it may be."""
        if self.q.rejected.get(i) == _CLASS:
            return _CLASS
        token = self.t[i]
        before, after = self.word(i - 1), self.word(i + 1)
        if before in BOUND_SIGNS or (before == "=" and self.word(i - 2) in ("<", ">")):
            return "threshold"
        if (after == ":" and self.is_number(i + 2) and not self.t[i + 1].spaced) or (
            before == ":" and self.is_number(i - 2) and not token.spaced
        ):
            return "ratio"
        if after == "=" and self._in_words(i + 2):
            return "scale"
        if before in ("(", "[") and after == "-" and self._steps_of_scale(i):
            return "scale"
        if before in PLACE_LEADS and places_behind(self.t, i, self.b):
            return "number of things"
        if before == "by" and self.word(i - 2) in _CONVERTED:
            return "scale"  # "to convert points to millimetres, MULTIPLY BY 10"
        if before == "%" and not token.spaced and self.t[i - 2].kind != "n":
            return "percentage"  # "the signs were swelling (%62) and warmth (%40)"
        if after in ("million", "billion"):
            return "number of things"  # "there were 12 million visits for knee pain"
        if after in ("am", "pm"):
            return "time of day"
        if how_often(self.t, i, self.b):
            return "how often"
        if after == "-" and self.word(i + 2) == "way":
            return "statistic"  # "lower with tape by 2-WAY analysis of variance"
        if before == "of" and self._least_score(i):
            return "threshold"
        if before == "age" or (before in _JOINS_AGES and self._of_ages(i)):
            return "age"  # "changes in weight from AGE 3 TO 6"
        if (before in _SQUARED or self.word(i - 2) in _SQUARED) and self._of_test(i):
            return "statistic"
        if before == "of" and (self.word(i - 2) in _LINES or whole_scale(self.t, i, self.b)):
            return "scale"  # "a line of 10 cm", "4.1 (SD 1.2) on a scale of 10"
        if before in ("has", "comprises", "have") and after in ("points", "items", "levels"):
            return "scale"  # "the scale has 11 points"
        share = after == "in" and self.is_number(i + 2) and self.word(i + 3) == "%"
        if share and "." not in token.word:
            return _CLASS  # "the score was 2 in 31% and 3 in 40%"
        if after in ("to", "-", "–", "or") and self.is_number(i + 2) and self._band(i, before):
            return _CLASS
        if before == "of" and (end := given_by_some(self.t, self.a, self.b, i, self.is_number)):
            self.q.rejected.update(dict.fromkeys(range(i + 1, end + 1), _CLASS))
            return _CLASS
        if before == "=" and after == ")" and self._of_share(i):
            return _CLASS
        if before in ("(", "[") and yardstick_bracket(self.t, i):
            return "threshold"
        if before in ("least", "most") and self.word(i - 2) == "at":
            return "threshold"
        if before == "than" and self.word(i - 2) in _NOT_A_VALUE_WORDS_2:
            if self.word(i - 3) != "no" and self._with_spread(i):
                return None  # "both were LOWER THAN 7.2 (SD 1.5) before operation": a score
            # "the fall was NO MORE THAN 1.4": about what it was
            return None if self.word(i - 3) == "no" and "." in token.word else "threshold"
        if before == "to" and self.word(i - 2) in ("up", "equal"):
            # "fell at the 5-week FOLLOW-UP TO 2.7" tells where a score went, and no upper bound.
            visit = self.word(i - 4) == "follow" and self.word(i - 3) == "-"
            # "the mean NRS WAS EQUAL TO 6.1 (SD 2.2)": a score
            stated = self.word(i - 2) == "equal" and self.word(i - 3) in STATE
            stated = stated or (self.word(i - 2) == "equal" and self._equal_score(i - 3))
            stated = stated and ("." in token.word or after in ("±", "("))
            if not (visit or stated):
                # "down to 1.9 and up to 2.2 ± 1.7" tells where a score went.
                went = self.word(i - 3) in ("and", "then") and (after == "±" or "." in token.word)
                # "a VAS of 8.4 WAS UP TO 9.1"
                went = went or (self.word(i - 3) in _WENT and self.is_number(i - 4))
                # "had CREPT UP TO 5.6"
                went = went or self.word(i - 3) in _CREPT
                # "these values were LOWERED UP TO 2.9 [1.7-4.2]"; not "fell up to 2.9 points"
                told = after in ("[", "(", "±") or (self.word(i - 4) in STATE and after == "and")
                lowered = self.word(i - 3) in _LOWERED and told
                went = went or (lowered and "." in token.word)
                # "was DOWN TO 3 at six months AND UP TO 4 at one year"
                down = any(self.word(k) == "down" for k in range(self.a, i - 3))
                went = went or (self.word(i - 3) == "and" and down)
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
        if after == "%" and self.word(ahead) in CHANGE_NOUNS:
            ahead += 1  # "50% relief or more"
        if self.word(ahead) == "(":
            # "a score of 6 (pain improved substantially) OR HIGHER"
            close = next((k for k in range(ahead, ahead + 8) if self.word(k) == ")"), ahead - 1)
            words = all(not self.is_number(k) for k in range(ahead, close))
            ahead = close + 1 if words else ahead
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
            if near & _BESIDE_YEAR:
                return "year"
        if (
            before in _MONTHS
            or (after in _MONTHS and after != "may")
            or (before == "," and self.word(i - 3) in _MONTHS and 1900 <= token.value <= 2099)
        ):
            return "date"
        treated = score_of_treatment(self.t, i - 1, self.b)
        if (
            before in _NAMED_BY_NUMBER
            and token.value == int(token.value)
            and not treated
            and not (before in ("trial", "model", "experiment", "cohort") and after in PEOPLE)
            # "in the wax group 4.0": no group has a decimal number
            and not (before in GROUP and "." in token.word)
            and not (before in GROUP and score_of_named(self.t, i - 1, self.b))
            and not (before in GROUP and self._has_spread(i) and self.word(i + 1) in (",", "with"))
        ):
            return "part of a name"
        visit = before in ("time", "times", "timepoint") and self.word(i - 2) == "("
        if visit and "." not in token.word and after in (")", "and", ","):
            return "part of a name"  # "at one hour (time 2)"
        if after[1:].isdigit() and after[0] in "ctls" and before not in ("=", ":"):
            return "number of things"  # "38 L4-L5 discs"
        if self.t[i - 1].raw in _MERIDIANS and self._acupoint(i):
            return "part of a name"
        if before in PROGRAMS or (before in VERSIONS and "." in token.word and not treated):
            return "part of a name"
        if before in LIST_SIGNS and self._in_named_list(i):
            return "part of a name"
        if before in JOINS_GROUPS and numbers_of_group(self.t, i, self.a, self.b):
            return "part of a name"
        listed = before in _NAMED_LISTS and after in LIST_SIGNS and self.is_number(i + 2)
        if listed and self.t[i + 2].value == token.value + 1 and "." not in self.t[i + 2].word:
            return "part of a name"
        if (
            before in ("-", "/")
            and not token.spaced
            and i - 2 >= self.a
            and self.t[i - 2].kind == "w"
            and not self.t[i - 1].spaced
            and self.t[i - 2].word not in STATE
            and not (before == "-" and self.space_lost(i))
            # "VAS was 72 mm/24 mm before/after it": two scores, each with its unit
            and not (before == "/" and after in _LENGTHS and after == self.word(i - 2))
        ):
            return "part of a name"
        alone = before in ("(", "[") and after in (")", "]") and "." not in token.word
        compared = alone and (
            compared_in_brackets(self.t, self.a, self.b, i)
            or dated_in_brackets(self.t, self.a, self.b, i)
            or grouped_in_brackets(self.t, self.a, self.b, i)
        )
        if alone and not compared and not self._scores_in_brackets(i):
            return "reference or count"
        short = before == "," and after == ")" and self.word(i - 3) == "("
        if short and "." not in token.word and i in sizes_in_brackets(self.t, self.a, self.b):
            return "reference or count"  # "SWL (186) or pyelography (RGP, 97)", 283 in all
        if i + 1 < self.b:
            beside = self.t[i + 1]
            if not beside.spaced and self._glued(i):
                return "part of a name"
            if beside.raw in ("mM", "µM", "nM", "M"):
                return "concentration"
            if (beside.raw in ("U", "G") or after == "units") and self._capital_unit(i):
                return "dose"
        if after == "-" and not self.t[i + 1].spaced and self._names_something(i + 2):
            return "part of a name"
        if before == "=" and self.word(i - 2) in ("(", "[") and self._lost_least(i):
            return "yardstick"
        if after == "-" and not self.t[i + 1].spaced and self._hung(i + 2):
            return "part of a name"
        unit = self.unit_of_list(i) if after in IN_LIST else ""
        if after in (",", "and") and "." in token.word and self._list_of_lengths(i):
            return "duration"
        if after in ("unit", "units") and self.word(i + 2) == "of" and self._poured(i + 3):
            return "dose"
        if unit in self.profile.veto_units and len(unit) > 1 and not self.two_kinds(i):
            return self.profile.veto_units[unit]
        if after in ("vs", "versus", "against") and self._length_against(i):
            return "duration"
        if after in ("vs", "versus") and before in ("(", "[") and self.word(i + 4) in (")", "]"):
            told = self.word(i + 3)  # "analgesia (11.5 VERSUS 14.1 TABLETS)"
            if self.is_number(i + 2) and len(told) > 1 and told in self.profile.veto_units:
                return self.profile.veto_units[told]
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
            and getattr(self.t[i - 3].mark, "kind", "") != "measure"  # "a mean ... (ODI) of 21"
        ):
            return "number of people"
        if before == "lasting" or (after.startswith("sec") and self.word(i + 2) == "of"):
            return "duration"  # "runs LASTING 15 seconds"
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

    def _acupoint(self, i: int) -> bool:
        """ "needles AT LI 4", "the SP 6 POINT": where the needle went, by its number."""
        point = self.word(i - 2) in _AT_POINT or self.word(i + 1) in _POINTS
        return (
            point
            and "." not in self.t[i].word
            and self.word(i + 1)
            not in _MEASURED_BEHIND
            - {
                "point",
                "points",
            }
        )

    def _poured(self, k: int) -> bool:
        """ "3 units of BLOOD", "40 units of insulin": how much was given, and no score."""
        plain = self.a <= k < self.b and self.t[k].kind == "w" and self.t[k].mark is None
        return plain and is_content(self.word(k)) and self.word(k) not in _OF_SCALE

    def _steps_of_scale(self, i: int) -> bool:
        """ "average pain (11-POINT) fell by 1.5": how many steps the scale has."""
        closed = self.word(i + 3) in (")", "]", ",", ";") and "." not in self.t[i].word
        return closed and self.word(i + 2) in ("point", "points", "item")

    def _list_of_lengths(self, i: int) -> bool:
        """ "a mean of 24.3 and 17.5 days": lengths of time with decimals, and no visits.

        Not "VAS, ODI and stay WERE 2.6, 22 and 3.4 days", where only the last is a length.
        """
        k, last = i - 1, i
        while k > self.a and (self.t[k].kind == "n" or self.word(k) in (",", "and", "or")):
            k -= 1
        if self.word(k) not in _LEADS_LENGTH:
            return False
        k = i + 1
        while k < self.b and (self.t[k].kind == "n" or self.word(k) in (",", "and", "or")):
            last = k if self.t[k].kind == "n" else last
            k += 1
        return (
            last > i
            and self.word(k) in UNIT_DAYS
            and "." in self.t[last].word
            and self.word(k + 1) not in ("later", "after", "following", "post")
        )

    def _length_against(self, i: int) -> bool:
        """ "a shorter time to walking (3 VS TWO DAYS)": the first of two lengths in a bracket."""
        if self.word(i - 1) not in ("(", "[") or i + 4 >= self.b or self.t[i + 2].kind != "n":
            return False
        behind = self.word(i + 4)
        return self.word(i + 3) in UNIT_DAYS and behind in (")", "]", ",", ";", ":")

    def _capital_unit(self, i: int) -> bool:
        """ "100 U of wax", "200 UNITS OF toxin", "a 22 G needle": a dose, or a needle."""
        token, after = self.t[i], self.t[min(i + 1, self.b - 1)]
        if "." in token.word or token.value < 10:
            return False
        if after.raw in ("U", "G"):
            return True
        given = self.t[min(i + 3, self.b - 1)]
        of = after.word == "units" and self.word(i + 2) == "of"
        return of and given.kind == "w" and given.mark is None and is_content(given.word)

    def _of_ages(self, i: int) -> bool:
        """ "adults AGED 50 TO 85 with a VAS of 5 or more": the second of two ages."""
        if not self.is_number(i - 2):
            return False
        k = i - 3 - (self.word(i - 3) in ("between", "from"))
        return self.word(k) in ("aged", "age", "ages")

    def _of_test(self, i: int) -> bool:
        """ "an effect of time (CHI-SQUARE 12.4, p = 0.006)"."""
        k = i - 1 - (self.word(i - 1) in ("=", "of", ":"))
        if self.word(k) not in _SQUARED:
            return False
        return "chi" in self.word(k) or self.word(k - 1 - (self.word(k - 1) == "-")) in _CHI

    def _band(self, i: int, before: str) -> bool:
        """ "pain was 3 to 5 IN 71%", "4 to 6 in 30 patients": the first number of a class."""
        k = i + 3 + (self.word(i + 3) in ("points", "mm", "cm", "point"))
        whole = "." not in self.t[i].word + self.t[i + 2].word
        if (
            not whole
            or before in ("from", "by", "±", "(", "[")
            or self.word(k) not in ("in", "for")
        ):
            return False
        if not self.is_number(k + 1) or self.t[i].value >= self.t[i + 2].value:
            return False
        people = self.word(k + 2) in PEOPLE or self.word(k + 3) in PEOPLE
        if self.word(k + 2) != "%" and not people:
            return False
        self.q.rejected.setdefault(i + 2, _CLASS)
        return True

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

    def _values_of_each(self, k: int) -> bool:
        """ "than in groups 2 and 3 (4.7 ± 2.5 AND 3.8 ± 2.4)": a bracket with a list of scores."""
        if self.word(k) not in ("(", "[") or not self.is_number(k + 1):
            return False
        close = self.close_of(k)
        inside = range(k + 1, close if close is not None else k + 1)
        joined = any(self.word(m) == "and" and self.is_number(m + 1) for m in inside)
        return joined and "." in self.t[k + 1].word

    def _in_named_list(self, i: int) -> bool:
        """ "lower in groups 2, 3 and 4 than in group 1": the numbers go on one by one."""
        k, value = i, self.t[i].value
        measured = self.word(i + 1) in _MEASURED_BEHIND and not self._values_of_each(i + 1)
        if "." in self.t[i].word or measured:
            return False
        while self.word(k - 1) in LIST_SIGNS:
            closed = k < i and self.word(k - 1) == "and"
            k -= 2 if self.is_number(k - 2) else 3
            if closed or not self.is_number(k) or self.t[k].value != value - 1:
                return False
            value -= 1
        return k < i and self.word(k - 1) in _NAMED_LISTS
