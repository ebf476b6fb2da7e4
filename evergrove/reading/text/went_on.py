"""Scores that went on moving: "the score CONTINUED TO FALL, REACHING 3.3" is "fell, to 3.3"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, SCORE_UNITS, word_set

_MOVED = {
    "fall": "fell", "drop": "dropped", "decrease": "decreased", "decline": "declined",
    "diminish": "diminished", "improve": "improved", "rise": "rose", "increase": "increased",
    "worsen": "worsened", "lessen": "lessened", "reduce": "reduced",
}  # fmt: skip
_WENT_ON = word_set("continued began started tended seemed appeared proceeded")
MAYBE_WENT_ON = Clues(
    *(f"{verb} to " for verb in sorted(_WENT_ON)), " went on to ", words=_WENT_ON | {"went"}
)


def went_on(tokens: list[Token]) -> None:
    """ "VAS CONTINUED TO FALL (3.3)", "WENT ON TO IMPROVE" is "fell", "improved": a verb, no noun.

    Not "continued to a fall", "wax continued to reduce pain".
    """
    for k in range(len(tokens) - 3, 0, -1):
        if tokens[k].word != "to" or (moved := _MOVED.get(tokens[k + 1].word)) is None:
            continue
        first = k - 1
        if tokens[first].word == "on" and tokens[first - 1].word == "went":
            first -= 1
        elif tokens[first].word not in _WENT_ON:
            continue
        if tokens[k + 2].kind != "w" or tokens[k + 2].word in _BEHIND:
            tokens[k + 1].word = moved
            del tokens[first : k + 1]


_BEHIND = word_set(
    "to by from at over until up after further and in during with on for steadily significantly "
    "slightly slowly gradually markedly throughout towards reaching"
)
_REACHING = word_set("reaching attaining")
MAYBE_REACHING = Clues(" reaching ", " attaining ", words=_REACHING)


def reaching(tokens: list[Token]) -> None:
    """ "NRS showed a fall, REACHING 3.3 at 6 weeks" is "to 3.3": where it came, not by how much.

    Not "the fall went on, reaching 3.3 POINTS", "reaching 50% in some".
    """
    for k in range(len(tokens) - 2, 2, -1):
        if tokens[k].word not in _REACHING:
            continue
        at = k + 1
        while at < len(tokens) - 1 and tokens[at].word in _CENTRE:
            at += 1
        if tokens[at].kind != "n" or "." not in tokens[at].word:
            continue
        behind = {token.word for token in tokens[at + 1 : at + 12]}
        moved = any(token.word in CHANGE for token in tokens[max(0, k - 6) : k])
        if moved and behind.isdisjoint(SCORE_UNITS | {"%"}):
            comma = tokens[k - 1].word == ","
            tokens[k].word = "to"
            del tokens[k - comma : k]


_CENTRE = word_set("a an the mean median average score scores value values level of")
