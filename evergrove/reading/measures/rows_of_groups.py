"""Sentences that are the row of one group in a table: "Wax arm (n = 32): baseline 6.1; ..."."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, GROUP, PEOPLE, is_content, word_set
from evergrove.reading.view import View


def row_of_group(tokens: list[Token], view: View) -> bool:
    """ "Acupuncture arm (n = 32): baseline 61.2 ± 14.0; ...": the row of a group in a table."""
    if any(m.key is None for m in view.mentions):
        return False
    if not view.arms:
        return _row_below_heading(tokens, view)
    at = next((k for k in range(view.a, min(view.b, view.a + 12)) if tokens[k].word == ":"), None)
    if at is None:
        return _nothing_but_times(tokens, view)
    return view.arms[0].last <= at and view.arms[0].first <= view.a + 1


def from_a_baseline(tokens: list[Token], view: View, first: int) -> bool:
    """ "GIVEN A BASELINE OF 7.5, THIS amounts to a reduction of 3.1": of the score just told.

    `first` is the token of the first value.
    """
    led = tokens[view.a].word in _GIVEN and tokens[first - 1].word == "of"
    based = any(time.kind == "base" and time.last == first - 1 for time in view.times)
    if not (led and based and first - view.a < 6):
        return False
    behind = [t.word for t in tokens[first : view.q.values[-1].first] if t.kind == "w"]
    plain = all(not is_content(w) or w in CHANGE or w in _AMOUNTS for w in behind)
    return plain and not _THIS.isdisjoint(behind)


_GIVEN = word_set("given with from considering against")
_THIS = word_set("this that which it")
_AMOUNTS = word_set(
    "amounts amounted amount means meant corresponds corresponded equals equalled represents "
    "represented is was sd se ci mean average points point mm cm total"
)


def _row_below_heading(tokens: list[Token], view: View) -> bool:
    """ "Mean NRS [95% CI]. OVERALL: BEFORE 7.7 [7.1, 8.2]; 1 DAY 3.1 [2.2, 4.7].": of the heading.

    Times and as many scores, in turn, behind a sentence that names a measure and no other thing.
    """
    times, values = view.times, view.q.values
    if len(values) < 2 or len(times) != len(values) or view.mentions:
        return False
    held = {k for item in (*times, *values) for k in range(item.first, item.last)}
    if any(
        tokens[k].kind == "w" and k not in held and tokens[k].word not in _OF_ALL
        for k in range(view.a, view.b)
    ):
        return False
    if any(time.first > value.first for time, value in zip(times, values, strict=True)):
        return False
    kinds: set[str] = set()
    k = view.a - 2
    while k >= 0 and tokens[k].word != ".":
        kinds.add(getattr(tokens[k].mark, "kind", ""))
        k -= 1
    return "measure" in kinds and kinds <= {"", "measure", "compound", "qualifier"}


_OF_ALL = word_set("overall all whole cohort patients participants and at in on")


def _nothing_but_times(tokens: list[Token], view: View) -> bool:
    """ "IN THE CLAY GROUP BEFORE THERAPY 6.1, AFTER THERAPY 4.1.": a group, its times, its scores.

    No word of the sentence says anything else, and it has no verb.
    """
    if len(view.times) < 2 or len({arm.name for arm in view.arms}) != 1:
        return False
    if len(view.q.values) < 2 or view.arms[0].first > view.times[0].first:
        return False
    told = {k for item in (*view.arms, *view.times) for k in range(item.first, item.last)}
    held = {k for value in view.q.values for k in range(value.first, value.last)}
    return not any(
        tokens[k].kind == "w"
        and k not in told | held
        and (is_content(tokens[k].word) or tokens[k].word in _STATED)
        and tokens[k].word not in GROUP | PEOPLE | _TREATED
        for k in range(view.a, view.b)
    )


_TREATED = word_set("treated given receiving in with")
_STATED = word_set("was were had is are fell rose has have")
