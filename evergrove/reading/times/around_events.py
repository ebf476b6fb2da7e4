"""Times around an event: before it, after it, immediately after it."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    POST_WORDS,
    PRE_WORDS,
    SET_BESIDE,
    UNIT_DAYS,
    word_set,
)
from evergrove.reading.times.after_scores import after_behind_score, after_its_score
from evergrove.reading.times.after_treatment import end_of_doing
from evergrove.reading.times.before_later import before_later
from evergrove.reading.times.event_times import noun_end, told_before
from evergrove.reading.times.time_parts import Time, event_end, word_at

_AFTER_WORD_WORDS = word_set("immediately immediate directly shortly early")
_AFTER_WORDS = word_set(". , ; : ) / ( and was were the =", "")
COMPLETION = word_set("completion conclusion cessation termination")


def after_word(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    if word_at(tokens, i - 1, a, b) in _AFTER_WORD_WORDS:
        return [Time(i - 1, i + 1, "immediate", "immediately after", 0)]
    return [Time(i, i + 1, "post", tokens[i].raw.lower(), None)]


def since_event(tokens: list[Token], b: int, j: int) -> int:
    """ "2 weeks after DISCHARGE", "after THE END OF TREATMENT": behind what ended at j, else j."""
    k = j + (j < b and tokens[j].word in DETERMINERS)
    k += k < b and tokens[k].word == "hospital"
    if k < b and tokens[k].word == "discharge":
        return k + 1
    if k + 2 < b and tokens[k].word in _ENDED and tokens[k + 1].word == "of":
        return event_end(tokens, b, k + 2) or j
    return j


_EVE = word_set("day night evening morning week month")
_ENDED = COMPLETION | {"end"}


def before_event(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    j = i + 1
    k = j + (word_at(tokens, j, a, b) in DETERMINERS)
    if k + 2 < b and (tokens[k].kind == "n" or word_at(tokens, k, a, b) in UNIT_DAYS):
        # "died before the 3-month visit": no baseline.
        unit = word_at(tokens, k + 1, a, b)
        if (
            unit in UNIT_DAYS
            or word_at(tokens, k + 2, a, b) in UNIT_DAYS
            or tokens[k + 1].kind == "n"
        ):
            return []
    if tokens[i].word == "prior":
        if word_at(tokens, j, a, b) != "to":
            return []
        j += 1
    later = before_later(tokens, a, b, i, j)
    if later is not None:
        return [later]
    end = event_end(tokens, b, j)
    if end is None:
        end = j
        if word_at(tokens, end, a, b) in DETERMINERS:
            end += 1
        end = noun_end(tokens, b, end)
    first = i
    if word_at(tokens, i - 1, a, b) in _EVE and word_at(tokens, i - 2, a, b) == "the":
        first = i - 2  # "THE DAY BEFORE SURGERY"
    return [Time(first, end, "base", "baseline", 0)]


def after_word_in_slashes(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "VAS pre/POST/6-mo: 7/3/2": the second of three, right after what was done."""
    if word_at(tokens, i - 1, a, b) != "/" or word_at(tokens, i + 1, a, b) != "/":
        return []
    return [Time(i, i + 1, "immediate", "immediately after", 0)]


def after_event(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    then = word_at(tokens, i + 1, a, b)
    if then == "which":
        return []  # "it fell to 5 until day 7, AFTER WHICH it stayed": leads to another clause
    end = event_end(tokens, b, i + 1)
    if end is not None:
        label = " ".join(token.raw.lower() for token in tokens[i:end])
        return [Time(i, end, "post", label, None)]
    if tokens[i].word == "following" and then == ":":
        return []  # "mean scores were the following: 7.1 before the block"
    over = i + 1 + (then in DETERMINERS)
    if word_at(tokens, over, a, b) == "end" and word_at(tokens, over + 1, a, b) == "of":
        return []  # "before and after the END OF THE COURSE": that end is the time
    if then == "/" and word_at(tokens, i - 1, a, b) == "/":
        return [Time(i, i + 1, "immediate", "immediately after", 0)]
    bare = then in _AFTER_WORDS and then != "the"
    if bare or (
        tokens[i].word == "after"
        and (after_its_score(tokens, a, b, i) or after_behind_score(tokens, a, b, i))
    ):
        return [Time(i, i + 1, "post", "after", None)]
    end = told_before(tokens, a, b, i) or end_of_doing(tokens, b, i)
    if end is not None:
        label = " ".join(token.raw.lower() for token in tokens[i:end])
        return [Time(i, end, "post", label, None)]
    if then in SET_BESIDE and tokens[i].word == "after":
        # "VAS was 2.1 AFTER versus 6.4 before the course"
        ahead = [token.word for token in tokens[i + 2 : min(b, i + 12)]]
        if "before" in ahead or not PRE_WORDS.isdisjoint(ahead):
            return [Time(i, i + 1, "post", "after", None)]
    return []


_RATED = word_set("pain score scores follow-up")


def immediate(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    j = i + 1
    if word_at(tokens, j, a, b) == "-":
        j += 1
    word = word_at(tokens, j, a, b)
    if word in ("before",):
        end = event_end(tokens, b, j + 1) or j + 1
        return [Time(i, end, "base", "baseline", 0)]
    if word in ("after", "following"):
        end = event_end(tokens, b, j + 1) or j + 1
        return [Time(i, end, "immediate", "immediately after", 0)]
    if word in POST_WORDS or word.startswith(("postop", "postproc", "posttreat")):
        end = j + 1
        if word == "post" and word_at(tokens, end, a, b) == "-":
            end += 2
        return [Time(i, end, "immediate", "immediately after", 0)]
    if word in ("on", "upon", "at") and word_at(tokens, j + 1, a, b) in COMPLETION:
        # "immediately on completion of the course"
        end = j + 2
        if word_at(tokens, end, a, b) == "of":
            last = end + 1 + (word_at(tokens, end + 1, a, b) in DETERMINERS)
            named = last < b and tokens[last].kind == "w" and tokens[last].mark is None
            end = event_end(tokens, b, end + 1) or (last + 1 if named else end)
        return [Time(i, end, "immediate", "immediately after", 0)]
    if tokens[i].word == "immediate" and j == i + 1 < b:
        rated = getattr(tokens[j].mark, "kind", "") == "measure" or word in _RATED
        relieved = word_at(tokens, j + 1, a, b) in ("relief", "reduction")
        if rated and not relieved:
            return [Time(i, i + 1, "immediate", "immediately after", 0)]  # "IMMEDIATE pain was 3"
    if word in ("thereafter", "later", "afterwards", "afterward"):
        return [Time(i, j + 1, "immediate", "immediately after", 0)]
    if tokens[i].word == "immediately" and i > a and word in _GOES_ON:
        before = tokens[i - 1]
        if before.kind == "n" or before.word in _BEHIND_VALUE:
            return [Time(i, i + 1, "immediate", "immediately after", 0)]  # "to 3.8 IMMEDIATELY"
    return []


_GOES_ON = word_set(", ; . and but ) to")
_BEHIND_VALUE = word_set(") ] mm cm points point")
