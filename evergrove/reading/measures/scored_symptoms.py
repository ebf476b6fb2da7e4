"""A symptom that befell some, with a score of its own: "ITCH was noted in 8%, MEAN SCORE 2"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    ANAPHORS,
    CENTRES,
    CHANGE,
    EVENT,
    GROUP,
    PEOPLE,
    is_content,
    word_set,
)
from evergrove.reading.view import View

_SCORES = word_set("score scores rating ratings grade grades severity intensity")
_BEFELL = word_set(
    "reported noted seen observed occurred developed recorded found detected appeared arose "
    "experienced present persisted remained"
)
#: A sentence without one of these tells of nothing that befell anybody.
MAYBE_BEFELL = _BEFELL
# What is told of the score that the sentence before is about, or of how a study went.
_OF_THE_SAME = word_set(
    "pain relief success response recurrence recurrences remission failure cure outcome outcomes "
    "result results effect effects benefit follow-up followup treatment score scores scale "
    "symptom symptoms intensity severity data figures union healing no none neither nothing"
)
_AMONG = word_set("in by among for")
_ARTICLES = word_set("a an the its of")


def of_symptom(tokens: list[Token], view: View, at: int) -> bool:
    """ "ITCHING WAS SEEN in 8 of 60 nuns (13%), WITH A MEAN SCORE OF 2.1": of the itching.

    Only in a sentence that names no known measure. `at`: the first token of the score.
    """
    if not _scored(tokens, view.a, at):
        return False
    verb = next((k for k in range(view.a + 1, at) if tokens[k].word in _BEFELL), 0)
    if not verb or tokens[verb + 1].word not in _AMONG:
        return False
    if not any(tokens[k].kind == "n" for k in range(verb, at)):
        return False
    if any(mention.key for mention in view.mentions):
        return False
    last = verb - (tokens[verb - 1].word in ("was", "were", "is"))
    if tokens[last - 1].word in (")", "]"):  # "tingling (grade 2 or 3) was noted in"
        last = next((k for k in range(last, view.a, -1) if tokens[k].word in ("(", "[")), view.a)
    first = last
    while first > view.a and tokens[first - 1].kind == "w":
        first -= 1
    own = [token.word for token in tokens[first:last]]
    return any(is_content(word) for word in own) and _NO_SYMPTOM.isdisjoint(own)


_NO_SYMPTOM = _OF_THE_SAME | ANAPHORS | CHANGE | EVENT | GROUP | PEOPLE


def _scored(tokens: list[Token], a: int, first: int) -> bool:
    """ "WITH A MEAN SCORE OF 2.1": whether such words lead to the number at `first`."""
    k = first - 1
    while k > a and (tokens[k].word in _ARTICLES or tokens[k].word in CENTRES):
        k -= 1
    scores = tokens[k].word in _SCORES
    while k > a and (tokens[k].word in _SCORES | _ARTICLES or tokens[k].word in CENTRES):
        k -= 1
    return scores and tokens[k].word in ("with", "and", "(")
