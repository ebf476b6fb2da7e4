"""Which measurements enter each synthesis: the protocol, applied. Pure, and without NumPy.

Every measurement of effects.csv is either in a synthesis or among its `dropped` with one reason,
and no cohort (the people called `cohort` in one report) is in a synthesis twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evergrove import report_status, wording
from evergrove.errors import EvergroveError

Row = Mapping[str, str]
Protocol = Mapping[str, Any]

# What a sensitivity analysis may change of the primary synthesis.
CHANGES = ("leave_out", "drop_flags", "admit_flags", "add_statistics", "min_n")


@dataclass(frozen=True)
class Criteria:
    """What a measurement must be to enter one synthesis."""

    min_days: int | None
    max_days: int | None
    nearest_days: int | None
    unstated_time: bool
    statistics: tuple[str, ...]
    min_n: int
    exclude_flags: tuple[str, ...]
    pool_unverified: bool
    largest_study: bool = False
    column: str | None = None
    level: str | None = None


@dataclass(frozen=True)
class Selection:
    """One synthesis before pooling: its rows in the order of effects.csv, and what was left out."""

    id: str
    kind: str
    label: str
    description: str
    rows: list[Row]
    dropped: list[dict[str, str]]
    warnings: list[str] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """The measurements in it."""
        return {row["measurement_id"] for row in self.rows}


def synthesis_ids(protocol: Protocol) -> list[str]:
    """The ids of all syntheses in order: primary, windows, sensitivity, flags, subgroup levels."""
    return [name for name, *_ in _plan(protocol)]


def figure_ids(protocol: Protocol) -> list[str]:
    """The ids of all figures: the syntheses but for subgroup levels, then subgroup analyses."""
    single = [name for name, kind, *_ in _plan(protocol) if kind != "subgroup"]
    return single + [group["id"] for group in protocol["syntheses"].get("subgroups") or []]


def select(effects: Sequence[Row], protocol: Protocol) -> list[Selection]:
    """One `Selection` per synthesis of the protocol, in the order of `synthesis_ids`.

    `effects` are the rows of effects.csv. Raises EvergroveError for a key of a sensitivity
    analysis that is not known, and for a number that is none.
    """
    labels = row_labels(effects)
    largest = _largest_study(_apply(effects, _primary(protocol), labels, None)[0])
    out = []
    for name, kind, label, description, criteria in _plan(protocol):
        rows, dropped = _apply(effects, criteria, labels, largest)
        warnings = _undeclared(effects, protocol, criteria) if kind == "subgroup" else []
        if criteria.largest_study and largest is None:
            warnings.append("There is no largest study, because the primary synthesis is empty.")
        if criteria.largest_study and largest is not None and largest[2]:
            warnings.append(
                f"{largest[2]} more {'study is' if largest[2] == 1 else 'studies are'} as large "
                f"as {largest[0]}; the first by name was left out."
            )
        out.append(Selection(name, kind, label, description, rows, dropped, warnings))
    return out


def all_times(effects: Sequence[Row], protocol: Protocol) -> Selection:
    """Every measurement of every cohort at a stated time that meets the other primary criteria.

    Of several summaries at one time that which the protocol names first is taken. Rows of one
    cohort share people: only a model of dependent effects may pool them.
    """
    primary = replace(
        _primary(protocol), min_days=None, max_days=None, nearest_days=None, unstated_time=False
    )
    rows, dropped = _apply(effects, primary, row_labels(effects), None, each_time=True)
    return Selection(
        "all-times",
        "all_times",
        "All times",
        "Every measurement of each cohort at a stated time.",
        rows,
        dropped,
    )


def row_labels(effects: Iterable[Row]) -> dict[str, str]:
    """What a figure prints for each measurement: "Kortman 2013", with the cohort if there are more.

    The report's short name is read as author, year and suffix. A cohort's name loses a remark in
    brackets at its end where it stays unique without.
    """
    effects = list(effects)
    cohorts: dict[str, list[str]] = defaultdict(list)
    for row in effects:
        if row["cohort"] not in cohorts[row["report"]] and row["use"] == "pool":
            cohorts[row["report"]].append(row["cohort"])
    labels = {}
    for row in effects:
        label = report_label(row["report"])
        among = cohorts[row["report"]]
        if len(among) > 1 or row["cohort"] not in among:
            short = [_without_remark(name) for name in dict.fromkeys([*among, row["cohort"]])]
            own = _without_remark(row["cohort"])
            label += f", {own if short.count(own) == 1 else _words(row['cohort'])}"
        labels[row["measurement_id"]] = report_status.marked(label, flags_of(row))
    return labels


def report_label(report: str) -> str:
    """ "kortman2013" as "Kortman 2013", "yangxb2019b" as "Yangxb 2019b", else as it stands."""
    found = re.fullmatch(r"([^\W\d]+?)_?((?:18|19|20)\d\d)_?([^\W\d_]*)", report)
    if not found:
        return _words(report[:1].upper() + report[1:])
    author, year, suffix = found.groups()
    gap = " " if len(suffix) > 1 else ""
    return f"{_words(author[:1].upper() + author[1:])} {year}{gap}{suffix}"


def report_year(report: str) -> int | None:
    """The year in a report's short name, or None."""
    found = re.search(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", report)
    return int(found[0]) if found else None


def _words(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def _without_remark(cohort: str) -> str:
    return _words(re.sub(r"\s*\([^()]*\)\s*$", "", cohort)) or _words(cohort)


def _plan(protocol: Protocol) -> list[tuple[str, str, str, str, Criteria]]:
    """(id, kind, label, description, criteria) of every synthesis, in order."""
    parts = protocol["syntheses"]
    primary = _primary(protocol)
    plan = [("primary", "primary", parts["primary"]["label"], _describe(primary), primary)]
    for window in parts.get("windows") or []:
        criteria = replace(
            primary,
            min_days=window.get("min_days"),
            max_days=window.get("max_days"),
            nearest_days=window.get("nearest_days"),
            unstated_time=False,
        )
        plan.append((window["id"], "window", window["label"], _describe(criteria), criteria))
    for item in parts.get("sensitivity") or []:
        criteria, text = _changed(primary, item)
        plan.append((item["id"], "sensitivity", item["label"], text, criteria))
    for flag in parts.get("without_each_flag") or []:
        meaning = (protocol.get("flags") or {}).get(flag)
        criteria = replace(primary, exclude_flags=(*primary.exclude_flags, flag))
        name = f"without-{flag.replace('_', '-')}"
        plan.append(
            (name, "sensitivity", f"Without “{_words(flag)}”", str(meaning or ""), criteria)
        )
    for group in parts.get("subgroups") or []:
        for level in group["levels"]:
            criteria = replace(primary, column=group["column"], level=level)
            label = _words(level[:1].upper() + level[1:])
            plan.append((f"{group['id']}-{level}", "subgroup", label, group["label"], criteria))
    return plan


def _primary(protocol: Protocol) -> Criteria:
    part = protocol["syntheses"]["primary"]
    window = part.get("window") or {}
    return Criteria(
        min_days=window.get("min_days"),
        max_days=window.get("max_days"),
        nearest_days=window.get("nearest_days"),
        unstated_time=part.get("unstated_time") == "admit",
        statistics=tuple(part["statistics"]),
        min_n=part.get("min_n") or 1,
        exclude_flags=report_status.excluded_flags(part),
        pool_unverified=bool(protocol.get("pool_unverified")),
    )


def _changed(primary: Criteria, item: Mapping[str, Any]) -> tuple[Criteria, str]:
    """The criteria of one sensitivity analysis, and in words what differs from the primary one."""
    criteria, said = primary, []
    for key, value in item.items():
        if key in ("id", "label") or not value:
            continue
        if key not in CHANGES or (key == "leave_out" and value != "largest_study"):
            raise EvergroveError(
                "not known as a sensitivity analysis",
                file="protocol.yaml",
                place=f"syntheses.sensitivity, {item['id']}",
                value=f"{key}: {value}",
                remedy=f"Known: {', '.join(CHANGES)}; leave_out: largest_study.",
            )
        if key == "leave_out":
            criteria = replace(criteria, largest_study=True)
            said.append("without all cohorts of the study with most people")
        elif key == "drop_flags":
            criteria = replace(criteria, exclude_flags=(*criteria.exclude_flags, *value))
            said.append(f"without {_quoted(value)}")
        elif key == "admit_flags":
            left = tuple(flag for flag in criteria.exclude_flags if flag not in value)
            criteria = replace(criteria, exclude_flags=left)
            said.append(f"with {_quoted(value)}")
        elif key == "add_statistics":
            both = dict.fromkeys([*criteria.statistics, *value])
            criteria = replace(criteria, statistics=tuple(both))
            said.append(f"with {wording.listed([_words(name) for name in value])}")
        else:
            criteria = replace(criteria, min_n=value)
            said.append(f"cohorts of {wording.counted(value, 'person', 'people')} or more")
    return criteria, f"As the primary synthesis, but {'; '.join(said)}." if said else ""


def _quoted(flags: Iterable[str]) -> str:
    return wording.listed([f"“{_words(flag)}”" for flag in flags])


def _describe(criteria: Criteria) -> str:
    window = wording.days_between(criteria.min_days, criteria.max_days)
    nearest = (
        f"the measurement nearest to day {criteria.nearest_days}"
        if criteria.nearest_days is not None
        else "the first measurement"
    )
    unstated = "admitted" if criteria.unstated_time else "left out"
    return f"For each cohort {nearest}, {window}; times not stated are {unstated}."


def _apply(
    effects: Sequence[Row],
    criteria: Criteria,
    labels: Mapping[str, str],
    largest: tuple[str, int, int] | None,
    *,
    each_time: bool = False,
) -> tuple[list[Row], list[dict[str, str]]]:
    """The rows that enter, and every other row with its reason, both in the order of `effects`.

    One row a cohort enters, or with `each_time` one a cohort and time.
    """
    reasons: dict[int, str] = {}
    cohorts: dict[tuple[str, str, float | None], list[int]] = defaultdict(list)
    for i, row in enumerate(effects):
        reason = _reason(row, criteria, largest)
        if reason is None:
            time = number(row, "timepoint_days") if each_time else None
            cohorts[row["report"], row["cohort"], time].append(i)
        else:
            reasons[i] = reason
    for members in cohorts.values():
        best = min(members, key=lambda i: (_preference(effects[i], criteria), i))
        for i in members:
            if i != best:
                reasons[i] = _beaten(effects[i], effects[best], criteria)
    rows = [row for i, row in enumerate(effects) if i not in reasons]
    dropped = [
        {
            "measurement_id": effects[i]["measurement_id"],
            "label": labels[effects[i]["measurement_id"]],
            "reason": reasons[i],
        }
        for i in sorted(reasons)
    ]
    return rows, dropped


def _reason(row: Row, criteria: Criteria, largest: tuple[str, int, int] | None) -> str | None:
    """Why this row cannot enter, or None. The most lasting reason comes first."""
    if row["use"] != "pool":
        return row.get("use_reason") or "kept out of every synthesis in studies.csv"
    if row["status"] != "verified" and not criteria.pool_unverified:
        return "not verified by a person yet"
    if not row["yi"] or not row["vi"]:
        return row["reason"] or "no effect size"
    flags = flags_of(row)
    for flag in criteria.exclude_flags:
        if flag in flags and flag == report_status.RETRACTED:
            return "the report has been retracted"
        if flag in flags:
            return f"flagged “{_words(flag)}”"
    if row["statistic"] not in criteria.statistics:
        allowed = wording.listed([_words(name) for name in criteria.statistics], "or")
        return f"its summary is {_words(row['statistic'])}, not {allowed}"
    n = number(row, "n")
    if n is None and criteria.min_n > 1:
        return f"the number of people is not stated; at least {criteria.min_n} are needed"
    if n is not None and n < criteria.min_n:
        people = wording.counted(int(n), "person", "people")
        return f"{people}; at least {criteria.min_n} are needed"
    days = number(row, "timepoint_days")
    if days is None:
        if not criteria.unstated_time:
            return "its time is not stated"
    elif (criteria.min_days is not None and days < criteria.min_days) or (
        criteria.max_days is not None and days > criteria.max_days
    ):
        window = wording.days_between(criteria.min_days, criteria.max_days)
        return f"day {wording.plain(days)} is outside the window ({window})"
    if criteria.largest_study and largest is not None and row["study"] == largest[0]:
        return f"belongs to the largest study ({largest[0]}, {largest[1]} people)"
    if criteria.column is not None:
        value = row.get(criteria.column)
        if not value:
            return f"has no {_words(criteria.column)}"
        if value != criteria.level:
            return f"its {_words(criteria.column)} is {_words(value)}"
    return None


def flags_of(row: Row) -> list[str]:
    """The flags of a row of effects.csv, which are joined by "; "."""
    return [flag.strip() for flag in (row["flags"] or "").split(";") if flag.strip()]


def _preference(row: Row, criteria: Criteria) -> tuple[bool, float, float, int]:
    """The smallest wins: a stated time, the nearest, the earlier, the summary named first."""
    days = number(row, "timepoint_days")
    rank = criteria.statistics.index(row["statistic"])
    if days is None:
        return True, 0.0, 0.0, rank
    aim = criteria.nearest_days
    return False, abs(days - aim) if aim is not None else 0.0, days, rank


def _beaten(row: Row, best: Row, criteria: Criteria) -> str:
    mine, other = _preference(row, criteria), _preference(best, criteria)
    what = best["measurement_id"]
    if mine[0] != other[0]:
        return f"its time is not stated; {what} is used for this cohort"
    if mine[1] != other[1]:
        return f"farther from day {criteria.nearest_days} than {what}, which is used"
    if mine[2] != other[2]:
        return f"as near to day {criteria.nearest_days} as the earlier {what}, which is used"
    return f"the same cohort and time as {what}, which is used"


def _largest_study(rows: Iterable[Row]) -> tuple[str, int, int] | None:
    """The study with most people in these rows: its name, how many, and how many others tie."""
    people: dict[str, float] = defaultdict(float)
    for row in rows:
        people[row["study"]] += number(row, "n") or 0
    if not people:
        return None
    most = max(people.values())
    names = sorted(name for name, n in people.items() if n == most)
    return names[0], int(most), len(names) - 1


def _undeclared(effects: Sequence[Row], protocol: Protocol, criteria: Criteria) -> list[str]:
    """A warning for values of the subgroup column that the protocol does not name as levels."""
    levels = {
        level
        for group in protocol["syntheses"]["subgroups"]
        if group["column"] == criteria.column
        for level in group["levels"]
    }
    if effects and criteria.column not in effects[0]:
        raise EvergroveError(
            f'there is no column "{criteria.column}" to make subgroups from',
            file="protocol.yaml",
            place="syntheses.subgroups",
            remedy=f"Columns of effects.csv: {', '.join(effects[0])}.",
        )
    values = {row[criteria.column] for row in effects if row["use"] == "pool"}
    other = sorted(value for value in values if value and value not in levels)
    if not other:
        return []
    names = wording.listed([f"“{_words(value)}”" for value in other])
    return [f"In no subgroup, because the protocol does not name them as levels: {names}."]


def number(row: Row, column: str) -> float | None:
    """A cell of effects.csv as a number, None if it is empty; anything else is an error."""
    text = (row[column] or "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise EvergroveError(
            "not a number",
            file="effects.csv",
            place=f"{row['measurement_id']}, {column}",
            value=text,
        ) from None
