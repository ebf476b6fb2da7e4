"""The groups that an abstract declares, with their n, and the size of the cohort."""

from __future__ import annotations

from evergrove.reading.arms.adjective_parts import adjective_parts
from evergrove.reading.arms.announced_groups import TREATMENTS, announced_groups
from evergrove.reading.arms.arm_contrasts import SET_AGAINST
from evergrove.reading.arms.arm_items import first_and_second, named_in_bracket, size_behind
from evergrove.reading.arms.arm_phrases import group_phrases
from evergrove.reading.arms.arms import ASSIGNED, Arm, DocArm
from evergrove.reading.arms.both_treatments import both_of_them
from evergrove.reading.arms.combined_treatments import MAYBE_COMBINED, combined_and_alone
from evergrove.reading.arms.counted_lists import listed_groups, of_people
from evergrove.reading.arms.equal_parts import MAYBE_EQUAL, equal_parts
from evergrove.reading.arms.formed_groups import formed_size
from evergrove.reading.arms.headed_groups import HEADS, headed_groups, name_roles
from evergrove.reading.arms.lettered_parts import MAYBE_PARTS, lettered_parts
from evergrove.reading.arms.lettered_treatments import treatment_of
from evergrove.reading.arms.nested_groups import nested_groups
from evergrove.reading.arms.one_and_other import one_and_other
from evergrove.reading.arms.ordinal_groups import (
    ORDINALS,
    name_ordinals,
    sized_ordinal,
    sized_ordinals,
)
from evergrove.reading.arms.shares_of_groups import shares_of_groups, without_answers
from evergrove.reading.arms.sized_groups import NOT_ALL, Named, SizedGroups, Telling
from evergrove.reading.arms.told_groups import MAYBE_TOLD, told_groups
from evergrove.reading.arms.treated_parts import MAYBE_TREATED, treated_parts
from evergrove.reading.numbers.counted_things import without_things
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import (
    ALLOCATION,
    parts_of_them,
    ratio_sizes,
    without_lesions,
)
from evergrove.reading.sizes.lettered_sizes import size_beside
from evergrove.reading.sizes.lost_in_groups import lost_in_groups
from evergrove.reading.sizes.outcome_counts import allotted
from evergrove.reading.sizes.sizes_beside_names import beside_letter
from evergrove.reading.sizes.whole_group import of_groups
from evergrove.reading.text.still_there import ANALYSED, ANSWERED, GONE, LOOKED_AT
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

_ASSIGNS = word_set(
    "randomised randomized randomly assigned allocated divided received receiving underwent "
    "treated undergoing given compared comparing comparison versus either classified "
    "categorised categorized split grouped consisted comprised assigning stratified had "
    "consisting enrolled included groups arms allocation set"
)
_LATE = ("background", "results", "conclusion")
_LEFT_IN_GROUPS = (
    ANALYSED
    | ANSWERED
    | (LOOKED_AT - {"seen"})
    | word_set("scored rated followed available completed attended contacted remained remaining")
)


# "ONE group had gel, THE OTHER ice", "HALF of them", "50% had gel"
_IN_PARTS = word_set("other half %")


