""" "55.9 DURING STANDARD CARE": what people were given then, as "with standard care"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_KINDS = word_set("standard usual routine conventional placebo sham control")
_CARE = word_set("care treatment therapy management stimulation physiotherapy analgesia")
#: A text without any of these tells of no care that way.
MAYBE_DURING = Clues(*(f"during {kind} " for kind in sorted(_KINDS)))


def spell_during(tokens: list[Token]) -> None:
    """Read "during" as "with" before the care or the sham that a group had."""
    for k in range(len(tokens) - 2):
        kind, noun = tokens[k + 1].word, tokens[k + 2].word
        if tokens[k].word == "during" and kind in _KINDS and noun in _CARE:
            tokens[k].word = "with"  # not "during routine dressing changes"
