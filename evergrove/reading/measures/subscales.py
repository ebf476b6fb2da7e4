"""Parts of one instrument that are named without it: "pain, stiffness and function scores"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.measures.only_part_named import names_its_pain
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

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
    if len(bare) != 1 or any([m.instrument for m in mentions]):
        return
    keys = [key for key, measure in profile.measures.items() if bare[0].key in measure.parts]
    said = {token.word for token in tokens[a:b]} if keys else set()
    for key in [key for key in keys if len(_named(profile.measures[key].parts, said)) > 2]:
        if _lists_parts(tokens, key, profile):
            bare[0].key, bare[0].qualifier, bare[0].instrument = key, bare[0].key, True
            return


def of_heading_instrument(tokens: list[Token], a: int, b: int, mentions: list[Mention]) -> None:
    """ "FOR THE ABC SCORES, mood and pain (60 to 71) and sleep (50 to 60) rose": no pain score.

    An instrument that the profile does not know heads the sentence a..b; a bare "pain" behind the
    comma is a part of it.
    """
    start = a + 2 * (a + 1 < b and tokens[a + 1].word == ":")
    if start >= b or tokens[start].word not in _HEADS:
        return
    comma = next((k for k in range(start, min(start + 12, b)) if tokens[k].word == ","), b)
    if comma == b or tokens[comma - 1].word not in _RATED:
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
    named = {m.key for _, _, mentions in views for m in mentions if m.key and m.instrument}
    if not any(profile.measures[key].parts for key in named):
        return
    marks = [token.mark for token in tokens if getattr(token.mark, "kind", "") == "measure"]
    # The Oswestry score beside it has no part that could be meant.
    rating = {mark.key for mark in marks if _rates(mark.key, profile)}
    bare = {m.key for _, _, found in views for m in found if m.key and not m.instrument}
    if len(rating) != 1 or not any(_part(key, *rating, profile) for key in bare):
        return
    (key,) = rating
    parts = {part for pain in bare if (part := _part(pain, key, profile))}
    for a, b, mentions in views:
        if not any(m.key == key for m in mentions):
            continue
        told = _tells_parts(tokens, a, b, key, profile)
        if told or names_its_pain(tokens, mentions, key, parts):
            _give(views, b, key, profile)
            return


def _rates(key: str, profile: Profile) -> bool:
    measure = profile.measures[key]
    return measure.instrument and (bool(measure.parts) or measure.construct is not None)


def _part(construct: str | None, key: str, profile: Profile) -> str:
    """The part of the instrument `key` that a bare "pain" is ("bodily pain" of the SF-36)."""
    parts = profile.measures[key].parts
    return next((p for p, words in parts.items() if construct in (p, *words)), "")


def _tells_parts(tokens: list[Token], a: int, b: int, key: str, profile: Profile) -> bool:
    """Whether the sentence a..b says that the instrument is what bare parts were rated with.

    "Pain and disability were worked out WITH THE SPADI", "The SPADI WAS USED TO ASSESS pain and
    disability", "Outcomes were pain and function (WOMAC)", "the WOMAC (pain, stiffness, function)".
    """
    own = [k for k in range(a, b) if getattr(tokens[k].mark, "key", "") == key]
    words = frozenset(token.word for token in tokens[a:b])
    first, last = own[0], own[-1] + 1
    pains = [k for k in range(a, b) if _bare(tokens, k, key, profile)]
    lead = first - 1
    lead -= tokens[lead].word in ("the", "a", "their") and lead > a
    ahead = [k for k in pains if k < first]
    if ahead and tokens[lead].word in _BY and words & _SCORED:
        return True
    if ahead and tokens[lead].word == "(" and tokens[last].word == ")":
        said = {tokens[m].word for m in range(ahead[-1] + 1, lead)}
        return lead - ahead[-1] <= 7 and not said.isdisjoint(("and", ",")) and ")" not in said
    last += last < b and tokens[last].word == ")"
    for k in (k for k in pains if k >= last):
        gap = [tokens[m].word for m in range(last, k)]
        used = words & _USED and ("for" in gap[:3] or set(gap[-3:]) & _TO_SCORE)
        if used and len(gap) < 9 and not set(gap) & set(",;"):
            return True
        said = {tokens[m].word for m in range(k, min(b, k + 12))}
        if gap in ([], ["("], [":"]) and len(_named(profile.measures[key].parts, said)) > 1:
            return True
    return False


def _bare(tokens: list[Token], k: int, key: str, profile: Profile) -> bool:
    """Whether the token at k is the plain name of a construct that the instrument has as a part."""
    mark = tokens[k].mark
    if getattr(mark, "kind", "") != "measure" or profile.measures[mark.key].instrument:
        return False
    return mark.key != key and mark.last == mark.first + 1 and bool(_part(mark.key, key, profile))


def _give(
    views: list[tuple[int, int, list[Mention]]], start: int, key: str, profile: Profile
) -> None:
    for a, _, mentions in views:
        for mention in mentions if a >= start else ():
            plain = mention.key and not mention.instrument and not mention.qualifier
            part = _part(mention.key, key, profile) if plain else ""
            if part:
                mention.key, mention.qualifier, mention.instrument = key, part, True


_BY = word_set("by with using on from through via")
_SCORED = word_set(
    "scored measured assessed evaluated rated calculated quantified recorded determined worked "
    "computed obtained derived graded gauged estimated taken captured collected monitored examined"
)
_USED = word_set("used use using applied employed administered completed filled")
_TO_SCORE = word_set(
    "score measure assess evaluate rate quantify record determine grade gauge estimate capture "
    "monitor examine assessing measuring evaluating rating scoring"
)
