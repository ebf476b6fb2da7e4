"""Words beside a pain scale that say of what it is, and elsewhere mean something else."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import BODY_PLACES, UNIT_DAYS, word_set

_ARM = word_set("arm arms")
_GROUPED = word_set("group groups of vs versus")
_OPENS = word_set("( - – for in")


def mark_arm_scores(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """ "VAS (neck) ... VAS ARM", "neck and ARM scores": a part of the body, and no group.

    Only in a text that rates the neck too, and where no group's word stands beside it.
    """
    if not any(mark.kind == "qualifier" and mark.key == "neck" for mark in marks):
        return marks
    added: list[Mark] = []
    for k, token in enumerate(tokens[:-1]):
        if token.word not in _ARM or token.mark is not None or not k:
            continue
        if tokens[k + 1].word in _GROUPED or not _beside(tokens, k, profile):
            continue
        token.mark = Mark(k, k + 1, "qualifier", "arm")
        token.word = "brachial"  # so that nothing behind takes "neck/arm" for a group of people
        added.append(token.mark)
    return [*marks, *added]


def _beside(tokens: list[Token], k: int, profile: Profile) -> bool:
    """Whether the word at k stands right at a pain scale, or in a list with the neck."""
    if _pain_scale(tokens[k + 1], profile):
        return True
    m = k - 1
    if m > 0 and tokens[m].word in _OPENS:
        m -= 1
    if _pain_scale(tokens[m], profile):
        return True
    joined = tokens[k - 1].word in ("and", "/", "&", "or") and k > 1
    return joined and _of_neck(tokens[k - 2])


def _of_neck(token: Token) -> bool:
    mark = token.mark
    return getattr(mark, "kind", "") == "qualifier" and mark.key == "neck"


def _pain_scale(token: Token, profile: Profile) -> bool:
    mark = token.mark
    if getattr(mark, "kind", "") != "measure":
        return False
    measure = profile.measures[mark.key]
    return measure.instrument and measure.construct == "pain"


def mark_activity_scores(tokens: list[Token], marks: list[Mark], profile: Profile) -> list[Mark]:
    """ "VAS rest and ACTIVITY score": the pain at activity, and no score of how active one is.

    Right behind a pain scale, or behind a state that stands right behind one; anywhere in a text
    whose pain was rated "at rest and ON ACTIVITY".
    """
    out = list(marks)
    of_pain = _rated_on_activity(tokens)
    for mark in marks:
        k = mark.first
        if mark.kind == "qualifier" or tokens[k].word != "activity" or k < 2:
            continue
        m = k - 1
        if tokens[m].word in ("and", "/", "&", ",") and m > 1:
            m -= 1
            state = tokens[m].mark
            if getattr(state, "kind", "") != "qualifier":
                if not of_pain:
                    continue
            else:
                m = state.first - 1
        alone = of_pain and tokens[k - 1].word not in _OTHER_ACTIVITY
        if m < 0 or not (alone or _pain_scale(tokens[m], profile)):
            continue
        new = Mark(k, k + 1, "qualifier", "activity")
        for j in range(k, mark.last):
            tokens[j].mark = new if j == k else None
        out[out.index(mark)] = new
    return out


_OTHER_ACTIVITY = word_set("physical daily sports sport disease leisure tegner ucla marx social")
_BEFORE_ACTIVITY = word_set("on during with at in for upon the separately under")


def _rated_on_activity(tokens: list[Token]) -> bool:
    """ "at rest and ON ACTIVITY", "for rest and THE ACTIVITY", "on activity and at rest"."""
    for k in range(3, len(tokens) - 3):
        if tokens[k].word not in ("activity", "activities"):
            continue
        m = k - 1
        while m > 1 and tokens[m].word in _BEFORE_ACTIVITY:
            m -= 1
        led = m < k - 1 or tokens[m - 1].word == "rest"
        if led and tokens[m].word in ("and", "or") and tokens[m - 1].word in ("rest", "resting"):
            return True
        behind = [token.word for token in tokens[k + 1 : k + 4]]
        if m < k - 1 and behind in (["and", "at", "rest"], ["and", "in", "rest"]):
            return True
    return False


_BODILY = frozenset(("swelling", "stiffness", "spasm", "cramp", "dryness", "tightness", "burning"))
_HURTS = word_set("pain ache aches soreness")


def mark_bodily_pains(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "SWELLING PAIN (VAS) was 2.4", "stiffness pain": a pain, and no score of the swelling.

    "stiffness, pain and function" has a sign between, and "stiffness pain and function" lost it.
    """
    out = []
    for mark in marks:
        k = mark.last
        hurts = mark.kind == "other" and k + 1 < len(tokens) and tokens[k].word in _HURTS
        if hurts and mark.key in _BODILY and tokens[k + 1].word != "and":
            for j in range(mark.first, mark.last):
                tokens[j].mark = None
            continue
        out.append(mark)
    return out


