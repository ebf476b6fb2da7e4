"""A drug told by its strength beside others: "3.1 AFTER 10% KELP and 5.9 after water"."""

from __future__ import annotations

import re

from evergrove.reading.text.hidden_signs import PRINTED_BEHIND, hidden
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, PEOPLE, SCORE_UNITS, VERBS, is_content, word_set

#: A text without this has none.
MAYBE_STRENGTH = re.compile(r"(?:with|after|for|under|on|given|receiving) [\d.]+ ?% [a-z]")
_LEADS = word_set("with after for under on given receiving")
_CLOSES = SCORE_UNITS | {")", "]"}
_FAR = 40
# "with 20% RELIEF", "for 30% FEWER": a share of something, and no drug
_NO_DRUG = (
    GROUP
    | PEOPLE
    | VERBS
    | word_set(
        "relief reduction reductions improvement improvements increase decrease change changes "
        "risk less more lower higher fewer greater better worse response responders success "
        "complete loss weight bearing load chance probability confidence pain power flexion"
    )
)


def strengths_of_drugs(tokens: list[Token]) -> list[Token]:
    """Read "10% KELP" as one name, where it and another name each stand behind a score.

    Both are led by the same word, so that the number ahead of each is what people given it had.
    """
    found = [k for k in range(2, len(tokens) - 2) if _told(tokens, k) and _beside(tokens, k)]
    for k in reversed(found):
        drug = tokens[k + 3]
        number = tokens[k + 1]
        raw = hidden(f"{drug.raw}{PRINTED_BEHIND}{number.raw}%")
        name = Token("w", number.start, drug.end, drug.word, 0.0, number.spaced, "", raw)
        tokens[k + 1 : k + 4] = [name]
    return tokens


def _told(tokens: list[Token], k: int) -> bool:
    """Whether a score ends ahead of token k, and "10% kelp" stands behind it."""
    if tokens[k].word not in _LEADS or k + 4 > len(tokens) or not _ends_score(tokens, k):
        return False
    number, percent, drug = tokens[k + 1 : k + 4]
    named = drug.kind == "w" and drug.mark is None and len(drug.word) > 2 and is_content(drug.word)
    return number.kind == "n" and percent.word == "%" and named and drug.word not in _NO_DRUG


def _beside(tokens: list[Token], k: int) -> bool:
    """Whether another name stands behind a score and the same word, in the same sentence."""
    for step in (1, -1):
        for m in range(k + step, k + step * _FAR, step):
            if not 1 < m < len(tokens) - 1 or tokens[m].word == ".":
                break
            if tokens[m].word == tokens[k].word and _ends_score(tokens, m):
                return tokens[m + 1].kind == "w" or _told(tokens, m)
    return False


def _ends_score(tokens: list[Token], k: int) -> bool:
    before = tokens[k - 1]
    return before.kind == "n" or before.word in _CLOSES
