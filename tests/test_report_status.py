"""What became of a report: which links flag it, what an update adds, what a person must read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove import report_status
from evergrove.formats.status import KINDS


def _log(day, *checks):
    """A search log with the answers (report, pmid, doi, [(kind, notice PMID)]) of one day."""
    links = [
        {
            "report": report, "pmid": pmid, "kind": kind, "notice_pmid": notice,
            "notice_doi": None, "note": None, "checked_on": day,
        }
        for report, pmid, _, found in checks
        for kind, notice in found
    ]  # fmt: skip
    checked = [{"report": report, "pmid": pmid, "doi": doi} for report, pmid, doi, _ in checks]
    status = {"checked": checked, "not_checked": [], "links": links}
    return {"date": day, "searches": [], "status": status}


def _row(report="kortman2013", pmid="11", doi="", status="", **more):
    return {"report": report, "pmid": pmid, "doi": doi, "status": status, **more}


def _status(row, *logs):
    return report_status.with_status([row], logs)[0]["status"]


@pytest.mark.parametrize(
    ("status", "flags"),
    [
        ("", []),
        ("retraction_in:9", ["retracted"]),
        ("retracted_republished_in:9", ["retracted"]),
        ("partial_retraction_in:9", ["concern"]),
        ("concern_in", ["concern"]),
        ("erratum_in:9", ["corrected"]),
        ("corrected_republished_in:9", ["corrected"]),
        ("erratum_in:1; concern_in:2; retraction_in:3", ["retracted", "concern", "corrected"]),
        ("update_in:9; comment_in:8", []),
        ("erratum_in:10.1002/(sici)1097;2-x", ["corrected"]),
    ],
)
def test_links_on_a_paper_set_flags(status, flags):
    assert report_status.flags(status) == flags


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.endswith("_in")])
def test_a_notice_is_never_flagged(kind):
    assert report_status.flags(f"{kind}:9") == []


def test_the_newest_answer_of_pubmed_counts():
    old = _log("2026-01-01", ("kortman2013", "11", None, [("concern_in", "5")]))
    new = _log("2026-02-01", ("kortman2013", "11", None, [("retraction_in", "6")]))
    assert _status(_row(), new, old) == "retraction_in:6"
    taken_back = _log("2026-03-01", ("kortman2013", "11", None, []))
    assert _status(_row(), old, new, taken_back) == ""


def test_a_report_that_could_not_be_asked_about_keeps_its_older_status():
    old = _log("2026-01-01", ("kortman2013", "11", None, [("retraction_in", "6")]))
    new = _log("2026-02-01", ("other2010", "22", None, []))
    new["status"]["not_checked"].append({"report": "kortman2013", "reason": "no record"})
    assert _status(_row(), old, new) == "retraction_in:6"


def test_what_came_with_the_citations_is_kept_beside_what_pubmed_says():
    log = _log("2026-02-01", ("kortman2013", "11", None, [("retraction_in", "6")]))
    assert _status(_row(status="erratum_in:5"), log) == "erratum_in:5; retraction_in:6"
    assert _status(_row(status="retraction_in; erratum_in:5"), log) == (
        "erratum_in:5; retraction_in:6"
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (_row(report="renamed2013"), True),
        (_row(report="renamed2013", pmid="", doi="10.1000/a"), True),
        (_row(pmid="", doi=""), True),
        # Another paper that now has the name.
        (_row(pmid="77", doi="10.1000/b"), False),
        (_row(pmid="", doi="10.1000/b"), False),
    ],
)
def test_an_answer_finds_its_report_by_identifier_before_name(row, found):
    log = _log("2026-02-01", ("kortman2013", "11", "10.1000/a", [("retraction_in", "6")]))
    assert bool(_status(row, log)) is found


@pytest.mark.parametrize(
    ("more", "retracted"),
    [
        ({"publication_types": "Journal Article; Retracted Publication"}, True),
        ({"publication_types": "Retraction of Publication"}, False),
        ({"title": "RETRACTED: Cement in the sacrum"}, True),
        ({"title": "Retracted Article: Cement in the sacrum"}, True),
        ({"title": "Retraction notice to: Cement in the sacrum"}, False),
        ({"title": "Retraction: Cement in the sacrum"}, False),
        ({"title": "Retracted sacra in rats"}, False),
    ],
)
def test_a_type_or_title_that_says_retracted_counts_a_notice_does_not(more, retracted):
    status = _status(_row(**more))
    assert report_status.flags(status) == (["retracted"] if retracted else [])


@given(st.lists(st.sampled_from([f"{kind}:{n}" for kind in KINDS for n in (1, 2)])))
def test_no_link_is_lost_and_the_result_does_not_depend_on_order(items):
    forward = _status(_row(status="; ".join(items)))
    assert set(report_status.items(forward)) == set(items)
    assert forward == _status(_row(status="; ".join(reversed(items))))


def test_a_notice_is_to_be_read_until_a_note_names_it():
    status = "comment_in:3; erratum_in:5; retraction_in; retraction_of:9"
    assert report_status.unread_notices(status, [None]) == ["erratum_in:5", "retraction_in"]
    notes = ["Erratum (PMID 5) read: the table is unchanged.", "See the retraction in the journal"]
    assert report_status.unread_notices(status, notes) == []
    assert report_status.unread_notices("erratum_in:5", ["35 people"]) == ["erratum_in:5"]


def test_links_in_words():
    assert report_status.in_words("retraction_in:123") == "retraction in PMID 123"
    assert report_status.in_words("erratum_in:10.1000/x") == "erratum in doi:10.1000/x"
    assert report_status.in_words("concern_in") == "concern in"


def test_a_label_is_marked_once_it_is_retracted_and_not_for_less():
    assert report_status.marked("Kortman 2013", ["n_assumed", "retracted"]) == (
        "Kortman 2013 (retracted)"
    )
    assert report_status.marked("Kortman 2013", ["corrected"]) == "Kortman 2013"
