"""Records become reports: nothing is lost, every merge is explained and can be undone."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.match_reports import (
    DECISION_COLUMNS,
    DUPLICATE_COLUMNS,
    POSSIBLE_COLUMNS,
    REPORT_COLUMNS,
    match_reports,
    read_decisions,
)
from evergrove.tables import Row

PAPER = {
    "record_id": "pubmed.nbib#0",
    "pmid": "31000001",
    "doi": "10.1000/bone.2019.7",
    "title": "Cement for the painful sacrum: a prospective series of 40 patients",
    "authors": ["Arden, Mira", "Boyle, Tom"],
    "year": 2019,
    "journal": "Journal of Bone Interventions",
    "volume": "12",
    "issue": "3",
    "pages": "201-209",
    "abstract": "Background. Forty patients were treated.",
    "publication_types": ["Journal Article"],
    "status_links": [],
}
SAME_PAPER = {
    "record_id": "scopus.ris#4",
    "doi": "10.1000/BONE.2019.7",
    "title": "Cement for the Painful Sacrum: A Prospective Series of 40 Patients.",
    "authors": ["Arden, M.", "Boyle, T."],
    "year": 2019,
    "journal": "J Bone Interv",
    "volume": "12",
    "pages": "201-9",
    "language": "en",
    "publication_types": ["Article"],
}


def rows_of(decisions):
    return [
        Row(dict(zip(DECISION_COLUMNS, row, strict=True)), "duplicates.csv", line)
        for line, row in enumerate(decisions, start=2)
    ]


def test_two_exports_of_one_paper_are_one_report_with_both_records_named():
    found = match_reports([SAME_PAPER, PAPER])
    [report] = found.reports
    assert report["report_id"] == "pmid:31000001"
    assert report["n_records"] == 2
    assert report["records"] == ["pubmed.nbib#0", "scopus.ris#4"]
    [duplicate] = found.duplicates
    assert duplicate["record_id"] == "scopus.ris#4"
    assert duplicate["report_id"] == "pmid:31000001"
    assert "pubmed.nbib#0" in duplicate["detail"] and duplicate["rule"]


def test_the_best_documented_record_founds_the_report_and_others_fill_its_gaps():
    found = match_reports([SAME_PAPER, PAPER])
    [report] = found.reports
    assert report["title"] == PAPER["title"]
    assert report["journal"] == "Journal of Bone Interventions"
    assert report["language"] == "en"  # only the other record says so
    assert report["publication_types"] == ["Journal Article", "Article"]
    assert report["abstract_record"] == "pubmed.nbib#0"


def test_a_report_without_abstract_names_no_abstract_record():
    [report] = match_reports([SAME_PAPER]).reports
    assert report["abstract_record"] is None


def test_status_links_of_all_records_are_kept():
    retracted = SAME_PAPER | {
        "status_links": [
            {"kind": "retraction_in", "pmid": "32000002", "doi": None, "note": None},
            {"kind": "erratum_in", "pmid": None, "doi": None, "note": "J Bone 2020"},
        ]
    }
    [report] = match_reports([PAPER, retracted]).reports
    assert report["status"] == ["erratum_in", "retraction_in:32000002"]


def test_conference_abstracts_that_share_a_doi_stay_apart_and_have_names_of_their_own():
    abstracts = [
        {
            "record_id": f"embase.ris#{i}",
            "doi": "10.1000/supplement.1",
            "title": title,
            "authors": ["Arden, Mira"],
            "year": 2018,
            "journal": "Journal of Bone Interventions",
        }
        for i, title in enumerate(
            ["Sacral cement in the elderly", "Balloons and the pelvis", "Needles under CT"]
        )
    ]
    found = match_reports(abstracts)
    assert len(found.reports) == 3
    assert found.duplicates == []
    names = [report["report_id"] for report in found.reports]
    assert len(set(names)) == 3
    assert all(name.startswith("title:") for name in names)


def test_one_doi_and_unlike_titles_is_a_question_not_a_merge():
    other = SAME_PAPER | {"title": "Radiation after sacral metastasis", "pages": "300-301"}
    found = match_reports([PAPER, other])
    assert len(found.reports) == 2
    [question] = found.possible
    assert "10.1000/bone.2019.7" in question["reason"]


@pytest.mark.parametrize(
    "title",
    [
        "Erratum: Cement for the painful sacrum: a prospective series of 40 patients",
        "Cement for the painful sacrum: a prospective series of 40 patients. Part II",
        "Cement for the painful sacrum: a prospective series of 41 patients",
        "Reply to: Cement for the painful sacrum: a prospective series of 40 patients",
    ],
)
def test_errata_parts_replies_and_other_numbers_are_reports_of_their_own(title):
    other = SAME_PAPER | {"title": title, "doi": None, "pages": "410-411"}
    found = match_reports([PAPER, other])
    assert len(found.reports) == 2
    assert len(found.possible) == 1


def test_a_report_that_another_names_as_its_erratum_is_suggested():
    erratum = {
        "record_id": "pubmed.nbib#1",
        "pmid": "32000002",
        "title": "Correction",
        "status_links": [{"kind": "erratum_for", "pmid": "31000001", "doi": None, "note": None}],
    }
    comment = {
        "record_id": "pubmed.nbib#2",
        "pmid": "33000003",
        "title": "What cement can do",
        "status_links": [{"kind": "comment_on", "pmid": "31000001", "doi": None, "note": None}],
    }
    found = match_reports([PAPER, erratum, comment])
    assert found.possible == [
        {
            "report_id_a": "pmid:31000001",
            "report_id_b": "pmid:32000002",
            "reason": "linked: erratum_for in pubmed.nbib#1",
        }
    ]


def test_a_decision_by_hand_keeps_two_records_apart():
    decisions = rows_of([("pubmed.nbib#0", "scopus.ris#4", "different", "two cohorts")])
    found = match_reports([PAPER, SAME_PAPER], decisions)
    assert len(found.reports) == 2


def test_a_decision_by_hand_merges_two_records():
    other = {"record_id": "x.csv#0", "title": "Zement im Kreuzbein", "year": 2019}
    decisions = rows_of([("x.csv#0", "pubmed.nbib#0", "same", "translated title")])
    found = match_reports([PAPER, other], decisions)
    assert len(found.reports) == 1
    assert found.duplicates[0]["rule"] == "by hand"


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([("nowhere#1", "scopus.ris#4", "same", "")], "nowhere#1"),
        ([("pubmed.nbib#0", "scopus.ris#4", "perhaps", "")], "perhaps"),
        ([("pubmed.nbib#0", "pubmed.nbib#0", "same", "")], "itself"),
        (
            [
                ("pubmed.nbib#0", "scopus.ris#4", "same", ""),
                ("scopus.ris#4", "pubmed.nbib#0", "different", ""),
            ],
            "otherwise",
        ),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_named(rows, named):
    with pytest.raises(EvergroveError, match=named) as error:
        match_reports([PAPER, SAME_PAPER], rows_of(rows))
    assert error.value.file == "duplicates.csv"
    assert error.value.place.startswith(f"line {len(rows) + 1}")


def test_decisions_that_tie_together_what_another_keeps_apart_are_named():
    third = {"record_id": "x.csv#0", "title": "Zement im Kreuzbein", "year": 2019}
    rows = rows_of(
        [
            ("pubmed.nbib#0", "scopus.ris#4", "same", ""),
            ("scopus.ris#4", "x.csv#0", "same", ""),
            ("pubmed.nbib#0", "x.csv#0", "different", ""),
        ]
    )
    with pytest.raises(EvergroveError, match="tie these two records together"):
        match_reports([PAPER, SAME_PAPER, third], rows)


def test_no_hand_kept_table_is_no_decision(tmp_path):
    assert read_decisions([]) == []
    path = tmp_path / "duplicates.csv"
    path.write_text("record_a,record_b,decision,reason\na#0,b#0,same,\n")
    assert read_decisions(str(path)) == read_decisions([str(path)])
    assert len(read_decisions(str(path))) == 1


def test_a_repeated_record_id_is_refused():
    with pytest.raises(EvergroveError, match=r"pubmed\.nbib#0"):
        match_reports([PAPER, PAPER])


# --- properties --------------------------------------------------------------------------------

TITLES = st.sampled_from(
    [None, "", "Cement for the sacrum", "Cement for the sacrum.", "Part I", "Part II", "骨水泥"]
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"title": TITLES},
        optional={
            "pmid": st.sampled_from([None, "1", "2"]),
            "doi": st.sampled_from([None, "10.1000/a", "10.1000/b"]),
            "pmcid": st.sampled_from([None, "PMC100"]),
            "year": st.sampled_from([None, 2019, 2020]),
            "authors": st.sampled_from([[], ["Arden, M"], ["Boyle, T", "Arden, M"]]),
            "journal": st.sampled_from([None, "J Bone", "Journal of Bone"]),
            "pages": st.sampled_from([None, "1-9", "S12"]),
            "abstract": st.sampled_from([None, "Text."]),
        },
    ),
    max_size=12,
).map(lambda rows: [row | {"record_id": f"f{i % 3}.ris#{i // 3}"} for i, row in enumerate(rows)])


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_records_are_reports_plus_duplicates_whatever_comes_in(records):
    found = match_reports(records)
    assert len(records) == len(found.reports) + len(found.duplicates)
    assert sum(report["n_records"] for report in found.reports) == len(records)
    held = list(itertools.chain.from_iterable(report["records"] for report in found.reports))
    assert sorted(held) == sorted(record["record_id"] for record in records)
    names = [report["report_id"] for report in found.reports]
    assert names == sorted(set(names))
    founders = set(held) - {row["record_id"] for row in found.duplicates}
    assert len(founders) == len(found.reports)
    for row in found.duplicates:
        [home] = [report for report in found.reports if row["record_id"] in report["records"]]
        assert row["report_id"] == home["report_id"]
    for rows, columns in (
        (found.reports, REPORT_COLUMNS),
        (found.duplicates, DUPLICATE_COLUMNS),
        (found.possible, POSSIBLE_COLUMNS),
    ):
        assert tables.format_csv(rows, columns)
    for row in found.possible:
        assert row["report_id_a"] < row["report_id_b"] and row["reason"]


@settings(max_examples=100, deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(records, random):
    shuffled = random.sample(records, len(records))
    assert match_reports(shuffled) == match_reports(records)
