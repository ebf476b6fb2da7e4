"""Things that had moved, behind a score: "NRS was 2.1; ALBUMIN HAD RISEN TO 4.4" is no group."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.document import Document
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, names_people, word_set
from evergrove.reading.view import View

HAD = word_set("had has have")
# What numbers do, and people do not: no "improved", "gained", "lost".
_MOVED = word_set(
    "risen fallen sunk dropped climbed gone come closed declined grown shrunk crept slid moved "
    "doubled halved tripled dipped widened narrowed lengthened shortened slowed quickened sped "
    "increased decreased returned"
)
_WHERE_TO = word_set("to from by up down back")
_OPENS = word_set("; , and while whereas as when but that which")


def had_moved(tokens: list[Token], verb: int) -> bool:
    """Whether "had" at `verb` is said of a number: "had risen TO", "had come DOWN to"."""
    return (
        tokens[verb].word in HAD
        and tokens[verb + 1].word in _MOVED
        and tokens[verb + 2].word in _WHERE_TO
    )


def moved_thing(document: Document, view: View, values: list[Value], verb: int, arm: Arm) -> bool:
    """Whether the subject of "had" is a thing of its own behind the score of a named measure.

    Not people, no group that the text declares, and nothing whose own clause names a measure.
    """
    tokens = document.tokens
    if verb + 2 >= view.b or not had_moved(tokens, verb):
        return False
    words = {tokens[k].word for k in range(arm.first, arm.last)}
    if words & (PEOPLE | GROUP) or any(names_people(word) for word in words):
        return False
    if arm.arm is not None or declared_arm(arm.name, document.declared) is not None:
        return False
    opening = arm.first - 1 - (tokens[arm.first - 1].word in ("the", "mean", "median"))
    if opening <= view.a or tokens[opening].word not in _OPENS:
        return False
    end = next((k for k in range(verb, view.b) if tokens[k].word == ";"), view.b)
    told = any(m.key and m.last <= opening for m in view.mentions)
    named = any(m.key and opening <= m.first < end for m in view.mentions)
    return told and not named and any(value.last <= opening for value in values)
