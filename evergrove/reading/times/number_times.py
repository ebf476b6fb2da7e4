"""Times that begin with a number: "3 and 6 months", "4-6 weeks", "9.4 ± 2.0 weeks"."""

from __future__ import annotations

import itertools

from evergrove.reading.numbers.frequencies import days_per, dose_every
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    BETTER,
    CHANGE_NOUNS,
    DOWN,
    GROUP,
    MOVE,
    UNIT_DAYS,
    UNIT_NAME,
    UP,
    WORSE,
    names_people,
    word_set,
)
from evergrove.reading.times.half_hours import half_in_list
from evergrove.reading.times.length_of_follow_up import behind_follow_up, mean_length
from evergrove.reading.times.settled_times import WIDEN_WORDS_2
from evergrove.reading.times.time_parts import (
    SHORT,
    Time,
    event_end,
    ordinal_times,
    time_point,
    word_at,
)

_FROM_NUMBER_WORDS = word_set("- – to −")
_IS_LIST_DASH_WORDS = word_set(", and or to")
_NUMBERS_BEFORE_WORDS = word_set(", and or & / - at then")
_NUMBERS_BEFORE_WORDS_2 = word_set("was were to from ( vs of averaged")
_NUMBERS_BEFORE_WORDS_3 = word_set("was were from averaged scored = score by")
_OPENS = word_set(", ; : .")
_NUMBERED_THINGS = GROUP | word_set("table tables figure figures fig type types grade grades class")
#: What stands behind a number whose unit follows: "6 weeks", "6-week", "one and a half years".
MAYBE_UNIT = UNIT_DAYS.keys() | word_set("- – and")


def from_number(tokens: list[Token], a: int, b: int, i: int, found: list[Time]) -> list[Time]:
    token = tokens[i]
    j = i + 1
    if token.flag == "id":
        return []
    if token.flag == "ord":
        return ordinal_times(tokens, a, b, i, int(token.value), j + 1)
    gap = tokens[j].word if j < b else ""
    if gap not in MAYBE_UNIT:
        return []
    if gap in ("-", "–") and tokens[j].kind == "s":
        if word_at(tokens, j + 1, a, b) in UNIT_DAYS:
            j += 1
        elif _is_list_dash(tokens, a, b, i):
            return []
    unit = word_at(tokens, j, a, b)
    if (
        unit == "and"
        and word_at(tokens, j + 1, a, b) == "a"
        and word_at(tokens, j + 2, a, b) == "half"
    ):
        unit = word_at(tokens, j + 3, a, b)
        if unit in UNIT_DAYS:
            label, days = time_point(token.value + 0.5, unit, False)
            return [Time(i, j + 4, "point", label, days, i)]
        return []
    if unit not in UNIT_DAYS or (unit in SHORT and tokens[j].raw.isupper() and unit != "h"):
        return []
    before = word_at(tokens, i - 1, a, b)
    if before == "±":
        return _mean_time(tokens, a, b, i, j)
    if days_per(tokens, j, b) or (before == "/" and dose_every(tokens, a, i)):
        return [Time(i, j + 3 if before != "/" else j + 1, "duration", "how often", None, i)]
    if unit in ("d", "y", "w") and not tokens[j].spaced and unit == "d" and token.value == 3:
        return []
    after = word_at(tokens, j + 1, a, b)
    if after == "±":
        return []
    if (after == "-" and word_at(tokens, j + 2, a, b) in _OLD) or after in _OLD:
        first = _youngest(tokens, a, i)
        return [Time(first, j + 1, "duration", "age", None, i)]
    older = after in ("and", "or") and word_at(tokens, j + 2, a, b) in _OLDER
    if older and UNIT_NAME[unit] == "year" and before not in ("at", "after", "for"):
        return [Time(i, j + 1, "duration", "age", None, i)]  # "adults 50 years and older"
    if after == "of" and word_at(tokens, j + 2, a, b) == "age":
        return [Time(i, j + 1, "duration", "age", None, i)]
    if UNIT_NAME[unit] == "year" and _age_limit(tokens, a, i):
        return [Time(i, j + 1, "duration", "age", None, i)]
    numbers = _numbers_before(tokens, a, i, found)
    if before in _FROM_NUMBER_WORDS and i - 2 >= a and tokens[i - 2].kind == "n":
        low = tokens[i - 2]
        sign = word_at(tokens, i - 3, a, b)
        if (
            low.value < token.value
            and not low.flag
            and sign not in ("±", "to")
            and low.mark is None
        ):
            if _of_interval(tokens, a, i - 2):
                return []
            window = _window(i, j, low, token, unit)
            ahead = _ahead_of_window(tokens, a, i - 2, found) if before != "to" else []
            return [*_points(tokens, ahead, unit), window]
    if before == "and" and _one_stretch(tokens, a, b, i):
        return [_window(i, j, tokens[i - 2], token, unit)]
    told = before in (",", ":", "=", "of", "was", "were") and word_at(tokens, i - 2, a, b) == "age"
    if before in ("aged", "age") or told:
        return [Time(i, j + 1, "duration", "age", None, i)]
    if UNIT_NAME[unit] == "year" and _ages_told(tokens, a, i):
        return [Time(i, j + 1, "duration", "age", None, i)]
    out = _points(tokens, [*numbers, i], unit)
    out[-1].last = j + 1
    return out


