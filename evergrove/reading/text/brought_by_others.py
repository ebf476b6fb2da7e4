"""What another treatment brought, without its verb: "wax GAVE a VAS of 3.1 and clay ONE OF 4.4"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import STOPS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import GROUP, is_content, names_people, word_set

_BROUGHT = word_set("produced brought gave yielded caused achieved")
MAYBE_BROUGHT = Clues(
    *((one, rf"{one} (?:about )?an? ") for one in sorted(_BROUGHT)), words=_BROUGHT
)
_JOINS = word_set("and , while whereas but")


def brought_by_others(tokens: list[Token]) -> None:
    """ "Wax PRODUCED a 3-point fall in VAS and CLAY a 1-point fall" is "and WITH clay a 1-point".

    Also "WAX BROUGHT (about) a fall" is "produced". Names of two words at most, right behind a
    joining word and ahead of "a 1.2", "one of 1.2"; groups and people have had one of their own.
    """
    k = 0
    while k < len(tokens) - 4:
        k += 1
        if tokens[k].word not in _BROUGHT:
            continue
        if tokens[k].word == "brought":
            about = tokens[k + 1].word == "about"
            if tokens[k + 1 + about].word not in ("a", "an"):
                continue
            tokens[k].word = "produced"
            del tokens[k + 1 : k + 1 + about]
        if tokens[k + 1].word in ("a", "an"):
            _name_others(tokens, k + 2)


def _name_others(tokens: list[Token], k: int) -> None:
    while k < len(tokens) - 4 and tokens[k].word not in STOPS:
        name = k + 1
        amount = _amount_behind(tokens, name) if tokens[k].word in _JOINS else 0
        if amount:
            at = tokens[name].start
            tokens.insert(name, Token("w", at, at, "with", raw="with"))
            k = amount
        k += 1


def _amount_behind(tokens: list[Token], k: int) -> int:
    """Where "a 1.2", "one of 1.2" stands behind a name of one or two words at k; else 0."""
    end = k
    while end < min(k + 3, len(tokens) - 3) and tokens[end].kind == "w":
        token = tokens[end]
        if token.word in ("a", "an", "one") or not is_content(token.word):
            break
        if token.word in GROUP or names_people(token.word):
            return 0
        end += 1
    if not k < end <= k + 2:
        return 0
    if tokens[end].word in ("a", "an") and tokens[end + 1].kind == "n":
        return end
    one = tokens[end].word in ("one", "1") and tokens[end + 1].word == "of"
    return end if one and tokens[end + 2].kind == "n" else 0
