"""The size of the whole cohort, among all numbers of people that an abstract prints."""

from __future__ import annotations

from evergrove.reading.arms.arms import DocArm, is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import (
    described_as_a_whole,
    each_had,
    joints_behind,
    joints_of_people,
    out_of_all,
)
from evergrove.reading.sizes.further_people import some_told, without_further
from evergrove.reading.sizes.outcome_counts import (
    ASIDE_FROM,
    SUFFERED_EVENTS,
    in_clause_of_its_own,
    set_aside,
    suffered_events,
    told_of_success,
)
from evergrove.reading.sizes.people_left import PART_OF_ALL, scores_of
from evergrove.reading.sizes.people_lost import left_the_study, losses_told
from evergrove.reading.sizes.raters import rated_by
from evergrove.reading.sizes.scores_known import MAYBE_KNOWN, scores_known
from evergrove.reading.sizes.sizes_of_sexes import sexes_of_all
from evergrove.reading.sizes.those_analysed import (
    MAYBE_ANALYSED,
    MAYBE_STAYED,
    SCREENED,
    bare_rest,
    in_the_analysis,
    those_analysed,
    was_screened,
)
from evergrove.reading.sizes.whole_group import (
    cases_told_of,
    chosen_for_it,
    complete_in,
    given_to,
    left_over,
    of_one_sex,
    parts_of_one,
    size_of_people,
    those_who_joined,
    whole_of_events,
)
from evergrove.reading.sizes.yearly_counts import MAYBE_YEARLY, counted_yearly
from evergrove.reading.text.still_there import ASKED, GONE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, word_set

_INCLUDED = word_set(
    "total included enrolled enroled treated reviewed consecutive completed underwent "
    "recruited studied analysed analyzed identified participated received randomised "
    "randomized covered covers comprises concerns operated part assigned cohort series there were "
    "data records"
)


_NOT_OF_THE_STUDY = word_set(
    "diagnosed worldwide world population uk usa annually estimated screened"
)


NO_COHORT = word_set(
    "activities domains exercises questionnaires parameters scales "
    "recurrences recurrence complications complication deaths death fractures fracture events "
    "leaks leakages reoperations revisions failures infections studies study trials trial centres "
    "joints joint vessels arteries nerves muscles centers hospitals clinics sites "
    "institutions institution departments practices cities reports articles papers "
    "sessions fractions visits lesions levels "
    "vertebrae treatments procedures injections times points groups arms episodes attacks "
    "withdrawals dropouts losses relapses cases-of falls repeats raters readers surgeons "
    "cycles courses occasions phases periods stages weeks days months years hours teeth "
    "sets repetitions reps bouts shocks impulses pulses bars strokes breaths steps "
    "databases questions items countries units systems devices implants leads electrodes screws "
    "needles doses tablets sutures haematomas hematomas nausea vomiting drops points-of"
)


# "Nine ablations", "31 vertebroplasties", "12 neuromas": what was done or treated.
_PROCEDURES = ("ations", "plasties", "tomies", "omas", "metastases", "tumors", "tumours")


_PART_OF_COHORT = word_set("than least only remaining other additional the")


_FOLLOWED_WORDS = word_set(
    "followed analysed analyzed available completed included returned evaluable attended reviewed "
    "contacted reached traced evaluated examined assessed seen interviewed responded answered"
)


_LEFT_WORDS = word_set(
    "available remained left lost died withdrew dropped returned missing reached contacted traced"
)


def _score_taken(tokens: list[Token], a: int, count: Count) -> bool:
    """ "PAIN was recorded in 38 patients": of everybody, and no complaint of some."""
    return any(is_measure(tokens[k]) for k in range(a, count.at))


def _planned(tokens: list[Token], a: int, count: Count) -> bool:
    """ "with a TARGET OF 80 patients", "80 patients WERE TO BE recruited": not those who came."""
    for token in tokens[max(a, count.at - 3) : count.at]:
        if token.word in _PLANS:
            return True
    behind = [token.word for token in tokens[count.last : count.last + 4]]
    return ["were", "to", "be"] in (behind[:3], behind[1:])


_PLANS = word_set("target goal targeted aimed planned intended")
_MAYBE_PLANNED = _PLANS | {"be"}
_HAD = word_set("had received underwent")