class ArmFinder(SizedGroups):
    """Collects the groups that sentences declare, with their n."""

    def __init__(self) -> None:
        self.arms: list[DocArm] = []
        self.cohort: list[tuple[float, int, Count]] = []
        self.each: Count | None = None
        self.by_sex = 0
        self.excluded = 0
        self.gone = 0
        self.sized: list[Count] = []
        self.left_over: list[Count] = []
        self.analysed: list[Count] = []
        self.responded: set[int] = set()
        self.asked = False
        self.screened: set[int] = set()
        self.scored: list[Count] = []
        self.given: list[Count] = []
        self.of_joints: set[int] = set()
        self.left = False
        self.staying = False
        self.linked = False
        self.fresh: list[DocArm] = []
        self.told_so: list[Named] = []  # set side by side by the wording of a sentence
        self.alone = False  # whether no other groups were known by then
        self.parts: list[tuple[str, Count]] = []
        self.kinds: list[tuple[str, Count]] = []
        self.lone: Named | None = None  # of the sentence before
        self.first: Named | None = None  # "the first group (n = 31)", alone in its sentence

    def sentence(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        section: str,
        counts: list[Count],
        has_values: bool,
        words: frozenset[str],
        numbers: list[int],
    ) -> None:
        """Collect the groups and the sizes that the sentence a..b declares.

        `numbers`: the tokens of all its numbers.
        """
        self.fresh = []
        counts = without_things(tokens, a, counts, words) if counts else []
        if not words.isdisjoint(GONE) and not has_values and lost_in_groups(tokens, a, b, counts):
            self.gone += sum(count.value for count in counts)
            counts = []
        lone, self.lone = self.lone, None
        self.staying = not words.isdisjoint(_LEFT_IN_GROUPS)
        assigns = not words.isdisjoint(_ASSIGNS)
        told = Telling(tokens, a, b, section, counts, has_values, words, assigns, numbers)
        apart = not has_values and not words.isdisjoint(_IN_PARTS)
        if apart and (self._told_as_one_and_other(told) or self._told_as_shares(told)):
            return
        if numbers:
            self.count_cohort(tokens, a, b, section, told.counts, words, numbers)
        told.counts = of_groups(tokens, a, b, told.counts, words)
        if told.counts:
            self.parts += parts_of_them(tokens, told.counts)
            self._each_of_them(told)
            if not words.isdisjoint(ORDINALS):
                self._first_then_second(told)
        named = self._of_groups_alone(told, self._beside_counts(told))
        if named and "%" in words:
            named = without_answers(tokens, named)
        self.left = self.staying and words.isdisjoint(ASSIGNED)
        if named or "second" in words:
            self._declare(told, named, lone)
        self._declare_laid_out(told)
        self._declare_phrases(told)
        if len(told.counts) > 1 and not has_values:
            self._equal_sizes(told)
        self._declare_contrasts(told)
        if not words.isdisjoint(ALLOCATION):
            self._ratio(tokens, a, b)

    def _told_as_one_and_other(self, told: Telling) -> bool:
        """ "ONE group (n = 12) had gel, THE OTHER (n = 13) ice": whether that is all it tells."""
        tokens, a, b = told.tokens, told.a, told.b
        sided = {"one", "other"} <= told.words or "half" in told.words
        if not sided:
            return False
        told.counts = [c for c in told.counts if tokens[c.at].word != "one" or c.equals]
        if not self._one_and_other(tokens, a, b, told.counts):
            return False
        self.count_cohort(tokens, a, b, told.section, told.counts, told.words, told.numbers)
        return True

    def _told_as_shares(self, told: Telling) -> bool:
        """Whether the sentence tells groups by their shares of the people."""
        if len(told.counts) < 2 or "%" not in told.words:
            return False
        shares = shares_of_groups(told.tokens, told.a, told.b)
        for item in shares:
            self._add(*item)
        return bool(shares)

    def _first_then_second(self, told: Telling) -> None:
        """ "The FIRST GROUP (n = 31) had wax. The SECOND GROUP (n = 30) ...": each."""
        sized = sized_ordinal(told.tokens, told.counts)
        if sized is not None and sized[0] == "first":
            self.first = sized
        elif sized is not None and self.first is not None and not self.arms:
            for item in (self.first, sized):
                self._add(*item, True)

    def _declare(self, told: Telling, named: list[Named], lone: Named | None) -> None:
        """Declare the names that stand beside numbers; `lone` is that of the sentence before."""
        if {"first", "second", "group"} <= told.words:
            named = sized_ordinals(told.tokens, told.counts) or named
        if not named:
            return
        tokens, a, b = told.tokens, told.a, told.b
        distinct = {name.lower() for name, _, _ in named}
        if len(distinct) >= 2:
            ordinal = first_and_second(tokens, named)
            for item in named:
                self._add(*item, ordinal)
            if ordinal:
                name_ordinals(tokens, a, b, self.arms)
            both = both_of_them(tokens, told.counts, self.arms) if "both" in told.words else None
            if both is not None:
                self.arms.append(both)
        elif len(named) == 1 and told.assigns:
            item = named[0]
            if item[2] or item[0].startswith("group "):
                if lone is not None and item[2] in _CONTROLS:
                    # "30 patients with corns received wax. 30 had other care (control)."
                    self._add(*lone)
                self._add(*item)
            elif told.section != "background":
                self._single(item)
                leads = item[1] is not None and item[1].at < a + 3
                self.lone = item if leads and not told.has_values else None

    def _declare_laid_out(self, told: Telling) -> None:
        """Declare groups that are told by their layout: under headings, in parts, by letters."""
        tokens, a, b, words = told.tokens, told.a, told.b, told.words
        for name, size in allotted(tokens, b, told.counts) if words & ASSIGNED else ():
            self._add(name, size, "")
        if told.has_values:
            return
        if len(told.counts) == 2 and tokens[a].word in HEADS and not self.arms:
            for item in headed_groups(tokens, a, b, told.counts):
                self._add(*item)
            name_roles(self.arms)
        if len(told.numbers) > 1 and not any(arm.n for arm in self.arms):
            listed = listed_groups(tokens, a, b) if ":" in words else []
            if not listed and "and" in words:
                listed = of_people(tokens, a, b, told.numbers)
            if listed:
                parts = {size.at for _, size, _ in listed}
                self.cohort = [one for one in self.cohort if one[2].at not in parts]
            for item in listed:
                self._add(*item)
        if "%" in words and not self.arms and words & MAYBE_TREATED:
            for item in treated_parts(tokens, a, b):
                self._add(*item)
        if len(told.counts) > 1 and words & MAYBE_PARTS:
            for name, size in lettered_parts(tokens, a, b):
                self._add(name, size, "")

    def _declare_phrases(self, told: Telling) -> None:
        """Declare "the wax group", "group A (gel)" and lists of treatments that are announced."""
        tokens, a, b, has_values = told.tokens, told.a, told.b, told.has_values
        phrases = [] if told.words.isdisjoint(GROUP) else group_phrases(tokens, a, b)
        announces = not has_values and not told.words.isdisjoint(TREATMENTS)
        listed = announced_groups(tokens, a, b) if announces else []
        if listed:
            self._all(listed, [""] * len(listed))
            phrases = [p for p in phrases if p.last < b and tokens[p.last].word not in ("(", "[")]
        if len(phrases) > 1 and told.numbers and not self.arms:
            nested = nested_groups(tokens, b, phrases)
            self._all(nested, [""] * len(nested))
        for number, phrase in enumerate(phrases):
            lettered = phrase.name.startswith("group ")
            treated = None if lettered else named_in_bracket(tokens, a, phrase)
            if treated is not None and told.assigns:
                self._add(treated, None, phrase.name)
            if lettered or told.assigns or len(phrases) >= 2:
                self._declare_phrase(told, phrases, number)

    def _declare_phrase(self, told: Telling, phrases: list[Arm], number: int) -> None:
        """Declare one phrase with its size and, if it is a letter, with what it was given."""
        tokens, a, b, words = told.tokens, told.a, told.b, told.words
        phrase = phrases[number]
        lettered = phrase.name.startswith("group ")
        stop = phrases[number + 1].first if number + 1 < len(phrases) else b
        size = size_behind(tokens, phrase, lettered, stop, without_lesions(told.counts))
        if size is None and lettered:
            size = size_beside(tokens, phrase, a, b)
        shared = told.assigns and not words & NOT_ALL
        if size is not None and shared and self._of_all(size, phrases, told.counts):
            size = None
        if size is None and (lettered or "formed" in words):
            size = formed_size(tokens, phrase, a, b, self._told())
        given = ""
        explained = lettered and not told.has_values
        if explained and size is None:
            size, given = beside_letter(tokens, phrase, a, b)
        if explained and not given and told.section not in ("results", "conclusion"):
            given = treatment_of(tokens, phrase, stop)
        if given:
            self._add_lettered(phrase.name, size, given)
        else:
            self._add(phrase.name, size, "")

    def _equal_sizes(self, told: Telling) -> None:
        """One size of equal groups, and the kinds of people that adjectives tell apart.

        For sentences with two numbers of people or more, and no score.
        """
        tokens, b, counts = told.tokens, told.b, told.counts
        if self.each is None and told.words & MAYBE_EQUAL:
            wholes = {c.value for _, _, c in self.cohort if c.noun in PEOPLE and not c.equals}
            self.each = equal_parts(tokens, b, counts, wholes)
        if len(counts) == 2 and told.words & {"was", "were"}:
            before = {c.value for _, _, c in self.cohort if c.noun in PEOPLE and c.at < told.a}
            self.kinds = self.kinds or (
                adjective_parts(tokens, told.a, b, before) if before else []
            )

    def _declare_contrasts(self, told: Telling) -> None:
        """Declare groups that the sentence sets against each other, or combines."""
        tokens, a, b, words = told.tokens, told.a, told.b, told.words
        against = "against" in words and not words.isdisjoint(SET_AGAINST)
        both = "and" in words and "compared" in words
        combined = not words.isdisjoint(MAYBE_COMBINED)
        joint = combined_and_alone(tokens, a, b) if combined else None
        if joint is not None and not self.arms and not told.has_values:
            self._all(list(joint), ["", "", ""])
        elif told.assigns or against or both or "vs" in words or "versus" in words:
            self._contrast(tokens, a, b, words)
        if not told.has_values and not words.isdisjoint(MAYBE_TOLD):
            self._tell_groups(told)

    def _tell_groups(self, told: Telling) -> None:
        """Keep the groups of "A was compared with B and C", the first that the text tells so.

        Late in the text only where their people make up all: "Of 150, 50 had A, 50 B and 50 C".
        """
        tokens, a, b = told.tokens, told.a, told.b
        if self.told_so or len(self.arms) > max(1, len(self.fresh)):
            return
        late = told.section in _LATE
        found = told_groups(tokens, a, b, told.words)
        sizes = [size.value for _, size, _ in found if size is not None]
        cohorts = {c.value for _, _, c in self.cohort if c.noun in PEOPLE} - set(sizes)
        if sizes and any(
            tokens[k].kind == "n" and tokens[k].value == sum(sizes) for k in range(a, b)
        ):
            cohorts = {sum(sizes)}  # "Of the 150 women, 50 had A, 50 B and 50 C"
        if (late and not (sizes and cohorts)) or (sizes and cohorts and sum(sizes) not in cohorts):
            return  # "30 patients received antibiotics and 12 transfusion", of 90
        self.told_so, self.alone = found, len(self.arms) == len(self.fresh)

    def settled(self) -> list[DocArm]:
        """The groups, from a sentence that set them side by side where the text tells no others.

        Or where the same sentence told fewer of them: "A 400 mg, B 10 mg and C were compared".
        """
        fewer = self.alone and len(self.arms) < len(self.told_so)
        sized = any(arm.n for arm in self.arms)
        lettered = any(len(short) == 1 for _, _, short in self.told_so)  # "the M group" by now
        if self.told_so and fewer | (len(self.arms) < 2) and not sized and not lettered:
            self.arms, self.fresh = [], []
            self._all([one[0] for one in self.told_so], [one[2] for one in self.told_so])
            for arm, (_, size, _) in zip(self.arms, self.told_so, strict=False):
                arm.n = size
        return self.arms

    def _of_all(self, size: Count, phrases: list[Arm], counts: list[Count]) -> bool:
        """ "SIXTY PATIENTS were allocated to group A (gel) or group B (ice)": of both together."""
        several = sum(phrase.name.startswith("group ") for phrase in phrases) > 1
        alone = all(count.each or count.at == size.at for count in counts)
        return several and alone and size.at < phrases[0].first and not size.equals

    def _told(self) -> set[int]:
        """The numbers of people told so far."""
        return {count.value for _, _, count in self.cohort if count.noun in PEOPLE}

    def _one_and_other(self, tokens: list[Token], a: int, b: int, counts: list[Count]) -> bool:
        """ "One group (n = 12) had gel, the other (n = 13) ice": whether the sentence tells so."""
        pair = one_and_other(tokens, a, b)
        before = len(self.arms)
        if pair is not None:
            self._pair(tokens, *pair)
        sizes = [count for count in counts if count.equals]
        if len(self.arms) == before + 2 and len(sizes) == 2:
            for arm, size in zip(self.arms[-2:], sizes, strict=True):
                arm.n = size
        return len(self.arms) > before

    def _ratio(self, tokens: list[Token], a: int, b: int) -> None:
        """ "PBM or sham; the allocation was 42:41": the sizes of two groups in their order."""
        sizes = ratio_sizes(tokens, a, b)
        if len(sizes) != 2:
            return
        if sizes[0].value == sizes[1].value:
            self.each = self.each or sizes[0]
        elif len(self.arms) == 2:
            for arm, size in zip(self.arms, sizes, strict=True):
                arm.n = arm.n or size


_CONTROLS = word_set("control controls comparison comparator")
