"""Places that tell a time: "in the recovery room", "on arrival in the PACU", "on the ward"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, UNIT_DAYS, word_set
from evergrove.reading.times.time_parts import Time, word_at

_ANAESTHESIA = word_set("anesthesia anaesthesia anesthetic anaesthetic")
_POSTANAESTHESIA = frozenset(f"post{word}" for word in _ANAESTHESIA)
_ROOMS = word_set("room unit area ward")
_BETWEEN = word_set("care recovery")
_MOVES = word_set("arrival admission discharge departure exit")
#: What such a phrase may begin with.
PLACE_WORDS = _POSTANAESTHESIA | word_set("recovery pacu ward post emergence")


def place_time(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "6.1 in the RECOVERY ROOM and 3.0 at 4 h": the first hours after an operation.

    None beside a length of time, which says more: "at 30 min in the recovery room".
    """
    word = tokens[i].word
    if word == "emergence":
        return _emergence(tokens, a, b, i)
    k = i - 1 - (word_at(tokens, i - 1, a, b) in ("the", "our", "a"))
    if word_at(tokens, k, a, b) not in ("in", "on", "at", "during"):
        return None
    end = i + 1
    if word == "post":
        end += word_at(tokens, end, a, b) == "-"
        if word_at(tokens, end, a, b) not in _ANAESTHESIA:
            return None
        end += 1
    if word in ("recovery", "post") or word in _POSTANAESTHESIA:
        while word_at(tokens, end, a, b) in _BETWEEN:
            end += 1
        roomless = word_at(tokens, end, a, b) not in _ROOMS
        if roomless and not (
            word == "recovery" and tokens[i - 1].word in ("in", "during") and _bare(tokens, end, b)
        ):
            return None
        end += not roomless
    elif word == "ward" and word_at(tokens, k, a, b) != "on":
        return None
    if word_at(tokens, k - 1, a, b) in UNIT_DAYS or word_at(tokens, k - 2, a, b) in UNIT_DAYS:
        return None
    then = word_at(tokens, end, a, b)
    if end + 1 < b and then in ("at", "after") and tokens[end + 1].kind == "n":
        return None
    if word_at(tokens, end, a, b) in _MOVES and word != "ward":
        end += 1  # "on PACU ARRIVAL", "at recovery room DISCHARGE"
    zero = [token.word for token in tokens[end : min(end + 3, b)]]
    last = end + 3 * (zero == ["(", "0", ")"])  # "in the recovery room (0), and at 2 and 4 h"
    label = " ".join(token.raw for token in tokens[i:end]).replace(" - ", "-")
    return Time(i, last, "other", label, None)


def _emergence(tokens: list[Token], a: int, b: int, i: int) -> Time | None:
    """ "ON EMERGENCE (2 vs 5)", "6 at EMERGENCE FROM ANAESTHESIA": dated by no number."""
    if word_at(tokens, i - 1, a, b) not in _ON_EMERGENCE:
        return None
    end = i + 1
    if word_at(tokens, end, a, b) == "from":
        end += 1
        while end < b and tokens[end].word in _NARCOSIS | DETERMINERS:
            end += 1
    if not _bare(tokens, end, b):
        return None  # "after emergence agitation"
    return Time(i, end, "other", "emergence", None)


_ON_EMERGENCE = word_set("on at upon after following")
_NARCOSIS = _ANAESTHESIA | word_set("general sedation narcosis")


def arrival(tokens: list[Token], b: int, i: int) -> Time | None:
    """ "ON ARRIVAL IN THE RECOVERY ROOM it was 5": hours after the operation, and no baseline.

    `i`: the word for the arrival, or for going ("on LEAVING the PACU").
    """
    k = i + 1
    if k + 1 < b and tokens[k].word in ("in", "at", "to", "into", "from"):
        k += 1
    elif tokens[i].word != "leaving":
        return None
    k += k < b and tokens[k].word in DETERMINERS
    end = _room_end(tokens, b, k)
    if end is None and tokens[i].word == "leaving":
        end = _place_left(tokens, b, k)
    if end is None:
        return None
    label = " ".join(token.raw for token in tokens[i:end]).replace(" - ", "-")
    return Time(i, end, "other", label, None)


def _place_left(tokens: list[Token], b: int, k: int) -> int | None:
    """The end of "department", "emergency department" behind "on LEAVING THE", else None."""
    k += k < b and tokens[k].word == "emergency"
    return k + 1 if k < b and tokens[k].word in _PLACES_LEFT else None


_PLACES_LEFT = word_set("department hospital clinic ward unit centre center")


def _room_end(tokens: list[Token], b: int, k: int) -> int | None:
    """The end of "recovery room", "PACU", "post-anaesthesia care unit" at token k, else None."""
    if k >= b:
        return None
    if tokens[k].word == "pacu":
        return k + 1
    if tokens[k].word == "post":
        k += 1
        k += k < b and tokens[k].word == "-"
        if k >= b or tokens[k].word not in _ANAESTHESIA:
            return None
    elif tokens[k].word != "recovery" and tokens[k].word not in _POSTANAESTHESIA:
        return None
    k += 1
    while k < b and tokens[k].word in _BETWEEN:
        k += 1
    return k + 1 if k < b and tokens[k].word in _ROOMS else None


def _bare(tokens: list[Token], end: int, b: int) -> bool:
    """ "IN RECOVERY it was 3", "2.1 IN RECOVERY, 3.0 at home": the room goes without saying."""
    return end >= b or tokens[end].word in _BEHIND_PLACE


_BEHIND_PLACE = word_set(", . ; ( ) and or it they was were vs versus the pain")
