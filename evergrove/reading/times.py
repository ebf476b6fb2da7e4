"""Time expressions: points ("week 6"), windows ("4-6 weeks"), baseline, after, final follow-up.

Days: week 7, month 30.4375, year 365.25, rounded to whole days from one day on (half to even);
hours and minutes to a thousandth of a day (36 hours: 1.5); the middle of a window is kept as it is.
"""

from __future__ import annotations

from evergrove.reading.frequencies import days_per, dose_every
from evergrove.reading.half_hours import half_in_list
from evergrove.reading.length_of_follow_up import behind_follow_up
from evergrove.reading.lengths import mark_lengths
from evergrove.reading.time_parts import (
    LATER,
    SHORT,
    Time,
    event_end,
    ordinal_times,
    ordinals_before,
    time_point,
    unit_of_last,
    units_behind,
    word_at,
)
from evergrove.reading.time_words import before_event, from_word, may_begin
from evergrove.reading.tokens import Token
from evergrove.reading.words import (
    BETTER,
    CHANGE_NOUNS,
    DOWN,
    MOVE,
    POST_WORDS,
    UNIT_DAYS,
    UNIT_NAME,
    UP,
    WORSE,
    word_set,
)

_FROM_NUMBER_WORDS = word_set("- – to −")
_IS_LIST_DASH_WORDS = word_set(", and or to")
_NUMBERS_BEFORE_WORDS = word_set(", and or & / - at then")
_NUMBERS_BEFORE_WORDS_2 = word_set("was were to from ( vs of averaged")
_NUMBERS_BEFORE_WORDS_3 = word_set("was were from averaged scored = score by")
_OPENS = word_set(", ; : .")
# "24-h average pain", "in a 24-hour period": how long a time the question is about.
_RECALLED = word_set("average worst least recall period")
_WIDEN_WORDS = word_set("following into from since")
_WIDEN_WORDS_2 = word_set("after post following from into since")
_SETTLE_WORDS = word_set("postoperative post postprocedural follow-up postprocedure")
_SETTLE_WORDS_2 = word_set("< > ≥ ≤")
_SETTLE_WORDS_3 = word_set("of mean median average was : = up a about")
_SETTLE_WORDS_4 = word_set("at after with by")
_SETTLE_WORDS_5 = word_set("age duration time interval")
_DURATION = word_set(
    "for lasting lasted every aged age than least minimum maximum last previous past duration "
    "exceeding max min daily per each lasts spanning spread old"
)


def find_times(tokens: list[Token], a: int, b: int) -> list[Time]:
    """All times in tokens a..b, in order, not overlapping."""
    found: list[Time] = []
    i = a
    for at, token in enumerate(tokens[a:b], a):
        if at < i or token.mark is not None or token.kind == "s":
            continue
        i = at
        if token.kind == "n":
            time = _from_number(tokens, a, b, i, found)
        else:
            word = token.word
            time = _that_time(tokens, a, b, i, found) if word in _THAT else []
            if not time and (may_begin(word) or token.raw[-1].isdigit()):
                time = from_word(tokens, a, b, i)
        if time:
            for item in time:
                _widen(tokens, a, b, item)
            if found and _told_again(tokens, found[-1], time[0]):
                time[0].kind = "duration"
            found.extend(item for item in time if item.last > item.first)
            if _only_compared(tokens, a, found):
                i = found.pop().last
                continue
            i = max(i + 1, found[-1].last if found else i + 1)
        else:
            i += 1
    if found:
        mark_lengths(tokens, a, found)
    return _with_later_units(tokens, a, b, found)


def _only_compared(tokens: list[Token], a: int, found: list[Time]) -> bool:
    """ "pain, ADJUSTED FOR BASELINE, was 5.4", "lower than those BEFORE TREATMENT".

    A covariate, or what a score is compared with: no time of the values of the clause.
    """
    if not found or found[-1].kind != "base":
        return False
    k = found[-1].first
    before = [tokens[j].word for j in range(max(a, k - 3), k)]
    if before[-2:] in (["than", "those"], ["than", "that"]):
        return True
    return bool(before) and before[-1] == "for" and bool(_ADJUSTING & set(before))


