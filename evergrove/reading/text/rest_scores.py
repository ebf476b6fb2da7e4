"""Scores told by the state alone: "THE REST SCORE was 3, THE ACTIVITY SCORE 5" are of pain."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import SCORE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_REST = word_set("rest resting")
_MOVED = word_set("activity movement motion walking exercise coughing effort loading mobilisation")
_HAVING = word_set("with had have having without whose")
MAYBE_REST = Clues("rest score", "resting score", words=_REST)
_PAIN = word_set("pain vas nrs nprs")


def rest_scores(tokens: list[Token]) -> None:
    """ "The REST SCORE was 3 and the ACTIVITY SCORE 5" is "rest pain score", "activity pain score".

    Only of both in one text that rates pain: an activity score alone may be of what people can do.
    Not "the 13 patients WITH activity scores": those who had them.
    """
    places = [
        k
        for k in range(2, len(tokens))
        if tokens[k].word in SCORE and tokens[k - 2].word not in _HAVING
    ]
    rest = [k for k in places if tokens[k - 1].word in _REST]
    moved = [k for k in places if tokens[k - 1].word in _MOVED and not _of_more(tokens, k - 1)]
    if not (rest and moved) or all(token.word not in _PAIN for token in tokens[: rest[0]]):
        return
    for k in sorted(rest + moved, reverse=True):
        at = tokens[k].start
        tokens.insert(k, Token("w", at, at, "pain", raw="pain"))


def _of_more(tokens: list[Token], k: int) -> bool:
    """ "the PHYSICAL activity score", "bone disease activity score": a name of its own."""
    return k > 0 and tokens[k - 1].word in _NAMED


_NAMED = word_set("physical disease daily sports sport brain tegner ucla")
