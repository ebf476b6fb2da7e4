"""The tools of risk of bias and the reader of risk_of_bias.csv."""

import pytest

from evergrove.errors import EvergroveError
from evergrove.risk_of_bias import OVERALL, PATTERNS, check_kept, checked, read_judgements, tools
from evergrove.tables import format_csv

HEADER = "study,tool,domain,judgement,support,reviewer\n"


def written(tmp_path, *lines, header=HEADER):
    path = tmp_path / "risk_of_bias.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines))
    return path


def test_the_tools_have_their_domains_and_judgements():
    jbi, robins = tools()["jbi_case_series"], tools()["robins_i"]
    assert [id for id, _ in jbi.domains] == [f"Q{n}" for n in range(1, 11)]
    assert {a.id for a in jbi.judgements} == {"yes", "no", "unclear", "not_applicable"}
    assert len(robins.domains) == 7
    assert [a.id for a in robins.judgements] == [
        "low",
        "moderate",
        "serious",
        "critical",
        "no_information",
    ]
    assert robins.answers(OVERALL) == robins.judgements
    assert "BMJ 2016;355:i4919" in robins.source and "33038125" in jbi.source


@pytest.mark.parametrize("tool", tools())
def test_no_two_judgements_of_a_tool_look_alike_without_colour(tool):
    for answers in (tools()[tool].judgements, tools()[tool].overall_judgements):
        assert len({answer.symbol for answer in answers}) == len(answers)
        assert len({answer.pattern for answer in answers}) == len(answers)
        assert {answer.pattern for answer in answers} <= set(PATTERNS)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("tool", tools())
def test_every_symbol_is_legible_on_its_fill(tool):
    used = tools()[tool]
    for answer in (*used.judgements, *used.overall_judgements):
        one, other = sorted((luminance(answer.fill), luminance(answer.ink)))
        assert (other + 0.05) / (one + 0.05) >= 4.5, answer.id


def test_rows_are_read_whatever_their_spelling(tmp_path):
    path = written(
        tmp_path,
        "alder2019,JBI case-series,q1,Yes,,AB",
        "alder2019,jbi_case_series,Overall,seek further info,,AB",
        "elm2020,ROBINS-I,D7,No information,none given,",
    )
    assert checked(read_judgements(path)) == {
        "jbi_case_series": {"alder2019": {"Q1": "yes", "overall": "seek_further_info"}},
        "robins_i": {"elm2020": {"D7": "no_information"}},
    }


def test_support_and_reviewer_may_be_left_out(tmp_path):
    header = "study,tool,domain,judgement\n"
    rows = read_judgements(written(tmp_path, "a,robins_i,D1,low", header=header))
    assert checked(rows) == {"robins_i": {"a": {"D1": "low"}}}


@pytest.mark.parametrize(
    ("line", "column", "found", "remedy"),
    [
        ("a,robins_ii,D1,low,,", "tool", '"robins_ii"', "Known tools: jbi_case_series, robins_i."),
        ("a,robins_i,D8,low,,", "domain", '"D8"', "D1, D2, D3, D4, D5, D6, D7, overall."),
        ("a,robins_i,D1,high,,", "judgement", '"high"', "low, moderate, serious, critical, no_inf"),
        ("a,jbi_case_series,Q1,low,,", "judgement", '"low"', "yes, unclear, no, not_applicable."),
        ("a,jbi_case_series,overall,yes,,", "judgement", '"yes"', "include, seek_further_info"),
        (",robins_i,D1,low,,", "study", '""', "Every row needs"),
        ("a,robins_i,D1,,,", "judgement", '""', "Every row needs"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place_and_remedy(tmp_path, line, column, found, remedy):
    path = written(tmp_path, "b,robins_i,D1,low,,", line)
    with pytest.raises(EvergroveError) as caught:
        read_judgements(path)
    text = str(caught.value)
    assert text.startswith(f"{path}, line 3, column {column}: ")
    assert f"found: {found}" in text and remedy in text


def test_reviewers_who_differ_need_a_consensus(tmp_path):
    lines = ["a,robins_i,D1,low,,AB", "a,robins_i,D1,serious,,CD"]
    with pytest.raises(EvergroveError, match=r"line 3.*differ \(AB: low; CD: serious\).*consensus"):
        read_judgements(written(tmp_path, *lines))
    rows = read_judgements(written(tmp_path, *lines, "a,robins_i,D1,moderate,,Consensus"))
    assert checked(rows) == {"robins_i": {"a": {"D1": "moderate"}}}


def test_reviewers_who_agree_count_once_and_one_reviewer_may_not_judge_twice(tmp_path):
    rows = read_judgements(written(tmp_path, "a,robins_i,D1,low,,AB", "a,robins_i,D1,low,,CD"))
    assert checked(rows) == {"robins_i": {"a": {"D1": "low"}}}
    with pytest.raises(EvergroveError, match=r"line 3.*second row of the reviewer “AB”"):
        read_judgements(written(tmp_path, "a,robins_i,D1,low,,AB", "a,robins_i,D1,low,,AB"))


def test_an_unknown_column_is_refused(tmp_path):
    text = format_csv([{"study": "a", "score": 7}], ["study", "score"])
    path = tmp_path / "risk_of_bias.csv"
    path.write_text(text)
    with pytest.raises(EvergroveError, match='column "tool" is missing'):
        read_judgements(path)


def test_check_names_a_study_that_there_is_not(tmp_path):
    path = written(tmp_path, "lee2015,robins_i,overall,low,,")
    assert check_kept(path, {"lee2015", "pine2016"}) == 1
    assert check_kept(tmp_path / "none.csv", {"lee2015"}) == 0
    with pytest.raises(EvergroveError, match=r"line 2.*not a study.*lee2015.*pine2016"):
        check_kept(path, {"pine2016"})