def _told_again(tokens: list[Token], before: Time, time: Time) -> bool:
    """ "mean follow-up was 6 months (26 weeks)": the same length of time in another unit."""
    if before.kind != "duration" or time.kind != "point" or before.days is None:
        return False
    near = time.first - before.last == 1 and tokens[before.last].word == "("
    close = time.days is not None and abs(time.days - before.days) <= 0.1 * before.days
    return near and close


_ADJUSTING = word_set("adjusted adjusting adjustment controlled controlling corrected correcting")


def _with_later_units(tokens: list[Token], a: int, b: int, found: list[Time]) -> list[Time]:
    """ "3.0 at 3, 3.2 at 12, and 3.5 at 24 months": the unit stands behind the last number only."""
    more = [*units_behind(tokens, a, b, found), *unit_of_last(tokens, a, found)]
    out = [*more, *found, *ordinals_before(tokens, a, found)]
    for time in found:
        if time.kind != "point" or time.number is None or time.first != time.number:
            continue
        if word_at(tokens, time.first - 1, a, b) not in ("at", "after"):
            continue
        lead = word_at(tokens, time.first - 1, a, b)
        unit = word_at(tokens, time.number + 1, a, b)
        unit = word_at(tokens, time.number + 2, a, b) if unit == "-" else unit
        if unit not in UNIT_DAYS:
            continue
        top = tokens[time.number].value
        for k in range(time.first - 2, a, -1):
            token = tokens[k]
            bare = (
                token.kind == "n"
                and token.mark is None
                and not token.flag
                and "." not in token.word
            )
            if not bare or tokens[k - 1].word != lead or any(t.first <= k < t.last for t in found):
                continue
            if tokens[k + 1].word not in (",", "and", ";") or token.value >= top:
                continue
            top = token.value
            label, days = time_point(token.value, unit, False)
            out.append(Time(k, k + 1, "point", label, days, k))
    return sorted(out, key=lambda time: time.first)


_THAT = word_set("that then this")


def _that_time(tokens: list[Token], a: int, b: int, i: int, found: list[Time]) -> list[Time]:
    """ "at that time", "by then": the time named last in the sentence."""
    if not found:
        return []
    end = i + 1
    if tokens[i].word != "then":
        if word_at(tokens, end, a, b) not in ("time", "timepoint", "point", "stage", "visit"):
            return []
        end += 1
    lead = word_at(tokens, i - 1, a, b)
    if lead not in ("at", "by", "since") and not (tokens[i].word == "then" and lead in _SEEN):
        return []
    last = found[-1]
    if last.kind == "duration" and last.days and last.label != "age":
        # "four were followed for 6 months, and their mean at that time was 1.5"
        words = {tokens[k].word for k in range(max(a, last.first - 7), last.first)}
        mean = last.approximate or bool(words & _MEANS)
        return [Time(i, end, "point", last.label, last.days, last.number, mean)]
    if last.kind not in ("point", "window", "final", "discharge"):
        return []
    return [Time(i, end, last.kind, last.label, last.days, last.number, last.approximate)]


_MEANS = word_set("mean median average")


def _from_number(tokens: list[Token], a: int, b: int, i: int, found: list[Time]) -> list[Time]:
    token = tokens[i]
    j = i + 1
    if token.flag == "id":
        return []
    if token.flag == "ord":
        return ordinal_times(tokens, a, b, i, int(token.value), j + 1)
    gap = word_at(tokens, j, a, b)
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
    if after == "of" and word_at(tokens, j + 2, a, b) == "age":
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
            return [_window(i, j, low, token, unit)]
    if before == "and" and _one_stretch(tokens, a, b, i):
        return [_window(i, j, tokens[i - 2], token, unit)]
    told = before in (",", ":", "=", "of", "was", "were") and word_at(tokens, i - 2, a, b) == "age"
    if before in ("aged", "age") or told:
        return [Time(i, j + 1, "duration", "age", None, i)]
    out = []
    for at in [*numbers, i]:
        label, days = time_point(tokens[at].value, unit, False)
        last = j + 1 if at == i else at + 1
        out.append(Time(at, last, "point", label, days, at))
    return out


