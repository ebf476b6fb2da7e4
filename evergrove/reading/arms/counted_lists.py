"""Groups counted in a list: "Groups: wax, 58 patients; clay, 44", "41 WAX and 51 CLAY patients"."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import is_sex, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import AND_SIGNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS, is_content, word_set

#: What such a list is headed by, before a colon.
HEADS_LIST = word_set(
    "groups arms interventions treatments patients participants subjects allocation"
)
_LONGEST = 4
_LEAST = 5


def listed_groups(tokens: list[Token], a: int, b: int) -> list[tuple[str, Count, str]]:
    """ "GROUPS: wax, 58 patients; clay, 44.", "PATIENTS: 38 wax, 62 clay.": nothing else is told.

    [] unless the whole sentence is such a list, of two names or more. Names in the plural may be
    of what was counted ("38 heels, 62 toes").
    """
    if b - a < 7 or tokens[a].word not in HEADS_LIST or tokens[a + 1].word != ":":
        return []
    out: list[tuple[str, Count, str]] = []
    first = tokens[a + 2].kind == "n"
    k = a + 2
    while k < b and tokens[k].word != ".":
        number = k if first else None
        k += first
        start = k
        while k < b and _of_name(tokens[k]):
            k += 1
        name = (start, k)
        if not first:
            k += k < b and tokens[k].word in (",", ":", "(")
            number, k = k, k + 1
            k += k < b and tokens[k].word in PEOPLE
            k += k < b and tokens[k].word == ")"
        if number is None or number >= b or not _size(tokens[number]):
            return []
        if not _names_group(tokens, name) or (first and tokens[name[1] - 1].word.endswith("s")):
            return []
        size = Count(int(tokens[number].value), number, number + 1)
        out.append((text_of(tokens, *name), size, ""))
        if k < b and tokens[k].word not in AND_SIGNS and tokens[k].word != ".":
            return []
        while k < b and tokens[k].word in AND_SIGNS:
            k += 1
    return _told_apart(out)


def of_people(
    tokens: list[Token], a: int, b: int, numbers: list[int]
) -> list[tuple[str, Count, str]]:
    """ "41 WAX AND 51 CLAY PATIENTS provided data": the noun behind the second holds for both."""
    for one, two in itertools.pairwise(numbers):
        left, right = (one + 1, two - 1), two + 1
        if not (_size(tokens[one]) and _size(tokens[two])) or tokens[two - 1].word != "and":
            continue
        end = right
        while end < b and _of_name(tokens[end]):
            end += 1
        if end >= b or tokens[end].word not in PEOPLE:
            continue
        spans = [left, (right, end)]
        if all(_names_group(tokens, span) for span in spans):
            sizes = [Count(int(tokens[k].value), k, k + 1) for k in (one, two)]
            names = [text_of(tokens, *span) for span in spans]
            return _told_apart([(names[0], sizes[0], ""), (names[1], sizes[1], "")])
    return []


def _of_name(token: Token) -> bool:
    plain = token.kind == "w" and token.mark is None and is_content(token.word)
    return (plain and token.word not in PEOPLE) or token.word in ("-", "+")


def _size(token: Token) -> bool:
    whole = token.kind == "n" and "." not in token.word and token.flag in ("", "word")
    return whole and token.mark is None and token.value >= _LEAST


def _names_group(tokens: list[Token], span: tuple[int, int]) -> bool:
    words = [tokens[k].word for k in range(*span)]
    if not 0 < len(words) <= _LONGEST or any(not _of_name(tokens[k]) for k in range(*span)):
        return False
    if any(is_sex(word) or word in UNIT_DAYS or word in _NO_TREATMENT for word in words):
        return False
    return bool(words_of(text_of(tokens, *span)))


_NO_TREATMENT = word_set(
    "consecutive new more additional eligible healthy included excluded adult other remaining "
    "further elderly evaluable outpatient inpatient right left"
)


def _told_apart(named: list[tuple[str, Count, str]]) -> list[tuple[str, Count, str]]:
    several = len(named) > 1 and len({frozenset(words_of(n)) for n, _, _ in named}) == len(named)
    return named if several else []
