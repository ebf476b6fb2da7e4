"""Phrases that name a group by their form: "wax patients", "patients given wax", "the wax arm"."""

from __future__ import annotations

from dataclasses import dataclass

from evergrove.reading.arms.arm_phrases import UNSUITABLE, group_phrases, phrase_before, text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.kinds_of_people import NO_KIND
from evergrove.reading.arms.states_given import MAYBE_GIVEN
from evergrove.reading.text.small_words import THESE_PEOPLE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANYONE,
    BODY_PLACES,
    CONTROLS,
    FINAL,
    GROUP,
    LIMBS,
    NOT_ARM,
    POST_WORDS,
    PRE_WORDS,
    UNIT_DAYS,
    is_content,
    names_people,
    word_set,
)

_PERSONS = ANYONE - LIMBS - word_set("elbows wrists ankles wrist users recipients survivors")
_HAD = word_set("given offered receiving received had on taking using wearing undergoing underwent")
_HAD_WITH = word_set("treated managed injected")
_WITH = word_set("with by")
_WHO = word_set("who were was had been")
_THOSE = _PERSONS | {"those"}
_LONGEST = 4

#: What tells of how people fared, were found or were chosen, and of no kind of people.
_NO_KIND = NO_KIND | UNSUITABLE | word_set(
    "consecutive evaluable included treated enrolled additional new different such outpatient "
    "symptomatic analysed analyzed randomised randomized more fewer less half most our any no "
    "allocated mean median average"
)  # fmt: skip
# What stands in no name of a group: how many they were, and when.
_NEVER = _NO_KIND | PRE_WORDS | POST_WORDS | FINAL | UNIT_DAYS.keys() | word_set("corresponding")
#: What no group is called by that word alone: a place, how a score was taken, a part of a plan.
_NO_NAME = (
    NOT_ARM | BODY_PLACES | GROUP | ANYONE
    | word_set(
        "worst best average highest lowest least current usual morning evening night nighttime "
        "daytime daily static dynamic active passive movement motion back leg arm neck left right "
        "pre post before after day observed standing sitting lying rest discharge arrival "
        "admission presentation triage entry enrolment enrollment screening"
    )
)  # fmt: skip
# The last word of many names that tells nothing alone: "manual THERAPY", "usual CARE".
_HEADS = word_set(
    "therapy treatment care surgery injection injections procedure intervention program programme "
    "exercise exercises training technique method block line"
)


@dataclass(slots=True, frozen=True)
class Frame:
    """A name, tokens first..last with what stands around it; `sure`: the form tells a group.

    `full`: the name with the noun of the people, where that stands behind it.
    """

    first: int
    last: int
    name: str
    sure: bool
    lead: str = ""
    full: str = ""


def named(tokens: list[Token], span: tuple[int, int]) -> str:
    """The printed name of a span, "" where its words can be that of no group."""
    words = {tokens[k].word for k in range(*span) if tokens[k].kind == "w"}
    name = text_of(tokens, *span)
    if words and words <= CONTROLS:
        return name
    short = span[1] - span[0] == 1 and tokens[span[0]].raw.isupper()
    if short and len(name) == 1:
        return f"group {name}"  # "(A vs B)"
    if words & _NEVER or words <= _NO_NAME or span[1] - span[0] > _LONGEST + 2:
        return ""
    head = tokens[span[1] - 1].word
    if head in _NO_NAME and head not in _HEADS and head not in DOSE_UNITS:
        return ""
    return name if short or words_of(name) else ""


def name_before(tokens: list[Token], end: int, floor: int) -> tuple[int, int] | None:
    """The name that ends before token `end`, also one that is a state: "WALKING patients"."""
    if end > floor and tokens[end - 1].word in MAYBE_GIVEN:
        return end - 1, end
    if end - 2 > floor and tokens[end - 1].word in DOSE_UNITS and tokens[end - 2].kind == "n":
        span = phrase_before(tokens, end - 2, floor)  # "TRAMADOL 50 MG patients"
        return (span[0], end) if span is not None else None
    span = phrase_before(tokens, end, floor)
    while span and span[0] < span[1] - 1 and tokens[span[0]].word in UNIT_DAYS:
        span = (span[0] + 1, span[1])  # "At 6 WEEKS wax patients"
    return span


def name_at(tokens: list[Token], i: int, b: int) -> tuple[int, int] | None:
    """The name that begins at token i, also one that is a state: "with WALKING"."""
    if i < b and tokens[i].word in MAYBE_GIVEN:
        return i, i + 1
    span = noun_phrase(tokens, i, b)
    return (span[0], with_dose(tokens, span[1], b)) if span is not None else None


