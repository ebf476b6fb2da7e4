"""People without what others had: "3.2 in patients with leaks and 4.6 in those WITHOUT LEAKS"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    THOSE,
    names_people,
    word_set,
)

#: "without complications" alone tells how it went, and names no group.
NOTHING = word_set(
    "complication complications difference differences change changes event events evidence "
    "recurrence effect effects loss improvement leak leaks deaths problems"
)


def others_have(tokens: list[Token], without: int, last: int) -> bool:
    """Whether people "with" the noun before `last` are told of too, as those "without" it are."""
    if tokens[without].word != "without" or not _people(tokens, without - 1):
        return False
    noun = tokens[last - 1].word
    return any(
        tokens[k].word == "with"
        and _people(tokens, k - 1)
        and any(token.word == noun for token in tokens[k + 1 : k + 4])
        for k in range(1, len(tokens) - 1)
    )


def _people(tokens: list[Token], k: int) -> bool:
    return k >= 0 and (tokens[k].word in THOSE or names_people(tokens[k].word))


def without_conditions_had(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks but those of what some people had and others had not, where both are told of.

    "patients WITH LEAKS ... patients WITHOUT LEAKS": who they were, and no other outcome.
    """
    led: dict[str, set[str]] = {}
    for mark in marks:
        if _had(tokens, mark):
            led.setdefault(tokens[mark.last - 1].word, set()).add(tokens[mark.first - 1].word)
    both = {noun for noun, leads in led.items() if len(leads) == 2}
    kept = []
    for mark in marks:
        if both and _had(tokens, mark) and tokens[mark.last - 1].word in both:
            for k in range(mark.first, mark.last):
                tokens[k].mark = None
        else:
            kept.append(mark)
    return kept


def _had(tokens: list[Token], mark: Mark) -> bool:
    """ "patients WITH leaks", "those WITHOUT complications", "18 WITH depression"."""
    if mark.kind not in ("other", "veto") or mark.first < 2:
        return False
    lead = mark.first - 1
    before = tokens[lead - 1]
    people = _people(tokens, lead - 1) or before.kind == "n"
    return tokens[lead].word in ("with", "without") and people
