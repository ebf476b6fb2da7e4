"""Numbers that are p values, n, counts of people and events."""

from __future__ import annotations

from evergrove.reading.numbers.count_context import (
    ELLIPTICAL,
    ENDS_N,
    HAD_SCORE,
    LEFT_VERBS,
    SCORED,
    CountContext,
)
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.numbers.scale_tops import BEFORE_TOP, told_top
from evergrove.reading.numbers.scores_of_hundred import score_of_hundred
from evergrove.reading.sizes.counted_people import out_of_all
from evergrove.reading.sizes.raters import RATINGS
from evergrove.reading.sizes.whole_group import (
    CHOSE,
    share_of_all,
    share_who_stayed,
    share_with_data,
    stayed_on,
)
from evergrove.reading.text.small_words import OPENS_ASIDE
from evergrove.reading.text.tokens import is_measure, open_bracket
from evergrove.reading.text.words import (
    ALLOTTED,
    GROUP,
    PEOPLE,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    STATISTIC,
    UNIT_DAYS,
    VERBS,
    is_content,
    names_people,
    word_set,
)

_ENDS_REMAINING = word_set("was were had who , .")
_READ_COUNT_WORDS = word_set("the all these our")
_READ_COUNT_WORDS_2 = word_set("± ( [ / °")
_READ_COUNT_WORDS_3 = word_set("was were averaged = ± from")
_READ_COUNT_WORDS_4 = word_set(", these : ; whom which", "")
_GIVEN = word_set("given administered performed used applied offered assigned allocated prescribed")
_ATTENDED_WORDS = word_set("attended returned answered replied responded completed")
_BEHIND_BORE = word_set(") ] , . ; drain drains tube tubes catheter catheters sheath cannula")
_UNFIT = word_set("too unable unwell ill unwilling")  # "7 were too frail to come"
_LEFT_OR_UNFIT = LEFT_VERBS | _UNFIT
_WERE_OR_HAD = word_set("were had")
_CAME = _ATTENDED_WORDS | word_set("came remained provided finished")
_OPENS_CLAUSE = word_set(", ; : and whom which but")
_IN, _BY = word_set("in among for of"), word_set("with by")
_SEEN = word_set("seen reviewed examined reexamined reassessed assessed evaluated interviewed")
_FOLLOWED = word_set("followed available traced contacted reached evaluable reviewed")
_ARMED = word_set("arm arms armed group groups")
_ONE_GROUP = word_set("group arm side")
_BEHIND_PEOPLE = word_set(
    "still remaining available left seen assessed on with who given receiving without , ; ."
)
_PEOPLE_WERE = word_set(
    "allocated assigned randomised randomized analysed analyzed enrolled included recruited "
    "evaluable available followed excluded eligible screened treated"
)
_WERE_THERE = _SEEN | _FOLLOWED | word_set("analysed analyzed")
_JOINED = word_set("enrolled randomised randomized included")
FEW = word_set(
    "each per apiece analysed analyzed randomised randomized left remaining remained "
    "completed completers evaluable assessed enrolled available complete included responded "
    "reporting followed"
)


# "6 out of 10": the ends of scales.
_TOPS_OF_SCALES = frozenset({4, 5, 7, 10, 20, 21, 50, 100})


#: What leads those who are left out of a score.
EXCLUDING = word_set("excluding exclusion exception omitting disregarding")
_EXCEPT = word_set("but except excepting bar save apart")


_WHEN = PRE_WORDS | POST_WORDS


