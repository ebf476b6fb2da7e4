"""A number that results are judged by, in a bracket behind its name: "the MCID (15 mm)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: Names of numbers that results are judged by.
YARDSTICKS = word_set("threshold cutoff cut-off mcid mid margin yardstick")
#: What the smallest fall that counts is called: "the SMALLEST MEANINGFUL reduction".
LEAST = word_set("smallest least minimum minimal lowest")
WORTH = word_set("meaningful important relevant detectable worthwhile perceptible noticeable")
_DIFFERENCES = word_set("difference change improvement reduction")
_LEAST = (LEAST | {"minimally"}) - {"lowest"}
#: Their thresholds are measured: "the pressure pain threshold was 3.1".
NO_YARDSTICK = word_set("pain pressure detection heat cold tolerance sensory electrical")


def yardstick_bracket(tokens: list[Token], i: int) -> bool:
    """Whether the number at i stands alone in a bracket behind the name of a yardstick.

    "Without reaching a relevant THRESHOLD (20 mm)", "below the MINIMAL important DIFFERENCE (15)".
    """
    if i < 3 or tokens[i - 1].word not in ("(", "["):
        return False
    k = i + 1
    while k < len(tokens) and k - i < 4 and tokens[k].kind == "w":
        k += 1
    if k >= len(tokens) or tokens[k].word not in (")", "]"):
        return False
    name = tokens[i - 2].word
    before = [tokens[m].word for m in range(max(0, i - 7), i - 2)]
    if name in _DIFFERENCES:
        return not _LEAST.isdisjoint(before)
    if name == "off":
        return tokens[i - 3].word == "-" and tokens[i - 4].word == "cut"
    return name in YARDSTICKS and NO_YARDSTICK.isdisjoint(before[-2:])


def has_own_number(tokens: list[Token], last: int, b: int) -> bool:
    """Whether the name of a yardstick that ends before `last` has its number in a bracket."""
    return any(
        tokens[k].kind == "n" and yardstick_bracket(tokens, k)
        for k in range(last, min(b, last + 4))
    )
