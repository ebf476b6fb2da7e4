"""Time expressions: points ("week 6"), windows ("4-6 weeks"), baseline, after, final follow-up.

Days: week 7, month 30.4375, year 365.25, rounded to whole days from one day on (half to even);
the middle of a window is kept as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.text import Token
from evergrove.reading.words import (
    CHECK,
    DETERMINERS,
    EVENT,
    FINAL,
    POST_WORDS,
    PRE_WORDS,
    UNIT_DAYS,
    UNIT_NAME,
)

_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_LATER = frozenset(
    "later afterwards afterward after post postoperatively postoperative following follow followup "
    "on thereafter postprocedure posttreatment postprocedural hence onwards since visit visits mark "
    "assessment review time timepoint timepoints from into evaluation check interval".split()
)
_BASE_EVENTS = frozenset(
    "admission presentation enrolment enrollment entry intake inclusion recruitment outset start "
    "beginning onset randomisation randomization screening referral arrival registration".split()
)
_DURATION = frozenset(
    "for lasting lasted every aged age than least minimum maximum last previous past duration "
    "exceeding max min daily per each lasts spanning spread old".split()
)
_SHORT = frozenset(("d", "h", "y", "w", "min", "mins"))
_SUFFIXES = ("plasty", "ectomy", "otomy", "desis", "lysis", "therapy", "scopy", "puncture", "vention")


@dataclass(slots=True)
class Time:
    """One time of measurement. `kind`: base, point, window, final, post, immediate, discharge,
    followup, other (a label without days), same (the times of the last list), duration (no time
    of measurement at all). `number` is the token of the numeral, if there is one."""

    first: int
    last: int
    kind: str
    label: str
    days: float | None
    number: int | None = None
    approximate: bool = False


def round_days(days: float) -> float | int:
    """Whole days from one day on; shorter times as they are, to a thousandth of a day."""
    return round(days) if days >= 1 else round(days, 3)


def _point(value: float, unit: str, text: str, unit_first: bool) -> tuple[str, float]:
    name = UNIT_NAME[unit]
    days = round_days(value * UNIT_DAYS[unit])
    shown = f"{value:g}"
    if unit_first:
        return f"{name} {shown}", days
    return f"{shown} {name}{'' if value == 1 else 's'}", days


def find_times(tokens: list[Token], a: int, b: int) -> list[Time]:
    """All times in tokens a..b, in order, not overlapping."""
    found: list[Time] = []
    i = a
    while i < b:
        token = tokens[i]
        time: list[Time] = []
        if token.mark is not None:
            i += 1
            continue
        if token.kind == "n":
            time = _from_number(tokens, a, b, i, found)
        elif token.kind == "w":
            time = _from_word(tokens, a, b, i)
        if time:
            for item in time:
                _widen(tokens, a, b, item, found)
            found.extend(item for item in time if item.last > item.first)
            i = max(i + 1, found[-1].last if found else i + 1)
        else:
            i += 1
    return found


def _word(tokens: list[Token], i: int, a: int, b: int) -> str:
    return tokens[i].word if a <= i < b else ""


def _from_number(tokens: list[Token], a: int, b: int, i: int, found: list[Time]) -> list[Time]:
    token = tokens[i]
    j = i + 1
    if token.flag == "id":
        return []
    if token.flag == "ord":
        return _ordinal(tokens, a, b, i, int(token.value), j + 1)
    gap = _word(tokens, j, a, b)
    if gap in ("-", "–") and tokens[j].kind == "s":
        if _word(tokens, j + 1, a, b) in UNIT_DAYS:
            j += 1
        elif _is_list_dash(tokens, a, b, i):
            return []
    unit = _word(tokens, j, a, b)
    if unit == "and" and _word(tokens, j + 1, a, b) == "a" and _word(tokens, j + 2, a, b) == "half":
        unit = _word(tokens, j + 3, a, b)
        if unit in UNIT_DAYS:
            label, days = _point(token.value + 0.5, unit, "", False)
            return [Time(i, j + 4, "point", label, days, i)]
        return []
    if unit not in UNIT_DAYS or (unit in _SHORT and tokens[j].raw.isupper() and unit != "h"):
        return []
    before = _word(tokens, i - 1, a, b)
    if before == "±":
        return []
    if unit in ("d", "y", "w") and not tokens[j].spaced and unit == "d" and token.value == 3:
        return []
    after = _word(tokens, j + 1, a, b)
    if after == "±":
        return []
    if (after == "-" and _word(tokens, j + 2, a, b) == "old") or after in ("old",):
        return [Time(i, j + 1, "duration", "age", None, i)]
    if after == "of" and _word(tokens, j + 2, a, b) == "age":
        return [Time(i, j + 1, "duration", "age", None, i)]
    numbers = _numbers_before(tokens, a, i, found)
    if before in ("-", "–", "to", "−") and i - 2 >= a and tokens[i - 2].kind == "n":
        low = tokens[i - 2]
        sign = _word(tokens, i - 3, a, b)
        if low.value < token.value and not low.flag and sign not in ("±", "to") and low.mark is None:
            return [_window(tokens, a, i, j, low, token, unit)]
    if before in ("aged", "age"):
        return [Time(i, j + 1, "duration", "age", None, i)]
    out = []
    for at in [*numbers, i]:
        label, days = _point(tokens[at].value, unit, tokens[at].word, False)
        last = j + 1 if at == i else at + 1
        out.append(Time(at, last, "point", label, days, at))
    return out


def _is_list_dash(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """ "3- and 6-month": the first number is picked up from the second one."""
    return _word(tokens, i + 2, a, b) in (",", "and", "or", "to")


def _window(
    tokens: list[Token], a: int, i: int, j: int, low: Token, high: Token, unit: str
) -> Time:
    name = UNIT_NAME[unit]
    middle = (low.value + high.value) / 2 * UNIT_DAYS[unit]
    label = f"{low.value:g}–{high.value:g} {name}s"
    return Time(i - 2, j + 1, "window", label, round(middle, 3), i - 2)


def _numbers_before(tokens: list[Token], a: int, i: int, found: list[Time]) -> list[int]:
    """Number tokens that share the unit of the number at i: "1, 3 and 6 months", "3- and 6-month"."""
    floor = found[-1].last if found else a
    out: list[int] = []
    at = i - 1
    while at >= floor:
        separators = 0
        while at >= floor and tokens[at].word in (",", "and", "or", "&", "/", "-", "at", "then"):
            if tokens[at].word == "-" and tokens[at].spaced:
                return out[::-1]
            separators += tokens[at].word not in ("-", "at", "then")
            at -= 1
        if not separators or at < floor or tokens[at].kind != "n" or tokens[at].mark is not None:
            break
        token = tokens[at]
        previous = tokens[at - 1].word if at > floor else ""
        if token.value != int(token.value) or token.flag in ("id", "ord") or previous in ("±", "=", "<"):
            break
        if previous in ("was", "were", "to", "from", "(", "vs", "of", "averaged") and "." in token.word:
            break
        out.append(at)
        at -= 1
    # "was 7 and 6 months later": one number right after a verb is a value, not a time.
    if out and (tokens[out[-1] - 1].word if out[-1] > floor else "") in (
        "was", "were", "from", "averaged", "scored", "=", "score", "by",
    ):  # fmt: skip
        return []
    if out and tokens[out[-1]].value >= tokens[i].value and len(out) == 1 and tokens[i - 1].word == ",":
        return []
    return out[::-1]


def _ordinal(tokens: list[Token], a: int, b: int, i: int, value: int, j: int) -> list[Time]:
    """ "6th week", "first postoperative day", "first and second two-week follow up"."""
    values = [(value, i)]
    at = j
    while _word(tokens, at, a, b) in (",", "and", "or"):
        step = at + 1 if _word(tokens, at + 1, a, b) not in ("and", "the") else at + 2
        word = _word(tokens, step, a, b)
        number = _ORDINALS.get(word)
        if number is None and a <= step < b and tokens[step].flag == "ord":
            number = int(tokens[step].value)
        if number is None:
            return []
        values.append((number, step))
        at = step + 1 + (tokens[step].flag == "ord")
    while _word(tokens, at, a, b) in ("postoperative", "post", "postprocedural", "full", "treatment", "-"):
        at += 1
    size = 1.0
    if a <= at < b and tokens[at].kind == "n" and tokens[at].mark is None:
        size = tokens[at].value
        at += 1
        if _word(tokens, at, a, b) == "-":
            at += 1
    unit = _word(tokens, at, a, b)
    if unit not in UNIT_DAYS or unit in _SHORT:
        return []
    out = []
    for index, (number, place) in enumerate(values):
        label, days = _point(number * size, unit, "", True)
        numeral = place if tokens[place].kind == "n" else None
        last = at + 1 if index == len(values) - 1 else place + 1
        out.append(Time(place, last, "point", label, days, numeral))
    return out


def _from_word(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    word = tokens[i].word
    after = _word(tokens, i + 1, a, b)
    if word in UNIT_DAYS or word in ("pod", "weeks", "months", "days"):
        return _unit_first(tokens, a, b, i)
    if word in _ORDINALS or word == "initial":
        if after in ("visit", "consultation", "examination", "assessment", "appointment", "session"):
            if word in ("first", "initial"):
                return [Time(i, i + 2, "base", "baseline", 0)]
            return [Time(i, i + 2, "other", f"{word} {after}", None)]
        if word in _ORDINALS:
            return _ordinal(tokens, a, b, i, _ORDINALS[word], i + 1)
    if word == "pre" and after in ("-", "–", "/"):
        then = _word(tokens, i + 2, a, b)
        if after == "/" or then in ("and", "to", "vs", "/", "or"):
            return [Time(i, i + 1 + (after == "-"), "base", "baseline", 0)]
        end = i + 3
        while _word(tokens, end, a, b) == "+" and end + 2 <= b:
            end += 2
        return [Time(i, end, "base", "baseline", 0)]
    if word == "post" and after in ("-", "–"):
        then = _word(tokens, i + 2, a, b)
        if i + 2 < b and tokens[i + 2].kind == "n":
            return []
        return [Time(i, i + 3, "post", f"post-{then}", None)]
    if word in PRE_WORDS or word.startswith(("preop", "preproced", "pretreat", "preinterv")):
        return [Time(i, i + 1, "base", "baseline", 0)]
    if word in ("base",) and after == "line":
        return [Time(i, i + 2, "base", "baseline", 0)]
    if word in POST_WORDS or word.startswith(("postop", "postproced", "posttreat")):
        return _after_word(tokens, a, b, i)
    if word in _BASE_EVENTS and _word(tokens, i - 1, a, b) in (
        "at", "on", "upon", "study", "the", "trial", "hospital", "initial", "from", "before", "with", "than", "to",
    ):  # fmt: skip
        return [Time(i, i + 1, "base", "baseline", 0)]
    if word in ("before", "prior", "preceding"):
        return _before(tokens, a, b, i)
    if word in ("after", "following"):
        return _after(tokens, a, b, i)
    if word in ("immediately", "directly", "shortly", "right", "soon", "immediate"):
        return _immediate(tokens, a, b, i)
    if word in FINAL:
        return _final(tokens, a, b, i)
    return _lexical(tokens, a, b, i, word, after)


def _unit_first(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    word = tokens[i].word
    if word in _SHORT or word in ("hr", "mo", "wk", "yr") and not tokens[i + 1 : i + 2]:
        return []
    unit = "day" if word == "pod" else word
    j = i + 1
    while _word(tokens, j, a, b) == "-" and j < b:
        j += 1
    if j < b and tokens[j].kind == "n" and tokens[j].mark is None and not tokens[j].flag == "id":
        number = tokens[j]
        then = _word(tokens, j + 1, a, b)
        if number.value != int(number.value) or then in UNIT_DAYS or then in ("±", "%") or number.value > 400:
            return _a_unit(tokens, a, b, i)
        out = []
        label, days = _point(number.value, unit, number.word, True)
        out.append(Time(i, j + 1, "point", label, days, j))
        at = j + 1
        if not word.endswith("s") and word != "pod":
            return out
        # "weeks 4, 8 and 12"
        while True:
            k = at
            while _word(tokens, k, a, b) in (",", "and", "or", "&"):
                k += 1
            if k == at or not (k < b and tokens[k].kind == "n" and tokens[k].value == int(tokens[k].value)):
                return out
            if _word(tokens, k + 1, a, b) in UNIT_DAYS or _word(tokens, k + 1, a, b) in ("±", "("):
                return out
            label, days = _point(tokens[k].value, unit, "", True)
            out.append(Time(k, k + 1, "point", label, days, k))
            at = k + 1
    return _a_unit(tokens, a, b, i)


def _a_unit(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "a week later", "after a month", "half a year", "a fortnight", "the day after surgery"."""
    unit = tokens[i].word
    before, earlier = _word(tokens, i - 1, a, b), _word(tokens, i - 2, a, b)
    after = _word(tokens, i + 1, a, b)
    if unit in _SHORT:
        return []
    if earlier == "half" and before in ("a", "an", "-") or before == "half":
        first = i - 2 if earlier == "half" else i - 1
        days = round_days(0.5 * UNIT_DAYS[unit])
        return [Time(first, i + 1, "point", f"half a {UNIT_NAME[unit]}", days)]
    if before in ("next", "following") and unit in ("day", "week", "month"):
        return [Time(i - 1, i + 1, "point", f"1 {unit}", round_days(UNIT_DAYS[unit]))]
    if before == "same" and unit == "day":
        return [Time(i - 1, i + 1, "point", "same day", 0)]
    if before in ("a", "an") or unit == "fortnight":
        lead = _word(tokens, i - 2, a, b)
        first = i - 1 if before in ("a", "an") else i
        if after in _LATER or lead in ("after", "within", "at", "by", "in") or unit == "fortnight":
            label, days = _point(1, unit, "", False)
            return [Time(first, i + 1, "point", label, days)]
    if unit == "day" and before == "the" and after in ("after", "following"):
        return [Time(i - 1, i + 2, "point", "1 day", 1)]
    return []


