"""The other end of a ranking: "the highest NRS was seen with wax (4) AND THE LOWEST with clay"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_ENDS = word_set("lowest highest worst best smallest greatest largest least poorest")
_BETWEEN = word_set("intermediate medium moderate middle lower higher second")
_JOINS = word_set("and , while whereas")
_LEADS = word_set("in with for among at after on by was")


def extreme_again(tokens: list[Token], start: int, stop: int) -> bool:
    """ "... (4.0) AND THE LOWEST WITH clay (1.0)": still of the measure told before.

    Also without the article, "highest in the wax group (4) AND LOWEST IN ...", and of what ranks in
    between, ", INTERMEDIATE IN ...".
    """
    for k in range(start + 2, stop - 1):
        if tokens[k].word in _ENDS or (tokens[k].word in _BETWEEN and tokens[k - 1].word in _JOINS):
            before = tokens[k - 2 if tokens[k - 1].word == "the" else k - 1]
            return before.word in _JOINS and tokens[k + 1].word in _LEADS
    return False
