"""Which reports a hand-kept row means: by identifiers, else by title and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from evergrove import normalise
from evergrove.tables import Row

IDENTIFIERS = {"pmid": normalise.pmid, "pmcid": normalise.pmcid, "doi": normalise.doi}

Report = Mapping[str, str]


class Lookup:
    """Finds the reports that a hand-kept row means."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._by_identifier: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        for position, report in enumerate(reports):
            for name, value in identifiers(report):
                self._by_identifier[name, value].append(position)
            title = normalise.title_key(report["title"])
            if title:
                self._by_title[title].append(position)

    def find(self, row: Row) -> list[int]:
        """Positions of the reports that match, ascending.

        A report with an equal identifier matches. Where no report has one, the title decides
        (with a year that is equal or missing on one side), among the reports that have none of
        the kinds of identifier that the row gives: a row that names a PMID does not mean a
        report with another PMID.
        """
        given = identifiers(row)
        found = {position for key in given for position in self._by_identifier[key]}
        if found:
            return sorted(found)
        kinds = {name for name, _value in given}
        year = normalise.year(row.text("year"))
        for position in self._by_title[normalise.title_key(row["title"])]:
            report = self._reports[position]
            if kinds & {name for name, _value in identifiers(report)}:
                continue
            other = normalise.year(report["year"])
            if year is None or other is None or year == other:
                found.add(position)
        return sorted(found)


def identifiers(row: Mapping[str, str]) -> list[tuple[str, str]]:
    """The (kind, normalised value) pairs that a row gives."""
    values = ((name, read(row[name])) for name, read in IDENTIFIERS.items())
    return [(name, value) for name, value in values if value is not None]
