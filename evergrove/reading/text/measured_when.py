"""When and what was measured, told by a verb of measuring: "fell to 3, AS MEASURED at 6 weeks"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import WHEN
from evergrove.reading.text.tokens import Token, open_bracket
from evergrove.reading.text.words import UNIT_DAYS, word_set

_MEASURED = word_set(
    "measured assessed recorded evaluated rated scored determined noted documented registered "
    "obtained taken judged reported"
)
_VERBS = "|".join(sorted(_MEASURED))
MAYBE_AS_MEASURED = Clues((", ", rf", (?:as|when) (?:{_VERBS}) "), words=_MEASURED)
_FOUND = _MEASURED | word_set("found observed seen reached")
MAYBE_WAS_FOUND = Clues(
    (" was ", rf"\d\)?(?: mm| cm| points)? (?:was|were) (?:{'|'.join(sorted(_FOUND))})\b"),
    (" were ", rf"\d\)?(?: mm| cm| points)? were (?:{'|'.join(sorted(_FOUND))})\b"),
    words=_FOUND,
)
_UNITS = word_set("mm cm points")
_LEADS = word_set("at after on by in within during following")
_LONGEST = 24


def without_measured(tokens: list[Token]) -> None:
    """ "NRS fell by 2.4 (SD 1.9), AS MEASURED 10 weeks from entry": a time like any other.

    Behind a number or its bracket, and before a time.
    """
    k = 1
    while k < len(tokens) - 4:
        led = tokens[k].word == "," and tokens[k + 1].word in ("as", "when")
        if led and tokens[k + 2].word in _MEASURED and _dated(tokens, k + 3):
            del tokens[k : k + 3]
        k += 1


def _dated(tokens: list[Token], k: int) -> bool:
    """ "10 weeks", "at 6 weeks", "after the third month" from token k on."""
    ahead = tokens[k : k + 4]
    leads = ahead[0].word in WHEN or ahead[0].kind == "n"
    return leads and any(token.word in UNIT_DAYS for token in ahead)


def it_was_found(tokens: list[Token]) -> None:
    """ "At 3 months, 27 ± 20 mm WAS RECORDED" is "at 3 months, IT WAS 27 ± 20 mm".

    A time opens the sentence, and the number has a unit of scores or a spread. "27 INFECTIONS were
    recorded" and "27 were recorded" are counts.
    """
    k = len(tokens) - 2
    while k > 3:
        if tokens[k].word in ("was", "were") and tokens[k + 1].word in _FOUND:
            first = _score_before(tokens, k - 1)
            if first is not None and _opens_with_time(tokens, first):
                del tokens[k : k + 2]
                start = tokens[first].start
                for word in ("was", "it"):
                    tokens.insert(first, Token("w", start, start, word, raw=word))
        k -= 1


def _score_before(tokens: list[Token], k: int) -> int | None:
    """Where the score that ends at token k begins, if it has a unit or a spread."""
    told = tokens[k].word in _UNITS
    k -= told
    if tokens[k].word in (")", "]"):
        opened = open_bracket(tokens, max(0, k - _LONGEST), k)
        if opened is None or not any(token.kind == "n" for token in tokens[opened:k]):
            return None
        k, told = opened - 1, True
        k -= tokens[k].word in _UNITS
    if tokens[k].kind == "n" and tokens[k - 1].word == "±":
        k, told = k - 2, True
        k -= tokens[k].word in _UNITS
    return k if told and tokens[k].kind == "n" else None


def _opens_with_time(tokens: list[Token], first: int) -> bool:
    """Whether only a time stands between the start of the sentence and token `first`."""
    k = first - 1
    while k >= 0 and first - k < _LONGEST and tokens[k].word not in (".", ";"):
        k -= 1
    if k >= 0 and tokens[k].word not in (".", ";"):
        return False
    opening = tokens[k + 1 : first]
    dated = any(token.word in UNIT_DAYS for token in opening)
    leads = bool(opening) and (opening[0].word in _LEADS or opening[0].kind == "n")
    return dated and leads and opening[-1].word == ","
