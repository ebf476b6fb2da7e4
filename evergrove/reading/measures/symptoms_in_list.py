"""Symptoms listed with pain, each with a value: "4.2, 5.7 and 4.3 for pain, itch and heat"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import LIST_SIGNS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, POST_WORDS, PRE_WORDS, is_content, word_set

_NO_SYMPTOM = GROUP | PEOPLE | PRE_WORDS | POST_WORDS | word_set("control placebo sham usual care")
_LONGEST = 3


def symptoms_in_list(
    tokens: list[Token],
    a: int,
    b: int,
    mentions: list[Mention],
    values: list[Value],
    profile: Profile,
) -> list[Mention]:
    """The mentions with those of the symptoms that stand beside a bare "pain" in one list.

    Only for a list as long as that of the values: each item then has its own, and those that no
    list of measures knows give no record.
    """
    runs = _lengths(tokens, values)
    for pain in [m for m in mentions if m.key and not profile.measures[m.key].instrument]:
        items = _list_around(tokens, a, b, pain)
        if len(items) < 3 or items.count((pain.first, pain.last)) != 1 or len(items) not in runs:
            continue
        inside = range(items[0][0], items[-1][1])
        others = [m for m in mentions if m.first in inside and m is not pain]
        if any(m.key for m in others):
            continue
        told = [
            Mention(first, last, None, None, "another construct")
            for first, last in items
            if (first, last) != (pain.first, pain.last)
        ]
        kept = [m for m in mentions if m not in others]
        return sorted([*kept, *told], key=lambda mention: mention.first)
    return mentions


def _lengths(tokens: list[Token], values: list[Value]) -> set[int]:
    """The lengths of the lists in which the values stand."""
    out, size = set(), 0
    for before, value in zip([None, *values], values, strict=False):
        gap = [t.word for t in tokens[before.last : value.first]] if before is not None else ["."]
        joined = before is not None and set(gap) <= LIST_SIGNS and value.first - before.last < 3
        size = size + 1 if joined else 1
        out.add(size)
    return out


def _list_around(tokens: list[Token], a: int, b: int, pain: Mention) -> list[tuple[int, int]]:
    """The items of "numbness, PAIN and tingling", with that of the mention among them."""
    items = [(pain.first, pain.last)]
    k = pain.first
    while k > a and tokens[k - 1].word in LIST_SIGNS:
        last = k
        while last > a and tokens[last - 1].word in LIST_SIGNS:
            last -= 1
        first = last
        while first > a and last - first < _LONGEST and _plain(tokens[first - 1]):
            first -= 1
        if first == last:
            break
        items.insert(0, (first, last))
        k = first
    k = pain.last
    while k < b and tokens[k].word in LIST_SIGNS:
        first = k
        while first < b and tokens[first].word in LIST_SIGNS:
            first += 1
        last = first
        while last < b and last - first < _LONGEST and _plain(tokens[last]):
            last += 1
        if first == last:
            break
        items.append((first, last))
        k = last
    return items


def _plain(token: Token) -> bool:
    """Whether the word may be (a part of) the name of a symptom."""
    kind = getattr(token.mark, "kind", "other")
    named = token.kind == "w" and is_content(token.word) and kind in ("other", "veto")
    return named and token.word not in _NO_SYMPTOM