def _mean_time(tokens: list[Token], a: int, b: int, i: int, j: int) -> list[Time]:
    """ "3.1 AT 9.4 ± 2.0 WEEKS after the block": the mean of when people were seen."""
    lead, behind = word_at(tokens, i - 3, a, b), word_at(tokens, j + 1, a, b)
    if lead not in ("at", "after") or tokens[i - 2].kind != "n" or behind in ("of", "old", "-"):
        return []
    label, days = time_point(tokens[i - 2].value, tokens[j].word, False)
    end = event_end(tokens, b, j + 2) if behind in _WIDEN_WORDS_2 else None
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
    if any(tokens[k].word in CHANGE_NOUNS for k in range(max(a, i - 12), i - 3)):
        return True
    return all(tokens[k].word not in _MOVED for k in range(a, b))


_MOVED = MOVE | DOWN | UP | BETTER | WORSE | CHANGE_NOUNS | word_set("from to respectively")


def _window(i: int, j: int, low: Token, high: Token, unit: str) -> Time:
    name = UNIT_NAME[unit]
    middle = (low.value + high.value) / 2 * UNIT_DAYS[unit]
    label = f"{low.value:g}–{high.value:g} {name}s"
    return Time(i - 2, j + 1, "window", label, round(middle, 3), i - 2)


_OLD = word_set("old olds")


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
        separators = 0
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
        out.append(at)
        at -= 1
    # "was 7 and 6 months later": one number right after a verb is a value, not a time.
    lead = tokens[out[-1] - 1].word if out and out[-1] > floor else ""
    opens = lead == "by" and (out[-1] - 2 < floor or tokens[out[-1] - 2].word in _OPENS)
    if lead in _NUMBERS_BEFORE_WORDS_3 and not opens:
        return []
    before = [token.word for token in tokens[max(floor, out[-1] - 8) : out[-1]]] if out else []
    if before[-1:] == ["to"] and "from" in before:
        return []  # "fell from 66 TO 2, at 3 months"
    comma = len(out) == 1 and any(tokens[k].word == "," for k in range(out[0] + 1, i))
    if comma and tokens[out[0]].value >= tokens[i].value:
        return []  # "came down to 32, at 3 months"
    return out[::-1]


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


def _widen(tokens: list[Token], a: int, b: int, time: Time) -> None:
    """Take in the words that belong to the expression, and settle what they change."""
    if time.kind not in ("point", "window"):
        return
    j = time.last
    if word_at(tokens, j, a, b) == "'":
        j += 1
    if word_at(tokens, j, a, b) == "(" or word_at(tokens, j, a, b) == "/":
        j = time.last
    word = word_at(tokens, j, a, b)
    if word in ("before", "prior") or (word == "pre" and word_at(tokens, j + 1, a, b) == "-"):
        before = before_event(tokens, a, b, j) if word != "pre" else []
        if before and _after_operation(tokens, a, time.first):
            time.last = before[0].last  # "postoperative day 2 before exercise"
            return
        if not before and word != "pre":
            return
        time.last = before[0].last if before else min(j + 3, b)
        time.kind, time.label, time.days = "base", "baseline", 0
        return
    while word in LATER and j - time.last < 4:
        if word == "on" and word_at(tokens, j + 1, a, b) not in (",", "", "."):
            break
        if word in _WIDEN_WORDS and event_end(tokens, b, j + 1) is None:
            break
        if word == "follow" and word_at(tokens, j + 1, a, b) in ("-", "up"):
            j += 2 if word_at(tokens, j + 1, a, b) == "-" else 1
        j += 1
        if word in _WIDEN_WORDS_2:
            if word_at(tokens, j, a, b) == "-":
                j += 1
            j = event_end(tokens, b, j) or j
        word = word_at(tokens, j, a, b)
    if word == "of" and word_at(tokens, time.first - 1, a, b) in ("at", "after", "by"):
        j = behind_follow_up(tokens, b, j)
    time.last = max(time.last, min(j, b))
    _settle(tokens, a, b, time)


