"""The declared group that a phrase of a sentence names."""

from __future__ import annotations

from typing import Any

from evergrove.reading.arms.arms import (
    TOGETHER,
    gives_both,
    initials,
    is_inert,
    of_with_or_without,
    part_of_short_name,
    words_of,
)
from evergrove.reading.arms.hyphened_heads import only_head
from evergrove.reading.arms.ways_given import hits_of
from evergrove.reading.declarations import Declared
from evergrove.reading.measures.lexicon import stem
from evergrove.reading.text.words import word_set


def _had_none(name: str) -> bool:
    """Whether the name of a group says that it lacked something: "no balm", "rest without balm"."""
    return not _LACKING.isdisjoint(name.lower().replace("-", " ").split())


def _opposed(one: str, other: str) -> bool:
    """ "EARLY surgery", "LATE surgery": two groups that share a word, and not one."""
    first, second = (set(name.lower().replace("-", " ").split()) for name in (one, other))
    return any(_OPPOSITES.get(word) in second - first for word in first - second)


_PAIRED = (("early", "late"), ("high", "low"), ("short", "long"), ("single", "double"))
_OPPOSITES = {one: two for pair in _PAIRED for one, two in (pair, pair[::-1])}
_LACKING = word_set("no non not none without control controls untreated")


def declared_arm(name: str, declared: Declared) -> Any:
    """The declared group that a phrase names: by its letter, or by most shared telling words."""
    if name.startswith("group "):
        letter = name.split()[-1]
        for arm in declared.arms:
            if arm.letter == letter or letter in arm.aliases:
                return arm
        hit = declared.index.get(stem(letter.lower()))
        return declared.arms[hit] if hit is not None else None
    if name.startswith("without "):
        named = f"no {name[8:]}"
        none = [arm for arm in declared.arms if arm.name.replace("-", " ") == named]
        last = name.split()[-1]
        none = none or [
            arm for arm in declared.arms if arm.name.startswith("no ") and arm.name.endswith(last)
        ]
        if len(none) == 1:
            return none[0]
    if (one := of_with_or_without(name, declared.arms)) is not None:
        return one
    if len(name) == 1 and f"={name}" in declared.index:
        return declared.arms[declared.index[f"={name}"]]  # "the R group"
    words = words_of(name)
    hits = hits_of(words, declared.arms, declared.index)
    if not hits:
        # "the metastatic subgroup" for "31 with metastases": the same root.
        hits = {
            number
            for word in words
            if len(word) >= 7
            for known, number in declared.index.items()
            if len(known) >= 7 and word[:6] == known[:6]
        }
    if len(hits) == 1:
        hit = declared.arms[hits.pop()]
        if name.lower().startswith("no ") and not _had_none(hit.name):
            return None  # "the NO BALM group" is not the one that had balm
        if _opposed(name, hit.name) or (len(declared.arms) == 1 and only_head(name, hit.name)):
            return None
        return None if part_of_short_name(name, hit) else hit
    equal = [arm for arm in declared.arms if words and words == arm.words]
    if len(equal) == 1:
        return equal[0]
    told = [arm for arm in declared.arms if arm.called and {arm.called} == words]
    if not hits and len(told) == 1:
        return told[0]  # "the study group" behind "wax (STUDY GROUP, 63)"
    if not hits and words & _ACTIVE_WORDS and len(declared.arms) == 2:
        # "active patches" beside a placebo: the other of the two groups.
        inert = _inert(declared)
        others = [arm for arm in declared.arms if arm not in inert]
        return _called(others[0], name) if len(inert) == 1 else None
    if not hits and words and words <= _CONTROLS and len(declared.arms) == 2:
        # "controls" beside "conventional analgesics (n = 82)"
        inert = _inert(declared)
        return _called(inert[0], name) if len(inert) == 1 else None
    if not hits and words and words <= TOGETHER:
        # "the combined group": the one declared group that was given two things.
        both = [arm for arm in declared.arms if gives_both(arm.name) or arm.name == "both"]
        return _called(both[0], name) if len(both) == 1 else None
    if name.isupper() and len(name) > 1:
        # "PRP" for "platelet-rich plasma", though no bracket says so.
        spelt = [arm for arm in declared.arms if initials(arm.name) == name.lower()]
        return spelt[0] if len(spelt) == 1 else None
    return None


def _inert(declared: Declared) -> list[Any]:
    """The declared groups that were given nothing, a sham, or what is usual."""
    return [arm for arm in declared.arms if is_inert(arm)]


_ACTIVE_WORDS = word_set("active verum real experimental intervention study")
_CONTROLS = word_set("control comparator")


def _called(arm: Any, name: str) -> Any:
    """A declared group with the other name that the results give it."""
    arm.called = arm.called or name
    return arm
