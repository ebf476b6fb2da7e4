"""Words of a fall that tell of people: "the cause was A FALL", "two nuns DROPPED OUT"."""

from __future__ import annotations

from evergrove.reading.text.small_words import ENDS_PHRASE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_CAUSED = word_set("cause mechanism reason trauma accident injury fracture injured hurt")
_LINKS = word_set("was were is due to by from after following being a an the of low-energy simple")
_GO_ON = ENDS_PHRASE | {"and", "at", "on", "while", "whereas", ")"}
#: A word of its own, so that nothing takes the accident for a fall of a score.
MISHAP = "mishap"


def spell_accidents(tokens: list[Token]) -> None:
    """Call a fall that hurt somebody a mishap, and those withdrawn who dropped out.

    "the CAUSE was A FALL, and the mean VAS ...", "injured BY A FALL.": with a word for what it
    did before it. Not "the reason for the fall of 2.1", "a fall in VAS".
    """
    for i in range(1, len(tokens) - 1):
        word, after = tokens[i].word, tokens[i + 1].word
        if word == "dropped" and after == "out":
            tokens[i].word = "withdrew"
        elif word in ("fall", "falls") and after in _GO_ON:
            k = i - 1
            while k > max(0, i - 6) and tokens[k].word in _LINKS:
                k -= 1
            if tokens[k].word in _CAUSED:
                tokens[i].word = MISHAP
