"""Differences that a sentence gives for each of two groups apart: changes, and no contrast."""

from __future__ import annotations

import itertools

from evergrove.reading.arms.arm_phrases import text_of
from evergrove.reading.arms.arm_slots import noun_phrase
from evergrove.reading.arms.declared_arms import declared_arm
from evergrove.reading.document import Document
from evergrove.reading.frames import Run
from evergrove.reading.text.small_words import DIFFERENCES
from evergrove.reading.text.stat_words import COMPARATIVE, DIFFERENCE, sign_of
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, GROUP, STATE, is_content, word_set
from evergrove.reading.view import View

_CONTRAST = word_set(
    "between placebo sham versus vs than over compared relative from favour favor control controls"
)


def changes_of_groups(document: Document, view: View, runs: list[Run]) -> None:
    """ "VAS fell, the mean difference being 21 ± 6 with gel and 12 ± 5 with ice": two changes.

    Only where each of the two declared groups has a difference of its own, and nothing says what
    else it was compared with.
    """
    tokens = document.tokens
    if len(document.declared.arms) == 2 and runs and not view.words.isdisjoint(COMPARATIVE):
        _lower_with_one(tokens, view, runs)
    if len(document.declared.arms) != 2 or len(runs) < 2:
        return
    lead = range(view.a, runs[0].first)
    noun = next((k for k in lead if tokens[k].word in DIFFERENCES), None)
    if noun is None or {tokens[k].word for k in range(noun - 3, view.b)} & _CONTRAST:
        return
    ahead = [tokens[k].word for k in range(view.a, noun) if tokens[k].word in CHANGE]
    stated = all(run.stat == "between_diff" for run in runs)
    # "pain fell, with A MEAN DIFFERENCE IN the wax group (28.7 ± 5.3) and in the clay group (...)"
    led = bool(ahead) and (tokens[noun + 1].word in STATE or tokens[noun + 1].word in _OF_GROUP)
    if not (stated or (led and all(run.stat == "level" for run in runs))):
        return
    arms = [_own_arm(run) for run in runs]
    if any(arm is None for arm in arms) or len({id(arm) for arm in arms}) != 2:
        return
    for run in runs:
        run.stat, run.cue, run.sign, run.role = (
            "change",
            "difference",
            sign_of(ahead[-1] if ahead else ""),
            "of",
        )


_OF_GROUP = word_set("in for of within with")


def _lower_with_one(tokens: list[Token], view: View, runs: list[Run]) -> None:
    """ "NRS WAS LOWER BY 1.7 in nuns treated WITH WAX": than with the other of two groups.

    Not where the sentence tells of both, or of a score before.
    """
    known = [arm for arm in view.arms if arm.arm is not None]
    named = {id(arm.arm) for arm in known}
    several = sum(run.stat == "change" for run in runs) > 1
    if len(named) != 1 or several or view.words & _BEFORE_OR_EACH:
        return
    # "in NUNS treated with wax": who they are names no other group
    others = [arm for arm in view.arms if arm.arm is None]
    if not all(any(0 <= one.first - arm.last <= 3 for one in known) for arm in others):
        return
    for run in runs:
        if run.stat != "change" or run.role != "by" or run.cue not in COMPARATIVE:
            continue
        told = [arm for labels in run.post.get("arm", []) for arm in labels.items]
        ahead = [tokens[k].word for k in range(max(view.a, run.first - 4), run.first)]
        stated = run.cue in ahead and not STATE.isdisjoint(ahead[: ahead.index(run.cue)])
        if stated and len(run.values) == 1 and any(arm.arm is not None for arm in told):
            run.stat, view.arms = "between_diff", known


_BEFORE_OR_EACH = word_set(
    "baseline before initial preoperative previous entry both each either without"
)


def _own_arm(run: Run) -> object:
    """The declared group of a run, if it names just one."""
    labels = [*run.pre.get("arm", []), *run.post.get("arm", [])]
    told = {id(item.arm): item.arm for one in labels for item in one.items}
    return next(iter(told.values())) if len(told) == 1 else None


