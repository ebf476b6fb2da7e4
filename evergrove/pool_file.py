"""The command `pool`: the rows of a file made by hand, pooled, with whatever else was asked for.

Rows that cannot be used are dropped with a reason each; nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evergrove import (
    diagnostics,
    formula,
    pooling,
    resampling,
    robust,
    subgroups,
    tau2_intervals,
    wording,
)
from evergrove.errors import EvergroveError
from evergrove.spreadsheet import MISSING, numbers

WITHOUT_MODERATORS = ("leave_one_out", "cumulative", "egger", "trimfill", "by", "bootstrap")
OPTIONS = {
    "method": "REML",
    "test": "knha",
    "level": 95,
    "mods": None,
    "by": None,
    "cluster": None,
    "robust": None,
    "tau2_ci": "qprofile",
    "leave_one_out": False,
    "cumulative": None,
    "influence": False,
    "egger": False,
    "begg": False,
    "trimfill": None,
    "permutation": None,
    "bootstrap": None,
    "seed": 1,
}


# What `by` holds beside its levels.
RESERVED = {
    "Q_between", "df", "p", "column", "levels", "reason", "without_level", "common_tau2",
}  # fmt: skip


@dataclass(frozen=True)
class Studies:
    """The usable rows of a file: outcomes, variances, the rows as read with their names and places
    (counted from 1), and what was dropped."""

    y: np.ndarray
    v: np.ndarray
    rows: list[Mapping[str, str]]
    names: list[str]
    places: list[int]
    dropped: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, good: Sequence[bool]) -> Studies:
        """Only the studies for which `good` is true."""
        at = np.flatnonzero(good)
        return Studies(
            self.y[at],
            self.v[at],
            [self.rows[i] for i in at],
            [self.names[i] for i in at],
            [self.places[i] for i in at],
            self.dropped,
        )


def pool_file(rows: Sequence[Mapping[str, str]], options: Mapping[str, Any]) -> dict[str, Any]:
    """What `evergrove pool --json` prints for the rows of a file.

    `options` has the command's options with underscores (`OPTIONS` has their defaults). Rows
    that cannot be used are in "dropped", each with row, line, study, kind ("missing" or
    "rejected") and reason. Raises EvergroveError if nothing is left, and for options that are
    unknown, name no column or do not go together.
    """
    chosen = {**OPTIONS, **{key: value for key, value in options.items() if value is not None}}
    _check(chosen, rows)
    studies = _usable(rows)
    X, names = None, None
    if chosen["mods"]:
        studies, X, names = _moderators(studies, chosen["mods"])
    if not studies.rows:
        first = f" {studies.dropped[0]['reason']}." if studies.dropped else ""
        raise EvergroveError(
            "no row can be pooled",
            file=getattr(rows[0], "file", None) if rows else None,
            remedy=f"Every row needs a number yi and a positive number vi.{first}",
        )
    how = {key: chosen[key] for key in ("method", "test", "level")}
    y, v = studies.y, studies.v
    fit = pooling.fit(y, v, X, names=names, tau2_ci=chosen["tau2_ci"], **how)
    out = fit | {"n_dropped": len(studies.dropped)}
    out["warnings"] = [*fit["warnings"], *_repeated(studies, chosen)]
    out |= _further(studies, fit, X, chosen, how)
    out["studies"] = _listed(studies, fit, chosen["level"])
    out["dropped"] = studies.dropped
    return out


def _check(chosen: Mapping[str, Any], rows: Sequence[Mapping[str, str]]) -> None:
    known = {
        "robust": (None, "CR2", "CR1"),
        "tau2_ci": tau2_intervals.KINDS,
        "trimfill": (None, "L0", "R0"),
    }
    for key, value in chosen.items():
        if key not in OPTIONS:
            raise EvergroveError("unknown option", value=key)
        if key in known and value not in known[key]:
            names = ", ".join(str(name) for name in known[key] if name)
            raise EvergroveError(
                f"unknown value of --{key.replace('_', '-')}",
                value=value,
                remedy=f"Known: {names}.",
            )
    if chosen["robust"] and not chosen["cluster"]:
        raise EvergroveError("--robust needs --cluster COLUMN", remedy="Name the clusters' column.")
    for key in ("by", "cluster", "cumulative"):
        if chosen[key] and rows and chosen[key] not in rows[0]:
            raise _no_column(key, chosen[key], rows)
    if chosen["mods"]:
        for key in WITHOUT_MODERATORS:
            if chosen[key]:
                raise EvergroveError(
                    f"--{key.replace('_', '-')} is not defined for a model with --mods",
                    remedy="Use one of the two.",
                )


def _no_column(key: str, name: str, rows: Sequence[Mapping[str, str]]) -> EvergroveError:
    return EvergroveError(
        f'--{key}: there is no column "{name}"',
        file=getattr(rows[0], "file", None),
        remedy=f"Columns: {', '.join(rows[0])}.",
    )


def _drop(row: Mapping[str, str], number: int, name: str, kind: str, reason: str) -> dict[str, Any]:
    line = getattr(row, "line", None)
    return {"row": number, "line": line, "study": name, "kind": kind, "reason": reason}


def _usable(rows: Sequence[Mapping[str, str]]) -> Studies:
    """Rows with a number yi and a positive number vi; all others are dropped, with the reason."""
    cells = {key: [row.get(key) or "" for row in rows] for key in ("yi", "vi")}
    columns = {
        "yi": numbers(cells["yi"], others=cells["vi"]),
        "vi": numbers(cells["vi"], others=cells["yi"]),
    }
    good, y, v, names, places, dropped = [], [], [], [], [], []
    for i, row in enumerate(rows):
        name = (row.get("study") or "").strip() or str(i + 1)
        reason = kind = None
        for key in ("yi", "vi"):
            value = columns[key][i]
            if isinstance(value, str):
                kind, reason = "rejected", f"{key} {value}"
                break
            if value is None:
                kind, reason = kind or "missing", reason or f"{key} is missing"
            elif key == "vi" and value <= 0 and kind is None:
                kind, reason = "rejected", f"vi is not positive ({value!r})"
        if kind is None:
            good.append(row)
            y.append(columns["yi"][i])
            v.append(columns["vi"][i])
            names.append(name)
            places.append(i + 1)
        else:
            dropped.append(_drop(row, i + 1, name, kind, str(reason)))
    return Studies(np.array(y, float), np.array(v, float), good, names, places, dropped)


def _moderators(studies: Studies, text: str) -> tuple[Studies, np.ndarray | None, list[str]]:
    """The model matrix of the formula; rows without a value for one of its columns are dropped."""
    parsed = formula.parse(text)
    if not parsed.terms:
        if parsed.intercept:
            return studies, None, []
        raise EvergroveError("the formula has no term", place="--mods", value=text)
    for column in parsed.columns:
        if studies.rows and column not in studies.rows[0]:
            raise _no_column("mods", column, studies.rows)
    good = []
    for row, name, place in zip(studies.rows, studies.names, studies.places, strict=True):
        lacking = [c for c in parsed.columns if row[c].strip().lower() in MISSING]
        good.append(not lacking)
        if lacking:
            reason = f'moderator "{lacking[0]}" is missing'
            studies.dropped.append(_drop(row, place, name, "missing", reason))
    kept = studies.keep(good)
    if not kept.rows:
        return kept, None, []
    values = {column: _typed(column, kept.rows) for column in parsed.columns}
    X, names = formula.model_matrix(parsed, values)
    return kept, X, names


def _typed(column: str, rows: Sequence[Mapping[str, str]]) -> list[float] | list[str]:
    """A column as numbers if all its cells are, as text if none is; a mixture is an error."""
    cells = [row[column] for row in rows]
    found = numbers(cells)
    bad = [i for i, value in enumerate(found) if not isinstance(value, float)]
    if not bad:
        return [float(value) for value in found]  # type: ignore[arg-type]
    if len(bad) == len(cells):
        return [cell.strip() for cell in cells]
    row = rows[bad[0]]
    raise EvergroveError(
        "a moderator of numbers has a cell that is none",
        file=getattr(row, "file", None),
        place=f"line {getattr(row, 'line', '?')}, column {column}",
        value=cells[bad[0]],
        remedy="Write a number, leave it empty, or make every cell text.",
    )


def _further(
    studies: Studies,
    fit: Mapping[str, Any],
    X: np.ndarray | None,
    chosen: Mapping[str, Any],
    how: Mapping[str, Any],
) -> dict[str, Any]:
    """The objects that the further options add, each under its own name."""
    y, v = studies.y, studies.v
    out: dict[str, Any] = {}
    if chosen["leave_one_out"]:
        out["leave_one_out"] = diagnostics.leave_one_out(y, v, **how)
    if chosen["cumulative"]:
        order = _order(chosen["cumulative"], studies)
        found = diagnostics.cumulative(y[order], v[order], **how)
        out["cumulative"] = {"study": [studies.names[i] for i in order]} | found
    if chosen["influence"]:
        model = {key: how[key] for key in ("method", "test")}
        out["influence"] = diagnostics.influence(y, v, X, **model)
    if chosen["egger"]:
        out["egger"] = diagnostics.egger(y, v, **how)
    if chosen["begg"]:
        out["begg"] = diagnostics.begg(y, v)
    if chosen["trimfill"]:
        out["trimfill"] = diagnostics.trim_and_fill(y, v, estimator=chosen["trimfill"], **how)
    if chosen["cluster"]:
        labels = [row[chosen["cluster"]].strip() for row in studies.rows]
        for row, label in zip(studies.rows, labels, strict=True):
            if not label:
                raise EvergroveError(
                    "no cluster is given",
                    file=getattr(row, "file", None),
                    place=f"line {getattr(row, 'line', '?')}, column {chosen['cluster']}",
                    remedy="Name the cluster that the row belongs to.",
                )
        kind = chosen["robust"] or "CR2"
        out["robust"] = robust.cluster_robust(
            y, v, labels, fit["tau2"], X, level=how["level"], kind=kind
        )
    again = {"seed": chosen["seed"]}
    if chosen["permutation"]:
        model = {key: how[key] for key in ("method", "test")} | again
        out["permutation"] = resampling.permutation_test(
            y, v, X, iterations=chosen["permutation"], **model
        )
    if chosen["bootstrap"]:
        out["bootstrap"] = resampling.bootstrap(
            y, v, iterations=chosen["bootstrap"], **how, **again
        )
    if chosen["by"]:
        out["by"] = _by(chosen["by"], studies, how)
    return out


def _by(column: str, studies: Studies, how: Mapping[str, Any]) -> dict[str, Any]:
    """One pool object a level, and the test between the levels of two or more studies."""
    labels = [row[column].strip() for row in studies.rows]
    levels = _sorted_labels({label for label in labels if label.lower() not in MISSING})
    reserved = RESERVED & set(levels)
    if reserved:
        raise EvergroveError(
            "a level has the name of one of the results",
            place=f"column {column}",
            value=min(reserved),
            remedy="Rename the level.",
        )
    out: dict[str, Any] = {"column": column, "levels": levels}
    for level in levels:
        part = studies.keep([label == level for label in labels])
        fit = pooling.fit(part.y, part.v, **how)
        out[level] = fit | {"studies": _listed(part, fit, how["level"]), "dropped": []}
    out |= subgroups.test_between([out[level] for level in levels if out[level]["k"] >= 2])
    with_level = studies.keep([label in levels for label in labels])
    kept = [label for label in labels if label in levels]
    if kept:
        kept_order = sorted(range(len(kept)), key=lambda i: levels.index(kept[i]))
        out["common_tau2"] = subgroups.common_tau2(
            with_level.y[kept_order], with_level.v[kept_order], [kept[i] for i in kept_order], **how
        )
    pairs = zip(studies.names, labels, strict=True)
    out["without_level"] = [name for name, label in pairs if label.lower() in MISSING]
    return out


def _sorted_labels(labels: set[str]) -> list[str]:
    """Numbers by size, anything else as text."""
    as_numbers = {label: numbers([label])[0] for label in labels}
    if all(isinstance(value, float) for value in as_numbers.values()):
        return sorted(labels, key=lambda label: (as_numbers[label], label))
    return sorted(labels)


def _order(column: str, studies: Studies) -> list[int]:
    """Row numbers by a column: by size if it holds numbers, else as text; ties in file order."""
    cells = [row[column].strip() for row in studies.rows]
    found = numbers(cells)
    missing = [name for name, value in zip(studies.names, found, strict=True) if value is None]
    if missing:
        raise EvergroveError(
            f'column "{column}" is empty',
            place=f"study {missing[0]}",
            remedy="Give every study its place in the order.",
        )
    if all(isinstance(value, float) for value in found):
        return sorted(range(len(cells)), key=lambda i: found[i])  # type: ignore[arg-type, return-value]
    if any(isinstance(value, float) for value in found):
        odd = next(cell for cell, value in zip(cells, found, strict=True) if isinstance(value, str))
        raise EvergroveError(
            f'column "{column}" mixes numbers and text, so that it has no order',
            value=odd,
            remedy="Write numbers, or dates as 2024-05-31, throughout.",
        )
    return sorted(range(len(cells)), key=lambda i: cells[i])


def _repeated(studies: Studies, chosen: Mapping[str, Any]) -> list[str]:
    counts = Counter(row["study"].strip() for row in studies.rows if row.get("study"))
    repeated = [name for name, number in counts.items() if name and number > 1]
    if not repeated or chosen["cluster"]:
        return []
    return [
        f"Several rows have the same study ({wording.listed(repeated[:3])}"
        f"{' and others' if len(repeated) > 3 else ''}) and are pooled as if they were "
        "independent; --cluster study --robust CR2 takes account of that."
    ]


def _listed(studies: Studies, fit: Mapping[str, Any], level: float) -> list[dict[str, Any]]:
    """One object a row as used, with the columns that came with it."""
    low, high = pooling.interval(studies.y, studies.v, level)
    weight = pooling.weights(studies.v, fit["tau2"])
    own = {"study", "yi", "vi", "ci_low", "ci_high", "weight"}
    return [
        {
            "study": studies.names[i],
            "yi": float(studies.y[i]),
            "vi": float(studies.v[i]),
            "ci_low": float(low[i]),
            "ci_high": float(high[i]),
            "weight": float(weight[i]),
        }
        | {key: value for key, value in row.items() if key not in own}
        for i, row in enumerate(studies.rows)
    ]
