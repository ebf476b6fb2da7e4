"""People left of those who began: "in 38 OF THE ORIGINAL 45", "and 2.8 in 54 OF THEM"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import names_people, word_set

_FIRST = word_set("original initial initially originally")
_OF = word_set("the our these those")
MAYBE_ORIGINAL = Clues(
    *((one, rf" of (?:the|our|these|those) {one}") for one in ("origina", "initia")), words=_FIRST
)
MAYBE_OF_THEM = Clues(
    (" of them", r"(?:in|for|by|among|[;,] ) ?\w+ of them(?! \w+ (?:were|had))"),
    words=frozenset({"them"}),
)
MAYBE_THERE = Clues(
    (" of ", r"\(\d+ of \d+\)"),
    words=word_set("available followed seen remaining attending reached left assessed examined"),
)
_THERE = MAYBE_THERE.words
_WHO = word_set("those all patients participants people women men children adults")
_SEEN = word_set("treated randomised randomized enrolled included recruited")
_RATED = word_set("gave rated scored reported had recorded marked noted stated showed returned")
_ENDS = word_set("at after by , . ; (")
_LOOK_BACK = 45


def of_the_original(tokens: list[Token]) -> None:
    """ "38 of the ORIGINAL 45 in the wax group" is "38 of the 45": those who began, and no time."""
    for k in range(len(tokens) - 3, 1, -1):
        if tokens[k].word not in _FIRST or tokens[k - 1].word not in _OF:
            continue
        if tokens[k - 2].word != "of" or tokens[k - 3].kind != "n":
            continue
        end = k + 1 + (tokens[k + 1].word in _SEEN)
        if tokens[end].kind == "n" and tokens[end].value >= tokens[k - 3].value:
            del tokens[k:end]


def part_who_came(tokens: list[Token]) -> None:
    """ "Among THOSE AVAILABLE at 24 months (41 OF 60)" is "(n = 41 of 60)": how many were there."""
    for k in range(len(tokens) - 5, 3, -1):
        if tokens[k].word != "(" or tokens[k + 1].kind != "n" or tokens[k + 2].word != "of":
            continue
        if tokens[k + 3].kind != "n" or tokens[k + 4].word != ")":
            continue
        lead = next((m for m in range(k - 1, max(0, k - 7), -1) if tokens[m].word in _THERE), 0)
        still = tokens[lead - 1].word in ("still", "left")
        if lead and tokens[lead - 1 - still].word in _WHO and _begins(tokens, lead - 1 - still):
            at = tokens[k + 1].start
            tokens[k + 1 : k + 1] = [
                Token("w", at, at, "n", raw="n"), Token("s", at, at, "=", raw="=")
            ]  # fmt: skip


def _begins(tokens: list[Token], k: int) -> bool:
    """Whether "among those", "in all patients" opens a sentence or a clause and ends at k."""
    while k > 0 and tokens[k].word in _WHO | {"the"}:
        k -= 1
    return tokens[k].word in ("among", "in", "for", "of") and (
        k == 0 or tokens[k - 1].word in (".", ",", ";", ":")
    )


def of_them(tokens: list[Token]) -> None:
    """ "6.4 in 58 nuns at entry and 2.8 IN 54 OF THEM at 6 weeks" is "in 54 patients".

    Also "at 6 weeks, 54 OF THEM GAVE it 2.8". Only of most of those counted before: "burns were
    seen in 12 of them" are some.
    """
    for k in range(len(tokens) - 4, 0, -1):
        number = tokens[k]
        if number.kind != "n" or tokens[k + 1].word != "of" or tokens[k + 2].word != "them":
            continue
        after, before = tokens[k + 3].word, tokens[k - 1].word
        scored = before in ("in", "for", "by", "among") and _score(tokens, k - 2)
        told = (scored and after in _ENDS) or (after in _RATED and _verb_of_score(tokens, k + 4))
        if told and _most(tokens, k):
            tokens[k + 2].word = "patients"
            del tokens[k + 1]


def _score(tokens: list[Token], k: int) -> bool:
    """Whether a score ends at k: "2.8", "2.8 (SD 1.1)"."""
    return tokens[k].kind == "n" or tokens[k].word in (")", "]", "mm", "cm", "points")


def _verb_of_score(tokens: list[Token], k: int) -> bool:
    """ "GAVE IT 2.8", "had a mean VAS of 2.8": whether a score with decimals follows soon."""
    return any(
        token.kind == "n" and ("." in token.word or tokens[m + 1].word in ("±", "(", "mm"))
        for m, token in enumerate(tokens[k : k + 7], k)
        if m + 1 < len(tokens)
    )


def _most(tokens: list[Token], k: int) -> bool:
    """Whether the number at k is most of the people who were counted last before it."""
    for m in range(k - 1, max(0, k - _LOOK_BACK), -1):
        if tokens[m].kind == "n" and any(
            names_people(tokens[j].word) for j in range(m + 1, min(m + 4, k))
        ):
            whole = tokens[m].value
            return "." not in tokens[m].word and 0.6 * whole < tokens[k].value <= whole
    return False
