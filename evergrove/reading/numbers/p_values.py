"""Which records a printed p belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.drafts import Draft
from evergrove.reading.kinds.pair_differences import cells_of_asides, centre_as_beside
from evergrove.reading.numbers.draft_spreads import DraftMaker
from evergrove.reading.numbers.p_of_others import of_clause_before
from evergrove.reading.numbers.p_of_relations import MAYBE_RELATED, p_of_relation
from evergrove.reading.numbers.quantities import P
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import GROUP, word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View


class PGiver(DraftMaker):
    """Gives each printed p to the records that it tests."""

    def _give_p(self, view: View, drafts: list[Draft]) -> None:
        if not drafts:
            return
        places: list[tuple[int, P]] = [(p.start, p) for p in view.q.ps]
        places += [
            (d.cell.value.p.start, d.cell.value.p) for d in drafts if d.cell.value.p is not None
        ]
        places.sort(key=lambda item: item[0])
        listed = self._give_lists(view, [p for _, p in places], drafts) if len(places) > 1 else ()
        related = not view.words.isdisjoint(MAYBE_RELATED)
        first = drafts[0].cell.value.at
        for start, p in places:
            if p.op == "?" or p.scope or start in listed:
                continue
            before = [d for d in drafts if d.cell.value.at < start]
            last = before[-1].cell.value.at if before else None
            if related and p_of_relation(self.tokens, view.a, last, start, first):
                continue
            if not before and self._of_numbers_ahead(start, drafts[0]):
                continue
            again = any(at > first for at, _ in places)
            if not before and of_clause_before(self.tokens, view, start, first, again):
                continue
            group = self._p_group(before, start) if before else self._p_first(drafts)
            if inside := self._of_own_bracket(start, drafts):
                group = inside
            elif before and len(before) > len(group):
                group = [*group, *self._others_of_both(before, group, start)]
            if dated := view.times_of_p.get(start):
                group = self._at_times(before, {time.label for time in dated})
            elif start in view.times_of_p and before and self._is_base(before[-1]):
                # "3.1 at 3 months, 7.4 before (p < 0.01 VERSUS BASELINE)": of what came later
                later = [d for d in before if d.key == before[-1].key and not self._is_base(d)]
                group = later or group
            for draft in group:
                if draft.p is None:
                    draft.p = p

    def _give_lists(self, view: View, places: list[P], drafts: list[Draft]) -> set[int]:
        """ "3.1 at 1 week, 2.4 at 1 month (P = 0.04, 0.01)": give the p of a list in turn.

        To as many visits, groups or values as there are of them; where no such number fits, to
        none. Returns the starts of what was in a list.
        """
        listed: set[int] = set()
        for run in _runs_of(self.tokens, places):
            if any(p.start in view.times_of_p for p in run):
                continue
            listed |= {p.start for p in run}
            before = [d for d in drafts if d.cell.value.at < run[0].start and d.p is None]
            later = [d for d in before if not self._is_base(d)]
            kinds = [d for d in later if d.record["stat"] == later[-1].record["stat"]]
            alike = [d for d in kinds if d.key == kinds[-1].key]
            for told in (alike, kinds):
                rows = _rows_of(told, len(run))
                if rows:
                    for p, row in zip(run, rows, strict=True):
                        for draft in row:
                            draft.p = p
                    break
        return listed

    def _add_asides(self, view: View, drafts: list[Draft]) -> None:
        """Put the differences that were set apart from a sentence among its drafts."""
        if not view.asides:
            return
        for cell, aside, pair in cells_of_asides(self.document, view, list(drafts)):
            draft = self._draft(aside, cell)
            draft.pair = pair
            centre_as_beside(self.tokens, draft)
            self._give_p(aside, [draft])
            drafts.insert(sum(one.at < aside.place for one in drafts), draft)

    def _of_own_bracket(self, start: int, drafts: list[Draft]) -> list[Draft]:
        """ "at 3 months (P = 0.003; 3.1 vs 4.3)": the scores that a p stands ahead of."""
        if self._word(start - 1) not in ("(", "["):
            return []
        depth, stop = 1, start
        while depth and stop < len(self.tokens):
            word = self._word(stop)
            depth += (word in ("(", "[")) - (word in (")", "]"))
            stop += 1
        return [d for d in drafts if start < d.cell.value.at < stop]

    def _at_times(self, before: list[Draft], labels: set[str]) -> list[Draft]:
        """ "(p < 0.01 AT 6 WEEKS, ...)": the scores of that time, of the last measure."""
        last = before[-1:]
        return [d for d in before if d.record["timepoint_label"] in labels and d.key == last[0].key]

    def _of_numbers_ahead(self, start: int, first: Draft) -> bool:
        """ "activity (110% with wax, 22% with clay; P = 0.003) and pain (31 ...": of no score.

        Other numbers stand ahead of the p in its own bracket, and the scores behind that bracket.
        """
        k = open_bracket(self.tokens, first.view.a, start)
        if k is None or not any(self.tokens[m].kind == "n" for m in range(k, start)):
            return False
        return any(self._word(m) in (")", "]") for m in range(start, first.cell.value.at))

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
        if last.record["stat"] == "percent_change" and len(before) > 1:
            one = before[-2]  # "by 2.1 points (30%) with wax (p = 0.01)": of both
            same = one.cell.arm is last.cell.arm and one.cell.time is last.cell.time
            if same and one.record["stat"] == "change" and one.key == last.key:
                return [one, last]
        group = [d for d in before if d.cell.run is run]
        for draft in reversed(before[: -len(group)] if group else before):
            if draft.p is not None or draft.record["stat"] != last.record["stat"]:
                break
            if not self._of_one_measure(draft, last) or (draft.key != last.key and len(group) > 1):
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

    def _of_one_measure(self, draft: Draft, last: Draft) -> bool:
        """Whether two values are of the same measure, or the second names the scale of the first.

        "PAIN was 3 with wax and 5 with clay ON THE NRS (p = 0.02)": one measure by two names.
        """
        one, two = draft.cell.mention, last.cell.mention
        if draft.key == last.key:
            return one is two or one.same(two)
        scale = self.document.profile.measures.get(last.key)
        places = {one.qualifier, two.qualifier} - {None}
        return scale is not None and scale.construct == draft.key and len(places) < 2

    def _others_of_both(self, before: list[Draft], group: list[Draft], start: int) -> list[Draft]:
        """ "NRS went from 5 to 3 and ODI from 41 to 29 (BOTH P < 0.01)": also of the first."""
        ahead = self._word(start - 1)
        if self._word(start + 3) == "for":
            ahead = self._word(start + 4)  # "p < 0.001 FOR BOTH"
        if ahead not in ("both", "all") or self._word(start + 5) in GROUP:
            return []
        others = [
            d
            for d in before
            if d not in group
            and d.p is None
            and d.record["stat"] == group[0].record["stat"]
            and not self._is_base(d)
        ]
        series = {(d.key, d.record["arm"]) for d in (*group, *others)}
        if ahead == "both" and len(series) != 2:
            return []
        return others

    def _for_all(self, start: int) -> bool:
        """ "p < 0.001 for all", "all p < 0.001"."""
        near = [self._word(k) for k in range(start - 2, start)] + [
            self._word(k) for k in range(start + 3, start + 7)
        ]
        return bool({"all", "each", "both"} & set(near))


_BETWEEN = word_set(", ; and p = < > ≤ ≥")


def _runs_of(tokens: list[Token], places: list[P]) -> list[list[P]]:
    """The lists of p values with nothing between them but commas and signs: "P = 0.04, 0.01"."""
    runs: list[list[P]] = []
    for p in places:
        gap = tokens[runs[-1][-1].last : p.first] if runs else []
        if runs and len(gap) < 6 and all(t.word in _BETWEEN for t in gap):
            runs[-1].append(p)
        else:
            runs.append([p])
    return [run for run in runs if len(run) > 1]


def _rows_of(drafts: list[Draft], n: int) -> list[list[Draft]]:
    """Drafts as the n rows that n p values test: each by itself, by visits or by groups.

    Empty where they are not n of anything, or n of both.
    """
    if len(drafts) == n:
        return [[draft] for draft in drafts]
    found = []
    for name in ("timepoint_label", "arm"):
        rows: dict[object, list[Draft]] = {}
        for draft in drafts:
            rows.setdefault(draft.record[name], []).append(draft)
        if len(rows) == n:
            found.append(list(rows.values()))
    return found[0] if len(found) == 1 else []
