"""The counts of the flow in the table that the R package PRISMA2020 draws.

Haddaway NR et al. PRISMA2020: an R package and Shiny app for producing PRISMA 2020-compliant flow
diagrams. Campbell Syst Rev 2022;18:e1230. `PRISMA_data(read.csv(...))` reads it; the package
finds rows by `data`, and reasons as "Reason1, 3; Reason2, 1".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")

# data, node, box, what the row says. Names, nodes and boxes are the package's own.
_ROWS = (
    (None, "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", None, "box1", "Reports of studies included in previous version of review"),
    (None, "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", None, "box2", "Specific databases"),
    ("register_results", None, "box2", "Registers"),
    ("register_specific_results", None, "box2", "Specific registers"),
    (None, "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", None, "box11", "Organisations"),
    ("citations_results", None, "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", None, "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", None, "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", None, "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", None, "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
)


def prisma_rows(counts: Mapping[str, Any], texts: Mapping[str, str]) -> list[dict[str, object]]:
    """Rows (`COLUMNS`) of the package's table from the counts of `count_flow`.

    texts: reason id -> words. The package has no box for what still waits for a person: such
    reports stand with the nearest box that they have not passed, and its text says how many.
    """
    numbers = _numbers(counts, texts)
    waiting = _waiting(counts)
    rows = []
    for data, node, box, text in _ROWS:
        said = f"{text} ({waiting[data]})" if data in waiting else text
        rows.append(
            {
                "data": data or "NA",
                "node": node or "NA",
                "box": box,
                "description": text,
                "boxtext": said,
                "tooltips": said,
                "url": f"{data or box}.html",
                "n": numbers.get(data, 0) if data else 0,
            }
        )
    return rows


def _numbers(counts: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str | None, object]:
    dbr, other, inc = counts["databases"], counts["other"], counts["included"]
    was = counts["previous"] or {"reports": 0, "studies": 0}
    return {
        "previous_studies": was["studies"],
        "previous_reports": was["reports"],
        "database_results": sum(dbr["databases"].values()),
        "database_specific_results": _listed(dbr["databases"]),
        "register_results": sum(dbr["registers"].values()),
        "register_specific_results": _listed(dbr["registers"]),
        "website_results": other["website"],
        "organisation_results": other["organisation"],
        "citations_results": other["citation_search"],
        "duplicates": dbr["duplicates"],
        "excluded_automatic": sum(dbr["ineligible"].values()),
        "excluded_other": dbr["unreadable"] + dbr["awaiting_screening"],
        "records_screened": dbr["screened"],
        "records_excluded": dbr["excluded"],
        "dbr_sought_reports": dbr["sought"],
        "dbr_notretrieved_reports": dbr["not_retrieved"] + dbr["awaiting_full_text"],
        "other_sought_reports": other["sought"],
        "other_notretrieved_reports": other["not_retrieved"] + other["awaiting_full_text"],
        "dbr_assessed": dbr["assessed"],
        "dbr_excluded": _reasons(dbr, texts),
        "other_assessed": other["assessed"],
        "other_excluded": _reasons(other, texts),
        "new_studies": inc["new_studies"],
        "new_reports": inc["new_reports"],
        "total_studies": inc["studies"],
        "total_reports": inc["reports"],
    }


def _waiting(counts: Mapping[str, Any]) -> dict[str | None, str]:
    """What a box's text must say beside its number."""
    dbr, other, inc = counts["databases"], counts["other"], counts["included"]
    out: dict[str | None, str] = {}
    if dbr["awaiting_screening"]:
        out["excluded_other"] = f"{dbr['awaiting_screening']} of them await screening"
    for name, column in (("dbr", dbr), ("other", other)):
        if column["awaiting_full_text"]:
            out[f"{name}_notretrieved_reports"] = f"{column['awaiting_full_text']} not sought yet"
    for what in ("studies", "reports"):
        changes = [
            f"{inc[f'{what}_{change}']} {change} since the previous version"
            for change in ("removed", "reclassified")
            if inc[f"{what}_{change}"]
        ]
        if changes:
            out[f"total_{what}"] = "; ".join(changes)
    return out


def _reasons(column: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    found = {texts.get(name, name): n for name, n in column["reports_excluded_by_reason"].items()}
    if column["awaiting_classification"]:
        found["Awaiting classification"] = column["awaiting_classification"]
    return _listed(found)


def _listed(counts: Mapping[str, int]) -> str:
    """ "Name, 3; Name, 1": the package splits at ; and , so that a name may hold neither."""
    if not counts:
        return "NA, 0"
    return "; ".join(f"{_safe(name)}, {n}" for name, n in counts.items())


def _safe(name: str) -> str:
    return " ".join(name.replace(",", " –").replace(";", " –").split())
