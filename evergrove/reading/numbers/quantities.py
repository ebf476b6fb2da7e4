"""Numbers in context, before any meaning: centre with spread, p, n, fraction, threshold, scale.

A `Value` is a number that may be a result, with everything that is printed as belonging to it.
Numbers that cannot be one are put down with a reason in `Quantities.rejected`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Spread:
    """`kind`: sd, se, pm, paren, iqr, iqr_width, range, ci, pair. One or two number tokens."""

    kind: str
    values: tuple[float, ...]
    at: tuple[int, ...]
    level: int | None = None
    stated: bool = False
    level_at: int | None = None


@dataclass(slots=True, eq=False)
class P:
    """A printed p: operator (= < > ns), number and its tokens first..last."""

    op: str
    value: float | None
    first: int
    last: int
    start: int
    zero: bool = False
    scope: str = ""


@dataclass(slots=True, eq=False)
class Count:
    """A number of people or things. `of` is the token of the denominator; `each`: per group."""

    value: int
    at: int
    last: int
    noun: str = ""
    of: int | None = None
    each: bool = False
    bracket: bool = False
    equals: bool = False


@dataclass(slots=True, eq=False)
class Value:
    """A number that may be a result; `at` is its token, first..last all that belongs to it.

    `median`: the token of a median printed in a bracket behind a mean.
    """

    at: int
    first: int
    last: int
    value: float
    sign: str = ""
    unit: str | None = None
    percent: bool = False
    spreads: list[Spread] = field(default_factory=list)
    n: Count | None = None
    p: P | None = None
    adjectival: bool = False
    approximate: bool = False
    scale_top: int | None = None
    loose: bool = False
    median: int | None = None


@dataclass(slots=True, eq=False)
class Quantities:
    """All numbers of one sentence."""

    values: list[Value] = field(default_factory=list)
    ps: list[P] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)
    foreign: list[Value] = field(default_factory=list)  # rejected for the unit of something else
    lists: list[tuple[int, list[Spread]]] = field(default_factory=list)
    scales: list[tuple[float, float, int | None, int, int, str]] = field(default_factory=list)
    approximate: bool = False
