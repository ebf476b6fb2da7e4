"""Scales on which something else was marked: they say nothing of how the pain was scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.words import word_set

if TYPE_CHECKING:
    from evergrove.reading.measures.mention import Mention
    from evergrove.reading.text.tokens import Token
    from evergrove.reading.view import View

_ON = word_set("on by using with via")
_OTHERS = ("other measure", "another construct", "unknown measure")
_RATED = word_set("was were rated given scored measured assessed marked recorded reported also")
_FILL = word_set("a an the its separate own 10 100 cm mm point - 5 7 five seven")
_BETTER = word_set(
    "improvement recovery satisfaction satisfied recovered effect success global better change"
)


def marks_another(tokens: list[Token], view: View, mention: Mention) -> bool:
    """ "SATISFACTION was given ON A VAS", "a LIKERT grade of 1 was given by 12 OF 25".

    No pain is named in the sentence, and the scale stands behind what was marked on it, or is one
    of agreement (Likert) that tells how many got better.
    """
    if any(m.key and not m.instrument for m in view.mentions):
        return False
    if mention.qualifier:
        return False
    if tokens[mention.first].word == "likert":
        counted = "class of some people" in view.q.rejected.values()
        return counted or not view.words.isdisjoint(_BETTER)
    k = mention.first - 1
    while k > view.a and (tokens[k].word in _FILL or tokens[k].kind == "n"):
        k -= 1
    if tokens[k].word not in _ON:
        return False
    return any(
        m.key is None
        and m.veto in _OTHERS
        and m.last <= k
        and tokens[m.first - 1].word not in ("and", ",", "or")
        and all(tokens[i].word in _RATED for i in range(m.last, k))
        for m in view.mentions
    )
