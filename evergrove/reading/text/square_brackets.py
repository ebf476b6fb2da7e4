"""Brackets of one form: "wax [n = 20] or clay [n = 21]" has round ones, "7 {6-8}" square ones."""

from __future__ import annotations

import re

_BRACED = re.compile(r"\{(\s?[-+±−]?(?:\d|IQR|SD|SE|CI|range)[^{}\n]*)\}")
_BRACKET = re.compile(r"[][()]")
_INNER = re.compile(r"[\[(][^][()]*[\])]")
# More than an interval, "2.4 to 3.8; P < 0.01": words first, a share, a visit
_WORDS = re.compile(
    r"[A-Za-z\u0394]|[\d.]+\s?%$|\d+/\d+$"
    r"|.*\b(?!to\b|and\b|or\b|mm\b|cm\b|points\b)[a-z]{2,}\b",
    re.S,
)
# One number, not the mark of a reference
_NUMBER = re.compile(
    r"[+\u2212-]?\d+(?:\.\d+|\.?\d*\s(?:mm|cm|points?))(?:\s*[,;]?\s*[Pp]\s?[<=>].*)?$", re.S
)
# "values are medians [IQR]" says what the bare square brackets of the text hold
_DECLARES = re.compile(
    r"(?:IQRs?|interquartile|inter-quartile|range|min|minimum|quartiles?|SDs?|SEM?s?|standard|"
    r"CIs?|confidence|percentiles?|Q1|p25)\b",
    re.I,
)
_DIGIT = re.compile(r"\d")


def one_form(norm: str) -> str:
    """The text with one form of brackets for one thing; of the same length."""
    if "{" in norm:
        norm = _BRACED.sub(r"[\1]", norm)  # "7 {6-8}", "median {IQR}"
    return _round_words(norm) if "[" in norm else norm


def _round_words(norm: str) -> str:
    """The text with "[n = 20]", "[SD 1.2]", "[the wax group]" in round brackets.

    Only where the bracket stands in no other and holds more than an interval: "3.1 [2.4-3.8]" and
    "(3.1 [SD 1.2])" stay. The length of the text stays, too.
    """
    pairs: list[tuple[int, int, str]] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(norm):
        k = match.start()
        if norm[k] in "[(":
            opened.append(k)
        elif opened:
            first = opened.pop()
            if not opened and norm[first] + norm[k] == "[]":
                pairs.append((first, k, _INNER.sub("", norm[first + 1 : k]).strip()))
    declared = any(_declares(inside) for *_, inside in pairs)
    out = list(norm)
    for first, last, inside in pairs:
        words = _WORDS.match(inside) and not _declares(inside)
        if words or (not declared and _NUMBER.match(inside)):
            out[first], out[last] = "(", ")"
    return "".join(out)


def _declares(inside: str) -> bool:
    return _DECLARES.match(inside) is not None and not _DIGIT.search(inside)
