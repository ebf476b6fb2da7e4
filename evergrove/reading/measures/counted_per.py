"""Things counted in a time as the subject: "WAKINGS PER NIGHT were 3.5 with wax"; no score."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.frequencies import PERIODS, names_things
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, SCORE_UNITS, STATE, word_set

#: One of these stands in every sentence with such a subject.
MAYBE_PER = word_set("per each")
_NO_THINGS = SCORE_UNITS | word_set("scores ratings values marks vs across")
_BEHIND = STATE | CHANGE | word_set("( [ : from by")


def counted_per(tokens: list[Token], a: int, b: int, mentions: list[Mention]) -> list[Mention]:
    """The mentions with "WAKINGS PER NIGHT" as what is no outcome, where a verb or bracket follows.

    So does a fall: "... and WAKINGS PER NIGHT from 3.5 to 1.2".

    Not behind a number ("3.5 wakings per night"), nor "scores per day", "points per week".
    """
    found = [
        Mention(k - 1, k + 2, None, None, "count")
        for k in range(a + 1, b - 2)
        if tokens[k].word in MAYBE_PER and _counted(tokens, k)
    ]
    for one in found:
        mentions = [m for m in mentions if m.last <= one.first or m.first >= one.last]
    return sorted([*mentions, *found], key=lambda mention: mention.first)


def _counted(tokens: list[Token], k: int) -> bool:
    thing, led = tokens[k - 1], tokens[max(0, k - 2)].kind == "n"
    if led or tokens[k + 1].word not in PERIODS or tokens[k + 2].word not in _BEHIND:
        return False
    return names_things(thing) and thing.word not in _NO_THINGS
