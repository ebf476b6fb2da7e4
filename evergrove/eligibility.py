"""The protocol's eligibility rules that need no person: `criteria.automatic`.

A rule looks at one field of a report. A report that lacks the field is never taken out, and a row
of screening.csv outweighs every rule: what a rule takes out is listed, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evergrove import normalise
from evergrove.report_languages import language_codes

Report = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `id` and `text` as in the protocol, and exactly one of the conditions.

    `year_before`, `year_after`: out if the year is lower, or higher. `languages`: out if the
    report states languages and none is among these (three-letter codes). `publication_types`:
    out if the report has one of these types (capitals do not matter).
    """

    id: str
    text: str
    year_before: int | None = None
    year_after: int | None = None
    languages: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = field(default=())

    def applies(self, report: Report) -> bool:
        """Whether the rule takes this report (a row of reports.csv) out."""
        year = normalise.year(report["year"])
        if self.year_before is not None:
            return year is not None and year < self.year_before
        if self.year_after is not None:
            return year is not None and year > self.year_after
        if self.languages:
            stated = language_codes(report["language"])
            return bool(stated) and not stated & set(self.languages)
        types = {part.strip().casefold() for part in report["publication_types"].split(";")}
        return any(name.casefold() in types for name in self.publication_types)


def rules(protocol: Mapping[str, Any]) -> list[Rule]:
    """The rules of a (validated) protocol, in its order; the first that applies counts."""
    criteria = protocol.get("criteria") or {}
    return [
        Rule(
            id=item["id"],
            text=item["text"],
            year_before=item.get("year_before"),
            year_after=item.get("year_after"),
            languages=tuple(item.get("languages", ())),
            publication_types=tuple(item.get("publication_types", ())),
        )
        for item in criteria.get("automatic") or ()
    ]
