"""How many had something, as a share or a number: "the proportion with pain relief was 79%"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import AGENT, STATE, word_set

if TYPE_CHECKING:
    from evergrove.reading.numbers.quantities import Value
    from evergrove.reading.view import View

_SHARES = word_set(
    "percentage percentages proportion proportions number numbers share shares rate rates fraction "
    "fractions"
)
_HAVING = word_set("with having who reporting achieving attaining obtaining experiencing showing")
NEW_CLAUSE = word_set("; : . whereas while but")
_MEANS = word_set("mean median average averaging averaged vas nrs score scores")


def counted_with(tokens: list[Token], view: View, value: Value) -> bool:
    """ "The PROPORTION WITH pain relief WAS 79%", "the NUMBER WITH relief was 31": no change.

    Not "the percentage OF improvement was 62%", nor a score with a clause of its own.
    """
    if view.words.isdisjoint(_SHARES) or ("." in tokens[value.at].word and not value.percent):
        return False
    stated = False
    for k in range(value.first - 1, view.a - 1, -1):
        word = tokens[k].word
        if word in NEW_CLAUSE or (word in AGENT and stated and word not in _HAVING):
            return False
        stated = stated or word in STATE
        if word in _SHARES:
            return stated and tokens[k + 1].word in _HAVING
        if word in _MEANS and not stated:
            return False
        if word == "and" and tokens[k - 1].word == "," and stated:
            return False
    return False
