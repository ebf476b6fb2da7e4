"""Two lists set against each other: "with wax 2, 3 and 4, COMPARED WITH 5, 6 and 7 with clay"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set


def halved(tokens: list[Token], runs: list[Run], b: int) -> list[Run]:
    """The runs, those of two equal lists as two runs: one for each group.

    Not where both groups are told behind the second list.
    """
    out: list[Run] = []
    for number, run in enumerate(runs):
        half = len(run.values) // 2
        stop = runs[number + 1].first if number + 1 < len(runs) else b
        if half < 2 or not _two_lists(run, half) or not _one_group(tokens, run, stop):
            out.append(run)
            continue
        for values, separators in (
            (run.values[:half], run.separators[: half - 1]),
            (run.values[half:], run.separators[half:]),
        ):
            out.append(Run(values, separators, values[0].first, values[-1].last))
    return out


def _two_lists(run: Run, half: int) -> bool:
    against = [at for at, sign in enumerate(run.separators) if sign in _AGAINST]
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


_AGAINST = word_set("vs versus against compared")
_UNITS = word_set("mm cm points point %")
_LEADS = word_set("in with for after among on under following")
_BOTH = word_set("and or versus vs groups arms respectively both compared")
