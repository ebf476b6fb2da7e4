"""A record in the making: its stat with the sign, and its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evergrove.reading.kinds.unsigned_changes import falls
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Count, P, Spread
from evergrove.reading.text.stat_words import MORE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BETTER, CHANGE_NOUNS, WORSE
from evergrove.reading.times.final_visits import goes_on, last_visit, names_visit
from evergrove.reading.times.time_parts import Time
from evergrove.reading.times.treatment_length import dates_a_visit, length_of_treatment
from evergrove.reading.vectors import Cell, same_label

if TYPE_CHECKING:
    from evergrove.reading.declarations import Convention
    from evergrove.reading.document import Document
    from evergrove.reading.view import View


@dataclass(slots=True, eq=False)
class Draft:
    """A record in the making, with what it was read from."""

    cell: Cell
    view: View
    record: dict[str, Any]
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    p: P | None = None
    order: int = 0
    undecided: Spread | None = None
    declared: Convention | None = None  # what a ± or a bracket without a name was read by
    key: str = ""
    siblings: list[Draft] = field(default_factory=list)
    sentence: int = 0
    own_n: bool = False
    tokens: list[Token] = field(default_factory=list)
    pair: list[Draft] = field(default_factory=list)  # of a difference set apart: its scores

    @property
    def at(self) -> int:
        """Where in the text it stands, by its token; of a difference set apart: where it stood."""
        return self.view.place if self.view.host is not None else self.cell.value.at

    @property
    def part(self) -> str | None:
        """The part of the instrument, or the place, that was rated."""
        return self.cell.mention.qualifier if self.cell.mention is not None else None


def whole_number(value: float) -> float | int:
    """3.0 as 3: JSON numbers are equal either way, and the printed text is in the span."""
    return int(value) if float(value).is_integer() else value


def _undated_end(draft: Draft) -> bool:
    """Whether a draft is the end of a frame, and nothing but that dates it."""
    time = draft.cell.time
    assumed = time is not None and time.kind == "post" and time.first == 0
    return assumed and time.days is None and draft.cell.run.role == "to"


# The sign of a change for the better or the worse, by the direction that is the better one.
_SIGNS = {
    ("lower", "better"): "-", ("lower", "worse"): "+",
    ("higher", "better"): "+", ("higher", "worse"): "-",
}  # fmt: skip
#: Changes by fewer per cent are points of an outcome that is itself a percentage.
_RELATIVE = 3.0
# "Wax IMPROVED VAS by 1.2 points compared with clay": 1.2 below clay. A benefit has no side.
_TURNED = (BETTER | WORSE | MORE) - {"benefit", "benefits"}


class StatAndTime:
    """Gives drafts their stat, their sign and their time."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.drafts: list[Draft] = []
        self.by_view: list[list[Draft]] = []
        self.doubtful: list[list[Draft]] = []
        self.last_spread: dict[str, str] = {}
        self.told_kinds: dict[tuple[str, str], tuple[str, int]] = {}  # names at numbers
        self.largest: dict[str, float] = {}
        self.groups: set[str] = set()
        self.sizes_apart: dict[str, tuple[Count, bool]] = {}  # told far from the names; if sure
        self.by_elimination: dict[int, Any] = {}
        self.told_sizes: dict[str, Count] = {}  # by the name of the group

    def _word(self, k: int) -> str:
        return self.tokens[k].word if 0 <= k < len(self.tokens) else ""

    def _told_with(self, draft: Draft, mention: Mention) -> bool:
        """ "Pain relief was seen, WITH A MEDIAN IMPROVEMENT of 2.3": of the pain, not of relief."""
        words = [self._word(k) for k in range(mention.last, draft.cell.value.at)]
        cue = draft.cell.run.cue
        return "with" in words and cue in words[words.index("with") + 1 :]

    def _stat(self, draft: Draft) -> None:
        cell, record = draft.cell, draft.record
        run, value = cell.run, cell.value
        stat = run.stat
        mention = cell.mention
        assert mention is not None
        measure = self.document.profile.measures[mention.key or ""]
        if measure.change_of and stat == "change" and self._told_with(draft, mention):
            measure = self.document.profile.measures[measure.change_of]
        better = measure.better(mention.qualifier)
        own = self.document.profile.open and measure.percent and value.percent
        own = own and abs(value.value) < _RELATIVE
        if value.percent and stat == "change" and not own:
            stat = "percent_change"
        number = value.value
        if stat in ("change", "percent_change"):
            sign = run.sign
            if measure.change_of and value.sign == "+":
                sign = ""  # "PAIN RELIEF: +24 mm": a scale of its own
            if sign in ("better", "worse"):
                # "" where nobody knows which direction is the better one
                sign = _SIGNS.get((better, sign), "")
            if value.sign:
                if (
                    sign == "-"
                    and value.sign == "-"
                    and run.cue not in ("change", "changed", "changes")
                ):
                    record["reasons"].append("sign_conflict")
                if sign and value.sign == "+" and sign == "-":
                    record["reasons"].append("sign_conflict")
            elif sign == "-":
                number = -abs(number)
            elif not sign and any(other.sign == "-" for other in run.values):
                pass  # "changed by -2.4 versus 0.3": what has no sign beside one that has rose
            elif not sign:
                if better == "lower" and falls(self.document):
                    number = -abs(number)
                    record["reasons"].append("direction_assumed")
                else:
                    record["reasons"].append("change_unsigned")
        elif (stat == "between_diff" and not value.sign and run.sign in ("-",)) or (
            stat == "between_diff"
            and not value.sign
            and (run.sign, better) in (("better", "lower"), ("worse", "higher"))
            and run.cue in _TURNED
        ):
            number = -abs(number)
        record["stat"] = stat
        draft.places["centre"] = (value.at, value.at + 1)
        record["_number"] = number
        record["measure"] = ""
        if value.unit and value.unit not in ("point",):
            record["unit"] = value.unit
        if value.percent and stat == "level":
            record["unit"] = "%"
        if value.percent and stat == "between_diff" and not measure.percent:
            record["reasons"].append(
                "percent_change"
            )  # "VAS was 30% LOWER with wax than with clay"
        if stat == "percent_change" or (stat == "change" and own):
            # "HbA1c fell by 0.4%": in its own unit, as no such small share would be told
            record["reasons"].append("percent_change")
            record["unit"] = "%"
        draft.key = mention.key or ""

    def _time(self, draft: Draft) -> None:
        time, record = draft.cell.time, draft.record
        follow_up = self.document.declared.follow_up
        primary = self.document.declared.primary
        if time is None and primary is not None and self._same_construct(primary[0], draft.key):
            time = draft.cell.time = primary[1]
            record["reasons"].append("time_assumed")
        schedule = self.document.declared.schedule
        if time is None and record["stat"] in ("level", "change") and len(schedule) == 1:
            # "Pain was registered on postoperative day 1. ... Pain at rest was 1.6": the one time.
            time = draft.cell.time = self._only_later()
            record["reasons"] += ["time_assumed"] if time is not None else []
        if time is None:
            length = self._length_of_treatment() if record["stat"] != "level" else None
            record["timepoint_label"] = None
            if length is not None and record["stat"] != "between_diff":
                # "were given wax FOR 12 WEEKS. VAS fell by 2.1": by the end of that
                record["reasons"] += ["time_assumed", "timepoint_approximate"]
                label = f"after ({length.label})"
                self._put_time(draft, label, length.days, length.number)
            return
        label, days = time.label, time.days
        number = time.number
        if time.kind == "final" and days is None and follow_up is not None:
            label = (
                f"final follow-up (mean {follow_up.label})"
                if "(" not in follow_up.label
                else follow_up.label
            )
            days, number = follow_up.days, follow_up.number
            record["reasons"].append("timepoint_approximate")
        elif (
            time.kind == "final"
            and days is None
            and not any(same_label(time, planned) for planned in schedule)
            and (only := self._only_later()) is not None
            and not goes_on(self.document)
        ):
            # "reassessed 12 weeks later ... at reassessment"
            label, days, number = only.label, only.days, only.number
        elif label in ("end of study", "endpoint") and (whole := self._whole_length()) is not None:
            label, days, number = f"{label} ({whole.label})", whole.days, whole.number
            record["reasons"].append("timepoint_approximate")
        elif time.approximate:
            record["reasons"].append("timepoint_approximate")
        if time.kind == "post" and draft.cell.run.role == "to" and time.first == 0:
            record["reasons"].append("time_assumed")
            length = self._length_of_treatment()
            if length is not None:
                # "were given wax FOR 12 WEEKS. VAS fell from 7.1 to 3.4": when it was over
                label, days, number = f"{label} ({length.label})", length.days, length.number
                record["reasons"].append("timepoint_approximate")
        self._put_time(draft, label, days, number)

    def _put_time(
        self, draft: Draft, label: str | None, days: float | None, number: int | None
    ) -> None:
        record = draft.record
        record["timepoint_label"] = label
        record["timepoint_days"] = (
            None if days is None else (int(days) if float(days).is_integer() else days)
        )
        if number is not None:
            draft.places["timepoint"] = (number, number + 1)

    def _length_of_treatment(self) -> Time | None:
        """The one length of treatment of a text that dates no visit but that at the end of it."""
        views = self.document.views
        length = length_of_treatment(self.tokens, views)
        if length is None:
            return None
        for view in views:
            # "VAS fell from 7 to 3. At WEEK 12 IT WAS 2": a score of that day is another one
            scores = bool(view.q.values) and view.words.isdisjoint(CHANGE_NOUNS)
            for time in view.times:
                at_end = time.days == length.days and not scores
                if not at_end and dates_a_visit(self.tokens, time):
                    return None
        return length

    def _whole_length(self) -> Time | None:
        """The one length of time of the text: "a 13-week trial ... from baseline to endpoint"."""
        lengths = {
            time.days: time
            for view in self.document.views
            for time in view.times
            if time.days and time.days >= 7 and time.label != "age" and not time.approximate
        }
        only = next(iter(lengths.values())) if len(lengths) == 1 else None
        # "a mean follow-up of 24.5 months" is no length that was planned.
        whole = only is not None and only.number is not None
        return only if whole and "." not in self._word(only.number) else None

    def _date_after(self) -> None:
        """ "Scores before and 2 months after the block were kept. Preblock and POSTBLOCK NRS ...".

        "After" and "postX" alone are the one time after baseline that the methods name, unless
        the text also tells a level at that time.
        """
        self._date_final()
        self._date_by_follow_up()
        schedule = self.document.declared.schedule
        only = self._only_later() if len(schedule) == 2 else None
        levels = [d for d in self.drafts if d.record["stat"] == "level" and d.cell.time is not None]
        labels = {d.cell.time.label for d in levels}
        days = {d.cell.time.days for d in levels}
        if only is None or only.label in labels or only.days in days:
            return  # "before, AFTER and at WEEK 12": another visit than "12 weeks later"
        for draft in levels:
            time = draft.cell.time
            if time.kind == "post" and " " not in time.label and time.days is None:
                draft.cell.time = only
                draft.record["reasons"].append("time_assumed")
                self._put_time(draft, only.label, only.days, only.number)

    def _date_by_follow_up(self) -> None:
        """ "The mean FOLLOW-UP WAS 42 MONTHS (range, 25-72). VAS improved FROM 7 TO 3": then.

        Where a text tells no other time after baseline, the end of a frame that has no time of its
        own is the follow-up that is told of everybody.
        """
        follow_up = self.document.declared.follow_up
        open_ends = [draft for draft in self.drafts if _undated_end(draft)]
        if follow_up is None or not open_ends or self.document.declared.schedule:
            return
        if any(d.record.get("timepoint_days") for d in self.drafts):
            return
        for view in self.document.views:
            for time in view.times:
                if time.kind in ("point", "window", "discharge") and time.days != follow_up.days:
                    return
        label = follow_up.label
        label = label if "(" in label else f"final follow-up (mean {label})"
        for draft in open_ends:
            draft.record["reasons"].append("timepoint_approximate")
            self._put_time(draft, label, follow_up.days, follow_up.number)

    def _date_final(self) -> None:
        """ "At the second, fourth and sixth week. ... At the FINAL ASSESSMENT": week 6."""
        final = [
            draft
            for draft in self.drafts
            if draft.record.get("timepoint_days") is None
            and draft.cell.time is not None
            and draft.cell.time.kind == "final"
            and names_visit(self.document, draft.cell.time)
        ]
        last = last_visit(self.document, self.drafts) if final else None
        for draft in final if last is not None else ():
            draft.record["reasons"].append("time_assumed")
            label = f"{draft.record['timepoint_label']} ({last.label})"
            self._put_time(draft, label, last.days, last.number)

    def _only_later(self) -> Time | None:
        """The one time after baseline that the text plans, if there is just one."""
        schedule = self.document.declared.schedule
        planned = [time for time in schedule if time.kind == "point"] or [
            time for time in schedule if time.kind == "immediate" and len(schedule) == 1
        ]
        return planned[0] if len(planned) == 1 else None

    def _same_construct(self, one: str, two: str) -> bool:
        measures = self.document.profile.measures
        return one == two or (
            one in measures
            and two in measures
            and measures[one].construct is not None
            and measures[one].construct == measures[two].construct
        )

    def _is_base(self, draft: Draft) -> bool:
        return draft.cell.time is not None and draft.cell.time.kind == "base"