def _after_operation(tokens: list[Token], a: int, i: int) -> bool:
    """ "POSTOPERATIVE day 2 before exercise": what follows "before" is then no operation."""
    lead = word_at(tokens, i - 1, a, i)
    split = word_at(tokens, i - 2, a, i) == "-" and word_at(tokens, i - 3, a, i) == "post"
    return lead in POST_WORDS or split or tokens[i].word == "pod"


def _settle(tokens: list[Token], a: int, b: int, time: Time) -> None:
    """Whether a length of time is a time of measurement, and whether it is a mean follow-up."""
    if time.kind == "point" and time.days == 0 and time.number is not None:
        # The evening of surgery may be "day 0": the label is kept as printed.
        time.kind = "base"
        if tokens[time.number].word == "0" and word_at(tokens, time.last, a, b) in (",", "and"):
            unit = time.label.split()[-1].rstrip("s")
            if unit in ("week", "month", "year"):
                time.label = "baseline"
        return
    i = time.first
    if time.kind == "point" and (_of_use(tokens, a, b, time) or _how_long(tokens, a, b, time)):
        time.kind = "duration"
        return
    lead = word_at(tokens, i - 1, a, b)
    ranged = lead in ("range", "ranging") or (
        lead in (",", ":", "=", "from") and word_at(tokens, i - 2, a, b) in ("range", "ranging")
    )
    if time.kind == "window" and ranged:
        time.kind = "duration"  # "mean, 7 months; range, 1-29 months"
        return
    head = [tokens[k].word for k in range(max(a, i - 5), i - 1)]
    if time.kind == "window" and lead in (",", ":", "=") and head == ["(", "follow", "-", "up"]:
        time.kind = "duration"  # "before and after the block (follow-up, 4 to 19 months)"
        return
    if lead == "'":
        lead = word_at(tokens, i - 2, a, b)
    if lead in _SETTLE_WORDS:
        lead = word_at(tokens, i - 2, a, b)
    ahead = [word_at(tokens, k, a, b) for k in range(time.last, time.last + 4)]
    if "at" in ahead and ahead[ahead.index("at") + 1 :][:1] == ["which"] and time.days:
        return  # "splinted for four weeks, at which point pain averaged 3.1"
    if lead == "for" and _score_for(tokens, a, time):
        return
    if lead in _DURATION and not _is_follow_up_of(tokens, a, i):
        time.kind = "duration"
        return
    if ahead[0] in _RECALLED and time.days is not None and time.days <= 7:
        time.kind = "duration"
        return
    if lead in _SETTLE_WORDS_2:
        time.kind = "duration"
        return
    if lead == "to" and word_at(tokens, i - 2, a, b) in ("came", "amounted"):
        lead = "was"  # "the mean follow-up came to 31 weeks"
    if lead == "average" and word_at(tokens, i - 2, a, b) == "on":
        return  # "was 3.1 ON AVERAGE two weeks later": the mean of the score
    near = [tokens[k].word for k in range(max(a, i - 7), i)]
    middle = [k for k in range(len(near) - 1, -1, -1) if near[k] in ("mean", "median", "average")]
    if not middle or lead not in _SETTLE_WORDS_3:
        return
    start = i - len(near) + middle[0]
    if any(getattr(tokens[k].mark, "kind", "") in ("measure", "compound") for k in range(start, i)):
        return  # "mean VAS and doses were: 1 day, 3.5": the mean is that of a score
    if lead in ("mean", "median", "average") and _adjectival(tokens, b, time):
        return  # "the MEAN 6-WEEK CHANGE in VAS", "mean 1-year NRS"
    named = range(i - len(near) + middle[0] + 1, i)
    rated = any(getattr(tokens[k].mark, "kind", "") == "measure" for k in named)
    if rated and lead in ("up", "followup"):
        return  # "median NRS at entry versus follow-up 3 years": the median of the score
    word = "mean" if near[middle[0]] == "average" else near[middle[0]]
    before, between = near[: middle[0]], near[middle[0] + 1 :]
    at = _SETTLE_WORDS_4 & set(before[-2:])
    if not at and before[-2:-1] and before[-2] in _SEEN and before[-1] == "a":
        # "relief, rated a mean of 7 months after the block": as "at a mean of 7 months"
        at = (
            {"at"}
            if any(t.word in ("after", "later") for t in tokens[i + 1 : time.last + 1])
            else at
        )
    if at and lead != "was" and not _SETTLE_WORDS_5 & set(between):
        if "with" in at and "follow" not in between:
            time.kind = "duration"
            return
        time.kind = "final"
        time.label = f"final follow-up ({word} {time.label})"
        time.approximate = True
    else:
        time.kind = "duration"
        if "age" in between:
            time.label = "age"  # "mean age was 48.1 years"


