"""Times that begin with their unit: "week 6", "weeks 2, 4 and 8", "a month later"."""

from __future__ import annotations

import itertools
import re

from evergrove.reading.text.small_words import LIST_SIGNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    STATE,
    UNIT_DAYS,
    UNIT_NAME,
    word_set,
)
from evergrove.reading.times.number_times import stands_still
from evergrove.reading.times.time_parts import (
    LATER,
    SHORT,
    Time,
    event_end,
    round_days,
    time_point,
    word_at,
)
from evergrove.reading.times.time_windows import unit_windows
from evergrove.reading.times.unit_acronyms import behind_acronym
from evergrove.reading.times.visits_before_p import visits_before_p

_UNIT_FIRST_WORDS = word_set("hr mo wk yr")


_OF_SCORE = word_set("± % mm cm points point")  # "in the final week 36 MM"
_A_UNIT_WORDS = word_set("after within at by in")


_SHORT_DAY = re.compile(r"(POD|D|J|W|WK|M|Y)\+?(\d{1,3})")


SHORT_UNITS = {"POD": "day", "D": "day", "J": "day", "W": "week", "WK": "week"}


_LEADS_SHORT_DAY = word_set("at on by until to from and , after")


def short_day(tokens: list[Token], a: int, i: int) -> list[Time]:
    """ "at D7", "on POD1", "at M6": a day, week or month in one word; "D7" alone is a vertebra."""
    raw = tokens[i].raw
    found = _SHORT_DAY.fullmatch(raw) if len(raw) < 7 and raw[-1].isdigit() else None
    if found is None:
        return []
    lead = word_at(tokens, i - 1, a, i + 1)
    if found[1] != "POD" and lead not in _LEADS_SHORT_DAY and not _behind_value(tokens, a, i):
        return []
    value = int(found[2])
    label, days = time_point(float(value), SHORT_UNITS[found[1]], True)
    kind = "base" if value == 0 else "point"
    return [Time(i, i + 1, kind, label, days)]


def _behind_value(tokens: list[Token], a: int, i: int) -> bool:
    """ "6.9 (D0), 5.1 ± 1.2 (D7)": a short day alone in a bracket right behind a value."""
    if i - 2 < a or i + 1 >= len(tokens) or tokens[i - 1].word not in ("(", "["):
        return False
    before = tokens[i - 2]
    value = before.kind == "n" or before.word in (")", "]", "mm", "cm", "points")
    return value and tokens[i + 1].word in (")", "]")


_DAY_OF = word_set(
    "surgery operation procedure intervention treatment injection vaccination delivery birth"
)


