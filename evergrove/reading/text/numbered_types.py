"""Kinds of one condition that a number tells apart: "type 1 gout" and "type 2 gout"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token

_NUMBERS = {"1": "1", "2": "2", "3": "3", "i": "1", "ii": "2", "iii": "3"}
_JOINED = re.compile(r"\b([Tt]ype)([123]|I{1,3})\b")


def join_types(tokens: list[Token]) -> list[Token]:
    """The tokens with "type 1" as one word, where type 1 and type 2 both stand twice."""
    told = [
        _NUMBERS[tokens[k + 1].word]
        for k in range(len(tokens) - 1)
        if tokens[k].word == "type" and tokens[k + 1].word in _NUMBERS
    ]
    if min(told.count("1"), told.count("2")) < 2:
        return tokens
    out: list[Token] = []
    for token in tokens:
        number = _NUMBERS.get(token.word)
        if number is None or not out or out[-1].word != "type":
            out.append(token)
            continue
        first = out.pop()
        raw = first.raw + token.raw
        out.append(Token("w", first.start, token.end, raw.lower(), 0.0, first.spaced, "", raw))
    return out


def as_printed(name: str) -> str:
    """ "type1 gout" as "type 1 gout"."""
    return _JOINED.sub(r"\1 \2", name)
