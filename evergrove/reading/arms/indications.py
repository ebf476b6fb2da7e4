"""Phrases that tell of everybody: "AFTER SURGERY FOR SCIATICA", "WITH OR WITHOUT FUSION"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import DETERMINERS, is_content, word_set

_LEADS = word_set("after following before undergoing underwent since despite")


def without_indication(tokens: list[Token], a: int, slots: list[Arm]) -> list[Arm]:
    """The phrases of a sentence without the one that tells why a treatment was given.

    "At 2 years AFTER A FUSION FOR SCIATICA pain was 3.1": no group, as long as the sentence has no
    other phrase behind "for". Nor is one that goes on as the name of a pain: "taping FOR PLANTAR
    heel pain left a VAS of 3".
    """
    told = [slot for slot in slots if slot.slot == "for"]
    if len(told) != 1:
        return slots
    start = told[0].first
    if tokens[start].word != "for":
        return slots
    if told[0].arm is None and told[0].strength == 1 and _of_a_pain(tokens, told[0].last):
        return [slot for slot in slots if slot is not told[0]]
    k = start - 1
    while k > a and start - k < 9 and tokens[k].word not in _LEADS:
        word = tokens[k].word
        named = tokens[k].kind == "w" and (is_content(word) or word in DETERMINERS)
        if not named and word != "-":
            return slots
        k -= 1
    if tokens[k].word not in _LEADS or k == start - 1:
        return slots
    return [slot for slot in slots if slot is not told[0]]


def _of_a_pain(tokens: list[Token], k: int) -> bool:
    """Whether a pain and its place stand at k: the words before tell of what kind it is."""
    while k < len(tokens) and getattr(tokens[k].mark, "kind", "") == "qualifier":
        k += 1
    # "for arthritic HAND pain": a place that the profile does not list
    k += k + 1 < len(tokens) and tokens[k].mark is None and tokens[k].kind == "w"
    return k < len(tokens) and is_measure(tokens[k])


def without_either(tokens: list[Token], slots: list[Arm]) -> list[Arm]:
    """The phrases of a sentence without "without" where "with or" stands right before it.

    "Pain fell after decompression WITH OR WITHOUT FUSION": all of them, and no group.
    """
    return [slot for slot in slots if slot.slot not in _OF_SLOTS or not _either(tokens, slot)]


def _either(tokens: list[Token], slot: Arm) -> bool:
    k = next((k for k in range(slot.last - 1, slot.first - 2, -1) if _lacks(tokens, k)), 1)
    return k > 1 and tokens[k - 1].word in ("and", "or") and tokens[k - 2].word == "with"


def _lacks(tokens: list[Token], k: int) -> bool:
    return k >= 0 and tokens[k].word == "without"


_OF_SLOTS = ("without", "subject")
