"""Pain that some had, told of how it went: "pain DISAPPEARED IN 23 nuns" is no score of them."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

#: Verbs of pain itself.
WENT = word_set(
    "disappeared recurred resolved persisted vanished returned subsided worsened abated ceased "
    "reappeared relapsed occurred remained"
)
_BE = word_set("was were is became remained had has been")
_WAS_SO = word_set(
    "severe moderate mild slight absent present constant intermittent chronic acute bilateral "
    "unilateral neuropathic mechanical radicular intense disabling unchanged found noted "
    "observed located localised localized cured abolished immediate relieved"
)
_LONGEST = 8


def went_so_in_some(tokens: list[Token], k: int) -> bool:
    """Whether the pain named at token k went so in some, by the verb behind it.

    "Pain WAS SEVERE (7-10) IN 23 nuns", "back pain RECURRED IN six"; not "pain was 3.1 in 23 nuns".
    """
    said = ""
    for m in range(k + 1, min(len(tokens) - 1, k + 1 + _LONGEST)):
        word = tokens[m].word
        if word in WENT or (said == "be" and word in _WAS_SO):
            said = "so"
        elif word in _BE:
            said = said or "be"
        elif word in ("in", "for", "among"):
            return said == "so"
        elif word == "(" and said == "so":
            return True
        elif tokens[m].kind == "n" or word in (",", ";", ".", "by", "from", "to"):
            return False
    return False
