"""Kinds that a number tells apart: "type 1 gout" and "type 2 gout", "grade 1 and grade 2 tears"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import is_content, names_people, word_set

#: A text without this has no such kinds.
MAYBE_NUMBERED = Clues(
    *(
        (f"{end} ", rf"{end} (?<=\b{first}{end} )(?:[0-4]|I{{1,3}}|IV)\b")
        for first, end in (("[Tt]", "ype"), ("[Gg]", "rade"), ("[Ss]", "tage"))
    ),
    words=word_set("type grade stage"),
)
_NUMBERS = {
    "0": "0", "1": "1", "2": "2", "3": "3", "4": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4",
}  # fmt: skip
_JOINED = re.compile(r"\b([Tt]ype|[Gg]rade|[Ss]tage)([0-4]|I{1,3}|IV)\b")
_MAYBE_JOINED = Clues("ype", "rade", "tage")
_GRADES = word_set("grade stage")
_LEADS = word_set("with of in for among the and or vs versus than ( a")
_JOINS_GRADES = word_set("and or versus vs than")
# "In grade 1 tears": what has the grade; not "in grade 1 had", "grade 1 to"
_NO_THING = word_set("evidence recommendation toxicity toxicities adverse event events or higher")


def join_types(tokens: list[Token]) -> list[Token]:
    """The tokens with "type 1" as one word, where type 1 and type 2 both stand twice.

    So "grade 1" and "stage 1", where another grade stands in the text likewise and both before
    what has it: "with GRADE 1 tears ... with GRADE 2 tears".
    """
    told = [
        _NUMBERS[tokens[k + 1].word]
        for k in range(len(tokens) - 1)
        if tokens[k].word == "type" and tokens[k + 1].word in _NUMBERS
    ]
    types = min(told.count("1"), told.count("2")) >= 2
    graded = [k for k in range(1, len(tokens) - 2) if _names_a_grade(tokens, k)]
    if len({(tokens[k].word, _NUMBERS[tokens[k + 1].word]) for k in graded}) < 2:
        graded = [k for k in graded if _had(tokens, k)]  # "patients with GRADE 1 tears"
    if not (types or graded):
        return tokens
    joined = {k for k in range(len(tokens) - 1) if types and tokens[k].word == "type"} | set(graded)
    out: list[Token] = []
    for k, token in enumerate(tokens):
        if k - 1 not in joined or token.word not in _NUMBERS:
            out.append(token)
            continue
        first = out.pop()
        raw = first.raw + token.raw
        out.append(Token("w", first.start, token.end, raw.lower(), 0.0, first.spaced, "", raw))
    return out


def _names_a_grade(tokens: list[Token], k: int) -> bool:
    """ "in GRADE 1 tears", "with GRADE 2 tears"; not "fell to grade 1"."""
    number = tokens[k + 1]
    if tokens[k].word not in _GRADES or number.word not in _NUMBERS or not number.spaced:
        return False
    if tokens[k - 1].word not in _LEADS and tokens[k - 1].kind != "n":
        return False
    behind = tokens[k + 2]
    if behind.word in _JOINS_GRADES and k + 5 < len(tokens) and tokens[k + 3].word in _GRADES:
        return _names_a_grade(tokens, k + 3)  # "with GRADE 1 AND grade 2 tears"
    named = behind.kind == "w" and is_content(behind.word) and behind.word not in _NO_THING
    return named and len(behind.word) > 2


def _had(tokens: list[Token], k: int) -> bool:
    """Whether people are told by the grade: "patients WITH grade 1 tears"."""
    return tokens[k - 1].word == "with" and names_people(tokens[k - 2].word)


def types_printed(name: str) -> str:
    """ "type1 gout" as "type 1 gout"."""
    return _JOINED.sub(r"\1 \2", name) if _MAYBE_JOINED.within(name) else name
