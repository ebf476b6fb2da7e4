"""A second mean and SD told as the first: "5.1 (SD 1.4) ..., against 3.2 AND 1.3, RESPECTIVELY"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_SD = word_set("sd sds sem se")
_DEVIATION = ["standard", "deviation"]
_JOINS = word_set("against versus vs while whereas and compared but")
MAYBE_SPREAD_AGAIN = Clues("respectively", words=word_set("respectively"))


def spreads_again(tokens: list[Token]) -> None:
    """ "5.1 with an SD of 1.4, against 3.2 AND 1.3, RESPECTIVELY" is "3.2 (SD 1.3)".

    Only where the sentence names one spread, with its mean, and tells no more than two numbers
    behind it, each of them like those of the first: the mean is the larger in both pairs.
    """
    for last in range(len(tokens) - 1, 6, -1):
        if tokens[last].word != "respectively":
            continue
        two = last - 1 - (tokens[last - 1].word == ",")
        one = two - 2
        pair = tokens[two].kind == tokens[one].kind == "n" and tokens[one + 1].word == "and"
        if not pair or not all("." in tokens[k].word for k in (one, two)):
            continue
        start = _start(tokens, one)
        told = [k for k in range(start, one) if tokens[k].kind == "n" and "." in tokens[k].word]
        if len(told) != 2 or not _spread(tokens, *told) or not _led(tokens, told[1], one):
            continue
        mean, sd, mean2, sd2 = (tokens[k].value for k in (*told, one, two))
        if not (mean > sd and mean2 > sd2 and sd2 < 3 * sd and sd < 3 * sd2):
            continue
        at = tokens[two].start
        closed = tokens[two].end
        tokens[one + 1 : last + 1] = [
            Token("s", at, at, "(", raw="("),
            Token("w", at, at, "sd", raw="SD"),
            tokens[two],
            Token("s", closed, closed, ")", raw=")"),
        ]


def _start(tokens: list[Token], k: int) -> int:
    """The first token of the sentence of token k."""
    while k > 0 and tokens[k - 1].word != ".":
        k -= 1
    return k


def _spread(tokens: list[Token], mean: int, sd: int) -> bool:
    """Whether "SD" or "standard deviation" stands between a mean and the number behind it."""
    words = [token.word for token in tokens[mean + 1 : sd]]
    named = not _SD.isdisjoint(words) or any(
        words[k : k + 2] == _DEVIATION for k in range(len(words))
    )
    return named and len(words) < 7


def _led(tokens: list[Token], k: int, one: int) -> bool:
    """Whether a word that sets one group against another stands between the two pairs."""
    words = {token.word for token in tokens[k + 1 : one]}
    return not words.isdisjoint(_JOINS)
