"""The scale told behind how far pain fell: "pain fell by 2.7 ON THE NRS, and the ODI by 11"."""

from __future__ import annotations

from evergrove.reading.text.clues import Clues
from evergrove.reading.text.small_words import CLAUSE_STOPS
from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, PREPOSITIONS, SCORE_UNITS, VERBS, word_set

_MOVED = word_set(
    "fell dropped decreased declined diminished improved increased rose worsened fallen changed "
    "reduced lowered"
)
_AMOUNT = r"(?:by|from)[^.;]{0,12} \d"
MAYBE_SCALE_BEHIND = Clues(
    (" on ", rf"{_AMOUNT}.{{1,40}} on (?:the |a )?[a-z]+,? and [a-z ]{{2,40}}{_AMOUNT}"),
    words=_MOVED,
)
_LEADS = word_set("by from")
_LONGEST = 22


def scales_behind_falls(tokens: list[Token]) -> None:
    """ "Pain fell by 2.7 ON THE NRS and the ODI by 11" is "Pain ON THE NRS fell by 2.7 and ...".

    Only where the clause behind has no verb of its own, and no scale behind its number: "by 2.7 on
    the NRS and by 11 on the ODI" are two amounts in turn.
    """
    for k in range(len(tokens) - 6, 2, -1):
        led = tokens[k - 1].kind != "w" or tokens[k - 1].word in SCORE_UNITS
        if tokens[k].word != "on" or not led:
            continue
        end = k + 1 + (tokens[k + 1].word in DETERMINERS)
        named = tokens[end]
        if named.kind != "w" or named.word in PREPOSITIONS or not _next(tokens, end + 1):
            continue
        verb = _verb(tokens, k)
        if verb:
            scale = tokens[k : end + 1]
            del tokens[k : end + 1]
            tokens[verb:verb] = scale


def _next(tokens: list[Token], k: int) -> bool:
    """ ", AND THE ODI BY 11.3": another name with its amount, and nothing that names it behind."""
    k += tokens[k].word == ","
    if tokens[k].word != "and":
        return False
    for m in range(k + 1, min(k + 7, len(tokens) - 1)):
        token = tokens[m]
        if token.word in _LEADS and m > k + 1:
            if tokens[m + 1].kind != "n":
                return False
            end = next(
                (n for n in range(m, len(tokens)) if tokens[n].word in CLAUSE_STOPS), len(tokens)
            )
            return "on" not in {other.word for other in tokens[m:end]}
        if token.kind != "w" or token.word in VERBS or token.word in PREPOSITIONS:
            return False
    return False


def _verb(tokens: list[Token], k: int) -> int:
    """Where the verb stands whose amount the scale at k follows, or what helps it; 0 if nowhere."""
    led = False
    for m in range(k - 1, max(0, k - _LONGEST), -1):
        word = tokens[m].word
        if word in CLAUSE_STOPS or word == ",":
            return 0
        led = led or (word in _LEADS and tokens[m + 1].kind == "n")
        if word in _MOVED:
            while m > 1 and tokens[m - 1].word in _HELPS:
                m -= 1
            return m if led else 0
    return 0


_HELPS = word_set("had has have was were been significantly also")
