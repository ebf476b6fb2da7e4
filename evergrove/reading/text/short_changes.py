"""Short names of a fall, told in full: "pain reduction (PR) ... THE MEAN PR was 3.1".

The grammar knows what a reduction is, and no short name of one.
"""

from __future__ import annotations

from dataclasses import replace

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_NOUNS = word_set("reduction decrease improvement")
#: "pain reduction (PR)", "VAS decrease [VD]".
MAYBE_SHORT_CHANGE = Clues(
    *(f"{noun} {opened}" for noun in sorted(_NOUNS) for opened in "(["), words=_NOUNS
)


def spell_short_changes(tokens: list[Token]) -> None:
    """ "the mean PR", behind "pain reduction (PR)", is "the mean pain reduction"."""
    spelt: dict[str, tuple[Token, Token]] = {}
    for k in range(3, len(tokens) - 1):
        noun, what = tokens[k - 2], tokens[k - 3]
        if noun.word not in _NOUNS or tokens[k - 1].word not in ("(", "["):
            continue
        letters = what.word[:1] + noun.word[:1]
        if tokens[k].raw.isupper() and tokens[k].word == letters:
            spelt[tokens[k].raw] = what, noun
    if not spelt:
        return
    out: list[Token] = []
    for k, token in enumerate(tokens):
        told = spelt.get(token.raw)
        if told is None or tokens[k - 1].word in ("(", "["):
            out.append(token)
            continue
        what, noun = told
        out.append(replace(token, word=what.word, raw=what.raw))
        out.append(Token("w", token.end, token.end, noun.word, 0.0, True, "", noun.word))
    tokens[:] = out
