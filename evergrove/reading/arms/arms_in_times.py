"""Groups told by the treatment inside a time: "SIX WEEKS AFTER PLATING, pain was lower"."""

from __future__ import annotations

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.arms import Arm, words_of
from evergrove.reading.arms.dose_groups import DOSE_UNITS
from evergrove.reading.arms.lists_in_times import list_in_time
from evergrove.reading.arms.pairs_in_times import pair_in_time
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set
from evergrove.reading.view import View


def groups_in_times(tokens: list[Token], view: View, slots: list[Arm]) -> list[Arm]:
    """ "8 weeks after early surgery ... compared with 3.6 after rest": a treatment inside a time.

    It names a group only where another treatment stands in the same place, or under the same head
    noun: "after the steroid injection ... for the saline injection".
    """
    out = []
    for time in view.times:
        if time.kind == "post" and (listed := list_in_time(tokens, view, time.first)):
            return listed
        if time.kind not in ("point", "window"):
            continue
        # an event that no list knows stands right behind: "Six weeks AFTER PLATING"
        ends = range(time.last - 1, min(time.last + 1, view.b - 1))
        end = next((k for k in ends if tokens[k].word in AFTERS), 0)
        lead = next((k for k in range(time.first, time.last) if tokens[k].word in AFTERS), end)
        told = lead and (pair_in_time(tokens, view, lead) or list_in_time(tokens, view, lead))
        if told:
            return told
        start = _behind_dose(tokens, lead + 1, view.b)
        span = noun_phrase(tokens, start, view.b if lead == end else time.last) if lead else None
        behind = span is not None and span[1] > time.last
        # "Five months AFTER WAX the VAS was 27, after sham 43 (difference 16)"
        set_apart = not view.words.isdisjoint(_TWO_TREATMENTS)
        if behind and (span[1] >= view.b or not (tokens[span[1]].word == "," or set_apart)):
            continue
        apart = [k for k in range(view.a, view.b) if tokens[k].word in AFTERS]
        if sum(tokens[k - 1].kind == "n" or tokens[k - 1].word in _ENDS_VALUE for k in apart) > 1:
            continue  # "1 year AFTER REPAIR, NRS was 1.4 after mesh and 1.9 after sutures"
        if span is None or not words_of(text_of(tokens, *span)):
            continue
        if span[1] - span[0] == 1 and tokens[span[0]].word in _ANY_TREATMENT:
            continue  # "with wax therapy ... six months AFTER THERAPY": when, for both
        mine, head = words_of(text_of(tokens, *span)), tokens[span[1] - 1].word
        for other in slots:
            if time.first <= other.first < time.last or other.count is not None:
                continue
            same_lead = tokens[other.first].word in AFTERS
            same_head = tokens[other.last - 1].word == head
            if (same_lead or same_head) and words_of(other.name) != mine:
                name = text_of(tokens, *span)
                out.append(Arm(span[0], span[1], name, 3, slot="time", np_first=span[0]))
                other.strength = max(other.strength, 2)
                break
    return out


def _behind_dose(tokens: list[Token], k: int, b: int) -> int:
    """Behind "(the) 20-MG" at token k: "2 h after the 20-mg WAX TABLET"; else k."""
    j = k + (tokens[k].word in ("the", "a"))
    dose = j + 3 < b and tokens[j].kind == "n" and tokens[j + 1].word == "-"
    return j + 3 if dose and tokens[j + 2].word in DOSE_UNITS else k


def known_with_times(
    tokens: list[Token], view: View, found: list[Arm], known: list[Arm]
) -> list[Arm]:
    """The declared groups of a sentence, with those inside a time. `known`: without them."""
    if len(found) > len(known) == 1 and not view.words.isdisjoint(AFTERS):
        return _compared_in_time(tokens, view, found, known)
    return known or _group_of_time(tokens, view, found)


def _group_of_time(tokens: list[Token], view: View, found: list[Arm]) -> list[Arm]:
    """ "TWO DAYS AFTER TAPING, pain fell": a treatment of one of the declared groups alone."""
    if not found or len({id(arm.arm) for arm in found}) != 1 or found[0].arm is None:
        return []
    for time in view.times:
        lead = next((k for k in range(time.first, time.last) if tokens[k].word in AFTERS), None)
        if time.kind not in ("point", "window") or lead is None:
            continue
        inner = [arm for arm in found if lead < arm.first and arm.last <= time.last]
        told = words_of(text_of(tokens, lead + 1, time.last))
        if inner and told == inner[0].arm.words:
            return inner
    return []


def _compared_in_time(
    tokens: list[Token], view: View, found: list[Arm], known: list[Arm]
) -> list[Arm]:
    """ "24 h AFTER WAX COMPARED WITH CLAY (1.4 vs 3.6)": the group inside a time, before `known`.

    The known one is set against it right behind the time.
    """
    for time in view.times:
        lead = next((k for k in range(time.first, time.last) if tokens[k].word in AFTERS), None)
        if time.kind not in ("point", "window") or lead is None:
            continue
        inner = [arm for arm in found if lead < arm.first and arm.last <= time.last]
        other = next((arm for arm in known if time.last < arm.first <= time.last + 3), None)
        if not inner or other is None or inner[0].arm is other.arm:
            continue
        if _SET_AGAINST.issuperset(tokens[k].word for k in range(time.last, other.first)):
            return [*inner[:1], *known]
    return known


_SET_AGAINST = word_set("compared with to versus vs against the")
_TWO_TREATMENTS = word_set("sham placebo saline difference versus vs than compared")
_ANY_TREATMENT = word_set("therapy treatment surgery injection infusion intervention procedure")
_ENDS_VALUE = word_set(") mm cm points %")
AFTERS = word_set("after following")
