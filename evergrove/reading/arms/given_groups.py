"""Groups told by a verb behind the noun: "the group assigned to receive mud packs"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import ASSIGNED, Arm, words_of
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    CHANGE_NOUNS,
    DETERMINERS,
    PEOPLE,
    is_content,
    word_set,
)

_GROUP = word_set("group arm cohort team")
MAYBE_GIVEN = word_set("assigned allocated randomised randomized given receiving treated that who")
_RECEIVE = word_set("to receive received receiving with was were had got given a an the")


def treated_for_assigned(tokens: list[Token], a: int, b: int) -> None:
    """Read "8.3 in the nuns ASSIGNED TO wax and 8.1 in those ASSIGNED TO clay" as "treated with".

    Its "to" tells where nobody's score went. The people stand before it, not "were assigned to".
    """
    for k in range(a + 2, b - 2):
        if tokens[k].word not in ASSIGNED or tokens[k + 1].word != "to":
            continue
        whom = tokens[k - 1].word
        people = whom in PEOPLE or whom == "those" or whom.endswith("s")
        if people and tokens[k - 2].word in _WHOSE:
            tokens[k].word, tokens[k + 1].word = "treated", "with"


_WHOSE = word_set("the in with for among amongst of by on")


def sized_groups(
    tokens: list[Token], a: int, counts: list[Count], busy: set[int], known: list[Arm]
) -> list[Arm]:
    """ "In hearing loss (n = 21) it was 3.1 and IN SIGHT LOSS (N = 30) 4.2": two with their sizes.

    Any phrase behind a preposition names a group where its size stands in a bracket right behind,
    and another of the sentence is given its size the same way. `known`: groups with a name.
    """
    sized = [c for c in counts if c.equals and c.at - 3 > a and tokens[c.at - 3].word in ("(", "[")]
    if len(sized) < 2:
        return []
    out: list[Arm] = []
    for count in sized:
        last = count.at - 3
        k = last - 1
        while k > a and last - k < 6 and k not in busy and _part_of_name(tokens, k):
            k -= 1
        if k in busy or k == last - 1 or tokens[k].word not in _LEADS:
            return []
        if any(arm.first < last and k < arm.last for arm in known):
            return []
        first = k + 1 + (tokens[k + 1].word in DETERMINERS)
        if first >= last:
            return []
        out.append(Arm(k, last, text_of(tokens, first, last), 2, count=count, np_first=first))
    return out if len({arm.name for arm in out}) == len(out) else []


def _part_of_name(tokens: list[Token], k: int) -> bool:
    token = tokens[k]
    if token.kind != "w":
        return token.word == "-" and not token.spaced
    hyphened = tokens[k + 1].word == "-" or tokens[k - 1].word == "-"  # "lower-limb loss"
    content = hyphened or is_content(token.word) or token.word in CHANGE_NOUNS
    return token.mark is None and token.word not in _LEADS and content


_LEADS = word_set("in with for among amongst on")


def given_groups(tokens: list[Token], a: int, b: int, known: list[Arm]) -> list[Arm]:
    """ "the group ASSIGNED TO RECEIVE mud packs", "in the arm given heat": by what it was given.

    `known`: groups with a name before the noun, as in "the mud group given oral fluids".
    """
    out: list[Arm] = []
    for i in range(a, b - 2):
        if tokens[i].word not in _GROUP or tokens[i + 1].word not in MAYBE_GIVEN:
            continue
        if any(arm.first <= i < arm.last for arm in known):
            continue
        j = i + 2
        while j < b and tokens[j].word in _RECEIVE:
            j += 1
        span = noun_phrase(tokens, j, b)
        if span is None or not words_of(text_of(tokens, *span)):
            continue
        out.append(Arm(i, span[1], text_of(tokens, *span), 3, np_first=i))
    return out
