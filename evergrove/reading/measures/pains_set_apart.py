"""Pains that only a list tells apart: "VAS for FIRST-STEP pain (61 vs 33), VAS for night pain"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, is_content

_LONGEST = 4  # tokens of such a name


def pains_set_apart(
    tokens: list[Token], mentions: list[Mention], profile: Profile
) -> list[Mention]:
    """ "VAS FOR FIRST-STEP PAIN (61 vs 33), VAS for pain on running (48 vs 23)": one mention each.

    Words that the profile does not know say which pain is meant, where the same instrument is
    named once more for another pain.
    """
    out: list[Mention] = []
    taken = -1
    for at, one in enumerate(mentions):
        if at == taken:
            continue
        two = mentions[at + 1] if at + 1 < len(mentions) else None
        name = _told_for(tokens, one, two, profile) if two is not None else ""
        others = {m.qualifier for m in mentions if m.key == one.key and m.qualifier}
        if two is not None and name and others - {name}:
            one = Mention(one.first, two.last, one.key, name, None, one.instrument)
            taken = at + 1
        out.append(one)
    return out


def _told_for(tokens: list[Token], one: Mention, two: Mention, profile: Profile) -> str:
    """The words between "for" behind an instrument and the pain that it was used for, or ""."""
    if not (one.key and one.instrument and two.key) or one.qualifier or two.qualifier:
        return ""
    if two.instrument or profile.measures[one.key].construct != two.key:
        return ""
    first = one.last + 1
    first += tokens[first].word in DETERMINERS
    words = tokens[first : two.first]
    if tokens[one.last].word != "for" or not 0 < len(words) <= _LONGEST:
        return ""
    if not all(t.word == "-" or (t.mark is None and is_content(t.word)) for t in words):
        return ""
    return " ".join(token.word for token in words).replace(" - ", "-")
