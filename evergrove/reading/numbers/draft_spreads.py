"""The centre of a draft, mean or median, and its printed spreads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evergrove.reading.declarations import Convention, fitting, spread_kind
from evergrove.reading.drafts import Draft, StatAndTime
from evergrove.reading.numbers.average_items import head_of_average
from evergrove.reading.numbers.pairs_alike import pairs_of_all
from evergrove.reading.numbers.pairs_before import note_pair, pair_before
from evergrove.reading.numbers.quantities import Spread
from evergrove.reading.numbers.spread import pair_kind, too_wide
from evergrove.reading.numbers.two_centres import centre_behind, centre_in_pair
from evergrove.reading.records.candidates import empty_record
from evergrove.reading.text.small_words import TURNS
from evergrove.reading.text.tokens import close_bracket, is_measure, open_bracket
from evergrove.reading.text.words import MEDIANS, STATE, word_set
from evergrove.reading.times.length_of_follow_up import middle_of_length
from evergrove.reading.vectors import Cell

if TYPE_CHECKING:
    from evergrove.reading.view import View

_OF_TIME_WORDS = word_set("of follow follow-up", "")
_MEAN = word_set("mean means average averages averaged averaging")
_CENTRES = MEDIANS | _MEAN
_IN_BRACKET = 20  # tokens back to where a bracket may open


class DraftMaker(StatAndTime):
    """Turns linked cells into drafts."""

    def _draft(self, view: View, cell: Cell) -> Draft:
        record = empty_record()
        draft = Draft(cell, view, record, tokens=self.tokens)
        record["reasons"] = [reason for reason in cell.reasons if reason]
        self._stat(draft)
        self._time(draft)
        self._centre(draft)
        self._spreads(draft)
        return draft

    def _centre(self, draft: Draft) -> None:
        """Mean or median: the nearest word before, then the spread's kind, then the convention."""
        record, view = draft.record, draft.view
        value = draft.cell.value
        kinds = {spread.kind for spread in value.spreads}
        tokens = self.tokens
        found = centre_in_pair(tokens, view.a, draft.cell.run, value)
        named = found is None and not view.words.isdisjoint(_CENTRES)
        for k in range(value.first - 1, view.a - 1, -1) if named else ():
            word = tokens[k].word
            if word in _CENTRES:
                if any(v.median and v.first < k < v.median for v in view.q.values):
                    continue  # "3.1 (median 2.5) with gel and 3.4": the bracket has its own word
                if value.median and word in MEDIANS and self._word(k - 1) in ("(", "["):
                    continue  # "mean (median) pain was 5.2 (5)"
                if self._of_time(k, view) or self._of_another(k, draft):
                    continue
                if self._told_in_bracket(k, view, value.first):
                    continue
                if middle_of_length(self.tokens, view.times, k):
                    continue
                before = self._word(head_of_average(self.tokens, view.a, k))
                if before in MEDIANS or before in _MEAN:
                    word = before  # "median average NRS": the average is the item
                found = "median" if word in MEDIANS else "mean"
                break
        if found is None and self._word(value.last) in MEDIANS:
            found = "median"
        if found is None and kinds & {"iqr", "iqr_width"}:
            found = "median"
        if (
            found == "mean"
            and kinds & {"iqr"}
            and not any(self._word(k) in _MEAN for k in range(draft.cell.run.lead, value.first))
        ):
            found = "median"
        fronted = not kinds and self._word(view.a) in ("compared", "against", "versus")
        if found is None and (kinds & {"range", "pair"} or fronted):
            # "Compared with entry (7 (6-8)), the MEDIAN NRS was lower": told once, behind it
            # but not that of another thing, "and to fewer calls (MEDIAN 1 vs 3)"
            other = {m.first for m in view.mentions if m.key is None}
            stop = min((k for k in other if k >= value.last), default=view.b)
            ahead = {self._word(k) for k in range(value.last, stop)}
            if record["stat"] == "level" and ahead & MEDIANS and not ahead & _MEAN:
                found = "median"
        if found is None and (kinds & {"range", "pair"} or self._told_as_before(draft, kinds)):
            # "Median VAS was 78 (range 45-100). Twelve hours later it was 31 (range 5-72)"
            before = next((d for d in reversed(self.drafts) if d.key == draft.key), None)
            if before is not None and before.record["median"] is not None:
                found = "median"
        if (
            found is None
            and kinds & {"pair"}
            and record["stat"] == "level"
            and self._at_bound(draft)
        ):
            found = "median"
        told = self._convention(draft) if found is None and "pm" in kinds else None
        if told is not None and told.centre == "median" and self._with_sign(told):
            found = "median"  # "data are median ± IQR"
        if found is None and kinds & {"sd", "se", "pm"}:
            found = "mean"
        if found is None and "median" in view.words:
            found = centre_behind(self.tokens, value.last, view.b)
        if found is None:
            convention = self._convention(draft)
            found = (
                convention.centre
                if convention is not None and convention.centre and not kinds & {"ci"}
                else "mean"
            )
            if convention is not None and convention.spread == "iqr" and kinds & {"pair"}:
                found = "median"
            if draft.key in self.document.lengths and (convention is None or not convention.centre):
                # "longer TIME TO PROGRESSION (8.3 v 3.2 months)": what such times are told by
                found = "median"
                record["reasons"].append("centre_assumed")
        at = value.median
        if at is not None:
            found = "mean"
            sign = -1 if record["_number"] < 0 else 1
            record["median"], draft.places["median"] = sign * self.tokens[at].value, (at, at + 1)
        record[found] = record.pop("_number")
        draft.places[found] = draft.places.pop("centre")

    def _told_in_bracket(self, k: int, view: View, stop: int) -> bool:
        """ "VAS (MEDIAN follow-up 14 months) was 3.1": of a number in its bracket, no score.

        Not "(MEDIAN SCORES at baseline and 3 months): VAS 50, 45", which heads the scores.
        """
        if self._word(k + 1) in ("scores", "values"):
            return False
        opened = open_bracket(self.tokens, max(view.a, k - _IN_BRACKET), k)
        closed = None if opened is None else close_bracket(self.tokens, opened, stop)
        inside = [] if closed is None else self.tokens[k:closed]
        if closed is None or not any(t.kind == "n" for t in inside) or any(map(is_measure, inside)):
            return False
        return all(v.at in view.q.rejected for v in view.q.values if k < v.at < closed)

    def _told_as_before(self, draft: Draft, kinds: set[str]) -> bool:
        """ "Median pain was 8 and 7. Later it was 3 and 5": a score with nothing beside it."""
        return (
            not kinds
            and draft.record["stat"] == "level"
            and (
                "carried_over" in draft.record["reasons"]
                or not any(mention.key for mention in draft.view.mentions)
            )
            and self._convention(draft) is None
        )

    def _at_bound(self, draft: Draft) -> bool:
        """ "2 (2, 3) and 1 (0, 1)": no mean of different numbers is the least or the greatest."""
        for value in draft.cell.run.values:
            for spread in value.spreads:
                low, high = min(spread.values), max(spread.values)
                if spread.kind == "pair" and low < high and value.value in (low, high):
                    return True
        return False

    def _of_another(self, k: int, draft: Draft) -> bool:
        """ "Median age was 51 years; ODI was 40": the median of what an earlier clause is about.

        So too "the median NRS AND MEAN DOSE were 6 and 31 mg": each name has its own word.
        """
        view, stop = draft.view, draft.cell.value.first
        if self._word(k - 1) == "and" and self._own_word(k, draft):
            return True
        named = next((m for m in view.mentions if m.first >= k), None)
        if named is None or named.key is not None or named.first > k + 3:
            return False
        if self._word(k + 1) == "of":
            return False
        return any(self._word(m) == ";" for m in range(k + 1, stop)) or self._next_clause(k, draft)

    def _next_clause(self, k: int, draft: Draft) -> bool:
        """ "MEDIAN stay was 3 days, and VAS fell from 7 to 3": a clause with a verb has ended."""
        ours = draft.cell.mention.first if draft.cell.mention is not None else 0
        said = False
        for m in range(k + 1, min(ours, draft.cell.value.first)):
            if said and self._word(m) in TURNS and ours - m <= 4:
                return any(self.tokens[x].kind == "n" for x in range(k, m))
            said = said or self._word(m) in STATE
        return False

    def _own_word(self, k: int, draft: Draft) -> bool:
        """Whether another measure stands behind "mean" at k, and ours with its word before it."""
        ours = draft.cell.mention.key if draft.cell.mention is not None else None
        mentions = draft.view.mentions
        behind = next((m for m in mentions if m.first > k), None)
        before = next((m for m in reversed(mentions) if m.first < k), None)
        if behind is None or behind.key == ours or behind.first > k + 3:
            return False
        if before is None or before.key != ours:
            return False
        words = {self._word(m) for m in range(before.first - 3, before.first)}
        return bool(words & (MEDIANS | _MEAN))

    def _of_time(self, k: int, view: View) -> bool:
        """Whether "mean" at k belongs to a length of time ("at a mean of 9 months")."""
        return (
            any(
                0 < time.first - k <= 3
                and time.number is not None
                and self._word(k + 1) in _OF_TIME_WORDS
                for time in view.times
            )
            and any(self._word(m) in ("of",) for m in (k + 1, k + 2, k + 3, k + 4))
            and not any(
                k < v.first < time.first
                for time in view.times
                for v in view.q.values
                if 0 < time.first - k <= 3
            )
        )

    def _convention(self, draft: Draft) -> Any:
        """The declaration that holds for a value: of its sentence, else of the document."""
        own = draft.view.convention
        if (
            own is not None
            and not own.document
            and (own.where < draft.cell.value.first or _told_behind(own, draft.view))
        ):
            return own
        conventions = self.document.declared.conventions
        if not conventions:
            return None
        for convention in conventions:
            if convention.document:
                return fitting(convention, {s.kind for s in draft.cell.value.spreads})
        told = [
            convention
            for convention in conventions
            if convention.where < draft.cell.value.first and convention.spread in ("sd", "se")
        ]
        if len({convention.spread for convention in told}) > 1:
            return self._of_like_values(draft)
        if told:
            return told[0]
        inline = [c for c in conventions if c.inline]
        if not inline and own is not None and own.where > draft.cell.value.at:
            # "2.1 (1.0) and 3.6 (1.2); values are mean (SD)": told behind the values.
            return own
        return inline[-1] if inline else None

    def _of_like_values(self, draft: Draft) -> Any:
        """ "The mean (±SD) NRS at entry was 7±2. The mean (±SE) CHANGE was -3±0.2 ...; that of the
        ODI was -9±0.8": where both have been told, that of the last values of the same kind.
        """
        kind = draft.record["stat"]
        for other in reversed(self.drafts):
            own = other.view.convention
            if own is None or own.spread not in ("sd", "se"):
                continue
            if own.where > other.cell.value.first and not _told_behind(own, other.view):
                continue
            if other.view is not draft.view and other.record["stat"] == kind:
                return own
        return None

    def _spreads(self, draft: Draft) -> None:
        convention = self._convention(draft)
        for spread in draft.cell.value.spreads:
            if spread.kind in ("sd", "se"):
                self._put(draft, spread.kind, spread, 0)
                draft.record["dispersion"] = (
                    "stated" if spread.stated else draft.record["dispersion"]
                )
                draft.record["reasons"].append("stated_spread")
                self.last_spread[draft.key] = spread.kind
            elif spread.kind in ("pm", "paren"):
                kind = (
                    convention.spread
                    if convention is not None and convention.spread in ("sd", "se")
                    else None
                )
                declared = convention.spread if convention is not None else None
                if spread.kind == "pm" and convention is not None:
                    declared = declared if self._with_sign(convention) else None
                if kind is not None:
                    draft.declared = convention
                    self._put(draft, kind, spread, 0)
                    draft.record["dispersion"] = "stated"
                    draft.record["reasons"].append("declared_spread")
                elif declared == "iqr":
                    self._put(draft, "iqr_width", spread, 0)
                    if spread.kind == "pm":
                        draft.record["reasons"].append("iqr_width_only")
                elif declared == "other" or (declared == "ci" and spread.kind == "pm"):
                    draft.record["reasons"].append("dispersion_ambiguous")  # "mean ± 95% CI"
                elif spread.kind == "paren" and self._of_median(draft):
                    # "a median of 5 (2)": a width, a deviation, or what else; nobody says
                    self._put(draft, "pm", spread, 0)
                    draft.record["dispersion"] = "ambiguous"
                    draft.record["reasons"].append("dispersion_ambiguous")
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
                note_pair(self.last_spread, draft, spread)
            elif spread.kind == "pair" and convention is not None and convention.spread == "other":
                draft.record["flags"].append("interval_unlabelled")  # "median (10th-90th centile)"
            elif spread.kind == "pair":
                self._unlabelled(draft, spread, convention)

    def _with_sign(self, convention: Convention) -> bool:
        """ "mean ± 95% CI", "median ± IQR": whether a declaration is of what stands behind a ±."""
        return any(self._word(k) == "±" for k in range(convention.where, convention.where + 5))

    def _of_median(self, draft: Draft) -> bool:
        return draft.record["median"] is not None and draft.record["mean"] is None

    def _unlabelled(self, draft: Draft, spread: Spread, convention: Any) -> None:
        record = draft.record
        declared = (
            convention.spread
            if convention is not None and convention.spread in ("ci", "iqr", "range")
            else None
        )
        before = pair_before(self.last_spread, draft, declared)
        level = convention.level if declared == "ci" else None
        flagged = declared is None
        if before is not None:
            declared, _, text = before.partition(":")
            level = int(text) if text else None
            flagged = False
        if record["stat"] == "between_diff" and declared != "ci" and self._interval_named(draft):
            declared, level, flagged = "ci", None, False
        centre = record["mean"] if record["mean"] is not None else record["median"]
        low, high = sorted(spread.values)
        beside = [s.values[0] for s in draft.cell.value.spreads if s.kind in ("sd", "pm", "paren")]
        kind = pair_kind(
            centre, low, high, declared, record["stat"] != "level",
            record["median"] is not None and record["mean"] is None,
            beside[0] if beside else None,
        )  # fmt: skip
        self._put_pair(draft, kind, spread)
        if level is not None and kind == "ci":
            record["ci_level"] = level
        if flagged:
            record["flags"].append("interval_unlabelled")

    def _no_intervals(self) -> None:
        """What the pairs of other scores tell of an unlabelled pair, and how wide it is."""
        pairs_of_all(self.drafts)
        for draft in self.drafts:
            self._no_interval(draft)

    def _no_interval(self, draft: Draft) -> None:
        """An unlabelled pair that is too wide for an interval of so many people is a range."""
        record = draft.record
        low, high, n = record["ci_low"], record["ci_high"], record["n"]
        if "interval_unlabelled" not in record["flags"] or None in (low, high, n):
            return
        if record["stat"] == "level" and record["min"] is None and too_wide(low, high, n):
            self._as_range(draft)

    def _as_range(self, draft: Draft) -> None:
        record = draft.record
        for old, new in (("ci_low", "min"), ("ci_high", "max")):
            record[new], record[old] = record[old], None
            draft.places[new] = draft.places.pop(old)

    def _one_kind(self, drafts: list[Draft]) -> None:
        """ "38 [23-53] vs 20 [7-32] at 2 h, 30 [18-51] vs ...": a sentence has one kind of pair.

        An unlabelled pair that is not symmetric is no interval, and then none beside it is.
        """
        mine = [
            d for d in drafts
            if "interval_unlabelled" in d.record["flags"] and d.record["stat"] == "level"
        ]  # fmt: skip
        if any(d.record["min"] is not None for d in mine):
            for draft in mine:
                if draft.record["ci_low"] is not None and draft.record["min"] is None:
                    self._as_range(draft)

    def _interval_named(self, draft: Draft) -> bool:
        """ "median (95% CI) difference 0.4 (0.1-0.6)", beside values with their quartiles."""
        first = draft.cell.value.first
        places = range(max(draft.view.a, first - 6), first)
        return any(spread_kind(self.document.tokens, k) == "ci" for k in places)

    def _put(self, draft: Draft, field_name: str, spread: Spread, which: int) -> None:
        draft.record[field_name] = spread.values[which]
        draft.places[field_name] = (spread.at[which], spread.at[which] + 1)

    def _put_pair(self, draft: Draft, kind: str, spread: Spread) -> None:
        names = {"iqr": ("q1", "q3"), "range": ("min", "max"), "ci": ("ci_low", "ci_high")}[kind]
        record = draft.record
        values, places = list(spread.values), list(spread.at)
        centre = record["mean"] if record["mean"] is not None else record["median"]
        turned = centre is not None and centre < 0 and draft.cell.value.value > 0
        if (kind == "ci" and turned and all(v >= 0 for v in values)) or (
            kind == "ci"
            and turned
            and min(values) <= abs(centre or 0) <= max(values)
            and not max(values) <= 0
        ):
            # The sign came from a word ("fell by 5, CI 3.5 to 6.6"): the limits turn with it.
            values = [-v for v in values]
        elif kind == "ci" and _without_sign(centre, values) and record["stat"] != "level":
            # "a change of -31 (95% CI 24-38)": the limits are printed without their sign.
            values = [-v for v in values]
            record["reasons"].append("sign_conflict")
        elif kind != "ci" and turned and min(values) <= abs(centre or 0) <= max(values):
            values = [-v for v in values]  # "fell by a median of 2.4 (IQR 1.8 to 3.0)"
            values.reverse()
            places.reverse()
        # "range -3.1 to -13.9", "+2.00 to -4.62": told from the end that is nearer to nothing
        downwards = kind == "ci" or (kind == "range" and values[1] < 0)
        if values[0] > values[1] and downwards:
            values.reverse()
            places.reverse()
        for name, value, place in zip(names, values, places, strict=True):
            record[name] = value + 0.0
            draft.places[name] = (place, place + 1)


def _without_sign(centre: float | None, limits: list[float]) -> bool:
    """Whether positive limits hold a negative centre once they are turned."""
    return centre is not None and centre < 0 < min(limits) <= -centre <= max(limits)


def _told_behind(own: Any, view: View) -> bool:
    """ "4.3 ± 0.1 vs 4.2 ± 0.1 (wax vs clay, MEAN ± SEM)": of all values of the sentence."""
    told = own.spread in ("sd", "se") and not own.document
    return told and all(value.first < own.where for value in view.q.values)
