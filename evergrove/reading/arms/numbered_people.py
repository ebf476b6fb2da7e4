"""People told of one by one: "In case 1 VAS fell from 8 to 3. In case 2 it fell from 7 to 4"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, word_set

NUMBERED = word_set("case patient")
_LEADS = word_set("in of for with and ( : ; , .")


def numbered_people(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """ "IN CASE 1 the score was 8": a person with a number is a group of his own.

    Where the text numbers two or more of one kind; not "case 1 patients" or "patient 5 times".
    """
    found = [Arm(k, k + 2, _name(tokens, k), 3) for k in range(a, b - 1) if _named(tokens, k, a)]
    if not found:
        return found
    every = {_name(tokens, k) for k in range(len(tokens) - 1) if _named(tokens, k, 0)}
    heads = {name.split()[0] for name in every}
    return found if len(every) > 1 and len(heads) == 1 else []


def _name(tokens: list[Token], k: int) -> str:
    return f"{tokens[k].word} {tokens[k + 1].word}"


def _named(tokens: list[Token], k: int, a: int) -> bool:
    token = tokens[k]
    if token.word not in NUMBERED or (k > a and tokens[k - 1].word not in _LEADS):
        return False
    number = tokens[k + 1]
    if number.kind != "n" or number.flag or number.mark is not None or "." in number.word:
        return False
    if not 1 <= number.value < 20 or not number.spaced:
        return False
    after = tokens[k + 2] if k + 2 < len(tokens) else None
    if after is None:
        return True
    return not (
        after.word in UNIT_DAYS or after.word in PEOPLE or after.word in ("of", "/", "%", "-", "mg")
    )
