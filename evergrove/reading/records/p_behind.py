"""A p alone behind the scores of two groups: "THE DIFFERENCE WAS SIGNIFICANT (P = 0.02)".

It is of the sentence right before, where that has one score for each of two groups and no p.
"""

from __future__ import annotations

from evergrove.reading.drafts import Draft
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View

_OPENS = word_set("the this that")
_DIFFERENCE = word_set("difference")
_GROUPS = word_set("groups arms two both they")
_DIFFERED = word_set("differed differ")
# "the difference IN satisfaction", "differed BY sex"; but "in favour of wax"
_OF_ANOTHER = word_set("in of for by with on regarding concerning change changes")
_FAVOUR = word_set("favour favor favouring favoring")
_TOLD = word_set("significant significantly significance differed differ")


def give_p_behind(tokens: list[Token], view: View, drafts: list[Draft]) -> None:
    """Give the p of a sentence that tells nothing else to the two drafts of the one before."""
    if len(view.q.ps) != 1 or view.q.values or view.mentions or view.times or view.q.counts:
        return
    if len(drafts) != 2 or drafts[0].view.b != view.a or not _of_the_difference(tokens, view):
        return
    one, two = drafts
    named = one.cell.arm is not None and two.cell.arm is not None
    if not named or one.cell.arm.name == two.cell.arm.name or one.p or two.p:
        return
    if one.key != two.key or one.record["stat"] != "level" or two.record["stat"] != "level":
        return
    first, second = one.cell.time, two.cell.time
    if (first and first.label) != (second and second.label) or view.q.ps[0].op == "?":
        return
    one.p = two.p = view.q.ps[0]


def _of_the_difference(tokens: list[Token], view: View) -> bool:
    """ "THE DIFFERENCE was", "THIS DIFFERENCE between groups was", "THE TWO GROUPS DIFFERED"."""
    of_another = not view.words.isdisjoint(_OF_ANOTHER) and view.words.isdisjoint(_FAVOUR)
    if view.words.isdisjoint(_TOLD) or of_another:
        return False
    k = view.a + (tokens[view.a].word in _OPENS)
    if tokens[k].word in _DIFFERENCE:
        return True
    ahead = {tokens[m].word for m in range(k, min(k + 2, view.b))}
    then = {tokens[m].word for m in range(k, min(k + 5, view.b))}
    return bool(ahead & _GROUPS and then & _DIFFERED)
