"""A score with the end of its scale, "the mean VAS was 71/100 (SD 12)": no part of 100 people."""

from __future__ import annotations

from evergrove.reading.numbers.compared_in_brackets import compared_in_brackets
from evergrove.reading.numbers.labels import LabelReader
from evergrove.reading.text.small_words import VS
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import is_measure
from evergrove.reading.text.words import CHANGE, PEOPLE, UNIT_DAYS, is_content, word_set

_LEADS = word_set("was were of from to averaged averaging mean median")
_CENTRES = word_set("mean median average averaged averaging")
_COUNTED = word_set("number numbers proportion proportions percentage rate rates share ; : ( [")
_GOES_ON = word_set("and , to vs versus was were from with had reported scored")
_HAD = word_set("had were was reported achieved reached experienced showed")
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
    if reader.word(i - 1) in ("(", "[") and reader.word(k) in VS:
        return _mean_compared(reader, i) or _like_the_last(reader, i)
    return _like_the_last(reader, i) or _mean_leads(reader, i) or _headed(reader, i)


def _like_the_last(reader: LabelReader, i: int) -> bool:
    """ "71/100 at entry and 32/100 at 6 weeks": as the score before it, and a list goes on."""
    last = reader.q.values[-1] if reader.q.values else None
    if last is None or last.scale_top is None or reader.t[last.scale_top].value != 100:
        return False
    named = reader.word(i - 1) == ":" and ":" in {
        reader.word(k) for k in range(max(reader.a, last.first - 8), last.first)
    }  # "(wax: VAS 62/100 to 34/100; clay: 64/100 to 42/100)"
    between = {reader.word(k) for k in range(last.last, i - named)}
    counted = between & (_COUNTED - {"(", "[", ";"}) or any(
        reader.word(k) in PEOPLE and not reader.is_number(k - 1) for k in range(last.last, i)
    )  # but "34/100 for the 24 NUNS in group 1 and 42/100"
    if reader.word(i + 3) in _HAD:
        return False  # "at 12 months 24/100 had no pain"
    numbered = named or (reader.t[i - 1].kind == "n" and reader.word(i - 2) in _NAMED_BY_NUMBER)
    numbered = numbered or reader.word(i - 1) in UNIT_DAYS  # "at 12 months 24/100"
    numbered = numbered or (reader.word(i - 1) in ("(", "[") and reader.word(i + 3) in VS)
    numbered = numbered or (reader.word(i - 1) == ")" and reader.word(i - 4) == "n")
    if reader.word(i - 2) == "," and _headed(reader, last.first):
        return True
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
    led = any(
        reader.word(k) in _CENTRES and reader.word(k - 1) in COMPARATIVE
        for k in range(reader.a + 1, i - 1)
    )  # "patients given wax had a LOWER MEAN VAS"
    if words & _COUNTED or (words & PEOPLE and not led) or not words & _CENTRES:
        return False
    if not {reader.word(k) for k in range(reader.a, reader.b)} & (COMPARATIVE | CHANGE):
        return False
    return _names_measure(reader, reader.a, i - 1)


def _headed(reader: LabelReader, i: int) -> bool:
    """ "MEAN VAS AT 3 MONTHS: wax 34/100, clay 42/100", "MEAN VAS differed (wax 34/100, ...)"."""
    if reader.word(i - 1) == ":":
        words = [reader.word(m) for m in range(reader.a, i - 1)]
        timed = "at" in words[2:4] and not set(words) & (_COUNTED | PEOPLE)
        return timed and words[0] in _CENTRES and _names_measure(reader, reader.a, reader.a + 3)
    if not is_content(reader.word(i - 1)) and reader.t[i - 1].kind != "n":
        return False
    k = i - 1
    while k > reader.a and i - k < 16 and reader.word(k) not in (":", "("):
        k -= 1
    words = [reader.word(m) for m in range(reader.a, k)]
    if reader.word(k) not in (":", "(") or not _CENTRES & set(words[:2]):
        return False
    if set(words) & (_COUNTED | PEOPLE | {",", "and"}):
        return False
    return _names_measure(reader, reader.a, k)


def _before_name(reader: LabelReader, k: int) -> int:
    """The token before the name of a measure that ends at token k."""
    while k > reader.a and reader.t[k].mark is not None:
        k -= 1
    return k


def _names_measure(reader: LabelReader, first: int, last: int) -> bool:
    return any(getattr(reader.t[k].mark, "kind", "") == "measure" for k in range(first, last))


def _mean_leads(reader: LabelReader, i: int) -> bool:
    """ "the MEAN VAS at 3 months WAS 32/100": a word for a centre, a measure, and a verb."""
    before = getattr(reader.t[i - 1].mark, "kind", "") == "measure"
    if before and reader.word(_before_name(reader, i - 1)) in _CENTRES:
        return True  # "wax: MEAN VAS 62/100 to 34/100"
    if reader.word(reader.a) == "compared" and reader.word(i - 1) == "with":
        ahead = range(i + 3, min(reader.b - 1, i + 10))  # "COMPARED WITH 62/100, mean VAS was 34"
        return any(
            reader.word(k) in _CENTRES and getattr(reader.t[k + 1].mark, "kind", "") == "measure"
            for k in ahead
        )
    if reader.word(i - 1) in ("was", "averaged") and reader.word(i - 2) == "it":
        return True  # "at 3 months IT WAS 34/100"
    if reader.word(i - 1) not in _LEADS:
        return False
    measure = reader.word(i - 1) in _CENTRES and any(
        getattr(reader.t[k].mark, "kind", "") == "measure"
        for k in range(max(reader.a, i - 7), i - 1)
    )  # "pain VAS: MEAN 71/100"
    first = i - 1 - (reader.word(i - 2) in ("(", "["))  # "(from 62/100 to 34/100)"
    for k in range(first - (first < i - 1), max(reader.a - 1, i - 22), -1):
        word = reader.word(k)
        if word == "(" and reader.word(k + 1) == "n" and reader.word(k + 4) == ")":
            continue  # "the mean VAS with wax (n = 34) was 34/100"
        if word in _COUNTED or word in PEOPLE:
            return False
        measure = measure or is_measure(reader.t[k])
        if word in _CENTRES and measure:
            return True
    return measure and getattr(reader.t[i - 2].mark, "kind", "") == "measure"
