"""What every chart of a synthesis starts from: its rows as arrays, labels and spoken sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evergrove import distributions, wording
from evergrove.errors import EvergroveError
from evergrove.figures import sentences
from evergrove.figures.axis import axis_range
from evergrove.figures.numbers import decimals, spoken
from evergrove.figures.rows import shown, study_row, usable_fit
from evergrove.figures.sentences import Context
from evergrove.figures.text import writable
from evergrove.projection import Array

Table = dict[str, Any]
Note = str
#: Diameter of a point (points), and how many labels a chart asks for at most.
POINT, MOST_LABELS = 5.5, 30


@dataclass(frozen=True)
class Data:
    """The rows of one synthesis, (k,) each, on the pooled scale."""

    id: str
    labels: tuple[str, ...]
    said: tuple[str, ...]
    y: Array
    v: Array
    fit: Mapping[str, Any]
    context: Context
    digits: int
    #: Whether any variance rests on an assumed correlation of before and after.
    assumes_r: bool

    @property
    def k(self) -> int:
        """How many rows."""
        return len(self.y)

    @property
    def se(self) -> Array:
        """Standard errors."""
        return np.sqrt(self.v)

    @property
    def options(self) -> dict[str, Any]:
        """Estimator and test of the fit, for fitting parts of the data the same way."""
        return {"method": self.fit.get("method", "REML"), "test": self.fit.get("test", "knha")}

    @property
    def z(self) -> float:
        """The normal quantile of the review's level."""
        return float(distributions.t_quantile(0.5 + float(self.context.level) / 200, np.inf))

    def effect(self, value: float) -> str:
        """A value of the pooled scale as printed."""
        return self.context.numbers.fixed(shown(value, self.context), self.digits)

    def estimate(self, value: float, low: float | None, high: float | None) -> str:
        """ "5.48 (95% CI 4.69 to 6.28)"."""
        text = self.effect(value)
        if low is None or high is None:
            return text
        bounds = f"{self.effect(low)} to {self.effect(high)}"
        return f"{text} ({self.context.level}% CI {bounds})"


def read(synthesis: Mapping[str, Any], context: Context, chart: str) -> Data:
    """The rows of a synthesis that pools two or more; else EvergroveError naming the chart."""
    fit = usable_fit(synthesis)
    if fit is None:
        raise EvergroveError(
            f"a {chart} needs a synthesis that pools two rows or more",
            place=str(synthesis.get("id")),
            value=len(synthesis.get("studies", ())),
        )
    studies = synthesis["studies"]
    digits = effect_digits(studies, context)
    rows = [
        study_row(study, number, context, {}, digits) for number, study in enumerate(studies, 1)
    ]
    return Data(
        id=synthesis["id"],
        labels=tuple(row["label"] for row in rows),
        said=tuple(row["spoken"] for row in rows),
        y=np.array([study["yi"] for study in studies], float),
        v=np.array([study["vi"] for study in studies], float),
        fit=fit,
        context=context,
        digits=digits,
        assumes_r=sentences.assumption_note(studies, context) is not None,
    )


def effect_digits(rows: Iterable[Mapping[str, Any]], context: Context) -> int:
    """Decimals of effects: those of the outcome's scale, else from the intervals of the rows."""
    if context.decimals is not None:
        return context.decimals
    halves = [
        (shown(row["ci_high"], context) - shown(row["ci_low"], context)) / 2
        for row in rows
        if row.get("ci_low") is not None and row.get("ci_high") is not None
    ]
    return decimals(halves)


def padded(values: Iterable[float], share: float = 0.05) -> tuple[float, float]:
    """The ends of an axis that shows all values, with a margin; never without width."""
    known = [float(value) for value in values]
    low, high = min(known), max(known)
    if not low < high:
        half = max(abs(low) / 2, 1.0)
        return low - half, high + half
    pad = share * (high - low)
    return low - pad, high + pad


def upwards(values: Iterable[float], share: float = 0.06) -> tuple[float, float]:
    """The ends of an axis from 0 to beyond the largest value; 0 is not the end if a value is 0."""
    known = [float(value) for value in values]
    high = (max(known, default=0.0) or 1.0) * (1 + share)
    return (-0.12 * high if min(known, default=1.0) < 0.05 * high else 0.0), high


