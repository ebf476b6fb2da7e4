"""An instrument that heads the sentence: "ON THE VAS, worst pain was 5.1 and average pain 2.3"."""

from __future__ import annotations

from evergrove.reading.measures.circumstances import construct
from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_HEADS = word_set("on by with using")
_FILL = word_set("the a an - – to point item")


def lend_instrument(
    tokens: list[Token], a: int, mentions: list[Mention], profile: Profile
) -> list[Mention]:
    """Give the instrument at the head to each pain behind it; it is no measure of its own then.

    Not where another instrument for the same follows, or where the pain has its own already. One
    pain needs no place: "ON A 0-10 NUMERIC SCALE (NRS), mean PAIN was 3.1".
    """
    if len(mentions) < 2 or not mentions[0].instrument or not mentions[0].key:
        return mentions
    head = mentions[0]
    start = a + 2 * (tokens[a + 1].word == ":")
    if tokens[start].word not in _HEADS or head.qualifier or not _ends_head(tokens, head.last):
        return mentions
    if any(
        tokens[k].kind != "n" and tokens[k].word not in _FILL for k in range(start + 1, head.first)
    ):
        return mentions
    kind = construct(profile, head.key)
    same = [m for m in mentions[1:] if m.key and construct(profile, m.key) == kind]
    if not same or any(m.instrument for m in same):
        return mentions
    if len(same) > 1 and not all(m.qualifier for m in same):
        return mentions
    for mention in same:
        mention.key, mention.instrument = head.key, True
    return mentions[1:]


def _ends_head(tokens: list[Token], k: int) -> bool:
    """ "On the VAS,", "On a verbal scale (0-4),": whether a comma ends the head before token k."""
    if tokens[k].word == "(":
        k = next(
            (m + 1 for m in range(k, min(len(tokens) - 1, k + 12)) if tokens[m].word == ")"), k
        )
    return tokens[k].word == ","
