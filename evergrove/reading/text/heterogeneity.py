"""How alike pooled studies were, told beside an interval: "3.6 (95% CI 2.9 to 4.4; I2 = 71%)"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues

_SHARE = r"\d{1,3}(?:\.\d+)? ?%"
_NAMED = re.compile(
    rf"(?<=[\d%])[;,] (?:i ?(?:2|\u00b2|\^2)|heterogeneity) ?(?:=|:|of|was|,|<|>)? ?{_SHARE}?"
    r"(?=[)\];,])"
)
#: In a bracket of its own: "(I2 41-58%)".
_ALONE = re.compile(
    r" \((?:i ?(?:2|\u00b2|\^2)|heterogeneity) ?[=:,<>]? ?\d{1,3}(?:\.\d+)?"
    r"(?: ?(?:%|-|\u2013|to) ?\d{1,3}(?:\.\d+)?)? ?%\)"
)
#: Without its name behind a first one that had it: "(2.1 to 2.9; 66%)".
_BARE = re.compile(rf"(?<=\d); {_SHARE}(?=[)\]])")
_INTERVAL = re.compile(
    r"[(\[](?:95 ?% ?c[ir],? )?-?[\d.\u00b7]+(?: to |, | ?[-\u2013] ?)-?[\d.\u00b7]+$"
)
_CLUES = Clues("i2", "i\u00b2", "i^2", "i 2 ", "heterogeneity")


def of_heterogeneity(text: str) -> list[re.Match[str]]:
    """The places in a text in small letters that tell a heterogeneity beside an interval."""
    if "%" not in text or not _CLUES.within(text):
        return []
    bare = [
        match
        for match in _BARE.finditer(text)
        if _INTERVAL.search(text, max(0, match.start() - 40), match.start())
    ]
    return [*_NAMED.finditer(text), *_ALONE.finditer(text), *bare]
