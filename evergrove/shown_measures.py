"""Effect measures as figures and the page show them: name, unit, scale of the axis, no effect."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One effect measure.

    `shown` turns the pooled scale into the printed one (exp for log ratios) and is increasing;
    `null` is the value of no effect on the pooled scale, None where there is none.
    """

    id: str
    name: str
    shown: Callable[[float], float]
    null: float | None
    scale: str
    #: In the unit of the outcome, so that the unit belongs beside it.
    has_unit: bool = False
    #: Made from a before and an after value of the same people.
    is_change: bool = False


def _same(value: float) -> float:
    return value


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0


def _sine_squared(value: float) -> float:
    # Beyond [0, pi/2] the arcsine-square-root scale has no proportion; bounds stop at 0 and 1.
    return math.sin(min(max(value, 0.0), math.pi / 2)) ** 2


def _difference(id: str, name: str, **more: bool) -> Measure:
    return Measure(id, name, _same, 0.0, "linear", **more)


def _ratio(id: str, name: str, **more: bool) -> Measure:
    return Measure(id, name, math.exp, 0.0, "log", **more)


_ALL = (
    _difference("MC", "Mean change", has_unit=True, is_change=True),
    _difference("SMCC", "Standardised mean change", is_change=True),
    _difference("SMCR", "Standardised mean change", is_change=True),
    _difference("SMCRH", "Standardised mean change", is_change=True),
    _difference("MD", "Mean difference", has_unit=True),
    _difference("SMD", "Standardised mean difference"),
    _difference("SMDH", "Standardised mean difference"),
    _difference("RD", "Risk difference"),
    _difference("IRD", "Rate difference"),
    _ratio("ROM", "Ratio of means"),
    _ratio("ROMC", "Ratio of means", is_change=True),
    _ratio("RR", "Risk ratio"),
    _ratio("OR", "Odds ratio"),
    _ratio("PETO", "Odds ratio (Peto)"),
    _ratio("IRR", "Rate ratio"),
    _ratio("HR", "Hazard ratio"),
    Measure("MN", "Mean", _same, None, "linear", has_unit=True),
    Measure("PR", "Proportion", _same, None, "linear"),
    Measure("PLO", "Proportion", _logistic, None, "logit"),
    Measure("PLN", "Proportion", math.exp, None, "log"),
    Measure("PAS", "Proportion", _sine_squared, None, "arcsine"),
    # The inverse of the double arcsine needs a sample size that a pooled value does not have.
    Measure("PFT", "Proportion (Freeman–Tukey scale)", _same, None, "linear"),
    Measure("IR", "Rate", _same, None, "linear"),
    Measure("IRLN", "Rate", math.exp, None, "log"),
    Measure("ZCOR", "Correlation", math.tanh, 0.0, "fisher"),
    _difference("COR", "Correlation"),
    _difference("GEN", "Effect"),
)
MEASURES = {measure.id: measure for measure in _ALL}


# What the protocol's `effect.sign` means on the pooled scale, for differences and for ratios.
SIGNS = {
    "before_minus_after": ("before minus after", "before divided by after"),
    "after_minus_before": ("after minus before", "after divided by before"),
}


def sign_words(sign: str, measure: Measure) -> str | None:
    """The protocol's sign in words: "before minus after", or for a ratio "divided by"."""
    difference, ratio = SIGNS.get(sign, (None, None))
    return ratio if measure.scale == "log" else difference


def measure_of(id: str | None) -> Measure:
    """The measure of that name; an unknown one is drawn as it stands, under its own name."""
    if id is None:
        return MEASURES["GEN"]
    known = MEASURES.get(id.upper())
    return known or _difference(id, id)
