"""Short names of scales with an index printed low: "VAS" with "rest" or "week 4" is "VASrest"."""

from __future__ import annotations

import re

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token

_INDEX = (
    r"(rest|movement|moving|walking|standing|sitting|activity|night|day|max|min|mean|average|worst|"
    r"least|current|baseline|pre|post|week|month|year|hour)"
)
_GLUED = re.compile(rf"([A-Z]{{2,5}}){_INDEX}(\d{{1,3}})?")
# "MeanVAS score", "the NRSscore": the space was lost.
_UNSPACED = re.compile(r"([Mm]ean|[Mm]edian|[Aa]verage)?([A-Z]{3,5})(scores?)?")
# "58 patientsunderwent", "in the treatmentgroup": the space at the end of a line was lost.
_OF_LINES = re.compile(
    r"(patients|subjects|participants|treatment|control|cases)"
    r"(underwent|received|were|with|who|had|groups?)"
)
#: A text without these has no such names.
_PEOPLE_OR_PARTS = ("patients", "subjects", "participants", "treatment", "control", "cases")
_GLUED_BEHIND = ("underwent", "received", "were", "with", "who", "had", "group", "groups")
MAYBE_GLUED = Clues(
    *(
        (word, rf"{word}(?:underwent|received|were|with|who|had|groups?)\b")
        for word in _PEOPLE_OR_PARTS
    ),
    words=frozenset(word + behind for word in _PEOPLE_OR_PARTS for behind in _GLUED_BEHIND),
)
# Two capitals first: most capitals of a text are those of its sentences.
MAYBE_INDEXED = re.compile(
    rf"[A-Z][A-Z](?:(?<!\w[A-Z][A-Z])[A-Z]{{0,3}}{_INDEX}|[A-Z]score|(?<=[ne][A-Z][A-Z])[A-Z])"
)
_BEFORE_NUMBER = re.compile(r"(from|to|was|were|of|by|than|and|with)(\d+)", re.I)
_DATED = frozenset({"day", "week", "month", "year", "hour"})


def split_glued(tokens: list[Token]) -> list[Token]:
    """The tokens with "VASrest" as "VAS rest", "NRSweek6" as "NRS week 6", "MeanVAS" as two."""
    out: list[Token] = []
    for token in tokens:
        groups = _parts(token.raw) if token.kind == "w" else []
        if len(groups) < 2:
            out.append(token)
            continue
        start = token.start
        for text in groups:
            kind, value = ("n", float(text)) if text.isdigit() else ("w", 0.0)
            spaced = token.spaced if start == token.start else True
            end = start + len(text)
            out.append(Token(kind, start, end, text.lower(), value, spaced, "", text))
            start = end
    return out


def _parts(raw: str) -> list[str]:
    """What was printed as one word: a name and its index, or words whose space was lost."""
    match = _GLUED.fullmatch(raw)
    if match is not None and (match[3] is not None) != (match[2] in _DATED):
        return []
    match = match or _UNSPACED.fullmatch(raw) or _OF_LINES.fullmatch(raw)
    return [] if match is None else [text for text in match.groups() if text]


def split_numbers(tokens: list[Token]) -> list[Token]:
    """The tokens with "fell FROM138.2 to 96.1" as "FROM 138.2": the blank before it was lost."""
    out: list[Token] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        match = _BEFORE_NUMBER.fullmatch(token.raw) if token.kind == "w" else None
        point, decimals = tokens[k + 1 : k + 3] if match and k + 2 < len(tokens) else (None, None)
        if match is None or point is None or decimals is None or not _decimals(point, decimals):
            out.append(token)
            k += 1
            continue
        middle = token.start + len(match[1])
        word = f"{match[2]}.{decimals.raw}"
        out.append(
            Token("w", token.start, middle, match[1].lower(), 0.0, token.spaced, "", match[1])
        )
        out.append(Token("n", middle, decimals.end, word, float(word), True, "", word))
        k += 3
    return out


def _decimals(point: Token, digits: Token) -> bool:
    """Whether a point and digits follow without a blank, as in "from138.2"."""
    return point.word == "." and not point.spaced and digits.raw.isdigit() and not digits.spaced
