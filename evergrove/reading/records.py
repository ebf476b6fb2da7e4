"""From linked cells to records: centre, spread, n, p, scale, arm names, checks, queue."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evergrove.reading import checks
from evergrove.reading.candidates import QUEUE, confidence, empty_record
from evergrove.reading.frames import HARD
from evergrove.reading.linking import Cell
from evergrove.reading.measures import Mention
from evergrove.reading.quantities import Count, P, Spread
from evergrove.reading.spread import cannot_be_se, pair_kind, two_sample_p, half_unit, p_range

from evergrove.reading.words import BETTER, DOWN, WORSE

if TYPE_CHECKING:
    from evergrove.reading.reader import Document, View

_MEDIAN = frozenset(("median", "medians"))
_MEAN = frozenset(("mean", "means", "average", "averages", "averaged", "averaging"))
_MODEL = frozenset("adjusted ancova marginal lsmean lsmeans modelled modeled model-based estimated imputed covariate-adjusted emm".split())


@dataclass(slots=True)
class Draft:
    """A record in the making, with what it was read from."""

    cell: Cell
    view: View
    record: dict[str, Any]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    p: P | None = None
    order: int = 0
    undecided: Spread | None = None
    key: str = ""


class Builder:
    """Collects the cells of all sentences and turns them into records."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.drafts: list[Draft] = []
        self.by_view: list[list[Draft]] = []
        self.last_spread: dict[str, str] = {}

    # -- collecting ------------------------------------------------------------------------------
    def add(self, view: View, cells: list[Cell]) -> None:
        drafts = [self._draft(view, cell) for cell in cells]
        self._give_p(view, drafts)
        self.drafts.extend(drafts)
        if drafts:
            self.by_view.append(drafts)

    def _draft(self, view: View, cell: Cell) -> Draft:
        record = empty_record()
        draft = Draft(cell, view, record)
        record["reasons"] = [reason for reason in cell.reasons if reason]
        self._stat(draft)
        self._time(draft)
        self._centre(draft)
        self._spreads(draft)
        return draft

    def _word(self, k: int) -> str:
        return self.tokens[k].word if 0 <= k < len(self.tokens) else ""

    def _clause(self, draft: Draft) -> list[str]:
        """Words from the start of the clause to the value, nearest last."""
        run = draft.cell.run
        start = draft.view.a
        for k in range(run.first - 1, start - 1, -1):
            if self._word(k) in HARD and k >= run.lead - 1 and run.lead > start:
                break
        return [self._word(k) for k in range(start, draft.cell.value.first)]

    def _stat(self, draft: Draft) -> None:
        cell, record = draft.cell, draft.record
        run, value = cell.run, cell.value
        stat = run.stat
        mention = cell.mention
        assert mention is not None
        measure = self.document.profile.measures[mention.key or ""]
        if value.percent and stat == "change":
            stat = "percent_change"
        number = value.value
        if stat in ("change", "percent_change"):
            sign = run.sign
            if sign == "better":
                sign = "-" if measure.direction == "lower" else "+"
            elif sign == "worse":
                sign = "+" if measure.direction == "lower" else "-"
            if value.sign:
                if sign == "-" and value.sign == "-" and run.cue not in ("change", "changed", "changes"):
                    record["reasons"].append("sign_conflict")
                if sign and value.sign == "+" and sign == "-":
                    record["reasons"].append("sign_conflict")
            elif sign == "-":
                number = -abs(number)
            elif not sign:
                if measure.direction == "lower" and self._falls():
                    number = -abs(number)
                    record["reasons"].append("direction_assumed")
                else:
                    record["reasons"].append("change_unsigned")
        elif stat == "between_diff" and not value.sign and run.sign in ("-",):
            number = -abs(number)
        elif stat == "between_diff" and not value.sign and run.sign == "better" and measure.direction == "lower" and run.cue in ("better",):
            number = -abs(number)
        record["stat"] = stat
        draft.places["centre"] = (value.at, value.at + 1)
        record["_number"] = number
        record["measure"] = ""
        if value.unit and value.unit not in ("point",):
            record["unit"] = value.unit
        if value.percent and stat == "level":
            record["unit"] = "%"
        if stat == "percent_change":
            record["reasons"].append("percent_change")
            record["unit"] = "%"
        draft.key = mention.key or ""

    def _falls(self) -> bool:
        """Whether the abstract speaks of less, not of more: the direction of an unsigned change."""
        down = sum(token.word in DOWN or token.word in BETTER for token in self.tokens)
        up = sum(token.word in WORSE or token.word in ("rose", "increase", "increased") for token in self.tokens)
        return down > up

    def _time(self, draft: Draft) -> None:
        time, record = draft.cell.time, draft.record
        follow_up = self.document.declared.follow_up
        if time is None:
            record["timepoint_label"] = None
            return
        label, days = time.label, time.days
        number = time.number
        if time.kind == "final" and days is None and follow_up is not None:
            label = f"final follow-up (mean {follow_up.label})" if "(" not in follow_up.label else follow_up.label
            days, number = follow_up.days, follow_up.number
            record["reasons"].append("timepoint_approximate")
        elif time.approximate:
            record["reasons"].append("timepoint_approximate")
        if time.kind == "post" and draft.cell.run.role == "to" and time.first == 0:
            record["reasons"].append("time_assumed")
        record["timepoint_label"] = label
        record["timepoint_days"] = None if days is None else (int(days) if float(days).is_integer() else days)
        if number is not None:
            draft.places["timepoint"] = (number, number + 1)

    def _centre(self, draft: Draft) -> None:
        """Mean or median: the nearest word before, then the spread's kind, then the convention."""
        record, view = draft.record, draft.view
        value = draft.cell.value
        kinds = {spread.kind for spread in value.spreads}
        found = None
        stop = max(view.a, draft.cell.run.lead - 1)
        for k in range(value.first - 1, view.a - 1, -1):
            word = self._word(k)
            if word in _MEDIAN or word in _MEAN:
                if self._of_time(k, view):
                    continue
                found = "median" if word in _MEDIAN else "mean"
                break
        del stop
        if found is None and self._word(value.last) in _MEDIAN:
            found = "median"
        if found is None and kinds & {"iqr", "iqr_width"}:
            found = "median"
        if found == "mean" and kinds & {"iqr"} and not any(
            self._word(k) in _MEAN for k in range(draft.cell.run.lead, value.first)
        ):
            found = "median"
        if found is None and kinds & {"sd", "se", "pm"}:
            found = "mean"
        if found is None:
            convention = self._convention(draft)
            found = convention.centre if convention is not None and convention.centre and not kinds & {"ci"} else "mean"
        record[found] = record.pop("_number")
        draft.places[found] = draft.places.pop("centre")

    def _of_time(self, k: int, view: View) -> bool:
        """Whether "mean" at k belongs to a length of time ("at a mean of 9 months")."""
        return any(0 < time.first - k <= 3 and time.number is not None and self._word(k + 1) in ("of", "follow", "follow-up", "") for time in view.times) and any(
            self._word(m) in ("of",) for m in (k + 1, k + 2, k + 3, k + 4)
        ) and not any(k < v.first < time.first for time in view.times for v in view.q.values if 0 < time.first - k <= 3)

    def _convention(self, draft: Draft) -> Any:
        """The declaration that holds for a value: of its sentence, else of the document."""
        if draft.view.convention is not None and not draft.view.convention.document:
            if draft.view.convention.where < draft.cell.value.first:
                return draft.view.convention
        for convention in self.document.declared.conventions:
            if convention.document:
                return convention
        for convention in self.document.declared.conventions:
            if convention.where < draft.cell.value.first and convention.spread in ("sd", "se"):
                return convention
        return None

    # -- spreads ---------------------------------------------------------------------------------
    def _spreads(self, draft: Draft) -> None:
        convention = self._convention(draft)
        for spread in draft.cell.value.spreads:
            if spread.kind in ("sd", "se"):
                self._put(draft, spread.kind, spread, 0)
                draft.record["dispersion"] = "stated" if spread.stated else draft.record["dispersion"]
                draft.record["reasons"].append("stated_spread")
                self.last_spread[draft.key] = spread.kind
            elif spread.kind in ("pm", "paren"):
                kind = convention.spread if convention is not None and convention.spread in ("sd", "se") else None
                if kind is not None:
                    self._put(draft, kind, spread, 0)
                    draft.record["dispersion"] = "stated"
                    draft.record["reasons"].append("declared_spread")
                elif spread.kind == "paren" and convention is not None and convention.spread == "iqr":
                    self._put(draft, "iqr_width", spread, 0)
                else:
                    draft.undecided = spread
            elif spread.kind == "iqr_width":
                self._put(draft, "iqr_width", spread, 0)
                draft.record["reasons"].append("iqr_width_only")
            elif spread.kind in ("iqr", "range", "ci"):
                self._put_pair(draft, spread.kind, spread)
                if spread.kind == "ci" and spread.level is not None:
                    draft.record["ci_level"] = spread.level
                    if spread.level_at is not None:
                        draft.places["ci_level"] = (spread.level_at, spread.level_at + 1)
                self.last_spread[f"pair:{draft.view.a}"] = f"{spread.kind}:{spread.level or ''}"
            elif spread.kind == "pair":
                self._unlabelled(draft, spread, convention)

    def _unlabelled(self, draft: Draft, spread: Spread, convention: Any) -> None:
        record = draft.record
        declared = convention.spread if convention is not None and convention.spread in ("ci", "iqr", "range") else None
        before = self.last_spread.get(f"pair:{draft.view.a}")
        level = convention.level if declared == "ci" else None
        flagged = declared is None
        if before is not None:
            declared, _, text = before.partition(":")
            level = int(text) if text else None
            flagged = False
        centre = record["mean"] if record["mean"] is not None else record["median"]
        low, high = sorted(spread.values)
        kind = pair_kind(
            centre, low, high, declared, record["stat"] != "level", record["median"] is not None
        )
        self._put_pair(draft, kind, spread)
        if level is not None and kind == "ci":
            record["ci_level"] = level
        if flagged:
            record["flags"].append("interval_unlabelled")

    def _put(self, draft: Draft, field_name: str, spread: Spread, which: int) -> None:
        draft.record[field_name] = spread.values[which]
        draft.places[field_name] = (spread.at[which], spread.at[which] + 1)

    def _put_pair(self, draft: Draft, kind: str, spread: Spread) -> None:
        names = {"iqr": ("q1", "q3"), "range": ("min", "max"), "ci": ("ci_low", "ci_high")}[kind]
        record = draft.record
        values, places = list(spread.values), list(spread.at)
        centre = record["mean"] if record["mean"] is not None else record["median"]
        turned = centre is not None and centre < 0 and draft.cell.value.value > 0
        if kind == "ci" and turned and all(v >= 0 for v in values) or (
            kind == "ci" and turned and min(values) <= abs(centre or 0) <= max(values) and not max(values) <= 0
        ):
            # The sign came from a word ("fell by 5, CI 3.5 to 6.6"): the limits turn with it.
            values = [-v for v in values]
        if values[0] > values[1] and kind == "ci":
            values.reverse()
            places.reverse()
        for name, value, place in zip(names, values, places, strict=True):
            record[name] = value + 0.0
            draft.places[name] = (place, place + 1)
        if kind == "iqr" and record["median"] is None and record["mean"] is not None and draft.record["stat"] == "level":
            pass

    # -- p values --------------------------------------------------------------------------------
    def _give_p(self, view: View, drafts: list[Draft]) -> None:
        if not drafts:
            return
        places: list[tuple[int, P]] = [(p.start, p) for p in view.q.ps]
        places += [(d.cell.value.p.start, d.cell.value.p) for d in drafts if d.cell.value.p is not None]
        for start, p in sorted(places, key=lambda item: item[0]):
            if p.op == "?" or p.scope:
                continue
            before = [d for d in drafts if d.cell.value.at < start]
            group = self._p_group(before, start) if before else self._p_first(drafts)
            for draft in group:
                if draft.p is None:
                    draft.p = p

    def _p_first(self, drafts: list[Draft]) -> list[Draft]:
        """A p printed before its values: those of the first frame."""
        stat = drafts[0].record["stat"]
        chosen = [d for d in drafts if d.record["stat"] == stat]
        later = [d for d in chosen if not self._is_base(d)]
        return later or chosen

    def _p_group(self, before: list[Draft], start: int) -> list[Draft]:
        last = before[-1]
        run = last.cell.run
        if last.record["stat"] == "between_diff":
            return [last]
        group = [d for d in before if d.cell.run is run]
        for draft in reversed(before[: -len(group)] if group else before):
            if draft.p is not None or draft.key != last.key or draft.record["stat"] != last.record["stat"]:
                break
            if draft.cell.mention is not last.cell.mention and not draft.cell.mention.same(last.cell.mention):
                break
            group.append(draft)
        bases = [d for d in group if self._is_base(d)]
        later = [d for d in group if not self._is_base(d)]
        if bases and later:
            if last.cell.run.role == "to" or len(run.values) > 1 or last in later:
                same = [d for d in later if d.cell.run is run]
                return later if self._for_all(start) else same or later
            return [last]
        arms = {d.cell.arm.name for d in group if d.cell.arm is not None}
        times = {d.record["timepoint_label"] for d in group}
        if len(arms) > 1 and len(times) == 1:
            return group
        return [d for d in group if d.cell.run is run]

    def _for_all(self, start: int) -> bool:
        """ "p < 0.001 for all", "all p < 0.001"."""
        near = [self._word(k) for k in range(start - 2, start)] + [self._word(k) for k in range(start + 3, start + 7)]
        return bool({"all", "each", "both"} & set(near))

    def _is_base(self, draft: Draft) -> bool:
        return draft.cell.time is not None and draft.cell.time.kind == "base"

    # -- finishing -------------------------------------------------------------------------------
    def finish(self) -> list[dict[str, Any]]:
        self._measures()
        self._differences()
        for draft in self.drafts:
            self._arm(draft)
        for draft in self.drafts:
            self._count(draft)
            self._scale(draft)
        for drafts in self.by_view:
            self._resolve(drafts)
        records = []
        seen: dict[tuple[Any, ...], Draft] = {}
        for draft in self.drafts:
            if self._repeated(draft, seen):
                continue
            records.append(self._finish_one(draft))
        self._overlap()
        self._conflicts(records)
        for record in records:
            for name in (*record["reasons"], *record["flags"]):
                if name in QUEUE:
                    self.document.queue.add(name)
        return records

    def _repeated(self, draft: Draft, seen: dict[tuple[Any, ...], Draft]) -> bool:
        """A value told again (in the conclusion, say) is not a second record."""
        record = draft.record
        centre = record["mean"] if record["mean"] is not None else record["median"]
        again = draft.view.section == "conclusion"
        key = (record["measure"].partition(":")[0], record["stat"], centre)
        if key in seen and seen[key].view is not draft.view:
            first = seen[key].record
            same_time = record["timepoint_label"] in (None, first["timepoint_label"]) or draft.cell.time is None or draft.cell.time.kind in ("post", "followup")
            same_arm = record["arm"] in ("all", first["arm"]) or first["arm"] == "all"
            if (again or same_time) and same_arm and not draft.cell.value.spreads:
                return True
        seen.setdefault(key, draft)
        return False

    def _measures(self) -> None:
        """A construct takes over the one instrument that the abstract names for it."""
        profile = self.document.profile
        named: dict[str, set[str]] = {}
        for view in self.document.views:
            for mention in view.mentions:
                if mention.key is not None and mention.instrument:
                    construct = profile.measures[mention.key].construct
                    if construct is not None:
                        named.setdefault(construct, set()).add(mention.key)
        places = {d.cell.mention.qualifier for d in self.drafts}
        for draft in self.drafts:
            mention = draft.cell.mention
            assert mention is not None
            key = mention.key or ""
            measure = profile.measures[key]
            if not measure.instrument:
                units = profile.unit_instrument.get(key, {})
                unit = draft.record["unit"] or self._line_unit(draft)
                if unit in units:
                    key = units[unit]
                elif len(named.get(key, ())) == 1:
                    key = next(iter(named[key]))
            draft.key = key
            qualifier = mention.qualifier or self._near_qualifier(draft, mention, places)
            draft.record["measure"] = f"{key}:{qualifier}" if qualifier else key

    def _line_unit(self, draft: Draft) -> str:
        """The unit of the line on which the sentence says that it was marked ("a 100-mm scale")."""
        return next((scale[5] for scale in draft.view.q.scales if scale[5]), "")

    def _near_qualifier(self, draft: Draft, mention: Mention, places: set[str | None]) -> str | None:
        """The place named beside the value: "leg 3.1", "on coughing 4.6", "for stair pain"."""
        for other in draft.view.mentions:
            if other.key is None or other.qualifier is None or other is mention:
                continue
            same = self.document.profile.measures[other.key].construct == self.document.profile.measures[mention.key or ""].construct
            if same and len([m for m in draft.view.mentions if m.qualifier]) == 1:
                return other.qualifier
        return None

    def _differences(self) -> None:
        """Name the two groups of a difference, and its direction where only a size is printed."""
        for drafts in self.by_view:
            levels = [d for d in drafts if d.record["stat"] in ("level", "change") and d.cell.arm is not None]
            for draft in drafts:
                if draft.record["stat"] == "between_diff" and not self._is_change(draft, drafts):
                    self._difference(draft, levels)

    def _is_change(self, draft: Draft, drafts: list[Draft]) -> bool:
        """ "from 6.1 to 4.4 (difference 1.7)": the difference of two times of one group is a change."""
        if len(draft.view.arms) > 1:
            return False
        own = [d for d in drafts if d.record["stat"] == "level" and d.cell.mention.same(draft.cell.mention)]
        base = [d for d in own if self._is_base(d)]
        later = [d for d in own if not self._is_base(d)]
        if len(base) != 1 or len(later) != 1:
            return False
        one, two = (d.record["mean"] if d.record["mean"] is not None else d.record["median"] for d in (base[0], later[0]))
        record = draft.record
        name = "mean" if record["mean"] is not None else "median"
        if abs(abs(two - one) - abs(record[name])) > 0.1 * max(1.0, abs(two - one)):
            return False
        record["stat"] = "change"
        if record[name] > 0 > two - one and not draft.cell.value.sign:
            record[name] = -record[name]
            low, high = record["ci_low"], record["ci_high"]
            if low is not None and low >= 0:
                record["ci_low"], record["ci_high"] = -high, -low
                places = draft.places
                places["ci_low"], places["ci_high"] = places["ci_high"], places["ci_low"]
        if draft.cell.time is None or self._is_base(draft):
            record["timepoint_label"], record["timepoint_days"] = (
                later[0].record["timepoint_label"], later[0].record["timepoint_days"],
            )  # fmt: skip
        return True

    def _difference(self, draft: Draft, levels: list[Draft]) -> None:
        view, record = draft.view, draft.record
        names: list[str] = []
        favoured = None
        for arm in view.arms:
            if arm.name not in names:
                names.append(arm.name)
            if arm.slot == "favoured":
                favoured = arm.name
        level_names: list[str] = []
        for level in levels:
            if level.cell.arm is not None and level.cell.arm.name not in level_names:
                level_names.append(level.cell.arm.name)
        if len(level_names) == 2:
            names = level_names
        declared = [arm.name for arm in self.document.declared.arms]
        if len(names) != 2 and len(declared) == 2:
            names = declared
        if favoured and len(names) != 2:
            record["arm"] = f"{favoured} minus comparator"
            draft.cell.arm = None
        elif len(names) == 2:
            first, second = names
            if favoured == second and not draft.cell.value.sign == "":
                first, second = second, first
            pair = self._pair_of(levels, names)
            size = record["mean"] if record["mean"] is not None else record["median"]
            if pair is not None and abs(abs(pair[0] - pair[1]) - abs(size)) <= 0.1 * max(1.0, abs(size)):
                if (pair[0] - pair[1] > 0) != (size > 0):
                    first, second = names[1], names[0]
                else:
                    first, second = names
            elif not draft.cell.value.sign and not draft.cell.run.sign:
                record["reasons"].append("difference_unsigned")
            record["arm"] = f"{first} minus {second}"
        else:
            record["arm"] = "difference between groups"
            record["reasons"].append("difference_order_unknown")
        draft.cell.arm = None

    def _pair_of(self, levels: list[Draft], names: list[str]) -> tuple[float, float] | None:
        out = []
        for name in names:
            mine = [d for d in levels if d.cell.arm is not None and d.cell.arm.name == name]
            if len(mine) != 1:
                return None
            value = mine[0].record["mean"] if mine[0].record["mean"] is not None else mine[0].record["median"]
            out.append(value)
        return out[0], out[1]

    def _arm(self, draft: Draft) -> None:
        arm = draft.cell.arm
        if draft.record["stat"] == "between_diff" or arm is None:
            return
        draft.record["arm"] = arm.arm.shown() if arm.arm is not None else arm.name

    def _count(self, draft: Draft) -> None:
        """n of the measurement, else of the group, else of the cohort."""
        record, cell = draft.record, draft.cell
        if record["stat"] == "between_diff":
            return
        declared = self.document.declared
        count = cell.count
        if count is None and cell.arm is not None and cell.arm.count is not None:
            count = cell.arm.count
        if count is None:
            count = self._count_of_sentence(draft)
        if count is None and cell.arm is not None and cell.arm.arm is not None:
            count = cell.arm.arm.n
        if count is None:
            count = self._count_remembered(draft)
        several = len({d.record["arm"] for d in self.drafts if d.record["stat"] != "between_diff"} | {d.cell.arm.name for d in self.drafts if d.cell.arm is not None and d.record["stat"] != "between_diff"}) > 1
        if count is None and declared.each is not None and (several or len(declared.arms) > 1):
            count = declared.each
        if count is None and declared.cohort is not None and not several:
            count = declared.cohort
            record["reasons"].append("n_cohort")
        if count is not None:
            record["n"] = count.value
            draft.places["n"] = (count.at, count.at + 1)

    def _count_of_sentence(self, draft: Draft) -> Count | None:
        """A count in the same sentence, if it is about the same people."""
        view = draft.view
        same = [
            (d.cell.value.at > draft.cell.value.at, abs(d.cell.value.at - draft.cell.value.at), d.cell.count)
            for d in self.drafts
            if d.view is view and d.cell.count is not None and not d.cell.count.each
            and (d.cell.arm is draft.cell.arm or d.cell.arm is not None and draft.cell.arm is not None and d.cell.arm.name == draft.cell.arm.name)
            and not (d.cell.value.n is not None and d.cell.time is not draft.cell.time and d.cell.run.role == draft.cell.run.role)
        ]  # fmt: skip
        mine = draft.cell.run.values
        if not same and len(mine) > 1 and mine[-1].n is not None and all(v.n is None for v in mine[:-1]):
            return mine[-1].n
        if same:
            return min(same, key=lambda item: item[:2])[2]
        for d in self.drafts:
            if d.view is view and d.cell.arm is not None and draft.cell.arm is not None and d.cell.arm.name == draft.cell.arm.name and d.cell.arm.count is not None:
                return d.cell.arm.count
        each = [c for c in view.q.counts if c.each]
        if each:
            return each[0]
        return None

    def _count_remembered(self, draft: Draft) -> Count | None:
        """The n of the sentence before, when this one goes on about the same people."""
        if "carried_over" not in draft.record["reasons"]:
            return None
        index = next((i for i, drafts in enumerate(self.by_view) if draft in drafts), 0)
        for drafts in reversed(self.by_view[:index]):
            for other in drafts:
                same = draft.cell.arm is None and other.cell.arm is None or (
                    draft.cell.arm is not None and other.cell.arm is not None and draft.cell.arm.name == other.cell.arm.name
                )
                if same and other.record["n"] is not None and "n" in other.places and "n_cohort" not in other.record["reasons"]:
                    at = other.places["n"][0]
                    return Count(int(other.record["n"]), at, at + 1)
            break
        return None

    # -- scales ----------------------------------------------------------------------------------
    def _scale(self, draft: Draft) -> None:
        record, value = draft.record, draft.cell.value
        if value.scale_top is not None:
            top = self.tokens[value.scale_top].value
            record["scale_min"], record["scale_max"] = 0, _whole(top)
            draft.places["scale_max"] = (value.scale_top, value.scale_top + 1)
            return
        printed = self._printed_scale(draft)
        if printed is not None:
            low, high, low_at, high_at = printed
            record["scale_min"], record["scale_max"] = _whole(low), _whole(high)
            if low_at is not None:
                draft.places["scale_min"] = (low_at, low_at + 1)
            draft.places["scale_max"] = (high_at, high_at + 1)
            if high == 100 and record["unit"] is None and self._unit_of_scale(high_at) == "mm":
                record["unit"] = "mm"
        elif record["unit"] == "mm" and record["stat"] != "between_diff":
            record["scale_min"], record["scale_max"] = 0, 100
        elif record["unit"] == "cm" and record["stat"] != "between_diff":
            record["scale_min"], record["scale_max"] = 0, 10

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
                    near = min(mentions, key=lambda m: min(abs(m.first - place), abs(m.last - place)))
                    other = profile.measures[near.key or ""]
                    fits = near.key == draft.key or (construct is not None and other.construct == construct)
                else:
                    fits = construct is not None and len({d.key for d in self.drafts}) == 1
                if fits and (best is None or view is draft.view):
                    best = (low, high, low_at, high_at)
        return best

    def _bounds(self, draft: Draft) -> tuple[tuple[float, float] | None, bool]:
        """The scale for bound checks, and whether it was inferred from the values alone."""
        record = draft.record
        if record["scale_max"] is not None:
            return (float(record["scale_min"] or 0), float(record["scale_max"])), False
        measure = self.document.profile.measures[draft.key]
        if not measure.scales:
            return None, False
        values = [abs(v) for d in self.drafts if d.key == draft.key for v in (d.record["mean"], d.record["median"]) if v is not None]
        top = max(values, default=0.0)
        for low, high in measure.scales:
            if top <= high:
                # The smallest scale that holds every value of the instrument in this text.
                inferred = len(measure.scales) > 1 and (
                    (low, high) != measure.scales[0] or (top < 2.5 and measure.default_scale is None)
                )
                return (low, high), inferred
        return None, False

    # -- deciding what ± is ----------------------------------------------------------------------
    def _resolve(self, drafts: list[Draft]) -> None:
        stated = [d for d in drafts if d.record["dispersion"] == "stated"]
        for draft in drafts:
            spread = draft.undecided
            if spread is None:
                continue
            same = [d for d in stated if d.key == draft.key or spread.kind == "paren"]
            if same and spread.kind == "paren":
                kind = "sd" if same[0].record["sd"] is not None else "se"
                self._decide(draft, kind, "inferred_same_sentence")
                continue
            self._decide_by_numbers(draft, drafts)
        decided = [d for d in drafts if d.record["dispersion"] == "inferred_bounds"]
        for draft in drafts:
            if draft.record["dispersion"] == "assumed" and any(
                d.key == draft.key and d.record["stat"] == draft.record["stat"] for d in decided
            ):
                draft.record["dispersion"] = "inferred_same_sentence"
                draft.record["reasons"].remove("dispersion_assumed")
                draft.record["alternatives"].clear()

    def _decide(self, draft: Draft, kind: str, how: str) -> None:
        assert draft.undecided is not None
        self._put(draft, kind, draft.undecided, 0)
        draft.record["dispersion"] = how
        if how in ("inferred_p", "inferred_same_sentence"):
            draft.record["reasons"].append("dispersion_inferred" if how == "inferred_p" else "spread_of_the_sentence")
        elif how == "assumed":
            draft.record["reasons"].append("dispersion_assumed")
            other = "se" if kind == "sd" else "sd"
            draft.record["alternatives"].append({"field": other, "value": draft.undecided.values[0]})

    def _decide_by_numbers(self, draft: Draft, drafts: list[Draft]) -> None:
        record = draft.record
        assert draft.undecided is not None
        x = draft.undecided.values[0]
        centre = record["mean"] if record["mean"] is not None else record["median"]
        bounds, inferred = self._bounds(draft)
        n = record["n"]
        if bounds is not None and n is not None and record["stat"] in ("level", "change"):
            low, high = bounds if record["stat"] == "level" else (bounds[0] - bounds[1], bounds[1] - bounds[0])
            if cannot_be_se(x, centre, low, high, n):
                self._decide(draft, "sd", "inferred_bounds")
                if inferred:
                    record["reasons"].append("scale_inferred")
                return
        reading = self._by_p(draft, drafts)
        if reading is not None:
            self._decide(draft, reading, "inferred_p")
            return
        decided = [d for d in drafts if d.record["dispersion"] in ("stated", "inferred_bounds") and d.key == draft.key and d is not draft]
        if decided and record["stat"] == decided[0].record["stat"]:
            kind = "sd" if decided[0].record["sd"] is not None else "se"
            self._decide(draft, kind, "inferred_same_sentence")
            return
        if bounds is None and n is None and record["scale_max"] is None:
            self._put(draft, "pm", draft.undecided, 0)
            record["dispersion"] = "ambiguous"
            record["reasons"].append("dispersion_ambiguous")
            record["alternatives"].extend(({"field": "sd", "value": x}, {"field": "se", "value": x}))
            return
        self._decide(draft, "sd", "assumed")

    def _by_p(self, draft: Draft, drafts: list[Draft]) -> str | None:
        """The reading whose t reproduces a printed p of two groups, if only one does."""
        p = draft.p
        if p is None or p.op != "=" or p.value is None or p.zero:
            return None
        for other in drafts:
            if other is draft or other.p is not p or other.cell.arm is None or draft.cell.arm is None:
                continue
            if other.cell.arm.name == draft.cell.arm.name or other.record["n"] is None or draft.record["n"] is None:
                continue
            spread = other.undecided
            if spread is None or draft.undecided is None or other.record["mean"] is None or draft.record["mean"] is None:
                continue
            means = (draft.record["mean"], other.record["mean"])
            spreads = (draft.undecided.values[0], spread.values[0])
            ns = (draft.record["n"], other.record["n"])
            text = self.tokens[draft.cell.value.at].word
            halves = (half_unit(text), half_unit(self.tokens[draft.undecided.at[0]].word))
            fits = []
            slack = half_unit(self.tokens[p.first].word)
            for name, se in (("sd", False), ("se", True)):
                low, high = p_range(means, spreads, ns, halves, se)
                if not math.isnan(low) and low - slack <= p.value <= high + slack:
                    fits.append(name)
            exact = [
                name for name, se in (("sd", False), ("se", True))
                if abs(two_sample_p(*means, *spreads, *ns, se) - p.value) <= slack + 0.2 * p.value
            ]  # fmt: skip
            if len(fits) == 1:
                return fits[0]
            if len(exact) == 1:
                return exact[0]
        return None

    # -- checks ----------------------------------------------------------------------------------
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
        elif time is not None and record["timepoint_days"] is None and time.kind in ("final", "other", "post", "followup"):
            record["reasons"].append("timepoint_unresolved")
        bounds, _ = self._bounds(draft)
        record["flags"].extend(checks.check_record(record, bounds, self._surfaces(draft)))
        self._grim(draft, bounds)
        self._p_check(draft)
        words = {self._word(k) for k in range(draft.view.a, draft.cell.value.first)}
        least = "least" in words and "squares" in words or "ls" in words
        if words & _MODEL or least or "estimated" in words and "marginal" in words:
            record["flags"].append("model_based")
        noun = draft.cell.count.noun if draft.cell.count is not None else ""
        if noun in ("knees", "hips", "eyes", "hands", "limbs", "shoulders", "feet"):
            record["flags"].append(f"n_unit:{noun}")
        if self.tokens[draft.cell.value.at].flag == "word":
            record["reasons"].append("word_number")
        if record["dispersion"] is None and record["ci_low"] is None and record["q1"] is None and record["min"] is None:
            record["reasons"].append("no_spread")
        record["reasons"] = sorted(set(record["reasons"]))
        record["flags"] = sorted(set(record["flags"]))
        record["spans"] = self._spans(draft)
        record["confidence"] = confidence(record)
        for name in ("mean", "median", "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high"):
            if record[name] is not None:
                record[name] = _whole(record[name])
        return record

    def _surfaces(self, draft: Draft) -> dict[str, str]:
        return {name: self.tokens[a].word for name, (a, _) in draft.places.items()}

    def _grim(self, draft: Draft, bounds: tuple[float, float] | None) -> None:
        record = draft.record
        whole = any(self._word(k) in ("whole", "integer", "integers") for k in range(draft.view.a, draft.view.b))
        measure = self.document.profile.measures[draft.key]
        if record["mean"] is None or record["n"] is None or record["stat"] != "level":
            return
        single = bounds is not None and bounds[1] <= 11 and measure.default_scale is not None
        if not (whole or single) or "n_cohort" in record["reasons"]:
            return
        text = self.tokens[draft.cell.value.at].word
        if checks.grim_fails(text.lstrip("+-"), record["n"]):
            record["flags"].append("grim_inconsistent")

    def _p_check(self, draft: Draft) -> None:
        """Two groups at one time with stated SDs whose printed p cannot come from them."""
        record, p = draft.record, draft.p
        if p is None or p.value is None or p.op not in "<=>" or record["stat"] != "level" or record["n"] is None:
            return
        for other in self.drafts:
            if other is draft or other.p is not p or other.record["n"] is None or other.record["timepoint_label"] != record["timepoint_label"]:
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
                (record["mean"], other.record["mean"]), (one, two), (record["n"], other.record["n"]), texts, p.op, p.value
            ):
                record["flags"].append("p_inconsistent")
            return

    def _spans(self, draft: Draft) -> dict[str, list[Any]]:
        spans: dict[str, list[Any]] = {}
        order = ("n", "mean", "median", "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high", "ci_level", "p", "scale_min", "scale_max", "timepoint")
        for name in order:
            if name in draft.places:
                first, last = draft.places[name]
                spans[name] = self.document.source.span(self.tokens[first].start, self.tokens[last - 1].end)
        return spans

    def _overlap(self) -> None:
        words = [token.word for token in self.tokens if token.kind == "w"]
        text = " ".join(words)
        if any(cue in text for cue in ("previously reported", "previously published", "same patients", "extension of our", "same cohort", "earlier report", "this extension", "were part of our", "earlier cohort")):
            self.document.queue.add("overlapping_cohort")
            for draft in self.drafts:
                draft.record["flags"].append("overlapping_cohort")

    def _conflicts(self, records: list[dict[str, Any]]) -> None:
        """Two values for one cell of the table: at least one is misread."""
        seen: dict[tuple[Any, ...], dict[str, Any]] = {}
        for record in records:
            key = (record["measure"], record["arm"], record["stat"], record["timepoint_label"])
            if key in seen:
                for one in (record, seen[key]):
                    if "values_conflict" not in one["reasons"]:
                        one["reasons"] = sorted([*one["reasons"], "values_conflict"])
                        one["confidence"] = confidence(one)
            seen.setdefault(key, record)
        units = {(r["measure"].partition(":")[0], r["unit"]) for r in records if r["unit"] in ("mm", "cm")}
        if len({unit for _, unit in units}) > 1:
            self.document.queue.add("mixed_units")


def _whole(value: float) -> float | int:
    """3.0 as 3: JSON numbers are equal either way, and the printed text is in the span."""
    return int(value) if float(value).is_integer() else value


