"""What numbered groups were given: "the first group (n = 31) had gel, the second (n = 30) ice"."""

from __future__ import annotations

from evergrove.reading.arms.arm_items import ordinal_of
from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.arms.noun_lists import skip_bracket
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

ORDINALS = word_set("first second")
_TOOK = word_set("received had got took underwent wore used given")


def sized_ordinals(tokens: list[Token], counts: list[Count]) -> list[tuple[str, Count | None, str]]:
    """ "the FIRST group (52 cooks) had clay, the SECOND group (51 COOKS) ...": each and its size.

    [] unless there are the two of them, and no other number of people.
    """
    told = [(ordinal_of(tokens, count), count, "") for count in counts]
    both = [ordinal for ordinal, _, _ in told] == ["first", "second"]
    return [*told] if both else []


def sized_ordinal(tokens: list[Token], counts: list[Count]) -> tuple[str, Count | None, str] | None:
    """ "the FIRST group (52 cooks) had clay": it and its size, where it is the only one."""
    told = [(ordinal, count) for count in counts if (ordinal := ordinal_of(tokens, count))]
    return (told[0][0], told[0][1], "") if len(told) == 1 else None


def name_ordinals(tokens: list[Token], a: int, b: int, arms: list[DocArm]) -> None:
    """The treatment names the group too; the verb may stand once, for both groups.

    Nothing is named unless both treatments are told in words of their own.
    """
    groups = [arm for arm in arms if arm.name in ORDINALS and not arm.given]
    if len(groups) != 2 or any(arm.n is None for arm in groups):
        return
    names = [_treatment(tokens, arm.n.last, b, index) for index, arm in enumerate(groups)]
    words = [words_of(name) for name in names]
    if not all(words) or not words[0].isdisjoint(words[1]):
        return
    known = [arm for arm in arms if arm not in groups]
    if any(not mine.isdisjoint(arm.words) for mine in words for arm in known):
        return
    for arm, name, mine in zip(groups, names, words, strict=True):
        arm.words |= mine
        arm.name, arm.called = name, f"{arm.name} group"


def _treatment(tokens: list[Token], k: int, b: int, index: int) -> str:
    # "the first group of 31 PATIENTS had ...", "the first group (31 COOKS) had ..."
    k += k + 1 < b and (tokens[k].word in PEOPLE or tokens[k + 1].word in (")", "]"))
    k += k < b and tokens[k].word in (")", "]")
    k += k + 1 < b and tokens[k].word in ("was", "were") and tokens[k + 1].word in _TOOK
    verb = k < b and tokens[k].word in _TOOK
    if k + 3 < b and tokens[k].word in ("was", "were") and tokens[k + 1].word == "treated":
        k += 2
    with_it = k + 1 < b and tokens[k].word in ("with", "by")
    k += with_it  # "was treated WITH clay, the second group (n = 30) WITH tape"
    if not verb and not index and not with_it:
        return ""
    span = noun_phrase(tokens, k + verb, b)
    if span is None or span[1] >= b:
        return ""
    end = skip_bracket(tokens, span[1], b)  # "had mud baths (MB), the second ..."
    if end >= b or tokens[end].word not in _ENDS:
        return ""
    return text_of(tokens, *span)


_ENDS = word_set(", . ; and while whereas for")
