"""Which figures a review has, without drawing them: read while Snakemake plans a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evergrove import selection

#: Figures of every review beside its forest plots, and what they show, in the order of the page.
FURTHER = {
    "flow": "From records to studies: PRISMA 2020 flow diagram",
    "summary": "Every synthesis in one forest plot",
    "cumulative": "The result as studies were added, by date",
    "leave-one-out": "The result without each row",
    "funnel": "Funnel plot with contours of significance",
    "radial": "Radial (Galbraith) plot",
    "baujat": "Baujat plot: who adds to heterogeneity and who moves the result",
    "influence": "Influence of each row",
    "gosh": "Heterogeneity of all subsets (GOSH)",
    "drapery": "Drapery plot: p-value functions",
    "time-course": "The result by time after treatment",
    "correlation": "The result under other correlations",
    "trajectory": "The result from version to version",
}
#: Begins the names of the two figures of each risk of bias tool.
RISK = "risk-of-bias-"


def figure_ids(protocol: Mapping[str, Any], judgements: Iterable[Path | str] = ()) -> list[str]:
    """The ids of all figures of a review: its forest plots, FURTHER, risk of bias by tool.

    `judgements` are the paths of its risk_of_bias.csv, none or one. Raises EvergroveError for one
    that cannot be read.
    """
    return [*selection.figure_ids(protocol), *FURTHER, *risk_figure_ids(judgements)]


def risk_figure_ids(judgements: Iterable[Path | str]) -> list[str]:
    """Two ids for each tool of the files, in the order of its first row."""
    tools: dict[str, None] = {}
    for path in judgements:
        # Only a review that has judgements pays for the import.
        from evergrove.risk_of_bias import checked, read_judgements

        tools |= dict.fromkeys(checked(read_judgements(path)))
    return [name for tool in tools for name in risk_names(tool)]


def risk_names(tool: str) -> tuple[str, str]:
    """The ids of a tool's two figures: judgements by study, and their shares."""
    name = f"{RISK}{tool.replace('_', '-')}"
    return name, f"{name}-summary"


def further(names: Iterable[str]) -> dict[str, str]:
    """Those of the names that are no forest plot of one synthesis, and what each shows."""
    known = set(names)
    shown = {name: title for name, title in FURTHER.items() if name in known}
    for name in sorted(known):
        if name.startswith(RISK):
            kind = "shares of judgements" if name.endswith("-summary") else "by study and domain"
            shown[name] = f"Risk of bias, {kind}"
    return shown


def is_rated(names: Iterable[str]) -> bool:
    """Whether figures of risk of bias are among the names."""
    return any(name.startswith(RISK) for name in names)


def taken(name: str) -> bool:
    """Whether a synthesis may not be called that, because another figure is."""
    return name in FURTHER or name.startswith(RISK)