def _points(tokens: list[Token], numbers: list[int], unit: str) -> list[Time]:
    points = [(at, *time_point(tokens[at].value, unit, False)) for at in numbers]
    return [Time(at, at + 1, "point", label, days, at) for at, label, days in points]


def _ahead_of_window(tokens: list[Token], a: int, low: int, found: list[Time]) -> list[int]:
    """ "before, 3 AND 9-15 months after it", "at 1, 3 and 6-9 weeks": numbers before a window.

    Only behind "at", "after" or another time, and ever later: not "a VAS of 3 and 4-6 weeks later".
    """
    numbers = _numbers_before(tokens, a, low, found) if low - 2 > a else []
    if not numbers:
        return []
    lead = numbers[0] - 1 - (tokens[numbers[0] - 1].word == ",")
    timed = bool(found) and found[-1].last == lead + 1
    told = [tokens[at].value for at in (*numbers, low)]
    later = all(one < two for one, two in itertools.pairwise(told))
    return numbers if later and (timed or tokens[lead].word in ("at", "after")) else []


def _ages_told(tokens: list[Token], a: int, i: int) -> bool:
    """ "Mean AGES WERE 58 and 60 YEARS": the last of several ages."""
    k = i - 1
    while k > a + 1 and (tokens[k].kind == "n" or tokens[k].word in ("and", ",", "vs")):
        k -= 1
    return k < i - 1 and tokens[k].word in ("was", "were", "of") and tokens[k - 1].word in _AGES


_AGES = word_set("age ages")


def _age_limit(tokens: list[Token], a: int, i: int) -> bool:
    """ "in patients UNDER 60 YEARS", "those OLDER THAN 70 YEARS": how old, and not when."""
    k = i - 1
    if k > a and tokens[k].word in ("than", "="):
        k -= 1
    if k <= a or tokens[k].word not in _LIMITS:
        return False
    lead = tokens[k - 1].word
    # "those WHO WERE UNDER 50 YEARS"
    told = lead in ("were", "was", "are") and tokens[k - 2].word in ("who", "that")
    return told or names_people(lead) or lead in ("those", "aged", "age")


_LIMITS = word_set("under over below above older younger < > ≤ ≥")


def _mean_time(tokens: list[Token], a: int, b: int, i: int, j: int) -> list[Time]:
    """ "3.1 AT 9.4 ± 2.0 WEEKS after the block": the mean of when people were seen."""
    lead, behind = word_at(tokens, i - 3, a, b), word_at(tokens, j + 1, a, b)
    seen = lead in ("at", "after") or (lead == "of" and mean_length(tokens, i - 2))
    if not seen or tokens[i - 2].kind != "n":
        return []
    if behind in ("of", "old", "-") and behind_follow_up(tokens, b, j + 1) == j + 1:
        return []
    label, days = time_point(tokens[i - 2].value, tokens[j].word, False)
    end = event_end(tokens, b, j + 2) if behind in WIDEN_WORDS_2 else None
    return [
        Time(i - 2, end or j + 1, "final", f"final follow-up (mean {label})", days, i - 2, True)
    ]


