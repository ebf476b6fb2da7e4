"""What people did when they scored, told by its verb: "2.1 RESTING and 3.9 MOVING"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLOSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import SCORE_UNITS, word_set

_DOING = {
    "resting": ("at", "rest"), "moving": ("on", "movement"), "coughing": ("on", "coughing"),
    "walking": ("on", "walking"), "standing": ("on", "standing"), "sitting": ("on", "sitting"),
}  # fmt: skip
_ALL = frozenset(_DOING)
MAYBE_PART_VERB = Clues(
    *((one, rf"[\d)] (?:mm |cm |points? )?{one}") for one in sorted(_ALL)), words=_ALL
)
_BEHIND = word_set(", . ; and in with at for vs ) versus but while whereas")


def parts_by_verbs(tokens: list[Token]) -> None:
    """ "was 2.1 RESTING and 3.9 MOVING" is "2.1 at rest and 3.9 on movement".

    Where two such stand right behind a score, in one sentence.
    """
    told: list[int] = []
    for k in range(1, len(tokens) - 1):
        if tokens[k].word == ".":
            _spell(tokens, told)
            told = []
        if tokens[k].word in _DOING and tokens[k + 1].word in _BEHIND and _scored(tokens, k - 1):
            told.append(k)
    _spell(tokens, told)
    for k in range(len(tokens) - 1, -1, -1):
        if tokens[k].word in _SPELLED:
            lead, noun = _DOING[_SPELLED[tokens[k].word]]
            at = tokens[k].start
            tokens[k].word = noun
            tokens.insert(k, Token("w", at, at, lead, raw=lead))


def _scored(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return tokens[k].kind == "n" or word in CLOSES or word in SCORE_UNITS


_SPELLED = {f"{one}-told": one for one in _DOING}


def _spell(tokens: list[Token], told: list[int]) -> None:
    for k in told if len(told) > 1 else ():
        tokens[k].word += "-told"
