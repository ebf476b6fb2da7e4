"""Another symptom in a list of measures: "FATIGUE, VAS and ODI were 4.2, 3.1 and 33.1"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, POST_WORDS, PRE_WORDS, STATE, is_content, word_set

SCALE_HEADS = word_set(
    "score scores scale scales rating ratings level levels index intensity severity subscale vas "
    "questionnaire nrs total points"
)
_KNOWN = ("measure", "compound")
_NAMES = ("measure", "compound", "qualifier", "other", "veto")
_BETWEEN = word_set("the mean median of for in on and ,")
_LEADS = PRE_WORDS | POST_WORDS | word_set(", : ; and the mean median average overall baseline", "")
_DATES = word_set("at after in")
_LONGEST_PHRASE = 6


def listed_with_known(tokens: list[Token], a: int, b: int, first: int, last: int) -> bool:
    """ "the SATISFACTION SCORE AND VAS were 8.2 and 3.2": one of a list of measures.

    The list around tokens first..last goes on up to a verb, and a name in it is one that the
    profile knows: behind, or ahead ("VAS, SATISFACTION SCORE and flexion were").
    """
    k = _over(tokens, last, b, SCALE_HEADS)
    if k + 2 >= b or tokens[k].word not in (",", "and"):
        return False
    if tokens[k].word == "and":
        j = _over(tokens, k + 1, b, _ARTICLES)
        if j < b and getattr(tokens[j].mark, "kind", "") in _KNOWN:
            while j < b and (
                tokens[j].word in SCALE_HEADS
                or getattr(tokens[j].mark, "kind", "") in (*_KNOWN, "qualifier")
            ):
                j += 1
            return _told(tokens, j, b)
    ahead = _known_ahead(tokens, a, first)
    if not ahead and tokens[k].word == "and":
        return False
    lead = tokens[first - 1].word if first > a else ""
    return lead in _LEADS and _list_behind(tokens, k, b, ahead)


def _known_ahead(tokens: list[Token], a: int, first: int) -> bool:
    """Whether "VAS," stands ahead of the name at token `first`."""
    k = first - 1
    while k > a and tokens[k].word in _ARTICLES:
        k -= 1
    if k <= a or tokens[k].word != ",":
        return False
    k -= 1
    while k > a and tokens[k].word in SCALE_HEADS and tokens[k].mark is None:
        k -= 1
    return getattr(tokens[k].mark, "kind", "") in _KNOWN


_ARTICLES = word_set("the mean median")


def _list_behind(tokens: list[Token], k: int, b: int, known: bool) -> bool:
    """Whether ", VAS and ODI were" stands at token k, some name of the list one that is known."""
    closed = False
    while k < b:
        kind = getattr(tokens[k].mark, "kind", "")
        if kind in _NAMES:
            known |= kind in _KNOWN
        elif tokens[k].word == "and":
            closed = True
        elif tokens[k].word == "(" and k + 2 < b and tokens[k + 2].word == ")":
            k += 2  # "the Oswestry index (ODI)"
        elif (
            tokens[k].word not in _BETWEEN
            and tokens[k].word not in SCALE_HEADS
            and not _leads_to_name(tokens, k, b)
        ):
            break
        k += 1
    return known and closed and _told(tokens, k, b)


def _leads_to_name(tokens: list[Token], k: int, b: int) -> bool:
    """ "and ANTERIOR vertebral height": a word that is part of the name behind it."""
    if tokens[k].kind != "w" or not is_content(tokens[k].word) or tokens[k].word in STATE:
        return False
    return k + 1 < b and getattr(tokens[k + 1].mark, "kind", "") in _NAMES


def _told(tokens: list[Token], k: int, b: int) -> bool:
    """Whether the verb stands at token k, or behind the time that does: "AT 1 YEAR WERE"."""
    if k < b and tokens[k].word in _DATES:
        ahead = range(k + 1, min(b, k + _LONGEST_PHRASE))
        k = next((m for m in ahead if tokens[m].word in STATE), k)
    return k < b and (tokens[k].word in STATE or tokens[k].word in CHANGE)


def _over(tokens: list[Token], k: int, b: int, words: frozenset[str]) -> int:
    while k < b and tokens[k].word in words:
        k += 1
    return k
