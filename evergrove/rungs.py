"""How one measurement becomes the input of an effect size: which rung of the ladder, from what.

The spread of a change is had, in this order, from its reported SD; its SE or confidence interval;
the t of a paired test; the exact p of a paired test; a reported correlation; a correlation solved
from studies of the review that give all three SDs; an assumed correlation (Cochrane Handbook
6.5.2.8). Which rung was used, from which cells and under which assumptions is kept with the effect.
"""

from __future__ import annotations

from dataclasses import dataclass

from evergrove import conversions
from evergrove.conversions import PooledCorrelation, Rescaling
from evergrove.levels import (
    CONVERTED_RUNGS,
    LEAVE_OUT,
    NO_N,
    NoEffectError,
    Side,
    Summary,
    Trail,
    ci_level,
    read_side,
    side_as_printed,
)
from evergrove.printed_numbers import p_value

Reason = str
NO_SD_OF_CHANGE = "no_sd_of_change"


@dataclass(frozen=True)
class Plan:
    """What an effect is computed from, on the protocol's scale.

    `difference` is before minus after. Either `sd_change` is known, or `r` with both SDs is used.
    """

    rung: str
    difference: float
    before: Side
    after: Side
    n: int
    sd_change: float | None
    r: float | None
    r_is_guess: bool  # assumed, or solved from other studies
    trail: Trail


# ---- the SD of the change ----


def change_sd(
    summary: Summary, difference: float | None, rescaling: Rescaling, trail: Trail
) -> tuple[str, float] | None:
    """The first rung on which the SD of the change itself can be had, and that SD; or None."""
    n = summary.n
    if n is None:
        return None
    if summary.has("change_sd"):
        return "sd_change_reported", rescaling.spread(trail.use(summary, "change_sd")[0])
    if n < 2:
        return None
    if summary.has("change_se"):
        trail.formula("sd_change.from_se")
        se = rescaling.spread(trail.use(summary, "change_se")[0])
        return "se_change_reported", conversions.sd_from_se(se, n)
    if summary.has("change_ci_low", "change_ci_high"):
        low, high = trail.use(summary, "change_ci_low", "change_ci_high")
        trail.formula("sd_change.from_ci")
        trail.assume("The confidence interval of the change is Student's, with n − 1 df.")
        sd = conversions.sd_from_ci(low, high, n, ci_level(summary, "change", trail))
        return "ci_change_reported", rescaling.spread(sd)
    return _sd_from_test(summary, difference, n, trail)


def _sd_from_test(
    summary: Summary, difference: float | None, n: int, trail: Trail
) -> tuple[str, float] | None:
    """From t, F or exact p of a paired test; a difference or t of zero says nothing."""
    if summary.test not in ("paired_t", "repeated_measures_f") or not difference:
        return None
    if summary.get("test_statistic"):
        [statistic] = trail.use(summary, "test_statistic")
        if summary.test == "paired_t":
            trail.formula("sd_change.from_t")
            return "paired_t", conversions.sd_of_change_from_t(difference, statistic, n)
        trail.formula("sd_change.from_f")
        trail.assume("The F has two times and no other factor.")
        t = conversions.t_from_f(statistic)
        return "paired_t", conversions.sd_of_change_from_t(difference, t, n)
    parsed = p_value(summary.p or "")
    if parsed is None or parsed[0] != "=" or not 0 < parsed[1] < 1:
        return None
    p = float(parsed[1])
    trail.inputs["p"] = p
    trail.formula("sd_change.from_p")
    trail.assume("The p value is exact, two-sided, and of a paired t test.")
    t = conversions.t_from_p(p, n - 1)
    return "paired_p", conversions.sd_of_change_from_t(difference, t, n)


