"""Whether a text writes 5,1 for 5.1."""

from __future__ import annotations

import re

_COMMA_NUMBER = re.compile(r"(?<![\d.,])\d+,\d{1,2}(?![\d,]|\.\d)")
COMMA_DIGIT = re.compile(r",\d")
_COMMA_PAIR = re.compile(r"\d,\d{1,2}\s?±|±\s?\d+,\d")
# "from 52,2 (45-60) points to 63,1 (55-65)": twice or more, decimals beside points elsewhere.
_COMMA_FRAME = re.compile(
    r"\b(?:from|to|was|were|of)\s\d+,\d{1,2}(?![\d,])\s?(?:\(|\[|points?\b|mm\b|cm\b|to\b)"
    r"|\d,\d{1,2}\s?\((?:SD|SE|SEM)\s?[=:]?\s?\d+,\d"
)
_COMMA_SPREAD = re.compile(r"\b(?:SD|SE|SEM)\s?[=:]?\s?\d+,\d{1,2},\s")  # "SD = 1,7, range"
_COMMA_P = re.compile(r"\b[pP]\s?[=<>]\s?0,\d")  # "8,41 ... 3,58 (p=0,002)", and "0.25%"
# "7,1 (95% CI: 6,7-7,5)": no list, which has a blank behind its commas
_COMMA_LIMITS = re.compile(
    r"\d,\d{1,2}\s?[(\[][^()\[\]\d]{0,20}(?:95\s?%\s?CI)?[:=,]?\s?"
    r"\d+,\d{1,2}\s?[-\u2013;]\s?\d+,\d{1,2}[)\]]"
)


def writes_commas(norm: str) -> bool:
    """Whether a comma between digits is a decimal one in a text that has some."""
    if not (_COMMA_NUMBER.search(norm) or _COMMA_SPREAD.search(norm)):
        return False
    if _COMMA_PAIR.search(norm) or not re.search(r"\d\.\d", norm):
        return True
    framed = len(_COMMA_FRAME.findall(norm)) > 1
    return framed or bool(_COMMA_P.search(norm) or _COMMA_LIMITS.search(norm))
