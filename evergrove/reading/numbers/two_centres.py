"""Mean and median of the same scores: one record that holds both, and no two values in one cell."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.frames import Run
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import MEANS, MEDIANS, word_set

if TYPE_CHECKING:
    from evergrove.reading.drafts import Draft

# "3.9 (SD 3.0), AND A median OF 3.25": nothing that names another group, time or pain.
_JOINS = word_set("and a an the of , ; : = ( ) [ ] with score scores value sd se cm mm ± iqr range")
_OF_MEDIAN = ("median", "q1", "q3", "iqr_width", "min", "max")


def centre_in_pair(tokens: list[Token], a: int, run: Run, value: Value) -> str | None:
    """ "the MEAN AND MEDIAN scores were 8.0 and 7.5": which of the two names a value has."""
    if len(run.values) != 2 or run.separators != ["and"]:
        return None
    for k in range(run.first - 1, a + 1, -1):
        if tokens[k - 1].word != "and":
            continue
        pair = (tokens[k - 2].word, tokens[k].word)
        if pair[0] in MEANS and pair[1] in MEDIANS:
            return "mean" if value is run.values[0] else "median"
        if pair[0] in MEDIANS and pair[1] in MEANS:
            return "median" if value is run.values[0] else "mean"
    return None


def centre_behind(tokens: list[Token], last: int, b: int) -> str | None:
    """ "wax scored 4 and sand 3 (MEDIAN NRS; p = 0.01)": the centre that a bracket names behind.

    No number but a p stands in the bracket, so that it heads no further value.
    """
    for k in range(last, b - 3):
        named = tokens[k + 1].word in MEANS | MEDIANS and tokens[k].word in ("(", "[")
        if not named or tokens[k - 1].word in MEANS | MEDIANS:
            continue
        close = next((m for m in range(k + 2, b) if tokens[m].word in (")", "]")), k)
        numbers = [m for m in range(k + 2, close) if tokens[m].kind == "n"]
        if all(tokens[m - 1].word in ("=", "<", ">") for m in numbers):
            return "median" if tokens[k + 1].word in MEDIANS else "mean"
    return None


def join_centres(drafts: list[Draft]) -> list[Draft]:
    """ "(mean, 3.9 ± 3.0; median, 3.25)": the median goes into the record of the mean.

    Only neighbours of one sentence that stand in one cell and of which each is told by its own
    word. The spread of a median (quartiles, range) comes with it. Returns the drafts that remain.
    """
    gone: set[int] = set()
    for one, two in itertools.pairwise(drafts):
        if one.view is not two.view or id(one) in gone or not _same_cell(one, two):
            continue
        pair = [d for d in (one, two) if d.record["mean"] is not None]
        if len(pair) != 1 or not _told_apart(one, two):
            continue
        mean = pair[0]
        median = two if mean is one else one
        for name in _OF_MEDIAN:
            if mean.record[name] is None and median.record[name] is not None:
                mean.record[name] = median.record[name]
                if name in median.places:
                    mean.places[name] = median.places[name]
        _take_deviation(mean, median)
        gone.add(id(median))
    return [draft for draft in drafts if id(draft) not in gone]


def _take_deviation(mean: Draft, median: Draft) -> None:
    """ "mean 2.8, median 2, SD 1.7": a standard deviation behind the median is that of the mean."""
    stated = [s for s in median.cell.value.spreads if s.kind in ("sd", "se") and s.stated]
    if len(stated) == 1 and mean.record["sd"] is None and mean.record["se"] is None:
        name = stated[0].kind
        mean.record[name], mean.places[name] = median.record[name], median.places[name]
        mean.record["dispersion"] = "stated"


def _same_cell(one: Draft, two: Draft) -> bool:
    names = ("measure", "arm", "stat", "timepoint_label")
    return all(one.record[name] == two.record[name] for name in names)


def _told_apart(one: Draft, two: Draft) -> bool:
    """Whether a centre word stands before each of two values, or both before their one list."""
    tokens, first, second = one.tokens, one.cell.value, two.cell.value
    if one.cell.run is two.cell.run and centre_in_pair(tokens, one.view.a, one.cell.run, first):
        return True
    inside = {at for spread in first.spreads for at in spread.at}
    between = {
        tokens[k].word
        for k in range(first.last, second.first)
        if k not in inside and getattr(tokens[k].mark, "kind", "") != "measure"
    }
    wanted = MEDIANS if two.record["mean"] is None else MEANS
    return bool(between & wanted) and between <= wanted | _JOINS
