"""Days that date a pain, and are not its time of day: "AT 3 DAYS pain was 6", "DAY PAIN was 6"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, word_set

_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth next same")


def without_dates(tokens: list[Token], marks: list[Mark]) -> None:
    """Take the days of a date off the name of the pain behind it, in place.

    "On the first postoperative DAY pain was 3", "at 3 DAYS pain was 3": of no pain by day.
    """
    for mark in marks:
        if mark.kind != "compound" or mark.last - mark.first < 2 or not mark.first:
            continue
        if tokens[mark.first].word in ("day", "days") and _counted(tokens, mark.first):
            tokens[mark.first].mark = None
            mark.first += 1
            mark.kind, mark.key = "measure", mark.key.partition(":")[0]


def _counted(tokens: list[Token], k: int) -> bool:
    """Whether a number, an ordinal or "postoperative" says which day stands at token k."""
    k -= 1 + (k > 1 and tokens[k - 1].word == "-")
    before = tokens[k]
    if k and tokens[k - 1].word in UNIT_DAYS:
        return False  # "at WEEK 3 day pain was 4"
    return before.kind == "n" or before.word in _ORDINALS or before.word.startswith("post")
