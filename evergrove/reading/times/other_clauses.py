"""Times of clauses that tell nothing of the scores: "TWO RELAPSED AT 9 MONTHS, and VAS was 3"."""

from __future__ import annotations

from evergrove.reading.text.small_words import TURNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import STATE, VERBS
from evergrove.reading.times.time_parts import Time

_DID = STATE | VERBS


def without_other_clauses(
    tokens: list[Token], a: int, b: int, times: list[Time], told: list[tuple[int, int]]
) -> list[Time]:
    """The times of the sentence a..b but those of a clause beside that of the scores.

    `told`: first and last token of every value and every measure. The clause has a verb of its own
    and none of them; where no other time is left, all are kept.
    """
    if len(times) < 2 or not told:
        return times
    first, last = min(one for one, _ in told), max(two for _, two in told)
    start = max((k for k in range(a, first) if _begins(tokens, k)), default=-1)
    end = min((k for k in range(last, b) if _begins(tokens, k)), default=b)
    before = start > a and _has_verb(tokens, a, start)
    kept = [
        time
        for time in times
        if not (before and time.last <= start)
        # not "vs 3.9 at 1 week, 4 weeks, AND 12 WEEKS, showing ..."
        and not (time.first > end and _has_verb(tokens, end + 2, time.first))
    ]
    return kept if any(time.kind not in ("duration", "base") for time in kept) else times


def _begins(tokens: list[Token], k: int) -> bool:
    """Whether a clause may begin at k: a semicolon, or a comma with "and"."""
    if tokens[k].word == ";":
        return True
    return tokens[k].word == "," and k + 1 < len(tokens) and tokens[k + 1].word in TURNS


def _has_verb(tokens: list[Token], a: int, b: int) -> bool:
    """Whether a subject and then a verb stand in a..b."""
    return any(
        (tokens[k].word in _DID or (tokens[k].word.endswith("ed") and len(tokens[k].word) > 4))
        and tokens[k - 1].kind == "w"
        for k in range(a + 1, b)
    )
