"""Two groups told as shares of everybody: "40 men (62%) had baths and 25 (38%) massage alone"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import EVENT, PEOPLE, word_set

_TREATED = word_set("underwent received chose got")
_HAD = word_set("had were")
MAYBE_TREATED = _TREATED | _HAD
_LINKS = word_set("with by given treated a an the")
_TREATMENT = EVENT | word_set(
    "therapy treatment care management medication medications drugs rest bracing brace massage "
    "exercises splint splints cast casts tape acupuncture alone"
)
_WHOLE = (99.0, 101.0)


def treated_parts(tokens: list[Token], a: int, b: int) -> list[tuple[str, Count | None, str]]:
    """Name and size of two groups whose shares make up everybody; empty if there are no such.

    "40 (62%) had nausea and 25 (38%) vomited" must not make groups: a verb of treatment leads to
    the names, or one of them is that of a treatment.
    """
    for k in range(a, b - 12):
        first = _share(tokens, k, b)
        if first is None:
            continue
        verb = tokens[first[0]].word
        left = noun_phrase(tokens, _behind_links(tokens, first[0] + 1, b), b, 5)
        if verb not in MAYBE_TREATED or left is None or tokens[left[1]].word not in ("and", ","):
            continue
        at = left[1] + 1 + (tokens[left[1] + 1].word in ("and", "the", "whereas", "while"))
        second = _share(tokens, at, b)
        if second is None or not _WHOLE[0] <= first[1] + second[1] <= _WHOLE[1]:
            continue
        again = tokens[second[0]].word in MAYBE_TREATED
        right = noun_phrase(tokens, _behind_links(tokens, second[0] + again, b), b, 5)
        if right is None:
            continue
        names = [text_of(tokens, *left), text_of(tokens, *right)]
        heads = {tokens[m].word for span in (left, right) for m in (span[1] - 1, span[1] - 2)}
        if verb in _HAD and not heads & _TREATMENT:
            continue
        if all(words_of(name) for name in names) and words_of(names[0]) != words_of(names[1]):
            places = (k, at)
            counts = [Count(int(tokens[m].value), m, m + 1) for m in places]
            return [(name, n, "") for name, n in zip(names, counts, strict=True)]
    return []


def _share(tokens: list[Token], k: int, b: int) -> tuple[int, float] | None:
    """ "40 MEN (62%)": the token behind, and the percentage; None if it does not stand at k."""
    token = tokens[k]
    if token.kind != "n" or "." in token.word or token.value < 3:
        return None
    j = k + 1 + (tokens[k + 1].word in PEOPLE)
    if j + 5 >= b or tokens[j].word not in ("(", "[") or tokens[j + 2].word != "%":
        return None
    if tokens[j + 1].kind != "n" or tokens[j + 3].word not in (")", "]"):
        return None
    return j + 4, tokens[j + 1].value


def _behind_links(tokens: list[Token], k: int, b: int) -> int:
    while k < b and tokens[k].word in _LINKS:
        k += 1
    return k
