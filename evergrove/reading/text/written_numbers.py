"""Numbers written out in words, as one token each."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
NUMBER_WORDS = UNITS.keys() | TENS.keys() | {"dozen"}


_MULTIPLES = frozenset({"hundred", "thousand", "dozen"})


def number_words(tokens: list[Token]) -> list[Token]:
    """Numbers written out become one number token: "Two hundred and forty-three" is 243."""
    out: list[Token] = []
    done = 0
    for index in [at for at, token in enumerate(tokens) if token.word in NUMBER_WORDS]:
        if index < done or tokens[index].kind != "w" or _zero_of_name(tokens, index):
            continue
        out += tokens[done:index]
        value, done = _read_words(tokens, index)
        first, last = tokens[index], tokens[done - 1]
        text = " ".join(t.word for t in tokens[index:done])
        out.append(
            Token("n", first.start, last.end, text, float(value), first.spaced, "word", text)
        )
    return out + tokens[done:] if done else tokens


def _zero_of_name(tokens: list[Token], index: int) -> bool:
    """ "a ZERO-profile device", "Zero-P": a part of a name, and no number."""
    if tokens[index].word != "zero" or index + 2 >= len(tokens):
        return False
    dash, word = tokens[index + 1], tokens[index + 2]
    joined = dash.word == "-" and not dash.spaced and not word.spaced and word.kind == "w"
    return joined and word.word not in ("to", "point", "pain") and word.word not in NUMBER_WORDS


def _read_words(tokens: list[Token], index: int) -> tuple[int, int]:
    """Value and end of the number written out that begins at `index`."""
    total, value, stop = 0, 0, index
    at = index
    room = "hundred"  # what may still follow: a full group, tens and units, or units
    while at < len(tokens):
        word = tokens[at].word
        if word in TENS and room in ("hundred", "tens"):
            value, room = value + TENS[word], "units"
        elif word in UNITS and (room != "units" or 0 < UNITS[word] < 10):
            value, room = value + UNITS[word], "none"
        elif word == "dozen":
            value, room = 12 * max(value, 1), "none"
        elif word == "hundred" and 0 < value < 10:
            value, room = 100 * value, "tens"
            stop = at + 1
            at += 1
            continue
        elif word == "thousand" and value:
            total, value, room = total + 1000 * value, 0, "hundred"
        elif word in ("-", "and") and at > index and at + 1 < len(tokens):
            if word == "-" and (skipped := _hyphens(tokens, at, room, value)):
                at += skipped
                continue
            joins = (word == "-" and room == "units") or (word == "and" and room == "tens")
            if not (joins and tokens[at + 1].word in NUMBER_WORDS):
                break
            at += 1
            continue
        else:
            break
        at += 1
        stop = at
        if room == "none" and not (at < len(tokens) and tokens[at].word in _MULTIPLES):
            if at < len(tokens) and _hyphens(tokens, at, room, value):
                continue
            break
    return total + value, stop


def _hyphens(tokens: list[Token], at: int, room: str, value: int) -> int:
    """How many tokens join two words of a number at `at`: the hyphens and the "and" of it.

    "TWO-HUNDRED and five", "two-hundred-AND-five", "one-hundred-FIVE".
    """
    if tokens[at].word != "-" or at + 1 >= len(tokens):
        return 0
    behind = tokens[at + 1].word
    if behind in ("hundred", "thousand"):
        return int(0 < value < 10 or behind == "thousand")
    k = at + 1
    while k < min(len(tokens), at + 3) and tokens[k].word in ("and", "-"):
        k += 1
    number = room == "tens" and k < len(tokens) and tokens[k].word in NUMBER_WORDS
    return k - at if number else 0
