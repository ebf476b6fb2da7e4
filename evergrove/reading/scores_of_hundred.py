"""A score with the end of its scale, "the mean VAS was 71/100 (SD 12)": no part of 100 people."""

from __future__ import annotations

from evergrove.reading.compared_in_brackets import compared_in_brackets
from evergrove.reading.labels import LabelReader
from evergrove.reading.stat_words import COMPARATIVE
from evergrove.reading.words import PEOPLE, word_set

_LEADS = word_set("was were of from averaged averaging mean median")
_CENTRES = word_set("mean median average averaged averaging")
_COUNTED = word_set("number numbers proportion proportions percentage rate rates share ; : ( [")
_GOES_ON = word_set("and , to vs versus was were from with had it")
_NAMED_BY_NUMBER = word_set("group arm day week month visit")


def score_of_hundred(reader: LabelReader, i: int) -> bool:
    """Whether "n/100" at i is a score; people or events counted of 100 are none.

    A spread behind it tells; so does the mean of a measure that leads to it, or a score of the
    same form before it in the sentence.
    """
    k = i + 3
    if reader.word(i + 2) != "100" or reader.word(k) in PEOPLE or reader.word(k) == "/":
        return False
    if reader.word(k) == "±":
        return True
    if reader.word(k) in ("(", "[") and reader.label(k + 1) is not None:
        return True
    if reader.word(k) == ")" and compared_in_brackets(reader.t, reader.a, reader.b, i):
        return True
    if reader.word(i - 1) in ("(", "[") and reader.word(k) in ("vs", "versus"):
        return _mean_compared(reader, i)
    return _like_the_last(reader, i) or _mean_leads(reader, i)


def _like_the_last(reader: LabelReader, i: int) -> bool:
    """ "71/100 at entry and 32/100 at 6 weeks": as the score before it, and a list goes on."""
    last = reader.q.values[-1] if reader.q.values else None
    if last is None or last.scale_top is None or reader.t[last.scale_top].value != 100:
        return False
    between = {reader.word(k) for k in range(last.last, i)}
    counted = between & (_COUNTED - {"(", "[", ";"}) or any(
        reader.word(k) in PEOPLE and not reader.is_number(k - 1) for k in range(last.last, i)
    )  # but "34/100 for the 24 NUNS in group 1 and 42/100"
    numbered = reader.is_number(i - 1) and reader.word(i - 2) in _NAMED_BY_NUMBER
    numbered = numbered or reader.word(i - 1) in _NAMED_BY_NUMBER  # "the clay arm 42/100"
    numbered = numbered or _as_the_name_before(reader, i, last.first)
    return (numbered or reader.word(i - 1) in _GOES_ON) and last.last >= i - 18 and not counted


def _as_the_name_before(reader: LabelReader, i: int, first: int) -> bool:
    """ "with wax it was 34/100 and WITH CLAY 42/100": a name led by the word that led the last."""
    roman = reader.t[i - 1].raw in ("I", "II", "III", "IV") and reader.word(i - 2) == "group"
    if roman or reader.word(i - 2) not in ("with", "for", "on"):
        return roman
    leads = {reader.word(k) for k in range(max(reader.a, first - 6), first)}
    return reader.word(i - 2) in leads and reader.word(i - 3) in ("and", ",")


def _mean_compared(reader: LabelReader, i: int) -> bool:
    """ "the MEAN VAS was LOWER with wax than with clay (34/100 vs 42/100)"."""
    words = {reader.word(k) for k in range(reader.a, i - 1)}
    if words & _COUNTED or words & PEOPLE or not (words & _CENTRES and words & COMPARATIVE):
        return False
    return any(getattr(reader.t[k].mark, "kind", "") == "measure" for k in range(reader.a, i - 1))


def _mean_leads(reader: LabelReader, i: int) -> bool:
    """ "the MEAN VAS at 3 months WAS 32/100": a word for a centre, a measure, and a verb."""
    if reader.word(i - 1) not in _LEADS:
        return False
    measure = reader.word(i - 1) in _CENTRES and any(
        getattr(reader.t[k].mark, "kind", "") == "measure"
        for k in range(max(reader.a, i - 7), i - 1)
    )  # "pain VAS: MEAN 71/100"
    for k in range(i - 1, max(reader.a - 1, i - 14), -1):
        word = reader.word(k)
        if word in _COUNTED or word in PEOPLE:
            return False
        measure = measure or getattr(reader.t[k].mark, "kind", "") == "measure"
        if word in _CENTRES and measure:
            return True
    return measure and getattr(reader.t[i - 2].mark, "kind", "") == "measure"
