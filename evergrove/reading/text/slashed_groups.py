"""Groups that a slash sets side by side: "VAS (GROUP A/GROUP B): 6.6/6.7" is "A vs group B"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content, word_set

MAYBE_SLASHED = Clues("/group ", "group/", "/arm ", "arm/", "/ group ", "group / ")
_GROUP = word_set("group arm")


def slashed_groups(tokens: list[Token]) -> None:
    """ "in GROUP A/GROUP B", "(wax GROUP/clay GROUP)": the slash is "vs"; not "A/B" alone."""
    for k in range(2, len(tokens) - 2):
        if tokens[k].word != "/":
            continue
        lettered = tokens[k - 2].word in _GROUP and tokens[k + 1].word in _GROUP
        behind = tokens[k - 1].word in _GROUP and tokens[k + 2].word in _GROUP
        if lettered or (behind and is_content(tokens[k + 1].word)):
            tokens[k].word, tokens[k].kind = "vs", "w"
