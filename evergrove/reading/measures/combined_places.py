"""Two pains that were scored as one: "VAS for back and leg pain combined fell from 8 to 2"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

MAYBE_TOGETHER = word_set("combined together pooled jointly composite summed averaged")
_BEHIND = word_set("combined together pooled jointly")
_BEFORE = word_set("combined pooled composite")
_SCORES = word_set("pain score scores vas nrs intensity , - ( ) taken")
_LEADS = word_set("the mean median average overall vas nrs pain score scores for of")


def combined_places(tokens: list[Token], mentions: list[Mention], profile: Profile) -> None:
    """ "BACK AND LEG PAIN COMBINED", "the COMBINED neck and arm VAS": one measure, of no one place.

    Else two names with one value beside each time would be laid out over the two times.
    """
    for index in range(len(mentions) - 2, -1, -1):
        one, two = mentions[index], mentions[index + 1]
        if not (one.qualifier and two.qualifier and one.key and two.key):
            continue
        gap = {tokens[k].word for k in range(one.last, two.first)}
        alike = profile.measures[one.key].construct == profile.measures[two.key].construct
        if not alike or not gap & {"and", "&", "plus"} or len(gap) > 3:
            continue
        if not (_told_behind(tokens, two.last) or _told_before(tokens, one.first)):
            continue
        host = one if one.instrument or not two.instrument else two
        mentions[index : index + 2] = [
            Mention(one.first, two.last, host.key, None, None, host.instrument)
        ]


def _told_behind(tokens: list[Token], k: int) -> bool:
    """Whether "combined", "(together)" or "taken together" stands at k, behind words of a score."""
    end = min(len(tokens), k + 5)
    while k < end and tokens[k].word in _SCORES:
        k += 1
    if k + 1 >= len(tokens) or tokens[k].word not in _BEHIND:
        return False
    return tokens[k + 1].word not in ("with", "to", "by", "over", "across", "from")


def _told_before(tokens: list[Token], first: int) -> bool:
    k = first - 1
    while k > 0 and first - k < 5 and tokens[k].word in _LEADS:
        k -= 1
    return tokens[k].word in _BEFORE
