"""The size of the only group, told once, in a bracket that closes the sentence of its scores."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import PEOPLE, names_people
from evergrove.reading.view import View

_ENDS = frozenset((".", ";"))


def whole_behind(tokens: list[Token], views: list[View]) -> Count | None:
    """ "Pain was 3.1 on the first day after surgery (VAS; 28 NUNS).": all people of the text.

    Where no other people are counted in it; None else.
    """
    told = [(view, count) for view in views for count in view.q.counts]
    if len(told) != 1:
        return None
    view, count = told[0]
    if not count.bracket or count.each or count.of is not None or count.equals:
        return None
    noun = count.noun
    if not (noun in PEOPLE or names_people(noun)) or tokens[count.at + 1].word != noun:
        return None
    opened = open_bracket(tokens, view.a, count.at)
    close = count.at + 2
    while close < view.b and tokens[close].word not in (")", "]"):
        if tokens[close].kind == "n":
            return None
        close += 1
    ends = close + 1 >= view.b or tokens[close + 1].word in _ENDS
    scored = any(value.last <= (opened or 0) for value in view.q.values)
    return count if ends and scored and any(m.key for m in view.mentions) else None
