"""Times without a numeral in front: baseline, after, discharge, week 6, final follow-up."""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.text.small_words import OR_AND
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CHECK,
    DETERMINERS,
    EVENT,
    FINAL,
    POST_WORDS,
    PRE_WORDS,
    STATE,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.around_events import (
    COMPLETION,
    after_event,
    after_word,
    after_word_in_slashes,
    before_event,
    immediate,
)
from evergrove.reading.times.final_times import SCORED, final_time
from evergrove.reading.times.numbered_visits import NUMBERED, numbered_visit, visits_of_numbers
from evergrove.reading.times.occasions import BASE_EVENTS, OCCASION_WORDS, occasion
from evergrove.reading.times.place_times import PLACE_WORDS, arrival, place_time
from evergrove.reading.times.step_times import (
    INTRA,
    LEADS_STEP,
    STEPS,
    step_time,
    when_done,
    within_operation,
)
from evergrove.reading.times.time_parts import (
    ORDINALS,
    Time,
    event_end,
    ordinal_times,
    time_point,
    word_at,
)
from evergrove.reading.times.unit_before import of_unit_before
from evergrove.reading.times.unit_times import SHORT_UNITS, short_day, unit_first

_FROM_WORD_WORDS = word_set("pod weeks months days")
_FROM_WORD_WORDS_2 = word_set("visit consultation examination assessment appointment session")
_FROM_WORD_WORDS_3 = word_set("and to vs / or")
_FROM_WORD_WORDS_4 = word_set(
    "at on upon study the trial hospital initial from before with than to"
)
_FROM_WORD_WORDS_5 = word_set("immediately directly shortly right soon immediate")
_LEXICAL_WORDS = word_set("short medium long intermediate mid")
_LEXICAL_WORDS_2 = word_set("same corresponding these those respective")
_LEXICAL_WORDS_3 = word_set("visits times timepoints time points intervals occasions follow")
_OF_ALL_ALIKE = word_set("common similar comparable same identical the")
_BEHIND_BEGIN = word_set(", . ; ( [ ) and but was were than")
_SPANS = word_set("periods period interval dates days months weeks")
_LEXICAL_WORDS_4 = word_set("at the to and / last on , a")
_LEXICAL_WORDS_5 = word_set("- up visit review examination")
_LEXICAL_WORDS_6 = word_set("of was period ranged time duration")
_JOINED = word_set(
    "joined enrolled enroled entered registered presented recruited enlisted admitted referred"
)
_MET = word_set(
    "seen examined assessed reviewed interviewed contacted evaluated questioned visited"
)
_PARTS_OF_DAY = word_set("evening morning afternoon night")
_OCCASIONS = word_set(
    "visits times timepoints occasions examinations assessments evaluations measurements "
    "appointments intervals checks reviews"
)
_STARTING = word_set("mean median average score scores value values level levels vas nrs")
# Every word that a time without a numeral may begin with; most words stop here.
_BEGAN = word_set("began started entered commenced")
_BIRTHS = word_set("delivery birth childbirth parturition")
_FIRST_WORDS = (
    UNIT_DAYS.keys()
    | _BIRTHS
    | _BEGAN
    | ORDINALS.keys()
    | PRE_WORDS
    | POST_WORDS
    | FINAL
    | BASE_EVENTS
    | OCCASION_WORDS
    | NUMBERED
    | word_set(
        "run basal basally pod weeks months days initial base before prior preceding after "
        "following immediately "
        "directly shortly right soon immediate discharge waking awakening short medium long "
        "intermediate mid mean the same corresponding these those respective follow followup "
        "tomorrow when while "
        "at with re reexamination reassessment reevaluation re-examination re-assessment "
        "re-evaluation retest re-test recheck re-check during overnight morning "
        "leaving recent begin starting completion conclusion cessation termination"
    )
)


#: How further such words begin: "preop", "postprocedural", "intraoperative".
BEGINNINGS = ("pre", "post", *INTRA)
SHORT_UNITS |= {"M": "month", "Y": "year"}


