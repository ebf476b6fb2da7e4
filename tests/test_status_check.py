"""Included reports asked about again: found for sure or listed with a reason, news said once."""

from datetime import timedelta

import pytest

from tests.eutils_server import link
from tests.update_sample import FIRST, SEARCHES, served_review


@pytest.fixture
def review(tmp_path, monkeypatch):
    with served_review(tmp_path, monkeypatch) as made:
        yield made


def _links(log):
    return [(link["report"], link["kind"], link["notice_pmid"]) for link in log["status"]["links"]]


def test_included_reports_are_asked_about_by_pmid_or_doi(review):
    pubmed = review.pubmed
    pubmed.add(11, FIRST, links=link("RetractionIn", 91) + link("CommentIn", 92))
    pubmed.add(12, FIRST, doi="10.1000/ABC(1)", links=link("ErratumIn", 93))
    pubmed.add(13, FIRST, kind="Retracted Publication")
    pubmed.add(14, FIRST, links=link("RetractionOf", 94))
    pubmed.add(15, FIRST, links=link("RetractionIn", 95))
    pubmed.no_hits_for.add("sacroplast*")
    review.screening(
        "a2013,11,,include,full_text,\n"
        "b2014,,10.1000/abc(1),include,full_text,\n"
        "c2015,13,,include,full_text,\n"
        "notice2016,14,,include,full_text,\n"
        "excluded2017,15,,exclude,full_text,reason\n"
    )
    log = review.update()
    assert _links(log) == [
        ("a2013", "retraction_in", "91"),
        ("b2014", "erratum_in", "93"),
        ("c2015", "retraction_in", None),
        ("notice2016", "retraction_of", "94"),
    ]
    assert log["status"]["links"][0] == {
        "report": "a2013", "pmid": "11", "kind": "retraction_in", "notice_pmid": "91",
        "notice_doi": None, "note": "J Invent. 2025;1:2", "checked_on": "2026-02-01",
    }  # fmt: skip
    assert [item["pmid"] for item in log["status"]["checked"]] == ["11", "12", "13", "14"]
    assert '"10.1000/abc(1)"[AID]' in pubmed.terms()
    asked = {pmid for _, _, query in pubmed.requests for pmid in query.get("id", "").split(",")}
    assert "15" not in asked
    assert "status: NEW, a2013: retraction in PMID 91" in review.said


def test_a_report_that_pubmed_cannot_find_for_sure_is_listed_with_the_reason(review):
    pubmed = review.pubmed
    for pmid in (21, 22):
        pubmed.add(pmid, FIRST, doi="10.1000/twice")
    pubmed.add(23, FIRST)
    pubmed.add(24, FIRST, doi="10.1000/other")
    pubmed.withheld.add(24)
    review.screening(
        "twice2010,,10.1000/twice,include,full_text,\n"
        "none2011,,10.1000/none,include,full_text,\n"
        "title2012,,,include,full_text,\n"
        "typo2013,99,,include,full_text,\n"
        "found2014,23,,include,full_text,\n"
    )
    log = review.update(searches=SEARCHES[1:])
    assert log["status"]["not_checked"] == [
        {"report": "none2011", "reason": "PubMed finds no record with the DOI 10.1000/none"},
        {"report": "title2012", "reason": "screening.csv gives neither a PMID nor a DOI"},
        {"report": "twice2010", "reason": "PubMed finds 2 records with the DOI 10.1000/twice"},
        {"report": "typo2013", "reason": "PubMed delivers no record 99"},
    ]
    assert [item["report"] for item in log["status"]["checked"]] == ["found2014"]


def test_a_hit_with_another_doi_is_not_believed(review, monkeypatch):
    """PubMed takes a phrase apart that it does not know, and may then find another paper."""
    review.pubmed.add(31, FIRST, doi="10.1000/other", links=link("RetractionIn", 91))
    monkeypatch.setattr(review.pubmed, "matching", lambda term: [31] if "[AID]" in term else [])
    review.screening("a2013,,10.1000/mine,include,full_text,\n")
    log = review.update()
    assert _links(log) == [] and log["status"]["checked"] == []
    assert "has the DOI 10.1000/other" in log["status"]["not_checked"][0]["reason"]


def test_a_doi_is_looked_up_once_and_news_is_said_once(review):
    review.pubmed.add(12, FIRST, doi="10.1000/abc")
    review.pubmed.no_hits_for.add("sacroplast*")
    review.screening("b2014,,10.1000/abc,include,full_text,\n")
    review.update()
    review.pubmed.add(12, FIRST, doi="10.1000/abc", links=link("ExpressionOfConcernIn", 93))
    log = review.update(FIRST + timedelta(days=1))
    assert sum("[AID]" in term for term in review.pubmed.terms()) == 1
    assert _links(log) == [("b2014", "concern_in", "93")]
    assert "status: NEW, b2014: concern in PMID 93" in review.said
    review.update(FIRST + timedelta(days=2))
    assert not any("NEW" in text for text in review.said)


def test_a_report_included_later_on_the_same_day_is_asked_about(review):
    review.update()
    review.pubmed.add(11, FIRST, links=link("RetractionIn", 91))
    review.screening("a2013,11,,include,full_text,\n")
    assert _links(review.update()) == [("a2013", "retraction_in", "91")]