def mark_listed_places(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "ELBOW AND wrist VAS were 4.4 ± 1.9 and 2.8 ± 1.7": the first place has a score of its own.

    Two scores right beside each other must follow: "hand and wrist pain was 4.1" is one pain.
    """
    out = _arms_with_necks(tokens, marks)
    for mark in [mark for mark in out if mark.kind == "measure"]:
        k = mark.first - 1
        if k < 2 or tokens[k].word not in BODY_PLACES or tokens[k - 1].word not in ("and", "/"):
            continue
        first, second = tokens[k - 2], tokens[k]
        if first.word not in BODY_PLACES:
            continue
        together = _two_beside(tokens, mark.last)
        for at, place in ((k - 2, first), (k, second)) if together else ():
            if place.mark is None:
                place.mark = Mark(at, at + 1, "qualifier", place.word)
                out.append(place.mark)
        told = first.mark
        apart = {first.word, second.word} & {"back", "leg", "legs"}  # scored each by itself
        if (
            together is False
            and not apart
            and getattr(told, "kind", "") == "qualifier"
            and told.last == k - 1
        ):
            first.mark = None  # "SHOULDER and neck pain was 5.1 at week 3": one of both
            out = [other for other in out if other is not told]
    return sorted(out, key=lambda mark: mark.first)


def _arms_with_necks(tokens: list[Token], marks: list[Mark]) -> list[Mark]:
    """ "neck and ARM VAS were 4 and 3": a scale, and the arm as a place; none stands ahead."""
    out = list(marks)
    for mark in marks:
        k = mark.first
        if (
            mark.key != "arm"
            or mark.last != k + 2
            or k < 2
            or tokens[k - 1].word not in ("and", "/")
        ):
            continue
        near = [m for m in marks if m.kind == "measure" and k - 12 < m.last <= k]
        if near or getattr(tokens[k - 2].mark, "kind", "") != "qualifier":
            continue
        scale = "pain_vas" if tokens[k + 1].word == "vas" else "pain_nrs"
        tokens[k].mark = Mark(k, k + 1, "qualifier", "arm")
        tokens[k + 1].mark = Mark(k + 1, k + 2, "measure", scale)
        out.remove(mark)
        out += [tokens[k].mark, tokens[k + 1].mark]
    return out


def _two_beside(tokens: list[Token], k: int) -> bool | None:
    """Whether a verb and two numbers stand behind token k, with nothing but spreads between.

    False where one number stands alone behind the verb; None where it cannot be told.
    """
    start = k
    while start < min(len(tokens) - 1, k + 9) and (
        tokens[start].kind != "n" or tokens[start + 1].word in UNIT_DAYS
    ):
        start += 1
    if start >= len(tokens) or tokens[start].kind != "n":
        return None
    if tokens[start - 1].word not in _BEFORE_SCORE:
        return None
    depth = 0
    for m in range(start + 1, min(len(tokens) - 1, start + 14)):
        word = tokens[m].word
        depth += (word in ("(", "[")) - (word in (")", "]"))
        if depth:
            continue
        if word in ("and", "/", ",", "vs", "to", ";"):
            return True if word in ("and", "/") and tokens[m + 1].kind == "n" else None
        if tokens[m].kind == "w" and word not in ("mm", "cm", "points"):
            ahead = [token.word for token in tokens[m : m + 30]]
            ahead = ahead[: ahead.index(".")] if "." in ahead else ahead
            alone = tokens[start - 1].word not in ("from", "to", "by") and "and" not in ahead
            return False if alone else None
    return None


_BEFORE_SCORE = word_set("was were averaged of to from is are stood read by")
