"""How much more one group changed, behind its own change: "fell by 3.2, 2.1 MORE THAN clay"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.stat_words import more_or_less
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE


def more_than_told(tokens: list[Token], run: Run, previous: Run | None) -> str:
    """ "The wax group improved by 3.2 points, 2.1 points MORE THAN the clay group": the sign.

    It is that of the change told before, if nothing but a time and a comma stands between.
    """
    if previous is None or previous.stat != "change" or len(previous.values) != 1:
        return ""
    gap = tokens[previous.last : run.first]
    apart = any(token.word in (".", ";", ":") or token.word in CHANGE for token in gap)
    return "" if apart else more_or_less(previous.sign, run.cue)
