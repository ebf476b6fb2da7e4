"""Short names for reports that nobody has named: first author and year."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from evergrove import normalise

Report = Mapping[str, str]


def proposed_names(reports: Iterable[Report], taken: set[str]) -> dict[str, str]:
    """A short name for each report (first author and year), by report_id.

    Reports that would have one name get a, b, … in the order of their report_ids.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        wanted[_short_name(report)].append(report["report_id"])
    names: dict[str, str] = {}
    used = set(taken)
    for base, report_ids in sorted(wanted.items()):
        alone = len(report_ids) == 1
        suffixes = itertools.chain([""] if alone else [], _letters())
        for report_id in sorted(report_ids):
            name = next(f"{base}{s}" for s in suffixes if f"{base}{s}" not in used)
            used.add(name)
            names[report_id] = name
    return names


def _short_name(report: Report) -> str:
    authors = normalise.author_list(report["authors"])
    stem = normalise.family_name(authors[0]) if authors else ""
    if not stem:
        stem = "".join(normalise.title_words(report["title"]).split()[:3])
    stem = re.sub(r"[^a-z0-9]", "", stem)[:40] or "report"
    year = normalise.year(report["year"])
    return f"{stem}{year}" if year else f"{stem}undated"


def _letters() -> Iterable[str]:
    """a, b, …, z, aa, ab, …"""
    number = 0
    while True:
        number += 1
        text, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            text = chr(ord("a") + digit) + text
        yield text
