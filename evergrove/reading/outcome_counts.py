"""People counted for what became of them: "30 of 34 nuns WERE FREE OF PAIN", no size."""

from __future__ import annotations

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arm_slots import noun_phrase
from evergrove.reading.arms import words_of
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

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
