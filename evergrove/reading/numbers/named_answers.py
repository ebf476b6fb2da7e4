"""Answers of a scale, each told with who gave it: "74% were very pleased (Likert scale 5)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import CENTRES, word_set
from evergrove.reading.view import View

_FILL = word_set("= : score scores scale grade rating of point points")


def named_answers(tokens: list[Token], view: View) -> list[Value]:
    """The numbers that say what an answer is called, where two answers or more are told so.

    "18% were satisfied (LIKERT SCALE 4), 4% had NO OPINION (LIKERT SCALE 3)": a whole number ends
    a bracket that holds the name of a scale and nothing else, behind a share or number of people.
    """
    if "(" not in view.words or not CENTRES.isdisjoint(view.words):
        return []
    found = [value for value in view.q.values if _is_answer(tokens, view, value)]
    return found if len(found) > 1 else []


def _is_answer(tokens: list[Token], view: View, value: Value) -> bool:
    plain = not value.spreads and value.p is None and tokens[value.at].raw.isdigit()
    if not plain or value.last >= view.b or tokens[value.last].word != ")":
        return False
    opened = open_bracket(tokens, view.a, value.first)
    if opened is None or value.first - opened < 2:
        return False
    inside = range(opened + 1, value.first)
    named = {m for mention in view.mentions for m in range(mention.first, mention.last)}
    if not all(k in named or tokens[k].word in _FILL for k in inside):
        return False
    start = opened - 1
    while start > view.a and tokens[start].word not in (";", ",", "and"):
        start -= 1
    shares = any(tokens[k].word == "%" for k in range(start, opened))
    return shares or any(start <= count.at < opened for count in view.q.counts)
