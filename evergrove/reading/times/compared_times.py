"""Baseline that a clause only compares with, or adjusts for: no time of the values beside it."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import AGENT, PEOPLE, STATE, word_set
from evergrove.reading.times.time_parts import Time


def only_compared(tokens: list[Token], a: int, found: list[Time]) -> bool:
    """ "pain, ADJUSTED FOR BASELINE, was 5.4", "lower than those BEFORE TREATMENT".

    A covariate, or what a score is compared with: no time of the values of the clause. The last
    of `found` is a baseline.
    """
    k = found[-1].first
    before = [tokens[j].word for j in range(max(a, k - 3), k)]
    if before[-2:] in (["than", "those"], ["than", "that"]):
        return True
    return _adjusted_for(tokens, a, k) or share_of(tokens, a, k) or _as_covariate(tokens, found[-1])


def _adjusted_for(tokens: list[Token], a: int, k: int) -> bool:
    """ "adjusted FOR BASELINE", "controlling FOR AGE, SEX AND BASELINE pain": a covariate."""
    j = k - 1
    while j > a and k - j < 10 and (tokens[j].kind == "w" or tokens[j].word == ","):
        if tokens[j].word == "for":
            near = {tokens[m].word for m in range(max(a, j - 2), j)}
            return bool(_ADJUSTING & near)
        j -= 1
    return False


def _as_covariate(tokens: list[Token], time: Time) -> bool:
    """ "with BASELINE pain AS A COVARIATE", "BASELINE values were entered AS COVARIATES"."""
    for k in range(time.last, min(len(tokens), time.last + 9)):
        if tokens[k].word in _COVARIATES:
            return True
        if tokens[k].kind != "w":
            return False
    return False


_COVARIATES = word_set("covariate covariates covariable covariables co-variate co-variates")
_VERBS_OF_CLAUSE = AGENT | STATE


_WHO = PEOPLE | {"who", "those"}


def when_given(tokens: list[Token], a: int, time: Time) -> bool:
    """ "rowers who RECEIVED WAX BEFORE THE RACE had less pain": when it was given, no visit."""
    k, last = time.first, time.last
    if tokens[k].word not in ("before", "prior") or last >= len(tokens):
        return False
    if tokens[last].word not in _VERBS_OF_CLAUSE:
        return False
    for j in range(k - 1, max(a, k - 8), -1):
        if tokens[j].kind == "n" or is_measure(tokens[j]):
            return False
        if tokens[j].word in _GIVEN:
            near = {tokens[m].word for m in range(max(a, j - 3), j)}
            return not near.isdisjoint(_WHO)
    return False


def share_of(tokens: list[Token], a: int, k: int) -> bool:
    """ "was 4.2, or 50% OF THE PREOPERATIVE value", "half of that at baseline": a share of it.

    `k`: the token where the time begins. The value before is of the time that the clause tells.
    """
    j = k - 1
    while j > a and tokens[j].word in _BEFORE_BASE:
        j -= 1
    if tokens[j].word != "of" or j - 1 < a:
        return False
    told = tokens[j - 1]
    return told.word in _SHARES or (told.word == "%" and tokens[j - 2].kind == "n")


_ADJUSTING = word_set("adjusted adjusting adjustment controlled controlling corrected correcting")
_GIVEN = word_set("received receiving given got had took taking")
_BEFORE_BASE = word_set(
    "the its their that those mean median average initial value values score scores level levels at"
)
_SHARES = word_set("half third quarter fifth thirds quarters fifths")
