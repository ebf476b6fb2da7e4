"""n of a measurement and the scale it was measured on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from evergrove.reading.drafts import Draft, whole_number
from evergrove.reading.kinds.differences import Differences
from evergrove.reading.numbers.counts import EXCLUDING
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.outcome_counts import had_outcome, in_clause_of_its_own, set_aside
from evergrove.reading.sizes.own_visits import left_later, list_behind, own_visit, shares_count
from evergrove.reading.sizes.sizes import size_at
from evergrove.reading.text.still_there import STAYED, stayed
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import DocArm

_PARTS = word_set("subgroup subset subsample subcohort responders")
_EVERYBODY = word_set("all pooled overall total whole combined")


class ScaleFinder(Differences):
    """Finds n and scale of each draft."""

    def _count(self, draft: Draft) -> None:
        """n of the measurement, else of the group, else of the cohort."""
        record, cell = draft.record, draft.cell
        if record["stat"] == "between_diff":
            return
        declared = self.document.declared
        count = cell.count
        if count is None and cell.arm is not None and cell.arm.count is not None:
            count = cell.arm.count
        listed = self._count_listed(draft)
        if listed is not None:
            count = listed
        if count is None:
            count = self._count_of_sentence(draft)
        arm = cell.arm.arm if cell.arm is not None else None
        if count is None and id(draft) in self.by_elimination:
            arm = self.by_elimination[id(draft)]
            record["reasons"].append("arm_by_elimination")
        if count is not None and arm is not None and count.value == self._sum_of_groups:
            count = None  # "FORTY-SIX had wax (n = 24) or clay (n = 22); NRS with wax was 3.2"
        several = len(self.groups - {"all"}) > 1
        size = size_at(declared.sizes, arm, cell.time) if arm is not None or not several else None
        if count is None:
            count = self._of_completers(draft)
        draft.own_n = count is not None
        if count is None and size is not None:
            count = size.count
            draft.own_n = size.time is not None and not size.inferred
            if size.inferred or (size.time is None and not size.whole and self._follow_ups() > 1):
                record["reasons"].append("n_inferred")
        if count is None and arm is not None:
            count = declared.each if self._fewer_in_each or self._as_all(arm) else arm.n
        if count is None:
            count = self._count_remembered(draft)
        if count is None and cell.arm is not None and self.told_sizes:
            count = self.told_sizes.get(arm.name if arm is not None else cell.arm.name)
            if count is not None:
                record["reasons"].append("n_inferred")
        named = several or record["arm"] != "all" or len(declared.arms) > 1
        if count is None and declared.each is not None and named:
            count = declared.each
        if count is None and record["arm"] in self.sizes_apart:
            count, sure = self.sizes_apart[record["arm"]]
            record["reasons"] += [] if sure else ["n_inferred"]
        if count is None and several and self.document.design.crossover:
            # Everybody has every treatment, so that each has the n of all.
            everybody = [s.count for s in declared.sizes if s.arm is None and s.time is None]
            count = everybody[0] if everybody else declared.cohort
            if count is not None:
                record["reasons"].append("n_cohort")
        # "The wax group had 24 nuns and the bran group 26. NRS fell with wax": not all 50 of them
        part = arm is not None and len(declared.doses) + len(declared.arms) > 1
        # "and 6 IN THE SUBGROUP": fewer than everybody, and nobody tells how many
        part = part or not _PARTS.isdisjoint(record["arm"].split())
        # "NRS fell from 7 to 3. In gout it fell from 8 to 4": fewer than the cohort of the first
        if "conflict_resolved" in record["reasons"] and record["arm"] != "all" and arm is None:
            part = part or any(other.record["arm"] == "all" for other in self.drafts)
        part = part or self._beside_another(draft)
        # "Divided into TWO GROUPS. In the wax group VAS fell": one of them is not everybody
        apart = declared.several_groups and not self.document.design.crossover
        part = part or (apart and record["arm"] != "all")
        if count is None and record["arm"] == "all" and several and self._of_parts():
            count = declared.cohort
            record["reasons"] += ["n_cohort", "n_inferred"]
        part = part or (declared.cohort is not None and left_later(draft, declared.cohort))
        if count is None and declared.cohort is not None and not several and not part:
            count = self._whole_of_overlap() or declared.cohort
            record["reasons"].append("n_cohort")
            named = cell.arm is not None and arm is None and cell.arm.slot in ("in", "among")
            named = named or self._called_group(draft)
            if declared.cohort_doubt or (named and record["arm"] != "all"):
                # "40 men were seen. Hip pain IN SMOKERS was 5.1": hardly all of them
                record["reasons"].append("n_inferred")
        if count is None and record["arm"] == "all" and not several and not declared.arms:
            count = self._printed_once
            if count is not None:
                record["reasons"].append("n_inferred")
        later = cell.time is not None and cell.time.kind != "base"
        told = draft.own_n or "n_inferred" in record["reasons"]
        told = told or (size is not None and size.whole and count is size.count)
        if count is not None and not told and not EXCLUDING.isdisjoint(draft.view.words):
            # "44 were seen. EXCLUDING THE 4 with infection, NRS was 2.2": not of all
            record["reasons"].append("n_inferred")
        if count is not None and declared.fewer_later and later and not told:
            # "Thirty were treated; four died": at a later time perhaps 26.
            record["reasons"].append("n_inferred")
        whole = declared.cohort
        own = count is not None and arm is not None and count is arm.n
        if own and several and whole is not None and arm.n.value >= whole.value:
            # One of several groups cannot be as large as all of them.
            record["reasons"].append("n_inferred")
        if count is not None:
            record["n"] = count.value
            draft.places["n"] = (count.at, count.at + 1)

    def _beside_another(self, draft: Draft) -> bool:
        """ "74 were seen. At 6 weeks it was 3 IN MEN AND 4 IN WOMEN": neither are all of them."""
        record = draft.record
        everybody = not _EVERYBODY.isdisjoint(record["arm"].split())
        if everybody or self.document.design.crossover:
            return False
        return any(
            other.key == draft.key
            and other.view is draft.view
            and other.record["arm"] != record["arm"]
            and _EVERYBODY.isdisjoint(other.record["arm"].split())
            and other.record["stat"] == record["stat"] != "between_diff"
            and other.record["timepoint_label"] == record["timepoint_label"]
            for other in self.drafts
        )

    @cached_property
    def _fewer_in_each(self) -> bool:
        """ "63 (wax: 36; clay: 27) came. After matching, 22 IN EACH GROUP were left": 22."""
        each = self.document.declared.each
        sizes = [arm.n for arm in self.document.declared.arms if arm.n is not None]
        if each is None or len(sizes) < 2:
            return False
        # "One patient in each group had an infection"
        return all(n.at < each.at and n.value > each.value >= n.value / 2 for n in sizes)

    def _called_group(self, draft: Draft) -> bool:
        """ "In THE WAX GROUP VAS fell to 3": hardly everybody, where no group is known by name."""
        arm = draft.cell.arm
        return arm is not None and self._word(arm.last - 1) in GROUP

    def _as_all(self, arm: DocArm) -> bool:
        """ "138 had wax, clay or rest (46 IN EACH GROUP)": whether the n of one is that of all."""
        each, whole = self.document.declared.each, self.document.declared.cohort
        if each is None or whole is None or arm.n is None or len(self.document.declared.arms) < 2:
            return False
        return each.value < whole.value <= arm.n.value

    @cached_property
    def _sum_of_groups(self) -> int:
        """How many people all declared groups have together; 0 where one is of unknown size."""
        sizes = [arm.n.value for arm in self.document.declared.arms if arm.n is not None]
        known = len(sizes) == len(self.document.declared.arms) > 1
        return sum(sizes) if known else 0

    @cached_property
    def _printed_once(self) -> Count | None:
        """ "Leg NRS was 7.6 and 2.4; back NRS was 5.2 and 3.0 (n = 84)": the one n of the text."""
        views = self.document.views
        told = [v.n for view in views for v in view.q.values if v.n is not None]
        told += [count for view in views for count in view.q.counts if count.equals]
        parts = any(count.of is not None or count.each for count in told)
        return told[0] if len({count.value for count in told}) == 1 and not parts else None

    def _of_completers(self, draft: Draft) -> Count | None:
        """ "58 completed 24 months. In the completers, ...": those who completed, at every time."""
        if draft.cell.arm is not None or not self.document.declared.sizes:
            return None
        before = self.tokens[draft.view.a : draft.cell.value.at]
        if not any(token.word == "completers" for token in before):
            return None
        told = [size.count for size in self.document.declared.sizes if size.arm is None]
        return told[-1] if len({count.value for count in told}) == 1 else None

    def _of_parts(self) -> bool:
        """ "77 charts ... with a cleft (n = 23) ... without one (n = 54)": the whole, and parts."""
        declared = self.document.declared
        sizes = [arm.n.value for arm in declared.arms if arm.n is not None]
        whole = declared.cohort is not None and len(sizes) == len(declared.arms) > 1
        return whole and sum(sizes) == declared.cohort.value

    def _same_visit(self) -> None:
        """ "At 12 months, in the 41 still in the study, back pain was ...; leg pain ...".

        A number of people printed with one value holds for the other values of its group at its
        time that tell none of their own.
        """
        told: dict[tuple[str, str], set[int]] = {}
        by_key: dict[tuple[str, str], Draft] = {}
        for draft in self.drafts:
            record = draft.record
            if draft.own_n and record["n"] is not None and record["timepoint_label"]:
                key = (record["arm"], record["timepoint_label"])
                told.setdefault(key, set()).add(record["n"])
                by_key.setdefault(key, draft)
        for draft in self.drafts:
            record = draft.record
            if draft.own_n or record["stat"] == "between_diff":
                continue
            key = (record["arm"], record["timepoint_label"])
            if len(told.get(key, ())) != 1 or by_key[key].view.a >= draft.view.a:
                continue
            source = by_key[key]
            if not self._same_construct(source.key, draft.key):
                continue
            record["n"] = source.record["n"]
            draft.places["n"] = source.places["n"]
            record["reasons"] = [
                reason for reason in record["reasons"] if reason not in ("n_cohort", "n_inferred")
            ]
            record["reasons"].append("n_same_visit")

    def _paired_baseline(self) -> None:
        """ "Of 50 recruited, 46 completed ... from 7.7 before to 3.2 at 6 weeks": a pair is of 46.

        A score before that is told in one sentence with those after it, all of the same fewer
        people, is theirs; the reason n_inferred says so.
        """
        for drafts in self.by_view:
            for draft in drafts:
                time, record = draft.cell.time, draft.record
                if time is None or time.kind != "base" or "n_cohort" not in record["reasons"]:
                    continue
                later = [
                    other
                    for other in drafts
                    if other.key == draft.key
                    and other.record["stat"] == record["stat"] == "level"
                    and other.record["arm"] == record["arm"]
                    and other.cell.time is not None
                    and other.cell.time.kind != "base"
                ]
                sizes = {other.record["n"] for other in later}
                if len(sizes) != 1 or None in sizes or record["n"] <= next(iter(sizes)):
                    continue
                if any(other.own_n for other in later):
                    continue  # "36 could be followed at 2 years": those of one visit
                record["n"] = next(iter(sizes))
                draft.places["n"] = later[0].places["n"]
                record["reasons"].remove("n_cohort")
                record["reasons"].append("n_inferred")

    def _whole_of_overlap(self) -> Count | None:
        """ "Thirty-nine of these 45 patients were in our earlier report": the 45 are those here."""
        for view in self.document.views:
            for count in view.q.counts:
                if count.of is None or self._word(count.of - 1) not in ("these", "our", "present"):
                    continue
                if view.words & {"earlier", "previous", "previously", "reported"}:
                    return Count(int(self.tokens[count.of].value), count.of, count.of + 1)
        return None

    def _follow_ups(self) -> int:
        """How many times after baseline the records of the abstract have."""
        return len(
            {
                d.record["timepoint_label"]
                for d in self.drafts
                if d.record["stat"] != "between_diff" and not self._is_base(d)
            }
        )

    def _count_listed(self, draft: Draft) -> Count | None:
        """ "(24 and 22 patients)", "(n = 52, 44 and 31)": the n of groups or times in their order.

        A list is laid out over the values of the run before it, else over the groups, else over
        the times of the sentence, whichever there are as many of.
        """
        for one in draft.view.count_lists:
            there = (
                stayed(self.tokens, draft.view.a, draft.view.b) or self._word(one.last) == "came"
            )
            if not (one.bracket or one.counts[0].equals or there or list_behind(draft, one)):
                continue
            mine = [d for d in draft.siblings if d.record["stat"] != "between_diff"]
            size = len(one.counts)
            before = [d for d in mine if d.cell.value.at < one.first]
            last = [d for d in before if d.cell.run is before[-1].cell.run]
            arms = list(dict.fromkeys(d.cell.arm.name for d in mine if d.cell.arm is not None))
            times = list(dict.fromkeys(d.record["timepoint_label"] for d in mine))
            if len(last) == size and len(mine) == size:
                return one.counts[last.index(draft)]
            if len(arms) == size and draft.cell.arm is not None:
                if len(times) == size:
                    draft.record["reasons"].append("n_inferred")
                return one.counts[arms.index(draft.cell.arm.name)]
            if len(arms) < 2 and len(times) == size:
                return one.counts[times.index(draft.record["timepoint_label"])]
            if len(last) == size:
                return one.counts[last.index(draft)] if draft in last else None
            draft.record["reasons"].append("n_inferred")
        return None

    def _count_of_sentence(self, draft: Draft) -> Count | None:
        """A count in the same sentence, if it is about the same people."""
        view = draft.view
        place = draft.cell.value.at
        same = [
            (d.cell.value.at > place, abs(d.cell.value.at - place), d.cell.count)
            for d in draft.siblings
            if d.cell.count is not None
            and shares_count(d, draft)
            and not own_visit(d, draft, self.document.declared)
        ]
        mine = draft.cell.run.values
        if (
            not same
            and len(mine) > 1
            and mine[-1].n is not None
            and all(v.n is None for v in mine[:-1])
        ):
            of_run = [d.record for d in draft.siblings if d.cell.run is draft.cell.run]
            labels = {(record["timepoint_label"], record["arm"]) for record in of_run}
            # "7.5, 3.5 and 3.0 (n = 40)" over three visits: those at the last of them.
            arm, cohort = draft.cell.arm, self.document.declared.cohort
            known = cohort if arm is None else arm.arm.n if arm.arm is not None else None
            if len(labels) < 2 or known is None or known.value == mine[-1].n.value:
                return mine[-1].n
            return None
        if same:
            return min(same, key=lambda item: item[:2])[2]
        for d in draft.siblings:
            if (
                d.cell.arm is not None
                and draft.cell.arm is not None
                and d.cell.arm.name == draft.cell.arm.name
                and d.cell.arm.count is not None
            ):
                return d.cell.arm.count
        each = [c for c in view.q.counts if c.each]
        if each:
            return each[0]
        if len(self.groups - {"all"}) > 1 or len(self.document.declared.arms) > 1:
            return None
        # One group only: the one number of people that the sentence tells before the values.
        plain = [
            c
            for c in view.q.counts
            if (c.equals or c.noun in PEOPLE | {"of"})
            and c.noun != "events"
            and (c.equals or self._before_all(draft, c))
            and not (c.of is not None and self._word(c.at + 1) == "/" and not c.equals)
            and not had_outcome(self.tokens, c)
            and not set_aside(self.tokens, view.a, c)
            and (c.bracket or c.equals or not in_clause_of_its_own(self.tokens, view.a, c))
        ]
        used = [d.cell.count for d in draft.siblings] + [d.cell.value.n for d in draft.siblings]
        plain = [c for c in plain if not any(c is other for other in used)]
        return plain[0] if len(plain) == 1 else None

    def _before_all(self, draft: Draft, count: Count) -> bool:
        """Whether people are counted before the values of the sentence, and no share of them."""
        first = min(d.cell.value.at for d in draft.siblings)
        words = {self._word(k) for k in range(count.last, first)}
        return count.at < first and bool(words & STAYED or count.noun in PEOPLE)

    def _count_remembered(self, draft: Draft) -> Count | None:
        """The n of the sentence before, when this one goes on about the same people."""
        if "carried_over" not in draft.record["reasons"]:
            return None
        for drafts in self.by_view[max(0, draft.sentence - 1) : draft.sentence]:
            for other in drafts:
                same = (draft.cell.arm is None and other.cell.arm is None) or (
                    draft.cell.arm is not None
                    and other.cell.arm is not None
                    and draft.cell.arm.name == other.cell.arm.name
                )
                if (
                    same
                    and other.record["n"] is not None
                    and "n" in other.places
                    and "n_cohort" not in other.record["reasons"]
                ):
                    at = other.places["n"][0]
                    return Count(int(other.record["n"]), at, at + 1)
        return None

    def _scale(self, draft: Draft) -> None:
        record, value = draft.record, draft.cell.value
        if value.scale_top is not None:
            top = self.tokens[value.scale_top].value
            record["scale_min"], record["scale_max"] = 0, whole_number(top)
            draft.places["scale_max"] = (value.scale_top, value.scale_top + 1)
            return
        printed = self._printed_scale(draft)
        if printed is not None:
            low, high, low_at, high_at = printed
            record["scale_min"], record["scale_max"] = whole_number(low), whole_number(high)
            if low_at is not None:
                draft.places["scale_min"] = (low_at, low_at + 1)
            draft.places["scale_max"] = (high_at, high_at + 1)
            if high == 100 and record["unit"] is None and self._unit_of_scale(high_at) == "mm":
                record["unit"] = "mm"
        elif self._length_itself(draft.key):
            pass
        elif record["unit"] == "mm" and record["stat"] != "between_diff":
            record["scale_min"], record["scale_max"] = 0, 100
        elif record["unit"] == "cm" and record["stat"] != "between_diff":
            record["scale_min"], record["scale_max"] = 0, 10

    def _length_itself(self, key: str) -> bool:
        """ "HEIGHT rose by 22 cm": of an outcome under a name of its own, and no mark on a line."""
        measure = self.document.profile.measures[key]
        return self.document.profile.open and measure.construct is None and not measure.scales

    def _unit_of_scale(self, at: int) -> str:
        after = self._word(at + 1)
        return self._word(at + 2) if after == "-" else after

    def _printed_scale(self, draft: Draft) -> tuple[float, float, int | None, int] | None:
        """The anchors that the abstract prints for this measure."""
        profile = self.document.profile
        construct = profile.measures[draft.key].construct
        best = None
        for view in self.document.views:
            for low, high, low_at, high_at, place, _unit in view.q.scales:
                mentions = [m for m in view.mentions if m.key is not None]
                if mentions:
                    near = min(
                        mentions, key=lambda m: min(abs(m.first - place), abs(m.last - place))
                    )
                    other = profile.measures[near.key or ""]
                    fits = near.key == draft.key or (
                        construct is not None and other.construct == construct
                    )
                else:
                    fits = construct is not None and len({d.key for d in self.drafts}) == 1
                if fits and (best is None or view is draft.view):
                    best = (low, high, low_at, high_at)
        return best

    def _largest(self, key: str) -> float:
        """The largest centre of a measure in the whole text."""
        if not self.largest:
            for draft in self.drafts:
                for name in ("mean", "median"):
                    value = abs(draft.record[name] or 0.0)
                    self.largest[draft.key] = max(value, self.largest.get(draft.key, 0.0))
        return self.largest.get(key, 0.0)

    def _bounds(self, draft: Draft) -> tuple[tuple[float, float] | None, bool]:
        """The scale for bound checks, and whether it was inferred from the values alone."""
        record = draft.record
        if record["scale_max"] is not None:
            return (float(record["scale_min"] or 0), float(record["scale_max"])), False
        measure = self.document.profile.measures[draft.key]
        if not measure.scales:
            return None, False
        top = self._largest(draft.key)
        for low, high in measure.scales:
            if top <= high:
                # The smallest scale that holds every value of the instrument in this text.
                inferred = len(measure.scales) > 1 and (
                    (low, high) != measure.scales[0]
                    or (top < 2.5 and measure.default_scale is None)
                )
                return (low, high), inferred
        return None, False

    def _off_scale(self, draft: Draft) -> bool:
        """ "Pain was -2.4", "NRS ...; QoR-15 was 118": off every scale that the score may be on.

        Such a number is a change or a difference that was not told so, or the score of a measure
        that was not known; it is no record.
        """
        record, measures = draft.record, self.document.profile.measures
        centre = record["mean"] if record["mean"] is not None else record["median"]
        if record["stat"] != "level" or centre is None or 0 <= centre <= 100:
            return False
        measure = measures[draft.key]
        scales = list(measure.scales)
        if not measure.instrument:
            like = (m for m in measures.values() if m.construct == draft.key)
            scales = [scale for m in like for scale in m.scales]
        bounds, _ = self._bounds(draft)
        ends = [*scales, *([bounds] if bounds is not None else [])]
        lows = [low for low, _ in ends] if bounds is None else [bounds[0]]
        return bool(lows) and (centre < min(lows) or centre > max(high for _, high in ends))
