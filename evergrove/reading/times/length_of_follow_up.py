"""Lengths of follow-up: "at 12 weeks of follow-up", "a mean follow-up of 4.1 ± 0.9 years"."""

from __future__ import annotations

from evergrove.reading.text.small_words import AMONG
from evergrove.reading.text.stat_words import KEPT
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, UNIT_DAYS, names_people, word_set
from evergrove.reading.times.time_parts import SHORT, Time, time_point

_AT = word_set("at after by until within")
_UNITS = word_set("day days week weeks month months year years wk wks mo mos yr yrs hours h d hour")


def behind_follow_up(tokens: list[Token], b: int, j: int) -> int:
    """Behind "of follow-up" or "of the follow-up period" at j; `j` itself if it is not there."""
    if j + 1 >= b or tokens[j].word != "of":
        return j
    k = j + 1 + (tokens[j + 1].word == "the")
    if k < b and tokens[k].word == "followup":
        return k + 1
    if k + 1 >= b or tokens[k].word != "follow":
        return j
    k += 1 + (tokens[k + 1].word == "-")
    return k + 1 if k < b and tokens[k].word == "up" else j


def dated_follow_up(tokens: list[Token], i: int) -> bool:
    """Whether the follow-up at i is the end of a time: "AT 12 WEEKS OF follow-up was 3.1"."""
    return (
        i >= 4
        and tokens[i - 1].word == "of"
        and tokens[i - 2].word in _UNITS
        and tokens[i - 3].kind == "n"
        and tokens[i - 4].word in _AT
    )


def dates_what_follows(tokens: list[Token], i: int) -> bool:
    """ "AFTER A (MEAN) FOLLOW-UP (PERIOD) OF 14 months it was 2.1": a time, and no length told.

    `i`: the token where the name of the follow-up begins, with or without the word for its mean.
    """
    k = i
    while k and tokens[k - 1].word in _OWN:
        k -= 1
    if not k or tokens[k - 1].word not in _SEEN_AT:
        return False
    while i < len(tokens) and tokens[i].word in _FOLLOW_UP:
        i += 1
    number = i < len(tokens) - 1 and tokens[i - 1].word == "of" and tokens[i].kind == "n"
    if number and tokens[i + 1].word == "±":
        i += 2
    return number and i + 1 < len(tokens) and tokens[i + 1].word in _UNITS


def mean_length(tokens: list[Token], i: int) -> bool:
    """Whether the number at i is that of "AFTER A MEAN FOLLOW-UP OF 14.1 ± 3.2 months"."""
    k = i - 1
    while k > 0 and tokens[k].word in _FOLLOW_UP:
        k -= 1
    return k < i - 2 and dates_what_follows(tokens, k + 1)


def name_of_length(tokens: list[Token], a: int, i: int) -> int:
    """Where "FOLLOW-UP OF 14 months" begins, if its number stands at i; else i."""
    k = i - 1
    while k > a and tokens[k].word in _FOLLOW_UP:
        k -= 1
    named = any(tokens[m].word in ("follow", "followup") for m in range(k + 1, i))
    return k + 1 if named and dates_what_follows(tokens, k + 1) else i


def middle_of_length(tokens: list[Token], times: list[Time], k: int) -> bool:
    """ "at a MEDIAN follow-up of 1 year", "at last review (MEDIAN, 14 months)": of no score.

    Not "the median follow-up VAS was 2", where a score is named.
    """
    j = k + 1
    if j < len(tokens) and tokens[j].word in ("follow", "followup", "observation"):
        while j < len(tokens) and tokens[j].word in _FOLLOW_UP:
            j += 1
        told = j < len(tokens) and tokens[j].word in _TELLS_LENGTH
        return told or tokens[j - 1].word in _LENGTHS
    if tokens[k - 1].word not in ("(", "[") or j >= len(tokens):
        return False
    j += tokens[j].word in (",", ":", "=", "of")
    length = next((time for time in times if time.first == j), None)
    if length is None or length.last >= len(tokens):
        return False
    return tokens[length.last].word in (")", "]", ";", ",")


_LENGTHS = word_set("of period time duration")
_TELLS_LENGTH = word_set("was : = , (")
_SEEN_AT = word_set("at after by")
_OWN = word_set("a an the mean median average")
_FOLLOW_UP = word_set("mean median average follow - up followup follow-up period time duration of")


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
    return _followed_for(tokens, a, times) or _average_behind_range(tokens, a, times)


#: A sentence without them tells of nobody who was seen again.
MAYBE_SEEN = word_set(
    "available reviewed seen assessed examined evaluated contacted returned followed visit "
    "attended follow-up review interviewed reached"
)


