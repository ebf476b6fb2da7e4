"""Two groups of which one name holds the other: "the splint group, 4 in the night splint group"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.text.tokens import Token


def nested_groups(tokens: list[Token], b: int, phrases: list[Arm]) -> list[str]:
    """The names of a sentence's groups, where one holds another and each has numbers; else [].

    "Pulsed laser 3, rest 5, lower in the laser group": a name told again shorter, behind another
    group, is no group of its own.
    """
    names = [phrase.name for phrase in phrases]
    words = [words_of(name) for name in names]
    if len(set(names)) < len(names) or any(name.startswith("group ") for name in names):
        return []
    pairs = [(i, j) for i, one in enumerate(words) for j, two in enumerate(words) if one < two]
    if not pairs or not all(words) or any(i > j + 1 for i, j in pairs):
        return []
    if any(words[i] == words[j] for i in range(len(words)) for j in range(i)):
        return []
    ends = [*(phrase.first for phrase in phrases[1:]), b]
    gaps = [
        any(t.kind == "n" and t.mark is None for t in tokens[phrase.last : end])
        for phrase, end in zip(phrases, ends, strict=True)
    ]
    return names if all(gaps[:-1]) else []
