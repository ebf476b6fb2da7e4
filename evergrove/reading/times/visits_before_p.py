"""A list of visits right before a bracket that holds nothing but p: "at week 4 and 9 (p = .01)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SET_BESIDE, word_set

_P_WORDS = word_set("- both all each = < > ≤ ≥ , ; and for at in vs respectively value values")
_P = word_set("p ps p-value p-values")
_NO_P = word_set("ns n.s significant non-significant nonsignificant")


def visits_before_p(tokens: list[Token], at: int, b: int) -> bool:
    """ "differed AT WEEK 4 AND 9 (both, p = 0.01)": the second is no score with a p.

    `at` is the token behind the first number. The numbers are whole, rise, and end with "and": a
    score of a visit ("at week 4, 3 (p = 0.01)") stands behind a comma, or is the smaller number.
    """
    k = at
    while k + 1 < b and tokens[k].word in (",", "and", "&", "or"):
        joined = tokens[k].word != ","
        k += 1
        if tokens[k].word in ("and", "&", "or"):
            joined, k = True, k + 1  # "weeks 2, 4, AND 9"
        if k >= b or not tokens[k].raw.isdigit() or tokens[k].mark is not None:
            return False
        before = k - 2 if tokens[k - 2].kind == "n" else k - 3
        if tokens[before].kind != "n" or tokens[k].value <= tokens[before].value:
            return False
        k += 1
        if joined:
            return k < b and tokens[k].word in ("(", "[") and only_p(tokens, k, b)
    return False


def only_p(tokens: list[Token], i: int, b: int) -> bool:
    """Whether the bracket that opens at token i tells a p and nothing else.

    But what it is the p of: "(all p < 0.01 VERSUS BASELINE)".
    """
    told = against = False
    for k in range(i + 1, b):
        token = tokens[k]
        if token.word in (")", "]"):
            return told
        if token.word in _P:
            told = True
        elif token.kind == "n":
            if not told or token.value >= 1:
                return False
        elif token.word in _NO_P:
            told = True
        elif told and token.word in SET_BESIDE:
            against = True
        elif token.word not in _P_WORDS and not (against and token.kind == "w"):
            return False
    return False
