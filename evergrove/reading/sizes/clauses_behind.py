"""People behind the scores: "VAS fell to 2, AND IN 55 NUNS THE PAIN RESOLVED", "(41/52 seen)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Count
from evergrove.reading.text.people_nouns import may_be_people
from evergrove.reading.text.small_words import JOINS_CLAUSES
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import (
    DETERMINERS,
    LOOKED_AT,
    PEOPLE,
    POST_WORDS,
    UNIT_DAYS,
    names_people,
    word_set,
)

_SUBJECTS = DETERMINERS | word_set("it pain symptoms headache headaches complete no there")
_BECAME = word_set(
    "was were had became reduced decreased halved improved fell dropped declined diminished ceased "
    "abated vanished resolved disappeared persisted recurred returned remained increased worsened"
)
_HAPPENED = _BECAME | word_set("is are occurred developed followed needed used reported wanted")
_FAR = 14


def told_of_some(tokens: list[Token], count: Count, a: int) -> bool:
    """ "and IN 55 OF 107 NUNS THE PAIN WAS HALVED": what became of some, and no n of the scores.

    The clause has a subject and a verb of its own, and no number but a percentage: in "and in 55
    nuns the VAS was 3.1" the score is theirs.
    """
    k = count.at - 1
    if k <= a or tokens[k].word != "in" or tokens[k - 1].word not in JOINS_CLAUSES:
        return False
    k = count.last
    while k < len(tokens) and (tokens[k].word == count.noun or names_people(tokens[k].word)):
        k += 1
    if k < len(tokens) and tokens[k].word in ("(", "["):
        k = next((m + 1 for m in range(k, min(k + 8, len(tokens))) if tokens[m].word in ")]"), k)
    if k >= len(tokens) or tokens[k].word not in _SUBJECTS:
        return False
    verb = False
    for m in range(k + 1, min(k + _FAR, len(tokens) - 1)):
        word = tokens[m].word
        if word in (".", ";", "and", ",") or word in POST_WORDS:
            return verb
        if tokens[m].kind == "n" and tokens[m + 1].word != "%":
            return False
        verb = verb or word in _BECAME
    return verb


_THERE = LOOKED_AT | word_set("available followed analysed analyzed evaluable attended completed")
_BETWEEN = PEOPLE | word_set("/ of out the were was still then follow - up data")


def some_of_them(tokens: list[Token], count: Count) -> bool:
    """Whether a count in a bracket is of those who had something: "(41/52)", "(41 of 52 improved)".

    Not where the bracket says of them only that they were there: "(41/52 available)".
    """
    if count.of is None or not count.bracket:
        return False
    if tokens[count.at - 1].word not in ("(", "["):
        return True
    there = _there(tokens, count.at)
    if there == 0:
        return not (_there_before(tokens, count) or _behind_dated_score(tokens, count))
    return there != 1


def _there(tokens: list[Token], at: int) -> int:
    """How often the rest of a bracket says that people were there; -1 if it says other things."""
    there = 0
    for k, token in enumerate(tokens[at : at + 12], at):
        if token.word in (")", "]"):
            return there
        if token.word in _THERE:
            there += 1
        elif token.kind == "n" or token.word in _BETWEEN:
            continue
        elif tokens[k - 1].kind != "n" or not may_be_people(tokens, k):
            return -1
    return -1


def _there_before(tokens: list[Token], count: Count) -> bool:
    """ "3.1 (51 of 58 ASSESSED) and 3.6 at 9 months (46 OF 58)": the bracket before says of whom.

    A score stands between the two, and no verb behind it: "..., and relapse was rare (9 of 58)".
    """
    scored = False
    for k in range(count.at - 2, max(0, count.at - 40), -1):
        scored = scored or (tokens[k].kind == "n" and "." in tokens[k].word)
        if tokens[k].word in (".", ";") or (not scored and tokens[k].word in _HAPPENED):
            return False
        if tokens[k].word in ("(", "[") and tokens[k + 1].kind == "n":
            parts = scored and tokens[k + 2].word in ("of", "/") and tokens[k + 3].kind == "n"
            if parts and (there := _there(tokens, k + 1)):
                return there == 1
    return False


def _behind_dated_score(tokens: list[Token], count: Count) -> bool:
    """ "NRS was 2.2 (SD 1.1) AT 12 MONTHS (31 OF 40 NUNS)": those whose scores these are.

    Nothing but a time stands between the score and the bracket, and the bracket names people.
    """
    near = range(count.last, min(count.last + 4, len(tokens)))
    closed = next((k for k in near if tokens[k].word in (")", "]")), 0)
    if not closed or not may_be_people(tokens, closed - 1):
        return False
    k = count.at - 2
    while k > 0 and count.at - k < 9 and not _ends_score(tokens, k):
        dated = tokens[k].word in _WHEN or tokens[k].word in UNIT_DAYS
        if not dated and tokens[k].kind != "n":
            return False
        k -= 1
    return k < count.at - 2 and _ends_score(tokens, k)


_WHEN = word_set("at after by on in the day week month follow - up visit later")


def _ends_score(tokens: list[Token], k: int) -> bool:
    """Whether a score ends at token k: "2.2", "2.2 mm", "2.2 (SD 1.1)"."""
    if tokens[k].word in _CLOSES and tokens[k - 1].kind == "n":
        return True
    return tokens[k].kind == "n" and "." in tokens[k].word


_CLOSES = word_set(") ] mm cm points")