def minus_runs(document: Document, view: View, runs: list[Run]) -> None:
    """ "...; wax MINUS clay, -9 mm": a difference, though no such noun is there."""
    tokens = document.tokens
    for run in runs:
        if run.stat != "level" or len(run.values) != 1:
            continue
        k = run.first - 1
        while k > view.a and run.first - k < 8 and tokens[k].word not in _ENDS_MINUS:
            k -= 1
        between = any(tokens[m].kind == "n" for m in range(k, run.first))
        if tokens[k].word != "minus" or between or not told_minus(document, view, run.first):
            continue
        run.stat, run.cue, run.role, run.sign = "between_diff", "difference", "of", ""


_NONE = word_set("no without")
_ENDS_MINUS = word_set("minus ; . whereas while")


def told_minus(document: Document, view: View, first: int) -> str:
    """ "The difference, wax MINUS clay, was -1.2": the two groups in that order; else "".

    `first`: the first token of the value. Not where a time or a measure is taken from another.
    """
    tokens = document.tokens
    k = next((k for k in range(first - 1, view.a, -1) if tokens[k].word == "minus"), view.a)
    dash = k == view.a
    if dash:
        k = _dash_in_bracket(tokens, view.a, first)
    if k == view.a or first - k > 14:
        return ""
    none = tokens[k + 1].word in _NONE  # "tape minus NO tape"
    behind = noun_phrase(tokens, k + 1 + none, view.b, 5)
    start = _name_before(tokens, view.a, k)
    if behind is None or start == k:
        return ""
    while behind[1] - behind[0] > 1 and tokens[behind[1] - 1].word in DIFFERENCE:
        behind = (behind[0], behind[1] - 1)  # "the wax minus clay DIFFERENCE"
    busy = {m for time in view.times for m in range(time.first, time.last)}
    if busy & {*range(start, k), *range(*behind)}:
        return ""
    names = [_shown(document, view.a, *span) for span in ((start, k), behind)]
    if dash and not {arm.shown() for arm in document.declared.arms}.issuperset(names):
        return ""  # "(after - before)"
    return " minus ".join(names) if names[0] != names[1] else ""


def _dash_in_bracket(tokens: list[Token], a: int, first: int) -> int:
    """ "difference (wax - clay) in NRS": the dash between the only two phrases of a bracket.

    `a` where there is none ahead of token `first`.
    """
    opened = next((k for k in range(first - 1, a, -1) if tokens[k].word == "("), a)
    if opened == a:
        return a
    inside = list(itertools.takewhile(lambda k: tokens[k].word != ")", range(opened + 1, first)))
    dashes = [k for k in inside if tokens[k].word in _DASHES]
    words = [k for k in inside if tokens[k].kind == "w"]
    told = len(dashes) == 1 and len(words) == len(inside) - 1 and inside[-1] + 1 < first
    return dashes[0] if told else a


_DASHES = word_set("- – −")


def _shown(document: Document, a: int, first: int, last: int) -> str:
    """The name of the group that a phrase names, as the text declares it, or as it is printed."""
    tokens = document.tokens
    last -= tokens[last - 1].word in GROUP and last - first > 1
    none = first > a and tokens[first - 1].word in _NONE
    name = ("no " if none else "") + text_of(tokens, first, last)
    known = declared_arm(name, document.declared)
    return known.shown() if known is not None else name


def between_pair(document: Document, view: View) -> list[str]:
    """ "the difference BETWEEN GEL AND FOAM was 7 mm": the two groups; else []."""
    tokens = document.tokens
    busy = {m for time in view.times for m in range(time.first, time.last)}
    for k in range(view.a, view.b - 3) if "between" in view.words else ():
        if tokens[k].word != "between":
            continue
        left = noun_phrase(tokens, k + 1, view.b, 5)
        if left is None or left[1] >= view.b or tokens[left[1]].word != "and":
            continue
        right = noun_phrase(tokens, left[1] + 1, view.b, 5)
        if right is None or busy & {*range(*left), *range(*right)}:
            continue
        names = [_shown(document, view.a, *span) for span in (left, right)]
        if names[0] != names[1]:
            return names
    return []


def _name_before(tokens: list[Token], a: int, k: int) -> int:
    """Where the name that ends before token k begins; k where none stands there."""
    start = k
    while start > a and k - start < 5:
        token = tokens[start - 1]
        glued = token.word == "-" and not token.spaced
        named = getattr(token.mark, "kind", "") in ("measure", "compound", "veto")
        if named or not (glued or (token.kind == "w" and is_content(token.word))):
            break
        start -= 1
    return start
