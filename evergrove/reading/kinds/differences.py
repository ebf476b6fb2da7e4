"""Measures, groups and differences between groups, once all sentences are read."""

from __future__ import annotations

import re
from functools import cached_property

from evergrove.reading.arms.arms import Arm
from evergrove.reading.drafts import Draft
from evergrove.reading.kinds.difference_clauses import BETTER_NOUNS, clause_of_groups, had_better
from evergrove.reading.kinds.difference_order import (
    pair_at_bracket,
    pair_behind,
    told_order,
    told_way,
)
from evergrove.reading.kinds.group_differences import between_pair, told_minus
from evergrove.reading.kinds.own_comparisons import own_pair, pair_ahead, pairs_lead
from evergrove.reading.kinds.pair_differences import centre_of, fits
from evergrove.reading.measures.marked_scales import marks_another
from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.other_clauses import befell
from evergrove.reading.numbers.p_values import PGiver
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.vectors import alike
from evergrove.reading.view import View

_ITEMS = frozenset(("worst", "least"))
_AVERAGE = frozenset(("average", "usual", "typical", "overall", "general"))
_RATED = frozenset(("score", "scores", "scale", "rating", "ratings", "rated", "questionnaire"))
_FAVOUR = ("favour", "favor")
# What the name of a group may begin with: "(MEAN DIFFERENCE heat vs ice -1.3)"
_FAVOUR_OF = re.compile(r"^(?:favou?r of (the )?|(?:mean |median )?difference (?:for |of |in )?)")
_FAVOURING = frozenset(("favouring", "favoring", "favoured", "favored", "favours", "favors"))


def _name(draft: Draft) -> str:
    return draft.cell.arm.name if draft.cell.arm is not None else ""


def _of_groups(draft: Draft) -> bool:
    """Whether a difference that was set apart is that of the scores of two groups at its time."""
    if len({_name(d) for d in draft.pair}) < 2:
        return False
    return fits(abs(draft.cell.value.value), [centre_of(d) for d in draft.pair])


_UNNAMED = "difference between groups"  # where no two of them are told