def seen_at_a_mean(times: list[Time]) -> Time | None:
    """ "21 nuns were available AT A MEAN OF 6.1 YEARS": when the last visit was; None if untold."""
    dated = (time for time in times if time.kind == "final" and time.days is not None)
    return next((time for time in dated if "(mean" in time.label), None)


def _average_behind_range(tokens: list[Token], a: int, times: list[Time]) -> Time | None:
    """ "were FOLLOWED UP FOR 12 TO 36 MONTHS WITH AN AVERAGE OF 20.5 MONTHS": the average."""
    lengths = [time for time in times if time.number is not None and time.days is not None]
    if len(lengths) != 2 or "–" not in lengths[0].label or "–" in lengths[1].label:
        return None
    shortest, time = lengths
    lead = {tokens[k].word for k in range(max(a, shortest.first - 5), shortest.first)}
    between = [tokens[k].word for k in range(shortest.last, time.first)]
    told = between[-1:] == ["of"] and bool(CENTRES & set(between[-2:]))
    if not told or len(between) > 5 or not {"followed", "followed-up"} & lead:
        return None
    return Time(time.first, time.last, "final", time.label, time.days, time.number)


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


#: A sentence without them has nobody "followed for 1 year", and nothing that was kept so long.
MAYBE_FOLLOWED_FOR = word_set("followed followed-up") | KEPT
_FOLLOWED_UP = word_set("followed followed-up")
_WHO = word_set("who were and had been could be a up - for")
_ALL_OF = word_set("the those these all only remaining other")


def seen_after(
    tokens: list[Token], a: int, times: list[Time], words: frozenset[str], numbers: list[int]
) -> list[Time]:
    """ "AMONG THE 26 PATIENTS FOLLOWED FOR 1 YEAR it was 2.1": when, and no length alone.

    So is "the effect was MAINTAINED FOR 1 YEAR (2.8)", with a number behind it. Where the sentence
    has no other time behind it, and no range is told.
    """
    if not times or words.isdisjoint(MAYBE_FOLLOWED_FOR):
        return times
    out: list[Time] = []
    for at, time in enumerate(times):
        first = _those_followed(tokens, a, time) if at + 1 == len(times) else 0
        if not first and at + 1 == len(times) and numbers and numbers[-1] >= time.last:
            first = _kept_for(tokens, time)
        if first:
            time = Time(first, time.last, "point", time.label, time.days, time.number)
        out.append(time)
    return out


def _those_followed(tokens: list[Token], a: int, time: Time) -> int:
    """The token of "followed" in "in the 26 patients FOLLOWED (UP) FOR 1 year"; 0 if none."""
    if time.kind != "duration" or time.number is None or time.approximate or "–" in time.label:
        return 0
    k = time.number - 1
    while k > a and tokens[k].word in _WHO:
        k -= 1
    if tokens[time.number - 1].word != "for" or tokens[k].word not in _FOLLOWED_UP:
        return 0
    followed = k
    k -= 1
    while k > a and tokens[k].word in _WHO:
        k -= 1
    named = names_people(tokens[k].word)
    k -= named
    k -= tokens[k].kind == "n"
    those = tokens[k].word in ("those", "the", "all")
    while k > a and tokens[k].word in _ALL_OF:
        k -= 1
    return followed if (named or those) and tokens[k].word in AMONG else 0


def _kept_for(tokens: list[Token], time: Time) -> int:
    """The token of the number in "was MAINTAINED FOR 24 months", "LASTED FOR 24 months"; or 0."""
    if time.kind != "duration" or time.number is None or time.approximate or "–" in time.label:
        return 0
    led = tokens[time.number - 1].word == "for" and tokens[time.number - 2].word in KEPT
    return time.number if led else 0


def without_ranges_aside(tokens: list[Token], times: list[Time]) -> list[Time]:
    """ "At 12 weeks the 27 adults (FOLLOW-UP 6-24 MONTHS) had": how long they were seen, no visit.

    Left as it is where the sentence has no other time.
    """
    kept = [time for time in times if time.kind != "window" or not _aside(tokens, time)]
    return kept if any(time.kind in ("point", "base") for time in kept) else times


def _aside(tokens: list[Token], time: Time) -> bool:
    """Whether a range of times is all that a bracket tells of a follow-up."""
    k = time.first - 1
    while k > 0 and tokens[k].word in _FOLLOW_UP:
        k -= 1
    closed = time.last < len(tokens) and tokens[time.last].word == ")"
    return closed and tokens[k].word == "(" and k < time.first - 1
