"""What goes with one step of a predictor: "a 1-POINT INCREASE in NRS was ASSOCIATED WITH"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LINKS = {
    "associated": ("with", "to"), "corresponded": ("to", "with"), "corresponds": ("to", "with"),
    "translated": ("into", "to"), "equated": ("to", "with"), "predicted": (), "predicts": (),
}  # fmt: skip
#: A sentence without one of these tells no such step.
MAYBE_STEP = frozenset(_LINKS)
_ONE = word_set("a an one each every per")
_UNITS = word_set("unit point mm cm sd standard deviation grade level points units")
_MOVES = word_set("increase rise increment higher greater decrease lower reduction worse fall drop")
_COMPARED = word_set(
    "higher lower greater worse better less more smaller larger increase decrease reduction rise"
)
_STOPS = word_set(". ; : ( [")


def step_of_predictor(tokens: list[Token], a: int, b: int) -> int:
    """Where a sentence tells how much goes with one step of a predictor, or -1.

    "A ONE-UNIT INCREASE in baseline NRS was associated with a 2.4-point lower HOOS": no change of
    anybody. Not "a 2-point fall in NRS was associated with the wax, whereas ...".
    """
    for k in range(a + 3, b - 1):
        behind = _LINKS.get(tokens[k].word)
        if behind is None or (behind and tokens[k + 1].word not in behind):
            continue
        start = _step(tokens, a, k)
        if start >= 0 and _compares(tokens, k + 1, b):
            return start
    return -1


def _step(tokens: list[Token], a: int, link: int) -> int:
    """Where "a one-unit increase", "each 10-mm higher" begins before the link; -1 if none does."""
    start = next((m + 1 for m in range(link, a - 1, -1) if tokens[m].word in ".;:"), a)
    for m in range(start + 1, link):
        if tokens[m].word not in _MOVES or tokens[m - 1].word not in _UNITS:
            continue
        first = m - 1
        while first > start and (tokens[first].word in _UNITS or tokens[first].word == "-"):
            first -= 1
        amount = tokens[first].kind == "n" or tokens[first].word in _ONE
        if amount and first - start < 4:
            return start
    return -1


def _compares(tokens: list[Token], k: int, b: int) -> bool:
    """ "with a 2.4-POINT LOWER HOOS", "to 4.1 mm MORE pain": a number and its comparison."""
    for m in range(k, min(b, k + 12)):
        word = tokens[m].word
        if word == "," or word in _STOPS:
            return False
        if word in _COMPARED and any(tokens[j].kind == "n" for j in range(k, min(b, m + 5))):
            return True
    return False
