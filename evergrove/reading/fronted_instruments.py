"""An instrument that heads the sentence: "ON THE VAS, worst pain was 5.1 and average pain 2.3"."""

from __future__ import annotations

from evergrove.reading.circumstances import construct
from evergrove.reading.lexicon import Profile
from evergrove.reading.mention import Mention
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_HEADS = word_set("on by with using")
_FILL = word_set("the a an - – to point item")


def lend_instrument(
    tokens: list[Token], a: int, mentions: list[Mention], profile: Profile
) -> list[Mention]:
    """Give the instrument at the head to each pain behind it; it is no measure of its own then.

    Not where another instrument for the same follows, or where the pain has its own already.
    """
    if len(mentions) < 2 or not mentions[0].instrument or not mentions[0].key:
        return mentions
    head = mentions[0]
    start = a + 2 * (tokens[a + 1].word == ":")
    if tokens[start].word not in _HEADS or head.qualifier or tokens[head.last].word != ",":
        return mentions
    if any(
        tokens[k].kind != "n" and tokens[k].word not in _FILL for k in range(start + 1, head.first)
    ):
        return mentions
    kind = construct(profile, head.key)
    same = [m for m in mentions[1:] if m.key and construct(profile, m.key) == kind]
    if not same or any(m.instrument or not m.qualifier for m in same):
        return mentions
    for mention in same:
        mention.key, mention.instrument = head.key, True
    return mentions[1:]
