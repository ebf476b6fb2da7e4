"""Visits that are numbered: "at the first and second follow-up visits", "(visit 1 = 60)"."""

from __future__ import annotations

from evergrove.reading.text.small_words import OR_AND
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.times.time_parts import ORDINALS, Time

_VISITS = word_set(
    "visits consultations examinations assessments appointments evaluations reviews checks "
    "follow-ups followups"
)
_FOLLOW_UP = word_set("follow - up followup follow-up")


def numbered_visit(tokens: list[Token], i: int, b: int) -> Time | None:
    """The visit of the ordinal at i: "the FIRST, SECOND, and THIRD follow-up VISITS".

    Visits of unknown days, each by its number. The noun belongs to the last of them. One ordinal
    alone is one only of a follow-up ("the first visit" is that of the baseline).
    """
    last = i
    while last + 2 < b and tokens[last + 1].word in OR_AND:
        k = last + 2 + (tokens[last + 2].word in OR_AND)
        if k >= b or tokens[k].word not in ORDINALS:
            break
        last = k
    k = last + 1
    while k < b and tokens[k].word in _FOLLOW_UP:
        k += 1
    if k >= b or (tokens[k].word not in _VISITS and f"{tokens[k].word}s" not in _VISITS):
        return None
    alone = last == i and not (tokens[i - 1].word in OR_AND and tokens[i - 2].word in ORDINALS)
    doubled = tokens[i - 1].word == "and" and tokens[max(0, i - 3)].word in ORDINALS
    if alone and not doubled and k == last + 1:
        return None
    noun = tokens[k].word.removesuffix("s")
    between = "".join(tokens[m].word for m in range(last + 1, k))
    label = " ".join(part for part in (tokens[i].word, between, noun) if part)
    return Time(i, k + 1 if last == i else i + 1, "other", label, None)


#: Nouns that a number behind them tells apart, alone or in a list.
NUMBERED = word_set("visit session assessment visits sessions assessments")


def visits_of_numbers(tokens: list[Token], i: int, b: int) -> list[Time]:
    """ "(VISIT 1 = 60, VISIT 5 = 53)", "3.2 AT VISIT 5", "at SESSIONS 1, 2 AND 3": by their number.

    Visits of unknown days. Not "at each visit 12 patients were seen", "at the visit 3.2".
    """
    if i and tokens[i - 1].word in _EACH:
        return []
    noun, several = tokens[i].word.removesuffix("s"), tokens[i].word.endswith("s")
    found: list[Time] = []
    k = i + 1
    while k < b and _is_number(tokens, k):
        found.append(Time(k if found else i, k + 1, "other", f"{noun} {tokens[k].word}", None))
        joined = k + 1 < b and tokens[k + 1].word in OR_AND
        if not several or not joined:
            break
        k += 2 + (k + 2 < b and tokens[k + 2].word in OR_AND)
    if not found or (several and len(found) < 2):
        return []
    after = tokens[found[-1].last] if found[-1].last < b else None
    if after is None or after.mark is not None:
        return found
    plain = after.kind == "w" and after.word not in _BEHIND
    return [] if plain or after.word in _MEASURED else found


def _is_number(tokens: list[Token], k: int) -> bool:
    word = tokens[k].word
    return tokens[k].kind == "n" and not tokens[k].flag and word.isdigit() and int(word) <= _MOST


_MOST = 20
_EACH = word_set("each every per a one any this that the last next final first")
_BEHIND = word_set(
    "and or vs versus to was were in with for than but of respectively it they the mean median"
)
_MEASURED = word_set("± / % x × +")
