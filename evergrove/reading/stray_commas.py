"""A decimal comma in a text that writes points elsewhere: "was 2,14 (SD 1.1) and 4.15 (SD 1.2)"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token
from evergrove.reading.words import STATE, word_set

#: A comma between one or two digits and two digits, as it may stand in a text without such.
MAYBE_COMMA = re.compile(r"(?<![\d.,])\d{1,2},\d\d(?![\d,]|\.\d)")
_LEADS = STATE | word_set("of from to by = : vs versus averaged mean median aged sd ±")
_BEHIND = word_set(
    "( [ ± . ; with for in at and vs versus to points point cm mm years before after"
)


def join_stray_commas(tokens: list[Token]) -> list[Token]:
    """ "the mean was 2,14 (1 to 6)": one number, where it is led and followed as a score is.

    A list ("groups 1,2 and 3", "[2,14]", "at 10,20 and 30 days") is none.
    """
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        if k + 2 < len(tokens) and _decimal(tokens, k) and out and out[-1].word in _LEADS:
            last = tokens[k + 2]
            word = f"{token.word}.{last.word}"
            raw = f"{token.raw},{last.raw}"
            out.append(Token("n", token.start, last.end, word, float(word), token.spaced, "", raw))
            k += 3
            continue
        out.append(token)
        k += 1
    return out


#: A decimal comma with the comma of a list behind it, in a text that writes decimal commas.
MAYBE_LISTED = re.compile(r"(?<![\d.,])\d+,\d{1,2},\s")
_LEADS_LISTED = (_LEADS - {"of"}) | word_set("< > se sem mean median and")


def join_listed_commas(tokens: list[Token]) -> list[Token]:
    """ "SD 1,3, 95% CI 6,4-8,0", "to 21,4 ± 11,8, respectively": the comma behind is of a list.

    Only behind a word or sign that leads a score, or behind another score: "days 1,2, and 3" stay.
    """
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        parts = tokens[k : k + 4]
        led = bool(out) and (out[-1].word in _LEADS_LISTED or getattr(out[-1].mark, "kind", ""))
        if led and len(parts) == 4 and _glued_decimal(parts):
            word = f"{token.word}.{parts[2].word}"
            raw = f"{token.raw},{parts[2].raw}"
            end = parts[2].end
            out.append(Token("n", token.start, end, word, float(word), token.spaced, "", raw))
            k += 3
            continue
        out.append(token)
        k += 1
    return out


def _glued_decimal(parts: list[Token]) -> bool:
    """ "1,3," with nothing between but the comma: a number and the comma of a list."""
    whole, comma, part, behind = parts
    glued = not (comma.spaced or part.spaced or behind.spaced)
    digits = whole.raw.isdigit() and part.raw.isdigit() and len(part.raw) < 3
    return glued and digits and comma.word == behind.word == ","


def _decimal(tokens: list[Token], k: int) -> bool:
    whole, comma, part = tokens[k : k + 3]
    if whole.kind != "n" or comma.word != "," or part.kind != "n" or len(part.raw) != 2:
        return False
    if comma.spaced or part.spaced or not (whole.raw.isdigit() and part.raw.isdigit()):
        return False
    behind = tokens[k + 3].word if k + 3 < len(tokens) else "."
    if behind == "and" and k + 4 < len(tokens):  # "of 10,12 and 14 nuns"
        return tokens[k + 4].kind != "n" or "." in tokens[k + 4].raw
    return len(whole.raw) < 3 and behind in _BEHIND
