"""Rarer words for what is commonly told in one way: the grammar knows the common one."""

from __future__ import annotations

from evergrove.reading.tokens import Token
from evergrove.reading.words import word_set

_WHOLE = word_set(
    "study trial protocol programme program treatment course follow-up follow questionnaire "
    "questionnaires survey experiment intervention visits assessments sessions"
)
_DETERMINERS = word_set("the their this our all entire whole")


def plain_words(tokens: list[Token], norm: str) -> None:
    """ "46 FINISHED the study" is "completed", "182 SENT BACK the forms" is "returned"."""
    if "finished" in norm:
        for i, token in enumerate(tokens):
            if token.word == "finished" and _of_the_study(tokens, i + 1):
                token.word = "completed"
    if "sent back" in norm:
        for i in range(len(tokens) - 1):
            if tokens[i].word == "sent" and tokens[i + 1].word == "back":
                tokens[i].word = "returned"


def _of_the_study(tokens: list[Token], k: int) -> bool:
    """Whether what was finished is the study: "finished THE (12-week) TRIAL"."""
    ahead = [token.word for token in tokens[k : k + 5]]
    return any(word in _WHOLE for word in ahead) and (
        not ahead or ahead[0] in _DETERMINERS or ahead[0] in _WHOLE
    )
