"""Scores of one person each, with their average: "8, 8 and 9 (average 8.3)"."""

from __future__ import annotations

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, GROUP, word_set
from evergrove.reading.view import View

ONE_PERSON = "value of one person"
_ORDINALS = word_set("first second third fourth fifth sixth other")
_PERSON = word_set("patient case man woman child subject participant person boy girl volunteer")
#: A sentence without these tells no average, and of no person by his place in a list.
MAYBE_SINGLE = CENTRES | _PERSON


def single_people(tokens: list[Token], view: View) -> set[int]:
    """Put aside what single people scored; the places of the words that tell them apart.

    "VAS was 8 FOR THE FIRST PATIENT, 8 FOR THE SECOND and 9 FOR THE THIRD (average 8.3)": the
    average alone is a mean, and so in "was 1, 2 and 2 (average 1.6)", where it is theirs to the
    last printed place.
    """
    alone = [value for group in _averaged(tokens, view) for value in group]
    places = _told_in_turn(tokens, view)
    if places:
        plain = (v for v in view.q.values if not v.spreads and not _is_average(tokens, v))
        alone += [v for v in plain if "." not in tokens[v.at].word and v not in alone]
    alone += [v for v in view.q.values if v not in alone and _of_one(tokens, view, v)]
    for value in alone:
        view.q.rejected[value.at] = ONE_PERSON
    view.q.values = [value for value in view.q.values if value not in alone]
    return places


def _of_one(tokens: list[Token], view: View, value: Value) -> bool:
    """ "ONE PATIENT, who had a VAS of 9, improved": a whole number that one person had.

    Right behind "one patient with" or "one patient (who) had", with nothing but the measure
    between; not "one patient group", nor in a sentence that tells of him alone.
    """
    if value.spreads or "." in tokens[value.at].word or len(view.q.values) < 2:
        return False
    k = value.first - 1
    while k > view.a and (tokens[k].mark is not None or tokens[k].word in _HAD_A):
        k -= 1
    return (
        k > view.a
        and tokens[k].word in _PERSON
        and tokens[k - 1].word in _ONE
        and any(tokens[m].word in _HAVING for m in range(k, value.first))
    )


_ONE = word_set("one 1 a another")
_HAVING = word_set("with had having reported whose")
_HAD_A = _HAVING | word_set(", who still a an the of score scored was pain preoperative vas nrs")


def _averaged(tokens: list[Token], view: View) -> list[list[Value]]:
    """The whole numbers in front of each average in a bracket that it is the average of.

    Not those of groups, nor of as many visits.
    """
    if not view.words.isdisjoint(GROUP):
        return []
    visits = sum(time.kind in ("point", "window") for time in view.times)
    found: list[list[Value]] = []
    before: list[Value] = []
    for value in view.q.values:
        if not _is_average(tokens, value):
            before.append(value)
            continue
        printed = tokens[value.at].word.partition(".")[2]
        whole = not any(one.spreads or "." in tokens[one.at].word for one in before)
        if len(before) > 1 and whole and visits < len(before):
            gap = sum(one.value for one in before) / len(before) - value.value
            found += [before] if printed and abs(gap) < 10 ** -len(printed) else []
        before = []
    return found


def _is_average(tokens: list[Token], value: Value) -> bool:
    """ "(AVERAGE 8.3)", "(mean of 8.3)", "; mean: 8.3"."""
    k = value.first - 1
    k -= tokens[k].word in ("of", ":", "=", "was", ",", "score", "vas", "nrs")
    if tokens[k].word not in CENTRES:
        return False
    return tokens[k - 1].word in ("(", "[", ";") or tokens[k - 2].word in ("(", "[")


def _told_in_turn(tokens: list[Token], view: View) -> set[int]:
    """The places of "the first patient", "the second" and "the third", where two are told."""
    if view.words.isdisjoint(_ORDINALS):
        return set()
    named = [
        k
        for k in range(view.a, view.b - 2)
        if tokens[k].word in _ORDINALS
        and tokens[k + 1].word in _PERSON
        and tokens[k + 2].word not in GROUP
        and tokens[k - 1].word == "the"
    ]
    if not named or tokens[named[0]].word != "first":
        return set()
    again = [
        k
        for k in range(named[0] + 1, min(view.b, len(tokens) - 1))
        if tokens[k].word in _ORDINALS
        and tokens[k - 1].word == "the"
        and (k in named or tokens[k + 1].kind != "w" or tokens[k + 1].word in _BEHIND)
    ]
    return {m for k in [*named, *again] for m in (k, k + 1)} if again else set()


_BEHIND = word_set("and respectively at after before with had but while one")
