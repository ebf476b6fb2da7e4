"""People told apart by whether they responded: "2.2 in responders and 6.1 in NON-RESPONDERS"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token

MAYBE_NON_RESPONDERS = re.compile(r"non[-\s]?responders\b", re.IGNORECASE)
_HYPHEN = "‑"  # holds the two parts of a name together
_WORDS = {"responders": "improvers", "responder": "improver"}


def join_responders(tokens: list[Token]) -> list[Token]:
    """The tokens of a text about both, with "non-responders" as one word.

    Elsewhere a responder is somebody counted. Beside non-responders both words name groups, and so
    stand as words that the grammar knows for nothing else; they stay as printed.
    """
    out: list[Token] = []
    for token in tokens:
        negated = token.word.startswith("nonresponder")
        if token.word not in _WORDS and not negated:
            out.append(token)
            continue
        if negated:
            token.word = "nonimprovers"
            out.append(token)
            continue
        dash = len(out) > 1 and out[-1].word in ("-", "–") and out[-2].word == "non"
        if dash or (out and out[-1].word == "non"):
            if dash:
                out.pop()
            first = out.pop()
            raw = first.raw + _HYPHEN + token.raw
            out.append(
                Token("w", first.start, token.end, "nonimprovers", 0.0, first.spaced, "", raw)
            )
            continue
        token.word = _WORDS[token.word]
        out.append(token)
    return out


def hyphen_printed(name: str) -> str:
    """The name with the hyphen that was printed."""
    return name.replace(_HYPHEN, "-")
