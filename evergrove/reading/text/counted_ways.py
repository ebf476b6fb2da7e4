"""Ways to treat that a number tells apart: "ONE-LAYER 2.7 vs TWO-LAYER 3.9" are two groups."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.hidden_signs import hidden
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS, is_content, word_set

#: A text without this has no such names.
MAYBE_WAYS = Clues(
    *((f"{end}-", rf"\b{first}{end}-[a-z]{{3}}") for first, end in (
        ("[Tt]", "wo"), ("[Tt]", "hree"), ("[Ff]", "our"), ("[Mm]ul", "tiple"), ("[Dd]", "ouble"),
        ("", "2"), ("", "3"), ("", "4"),
    ))
)  # fmt: skip
_ONE = word_set("one single 1")
_SEVERAL = word_set("two three four multiple double 2 3 4")
# "a two-sided test", "a one-way analysis", "a three-point scale": no way to treat
_NO_WAY = UNIT_DAYS.keys() | word_set(
    "point points sided tailed way sample dimensional item items factor fold digit phase armed arm "
    "group groups center centre blind blinded blinding masked step steps stepped level part thirds "
    "quarters third fold min mins minute minutes second seconds cm mm mg ml kg mcg g h hr hrs "
    "daily weekly monthly yearly season species person people patient"
)


def join_ways(tokens: list[Token]) -> list[Token]:
    """The tokens with "two-layer" as one word, where "one-layer" or "single-layer" stands, too.

    Ahead of a number ("TWO-LAYER 3.9") the number in the name would be one of two values.
    """
    found = {k: tokens[k + 2].word for k in range(len(tokens) - 2) if _told(tokens, k)}
    ones = {noun for k, noun in found.items() if tokens[k].word in _ONE}
    more = {noun for k, noun in found.items() if tokens[k].word in _SEVERAL}
    both = ones & more
    if not both:
        return tokens
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        if found.get(k) in both:
            first, last = tokens[k], tokens[k + 2]
            raw = first.raw + hidden("-") + last.raw
            out.append(Token("w", first.start, last.end, raw.lower(), 0.0, first.spaced, "", raw))
            k += 3
            continue
        out.append(tokens[k])
        k += 1
    return out


def _told(tokens: list[Token], k: int) -> bool:
    """Whether "two-layer" begins at token k, of a number and a plain noun with no more behind."""
    if tokens[k].word not in _ONE and tokens[k].word not in _SEVERAL:
        return False
    sign, noun = tokens[k + 1], tokens[k + 2]
    if sign.word != "-" or sign.spaced or noun.spaced or noun.kind != "w":
        return False
    joined = k + 3 < len(tokens) and tokens[k + 3].word == "-" and not tokens[k + 3].spaced
    return not joined and is_content(noun.word) and noun.word not in _NO_WAY and len(noun.word) > 2
