"""Courses of treatment counted in words: "after the 1st injection, ... after the 2nd" in full."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_SUFFIXES = word_set("st nd rd th")
_COURSES = word_set(
    "injection session procedure treatment block infiltration application intervention course "
    "cycle infusion round"
)
MAYBE_ORDER = Clues(
    *((f"{lead} the {nth}", rf"{lead} the {nth} ?(?:[a-z]+|\d|[,.(;])")
      for lead in ("after", "following") for nth in ("1st", "2nd", "first", "second")),
    words=_COURSES,
)  # fmt: skip
_ENDS = word_set(", ; . ( ) [ ] and or but it mean was were")


def name_courses(tokens: list[Token]) -> list[Token]:
    """The tokens with "after the 2ND" as "after the second injection", if two are told so.

    "4.8 after the FIRST INJECTION, 3.7 after the SECOND and 3.1 after the THIRD": what is
    left out is what the others are called. Not "after the first and second injection", a list.
    """
    found = {k: at for k in range(1, len(tokens) - 1) if (at := _nth(tokens, k)) is not None}
    nouns = {tokens[k + length].word for k, (_, length) in found.items()} & _COURSES
    if len(found) < 2 or len(nouns) != 1:
        return tokens
    noun = next(iter(nouns))
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        if k not in found:
            out.append(tokens[k])
            k += 1
            continue
        nth, length = found[k]
        first, last = tokens[k], tokens[k + length - 1]
        raw = "".join([token.raw for token in tokens[k : k + length]])
        out.append(Token("w", first.start, last.end, _ORDER[nth - 1], raw=raw))
        k += length
        if tokens[k].word != noun:
            out.append(Token("w", last.end, last.end, noun, raw=noun))
    return out


def _nth(tokens: list[Token], k: int) -> tuple[int, int] | None:
    """Which of several courses is told at token k, behind "after the", and in how many tokens."""
    lead = k - 1 - (tokens[k - 1].word == "the")
    if lead < 0 or tokens[lead].word not in ("after", "following"):
        return None
    token = tokens[k]
    if token.word in _ORDER:
        nth, length = _ORDER.index(token.word) + 1, 1
    elif token.kind == "n" and tokens[k + 1].word in _SUFFIXES and 0 < token.value <= len(_ORDER):
        nth, length = int(token.value), 2
    else:
        return None
    if k + length >= len(tokens):
        return None
    behind = tokens[k + length]
    if behind.word in _COURSES:
        return nth, length
    near = tokens[k + length : k + length + 4]
    listed = any(token.word in _ORDER or token.word in _SUFFIXES for token in near)
    ends = behind.kind == "n" or (behind.word in _ENDS and not (behind.word == "and" and listed))
    return (nth, length) if ends else None
