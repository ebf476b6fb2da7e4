"""How means are announced: "(M = 2.1, SD = 0.8)", "(mean, 2.1; SD, 0.8)"."""

from __future__ import annotations

import re

from evergrove.reading.tokens import Token
from evergrove.reading.words import UNIT_DAYS

MAYBE_ANNOUNCED = re.compile(
    r"[Mm(\[;:](?:(?<=[Mm])(?<!\w[Mm]) ?[=:]? ?[-−]?\d[\d.]*[,;]? ?(?i:SD)\b"
    r"|(?<=[(\[;:]) ?(?i:mean|median|SD), ?[-−]?\d)"
)
_NAMES = frozenset(("mean", "median", "sd"))


def spell_means(tokens: list[Token]) -> None:
    """Read the letter M as "mean", unless a group is M, and "(mean, 2.1 mm)" as "(mean = 2.1 mm)".

    Lengths of time are left: "at the last visit (mean, 30 months)".
    """
    for k in range(1, len(tokens) - 3):
        comma = tokens[k + 1].word == "," and tokens[k].word in _NAMES
        plain = tokens[k + 2].kind == "n" and tokens[k + 3].word not in UNIT_DAYS
        if comma and plain and tokens[k - 1].word in ("(", "[", ";", ":"):
            tokens[k + 1].word = "="
    letters = [k for k in range(1, len(tokens) - 3) if tokens[k].raw == "M"]
    if any(tokens[k - 1].word in ("group", "arm") for k in letters):
        return
    for k in letters:
        near = [token.word for token in tokens[k + 2 : k + 6]]
        if tokens[k].mark is None and "sd" in near:
            tokens[k].word = "mean"


_DELTAS = frozenset("Δδ∆")


def _split_deltas(tokens: list[Token]) -> None:
    """ "ΔNRS" is "change NRS": the letter apart from the name that it is glued to."""
    for k in range(len(tokens) - 1, -1, -1):
        token = tokens[k]
        if token.raw[0] in _DELTAS and (token.raw[1:].isupper() or token.raw[1:] == "pain"):
            middle = token.start + 1
            tokens[k : k + 1] = [
                Token("w", token.start, middle, "change", 0.0, token.spaced, "", token.raw[0]),
                Token("w", middle, token.end, token.word[1:], 0.0, False, "", token.raw[1:]),
            ]


def spell_deltas(tokens: list[Token]) -> None:
    """Read "(Δ = -2.4)" and "(Δ -2.4)" as "(change = -2.4)"; "mean delta in NRS" as its change."""
    _split_deltas(tokens)
    for k in range(1, len(tokens) - 2):
        token, ahead = tokens[k], tokens[k + 1]
        if token.word == "delta" and (ahead.raw.isupper() or ahead.word in ("in", "pain")):
            token.word = "change"
        if token.raw not in _DELTAS or tokens[k - 1].word not in ("(", "[", ";", ",", "mean"):
            continue
        if ahead.word in ("=", ":", "-") or ahead.kind == "n":
            token.word, token.kind = "change", "w"
