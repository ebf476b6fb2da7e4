"""Decisions meet reports: none is lost, every mistake is named, and the counts add up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import tables
from evergrove.errors import EvergroveError
from evergrove.screen import (
    REPORT_COLUMNS,
    SCREENED_COLUMNS,
    TO_SCREEN_COLUMNS,
    screen,
)
from evergrove.screening_table import read_screening

PROTOCOL = {
    "criteria": {
        "exclude": [{"id": "no_score", "text": "No score"}, {"id": "case", "text": "Case"}]
    }
}
HEADER = "report,pmid,pmcid,doi,title,year,decision,stage,reason,reviewer,note\n"


def report(report_id, **values):
    return dict.fromkeys(REPORT_COLUMNS, "") | {"report_id": report_id, "n_records": "1"} | values


ARDEN = report(
    "pmid:1", pmid="1", doi="10.1000/a", title="Sacral cement", year="2019", authors="Arden, Mira"
)
BOYLE = report(
    "doi:10.1000/b", doi="10.1000/b", title="Balloons", year="2020", authors="Boyle, T; Arden, M"
)
NAMELESS = report("title:abc", title="Needles under CT", year="")


def run(tmp_path, text, reports=(ARDEN, BOYLE, NAMELESS), **counts):
    path = tmp_path / "screening.csv"
    path.write_text(text, encoding="utf-8")
    counts = {
        "search_log": [{"n_records": str(len(reports)), "n_rejects": "0"}],
        "n_records": len(reports),
        "n_rejects": 0,
        "n_duplicates": 0,
    } | counts
    return screen(reports, read_screening(path, PROTOCOL), PROTOCOL, **counts)


def test_decisions_are_joined_and_the_rest_awaits_one_under_a_proposed_name(tmp_path):
    result = run(
        tmp_path,
        HEADER
        + "arden2019,1,,,,,include,full_text,,MS,good\n"
        + "boyle2020,,,https://doi.org/10.1000/B,,,exclude,title_abstract,no_score,MS,\n",
    )
    by_name = {row["report"]: row for row in result.screened}
    assert by_name["arden2019"]["decision"] == "include"
    assert by_name["arden2019"]["note"] == "good"
    assert by_name["boyle2020"]["reason"] == "no_score"
    assert by_name["needlesunderctundated"]["decision"] == "awaiting"
    assert [row["report"] for row in result.to_screen] == ["needlesunderctundated"]
    assert list(by_name) == sorted(by_name)
    assert result.flow == {
        "files": 1,
        "records": 3,
        "rejects": 0,
        "duplicates": 0,
        "reports": 3,
        "ineligible": 0,
        "ineligible_by_reason": {},
        "screened": 2,
        "awaiting": 1,
        "unclear": 0,
        "not_retrieved": 0,
        "excluded": 1,
        "excluded_by_reason": {"no_score": 1},
        "included": 1,
    }
    assert tables.format_csv(result.screened, SCREENED_COLUMNS)
    assert tables.format_csv(result.to_screen, TO_SCREEN_COLUMNS)


def test_an_unclear_report_is_still_to_screen(tmp_path):
    result = run(tmp_path, HEADER + "a,1,,,,,unclear,full_text,,,\n")
    assert "a" in [row["report"] for row in result.to_screen]
    assert (result.flow["screened"], result.flow["unclear"], result.flow["awaiting"]) == (1, 1, 2)


def test_a_title_finds_a_report_whatever_its_punctuation(tmp_path):
    result = run(tmp_path, HEADER + "n,,,,NEEDLES - under CT.,2021,include,full_text,,,\n")
    assert result.flow["included"] == 1


def test_a_title_does_not_find_a_report_of_another_year(tmp_path):
    with pytest.raises(EvergroveError, match="no report"):
        run(tmp_path, HEADER + "n,,,,Balloons,2021,include,full_text,,,\n")


def test_a_title_does_not_find_a_report_with_another_identifier_of_that_kind(tmp_path):
    with pytest.raises(EvergroveError, match="no report"):
        run(tmp_path, HEADER + "n,99,,,Sacral cement,2019,include,full_text,,,\n")


def test_an_identifier_that_the_report_lacks_leaves_the_title_to_decide(tmp_path):
    result = run(tmp_path, HEADER + "n,99,,,Balloons,2020,include,full_text,,,\n")
    assert result.flow["included"] == 1


def test_an_identifier_outweighs_a_title_that_another_report_has_too(tmp_path):
    abstract = report("title:def", title="Sacral cement", year="2019")
    result = run(
        tmp_path,
        HEADER + "arden2019,1,,,Sacral cement,2019,include,full_text,,,\n",
        (ARDEN, abstract),
    )
    [included] = [row for row in result.screened if row["decision"] == "include"]
    assert included["report_id"] == "pmid:1"


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("x,99,,,,,include,full_text,,,", "report", "no report among the citations"),
        ("x,1,,10.1000/b,,,include,full_text,,,", "report", "2 reports match"),
        ("x,1,,,,,maybe,full_text,,,", "decision", "include, exclude, unclear"),
        ("x,1,,,,,include,abstract,,,", "stage", "title_abstract, full_text"),
        ("x,1,,,,,exclude,full_text,,,", "reason", "needs a reason"),
        ("x,1,,,,,exclude,full_text,boring,,", "reason", "no_score, case"),
        ("x,1,,,,,include,full_text,case,,", "reason", "Empty the cell"),
        (",1,,,,,include,full_text,,,", "report", "no name"),
        ("x,,,,,,include,full_text,,,", "title", "which report is meant"),
        ("x,,,,???,,include,full_text,,,", "title", "no letter"),
        ("x,one,,,,,include,full_text,,,", "pmid", "not a PMID"),
        ("x,,,doi,,,include,full_text,,,", "doi", "not a DOI"),
        ("x,1,,,,next,include,full_text,,,", "year", "not a year"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_place_and_remedy(tmp_path, row, column, words):
    with pytest.raises(EvergroveError, match=words) as error:
        run(tmp_path, HEADER + "boyle,,,10.1000/b,,,include,full_text,,,\n" + row + "\n")
    assert error.value.file.endswith("screening.csv")
    assert error.value.place == f"line 3, column {column}"
    assert error.value.remedy


@pytest.mark.parametrize("name", ["boyle", "BOYLE"])
def test_a_report_name_that_stands_twice_is_named(tmp_path, name):
    rows = f"boyle,,,10.1000/b,,,include,full_text,,,\n{name},1,,,,,include,full_text,,,\n"
    with pytest.raises(EvergroveError, match=r"line 2 (too|in another spelling)"):
        run(tmp_path, HEADER + rows)


def test_two_rows_on_one_report_are_named(tmp_path):
    rows = "a,1,,,,,include,full_text,,,\nb,,,10.1000/a,,,include,full_text,,,\n"
    with pytest.raises(EvergroveError, match="decides on the same report"):
        run(tmp_path, HEADER + rows)


def test_proposed_names_avoid_names_in_use_and_each_other(tmp_path):
    same = [report(f"pmid:{i}", pmid=str(i), authors="Arden, M", year="2019") for i in (2, 3)]
    result = run(
        tmp_path, HEADER + "arden2019a,1,,,,,include,full_text,,,\n", (ARDEN, *same, BOYLE)
    )
    assert sorted(row["report"] for row in result.screened) == [
        "arden2019a",
        "arden2019b",
        "arden2019c",
        "boyle2020",
    ]


@pytest.mark.parametrize(
    "counts",
    [{"n_records": 4}, {"n_rejects": 1}, {"n_duplicates": 1}, {"search_log": []}],
)
def test_counts_of_different_runs_are_refused(tmp_path, counts):
    with pytest.raises(EvergroveError, match="do not add up"):
        run(tmp_path, HEADER, **counts)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from([None, "include", "unclear", "exclude:no_score", "exclude:case"]),
        ),
        max_size=15,
    ),
    st.integers(0, 5),
)
def test_the_counts_of_the_flow_add_up_for_any_input(tmp_path_factory, made, n_rejects):
    reports = [
        report(f"pmid:{i}", pmid=str(i), n_records=str(n)) for i, (n, _) in enumerate(made, 1)
    ]
    lines = [
        f"r{i},{i},,,,,{decision.partition(':')[0]},full_text,{decision.partition(':')[2]},,"
        for i, (_, decision) in enumerate(made, 1)
        if decision
    ]
    n_records = sum(n for n, _ in made)
    result = run(
        tmp_path_factory.mktemp("flow"),
        HEADER + "".join(f"{line}\n" for line in lines),
        reports,
        search_log=[{"n_records": str(n_records), "n_rejects": str(n_rejects)}],
        n_records=n_records,
        n_rejects=n_rejects,
        n_duplicates=n_records - len(reports),
    )
    flow = result.flow
    assert flow["records"] == flow["reports"] + flow["duplicates"] == n_records
    assert flow["reports"] == flow["screened"] + flow["awaiting"] == len(result.screened)
    assert flow["screened"] == flow["included"] + flow["excluded"] + flow["unclear"] == len(lines)
    assert flow["excluded"] == sum(flow["excluded_by_reason"].values())
    assert len(result.to_screen) == flow["awaiting"] + flow["unclear"]
    assert sorted(row["report_id"] for row in result.screened) == sorted(
        row["report_id"] for row in reports
    )
