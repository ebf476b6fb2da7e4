"""One time told in two expressions: "postoperative 6 weeks", "the end of treatment (6 weeks)"."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CENTRES, STATE, word_set
from evergrove.reading.times.time_parts import Time

_SAID_WITH = ("post", "followup")  # "postoperative 6 weeks", "follow-up 1 year"


def _explained(tokens: list[Token], vague: Time, exact: Time) -> bool:
    """ "at the first visit after surgery, at 6 weeks": the same time told twice."""
    gap = [tokens[k].word for k in range(vague.last, exact.first)]
    if gap == ["(", "at"] and vague.kind == "post" and exact.kind == "point":
        return True  # "before and after treatment (at 2 and 5 weeks)"
    return vague.label in _VISIT_LABELS and gap in ([",", "at"], [",", "i.e", "at"], [","], ["("])


def _dated_in_bracket(tokens: list[Token], vague: Time, exact: Time) -> bool:
    """ "pre- and post-injection (at 5 weeks) scores": the bracket says when afterwards was.

    So too "the end of treatment (6 weeks)", "the second visit (week 4)", "discharge (day 3)".
    """
    gap = [tokens[k].word for k in range(vague.last, exact.first)]
    if vague.kind not in _VAGUE or vague.days is not None or exact.kind not in ("point", "window"):
        return False
    opened = gap in (["(", "at"], ["[", "at"]) or (vague.kind != "post" and gap in (["("], ["["]))
    return opened and exact.last < len(tokens) and tokens[exact.last].word in (")", "]")


_VAGUE = ("post", "final", "other", "discharge")


def _mean_of_final(tokens: list[Token], final: Time, exact: Time) -> bool:
    """ "at FINAL FOLLOW-UP, AT A MEAN OF 14 months, it was 2": one visit, told twice."""
    if final.kind != "final" or final.days is not None or not exact.approximate:
        return False
    gap = [tokens[k].word for k in range(final.last, exact.first)]
    return gap[:1] in ([","], ["("], ["at"]) and len(gap) < 7 and _MEAN.issuperset(gap)


def _told_twice(tokens: list[Token], one: Time, two: Time) -> bool:
    """ "at the first visit, BEFORE TREATMENT," and "in the recovery room, 60 MIN AFTER IT,"."""
    behind = [token.word for token in tokens[two.last : two.last + 5]]
    stop = behind.index(",") if "," in behind else -1
    closed = stop == 0 or (stop > 0 and behind[0] in _OF_EVENT)
    if closed and behind[stop + 1 : stop + 2] in (["and"], ["or"]):
        return False  # "on the ward, 0.5, AND two hours later": a list
    if two.first - one.last != 1 or tokens[one.last].word != "," or not closed:
        return False
    placed = one.kind == "other" and one.days is None and two.kind == "point"
    return placed or one.kind == two.kind == "base"


_OF_EVENT = word_set("after the its it")
_MEAN = word_set(", ( at after a mean median average of follow - up")


_VISIT_LABELS = frozenset(
    f"{which} {what}"
    for which in ("first", "initial", "second", "third")
    for what in ("visit", "consultation", "examination", "assessment", "appointment", "session")
)


def dated_in_brackets(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "the second visit (week 4)", "the end of treatment (6 weeks)": dated, and told once."""
    out: list[Time] = []
    for time in times:
        if out and out[-1].kind != "post" and _dated_in_bracket(tokens, out[-1], time):
            time = replace(time, first=out[-1].first, last=time.last + 1)
            out[-1] = time
            continue
        out.append(time)
    return mean_in_bracket(tokens, out)


_FOLLOW = word_set("follow followup follow-up followed")


def mean_in_bracket(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "at follow-up, which RANGED FROM 10 TO 30 MONTHS (MEAN 19.5 MONTHS)": the mean of it."""
    out: list[Time] = []
    for time in times:
        if out and out[-1].kind == "window" and time.number is not None and time.days is not None:
            between = [tokens[k].word for k in range(out[-1].last, time.first)]
            closed = time.last < len(tokens) and tokens[time.last].word in (")", ",", ";")
            ahead = {tokens[k].word for k in range(max(0, out[-1].first - 9), out[-1].first)}
            told = len(between) in (2, 3) and between[0] == "(" and between[1] in CENTRES
            if told and closed and not ahead.isdisjoint(_FOLLOW):
                label = f"final follow-up ({between[1]} {time.label})"
                first, last = out[-1].first, time.last + (tokens[time.last].word == ")")
                out[-1] = Time(first, last, "final", label, time.days, time.number, True)
                continue
        out.append(time)
    return out


def merge_times(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "postoperative 6 weeks" is one time, not two."""
    out: list[Time] = []
    for time in times:
        if out and _dated_in_bracket(tokens, out[-1], time):
            time.first, time.last = out[-1].first, time.last + 1
            out[-1] = time
            continue
        if (
            out
            and out[-1].kind in _SAID_WITH
            and (time.first - out[-1].last <= 1 or _explained(tokens, out[-1], time))
            and time.kind in ("point", "window", "final")
        ):
            inside = tokens[time.first - 2].word == "(" and out[-1].last == time.first - 2
            out[-1] = replace(time, first=out[-1].first) if inside else time
            continue
        if out and out[-1].kind == "final" and time.kind == "point" and out[-1].last == time.first:
            out[-1] = replace(time, first=out[-1].first)  # "at the last visit 2 years after it"
            continue
        if out and _told_twice(tokens, out[-1], time):
            out[-1] = replace(time, first=out[-1].first)
            continue
        if out and _mean_of_final(tokens, out[-1], time):
            out[-1] = replace(time, first=out[-1].first)
            continue
        if (
            out
            and time.first - out[-1].last <= 0
            and time.kind in ("post", "followup")
            and out[-1].kind in ("point", "window")
        ):
            continue
        out.append(time)
    return out


def without_adjectives(tokens: list[Token], a: int, times: list[Time]) -> list[Time]:
    """ "AT 6 WEEKS, the mean POSTOPERATIVE VAS was 3.1 and the mean POSTOPERATIVE ODI was 22".

    Where a sentence opens with its one exact time, "postoperative" before a measure dates nothing;
    nor where an exact time stands behind each ("POSTOPERATIVE VAS was 3.1 AT 6 WEEKS and ...").
    """
    named = [time for time in times if time.kind == "post" and _names(tokens, time)]
    exact = [time for time in times if time not in named]
    if not named or not exact or any(t.kind != "point" or t.days is None for t in exact):
        return times
    opens = not any(is_measure(t) or t.word in STATE for t in tokens[a : exact[0].first])
    ends = [time.first for time in named[1:]] + [len(tokens)]
    each = len(named) == len(exact) > 1 and all(
        any(time.last <= one.first < end for one in exact)
        for time, end in zip(named, ends, strict=True)
    )
    return exact if each or (opens and len(exact) == 1) else times


def _names(tokens: list[Token], time: Time) -> bool:
    """Whether a measure stands right behind a word for a time: "POSTOPERATIVE VAS"."""
    return time.last < len(tokens) and is_measure(tokens[time.last])
