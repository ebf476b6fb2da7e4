"""Whether people are those of a larger number: "96 were screened AND 60 WERE RANDOMISED"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import names_people, word_set


def out_of_more(tokens: list[Token], a: int, at: int) -> bool:
    """ "96 PATIENTS WERE SCREENED AND 60 were randomised (wax 31, clay 29)", "OF WHOM 60 were".

    Whether more people are counted before the 60, which stand alone behind a joining word.
    """
    if tokens[at - 1].word not in _JOINS_PART or tokens[at + 1].word not in ("were", "completed"):
        return False
    return any(
        tokens[k].kind == "n"
        and tokens[k].value > tokens[at].value
        and any(names_people(tokens[m].word) for m in range(k + 1, min(k + 4, at)))
        for k in range(a, at - 2)
    )


_JOINS_PART = word_set("and whom , which these them")
