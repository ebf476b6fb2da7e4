"""The default review's decisions follow the notes, and no report or cohort is left without one."""

import re
from collections import Counter

from tests.test_default_review import (
    CITATIONS,
    FACTS,
    MEASUREMENTS,
    PROTOCOL,
    REPORTS,
    REVIEW,
    STUDIES,
    only,
    ris_records,
    table,
)  # fmt: skip

SCREENING = {row["report"]: row for row in table(REVIEW / "screening.csv")}


def test_every_citation_has_a_screening_row_that_locates_it_by_its_facts():
    assert list(SCREENING) == list(CITATIONS)
    titles = {only(record, "ID"): only(record, "TI") for record in ris_records()}
    for report, row in SCREENING.items():
        located = {name: row[name] for name in ("pmid", "pmcid", "doi", "year")}
        assert located == {name: CITATIONS[report][name] for name in located}
        assert row["title"] == titles[report]
        assert row["pmid"] or row["pmcid"] or row["doi"] or row["title"]


def test_decisions_follow_the_notes():
    decided = {report: (row["decision"], row["reason"]) for report, row in SCREENING.items()}
    with_rows = {report: decision for report, decision in decided.items() if report in set(REPORTS)}
    not_included = {report: pair for report, pair in with_rows.items() if pair != ("include", "")}
    assert not_included == {
        "ortiz2012assr": ("exclude", "duplicate_report"),
        "dougherty2012rsna": ("exclude", "duplicate_report"),
        "madaelil2017": ("exclude", "combined_treatment"),
        "whitlow2007": ("exclude", "recalled_pain"),
    }
    listed = re.search(
        r"Exist, pain values not visible .*?\n(.*?)\n\n",
        (FACTS / "NOTES.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    named = {
        report
        for report in re.findall(r"[a-z]+(?:_[a-z]+)?\d+[a-z]*", listed[1])
        if report in CITATIONS
    }
    unclear = {report for report, (decision, _) in decided.items() if decision == "unclear"}
    assert named - set(REPORTS) == unclear - {"butler2005"}
    assert len(named) >= 19


def test_reasons_are_criteria_and_only_exclusions_have_one():
    known = {criterion["id"] for criterion in PROTOCOL["criteria"]["exclude"]}
    for row in SCREENING.values():
        assert row["decision"] in {"include", "exclude", "unclear"}
        assert (row["reason"] in known) if row["decision"] == "exclude" else not row["reason"]
        assert row["note"] or row["decision"] == "include"


def test_every_measurement_belongs_to_exactly_one_row_of_studies():
    rows = Counter((row["report"], row["cohort"]) for row in STUDIES)
    assert set(rows.values()) == {1}
    cohorts = {(report, measurement["cohort"]) for report, measurement in MEASUREMENTS}
    assert cohorts == {pair for pair in rows if pair[1] != "*"}
    assert {report for report, _ in rows} == set(CITATIONS)
    assert not {report for report, cohort in rows if cohort == "*"} & set(REPORTS)


def test_overlaps_are_mutual_and_who_is_not_used_has_a_reason():
    overlaps = {
        (row["report"], other) for row in STUDIES for other in row["overlaps"].split("; ") if other
    }
    assert {other for _, other in overlaps} <= set(CITATIONS)
    assert overlaps == {(other, report) for report, other in overlaps}
    levels = set(PROTOCOL["syntheses"]["subgroups"][0]["levels"])
    for row in STUDIES:
        assert row["use"] in {"pool", "no"} and row["group"] in {*levels, ""}
        assert row["reason"] or row["use"] == "pool"
        if SCREENING[row["report"]]["decision"] == "exclude":
            assert row["use"] == "no"
