"""A matrix of plain sentences about changes within groups and differences between them.

Each frame is put into every context (measure, notation, time, pair of groups); the expected record
follows from the frame's way and the context: nothing is written down twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import lines


@dataclass(frozen=True)
class Context:
    """What a frame is filled with; `sd` and `limits` are shares of the size of a value."""

    measure: str
    key: str
    less_is_better: bool
    scale: float
    when: str
    days: int
    groups: tuple[str, str]
    unit: str = ""
    sd: float | None = None
    limits: tuple[float, float] | None = None


CONTEXTS = [
    Context(
        "VAS score", "pain_vas", True, 1, "at 6 weeks", 42, ("tramadol", "placebo"), " points",
    ),
    Context(
        "Oswestry Disability Index", "odi", True, 10, "after 12 weeks", 84,
        ("yoga", "physiotherapy"), sd=0.5,
    ),
    Context(
        "Lysholm score", "lysholm", False, 10, "at week 6", 42, ("prolotherapy", "saline"),
        limits=(0.75, 1.25),
    ),
    Context(
        "pain intensity", "pain", True, 1, "at the 6-month follow-up", 183,
        ("platelet-rich plasma", "corticosteroid"), " points", limits=(0.8, 1.2),
    ),
]  # fmt: skip

COHORT = "Forty patients with knee pain received prolotherapy. "
TRIAL = "Sixty patients with knee pain were randomised to {A} (n = 31) or {B} (n = 29). "

# What the words of a frame make of the printed size: a fall, a rise, for the better or the worse;
# "signed" frames print the minus themselves. {M} the measure, {X} a size, {N} the same below
# nothing; {S} and {D} so for a difference of {A} minus {B}; {b} and {l} the levels before and then.


def frames(**ways: str) -> list[tuple[str, str]]:
    """(frame, way) of tables of one frame a line."""
    return [(line, way) for way, table in ways.items() for line in lines(table)]


CHANGES = frames(
    rise="""
    {M} increased by {X} {when}.
    {M} was {X} higher than before treatment {when}.
    """,
    better="""
    A mean improvement of {X} in {M} was observed {when}.
    {When}, {M} had improved by {X}.
    A significant improvement in {M} was found {when} (mean improvement {X}).
    {M} improved {when}, a mean gain of {X}.
    Participants experienced an average improvement of {X} in {M} {when}.
    {M} improved by {X} compared with baseline {when}.
    {M} had improved by a mean of {X} {when}.
    {M} improved by {X} over baseline {when}.
    The mean improvement on the {M} {when} was {X}.
    {M} was {X} better {when}.
    {M} improved with {X} {when}.
    The improvement in {M} reached significance {when} ({X}).
    {M} was {X} better than at baseline {when}.
    """,
    fall="""
    {M} showed a mean decrease of {X} {when}.
    Compared with baseline, {M} was {X} lower {when}.
    {M} was {X} lower than at baseline {when}.
    {M} declined by {X} {when} (p < 0.001).
    {When} the {M} was {X} below baseline.
    {M} {when} was {X} below the baseline value.
    {M} went down by {X} {when}.
    A significant mean {M} reduction of {X} was observed {when}.
    {M} demonstrated a mean reduction of {X} {when}.
    Patients lost {X} on the {M} {when}.
    Prolotherapy provided a mean {M} reduction of {X} {when}.
    {M} was {X} less than at baseline {when}.
    There was a mean decrease in {M} from baseline of {X} {when}.
    Patients had a mean fall in {M} compared with baseline of {X} {when}.
    The reduction in {M} was significant {when} ({X}).
    {M} was on average {X} lower than at baseline {when}.
    """,
    signed="""
    {M} improved significantly {when} ({N}).
    {M} was significantly reduced {when} (mean difference {N}).
    Statistically significant improvements were seen in {M} {when} (mean difference {N}).
    The change in {M} {when} averaged {N}.
    {M} changes {when} were {N}.
    {M} decreased {when} with a mean difference of {N}.
    {M} improved {when} (MD {N}).
    {M} remained unchanged {when} (mean change {N}).
    {M} improved {when} (mean change: {N}; p = 0.002).
    {M} improved {when}, with a mean change from baseline of {N}.
    The mean change in {M} {when} stood at {N}.
    {M} (mean change {when}, {N}).
    """,
    worse="""
    The mean worsening in {M} {when} was {X}.
    {M} was {X} worse than at baseline {when}.
    """,
)

LEVELS_AND_CHANGE = frames(
    signed="""
    {M} decreased from {b} at baseline to {l} {when} (mean difference {N}).
    Mean {M} was {b} at baseline and {l} {when} (change {N}).
    {M} decreased from {b} to {l} {when} (Δ = {N}).
    {M} was {b} at baseline and {l} {when} (mean change {N}).
    {M} decreased from {b} at baseline to {l} {when}, for a mean change of {N}.
    """,
    fall="""
    {M} was {b} before treatment and {l} {when}, a mean decrease of {X}.
    The mean decrease in {M} was {X} (from {b} to {l}) {when}.
    {M} dropped from {b} preoperatively to {l} {when}, with a mean reduction of {X}.
    """,
)

OF_TWO = frames(
    signed="""
    The mean change in {M} {when} was {N0} in the {A} group and {N1} in the {B} group.
    {When}, mean changes in {M} were {N0} and {N1} in the {A} and {B} groups, respectively.
    The change in {M} {when} did not differ between {A} and {B} ({N0} vs {N1}).
    Mean changes in {M} {when} were similar at {N0} for {A} and {N1} for {B}.
    {M} decreased in both groups {when} ({A} {N0}, {B} {N1}).
    """,
    better="""
    The {A} group improved by {X0} on the {M} {when}, compared with {X1} in the {B} group.
    Mean improvements in {M} {when} were {X0} and {X1} for {A} and {B}, respectively.
    The improvement in {M} {when} was {X0} in patients given {A} and {X1} in those given {B}.
    Patients with {A} improved by {X0} on the {M} and those with {B} by {X1} {when}.
    {When}, the {A} group had improved by {X0} and the {B} group by {X1} on the {M}.
    {When}, {M} had improved by {X0} in the {A} group and by {X1} in the {B} group (p = 0.03).
    The {A} group improved by {X0} and the {B} group by {X1} on the {M} {when}.
    {A}-treated patients improved by {X0} on the {M} {when} versus {X1} for {B}-treated patients.
    In the {A} group the mean improvement in {M} {when} was {X0}, versus {X1} in the {B} group.
    A greater improvement in {M} was seen with {A} than with {B} {when} ({X0} vs {X1}).
    """,
    fall="""
    The reduction in {M} was greater in the {A} group than in the {B} group {when} ({X0} vs {X1}).
    {M} decreased more in the {A} group ({X0}) than in the {B} group ({X1}) {when}.
    Patients with {A} had a greater reduction in {M} than those with {B} {when} ({X0} vs {X1}).
    The decrease in {M} {when} was significantly larger with {A} than with {B} ({X0} versus {X1}).
    The decrease in {M} {when} was significantly larger with {A} ({X0}) than with {B} ({X1}).
    {M} reduction {when} was greater with {A} ({X0}) compared with {B} ({X1}).
    The reduction in {M} {when} was similar with {A} and {B} ({X0} and {X1}, respectively).
    {M} fell by {X0} {when} in patients receiving {A} and by {X1} in patients receiving {B}.
    {M} fell by {X0} with {A} but by only {X1} with {B} {when}.
    {A} gave a mean reduction in {M} of {X0} {when}, and {B} gave {X1}.
    The mean reduction in {M} {when} was {X0} for patients with {A} and {X1} for those with {B}.
    With {A}, {M} fell by {X0} {when}, and with {B} by {X1}.
    A greater reduction in {M} was seen with {A} than with {B} {when} ({X0} versus {X1}).
    A greater reduction in {M} was observed with {A} ({X0}) than with {B} ({X1}) {when}.
    {M} was reduced more by {A} than by {B} {when} ({X0} vs {X1}).
    {M} fell further in the {A} group than in the {B} group {when} ({X0} vs {X1}).
    The reduction in {M} {when} was smaller in the {B} group than in the {A} group ({X1} vs {X0}).
    There was a mean fall in {M} from baseline of {X0} with {A} and of {X1} with {B} {when}.
    {When}, the fall in {M} was significant with {A} ({X0}) but not with {B} ({X1}).
    {M} decreased less with {B} ({X1}) than with {A} ({X0}) {when}.
    """,
    rise="""
    Patients given {A} gained {X0} on the {M} {when} and those given {B} gained {X1}.
    """,
)

DIFFERENCES = frames(
    signed="""
    The mean difference in {M} between {A} and {B} was {D} {when}.
    The treatment effect on {M} {when} was {D} for {A} versus {B}.
    {When}, {A} reduced {M} more than {B} (mean difference {D}).
    The difference in mean change in {M} {when} was {D} in favour of {A}.
    {A} versus {B} yielded a mean difference in {M} of {D} {when}.
    There was a significant difference in {M} between groups {when} ({D}).
    The adjusted mean difference between groups in {M} {when} was {D}, in favour of {A}.
    The difference between the groups {when} was {D} on the {M}.
    The mean effect of {A} on {M} {when} was {D} compared with {B}.
    The effect of {A} versus {B} on {M} {when} was {D}.
    The estimated treatment difference in {M} {when} was {D}.
    {When}, the mean {M} difference between groups was {D}.
    The differences between {A} and {B} in {M} {when} were {D}.
    The adjusted mean difference in {M} for {A} versus {B} was {D} {when}.
    The LSM difference between groups in {M} {when} was {D}.
    The between-group difference in {M} changes was significant {when} ({D}).
    The difference in {M} between {A} and {B} did not reach significance {when} ({D}).
    Reduction in {M} was greater with {A} than with {B} {when} (mean difference {D}).
    """,
    lower="""
    {When}, {M} was {S} lower in the {A} group than in the {B} group.
    The {A} group had a {M} that was {S} lower than the {B} group {when}.
    Compared with {B}, {A} reduced {M} by {S} {when}.
    {M} decreased {S} more in the {A} group than in the {B} group {when}.
    {A} reduced {M} by {S} more than {B} {when}.
    {A} reduced {M} more than {B} by {S} {when}.
    The mean {M} was {S} lower with {A} than with {B} {when}.
    Mean {M} {when} was {S} lower for {A} than for {B}.
    Mean {M} {when} was {S} lower in the {A} group.
    {When}, patients in the {A} group scored {S} lower on the {M} than those in the {B} group.
    {When}, patients in the {A} group had a {M} {S} lower than patients in the {B} group.
    Compared with the {B} group, the {A} group had a {S} lower {M} {when}.
    Compared with {B}, {A} lowered {M} by {S} {when}.
    The {A} group had a {S} greater reduction in {M} than the {B} group {when}.
    The reduction in {M} was {S} greater with {A} than with {B} {when}.
    {When}, {A} patients had {S} lower {M} than {B} patients.
    {A} lowered {M} relative to {B} by {S} {when}.
    {A} reduced {M} by an additional {S} compared with {B} {when}.
    {M} was on average {S} lower in the {A} group than in the {B} group {when}.
    {M} was a mean of {S} lower in the {A} group than in the {B} group {when}.
    {M} was lower in the {A} group by {S} {when}.
    The mean reduction in {M} {when} was {S} more in the {A} group than in the {B} group.
    """,
    higher="""
    {When}, {M} was {S} higher in the {A} group than in the {B} group.
    """,
    better="""
    {A} was superior to {B} by {S} on the {M} {when}.
    The mean difference in {M} {when} was {S} in favour of {A}.
    {M} improved {S} more with {A} than with {B} {when}.
    {A} had a {S} greater improvement in {M} than {B} {when}.
    {A} outperformed {B} by {S} on the {M} {when}.
    The advantage of {A} over {B} in {M} was {S} {when}.
    The improvement in {M} was {S} greater in the {A} group {when}.
    {When}, the {A} group scored {S} better on the {M} than the {B} group.
    A mean between-group difference of {S} in {M} in favour of {A} was found {when}.
    {M} was {S} better with {A} than with {B} {when}.
    {M} differed by {S} between groups {when}, favouring {A}.
    The net benefit of {A} over {B} in {M} was {S} {when}.
    The difference in improvement in {M} between groups {when} was {S} in favour of {A}.
    The mean change in {M} {when} differed by {S} between groups in favour of {A}.
    Improvement in {M} was greater by {S} in the {A} group than in the {B} group {when}.
    """,
)

# Pairs of scores that a comparison of changes must leave as scores: they go the other way.
SCORES = [
    "The reduction in {M} was greater with {A} than with {B} {when} (2.4 vs 3.8).",
    "A greater improvement in {M} was seen with {A} than with {B} {when} (2.4 vs 3.8).",
    "{M} decreased more with {A} (2.4) than with {B} (3.8) {when}.",
    "{M} was lower with {A} than with {B} {when} (2.4 vs 3.8).",
]


def number(context: Context, size: float, minus: bool = False) -> str:
    """A value as an abstract prints it, with the spread of the context."""
    sign = "-" if minus else ""
    out = f"{sign}{size:.1f}{context.unit}"
    if context.sd is not None:
        return f"{out} (SD {context.sd * size:.1f})"
    if context.limits is not None:
        low, high = (sign + f"{share * size:.1f}" for share in context.limits)
        low, high = (high, low) if minus else (low, high)
        return f"{out} (95% CI {low} to {high})"
    return out


def sign_of(way: str, context: Context) -> int:
    better = -1 if context.less_is_better else 1
    return {"signed": -1, "fall": -1, "rise": 1, "lower": -1, "higher": 1,
            "better": better, "worse": -better}[way]  # fmt: skip


def expected(context: Context, size: float, sign: int) -> tuple[float | None, ...]:
    """Centre, SD and limits of a record."""
    sd = None if context.sd is None else round(context.sd * size, 1)
    if context.limits is None:
        return sign * size, sd, None, None
    low, high = sorted(sign * round(share * size, 1) for share in context.limits)
    return sign * size, sd, low, high


def printed(record: dict, sign: int = 1) -> tuple[float | None, ...]:
    limits = [record["ci_low"], record["ci_high"]][::sign]
    values = (record["mean"], record["sd"], *limits)
    return tuple(
        value if value is None or k == 1 else sign * value for k, value in enumerate(values)
    )


def fill(frame: str, context: Context, **numbers: str) -> str:
    start = context.when[0].upper() + context.when[1:]
    name = f"Mean {context.measure}" if frame.startswith("{M}") else context.measure
    text = frame.format(
        M=name, A=context.groups[0], B=context.groups[1], when=context.when, When=start, **numbers
    )
    return text[0].upper() + text[1:]


def records(text: str, stat: str) -> list[dict]:
    return [record for record in read_abstract(text)["records"] if record["stat"] == stat]


@pytest.mark.parametrize(("frame", "way"), CHANGES + LEVELS_AND_CHANGE)
def test_change_of_one_group(frame: str, way: str) -> None:
    for context in CONTEXTS:
        size, levels = 2.4 * context.scale, (6.5 * context.scale, 4.1 * context.scale)
        text = COHORT + fill(
            frame, context, X=number(context, size), N=number(context, size, True),
            b=f"{levels[0]:.1f}", l=f"{levels[1]:.1f}",
        )  # fmt: skip
        (change,) = records(text, "change")
        assert change["measure"].startswith(context.key), text
        assert printed(change) == expected(context, size, sign_of(way, context)), text
        assert (change["timepoint_days"], change["n"]) == (context.days, 40), text
        told = [value for value, slot in zip(levels, ("{b}", "{l}"), strict=True) if slot in frame]
        assert [record["mean"] for record in records(text, "level")] == told, text


@pytest.mark.parametrize(("frame", "way"), OF_TWO)
def test_changes_of_two_groups(frame: str, way: str) -> None:
    for context in CONTEXTS:
        sizes = (2.4 * context.scale, 1.2 * context.scale)
        numbers = {f"X{k}": number(context, size) for k, size in enumerate(sizes)}
        numbers |= {f"N{k}": number(context, size, True) for k, size in enumerate(sizes)}
        text = TRIAL.format(A=context.groups[0], B=context.groups[1])
        text += fill(frame, context, **numbers)
        found = {record["arm"]: record for record in records(text, "change")}
        assert len(read_abstract(text)["records"]) == len(found) == 2, text
        for name, size, n in zip(context.groups, sizes, (31, 29), strict=True):
            record = found[name]
            assert record["measure"].startswith(context.key), text
            assert printed(record) == expected(context, size, sign_of(way, context)), text
            assert (record["timepoint_days"], record["n"]) == (context.days, n), text


@pytest.mark.parametrize(("frame", "way"), DIFFERENCES)
def test_difference_between_groups(frame: str, way: str) -> None:
    for context in CONTEXTS:
        if context.sd is not None:
            continue
        size, (one, two) = 1.6 * context.scale, context.groups
        text = TRIAL.format(A=one, B=two)
        text += fill(frame, context, S=number(context, size), D=number(context, size, True))
        (record,) = read_abstract(text)["records"]
        assert record["stat"] == "between_diff" and record["timepoint_days"] == context.days, text
        assert record["measure"].startswith(context.key), text
        # The one order or the other: the sign must fit it.
        assert record["arm"] in (f"{one} minus {two}", f"{two} minus {one}"), text
        turned = 1 if record["arm"].startswith(one) else -1
        assert printed(record, turned) == expected(context, size, sign_of(way, context)), text


@pytest.mark.parametrize("frame", SCORES)
def test_scores_stay_scores(frame: str) -> None:
    for context in (CONTEXTS[0], CONTEXTS[3]):
        text = TRIAL.format(A=context.groups[0], B=context.groups[1]) + fill(frame, context)
        found = {record["arm"]: record["mean"] for record in records(text, "level")}
        assert found == dict(zip(context.groups, (2.4, 3.8), strict=True)), text
