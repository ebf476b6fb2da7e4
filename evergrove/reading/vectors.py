"""What linking works on: cells, memory, and vectors of labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evergrove.reading.arms.arms import Arm
from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.times.time_parts import Time


@dataclass(slots=True, eq=False)
class Cell:
    """One value with its labels."""

    value: Value
    run: Run
    mention: Mention | None = None
    arm: Arm | None = None
    time: Time | None = None
    count: Count | None = None
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Memory:
    """What the sentences before leave for this one."""

    mention: Mention | None = None
    arms: list[Arm] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=dict)
    count: Count | None = None
    last_time: Time | None = None
    listed: list[Time] = field(default_factory=list)
    visits: list[Time] = field(default_factory=list)  # at which a measure was taken, as planned
    cells: list[Cell] = field(default_factory=list)
    measures: list[Mention] = field(default_factory=list)  # that a sentence lists without scores
    told: dict[str, list[Cell]] = field(default_factory=dict)  # the last values of each measure
    other: bool = False  # whether an amount of something else was told after the last scores


class Vectors:
    """Labels of one kind for every value of a sentence, and where each came from."""

    def __init__(self, kind: str, runs: list[Run]) -> None:
        self.kind = kind
        self.runs = runs
        self.of: list[list[Any]] = [[None] * len(run.values) for run in runs]
        self.how: list[str] = [""] * len(runs)
        self.mismatch: list[bool] = [False] * len(runs)

    def set(self, index: int, labels: list[Any], how: str) -> None:
        """Give the values of a run their labels: one for each, or one for all of them."""
        size = len(self.runs[index].values)
        self.of[index] = list(labels) * size if len(labels) == 1 else list(labels)
        self.how[index] = how

    def unique(self, stop: int) -> list[Any]:
        """The different labels of the runs before `stop`, in order of first use."""
        seen: list[Any] = []
        for vector in self.of[:stop]:
            for label in vector:
                if label is not None and not any(same_label(label, other) for other in seen):
                    seen.append(label)
        return seen


#: How a label was found that stands on the value's own side of the punctuation.
OWN_SIDES = ("pre", "post")


def same_label(a: Any, b: Any) -> bool:
    if isinstance(a, Time) and isinstance(b, Time):
        return a.kind == b.kind and a.label == b.label
    if isinstance(a, Arm) and isinstance(b, Arm):
        return a.name == b.name or (a.arm is not None and a.arm is b.arm)
    if isinstance(a, Mention) and isinstance(b, Mention):
        return a is b or (a.key is not None and a.same(b))
    return a is b


def alike(one: Any, two: Any) -> bool:
    """Whether both labels are there, and the same."""
    return one is not None and two is not None and same_label(one, two)
