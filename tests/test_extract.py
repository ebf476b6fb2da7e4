"""Stage extract: which abstracts are read, and what is written about them."""

import pytest

from evergrove.errors import EvergroveError
from evergrove.extract import extract

TEXT = "Mean VAS fell from 7.9 ± 1.2 to 3.3 ± 1.6 at 3 months in 58 miners (batch 77)."
RECORDS = [{"record_id": "a.ris#0", "source_file": "a.ris", "abstract": TEXT}]


def row(report, decision="include", record="a.ris#0"):
    return {"report": report, "decision": decision, "abstract_record": record}


def test_only_included_reports_with_an_abstract_are_read():
    rows = [
        row("b2020"),
        row("a2019", "exclude"),
        row("c2021", record=""),
        row("d2022", "awaiting"),
    ]
    found = extract(rows, RECORDS, {})
    assert [line["report"] for line in found.candidates] == ["b2020"]
    assert found.without_abstract == 1


def test_a_line_names_its_record_and_source_and_holds_the_candidates():
    line = extract([row("b2020")], RECORDS, {}).candidates[0]
    assert (line["record_id"], line["source"]) == ("a.ris#0", "a.ris")
    assert [(r["mean"], r["sd"], r["timepoint_days"], r["n"]) for r in line["records"]] == [
        (7.9, 1.2, 0, 58),
        (3.3, 1.6, 91, 58),
    ]


def test_reports_are_sorted_and_numbers_that_nothing_claims_are_listed():
    found = extract([row("b2020"), row("a2019")], RECORDS, {})
    assert [line["report"] for line in found.candidates] == ["a2019", "b2020"]
    numerals = [[TEXT.index("77"), TEXT.index("77") + 2, "77"]]
    listed = [[r["start"], r["end"], r["text"]] for r in found.unclaimed if r["report"] == "a2019"]
    put_aside = [entry[:3] for entry in found.candidates[0]["not_outcome"]]
    assert [n for n in numerals if n in listed or n in put_aside] == numerals


def test_a_record_that_does_not_exist_is_named():
    with pytest.raises(EvergroveError, match=r"b2020.*gone#1"):
        extract([row("b2020", record="gone#1")], RECORDS, {})


def test_an_unknown_profile_is_named_with_those_that_exist():
    with pytest.raises(EvergroveError, match=r"profile.*nosuch.*default"):
        extract([row("b2020")], RECORDS, {"outcome": {"reading_profile": "nosuch"}})


def test_a_report_at_which_the_reader_fails_is_kept_and_named(monkeypatch):
    def fails(*_):
        raise IndexError("list index out of range")

    assert "FAILED" not in extract([row("b2020")], RECORDS, {}).summary()
    monkeypatch.setattr("evergrove.reading.reader.read_sentence", fails)
    found = extract([row("b2020")], RECORDS, {})
    assert [line["report"] for line in found.candidates] == ["b2020"]
    assert {
        "report": "b2020",
        "start": TEXT.index("77"),
        "end": TEXT.index("77") + 2,
        "text": "77",
    } in found.unclaimed
    assert "FAILED for b2020" in found.summary()
