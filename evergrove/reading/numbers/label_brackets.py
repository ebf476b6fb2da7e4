"""The name of a spread in a bracket of its own behind it: "3.2 ± 0.3 (SEM)"."""

from __future__ import annotations

from evergrove.reading.numbers.labels import LabelReader
from evergrove.reading.numbers.quantities import Spread


def named_behind(reader: LabelReader, spread: Spread, j: int) -> int:
    """Give a ± the name that stands in the bracket at j; the token behind it, or `j`.

    The name may stand alone, "3.2 ± 0.3 SEM at entry", where no number follows it.
    """
    alone = reader.label(j) or ("", j + 1, None)
    end = alone[1]
    if alone[0] in ("sd", "se") and not reader.is_number(end) and reader.word(end) not in _GOES_ON:
        spread.kind, spread.stated = alone[0], True
        return end
    if reader.word(j) not in ("(", "["):
        return j
    label = reader.label(j + 1)
    if label is None or label[0] not in ("sd", "se"):
        return j
    if reader.word(label[1]) in (",", ";") and reader.word(label[1] + 1) in ("n", "p"):
        spread.kind, spread.stated = label[0], True
        return j  # "3.2 ± 0.3 (SEM, n = 20)": the rest of the bracket is read with it
    if reader.word(label[1]) not in (")", "]"):
        return j
    spread.kind, spread.stated = label[0], True
    return label[1] + 1


def half_of_interval(reader: LabelReader, j: int) -> int:
    """ "2.4 ± 0.4 (95% CI)": the token behind a bracket at j that names an interval alone; or j."""
    label = reader.label(j + 1) if reader.word(j) in ("(", "[") else None
    if label is None or label[0] != "ci" or reader.word(label[1]) not in (")", "]"):
        return j
    if label[2] is not None:
        reader.q.rejected.setdefault(label[2], "level of a confidence interval")
    return label[1] + 1


def named_after(reader: LabelReader, j: int) -> str:
    """ "3.2 (0.3 SD)": the name of a spread right behind its number, which ends there; or ""."""
    kind = _NAMES.get(reader.word(j), "")
    return kind if reader.word(j + 1) in (")", "]", ",", ";") else ""


def name_pair(
    reader: LabelReader, label: tuple[str, int, int | None], spreads: list[Spread]
) -> None:
    """ "3.2 (1-7, RANGE)", "3.2 (range 2.8-3.7, 95% CI)": the name behind a pair."""
    told, (name, _, level) = (spreads[-1] if spreads else None), label
    if told is None or name not in ("iqr", "range", "ci"):
        return
    if told.kind == "pair" or (told.kind, name) == ("range", "ci"):
        told.kind, told.stated = name, True
        if level is not None:
            told.level, told.level_at = int(reader.t[level].value), level


_GOES_ON = frozenset(("=", ":", "of", "("))
_NAMES = {"sd": "sd", "se": "se", "sem": "se"}