#: Words that a time may begin with; nearly all words of a text are none of them.
FIRST_WORDS = _FIRST_WORDS | PLACE_WORDS


def _began_with(tokens: list[Token], b: int, i: int) -> bool:
    """ "the wax group STARTED WITH more pain", "BEGAN the programme WITH a mean NRS of 7"."""
    k = i + 1
    while k < b and k - i < 5 and tokens[k].word in _STUDIED:
        k += 1
    if k >= b or tokens[k].word != "with":
        return False
    near = tokens[k + 1 : min(k + 5, b)]
    return any(getattr(token.mark, "kind", "") in ("measure", "compound") for token in near)


_STUDIED = word_set("the this our study trial programme program treatment therapy course off out")


def seldom_first(tokens: list[Token], b: int, i: int, words: frozenset[str]) -> bool:
    """Whether "the", "at" or "with" at i begins no time for sure; they are most of `FIRST_WORDS`.

    `words`: those of the sentence. "The" begins one before a number ("at THE three visits"), "at"
    and "with" before a step of a procedure ("pain WITH insertion") or in "at first".
    """
    word = tokens[i].word
    if word == "the":
        return i + 1 >= b or tokens[i + 1].kind != "n"
    if word == "with":
        return words.isdisjoint(STEPS)
    return word == "at" and "first" not in words and words.isdisjoint(STEPS)


