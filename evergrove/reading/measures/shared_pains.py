"""Which of several pains a bare scale is about: "back pain fell from a mean VAS of 7.1 to 2.2"."""

from __future__ import annotations

import itertools

from evergrove.reading.frames import Run
from evergrove.reading.measures.circumstances import construct
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.small_words import STARTS_CLAUSE
from evergrove.reading.text.stat_words import COMPARATIVE
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, STATE, word_set
from evergrove.reading.vectors import Vectors, same_label

_LEADS = word_set("( from to of with")
_FILL = word_set("a the mean median average score")
_JOINS = word_set("and or / & ,")
_VERBS = STATE | CHANGE | COMPARATIVE


def scales_of_subject(
    tokens: list[Token], mentions: list[Mention], values: list[Value], profile: Profile
) -> None:
    """ "BACK PAIN was lower with wax (mean VAS 2.2 vs 3.2), as was leg pain": the VAS of the back.

    A bare scale right before a number, in the clause of one pain whose place is told, with no
    number between. A list of pains ("back and leg pain fell (VAS ...") gives it none.
    """
    starts = {value.first for value in values}
    for at, (one, two) in enumerate(itertools.pairwise(mentions)):
        if not _bare_scale_of(one, two, profile):
            continue
        gap = [tokens[k].word for k in range(one.last, two.first)]
        if any(one.last <= k < two.first for k in starts) or not STARTS_CLAUSE.isdisjoint(gap):
            continue
        if at and _listed(tokens, mentions[at - 1], one):
            continue
        k = two.first - 1
        while k > one.last and tokens[k].word in _FILL:
            k -= 1
        near = any(two.last <= first <= two.last + 2 for first in starts)
        if near and tokens[k].word in _LEADS and not _VERBS.isdisjoint(gap):
            two.qualifier = one.qualifier


def _bare_scale_of(one: Mention, two: Mention, profile: Profile) -> bool:
    """Whether two is a scale without a place, and one a pain of one place that it can rate."""
    placed = bool(one.key) and bool(one.qualifier) and not one.instrument and not one.anaphor
    bare = bool(two.key) and two.instrument and not two.qualifier
    return placed and bare and construct(profile, one.key) == construct(profile, two.key)


def _listed(tokens: list[Token], one: Mention, two: Mention) -> bool:
    gap = [tokens[k].word for k in range(one.last, two.first)]
    return len(gap) <= 3 and bool(one.key or one.anaphor) and not _JOINS.isdisjoint(gap)


def scales_behind_frames(runs: list[Run], measures: Vectors, profile: Profile) -> None:
    """ "leg pain fell from 6.5 to 1.9 ON THE VAS": the scale behind the second of two numbers."""
    for index in range(len(runs) - 1):
        if runs[index].role != "from" or runs[index + 1].role != "to":
            continue
        one, two = measures.of[index][-1], measures.of[index + 1][0]
        if one is None or two is None or measures.how[index + 1] != "post":
            continue
        alone = len(runs[index].values) == len(runs[index + 1].values) == 1
        if not alone or not one.key or not two.key or not one.qualifier:
            continue
        if not two.instrument or two.qualifier or (one.instrument and one.key != two.key):
            continue
        if construct(profile, one.key) == construct(profile, two.key):
            both = Mention(two.first, two.last, two.key, one.qualifier, None, True)
            for at in (index, index + 1):
                measures.of[at] = [both] * len(runs[at].values)


def places_behind_groups(
    runs: list[Run], measures: Vectors, arms: Vectors, profile: Profile
) -> None:
    """ "VAS was 4.9 with wax and 3.7 with clay FOR BACK PAIN": the place holds for both groups."""
    for index in range(len(runs) - 1):
        run, following = runs[index], runs[index + 1]
        if len(run.values) != 1 or len(following.values) != 1 or run.stat != following.stat:
            continue
        one, two = measures.of[index][0], measures.of[index + 1][0]
        if one is None or two is None or one.qualifier or not two.qualifier:
            continue
        if not one.key or not two.key or not one.instrument or measures.how[index] != "pre":
            continue
        if one.key != two.key and two.instrument:
            continue
        if construct(profile, one.key) != construct(profile, two.key):
            continue
        a, b = arms.of[index][0], arms.of[index + 1][0]
        if arms.how[index] == arms.how[index + 1] == "post" and a is not None and b is not None:
            own = following.pre.get("measure") and two.first < following.first
            if not same_label(a, b) and not own and two.first >= following.last:
                both = Mention(two.first, two.last, one.key, two.qualifier, None, True)
                measures.set(index, [both], "pre")
                measures.set(index + 1, [both], "post")


def pains_in_turn(runs: list[Run], measures: Vectors, arms: Vectors, profile: Profile) -> None:
    """ "BACK AND LEG PAIN improved (VAS 7.1 to 2.2 and 6.5 to 1.9)": one frame for each pain."""
    if len(runs) % 2 or any(len(run.values) != 1 or run.stat != "level" for run in runs):
        return
    roles = [run.role for run in runs]
    ahead = runs[0].pre.get("measure", [])
    if roles != ["from", "to"] * (len(runs) // 2) or len(ahead) < 2 or any(arms.how):
        return
    pains, scale = ahead[-2].items, ahead[-1].items[0]
    if len(pains) != len(runs) // 2 or len(ahead[-1].items) != 1 or not scale.key:
        return
    if any(run.pre.get("measure") or run.post.get("measure") for run in runs[1:]):
        return
    places = [one.qualifier for one in pains if one.key and not one.instrument and one.qualifier]
    if len(set(places)) != len(pains) or not scale.instrument or scale.qualifier:
        return
    about = construct(profile, scale.key)
    if about is None or any(construct(profile, one.key) != about for one in pains):
        return
    for number in range(len(runs)):
        one = pains[number // 2]
        both = Mention(one.first, one.last, scale.key, one.qualifier, None, True)
        measures.set(number, [both], "pre")
