"""Where people or scores were, and no state or part that was rated: "68% were BACK AT WORK"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_PLACES = word_set("work school sport sports")
_TO = word_set("at to in off")
_WERE = word_set(
    "back were was are being still returned return returning returns went remained stayed resumed "
    "fully already"
)


def without_places_of_people(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """The marks without "71% WERE AT WORK", "BACK AT WORK", "returned TO WORK".

    Nor with "pain was BACK TO 5.1", "went BACK TO baseline". Not "VAS at work was 2.1", "pain at
    rest and at work".
    """
    out = []
    for mark in marks:
        at = mark.last - 1
        k = at if tokens[mark.first].word in _PLACES else mark.first + 1
        place = mark.kind == "qualifier" and tokens[at].word in _PLACES and k > 1
        if place and tokens[k - 1].word in _TO and tokens[k - 2].word in _WERE:
            for m in range(mark.first, mark.last):
                tokens[m].mark = None
            continue
        if mark.kind == "qualifier" and _again(tokens, mark):
            tokens[mark.first].mark = None
            continue
        out.append(mark)
    return out


def _again(tokens: list[Token], mark: Mark) -> bool:
    """ "pain was BACK TO 5.1": as it had been, and no part of the body."""
    told = [token.word for token in tokens[mark.first : mark.last + 1]]
    return told in _BACK_TO and tokens[mark.first - 1].word in _CAME


_BACK_TO = [["back", "to"], ["back", "at"], ["back", "near"]]
_CAME = _WERE | word_set("came got fell rose dropped crept climbed drifted slid slipped moved")