class Differences(PGiver):
    """Names measures and groups; settles the direction of differences."""

    def _measures(self) -> None:
        """A construct takes over the one instrument that the abstract names for it."""
        for draft in self.drafts:
            self._measure(draft)
        for draft in self.drafts:
            for one in draft.pair[:1]:
                draft.key, draft.record["measure"] = one.key, one.record["measure"]

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """Instruments that the text names, by construct."""
        profile = self.document.profile
        named: dict[str, set[str]] = {}
        for view in self.document.views:
            for mention in view.mentions:
                if mention.key is not None and mention.instrument:
                    if marks_another(self.tokens, view, mention):
                        continue
                    construct = profile.measures[mention.key].construct
                    if construct is not None:
                        named.setdefault(construct, set()).add(mention.key)
        return named

    def _measure(self, draft: Draft) -> None:
        profile, named = self.document.profile, self._named
        mention = draft.cell.mention
        assert mention is not None
        measure = profile.measures[key := mention.key or ""]
        if (
            measure.change_of
            and draft.record["stat"] == "change"
            and draft.cell.value.sign != "+"
            and (
                draft.cell.run.cue in {self._word(k) for k in range(mention.first, mention.last)}
                or self._told_with(draft, mention)
            )
            and not self._rates(mention)
        ):
            key = measure.change_of
            measure = profile.measures[key]
        if not measure.instrument:
            units = profile.unit_instrument.get(key, {})
            own = "" if draft.record["unit"] == "%" else draft.record["unit"]
            unit = own or self._unit_beside(draft) or self._line_unit(draft)
            if unit in units:
                key = units[unit]
            elif len(named.get(key, ())) == 1:
                key = next(iter(named[key]))
        draft.key = key
        qualifier = mention.qualifier or self._near_qualifier(draft, mention)
        draft.record["measure"] = f"{key}:{qualifier}" if qualifier else key

    def _rates(self, mention: Mention) -> bool:
        """Whether the text has a scale for what is named here: "pain relief was rated 0 to 4"."""
        return any(
            getattr(token.mark, "key", "") == mention.key
            and {self._word(k) for k in range(token.mark.first, token.mark.last + 3)} & _RATED
            for token in self.tokens
            if token.mark is not None
        )

    def _unit_beside(self, draft: Draft) -> str:
        """The unit printed once for several values: "from 61.3 to 33.5 mm"."""
        same = [d for d in draft.siblings if d.cell.mention is draft.cell.mention]
        unit = next((d.record["unit"] for d in same if d.record["unit"] in ("mm", "cm")), "")
        if unit and draft.record["stat"] != "percent_change":
            draft.record["unit"] = unit
        return unit

    def _line_unit(self, draft: Draft) -> str:
        """The unit of the line on which the sentence says that it was marked ("a 100-mm scale")."""
        return next((scale[5] for scale in draft.view.q.scales if scale[5]), "")

    def _near_qualifier(self, draft: Draft, mention: Mention) -> str | None:
        """The place named beside the value: "leg 3.1", "on coughing 4.6", "for stair pain"."""
        known = self.document.profile.measures
        for other in draft.view.mentions:
            if other.key is None or other.qualifier is None or other is mention:
                continue
            if (
                not other.instrument
                and other.last < mention.first
                and befell(self.tokens, other.first)
            ):
                continue  # "two HAD LEG PAIN, and the mean VAS was 3": not that of the leg
            own = bool({self._word(k) for k in range(mention.first - 1, mention.last)} & _AVERAGE)
            # "mean NRS was 2.1 and MAXIMUM NRS 3.4": an item of its own, named behind the first.
            own = own or (other.qualifier in _ITEMS and other.first > mention.last)
            # "HOOS PAIN was 61 and HOOS 66": the first is a part of the second
            own = own or other.qualifier in known[other.key].parts
            if own and any(d.cell.mention is other for d in draft.siblings):
                # "worst pain fell to 5.1 and average pain to 3.4": the other has values of its own.
                continue
            one, two = known[other.key].construct, known[mention.key or ""].construct
            # "ODI was 21 and SF-12 PCS 46": two instruments of no common construct
            same = other.key == mention.key or (one is not None and one == two)
            if same and len([m for m in draft.view.mentions if m.qualifier]) == 1:
                return other.qualifier
        return None

    def _differences(self) -> None:
        """Name the two groups of a difference, and its direction where only a size is printed."""
        for drafts in self.by_view:
            levels = [
                d
                for d in drafts
                if d.record["stat"] in ("level", "change") and d.cell.arm is not None
            ]
            for draft in drafts:
                if draft.record["stat"] == "between_diff" and not self._is_change(draft, drafts):
                    self._difference(draft, levels)

    def _is_change(self, draft: Draft, drafts: list[Draft]) -> bool:
        """ "from 6.1 to 4.4 (difference 1.7)": a difference of two times is a change."""
        near = draft.pair[0] if draft.pair else None
        if near is None and len(draft.view.arms) > 1:
            return False
        own = [
            d
            for d in drafts
            if d.record["stat"] == "level"
            and d.cell.mention.same(draft.cell.mention)
            and (near is None or alike(d.cell.arm, near.cell.arm) or d.cell.arm is near.cell.arm)
        ]
        base = [d for d in own if self._is_base(d)]
        later = [d for d in own if not self._is_base(d)]
        if near is not None and len(draft.pair) < 2 and near in later:
            later = [near]
        elif near is not None and _of_groups(draft):
            return False
        elif near is not None and near in later:
            later, base = [near], [d for d in base if d.at < near.at][-1:]
        if len(base) != 1 or len(later) != 1:
            return False
        one, two = (
            d.record["mean"] if d.record["mean"] is not None else d.record["median"]
            for d in (base[0], later[0])
        )
        record = draft.record
        name = "mean" if record["mean"] is not None else "median"
        if abs(abs(two - one) - abs(record[name])) > 0.1 * max(1.0, abs(two - one)):
            return False
        record["stat"] = "change"
        draft.cell.arm = near.cell.arm if near is not None else draft.cell.arm
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
        if name := self._against_control(draft):
            record["arm"] = name
            draft.cell.arm = None
            if draft.cell.run.cue in DIFFERENCE and not (
                draft.cell.value.sign or draft.cell.run.sign
            ):
                record["reasons"].append("difference_unsigned")
            return
        if self._unnamed_control(draft):
            record["arm"], draft.cell.arm = _UNNAMED, None
            record["reasons"].append("difference_order_unknown")
            return
        if view.host is not None:
            view, levels = view.host, sorted(draft.pair, key=lambda d: d.at)
        elif self._told_minus(draft, levels):
            return
        value = draft.cell.value
        of_three = pair_ahead(self.tokens, value, view.arms) if view is draft.view else []
        of_three = of_three or pair_at_bracket(self.tokens, view.arms, value.first)
        others = [d.cell.value for d in draft.siblings if d.record["stat"] == "between_diff"]
        others = [v for v in others if v is not draft.cell.value and draft.view.host is None]
        led = others and pairs_lead(self.tokens, view.a, [draft.cell.value, *others], view.arms)
        if others and not of_three and not led:
            of_three = pair_behind(
                self.tokens,
                view.arms,
                draft.cell.value.last,
                [value.first for value in others],
                view.b,
            )
        if (
            others
            and not of_three
            and (
                pair_told := own_pair(
                    self.tokens, view.a, view.b, draft.cell.value, others, view.arms
                )
            )
        ):
            shown = [self._shown(arm) for arm in pair_told]
            record["arm"] = " minus ".join(shown) if shown[0] != shown[1] else _UNNAMED
            if not draft.cell.value.sign and not draft.cell.run.sign:
                record["reasons"].append("difference_unsigned")
            draft.cell.arm = None
            return
        names: list[str] = []
        favoured, called = None, set[str]()
        for arm in of_three or self._compared(draft):
            told_name = _FAVOUR_OF.sub("", arm.name)
            if told_name not in names:
                names.append(told_name)
            if self._liked(arm) or self._favours(arm):
                favoured = told_name
                called = {arm.name, arm.arm.name if arm.arm else arm.name}
        level_names: list[str] = []
        for level in levels:
            if level.cell.arm is not None and level.cell.arm.name not in level_names:
                level_names.append(level.cell.arm.name)
        if len(level_names) == 2:
            names = level_names
        declared = [arm.name for arm in self.document.declared.arms]
        apart = draft.cell.run.compared > 0
        elsewhere = len(names) != 2  # the sentence does not name the two
        if elsewhere and len(declared) == 2 and not apart:
            names = declared
        if len(names) != 2 and not apart:
            # The two groups whose own values the abstract gave before.
            told: list[str] = []
            for other in self.drafts:
                if (
                    other.order < draft.order
                    and other.cell.arm is not None
                    and other.cell.arm.name not in told
                ):
                    told.append(other.cell.arm.name)
            names = told if len(told) == 2 else names
        if len(names) != 2 and not apart:
            pair = between_pair(self.document, view)
            names = pair if pair and (not favoured or favoured in pair) else names
        favoured = next((name for name in names if name in called), favoured)
        favoured = favoured or had_better(self.tokens, draft)
        if favoured and len(names) != 2:
            record["arm"] = f"{favoured} minus comparator"
            if self._size_alone(draft):
                record["arm"] = f"comparator minus {favoured}"
            draft.cell.arm = None
        elif len(names) == 2:
            first, second = names
            turned = draft.cell.run.sign and self._set_against(view, first)
            if turned or (favoured == second and draft.cell.value.sign != ""):
                first, second = second, first
            pair = self._pair_of(levels, names) or self._pair_of(self._earlier(draft), names)
            size = record["mean"] if record["mean"] is not None else record["median"]
            if pair is not None and abs(abs(pair[0] - pair[1]) - abs(size)) <= 0.1 * max(
                1.0, abs(size)
            ):
                if (pair[0] - pair[1] > 0) != (size > 0):
                    first, second = names[1], names[0]
                else:
                    first, second = names
            elif favoured in names and self._size_alone(draft):
                first, second = [name for name in names if name != favoured] + [favoured]
            elif favoured in names and self._size_alone(draft, "higher"):
                first, second = [favoured] + [name for name in names if name != favoured]
            elif not favoured and (order := self._in_order(draft, names, bool(of_three))):
                first, second = order
            elif not draft.cell.value.sign and not draft.cell.run.sign:
                record["reasons"].append("difference_unsigned")
            elif len(level_names) != 2 and self._set_against(view, first):
                first, second = second, first
            elif elsewhere and not favoured:
                record["reasons"].append("arm_order_assumed")  # as the methods list them
            record["arm"] = f"{first} minus {second}"
        else:
            record["arm"] = _UNNAMED
            record["reasons"].append("difference_order_unknown")
        draft.cell.arm = None

    def _in_order(self, draft: Draft, names: list[str], of_three: bool) -> tuple[str, str] | None:
        """ "1.2 points lower with WAX": wax minus the other; None where the words do not tell."""
        view, record, value = draft.view.host or draft.view, draft.record, draft.cell.value
        order = told_order(self.tokens, view.a, view.b, view.arms, names)
        order = (names[0], names[1]) if of_three else order
        if order is None or (draft.cell.run.sign and not value.sign):
            return order
        measure = self.document.profile.measures[draft.key]
        better, at = measure.better(draft.part), draft.view.place or value.first
        first, last = clause_of_groups(self.tokens, view, at)
        way = told_way(self.tokens, first, last, better)
        if not way and not value.sign:  # "lower with wax than with clay (9), BUT NOT WITH BRAN (4)"
            way = told_way(self.tokens, view.a, last, better)
        if not way:
            return order if value.sign else None
        size = record["mean"] if record["mean"] is not None else record["median"]
        return order if (size < 0) == (way == "-") else order[::-1]

    def _told_minus(self, draft: Draft, levels: list[Draft]) -> bool:
        """ "wax MINUS clay, -9": the order as told; doubted where the two scores gainsay it."""
        name = told_minus(self.document, draft.view, draft.cell.value.first)
        if not name:
            return False
        record, names = draft.record, name.split(" minus ")
        pair = self._pair_of(levels, names) or self._pair_of(self._earlier(draft), names)
        size = record["mean"] if record["mean"] is not None else record["median"]
        if pair is not None and (pair[0] - pair[1]) * size < 0:
            record["reasons"].append("difference_order_unknown")
        record["arm"], draft.cell.arm = name, None
        return True

    def _liked(self, arm: Arm) -> bool:
        """ "in favour of WAX over clay": the first of both, and not what it is better than."""
        k = (arm.np_first or arm.first) - 1
        k -= self._word(k) in ("the", "a")
        return arm.slot == "favoured" and self._word(k) not in ("over", "versus", "vs", "than")

    def _favours(self, arm: Arm) -> bool:
        """ "in FAVOUR OF wax", "FAVOURING the wax group"."""
        k = (arm.np_first or arm.first) - 1
        k -= self._word(k) == "the"
        own = self._word(arm.np_first or arm.first)  # "in (FAVOUR OF WAX)": part of the phrase
        of = self._word(k) == "of" and self._word(k - 1) in _FAVOUR
        return of or own in _FAVOUR or self._word(k) in _FAVOURING

    def _size_alone(self, draft: Draft, better: str = "lower") -> bool:
        """ "a difference of 2.6 favouring wax": without a sign, on a scale where less is better."""
        measure = self.document.profile.measures[draft.key]
        bare = not draft.cell.value.sign and draft.cell.run.sign in ("", "better")
        return bare and measure.better(draft.part) == better and centre_of(draft) > 0

    def _against_control(self, draft: Draft) -> str:
        """ "The change VERSUS PLACEBO was -0.4 WITH WAX": wax minus placebo; "" if not so told."""
        control, arms = draft.cell.run.control, draft.view.arms
        if not control:
            return ""
        behind, opened = draft.cell.value.last, draft.cell.run.first - 1
        own = [arm for arm in arms if not arm.first <= control < arm.last]
        mine = next((arm for arm in own if arm.last == opened), None)
        if mine is None or self._word(opened) not in ("(", "["):
            # else "differences compared with placebo were seen for WAX (16, 95% CI 5 to 27)"
            mine = next((arm for arm in own if behind <= arm.first <= behind + 2), None)
        if mine is None:
            names = [arm.shown() for arm in self.document.declared.arms]
            others = [name for name in names if name.lower() != self._word(control)]
            # "the PLACEBO-adjusted change": of the one other group
            alone = len(names) == 2 and len(others) == 1 and draft.cell.run.cue not in BETTER_NOUNS
            return f"{others[0]} minus {self._word(control)}" if alone else ""
        other = next((arm for arm in arms if arm.first <= control < arm.last), None)
        second = self._shown(other) if other is not None else self._word(control)
        return f"{self._shown(mine)} minus {second}"

    def _unnamed_control(self, draft: Draft) -> bool:
        """ "In rowers with sore hands, balm gave 1.4 less than PLACEBO": no groups are told."""
        control, told = draft.cell.run.control, len(self.document.declared.arms)
        named = any(arm.first <= control < arm.last for arm in draft.view.arms)
        return control > 0 and told != 2 and not named

    def _shown(self, arm: Arm) -> str:
        return arm.arm.shown() if arm.arm is not None else arm.name

    def _compared(self, draft: Draft) -> list[Arm]:
        """The groups of a difference; of one group compared with two others, that one and its own.

        "Gel beat ice (difference 9, 2 to 16) but not compared with heat (4, -3 to 11)"
        """
        run, arms = draft.cell.run, draft.view.arms
        if not run.compared:
            return arms
        ahead = [arm for arm in arms if arm.first < run.first]
        if run.compared == 1:
            return ahead
        told = [d.cell.run.last for d in draft.siblings if d.cell.run.compared == 1]
        own = [arm for arm in ahead if told and arm.first >= max(told)]
        return [ahead[0], own[-1]] if own else []

    def _set_against(self, view: View, name: str) -> bool:
        """ "Against wax, clay gave ... (MD -0.4)": what the sentence begins with is subtracted."""
        first = next((arm.np_first or arm.first for arm in view.arms if arm.name == name), None)
        if first is None or first > view.a + 6:
            return False
        k = first - 1
        k -= self._word(k) in ("the", "a")
        lead = {self._word(k), self._word(first)}
        compared = self._word(k) in ("with", "to") and self._word(k - 1) in (
            "compared",
            "relative",
            "comparison",
        )
        return compared or bool(lead & {"against", "unlike"})

    def _earlier(self, draft: Draft) -> list[Draft]:
        """The levels of the sentence before, of the measure that a difference is about."""
        before = self.by_view[max(0, draft.sentence - 1) : draft.sentence]
        return [
            d
            for drafts in before
            for d in drafts
            if d.key == draft.key and d.record["stat"] == "level" and not self._is_base(d)
        ]

    def _pair_of(self, levels: list[Draft], names: list[str]) -> tuple[float, float] | None:
        out = []
        for name in names:
            mine = [d for d in levels if d.cell.arm is not None and d.cell.arm.name == name]
            if len(mine) != 1:
                return None
            value = (
                mine[0].record["mean"]
                if mine[0].record["mean"] is not None
                else mine[0].record["median"]
            )
            out.append(value)
        return out[0], out[1]

    def _arm(self, draft: Draft) -> None:
        arm = draft.cell.arm
        if draft.record["stat"] == "between_diff" or arm is None:
            return
        draft.record["arm"] = arm.arm.shown() if arm.arm is not None else arm.name
