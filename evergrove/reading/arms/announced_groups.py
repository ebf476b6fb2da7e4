"""Groups listed behind their number: "three groups (wax, clay, and placebo)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.arms.noun_lists import list_behind
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, word_set

_GROUPS = word_set("groups arms")
_SIGNS = word_set(", ; and or")
_INSIDE = word_set("- + / with without plus in of the")


def announced_groups(tokens: list[Token], a: int, b: int) -> list[str]:
    """Names of the groups that the sentence lists, with their number before them; or []."""
    return _bracketed(tokens, a, b) or _apposed(tokens, a, b)


def _apposed(tokens: list[Token], a: int, b: int) -> list[str]:
    """ "To compare FOUR TREATMENTS, a belt, wax, clay, and mud, WITH usual care": five names."""
    for i in range(a + 1, b - 8):
        if tokens[i].word not in TREATMENTS or tokens[i + 1].word not in (",", ":"):
            continue
        number = _number(tokens, a, i)
        if number is None:
            continue
        spans = list_behind(tokens, i + 2, b)
        names = [text_of(tokens, *span) for span in spans]
        if len(names) != number or len(_distinct(names)) != number:
            continue
        k = spans[-1][1]
        k += k < b and tokens[k].word == ","
        if k < b and tokens[k].word in _AGAINST:
            other = noun_phrase(tokens, k + 1, b, 5)
            names += [text_of(tokens, *other)] if other is not None else []
        return names if len(_distinct(names)) == len(names) else []
    return []


TREATMENTS = word_set("treatments interventions therapies methods techniques devices groups arms")
_AGAINST = word_set("with to versus vs against")


def _number(tokens: list[Token], a: int, i: int) -> float | None:
    """The number, from 3 to 6, that stands a word or two before the noun at i."""
    for k in range(i - 1, max(a, i - 4) - 1, -1):
        if tokens[k].kind == "n":
            return tokens[k].value if 3 <= tokens[k].value <= 6 else None
    return None


def _distinct(names: list[str]) -> set[frozenset[str]]:
    """The sets of telling words of the names, without those that have none."""
    return {frozenset(words_of(name)) for name in names} - {frozenset()}


def _bracketed(tokens: list[Token], a: int, b: int) -> list[str]:
    """ "THREE treatment groups (wax only, clay only, and wax + clay)": the names in the bracket.

    Only where the bracket holds just as many names as it was announced to hold, and no number.
    """
    for i in range(a + 1, b - 4):
        if tokens[i].word not in _GROUPS or tokens[i + 1].word not in ("(", "["):
            continue
        number = _number(tokens, a, i)
        names = _names(tokens, i + 2, b) if number is not None else []
        if names and len(names) == number == len(_distinct(names)):
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
