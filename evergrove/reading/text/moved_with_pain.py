"""What people did with a pain: "they WALKED WITH A MEAN PAIN of 4.6" is "had a walking pain"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, word_set

_DOING = {
    "coughed": "coughing",
    "walked": "walking",
    "moved": "moving",
    "sat": "sitting",
    "stood": "standing",
    "swallowed": "swallowing",
    "climbed": "climbing",
    "ran": "running",
    "rested": "resting",
}
_SCORED = word_set("pain vas nrs")
MAYBE_DOING = Clues(*(f"{verb} with a" for verb in _DOING), words=frozenset(_DOING))


def had_while_moving(tokens: list[Token]) -> None:
    """ "Rowers WALKED WITH A MEAN NRS of 4.1" is "had a mean walking NRS of 4.1".

    Not "walked with a mean speed of 1.1 m/s": only beside a pain.
    """
    for k in range(1, len(tokens) - 6):
        doing = _DOING.get(tokens[k].word)
        if doing is None or tokens[k + 1].word != "with" or tokens[k + 2].word not in ("a", "an"):
            continue
        if tokens[k + 3].word in CENTRES and tokens[k + 4].word in _SCORED:
            told = ("had", "a", tokens[k + 3].word, doing)
            for token, word in zip(tokens[k : k + 4], told, strict=True):
                token.word = word
