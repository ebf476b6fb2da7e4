"""Names of treatments that hold the name of a measure: "platelet-rich PLASMA", "SLEEP hygiene"."""

from __future__ import annotations

from evergrove.reading.marks import Mark
from evergrove.reading.tokens import Token
from evergrove.reading.words import GROUP, STATE, is_content, word_set

_GIVEN = word_set(
    "injection injections infusion infusions supplementation supplement supplements "
    "administration therapy prolotherapy ointment gel cream patch patches training exercise "
    "exercises education hygiene stimulation garment garments coaching counselling counseling "
    "block blocks laser tens programme program regimen solution capsules lysate concentrate rich"
)
_DEGREES = word_set(
    "high low medium moderate intermediate double single large small full half standard "
    "higher lower"
)
_GRADED = word_set(
    "dose frequency volume intensity concentration energy density pressure temperature viscosity"
)
_FRONTED = frozenset(("with", "after", "following"))
_KEPT = frozenset(("follow-up", "age", "other statistic"))


def of_treatment(tokens: list[Token], a: int, b: int, mark: Mark) -> bool:
    """Whether a name that would be no outcome is only a part of what was given to people.

    "platelet-rich plasma", "glucose prolotherapy", "sleep hygiene", "high-frequency TENS": such a
    word says nothing about the values of its clause.
    """
    if mark.kind not in ("veto", "other") or mark.key in _KEPT:
        return False
    after = mark.last + (mark.last < b and tokens[mark.last].word == "-")
    follows = tokens[after] if after < b else None
    if follows is not None and follows.word in _GIVEN:
        return True
    if mark.first == a + 1 and tokens[a].word in _FRONTED and follows and follows.word == ",":
        return True  # "With vitamin D, VAS fell from ..."
    lead = mark.first - 1
    if lead > a and tokens[lead].word == "-":
        lead -= 1
    if lead < a:
        return False
    if tokens[lead].word == "rich":
        return True
    graded = tokens[lead].word in _DEGREES and tokens[mark.last - 1].word in _GRADED
    return (
        graded
        and follows is not None
        and follows.kind == "w"
        and (follows.word in GROUP or (is_content(follows.word) and follows.mark is None))
        and follows.word not in STATE
    )
