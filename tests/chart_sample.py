"""Invented reviews with everything that charts are drawn from; no number here is from a study."""

from functools import cache

from evergrove.figures.chart_course import trajectory_table
from evergrove.figures.chart_curves import bubble_table
from evergrove.figures.chart_review import chart_tables, place_chart
from evergrove.figures.numbers import Numbers
from evergrove.figures.table import context_of
from tests.figure_sample import LONG_LABELS, PROTOCOL, review, studies, synthesis


def full_review(k, **look):
    """A review with time windows (one empty, one of a single row) and a correlation grid."""
    more = {name: look.pop(name) for name in ("measure", "unit", "level") if name in look}
    primary = synthesis(studies(k, **look))
    windows = [
        synthesis(studies(n, seed=n), id=f"days-{n}", kind="window", label=label)
        for n, label in ((4, "Up to 7 days"), (1, "8 to 45 days"), (0, "46 to 120 days"))
    ]
    fit = primary["fit"]
    grid = []
    for r in (0.0, 0.2, 0.5, 0.7, 0.9):
        shift = 0.02 * (0.5 - r)
        names = ("b", "ci_low", "ci_high", "pi_low", "pi_high")
        values = {name: None if fit[name] is None else fit[name] + shift for name in names}
        values["tau"] = (fit["tau2"] * (1 + shift)) ** 0.5
        grid.append({"r": r, **values, "tau2": fit["tau2"] * (1 + shift)})
    return review(primary, *windows, correlation_grid=grid, **more)


def versions(number):
    """So many versions of a review, oldest first."""
    return [
        {
            "version": f"26.{i}.0",
            "date": f"2026-{i % 12 + 1:02d}-15",
            "estimate": 5 + 0.3 * (-1) ** i / i,
            "low": 4.1 - 0.2 / i,
            "high": 6.2 + 1 / i,
            "tau2": 1.2345 / i,
            "k": 4 + i,
        }
        for i in range(1, number + 1)
    ]


CASES = {
    **{f"k = {k}": {"k": k} for k in (2, 3, 13, 65, 150)},
    "long labels": {"k": 13, "labels": LONG_LABELS},
    "65 long labels": {"k": 65, "labels": LONG_LABELS},
    "equal effects": {"k": 12, "spread": 0.0},
    "negative effects": {"k": 9, "mean": -2.4},
    "effects around zero": {"k": 20, "mean": 0.0, "spread": 0.3},
    "effects far from zero": {"k": 9, "mean": 300.0},
    "ratios": {"k": 13, "mean": 0.3, "spread": 0.5, "measure": "OR", "unit": None},
}


@cache
def charts(name):
    """Every chart of a case as (table, sheet): those of a review, a bubble plot, a trajectory."""
    data = full_review(**CASES[name])
    context = context_of(data, PROTOCOL, Numbers())
    tables = chart_tables(data, PROTOCOL)
    primary = data["syntheses"][0]
    if len(primary["studies"]) > 2:
        years = [row["timepoint_days"] or 1000 + i for i, row in enumerate(primary["studies"])]
        tables.append(bubble_table(primary, context, years, "Days after the bath"))
    tables.append(trajectory_table(versions(len(primary["studies"]) % 40), context))
    return [(table, place_chart(table)) for table in tables]
