"""Visits by their initials: "7.1 at BL and 3.3 at FU" is "at baseline" and "at follow-up"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import word_set

_SHORT = {"BL": "baseline", "FU": "followup"}
MAYBE_SHORT_VISIT = Clues(
    *((f"{short.lower()}", rf"(?i)\b(?:at|from|last|final|latest) {short}\b") for short in _SHORT),
    ("bl)", r"\d \(bl\)"),
    words=word_set("bl fu"),
)
_LEADS = word_set("at from last final latest")
_OWN = {"BL": word_set("baseline"), "FU": word_set("up followup")}


def spell_visits(tokens: list[Token]) -> None:
    """ "7.1 AT BL, 5.1 at week 1", "7.1 (BL)", "at last FU": told in full, in place.

    Not where the text gives the letters to something else: "blood loss (BL)", "the BL group".
    """
    for k in range(1, len(tokens) - 1):
        short = tokens[k].raw
        if short in _SHORT and _dated(tokens, k) and not _of_another(tokens, short):
            tokens[k].word = _SHORT[short]


def _dated(tokens: list[Token], k: int) -> bool:
    """Whether initials stand where a visit does: behind "at", or alone in a score's bracket."""
    lead = tokens[k - 1].word
    if lead in _LEADS:
        return tokens[k + 1].word not in ("group", "arm", "patients", "-")
    return lead == "(" and tokens[k + 1].word == ")" and k > 1 and tokens[k - 2].kind == "n"


def _of_another(tokens: list[Token], short: str) -> bool:
    """Whether the text spells the initials out otherwise: "bilateral (BL)"."""
    return any(
        tokens[m].raw == short
        and tokens[m - 1].word == "("
        and tokens[m + 1].word == ")"
        and tokens[m - 2].kind == "w"
        and tokens[m - 2].word not in _OWN[short]
        for m in range(2, len(tokens) - 1)
    )
