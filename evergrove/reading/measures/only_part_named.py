"""An instrument that is named by its pain part: "the WOMAC pain subscale", "pain on the WOMAC"."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token


def names_its_pain(tokens: list[Token], mentions: list[Mention], key: str, parts: set[str]) -> bool:
    """ "The outcome was THE WOMAC PAIN SUBSCALE. Pain fell to 4": no pain but that part is told.

    Not where the sentence tells a plain pain beside it: "pain and the WOMAC pain subscale".
    `parts`: the parts of the instrument `key` that a plain "pain" could be.
    """
    if any(m.key and not m.instrument for m in mentions):
        return False
    for mention in mentions:
        if mention.key != key:
            continue
        named = {tokens[k].word for k in range(mention.first, mention.last)}
        # "WOMAC (pain, stiffness)" has no part of its own; "pain on the WOMAC" is one of pain
        if mention.qualifier in parts or (mention.qualifier is None and "pain" in named):
            return True
    return False
