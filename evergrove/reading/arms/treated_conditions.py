"""What a treatment was for, between it and its bracket: "after KELP WRAPS FOR GOUT (n = 20)"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    EVENT,
    NOT_ARM,
    PEOPLE,
    SCORE_UNITS,
    UNIT_DAYS,
    is_content,
    word_set,
)

_LEADS = word_set("after with following under")
_ENDS = SCORE_UNITS | word_set(") ]")
_NO_TREATMENT = PEOPLE | UNIT_DAYS.keys()
_LONGEST = 4


def before_condition(tokens: list[Token], a: int, j: int) -> int:
    """Where the name of a treatment ends before the bracket at j, which stands behind its "for".

    The treatment stands behind a score and "after" or "with"; not "5.5 AFTER 6 WEEKS FOR WAX
    (n = 20)", and not where another "for" leads to another name, as both then name groups.
    """
    m = _noun_start(tokens, a, j)
    if m is None or tokens[m - 1].word != "for":
        return j
    at = m - 1
    k = _noun_start(tokens, a, at)
    if k is None or tokens[k - 1].word not in _LEADS:
        return j
    before = tokens[k - 2]
    dated = before.word in UNIT_DAYS and tokens[k - 3].kind == "n"  # "2.4 at 6 WEEKS after"
    if before.kind != "n" and before.word not in _ENDS and not dated:
        return j
    words = {token.word for token in tokens[k:at]}
    if words <= EVENT | NOT_ARM or not _NO_TREATMENT.isdisjoint(words):
        return j  # "after surgery for wax", "after 6 weeks for wax"
    return j if _names_groups(tokens, a, at) else at


def _noun_start(tokens: list[Token], a: int, j: int) -> int | None:
    """Where up to four plain words that end before token j begin; None if there are none."""
    k, words = j, 0
    while k > a + 3 and words < _LONGEST and _plain(tokens[k - 1]):
        k, words = k - 1, words + 1
        if tokens[k - 1].word == "-" and not tokens[k].spaced:
            k -= 1  # "POST-bath"
    return k if k < j else None


def _plain(token: Token) -> bool:
    return token.kind == "w" and (is_content(token.word) or getattr(token.mark, "kind", "") != "")


def _names_groups(tokens: list[Token], a: int, at: int) -> bool:
    """Whether another "for" of the sentence leads to another noun: "4.2 after rest FOR CLAY"."""
    k = at
    while k > a and tokens[k - 1].word != ".":
        k -= 1
    while k + 1 < len(tokens) and tokens[k].word != ".":
        if tokens[k].word == "for" and tokens[k + 1].word != tokens[at + 1].word:
            return True
        k += 1
    return False
