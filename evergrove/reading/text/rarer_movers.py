"""Rarer verbs that move a score: "pain WAS ATTENUATED BY 2.1 points", "relief AUGMENTED by 3.0"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_DOWN = word_set(
    "attenuated alleviated mitigated softened soothed weakened curtailed minimised minimized "
    "trimmed blunted dampened dulled palliated suppressed descended contracted"
)
_UP = word_set(
    "augmented enhanced heightened boosted amplified intensified magnified escalated ascended "
    "incremented strengthened"
)
_NOUNS = {
    "attenuation": "reduction", "alleviation": "reduction", "mitigation": "reduction",
    "augmentation": "increase", "enhancement": "increase", "intensification": "increase",
}  # fmt: skip
_MOVED = {**dict.fromkeys(_DOWN, "decreased"), **dict.fromkeys(_UP, "increased")}
_ALL = frozenset(_MOVED) | frozenset(_NOUNS)
MAYBE_MOVER = Clues(*sorted(_ALL), words=_ALL)
_FILL = word_set("a an the mean median average of about approximately only some further just")
_STOPS = word_set(". ; : , ( ) and or but while whereas")


def rarer_movers(tokens: list[Token]) -> None:
    """ "pain was ALLEVIATED BY 2.1 points" is "decreased by"; "AUGMENTED FROM 3 TO 6" "increased".

    Only ahead of the amount, or of the two scores: not "the augmented repair", "was enhanced".
    """
    for k in range(1, len(tokens) - 2):
        word = tokens[k].word
        if word in _MOVED and _amount_behind(tokens, k + 1, ("by", "from")):
            tokens[k].word = _MOVED[word]
        elif word in _NOUNS and _amount_behind(tokens, k + 1, ("by", "of", "from")):
            tokens[k].word = _NOUNS[word]


def _amount_behind(tokens: list[Token], k: int, leads: tuple[str, ...]) -> bool:
    """Whether "by 2.1", "by a mean of 2.1", "pain by 2.1" stands behind, in the same clause."""
    for m in range(k, min(k + 6, len(tokens) - 1)):
        if tokens[m].word in _STOPS or tokens[m].kind == "n":
            return False
        if tokens[m].word not in leads:
            continue
        at = m + 1
        while at < len(tokens) - 1 and tokens[at].word in _FILL:
            at += 1
        if tokens[at].kind == "n" and not tokens[at].flag:
            return True
    return False
