"""Where a change began, in a bracket beside it: "-1.9 with wax (BASELINE, 6.3) and -2.6 ..."."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.frames import Run
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, close_bracket, open_bracket
from evergrove.reading.text.words import CENTRES, STATE, word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.vectors import Cell
from evergrove.reading.view import View

CHANGED = ("change", "percent_change")
_OPENS = ("(", "[")
_CLOSES = (")", "]")
_FILL = CENTRES | STATE | word_set(": = , ; of at the a value score")


@dataclass(slots=True)
class Start:
    """A score before, the change that it stands beside, and the time that its bracket tells."""

    run: Run
    host: Run
    time: Time
    name: Mention | None  # the measure that the bracket names


def starts_apart(tokens: list[Token], view: View, runs: list[Run]) -> tuple[list[Run], list[Start]]:
    """The runs without the scores at which a change beside them began, and these scores.

    Such a bracket holds the word for the time before, one score and nothing else; it hangs on one
    change. Labels behind it, "-1.9 (baseline, 6.3) WITH WAX", are those of the change.
    """
    rest: list[Run] = []
    starts: list[Start] = []
    for run in runs:
        host = rest[-1] if rest else None
        time = _base_in_bracket(tokens, view, run) if host is not None else None
        if host is None or time is None or not _told_as_change(tokens, host):
            rest.append(run)
            continue
        if starts and starts[-1].host is host:
            return runs, []  # two scores before one change: of whom each is, nobody can tell
        starts.append(Start(run, host, time, _named(view, run, time)))
    for start in starts:
        start.run.call_own_level()
        start.run.began = start.host
        for kind, lists in start.run.post.items():
            own = [labels for labels in lists if labels.first > start.time.first]
            behind = [labels for labels in own if start.time not in labels.items]
            start.host.post.setdefault(kind, []).extend(behind)
    return rest, starts


def _told_as_change(tokens: list[Token], run: Run) -> bool:
    """Whether a sign, "by", "of" or the verb right before one value tells how far it went.

    Not "relief with wax: 3.1 (baseline, 6.3)", which may be the score that was left.
    """
    if run.stat not in CHANGED or len(run.values) > 1:
        return False
    led = tokens[run.first - 1].word in _TELLS
    return bool(run.values[0].sign) or run.role == "by" or run.inherits or led


_TELLS = STATE | {"of"}


def with_starts(cells: list[Cell], starts: list[Start]) -> list[Cell]:
    """The cells, each change behind the score at which it began, of the same group and measure."""
    out: list[Cell] = []
    for cell in cells:
        for start in starts:
            if start.host is cell.run:
                out.append(_began(start, start.run.values[0], cell))
        out.append(cell)
    return out


def _began(start: Start, value: Value, cell: Cell) -> Cell:
    reasons = [reason for reason in cell.reasons if reason == "carried_over"]
    return Cell(
        value, start.run, start.name or cell.mention, cell.arm, start.time, cell.count, reasons
    )


def _named(view: View, run: Run, time: Time) -> Mention | None:
    """ "by 2.1 (baseline NRS 6.3)": the measure named between the sign of the bracket and 6.3."""
    first = run.values[0].first
    near = [m for m in view.mentions if m.key and abs(m.first - time.first) < 5]
    return next((m for m in near if first - 6 < m.first and m.last <= first), None)


def _base_in_bracket(tokens: list[Token], view: View, run: Run) -> Time | None:
    """The baseline that a bracket tells with its one plain score, and with nothing else."""
    value = run.values[0]
    if len(run.values) > 1 or value.sign or value.percent:
        return None
    opened = open_bracket(tokens, max(view.a, value.first - 8), value.first)
    if opened is None:
        return None
    close = close_bracket(tokens, opened, view.b)
    times = [time for time in view.times if close and opened < time.first < close]
    if close is None or len(times) != 1 or times[0].kind != "base":
        return None
    told = {k for spread in value.spreads for at in spread.at for k in range(value.first, at + 1)}
    told |= {
        k
        for mention in view.mentions
        if mention.key and opened < mention.first < close
        for k in range(mention.first, mention.last)
    }
    told |= {*range(value.first, value.last), *range(times[0].first, times[0].last)}
    left = (tokens[k].word for k in range(opened + 1, close) if k not in told)
    # "(baseline, 6 (SD 1))": the signs of a spread's own bracket
    plain = all(word in _FILL or word in _OPENS or word in _CLOSES for word in left)
    return times[0] if plain else None
