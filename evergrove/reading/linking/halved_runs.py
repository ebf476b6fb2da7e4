"""Two lists set against each other: "with wax 2, 3 and 4, COMPARED WITH 5, 6 and 7 with clay".

So too of two times: "VAS and ODI at 6 weeks were 3.1 and 24, COMPARED WITH 7.2 and 48 before".
"""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import VERSUS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import OPEN_UNITS, word_set
from evergrove.reading.times.time_parts import Time


def halved(tokens: list[Token], runs: list[Run], times: list[Time], b: int) -> list[Run]:
    """The runs, those of two equal lists as two runs: one for each group, or for each time.

    Not where both groups, or both times, are told behind the second list.
    """
    out: list[Run] = []
    for number, run in enumerate(runs):
        half = len(run.values) // 2
        stop = runs[number + 1].first if number + 1 < len(runs) else b
        apart = half > 1 and _two_lists(run, half)
        apart = apart and (_one_group(tokens, run, stop) or _one_time(tokens, run, times, stop))
        if not apart:
            out.append(run)
            continue
        for values, separators in (
            (run.values[:half], run.separators[: half - 1]),
            (run.values[half:], run.separators[half:]),
        ):
            out.append(Run(values, separators, values[0].first, values[-1].last))
    return out


def _two_lists(run: Run, half: int) -> bool:
    against = [at for at, sign in enumerate(run.separators) if sign in VERSUS]
    return against == [half - 1] and 2 * half == len(run.values)


def _one_group(tokens: list[Token], run: Run, stop: int) -> bool:
    """Whether one group, or none, may be told behind the second list before token `stop`."""
    k = run.last
    while k < stop and tokens[k].word in _UNITS:
        k += 1
    if k >= stop or tokens[k].word not in _LEADS:
        return False
    for token in tokens[k:stop]:
        if token.word in (";", "."):
            return True
        if token.word in _BOTH:
            return False
    return True


def _one_time(tokens: list[Token], run: Run, times: list[Time], stop: int) -> bool:
    """ "AT 6 WEEKS they were 3 and 24, compared with 7 and 48 AT BASELINE": one for each list."""
    told = [time for time in times if time.kind != "duration"]
    ahead = [time for time in told if time.last <= run.first]
    behind = [time for time in told if run.last <= time.first < stop]
    if len(behind) != 1 or not ahead or any(run.first < time.first < run.last for time in told):
        return False
    beside = _UNITS | _BEFORE_TIME
    return all(tokens[k].word in beside for k in range(run.last, behind[0].first))


_BEFORE_TIME = word_set("at on in the (")
_UNITS = OPEN_UNITS | word_set("mm cm points point %")
_LEADS = word_set("in with for after among on under following")
_BOTH = word_set("and or versus vs groups arms respectively both compared")