class CountReader(CountContext):
    """p values, n and counts."""

    def read_n(self, i: int) -> Count | None:
        j = i + 1
        comma = self.word(j) == "," and self.word(i - 1) in OPENS_ASIDE and self._closes_n(j + 2)
        if self.word(i - 1) in ("(", "[") and self.is_number(j) and self._closes_n(j + 1):
            j -= 1  # "(n 39)"
        elif not (comma or self.word(j) in ("=", ":")) or not self.is_number(j + 1):
            return None
        at = j + 1
        value = self.t[at].value
        if value != int(value):
            return None
        last, of = at + 1, None
        if self.word(last) in ("/", "of") and self.is_number(last + 1):
            of, last = last + 1, last + 2
        if self.word(i - 2) == "%" and (whole := share_of_all(self.t, i - 1, self.b)):
            return Count(int(value), at, whole + 1, self._noun(whole + 1), whole)
        both = self.word(i - 1) in ("both", "each")  # "group D and group C (both n = 32)"
        return Count(int(value), at, last, "", of, both or self._each_group(last), True, True)

    def _closes_n(self, k: int) -> bool:
        """ "(n, 52)", "(3.4 ± 1.1; n, 52; p = 0.2)": whether the number of people ends here."""
        if self.word(k) in ("/", "of") and self.is_number(k + 1):
            k += 2
        return self.word(k) in ENDS_N

    def _each_group(self, k: int) -> bool:
        """ "(n = 20 each)", "n = 20 per group"; no "(n = 20), both"."""
        if self.word(k) in ("a", "/") and self.word(k + 1) in GROUP:
            return True  # "n = 20 a side", "(n = 20/group)"
        if self.word(k) in (")", "]"):
            words = [self.word(m) for m in range(k + 1, k + 5)]
            named = bool(GROUP & set(words[:4]))
            return (
                named
                and words[0] in ("in", "per", "for")
                and bool({"each", "both", "per", "either"} & set(words[:2]))
            )
        return any(self.word(m) in ("each", "per", "both") for m in range(k, k + 3)) and (
            self.word(k) not in (",", ";")
        )

    def _bracket_of_people(self, opened: int) -> bool:
        """Whether a bracket that opens there holds numbers and closes right before people."""
        for k in range(opened + 1, min(self.b - 1, opened + 16)):
            if self.word(k) in (")", "]"):
                return self.word(k + 1) in PEOPLE and self.is_number(opened + 1)
        return False

    def _out_of(self, j: int) -> bool:
        """ "15 out of 18" is a part of a whole; "7 out of 10" a score, if no people follow."""
        if self.word(j) != "out" or self.word(j + 1) != "of" or not self.is_number(j + 2):
            return False
        return self.t[j + 2].value not in _TOPS_OF_SCALES or self._noun(j + 3) in PEOPLE

    def _excepted(self, i: int) -> bool:
        """ "in all BUT 5 patients", "EXCLUDING the 4 patients": whom it does not tell of."""
        k = i - 1 - (self.word(i - 1) in ("the", "these", "those"))
        if self.word(k) in EXCLUDING or (self.word(k) == "of" and self.word(k - 1) in EXCLUDING):
            return True
        if self.word(k) in ("for", "in") or (
            self.word(k) == "from" and self.word(k - 1) == "apart"
        ):
            k -= 1
        if self.word(k) not in _EXCEPT:
            return False
        if self.word(k) in ("except", "excepting") and self.word(k - 1) == ",":
            return True  # "fell from 8 to 3, EXCEPT IN 2 patients"
        return any(self.word(m) in ("all", "everyone", "everybody") for m in range(k - 3, k))

    def _of_named_score(self, i: int) -> bool:
        """ "the mean VAS OF 64 had dropped to 31": a score, and nobody who dropped out."""
        if self.word(i - 1) != "of" or i - 2 < self.a:
            return False
        named = is_measure(self.t[i - 2])
        return named or self.word(i - 2) in ("score", "scores", "rating", "ratings", "level")

    def read_count(self, i: int) -> Count | None:
        """A whole number of people or things, or an event fraction; None if it may be a value."""
        token = self.t[i]
        if token.value != int(token.value) or "." in token.word or self.sign_before(i):
            return None
        if (self._degree(i) and not self.served_people(i)) or (
            self.word(i + 1) in (",", "with") and self._has_spread(i)
        ):
            return None
        value = int(token.value)
        j = i + 1
        if self._excepted(i):
            return Count(value, i, j, "events", None)  # "in all patients EXCEPT 5"
        after = self.word(j)
        if self.q.counts and i + 2 in self.busy and self.rated_later(i):
            return Count(value, i, j, "total", None)
        led = self.word(i - 1)
        if (led == "of" and self.of_a_cohort(i)) or (led == "all" and self.all_of_them(i)):
            return Count(value, i, j, "patients", None)
        if after in ("french", "fr") and self.word(j + 1) in _BEHIND_BORE:
            return Count(value, i, j + 1, "events", None)  # "a drain (28 FRENCH)"
        if after == "-" and self.word(j + 1) in _ARMED and not self.t[j].spaced:
            return Count(value, i, j + 2, "arms", None)  # "a 3-arm trial"
        if after == "to" and self.t[j].kind == "s":
            return None  # "ODI in 26 nuns: 52 → 21"
        if after in BEFORE_TOP and told_top(
            self.t, self.b, j, token.value, self.busy, self.profile.measure_units
        ):
            return None  # "12 out of a maximum of 50"
        if after == "whose" and self.word(i - 1) == "to" and self.is_number(i - 2):
            return None  # "VAS ranged from 1 TO 7 WHOSE mean was 3.1"
        if after in ("(", "[") and self.word(i - 1) == "of" and self._bracket_of_people(j):
            return Count(value, i, j, "patients", None)  # "Of 98 (49 wax, 49 clay) patients"
        if i == self.a + 2 and (noun := self.headed_people(i)):
            return Count(value, i, j, noun)
        if self.word(i - 1) == "remaining" and after in _ENDS_REMAINING and value > 1:
            return Count(value, i, j, "patients", None)  # "in the remaining 26 was 2.8"
        if after == "of" and (self.centre_of_scale(i) or self.same_top(j + 1)):
            return None
        tops = after == "out" and self.word(j + 1) == "of" and self.is_number(j + 2)
        if tops and not self._out_of(j):
            return None  # "and 2 OUT OF 10 at 3 months"
        # "12 of 14", "31/50": a part of a whole.
        out_of = self._out_of(j)
        if out_of or (after in ("of", "/") and (after == "of" or not self.t[j].spaced)):
            k = j + 1 + out_of
            while self.word(k) in _READ_COUNT_WORDS:
                k += 1
            one_of = after == "of" and value == 1 and token.flag == "word"
            scored = self.word(i - 1) in HAD_SCORE and bool(self.q.values)
            scored = scored and self._noun(k + 1) not in PEOPLE  # "the other group HAD ONE OF 42"
            if one_of and (self._has_spread(k) or scored):
                return None  # "a median of 4 (IQR 2), the other group one of 5 (IQR 3)"
            if (
                self.is_number(k)
                and self.t[k].value == int(self.t[k].value)
                and self.t[k].value >= token.value
            ):
                if after == "/" and self.t[k].value == 10 and self.word(k + 1) != "patients":
                    return None
                if after == "/" and self.word(k + 1) == "/":
                    return None
                if after == "/" and self.t[k].value == 100 and score_of_hundred(self, i):
                    return None
                end = k + 1
                noun = self._noun(end)
                return Count(value, i, end, noun or "of", k, False, self._in_bracket(i))
        if after == "of" and self.word(j + 1) in ("them", "these", "those", "whom"):
            if self.word(j + 2) in SCORED:
                return Count(value, i, j, "", None)  # "44 of them scored hip pain at 2.6"
            if j + 2 < self.b and self.word(j + 1) != "whom" and stayed_on(self.t, j + 2):
                return Count(value, i, j + 2, "", None)  # "48 of these were available"
            return Count(value, i, j, "events", None)  # "31 of them halved their drugs"
        if after in ("pts", "pt") and self.word(j + 1) in ("each", "per"):
            return Count(value, i, j + 1, "patients", None, True, self._in_bracket(i))
        led = self.word(i - 1) == "whom" or (self.word(i - 1) == "which" and after in ("(", "["))
        if led and self._came_behind(j - (after not in ("(", "["))):
            return Count(value, i, j, "", None)  # "of whom 24 (17 men, ...) completed it"
        unit = after in self.profile.measure_units and not self._have_acronym(j)
        if after == "%" or unit or after in _READ_COUNT_WORDS_2:
            if after in ("(", "[") and self._percent_bracket(j):
                if self.word(j + 3) in (")", "]") and (
                    self.word(j + 4) in _ATTENDED_WORDS or self._were_followed(j + 4)
                ):
                    return Count(value, i, j, "", None)  # "48 (92%) attended": of what follows
                people = self.word(j + 4)
                if people in PEOPLE and (self.word(j + 5) in _ATTENDED_WORDS or self._scores_of(i)):
                    return Count(value, i, j, people, None)  # "33 (48%) nuns COMPLETED 8 years"
                whole = share_who_stayed(self.t, j + 4, self.b, token.value)
                whole = whole or share_with_data(self.t, self.a, i, j + 4, self.b)
                if whole:
                    self.q.rejected[j + 1] = "percentage"
                    noun = self._noun(whole + 1)
                    return Count(value, i, whole + 1, noun, whole)
                if self.word(j + 4) == "each" and self.word(i - 1) == "of":
                    return Count(value, i, j, "", None, True)  # "two groups of 30 (50%) each"
                return Count(value, i, j, "events", None)
            return None
        if (
            (after in ("each", "per", "apiece") and self.word(j + 1) not in PEOPLE)
            or (after in ("in", "to", "for") and self.word(j + 1) in ("each", "both", "either"))
            or (after in ("a", "/") and self.word(j + 1) in _ONE_GROUP)
        ) and not self.told_as_score(i):
            # "20 per group", and not "3153 per PATIENT"
            return Count(value, i, j + 1, "", None, True, self._in_bracket(i))
        if after == "in" and self.word(j + 1) in ("all", "total") and self._aside(i, j + 2):
            return Count(value, i, j + 2, "total", None)  # "among the nuns, 34 in all,"
        if (
            self.t[i].flag != "word"
            and self.word(i - 1) in _READ_COUNT_WORDS_3
            and self.word(i - 2) != "there"  # "there were 31 sural blocks"
            and self._counted_noun(j) not in PEOPLE  # "the sample was 60 adult patients"
            and not self._ratings_from(i)
        ):
            return None
        if (
            self.word(i - 1) in ("to", "in")
            and self.word(i - 2) in _GIVEN
            and after in ("and", ",")
        ):
            # "A was given to 108 and B to 106 patients"
            return Count(value, i, j, "", None, False, False)
        if self.word(i - 1) == "of" and self.word(i - 2) in ("groups", "arms"):
            return Count(value, i, j, "", None, True, False)  # "the two arms of 40"
        noun = self._noun(j)
        each = self._each_before(i)
        if noun:
            each = each or (names_people(noun) and self._each_behind(j)) or self._each_by(i)
            if self._left_behind(j, noun):
                return Count(value, i, j, "events", None)
            return Count(value, i, j, noun, None, each, self._in_bracket(i))
        if each:
            return Count(value, i, j, "", None, True, self._in_bracket(i))
        led = self.word(i - 1)
        opens = self.word(i - 2) in (";", ",", "and", "whereas", "while", "but") or i - 1 == self.a
        if led in ("the", "these", "those") and (
            self.word(i - 2) in ("in", "among", "amongst", "of", "for") or opens
        ):
            # "in the 17 on placebo"
            led = "in" if after in _BEHIND_PEOPLE else led
        if led in ("other", "remaining") and token.flag != "word" and self.word(i - 2) == "the":
            # "In THE OTHER 41, pain fell"
            led = "in" if self.word(i - 3) in ("in", "among", "of") else led
        if (
            token.flag != "word"
            and led in ("in", "among", "amongst")
            and after not in ("of", "mm", "cm")
        ):
            return Count(value, i, j, "", None, False, False)
        if after == "," and self.word(j + 1) in ("whose", "who") and token.flag != "word":
            return Count(value, i, j, "", None, False, False)
        if led in CHOSE and after in ("who", "with", "whose"):
            return Count(value, i, j, "", None, False, False)  # "we selected 48 who had gel"
        if led == "leaving" and after in ("for", "who"):
            return Count(value, i, j, "", None, False, False)  # "leaving 48 for analysis"
        gone = after in LEFT_VERBS or (
            after in ("had", "were", "was") and self.word(j + 1) in _LEFT_OR_UNFIT
        )
        if gone and not self._of_named_score(i):
            # "(7 had died and 9 were lost to follow-up)"
            return Count(value, i, j, "" if self._served(j) else "events", None)
        if led == "and" and after in ("at", "after", "by") and self.people_again(i):
            return Count(value, i, j, self.q.counts[-1].noun, None)
        if after in _WERE_OR_HAD and self.did_behind_score(i):
            return Count(value, i, j, "events", None)
        if after == "to" and self._assigned_to(i):
            return Count(value, i, j, "", None, False, False)
        if after in VERBS and self.word(i - 1) in _READ_COUNT_WORDS_4 and after not in STATE:
            return Count(value, i, j, "", None, False, False)
        if (
            self.word(i - 1) == "the"
            and (self.word(i - 2) in _IN or (after == "treated" and self.word(j + 1) in _BY))
            and after in ELLIPTICAL
            and value > 1
        ):
            # "2 in the 26 treated on request", "THE 26 TREATED WITH wax scored 2"
            return Count(value, i, j, "", None, False, False)
        if value > 1 and "." not in token.word and self._group_had(j):
            return Count(value, i, j, "", None, False, False)
        came = after in _CAME and (i - 1 < self.a or self.word(i - 1) in _OPENS_CLAUSE)
        if came and value > 1 and token.flag == "":
            return Count(value, i, j, "", None, False, False)  # "Of 90 enrolled, 77 came back"
        if after in ("were", "was") and self.word(j + 1) in _PEOPLE_WERE and value > 1:
            return Count(value, i, j, "", None, False, False)  # "64 were allocated to surgery"
        of_these = self.word(self.a) == "of" and self.word(i - 1) == "," and i < self.a + 9
        if of_these and value > 1 and after in ("were", "was") and self.word(j + 1) in _SEEN:
            return Count(value, i, j, "", None, False, False)  # "Of these, 38 WERE SEEN at 1 year"
        if value > 1 and after in ("in", "with") and self.had_something(i):
            return Count(value, i, j, "events", None)
        if value > 1 and after in ("in", "from", "with") and self.had_score(i):
            return Count(value, i, j, self.q.counts[-1].noun, None, False, False)
        if self._elliptical_count(i):
            return Count(value, i, j, "", None, False, self._in_bracket(i))
        if value > 1 and token.flag == "" and self.served_people(i):
            return Count(value, i, j, "events", None)
        if token.flag == "word":
            return None
        # "29 and 15 people": the noun after the last number counts for both.
        if (
            after in ("and", "or", ",")
            and self.is_number(j + 1)
            and self.t[j + 1].value == int(self.t[j + 1].value)
            and "." not in self.t[j + 1].word
        ) and self._noun(j + 2) in PEOPLE:
            return Count(value, i, j, self._noun(j + 2), None, False, self._in_bracket(i))
        if self._in_and(i):
            return Count(value, i, j, "events", None)
        if self._listed_count(i):
            return Count(value, i, j, "", None, False, False)
        if (
            after in (")", ",", ";")
            and self.q.counts
            and not self.q.values
            and self._named_count(i)
        ):
            return Count(value, i, j, "", None, False, True)
        if self.word(i - 1) in PEOPLE and after in (")", ",", ";"):
            return Count(value, i, j, self.word(i - 1), None, False, self._in_bracket(i))
        return None

    def _ratings_from(self, i: int) -> bool:
        """ "NRS RATINGS FROM 15 MINERS averaged 3": people, by whatever name."""
        if self.word(i - 1) != "from" or self.word(i - 2) not in RATINGS or self.t[i].value < 5:
            return False
        noun = self._noun(i + 1)
        to = any(self.word(k) in ("to", "→", "mm", "points") for k in range(i + 1, i + 6))
        return noun.endswith("s") and len(noun) > 3 and not to

    def _came_behind(self, j: int) -> bool:
        """Whether "completed", "were seen" stands behind j, or the bracket that opens there."""
        depth = 0
        for k in range(j, min(self.b - 1, j + 40)):
            depth += (self.word(k) in ("(", "[")) - (self.word(k) in (")", "]"))
            if not depth:
                were = self.word(k + 1) in ("were", "could") and self.word(k + 2) in _WERE_THERE
                return were or self.word(k + 1) in _CAME
        return False

    def _served(self, j: int) -> bool:
        """ "33 DECLINED AND SERVED AS CONTROLS": people who stayed, as the other group."""
        ahead = [self.word(k) for k in range(j, j + 6)]
        return "served" in ahead and bool({"control", "controls"} & set(ahead))

    def _assigned_to(self, i: int) -> bool:
        """ "NRS was 3; 90 WERE RANDOMISED, 46 TO WAX": people, also beside a score."""
        led = self.word(i - 1) in (",", "and", ":") and i + 2 < self.b
        if not led or self.t[i + 2].kind != "w" or self.t[i].value < 3:
            return False
        k = i - 1
        while k > self.a and self.word(k) not in (";", "."):
            if self.word(k) in ALLOTTED and self.word(k - 1) in ("were", "was"):
                return True
            k -= 1
        return False

    def _in_and(self, i: int) -> bool:
        """ "severe pain IN 9 AND 6." at the end of a clause: people, the second as the first."""
        last = self.q.counts[-1] if self.q.counts else None
        if last is None or last.at != i - 2 or self.word(i - 1) != "and" or last.noun:
            return False
        ends = self.word(i + 1) in (".", ";", "") or self.word(i + 1) == "respectively"
        return ends and self.word(i - 3) in ("in", "among") and self.t[i].flag == ""

    def _group_had(self, j: int) -> bool:
        """ "while 35 FROM THE CONTROL GROUP RECEIVED nothing": people, told by their group."""
        if self.word(j) not in ("from", "of", "in") or self.word(j + 1) != "the":
            return False
        ahead = next((k for k in range(j + 2, j + 6) if self.word(k) in ("group", "arm")), 0)
        return bool(ahead) and self.word(ahead + 1) in ("received", "underwent", "got")

    def _noun(self, j: int) -> str:
        """The noun that a count before j counts: "27 violinists", "26 older patients".

        Not so "VAS fell to 3 POST treatment", "to 3 post-operatively" and "to 3 POSTPROCEDURE",
        which tell when.
        """
        noun = self._counted_noun(j)
        when = self.word(j) in ("post", "pre") and noun not in PEOPLE
        when = when or (noun == self.word(j) and noun in _WHEN)
        return "" if when else noun

    def _counted_noun(self, j: int) -> str:
        if not (self.a <= j < self.b) or self.t[j].kind != "w":
            return ""
        if (
            self.word(j) in UNIT_DAYS
            or (self.word(j) in self.profile.measure_units and not self._have_acronym(j))
            or self.word(j) in STATISTIC
        ):
            return ""
        if self.word(j) in FEW:
            # "61 evaluable patients", but "61 remaining" and "22 of the 61 evaluable patients"
            part = self.word(j - 2) in ("of", "the", "/")
            whole = self.word(j) == "evaluable" and not part
            whole = whole or self.word(j) in _JOINED  # "52 of 60 ENROLLED patients"
            return self.word(j + (whole and self.word(j + 1) in PEOPLE))
        best = ""
        joined = self.word(j + 1) == self.word(j + 3) == "-"
        for k in range(j, min(j + 5 + 3 * joined, self.b)):
            token = self.t[k]
            if token.word == "-" or (self.word(k - 1) == self.word(k + 1) == "-"):
                continue  # "70 head-AND-neck cancer patients"
            if getattr(token.mark, "kind", "") in ("veto", "other"):
                return token.word
            if token.kind != "w" or (token.mark is not None and token.word not in PEOPLE):
                return (token.mark is not None and self._people_behind(k + 1)) or best
            if token.word in PEOPLE:
                return token.word
            if not is_content(token.word) or token.word.endswith("ly"):
                if (k == j and token.word.endswith("ly")) or (
                    k <= j + 1 and token.word.endswith(("ed", "chosen"))
                ):
                    continue  # "the 34 actively treated patients"
                break
            best = token.word
            if token.raw.isupper() and self.word(k + 1) in PEOPLE:
                return self.word(k + 1)  # "219 CRPS PATIENTS"
            if token.word.endswith("s") and not token.word.endswith(("ss", "us", "is")):
                break
        return best

    def _have_acronym(self, j: int) -> bool:
        """ "43 CM PATIENTS": what they have by its short name, and no centimetres."""
        return len(self.t[j].raw) > 1 and self.t[j].raw.isupper() and self.word(j + 1) in PEOPLE

    def _people_behind(self, k: int) -> str:
        """ "50 tension headache (TH) PATIENTS": people named by what they have; else ""."""
        if self.word(k) == "(" and self.word(k + 2) == ")":
            k += 3
        return self.word(k) if self.word(k) in PEOPLE else ""

    def _in_bracket(self, i: int) -> bool:
        return open_bracket(self.t, self.a, i) is not None

    def _were_followed(self, k: int) -> bool:
        """ "Of 82 adults, 51 (62%) COULD BE FOLLOWED UP": those whom the results are about."""
        if self.word(k) not in ("could", "were", "remained") or not out_of_all(self.t, self.a):
            return False
        k += 1 + (self.word(k + 1) == "be")
        return self.word(k) in _FOLLOWED

    def _scores_of(self, i: int) -> bool:
        """ "the mean NRS IN 14 (53.9%) patients was": people whose scores these are."""
        if self.word(i - 1) not in ("in", "of", "for", "among"):
            return False
        k = i - 2 - (self.word(i - 2) in (")", "]"))
        mark = self.t[k].mark if k >= self.a else None
        named = getattr(mark, "kind", "") in ("measure", "compound")
        return named or self.word(k) in ("score", "scores", "values", "ratings")

    def _percent_bracket(self, j: int) -> bool:
        return (
            self.is_number(j + 1)
            and self.word(j + 2) == "%"
            and self.word(j + 3) != "ci"
            and self.word(j + 3) != "confidence"
        )
