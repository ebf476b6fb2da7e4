"""Short names of scales with an index printed low: "VAS" with "rest" or "week 4" is "VASrest"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token

_INDEX = (
    r"(rest|movement|moving|walking|standing|sitting|activity|night|day|max|min|mean|average|worst|"
    r"least|current|baseline|pre|post|week|month|year|hour)"
)
_GLUED = re.compile(rf"([A-Z]{{2,5}}){_INDEX}(\d{{1,3}})?")
#: A text without this has no such names.
MAYBE_GLUED = re.compile(rf"[A-Z](?<!\w[A-Z])[A-Z]{{1,4}}{_INDEX}")
_DATED = frozenset({"day", "week", "month", "year", "hour"})


def split_glued(tokens: list[Token]) -> list[Token]:
    """The tokens with "VASrest" as "VAS rest" and "NRSweek6" as "NRS week 6"."""
    out: list[Token] = []
    for token in tokens:
        match = _GLUED.fullmatch(token.raw) if token.kind == "w" else None
        if match is None or (match[3] is not None) != (match[2] in _DATED):
            out.append(token)
            continue
        at = token.start
        for group in (1, 2, 3):
            text = match[group]
            if text is None:
                continue
            kind, value = ("n", float(text)) if group == 3 else ("w", 0.0)
            first, last = at + match.start(group), at + match.end(group)
            spaced = token.spaced if group == 1 else True
            out.append(Token(kind, first, last, text.lower(), value, spaced, "", text))
    return out
