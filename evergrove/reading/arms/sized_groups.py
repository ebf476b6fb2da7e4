"""Groups that a sentence names beside a number of people, and which of them are groups indeed."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arms.arm_contrasts import ContrastFinder
from evergrove.reading.arms.arm_counts import counted
from evergrove.reading.arms.arm_items import is_visit, without_everybody, without_whole
from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import ASSIGNED, words_of
from evergrove.reading.arms.clauses_of_groups import MAYBE_CLAUSE, sized_behind_clauses
from evergrove.reading.arms.noun_lists import alias, list_before
from evergrove.reading.arms.with_or_without import counted_without, with_or_without
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import (
    OPENS_PARTS,
    REST,
    bracket_parts,
    parts_of_total,
    rest_of_them,
    sizes_in_brackets,
)
from evergrove.reading.sizes.outcome_counts import MAYBE_EVENTS, OF_STUDY, tells_events
from evergrove.reading.sizes.paired_people import headed_sizes, matched_pairs, sizes_before_names
from evergrove.reading.sizes.planned_sizes import planned_size
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.still_there import GONE, STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CAREGIVERS, PEOPLE, UNIT_DAYS, word_set

#: A name, the number of its people and a second name, "" if none.
Named = tuple[str, Count | None, str]

_NOT_TREATED = word_set("converted ineligible failed violated stopped cancelled canceled switched")
_NO_LONGER = GONE | _NOT_TREATED
_LINKING = word_set("had received underwent got chose took were")
_GIVEN = word_set(
    "was were given administered allocated assigned performed used applied offered done prescribed "
    "received undertaken delivered chosen implanted"
)
_GAVE = _GIVEN - {"was", "were"}
_BEFORE_GIVEN = word_set("to in by for on")
# "30 were assigned to wax, THE REST to clay"
_REPEATED = word_set(
    "injections sessions visits treatments doses applications cycles tablets capsules phases "
    "periods courses blocks exercises weeks days months hours minutes"
)
_UNITS = frozenset(UNIT_DAYS)
_UNITS_BUT_YEARS = _UNITS - {"year", "years"}  # "mean age was 47 years": no visit
_PEOPLE_OR_SIZES = PEOPLE | {"sizes"}
_FORMED = ASSIGNED | word_set(
    "divided split comprised consisted enrolled included stratified classified grouped formed"
)
LATER = word_set("results none conclusion")


@dataclass(slots=True)
class Telling:
    """A sentence, tokens a..b, as the groups are sought in it.

    `counts` are its numbers of people, without those that count something else; `assigns` says
    whether it has a word of allocation or treatment; `numbers` are the tokens of all its numbers.
    """

    tokens: list[Token]
    a: int
    b: int
    section: str
    counts: list[Count]
    has_values: bool
    words: frozenset[str]
    assigns: bool
    numbers: list[int]


class SizedGroups(ContrastFinder):
    """Finds the names that stand beside numbers of people."""

    def _each_of_them(self, told: Telling) -> None:
        """ "Thirty patients IN EACH GROUP": one size for all groups."""
        tokens, b, words = told.tokens, told.b, told.words
        gone = words & GONE and not words & {"none", "nobody", "without"}
        for count in told.counts:
            ahead = {tokens[k].word for k in range(count.last, min(b, count.last + 7))}
            if ahead & _NO_LONGER:
                continue  # "two in each arm failed to come"
            if count.noun in _REPEATED:
                continue  # "both groups had three weekly injections"
            planned = planned_size(tokens, told.a, b, count, words)
            if count.each and (not told.has_values or count.bracket) and not gone and not planned:
                fewer = self.each is not None and count.value < self.each.value
                # "44 per group; 41 IN EACH WERE ANALYSED": those whom the results are of
                self.each = count if fewer and ahead & STAYED else self.each or count

    def _beside_counts(self, told: Telling) -> list[Named]:
        """Names beside numbers of people, in the order of the numbers; adds bare sizes to them."""
        tokens, a, b, words = told.tokens, told.a, told.b, told.words
        named: list[Named] = []
        bracketed = not told.has_values and not words.isdisjoint(OPENS_PARTS)
        if bracketed:
            told.counts = [*told.counts, *self._bare_sizes(told)]
        self.linked = False
        for count in told.counts:
            item = counted(tokens, a, b, count, self.linked)
            if item is not None:
                named.append(item)
                after = {tokens[k].word for k in range(count.at + 1, min(b, count.at + 3))}
                self.linked = self.linked or bool(after & _LINKING)
        if "without" in words and (both := with_or_without(tokens, a, b, told.counts)):
            named = [(name, count, "") for name, count in both]
        elif not told.has_values and not words.isdisjoint(("without", "not")):
            both = counted_without(tokens, a, b, told.counts)
            named = [(name, count, "") for name, count in both] or named
        several = not told.has_values and len(told.numbers) > 2  # two parts or more, and their sum
        for first, count in parts_of_total(tokens, a, b, told.counts) if several else ():
            span = noun_phrase(tokens, first, b, 5)
            known = any(one is not None and one.at == count.at for _, one, _ in named)
            if span is not None and not known and words_of(text_of(tokens, *span)):
                named.append((text_of(tokens, *span), count, alias(tokens, span[1], b)))
        brackets = bracket_parts(tokens, a, b, told.numbers) if bracketed and several else ()
        for first, last, count in brackets:
            name = text_of(tokens, first, last)
            named = [item for item in named if not _cut_wrong(item, name, count)]
            if not any(one is not None and one.at == count.at for _, one, _ in named):
                named.append((name, count, ""))
        if len(named) > 1 and not words.isdisjoint(MAYBE_CLAUSE) and "group" in words:
            named = sized_behind_clauses(tokens, a, b, told.counts, named)
        if len(told.numbers) > 1 and not words.isdisjoint(_GAVE):
            named += self._passive(tokens, told)
        if len(told.numbers) > 1:
            named = headed_sizes(tokens, a, b, words) or named
        if not named and bracketed and not words.isdisjoint(_PEOPLE_OR_SIZES):
            named += sizes_before_names(tokens, a, b, words)
        if "pairs" in words and self.each is None and not told.has_values:
            self.each = matched_pairs(tokens, a, b)
        if len(named) == 1 and named[0][1] is not None and words & REST:
            rest = rest_of_them(tokens, a, b)
            named += [(rest, None, "")] if rest else []
        return [item for item in without_whole(named) if not is_visit(item[0])] if named else []

    def _of_groups_alone(self, told: Telling, named: list[Named]) -> list[Named]:
        """The names whose numbers may be those of a group; takes the others from the counts.

        "4 patients in the laser group had redness" tells of no group of four.
        """
        if not named and not told.counts:
            return named
        tokens, a, b, words = told.tokens, told.a, told.b, told.words
        told_each = any(count.each for count in told.counts)
        if (told_each or words & ASSIGNED) and not words & NOT_ALL:
            named = without_everybody(tokens, a, b, named)
        apart = self.each is not None and bool(named) and _clause_before(tokens, self.each, named)
        if self.staying and self.each is not None and (apart or not words & ASSIGNED):
            # "Fifty were assigned to each group; 46 in the one ... completed the 12-week visit"
            named = _without_sizes(named)
        sizes = [arm.n.value for arm in self.arms if arm.n is not None]
        later = told.section in LATER
        if later and len(sizes) >= 2 and not words & ASSIGNED:
            # "4 patients in the laser group had redness": too few for a group.
            named = [
                (name, None if n is not None and 2 * n.value < min(sizes) else n, short)
                for name, n, short in named
            ]
            told.counts = [count for count in told.counts if 2 * count.value >= min(sizes)]
        formed = words & _FORMED if later else told.assigns
        happened = not formed and not self.staying and not words.isdisjoint(MAYBE_EVENTS)
        # "nausea occurred in 3 in the wax group and 8 in the clay group, AND VAS was 3 and 4"
        stop = _first_clause(tokens, a, b, named) if happened and told.has_values else b
        happened = happened and bool(stop) and tells_events(tokens, a, stop)
        if happened and not self._make_up_all(named, told.section):
            named, told.counts = _without_sizes(named), []
        visit = told.has_values and (self.staying or words & {"seen", "when"})
        units = _UNITS_BUT_YEARS if words & {"age", "aged"} else _UNITS
        if later and visit and words & units:
            # "at six months, when 57 in the one group and 55 in the other were seen, ..."
            named, told.counts = _without_sizes(named), []
        lost = words & _NO_LONGER
        if lost and sizes and named and all(c and 3 * c.value < min(sizes) for _, c, _ in named):
            named = []  # "three were converted (block 1, drain 2)": no groups
        return named

    def _bare_sizes(self, told: Telling) -> list[Count]:
        """ "allocated to an app (155) or a booklet (155)": two or more sizes alone in brackets."""
        tokens, a, b = told.tokens, told.a, told.b
        if told.has_values or told.words.isdisjoint(("(", "[")):
            return []
        found = [
            Count(int(tokens[k].value), k, k + 1, "", None, False, True, True)
            for k in told.numbers
            if a + 2 <= k < b - 1
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
        adds_up = any(count.value == total for count in told.counts)
        if len(found) < 2 or not (told.assigns or adds_up):
            return []
        return found if adds_up or min(count.value for count in found) >= 5 else []

    def _passive(self, tokens: list[Token], told: Telling) -> list[Named]:
        """ "SF was given to 108 and MF to 106 patients": groups as subjects of what was given."""
        a, b = told.a, told.b
        out: list[Named] = []
        for i in told.numbers:
            token = tokens[i]
            if i < a + 2 or token.mark is not None or token.flag not in ("", "word"):
                continue
            if tokens[i - 1].word not in _BEFORE_GIVEN or token.value != int(token.value):
                continue
            after = tokens[min(i + 1, b - 1)].word
            if after in CAREGIVERS or after in UNIT_DAYS:
                continue  # "treatment was given by 9 therapists for 12 weeks"
            k = i - 1
            verbs: set[str] = set()
            while k > a and tokens[k - 1].word in _GIVEN:
                k -= 1
                verbs.add(tokens[k].word)
            if not verbs & _GAVE and not (out and not verbs):
                continue
            spans = list_before(tokens, a, k)
            if not spans:
                continue
            name = text_of(tokens, *spans[-1])
            if words_of(name):
                out.append((name, Count(int(token.value), i, i + 1), ""))
        return out if len(out) >= 2 else []

    def _make_up_all(self, named: list[Named], section: str) -> bool:
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


# "30 were assigned to wax, THE REST to clay"
NOT_ALL = REST | {"other"}


def _cut_wrong(item: Named, name: str, count: Count) -> bool:
    """ "60 finished it: wax n = 31, clay n = 29", "(taping 31, CONTROL 29)": beside its part.

    Whether an item has the number of the part `name`, and words of what stands around that part.
    """
    same = item[1] is not None and item[1].at == count.at
    return same and (":" in item[0] or words_of(item[0]).isdisjoint(words_of(name)))


def _first_clause(tokens: list[Token], a: int, b: int, named: list[Named]) -> int:
    """Where the clause that counts people of groups ends, in a sentence with scores.

    0 where none ends, and where it tells who was there ("had complete data, and VAS was ...").
    """
    sizes = [count.last for _, count, _ in named if count is not None]
    for k in range(max(sizes, default=b), b - 1):
        turns = tokens[k].word == "," and tokens[k + 1].word in JOINS_CLAUSES
        if tokens[k].word == ";" or turns:
            return k if all(token.word not in OF_STUDY for token in tokens[a:k]) else 0
    return 0


def _without_sizes(named: list[Named]) -> list[Named]:
    return [(name, None, short) for name, _, short in named]


def _clause_before(tokens: list[Token], each: Count, named: list[Named]) -> bool:
    """Whether the size of each group was told in the clause before that of the counts."""
    at = [count.at for _, count, _ in named if count is not None]
    return bool(at) and any(tokens[k].word == ";" for k in range(each.last, min(at)))
