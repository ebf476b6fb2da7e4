"""How means are announced: "(M = 2.1, SD = 0.8)", "(mean, 2.1; SD, 0.8)"."""

from __future__ import annotations

import re

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import UNIT_DAYS

MAYBE_ANNOUNCED = re.compile(
    r"[Mm(\[;:](?<!\w[Mm])(?:(?<=[Mm]) ?[=:]? ?[-−]?\d[\d.]*[,;]? ?(?i:SD)\b"
    r"|(?<=M) ?[=:] ?\d+\.\d"
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
    sexes = any(token.raw == "F" for token in tokens)
    named = any(tokens[k + 1].word in _OF_GROUPS for k in letters)
    for k in letters:
        near = [token.word for token in tokens[k + 2 : k + 6]]
        if tokens[k].mark is not None:
            continue
        # "fell from M = 7.1 to M = 3.2"; but "(M = 12, F = 15)", and "M (n = 20), P (n = 21)"
        alone = tokens[k + 1].word in ("=", ":") and tokens[k + 2].kind == "n"
        if "sd" in near or (alone and "." in tokens[k + 2].word and not (sexes or named)):
            tokens[k].word = "mean"


#: A text without this, in small letters, writes no median in short. (It begins with a plain letter
#: and no sign for the edge of a word, so that it is found many times faster.)
MAYBE_SHORT_MEDIAN = re.compile(r"m(?<!\wm)(?:dns?\b|e?d\.? ?[=:(])")


def spell_medians(tokens: list[Token]) -> None:
    """Read "(Mdn = 3)" as "(median = 3)", and "(Md = 3, n = 30)" where the sign follows.

    "MD = 3" is a mean difference; "Med" in front of no sign may be any name.
    """
    for k in range(1, len(tokens) - 2):
        word, raw = tokens[k].word.rstrip("."), tokens[k].raw
        signed = tokens[k + 1].word in ("=", ":") and tokens[k + 2].kind == "n"
        if word in ("mdn", "mdns") or (signed and (word == "med" or raw.rstrip(".") == "Md")):
            tokens[k].word, tokens[k].kind, tokens[k].mark = "median", "w", None


_OF_GROUPS = frozenset(("group", "arm", "(", ",", "and"))
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
            sign = tokens[k + 2]
            if sign.word == "-" and k + 3 < len(tokens) and tokens[k + 3].kind == "n":
                sign.spaced, tokens[k + 3].spaced = True, False  # "(delta VAS - 7.6)"
        if token.word == "delta" and ahead.word == "=" and tokens[k - 1].word in ("(", "["):
            before = range(k - 1, 0, -1)
            start = next((m for m in before if tokens[m].word == "."), 0)
            near = {one.word for one in tokens[start:k]}
            if not near.isdisjoint(_SET_AGAINST):
                # "lower with wax compared to clay (DELTA = -14.6)": between the two of them
                token.word, token.kind = "difference", "w"
                continue
        if token.raw not in _DELTAS or tokens[k - 1].word not in ("(", "[", ";", ",", "mean"):
            continue
        if ahead.word in ("=", ":", "-") or ahead.kind == "n":
            token.word, token.kind = "change", "w"


_SET_AGAINST = frozenset(("compared", "than", "versus", "vs"))


def spell_variations(tokens: list[Token]) -> None:
    """Read "the VARIATION between the final and initial VAS was -4.4" as "the change".

    Not "a wide variation in VAS", "the coefficient of variation".
    """
    for k in range(1, len(tokens) - 1):
        plural = tokens[k].word == "variations"
        if not (plural or tokens[k].word == "variation") or tokens[k].mark is not None:
            continue
        if tokens[k - 1].word in _VARIED and tokens[k + 1].word in _OF_VARIATION:
            tokens[k].word = "changes" if plural else "change"


_VARIED = frozenset(
    ("the", "mean", "average", "median", "vas", "nrs", "score", "scores", "pain", "their")
)
_OF_VARIATION = frozenset(("between", "in", "of", "from", "was", "were", "at"))


def spell_interval_headed(tokens: list[Token]) -> None:
    """ "THE 95% CI WAS 14.4 (5.7-23.2)" as "the difference was 14.4 (5.7-23.2)": its centre.

    Not "the 95% CI was 5.7 to 23.2", which is told without one.
    """
    for k in range(len(tokens) - 7, 1, -1):
        headed = tokens[k].word == "ci" and tokens[k + 1].word in ("was", "is")
        if not headed or tokens[k - 1].word != "%" or tokens[k - 2].kind != "n":
            continue
        ahead = tokens[k + 2 : k + 7]
        numbers = all(token.kind == "n" for token in ahead[::2])
        if numbers and ahead[1].word == "(" and ahead[3].word in ("-", "–", "to", ","):
            tokens[k].word = tokens[k].raw = "difference"
            del tokens[k - 2 : k]
