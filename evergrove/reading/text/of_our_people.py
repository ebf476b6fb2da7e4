"""Some of those treated, told as the people that they are: "seven OF OUR nuns", "31 of them"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.still_there import STAYED
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import names_people, word_set

MAYBE_OF_OURS = Clues(" of our ", words=word_set("our"))
_THEM = word_set("them these those")
_CAME = STAYED | word_set("answered replied responded returned came")
_BEEN = word_set("were have had could be")


def some_of_ours(tokens: list[Token]) -> None:
    """ "SEVEN OF OUR NUNS returned; their VAS was 4" is "seven nuns"."""
    for k in range(len(tokens) - 3, 0, -1):
        ours = tokens[k].word == "of" and tokens[k + 1].word == "our"
        if ours and tokens[k - 1].kind == "n" and _people(tokens, k + 2):
            del tokens[k : k + 2]


def _people(tokens: list[Token], k: int) -> bool:
    """Whether people stand at k, or any plural of whom a verb tells that they came back."""
    if names_people(tokens[k].word):
        return True
    return tokens[k].kind == "w" and tokens[k].word.endswith("s") and _came(tokens, k + 1)


def _came(tokens: list[Token], k: int) -> bool:
    """ "RETURNED", "could be SEEN", "HAVE ANSWERED"."""
    while k < len(tokens) - 1 and tokens[k].word in _BEEN:
        k += 1
    return tokens[k].word in _CAME


_TREATED = word_set("treated managed operated")
MAYBE_TREATED_BY = Clues(" of them treated by ", " of these treated by ", words=_TREATED)


def parts_treated_by(tokens: list[Token]) -> None:
    """ "31 of them TREATED BY wax and 29 BY clay" is "treated with wax and 29 with clay"."""
    for k in range(3, len(tokens) - 4):
        if tokens[k].word not in _TREATED or tokens[k + 1].word != "by":
            continue
        if tokens[k - 1].word not in _THEM or tokens[k - 3].kind != "n":
            continue
        tokens[k + 1].word = "with"
        for m in range(k + 2, min(k + 14, len(tokens) - 3)):
            if tokens[m].word in (".", ";"):
                break
            joins = tokens[m].word in ("and", ",") and tokens[m + 1].kind == "n"
            if joins and tokens[m + 2].word == "by":
                tokens[m + 2].word = "with"
