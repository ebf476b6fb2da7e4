"""Pain that was felt when the part was used: "VAS pain with use of 1.9"."""

from __future__ import annotations

from evergrove.reading.measures.marks import Mark
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_LEADS = word_set("with on during")
_PAINS = ("measure", "compound", "qualifier")


def mark_uses(tokens: list[Token]) -> list[Mark]:
    """ "VAS pain WITH USE of 1.9", "pain ON USE was 3": a circumstance of pain.

    Right behind the name of a pain, and not "with use of the splint".
    """
    out: list[Mark] = []
    for i in range(2, len(tokens) - 2):
        if tokens[i].word != "use" or tokens[i - 1].word not in _LEADS:
            continue
        of_something = tokens[i + 1].word == "of" and tokens[i + 2].kind == "w"
        if of_something or getattr(tokens[i - 2].mark, "kind", "") not in _PAINS:
            continue
        mark = Mark(i - 1, i + 1, "qualifier", "activity")
        tokens[i - 1].mark = tokens[i].mark = mark
        out.append(mark)
    return out
