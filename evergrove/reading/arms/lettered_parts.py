"""Lettered groups that a number of groups announces: "two groups, A (51 nuns), ... B (49 nuns)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set

_GROUPS = word_set("groups arms")
MAYBE_PARTS = _GROUPS
_LEADS = word_set(", : ; and ( -")
_MANY = word_set("two three four 2 3 4")


def lettered_parts(tokens: list[Token], a: int, b: int) -> list[tuple[str, Count]]:
    """ "into TWO GROUPS, A (51 nuns), with mud, and B (49 nuns), with wax": names and sizes.

    Empty unless as many letters have a size in a bracket as the number of groups says.
    """
    for k in range(a + 1, b - 6):
        if tokens[k].word not in _GROUPS or tokens[k - 1].word not in _MANY:
            continue
        if tokens[k - 1].kind != "n":
            continue
        found: list[tuple[str, Count]] = []
        for m in range(k + 1, b - 3):
            raw = tokens[m].raw
            letter = len(raw) == 1 and (raw.isupper() or raw.isdigit())
            if letter and tokens[m - 1].word in _LEADS and (size := _size(tokens, m + 1)):
                found.append((f"group {raw}", size))
        names = {name for name, _ in found}
        return found if len(names) == len(found) == tokens[k - 1].value else []
    return []


def _size(tokens: list[Token], k: int) -> Count | None:
    """ "(51 nuns)", "(n = 51)", "(51)" that opens at token k."""
    if tokens[k].word not in ("(", "["):
        return None
    at = k + 1 + 2 * (tokens[k + 1].word == "n" and tokens[k + 2].word == "=")
    if at + 1 >= len(tokens) or tokens[at].kind != "n" or "." in tokens[at].word:
        return None
    end = at + 1 + (tokens[at + 1].word in PEOPLE)
    if tokens[end].word not in (")", "]", ",") or tokens[at].value < 2:
        return None
    return Count(int(tokens[at].value), at, at + 1, "", None, False, False)
