"""Those left of each group: "Of 90 early and 40 late patients, 81 (90%) and 30 (75%) were seen"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.sizes.counted_people import out_of_all
from evergrove.reading.sizes.group_sizes import percent_bracket
from evergrove.reading.sizes.whole_group import stayed_on
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, UNIT_DAYS

Item = tuple[str, Count | None, str]


def without_answers(tokens: list[Token], named: list[Item]) -> list[Item]:
    """The groups, without those of "most were FREE OF PAIN (N = 8, 24%) or BETTER (n = 21, 64%)".

    Numbers of people, each with its share, that do not make up everybody count what became of
    them.
    """
    sizes = [size for _, size, _ in named if size is not None and size.equals]
    if len(sizes) < 2 or len(sizes) != len(named):
        return named
    shares = [_share_beside(tokens, size.last) for size in sizes]
    if None in shares or abs(100 - sum(share for share in shares if share)) < 3:
        return named
    return []


def _share_beside(tokens: list[Token], k: int) -> float | None:
    """ "n = 8, 24%", "n = 8; 24%", "n = 8 [24%]": the share that is told with the number."""
    if k + 2 >= len(tokens) or tokens[k].word not in (",", ";", "[", "or", "="):
        return None
    return tokens[k + 1].value if tokens[k + 2].word == "%" else None


def shares_of_groups(tokens: list[Token], a: int, b: int) -> list[Item]:
    """ "Of 90 EARLY and 40 LATE patients, 81 (90%) and 30 (75%), respectively, were seen".

    Name and number left of both groups. Empty unless both percentages fit their numbers, and
    where the sentence tells a length of time: those are the people of one visit.
    """
    if not out_of_all(tokens, a):
        return []
    numbers = [
        k
        for k in range(a, b - 1)
        if tokens[k].kind == "n" and tokens[k + 1].word != "%" and "." not in tokens[k].word
    ]
    if len(numbers) != 4 or numbers[0] > a + 5:
        return []
    if any(tokens[k].word in UNIT_DAYS for k in range(a, b)):
        return []
    one, two, left, right = numbers
    shares = percent_bracket(tokens, left + 1, b) and percent_bracket(tokens, right + 1, b)
    if not shares or tokens[right - 1].word != "and" or right != left + 6:
        return []
    k = right + 5
    while k < b and tokens[k].word in (",", "respectively"):
        k += 1
    if k >= b or not stayed_on(tokens, k):
        return []
    out: list[Item] = []
    for whole, part in ((one, left), (two, right)):
        share = 100 * tokens[part].value / max(1, tokens[whole].value)
        span = noun_phrase(tokens, whole + 1, b, 5)
        if span is None or abs(share - tokens[part + 2].value) > 1:
            return []
        last = span[1] - (tokens[span[1] - 1].word in PEOPLE)
        name = text_of(tokens, span[0], last)
        if last <= span[0] or not words_of(name):
            return []
        out.append((name, Count(int(tokens[part].value), part, part + 1), ""))
    return out
