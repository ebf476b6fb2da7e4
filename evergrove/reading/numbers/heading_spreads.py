"""A heading that says how the values below it are printed: "Pooled mean NRS [95% CI]." """

from __future__ import annotations

from evergrove.reading.declarations import Convention, spread_kind
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, STATE, VERBS, word_set

_MOST = 18
_LEVELS = (90, 95, 99)
_TOPS = (5, 10, 11, 20, 100)
_PLURALS = word_set("means medians averages")


def heading_spread(tokens: list[Token], a: int, b: int) -> Convention | None:
    """ "MEAN PAIN (10-point scale) [95% CI].": a short sentence without a verb or a value.

    It ends with the name of the spread in a bracket, and holds for all that follows.
    """
    end = b - 1 if tokens[b - 1].word == "." else b
    if b - a > _MOST or end - a < 4 or tokens[end - 1].word not in (")", "]"):
        return None
    words = {token.word for token in tokens[a:end]}
    if not words.isdisjoint(VERBS | STATE):
        return None
    centre = next((k for k in range(a, end) if tokens[k].word in CENTRES | _PLURALS), None)
    opened = next((k for k in range(end - 2, a, -1) if tokens[k].word in ("(", "[")), None)
    if centre is None or opened is None or centre > opened:
        return None
    inside = range(opened + 1, end - 1)
    told = [(k, kind) for k in inside if (kind := spread_kind(tokens, k)) is not None]
    if not told:
        return None
    level: int | None = None
    for k in range(a, end):
        token = tokens[k]
        if token.kind != "n" or token.flag == "ord":
            continue
        if k in inside and token.value in _LEVELS:
            level = int(token.value)
        elif token.value not in _TOPS and token.value not in (0, 1):
            return None
    name = "median" if tokens[centre].word.startswith("median") else "mean"
    place, kind = told[0]
    return Convention(name, kind, place, True, level)
