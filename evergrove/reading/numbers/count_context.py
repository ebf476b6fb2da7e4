"""What stands around a number of people."""

from __future__ import annotations

from evergrove.reading.numbers.printed_p import PReader
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import OPENS_ASIDE
from evergrove.reading.text.tokens import is_measure
from evergrove.reading.text.words import (
    CHANGE,
    GROUP,
    NOT_ARM,
    PEOPLE,
    STATE,
    UNIT_DAYS,
    is_content,
    names_people,
    word_set,
)

ELLIPTICAL = word_set(
    "with who received receiving underwent undergoing had treated given assigned allocated to "
    "in were without for on chose preferred selected opted took"
)

ENDS_N = word_set(") ] ; , .")

LEFT_VERBS = word_set(
    "died lost withdrew withdrawn dropped excluded discontinued missing deceased moved refused "
    "declined relapsed crossed required needed developed experienced-a"
)

_COMPRISED = word_set(
    "comprised comprising consisted consisting included including contained containing had of with "
    "was were received totalled counted"
)
HAD_SCORE = word_set("had scored reported rated averaged recorded")
_BEING = word_set("free without lost able unable satisfied pain-free")
_OPENS_NEXT = word_set(", ; and but")
_HAD = word_set("had were was reported patients")
_NAMED_COUNT_WORDS = word_set("( [ , ; and")
_ELLIPTICAL_COUNT_WORDS = word_set(", and ( : ; with", "")
_ELLIPTICAL_COUNT_WORDS_2 = word_set(
    "received underwent receiving undergoing who chose preferred selected opted took used had got"
)
_AND_OR = word_set("and or to - – , /")
_DEGREE_WORDS = word_set(
    "grade grades stage stages type types class classes level asa modic figure"
)


_REPORTED = word_set("reported had rated scored gave marked recorded put")
_SERVED = word_set("received underwent required needed got developed experienced")
_BEFORE_PEOPLE = word_set(", and ; : ( while whereas but")
_RATED = word_set("rated scored marked gave reported recorded put told")
_COHORTS = word_set("cohort series sample")
_EVERY = word_set("each every either both per one two three four five six a second control-")
_BEHIND_COHORT = word_set("and vs versus at in was were had with who followed after treated")
_CENTRES = word_set("mean median average range iqr sd se sem")


_VERBS_OF_SCORES = STATE | CHANGE
_MOVED = _VERBS_OF_SCORES - {"was", "were", "is", "are", "been"} | {"went", "exceeded", "passed"}
_BEYOND = word_set("over above below under past beyond exceeded exceed reached")
_NEAR = _BEYOND | {"around", "about", "near", "at"}
SCORED = word_set("scored rated reported recorded marked gave")
_LEADS_TIME = word_set("at after by before in the")
_BEEN = word_set("been had undergone")


