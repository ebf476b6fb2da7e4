"""The left of two sides: "3.2 in right knees and 4.6 in LEFT KNEES", where "left" is no verb."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, LIMBS, word_set

#: A text without this, in small letters, tells of no left side.
MAYBE_LEFT = Clues(("left", r"left(?<!\wleft)(?:[ -]\w|:| =)"), words=word_set("left"))
_HEADED = word_set(": =")
_SIDED = LIMBS | GROUP | word_set("knee hip eye hand limb shoulder foot elbows wrists ankles")
_LEFT = "leftsided"
_RIGHT = "rightsided"


def spell_left(tokens: list[Token]) -> None:
    """Read "left" before a limb or a group as a name, where "right" stands before one too."""
    _spell_heads(tokens)
    sides = [k for k in range(len(tokens) - 1) if tokens[k + 1].word in _SIDED]
    if not any(tokens[k].word == "right" for k in sides):
        return
    for k in sides:
        if tokens[k].word == "left":
            tokens[k].word = tokens[k].raw = _LEFT


def _spell_heads(tokens: list[Token]) -> None:
    """ "VAS was: LEFT: 5.2 and RIGHT 3.8", "left = 5.2, right = 3.8": both are names there."""
    heads: dict[str, list[Token]] = {"left": [], "right": []}
    marked = False
    for k in range(1, len(tokens) - 2):
        if tokens[k].word in heads and tokens[k - 1].word in _AHEAD:
            mark = tokens[k + 1].word in _HEADED
            if tokens[k + 1 + mark].kind == "n":
                heads[tokens[k].word].append(tokens[k])
                marked = marked or mark
    if marked and all(heads.values()):
        for side, name in (("left", _LEFT), ("right", _RIGHT)):
            for token in heads[side]:
                token.word = token.raw = name


_AHEAD = word_set("and the : ; , (")


def left_printed(name: str) -> str:
    """ "leftsided knees" as "left knees"."""
    return name.replace(_LEFT, "left").replace(_RIGHT, "right")
