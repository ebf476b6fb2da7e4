"""Occasions as times: "at the TIME OF SUTURE REMOVAL", "the EVENING OF SURGERY", of labour."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import (
    CHECK,
    DETERMINERS,
    EVENT,
    FINAL,
    GROUP,
    UNIT_DAYS,
    is_content,
    word_set,
)
from evergrove.reading.times.time_parts import ORDINALS, Time, word_at

#: What such a phrase may begin with.
OCCASION_WORDS = word_set("time moment evening night stage phase")
#: Events that begin a study or an illness.
BASE_EVENTS = word_set(
    "admission presentation enrolment enrollment entry intake inclusion recruitment outset "
    "start beginning onset inception randomisation randomization screening referral arrival "
    "registration triage consultation diagnosis hospitalisation hospitalization"
)
_LEADS = word_set("at by from on until")
_NOT_NAMED = FINAL | word_set("discharge day")


def occasion(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """The time that the occasion at token i is, if it is one."""
    word = tokens[i].word
    if word_at(tokens, i + 1, a, b) != "of":
        return None
    if word == "time" or word == "moment":
        return _time_of(tokens, a, b, i)
    k = i + 2 + (word_at(tokens, i + 2, a, b) in DETERMINERS)
    then = word_at(tokens, k, a, b)
    if word in ("evening", "night"):
        if then not in EVENT:
            return None
        return Time(i, k + 1, "point", f"{word} of {then}", 0)
    return _stage(tokens, a, b, i, k)


def _time_of(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "at (the) TIME OF CATHETER REMOVAL", "in the MOMENT OF ENTRY"; dated by no number."""
    lead = i - 1 - (word_at(tokens, i - 1, a, b) == "the")
    led = word_at(tokens, lead, a, b)
    if led not in _LEADS and (led != "in" or tokens[i].word != "moment"):
        return None
    k = i + 2
    while word_at(tokens, k, a, b) in DETERMINERS:
        k += 1
    end = k
    while end < b and end - k < 3 and _plain(tokens[end]) and tokens[end].word not in _WHO:
        if tokens[end].word in _NOT_NAMED or tokens[end].word in ORDINALS:
            return None  # "at the time of the LAST FOLLOW-UP": a time by itself
        end += 1
    words = [tokens[m].word for m in range(k, end)]
    if not words or (words[0] in CHECK and words[0] not in EVENT):
        return None
    if words[-1] in BASE_EVENTS:
        return Time(i, end, "base", "baseline", 0)
    if end < b and is_measure(tokens[end]):
        return None  # "at the time of worst pain"
    return Time(i, end, "other", "time of " + " ".join(words), None)


def _stage(tokens: list[Token], a: int, b: int, i: int, k: int) -> Time | None:
    """ "in the ACTIVE PHASE OF LABOUR", "during the second STAGE OF LABOUR": no group, no days."""
    if word_at(tokens, k, a, b) not in _BIRTH:
        return None
    first = i - 1
    kind = word_at(tokens, first, a, b)
    if kind not in _STAGES and kind not in ORDINALS:
        return None
    end = k + 1
    label = " ".join(token.raw.lower() for token in tokens[first:end])
    return Time(first, end, "other", label, None)


_WHO = word_set("they he she we it")  # "at the time of the intervention THEY scored 8.4"
_BIRTH = word_set("labour labor delivery childbirth birth parturition")
_STAGES = word_set("active latent early late final last passive transitional transition")


def _plain(token: Token) -> bool:
    word = token.word
    named = token.kind == "w" and (token.mark is None or word in EVENT | BASE_EVENTS)
    return named and is_content(word) and word not in UNIT_DAYS and word not in GROUP