def effect_axis(values: Iterable[float], context: Context, null: bool) -> dict[str, Any]:
    """An axis of effects that shows all `values`, and the value of no effect if `null`."""
    ends = [*values, *([context.measure.null] if null and context.measure.null is not None else [])]
    low, high = padded(ends)
    title = sentences.axis_title(context)
    return {"title": title, "low": low, "high": high, "measure": context.measure.id}


def shows_null(data: Data) -> bool:
    """Whether the value of no effect is near enough to be on the axis, as in the forest plot."""
    half = data.z * data.se
    rows = list(zip(data.y, data.y - half, data.y + half, strict=True))
    return axis_range(rows, [], data.context.measure.null).shows_null


def null_near(values: Iterable[float], context: Context) -> bool:
    """Whether no effect is as near to the values as they are wide apart, or among them."""
    null, known = context.measure.null, [float(value) for value in values]
    if null is None:
        return False
    width = max(known) - min(known)
    return min(known) - width <= null <= max(known) + width


def null_note(context: Context, on_axis: bool) -> list[Note]:
    """That the value of no effect is not on the axis."""
    null = context.measure.null
    if null is None or on_axis:
        return []
    value = wording.plain(context.measure.shown(null))
    return [f"The value of no effect, {value}, lies outside the axis."]


def points(
    data: Data,
    x: Sequence[float | None] | Array,
    y: Sequence[float | None] | Array,
    order: Sequence[float] | Array,
    say: Sequence[str],
) -> list[dict[str, Any]]:
    """A point for each row that has both values; the first MOST_LABELS by `order` want a label.

    `order` is how telling a row is (largest first); `say` is what is added to its sentence.
    """
    ranked = sorted(range(data.k), key=lambda i: (-float(order[i]), i))
    out = []
    for rank, i in enumerate(ranked):
        if x[i] is None or y[i] is None:
            continue
        out.append(
            {
                "id": f"study-{i + 1}",
                "x": float(x[i]),
                "y": float(y[i]),
                "shape": "circle",
                "colour": "main",
                "size": POINT,
                "edge": "white",
                "name": data.labels[i],
                "label": data.labels[i] if rank < MOST_LABELS else "",
                "spoken": ", ".join(part for part in (data.said[i], spoken(say[i])) if part),
            }
        )
    return out


def labels_note(data: Data, by: str) -> list[Note]:
    """Which points have labels, where not all are asked for."""
    if data.k <= MOST_LABELS:
        return []
    return [f"Labels are given to the {MOST_LABELS} of {data.k} points {by}."]


def model_note(data: Data) -> Note:
    """The pooled estimate and its model in one sentence."""
    fit, context = data.fit, data.context
    method = fit.get("method")
    text = f"{sentences.pooled_label(fit)} of {wording.counted(data.k, 'row')}"
    text += f": {data.estimate(fit['b'], fit['ci_low'], fit['ci_high'])}"
    if method and method != "EE":
        text += f"; {sentences.ESTIMATORS.get(method, method)}"
        digits = sentences.tau2_digits(fit["tau2"])
        text += f", τ² = {context.numbers.fixed(fit['tau2'], digits)}"
    return text + "."


def chart_table(
    kind: str,
    title: str,
    context: Context,
    panels: Sequence[Mapping[str, Any]],
    notes: Sequence[Note],
    key: Sequence[Mapping[str, Any]],
    **more: Any,
) -> Table:
    """The table of a chart, with what a person who cannot see it should be told first."""
    cautions = [note for note in (sentences.design_note(context),) if note]
    notes = [*notes, *cautions]
    table = {
        "figure": kind,
        "kind": kind,
        "title": title,
        "description": spoken(" ".join([f"{title}.", *notes])),
        "measure": context.measure.id,
        "columns": 1,
        "height": 250.0,
        "panels": list(panels),
        "notes": notes,
        "key": list(key),
    }
    return _clean(table | more)


def _clean(value: Any) -> Any:
    """Without characters that XML cannot hold, and with plain numbers."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value.item() if isinstance(value, np.generic) else value
