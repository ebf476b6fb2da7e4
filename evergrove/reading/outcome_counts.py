"""People counted for what became of them: "30 of 34 nuns WERE FREE OF PAIN", no size."""

from __future__ import annotations

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.arms import words_of
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import VERBS, word_set

_BECAME = word_set("were was became remained reported felt had got showed are have stayed")
_WELL = word_set(
    "free pain-free painless painfree asymptomatic symptom-free satisfied happy pleased improved "
    "cured better relieved well responders successful delighted"
)
_GOOD = word_set(
    "good excellent fair complete full satisfactory partial significant marked relief "
    "improvement success no less reduction resolution"
)
_DID = word_set(
    "improved responded achieved attained benefited benefitted experienced recovered felt "
    "obtained gained demonstrated"
)
_STUDY = word_set(
    "data follow-up followup follow up questionnaire questionnaires survey letter mail records "
    "study trial assessments criteria"
)
_BETWEEN = word_set("( ) % completely very entirely all fully much also either symptom")


def had_outcome(tokens: list[Token], count: Count) -> bool:
    """Whether "30 OF 34" counts those of a good outcome; scores beside it are of the 34."""
    if count.of is None or count.equals:
        return False
    k = count.last
    stop = min(len(tokens) - 2, k + 14)
    while k < stop and tokens[k].word not in _BECAME | _DID:
        if tokens[k].word in (",", ";", "."):
            return False
        k += 1
    if k >= stop:
        return False
    if _STUDY & {tokens[m].word for m in range(k + 1, min(len(tokens), k + 5))}:
        return False  # "had complete data", "responded to the survey"
    if tokens[k].word in _DID - _BECAME:
        return True
    m = k + 1
    while m < stop and tokens[m].word in _BETWEEN:
        m += 1
    return tokens[m].word in (_WELL if tokens[k].word in ("were", "was") else _WELL | _GOOD)


def in_clause_of_its_own(tokens: list[Token], count: Count) -> bool:
    """ "30 nuns WERE PLEASED, AND the mean VAS was 3": told of them, and the scores of everybody.

    The clause of the count has a verb that neither treats nor examines people and holds no measure;
    the next one begins with a measure of its own.
    """
    verb = next(
        (k for k in range(count.last, _end(tokens, count.last, 9)) if _is_verb(tokens, k)), 0
    )
    if not verb or {tokens[k].word for k in range(verb, _end(tokens, verb, 5))} & _OF_STUDY:
        return False
    for k in range(verb + 1, _end(tokens, verb + 1, 24)):
        eased = tokens[k - 1].word in ("less", "more", "no", "better", "worse", "of", "in")
        if (_is_measure(tokens, k) and not eased) or tokens[k].word == ".":
            return False
        if tokens[k].word in ("and", "while", "whereas", ";", "but"):
            ahead = range(k + 1, _end(tokens, k + 1, 6))
            name = next((m for m in ahead if _is_measure(tokens, m)), 0)
            if name and all(_leads_name(tokens, m) for m in range(k + 1, name)):
                return not _same_people(tokens, name)
    return False


def _leads_name(tokens: list[Token], k: int) -> bool:
    return (
        tokens[k].word in _LEADS_NAME | {"their"}
        or getattr(tokens[k].mark, "kind", "") == "qualifier"
    )


def _same_people(tokens: list[Token], k: int) -> bool:
    """ "63 were free of it; the median was 4 IN THESE PATIENTS": told of them after all."""
    if tokens[k - 1].word == "their" or tokens[k - 2].word == "their":
        return True
    for m in range(k, _end(tokens, k, 30)):
        if tokens[m].word == ".":
            return False
        if tokens[m].word in ("these", "those", "whom", "they", "them"):
            return True
    return False


def _end(tokens: list[Token], k: int, length: int) -> int:
    return min(len(tokens), k + length)


def _is_verb(tokens: list[Token], k: int) -> bool:
    return tokens[k].word in VERBS or tokens[k].word in _BECAME or tokens[k].word in _DID


def _is_measure(tokens: list[Token], k: int) -> bool:
    mark = tokens[k].mark
    return getattr(mark, "kind", "") in ("measure", "compound") and "relief" not in mark.key


_OF_STUDY = word_set(
    "evaluated assessed examined followed follow-up followup follow included enrolled enroled "
    "recruited randomised randomized allocated assigned treated analysed analyzed available seen "
    "completed studied reviewed operated underwent received attended returned answered remained "
    "interviewed contacted reached got given injected data questionnaire questionnaires survey "
    "eligible evaluable participated took entered selected identified responded replied"
)
_LEADS_NAME = word_set("the mean median average overall his her total all of in a mean")


def allotted(tokens: list[Token], b: int, counts: list[Count]) -> list[tuple[str, Count]]:
    """ "Six of 7 nuns RANDOMISED TO WAX had relief": the name of that group and its size, 7."""
    out = []
    for count in counts:
        if count.of is None or count.equals or count.bracket or not had_outcome(tokens, count):
            continue
        k = count.last
        while k < min(b, count.last + 12) and tokens[k].word not in _ALLOTTED:
            if tokens[k].word in (",", ";") or tokens[k].word in _BECAME - {"were"}:
                break
            k += 1
        if tokens[k].word not in _ALLOTTED or k + 2 >= b or tokens[k + 1].word != "to":
            continue
        span = noun_phrase(tokens, k + 2, b, 5)
        if span is not None and words_of(text_of(tokens, *span)):
            whole = Count(int(tokens[count.of].value), count.of, count.of + 1)
            out.append((text_of(tokens, *span), whole))
    return out


_ALLOTTED = word_set("randomised randomized allocated assigned")
