"""What people had, counted beside them: "31 patients with 44 corns", "27 patients (35 corns)"."""

from __future__ import annotations

from evergrove.reading.arms.arms import is_sex
from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import PEOPLE, word_set


def things_of_people(tokens: list[Token], a: int, b: int, count: Count) -> bool:
    """Whether a number counts the corns of "31 patients WITH 44 CORNS" or "(44 CORNS)"."""
    if count.equals or not count.noun or count.noun in PEOPLE or is_sex(count.noun):
        return False
    lead = tokens[count.at - 1].word
    if count.at - 3 < a or lead not in ("with", "("):
        return False
    if lead == "(" and (count.at + 2 >= b or tokens[count.at + 2].word != ")"):
        return False
    k = count.at - 2
    if lead == "(":
        k = _before_condition(tokens, a, k)
    return tokens[k].word in PEOPLE and any(_plain(tokens[m]) for m in range(max(a, k - 3), k))


def _before_condition(tokens: list[Token], a: int, k: int) -> int:
    """ "31 runners WITH A SORE HEEL (44 corns)": the people before the words that end at k."""
    for m in range(k, max(a, k - 6), -1):
        if tokens[m].word == "with":
            return m - 1
        if tokens[m].kind == "n" or tokens[m].word in PEOPLE:
            break
    return k


def behind_things(tokens: list[Token], k: int, b: int) -> int:
    """The token behind "with 44 corns" or "(44 corns)" at k, where a number and a noun stand so."""
    if k + 3 >= b or tokens[k].word not in ("with", "(") or not _plain(tokens[k + 1]):
        return k
    if tokens[k + 2].kind != "w" or tokens[k + 2].word in PEOPLE or is_sex(tokens[k + 2].word):
        return k
    if tokens[k].word == "with":
        return k + 3
    return k + 4 if tokens[k + 3].word == ")" else k


def behind_times_done(tokens: list[Token], m: int, b: int, count: Count) -> int:
    """ "40 nuns underwent 44 WAX PROCEDURES": the token behind the number of what was done."""
    if m + 2 >= b or not _plain(tokens[m]) or tokens[m].value < count.value:
        return m
    done = any(tokens[k].word in DONE for k in range(m + 2, min(b, m + 5)))
    return m + 1 if done else m


DONE = word_set("procedures operations interventions injections surgeries")


def _plain(token: Token) -> bool:
    return token.kind == "n" and token.flag in ("", "word") and "." not in token.word
