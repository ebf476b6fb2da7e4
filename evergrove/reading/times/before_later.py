"""Before something that comes late: "3.1 BEFORE DISCHARGE", "BEFORE THE SECOND injection"."""

from __future__ import annotations

from evergrove.reading.text.tokens import Token
from evergrove.reading.text.words import DETERMINERS, FINAL, is_content, word_set
from evergrove.reading.times.place_times import arrival
from evergrove.reading.times.time_parts import ORDINALS, Time, word_at

_LATER_ONE = (
    (ORDINALS.keys() - {"first"}) | FINAL | word_set("next subsequent following each every")
)
_LEAVING = word_set("leaving going returning transfer discharge discharged departure")
# What is put on or in for a while, and taken away at the end.
_PUT_ON = word_set(
    "drain drains cast casts catheter catheters tube tubes suture sutures stitch stitches staple "
    "staples splint dressing dressings plaster pin pins wire wires cannula"
)


def before_later(tokens: list[Token], a: int, b: int, i: int, j: int) -> Time | None:
    """The time at i whose "before" leads at j to an event that does not begin the treatment.

    None for what begins it: "before surgery", "before the first session".
    """
    k = j + (word_at(tokens, j, a, b) in DETERMINERS)
    words = [word_at(tokens, m, a, b) for m in range(k, k + 3)]
    if "discharge" in words[:2] or words[0] == "discharged":
        end = k + 1 + (words[1] == "discharge")
        return Time(i, end, "discharge", "before discharge", None)
    room = arrival(tokens, b, k) if words[0] == "leaving" else None
    if room is not None:
        return Time(i, room.last, "other", f"before {room.label}", None)
    late = words[0] in _LATER_ONE or words[0] in _LEAVING
    removed = words[0] == "removal" and not _PUT_ON.isdisjoint(_behind_of(tokens, k + 1, b))
    removed = removed or (words[1] == "removal" and words[0] in _PUT_ON)
    if not (late or removed):
        return None
    end = k + 1
    while end < b and end - k < 5 and tokens[end].kind == "w" and tokens[end].mark is None:
        if not is_content(tokens[end].word) and tokens[end].word not in ("the", "of", "to"):
            break
        end += 1
    label = " ".join(token.raw.lower() for token in tokens[i:end])
    return Time(i, end, "other", label, None)


def _behind_of(tokens: list[Token], k: int, b: int) -> list[str]:
    """The words of "of the drain" at token k."""
    if k >= b or tokens[k].word != "of":
        return []
    return [token.word for token in tokens[k + 1 : min(b, k + 4)]]
