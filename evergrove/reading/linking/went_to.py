"""What stands between a score and the one that it went to: "of 8.4 HAD DROPPED TO 2.7"."""

from __future__ import annotations

from evergrove.reading.frames import Run
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import CHANGE, word_set

_HELPS = word_set("had has have was were been is being then later again slightly by")
_WAYS = word_set("down up back")
_MOVED = word_set(
    "came come went gone brought lowered dropped fallen risen sunk dwindled shrunk climbed moved "
    "shifted cut halved taken got gotten"
)


def outside_group(tokens: list[Token], left: Run, right: Run) -> list[str]:
    """ "of 8.4 IN THE WAX GROUP had dropped to 2.7": the words between, without one group."""
    arms = left.post.get("arm", [])
    inside = {k for labels in arms for k in range(labels.first, labels.last)}
    gap = [(k, tokens[k].word) for k in range(left.last, right.first)]
    if len({item.name for labels in arms for item in labels.items}) != 1:
        return [word for _, word in gap]
    rest = [word for k, word in gap if k not in inside]
    lead = 0
    while lead < len(rest) - 2 and rest[lead] in _LEADS:
        lead += 1
    return rest[lead:]


_LEADS = word_set("in with for of on the a group arm after")


def went_to(gap: list[str]) -> bool:
    """ "a VAS of 8.4 WAS DOWN TO 2.7", "HAD DROPPED SIGNIFICANTLY TO", "WAS BROUGHT DOWN TO".

    `gap`: the words between the two scores, of which the last is "to". Nothing but a verb of
    change, what helps it, the way and adverbs may stand there.
    """
    if len(gap) < 2 or len(gap) > 6 or gap[-1] != "to":
        return False
    words = gap[:-1]
    told = any(word in CHANGE or word in _MOVED or word in ("down", "up") for word in words)
    return told and all(
        word in CHANGE
        or word in _MOVED
        or word in _HELPS
        or word in _WAYS
        or (word.endswith("ly") and len(word) > 4)
        for word in words
    )
