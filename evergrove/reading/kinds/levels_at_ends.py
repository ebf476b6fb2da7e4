"""Scores at the ends of a change: "a reduction in NRS from entry (7) to day 9 (4)"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

_OPEN = ("(", "[")


def began_at(tokens: list[Token], run: Run, timed: dict[int, Time]) -> bool:
    """ "improved 4.1 cm (FROM BASELINE 6.6)": where it began, told behind how far it went."""
    time = timed.get(run.first - 1)
    if len(run.values) > 1:
        return False
    if time is None:
        return _against_start(tokens, run, timed)
    if time.kind != "base":
        return False
    lead = tokens[time.first - 1].word
    lead = lead if lead not in ("a", "the") else tokens[time.first - 2].word
    return lead == "from" and tokens[time.first - 2].word in ("(", "[", ",")


def _against_start(tokens: list[Token], run: Run, timed: dict[int, Time]) -> bool:
    """ "was reduced by 2.5 COMPARED WITH THE INITIAL VALUE OF 6.2": where it began.

    Not "a fall in NRS compared with baseline of 2.5".
    """
    k = run.first - 1
    if tokens[k].word != "of":
        return False
    while k > 0 and k not in timed and tokens[k].word in _VALUE_OF:
        k -= 1
    if k not in timed or timed[k].kind != "base":
        return False
    valued = k < run.first - 2
    k = timed[k].first - 1
    article = tokens[k].word in ("the", "a", "an", "its", "their")
    k -= article
    if not (valued or article):
        return False
    if tokens[k].word in ("with", "to"):
        return tokens[k - 1].word in ("compared", "relative")
    return tokens[k].word in ("versus", "vs", "against")


_VALUE_OF = word_set("of value score level measurement mean median")


def levels_at_both_ends(tokens: list[Token], runs: list[Run], timed: dict[int, Time]) -> None:
    """ "a reduction in mean NRS FROM BASELINE (7.9 ± 1.1) TO 6 MONTHS (4.1 ± 1.7)": two scores.

    Also "a fall between entry (7) and day 9 (4)": each stands in a bracket right behind its time,
    and the first time is baseline.
    """
    for run in runs:
        if run.stat == "change" and level_at_one_end(tokens, run, timed):
            run.call_level("to")
    for one, two in itertools.pairwise(runs):
        if one.stat != "change" and two.stat != "change":
            continue
        first, second = _time_before(tokens, one, timed), _time_before(tokens, two, timed)
        if first is None or second is None or first.kind != "base" or second.kind == "base":
            continue
        lead, link = tokens[first.first - 1].word, tokens[second.first - 1].word
        if (lead, link) not in (("from", "to"), ("between", "and")):
            continue
        if any(value.sign or value.percent for run in (one, two) for value in run.values):
            continue
        for run, role in ((one, "from"), (two, "to")):
            run.call_level(role)


def level_at_one_end(tokens: list[Token], run: Run, timed: dict[int, Time]) -> bool:
    """ "a reduction in NRS from baseline (7) TO 6 MONTHS (4; p = 0.01)": no change is set so.

    The first number, alone in its bracket, is no value by itself.
    """
    time = _time_before(tokens, run, timed)
    if time is None or any(value.sign or value.percent for value in run.values):
        return False
    k = time.first - 2
    if k < 4 or tokens[k + 1].word not in ("to", "and") or tokens[k].word not in (")", "]"):
        return False
    base = timed.get(k - 3)
    alone = tokens[k - 1].kind == "n" and tokens[k - 2].word in _OPEN
    led = base is not None and tokens[base.first - 1].word in ("from", "between")
    return alone and led and base is not None and base.kind == "base"


def _time_before(tokens: list[Token], run: Run, timed: dict[int, Time]) -> Time | None:
    """The time right before the bracket that the one value of a run opens, or that it is."""
    if len(run.values) != 1:
        return None
    opened = run.first if tokens[run.first].word in _OPEN else run.first - 1
    return timed.get(opened - 1) if tokens[opened].word in _OPEN else None


def at_entry(tokens: list[Token], start: int, run: Run) -> bool:
    """ "25 nurses ENTERED WITH a mean NRS of 6.8": the score that they came with."""
    places = range(max(start, run.first - 9), run.first - 1)
    entered = [k for k in places if tokens[k].word in _ENTRY]
    return bool(entered) and any(tokens[k + 1].word == "with" for k in entered)


_ENTRY = word_set("entered presented began enrolled")
