"""What rows may carry beyond their effect: order, further columns, new ones, cohorts of a study."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import risk
from evergrove.figures.numbers import Numbers

Study = Mapping[str, Any]
SORTS = ("given", "date", "effect", "weight", "label")
_NUMBER = re.compile(r"[-−+]?\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)(?:18|19|20|21)\d\d(?!\d)")
_DATES = ("date", "published", "publication_date", "year")
NEW = "New since the last version"
BRACKET = "A bracket joins cohorts of one study: they are not independent."


@dataclass(frozen=True)
class Extras:
    """What the caller asks of the rows: their order, and the names of further columns."""

    sort: str = "given"
    columns: tuple[str, ...] = ()


def ordered(studies: Sequence[Study], sort: str) -> list[Study]:
    """The rows by date (oldest first), effect, weight (heaviest first) or label, or as given.

    A date is that of the first of the columns date, published, publication_date and year that is
    filled, else the last year in the label. Rows without what is sorted by come last. Cohorts of
    one study stay together, at the place of the first of them; ties keep the given order.
    """
    if sort == "given":
        return list(studies)
    if sort not in SORTS:
        raise EvergroveError(
            "no such order of rows", value=sort, remedy=f"Use one of: {', '.join(SORTS)}."
        )
    keys = [_key(study, sort) for study in studies]
    positions = sorted(range(len(studies)), key=lambda i: keys[i])
    first: dict[Any, int] = {}
    for rank, i in enumerate(positions):
        first.setdefault(_cluster(studies[i], i), rank)
    return [studies[i] for i in sorted(positions, key=lambda i: first[_cluster(studies[i], i)])]


def _key(study: Study, sort: str) -> tuple[bool, Any]:
    value: Any
    if sort == "date":
        value = _date(study)
        return (value == "", value)
    if sort == "label":
        value = _label(study).casefold()
        return (not value, value)
    value = study.get("yi" if sort == "effect" else "weight")
    if value is None:
        return (True, 0.0)
    return (False, value if sort == "effect" else -value)


def _date(study: Study) -> str:
    """A date that sorts as text: "2019" or "2019-03-01"; empty if there is none."""
    for name in _DATES:
        value = study.get(name)
        if value not in (None, ""):
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            return str(value)
    years = _YEAR.findall(_label(study))
    return years[-1] if years else ""


def _label(study: Study) -> str:
    return str(study.get("label") or study.get("study") or "")


def _cluster(study: Study, position: int) -> Any:
    return study.get("study") or position


def clusters(studies: Sequence[Study]) -> list[str | None]:
    """The study of each row that stands next to another row of the same study, else None."""
    names = [str(study.get("study") or "") for study in studies]
    return [
        name if name and name in names[max(0, i - 1) : i] + names[i + 1 : i + 2] else None
        for i, name in enumerate(names)
    ]


def parted(studies: Sequence[Study]) -> list[str]:
    """The studies whose cohorts do not all stand together, in the order of the rows."""
    names = [str(study.get("study") or "") for study in studies]
    starts = Counter(name for i, name in enumerate(names) if i == 0 or names[i - 1] != name)
    return [name for name, runs in starts.items() if name and runs > 1]


def is_new(study: Study) -> bool:
    """Whether the row is marked as new since the last version: `new` is true, yes or 1."""
    return str(study.get("new", "")).strip().lower() in ("true", "yes", "1")


def check_columns(names: Sequence[str], studies: Sequence[Study]) -> None:
    """Raise EvergroveError for a column that no row has."""
    known = sorted({name for study in studies for name in study})
    for name in names:
        if studies and name not in known:
            raise EvergroveError(
                "no row has a column of that name",
                value=name,
                remedy=f"There are: {', '.join(known)}.",
            )


def extra_cells(names: Sequence[str], study: Study, numbers: Numbers) -> dict[str, str]:
    """The further cells of a row as printed, by the id of their column."""
    return {f"column-{i}": _printed(study.get(name), numbers) for i, name in enumerate(names, 1)}


def extra_columns(names: Sequence[str], studies: Sequence[Study]) -> list[dict[str, Any]]:
    """The further columns: numbers with decimal marks in line, anything else from the left."""
    columns = []
    for i, name in enumerate(names, 1):
        values = [study.get(name) for study in studies]
        filled = [value for value in values if value is not None and str(value).strip()]
        numeric = bool(filled) and all(map(_is_number, filled))
        align = "decimal" if numeric else "left"
        columns.append({"id": f"column-{i}", "header": _header(name), "align": align})
    return columns


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return math.isfinite(value)
    return bool(_NUMBER.fullmatch(str(value).strip()))


def _printed(value: Any, numbers: Numbers) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and math.isfinite(value) and not value.is_integer():
        return numbers.plain(value)
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    text = " ".join(str(value).split())
    if _NUMBER.fullmatch(text):
        return numbers.given(text)
    return text


def _header(name: str) -> list[str]:
    """The name of a column over it, in lines of some fourteen letters."""
    text = " ".join(name.replace("_", " ").split())
    text = text[:1].upper() + text[1:]
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + len(word) < 14:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def domains_of(studies: Sequence[Study]) -> list[str]:
    """The domains of risk of bias that any row was judged in, in the order met."""
    return list(dict.fromkeys(d for study in studies for d in risk.judgements_of(study)))


def spoken_judgements(study: Study) -> list[str]:
    """The judgements of a row as a screen reader should say them."""
    judged = risk.judgements_of(study)
    if not judged:
        return []
    parts = [f"{domain} {risk.SYMBOLS[kind][2]}" for domain, kind in judged.items()]
    return [f"risk of bias: {wording.listed(parts)}"]
