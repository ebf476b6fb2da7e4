"""Differences that a heading announces: "Between-group DIFFERENCES: VAS 2.7, ODI 9.7"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time

_OF_GROUPS = word_set("between group groups treatment arm arms")


def announced_differences(
    tokens: list[Token], a: int, runs: list[Run], timed: dict[int, Time]
) -> None:
    """ "Differences between wax and clay FAVOURED wax: 2.7 (CI) FOR VAS and 9.7 for ODI".

    Each number behind the colon stands alone, with no group of its own ("they differed: wax 3.4,
    clay 4.4" tells scores), and no baseline is compared.
    """
    first = runs[0]
    colon = next((k for k in range(first.first - 1, a, -1) if tokens[k].word == ":"), 0)
    noun = next((k for k in range(colon - 1, a - 1, -1) if tokens[k].word in DIFFERENCE), -1)
    if not colon or noun < 0:
        return
    heading = range(a, colon)
    words = {tokens[k].word for k in heading}
    if words.isdisjoint(_OF_GROUPS) or any(
        tokens[k].kind == "n" and k not in timed for k in heading
    ):
        return
    if any(k in timed and timed[k].kind == "base" for k in heading):
        return
    if any(_of_group(run, colon) or len(run.values) > 1 or run.stat != "level" for run in runs):
        return
    for run in runs:
        run.stat, run.cue, run.role, run.sign = "between_diff", tokens[noun].word, "of", ""


def _of_group(run: Run, colon: int) -> bool:
    """Whether a group stands beside the number, behind the colon."""
    told = [labels.first for side in (run.pre, run.post) for labels in side.get("arm", [])]
    return any(at > colon for at in told)
