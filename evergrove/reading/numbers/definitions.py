"""What a measure is said to be, beside its result: "pain, defined as VAS on coughing, was 3"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.measures.mention import Mention
from evergrove.reading.numbers.quantities import Value
from evergrove.reading.text.tokens import Token

_CLOSING = {",": ",", "(": ")", "[": "]"}


def without_definitions(
    tokens: list[Token], b: int, planning: list[Mark], mentions: list[Mention], values: list[Value]
) -> list[Mark]:
    """The planning of a sentence without ", DEFINED AS PAIN ON COUGHING," behind a measure.

    Such an aside tells what was rated. It holds no value (one would be a threshold), and the
    verb of the result stands behind it.
    """
    at = {value.first for value in values}
    out: list[Mark] = []
    for mark in planning:
        told = tokens[mark.first].word == "defined" and tokens[mark.last - 1].word == "as"
        close = _CLOSING.get(tokens[mark.first - 1].word) if told and mark.first else None
        named = any(m.key and m.last <= mark.first for m in mentions)
        end = mark.last
        while close and end < b and tokens[end].word != close and end not in at:
            end += 1
        stated = close and end + 1 < b and tokens[end].word == close
        if not (stated and named and tokens[end + 1].word in ("was", "were", "fell", "decreased")):
            out.append(mark)
    return out
