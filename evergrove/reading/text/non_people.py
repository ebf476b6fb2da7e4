"""People told by what they do not do, behind their number: "in 33 NON-SMOKERS"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content

#: A text without this counts none.
MAYBE_NON = Clues((" non-", r" non-(?<=\d non-)[a-z]+s\b"), words=frozenset({"non"}))


def join_counted_non(tokens: list[Token]) -> list[Token]:
    """The tokens with "non-smokers" as one word behind a number, so that it counts all of it."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        if out and out[-1].kind == "n" and _non(tokens, k):
            first, last = tokens[k], tokens[k + 2]
            raw = f"{first.raw}-{last.raw}"
            out.append(Token("w", first.start, last.end, f"non{last.word}", 0.0, True, "", raw))
            k += 3
            continue
        out.append(tokens[k])
        k += 1
    return out


def _non(tokens: list[Token], k: int) -> bool:
    if k + 2 >= len(tokens) or tokens[k].word != "non" or tokens[k + 1].word != "-":
        return False
    noun = tokens[k + 2]
    joined = not tokens[k + 1].spaced and not noun.spaced
    # "33 non-responders" have rules of their own
    return (
        joined and noun.word.endswith("s") and is_content(noun.word) and noun.word != "responders"
    )
