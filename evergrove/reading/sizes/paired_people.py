"""Sizes as pairs, before names or behind headings: "49 matched pairs", "22 (wax), 21 (ice)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.group_sizes import is_plain_number, named_number
from evergrove.reading.sizes.number_headings import NUMBERS, behind_heading
from evergrove.reading.text.small_words import AND_SIGNS, CLOSES, OPENS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, is_content, word_set

_MATCHED = word_set("matched propensity-matched score-matched propensity")
_HELD = word_set("consisted comprised included contained had were was numbered of")
_LED = word_set("there sizes size")


def matched_pairs(tokens: list[Token], a: int, b: int) -> Count | None:
    """ "49 MATCHED PAIRS": the size of each of two groups, and None where nothing tells so."""
    for k in range(a + 1, b):
        if tokens[k].word != "pairs" or tokens[k - 1].word not in _MATCHED:
            continue
        at = k - 2
        while at > a and k - at < 6 and tokens[at].kind != "n":
            at -= 1
        token = tokens[at]
        if token.kind == "n" and not token.value % 1 and "." not in token.word and token.value >= 5:
            return Count(int(token.value), at, at + 1, "", None, True)
    return None


def sizes_before_names(
    tokens: list[Token], a: int, b: int, words: frozenset[str]
) -> list[tuple[str, Count, str]]:
    """ "Groups consisted of 22 (laser), 21 (ultrasound) and 23 (placebo) patients".

    Two or more numbers in one list, each with a name alone in a bracket behind it. `words`: those
    of the sentence a..b.
    """
    if words.isdisjoint(_HELD):
        return []
    out: list[tuple[str, Count, str]] = []
    k = a
    end = a
    while k < b - 3:
        token = tokens[k]
        plain = token.kind == "n" and not token.value % 1 and "." not in token.word
        plain = plain and token.mark is None and token.value >= 5
        if not plain or tokens[k + 1].word not in OPENS:
            k += 1
            continue
        close = k + 2
        while close < min(b, k + 7) and tokens[close].kind == "w" and tokens[close].mark is None:
            close += 1
        name = text_of(tokens, k + 2, close)
        named = close < b and tokens[close].word in CLOSES and bool(words_of(name))
        named = named and all(
            is_content(tokens[m].word) and tokens[m].word not in PEOPLE for m in range(k + 2, close)
        )
        joined = not out or {tokens[m].word for m in range(end, k)} <= {",", "and"}
        if not named or not joined:
            return []
        out.append((name, Count(int(token.value), k, k + 1), ""))
        k = end = close + 1
    if len(out) < 2 or len({name for name, _, _ in out}) < len(out):
        return []
    sizes = any(tokens[m].word in ("sizes", "size") for m in range(a, out[0][1].at))
    behind = sizes or (end < b and tokens[end].word in PEOPLE)
    lead = out[0][1].at
    ahead = {tokens[m].word for m in range(a, lead)}
    return out if behind and lead > a and ahead & _HELD and ahead & (GROUP | _LED) else []


def headed_sizes(
    tokens: list[Token], a: int, b: int, words: frozenset[str]
) -> list[tuple[str, Count, str]]:
    """ "Number analysed: 31 (WAX) AND 29 (CLAY)", "Numbers randomised: WAX, 31; CLAY, 29".

    The names of the groups with their sizes; [] where any part of the list is something else.
    `words`: those of the sentence a..b.
    """
    start = -1 if words.isdisjoint(NUMBERS) else behind_heading(tokens, a, b)
    if start < 0 or tokens[start - 1].word not in (":", "="):
        return []
    end = next((k for k in range(start, b) if tokens[k].word == "."), b)
    words = {tokens[k].word for k in range(start, end)}
    signs = {";"} if ";" in words else AND_SIGNS  # "wax, 31; clay, 29"
    out: list[tuple[str, Count, str]] = []
    first = start
    for k in range(start, end + 1):
        if k < end and tokens[k].word not in signs:
            continue
        if k > first:
            part = _before_name(tokens, first, k) or named_number(tokens, first, k)
            if part is None or not words_of(text_of(tokens, *part[:2])):
                return []
            out.append((text_of(tokens, *part[:2]), part[2], ""))
        first = k + 1
    return out if len({name for name, _, _ in out}) == len(out) > 1 else []


def _before_name(tokens: list[Token], first: int, last: int) -> tuple[int, int, Count] | None:
    """ "31 (WAX)": the tokens of the name, and the number before its bracket."""
    opened, close = first + 1, last - 1
    if last - first < 4 or not is_plain_number(tokens, first):
        return None
    if tokens[opened].word not in OPENS or tokens[close].word not in CLOSES:
        return None
    name = range(opened + 1, close)
    if any(tokens[k].kind == "n" or tokens[k].word in PEOPLE - {"control"} for k in name):
        return None
    return opened + 1, close, Count(int(tokens[first].value), first, first + 1)
