"""Two treatments that everybody had, in either order: "wax followed by clay, OR VICE VERSA"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this tells no two orders so.
MAYBE_REVERSED = Clues(
    *(f"{way} {what}" for way in ("everse", "pposite") for what in ("order", "sequence")),
    "vice versa",
    words=word_set("reverse opposite versa"),
)
_ORDERS = word_set("order sequence")
_WAYS = word_set("reverse opposite")
_LEADS = word_set("or and in the with , given either")
_FAR = 16


def spell_orders(tokens: list[Token]) -> None:
    """ "wax for 2 weeks FOLLOWED BY clay OR THE REVERSE SEQUENCE" is "wax or clay in random order".

    Also "wax THEN clay, OR VICE VERSA". Not "the reverse order" of what one sentence names alone.
    """
    for k in range(len(tokens) - 2, 2, -1):
        if k + 1 >= len(tokens):
            continue  # words ahead of the last turn went with it, at the end of a text
        pair = (tokens[k].word, tokens[k + 1].word)
        if pair != ("vice", "versa") and not (pair[0] in _WAYS and pair[1] in _ORDERS):
            continue
        first = k
        while first > 1 and k - first < 5 and tokens[first - 1].word in _LEADS:
            first -= 1
        if not any(tokens[m].word == "or" for m in range(first, k)):
            continue
        at = _first_then(tokens, first)
        if at is None:
            continue
        for m, word in zip((k - 1, k, k + 1), ("in", "random", "order"), strict=True):
            tokens[m].word = word
        del tokens[first : k - 1]
        if tokens[at].word != "then":
            del tokens[at + 1]  # "followed BY"
        elif tokens[at - 1].word in ("and", ","):
            del tokens[at]
            at -= 1
        tokens[at].word = "or"


def _first_then(tokens: list[Token], stop: int) -> int | None:
    """The token of "followed by" or "then" before the words at `stop`, in their sentence."""
    for k in range(stop - 1, max(0, stop - _FAR), -1):
        if tokens[k].word in (".", ";"):
            return None
        if tokens[k].word == "then" or (
            tokens[k].word == "followed" and tokens[k + 1].word == "by"
        ):
            return k
    return None
