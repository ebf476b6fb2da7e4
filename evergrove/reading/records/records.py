"""From linked cells to records: centre, spread, n, p, scale, arm names, checks, queue."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.names_alike import paired
from evergrove.reading.arms.one_treatment import circumstance, only_treatment
from evergrove.reading.drafts import Draft, whole_number
from evergrove.reading.kinds.pair_differences import with_scores
from evergrove.reading.kinds.signs_by_levels import signs_by_levels
from evergrove.reading.numbers.dispersion import DispersionResolver
from evergrove.reading.numbers.two_centres import join_centres
from evergrove.reading.records import checks
from evergrove.reading.records.candidates import QUEUE, confidence
from evergrove.reading.records.conflicts import places, settle, taken_back
from evergrove.reading.records.told_again import with_later_spreads
from evergrove.reading.sizes.cohort import NO_COHORT
from evergrove.reading.sizes.earlier_counts import EARLIER_SIZE, TOLD, reported_then
from evergrove.reading.sizes.sizes_before_groups import give_sizes_before_groups
from evergrove.reading.sizes.sizes_by_names import sizes_by_names
from evergrove.reading.sizes.sizes_by_segments import sizes_apart
from evergrove.reading.sizes.sizes_by_shares import sizes_by_shares
from evergrove.reading.sizes.sizes_of_sexes import give_sizes_of_sexes
from evergrove.reading.sizes.sizes_of_times import (
    give_opening_size,
    give_sizes_of_frames,
    give_sizes_of_times,
    give_sizes_when,
)
from evergrove.reading.sizes.sufferers import keep_sufferers
from evergrove.reading.text.names_printed import as_printed
from evergrove.reading.text.words import LIMBS, PEOPLE, word_set
from evergrove.reading.times.undated_first import date_first_scores
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.arms.arms import Arm
    from evergrove.reading.numbers.quantities import Count, P
    from evergrove.reading.view import View

_FINISH_ONE_WORDS = word_set("final other post followup")
_MODEL = word_set(
    "adjusted ancova marginal lsmean lsmeans modelled modeled model-based estimated imputed "
    "covariate-adjusted emm emms lsm lsms"
)
_MAYBE_MODEL = _MODEL | word_set("least ls model estimated")
_OVERLAPS = (
    "previously reported", "previously published", "same patients", "extension of our",
    "same cohort", "earlier report", "this extension", "were part of our", "earlier cohort",
    "cohort reported earlier", "our previous paper", "our previous report", "our earlier paper",
    "reported previously", "published previously", "described previously", "extension of a",
    "extension of the", "overlap with", "overlaps with", "secondary analysis of", "parent trial",
    "parent study", "earlier publication", "previous publication", "subset of a trial",
)  # fmt: skip
# Of each cue one word; those of longer words are found in them too.
_MAYBE_OVERLAP = word_set(
    "previously previous same sesame extension extensions hyperextension overextension earlier "
    "part overlap overlaps secondary parent grandparent apparent transparent subset"
)
_NUMBERS = (
    "mean", "median", "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high",
)  # fmt: skip
#: In this order the spans of a record are printed.
_ORDER = ("n", *_NUMBERS, "ci_level", "p", "scale_min", "scale_max", "timepoint")


def shown(arm: Arm) -> str:
    """The name of a group as the records print it."""
    return arm.arm.name if arm.arm is not None else arm.name


class Builder(DispersionResolver):
    """Collects the cells of all sentences and turns them into records."""

    def add(self, view: View, cells: list[Cell]) -> None:
        give_sizes_of_times(self.tokens, view, cells)
        if "when" in view.words:
            give_sizes_when(self.tokens, view, cells)
        if len(cells) > 1 and "=" in view.words and "to" in view.words:
            give_sizes_of_frames(self.tokens, view, cells)
        if len(cells) > 1 and len(view.q.counts) > 1 and len(view.arms) > 1:
            give_sizes_before_groups(self.tokens, view, cells)
        give_opening_size(self.tokens, view, cells)
        drafts = [self._draft(view, cell) for cell in cells]
        self._give_p(view, drafts)
        self._add_asides(view, drafts)
        for draft in drafts:
            draft.order = len(self.drafts)
            draft.siblings, draft.sentence = drafts, len(self.by_view)
        self.drafts.extend(drafts)
        if drafts:
            self.by_view.append(drafts)
        if view.doubtful:
            doubtful = [self._draft(view, cell) for cell in view.doubtful]
            for draft in doubtful:
                draft.order, draft.sentence = len(self.drafts), len(self.by_view)
                draft.siblings = drafts
            self.doubtful.append(doubtful)

    def finish(self) -> list[dict[str, Any]]:
        made = [*self.drafts, *itertools.chain.from_iterable(self.doubtful)]
        self._date_after()
        self._measures()
        self._differences()
        for draft in self.drafts:
            self._arm(draft)
        self.groups = {d.record["arm"] for d in self.drafts if d.record["stat"] != "between_diff"}
        self._one_group()
        self.drafts = with_later_spreads(join_centres(self.drafts))
        kept = {id(draft) for draft in self.drafts}
        self.by_view = [[d for d in drafts if id(d) in kept] for drafts in self.by_view]
        self._settle()
        signs_by_levels(self.drafts)
        self._eliminate()
        if len(self.groups - {"all"}) > 1:
            self.sizes_apart = sizes_apart(self.tokens, self.document.views, self.groups - {"all"})
        for draft in self.drafts:
            self._count(draft)
            self._scale(draft)
        self._same_visit()
        self._paired_baseline()
        date_first_scores(self.drafts)
        keep_sufferers(self.drafts, self.tokens)
        if len(self.groups) > 1:
            give_sizes_of_sexes(self.document, self.drafts)
        self._no_intervals()
        for drafts in self.by_view:
            self._one_kind(drafts)
            self._resolve(drafts)
        seen: dict[tuple[Any, ...], Draft] = {}
        if below := {id(draft) for draft in self.drafts if self._off_scale(draft)}:
            self.document.queue.add("mean_outside_scale")
            self.drafts = [draft for draft in self.drafts if id(draft) not in below]
        told = [draft for draft in self.drafts if not self._repeated(draft, seen)]
        lost = taken_back(self.document, told)
        self.drafts = [draft for draft in told if id(draft) not in lost]
        self.drafts = with_scores(self.drafts)
        records = [self._finish_one(draft) for draft in self.drafts]
        self._overlap()
        self._mixed_units(records)
        for record in checks.check_table(records, self._lower_is_better):
            record["flags"] = sorted(set(record["flags"]))
            record["confidence"] = confidence(record)
        for record in records:
            record["arm"] = as_printed(record["arm"])
            for name in (*record["reasons"], *record["flags"]):
                if name in QUEUE:
                    self.document.queue.add(name)
        for draft in made:
            draft.siblings = []  # they hold the draft itself: a cycle, that would wait for gc
        return records

    def _settle(self) -> None:
        """Set apart what stands in one cell, and what a list that fitted no labels holds."""
        for draft in (d for drafts in self.doubtful for d in drafts):
            self._measure(draft)
            self._arm(draft)
        places(self.by_view, self._relabel)
        found = settle(self.document, self.by_view, self.doubtful, self._relabel)
        for drafts in found:
            self._give_p(drafts[0].view, drafts)
            for draft in drafts:
                draft.siblings = drafts
            self.by_view.append(drafts)
            self.drafts.extend(drafts)
        if found:
            self.drafts.sort(key=lambda d: d.at)
            self.by_view.sort(key=lambda drafts: drafts[0].at)
            for order, draft in enumerate(self.drafts):
                draft.order = order

    def _relabel(self, draft: Draft, kind: str, label: Any) -> None:
        """Another group, time or place for a draft, and the n that came with its group."""
        cell = draft.cell
        if kind == "place":
            measure = draft.record["measure"].partition(":")[0]
            draft.record["measure"] = f"{measure}:{label}" if label else measure
            return
        if kind == "arm":
            if cell.value.n is None and cell.arm is not None and cell.count is cell.arm.count:
                cell.count = None
            cell.arm = label
            draft.record["arm"] = "all"
            self._arm(draft)
            if cell.count is None and label is not None:
                cell.count = label.count
            return
        cell.time = label
        draft.places.pop("timepoint", None)
        if label is None:
            draft.record["timepoint_label"] = draft.record["timepoint_days"] = None
        else:
            self._put_time(draft, label.label, label.days, label.number)

    def _one_group(self) -> None:
        """A single name on some of the records only: one group, told what it was given once."""
        mine = [d for d in self.drafts if d.record["stat"] != "between_diff"]
        named = [d for d in mine if d.cell.arm is not None]
        self._without_lengths(named)
        names = {d.cell.arm.name for d in named if d.cell.arm is not None}
        sure = any(d.cell.arm.strength > 1 for d in named if d.cell.arm is not None)
        if len(names) != 1 or sure or len(mine) != len(self.drafts):
            return
        if len(self.document.declared.arms) > 1:
            return
        cell = named[0].cell
        everybody = only_treatment(self.document, cell) or circumstance(self.document, cell)
        if len(named) == len(mine) and not everybody:
            return
        for draft in named:
            arm = draft.cell.arm
            if arm is not None and draft.cell.count is None:
                draft.cell.count = arm.count
            draft.cell.arm = None
            draft.record["arm"] = "all"
        self.groups = {"all"}

    def _without_lengths(self, named: list[Draft]) -> None:
        """ "In 34 runners it fell from 7 to 3 AFTER 12 WEEKS OF STRETCHING": all of the runners."""
        told = [d for d in named if d.cell.arm is not None and d.cell.arm.slot != "length"]
        people = {d.cell.arm.name: d.cell.arm for d in told if d.cell.arm is not None}
        one = next(iter(people.values())) if len(people) == 1 else None
        if one is None or one.count is None or self.document.declared.arms:
            return
        for draft in named:
            if draft.cell.arm is not None and draft.cell.arm.slot == "length":
                draft.cell.arm = one
                draft.cell.count = draft.cell.count or one.count
                draft.record["arm"] = shown(one)

    def _eliminate(self) -> None:
        """Groups of the results with other names than declared ones: which of these each is.

        "PRP (n = 31) or methylprednisolone (n = 31) ... in the steroid group": n is taken from the
        group whose name means the same, or from the last one left; the reason arm_by_elimination
        says so. Where nothing is left over, a sentence with as many numbers of people is sought.
        """
        mine = [d for d in self.drafts if d.cell.arm is not None]
        arms = [d.cell.arm for d in mine if d.cell.arm is not None]
        whole = self.document.declared.cohort
        sized = [
            arm
            for arm in self.document.declared.arms
            if arm.n is not None
            and arm.n.noun not in NO_COHORT
            and (whole is None or arm.n.at != whole.at or len(arms) < 2)
        ]
        linked = {id(a.arm) for a in arms if a.arm is not None and a.arm.n is not None}
        unsized = {shown(a): None for a in arms if a.arm is None or a.arm.n is None}
        if not unsized:
            return
        left = [arm for arm in sized if id(arm) not in linked]
        if len(sized) > 1 and len(linked) + len(unsized) == len(sized):
            order = paired([*unsized], [" ".join([a.name, *a.aliases, a.given]) for a in left])
            for draft in mine if order is not None else ():
                if draft.cell.arm is not None and shown(draft.cell.arm) in unsized:
                    at = [*unsized].index(shown(draft.cell.arm))
                    self.by_elimination[id(draft)] = left[order[at]]
            if order is not None:
                return
        self.told_sizes = self._told_by_names(arms)

    def _told_by_names(self, arms: list[Arm]) -> dict[str, Count]:
        """Sizes that one sentence tells of all groups of the results, by whatever names."""
        known = {shown(a): a.arm.n.value for a in arms if a.arm is not None and a.arm.n is not None}
        if any(arm.count is not None for arm in arms if shown(arm) not in known):
            return {}
        busy = {id(draft.view) for draft in self.drafts}
        names = list(dict.fromkeys(map(shown, arms)))
        found = sizes_by_names(self.document, names, busy)
        found = found or sizes_by_shares(self.document, names)
        fits = all(found[name].value == size for name, size in known.items() if name in found)
        return found if fits else {}

    def _repeated(self, draft: Draft, seen: dict[tuple[Any, ...], Draft]) -> bool:
        """A value told again (in the conclusion, say) is not a second record."""
        record = draft.record
        centre = record["mean"] if record["mean"] is not None else record["median"]
        again = draft.view.section == "conclusion"
        key = (record["measure"].partition(":")[0], record["stat"], centre)
        if key in seen and seen[key].view is not draft.view:
            first = seen[key].record
            same_time = (
                record["timepoint_label"] in (None, first["timepoint_label"])
                or draft.cell.time is None
                or draft.cell.time.kind in ("post", "followup")
            )
            same_arm = record["arm"] in ("all", first["arm"])
            # "It was 3 in all. In group 1 it was 3, and in group 2 it was 4": the 3 of a group
            same_arm = same_arm or (first["arm"] == "all" and not self._beside_other(draft))
            if (again or same_time) and same_arm and not draft.cell.value.spreads:
                return True
        if key in seen and draft.cell.run is seen[key].cell.run and self._is_base(draft):
            # "3.2 vs 8.1 and 4.0 vs 8.1": the one score before, told for each time.
            same = record["arm"] == seen[key].record["arm"] and self._is_base(seen[key])
            if same and not draft.cell.value.spreads:
                return True
        seen.setdefault(key, draft)
        return False

    def _beside_other(self, draft: Draft) -> bool:
        """Whether the sentence gives such a score of another group too."""
        mine = draft.record
        return any(
            d.view is draft.view
            and d.record["stat"] == mine["stat"]
            and d.record["measure"] == mine["measure"]
            and d.record["arm"] not in ("all", mine["arm"])
            for d in self.drafts
        )

    def _finish_one(self, draft: Draft) -> dict[str, Any]:
        record = draft.record
        if draft.p is not None:
            record["p"], record["p_op"] = draft.p.value, draft.p.op
            if draft.p.value is not None:
                draft.places["p"] = (draft.p.first, draft.p.last)
            if draft.p.zero:
                record["reasons"].append("p_printed_zero")
        time = draft.cell.time
        if record["timepoint_label"] is None and record["stat"] != "between_diff":
            record["reasons"].append("time_missing")
        elif (
            time is not None and record["timepoint_days"] is None and time.kind in _FINISH_ONE_WORDS
        ):
            record["reasons"].append("timepoint_unresolved")
        if record["n"] is None and record["stat"] != "between_diff" and self._told_sizes():
            record["reasons"].append("n_missing")
        bounds, _ = self._bounds(draft)
        record["flags"].extend(checks.check_record(record, bounds, self._surfaces(draft)))
        own = self.tokens, draft.view
        if record["arm"] == "all" and (
            checks.names_scale_group(*own) or checks.names_age_group(*own)
        ):
            record["flags"].append("whole_beside_groups")
        self._grim(draft, bounds)
        self._p_check(draft)
        said = draft.view.words | draft.view.by_the_way
        if not said.isdisjoint(_MAYBE_MODEL) and self._of_model(draft):
            record["flags"].append("model_based")
        noun = draft.cell.count.noun if draft.cell.count is not None else ""
        if noun in LIMBS:
            record["flags"].append(f"n_unit:{noun}")
        if self.tokens[draft.cell.value.at].flag == "word":
            record["reasons"].append("word_number")
        if (
            record["dispersion"] is None
            and record["ci_low"] is None
            and record["q1"] is None
            and record["min"] is None
        ):
            record["reasons"].append("no_spread")
        record["reasons"] = sorted(set(record["reasons"]))
        record["flags"] = sorted(set(record["flags"]))
        record["spans"] = self._spans(draft)
        record["confidence"] = confidence(record)
        for name in _NUMBERS:
            if record[name] is not None:
                record[name] = whole_number(record[name])
        return record

    def _of_model(self, draft: Draft) -> bool:
        """Whether the sentence says, before the value, that it was estimated by a model."""
        words = {token.word for token in self.tokens[draft.view.a : draft.cell.value.first]}
        words |= draft.view.by_the_way
        least = ("least" in words and "squares" in words) or "ls" in words
        least = least or {"model", "based"} <= words
        return bool(words & _MODEL) or least or ("estimated" in words and "marginal" in words)

    def _told_sizes(self) -> bool:
        """Whether the text says how many people there were at all."""
        declared = self.document.declared
        sized = any(arm.n is not None for arm in declared.arms)
        told = declared.cohort is not None or declared.each is not None
        return sized or told or bool(declared.sizes) or self._printed_sizes

    @cached_property
    def _printed_sizes(self) -> bool:
        """Whether a number of people stands anywhere: "(n = 20)", "eleven women and two men"."""
        views = self.document.views
        if any(view.count_lists for view in views):
            return True
        counts = [count for view in views for count in view.q.counts]
        counts += [value.n for view in views for value in view.q.values if value.n is not None]
        parts = any(count.of is not None and count.value > 4 for count in counts)
        return parts or any(
            count.equals or (count.noun in PEOPLE and count.value > 1) for count in counts
        )

    def _surfaces(self, draft: Draft) -> dict[str, str]:
        return {name: self.tokens[a].word for name, (a, _) in draft.places.items()}

    def _grim(self, draft: Draft, bounds: tuple[float, float] | None) -> None:
        record = draft.record
        measure = self.document.profile.measures[draft.key]
        if record["mean"] is None or record["n"] is None or record["stat"] != "level":
            return
        whole = not draft.view.words.isdisjoint(("whole", "integer", "integers"))
        single = bounds is not None and bounds[1] <= 11 and measure.default_scale is not None
        if not (whole or single) or "n_cohort" in record["reasons"]:
            return
        text = self.tokens[draft.cell.value.at].word
        if checks.grim_fails(text.lstrip("+-"), record["n"]):
            record["flags"].append("grim_inconsistent")

    def _within_each(self, p: P) -> bool:
        """ "(paired t test, BOTH P < 0.05)": of each group by itself, not between them."""
        before = [token.word for token in self.tokens[max(0, p.first - 8) : p.first]]
        return bool({"both", "all", "each"} & set(before[-4:])) or "paired" in before

    def _p_check(self, draft: Draft) -> None:
        """Two groups at one time with stated SDs whose printed p cannot come from them."""
        record, p = draft.record, draft.p
        if (
            p is None
            or p.value is None
            or p.op not in "<=>"
            or record["stat"] != "level"
            or record["n"] is None
            or self._within_each(p)
        ):
            return
        for other in draft.siblings:
            if (
                other is draft
                or other.p is not p
                or other.record["n"] is None
                or other.record["timepoint_label"] != record["timepoint_label"]
            ):
                continue
            if other.record["arm"] == record["arm"]:
                continue
            one = record["sd"] if record["sd"] is not None else record["se"]
            two = other.record["sd"] if other.record["sd"] is not None else other.record["se"]
            if one is None or two is None or record["mean"] is None or other.record["mean"] is None:
                continue
            spread = draft.places.get("sd") or draft.places.get("se")
            assert spread is not None
            texts = (self.tokens[draft.cell.value.at].word, self.tokens[spread[0]].word)
            if checks.p_disagrees(
                (record["mean"], other.record["mean"]),
                (one, two),
                (record["n"], other.record["n"]),
                texts,
                p.op,
                p.value,
            ):
                record["flags"].append("p_inconsistent")
            return

    def _spans(self, draft: Draft) -> dict[str, list[Any]]:
        spans: dict[str, list[Any]] = {}
        span, tokens, places = self.document.source.span, self.tokens, draft.places
        for name in _ORDER if places else ():
            if name in places:
                first, last = places[name]
                spans[name] = span(tokens[first].start, tokens[last - 1].end)
        return spans

    def _says_overlap(self) -> bool:
        """Whether the text names other reports of its people; most texts have no such word."""
        if self.document.said.isdisjoint(_MAYBE_OVERLAP):
            return False
        text = " ".join([token.word for token in self.tokens if token.kind == "w"])
        return any(cue in text for cue in _OVERLAPS)

    def _overlap(self) -> None:
        told = not self.document.said.isdisjoint(TOLD)
        reported = told and reported_then(self.tokens)
        if reported or self._says_overlap() or self._earlier_size():
            self.document.queue.add("overlapping_cohort")
            for draft in self.drafts:
                draft.record["flags"].append("overlapping_cohort")

    def _earlier_size(self) -> bool:
        """ "part of a cohort presented elsewhere (80 people)": the size of an earlier report."""
        return any(EARLIER_SIZE in view.q.rejected.values() for view in self.document.views)

    def _lower_is_better(self, measure: str) -> bool:
        key, _, part = measure.partition(":")
        known = self.document.profile.measures.get(key)
        return known is not None and known.better(part) == "lower"

    def _mixed_units(self, records: list[dict[str, Any]]) -> None:
        """Values of one measure in more than one unit."""
        units = {
            (r["measure"].partition(":")[0], r["unit"])
            for r in records
            if r["unit"] in ("mm", "cm")
        }
        if len({unit for _, unit in units}) > 1:
            self.document.queue.add("mixed_units")
