"""One visit told twice, the second time between commas: "at 6 weeks, after 12 sessions".

Two times with nothing but a comma between them are no list, which would have an "and".
"""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import is_content, word_set
from evergrove.reading.times.time_parts import Time

#: Words of times that are told by what had been done by then.
MAYBE_APPOSED = word_set("after following end completion discharge final last immediately")
_DATED = ("point", "window")
_VAGUE = ("post", "final", "discharge", "immediate")
_BETWEEN = word_set("at on after following the that is with")  # "i.e." is told as "with"
_LIST = word_set(", and or at on after the then & plus")
_ENDS = word_set("last final end completion")
_OF = word_set("of with")
_GOES_ON = word_set("it they this that he she and or & ( [")  # a score of its own, or a list


def told_once(tokens: list[Token], b: int, times: list[Time]) -> list[Time]:
    """ "AT 6 WEEKS, AFTER 12 SESSIONS of wax, it was 3": one time, and the date tells which.

    So too "at 6 weeks, at the end of treatment", "after the last session, at 6 weeks". None of a
    row ("at 2 weeks, at discharge and at 6 weeks"), or with a score behind it ("3.1 at 2 weeks, at
    discharge 2.4").
    """
    out: list[Time] = []
    for k, time in enumerate(times):
        if out and _apposed(tokens, out[-1], time) and not _in_row(tokens, out):
            end = _object(tokens, b, time.last)
            # "after 12 sessions OF WAX (2 J each)": the bracket is about the wax
            aside = end > time.last and end < b and tokens[end].word in ("(", "[")
            if aside or _closed(tokens, b, end, times[k + 1 : k + 2]):
                dated = out[-1] if out[-1].kind in _DATED else time
                out[-1] = replace(dated, first=out[-1].first, last=time.last)
                continue
        out.append(time)
    return out


def _apposed(tokens: list[Token], one: Time, two: Time) -> bool:
    """Whether only a comma parts the two, of which one has a date and one tells what was done."""
    gap = [token.word for token in tokens[one.last : two.first]]
    if gap[:1] != [","] or not all(word in _BETWEEN or word == "," for word in gap) or len(gap) > 5:
        return False
    if one.kind in _DATED and one.days:
        return (two.kind in _VAGUE and not two.days) or _of_the_last(tokens, two)
    return one.kind in _VAGUE and not one.days and two.kind in _DATED and bool(two.days)


def _of_the_last(tokens: list[Token], two: Time) -> bool:
    """ "at 6 weeks, 1 DAY AFTER THE LAST session"."""
    return two.kind in _DATED and any(
        token.word in _ENDS for token in tokens[two.first + 2 : two.last]
    )


def _object(tokens: list[Token], b: int, k: int) -> int:
    """The end of "OF WAX" behind "after 12 sessions"."""
    if k >= b or tokens[k].word not in _OF:
        return k
    end = k + 1
    while end < b and end - k < 6 and tokens[end].kind == "w" and is_content(tokens[end].word):
        if is_measure(tokens[end]):
            break
        end += 1
    return end if end > k + 1 else k


def _in_row(tokens: list[Token], times: list[Time]) -> bool:
    """ "at entry, AT 2 WEEKS, at discharge": whether the last time is one of a list before."""
    if len(times) < 2:
        return False
    return all(token.word in _LIST for token in tokens[times[-2].last : times[-1].first])


def _closed(tokens: list[Token], b: int, end: int, further: list[Time]) -> bool:
    """Whether the second time ends there: no score of its own behind it, and no further time."""
    if end >= b:
        return True
    if further and all(token.word in _LIST for token in tokens[end : further[0].first]):
        return False
    comma = tokens[end].word == ","
    behind = tokens[min(end + comma, b - 1)]
    if behind.kind == "n" or behind.word == "respectively":
        return False
    # "..., after 12 sessions AND 2.8 (SD 1.1) at 1 year": a further score, and no further time
    scored = behind.word == "and" and end + 2 < b and tokens[end + 1].kind == "n"
    if scored and not (further and further[0].first <= end + 1):
        return tokens[end + 2].kind != "w" or not is_content(tokens[end + 2].word)
    return comma or behind.word not in _GOES_ON
