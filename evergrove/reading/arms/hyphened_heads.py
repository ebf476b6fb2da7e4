"""Names of two words of which the first tells it from another group: "the SHAM-wax group"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content


def only_head(told: str, name: str) -> bool:
    """ "treated with WAX ... in the SHAM-WAX group": the noun alone is not the hyphened one.

    `told`: the phrase; `name`: the only group that the text declares. It tells that there is
    another by the word before the hyphen.
    """
    kind, hyphen, head = name.lower().partition("-")
    words = told.lower().replace("-", " ").split()
    if not hyphen or not kind or " " in head or "-" in head:
        return False
    return head in words and kind not in words


def before_hyphen(tokens: list[Token], j: int, floor: int) -> int:
    """Where "LOW-dose wax" begins whose noun phrase ends ahead at the hyphen at j; else j.

    The word before a hyphen belongs to the name, whatever it means alone.
    """
    while j - 1 >= floor and tokens[j].word == "-" and not tokens[j].spaced:
        joined = not tokens[j + 1].spaced and tokens[j - 1].kind == "w"
        if not joined or tokens[j - 1].mark is not None:
            break
        j -= 2
    return j


_JOINED = (("plus",), ("combined", "with"), ("together", "with"), ("followed", "by"))


def before_joined(tokens: list[Token], j: int, floor: int) -> int:
    """ "WAX PLUS clay lowered VAS", "WAX FOLLOWED BY clay": one group had both.

    The token before the first of them, where nothing but its name stands between `floor` and token
    j, the last before the second; else j.
    """
    for words in _JOINED:
        k = j - len(words)
        if k < floor or tuple(token.word for token in tokens[k + 1 : j + 1]) != words:
            continue
        names = tokens[floor : k + 1]
        if len(names) < 4 and all(t.kind == "w" and is_content(t.word) for t in names):
            return floor - 1
    return j