class CohortCounter:
    """Collects numbers of people and picks the one that is the whole cohort.

    `cohort` holds (how likely it is the whole, minus its place among them, the number).
    """

    cohort: list[tuple[float, int, Count]]
    arms: list[DocArm]
    by_sex: int
    excluded: int
    gone: int
    sized: list[Count]
    left_over: list[Count]
    analysed: list[Count]
    responded: set[int]
    asked: bool
    screened: set[int]
    scored: list[Count]
    given: list[Count]
    of_joints: set[int]

    def count_cohort(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        section: str,
        counts: list[Count],
        words: frozenset[str],
        numbers: list[int],
    ) -> None:
        people = [count for count in counts if count.noun in PEOPLE and not count.each]
        if len(people) == 2 and all(is_sex(count.noun) for count in people):
            # "Eleven women and two men were treated": a total that is printed nowhere.
            opens = people[0].at <= a + 3 and section in ("methods", "none", "results")
            self.by_sex = self.by_sex or (sum(c.value for c in people) if opens else 0)
        of_whole = bool(counts) and out_of_all(tokens, a)
        self.asked = self.asked or not words.isdisjoint(ASKED)
        if section not in ("background", "aim", "conclusion"):
            if not MAYBE_ANALYSED.isdisjoint(words):
                told_of = those_analysed(tokens, a, b, words, numbers)
                if "response" in words and "rate" in words:
                    self.responded |= {phrase.people.at for phrase in told_of}
                self.analysed += [phrase.people for phrase in told_of]
                self.of_joints |= {phrase.people.at for phrase in told_of if phrase.of_joints}
            if not SCREENED.isdisjoint(words):
                self.screened |= {c.value for c in counts if was_screened(tokens, c, b)}
            self.gone += losses_told(tokens, a, b, words)
        stayed = None
        if section in ("methods", "results", "none") and not words.isdisjoint(MAYBE_STAYED):
            stayed = bare_rest(tokens, a, b, words, numbers)
        if stayed is not None:
            self.cohort.append((4.5, -len(self.cohort), stayed))
        if section != "background" and not words.isdisjoint(PART_OF_ALL):
            self.scored += scores_of(tokens, a, b)
        if section != "background" and not words.isdisjoint(MAYBE_KNOWN):
            self.scored += scores_known(tokens, a, b, words)
        # What no word of the sentence can tell need not be asked of each of its numbers.
        gone, apart = not words.isdisjoint(GONE), not words.isdisjoint(ASIDE_FROM)
        suffered = not words.isdisjoint(SUFFERED_EVENTS)
        sexes_apart = sexes_of_all(counts)
        yearly = not words.isdisjoint(MAYBE_YEARLY)
        had, planned = not words.isdisjoint(_HAD), not words.isdisjoint(_MAYBE_PLANNED)
        for count in without_further(tokens, a, b, counts, words):
            ahead = [tokens[k].word for k in range(count.last, min(b, count.last + 5))]
            if ahead[:1] and ahead[0] in _WERE_GIVEN and count.at <= a + 1:
                self.given.append(count)
            if "excluded" in ahead and (count.noun in PEOPLE or count.noun in ("events", "")):
                self.excluded += count.value
            elif gone and section != "background" and left_the_study(tokens, count, b):
                self.gone += count.value
            lone = count.equals and not any(c.equals for c in counts if c is not count)
            if lone and section not in ("background", "conclusion"):
                self.sized += [count] if size_of_people(tokens, a, b, count) else []
            if joints_of_people(tokens, a, b, count) or (had and each_had(tokens, count, b)):
                continue
            if planned and _planned(tokens, a, count):
                continue
            if yearly and counted_yearly(tokens, a, b, count):
                continue
            if apart and set_aside(tokens, a, count):
                continue
            if suffered and suffered_events(tokens, count, b):
                continue
            if sexes_apart and is_sex(count.noun):
                continue
            rest = not count.noun and of_whole and count.at > a + 3
            if rest and count.at <= a + 5:  # "Of the 33 patients, 24 were seen at 4 years"
                ahead = {tokens[k].word for k in range(count.last, min(b, count.last + 9))}
                rest = UNIT_DAYS.keys().isdisjoint(ahead)
            joined = 0 if section == "background" else those_who_joined(tokens, a, b, count)
            if "leaving" in words and left_over(tokens, b, count):
                joined = 4
            if not joined and section != "background" and count.noun not in NO_COHORT:
                led_by = tokens[count.at - 1].word
                joined = int(led_by in ("by", "in") and rated_by(tokens, a, count))
                joined = joined or 2 * (led_by in ("to", "in") and given_to(tokens, count))
            if joined and count.value > 1:  # "one patient underwent surgery again": nobody else
                self.cohort.append((joined + 0.5, -len(self.cohort), count))
                continue
            bare = count.noun in ("events", "of", "") and not count.equals and not rest
            if bare and (whole_told := whole_of_events(tokens, section, b, count)):
                self.cohort.append((0, -len(self.cohort), whole_told))
            if count.each or bare:
                continue
            told = count.noun in PEOPLE and not count.equals and section in ("results", "none")
            opens = count.at <= a + 5 and count.last < b
            opens = opens and tokens[count.last].word in ("had", "have")
            if told and not opens and in_clause_of_its_own(tokens, a, count):
                continue  # "30 patients were pleased, and the mean VAS was 3": not all of them
            if (
                not rest
                and count.noun not in PEOPLE
                and not (
                    count.at <= a + 3
                    and section in ("results", "none", "methods")
                    and count.value >= 5
                    and (count.noun.endswith("s") or count.noun == "")
                )
            ):
                continue
            if count.of is not None and tokens[count.at + 1].word == "/" and not count.equals:
                continue
            outside = _outside_brackets(tokens, count.last, b)
            after = {tokens[k].word for k in outside[:9]}
            whole = tokens[count.of].value if count.of is not None else 0
            if count.noun in PEOPLE and 2 * count.value >= whole > 0:
                # "48 of 52 patients with corns who had the gel WERE FOLLOWED"
                after = {tokens[k].word for k in outside[:18]}
            part = after & _FOLLOWED_WORDS and not after & _REPORTED_BEFORE
            part = part or complete_in(tokens, a, count) or chosen_for_it(tokens, a, b, count)
            if count.of is not None and not count.equals and not part:
                whole = tokens[count.of]
                count = Count(int(whole.value), count.of, count.of + 1, count.noun)
            led = tokens[count.at - 1].word in ("in", "of", "among") and not count.equals
            if section == "aim" and count.noun in PEOPLE and count.value >= 5 and led:
                # "To report rhizotomy in 47 patients": where no other place tells how many
                self.cohort.append((0, -len(self.cohort), count))
            if section in ("background", "aim") or count.equals:
                continue
            sexes = sum(is_sex(other.noun) for other in counts)
            inside = tokens[count.at - 1].word in ("(", ",", "and") and count.at > a
            if is_sex(count.noun) and (
                sexes > 1
                or inside
                or count.bracket
                or any(c.noun in PEOPLE and c.value > count.value for c in counts)
            ):
                continue
            if gone and left_the_study(tokens, count, b):
                continue
            events = count.noun in ("case", "cases") and "of" in {
                tokens[k].word for k in range(count.last, min(b, count.last + 2))
            }
            events = events and not cases_told_of(tokens, a, count)
            # "Of 82 adults, 51 (62%) could be followed up": a share, and yet all that are told of.
            followed = (
                rest and bool(part) and out_of_all(tokens, a) and UNIT_DAYS.keys().isdisjoint(after)
            )
            share = count.of is None and not followed and _is_share(tokens, count, b)
            done = count.noun.endswith(_PROCEDURES)
            if count.noun in NO_COHORT or done or share or events or count.value < 2:
                continue
            lead = tokens[count.at - 1].word if count.at > a else ""
            said = tokens[count.at - 2].word if count.at > a + 1 else ""
            if of_one_sex(tokens, b, count) or told_of_success(tokens, count, b):
                continue
            if lead in ("by", "in") and said in _TOLD_OF and not _score_taken(tokens, a, count):
                continue  # "tingling was reported by 6 women"
            before = tokens[count.at - 1].word if count.at > a else ""
            rank = 1
            near = {tokens[k].word for k in range(max(a, count.at - 5), count.last)}
            near |= {tokens[k].word for k in outside[: 30 if count.at <= a + 3 else 10]}
            told_of = near & _INCLUDED
            if told_of == {"there", "were"} and some_told(tokens, count):
                told_of = set()  # "There were twelve BEDRIDDEN patients": some of them
            if told_of:
                rank = 3
            if after & _LEFT_WORDS:
                # "28 patients were available at the last visit": fewer than there were.
                rank = 1
            if (near & _NOT_OF_THE_STUDY and not rest) or (lead == "of" and said in _SOURCES):
                rank = 0
            if rank >= 3 and of_whole and (count.at > a + 5 or rest):
                # "Of 49 patients who had a trial, 42 were implanted"
                rank = 4
            if in_the_analysis(tokens, a, b, count):
                rank = 4
            ahead = [token.word for token in tokens[count.last : count.last + 2]]
            if before == "remaining" and ahead and ahead[0] in _PEOPLE_AND:
                verb = ahead[1:] if ahead[0] in PEOPLE else ahead[:1]
                self.left_over += [count] if _WERE_GIVEN.intersection(verb) else []
            if before in _PART_OF_COHORT:
                rank = min(rank, 1)
            if described_as_a_whole(tokens, count, b):
                # "112 patients (87 women; mean age 74 years)": those whom the paper is about.
                rank = max(rank, 3)
            elif (
                not followed
                and not joints_behind(tokens, count.last, b)
                and (
                    (count.last < b and tokens[count.last].word == "(")
                    or tokens[count.at - 1].word == "("
                )
            ):
                rank -= 1
            if "%" in words and rank < 3:
                rank -= 1
            if section == "conclusion":
                rank = min(rank, 1)
            if section in ("results", "none"):
                rank += 0.5 if rank >= 1 else 0
            if count.value < 4 and rank < 2.5:
                continue  # "two patients had infections"
            self.cohort.append((rank, -len(self.cohort), count))

    def whole(self) -> Count | None:
        """The cohort: the largest count said to be included, treated ..., else the likeliest.

        None where only a sum by sex tells the whole, and every count is less than it.
        """
        likeliest = self._likeliest()
        found = self._added_up(likeliest) or likeliest
        size = self._only_size()
        sure = any(item[0] >= 2.5 for item in self.cohort)
        few = found is not None and size is not None and 2 * found.value < size.value
        if size is not None and (found is None or few or (not sure and size.value > found.value)):
            found = size  # "Patients (n = 60) were treated. Twelve patients had diabetes."
        found = self._scored_of(
            self._analysed_of(self._without_excluded(self._after_losses(found)))
        )
        return None if found is not None and found.value < self.by_sex else found

    def _after_losses(self, found: Count | None) -> Count | None:
        """ "52 entered it. Four withdrew. The remaining 48 had gel": 48, which is printed."""
        if found is None or not self.gone or self.arms:
            return found
        left = [count for count in self.left_over if count.value == found.value - self.gone]
        return left[0] if left else found

    def _without_excluded(self, found: Count | None) -> Count | None:
        """ "81 were seen; six were EXCLUDED. 75 UNDERWENT it": 75, who are just as many as that."""
        if found is None or not self.excluded or self.arms:
            return found
        left = [count for count in self.given if count.value == found.value - self.excluded]
        return left[0] if left else found

    def _scored_of(self, found: Count | None) -> Count | None:
        """ "784 had it. PAIN WAS ASSESSED IN A SUBSET OF 354": those whose scores there were."""
        if found is None or len(self.arms) > 1 or len({c.value for c in self.scored}) != 1:
            return found
        return self.scored[0] if self.scored[0].value < found.value else found

    def _analysed_of(self, found: Count | None) -> Count | None:
        """ "60 were treated; follow-up was available in 52": 52, if no other number is told so.

        Of those screened, whoever was taken in, however few; else at least half of them.
        """
        if len(self.arms) > 1:
            return found
        if self.responded and not self.asked and found is not None:
            # "48 had wax. The RESPONSE RATE was 58% (28/48)": who got better, where none was asked
            self.analysed = [one for one in self.analysed if one.at not in self.responded]
        alike = len({count.value for count in self.analysed}) == 1
        if found is None:
            return self.analysed[0] if alike and not self.by_sex else None
        unsure = all(rank < 2.5 for rank, _, count in self.cohort if count.at == found.at)
        if alike and unsure and self.analysed[0].value > found.value:
            return self.analysed[0]  # "78 (90%) had 2-year follow-up. Gout was found in 46."
        least = 0.0 if found.value in self.screened else found.value / 2
        fewer = [c for c in self.analysed if c.at != found.at and least <= c.value < found.value]
        if found.value not in self.screened and len({count.value for count in fewer}) > 1:
            fewer = [count for count in fewer if count.value == found.value - self.gone]
        return max(fewer, key=lambda count: count.value) if fewer else found

    def _only_size(self) -> Count | None:
        """ "Patients with corns (n = 48) had gel": the one size in the text, where no group is."""
        sizes = {count.value for count in self.sized}
        return self.sized[0] if len(sizes) == 1 and not self.arms else None

    def _added_up(self, found: Count | None) -> Count | None:
        """ "48 men ... 25 had tape and 23 a brace": the printed count that the groups add up to."""
        sizes = [arm.n.value for arm in self.arms if arm.n is not None]
        if len(sizes) < 2 or len(sizes) != len(self.arms) or found is None:
            return None
        total = sum(sizes)
        if found.value not in sizes or found.noun in PEOPLE:
            return None
        fits = [item[2] for item in self.cohort if item[2].value == total]
        return next((count for count in fits if count.noun in PEOPLE), None)

    def _likeliest(self) -> Count | None:
        sized = {arm.n.at for arm in self.arms if arm.n is not None}
        if len(sized) > 1:
            # "tape (24 men with gout) and rest (26 men with gout)": the size of a group alone
            self.cohort = [
                item for item in self.cohort if item[2].at not in sized or not item[2].bracket
            ]
        top = [item for item in self.cohort if item[0] >= 4]
        sure = top or [item for item in self.cohort if item[0] >= 2.5]
        if sure:
            told = [item for item in sure if item[0] % 1 == 0.5]
            if parts_of_one([i[2] for i in told], [i[2] for i in sure]):
                told = []  # "We studied 44 men. Twelve received all of it and 32 half of it"
            most = max(item[2].value for item in sure)
            # "48 enrolled ... Results: 47 were treated": the count of the results is nearer.
            if told and max(item[2].value for item in told) >= 0.6 * most:
                sure = told
            return max(sure, key=lambda item: (item[2].value, item[1]))[2]
        likely = [item for item in self.cohort if item[0] >= 1] or self.cohort
        if not likely:
            return None
        return max(likely, key=lambda item: (item[0] >= 1, item[2].value, item[1]))[2]

    def fewer_later(self, whole: Count | None) -> bool:
        """Whether people left the study, the `whole`, and what remained is printed nowhere."""
        known = {item[2].value for item in self.cohort}
        if whole and self.gone and whole.value + self.gone in known:
            return False  # "52 were enrolled and 4 were lost, leaving 48": those are gone already
        if whole is None and self.gone:
            return any(arm.n is not None for arm in self.arms)  # of each group, not of all
        return bool(self.gone and whole and whole.value - self.gone not in known)

    def doubt(self, whole: Count | None) -> bool:
        """Whether another number of people than `whole` might be the cohort: more than half."""
        if whole is None:
            return False
        if whole.at in self.of_joints:
            return True  # "23 hips (22 nuns) had a 2-year follow-up": the values of hips or nuns?
        near = [
            count.value
            for rank, _, count in self.cohort
            if rank >= 1 and count.noun in PEOPLE and 0.5 * whole.value < count.value
        ]
        if self.excluded:
            # "54 were identified; 5 were excluded": 49 are left, which is printed nowhere.
            known = {item[2].value for item in self.cohort}
            if whole.value + self.excluded not in known:
                return True
        return any(value != whole.value for value in near)


