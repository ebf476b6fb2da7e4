"""Two treatments that a comparison names: "lower WITH SURGERY THAN WITH EXERCISE (2.6 vs 3.5)"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.arms_by_form import name_before
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import ANYONE, GROUP, UNIT_DAYS, word_set

_LEADS = word_set("with after for in following under on among")
_COMPARED = word_set(
    "lower higher less more better worse greater smaller fewer larger shorter milder lesser"
)
_REACH = 16


def than_pair(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """Both groups, each with its preposition; [] unless a bracket with two values follows.

    "Pain was less severe AFTER SURGERY than AFTER EXERCISE (NRS 2.6 versus 3.5)": the same
    preposition leads both, and nothing but a bracket stands behind the second.
    """
    for k in range(a + 3, b - 4):
        if tokens[k].word != "than" or tokens[k + 1].word not in _LEADS:
            continue
        lead = tokens[k + 1].word
        right = noun_phrase(tokens, k + 2, b)
        if right is None or right[1] >= b or tokens[right[1]].word not in ("(", "["):
            continue
        close = next((m for m in range(right[1], b) if tokens[m].word in (")", "]")), b)
        behind = [v for v in values if right[1] < v.first]
        if len(behind) < 2 or behind[0].first > close:
            continue
        start = max(a, k - _REACH)
        first = next((m for m in range(k - 1, start, -1) if tokens[m].word == lead), None)
        if first is None or not any(t.word in _COMPARED for t in tokens[start:first]):
            continue
        left = noun_phrase(tokens, first + 1, k)
        if left is None or left[1] != k or any(m in busy for m in (*range(*left), *range(*right))):
            continue
        if both := both_groups(tokens, (first, k + 1), (left, right)):
            return both
    return []


def effect_pair(
    tokens: list[Token], a: int, b: int, values: list[Value], busy: set[int]
) -> list[Arm]:
    """ "TAPING was more effective than ICING for pain relief (VAS 3.1 vs 3.8)": subject and object.

    So too "was superior to". [] unless the first bracket behind holds two values.
    """
    for k in range(a + 3, b - 4):
        start = _comparison_before(tokens, a, k)
        right = noun_phrase(tokens, k + 1, b) if start else None
        if right is None:
            continue
        opened = next(
            (m for m in range(right[1], min(b, right[1] + 7)) if tokens[m].word == "("), b
        )
        close = next((m for m in range(opened, b) if tokens[m].word == ")"), b)
        inside = [value for value in values if opened < value.first < close]
        if len(inside) == 3 and tokens[inside[2].first - 1].word in DIFFERENCE:
            inside = inside[:2]  # "(42 vs 51; difference -9, 95% CI -14 to -4)"
        left = name_before(tokens, start, a)
        if len(inside) != 2 or left is None or any(v.first < opened for v in values):
            continue
        if any(m in busy for m in (*range(*left), *range(*right))):
            continue
        if both := both_groups(tokens, (left[0], right[0]), (left, right)):
            return both
    return []


def _comparison_before(tokens: list[Token], a: int, k: int) -> int:
    """The verb of "WAS significantly more effective than" that ends at token `k`; 0 if none."""
    m = k - 1
    better = tokens[k].word == "than" and tokens[m].word == "better"
    if better or (tokens[k].word == "to" and tokens[m].word in _AHEAD):
        m -= 1
    elif tokens[k].word == "than" and tokens[m].word in _EFFECTIVE and tokens[m - 1].word in _MORE:
        m -= 2
    else:
        return 0
    while m > a and (tokens[m].word.endswith("ly") or tokens[m].word in _MUCH):
        m -= 1
    return m if m > a and tokens[m].word in _IS else 0


_AHEAD = word_set("superior inferior")
_EFFECTIVE = word_set("effective efficacious efficient beneficial potent successful")
_MORE = word_set("more less")
_MUCH = word_set("far much")
_IS = word_set("was were is are proved appeared seemed")


def both_groups(
    tokens: list[Token], starts: tuple[int, int], spans: tuple[tuple[int, int], tuple[int, int]]
) -> list[Arm]:
    """The two phrases as groups that begin at `starts`; [] where they do not tell two groups."""
    names = [text_of(tokens, *span) for span in spans]
    if not all(map(_tells, names)) or words_of(names[0]) == words_of(names[1]):
        return []
    return [
        Arm(at, span[1], name, 2, slot="vs", np_first=span[0])
        for at, span, name in zip(starts, spans, names, strict=True)
    ]


def _tells(name: str) -> bool:
    """Whether a phrase says more than "the group", "patients" or a length of time."""
    words = words_of(name)
    return bool(words - ANYONE - GROUP) and not words & UNIT_DAYS.keys()
