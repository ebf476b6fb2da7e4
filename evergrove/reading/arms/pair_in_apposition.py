"""Two groups listed behind their number, told by their order: "Two wraps, wax and clay, ... THE
FIRST gave a mean of 3.1, THE SECOND 4.3"."""

from __future__ import annotations

from collections.abc import Iterable

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arms import Arm, DocArm, words_of
from evergrove.reading.arms.groups_in_order import CALLED, in_order
from evergrove.reading.arms.noun_lists import list_behind
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import NOT_ARM, PEOPLE, names_people, word_set
from evergrove.reading.view import View

BOTH_ORDINALS = word_set("first second")
_OPENS = word_set(", : ( namely")
_ENDS = word_set(", ) . ; : were was")
_BEHIND_SECOND = word_set("in by with to had was of on from one")
_NO_TREATMENTS = word_set(
    "centres centers hospitals surgeons observers raters examiners cities countries visits times "
    "occasions days weeks months periods phases sessions doses scales instruments questionnaires "
    "scores outcomes measures tests indices levels joints sites studies trials"
)

_STEPS = word_set(
    "period periods phase phases session sessions visit visits occasion occasions trial trials "
    "study studies experiment experiments course courses stage stages"
)


def told_by_order(
    tokens: list[Token], view: View, declared: list[DocArm], spans: list[tuple[int, int]]
) -> set[str]:
    """Give a sentence that says "the first" its groups in their order, and return what is in doubt.

    `spans`: the sentences up to this one, in which a pair is sought; the last one counts.
    """
    ranked = _ranked(tokens, view.a, view.b, spans) if view.words >= BOTH_ORDINALS else []
    taken = {k for arm in ranked for k in range(arm.first, arm.last)}
    others = [a for a in view.arms if a.strength > 2 and not taken & set(range(a.first, a.last))]
    if ranked and not others:
        for arm in ranked:
            arm.arm = next((one for one in declared if one.words == words_of(arm.name)), None)
        view.arms = ranked
        return set()
    if 1 < len(declared) < 5:
        told = in_order(tokens, view.a, view.b, declared, view.arms)
        if told is not None:
            view.arms = told
            return {"arm_order_assumed"}
    unknown = [arm.name.lower() for arm in view.arms if arm.arm is None and arm.count is None]
    return {"pair_unresolved"} if BOTH_ORDINALS.intersection(unknown) else set()


def _ranked(tokens: list[Token], a: int, b: int, spans: Iterable[tuple[int, int]]) -> list[Arm]:
    """The groups that a..b tells as "the first" and "the second" of a pair; or []."""
    places = [
        k
        for k in range(a + 1, b - 1)
        if tokens[k].word in BOTH_ORDINALS and tokens[k - 1].word == "the"
    ]
    if [tokens[k].word for k in places] != ["first", "second"]:
        return []
    if not (_acts(tokens, places[0]) and _acts(tokens, places[1], True)):
        return []
    pair: list[tuple[int, int]] = []
    for one, two in spans:
        pair = listed_pair(tokens, one, two) or pair
    if not pair or pair[-1][1] > places[0]:
        return []
    if any(tokens[k].word in _STEPS for k in range(pair[0][0], b)):
        return []  # "3.1 in the first and 4.3 in the second": of two periods, perhaps
    return [
        Arm(k, k + 1 + (tokens[k + 1].word in CALLED), text_of(tokens, *span), 3, np_first=k)
        for k, span in zip(places, pair, strict=True)
    ]


def _acts(tokens: list[Token], k: int, second: bool = False) -> bool:
    """ "the first GAVE", "the first GROUP", "the second 4.3", "the second TO 4.3": whose score."""
    after = tokens[k + 1].word
    if after in _LED or after in CALLED or (after == "," and not second):
        return True
    if tokens[k - 2].word in ("in", "with", "for", "under") and after in _ENDS | {"and", "("}:
        return True  # "3.1 with the first and 4.3 with the second"
    return second and (tokens[k + 1].kind == "n" or after in _BEHIND_SECOND or after in ("a", "an"))


_LED = word_set(
    "gave led resulted had was reached yielded brought scored averaged produced left achieved "
    "lowered reduced showed ended"
)


def listed_pair(tokens: list[Token], a: int, b: int) -> list[tuple[int, int]]:
    """ "TWO WRAPS, wax and clay, were tried", "two gels (wax and clay)": the places of both."""
    for i in range(a, b - 6):
        if tokens[i].kind != "n" or tokens[i].value != 2 or "." in tokens[i].word:
            continue
        k = i + 1
        while k < b - 4 and k - i < 4 and tokens[k].kind == "w" and tokens[k].word not in _OPENS:
            k += 1
        noun = tokens[k - 1].word
        if tokens[k].word not in _OPENS or k == i + 1 or noun[-1:] != "s":
            continue
        if noun in _NO_TREATMENTS or names_people(noun) or tokens[k - 1].mark is not None:
            continue
        spans = list_behind(tokens, k + 1, b)
        names = [frozenset(words_of(text_of(tokens, *span))) for span in spans]
        ended = len(spans) == 2 and (spans[1][1] >= b or tokens[spans[1][1]].word in _ENDS)
        heads = {tokens[span[1] - 1].word for span in spans}
        if ended and all(names) and names[0] != names[1] and not heads & (NOT_ARM | PEOPLE):
            return spans
    return []
