"""Signs that a printed summary was misread or misprinted. Shown to a person, never enforced.

Each rule gives the sentence that a person reads, with its inputs; none changes a value. A printed
value stands for all numbers that round to it, so a rule speaks only when none of them can be.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evergrove.extraction_rules import Measurement


@dataclass(frozen=True)
class Hint:
    """A rule that spoke: its name, the cell it is about ("after.sd"), and its sentence."""

    rule: str
    cell: str
    text: str


Bounds = tuple[float, float]


def hints(measurement: Measurement, scale: Bounds | None) -> list[Hint]:
    """Every rule that looks at one measurement; `scale` holds its instrument's bounds, if known."""
    found = [*_numbers_of_people(measurement)]
    for side in ("before", "after"):
        if scale is not None:
            found += _sd_above_bound(measurement, side, scale)
        found += _no_spread(measurement, side)
    found += _change_triangle(measurement)
    found += _implied_correlation(measurement)
    found += _ratio_of_sds(measurement)
    return found


def largest_sd(mean: float, low: float, high: float, n: int | None = None) -> float:
    """The largest SD that scores from `low` to `high` with that mean can have.

    √((m − lo)(hi − m) n/(n − 1)) (Bhatia and Davis 2000, for a sample); without n, for n = 2.
    """
    size = n if n is not None and n > 1 else 2
    return math.sqrt(max(0.0, (mean - low) * (high - mean)) * size / (size - 1))


def _sd_above_bound(measurement: Measurement, side: str, scale: Bounds) -> list[Hint]:
    mean = measurement.values.get(f"{side}_mean")
    if mean is None:
        return []
    n = measurement.n_analysed
    bound = max(largest_sd(m, *scale, n) for m in _may_be(mean, scale))
    found = []
    for name, factor in (("sd", 1.0), ("se", math.sqrt(n) if n else 1.0)):
        spread = measurement.values.get(f"{side}_{name}")
        if spread is None:
            continue
        smallest = max(0.0, float(spread) - _half_unit(spread)) * factor
        if smallest > bound:
            meaning = "SD" if name == "sd" else "SD that this SE means"
            found.append(
                Hint(
                    "sd_above_bound",
                    f"{side}.{name}",
                    f"The {meaning} cannot be above {bound:.3g} at a mean of {mean} on a scale "
                    f"from {scale[0]:g} to {scale[1]:g}{_of(n)} (found: {spread}).",
                )
            )
    return found


def _no_spread(measurement: Measurement, side: str) -> list[Hint]:
    sd = measurement.values.get(f"{side}_sd")
    if sd is None or sd != 0:
        return []
    return [Hint("sd_of_zero", f"{side}.sd", "An SD of 0 says that all people had one score.")]


def _numbers_of_people(measurement: Measurement) -> list[Hint]:
    enrolled, analysed = measurement.n_enrolled, measurement.n_analysed
    if enrolled is None or analysed is None or analysed <= enrolled:
        return []
    text = f"{analysed} people analysed, but only {enrolled} enrolled."
    return [Hint("more_analysed_than_enrolled", "n_analysed", text)]


def _change_triangle(measurement: Measurement) -> list[Hint]:
    before, after, change = (
        measurement.values.get(f"{side}_mean") for side in ("before", "after", "change")
    )
    if None in (before, after, change):
        return []
    slack = sum(_half_unit(value) for value in (before, after, change))
    difference = after - before
    if abs(float(difference - change)) <= slack + 1e-9:
        return []
    text = f"The change is printed as {change}; {after} after less {before} before is {difference}."
    return [Hint("change_is_not_the_difference", "change.mean", text)]


def _implied_correlation(measurement: Measurement) -> list[Hint]:
    sds = [measurement.values.get(f"{side}_sd") for side in ("before", "after", "change")]
    if None in sds or 0 in sds[:2]:
        return []
    before, after, change = (float(sd) for sd in sds)
    slack = sum(_half_unit(sd) for sd in sds)
    if abs(before - after) - slack <= change <= before + after + slack:
        return []
    r = (before**2 + after**2 - change**2) / (2 * before * after)
    text = (
        f"SDs of {sds[0]} before, {sds[1]} after and {sds[2]} of the change imply a correlation "
        f"of {r:.2f}: one of them may be a standard error, or from other people."
    )
    return [Hint("impossible_correlation", "change.sd", text)]


def _ratio_of_sds(measurement: Measurement) -> list[Hint]:
    before, after = (measurement.values.get(f"{side}_sd") for side in ("before", "after"))
    if not before or not after or 0.3 <= float(after / before) <= 3:
        return []
    text = f"The SD goes from {before} to {after}: one of them may be a standard error."
    return [Hint("sds_differ_threefold", "after.sd", text)]


def sd_or_se(
    measurements: Sequence[tuple[str, Measurement]], scales: Mapping[str, Bounds | None]
) -> dict[str, list[Hint]]:
    """SDs below a third of the review's median on the same scale, that may be standard errors.

    One hint a cohort and side, under the first measurement id (`<report>/<cohort>/...`) that it is
    about. The median is over cohorts, of which there must be four, each with its first SD. Silent
    where n and the scale show that the value cannot be a standard error.
    """
    found: dict[str, list[Hint]] = {}
    for side in ("before", "after"):
        # scale -> (report, cohort) -> its measurements that have an SD
        scaled: dict[str, dict[tuple[str, str], list[tuple[str, Measurement]]]] = {}
        for name, item in measurements:
            if f"{side}_sd" in item.values:
                cohort = (name.partition("/")[0], item.cohort)
                scaled.setdefault(item.scale, {}).setdefault(cohort, []).append((name, item))
        for scale, cohorts in scaled.items():
            firsts = [members[0][1].values[f"{side}_sd"] for members in cohorts.values()]
            if len(firsts) < 4:
                continue
            median = statistics.median(firsts)
            for members in cohorts.values():
                small = [
                    (name, item.values[f"{side}_sd"])
                    for name, item in members
                    if item.values[f"{side}_sd"] * 3 < median
                    and _may_be_se(item, side, scales.get(scale))
                ]
                if small:
                    sds = ", ".join(str(sd) for sd in dict.fromkeys(sd for _, sd in small))
                    text = (
                        f"SD {sds} is below a third of the median SD of this review's "
                        f"{len(firsts)} cohorts ({median}): it may be a standard error."
                    )
                    hint = Hint("sd_may_be_se", f"{side}.sd", text)
                    found.setdefault(small[0][0], []).append(hint)
    return found


def _may_be_se(measurement: Measurement, side: str, scale: Bounds | None) -> bool:
    sd = measurement.values[f"{side}_sd"]
    mean, n = measurement.values.get(f"{side}_mean"), measurement.n_analysed
    if mean is None or n is None or scale is None:
        return True
    bound = max(largest_sd(m, *scale, n) for m in _may_be(mean, scale))
    return (float(sd) - _half_unit(sd)) * math.sqrt(n) <= bound


def _half_unit(printed: Decimal) -> float:
    return 0.5 * 10.0 ** min(0, printed.as_tuple().exponent)


def _may_be(printed: Decimal, scale: Bounds) -> list[float]:
    """Both ends of what rounds to the printed mean, and the point of it nearest the middle."""
    low, high = scale
    ends = [float(printed) - _half_unit(printed), float(printed) + _half_unit(printed)]
    middle = min(max((low + high) / 2, ends[0]), ends[1])
    return [min(max(value, low), high) for value in (*ends, middle)]


def _of(n: int | None) -> str:
    return "" if n is None else f", in {n} people"
