"""Sizes of groups told as pairs or before names: "49 matched pairs", "22 (wax), 21 (ice)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, is_content, word_set

_MATCHED = word_set("matched propensity-matched score-matched propensity")
_HELD = word_set("consisted comprised included contained had were was numbered of")
_LED = word_set("there sizes size")
_OPENS = word_set("( [")
_CLOSES = word_set(") ]")


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
        if not plain or tokens[k + 1].word not in _OPENS:
            k += 1
            continue
        close = k + 2
        while close < min(b, k + 7) and tokens[close].kind == "w" and tokens[close].mark is None:
            close += 1
        name = text_of(tokens, k + 2, close)
        named = close < b and tokens[close].word in _CLOSES and bool(words_of(name))
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
