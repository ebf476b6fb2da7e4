"""Groups told by a clause, in the common way: "THOSE WHO WERE TAPED" is "the taped group"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.still_there import ANALYSED, ANSWERED, LEFT, LOOKED_AT, TOOK_PART
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    AGENT,
    CHANGE,
    PEOPLE,
    THOSE,
    is_content,
    names_people,
    word_set,
)

_JOINS = word_set("and whereas while but than versus vs against")
_HAD = word_set("wearing given using receiving taking wore used received had on with treated")
_STARTS = word_set(". ; , :")
#: What people did or became, and nothing that was done to all of one group.
_NO_TREATMENT = (
    (CHANGE | AGENT | ANALYSED | ANSWERED | LEFT | LOOKED_AT | TOOK_PART)
    | word_set(
        "satisfied dissatisfied followed treated randomised randomized assigned allocated included "
        "excluded enrolled recruited untreated affected injured healed cured employed retired "
        "tired contacted admitted discharged operated married pleased required needed"
    )
)  # fmt: skip
MAYBE_CLAUSE = Clues("ho were ", "ho was ", words=word_set("who"))


def treated_groups(tokens: list[Token]) -> None:
    """ "patients given wax were at 51, and THOSE WHO WERE TAPED at 40" is "the taped group".

    Only beside a group told by what it had in the same sentence, not "those who were satisfied".
    """
    for k in range(len(tokens) - 5, 2, -1):
        who = tokens[k].word == "who" and tokens[k + 1].word in ("were", "was")
        if not who or tokens[k - 1].word not in THOSE or tokens[k - 2].word not in _JOINS:
            continue
        verb = tokens[k + 2]
        if not verb.word.endswith("ed") or verb.word in _NO_TREATMENT or len(verb.word) < 5:
            continue
        behind = tokens[k + 3]
        if behind.kind == "w" and is_content(behind.word) and behind.word != "one":
            continue
        if not _told_before(tokens, k - 2):
            continue
        tokens[k - 1].word, tokens[k - 1].kind = "the", "w"
        tokens[k + 1].word, tokens[k + 1].kind = "group", "w"
        tokens[k : k + 3] = [verb, tokens[k + 1]]


def _told_before(tokens: list[Token], k: int) -> bool:
    """Whether people are told by what they had in the sentence up to token k."""
    for m in range(k - 1, max(0, k - 40), -1):
        if tokens[m].word == ".":
            return False
        people = tokens[m].word in PEOPLE or names_people(tokens[m].word) or tokens[m].word in THOSE
        if tokens[m + 1].word in _HAD and (people or tokens[m].word.endswith("s")):
            return True
        if people and tokens[m + 1].word == "who":
            return True
    return False


MAYBE_USERS = Clues("sers of ", words=word_set("users"))


def users_in_turn(tokens: list[Token]) -> None:
    """ "USERS OF wax and USERS OF clay differed", "users of wax and clay" is "wax and clay".

    Only of two that a sentence begins with, so that one alone keeps its people.
    """
    for k in range(len(tokens) - 6, -1, -1):
        the = k > 0 and tokens[k - 1].word == "the"
        if not _users(tokens, k) or (k - the > 0 and tokens[k - the - 1].word not in _STARTS):
            continue
        first = k + 2 + (tokens[k + 2].word == "the")
        end = _name_end(tokens, first)
        if end == first or tokens[end].word not in ("and", "or", "versus", "vs"):
            continue
        again = end + 1 + (tokens[end + 1].word == "the")
        if _users(tokens, again):
            del tokens[end + 1 : again + 2 + (tokens[again + 2].word == "the")]
        elif _name_end(tokens, end + 1) == end + 1:
            continue
        del tokens[k:first]


def _users(tokens: list[Token], k: int) -> bool:
    return k < len(tokens) - 4 and (tokens[k].word, tokens[k + 1].word) == ("users", "of")


def _name_end(tokens: list[Token], k: int) -> int:
    end = k
    while end < len(tokens) - 2 and end - k < 4 and is_content(tokens[end].word):
        end += 1
    return end


MAYBE_BETTER = Clues("better than ", words=word_set("better"))
_DID = word_set("did fared performed was were scored")
_NO_GROUP = word_set("before expected at baseline average usual normal ever those that the a in on")


def did_better(tokens: list[Token]) -> None:
    """ "wax DID BETTER THAN clay on the NRS: 3.1 vs 4.5" is "was superior to": which is which.

    Only ahead of a pair of numbers in the sentence, not "scored better than before".
    """
    for k in range(1, len(tokens) - 5):
        better = tokens[k].word == "better" and tokens[k + 1].word == "than"
        if not better or tokens[k - 1].word not in _DID:
            continue
        name = k + 2 + (tokens[k + 2].word == "the")
        if tokens[name].word in _NO_GROUP or not is_content(tokens[name].word):
            continue
        if _pair_ahead(tokens, name):
            tokens[k - 1].word = "was"
            tokens[k].word = "superior"
            tokens[k + 1].word = "to"


def _pair_ahead(tokens: list[Token], k: int) -> bool:
    """Whether "3.1 vs 4.5", "31 mm versus 45 mm" is told behind token k in its sentence."""
    for m in range(k, min(k + 25, len(tokens) - 1)):
        if tokens[m].word == ".":
            return False
        against = tokens[m].word in ("vs", "versus", "v") and tokens[m + 1].kind == "n"
        near = [token.kind for token in tokens[m - 2 : m]]
        if against and ("n" in near or tokens[m - 1].word in (")", "]")):
            return True
    return False


def groups_of(tokens: list[Token]) -> None:
    """ "split into two GROUPS OF wax (n = 27) and clay" is "two groups: wax ...": what they had.

    Not "two groups of 30 nuns", "two groups of older nuns", "three groups of similar size".
    """
    for k in range(2, len(tokens) - 4):
        made = tokens[k].word == "groups" and tokens[k + 1].word == "of"
        if not made or tokens[k - 1].kind != "n":
            continue
        end = k + 2
        while end - k < 7 and tokens[end].kind == "w" and is_content(tokens[end].word):
            end += 1
        name = [token.word for token in tokens[k + 2 : end]]
        if not name or any(names_people(word) for word in name) or not _NOT_KINDS.isdisjoint(name):
            continue
        if tokens[end].word in (",", "and", "or") or _opens_size(tokens, end):
            tokens[k + 1].word, tokens[k + 1].kind = ":", "s"


def _opens_size(tokens: list[Token], k: int) -> bool:
    """Whether "(n = 27)", "(27 nuns)", "(27)" opens at token k."""
    told = tokens[k].word == "(" and k < len(tokens) - 3
    return told and (tokens[k + 1].word == "n" or tokens[k + 1].kind == "n")


_NOT_KINDS = word_set(
    "similar equal equivalent same different comparable unequal size sizes age ages each"
)
