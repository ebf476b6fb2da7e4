"""Whether printed summaries can be true together: whole numbers, intervals, p, n and copies.

Like `plausibility`: each rule gives the sentence that a person reads, with its inputs; none changes
a value. A printed number stands for all numbers that round to it.

GRIM: Brown and Heathers 2017. GRIMMER: Anaya 2016, in the form of Allard 2018 (sum of squares of
whole numbers, its parity). Both hold only for single items scored in whole numbers, and have power
only where n < 10^decimals; they are silent for scales whose name does not say so.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scipy import stats

from evergrove.extraction_rules import Measurement

# Scales answered in whole numbers. A visual analogue scale is measured, and may take any value.
_WHOLE_NUMBERS = ("nrs", "nprs", "numeric", "numerical", "verbal", "vrs", "likert", "rmdq", "rdq")
# How far off centre, as a share of its width, an interval of a mean may lie before it is named.
_OFF_CENTRE = 0.1
# How far the SD that an interval implies may be from the printed SD, as a ratio.
_SD_RATIO = 1.25
# Another test than the t test moves p; only a disagreement beyond this factor is named.
_P_FACTOR = 5.0


@dataclass(frozen=True)
class Finding:
    """A rule that spoke: its name, the cell it is about ("after.sd"), and its sentence."""

    rule: str
    cell: str
    text: str


def findings(measurement: Measurement) -> list[Finding]:
    """Every rule of this module that looks at one measurement."""
    found: list[Finding] = []
    for side in ("before", "after", "change"):
        found += _whole_numbers(measurement, side)
        found += _interval(measurement, side)
        found += _interval_and_sd(measurement, side)
    return found + _p_of_change(measurement)


# -- GRIM and GRIMMER ----------------------------------------------------------------------------
def grim_holds(mean: Decimal, n: int) -> bool:
    """Whether some sum of n whole numbers gives the printed mean, by either way of rounding a 5."""
    return bool(_sums(mean, n))


def grimmer_holds(mean: Decimal, sd: Decimal, n: int) -> bool:
    """Whether n whole numbers can have the printed mean and the printed SD (n - 1 in the divisor).

    For each possible sum: some whole sum of squares of the same parity lies in the range that the
    rounded SD allows, as the sum of squares of whole numbers has the parity of their sum.
    """
    if n < 2:
        return True
    half = Fraction(_half_unit(sd))
    low, high = max(Fraction(0), Fraction(sd) - half), Fraction(sd) + half
    for total in _sums(mean, n):
        base = Fraction(total * total, n)
        least = math.ceil((n - 1) * low**2 + base)
        most = math.floor((n - 1) * high**2 + base)
        if any(squares % 2 == total % 2 for squares in range(least, min(most, least + 1) + 1)):
            return True
    return False


def _sums(mean: Decimal, n: int) -> list[int]:
    half = Fraction(_half_unit(mean))
    low, high = (Fraction(mean) - half) * n, (Fraction(mean) + half) * n
    return list(range(math.ceil(low), math.floor(high) + 1))


def _whole_numbers(measurement: Measurement, side: str) -> list[Finding]:
    mean, sd = (measurement.values.get(f"{side}_{name}") for name in ("mean", "sd"))
    n = measurement.n_analysed
    named = any(word in measurement.scale.lower().split() for word in _WHOLE_NUMBERS)
    if mean is None or n is None or n < 2 or side == "change" or not named:
        return []
    decimals = max(0, -mean.as_tuple().exponent)
    if n >= 10**decimals:
        return []  # every mean of so many people can be printed so
    if not grim_holds(mean, n):
        text = f"No {n} whole numbers have a mean of {mean} (GRIM)."
        return [Finding("grim", f"{side}.mean", text)]
    if sd is not None and not grimmer_holds(mean, sd, n):
        text = f"No {n} whole numbers with a mean of {mean} have an SD of {sd} (GRIMMER)."
        return [Finding("grimmer", f"{side}.sd", text)]
    return []


# -- intervals -----------------------------------------------------------------------------------
def _interval(measurement: Measurement, side: str) -> list[Finding]:
    mean, low, high = (
        measurement.values.get(f"{side}_{name}") for name in ("mean", "ci_low", "ci_high")
    )
    if mean is None or low is None or high is None or high <= low:
        return []
    printed = f"{mean} ({low} to {high})"
    if not low <= mean <= high:
        return [Finding("estimate_outside_ci", f"{side}.mean", f"Outside its interval: {printed}.")]
    slack = _half_unit(mean) + (_half_unit(low) + _half_unit(high)) / 2
    off = abs((low + high) / 2 - mean)
    if off <= slack + Decimal(_OFF_CENTRE) * (high - low):
        return []
    text = f"The interval of a mean is centred on it, but {printed} is off by {off}."
    return [Finding("ci_off_centre", f"{side}.ci_low", text)]


def _interval_and_sd(measurement: Measurement, side: str) -> list[Finding]:
    sd, low, high = (
        measurement.values.get(f"{side}_{name}") for name in ("sd", "ci_low", "ci_high")
    )
    n = measurement.n_analysed
    if not sd or low is None or high is None or high <= low or n is None or n < 3:
        return []
    level = float(measurement.ci_levels.get(side, Decimal(95))) / 100
    factor = math.sqrt(n) / float(stats.t.ppf((1 + level) / 2, n - 1))
    slack = float(_half_unit(low) + _half_unit(high)) / 2
    width = float(high - low) / 2
    least, most = max(0.0, width - slack) * factor, (width + slack) * factor
    if least <= float(sd) * _SD_RATIO and most >= float(sd) / _SD_RATIO:
        return []
    text = (
        f"The {level:.0%} interval {low} to {high} of {n} people means an SD of about "
        f"{width * factor:.3g}, but {sd} is printed: one may be of other people, or an SE."
    )
    return [Finding("ci_and_sd_disagree", f"{side}.sd", text)]


# -- p -------------------------------------------------------------------------------------------
def _p_of_change(measurement: Measurement) -> list[Finding]:
    """p of a change against zero, from its mean and SD or SE: one-sample t, n - 1 degrees."""
    mean, n = measurement.values.get("change_mean"), measurement.n_analysed
    printed = _printed_p(measurement.p)
    if mean is None or n is None or n < 3 or printed is None:
        return []
    if measurement.test not in (None, "paired_t"):
        return []
    sd, se = measurement.values.get("change_sd"), measurement.values.get("change_se")
    if not sd and not se:
        return []
    spread = sd or se
    assert spread is not None
    root = math.sqrt(n) if sd else 1.0
    half, gap = float(_half_unit(mean)), abs(float(mean))
    wide = (float(spread) + float(_half_unit(spread))) / root
    narrow = max(1e-12, (float(spread) - float(_half_unit(spread))) / root)
    most = 2 * float(stats.t.sf(max(0.0, gap - half) / wide, n - 1))
    least = 2 * float(stats.t.sf((gap + half) / narrow, n - 1))
    op, value = printed
    if op == "<":
        fits = least < value
    elif op == ">":
        fits = most > value
    else:
        fits = least / _P_FACTOR <= value <= most * _P_FACTOR + 0.05
    if fits:
        return []
    name = "SD" if sd else "SE"
    text = (
        f"A change of {mean} with {name} {spread} in {n} people gives p from {least:.2g} to "
        f"{most:.2g} by the paired t test, but p {measurement.p} is printed."
    )
    return [Finding("p_is_another", "p", text)]


def _printed_p(text: str | None) -> tuple[str, float] | None:
    if text is None:
        return None
    plain = text.strip().lower().lstrip("p").strip()
    op = next((sign for sign in "<>=" if plain.startswith(sign)), "=")
    try:
        value = float(plain.lstrip("<>=≤≥ "))
    except ValueError:
        return None
    return (op, value) if 0 < value <= 1 else None


# -- several measurements ------------------------------------------------------------------------
def growing_n(measurements: Sequence[tuple[str, Measurement]]) -> dict[str, list[Finding]]:
    """Cohorts whose number analysed grows from one time to a later one of the same outcome.

    Keys are measurement ids, `<report>/<cohort>/...`; the finding stands at the later time.
    """
    found: dict[str, list[Finding]] = {}
    groups: dict[tuple[str, str, str], list[tuple[str, Measurement]]] = {}
    for name, item in measurements:
        if item.days is not None and item.n_analysed is not None:
            key = (name.partition("/")[0], item.cohort, item.outcome)
            groups.setdefault(key, []).append((name, item))
    for members in groups.values():
        members.sort(key=lambda pair: (pair[1].days or 0, pair[0]))
        for (_, one), (name, two) in itertools.pairwise(members):
            if (two.days or 0) > (one.days or 0) and (two.n_analysed or 0) > (one.n_analysed or 0):
                text = (
                    f"{two.n_analysed} people analysed at {two.label}, but only "
                    f"{one.n_analysed} at {one.label} before."
                )
                found.setdefault(name, []).append(Finding("n_grows", "n_analysed", text))
    return found


def shared_cells(measurements: Sequence[tuple[str, Measurement]]) -> dict[str, list[Finding]]:
    """Two reports with two or more identical cells (mean, spread and n): perhaps the same people.

    One finding per pair of reports, at the first shared cell of the report that sorts second.
    """
    cells: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    for name, item in measurements:
        for side in ("before", "after"):
            mean = item.values.get(f"{side}_mean")
            spread = item.values.get(f"{side}_sd") or item.values.get(f"{side}_se")
            if None not in (mean, spread, item.n_analysed):
                key = (item.scale, side, mean, spread, item.n_analysed)
                cells.setdefault(key, []).append((name, side))
    pairs: dict[tuple[str, str], dict[tuple[object, ...], tuple[str, str]]] = {}
    for key, places in cells.items():
        reports = sorted({name.partition("/")[0] for name, _ in places})
        for number, one in enumerate(reports):
            for two in reports[number + 1 :]:
                at = min(place for place in places if place[0].partition("/")[0] == two)
                pairs.setdefault((one, two), {})[key] = at
    found: dict[str, list[Finding]] = {}
    for (one, two), shared in sorted(pairs.items()):
        # A baseline that is repeated at every time is one cell.
        if len(shared) < 2:
            continue
        name, side = min(shared.values())
        cell = ", ".join(f"{key[2]} ({key[3]}), n = {key[4]}" for key in list(shared)[:3])
        text = f"{len(shared)} cells are the same in {one} and {two}: {cell}."
        found.setdefault(name, []).append(Finding("shared_cells", f"{side}.mean", text))
    return found


def _half_unit(printed: Decimal) -> Decimal:
    exponent = printed.as_tuple().exponent
    return Decimal(5).scaleb(min(0, int(exponent)) - 1)
