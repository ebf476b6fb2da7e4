"""Scores that went on moving: "the score CONTINUED TO FALL, REACHING 3.3" is "fell, to 3.3"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, SCORE_UNITS, UNIT_DAYS, word_set

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


_GOING = word_set(
    "went came crept climbed drifted moved gone come jumped shot edged slid crawled rose risen "
    "fell fallen sank dropped increased returned"
)
_WAY_OF = {"up": "rose", "down": "fell", "back": "moved"}
MAYBE_WENT_BACK = Clues(" up to ", " down to ", " back to ", " returned to ", words=_GOING)


def went_back(tokens: list[Token]) -> None:
    """ "the wax group WENT BACK UP TO 3.6" is "rose to 3.6": a score, and no most of something.

    So too "crept down to", "came back to" and "RETURNED TO 3.6"; not "returned to work".
    """
    for k in range(len(tokens) - 2, 1, -1):
        if tokens[k].word != "to":
            continue
        at = k + 1
        while at < len(tokens) - 1 and tokens[at].word in _CENTRE:
            at += 1
        if tokens[at].kind != "n" or tokens[at + 1].word in UNIT_DAYS:
            continue
        verb = k - 1
        way = _WAY_OF.get(tokens[verb].word, "")
        verb -= tokens[verb].word in _WAY_OF
        verb -= way not in ("", "moved") and tokens[verb].word == "back"
        if tokens[verb].word not in _GOING or not (way or tokens[verb].word == "returned"):
            continue
        tokens[verb].word = way or "moved"
        del tokens[verb + 1 : k]


_CENTRE = word_set("a an the mean median average score scores value values level of")
_CURVES = word_set("curves lines courses trajectories paths")
_PARTED = word_set("parted diverged separated split crossed converged")
MAYBE_PARTED = Clues(*(f" {verb}:" for verb in sorted(_PARTED)), words=_PARTED)


def curves_parted(tokens: list[Token]) -> None:
    """ "Later THE CURVES PARTED: wax rose to 3.6" is "Later, wax rose": still of the scores."""
    for k in range(len(tokens) - 2, 1, -1):
        if tokens[k].word not in _PARTED or tokens[k + 1].word != ":":
            continue
        first = k - 1 - (tokens[k - 1].word in _THEN)
        if tokens[first].word not in _CURVES:
            continue
        while first > 1 and tokens[first - 1].word in _WHOSE:
            first -= 1
        begins = tokens[first - 1].word == "."
        if begins:
            tokens[k + 2].raw = tokens[k + 2].raw.capitalize()
        tokens[k + 1].word = ","
        del tokens[first : k + 1 + begins]


_THEN = word_set("then later thereafter afterwards subsequently had")
_WHOSE = word_set("the two both three")
#: Each turn behind its clues, in the order of rules.
GOING_ON = (
    (MAYBE_WENT_ON, went_on),
    (MAYBE_REACHING, reaching),
    (MAYBE_WENT_BACK, went_back),
    (MAYBE_PARTED, curves_parted),
)
