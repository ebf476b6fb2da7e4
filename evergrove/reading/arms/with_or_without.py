"""Two groups of which one went without: "surgery with (n = 30) or without (n = 31) a drain"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, names_people, word_set

_WAYS = ("with", "without")
_JOINS = ("or", "and", "vs", "versus")
# "76 WITH ketamine", "those WHO RECEIVED ketamine": what the first group had stands behind.
_HAD = word_set("with received receiving had having got given taking took using used wearing wore")
_HAD_NOT = word_set("without")
_THEM = word_set("it them one any this that")
_OPENS = word_set("who were was been additional added")
_THOSE = word_set("those people patients ones")
_SETTING = word_set("compared comparing comparison against versus vs between contrasted")
_JOINED = word_set("and , ; or vs versus while whereas")


def with_or_without(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> list[tuple[str, Count]]:
    """Name and number of both groups, the first told first; [] where nothing is told so."""
    sizes = {count.at: count for count in counts if count.equals or count.bracket}
    for k in range(a, b - 6):
        if tokens[k].word not in _WAYS or tokens[k + 1].word not in ("(", "["):
            continue
        one, close = _size(tokens, sizes, k + 1, b)
        if one is None or close + 2 >= b or tokens[close + 1].word not in _JOINS:
            continue
        other = close + 2
        if tokens[other].word not in _WAYS or tokens[other].word == tokens[k].word:
            continue
        two, end = _size(tokens, sizes, other + 1, b)
        span = noun_phrase(tokens, end + 1, b) if two is not None else None
        if span is None or two is None:
            continue
        name = text_of(tokens, *span)
        names = [name if tokens[at].word == "with" else f"no {name}" for at in (k, other)]
        return [(names[0], one), (names[1], two)]
    return []


def _size(tokens: list[Token], sizes: dict[int, Count], k: int, b: int) -> tuple[Count | None, int]:
    """The number in the bracket that opens at k, and where this closes."""
    close = next((m for m in range(k, min(b, k + 7)) if tokens[m].word in (")", "]")), 0)
    found = next((sizes[m] for m in range(k, close) if m in sizes), None)
    return found, close


def counted_without(
    tokens: list[Token], a: int, b: int, counts: list[Count]
) -> list[tuple[str, Count]]:
    """ "76 WITH ketamine and 40 WITHOUT (it)", "76 received ketamine and 40 DID NOT": both groups.

    [] where nothing is told so.
    """
    at = {count.at: count for count in counts if count.of is None and not count.equals}
    for k, one in at.items():
        if k + 1 >= b:
            continue  # a text may be cut anywhere
        span = _what_they_had(tokens, k + 1 + names_people(tokens[k + 1].word), b)
        if span is None:
            continue
        other = span[1]
        while other < b and tokens[other].word in _JOINED:
            other += 1
        two = at.get(other) if other > span[1] else None
        if two is None or not _went_without(tokens, span, two.at + 1, b):
            continue
        name = text_of(tokens, *span)
        return [(name, one), (f"no {name}", two)]
    return []


def set_against_without(tokens: list[Token], a: int, b: int) -> tuple[int, int] | None:
    """ "THOSE WITH ketamine were set against THOSE WITHOUT": the place of what the first had."""
    if not any(tokens[k].word in _SETTING for k in range(a, b)):
        return None
    for k in range(a, b - 4):
        if not _people(tokens[k].word):
            continue
        span = _what_they_had(tokens, k + 1, b)
        for m in range(span[1] + 1, min(b, span[1] + 9)) if span is not None else ():
            if not (
                _people(tokens[m - 1].word) or tokens[m - 1].word in _SETTING | {"and", "with"}
            ):
                continue
            if span is not None and _went_without(tokens, span, m, b):
                return span
    return None


def _people(word: str) -> bool:
    return word in _THOSE or word in PEOPLE


def _what_they_had(tokens: list[Token], k: int, b: int) -> tuple[int, int] | None:
    """The phrase behind "with", "(who) received", that begins at token k, if any."""
    while k < b and tokens[k].word in _OPENS:
        k += 1
    if k + 1 >= b or tokens[k].word not in _HAD:
        return None
    k += 1 + (tokens[k + 1].word in _OPENS)
    span = noun_phrase(tokens, k, b)
    if span is None or not words_of(text_of(tokens, *span)) - PEOPLE - GROUP:
        return None
    return span


def _went_without(tokens: list[Token], span: tuple[int, int], k: int, b: int) -> bool:
    """Whether "without", "without it", "without (the same)" or "did not" stands at token k."""
    k += k < b and _people(tokens[k].word)
    if k + 1 < b and tokens[k].word == "who":
        k += 1
    if k + 1 < b and tokens[k].word == "did" and tokens[k + 1].word == "not":
        return True
    if k >= b or tokens[k].word not in _HAD_NOT:
        return False
    k += 1
    if k >= b or tokens[k].kind != "w" or tokens[k].word in _THEM:
        return True
    again = noun_phrase(tokens, k, b)
    return again is None or words_of(text_of(tokens, *again)) == words_of(text_of(tokens, *span))
