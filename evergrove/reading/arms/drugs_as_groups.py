"""Forms of a drug that are counted elsewhere, and name a group beside a score."""

from __future__ import annotations

from evergrove.reading.measures.mention import Mention
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import OPEN_UNITS, is_content, word_set

_FORMS = word_set("tablet tablets pills")
_LEADS = word_set("with after than on for")
_ENDS = word_set("and , ; . ( ) vs versus at compared than but while whereas after respectively")


def named_by_form(tokens: list[Token], mention: Mention, b: int) -> bool:
    """ "4.6 WITH TABLETS and 3.1 with the pump": what people were given, and no count of it."""
    if mention.last - mention.first > 1 or tokens[mention.first].word not in _FORMS:
        return False
    if mention.last < b and tokens[mention.last].word == "alone":
        return True  # "wax left less pain than TABLETS ALONE (2.6 vs 4.8)"
    k = mention.first - 1
    while k > 1 and mention.first - k < 9 and _of_names(tokens[k]):
        k -= 1  # "with wax, oral tablets and placebo TABLETS": of a list of what was given
    led = tokens[k].word in _LEADS and (tokens[k - 1].kind == "n" or tokens[k - 1].word in _CLOSES)
    return led and (mention.last >= b or tokens[mention.last].word in _ENDS)


def _of_names(token: Token) -> bool:
    """Whether a word may stand between "with" and the form of a drug: a name, or what lists it."""
    if token.word in _LISTS or token.word in _FORMS:
        return True
    return token.kind == "w" and token.mark is None and is_content(token.word)


_LISTS = word_set(", and or the")
_CLOSES = OPEN_UNITS | word_set(") ] mm cm points point %")
