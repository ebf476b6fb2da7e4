"""Units that tell which scale a number cannot be of."""

from __future__ import annotations

from evergrove.reading.measures.lexicon import Profile
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value


def in_wrong_unit(profile: Profile, mention: Mention, value: Value) -> bool:
    """ "with values of 43 MM for the ODI": no index that is counted in per cent has a length."""
    known = profile.measures.get(mention.key) if mention.key else None
    return known is not None and known.percent and value.unit in ("mm", "cm")
