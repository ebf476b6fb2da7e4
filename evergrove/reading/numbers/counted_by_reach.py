"""Bare whole numbers of people in a list: without data, or with a fall that others reached, too."""

from __future__ import annotations

from evergrove.reading.numbers.counted_with import NEW_CLAUSE
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE_NOUNS, PEOPLE, word_set
from evergrove.reading.view import View

_WITHOUT_DATA = word_set("missing unavailable lacking incomplete unobtainable unrecorded")
_FOR_WHOM = word_set("for in from of at")
_JOINS = word_set("and , or vs versus ;")
_BEHIND_PEOPLE = PEOPLE | word_set("with in from of on after under without given who receiving")
_OR_MORE = word_set("least more greater ≥ > exceeding above over larger")
_ARTICLES = word_set("a an the one")
#: A sentence without these counts no such people.
MAYBE_REACHED_TOO = _WITHOUT_DATA | _OR_MORE


def counted_by_reach(tokens: list[Token], view: View) -> list[int]:
    """Where the bare numbers of people without data, or with a fall of that size, stand."""
    told = [value for value in view.q.values if _bare(tokens, value)]
    if not told:
        return []
    return [
        value.at for value in told
        if _without_data(tokens, view, value) or _reached_too(tokens, view, value)
    ]  # fmt: skip


def _bare(tokens: list[Token], value: Value) -> bool:
    if value.spreads or value.unit or value.percent or value.sign or value.p is not None:
        return False
    return "." not in tokens[value.at].word


def _without_data(tokens: list[Token], view: View, value: Value) -> bool:
    """ "VAS was MISSING FOR 7 nuns with wax AND 12 WITH clay": how many more nuns.

    Also the first of them, where no noun follows: "were missing FOR 7 AND 12".
    """
    if view.words.isdisjoint(_WITHOUT_DATA):
        return False
    if value.last < view.b and tokens[value.last].word in ("±", "(", "["):
        return False
    for k in range(value.first - 1, view.a, -1):
        word = tokens[k].word
        if word in NEW_CLAUSE:
            return False
        if word in _WITHOUT_DATA:
            ahead = k + 1 < value.first and tokens[k + 1].word in _FOR_WHOM
            lead = tokens[value.first - 1].word
            listed = lead in _JOINS or (lead in _FOR_WHOM and k + 2 >= value.first)
            again = lead in _FOR_WHOM and tokens[value.first - 2].word in _JOINS
            return ahead and (listed or again) and _people_behind(tokens, view, value)
    return False


def _people_behind(tokens: list[Token], view: View, value: Value) -> bool:
    behind = tokens[value.last].word if value.last < view.b else "."
    return behind in _BEHIND_PEOPLE or behind in _JOINS or behind in (".", ")", "respectively")


def _reached_too(tokens: list[Token], view: View, value: Value) -> bool:
    """ "27 had a fall of 30% or more in NRS AND 14 ONE OF 50% OR MORE": how many of the nuns.

    So are "AND 14 OF AT LEAST 50%", "AND 14 A FALL OF ≥ 50%".
    """
    before = [count for count in view.q.counts if count.at < value.first and not count.equals]
    if not before or tokens[value.first - 1].word not in _JOINS:
        return False
    k = value.last
    k += k < view.b and tokens[k].word in _ARTICLES
    k += k < view.b and tokens[k].word in CHANGE_NOUNS
    if k + 2 >= view.b or (tokens[k].word != "of" and tokens[k].word not in _OR_MORE):
        return False
    ahead = [token.word for token in tokens[k : min(view.b, k + 7)]]
    stop = next((m for m, word in enumerate(ahead) if word in NEW_CLAUSE), len(ahead))
    enough = not _OR_MORE.isdisjoint(ahead[:stop])
    return enough and any(token.kind == "n" for token in tokens[k : k + stop])
