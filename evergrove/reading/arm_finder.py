"""The groups that an abstract declares, with their n, and the size of the cohort."""

from __future__ import annotations

from evergrove.reading.adjective_parts import adjective_parts
from evergrove.reading.announced_groups import TREATMENTS, announced_groups
from evergrove.reading.arm_counts import counted
from evergrove.reading.arm_items import (
    first_and_second,
    is_visit,
    named_in_bracket,
    size_behind,
    without_everybody,
    without_whole,
)
from evergrove.reading.arm_list import NOT_HEAD, ArmList
from evergrove.reading.arm_phrases import group_phrases, text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.arms import (
    ASSIGNED,
    Arm,
    DocArm,
    words_of,
)
from evergrove.reading.both_treatments import both_of_them
from evergrove.reading.cohort import tells_events
from evergrove.reading.combined_treatments import MAYBE_COMBINED, combined_and_alone
from evergrove.reading.counted_things import without_things
from evergrove.reading.equal_parts import MAYBE_EQUAL, equal_parts
from evergrove.reading.formed_groups import formed_size
from evergrove.reading.group_sizes import (
    OPENS_PARTS,
    bracket_parts,
    parts_of_them,
    parts_of_total,
    ratio_sizes,
    rest_of_them,
    sizes_in_brackets,
)
from evergrove.reading.headed_groups import HEADS, headed_groups, name_roles
from evergrove.reading.lettered_parts import MAYBE_PARTS, lettered_parts
from evergrove.reading.lettered_sizes import size_beside
from evergrove.reading.lettered_treatments import treatment_of
from evergrove.reading.lost_in_groups import lost_in_groups
from evergrove.reading.nested_groups import nested_groups
from evergrove.reading.noun_lists import (
    alias,
    list_before,
    list_behind,
    past_dose,
    past_manner,
    skip_bracket,
    to_choice,
)
from evergrove.reading.one_and_other import one_and_other
from evergrove.reading.ordinal_groups import name_ordinals
from evergrove.reading.outcome_counts import allotted
from evergrove.reading.paired_people import matched_pairs, sizes_before_names
from evergrove.reading.people_lost import GONE
from evergrove.reading.planned_sizes import planned_size
from evergrove.reading.quantities import Count
from evergrove.reading.shares_of_groups import shares_of_groups
from evergrove.reading.sizes_beside_names import beside_letter
from evergrove.reading.stat_words import DIFFERENCE
from evergrove.reading.tokens import Token
from evergrove.reading.treated_parts import MAYBE_TREATED, treated_parts
from evergrove.reading.whole_group import of_groups
from evergrove.reading.with_or_without import with_or_without
from evergrove.reading.words import (
    CAREGIVERS,
    PEOPLE,
    UNIT_DAYS,
    word_set,
)

_STAYING = word_set(
    "scored rated available remained completed returned replied answered attended analysed "
    "analyzed assessed followed evaluable "
    "reviewed remaining evaluated examined"
)
_NOT_TREATED = word_set("converted ineligible failed violated stopped cancelled canceled switched")
_COMPARING = word_set("compared comparing compare between")
_SECOND_OF_PAIR = word_set("with and to versus vs against")
_LEADS_CHOICE = word_set("to either receive received given with after or")
_LINKING = word_set("had received underwent got chose took were")
_GIVEN = word_set(
    "was were given administered allocated assigned performed used applied offered done prescribed "
    "received undertaken delivered chosen implanted"
)
_LEADS_LIST = word_set("to either receive received into given")
_BEFORE_CHOICE = word_set("to a the with")
_CHOICE_VERBS = word_set(
    "randomised randomized assigned allocated received receive given after either"
)
_ASSIGNS = word_set(
    "randomised randomized randomly assigned allocated divided received receiving underwent "
    "treated undergoing given compared comparing comparison versus either classified "
    "categorised categorized split grouped consisted comprised assigning stratified had "
    "consisting enrolled included groups arms allocation set"
)
_REST = word_set("remaining rest remainder others")
# "30 were assigned to wax, THE REST to clay"
_NOT_ALL = _REST | {"other"}
_LEFT_IN_GROUPS = word_set(
    "scored rated followed analysed analyzed available completed returned evaluable replied "
    "answered attended reviewed contacted "
    "remained evaluated assessed responded"
)


