"""The ways to say "compared with": "in comparison with", "as opposed to", "instead of"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token

#: A text without any of these says it in no other way.
MAYBE_SET_AGAINST = Clues(
    "in comparison ", "by comparison ", "in contrast ", "opposed to ", "when compared ",
    "instead of ", "rather than ",
    # "opposed" is a token "compared" by now
    words=frozenset(("comparison", "contrast", "compared", "instead", "rather")),
)  # fmt: skip
_SAID = {
    ("in", "comparison"), ("by", "comparison"), ("in", "contrast"), ("as", "opposed"),
    ("when", "compared"),
}  # fmt: skip
_WITH = ("with", "to")
_IN_PLACE = {("instead", "of"), ("rather", "than")}


def spell_compared(tokens: list[Token]) -> list[Token]:
    """The tokens with "compared with" for each of its other ways.

    "With tape IN COMPARISON WITH ice (2 vs 3)" is left: two groups that stand side by side.
    """
    out: list[Token] = []
    for k, token in enumerate(tokens):
        after = tokens[k + 1].word if k + 2 < len(tokens) else ""
        aside = after != "comparison" or k == 0 or tokens[k - 1].kind != "w"
        if aside and (token.word, after) in _SAID and tokens[k + 2].word in _WITH:
            tokens[k + 1].word = "compared"
            if token.raw[:1].isupper():
                tokens[k + 1].raw = tokens[k + 1].raw.capitalize()  # a sentence begins here
            continue  # the preposition before it says nothing more
        if (token.word, after) in _IN_PLACE:
            token.word, tokens[k + 1].word = "compared", "with"
        out.append(token)
    return out
