"""Openings of a sentence that say that people are counted: "THE NUMBERS OF PATIENTS WERE"."""

from __future__ import annotations

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, word_set

#: One of these begins every such heading.
NUMBERS = word_set("number numbers size sizes")
_WHOSE_SIZE = word_set("sample group")
_TAKEN_IN = word_set(
    "randomised randomized allocated assigned enrolled included recruited treated analysed "
    "analyzed completed completing studied evaluated participating"
)
_SAYS_PEOPLE = _TAKEN_IN | PEOPLE | GROUP | word_set("of the in per each all for analysis finally")
_ENDS = word_set(": was were =")


def behind_heading(tokens: list[Token], a: int, b: int) -> int:
    """ "THE NUMBERS OF recruited PATIENTS WERE 31 and 29": the token behind such a heading, or -1.

    So too "GROUP SIZES WERE 31 and 29", "the SAMPLE SIZE WAS 31 in the wax group".

    The heading says that people are counted, and nothing of what they had: not "the number of
    patients WITH NAUSEA was".
    """
    start = next((k for k in range(a, min(b, a + 4)) if tokens[k].word in NUMBERS), -1)
    if start < 0:
        return -1
    k = start + 1
    while k < b and tokens[k].word in _SAYS_PEOPLE:
        k += 1
    said = {tokens[m].word for m in range(start + 1, k)}
    people = bool(said & (PEOPLE | _TAKEN_IN)) and not any(map(is_sex, said))
    if tokens[start].word in ("size", "sizes"):
        people = start > a and tokens[start - 1].word in _WHOSE_SIZE
    return k + 1 if k < b and people and tokens[k].word in _ENDS else -1


def counts_others(tokens: list[Token], a: int, b: int) -> bool:
    """ "THE NUMBER OF INJECTIONS was 31 with wax": such an opening of what are no people.

    So too "the number of patients WITH NAUSEA was".
    """
    start = next((k for k in range(a, min(b, a + 3)) if tokens[k].word in NUMBERS), b)
    of = start + 1 < b and tokens[start + 1].word == "of"
    return of and behind_heading(tokens, a, b) < 0
