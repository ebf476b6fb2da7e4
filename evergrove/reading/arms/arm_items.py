"""Small questions about one name of a group."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import group_phrases, phrase_before, text_of
from evergrove.reading.arms.arms import (
    ASSIGNED,
    Arm,
)
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    GROUP,
    PEOPLE,
    UNIT_DAYS,
    word_set,
)


def size_behind(
    tokens: list[Token], phrase: Arm, lettered: bool, stop: int, counts: list[Count]
) -> Count | None:
    """ "the laser group (n = 35)", "group I, n = 35", "group P: pulsed at 42 °C (n = 30);"

    A lettered group may be described before its n: the first "n =" up to the next group.
    """
    bracket = phrase.last < len(tokens) and tokens[phrase.last].word == "("
    near = phrase.last + (6 if bracket else 3)
    for count in counts:
        share = count.of is not None and not count.equals  # "the tape group (20/41 adults)"
        if not phrase.last <= count.at < stop or count.noun in ("events", "of") or share:
            continue
        if lettered and count.equals:
            between = {tokens[k].word for k in range(phrase.last, count.at)}
            return None if between & {";", "."} else count
        if count.at < near and (count.equals or (bracket and count.at == phrase.last + 1)):
            return count
    return None


def named_in_bracket(tokens: list[Token], a: int, phrase: Arm) -> str | None:
    """ "kyphoplasty (PKP GROUP)": the name of what stands before the bracket, else None."""
    opened = phrase.first - 1
    if opened <= a or tokens[opened].word != "(":
        return None
    if not (phrase.name.isalpha() and phrase.name.isupper()):
        return None
    span = phrase_before(tokens, opened, a)
    return text_of(tokens, *span) if span is not None else None


def first_and_second(tokens: list[Token], named: list[tuple[str, Count | None, str]]) -> bool:
    """ "the FIRST GROUP (n = 31) had wax, the SECOND GROUP (n = 29) clay": no visits."""
    sizes = {name: count for name, count, _ in named if name in ("first", "second")}
    return len(sizes) == 2 == len(named) and all(
        count is not None and ordinal_of(tokens, count) for count in sizes.values()
    )


def ordinal_of(tokens: list[Token], count: Count) -> str:
    """ "the FIRST group (n = 31)", "the FIRST group (31 cooks)", "the FIRST group of 31 cooks".

    The word that numbers the group whose size this is; "" where it is none.
    """
    lead = tokens[count.at - 1].word
    at = count.at - 4 if count.equals else count.at - 2
    sized = count.equals or lead in ("(", "of")
    ordinal = tokens[at - 1].word if sized and tokens[at].word in ("group", "arm") else ""
    return ordinal if ordinal in ("first", "second") else ""


def is_visit(name: str) -> bool:
    """ "9 months (n = 58)", "before it (n = 60)": a time that people were seen at, no group."""
    return all(word in UNIT_DAYS or word in _IT for word in name.lower().split())


_IT = word_set("it them this that these those then")


def without_everybody(
    tokens: list[Token], a: int, b: int, named: list[tuple[str, Count | None, str]]
) -> list[tuple[str, Count | None, str]]:
    """ "NINETY PATIENTS were assigned to wax (group A) or clay (group B)": of no group by itself.

    Only where it is the one number of people, and two groups at least are lettered or an "or"
    stands behind "were assigned", "received".
    """
    sized = [count for _, count, _ in named if count is not None]
    if len(sized) != 1 or sized[0].bracket or sized[0].equals or sized[0].noun not in PEOPLE:
        return named
    lettered = {p.name for p in group_phrases(tokens, a, b) if p.name.startswith("group ")}
    # "79 PATIENTS were randomized to wax or clay (n = 41 and 38)"
    chosen = any(tokens[k].word == "or" for k in range(sized[0].last, b))
    told = {token.word for token in tokens[sized[0].last : sized[0].last + 4]}
    assigned = bool(told & (ASSIGNED | {"received", "underwent"}))
    lone = len(lettered) < 2 and not (chosen and assigned)
    if lone or any(tokens[k].word in GROUP for k in range(a, sized[0].at)):
        return named
    return [(name, None, short) for name, _, short in named]


def without_whole(
    named: list[tuple[str, Count | None, str]],
) -> list[tuple[str, Count | None, str]]:
    """Of "142 adults with knee pain to tape (71) or rest (71)", the first is no group."""
    sizes = [count.value for _, count, _ in named if count is not None]
    if len(sizes) < 3 or len(sizes) != len(named):
        return named
    rest = sum(sizes) - max(sizes)
    return [
        item
        for item in named
        if item[1] is not None
        and ((item[1].equals and item[1].value != rest) or item[1].value < rest)
    ]
