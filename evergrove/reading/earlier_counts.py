"""People of an earlier report: "some of those we described earlier (n = 60)"."""

from __future__ import annotations

from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_EARLIER = word_set("earlier previously elsewhere before")
_TOLD = word_set("described reported published presented")


def of_earlier_report(tokens: list[Token], count: Count) -> bool:
    """ "the people WE DESCRIBED EARLIER (n = 60)": not those of the values beside it."""
    if not count.equals or count.at < 5 or tokens[count.at - 3].word not in ("(", "["):
        return False
    lead = {tokens[k].word for k in range(max(0, count.at - 7), count.at - 3)}
    return not lead.isdisjoint(_EARLIER) and not lead.isdisjoint(_TOLD)
