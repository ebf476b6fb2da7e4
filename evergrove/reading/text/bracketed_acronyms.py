"""Short names of groups in brackets: "wax (W GROUP), clay (C GROUP), wax plus clay (WC GROUP)".

They are read as "(W)", "(C)" and "(WC)", as short names in brackets commonly are: of a group that
had both treatments, the bracket would seem to name the last of them ("clay (WC group)").
"""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: A text without this has no such bracket.
MAYBE_BRACKETED = re.compile(r"[(,;] ?[A-Z]{1,4}(?: |-)(?:group|Group|arm)\)")
_SHORT = re.compile(r"[A-Z]{1,4}")
_GROUP = word_set("group arm")
_OPENS = word_set("( , ;")
_NEAR = 8  # tokens before the bracket, among which the name begins


def short_in_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens without "group" in such brackets, where one name is made up of others."""
    gone: set[int] = set()
    names: set[str] = set()
    for k in range(2, len(tokens) - 1):
        if tokens[k].word not in _GROUP or tokens[k + 1].word != ")":
            continue
        at = k - 1 - (tokens[k - 1].word == "-")
        if tokens[at - 1].word in _OPENS and _abbreviates(tokens, at):
            gone.update(range(at + 1, k + 1))
            names.add(tokens[at].raw)
    if not any(one != both and one in both for one in names for both in names):
        return tokens
    return [token for k, token in enumerate(tokens) if k not in gone]


def _abbreviates(tokens: list[Token], at: int) -> bool:
    """Whether the letters at `at` begin a word before their bracket: "WAX (W group)"; no "A"."""
    short = tokens[at].raw
    opened = next((k for k in range(at - 1, max(0, at - 8), -1) if tokens[k].word == "("), at - 1)
    near = [tokens[k] for k in range(max(0, opened - _NEAR), opened) if tokens[k].kind == "w"]
    begins = {token.word[:1] for token in near if len(token.word) > 1}
    return _SHORT.fullmatch(short) is not None and short[0].lower() in begins
