"""A noun of change that holds for a whole list: "a fall in VAS of 2.4 and ODI of 12"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import AND_SIGNS
from evergrove.reading.text.stat_words import DIFFERENCE
from evergrove.reading.text.tokens import Token, is_measure
from evergrove.reading.text.words import CHANGE, CHANGE_NOUNS, STATE, VERBS, word_set
from evergrove.reading.times.time_parts import Time

_JOINS = word_set(", and ; points point mm cm ) ] %")
#: "a fall in VAS of 2.4 and A MEAN ODI of 12", ", WITH an ODI of 12": a score may begin here.
_BEGINS_ANEW = word_set(
    "a an mean median average final with score scores had was were to from at by versus vs than "
    "level levels value values baseline rate whereas while but"
)


def noun_goes_on(tokens: list[Token], left: Run, right: Run, timed: dict[int, Time]) -> None:
    """ "a REDUCTION in heel VAS of 2.4 and ankle VAS OF 1.9": the second is a reduction too.

    Nothing but names, "in" and "with" stands between the two, and "of" right before the number.
    """
    if right.stat != "level":
        return
    noun = left.cue in CHANGE_NOUNS or left.cue in DIFFERENCE
    if left.stat not in ("change", "between_diff") or left.role != "of" or not noun:
        return
    if right.role == "state" and (
        _for_another(tokens, left, right) or _achieved(tokens, left, right)
    ):
        right.go_on_from(left)
        return
    if right.role != "of" or tokens[right.first - 1].word != "of":
        return
    last = left.values[-1]
    start = max([left.last, *(at + 1 for spread in last.spreads for at in spread.at)])
    joined = False
    while start < right.first and tokens[start].word in _JOINS:
        joined = joined or tokens[start].word in (",", "and", ";")
        start += 1
    gap = range(start, right.first - 1)
    if not joined or not gap or any(k in timed for k in gap):
        return
    marked = {k for k in gap if getattr(tokens[k].mark, "kind", "") == "qualifier"}
    words = [tokens[k].word for k in gap if k not in marked] or ["of"]
    if words[0] in _BEGINS_ANEW or _STOPS & set(words):
        return
    if not any(word in VERBS for word in words):
        right.go_on_from(left)


_STOPS = CHANGE | STATE | DIFFERENCE | (_BEGINS_ANEW - {"with", "at"}) | word_set("( [ ) ]")


def _achieved(tokens: list[Token], left: Run, right: Run) -> bool:
    """ "The mean FALL was 3.9 with wax, WHILE PLACEBO ACHIEVED 1.3": as much of a fall."""
    gap = [tokens[k].word for k in range(left.last, right.first)]
    got = (
        gap
        and gap[-1] in _GOT
        and not any(is_measure(tokens[k]) for k in range(left.last, right.first))
    )
    return bool(got) and not _CONTRASTS.isdisjoint(gap) and not _SCORED.intersection(gap[:-1])


_GOT = word_set("achieved reached showed had attained produced gave yielded obtained")
_CONTRASTS = word_set("while whereas and but ,")
_SCORED = STATE | CHANGE | word_set("score scores value values of")


def _for_another(tokens: list[Token], left: Run, right: Run) -> bool:
    """ "The improvement in NRS was 3.2 (SD 1.1); IN ODI 22.2", "AND FOR ODI IT WAS 22.2".

    The name of a measure behind "in" or "for" is no subject, so that the noun goes on being it.
    """
    k = right.first - 1
    k -= tokens[k].word in STATE
    k -= tokens[k].word in ("it", "this")
    last = k
    while k > left.last and is_measure(tokens[k]):
        k -= 1
    if k == last:
        return False
    k -= tokens[k].word == "the"
    return tokens[k].word in ("in", "for", "on") and tokens[k - 1].word in AND_SIGNS
