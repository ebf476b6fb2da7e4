"""Means and numbers of things that people had or took: sessions, injections, tablets."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CENTRES, GRAMMAR, word_set

if TYPE_CHECKING:
    from evergrove.reading.view import View

_THINGS = word_set(
    "leads electrodes events tablets pills capsules infections recurrences complications leaks"
)
_HAD_THINGS = word_set(
    "sessions treatments injections visits applications procedures operations blocks infusions "
    "classes lessons appointments consultations doses cycles infiltrations punctures needles "
    "exercises passes attempts levels segments contacts calls fractions sittings"
)
_DOSES = word_set("dose doses")
_HAD = word_set(
    "had received underwent took attended needed required completed made given gave used after "
    "with undergoing receiving having was were performed over in applied"
)


# "15.8 ± 4.0 TRIGGER points": places of the body, and no points of a scale
_SPOTS = word_set("trigger tender acupuncture")

#: One of these stands in every sentence that counts such things.
MAYBE_THINGS = _THINGS | _HAD_THINGS | _DOSES | _SPOTS


def of_things(tokens: list[Token], view: View, value: Value) -> bool:
    """ "took 1.4 and 2.1 ibuprofen 400 mg tablets", "3 device-related events": not a score."""
    if value.unit or value.percent or value.p is not None:
        return False
    if not value.sign and _of_dose_group(tokens, view, value):
        return True
    if _spots(tokens, view, value):
        return True
    if value.spreads:
        return _had_things(tokens, view, value)
    k = value.last
    if k + 1 < view.b and tokens[k].word == "and" and tokens[k + 1].kind == "n":
        before = [m for m in view.mentions if m.first < value.first][-2:]
        if len(before) == 2 and before[0].key and before[1].key is None:
            return False  # "VAS and tablets taken were 3.2 and 1.2 tablets"
        k += 2  # the first of two
    return _names(tokens, view, k, _THINGS) or _had_things(tokens, view, value)


def things_go_on(view: View) -> bool:
    """ "They had 15.8 ± 4.0 TRIGGER POINTS with wax, while with clay THEY HAD 15.5": things, too.

    In a sentence that names no measure, behind a first number of things.
    """
    first = view.q.values[0]
    told = view.q.rejected.get(first.at) == "number of things"
    return told and not any(mention.key for mention in view.mentions)


def _names(tokens: list[Token], view: View, k: int, things: frozenset[str]) -> bool:
    """Whether a phrase that begins at k ends in a noun of things."""
    for token in tokens[k : min(view.b, k + 6)]:
        if token.word in things:
            return True
        plain = token.kind == "n" or token.word == "-" or token.word not in GRAMMAR
        if not plain or token.mark is not None:
            return False
    return False


def _had_things(tokens: list[Token], view: View, value: Value) -> bool:
    """ "had a mean of 7 ± 1.5 LASER SESSIONS", "a median of 4 (IQR 2-5) dry needling SESSIONS".

    The mean is that of what people had: no measure stands between the verb and the number.
    """
    k = max([value.last, *(spread.at[-1] + 1 for spread in value.spreads)])
    k += k < view.b and tokens[k].word in (")", "]")
    if k >= view.b or not _names(tokens, view, k, _HAD_THINGS):
        return False
    at = value.first - 1
    if tokens[at].word in ("and", ",") and tokens[at - 1].word in _HAD_THINGS:
        return True  # "and 3 ± 1.1 HOME VISITS"
    if tokens[at].word == "of" and tokens[at - 1].word in CENTRES:
        at -= 2
    elif tokens[at].word in CENTRES:
        at -= 1
    else:
        return False
    at -= at > view.a and tokens[at].word in ("a", "an", "the")
    return at < view.a or tokens[at].word in _HAD or tokens[at].word in ("and", ",")


def _spots(tokens: list[Token], view: View, value: Value) -> bool:
    """ "had 15.8 ± 4.0 TRIGGER POINTS", "4 active TENDER POINTS": how many places hurt."""
    k = max([value.last, *(spread.at[-1] + 1 for spread in value.spreads)])
    near = [token.word for token in tokens[k : min(k + 4, view.b)]]
    return any(one in _SPOTS and two == "points" for one, two in itertools.pairwise(near))


def _of_dose_group(tokens: list[Token], view: View, value: Value) -> bool:
    """ "104 and 128 with THE 4.5 AND 7.5 MIU DOSE groups": what a group was given, in any unit."""
    if value.spreads or value.percent:
        return False
    k = value.last
    while k + 1 < view.b and tokens[k].word in ("and", "or", ",") and tokens[k + 1].kind == "n":
        k += 2
    near = tokens[k : min(k + 3, view.b)]
    ends = [at for at, token in enumerate(near) if token.word in _DOSES]
    return bool(ends) and all(token.kind == "w" and token.mark is None for token in near[: ends[0]])