def with_dose(tokens: list[Token], end: int, b: int) -> int:
    """ "tramadol 50 MG": where a name that ends at `end` ends with its dose."""
    dosed = end + 1 < b and tokens[end].kind == "n" and tokens[end + 1].word in DOSE_UNITS
    return end + 2 if dosed else end


def sure_frames(tokens: list[Token], a: int, b: int) -> list[Frame]:
    """ "WAX patients", "patients given WAX", "those treated with WAX", "the WAX arm", in order."""
    found = [
        Frame(arm.first, arm.last, arm.name, True, tokens[arm.first - 1].word)
        for arm in group_phrases(tokens, a, b)
    ]
    for k in range(a, b):
        token = tokens[k]
        if token.kind != "w" or token.word not in _THOSE:
            continue
        frame = _given(tokens, k, b) or _kind(tokens, k, a)
        if frame is not None and not any(
            f.first < frame.last and frame.first < f.last for f in found
        ):
            found.append(frame)
    return sorted(found, key=lambda frame: frame.first)


def _given(tokens: list[Token], k: int, b: int) -> Frame | None:
    """ "patients GIVEN WAX", "those who were TREATED WITH WAX": by what people were given."""
    j = k + 1
    while j < b and tokens[j].word in _WHO:
        j += 1
    if j >= b:
        return None
    had = tokens[j].word in _HAD or (j > k + 2 and tokens[j - 1].word == "had")
    if tokens[j].word in _HAD_WITH and j + 1 < b and tokens[j + 1].word in _WITH:
        had, j = True, j + 1
    elif tokens[j].word not in _HAD:
        j -= 1
    span = name_at(tokens, j + 1, b) if had else None
    name = named(tokens, span) if span is not None else ""
    return Frame(k, span[1], name, True, tokens[k - 1].word) if span and name else None


def _kind(tokens: list[Token], k: int, a: int) -> Frame | None:
    """ "WAX patients", "WAX-treated patients", "WAX-only patients": the word before the people."""
    if tokens[k].word not in _PERSONS:
        return None
    end = k
    if tokens[end - 1].word in _TREATED and tokens[end - 2].word == "-":
        end -= 2
    span = name_before(tokens, end, a)
    if span is None or tokens[span[0] - 1].kind == "n" or tokens[span[0] - 1].word in THESE_PEOPLE:
        return None  # "34 WAX patients" are counted, and read so; "these GOUT patients" are all
    name, full = named(tokens, span), ""
    if end < k and name:
        name = " ".join(token.raw for token in tokens[slice(*span)])
    else:
        full = text_of(tokens, span[0], k + 1)
    return Frame(span[0], k + 1, name, True, tokens[span[0] - 1].word, full) if name else None


_TREATED = word_set("treated only alone")


def loose_frames(tokens: list[Token], a: int, b: int, taken: list[Frame]) -> list[Frame]:
    """ "WITH WAX", "AFTER WAX": phrases that name a group only beside a sure one."""
    out = []
    for k in range(a, b - 1):
        if tokens[k].word not in _LEADS or tokens[k].kind != "w":
            continue
        span = name_at(tokens, k + 1, b)
        if span is None or any(f.first < span[1] and span[0] < f.last for f in taken):
            continue
        behind = tokens[span[1]].word if span[1] < b else "."
        if names_people(tokens[span[1] - 1].word):
            continue  # "IN ELDERLY WOMEN": of whom it is told
        name = named(tokens, span)
        if tokens[k].word == "after" and tokens[span[1] - 1].word in _EVENTS:
            continue  # "AFTER KNEE SURGERY": when, and not what
        if name and behind in _ENDS:
            out.append(Frame(k, span[1], name, False, tokens[k].word))
    return out


_EVENTS = word_set(
    "surgery procedure treatment intervention injection injections operation line training"
)
_LEADS = word_set("with after under on for in")
_ENDS = word_set(
    ". , ; : ( ) and or versus vs compared while whereas but against than at after by respectively"
)


def content_run(tokens: list[Token], i: int, b: int) -> tuple[int, int] | None:
    """One to four words of a name from token i on, which may be letters or states."""
    j = i
    while j < b and j - i < _LONGEST + 2:
        token = tokens[j]
        joins = token.word in ("-", "+", "/") and j > i and not token.spaced
        letter = j == i and len(token.raw) == 1 and token.raw.isupper()
        word = token.kind == "w" and (letter or is_content(token.word))
        kind = getattr(token.mark, "kind", "")
        if not joins and not (word and kind in ("", "qualifier")):
            break
        j += 1
    return (i, with_dose(tokens, j, b)) if j > i else None
