"""The words that say of people that they were still there, or were not, and where they say so."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import LOOKED_AT, UNIT_DAYS, word_set

#: What those do, or what is done with those, of whom there are scores.
ANALYSED = word_set("analysed analyzed evaluable")
FOUND_AGAIN = word_set("contacted reached traced interviewed")
ANSWERED = word_set("answered responded replied returned")
#: What people did with a questionnaire.
SENT_BACK = word_set("returned answered completed filled finished")
TOOK_PART = word_set("completed attended returned finished")
AGREED = word_set("agreed consented accepted")
#: Every word that may say that people were there; `stayed` looks at what stands beside it.
STAYED = (
    ANALYSED
    | LOOKED_AT
    | FOUND_AGAIN
    | ANSWERED
    | word_set(
        "available remained completed attended followed remaining alive provided completers "
        "contributed present underwent came analysis attending completing leaving left survived "
        "living"
    )
)
#: Those of them that say so of a whole study.
COMPLETED = (
    ANALYSED
    | TOOK_PART
    | word_set(
        "complete followed available remained reviewed contacted evaluated answered responded"
    )
)
#: Words for those who left a study, and for why their scores are not known.
LEFT = word_set("lost died withdrew dropped excluded discontinued missing declined death deaths")
GONE = LEFT | word_set(
    "dropouts withdrawals complications complication recurrence recurrences crossed"
)
#: What those have of whom there are scores.
FOLLOW_UP = word_set("follow follow-up followup")
DATA = word_set("data records questionnaires questionnaire forms")
OBTAINED = word_set("available obtained complete collected gathered achieved possible")
#: "a RETURN rate of 65%".
RATES = word_set("return response up follow-up followup retention completion reply")
ON_AVERAGE = word_set("mean average median minimum least")


QUERIED_BY_POST = word_set("questionnaire questionnaires survey surveys form forms")
#: Where a text has none of these, those who responded are those who got better.
ASKED = QUERIED_BY_POST | word_set(
    "letter letters mail mailed mailing postal telephone telephoned phone phoned interview "
    "interviewed invited invitation invitations contacted asked answered replied returned sent"
)
_QUERIED = QUERIED_BY_POST | word_set(
    "letter mail mailing call interview telephone phone follow-up visit visits invitation"
)


Words = frozenset[str]


def stayed(tokens: list[Token], a: int, b: int, words: Words | None = None) -> Words:
    """The words of a sentence that say that people were still there, in that sense.

    `words`: all of tokens a..b, where known.

    Not "leakage was SEEN in 5 and 14 patients", "17 of 26 patients RESPONDED": these are events.
    """
    if words is None:
        words = frozenset([token.word for token in tokens[a:b]])
    found = words & STAYED
    if "complete" in words and words & FOLLOW_UP and _complete_for(tokens, a, b):
        found = found | {"available"}
    if not found and words.isdisjoint(_ANSWERS_OR_RATED):
        return found
    if "seen" in found and not any(
        tokens[k].word == "seen" and _seen_then(tokens, k + 1, b) for k in range(a, b - 2)
    ):
        found = found - {"seen"}
    if "returned" in found and any(
        tokens[k].word == "returned"
        and (
            tokens[k + 1].word == "with" or tokens[k + 2].word in ("their", "work", "sport", "play")
        )
        for k in range(a, b - 2)
    ):
        found = found - {"returned"}  # "six patients returned with a fracture"
    if "reached" in found and words & _REACHED:
        found = found - {"reached"}  # "a 50% reduction was reached by 19 patients"
    if "living" in found and "daily" in words:
        found = found - {"living"}  # "activities of daily living"
    if "evaluable" in found and words & _RESPONDERS:
        found = found - {"evaluable"}  # "68 of the 97 evaluable patients were responders"
    if "left" in found and any(
        tokens[k].word == "left" and tokens[k + 1].word == "out" for k in range(a, b - 1)
    ):
        found = found - {"left", "analysis"}  # "two men were left out of the analysis"
    if not words.isdisjoint(("scored", "rated")) and any(
        tokens[k].word in ("scored", "rated") and tokens[k - 1].word in ("were", "be")
        for k in range(a + 1, b)
    ):
        found = found | {"scored"}
    if (
        words & _ANSWERS
        and words & _CAME
        and any(
            tokens[k].word in _CAME and "from" in (tokens[k + 1].word, tokens[k + 2].word)
            for k in range(a, b - 2)
        )
    ):
        found = found | {"available"}  # "data were OBTAINED FROM 97 of 118 patients"
    return found if words & _QUERIED else found - {"responded"}


def _complete_for(tokens: list[Token], a: int, b: int) -> bool:
    """ "Follow-up at 1 year WAS COMPLETE FOR 31": of those people, not of a recovery."""
    return any(
        tokens[k].word == "complete"
        and tokens[k - 1].word in ("was", "were")
        and tokens[k + 1].word in ("for", "in")
        for k in range(a + 1, b - 1)
    )


_REACHED = word_set(
    "reduction relief improvement response success threshold mcid pass target goal remission "
    "criterion criteria endpoint decrease difference milestone satisfaction"
)
_ANSWERS = _QUERIED - word_set("visit visits follow-up") | word_set(
    "data replies responses answers scores ratings information outcomes results"
)
_ANSWERS_OR_RATED = _ANSWERS | word_set("scored rated")
_CAME = word_set("obtained received collected came gathered got")


def _seen_then(tokens: list[Token], k: int, b: int) -> bool:
    """ "seen at 6 weeks", "seen again"; not "leakage was seen at 46 levels"."""
    if tokens[k].word == "again":
        return True
    if tokens[k].word not in ("at", "for"):
        return False
    k += 1 + (tokens[k + 1].word in ("the", "a"))
    unit = next((tokens[m].word for m in range(k + 1, min(k + 3, b)) if tokens[m].kind == "w"), "")
    return tokens[k].kind != "n" or unit in UNIT_DAYS


_RESPONDERS = word_set("responders responder responded improved")