def _outside_brackets(tokens: list[Token], first: int, b: int) -> list[int]:
    """Token numbers from `first` on that stand in no bracket."""
    out: list[int] = []
    depth = 0
    for k in range(first, min(b, first + 40)):
        if tokens[k].word in ("(", "["):
            depth += 1
        elif tokens[k].word in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append(k)
    return out


_REPORTED_BEFORE = word_set("earlier previous previously prior already former published")
_TOLD_OF = word_set(
    "reported noted seen observed found occurred recorded detected experienced needed required "
    "developed present encountered removed revised replaced achieved lost healed confirmed "
    "positive affected involved partial complete stopped discontinued excellent good fair poor "
    "restored retained necessary"
)
_WERE_GIVEN = word_set("received underwent")
_PEOPLE_AND = PEOPLE | _WERE_GIVEN
_SOURCES = word_set("database registry pool population list register cohort-of")


def _is_share(tokens: list[Token], count: Count, b: int) -> bool:
    """ "1 patient (3.4%)", "6 of the patients (10%)": a part of the people, not all of them."""
    for k in range(count.last, min(b, count.last + 5)):
        if tokens[k].word in ("(", "["):
            share = k + 3 < b and tokens[k + 1].kind == "n" and tokens[k + 2].word == "%"
            return share and tokens[k + 3].word in (")", "]", ",", ";")
        if tokens[k].kind != "w":
            return False
    return False
