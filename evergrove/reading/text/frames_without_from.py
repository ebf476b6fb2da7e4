"""Scores at both ends of a fall whose "from" is left out: "VAS fell 7.1 ± 1.2 to 3.3 ± 1.4"."""

from __future__ import annotations

from evergrove.reading.text.arrows import behind_verb
from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token, close_bracket
from evergrove.reading.text.words import SCORE_UNITS, word_set

_MOVED = word_set(
    "fell dropped decreased declined diminished reduced improved increased rose changed worsened "
    "lowered"
)
MAYBE_BARE_FRAME = Clues(
    (
        " to ",
        rf"(?:{'|'.join(sorted(_MOVED))}):? \d[\d.]* ?(?:mm|cm|points?)? ?[±(\[][^;]{{1,40}} to \d",
    ),
    words=_MOVED,
)
_FAR = 12  # tokens of a bracket with a spread


def frames_without_from(tokens: list[Token]) -> None:
    """ "VAS fell 7.1 ± 1.2 TO 3.3 ± 1.4" is "fell FROM 7.1 ± 1.2": no fall by 7.1.

    Only where the same spread stands at both ends: "fell 3.8 (95% CI 3.1 to 4.5) to 3.3 (SD 1.4)"
    tells an amount and where it ended.
    """
    for k in range(len(tokens) - 2, 0, -1):
        if tokens[k].word != "to" or tokens[k + 1].kind != "n":
            continue
        first = behind_verb(tokens, k)
        shape = "" if first is None else _spread_at(tokens, first)
        if first is None or not shape or shape != _spread_at(tokens, k + 1):
            continue
        start = tokens[first].start
        tokens.insert(first, Token("w", start, start, "from", raw="from"))


def _spread_at(tokens: list[Token], k: int) -> str:
    """How "± 1.2", "(SD 1.2)", "[6-8]" behind the number at k begins; "" for a size or nothing."""
    k += 1 + (tokens[k + 1].word in SCORE_UNITS)
    if k + 1 >= len(tokens):
        return ""
    if tokens[k].word == "±":
        return "±" if tokens[k + 1].kind == "n" else ""
    close = close_bracket(tokens, k, min(len(tokens), k + _FAR)) if tokens[k].word in "([" else None
    inside = [] if close is None else tokens[k + 1 : close]
    if not any(token.kind == "n" for token in inside) or inside[0].word in ("p", "n", "="):
        return ""
    return tokens[k].word + (inside[0].word if inside[0].kind == "w" else str(len(inside)))
