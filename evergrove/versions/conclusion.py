"""Whether the conclusion of a review changed, by a rule that its protocol declares beforehand.

A result is in one of five classes, by its confidence interval and, where the protocol names one,
the minimal important difference. The conclusion counts as changed when the class differs, or when
the estimate moved by at least `conclusion.moved_by` of the protocol. All numbers are on the pooled
scale, positive as `effect.positive_means` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CLASSES = ("important", "small", "some", "unclear", "opposite", "none")


def conclusion(fit: Mapping[str, Any] | None, important: float | None, null: float = 0.0) -> str:
    """The class of a pooled result: one of `CLASSES`.

    `important`: the whole interval lies at or beyond the minimal important difference; `small`: all
    of it is between the null and that difference; `some`: beyond the null, on both sides of that
    difference (or none is declared); `unclear`: the interval holds the null; `opposite`: all of it
    lies below the null; `none`: nothing was pooled, or without an interval.
    """
    if fit is None or fit.get("b") is None or fit.get("ci_low") is None:
        return "none"
    low, high = fit["ci_low"], fit["ci_high"]
    if high < null:
        return "opposite"
    if low <= null:
        return "unclear"
    if important is None:
        return "some"
    if low >= important:
        return "important"
    return "small" if high < important else "some"


def rule(important: float | None, moved_by: float | None, level: float, unit: str) -> str:
    """The rule in one sentence, for the page and the manifest."""
    where = "no effect" if important is None else f"no effect and {important:g} {unit}"
    text = (
        f"The conclusion counts as changed when the {level:g}% confidence interval of the primary "
        f"synthesis comes to lie otherwise to {where}"
    )
    return text + (f", or the estimate moves by {moved_by:g} {unit} or more." if moved_by else ".")


def changed(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    important: float | None,
    moved_by: float | None,
) -> bool:
    """Whether two results of the primary synthesis are two conclusions."""
    if conclusion(before, important) != conclusion(after, important):
        return True
    if moved_by is None or before is None or after is None:
        return False
    if before.get("b") is None or after.get("b") is None:
        return False
    return abs(after["b"] - before["b"]) >= moved_by
