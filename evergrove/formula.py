"""Moderators: from a formula such as ``~ ablat + factor(alloc)`` to a model matrix, as in R.

Supported: column names (in backticks if they hold spaces), ``factor(column)``, ``I(column^2)``,
``a:b`` and ``a*b``, ``0 +`` or ``- 1`` for no intercept. A column of text is a factor; factors
have treatment coding with the first level in sorted order as reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evergrove.errors import EvergroveError

TERM = re.compile(
    r"\s*(?:(factor)\(\s*(?P<factor>`[^`]+`|[^`()]+?)\s*\)"
    r"|I\(\s*(?P<power>`[^`]+`|[^`()^]+?)\s*\^\s*(?P<exponent>\d)\s*\)"
    r"|(?P<plain>`[^`]+`|[^\s`()+*:~^-]+))\s*"
)
SIGN = re.compile(r"\s*([+-])\s*")


@dataclass(frozen=True)
class Variable:
    """One column as it enters the model."""

    column: str
    label: str
    factor: bool = False
    exponent: int = 1


@dataclass(frozen=True)
class Formula:
    """Terms in order; each is one variable or the product of several."""

    intercept: bool
    terms: tuple[tuple[Variable, ...], ...]

    @property
    def columns(self) -> list[str]:
        """The columns needed, each once, in order."""
        return list(dict.fromkeys(v.column for term in self.terms for v in term))


def parse(text: str) -> Formula:
    """The formula as terms. Raises EvergroveError at the first thing that is not understood."""
    body = text.strip()
    if not body.startswith("~") or not body[1:].strip():
        raise _error(text, 'a formula begins with "~"')
    body = body[1:]
    intercept, terms, position, sign = True, [], 0, "+"
    leading = SIGN.match(body)
    if leading:
        sign, position = leading[1], leading.end()
    while True:
        term, position = _product(text, body, position)
        constant = term[0].column if len(term) == 1 and not term[0].factor else None
        if constant in ("0", "1"):
            intercept = (constant == "1") == (sign == "+")
        elif sign == "-":
            raise _error(text, 'only "- 1" can be subtracted')
        else:
            terms += _expand(term)
        if position == len(body):
            break
        found = SIGN.match(body, position)
        if not found or found.end() == len(body):
            raise _error(text, f'not understood from "{body[position:].strip()}" on')
        sign, position = found[1], found.end()
    unique = dict.fromkeys(tuple(v for v in term if v.label != "*") for term in terms)
    # Main effects before interactions, as R orders them.
    return Formula(intercept, tuple(sorted(unique, key=len)))


def _product(text: str, body: str, position: int) -> tuple[list[Variable], int]:
    """One operand of a sum: variables joined by ":" or "*" (marked by a variable labelled "*")."""
    variables: list[Variable] = []
    while True:
        found = TERM.match(body, position)
        if not found:
            raise _error(text, f'not understood from "{body[position:].strip()}" on')
        variables.append(_variable(found))
        position = found.end()
        if position == len(body) or body[position] not in ":*":
            return variables, position
        if body[position] == "*":
            variables.append(Variable("*", "*"))
        position += 1


def _variable(found: re.Match[str]) -> Variable:
    def bare(name: str) -> str:
        return name.strip().strip("`")

    if found["factor"]:
        name = bare(found["factor"])
        return Variable(name, f"factor({name})", factor=True)
    if found["power"]:
        name = bare(found["power"])
        return Variable(name, f"I({name}^{found['exponent']})", exponent=int(found["exponent"]))
    name = bare(found["plain"])
    return Variable(name, name)


def _expand(term: list[Variable]) -> list[tuple[Variable, ...]]:
    """a*b is a + b + a:b; a*b:c and longer products are left to the user to write out."""
    if not any(v.label == "*" for v in term):
        return [tuple(term)]
    factors = [v for v in term if v.label != "*"]
    if len(factors) != 2 or len(term) != 3:
        raise EvergroveError(
            "only two moderators can be crossed by *", remedy='Write the terms out: "a + b + a:b".'
        )
    first, second = factors
    return [(first,), (second,), (first, second)]


def model_matrix(
    formula: Formula, values: Mapping[str, Sequence[float] | Sequence[str]]
) -> tuple[np.ndarray, list[str]]:
    """The matrix (k, p) and the names of its columns, intercept first.

    `values` holds each column of the formula for k studies, numbers or text, none missing.
    """
    present = {term for term in formula.terms if len(term) == 1}
    k = len(next(iter(values.values()))) if values else 0
    columns: list[np.ndarray] = [np.ones(k)] if formula.intercept else []
    names = ["intercept"] if formula.intercept else []
    full = not formula.intercept
    for term in formula.terms:
        if len(term) > 1 and any((v,) not in present for v in term):
            raise EvergroveError(
                f'the interaction "{":".join(v.label for v in term)}" lacks its main effects',
                remedy='Write "a * b" or "a + b + a:b".',
            )
        parts = []
        for variable in term:
            is_factor = variable.factor or isinstance(values[variable.column][0], str)
            # Without an intercept the first factor gets a column for every level.
            parts.append(_columns(variable, values[variable.column], is_factor, full and is_factor))
            full = full and not is_factor
        for label, column in _products(parts):
            names.append(label)
            columns.append(column)
    return np.column_stack(columns), names


def _columns(
    variable: Variable, values: Sequence[float] | Sequence[str], is_factor: bool, full: bool
) -> list[tuple[str, np.ndarray]]:
    if not is_factor:
        return [(variable.label, np.asarray(values, float) ** variable.exponent)]
    if variable.exponent != 1:
        raise EvergroveError("a column of text has no powers", value=variable.label)
    levels = sorted(set(values))
    if len(levels) < 2:
        raise EvergroveError(
            f'moderator "{variable.column}" has one level only', value=_level(levels[0])
        )
    kept = levels if full else levels[1:]
    return [
        (variable.label + _level(level), np.array([float(value == level) for value in values]))
        for level in kept
    ]


def _level(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def _products(parts: list[list[tuple[str, np.ndarray]]]) -> list[tuple[str, np.ndarray]]:
    """All products of one column from each part; the first part's columns run fastest, as in R."""
    out = parts[0]
    for part in parts[1:]:
        out = [(f"{a}:{b}", x * y) for b, y in part for a, x in out]
    return out


def _error(text: str, problem: str) -> EvergroveError:
    return EvergroveError(
        problem, place="--mods", value=text, remedy='Example: --mods "~ year + factor(design)".'
    )
