"""Values that stand against each other in one cell, the text around them, and lists of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    word_set,
)
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import same_label

if TYPE_CHECKING:
    from evergrove.reading.drafts import Draft
    from evergrove.reading.view import View

# kind ("arm", "time" or "place"), one label for each unit, the reason to note
Found = tuple[str, list[Any], str]

VISITS = frozenset(
    ("base", "point", "window", "final", "post", "immediate", "discharge", "followup", "other")
)
_LATER_VISITS = VISITS - {"base"}


@dataclass(slots=True, eq=False)
class Units:
    """Values of one sentence that stand against each other, and the text around them.

    `of`: the units, each with as many values. `gaps`: the stretches of text before the first value,
    between the values (of all units, as they stand), and behind the last. `before` and `behind`:
    the stretches beside each unit; none where the units are not told one after another.
    """

    of: list[list[Draft]]
    gaps: list[tuple[int, int]]
    before: list[tuple[int, int]]
    behind: list[tuple[int, int]]

    @classmethod
    def cut(cls, tokens: list[Token], units: list[list[Draft]]) -> Units:
        view = units[0][0].view
        values = sorted((d.cell.value.first, d.cell.value.last) for u in units for d in u)
        start, end = values[0][0], values[-1][1]
        while start > view.a and tokens[start - 1].word != ";":
            start -= 1
        while end < view.b and tokens[end].word != ";":
            end += 1
        gaps = list(
            zip([start, *[v[1] for v in values]], [*[v[0] for v in values], end], strict=True)
        )
        size = len(units[0])
        in_turn = [v for unit in units for v in sorted(d.cell.value.first for d in unit)]
        if in_turn != sorted(in_turn):
            return cls(units, gaps, [], [])
        return cls(units, gaps, gaps[:-1:size], gaps[size::size])

    @property
    def view(self) -> View:
        return self.of[0][0].view

    @property
    def size(self) -> int:
        return len(self.of)

    def are_differences(self, tokens: list[Token]) -> bool:
        """ "a 19.7 DIFFERENCE in VAS", "these DIFFERENCES were 7 mg and 0.6 cm": no scores."""
        for unit in self.of:
            value = unit[0].cell.value
            near = [*range(value.first - 2, value.first), *range(value.last, value.last + 3)]
            if any(
                self.view.a <= k < self.view.b and tokens[k].word in _DIFFERENCE_NOUNS for k in near
            ):
                return True
        return False

    def busy(self) -> set[int]:
        """Tokens of times, measures and numbers."""
        view = self.view
        spans = [(t.first, t.last) for t in view.times]
        spans += [(m.first, m.last) for m in view.mentions if m.key or m.veto]
        spans += [(v.first, v.last) for v in view.q.values]
        spans += [(p.first, p.last) for p in view.q.ps]
        return {k for first, last in spans for k in range(first, last)}

    def varies(self, kind: str) -> bool:
        """Whether the values inside a unit differ in this already."""
        return any(
            not same_label(getattr(draft.cell, kind), getattr(unit[0].cell, kind))
            for unit in self.of
            for draft in unit
        )


_DIFFERENCE_NOUNS = word_set("difference differences differed differ")


def own(units: Units, kind: str, found: list[list[Any]]) -> list[Found]:
    """A label of its own for every unit, each different from all others."""
    firsts = [labels[0] for labels in found if len(labels) == 1]
    return listed(units, kind, firsts)


def nearest(units: Units, kind: str, found: Callable[..., list[Any]]) -> list[Found]:
    """ "5.3 at 1 year (baseline score of 8.1, 1-year score of 2.7)": of several, the nearest."""
    behind = [found(units, *gap)[:1] for gap in units.behind]
    before = [found(units, *gap)[-1:] for gap in units.before]
    return [*own(units, kind, before), *own(units, kind, behind)]


def values_inside(units: Units, labels: list[Any]) -> bool:
    """ "4.9 AT 1 MONTH and 5.3 AT 6 MONTHS (8.1 vs 2.8)": labels of other values are no list."""
    if len(labels) < 2:
        return False
    first, last = labels[0].first, labels[-1].last
    return any(first < value.at < last for value in units.view.q.values)


def listed(units: Units, kind: str, labels: list[Any], reason: str = "") -> list[Found]:
    """A list of as many labels as there are units."""
    return [(kind, labels, reason)] if len(labels) == units.size and different(labels) else []


def different(labels: list[Any]) -> bool:
    return not any(
        same_label(one, other) for k, one in enumerate(labels) for other in labels[k + 1 :]
    )


def inside(labels: Sequence[Any], a: int, b: int) -> list[Any]:
    """Labels that stand between two places, each once, in the order of the text."""
    out: list[Any] = []
    for label in sorted(labels, key=lambda one: one.first):
        if a <= label.first and label.last <= b and not any(same_label(label, x) for x in out):
            out.append(label)
    return out


def arms_between(units: Units, a: int, b: int) -> list[Arm]:
    return inside(units.view.arms, a, b)


def visits_between(units: Units, a: int, b: int) -> list[Time]:
    """Times of measurement; baseline is none of a change."""
    moved = any(d.record["stat"] != "level" for unit in units.of for d in unit)
    kinds = _LATER_VISITS if moved else VISITS
    return inside([time for time in units.view.times if time.kind in kinds], a, b)
