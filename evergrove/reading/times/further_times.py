"""Times counted from the one before: "3.2 at 1 month and 2.8 A FURTHER THREE MONTHS LATER"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time, round_days

#: A sentence without them counts no time from the one before.
MAYBE_FURTHER = word_set("further another additional still")
_MORE = word_set("further another additional")
_DATED = ("point",)


def further_times(tokens: list[Token], a: int, times: list[Time]) -> list[Time]:
    """Add the time before to "ANOTHER three months", "three months LATER STILL".

    Where the sentence dates nothing before it, no days can be told.
    """
    for at, time in enumerate(times):
        if time.kind not in _DATED or time.days is None or not _goes_on(tokens, a, time):
            continue
        before = times[at - 1] if at else None
        if tokens[time.first - 1].word in _MORE:
            time.first -= 1
        if before is not None and before.kind in _DATED and before.days:
            time.label = f"{before.label} + {time.label}"
            time.days = round_days(before.days + time.days)
        else:
            time.label, time.kind, time.days = f"another {time.label}", "other", None
    return times


def _goes_on(tokens: list[Token], a: int, time: Time) -> bool:
    """Whether a time that begins with its number is told as more than the one before."""
    if tokens[time.first].kind != "n":
        return False
    if time.first > a and tokens[time.first - 1].word in _MORE:
        return True
    k = time.last - (tokens[time.last - 1].word == "later")
    return [token.word for token in tokens[k : k + 2]] == ["later", "still"]
