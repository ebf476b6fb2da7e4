"""Short names of unknown scores as subjects: "ENDPOINT CGI-S SCORES FOR wax and clay were"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import POST_WORDS, PRE_WORDS, word_set

#: Words of time that stand right before one: "ENDPOINT XQA scores were", "POSTOPERATIVE XQA fell".
DATED_LEADS = PRE_WORDS | POST_WORDS | word_set("endpoint final overall adjusted corresponding")


def lettered(tokens: list[Token], j: int, b: int) -> bool:
    """ "CGI-S SCORES": whether a hyphen at j joins a capital letter or two to the short name.

    "WOMAC and PGI-I did not differ" tells no scores of the second.
    """
    if j + 2 >= b or tokens[j].word != "-" or tokens[j].spaced or tokens[j + 1].spaced:
        return False
    scored = tokens[j + 2].word in ("score", "scores")
    return scored and len(tokens[j + 1].raw) < 3 and tokens[j + 1].raw.isupper()


def for_groups(tokens: list[Token], j: int, b: int) -> bool:
    """ "XQA scores FOR WAX AND CLAY were 2.1 and 3.4"; not "PRP scores FOR PAIN were"."""
    return not any(token.mark is not None for token in tokens[j + 1 : min(b, j + 5)])
