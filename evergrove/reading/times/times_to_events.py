"""How long an event took to come: "the median time to pain response was 3 days" dates no score."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_TOOK = word_set("time interval latency delay")
_TO = word_set("to from until till between before")
_SEEN = word_set(
    "follow followup up assessment evaluation measurement review visit examination interview scan"
)
_FARTHEST = 14


def time_to_event(tokens: list[Token], a: int, i: int) -> bool:
    """Whether the length at i is told as the time that passed before something came.

    "Median TIME TO pain response WAS 3 days", "the mean INTERVAL BETWEEN taping AND pain relief
    WAS 6 days"; not "the mean time to last assessment of pain was 14 months".
    """
    if i - 1 < a or tokens[i - 1].word not in ("was", "of"):
        return False
    for k in range(i - 2, max(a - 1, i - _FARTHEST), -1):
        word = tokens[k].word
        if word in _SEEN or word in (",", ";", ":", "(", ")") or tokens[k].kind == "n":
            return False
        if word in _TOOK and tokens[k + 1].word in _TO:
            return True
    return False