def from_word(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """The times that begin with the word at i, none for most words."""
    word = tokens[i].word
    if word == "at" and _at_first(tokens, i, b):
        return [Time(i, i + 2, "base", "baseline", 0)]
    if word in NUMBERED:
        return visits_of_numbers(tokens, i, b)
    if word in ("after", "following") and word_at(tokens, i + 1, a, b) in NUMBERED:
        visits = visits_of_numbers(tokens, i + 1, b)
        if len(visits) == 1:  # "AFTER SESSION 3"
            return [replace(visits[0], first=i, label=f"{word} {visits[0].label}")]
    if word in LEADS_STEP:
        step = step_time(tokens, a, b, i)
        if step or word != "during":
            return step
    if word in PLACE_WORDS:
        place = place_time(tokens, a, b, i)
        if place is not None:
            return [place]
    if word.startswith(INTRA):
        return within_operation(tokens, b, i)
    if word not in _FIRST_WORDS and not word.startswith(("pre", "post")):
        return short_day(tokens, a, i) if tokens[i].raw[-1].isdigit() else []
    if word == "the":
        return _same(tokens, a, b, i)  # the commonest of all these words begins no other time
    after = word_at(tokens, i + 1, a, b)
    if word in _BEGAN:
        return [Time(i, i + 1, "base", "baseline", 0)] if _began_with(tokens, b, i) else []
    if word == "starting":
        # "the STARTING (mean) score was 8"; "starting 2 weeks after it" is none
        if after == "point" and word_at(tokens, i - 1, a, b) in _OF_ALL_ALIKE:
            return [Time(i, i + 2, "base", "baseline", 0)]  # "from a common STARTING POINT"
        scored = after in _STARTING or (i + 1 < b and tokens[i + 1].mark is not None)
        return [Time(i, i + 1, "base", "baseline", 0)] if scored else []
    if word in UNIT_DAYS and (one := _the_one(tokens, a, b, i)):
        return one
    if word in UNIT_DAYS or word in _FROM_WORD_WORDS:
        return unit_first(tokens, a, b, i)
    if word in ORDINALS and (elliptic := of_unit_before(tokens, a, b, i)):
        return [elliptic]
    if word in ORDINALS or word == "initial":
        clinic = after in _ENCOUNTERS and {"in", "at"} & {t.word for t in tokens[max(a, i - 2) : i]}
        if after in _FROM_WORD_WORDS_2 or clinic:
            if word_at(tokens, i + 2, a, b) in ("after", "following"):
                # "the first visit after the operation": no baseline
                end = event_end(tokens, b, i + 3)
                label = f"{word} {after}"
                return [Time(i, end or i + 2, "post", label, None)]
            if word in ("first", "initial"):
                return [Time(i, i + 2, "base", "baseline", 0)]
            return [Time(i, i + 2, "other", f"{word} {after}", None)]
        if word == "first" and _and_last(tokens, i, b):
            return [Time(i, i + 1, "base", "baseline", 0)]
        if (visit := numbered_visit(tokens, i, b)) is not None:
            return [visit]
        if (cycle := _cycle(tokens, i, b)) is not None:
            return [cycle]
        if word in ORDINALS and after in _PARTS_OF_DAY:
            label, days = time_point(float(ORDINALS[word]), "day", True)
            return [Time(i, i + 2, "point", label, days)]
        if word in ORDINALS:
            return ordinal_times(tokens, a, b, i, ORDINALS[word], i + 1)
    if word == "pre" and after in ("-", "–", "/"):
        then = word_at(tokens, i + 2, a, b)
        if after == "/" or then in _FROM_WORD_WORDS_3:
            return [Time(i, i + 1 + (after == "-"), "base", "baseline", 0)]
        end = i + 3
        while word_at(tokens, end, a, b) == "+" and end + 2 <= b:
            end += 2
        return [Time(i, end, "base", "baseline", 0)]
    if word in ("begin", "start") and after == "with" and word_at(tokens, i - 1, a, b) == "to":
        # "had more pain TO BEGIN WITH (7.2 vs 6.1)"; "to start with wax" is none
        ends = i + 2 >= b or tokens[i + 2].word in _BEHIND_BEGIN or tokens[i + 2].kind == "n"
        return [Time(i - 1, i + 2, "base", "baseline", 0)] if ends else []
    if word == "basally":
        return [Time(i, i + 1, "base", "baseline", 0)]
    if word == "basal":
        # "fell from 7.2 basal to 3.1", "the basal VAS": at baseline; not "basal insulin"
        scored = after in SCORED or getattr(tokens[min(i + 1, b - 1)].mark, "kind", "") == "measure"
        behind = i > a and tokens[i - 1].kind == "n" and not is_content(after)
        heads = word_at(tokens, i - 1, a, b) == "(" and "." in after and tokens[i + 1].kind == "n"
        behind = behind or heads  # "on the NRS (BASAL 6.8, 3 weeks 4.7)"
        return [Time(i, i + 1, "base", "baseline", 0)] if scored or behind else []
    if word == "run":
        # "the RUN-IN value had been 6.1"
        led = after == "-" and word_at(tokens, i + 2, a, b) == "in"
        then = word_at(tokens, i + 3, a, b)
        scored = then in SCORED | {"mean", "median", "pain"}
        led = led and (scored or _at_run_in(tokens, a, i, then))
        return [Time(i, i + 3, "base", "baseline", 0)] if led else []
    if word == "pre" and after in EVENT:
        return [Time(i, i + 2, "base", "baseline", 0)]
    if word == "post" and after in ("-", "–"):
        then = word_at(tokens, i + 2, a, b)
        if i + 2 < b and tokens[i + 2].kind == "n":
            return []
        return [Time(i, i + 3, "post", f"post-{then}", None)]
    if word in PRE_WORDS or word.startswith(("preop", "preproced", "pretreat", "preinterv")):
        return [Time(i, i + 1, "base", "baseline", 0)]
    if word in ("base",) and after == "line":
        return [Time(i, i + 2, "base", "baseline", 0)]
    if word in POST_WORDS or word.startswith(("postop", "postproced", "posttreat")):
        return after_word_in_slashes(tokens, a, b, i) or after_word(tokens, a, b, i)
    if word in _BIRTHS:
        # "AT DELIVERY it was 4.4"; not "4 h after delivery", "at delivery rooms"
        led = word_at(tokens, i - 1, a, b) == "at"
        led = led and (not is_content(after) or after in ("it", "they", "these"))
        return [Time(i, i + 1, "other", word, None)] if led else []
    if word in OCCASION_WORDS and (told := occasion(tokens, a, b, i)) is not None:
        return [told]
    if word in _ARRIVALS and word_at(tokens, i - 1, a, b) in _AT_ARRIVAL:
        room = arrival(tokens, b, i)
        if room is not None:
            return [room]
    heads = word_at(tokens, i - 1, a, b) in (":", ";", "(") and after in (",", ":")
    if word in BASE_EVENTS and heads:
        return [Time(i, i + 1, "base", "baseline", 0)]  # "ODI: entry, 46; 1 year, 30"
    lead = word_at(tokens, i - 1, a, b)
    if word in BASE_EVENTS and lead in _FROM_WORD_WORDS_4:
        of_what = event_end(tokens, b, i + 2) if after == "of" else None
        return [Time(i - (lead in _OF_STUDY), of_what or i + 1, "base", "baseline", 0)]
    if word in BASE_EVENTS and lead in ("first", "initial"):
        # "at (the) FIRST PRESENTATION"
        k = i - 2 - (word_at(tokens, i - 2, a, b) == "the")
        if word_at(tokens, k, a, b) in ("at", "on", "upon"):
            return [Time(i - 1, i + 1, "base", "baseline", 0)]
    if word in _AS_ADJECTIVES and _before_measure(tokens, i, b) and lead in _MEANS:
        return [Time(i, i + 1, "base", "baseline", 0)]
    if word == "when":
        if after in ("first", "last") and word_at(tokens, i + 2, a, b) in _MET:
            # "when first seen": at baseline; "when last examined": at the last follow-up
            if after == "first":
                return [Time(i, i + 3, "base", "baseline", 0)]
            return [Time(i, i + 3, "final", "final follow-up", None)]
        # "when they joined": at baseline
        for k in range(i + 1, min(i + 5, b)):
            if tokens[k].word in _JOINED:
                return [Time(i, k + 1, "base", "baseline", 0)]
        return when_done(tokens, b, i)
    if word == "while":
        return when_done(tokens, b, i)
    if word == "before" and after in _MOVING:
        return []  # "fell to 3.1 at 6 weeks BEFORE RISING to 3.8 at 1 year"
    if word in ("before", "prior", "preceding"):
        return before_event(tokens, a, b, i)
    if word in ("after", "following"):
        return after_event(tokens, a, b, i)
    if word in COMPLETION and after == "of":
        end = i + 2
        while end < b and end - i < 8 and tokens[end].kind == "w":
            if not (is_content(tokens[end].word) or tokens[end].word in DETERMINERS):
                break
            end += 1
        if end == i + 2:
            return []
        label = " ".join(token.raw.lower() for token in tokens[i:end])
        return [Time(i, end, "final", label, None)]
    if word in _FROM_WORD_WORDS_5:
        return immediate(tokens, a, b, i)
    if word in FINAL or (word == "recent" and lead == "most"):
        return final_time(tokens, a, b, i)
    return _lexical(tokens, a, b, i, word, after)


_MOVING = word_set(
    "rising increasing falling decreasing dropping declining returning climbing levelling leveling "
    "worsening improving stabilising stabilizing plateauing rebounding"
)
_OF_STUDY = word_set("study trial hospital")
_ON_DAY = word_set("day time")  # "on the DAY OF discharge"
_AS_ADJECTIVES = word_set(
    "screening referral admission entry enrolment enrollment presentation inclusion intake"
)
_MEANS = word_set("mean median average the and : ( ;")


def _before_measure(tokens: list[Token], i: int, b: int) -> bool:
    """ "the mean ADMISSION VAS was 7", "the mean ADMISSION AND 6-week VAS": it says which score."""
    stop = i + 2 + 7 * (i + 1 < b and tokens[i + 1].word in ("and", "versus", "vs"))
    for k in range(i + 1, min(stop, b)):
        if is_measure(tokens[k]):
            return True
        if tokens[k].word in STATE:
            return False
    return False


_ARRIVALS = word_set("arrival admission transfer return leaving discharge")
_AT_ARRIVAL = word_set("at on upon the after before when")
_AGAIN = word_set(
    "reexamination reassessment reevaluation re-examination re-assessment re-evaluation retest "
    "re-test recheck re-check"
)


def _and_last(tokens: list[Token], i: int, b: int) -> bool:
    """ "at the FIRST and last visits", "first and final clinic: ..."."""
    if i + 3 >= b or tokens[i + 1].word not in ("and", "to", "/", "vs", "versus"):
        return False
    what = tokens[i + 3].word.removesuffix("s")
    return tokens[i + 2].word in FINAL and what in _FROM_WORD_WORDS_2 | _ENCOUNTERS


_ENCOUNTERS = word_set("clinic encounter contact meeting")


def _at_run_in(tokens: list[Token], a: int, i: int, then: str) -> bool:
    """ "5.9 AT RUN-IN", "5.9 in the run-in", "NRS, RUN-IN AND week 8: ..."; no "run-in period"."""
    k = i - 1 - (word_at(tokens, i - 1, a, len(tokens)) == "the")
    lead = word_at(tokens, k, a, len(tokens))
    listed = lead in (",", "(", ":") and then in ("and", ",", ":", "to")
    return (lead in ("at", "in", "during") and not is_content(then)) or listed


def _at_first(tokens: list[Token], i: int, b: int) -> bool:
    """ "pain was 6.1 AT FIRST and 2.4 later"; not "at first glance"."""
    return i + 1 < b and tokens[i + 1].word == "first" and _bare(tokens, i + 2, b)


def _the_one(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "4.1 AT THE MONTH, 3.2 at 3 months": at one month."""
    if tokens[i].word not in _ONES or word_at(tokens, i - 1, a, b) != "the":
        return []
    if word_at(tokens, i - 2, a, b) != "at" or not (i + 1 >= b or tokens[i + 1].word in _ENDS):
        return []
    label, days = time_point(1.0, tokens[i].word, False)
    return [Time(i - 2, i + 1, "point", label, days)]


def _cycle(tokens: list[Token], i: int, b: int) -> Time | None:
    """ "in the FIRST and THIRD CYCLES", "after the FIRST, THIRD and FOURTH INHALATION".

    Periods or doses that are numbered, of no known length; of doses two or more.
    """
    k = i + 1
    while k + 1 < b and tokens[k].word in (",", "and", "or") and k - i < 8:
        k += 1 + (tokens[k + 1].word in ("and", "or"))
        if k >= b or tokens[k].word not in ORDINALS:
            return None
        k += 1
    listed = k > i + 1 or (tokens[i - 1].word in OR_AND and tokens[i - 2].word in ORDINALS)
    if k >= b or tokens[k].word not in (_CYCLES | _DOSES if listed else _CYCLES):
        return None
    last = k + 1 if k == i + 1 else i + 1
    noun = "cycle" if tokens[k].word in _CYCLES else tokens[k].word.removesuffix("s")
    return Time(i, last, "other", f"{tokens[i].word} {noun}", None)


_CYCLES = word_set("cycle cycles menses")
_DOSES = word_set(
    "inhalation inhalations injection injections session sessions application applications dose "
    "doses infusion infusions block blocks treatment treatments"
)
_ONES = word_set("week month year")
_ENDS = word_set(", . ; ) ( and")


def _bare(tokens: list[Token], k: int, b: int) -> bool:
    """Whether a phrase ends before token k: a sign, a number or a grammatical word follows."""
    return k >= b or tokens[k].kind != "w" or not is_content(tokens[k].word)


def _same(tokens: list[Token], a: int, b: int, i: int) -> list[Time]:
    """ "at these five examinations", "OVER THE SAME PERIODS": times that were told before."""
    word, after, before = tokens[i].word, word_at(tokens, i + 1, a, b), word_at(tokens, i - 1, a, b)
    counted = i + 2 < b and tokens[i + 1].kind == "n" and tokens[i + 2].word in _OCCASIONS
    if counted and word in ("these", "those", "the") and before in ("at", "on", "for", "over"):
        return [Time(i, i + 3, "same", "same", None)]
    if word == "same" and after in _SPANS:
        return [Time(i, i + 2, "same", "same", None)]
    if word in _LEXICAL_WORDS_2 and (after in _LEXICAL_WORDS_3 or after in _OCCASIONS):
        end = i + 2 + (after == "time" and word_at(tokens, i + 2, a, b) in ("points", "intervals"))
        return [Time(i, end, "same", "same", None)]
    return []


def _lexical(tokens: list[Token], a: int, b: int, i: int, word: str, after: str) -> list[Time]:
    before = word_at(tokens, i - 1, a, b)
    if word == "discharge":
        of = i - 1 - (before in ("hospital", "the", "their"))
        dated = word_at(tokens, of, a, b) == "of" and word_at(tokens, of - 1, a, b) in _ON_DAY
        first = of - 1 if dated else i - (before == "hospital")
        return [Time(first, i + 1, "discharge", "discharge", None)]
    if word == "waking" or word == "awakening":
        return [Time(i, i + 1, "other", "waking (unspecified)", None)]
    if word in _LEXICAL_WORDS or (word == "mean" and after == "term"):
        j = i + 1 + (after == "-")
        if word_at(tokens, j, a, b) == "term":
            label = " ".join(token.raw.lower() for token in tokens[i : j + 1])
            return [Time(i, j + 1, "other", label, None)]
    if same := _same(tokens, a, b, i):
        return same
    if before == "to" and word_at(tokens, i - 2, a, b) in ("lost", "loss", "losses"):
        return []
    if word in ("follow", "followup") and before in _LEXICAL_WORDS_4:
        end = i + 1
        while word_at(tokens, end, a, b) in _LEXICAL_WORDS_5:
            end += 1
        behind = word_at(tokens, end, a, b)
        if behind in _LEXICAL_WORDS_6 and not (before == "at" and behind == "was"):
            return []
        return [Time(i, end, "followup", "follow-up", None)]
    if word == "intermediate" and after in ("follow", "followup"):
        end = i + 2
        while word_at(tokens, end, a, b) in _LEXICAL_WORDS_5:
            end += 1
        return [Time(i, end, "other", "intermediate follow-up", None)]
    if word in _AGAIN and before in ("at", "on", "by", ",", "(", "and"):
        return [Time(i, i + 1, "final", "final follow-up", None)]
    if word == "re" and after == "-" and before in ("at", "on", "by"):
        then = word_at(tokens, i + 2, a, b)
        if then in CHECK or then in ("call", "test"):
            return [Time(i, i + 3, "final", "final follow-up", None)]
    doing = word == "during" and after.endswith("ing") and is_content(after)
    changed = word_at(tokens, i + 2, a, b) in ("change", "changes")
    if doing and changed and _bare(tokens, i + 3, b) and tokens[i - 1].mark is None:
        label = " ".join(token.raw.lower() for token in tokens[i : i + 3])
        return [Time(i, i + 3, "other", label, None)]  # "7.0 DURING DRESSING CHANGE"
    doing = doing and not changed
    if doing and after not in EVENT and tokens[i + 1].mark is None and _bare(tokens, i + 2, b):
        return [Time(i, i + 2, "other", f"during {after}", None)]
    if word in ("tomorrow", "overnight"):
        return [Time(i, i + 1, "point", "1 day", 1)]
    if word == "morning" and before in ("next", "following"):
        return [Time(i - 1, i + 1, "point", "next morning", 1)]
    if word == "morning" and after in ("after",):
        return [Time(i, event_end(tokens, b, i + 2) or i + 2, "point", "morning after", 1)]
    return []
