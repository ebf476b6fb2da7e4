"""What stands behind the first spread of a value: a second pair, the other centre, a bare range."""

from __future__ import annotations

from collections.abc import Sequence

from evergrove.reading.numbers.labels import LabelReader
from evergrove.reading.numbers.quantities import Spread, Value
from evergrove.reading.text.words import CHANGE_NOUNS, MEANS, MEDIANS, word_set

_PAIRS = ("pair", "iqr", "range", "ci")
_BESIDE = word_set("± sd sem se ( [ ) ] standard deviation error and , /")
_OPEN = ("(", "[")
_QUARTILES = word_set("iqr iqrs interquartile quartiles quartile")
_MOVED = CHANGE_NOUNS | word_set("by difference differences")


def outer_pair(spreads: list[Spread], pair: Sequence[float]) -> bool:
    """ "5 (3-7, 1-9)", "5 (3-7) [1-9]": whether a second pair encloses the one before it."""
    held = [spread for spread in spreads if spread.kind in _PAIRS]
    if len(held) != 1 or held[0].kind == "range":
        return False
    low, high = held[0].values
    return pair[0] <= low <= high <= pair[1] and (pair[0], pair[1]) != (low, high)


def add_bracket(reader: LabelReader, value: Value, spreads: list[Spread]) -> bool:
    """Add the spreads of a further bracket to a value: "median (IQR) [range] 5 (3-7) [1-9]".

    Of two unlabelled pairs the wider is the range; "5 [1-9] (3-7)" tells it first, where the text
    names both. Other pairs are not added, and the second stands in `unclaimed`.
    """
    if [spread.kind for spread in spreads] == ["paren"] and value.spreads:
        return False  # "36.0 ± 18.0 (40)": what the number is, nobody says
    held = [spread for spread in value.spreads if spread.kind in _PAIRS]
    new = [spread for spread in spreads if spread.kind in _PAIRS]
    if len(held) == len(new) == 1 and "pair" in (held[0].kind, new[0].kind):
        if new[0].kind == "pair" and outer_pair(held, new[0].values):
            new[0].kind = "range"
        elif held[0].kind == "pair" and outer_pair(new, held[0].values):
            ahead = {reader.word(k) for k in range(reader.a, value.first)}
            if new[0].kind == "pair" and ahead.isdisjoint(_QUARTILES):
                return False
            held[0].kind, new[0].kind = "range", "iqr" if new[0].kind == "pair" else new[0].kind
        elif new[0].kind == held[0].kind == "pair":
            return False
    value.spreads.extend(spreads)
    return True


def from_to(reader: LabelReader, j: int, close: int, centre: Value | None) -> Spread | None:
    """ "a mean of 5.1 (from 1 to 9)": the range of what was rated, where nothing is a change."""
    pair = reader.read_pair(j + 1) if centre is not None else None
    if pair is None or centre is None or centre.sign or centre.percent:
        return None
    (low, high), at, end = pair
    joined = {reader.word(k) for k in range(at[0] + 1, at[1])}
    if "to" not in joined or not low < centre.value < high:
        return None
    if end != close and reader.word(end) not in (";", ","):
        return None
    ahead = {reader.word(k) for k in range(max(reader.a, centre.first - 5), centre.first)}
    if not _MOVED.isdisjoint(ahead):
        return None
    return Spread("range", (low, high), tuple(at), None, True)


def heads_two_centres(reader: LabelReader, first: int) -> bool:
    """ "MEAN (MEDIAN) pain was 5.2 (5)", "mean ± SD (median)": two centres named before a value.

    Looked for in the sentence up to the token `first`.
    """
    for k in range(reader.a, first - 2):
        if reader.word(k) not in MEANS:
            continue
        j = k + 1
        while reader.word(j) in _BESIDE and j < k + 9:
            j += 1
        bracket = reader.word(j - 1) in ("(", "[") and reader.word(j + 1) in (")", "]")
        if reader.word(j) in MEDIANS and bracket:
            return True
    return False


def spreads_of_pairs(spreads: list[Spread]) -> bool:
    """Whether a bracket has told two ends already."""
    return any(spread.kind in _PAIRS for spread in spreads)


def is_first_pair(spreads: list[Spread], spread: Spread) -> bool:
    """ "5 (3-7) [1-9] and 4 (2-6) [0-8]": the first pair of a value tells what bare ones are."""
    return next(one for one in spreads if one.kind in _PAIRS) is spread


def range_behind(reader: LabelReader, value: Value, j: int) -> bool:
    """ "median (IQR); [range]: 7 (5-8); [4-9]": whether the sign at j only parts two brackets."""
    if reader.word(j) not in (",", ";") or reader.word(j + 1) != "[":
        return False
    pair = reader.read_pair(j + 2)
    closed = pair is not None and reader.word(pair[2]) == "]"
    return pair is not None and closed and outer_pair(value.spreads, pair[0])


def mean_in_bracket(reader: LabelReader, value: Value, i: int) -> int | None:
    """ "a MEDIAN of 7 (MEAN 7.5)": the token of the mean in the bracket at i, or None."""
    if reader.word(i + 1) not in MEANS or value.spreads or value.sign or value.median is not None:
        return None
    k = i + 2 + (reader.word(i + 2) in (":", "=", ",", "of", "was"))
    ahead = (m for m in range(value.first - 1, reader.a - 1, -1) if reader.word(m - 1) not in _OPEN)
    centre = next((reader.word(m) for m in ahead if reader.word(m) in MEDIANS | MEANS), "")
    return k if centre in MEDIANS and reader.is_number(k) else None
