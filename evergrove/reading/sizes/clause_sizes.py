"""How many were left of each group, told in the first clause of a sentence with results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evergrove.reading.arms.arms import Arm, DocArm
from evergrove.reading.numbers.quantities import Count, Value
from evergrove.reading.sizes.sizes import Size
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, SET_AGAINST, names_people, word_set

if TYPE_CHECKING:
    from evergrove.reading.document import Document
    from evergrove.reading.view import View

_OF = word_set("after on with in given from of receiving to")


def sizes_of_clause(document: Document, view: View, values: list[Value]) -> list[Value]:
    """ "At 1 year 41 PEOPLE ON WAX AND 38 ON CLAY were seen; their means were 3.1 and 4.4".

    The numbers of people are taken out of the values (returned are the others), and their groups
    get them as sizes at the time of the sentence. Each number stands before a declared group.
    """
    tokens = document.tokens
    arms = {arm.first: arm for arm in view.arms if arm.arm is not None}
    if len(arms) < 2:
        return values
    verb = next((k for k in range(view.a, view.b) if _stayed(tokens, k)), None)
    if verb is None or not any(value.first > verb for value in values):
        return values
    found: list[tuple[int, Size]] = []
    times = [t for t in view.times if t.kind in ("point", "window", "final")]
    time = times[0] if len(times) == 1 else None
    for k in range(view.a, verb):
        token = tokens[k]
        if token.kind != "n" or token.mark is not None or "." in token.word or token.value < 2:
            continue
        j = k + 1 + _plural(tokens[k + 1])
        while j < verb and tokens[j].word in PEOPLE | _OF | {"the"}:
            j += 1
        arm = arms.get(j) or arms.get(k + 1)
        if arm is not None and (j > k + 1 or tokens[arm.last - 1].word in PEOPLE):
            found.append((k, Size(time, arm.arm, Count(int(token.value), k, k + 1))))
    if len(found) < 2 or len({id(size.arm) for _, size in found}) != len(found):
        return values
    at = {k for k, _ in found}
    view.q.rejected.update(dict.fromkeys(at, "number of people"))
    view.q.counts = [count for count in view.q.counts if count.at not in at]
    if time is not None:
        document.declared.sizes[:0] = [size for _, size in found]
    return [value for value in values if value.at not in at]


def treated_people(tokens: list[Token], a: int, b: int, arms: list[DocArm]) -> list[Arm]:
    """ "58 TREATED PATIENTS and 47 controls": where the methods name two groups, the other one."""
    if len(arms) != 2:
        return []
    rest = [arm for arm in arms if not _control(arm)]
    if len(rest) != 1 or "treated" in rest[0].words:
        return []
    if not any(tokens[k].word in _CONTROLS for k in range(a, b)):
        return []
    return [
        Arm(k, k + 2, rest[0].shown(), 3, rest[0])
        for k in range(a, b - 1)
        if tokens[k].word == "treated"
        and tokens[k + 1].word in PEOPLE | {"group"}
        and tokens[k - 1].word != "-"  # "wax-treated patients" are named
    ]


def people_treated(tokens: list[Token], a: int, b: int) -> list[Arm]:
    """ "WAX-TREATED PATIENTS had less pain than CLAY-TREATED PATIENTS": groups by what they had.

    Only where two or more are set against each other, or one against controls.
    """
    found: list[Arm] = []
    for k in range(a + 2, b - 1):
        if tokens[k].word != "treated" or tokens[k - 1].word != "-" or tokens[k - 1].spaced:
            continue
        named = tokens[k - 2].kind == "w" and tokens[k - 2].mark is None
        behind = tokens[k + 1].word
        if named and (behind in PEOPLE or behind == "group" or names_people(behind)):
            found.append(Arm(k - 2, k + 2, tokens[k - 2].raw, 3))
    against = any(
        tokens[k].word in _CONTROLS and tokens[k - 1].word in SET_AGAINST for k in range(a + 1, b)
    )
    return found if len({arm.name.lower() for arm in found}) > 1 or against else []


def _plural(token: Token) -> bool:
    """ "41 BAKERS after 10 mg": a plural noun that no list of people knows."""
    return token.kind == "w" and token.mark is None and token.word.endswith("s")


_CONTROLS = word_set("controls control untreated")


def _control(arm: DocArm) -> bool:
    names = {arm.name.lower(), *(alias.lower() for alias in arm.aliases), arm.called.lower()}
    return any(word in _CONTROLS for name in names for word in name.split())


def _stayed(tokens: list[Token], k: int) -> bool:
    """ "could be EVALUATED", "were SEEN", "COMPLETED": they were there."""
    word = tokens[k].word
    if word not in STAYED:
        return False
    lead = tokens[k - 1].word if k else ""
    return lead in ("be", "were", "was") or word in (
        "completed",
        "attended",
        "returned",
        "remained",
    )
