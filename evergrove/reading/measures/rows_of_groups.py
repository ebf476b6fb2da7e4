"""Sentences that are the row of one group in a table: "Wax arm (n = 32): baseline 6.1; ..."."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, is_content, word_set
from evergrove.reading.view import View


def row_of_group(tokens: list[Token], view: View) -> bool:
    """ "Acupuncture arm (n = 32): baseline 61.2 ± 14.0; ...": the row of a group in a table."""
    if not view.arms or any(m.key is None for m in view.mentions):
        return False
    at = next((k for k in range(view.a, min(view.b, view.a + 12)) if tokens[k].word == ":"), None)
    if at is None:
        return _nothing_but_times(tokens, view)
    return view.arms[0].last <= at and view.arms[0].first <= view.a + 1


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
