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
        if bare[0].key in measure.parts and len(_named(measure.parts, said)) > 2
    ]
    for key in keys:
        if _lists_parts(tokens, key, profile):
            bare[0].key, bare[0].qualifier, bare[0].instrument = key, bare[0].key, True
            return


def of_heading_instrument(tokens: list[Token], a: int, b: int, mentions: list[Mention]) -> None:
    """ "FOR THE ABC SCORES, mood and pain (60 to 71) and sleep (50 to 60) rose": no pain score.

    An instrument that the profile does not know heads the sentence a..b; a bare "pain" behind the
    comma is a part of it.
    """
    start = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    comma = next((k for k in range(start, min(start + 12, b)) if tokens[k].word == ","), b)
    if comma == b or tokens[start].word not in _HEADS or tokens[comma - 1].word not in _RATED:
        return
    if any(m.key and m.first < comma for m in mentions):
        return
    if not any(tokens[k].raw.isupper() and len(tokens[k].raw) > 1 for k in range(start, comma)):
        return
    end = next((k for k in range(comma, b) if tokens[k].word == ";"), b)
    for mention in mentions:
        bare = mention.key and not mention.instrument and not mention.qualifier
        if bare and comma < mention.first < end:
            mention.key, mention.veto = None, "unknown measure"


_HEADS = word_set("for on in by of")
_RATED = word_set("score scores scale scales subscale subscales questionnaire index domains items")


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


def part_of_one_instrument(
    tokens: list[Token], views: list[tuple[int, int, list[Mention]]], profile: Profile
) -> None:
    """ "Pain and function were scored BY THE WOMAC. Pain fell to 4": bare "pain" is its part.

    Only where no scale of that pain itself stands in the text. `views`: first and last token of
    each sentence with its measures.
    """
    scales = [m for _, _, mentions in views for m in mentions if m.key and m.instrument]
    keys = {m.key for m in scales}
    parts = [key for key in keys if key and profile.measures[key].parts]
    if len(keys) != 1 or len(parts) != 1:
        return
    key = parts[0]
    bare = [m for _, _, found in views for m in found if m.key and not m.instrument]
    if not any(m.key in profile.measures[key].parts for m in bare):
        return
    for a, b, mentions in views:
        for scale in (m for m in mentions if m.key == key):
            if _scored_by(tokens, a, scale, mentions, profile):
                _give(views, b, key, profile)
                return


def _scored_by(
    tokens: list[Token], a: int, scale: Mention, mentions: list[Mention], profile: Profile
) -> bool:
    k = scale.first - 1
    k -= tokens[k].word in ("the", "a")
    before = {tokens[m].word for m in range(a, k)}
    named = any(
        m.key in profile.measures[scale.key or ""].parts for m in mentions if m is not scale
    )
    return k > a and named and tokens[k].word in _BY and bool(before & _SCORED)


def _give(
    views: list[tuple[int, int, list[Mention]]], start: int, key: str, profile: Profile
) -> None:
    for a, _, mentions in views:
        for mention in mentions if a >= start else ():
            plain = mention.key and not mention.instrument and not mention.qualifier
            if plain and mention.key in profile.measures[key].parts:
                mention.key, mention.qualifier, mention.instrument = key, mention.key, True


_BY = word_set("by with using on")
_SCORED = word_set(
    "scored measured assessed evaluated rated calculated quantified recorded determined"
)