_REPEATED = word_set(
    "injections sessions visits treatments doses applications cycles tablets capsules phases "
    "periods courses blocks exercises weeks days months hours minutes"
)


_SET_AGAINST = word_set("set tested weighed pitted measured tried put")


class ArmFinder(ArmList):
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
        self.left = False
        self.staying = False
        self.linked = False
        self.fresh: list[DocArm] = []
        self.parts: list[tuple[str, Count]] = []
        self.kinds: list[tuple[str, Count]] = []
        self.lone: tuple[str, Count | None, str] | None = None  # of the sentence before

    def sentence(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        section: str,
        counts: list[Count],
        has_values: bool,
        words: frozenset[str],
    ) -> None:
        self.fresh = []
        counts = without_things(tokens, a, counts, words)
        if not words.isdisjoint(GONE) and not has_values and lost_in_groups(tokens, a, b, counts):
            self.gone += sum(count.value for count in counts)
            counts = []
        lone, self.lone = self.lone, None
        assigns = bool(words & _ASSIGNS)
        self.staying = bool(words & _STAYING)
        if "one" in words and "other" in words and not has_values:
            counts = [c for c in counts if tokens[c.at].word != "one" or c.equals]
            if self._one_and_other(tokens, a, b, counts):
                self.count_cohort(tokens, a, b, section, counts, words)
                return
        if len(counts) > 1 and "%" in words and not has_values:
            shares = shares_of_groups(tokens, a, b)
            for item in shares:
                self._add(*item)
            if shares:
                return
        self.count_cohort(tokens, a, b, section, counts, words)
        counts = of_groups(tokens, a, b, counts, words)
        self.parts += parts_of_them(tokens, counts)
        for count in counts:
            ahead = {tokens[k].word for k in range(count.last, min(b, count.last + 7))}
            if ahead & (GONE | _NOT_TREATED):
                continue  # "two in each arm failed to come"
            gone = words & GONE and not words & {"none", "nobody", "without"}
            if count.noun in _REPEATED:
                continue  # "both groups had three weekly injections"
            planned = planned_size(tokens, b, count, words)
            if count.each and (not has_values or count.bracket) and not gone and not planned:
                self.each = self.each or count
        named: list[tuple[str, Count | None, str]] = []
        counts = [*counts, *self._bare_sizes(tokens, a, b, counts, assigns, has_values)]
        self.linked = False
        for count in counts:
            item = counted(tokens, a, b, count, self.linked)
            if item is not None:
                named.append(item)
                after = {tokens[k].word for k in range(count.at + 1, min(b, count.at + 3))}
                self.linked = self.linked or bool(after & _LINKING)
        if "without" in words and (both := with_or_without(tokens, a, b, counts)):
            named = [(name, count, "") for name, count in both]
        for first, count in parts_of_total(tokens, a, b, counts) if not has_values else ():
            span = noun_phrase(tokens, first, b, 5)
            known = any(one is not None and one.at == count.at for _, one, _ in named)
            if span is not None and not known and words_of(text_of(tokens, *span)):
                named.append((text_of(tokens, *span), count, alias(tokens, span[1], b)))
        bracketed = not has_values and not words.isdisjoint(OPENS_PARTS)
        for first, last, count in bracket_parts(tokens, a, b) if bracketed else ():
            if not any(one is not None and one.at == count.at for _, one, _ in named):
                named.append((text_of(tokens, first, last), count, ""))
        named += self._passive(tokens, a, b)
        if not named and bracketed and not words.isdisjoint(PEOPLE | {"sizes"}):
            named += sizes_before_names(tokens, a, b)
        if "pairs" in words and self.each is None and not has_values:
            self.each = matched_pairs(tokens, a, b)
        if len(named) == 1 and named[0][1] is not None and words & _REST:
            rest = rest_of_them(tokens, a, b)
            named += [(rest, None, "")] if rest else []
        named = [item for item in without_whole(named) if not is_visit(item[0])]
        told_each = any(count.each for count in counts)
        if (told_each or words & ASSIGNED) and not words & _NOT_ALL:
            named = without_everybody(tokens, a, b, named)
        apart = self.each is not None and bool(named) and _clause_before(tokens, self.each, named)
        if self.staying and self.each is not None and (apart or not words & ASSIGNED):
            # "Fifty were assigned to each group; 46 in the one ... completed the 12-week visit"
            named = [(name, None, short) for name, _, short in named]
        sizes = [arm.n.value for arm in self.arms if arm.n is not None]
        if section in _LATER and len(sizes) >= 2 and not words & ASSIGNED:
            # "4 patients in the laser group had redness": too few for a group.
            named = [
                (name, None if n is not None and 2 * n.value < min(sizes) else n, short)
                for name, n, short in named
            ]
            counts = [count for count in counts if 2 * count.value >= min(sizes)]
        formed = words & _FORMED if section in _LATER else assigns
        happened = not formed and not has_values and not self.staying and tells_events(tokens, a, b)
        if happened and not self._make_up_all(named, section):
            named = [(name, None, short) for name, _, short in named]
            counts = []
        visit = has_values and (self.staying or words & {"seen", "when"})
        units = words & UNIT_DAYS.keys() - (_YEARS if words & {"age", "aged"} else set())
        if section in _LATER and visit and units:
            # "at six months, when 57 in the one group and 55 in the other were seen, ..."
            named = [(name, None, short) for name, _, short in named]
            counts = []
        lost = words & (GONE | _NOT_TREATED)
        if lost and sizes and named and all(c and 3 * c.value < min(sizes) for _, c, _ in named):
            named = []  # "three were converted (block 1, drain 2)": no groups
        self.left = bool(words & _LEFT_IN_GROUPS) and not words & ASSIGNED
        distinct = {name.lower() for name, _, _ in named}
        if len(distinct) >= 2:
            ordinal = first_and_second(tokens, named)
            for item in named:
                self._add(*item, ordinal)
            if ordinal:
                name_ordinals(tokens, a, b, self.arms)
            if "both" in words and (both := both_of_them(tokens, counts, self.arms)) is not None:
                self.arms.append(both)
        elif len(named) == 1 and (named[0][2] or named[0][0].startswith("group ")) and assigns:
            if lone is not None and named[0][2] in _CONTROLS:
                # "30 patients with corns received wax. 30 patients had other care (control)."
                self._add(*lone)
            self._add(*named[0])
        elif len(named) == 1 and assigns and section != "background":
            self._single(named[0])
            leads = named[0][1] is not None and named[0][1].at < a + 3
            self.lone = named[0] if leads and not has_values else None
        for name, size in allotted(tokens, b, counts) if words & ASSIGNED else ():
            self._add(name, size, "")
        if len(counts) == 2 and tokens[a].word in HEADS and not self.arms and not has_values:
            for item in headed_groups(tokens, a, b, counts):
                self._add(*item)
            name_roles(self.arms)
        if "%" in words and not has_values and not self.arms and words & MAYBE_TREATED:
            for item in treated_parts(tokens, a, b):
                self._add(*item)
        if len(counts) > 1 and words & MAYBE_PARTS and not has_values:
            for name, size in lettered_parts(tokens, a, b):
                self._add(name, size, "")
        phrases = group_phrases(tokens, a, b)
        listed = announced_groups(tokens, a, b) if not has_values and words & TREATMENTS else []
        if listed:
            self._all(listed, [""] * len(listed))
            phrases = [p for p in phrases if p.last < b and tokens[p.last].word not in ("(", "[")]
        if has_values and len(phrases) > 1 and not self.arms:
            nested = nested_groups(tokens, b, phrases)
            self._all(nested, [""] * len(nested))
        for number, phrase in enumerate(phrases):
            lettered = phrase.name.startswith("group ")
            treated = None if lettered else named_in_bracket(tokens, a, phrase)
            if treated is not None and assigns:
                self._add(treated, None, phrase.name)
            if lettered or assigns or len(phrases) >= 2:
                stop = phrases[number + 1].first if number + 1 < len(phrases) else b
                size = size_behind(tokens, phrase, lettered, stop, counts)
                if size is None and lettered:
                    size = size_beside(tokens, phrase, a, b)
                shared = assigns and not words & _NOT_ALL
                if size is not None and shared and self._of_all(size, phrases, counts):
                    size = None
                if size is None and (lettered or "formed" in words):
                    size = formed_size(tokens, phrase, a, b, self._told())
                given = ""
                told = lettered and not has_values
                if told and size is None:
                    size, given = beside_letter(tokens, phrase, a, b)
                if told and not given and section not in ("results", "conclusion"):
                    given = treatment_of(tokens, phrase, stop)
                if given:
                    self._add_lettered(phrase.name, size, given)
                else:
                    self._add(phrase.name, size, "")
        if self.each is None and len(counts) > 1 and words & MAYBE_EQUAL and not has_values:
            wholes = {c.value for _, _, c in self.cohort if c.noun in PEOPLE and not c.equals}
            self.each = equal_parts(tokens, b, counts, wholes)
        if len(counts) == 2 and not has_values and words & {"was", "were"}:
            told = {c.value for _, _, c in self.cohort if c.noun in PEOPLE and c.at < a}
            self.kinds = self.kinds or (adjective_parts(tokens, a, b, told) if told else [])
        against = "against" in words and words & _SET_AGAINST
        both = "and" in words and "compared" in words
        joint = combined_and_alone(tokens, a, b) if words & MAYBE_COMBINED else None
        if joint is not None and not self.arms and not has_values:
            self._all(list(joint), ["", "", ""])
        elif assigns or against or both or words & {"vs", "versus"}:
            self._contrast(tokens, a, b)
        self._ratio(tokens, a, b)

    def _of_all(self, size: Count, phrases: list[Arm], counts: list[Count]) -> bool:
        """ "SIXTY PATIENTS were allocated to group A (gel) or group B (ice)": of both together."""
        several = sum(phrase.name.startswith("group ") for phrase in phrases) > 1
        alone = all(count.each or count.at == size.at for count in counts)
        return several and alone and size.at < phrases[0].first and not size.equals

    def _told(self) -> set[int]:
        """The numbers of people told so far."""
        return {count.value for _, _, count in self.cohort if count.noun in PEOPLE}

    def _make_up_all(self, named: list[tuple[str, Count | None, str]], section: str) -> bool:
        """ "Thirty patients had A TORN TENDON and 21 A CYST": the parts of everybody, no events.

        Their sum is the one number of people told before, or no such number has been told.
        """
        sizes = [count for _, count, _ in named if count is not None]
        if len(sizes) != 2 or len(named) != 2 or min(count.value for count in sizes) < 5:
            return False
        places = {count.at for count in sizes}
        before = [c.value for rank, _, c in self.cohort if rank >= 1 and c.at not in places]
        if before:
            return max(before) == sum(count.value for count in sizes)
        return section in ("methods", "none") and not self.arms

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

    def _bare_sizes(
        self,
        tokens: list[Token],
        a: int,
        b: int,
        counts: list[Count],
        assigns: bool,
        has_values: bool,
    ) -> list[Count]:
        """ "allocated to an app (155) or a booklet (155)": two or more sizes alone in brackets."""
        if has_values:
            return []
        found = [
            Count(int(tokens[k].value), k, k + 1, "", None, False, True, True)
            for k in range(a + 2, b - 1)
            if tokens[k].kind == "n"
            and tokens[k - 1].word in ("(", "[")
            and tokens[k + 1].word in (")", "]")
            and "." not in tokens[k].word
            and tokens[k].flag in ("", "word")
            and tokens[k].value >= 3
            and tokens[k - 2].kind == "w"
        ]
        # without a size alone in a bracket there is no list of such sizes
        several = sizes_in_brackets(tokens, a, b) if found else []
        if len(several) > len(found):
            return [
                Count(int(tokens[k].value), k, k + 1, "", None, False, True, True) for k in several
            ]
        total = sum(count.value for count in found)
        adds_up = any(count.value == total for count in counts)
        if len(found) < 2 or not (assigns or adds_up):
            return []
        return found if adds_up or min(count.value for count in found) >= 5 else []

    def _passive(self, tokens: list[Token], a: int, b: int) -> list[tuple[str, Count | None, str]]:
        """ "SF was given to 108 and MF to 106 patients": groups as subjects of what was given."""
        out: list[tuple[str, Count | None, str]] = []
        for i in range(a + 2, b):
            token = tokens[i]
            if token.kind != "n" or token.mark is not None or token.flag not in ("", "word"):
                continue
            if token.value != int(token.value) or tokens[i - 1].word not in (
                "to",
                "in",
                "by",
                "for",
            ):
                continue
            after = tokens[min(i + 1, b - 1)].word
            if after in CAREGIVERS or after in UNIT_DAYS:
                continue  # "treatment was given by 9 therapists for 12 weeks"
            k = i - 1
            verbs: set[str] = set()
            while k > a and tokens[k - 1].word in _GIVEN:
                k -= 1
                verbs.add(tokens[k].word)
            if not (verbs & _GIVEN - {"was", "were"}) and not (out and not verbs):
                continue
            spans = list_before(tokens, a, k)
            if not spans:
                continue
            name = text_of(tokens, *spans[-1])
            if words_of(name):
                out.append((name, Count(int(token.value), i, i + 1), ""))
        return out if len(out) >= 2 else []

    def _several(self, tokens: list[Token], a: int, b: int, i: int) -> bool:
        """ "allocated to X, Y or Z", "to compare X, Y and Z": three groups or more."""
        word = tokens[i].word
        if word not in _COMPARING and not (
            word in _LEADS_LIST and _CHOICE_VERBS & {t.word for t in tokens[a : i + 1]}
        ):
            return False
        spans = list_behind(tokens, past_manner(tokens, i + 1, b), b)
        if len(spans) < 3:
            return False
        names = [text_of(tokens, *span) for span in spans]
        words = [words_of(name) for name in names]
        heads = {tokens[span[1] - 1].word for span in spans}
        if not all(words) or heads & (NOT_HEAD | PEOPLE) or len({frozenset(w) for w in words}) < 3:
            return False
        self._all(names, [alias(tokens, span[1], len(tokens)) for span in spans])
        return True

    def _contrast(self, tokens: list[Token], a: int, b: int) -> None:
        """ "compared X with Y", "X and Y were compared", "randomised to X or Y", "X versus Y"."""
        for i in range(a, b):
            word = tokens[i].word
            if self._several(tokens, a, b, i):
                continue
            if word in _COMPARING and i + 1 < b:
                left = noun_phrase(tokens, i + 1, b, 9)
                if left is not None and left[1] < b and tokens[left[1]].word in _SECOND_OF_PAIR:
                    right = noun_phrase(tokens, left[1] + 1, b, 9)
                    if right is not None:
                        self._pair(tokens, left, right)
                        continue
                if word == "compared" and i > a + 2 and tokens[i - 1].word in ("were", "was"):
                    spans = list_before(tokens, a, i - 1)
                    if len(spans) == 2:
                        self._pair(tokens, spans[0], spans[1])
            elif word == "against" and tokens[i - 1].word in _SET_AGAINST and i > a + 2:
                # "Bran was set against oats"
                spans = list_before(tokens, a, i - 2)
                right = noun_phrase(tokens, i + 1, b, 9)
                plain = right is not None and tokens[min(right[1], b - 1)].mark is None
                if len(spans) == 1 and plain:
                    self._pair(tokens, spans[0], right)
            elif word in ("vs", "versus"):
                spans = list_before(tokens, a, i)
                right = noun_phrase(tokens, i + 1, b, 9)
                if spans and right is not None and tokens[i - 1].word not in DIFFERENCE:
                    self._pair(tokens, spans[-1], right)
            elif word in _LEADS_CHOICE and i + 1 < b and word != "or":
                # "received 8 MG (OF) wax or clay"
                first = past_dose(tokens, past_manner(tokens, i + 1, b), b)
                first += i + 1 < first < b and tokens[first].word == "of"
                left = noun_phrase(tokens, first, b, 9)
                if left is None:
                    continue
                j = past_dose(tokens, left[1], b)
                if j >= b or tokens[j].word != "or":
                    j = to_choice(tokens, skip_bracket(tokens, left[1], b), b)
                if j < b and tokens[j].word == "or":
                    k = j + 1
                    while k < b and tokens[k].word in _BEFORE_CHOICE:
                        k += 1
                    none = tokens[k].word == "no" if k < b else False
                    right = noun_phrase(tokens, k + none, b, 9)
                    if right is not None and _CHOICE_VERBS & {t.word for t in tokens[a : i + 1]}:
                        self._pair(tokens, left, (k, right[1]) if none else right)


_CONTROLS = word_set("control controls comparison comparator")
_YEARS = word_set("year years")  # "mean age was 47 years": no visit
_FORMED = ASSIGNED | word_set(
    "divided split comprised consisted enrolled included stratified classified grouped formed"
)
_LATER = word_set("results none conclusion")


def _clause_before(
    tokens: list[Token], each: Count, named: list[tuple[str, Count | None, str]]
) -> bool:
    """Whether the size of each group was told in the clause before that of the counts."""
    at = [count.at for _, count, _ in named if count is not None]
    return bool(at) and any(tokens[k].word == ";" for k in range(each.last, min(at)))
