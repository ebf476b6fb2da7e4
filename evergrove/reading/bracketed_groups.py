"""Groups listed in a bracket behind their number: "three groups (wax, clay, and placebo)"."""

from __future__ import annotations

from evergrove.reading.arm_phrases import text_of
from evergrove.reading.arms import words_of
from evergrove.reading.tokens import Token
from evergrove.reading.words import PEOPLE, UNIT_DAYS, word_set

_GROUPS = word_set("groups arms")
_SIGNS = word_set(", ; and or")
_INSIDE = word_set("- + / with without plus in of the")


def bracketed_groups(tokens: list[Token], a: int, b: int) -> list[str]:
    """ "THREE treatment groups (wax only, clay only, and wax + clay)": the names in the bracket.

    Only where the bracket holds just as many names as it was announced to hold, and no number.
    """
    for i in range(a + 1, b - 4):
        if tokens[i].word not in _GROUPS or tokens[i + 1].word not in ("(", "["):
            continue
        number = next(
            (tokens[k] for k in range(i - 1, max(a, i - 4) - 1, -1) if tokens[k].kind == "n"), None
        )
        if number is None or not 3 <= number.value <= 6:
            continue
        names = _names(tokens, i + 2, b)
        distinct = {frozenset(words_of(name)) for name in names}
        if len(names) == number.value == len(distinct) and frozenset() not in distinct:
            return names
    return []


def _names(tokens: list[Token], k: int, b: int) -> list[str]:
    """The phrases between the signs of a list, up to the bracket's end; [] if it holds others."""
    out: list[str] = []
    start = k
    while k < b:
        token = tokens[k]
        closed = token.word in (")", "]")
        if closed or token.word in _SIGNS:
            if k > start:
                end = k - (tokens[k - 1].word in ("only", "alone"))
                end -= tokens[end - 1].word == "-"
                out.append(text_of(tokens, start, end))
            start = k + 1
            if closed:
                return out
        elif token.mark is not None or (
            token.word not in _INSIDE
            and (token.kind != "w" or token.word in PEOPLE or token.word in UNIT_DAYS)
        ):
            return []
        k += 1
    return []