def _bound_from_p(summary: Summary, difference: float, n: int) -> str | None:
    """What "p < 0.001" of a paired test does say: a bound, never a value."""
    parsed = p_value(summary.p or "")
    if summary.test not in ("paired_t", "repeated_measures_f") or parsed is None:
        return None
    if parsed[0] != "<" or not difference or not 0 < parsed[1] < 1 or n < 2:
        return None
    t = conversions.t_from_p(float(parsed[1]), n - 1)
    bound = conversions.sd_of_change_from_t(difference, t, n)
    return f"The paired p < {parsed[1]} means an SD of the change below {bound:.3g}."


# ---- the plan ----


def plan(
    summary: Summary,
    rescaling: Rescaling,
    measure: str,
    assumed_r: float,
    pooled_r: PooledCorrelation | None,
    skewed: str = LEAVE_OUT,
) -> Plan:
    """The input of the effect size; raises NoEffectError with every reason why there is none.

    `skewed` is as in `levels.read_side`. `measure` is MC, SMCC, SMCR, SMCRH or ROMC: the first two
    need only the change and its SD; the others, and every summary without that SD, need both
    levels and a correlation.
    """
    if summary.statistic == "p_value_only":
        raise NoEffectError("p_value_only: only the outcome of a test is reported")
    if summary.statistic == "median_only":
        raise NoEffectError("no_spread: medians without quartiles or a range")
    if measure in ("MC", "SMCC"):
        found = _by_change(summary, rescaling)
        if found is not None:
            return found
    return _by_correlation(summary, rescaling, measure, assumed_r, pooled_r, skewed)


def _by_change(summary: Summary, rescaling: Rescaling) -> Plan | None:
    """From the change as printed (or the two means) and the SD of the change."""
    before, after = (_printed_side(summary, side, rescaling) for side in ("before", "after"))
    trail = Trail()
    difference = _printed_change(summary, rescaling, trail)
    if difference is None:
        difference = _difference_of_means(summary, before, after, trail)
    if difference is None or summary.n is None:
        return None
    found = change_sd(summary, difference, rescaling, trail)
    if found is None:
        return None
    rung, sd = found
    trail.inputs["n"] = summary.n
    if before.sd and after.sd:
        r = conversions.correlation_from_sds(before.sd, after.sd, sd)
        if abs(r) > 1:
            trail.assume(
                f"The three SDs imply a correlation of {r:.2f}, which cannot be: one of them may "
                "be a standard error."
            )
    return Plan(rung, difference, before, after, summary.n, sd, None, False, trail)


def _by_correlation(
    summary: Summary,
    rescaling: Rescaling,
    measure: str,
    assumed_r: float,
    pooled_r: PooledCorrelation | None,
    skewed: str,
) -> Plan:
    trail = Trail()
    before, after = (
        read_side(summary, side, rescaling, trail, skewed) for side in ("before", "after")
    )
    if before.mean is not None and after.mean is not None:
        difference = before.mean - after.mean
    else:
        difference = _printed_change(summary, rescaling, trail)
    problems = _lacking(summary, before, after, difference, measure)
    if problems:
        raise NoEffectError("; ".join(problems))
    trail.inputs["n"] = summary.n
    rung, r, guess = _correlation(summary, before, after, rescaling, assumed_r, pooled_r, trail)
    if guess and measure == "SMCC":
        raise NoEffectError(
            f"{NO_SD_OF_CHANGE}: a change standardised by its own SD moves with a correlation that "
            "is not known"
        )
    trail.inputs["r"] = r
    bound = _bound_from_p(summary, difference, summary.n) if guess else None
    if bound:
        trail.assume(bound)
    converted = [side.converted for side in (before, after) if side.converted]
    # The name furthest from what was printed stands for both sides.
    rung = max(converted, key=CONVERTED_RUNGS.index) if converted else rung
    return Plan(rung, difference, before, after, summary.n, None, r, guess, trail)


def _printed_side(summary: Summary, side: str, rescaling: Rescaling) -> Side:
    mean, sd, _ = side_as_printed(summary, side, Trail())
    return Side(
        None if mean is None else rescaling.value(mean),
        None if sd is None else rescaling.spread(sd),
    )


