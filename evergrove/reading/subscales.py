"""Parts of one instrument that are named without it: "pain, stiffness and function scores"."""

from __future__ import annotations

from evergrove.reading.lexicon import Profile
from evergrove.reading.mention import Mention
from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_BETWEEN_PARTS = word_set(
    ", and for : ( [ the of on its physical daily score scores subscale subscales - domains domain "
    "items item total / as rating",
    "",
)


def parts_as_measures(
    tokens: list[Token], a: int, b: int, mentions: list[Mention], profile: Profile
) -> None:
    """ "Pain fell from 9 to 4, stiffness from 5 to 2 and function from 30 to 15" after WOMAC.

    Where the text lists three parts of an instrument behind its name ("WOMAC for pain, stiffness
    and function") and the sentence a..b names as many again, its bare "pain" is that part.
    """
    bare = [m for m in mentions if m.key and not m.instrument and not m.qualifier]
    if len(bare) != 1 or any(m.instrument for m in mentions):
        return
    said = {tokens[k].word for k in range(a, b)}
    keys = [
        key
        for key, measure in profile.measures.items()
        if len(_named(measure.parts, said)) > 2 and bare[0].key in measure.parts
    ]
    for key in keys:
        if _lists_parts(tokens, key, profile):
            bare[0].key, bare[0].qualifier, bare[0].instrument = key, bare[0].key, True
            return


def _named(parts: dict[str, frozenset[str]], said: set[str]) -> set[str]:
    return {part for part, words in parts.items() if words & said}


def _lists_parts(tokens: list[Token], key: str, profile: Profile) -> bool:
    parts = profile.measures[key].parts
    known = frozenset().union(*parts.values())
    for i, token in enumerate(tokens):
        mark = token.mark
        if getattr(mark, "kind", "") != "measure" or mark.key != key or mark.last != i + 1:
            continue
        said = {tokens[k].word for k in range(mark.first, mark.last)} & known
        k = i + 1
        while k < len(tokens) and tokens[k].word in _BETWEEN_PARTS | known:
            said |= {tokens[k].word} & known
            k += 1
        if len(_named(parts, said)) > 2:
            return True
    return False
