"""People who stayed, told by a bare number: "six dropped out, so 139 (mean age 68) WERE SEEN"."""

from __future__ import annotations

import itertools

from evergrove.reading.arms import is_sex
from evergrove.reading.quantities import Count
from evergrove.reading.tokens import Token, open_bracket
from evergrove.reading.words import GROUP, PEOPLE, UNIT_DAYS, word_set

#: A sentence without these says of nobody that he stayed.
MAYBE_STAYED = word_set(
    "completed attended returned finished seen reviewed examined followed evaluated assessed "
    "analysed analyzed reassessed"
)
_PASSIVE = MAYBE_STAYED - word_set("attended returned finished completed")
#: Words of a group or a visit; the years may be those of an age.
_OTHERS = (GROUP | UNIT_DAYS.keys() | {"not"}) - {
    "year",
    "years",
    "cohort",
    "sample",
    "d",
    "h",
    "y",
}
_LEADS = word_set(", ; : so that and thus hence therefore leaving")
_BEHIND = word_set(". , ; and for in the study trial follow protocol ) finally prospectively")


def bare_rest(tokens: list[Token], a: int, b: int, words: frozenset[str]) -> Count | None:
    """The number of "so 139 (mean age, 68 years; 70 women) WERE EVALUATED", or None.

    Also "139 COMPLETED THE STUDY", "139 men (mean age 68 years) were analysed". The number stands
    alone, as the subject of its clause: people of a group or of one visit, and those who were
    examined by or with something, are left to other rules.
    """
    if words.isdisjoint(MAYBE_STAYED) or not words.isdisjoint(_OTHERS):
        return None
    found = [k for k in range(a, b - 1) if _bare(tokens, a, k) and _stayed(tokens, k, b)]
    return Count(int(tokens[found[0]].value), found[0], found[0] + 1) if len(found) == 1 else None


def _bare(tokens: list[Token], a: int, k: int) -> bool:
    token = tokens[k]
    if token.kind != "n" or token.mark is not None or token.flag not in ("", "word"):
        return False
    if "." in token.word or token.value < 5:
        return False
    if tokens[k + 1].word in PEOPLE and (k + 2 >= len(tokens) or tokens[k + 2].word != "("):
        return False  # "52 patients were analysed" is read by its noun
    listed = k - a > 1 and tokens[k - 2].kind == "n"  # "84, 76 and 70 completed the visits"
    return k == a or (tokens[k - 1].word in _LEADS and not listed)


def _stayed(tokens: list[Token], k: int, b: int) -> bool:
    """Whether the verb that says so stands behind the number, over a bracket."""
    k += 1 + (tokens[k + 1].word in PEOPLE)
    if tokens[k].word == "(":
        k = next((m + 1 for m in range(k, min(b, k + 20)) if tokens[m].word == ")"), b)
    active = True
    while k < b - 1 and tokens[k].word in ("were", "could", "be", "finally", "therefore"):
        active = False
        k += 1
    if k >= b or tokens[k].word not in (MAYBE_STAYED - _PASSIVE if active else MAYBE_STAYED):
        return False
    k += 1 + (k + 1 < b and tokens[k + 1].word == "up")
    return k >= b or tokens[k].word in _BEHIND


def describes(tokens: list[Token], a: int, b: int, k: int) -> bool:
    """ "139 patients (mean age 68 years; 70 WOMEN) were analysed": a semicolon in such a bracket.

    It parts no clauses: what stands behind it tells what people those were.
    """
    if open_bracket(tokens, a, k) is None:
        return False
    inside = itertools.takewhile(lambda m: tokens[m].word not in ")]", range(k + 1, b))
    return any(is_sex(tokens[m].word) for m in inside)