def _is_list_dash(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "3- and 6-month": the first number is picked up from the second one."""
    return word_at(tokens, i + 2, a, b) in _IS_LIST_DASH_WORDS


def _of_interval(tokens: list[Token], a: int, i: int) -> bool:
    """ "stay was 193; 95% CI, 173-215 MINUTES": bounds of an interval, and no window of time."""
    k = i - 1 - (word_at(tokens, i - 1, a, i) in (",", ":", "(", "of"))
    return word_at(tokens, k, a, i) in ("ci", "interval") and "." in tokens[i].word


def _one_stretch(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "the CHANGE BETWEEN 10 AND 20 years", "BETWEEN 24 AND 48 h NRS was 2.6": no two visits.

    "Between 3 and 6 months the NRS FELL from 4 to 2" has two: how something moved is told.
    """
    if i - 3 < a or tokens[i - 3].word != "between" or tokens[i - 2].kind != "n":
        return False
    if tokens[i - 2].value >= tokens[i].value or tokens[i - 2].mark is not None:
        return False
    return stands_still(tokens, a, b, i - 3)


def stands_still(tokens: list[Token], a: int, b: int, between: int) -> bool:
    """Whether nothing moves between the two times behind "between", or the whole is an end."""
    if tokens[between - 1].word == "to" and between > a:
        return True  # "fell from baseline TO BETWEEN weeks 2 and 8"
    if any(tokens[k].word in CHANGE_NOUNS for k in range(max(a, between - 9), between)):
        return True
    return all(tokens[k].word not in _MOVED for k in range(a, b))


_MOVED = MOVE | DOWN | UP | BETTER | WORSE | CHANGE_NOUNS | word_set("from to respectively")


def _window(i: int, j: int, low: Token, high: Token, unit: str) -> Time:
    name = UNIT_NAME[unit]
    middle = (low.value + high.value) / 2 * UNIT_DAYS[unit]
    label = f"{low.value:g}–{high.value:g} {name}s"
    return Time(i - 2, j + 1, "window", label, round(middle, 3), i - 2)


_OLD = word_set("old olds")
_OLDER = word_set("older younger above up over")


def _youngest(tokens: list[Token], a: int, i: int) -> int:
    """ "6- TO 12-year-olds": the first of the two ages, else the number at i."""
    hyphen = i - 3 >= a and tokens[i - 2].word == "-" and not tokens[i - 2].spaced
    ranged = hyphen and tokens[i - 1].word in ("to", "and") and tokens[i - 3].kind == "n"
    return i - 3 if ranged else i


def _numbers_before(tokens: list[Token], a: int, i: int, found: list[Time]) -> list[int]:
    """Number tokens that share the unit of the number at i: "1, 3 and 6 months"."""
    floor = found[-1].last if found else a
    out: list[int] = []
    at = i - 1
    while at >= floor:
        separators, start = 0, at
        while at >= floor and tokens[at].word in _NUMBERS_BEFORE_WORDS:
            if tokens[at].word == "-" and tokens[at].spaced:
                return out[::-1]
            separators += tokens[at].word not in ("-", "at", "then")
            at -= 1
        if separators:
            at = _before_n(tokens, at, floor)
        if not separators or at < floor or tokens[at].kind != "n" or tokens[at].mark is not None:
            break
        token = tokens[at]
        previous = tokens[at - 1].word if at > floor else ""
        if (
            (token.value != int(token.value) and not half_in_list(tokens, at, floor))
            or token.flag in ("id", "ord")
            or previous in ("±", "=", "<")
        ):
            break
        if previous in _NUMBERS_BEFORE_WORDS_2 and "." in token.word:
            break
        if "." in token.word and token.value == int(token.value) and "." not in tokens[i].word:
            break  # "at 10 min 3.0 AND AT 30 MIN 1.4": a value with its decimal
        if previous in GROUP:
            break  # "5.6 in Group 2, and at 3 months 3.9"
        again = at < start and tokens[start].word == "at"
        if again and found and at == floor and tokens[at - 1].word in UNIT_DAYS:
            break  # "at 10 min 3 AND AT 30 MIN 1"
        out.append(at)
        at -= 1
    # "was 7 and 6 months later": one number right after a verb is a value, not a time.
    lead = tokens[out[-1] - 1].word if out and out[-1] > floor else ""
    opens = lead == "by" and (out[-1] - 2 < floor or tokens[out[-1] - 2].word in _OPENS)
    # "pain was rated by NRS SCORE 10, 30 AND 60 MINUTES after arrival": ever later
    told = [tokens[k].value for k in (i, *out)]
    opens = opens or (lead == "score" and len(out) > 1 and _ever_less(told))
    if lead in _NUMBERS_BEFORE_WORDS_3 and not opens:
        return []
    if lead in _NUMBERED_THINGS:
        at = max((k for k in range(out[-1], i) if tokens[k].word in ("at", "after")), default=i)
        return [k for k in out[::-1] if k > at]  # "in GROUP 2, at 6 and 9 weeks"
    before = [token.word for token in tokens[max(floor, out[-1] - 8) : out[-1]]] if out else []
    if before[-1:] == ["to"] and "from" in before:
        return []  # "fell from 66 TO 2, at 3 months"
    comma = len(out) == 1 and any(tokens[k].word == "," for k in range(out[0] + 1, i))
    if comma and tokens[out[0]].value >= tokens[i].value:
        return []  # "came down to 32, at 3 months"
    return out[::-1]


def _ever_less(values: list[float]) -> bool:
    return all(one > two for one, two in itertools.pairwise(values))


def _before_n(tokens: list[Token], at: int, floor: int) -> int:
    """ "at 3 (n = 51) and 9 months": a size in brackets does not end a list of times."""
    bracket = [token.word for token in tokens[max(floor, at - 4) : at + 1]]
    sized = len(bracket) == 5 and bracket[:3] == ["(", "n", "="] and bracket[4] == ")"
    return at - 5 if sized else _before_result(tokens, at, floor)


def _before_result(tokens: list[Token], at: int, floor: int) -> int:
    """ "after 3 [mean difference 0.4 (-0.2 to 1.0)] and 9 months": a result in the brackets.

    Read only where a preposition of time leads the number before the bracket.
    """
    if at < floor or tokens[at].word not in (")", "]"):
        return at
    depth, k, longest = 0, at, at - 60
    while k > max(floor, longest):
        depth += (tokens[k].word in (")", "]")) - (tokens[k].word in ("(", "["))
        if depth == 0:
            break
        k -= 1
    led = k - 2 >= floor and tokens[k - 2].word in ("after", "at") and tokens[k - 1].kind == "n"
    told = any(token.word in _RESULTS for token in tokens[k + 1 : at])
    return k - 1 if depth == 0 and led and told else at


_RESULTS = word_set("difference differences md wmd smd p effect")
