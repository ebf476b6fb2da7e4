"""The top of a scale behind the words for it: "the worst pain IMAGINABLE BEING 100 mm"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import STATE, word_set
from evergrove.reading.view import View

#: A sentence without these tells no such top.
MAYBE_TOP = word_set("imaginable conceivable thinkable imagined bearable endurable possible")
_WORST = word_set("worst severest strongest greatest highest maximal maximum most")
_LINKS = STATE | word_set("= : , at ( as with represented indicated meant meaning equal to")
_WHOLE_SCALES = frozenset({3, 4, 5, 6, 10, 20, 100})


def tops_in_words(tokens: list[Token], view: View) -> list[int]:
    """Where the numbers stand that a line ends at, told behind what its end means.

    Whole numbers alone: "the worst pain imaginable was 7.1" is a score, as is one with a spread.
    """
    return [
        value.at for value in view.q.values
        if not value.spreads and value.value in _WHOLE_SCALES
        and "." not in tokens[value.at].word and _is_top(tokens, view.a, value.first)
    ]  # fmt: skip


def _is_top(tokens: list[Token], a: int, first: int) -> bool:
    k = first - 1
    while k > a and first - k < 5 and tokens[k].word in _LINKS:
        k -= 1
    while k > a and first - k < 8 and is_measure(tokens[k]):
        k -= 1  # "worst imaginable PAIN"
    if tokens[k].word not in MAYBE_TOP:
        return False
    return any(tokens[m].word in _WORST for m in range(max(a, k - 4), k))
