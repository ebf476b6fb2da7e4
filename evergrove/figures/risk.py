"""Judgements of risk of bias beside a forest plot: symbols in circles, readable without colour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures.columns import Advance
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import Style

PREFIX = "rob_"
#: Judgement -> symbol, fill, and what the key says. Black on each fill has a contrast above 7:1.
SYMBOLS = {
    "low": ("+", "#a6dba0", "low"),
    "some": (wording.MINUS, "#fee391", "some concerns or moderate"),
    "high": ("×", "#fdae8b", "high or serious"),
    "critical": ("!", "#f58f7c", "critical"),
    "unknown": ("?", "#e6e6e6", "unclear or no information"),
}
_NAMES = {
    "low": ("low", "low risk", "yes", "y", "+", "l"),
    "some": ("some concerns", "some", "moderate", "medium", "-", wording.MINUS),
    "high": ("high", "high risk", "serious", "no", "n", "x", "×", "h"),
    "critical": ("critical", "very high", "!"),
    "unknown": ("unclear", "no information", "ni", "not reported", "unknown", "u", "?"),
}
_KNOWN = {name: kind for kind, names in _NAMES.items() for name in names}
#: Nothing was judged: no symbol.
_NOTHING = ("", "na", "n/a", "not applicable")


def judgements_of(study: Mapping[str, Any]) -> dict[str, str]:
    """{domain: judgement} of one row, from a mapping `rob` and from columns `rob_<domain>`.

    `rob` may also be one judgement, which is then that of the domain "overall". Judgements are
    keys of SYMBOLS; what was not judged is left out. Raises EvergroveError for any other word.
    """
    found = study.get("rob")
    given = (
        dict(found) if isinstance(found, Mapping) else {} if found is None else {"overall": found}
    )
    for name, value in study.items():
        if name.startswith(PREFIX) and len(name) > len(PREFIX):
            given[name.removeprefix(PREFIX)] = value
    judged = {}
    for domain, value in given.items():
        word = " ".join(str("" if value is None else value).replace("_", " ").lower().split())
        if word in _NOTHING:
            continue
        if word not in _KNOWN:
            raise EvergroveError(
                "not a judgement of risk of bias",
                place=f"{study.get('label') or study.get('study')}, domain {domain}",
                value=value,
                remedy="Use low, some concerns, moderate, high, serious, critical, unclear or "
                "no information.",
            )
        judged[str(domain).replace("_", " ")] = _KNOWN[word]
    return judged


def judgement_items(
    judged: Iterable[tuple[float, str]], y: float, style: Style, advance: Advance
) -> list[Words | Line | Shape]:
    """The symbols of one row: (x of the middle, judgement or "") around the height `y`."""
    items: list[Words | Line | Shape] = []
    size = style.text_size
    for x, judgement in judged:
        if not judgement:
            continue
        symbol, fill, _ = SYMBOLS[judgement]
        items.append(Shape(_circle(x, y, 0.62 * size), fill, style.ink, style.thin_line))
        width = advance(symbol, size, True)
        baseline = y + 0.36 * size
        items.append(Words(x, baseline, symbol, size, width, "middle", True, "#000000"))
    return items


def key_text(domains: list[str], used: set[str]) -> str:
    """What the numbers of the domains and the symbols mean."""
    names = "; ".join(f"{number} {name}" for number, name in enumerate(domains, 1))
    symbols = ", ".join(
        f"{symbol}{wording.NO_BREAK_SPACE}{text}"
        for kind, (symbol, _, text) in SYMBOLS.items()
        if kind in used
    )
    return f"Risk of bias: {names}. {symbols}."


def _circle(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    steps = [2 * math.pi * number / 32 for number in range(32)]
    return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in steps)
