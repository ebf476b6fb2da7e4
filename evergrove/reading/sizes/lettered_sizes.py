"""Sizes beside a lettered group: "the 20 patients of group 1", "group 2 consisted of 22"."""

from __future__ import annotations

from evergrove.reading.arms.arms import Arm
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import PEOPLE, word_set

_OF = word_set("of in from")
_MADE_OF = word_set(
    "consisted comprised included contained numbered consisting comprising including containing"
)


def size_beside(tokens: list[Token], phrase: Arm, a: int, b: int) -> Count | None:
    """The n of a lettered group from the words right before or right behind its name."""
    count = _before(tokens, phrase, a) or _rest(tokens, phrase, a) or _behind(tokens, phrase, b)
    return count or _in_bracket(tokens, phrase, a, b)


def _in_bracket(tokens: list[Token], phrase: Arm, a: int, b: int) -> Count | None:
    """ "24 (GROUP 1) had tape; 23 (GROUP 2) had rest": a number before each group's bracket."""
    if phrase.last >= b or tokens[phrase.last].word not in (")", ",", ";"):
        return None
    sized = [k for k in range(a + 2, b - 1) if tokens[k].word == "group" and _sized(tokens, a, k)]
    k = phrase.first - 2
    while k > a and tokens[k].word in PEOPLE:
        k -= 1
    rest = tokens[k - 1].word in ("other", "remaining") and phrase.first in sized
    if (len(sized) < 2 and not rest) or phrase.first not in sized:
        return None
    k = phrase.first - 2
    while tokens[k].word in PEOPLE:
        k -= 1
    return plain_count(tokens, k)


def _sized(tokens: list[Token], a: int, first: int) -> bool:
    """Whether "24 (", "24 men (" leads to token `first`, at the start of a part of a list.

    Also "the remaining 24 men, GROUP 2,".
    """
    k = first - 2
    while k > a and tokens[k].word in PEOPLE:
        k -= 1
    leads = k == a or tokens[k - 1].word in _LEADS_PART
    rest = k > a and tokens[k - 1].word in ("other", "remaining") and tokens[first - 1].word == ","
    return (tokens[first - 1].word == "(" or rest) and leads and plain_count(tokens, k) is not None


_LEADS_PART = word_set(": ; , and other remaining")


def _before(tokens: list[Token], phrase: Arm, a: int) -> Count | None:
    """ "THE 20 patients of group 1": with the article it is all of the group, not some of it."""
    k = phrase.first - 1
    k -= k > a and tokens[k].word == "the"
    if k <= a or tokens[k].word not in _OF:
        return None
    k -= 1
    while k > a and tokens[k].word in PEOPLE:
        k -= 1
    if k <= a or tokens[k - 1].word != "the":
        return None
    return plain_count(tokens, k)


def _rest(tokens: list[Token], phrase: Arm, a: int) -> Count | None:
    """ "THE OTHER 19 (patients) to group B": those that are left go to the group named last."""
    k = phrase.first - 1
    k -= k > a and tokens[k].word == "the"
    if k <= a or tokens[k].word not in _INTO:
        return None
    k -= 1
    put = False
    while k > a and tokens[k].word in _PEOPLE_PUT:
        put = put or tokens[k].word in _PUT
        k -= 1
    # "Of these, 20 WERE RANDOMLY ASSIGNED to group 1"
    leads = k == a or tokens[k - 1].word in _LEADS_PART
    starts = put and leads and not _or_another(tokens, phrase)
    return (
        plain_count(tokens, k) if starts or tokens[k - 1].word in ("other", "remaining") else None
    )


def _or_another(tokens: list[Token], phrase: Arm) -> bool:
    """ "40 were assigned TO GROUP 1 OR GROUP 2", "to groups 1 and 2": the size of both."""
    if any(tokens[k].word == "groups" for k in range(phrase.first - 1, phrase.last)):
        return True
    behind = [token.word for token in tokens[phrase.last : phrase.last + 2]]
    return behind[:1] == ["or"] or behind in (["and", "group"], [",", "group"], ["versus", "group"])


_ENDS_PART = word_set(", ; ) and")
_INTO = word_set("to into in")
_PUT = word_set("were was randomly assigned allocated randomised randomized placed entered")
_PEOPLE_PUT = PEOPLE | _PUT


def _behind(tokens: list[Token], phrase: Arm, b: int) -> Count | None:
    """ "group 1 consisted of 20 patients AND GROUP 2 OF 22"."""
    k = phrase.last
    if k + 2 < b and tokens[k].word in ("-", "–", ":") and tokens[k + 2].word in _ENDS_PART:
        # "(group 1- 30, group 2- 31)"
        listed = open_bracket(tokens, max(0, k - 30), k) is not None
        return plain_count(tokens, k + 1) if listed else None
    verb = k < b and tokens[k].word in _MADE_OF
    k += verb
    of = k < b and tokens[k].word == "of"
    k += of
    if not (verb or of) and _made_of_too(tokens, phrase, b):
        return plain_count(tokens, k)
    if not (verb or of) or k >= b:
        return None
    after = tokens[k + 1].word if k + 1 < b else ""
    if after not in PEOPLE and after not in (",", ";", ".", "and", "("):
        return None
    return plain_count(tokens, k)


def _made_of_too(tokens: list[Token], phrase: Arm, b: int) -> bool:
    """ "Group 1 COMPRISED 40 and GROUP 2 41 consecutive patients": the verb holds for both."""
    k, lead = phrase.last, tokens[phrase.first - 1].word
    if k + 1 >= b or tokens[k].kind != "n" or lead not in ("and", ",", ";"):
        return False
    before = [tokens[m].word for m in range(max(0, phrase.first - 8), phrase.first)]
    people = any(tokens[m].word in PEOPLE for m in range(k + 1, min(b, k + 4)))
    ends = tokens[k + 1].word in _ENDS_PART or tokens[k + 1].word == "."
    return not _MADE_OF.isdisjoint(before) and (people or ends)


def plain_count(tokens: list[Token], k: int) -> Count | None:
    """The bare whole number at k, from 2 up, as a count of people; else None."""
    token = tokens[k]
    whole = token.kind == "n" and token.flag in ("", "word") and "." not in token.word
    if not whole or token.mark is not None or token.value < 2:
        return None
    return Count(int(token.value), k, k + 1, "", None, False, False)