def _printed_change(summary: Summary, rescaling: Rescaling, trail: Trail) -> float | None:
    """Before minus after from the printed change, which is after minus before."""
    if not summary.has("change_mean"):
        return None
    return -rescaling.change(trail.use(summary, "change_mean")[0])


def _difference_of_means(summary: Summary, before: Side, after: Side, trail: Trail) -> float | None:
    if before.mean is None or after.mean is None:
        return None
    trail.use(summary, "before_mean", "after_mean")
    return before.mean - after.mean


def _lacking(
    summary: Summary, before: Side, after: Side, difference: float | None, measure: str
) -> list[Reason]:
    """Every reason why levels and correlation give no effect."""
    problems = []
    absent = [name for name, side in (("before", before), ("after", after)) if side.mean is None]
    if difference is None:
        problems.append(f"no_mean: no mean {' and '.join(absent)}, nor of the change")
    elif measure == "ROMC" and (absent or before.mean <= 0 or after.mean <= 0):
        problems.append("not_positive: a ratio of means needs both means above 0")
    bare = [name for name, side in (("before", before), ("after", after)) if side.sd is None]
    if bare and summary.n == 1:
        problems.append("too_few: the scores of one person have no spread")
    elif bare:
        problems.append(
            f"no_spread: no SD, SE or confidence interval {' and '.join(bare)}, nor of the change"
        )
    if summary.n is None:
        problems.append(NO_N)
    return problems


def _correlation(
    summary: Summary,
    before: Side,
    after: Side,
    rescaling: Rescaling,
    assumed_r: float,
    pooled_r: PooledCorrelation | None,
    trail: Trail,
) -> tuple[str, float, bool]:
    """Rung, correlation, and whether it is a guess (not of these people)."""
    own = Trail()
    found = change_sd(
        summary, before.mean - after.mean if _both(before, after) else None, rescaling, own
    )
    if found is not None and before.sd > 0 and after.sd > 0:
        rung, sd = found
        r = conversions.correlation_from_sds(before.sd, after.sd, sd)
        if abs(r) > 1:
            raise NoEffectError(
                f"impossible_correlation: the three SDs imply a correlation of {r:.2f}"
            )
        trail.inputs |= own.inputs
        for name in (*own.formulas, "r.from_sds"):
            trail.formula(name)
        for sentence in own.assumptions:
            trail.assume(sentence)
        return rung, r, False
    if summary.has("correlation"):
        return "r_reported", trail.use(summary, "correlation")[0], False
    if pooled_r is not None:
        trail.formula("r.pooled")
        trail.assume(_about(pooled_r))
        return "r_from_three_sds", pooled_r.r, True
    trail.assume(f"The correlation of before and after is not known and taken to be {assumed_r:g}.")
    return "r_assumed", assumed_r, True


def _both(before: Side, after: Side) -> bool:
    return before.mean is not None and after.mean is not None


def _about(pooled: PooledCorrelation) -> str:
    cohorts = "one cohort" if pooled.k == 1 else f"{pooled.k} cohorts"
    return (
        f"The correlation of before and after is not known and taken from {cohorts} of this review "
        f"that give all three SDs: {pooled.r:.3f} (CI {pooled.ci_low:.3f} to {pooled.ci_high:.3f}; "
        f"from {pooled.smallest:.3f} to {pooled.largest:.3f})."
    )


def own_correlation(summary: Summary, rescaling: Rescaling) -> float | None:
    """The correlation that a study's own three SDs imply; None without them, or outside −1 to 1."""
    before, after = (_printed_side(summary, side, rescaling) for side in ("before", "after"))
    difference = None if not _both(before, after) else before.mean - after.mean
    found = change_sd(summary, difference, rescaling, Trail())
    if found is None or not before.sd or not after.sd or found[0] == "paired_p":
        return None
    r = conversions.correlation_from_sds(before.sd, after.sd, found[1])
    return r if abs(r) < 1 else None
