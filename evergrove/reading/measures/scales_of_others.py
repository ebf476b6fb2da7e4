"""A scale that a text has for something else: "NAUSEA was rated on a VAS. Mean VAS was 8"."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_OTHER = "another construct"
_NAMED = f"{_OTHER}: "  # with its name: "did better ON THE VAS" rates nothing else
#: Between what is rated and its scale: "satisfaction with pain CONTROL ON A 100-MM VAS".
_GAP = word_set(
    "control relief management treatment care therapy on a an the with using by 100 10 11 - mm cm "
    "point scored rated marked was were"
)

Views = list[tuple[int, int, list[Mention]]]


def scales_of_others(tokens: list[Token], views: Views, profile: Profile) -> bool:
    """Take a bare scale for that of what was rated on it, where no pain was; whether there is one.

    "Satisfaction was marked on a VAS. THE MEAN VAS was 82": no pain. Not where any sentence names
    the scale together with what the profile rates by it.
    """
    other: dict[str, str] = {}
    own: set[str] = set()
    bare: list[tuple[Mention, str]] = []
    for _, _, mentions in views:
        for k, mention in enumerate(mentions):
            key = _scale(tokens, mention, profile)
            if not key:
                own |= {mention.key} if mention.key and mention.instrument else set()
                continue
            named = _of_another(tokens, mentions[k - 1] if k else None, mention)
            near = [m for m in mentions if m.first < mention.last + 6]
            if any(m.key == profile.measures[key].construct for m in near):
                own.add(key)  # "pain and function were scored by VAS and AOFAS"
            elif named:
                other.setdefault(key, named)
                mention.key, mention.veto = None, mention.veto or named
            elif mention.key == key:
                own |= {key} if mention.qualifier or not other.get(key) else set()
                bare.append((mention, key))
    found = [(mention, key) for mention, key in bare if key in other and key not in own]
    for mention, key in found:
        mention.key, mention.veto = None, other[key]
    return bool(found)


def _scale(tokens: list[Token], mention: Mention, profile: Profile) -> str:
    """The key of the scale that a mention is, if its name tells a scale and nothing else."""
    mark = tokens[mention.first].mark
    key = getattr(mark, "key", None) if getattr(mark, "kind", "") == "measure" else None
    measure = profile.measures.get(key) if key else None
    if measure is None or not measure.instrument or measure.construct is None:
        return ""
    return "" if "pain" in [tokens[k].word for k in range(mention.first, mention.last)] else key


def _of_another(tokens: list[Token], before: Mention | None, mention: Mention) -> str:
    """Why a scale is not that of pain: what stands in front of it, or ""."""
    if mention.key is None:
        return mention.veto if mention.veto and mention.veto.startswith(_NAMED) else ""
    if before is None or before.key is not None or not before.veto:
        return ""
    gap = {tokens[k].word for k in range(before.last, mention.first)}
    rated = "on" in gap and gap <= _GAP and tokens[before.first].word in _RATED
    return f"{_OTHER}: {tokens[before.first].word}" if rated else ""


_RATED = word_set(
    "satisfaction dissatisfaction nausea anxiety fear worry worries tolerance acceptance ease"
)