def _adjectival(tokens: list[Token], b: int, time: Time) -> bool:
    """Whether "6-week" stands before what is measured, or before its change."""
    hyphened = any(tokens[k].word == "-" for k in range(time.first, time.last))
    if not hyphened or time.last >= b:
        return False
    behind = tokens[time.last]
    marked = getattr(behind.mark, "kind", "") in ("measure", "compound", "qualifier")
    return marked or behind.word in CHANGE_NOUNS or behind.word in ("difference", "score", "scores")


def _score_for(tokens: list[Token], a: int, time: Time) -> bool:
    """ "the SCORE FOR day 2 was", "NRS FOR postoperative days 1 through 3": no length of time."""
    if time.number is None or time.number == time.first:
        return False
    k = time.first - 1
    while k > a and tokens[k].word != "for":
        k -= 1
    before = tokens[k - 1] if k > a else tokens[k]
    named = getattr(before.mark, "kind", "") in ("measure", "compound")
    return named or before.word in ("score", "scores", "rating", "ratings", "vas", "nrs")


_SEEN = word_set(
    "assessed rated measured evaluated examined reviewed seen interviewed tested contacted scored "
    "recorded determined obtained available re-examined"
)
_USE = word_set("consumption use usage requirement requirements intake dose doses consumptions")


def _of_use(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "the 48-h oxycodone CONSUMPTION": how long something was taken, no time of a score."""
    if time.number is None or word_at(tokens, time.number + 1, a, b) != "-":
        return False
    k = time.last
    while k < b and k - time.last < 6 and tokens[k].word not in (",", ";", "."):
        if tokens[k].word in _USE or getattr(tokens[k].mark, "key", "") == "dose":
            return True
        if tokens[k].mark is not None or tokens[k].kind == "n":
            return False
        k += 1
    return False


_LASTING = word_set(
    "shift shifts day days night nights ride rides walk walks flight flights drive drives march "
    "marches hike hikes journey journeys trip trips run runs class classes lesson lessons workout "
    "workouts nap naps"
)
_SHIFT_KINDS = word_set("night day working work school daily late early long train bus car")


def _how_long(tokens: list[Token], a: int, b: int, time: Time) -> bool:
    """ "on 9-hour SHIFTS", "after 3-hour walks": how long something lasts, no time of a score."""
    if time.number is None or word_at(tokens, time.number + 1, a, b) != "-":
        return False
    k = time.number + 3
    return word_at(tokens, k + (word_at(tokens, k, a, b) in _SHIFT_KINDS), a, b) in _LASTING


def _is_follow_up_of(tokens: list[Token], a: int, i: int) -> bool:
    return i - 2 >= a and tokens[i - 2].word in ("up", "followup") and tokens[i - 1].word == "of"
