"""Names of two words of which the first tells it from another group: "the SHAM-wax group"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token


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