def _day_of(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "on the DAY OF SURGERY", "the day of the injection": day 0, though not baseline."""
    if word_at(tokens, i + 1, a, b) != "of":
        return []
    k = i + 2 + (word_at(tokens, i + 2, a, b) in DETERMINERS)
    if word_at(tokens, k, a, b) not in _DAY_OF:
        return []
    return [Time(i, k + 1, "point", f"day of {tokens[k].word}", 0)]


def unit_first(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    word = tokens[i].word
    if word == "day":
        whole = _day_of(tokens, a, b, i)
        if whole:
            return whole
    if word in SHORT or (word in _UNIT_FIRST_WORDS and not tokens[i + 1 : i + 2]):
        return []
    unit = "day" if word == "pod" else word
    j = behind_acronym(tokens, b, i)
    while word_at(tokens, j, a, b) == "-" and j < b:
        j += 1
    if j < b and tokens[j].kind == "n" and tokens[j].mark is None and tokens[j].flag != "id":
        number = tokens[j]
        then = word_at(tokens, j + 1, a, b)
        if (
            number.value != int(number.value)
            or (then in UNIT_DAYS and tokens[j + 1].mark is None)
            or then in _OF_SCORE
            or number.value > 400
        ):
            return _a_unit(tokens, a, b, i)
        windows = unit_windows(tokens, b, i, j, unit)
        if windows:
            return windows
        out = []
        label, days = time_point(number.value, unit, True)
        out.append(Time(i, j + 1, "point", label, days, j))
        at = j + 1
        low_high = word.endswith("s") and word_at(tokens, j + 1, a, b) in _THROUGH
        between = word_at(tokens, i - 1, a, b) == "between"
        if between and word.endswith("s") and word_at(tokens, j + 1, a, b) == "and":
            low_high = stands_still(tokens, a, b, i - 1)  # "BETWEEN weeks 2 AND 8"
        if low_high and j + 2 < b:
            # "over weeks 2 to 8"
            high = tokens[j + 2]
            whole = high.kind == "n" and high.value == int(high.value) and high.mark is None
            after = word_at(tokens, j + 3, a, b)
            closed = after not in ("±", "(", "to", "%") or (between and after == "(")
            if whole and high.value > number.value and closed:
                span = f"{number.value:g}–{high.value:g} {UNIT_NAME[unit]}s"
                middle = round((number.value + high.value) / 2 * UNIT_DAYS[unit], 3)
                return [Time(i, j + 3, "window", span, middle, j)]
        both = word_at(tokens, i - 1, a, b) == "both"
        scored = tokens[i - 1].word in ("at", "on") and tokens[i - 2].kind == "n"
        scored = scored and not word.endswith("s")
        p_behind = not scored and visits_before_p(tokens, at, b)  # not "3.3 AT week 2 AND 4 (p"
        both = both or p_behind or _two_visits(tokens, i, at, b)
        if word.endswith("s") and word_at(tokens, at, a, b) in ("(", "["):
            for k in _numbers_of_brackets(tokens, at, b):
                label, days = time_point(tokens[k].value, unit, True)
                out.append(Time(k, k + 1, "point", label, days, k))
            return out
        if not (word.endswith("s") or word == "pod" or both or _plain_list(tokens, at, b)):
            return out
        # "weeks 4, 8 and 12"
        while True:
            k = at
            while word_at(tokens, k, a, b) in LIST_SIGNS:
                k += 1
            if k == at or k >= b or tokens[k].kind != "n":
                return out
            if tokens[k].value != int(tokens[k].value) or "." in tokens[k].word:
                return out  # "on POD 1, 58.0 and 62.2 on POD 2": a score
            then = word_at(tokens, k + 1, a, b)
            if then in UNIT_DAYS or (then == "±" and not _rows_behind(tokens, k, b)):
                return out
            rows = then == "(" and (_result_behind(tokens, at, k, b) or _rows_behind(tokens, k, b))
            rows = rows or (then == "(" and _sizes_behind(tokens, k, b, len(out) + 1))
            if then == "(" and not p_behind and not rows:
                return out
            label, days = time_point(tokens[k].value, unit, True)
            out.append(Time(k, k + 1, "point", label, days, k))
            at = k + 1
    return _a_unit(tokens, a, b, i)


def _result_behind(tokens: list[Token], at: int, k: int, b: int) -> bool:
    """ "on days 1, 7 AND 30 (5.1 vs 6.0, ...)": the last of a rising list, before its results.

    Results are two numbers with decimals or more, so that "30 (5.1)" stays a score.
    """
    if (
        tokens[k].mark is not None
        or "." in tokens[k].word
        or tokens[k].value <= tokens[at - 1].value
    ):
        return False
    if not any(tokens[m].word in ("and", "&") for m in range(at, k)):
        return False
    stop = next((m for m in range(k + 2, b) if tokens[m].word == ")"), k + 2)
    inside = tokens[k + 2 : stop]
    scores = [token for token in inside if token.kind == "n" and "." in token.word]
    stated = inside[:1] and inside[0].word in ("sd", "se", "sem", "iqr", "range", "n")
    return len(scores) > 1 and not stated


def _sizes_behind(tokens: list[Token], k: int, b: int, visits: int) -> bool:
    """ "at weeks 2, 4, 8 and 12 (N = 33, 31, 24 AND 15)": as many sizes as visits, two or more."""
    if k + 5 >= b or [token.word for token in tokens[k + 2 : k + 4]] != ["n", "="]:
        return False
    stop = next((m for m in range(k + 4, min(b, k + 24)) if tokens[m].word == ")"), k + 4)
    return visits > 1 and sum(token.kind == "n" for token in tokens[k + 4 : stop]) == visits


def _numbers_of_brackets(tokens: list[Token], at: int, b: int) -> list[int]:
    """ "at weeks 2 (3.8 vs. 2.0), 4 (3.0 vs. 1.9) AND 6 (...)": what stands before brackets."""
    out: list[int] = []
    last = tokens[at - 1].value
    k = at
    while k < b and tokens[k].word in ("(", "["):
        depth = 0
        while k < b:
            depth += (tokens[k].word in ("(", "[")) - (tokens[k].word in (")", "]"))
            k += 1
            if not depth:
                break
        while k < b and tokens[k].word in (",", ";", "and"):
            k += 1
        if k + 1 >= b or tokens[k].kind != "n" or tokens[k].mark is not None:
            break
        whole = tokens[k].raw.isdigit() and tokens[k].value > last
        if not whole or tokens[k + 1].word not in ("(", "["):
            break
        out.append(k)
        last = tokens[k].value
        k += 1
    return out


def _two_visits(tokens: list[Token], i: int, at: int, b: int) -> bool:
    """ "AT week 3 AND 9, pain was", "at month 2 and 8 the scores": two visits, the later second."""
    if at + 2 >= b or tokens[at].word != "and" or tokens[i - 1].word not in ("at", "on"):
        return False
    first, second = tokens[at - 1], tokens[at + 1]
    whole = second.kind == "n" and second.mark is None and second.raw.isdigit()
    if not whole or first.value >= second.value:
        return False
    # "3.3 AT month 3 AND 6.": the second may be a score, if one stands before the visit
    scored = tokens[i - 2].kind == "n" or tokens[i - 2].word in (")", "%")
    return tokens[at + 2].word in (",", "the") or (
        not scored and tokens[at + 2].word in _ENDS_VISITS
    )


_ENDS_VISITS = word_set(". ; of after following post compared than in")
_THROUGH = word_set("to - – through")


def _rows_behind(tokens: list[Token], k: int, b: int) -> bool:
    """ "on days 1, 7 AND 14 (1.3 vs 4.1, 1.7 vs 3.1": a day, with pairs of scores behind it."""
    joined = tokens[k - 1].word in ("and", ",") and tokens[k + 1].word == "("
    if not joined or not tokens[k].raw.isdigit() or k + 2 >= b:
        return False
    close = next((m for m in range(k + 2, b) if tokens[m].word == ")"), b)
    pairs = sum(tokens[m].word in ("vs", "versus") for m in range(k + 2, close))
    return tokens[k + 2].kind == "n" and pairs > 1


def _plain_list(tokens: list[Token], at: int, b: int) -> bool:
    """ "day 0, 1, 3 and 7 was", "At day 1, 7, and 14, the": whole numbers up to "and".

    A verb or a comma follows.
    """
    k, places = at, [at - 1]
    while k + 1 < b and tokens[k].word in (",", "and"):
        closed = tokens[k].word == "and" or tokens[k + 1].word == "and"
        k += 1 + (tokens[k].word == "," and closed)
        if k >= b or tokens[k].kind != "n" or "." in tokens[k].word or tokens[k].mark is not None:
            return False
        places.append(k)
        k += 1
        if closed:
            after = tokens[k].word if k < b else ""
            plain = after in STATE or after in (",", "", "in", "for", "the", "after", ")", ":")
            rising = all(tokens[m].value < tokens[n].value for m, n in itertools.pairwise(places))
            plain = plain or (rising and after in ("(", ".", "than", "compared"))
            return plain and (len(places) > 2 or after in STATE)
    return False


def _a_unit(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "a week later", "after a month", "half a year", "a fortnight", "the day after surgery"."""
    unit = tokens[i].word
    before, earlier = word_at(tokens, i - 1, a, b), word_at(tokens, i - 2, a, b)
    after = word_at(tokens, i + 1, a, b)
    if unit in SHORT:
        return []
    if (earlier == "half" and before in ("a", "an", "-")) or before == "half":
        first = i - 2 if earlier == "half" else i - 1
        days = round_days(0.5 * UNIT_DAYS[unit])
        return [Time(first, i + 1, "point", f"half a {UNIT_NAME[unit]}", days)]
    if before in ("next", "following") and unit in ("day", "week", "month"):
        return [Time(i - 1, i + 1, "point", f"1 {unit}", round_days(UNIT_DAYS[unit]))]
    if before == "-" and earlier == "next" and unit == "day":
        return [Time(i - 2, i + 1, "point", "1 day", 1)]  # "the NEXT-DAY scores"
    if before == "same" and unit == "day":
        return [Time(i - 1, i + 1, "point", "same day", 0)]
    if before in ("a", "an") or unit == "fortnight":
        lead = word_at(tokens, i - 2, a, b)
        first = i - 1 if before in ("a", "an") else i
        if after in LATER or lead in _A_UNIT_WORDS or unit == "fortnight":
            label, days = time_point(1, unit, False)
            return [Time(first, i + 1, "point", label, days)]
    led = before == "the" and earlier == "at" and i - 3 >= a and tokens[i - 3].kind == "n"
    if led and unit in ("week", "month", "year") and after in (",", "and", ";", ".", "("):
        label, days = time_point(1, unit, False)  # "to 3.4 AT THE MONTH, 4.0 at 5 months"
        return [Time(i - 1, i + 1, "point", label, days)]
    if unit == "day" and before == "the" and after in ("after", "following"):
        end = event_end(tokens, b, i + 2)  # "THE DAY AFTER THE BLOCK it was 3.1"
        return [Time(i - 1, end or i + 2, "point", "1 day", 1)]
    return []
