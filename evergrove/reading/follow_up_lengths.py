"""Lengths of follow-up that are told with more than a mean: "4.1 ± 0.9 years", "for 12 months"."""

from __future__ import annotations

from evergrove.reading.time_parts import SHORT, Time, time_point
from evergrove.reading.tokens import Token
from evergrove.reading.words import CENTRES, UNIT_DAYS, word_set

_FOLLOW = word_set("follow followup follow-up followed")
_STATED = word_set("was of for a an : averaged averaging time period lasted up - ( =")
_LEAST = word_set("minimum least maximum maximal shortest longest median up-to")


def told_length(tokens: list[Token], a: int, b: int, times: list[Time]) -> Time | None:
    """The length of follow-up of a sentence that no plain mean tells; None if there is none."""
    for i in range(a, b - 4):
        if tokens[i].word in _FOLLOW:
            found = _with_spread(tokens, a, b, i) or _mean_behind_least(tokens, a, b, i)
            if found is not None:
                return found
    return _followed_for(tokens, a, times)


def _with_spread(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "the mean FOLLOW-UP WAS 4.1 ± 0.9 YEARS", "follow-up averaged 4.1 (SD 0.9) years"."""
    k = i + 1
    while k < b - 3 and (tokens[k].word in _STATED or tokens[k].word in CENTRES):
        k += 1
    words = [tokens[m].word for m in range(i, k)]
    mean = CENTRES & {tokens[m].word for m in range(max(a, i - 3), k)} or "averaged" in words
    if not mean or k + 3 >= b or tokens[k].kind != "n" or tokens[k].flag:
        return None
    m = k + 1
    if tokens[m].word == "±" and tokens[m + 1].kind == "n":
        return _length(tokens, k, m + 2)
    if tokens[m].word == "(" and tokens[m + 1].word in ("sd", "±"):
        close = next((n for n in range(m, min(b - 1, m + 5)) if tokens[n].word == ")"), 0)
        return _length(tokens, k, close + 1) if close else None
    return None


def _mean_behind_least(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "The minimum FOLLOW-UP was 24 MONTHS (MEAN 41)": the mean, in the unit of the least."""
    if not _LEAST & {tokens[m].word for m in range(max(a, i - 3), i)}:
        return None
    for k in range(i + 2, min(b - 4, i + 9)):
        if tokens[k].kind != "n" or tokens[k + 1].word not in UNIT_DAYS:
            continue
        opened = k + 2
        centre = tokens[opened].word in ("(", ",") and tokens[opened + 1].word in CENTRES
        at = opened + 2 + (tokens[opened + 2].word in (",", ":", "of"))
        told = centre and at + 1 < b and tokens[at].kind == "n"
        if told and tokens[at + 1].word in {")", ",", ";", "."} | UNIT_DAYS.keys():
            label, days = time_point(tokens[at].value, tokens[k + 1].word, False)
            return Time(at, at + 1, "final", label, days, at)
        return None
    return None


def _length(tokens: list[Token], k: int, unit: int) -> Time | None:
    """The number at k in the unit that stands at another token."""
    if unit >= len(tokens) or tokens[unit].word not in UNIT_DAYS or tokens[unit].word in SHORT:
        return None
    label, days = time_point(tokens[k].value, tokens[unit].word, False)
    return Time(k, unit + 1, "final", label, days, k)


def _followed_for(tokens: list[Token], a: int, times: list[Time]) -> Time | None:
    """ "Patients WERE FOLLOWED UP FOR 12 MONTHS": where the last visit was, if for all alike."""
    lengths = [time for time in times if time.number is not None and time.days is not None]
    if len(lengths) != 1 or "–" in lengths[0].label:
        return None
    time = lengths[0]
    lead = [tokens[k].word for k in range(max(a, time.number - 4), time.number)]
    if lead[-1:] != ["for"] or not {"followed", "followed-up"} & set(lead):
        return None
    if time.number != time.first and tokens[time.first].word != "for":
        return None
    return Time(
        time.first, time.last, "final", f"final follow-up ({time.label})", time.days, time.number
    )
