"""What the words around a time make of it: how far it goes, a length of time, a mean follow-up."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    BOUND_SIGNS,
    CHANGE_NOUNS,
    POST_WORDS,
    UNIT_DAYS,
    word_set,
)
from evergrove.reading.times.around_events import before_event, since_event
from evergrove.reading.times.length_of_follow_up import behind_follow_up, name_of_length
from evergrove.reading.times.recruiting_times import MONTH, recruiting
from evergrove.reading.times.time_parts import LATER, ORDINALS, Time, event_end, word_at
from evergrove.reading.times.times_to_events import time_to_event

# "24-h average pain", "in a 24-hour period": how long a time the question is about.
_RECALLED = word_set("average worst least recall period")
_WIDEN_WORDS = word_set("following into from since")
WIDEN_WORDS_2 = word_set("after post following from into since")
_SETTLE_WORDS = word_set("postoperative post postprocedural follow-up postprocedure")
_SETTLE_WORDS_3 = word_set("of mean median average was : = up a about")
_SETTLE_WORDS_4 = word_set("at after with by")
_SETTLE_WORDS_5 = word_set("age duration time interval")
_OR_LESS = word_set("less more longer shorter fewer greater")
_DURATION = word_set(
    "for lasting lasted every aged age than least minimum maximum last previous past duration "
    "exceeding max min daily per each lasts spanning spread old"
)


def widen(tokens: list[Token], a: int, b: int, time: Time) -> None:
    """Take in the words that belong to the expression, and settle what they change."""
    if time.kind not in ("point", "window"):
        return
    j = time.last
    word = word_at(tokens, j, a, b)
    if word == "'" and (behind := word_at(tokens, j + 1, a, b)) not in ("(", "/"):
        j, word = j + 1, behind
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
        known = event_end(tokens, b, j + 1) or since_event(tokens, b, j + 1) > j + 1
        if word in _WIDEN_WORDS and not known:
            break
        if word == "follow" and word_at(tokens, j + 1, a, b) in ("-", "up"):
            j += 2 if word_at(tokens, j + 1, a, b) == "-" else 1
        j += 1
        if word in WIDEN_WORDS_2:
            if word_at(tokens, j, a, b) == "-":
                j += 1
            j = event_end(tokens, b, j) or since_event(tokens, b, j)
        word = word_at(tokens, j, a, b)
    if word == "of" and word_at(tokens, time.first - 1, a, b) in ("at", "after", "by"):
        j = behind_follow_up(tokens, b, j)
    time.last = max(time.last, min(j, b))
    _settle(tokens, a, b, time)
    if time.kind != "duration" and time.first - 2 > a and tokens[time.first - 1].word == "of":
        time.first = name_of_length(tokens, a, time.first)


def _after_operation(tokens: list[Token], a: int, i: int) -> bool:
    """ "POSTOPERATIVE day 2 before exercise", "the first POSTOPERATIVE day before exercise".

    What follows "before" is then no operation.
    """
    lead = word_at(tokens, i - 1, a, i)
    split = word_at(tokens, i - 2, a, i) == "-" and word_at(tokens, i - 3, a, i) == "post"
    within = tokens[i].word in ORDINALS and word_at(tokens, i + 1, a, len(tokens)) in POST_WORDS
    return lead in POST_WORDS or split or within or tokens[i].word == "pod"


_FOLLOWED = word_set("follow followup")


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
    # "the 48-H consumption", "on 9-HOUR shifts": a number with its unit behind a hyphen
    number = time.number if time.kind == "point" else None
    joined = number is not None and word_at(tokens, number + 1, a, b) == "-"
    if joined and (_of_use(tokens, a, b, time) or _how_long(tokens, a, b, time)):
        time.kind = "duration"
        return
    lead = word_at(tokens, i - 1, a, b)
    ranged = lead in ("range", "ranging") or (
        lead in (",", ":", "=", "from") and word_at(tokens, i - 2, a, b) in ("range", "ranging")
    )
    if time.kind == "window" and ranged:
        time.kind = "duration"  # "mean, 7 months; range, 1-29 months"
        return
    if time.kind == "window" and lead in (",", ":", "="):
        head = [token.word for token in tokens[max(a, i - 5) : i - 1]]
        if head == ["(", "follow", "-", "up"]:
            time.kind = "duration"  # "before and after the block (follow-up, 4 to 19 months)"
            return
    if lead == "'":
        lead = word_at(tokens, i - 2, a, b)
    if lead in _SETTLE_WORDS:
        lead = word_at(tokens, i - 2, a, b)
    ahead = [token.word for token in tokens[time.last : min(b, time.last + 4)]]
    ahead += [""] * (4 - len(ahead))
    if "at" in ahead and ahead[ahead.index("at") + 1 :][:1] == ["which"] and time.days:
        return  # "splinted for four weeks, at which point pain averaged 3.1"
    if lead == "for" and (_score_for(tokens, a, time) or _finished_with(tokens, b, time)):
        return
    if lead == "minimum":
        seen = i - 2 - (word_at(tokens, i - 2, a, b) == "a")
        follow = any(token.word in _FOLLOWED for token in tokens[i : time.last])
        if follow and tokens[seen].word == "at":
            return  # "AT a MINIMUM 2-YEAR FOLLOW-UP the VAS was 3"
        if joined and _of_scores(tokens, b, time):
            return  # "better MINIMUM 2-YEAR (postoperative) SCORES", "MINIMUM 2-YEAR VAS"
    if lead in _DURATION and not _is_follow_up_of(tokens, a, i):
        time.kind = "duration"
        return
    if time.days is not None and time.days >= MONTH and recruiting(tokens, a, b, time):
        time.kind = "duration"
        return
    if ahead[0] in _RECALLED and time.days is not None and time.days <= 7:
        time.kind = "duration"
        return
    if lead in BOUND_SIGNS:
        follow = any(token.word in _FOLLOWED for token in tokens[i : time.last])
        if not (follow and tokens[i - 2].word in ("a", "at", "the")):  # "AT A >24-MONTH FOLLOW-UP"
            time.kind = "duration"
            return
    if ahead[0] == "or" and ahead[1] in _OR_LESS and lead not in _SETTLE_WORDS_4:
        time.kind = "duration"  # "1 month OR LESS of analgesics", "pain for 3 months OR MORE"
        return
    if lead == "to" and word_at(tokens, i - 2, a, b) in ("came", "amounted"):
        lead = "was"  # "the mean follow-up came to 31 weeks"
    if lead == "average" and word_at(tokens, i - 2, a, b) == "on":
        return  # "was 3.1 ON AVERAGE two weeks later": the mean of the score
    if lead not in _SETTLE_WORDS_3 and lead != ",":
        return
    if time_to_event(tokens, a, i):
        time.kind = "duration"
        return
    near = [token.word for token in tokens[max(a, i - 7) : i]]
    middle = [k for k in range(len(near) - 1, -1, -1) if near[k] in ("mean", "median", "average")]
    # "at last review (MEAN, 14 months)"
    told = lead == "," and middle[:1] == [len(near) - 2] and near[-3:-2] in (["("], ["["])
    if not middle or not (lead in _SETTLE_WORDS_3 or told):
        return
    start = i - len(near) + middle[0]
    if any(is_measure(tokens[k]) for k in range(start, i)):
        return  # "mean VAS and doses were: 1 day, 3.5": the mean is that of a score
    if lead == "a" and any(token.kind == "n" for token in tokens[start:i]):
        return  # "from a preoperative MEAN OF 7.9 to a 6-month mean of 3.9"
    named = tokens[i].word in UNIT_DAYS or tokens[i].word == "pod" or tokens[i].flag == "ord"
    if lead in ("mean", "median", "average") and named:
        return  # "MEAN MONTH 6 pain", "mean POD 2 pain": the mean of the score
    if lead in ("mean", "median", "average") and _adjectival(tokens, b, time):
        return  # "the MEAN 6-WEEK CHANGE in VAS", "mean 1-year NRS"
    named = range(i - len(near) + middle[0] + 1, i)
    rated = any(getattr(tokens[k].mark, "kind", "") == "measure" for k in named)
    if rated and lead in ("up", "followup"):
        return  # "median NRS at entry versus follow-up 3 years": the median of the score
    word = "mean" if near[middle[0]] == "average" else near[middle[0]]
    before = [tokens[k].word for k in range(max(a, start - 3), start)]
    between = near[middle[0] + 1 :]
    at = _SETTLE_WORDS_4 & set(before[-2:])
    if not at and before[-2:-1] and before[-2] in SEEN and before[-1] == "a":
        # "relief, rated a mean of 7 months after the block": as "at a mean of 7 months"
        at = (
            {"at"}
            if any(t.word in ("after", "later") for t in tokens[i + 1 : time.last + 1])
            else at
        )
    of_follow_up = not {"follow", "followup"}.isdisjoint(between)
    if at and lead != "was" and (of_follow_up or not _SETTLE_WORDS_5 & set(between)):
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


def _finished_with(tokens: list[Token], b: int, time: Time) -> bool:
    """ "were observed FOR 14 DAYS: those on wax FINISHED WITH a mean NRS of 3": the end of it."""
    if tokens[time.first - 2].word not in _OBSERVED:
        return False
    return any(
        tokens[k].word in ("finished", "ended") and tokens[k + 1].word in ("with", "at", "on")
        for k in range(time.last, b - 1)
    )


_OBSERVED = word_set("observed followed treated studied monitored")


def _adjectival(tokens: list[Token], b: int, time: Time) -> bool:
    """Whether "6-week" stands before what is measured, or before its change."""
    hyphened = any(tokens[k].word == "-" for k in range(time.first, time.last))
    if not hyphened or time.last >= b:
        return False
    behind = tokens[time.last]
    marked = getattr(behind.mark, "kind", "") in ("measure", "compound", "qualifier")
    return marked or behind.word in CHANGE_NOUNS or behind.word in ("difference", "score", "scores")


def _of_scores(tokens: list[Token], b: int, time: Time) -> bool:
    """Whether a measure or "scores" stands right behind a time, or behind "postoperative"."""
    k = time.last + (word_at(tokens, time.last, time.first, b) in _SETTLE_WORDS)
    return k < b and (tokens[k].word in ("score", "scores") or is_measure(tokens[k]))


def _score_for(tokens: list[Token], a: int, time: Time) -> bool:
    """ "the SCORE FOR day 2 was", "NRS FOR postoperative days 1 through 3": no length of time."""
    if time.number is None or time.number == time.first:
        return False
    k = time.first - 1
    while k > a and tokens[k].word != "for":
        k -= 1
    before = tokens[k - 1] if k > a else tokens[k]
    named = is_measure(before)
    return named or before.word in ("score", "scores", "rating", "ratings", "vas", "nrs")


SEEN = word_set(
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
    if time.days is not None and time.days < 1 and _of_show(tokens, b, k):
        return True
    return word_at(tokens, k + (word_at(tokens, k, a, b) in _SHIFT_KINDS), a, b) in _LASTING


_SHOWS = word_set(
    "film films video videos movie movies clip clips program programme programs programmes song "
    "songs recording recordings cartoon cartoons game games tape lecture talk presentation session "
    "sessions meeting meetings seminar seminars workshop workshops"
)


def _of_show(tokens: list[Token], b: int, k: int) -> bool:
    """ "watched a 20-minute calming nature FILM": how long it ran, no time of a score."""
    for at in range(k, min(b, k + 5)):
        if tokens[at].word in _SHOWS:
            return True
        if tokens[at].kind != "w" or tokens[at].mark is not None:
            return False
    return False


def _is_follow_up_of(tokens: list[Token], a: int, i: int) -> bool:
    return i - 2 >= a and tokens[i - 2].word in ("up", "followup") and tokens[i - 1].word == "of"