def _after_word(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    if _word(tokens, i - 1, a, b) in ("immediately", "immediate", "directly", "shortly", "early"):
        return [Time(i - 1, i + 1, "immediate", "immediately after", 0)]
    return [Time(i, i + 1, "post", tokens[i].raw.lower(), None)]


def _event_end(tokens: list[Token], a: int, b: int, i: int, limit: int = 5) -> int | None:
    """The end of "(the) ... EVENT" beginning at i, or None if no known event follows."""
    at = i
    while at < b and at - i < limit and tokens[at].kind == "w" and tokens[at].mark is None:
        word = tokens[at].word
        if word in EVENT or word.endswith(_SUFFIXES):
            return at + 1
        if word in ("was", "were", "in", "and", "with", "at", "from", "to", "for", "of", "had", "by"):
            return None
        at += 1
        if at < b and tokens[at].word == "-":
            at += 1
    return None


def _before(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    j = i + 1
    if tokens[i].word == "prior":
        if _word(tokens, j, a, b) != "to":
            return []
        j += 1
    end = _event_end(tokens, a, b, j)
    if end is None:
        end = j
        if _word(tokens, end, a, b) in DETERMINERS:
            end += 1
            if end < b and tokens[end].kind == "w" and tokens[end].mark is None:
                end += 1
    return [Time(i, end, "base", "baseline", 0)]


def _after(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    end = _event_end(tokens, a, b, i + 1)
    if end is not None:
        label = " ".join(token.raw.lower() for token in tokens[i:end])
        return [Time(i, end, "post", label, None)]
    then = _word(tokens, i + 1, a, b)
    if then == "/" and _word(tokens, i - 1, a, b) == "/":
        return [Time(i, i + 1, "immediate", "immediately after", 0)]
    if then in ("", ".", ",", ";", ":", ")", "/", "(", "and", "was", "were", "the", "=") and then != "the":
        return [Time(i, i + 1, "post", "after", None)]
    return []


def _immediate(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    j = i + 1
    if _word(tokens, j, a, b) == "-":
        j += 1
    word = _word(tokens, j, a, b)
    if word in ("before",):
        end = _event_end(tokens, a, b, j + 1) or j + 1
        return [Time(i, end, "base", "baseline", 0)]
    if word in ("after", "following"):
        end = _event_end(tokens, a, b, j + 1) or j + 1
        return [Time(i, end, "immediate", "immediately after", 0)]
    if word in POST_WORDS or word.startswith(("postop", "postproc", "posttreat")):
        end = j + 1
        if word == "post" and _word(tokens, end, a, b) == "-":
            end += 2
        return [Time(i, end, "immediate", "immediately after", 0)]
    if word in ("thereafter",):
        return [Time(i, j + 1, "immediate", "immediately after", 0)]
    return []


def _final(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "at last review", "the final follow-up", "end of treatment", "final" alone in a list."""
    j = i + 1
    word = tokens[i].word
    if word == "end":
        if _word(tokens, j, a, b) == "of":
            end = _event_end(tokens, a, b, j + 1)
            if end is None and _word(tokens, j + 1, a, b) in DETERMINERS | CHECK:
                end = min(b, j + (3 if _word(tokens, j + 1, a, b) in DETERMINERS else 2))
            return [Time(i, end or j + 1, "final", "end of treatment", None)]
        if _word(tokens, i - 1, a, b) in ("study", "trial", "treatment", "the", "at"):
            return [Time(i, j, "final", "end of study", None)]
        return []
    steps = 0
    while steps < 3 and j < b and tokens[j].kind == "w" and tokens[j].word not in CHECK:
        if tokens[j].word in ("mean", "score", "pain", "was", "were", "and", "at"):
            break
        j += 1
        steps += 1
    if _word(tokens, j, a, b) in CHECK:
        end = j + 1
        while _word(tokens, end, a, b) in ("-", "up", "visit", "examination", "assessment", "evaluation", "consultation"):
            end += 1
        if word == "last" and _word(tokens, i - 1, a, b) == "the" and _word(tokens, j, a, b) in ("treatment",):
            pass
        return [Time(i, end, "final", "final follow-up", None)]
    if _word(tokens, i - 1, a, b) in ("/", "at", "and") or _word(tokens, i + 1, a, b) in ("/", ":", ","):
        return [Time(i, i + 1, "final", "final follow-up", None)]
    return []


def _lexical(tokens: list[Token], a: int, b: int, i: int, word: str, after: str) -> list[Time]:
    before = _word(tokens, i - 1, a, b)
    if word == "discharge":
        return [Time(i, i + 1, "discharge", "discharge", None)]
    if word == "waking" or word == "awakening":
        return [Time(i, i + 1, "other", "waking (unspecified)", None)]
    if word in ("short", "medium", "long", "intermediate", "mid") or (word == "mean" and after == "term"):
        j = i + 1 + (after == "-")
        if _word(tokens, j, a, b) == "term":
            label = " ".join(token.raw.lower() for token in tokens[i : j + 1])
            return [Time(i, j + 1, "other", label, None)]
    if word in ("same", "corresponding", "these", "those", "respective") and after in (
        "visits", "times", "timepoints", "time", "points", "intervals", "occasions", "follow",
    ):  # fmt: skip
        end = i + 2 + (after == "time" and _word(tokens, i + 2, a, b) in ("points", "intervals"))
        return [Time(i, end, "same", "same", None)]
    if word in ("follow", "followup") and before in ("at", "the", "to", "and", "/", "last", "on", ",", "a"):
        end = i + 1
        while _word(tokens, end, a, b) in ("-", "up", "visit", "review", "examination"):
            end += 1
        if _word(tokens, end, a, b) in ("of", "was", "period", "ranged", "time", "duration"):
            return []
        return [Time(i, end, "followup", "follow-up", None)]
    if word in ("tomorrow", "overnight"):
        return [Time(i, i + 1, "point", "1 day", 1)]
    if word == "morning" and before in ("next", "following"):
        return [Time(i - 1, i + 1, "point", "next morning", 1)]
    if word == "morning" and after in ("after",):
        return [Time(i, i + 2, "point", "morning after", 1)]
    return []


def _widen(tokens: list[Token], a: int, b: int, time: Time, found: list[Time]) -> None:
    """Take in the words that belong to the expression, and settle what they change."""
    if time.kind not in ("point", "window"):
        return
    j = time.last
    if _word(tokens, j, a, b) == "'":
        j += 1
    if _word(tokens, j, a, b) == "(" or _word(tokens, j, a, b) == "/":
        j = time.last
    word = _word(tokens, j, a, b)
    if word in ("before", "prior") or (word == "pre" and _word(tokens, j + 1, a, b) == "-"):
        time.last = _before(tokens, a, b, j)[0].last if word != "pre" else j + 3
        time.kind, time.label, time.days = "base", "baseline", 0
        return
    while word in _LATER and j - time.last < 4:
        if word == "on" and _word(tokens, j + 1, a, b) not in (",", "", "."):
            break
        if word in ("following", "into", "from", "since") and _event_end(tokens, a, b, j + 1) is None:
            break
        if word == "follow" and _word(tokens, j + 1, a, b) in ("-", "up"):
            j += 2 if _word(tokens, j + 1, a, b) == "-" else 1
        j += 1
        if word in ("after", "post", "following", "from", "into", "since"):
            if _word(tokens, j, a, b) == "-":
                j += 1
            j = _event_end(tokens, a, b, j) or j
        word = _word(tokens, j, a, b)
    time.last = max(time.last, min(j, b))
    _settle(tokens, a, b, time)


def _settle(tokens: list[Token], a: int, b: int, time: Time) -> None:
    """Whether a length of time is a time of measurement, and whether it is a mean follow-up."""
    if time.kind == "point" and time.days == 0 and time.number is not None:
        time.kind, time.label = "base", "baseline"
        return
    i = time.first
    lead = _word(tokens, i - 1, a, b)
    if lead == "'":
        lead = _word(tokens, i - 2, a, b)
    if lead in ("postoperative", "post", "postprocedural", "follow-up", "postprocedure"):
        lead = _word(tokens, i - 2, a, b)
    if lead in _DURATION and not _is_follow_up_of(tokens, a, i):
        time.kind = "duration"
        return
    if lead in ("<", ">", "≥", "≤"):
        time.kind = "duration"
        return
    near = [tokens[k].word for k in range(max(a, i - 7), i)]
    middle = [k for k in range(len(near) - 1, -1, -1) if near[k] in ("mean", "median", "average")]
    if not middle or lead not in ("of", "mean", "median", "average", "was", ":", "=", "up", "a", "about"):
        return
    word = "mean" if near[middle[0]] == "average" else near[middle[0]]
    before, between = near[: middle[0]], near[middle[0] + 1 :]
    at = {"at", "after", "with", "by"} & set(before[-2:])
    if at and lead != "was" and not {"age", "duration", "time", "interval"} & set(between):
        if "with" in at and "follow" not in between:
            time.kind = "duration"
            return
        time.kind = "final"
        time.label = f"final follow-up ({word} {time.label})"
        time.approximate = True
    else:
        time.kind = "duration"


def _is_follow_up_of(tokens: list[Token], a: int, i: int) -> bool:
    return i - 2 >= a and tokens[i - 2].word in ("up", "followup") and tokens[i - 1].word == "of"
