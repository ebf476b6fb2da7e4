"""People told by what they rated: "pain was rated BY 46 MINERS", "ratings FROM 15 MINERS"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CAREGIVERS, UNIT_DAYS, word_set

RATINGS = word_set("ratings scores reports answers diaries entries data responses questionnaires")
_RATED = word_set("rated scored marked reported recorded noted registered graded kept logged")
_JUDGES = CAREGIVERS | word_set(
    "investigators assessors judges experts evaluators coders reviewers authors nurses parents "
    "caregivers carers researchers interviewers technicians students staff studies trials centres "
    "centers hospitals groups articles"
)
_WAS = word_set("was were is had been")


def by_nobody(noun: str) -> bool:
    """Whether a noun names those who judge others, or where ratings were collected."""
    return noun in _JUDGES


def rated_by(tokens: list[Token], a: int, count: Count) -> bool:
    """ "Heel pain WAS RATED on an NRS BY 46 MINERS", "... twice IN 46 MINERS": by whatever name."""
    noun = count.noun
    named = noun.endswith("s") and noun not in _JUDGES and noun not in UNIT_DAYS
    if not named or count.equals or count.each or count.of is not None or count.value < 5:
        return False
    if tokens[count.at - 1].word == "in":
        return _taken_in(tokens, a, count)
    if tokens[count.at - 1].word != "by":
        return False
    lead = range(max(a, count.at - 16), count.at - 1)
    rated = any(tokens[k].word in _RATED and tokens[k - 1].word in _WAS for k in lead if k > a)
    names = [k for k in range(a, count.at) if getattr(tokens[k].mark, "kind", "") == "measure"]
    if not rated or not names:
        return False
    # "VAS fell to 3, and complete RELIEF was reported by 24 patients": said of the relief
    own = range(names[-1], count.at)
    return not any(tokens[k].word == "relief" or tokens[k].word in _JOINTS for k in own)


_JOINTS = word_set("; whereas while but")


def _taken_in(tokens: list[Token], a: int, count: Count) -> bool:
    """ "Heel pain WAS ASSESSED (twice) (on a VAS) IN 46 MINERS": of all whom the text is about.

    Not "pain was rated AS SEVERE in 46 miners", "pain was REPORTED in 46": some of them.
    """
    k = count.at - 2
    while k > a and count.at - k < 12 and (tokens[k].word in _HOW or is_measure(tokens[k])):
        k -= 1
    if k < a + 2 or tokens[k].word not in _TAKEN or tokens[k - 1].word not in _WAS:
        return False
    return is_measure(tokens[k - 2])


_TAKEN = word_set("rated scored assessed measured evaluated graded")
_HOW = word_set(
    "twice thrice on two three four times occasions daily weekly repeatedly with a an the using by "
    "means of analog analogue visual numeric numerical rating mm cm"
)
