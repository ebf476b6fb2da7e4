"""Whether a list of scores without "respectively" tells one for each day: "on days 1-3"."""

from __future__ import annotations

from evergrove.reading.document import Document
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import Time
from evergrove.reading.times.time_windows import each_of_window
from evergrove.reading.view import View

_ON = word_set("on at")
_KIND = word_set("the postoperative consecutive successive")


def days_in_turn(document: Document, view: View, times: list[Time], sizes: set[int]) -> list[Time]:
    """ "On days 1-3" as a time for each day, where a list has as many scores; see `sizes` there."""
    if "respectively" in view.words or _lists_days(document, view, times):
        return each_of_window(document.tokens, times, sizes)
    return times


def _lists_days(document: Document, view: View, times: list[Time]) -> bool:
    """ "ON DAYS 1-3 NRS was 4.1, 3.7 and 2.2 with wax and 5.1, 4.9 and 4.0 with clay": each day's.

    Not "OVER days 1-3", and not where the numbers may be those of groups that stand elsewhere.
    """
    tokens, declared = document.tokens, document.declared
    if not view.arms and (declared.arms or declared.several_groups or "each" in document.said):
        return False
    for time in times:
        if time.kind == "window":
            k = time.first - 1
            while k > view.a and tokens[k].word in _KIND:
                k -= 1
            return tokens[k].word in _ON
    return False