class CountContext(PReader):
    """Tells by the words around a number whether it counts people, and whose."""

    def centre_of_scale(self, i: int) -> bool:
        """ "a mean of 41 and 28 OF 100": behind a word for a centre, the end of the scale."""
        led = self.word(i - 1)
        if led in ("and", ",") and self.is_number(i - 2):
            led = self.word(i - 3)
        told = led in ("mean", "median", "averaged", "averaging", "average")
        if led in ("was", "were"):  # "the NRS was 4 of 10"
            told = getattr(self.t[i - 2].mark, "kind", "") == "measure" or self._of_a_score(i)
        return told and self.word(i + 2) in ("10", "100") and self.word(i + 3) not in PEOPLE

    def told_as_score(self, i: int) -> bool:
        """ "NRS WAS 4 in both groups", "NRS fell from 9 TO 4 in both groups": no size of each."""
        led = self.word(i - 1)
        if led in ("was", "were", "averaged"):
            return True
        ahead = range(max(self.a, i - 12), i - 1)
        rated = any(is_measure(self.t[k]) for k in ahead)
        if not rated or self.word(i + 1) in ("each", "per", "apiece", "a"):
            return False
        if led == "to":
            return any(self.word(k) == "from" or self.word(k) in CHANGE for k in ahead)
        if self.word(i + 2) not in ("both", "either", "each"):
            return False
        if led in ("of", "stayed", "remained") and self.word(i + 2) != "each":
            return True
        # "the NRS rose ABOVE 7 in both groups", and not "VAS of 90 men, about 30 in each arm"
        near = {self.word(k) for k in ahead}
        moved = not near.isdisjoint(_MOVED) or (led in _BEYOND and "," not in near)
        return led in _NEAR and not near & PEOPLE and moved

    def _of_a_score(self, i: int) -> bool:
        """ "The median PAIN SCORE in group 1 WAS 0 OF 10": a centre and a measure lead the verb."""
        ahead = [self.t[k] for k in range(self.a, i - 1)]
        rated = any(is_measure(token) for token in ahead)
        return rated and any(token.word in ("mean", "median", "average") for token in ahead)

    def same_top(self, k: int) -> bool:
        """ "7 of 10 before and 2 OF 10 after": the end of the scale of the value before."""
        before = self.q.values[-1] if self.q.values else None
        if before is None or before.scale_top is None or not self.is_number(k):
            return False
        same = self.t[before.scale_top].value == self.t[k].value
        return same and self.word(k + 1) not in PEOPLE and self.word(k + 1) not in _HAD

    def had_score(self, i: int) -> bool:
        """ "24 nuns in the wax group had a VAS of 34 AND 26 IN THE CLAY GROUP HAD 42"."""
        before = self.q.counts[-1] if self.q.counts else None
        if before is None or before.noun not in PEOPLE or not self.q.values:
            return False
        if self.word(i - 1) not in _OPENS_NEXT or self.word(i + 1) not in ("in", "from", "with"):
            return False
        led = {self.word(k) for k in range(before.at, before.at + 4)}
        if self.word(i + 1) not in led or before.at > self.q.values[-1].at:
            return False
        had = next((k for k in range(i + 2, min(i + 7, self.b)) if self.word(k) in HAD_SCORE), 0)
        score = had + 1
        while self.word(score) in ("a", "an", "the", "mean", "median", "score", "one", "of", "at"):
            score += 1
        return (bool(had) and self.is_number(score)) or self._score_behind(i + 2)

    def _score_behind(self, k: int) -> bool:
        """ "31 nuns with wax fell from 6 to 2 AND 29 WITH CLAY FROM 7 TO 4", "29 in it (VAS 3.7)".

        Whether a frame, or a bracket that names its score, stands behind the group at k.
        """
        stop = min(k + 8, self.b - 3)
        while (
            k < stop and (self.t[k].kind == "w" or self.word(k) == "-") and self.word(k) != "from"
        ):
            k += 1
        if self.word(k) == "from" and self.is_number(k + 1):
            return "to" in [self.word(m) for m in range(k + 2, min(k + 10, self.b))]
        if k + 1 >= self.b or self.word(k) not in ("(", "["):
            return False
        return is_measure(self.t[k + 1]) or self.word(k + 1) in ("mean", "median")

    def had_something(self, i: int) -> bool:
        """ "24 in the wax group had no pain AND 26 IN THE CLAY GROUP HAD mild pain": people."""
        if self._compared_people(i):
            return True
        opens = i == self.a or self.word(i - 1) in _OPENS_NEXT
        if self.word(i + 1) not in ("in", "with") or not opens:
            return False
        k = i + 2 + (self.word(i + 2) == "the")
        while k < min(i + 7, self.b) and self.t[k].kind == "w" and is_content(self.word(k)):
            k += 1
        k += self.is_number(k) and self.word(k - 1) in GROUP  # "26 in group 2 had"
        if self.word(k) in ("was", "were"):
            return self.word(k + 1) in _BEING
        had = self.word(k) in ("had", "needed", "developed", "experienced")
        if not had or self.word(k + 1) in ("been", "fallen", "risen", "decreased", "improved"):
            return False
        ahead = range(k + 1, min(k + 6, self.b))
        return not any(self.is_number(m) or self.word(m) in _CENTRES for m in ahead)

    def _compared_people(self, i: int) -> bool:
        """ "COMPARED WITH 12 IN THE CLAY GROUP, 24 NUNS with wax had none": people, as those."""
        if i != self.a + 2 or self.word(i - 1) != "with" or self.word(i - 2) != "compared":
            return False
        comma = next((k for k in range(i + 1, min(i + 8, self.b)) if self.word(k) == ","), 0)
        counted = 0 < comma < self.b - 1 and self.t[comma + 1].kind == "n"
        return counted and self.word(comma + 2) in PEOPLE

    def _each_before(self, i: int) -> bool:
        """ "each group comprised 60 patients", "two groups of 27 subjects", "both arms had 30"."""
        k = i - 1
        while self.word(k) in _COMPRISED:
            k -= 1
        if self.word(k) not in GROUP or k == i - 1:
            return False
        before = self.word(k - 1)
        if self.word(k).endswith("s") and self.word(i - 1) != "of" and before != "both":
            return False
        number = k - 1 >= self.a and self.t[k - 1].kind == "n"
        equal = before in ("equal", "equally-sized", "parallel", "matched")
        return before in ("each", "either", "both") or number or equal

    def _has_spread(self, k: int) -> bool:
        """Whether a ± or a labelled bracket stands right behind the number at k.

        So too "30, IQR 20 to 40" and "3 with an IQR of 2 to 5".
        """
        j = k + 1 + (self.word(k + 1) in self.profile.measure_units)
        if not self.is_number(k):
            return False
        if self.word(j) in (",", "with") and not self.is_number(j + 1):
            told = self.label(j + 1 + (self.word(j + 1) in ("a", "an")))
            return (
                told is not None
                and told[0] in ("sd", "se", "iqr")
                and self.is_number(told[1] + (self.word(told[1]) in ("of", "=", ":", ",")))
            )
        return self.word(j) == "±" or (self.word(j) in ("(", "[") and self.label(j + 1) is not None)

    def _degree(self, i: int) -> bool:
        """ "grade 3 or 4 osteoarthritis", "Modic type 1 or 2", "ASA I-II": no number of people."""
        if self.word(i - 1) == "," and self.word(i - 2) in _DEGREE_WORDS:
            return False  # "To compare two needle types, 100 patients were randomized"
        k = i - 1
        while k > self.a and (self.word(k) in _AND_OR or self.is_number(k)):
            k -= 1
        return self.word(k) in _DEGREE_WORDS

    def _left_behind(self, j: int, noun: str) -> bool:
        """ "two patients DIED", "7 women had died", "4 participants were lost"."""
        k = j
        while k < j + 4 and self.word(k) != noun:
            k += 1
        k += 1
        if self.word(k) in ("had", "were", "was", "have"):
            k += 1
        if self.word(k) in ("moved", "dropped") and self.word(k + 1) in ("from", "to", "by"):
            return False  # "the ODI of 20 cooks dropped from 40": a score did, not the people
        return self.word(k) in LEFT_VERBS

    def size_in_bracket(self, i: int) -> Count | None:
        """ "gout cases (31) and lupus cases (27)": sizes, where two stand behind people.

        Alone it is one in front of what they did: "the gout patients (31) REPORTED a mean of 4".
        """
        if self.word(i + 2) in _REPORTED and not self.q.values and self._in_front_of_verb(i):
            return Count(int(self.t[i].value), i, i + 1, "", None, False, True, True)
        if self._users_of_value(i):
            return Count(int(self.t[i].value), i, i + 1, "", None, False, True, True)
        if self.q.values or not self._behind_people(i):
            return None  # "34 in men (17)" may be a mean and its SD
        if not any(k != i and self._behind_people(k) for k in range(self.a + 2, self.b - 1)):
            return None
        return Count(int(self.t[i].value), i, i + 1, "", None, False, True, True)

    def _in_front_of_verb(self, i: int) -> bool:
        """ "the divers (31) had": a whole number alone in a bracket behind any plural."""
        if self._behind_people(i):
            return True
        noun = self.t[i - 2]
        plain = noun.kind == "w" and noun.mark is None and noun.word not in GROUP | NOT_ARM
        plural = noun.word.endswith("s") and not noun.word.endswith(("ss", "us", "is"))
        alone = self.word(i - 1) == "(" and self.word(i + 1) == ")"
        return alone and plain and plural and "." not in self.t[i].word and self.t[i].value > 4

    def _users_of_value(self, i: int) -> bool:
        """ "NRS was 3.1 (SD 1.2) IN SPLINT USERS (28)": behind a value that has its spread."""
        last = self.q.values[-1] if self.q.values else None
        if last is None or not last.spreads or not 3 <= i - last.last <= 6:
            return False
        return self.word(last.last) in ("in", "among", "for") and self._behind_people(i)

    def of_a_cohort(self, i: int) -> bool:
        """ "in the COHORT OF 57", "in our SERIES OF 57": people, though no noun follows."""
        if self.word(i - 1) != "of" or self.t[i].value <= 4:
            return False
        if self.word(i - 2) not in _COHORTS and not self._of_a_group(i):
            return False
        ends = self.word(i + 1) in ENDS_N or self.word(i + 1) in _BEHIND_COHORT
        return i + 1 >= self.b or ends

    def _of_a_group(self, i: int) -> bool:
        """ "3.1 (SD 1.2) IN THE WAX GROUP OF 40": behind a value that has its spread.

        "a mean VAS in the wax group of 40" tells a score.
        """
        lead = self.word(i - 3)
        if self.word(i - 2) != "group" or lead in _EVERY or lead in PEOPLE:
            return False
        if lead in ("whole", "entire"):
            return True
        last = self.q.values[-1] if self.q.values else None
        near = last is not None and 4 <= i - last.last <= 8
        return near and bool(last.spreads) and self.word(last.last) in ("in", "for", "among")

    def all_of_them(self, i: int) -> bool:
        """ "fell to 2.5 at the last visit IN ALL 39.", "IN ALL 39 the VAS fell"."""
        if self.word(i - 1) != "all" or self.word(i - 2) not in ("in", "for", "among", "of"):
            return False
        ends = self.word(i + 1) in ENDS_N or self.word(i + 1) in ("the", "of", "who", "at")
        # "down from 7.1 (SD 1.6) in ALL 45 (BOTH p < 0.01)"
        ends = ends or (self.word(i + 1) in ("(", "[") and not self.is_number(i + 2))
        return self.t[i].value > 4 and (i + 1 >= self.b or ends)

    def rated_later(self, i: int) -> bool:
        """ "40 SCORED pain at 1 month (NRS 4.4) AND 36 AT 6 MONTHS (NRS 3.7)": people again."""
        lead = self.word(i - 1) in (",", "and") and self.word(i + 1) in ("at", "after", "by", "in")
        if not lead or i + 2 not in self.busy or not self.q.counts:
            return False
        before = self.q.counts[-1]
        near = range(before.at + 1, before.at + 4)
        rated = before.noun == "total" or any(self.word(k) in _RATED for k in near)
        k = i + 2
        while k in self.busy:
            k += 1
        named = self.word(k) in ("(", "[") and getattr(self.t[k + 1].mark, "kind", "") == "measure"
        return rated and named and self.t[i].value > 1

    def _behind_people(self, i: int) -> bool:
        """Whether the whole number at i stands alone in a bracket behind a noun for people."""
        if self.word(i - 1) != "(" or self.word(i + 1) != ")" or not names_people(self.word(i - 2)):
            return False
        return self.is_number(i) and "." not in self.t[i].word and self.t[i].value > 2

    def _aside(self, i: int, end: int) -> bool:
        """Whether the tokens from i up to `end` stand between commas or brackets."""
        return self.word(i - 1) in OPENS_ASIDE and self.word(end) in ENDS_N

    def _each_by(self, i: int) -> bool:
        """ "worn BY 18 porters EACH", "among 12 nuns each": people, whatever they are called."""
        return (
            self.word(i + 2) in ("each", "apiece")
            and self.word(i - 1) in ("by", "among", "amongst")
            and self.word(i + 1).endswith("s")
            and self.t[i].value > 1
        )

    def _each_behind(self, j: int) -> bool:
        """ "31 patients PER GROUP", "30 women each", "20 subjects in each arm"."""
        k = j
        while k < j + 4 and not names_people(self.word(k)):
            k += 1
        one, two = self.word(k + 1), self.word(k + 2)
        return (
            one in ("each", "apiece")
            or (one == "per" and two in GROUP)
            or (one in ("in", "to", "for", "within") and two in ("each", "both", "either"))
        )

    def _listed_count(self, i: int) -> bool:
        """ "with 0, 1, 2 and 4 grafts": whole numbers in a list that ends with what they count."""
        if self.word(i - 1) in STATE or self.word(i - 1) in ("from", "to", "by", "=", ":"):
            return False
        j, steps = i, 0
        while steps < 12 and self.is_number(j) and "." not in self.t[j].word:
            j += 1
            if self.word(j) not in (",", "and", "or"):
                break
            while self.word(j) in (",", "and", "or"):
                j += 1
            steps += 1
        return (
            steps > 0
            and self.word(j - 1) not in (",", "and", "or")
            and (self._noun(j).endswith("s") and self._noun(j) not in UNIT_DAYS)
        )

    def _named_count(self, i: int) -> bool:
        """ "(MOR 21, LDK 24)": short names with their numbers in a bracket behind a count."""
        before = self.t[i - 1] if i > self.a else None
        return (
            before is not None
            and before.kind == "w"
            and before.mark is None
            and before.word not in _CENTRES  # "50 men rated pain (NRS, MEDIAN 6, IQR 5-7)"
            and self.word(i - 2) in _NAMED_COUNT_WORDS
            and is_content(before.word)
        )

    def served_people(self, i: int) -> bool:
        """ "..., and 9 RECEIVED A stimulator for pain": people, though a number stands before."""
        if i == self.a or self.word(i + 1) not in _SERVED or self.word(i - 1) not in _BEFORE_PEOPLE:
            return False
        return i + 2 < self.b and self.t[i + 2].kind == "w"

    def _elliptical_count(self, i: int) -> bool:
        """ "204 with fractures and 39 with lesions": a count whose noun stands elsewhere."""
        verb = any(self.word(k) in _ELLIPTICAL_COUNT_WORDS_2 for k in range(self.a, i))
        if self.word(i + 1) in ("a", "an", "the") and self.word(i - 1) in ("and", ","):
            # "35 patients received nerve block and 36 a catheter".
            return bool(self.q.counts) and verb and not self.q.values
        if self.word(i + 1) not in ELLIPTICAL or (
            self.word(i - 1) not in _ELLIPTICAL_COUNT_WORDS and i > self.a
        ):
            return False
        if self.q.values:
            return False
        # Not behind a measure and its verb: "pain was 7 and 3 with tape".
        ends = [k for k in range(self.a, i) if self.word(k) == ";"]
        for k in range(ends[-1] if ends else self.a, i):
            named = getattr(self.t[k].mark, "kind", "") == "measure"
            if named and any(self.word(m) in _VERBS_OF_SCORES for m in range(k, i)):
                return False
        return bool(self.q.counts) or self.word(i + 1) in _ELLIPTICAL_COUNT_WORDS_2

    def people_again(self, i: int) -> bool:
        """ "completed by 45 patients at baseline AND 38 AT 6 months": people, of whom some left."""
        last = self.q.counts[-1] if self.q.counts else None
        if last is None or last.noun not in PEOPLE or last.value < self.t[i].value:
            return False
        if "." in self.t[i].word or (self.q.values and self.q.values[-1].at > last.at):
            return False
        gap = range(last.last + (self.word(last.last) == last.noun), i - 1)
        dated = all(k in self.busy or self.word(k) in _LEADS_TIME for k in gap)
        by = self.word(last.at - 1) in ("by", "in", "from", "for")
        return len(gap) > 0 and dated and by

    def did_behind_score(self, i: int) -> bool:
        """ "the NRS was 2.6 (SD 1.2) AND 3 WERE REOPERATED ON": no score like the one before."""
        k = i - 1 - (self.word(i - 1) in ("and", "but"))
        if k == i - 1 and self.word(k) not in (",", ";"):
            return False
        last = self.q.values[-1] if self.q.values else None
        if last is None or last.last < k - 1:
            return False
        unlike = "." in self.t[last.at].word or bool(last.spreads)
        did = self.word(i + 2)
        return unlike and (did in _BEEN or did.endswith("ed")) and did not in SCORED

    def headed_people(self, i: int) -> str:
        """ "PATIENTS: 47 (median age, 12 years)": the noun that heads the sentence; "" if none."""
        noun, closed = self.word(self.a), self.word(i + 1) in ("(", ".", ",", ";")
        headed = closed and self.word(self.a + 1) == ":" and noun in PEOPLE
        if self.word(i + 3) == "%" or self.is_number(i + 2):
            return ""  # "Patients: 3 (6%) had leaks", "Patients: 62, 47 and 51 years old"
        whole = "." not in self.t[i].word and self.t[i].value > 2 and i not in self.busy
        return noun if headed and whole else ""
