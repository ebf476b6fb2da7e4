"""Groups told by how it was done: "Splinting was LOOSE IN 14 nuns and TIGHT IN 8"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import DocArm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.small_words import ENDS_PHRASE, WERE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, is_content, word_set

_JUDGED = word_set(
    "considered classified graded judged deemed rated defined categorised categorized"
)
Part = tuple[str, Count]


def adjective_parts(tokens: list[Token], a: int, b: int, wholes: set[int]) -> list[Part]:
    """ "It was LOOSE in 14 nuns and TIGHT in 8": both words with their numbers, else [].

    The numbers must add up to one of `wholes`, the numbers of people told before.
    """
    for k in range(a, b - 7):
        if tokens[k].word not in WERE:
            continue
        judged = tokens[k + 1].word in _JUDGED
        first = _part(tokens, k + 1 + judged + (judged and tokens[k + 2].word == "as"), b)
        if first is None:
            continue
        at = first[1]
        at += tokens[at].word == ","
        at += tokens[at].word == "and"
        at += tokens[at].word in WERE
        second = _part(tokens, at, b)
        if second is None or first[0][0] == second[0][0]:
            continue
        if (
            first[0][1].value + second[0][1].value in wholes
            and tokens[second[1]].word in ENDS_PHRASE
        ):
            return [first[0], second[0]]
    return []


def _part(tokens: list[Token], k: int, b: int) -> tuple[Part, int] | None:
    """ "LOOSE IN 14 nuns", "MILD-MODERATE IN 14 (60%)": word, number, what follows."""
    word, joined = tokens[k], ""
    if k + 5 < b and tokens[k + 1].word == "-" and tokens[k + 2].kind == "w":
        joined = f"-{tokens[k + 2].word}"
        k += 2
    if k + 3 >= b or tokens[k + 1].word != "in":
        return None
    number = tokens[k + 2]
    named = word.kind == "w" and word.mark is None and (is_content(word.word) or _wide(word.word))
    whole = number.kind == "n" and number.flag in ("", "word") and "." not in number.word
    if not named or not whole or number.value < 2:
        return None
    last = behind_share(tokens, k + 3, b)
    last += last < b and tokens[last].word in PEOPLE
    return (word.word + joined, Count(int(number.value), k + 2, k + 3)), min(last, b - 1)


def behind_share(tokens: list[Token], k: int, b: int) -> int:
    """Where "(60%)" ends that opens at token k; k where none does."""
    share = k + 3 < b and tokens[k].word == "(" and tokens[k + 1].kind == "n"
    return k + 4 if share and [t.word for t in tokens[k + 2 : k + 4]] == ["%", ")"] else k


def _wide(word: str) -> bool:
    return word in ("total", "partial", "complete", "full", "single", "double", "early", "late")


def give_adjectives(arms: list[DocArm], parts: list[Part], tokens: list[Token]) -> None:
    """Declare "the TIGHT SPLINT group" and "the LOOSE SPLINT group", each with its size.

    Only where the text names a group by each of the words; groups that have a size keep it.
    """
    found: list[DocArm] = []
    names = [_group_of(tokens, word, count.last) for word, count in parts]
    for (word, count), named in zip(parts, names, strict=True):
        name = named or (any(names) and _alone(tokens, word, count.last))
        if not name:
            return
        words = words_of(name)
        known = [arm for arm in arms if arm.words == words]
        found.append(known[0] if known else DocArm(name, words))
        if found[-1].n is not None or not words:
            return
    if len(found) == 2 and found[0].words != found[1].words:
        for arm, (_, count) in zip(found, parts, strict=True):
            arm.n = count
            if not any(arm is other for other in arms):
                arms.append(arm)


def _group_of(tokens: list[Token], word: str, start: int) -> str:
    """ "the tight splint group", "the tight group": the first name that begins with the word."""
    first, *more = word.split("-")
    for k in range(start, len(tokens) - 1):
        if tokens[k].word != first:
            continue
        behind = k + 1 + 2 * len(more)
        if more and [token.word for token in tokens[k + 1 : behind]] != ["-", *more]:
            continue
        for end in range(behind, min(behind + 3, len(tokens))):
            if tokens[end].word in GROUP:
                return text_of(tokens, k, end)
            if tokens[end].kind != "w" or not is_content(tokens[end].word):
                break
    return ""


def _alone(tokens: list[Token], word: str, start: int) -> str:
    """ "from 7 to 3 in the loose group and from 7 to 4 IN TIGHT": the word, beside a group."""
    for k in range(start, len(tokens) - 2):
        if tokens[k].word == "in" and tokens[k + 1].word == word:
            after = tokens[k + 2]
            if after.kind != "n" and not is_content(after.word):
                return tokens[k + 1].raw
    return ""
