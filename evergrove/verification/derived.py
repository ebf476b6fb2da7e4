"""Values that the abstract does not print but that follow from what it prints.

Such a value is kept with how it was derived, in the measurement's note, so that the extraction
file stays in its format and a reader meets the derivation beside the number:
`[derived: change.mean = 1.9 - 9.2; at 1086-1089, 1030-1033; both are printed]`.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evergrove import printed_numbers
from evergrove.errors import EvergroveError

_MARK = re.compile(
    r"\s*\[derived: (?P<field>[a-z0-9_.]+) = (?P<formula>[^;\[\]]+); "
    r"at (?P<spans>\d+-\d+(?:, \d+-\d+)*); (?P<note>[^\[\]]*)\]"
)
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "×": "*", "·": "*", "÷": "/", ",": "."})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Derived:
    """How a field's value was derived: formula in words or signs, its places, and why."""

    field: str
    formula: str
    spans: tuple[tuple[int, int], ...]
    note: str


def split(note: str | None) -> tuple[str, list[Derived]]:
    """A note's hand-written part, as it stands, and the derivations kept in it."""
    note = note or ""
    found = [
        Derived(
            match["field"],
            match["formula"],
            tuple((int(a), int(b)) for a, b in (s.split("-") for s in match["spans"].split(", "))),
            match["note"],
        )
        for match in _MARK.finditer(note)
    ]
    return _MARK.sub("", note), found


def join(written: str, derived: Sequence[Derived]) -> str | None:
    """The note with the derivations behind what was written by hand; None if there is neither."""
    marks = [
        f"[derived: {item.field} = {item.formula}; at "
        f"{', '.join(f'{start}-{end}' for start, end in item.spans)}; {item.note}]"
        for item in derived
    ]
    return " ".join([*([written] if written else []), *marks]) or None


def check(item: Derived, value: Decimal, text: str) -> None:
    """Raise EvergroveError unless formula, places, note and value belong together.

    Each place must hold a number that the formula uses; where the formula is arithmetic
    (+ - * / sqrt and brackets), it must give the value, to the value's last digit.
    """
    for name, words in (("formula", item.formula), ("note", item.note)):
        if not words.strip():
            raise _error(item, f"a derived value needs its {name}")
        if len(words) > 300 or re.search(r"[\[\]\n\r]", words):
            raise _error(item, f"the {name} is too long or holds square brackets", words)
    if ";" in item.formula:
        raise _error(item, "a formula without semicolons, please", item.formula)
    if not item.spans:
        raise _error(item, "a derived value needs the numbers it is derived from")
    used = {abs(Decimal(word)) for word in _NUMBER.findall(item.formula.translate(_SIGNS))}
    for start, end in item.spans:
        if not 0 <= start < end <= len(text):
            raise _error(item, "not a place in the text", f"{start}, {end}")
        found = {abs(number) for number in printed_numbers.counts(text[start:end])}
        if not found & used:
            raise _error(item, "the formula does not use the number at its place", text[start:end])
    result = _evaluated(item.formula)
    unit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    if result is not None and abs(result - float(value)) > float(unit) / 2 + 1e-9:
        raise _error(item, f"the formula gives {result:.6g}, not {value}", item.formula)


def _error(item: Derived, problem: str, value: str | None = None) -> EvergroveError:
    return EvergroveError(problem, place=item.field, value=value)


def _evaluated(formula: str) -> float | None:
    """What the arithmetic gives; None where the formula is words."""
    try:
        tree = ast.parse(formula.translate(_SIGNS).replace("√", "sqrt").strip(), mode="eval")
        result = _value(tree.body)
    except (SyntaxError, ValueError, ZeroDivisionError, OverflowError, RecursionError, MemoryError):
        return None
    return result if math.isfinite(result) else None


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "sqrt" and not node.keywords:
        (argument,) = node.args
        return math.sqrt(_value(argument))
    raise ValueError("not arithmetic")
