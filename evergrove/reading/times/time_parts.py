"""What a time is, and the small steps that all time expressions share."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.text.tokens import Token, unmarked
from evergrove.reading.text.words import EVENT, UNIT_DAYS, UNIT_NAME, word_set

_ORDINAL_WORDS = word_set("full treatment puerperal hospital hospitalisation hospitalization -")
_POSTS = word_set("posterior posture postural poster posted postponed")
_EVENT_END_WORDS = word_set("was were in and with at from to for of had by")
ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}


LATER = word_set(
    "later afterwards afterward after post postoperatively postoperative following follow "
    "followup on thereafter postprocedure posttreatment postprocedural hence onwards since "
    "visit visits mark assessment review time timepoint timepoints from into evaluation check "
    "interval"
)
SHORT = word_set("d h y w min mins")
EVENT_SUFFIXES = (
    "plasty",
    "ectomy",
    "otomy",
    "desis",
    "lysis",
    "therapy",
    "scopy",
    "puncture",
    "vention",
)


THAT_TIME = "that time"  # label of one time of the sentence before, and not of all its times


#: The kinds of times at which a score is one behind baseline.
AFTER_BASE = frozenset(("point", "window", "final", "post", "immediate", "discharge"))


@dataclass(slots=True, eq=False)
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


def named_time(tokens: list[Token], first: int, last: int) -> Time:
    """The time that a text names without days: a step of a procedure, in its own words."""
    return Time(first, last, "other", " ".join(t.raw for t in tokens[first:last]), None)


def round_days(days: float) -> float | int:
    """Whole days from one day on; shorter times as they are, to a thousandth of a day."""
    return round(days) if days >= 1 else round(days, 3)


def time_point(value: float, unit: str, unit_first: bool) -> tuple[str, float]:
    name = UNIT_NAME[unit]
    days = round_days(value * UNIT_DAYS[unit])
    if name in ("hour", "minute"):
        # 36 hours are 1.5 days: rounding is for months and years, which have no whole days.
        exact = round(value * UNIT_DAYS[unit], 3)
        days = round(exact) if exact == round(exact) else exact
    shown = f"{value:g}"
    if unit_first:
        return f"{name} {shown}", days
    return f"{shown} {name}{'' if value == 1 else 's'}", days


def word_at(tokens: list[Token], i: int, a: int, b: int) -> str:
    return tokens[i].word if a <= i < b else ""


_LEARNERS = word_set(
    "residents students pupils trainees undergraduates interns registrars learners"
)


def ordinal_times(tokens: list[Token], a: int, b: int, i: int, value: int, j: int) -> list[Time]:
    """ "6th week", "first postoperative day", "first and second two-week follow up"."""
    values = [(value, i)]
    at = j
    while word_at(tokens, at, a, b) in (",", "and", "or"):
        step = at + 1 if word_at(tokens, at + 1, a, b) not in ("and", "the") else at + 2
        word = word_at(tokens, step, a, b)
        number = ORDINALS.get(word)
        if number is None and a <= step < b and tokens[step].flag == "ord":
            number = int(tokens[step].value)
        if number is None:
            return []
        values.append((number, step))
        at = step + 1 + (tokens[step].flag == "ord")
    while _since_what(tokens, at, a, b):
        at += 1
    size = 1.0
    if a <= at < b and tokens[at].kind == "n" and tokens[at].mark is None:
        size = tokens[at].value
        at += 1
        if word_at(tokens, at, a, b) == "-":
            at += 1
    unit = word_at(tokens, at, a, b)
    if unit not in UNIT_DAYS or unit in SHORT:
        return []
    if unit == "year" and not _LEARNERS.isdisjoint([t.word for t in tokens[at + 1 : at + 5]]):
        return []  # "SECOND YEAR medical STUDENTS": who they were
    out = []
    for index, (number, place) in enumerate(values):
        label, days = time_point(number * size, unit, True)
        numeral = place if tokens[place].kind == "n" else None
        suffix = tokens[place].flag == "ord"
        last = at + 1 if index == len(values) - 1 else place + 1 + suffix
        out.append(Time(place, last, "point", label, days, numeral))
    return out


def _since_what(tokens: list[Token], k: int, a: int, b: int) -> bool:
    """ "the second POSTPARTUM day", "the second POST-PARTUM day", "the fifth HOSPITAL day"."""
    word = word_at(tokens, k, a, b)
    if word in _ORDINAL_WORDS or (word.startswith("post") and word not in _POSTS):
        return True
    return word_at(tokens, k - 1, a, b) == "-" and word_at(tokens, k - 2, a, b) == "post"


def ordinals_before(tokens: list[Token], a: int, found: list[Time]) -> list[Time]:
    """ "at the 2nd (3.1 vs 4.0) and 8th weeks": the unit behind the last of the ordinals is theirs.

    Times in front of `found`, each with its values in a bracket between it and the next.
    """
    out: list[Time] = []
    for time in found:
        if time.number is None or tokens[time.number].flag != "ord" or time.kind != "point":
            continue
        unit = time.label.split()[0]
        k = time.first - 1
        while k > a and tokens[k].word in ("and", "the", ",", "at"):
            k -= 1
        while tokens[k].word == ")":
            opened = next((m for m in range(k, a, -1) if tokens[m].word == "("), a)
            number = opened - 2 if tokens[opened - 2].flag == "ord" else opened - 1
            if opened <= a + 2 or tokens[number].flag != "ord":
                break
            label, days = time_point(tokens[number].value, unit, True)
            out.append(Time(number, opened, "point", label, days, number))
            k = number - 1
            while k > a and tokens[k].word in ("and", "the", ",", "at"):
                k -= 1
    return out


def units_behind(tokens: list[Token], a: int, b: int, found: list[Time]) -> list[Time]:
    """ "at 3 (2.1, SD 0.8) and 9 (1.7, SD 0.9) months": the unit behind the brackets is theirs.

    A bracket holds a result, the short name of the visit, or how many came.
    """
    out: list[Time] = []
    for end in [k for k, token in enumerate(tokens[a + 3 : b - 1], a + 4) if token.word == ")"]:
        unit = tokens[end].word
        if unit in SHORT or unit not in UNIT_DAYS:
            continue
        numbers = _before_brackets(tokens, a, end - 1)
        if len(numbers) < 2:
            continue
        found[:] = [t for t in found if not (t.kind == "followup" and t.first == end + 1)]
        for number in numbers:
            label, days = time_point(tokens[number].value, unit, False)
            out.append(Time(number, number + 1, "point", label, days, number))
    return out


def unit_of_last(tokens: list[Token], a: int, found: list[Time]) -> list[Time]:
    """ "at 2 (3.1 vs 4.0), 5 (2.2 vs 3.3), and 9 h (1.1 vs 2.0)": the last number has the unit."""
    out: list[Time] = []
    for time in found:
        if time.kind != "point" or time.number is None or time.number != time.first:
            continue
        k = time.first - 1
        while k > a and tokens[k].word in ("and", ","):
            k -= 1
        if k == time.first - 1 or tokens[k].word != ")":
            continue
        unit = next((t.word for t in tokens[time.first + 1 : time.last] if t.word in UNIT_DAYS), "")
        numbers = _before_brackets(tokens, a, k) if unit else []
        led = numbers and tokens[numbers[0] - 1].word in ("at", "after")
        if not led or tokens[numbers[-1]].value >= tokens[time.number].value:
            continue
        known = {other.number for other in found}
        for number in [k for k in numbers if k not in known]:
            label, days = time_point(tokens[number].value, unit, False)
            out.append(Time(number, number + 1, "point", label, days, number))
    return out


def _before_brackets(tokens: list[Token], a: int, k: int) -> list[int]:
    """The rising whole numbers, each with its result in a bracket, of a list that ends at k."""
    numbers: list[int] = []
    while k > a and tokens[k].word == ")":
        opened = next((m for m in range(k, a, -1) if tokens[m].word == "("), a)
        at = opened - 1
        inside = tokens[opened:k]
        exact = any(token.kind == "n" and "." in token.word for token in inside)
        plain = at > a and tokens[at].kind == "n" and tokens[at].mark is None
        # "after 6 (T6), 24 (T24) and 48 (T48) hours": the short name of each visit
        named = len(inside) == 2 and inside[1].kind == "w" and inside[1].raw[-1].isdigit()
        # "at 3 (n = 44) and 9 (n = 31) weeks": how many came
        sized = len(inside) == 4 and [token.word for token in inside[1:3]] == ["n", "="]
        if not plain or not (exact or named or sized) or "." in tokens[at].word:
            break
        if tokens[at - 1].word not in _TIME_LEADS:
            break
        if numbers and tokens[at].value >= tokens[numbers[0]].value:
            break
        numbers.insert(0, at)
        k = at - 1
        while k > a and tokens[k].word in ("and", ",", "at", "after"):
            k -= 1
    return numbers


_TIME_LEADS = frozenset(("and", ",", "at", "after", "to"))


def event_end(tokens: list[Token], b: int, i: int, limit: int = 5) -> int | None:
    """The end of "(the) ... EVENT" beginning at i, or None if no known event follows."""
    at = i
    if at + 1 < b and tokens[at].kind == "n" and tokens[at].value == int(tokens[at].value):
        # "after six sessions"
        noun = tokens[at + 1].word
        counted = noun.endswith("s") and (noun in EVENT or noun[:-1] in EVENT)
        # not "after two cycles OF WAX", which tells what was given
        counted |= noun == "cycles" and (at + 2 >= b or tokens[at + 2].word != "of")
        return at + 2 if counted and tokens[at].value <= 60 else None
    while at < b and at - i < limit and tokens[at].kind == "w":
        word = tokens[at].word
        if not unmarked(tokens[at]) and word not in EVENT:
            return None
        if word in EVENT or word.endswith(EVENT_SUFFIXES):
            return at + 1
        if word in _EVENT_END_WORDS:
            return None
        at += 1
        if at < b and tokens[at].word == "-":
            at += 1
    return None
