"""People of a clause behind the scores: "VAS fell to 2, AND IN 55 NUNS THE PAIN RESOLVED"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, POST_WORDS, names_people, word_set

_JOINS = word_set("and but while whereas , ;")
_SUBJECTS = DETERMINERS | word_set("it pain symptoms headache headaches complete no there")
_BECAME = word_set(
    "was were had became reduced decreased halved improved fell dropped declined diminished ceased "
    "abated vanished resolved disappeared persisted recurred returned remained increased worsened"
)
_FAR = 14


def told_of_some(tokens: list[Token], count: Count, a: int) -> bool:
    """ "and IN 55 OF 107 NUNS THE PAIN WAS HALVED": what became of some, and no n of the scores.

    The clause has a subject and a verb of its own, and no number but a percentage: in "and in 55
    nuns the VAS was 3.1" the score is theirs.
    """
    k = count.at - 1
    if k <= a or tokens[k].word != "in" or tokens[k - 1].word not in _JOINS:
        return False
    k = count.last
    while k < len(tokens) and (tokens[k].word == count.noun or names_people(tokens[k].word)):
        k += 1
    if k < len(tokens) and tokens[k].word in ("(", "["):
        k = next((m + 1 for m in range(k, min(k + 8, len(tokens))) if tokens[m].word in ")]"), k)
    if k >= len(tokens) or tokens[k].word not in _SUBJECTS:
        return False
    verb = False
    for m in range(k + 1, min(k + _FAR, len(tokens) - 1)):
        word = tokens[m].word
        if word in (".", ";", "and", ",") or word in POST_WORDS:
            return verb
        if tokens[m].kind == "n" and tokens[m + 1].word != "%":
            return False
        verb = verb or word in _BECAME
    return verb
