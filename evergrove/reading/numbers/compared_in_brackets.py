"""Whole scores alone in brackets: "VAS was lower with wax (34) THAN with clay (42)"."""

from __future__ import annotations

from itertools import pairwise

from evergrove.reading.numbers.subject_asides import dose_of_name
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, PEOPLE, STATE, word_set

_COMPARATIVES = word_set("lower higher better worse less greater smaller reduced milder")
_SET_AGAINST = word_set("than versus vs or compared")
_OFTEN = word_set("often frequent frequently common commonly likely")
_COUNTED = word_set("number numbers proportion rate rates n incidence frequency risk")


def compared_in_brackets(tokens: list[Token], a: int, b: int, i: int) -> bool:
    """Whether the number at i, alone in its bracket, is one of two scores that are compared.

    A measure and a comparative stand before, another such bracket behind "than" or before it.
    Numbers that the text tells as sizes elsewhere, "n = 34", are none. So too where a bracket with
    the score of a drug opens at i, behind its dose.
    """
    if _score_behind_dose(tokens, a, i):
        return True
    if i + 1 >= b or not _alone(tokens, i):
        return False
    brackets = [k for k in range(a + 2, b - 1) if _alone(tokens, k)]
    if len(brackets) < 2:
        return False
    words = [token.word for token in tokens[a : brackets[0]]]
    told = next((k for k, word in enumerate(words) if word in _COMPARATIVES), None)
    if told is None or _COUNTED & set(words) or any(word in PEOPLE for word in words[:told]):
        return False
    said = STATE & set(words[max(0, told - 3) : told]) or words[told + 1] in CENTRES
    if not said or words[told + 1] in _OFTEN:
        return False  # "heel pain recurred LESS OFTEN with wax (31) than with clay (44)"
    marks = [getattr(token.mark, "kind", "") for token in tokens[a : a + told]]
    if not {"measure", "compound"} & set(marks) or {"veto", "other"} & set(marks):
        return False
    for left, right in pairwise(brackets):
        between = {token.word for token in tokens[left + 1 : right]}
        if not between & _SET_AGAINST or right - left > 14 or ";" in between:
            return False
    first = {token.word for token in tokens[brackets[0] + 1 : brackets[1]]}
    if not first & (_SET_AGAINST - {"or"}):
        return False
    of_scale = tokens[i + 1].word == "/"
    return of_scale or not all(is_size(tokens, tokens[k].word) for k in brackets)


def _score_behind_dose(tokens: list[Token], a: int, i: int) -> bool:
    """ "LOWER with wax 5 mg (3.1)": no spread of the dose, which is printed whole.

    The bracket opens at i; not "they were treated with wax 12 mg (2.2)".
    """
    if i + 1 >= len(tokens) or tokens[i].word not in ("(", "[") or tokens[i + 1].kind != "n":
        return False
    if "." not in tokens[i + 1].word or "." in tokens[i - 2].word:
        return False
    if tokens[i - 2].kind != "n" or not dose_of_name(tokens, i - 2):
        return False
    return not COMPARATIVE.isdisjoint(token.word for token in tokens[a : i - 2])


def _alone(tokens: list[Token], k: int) -> bool:
    """ "(34)" or "(34/100)" with the number at k."""
    if tokens[k].kind != "n" or tokens[k - 1].word not in ("(", "["):
        return False
    end = k + 1
    if tokens[end].word == "/" and end + 2 < len(tokens) and tokens[end + 1].word == "100":
        end += 2
    return tokens[end].word in (")", "]")


def is_size(tokens: list[Token], number: str) -> bool:
    """Whether the text tells this number as a size: "n = 34"."""
    return any(
        tokens[k].word == number and tokens[k - 1].word in ("=", ":") and tokens[k - 2].word == "n"
        for k in range(2, len(tokens))
    )
