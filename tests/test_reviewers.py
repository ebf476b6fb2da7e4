"""Two people who screen independently: what they agree on, what not, and what settles it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from evergrove import reviewer_agreement, tables
from evergrove.errors import EvergroveError
from evergrove.screen import AGREEMENT_COLUMNS, CONFLICT_COLUMNS
from evergrove.screening_table import DECISIONS, STAGES
from tests.test_screen import HEADER, run

ONE = "arden,1,,,,,{decision},{stage},{reason},{who},\n"


def rows(*said, name="arden", pmid="1"):
    """Lines of screening.csv about one report: (reviewer, decision, stage, reason)."""
    lines = [
        f"{name},{pmid if n == 0 else ''},,,,,{decision},{stage},{reason},{who},\n"
        for n, (who, decision, stage, reason) in enumerate(said)
    ]
    return HEADER + "".join(lines)


def decision(result, name="arden"):
    [row] = [row for row in result.screened if row["report"] == name]
    return row


TA, FT = STAGES


def test_two_who_agree_decide_together(tmp_path):
    result = run(tmp_path, rows(("anna", "include", TA, ""), ("ben", "include", TA, "")))
    found = decision(result)
    assert (found["decision"], found["reviewer"]) == ("include", "anna; ben")
    assert result.conflicts == []


def test_two_who_differ_leave_the_report_unclear_and_listed(tmp_path):
    text = rows(("anna", "include", TA, ""), ("ben", "exclude", TA, "case"))
    result = run(tmp_path, text)
    assert decision(result)["decision"] == "unclear"
    [conflict] = result.conflicts
    assert conflict["decisions"] == "anna: include; ben: exclude (case)"
    assert (conflict["kind"], conflict["settled_by"]) == ("decision", "")
    waiting = {row["report"]: row["waits_for"] for row in result.to_screen}
    assert waiting["arden"] == "consensus"
    assert tables.format_csv(result.conflicts, CONFLICT_COLUMNS)


def test_a_row_of_consensus_settles_and_the_conflict_stays_on_record(tmp_path):
    text = rows(
        ("anna", "include", TA, ""),
        ("ben", "exclude", TA, "case"),
        ("Consensus", "include", TA, ""),
    )
    result = run(tmp_path, text)
    assert decision(result)["decision"] == "include"
    assert [row["settled_by"] for row in result.conflicts] == ["consensus"]
    # Consensus is nobody's independent decision.
    assert [row["n"] for row in result.agreement] == [1]


def test_reading_the_full_text_settles_a_conflict_on_the_abstract(tmp_path):
    text = rows(
        ("anna", "include", TA, ""), ("ben", "exclude", TA, "case"), ("anna", "exclude", FT, "case")
    )
    result = run(tmp_path, text)
    found = decision(result)
    assert (found["decision"], found["stage"]) == ("exclude", FT)
    assert [row["settled_by"] for row in result.conflicts] == ["full_text"]


def test_exclusions_for_different_reasons_stand_under_the_first_and_are_listed(tmp_path):
    text = rows(("anna", "exclude", FT, "case"), ("ben", "exclude", FT, "no_score"))
    result = run(tmp_path, text)
    assert decision(result)["reason"] == "case"
    assert [(row["kind"], row["settled_by"]) for row in result.conflicts] == [
        ("reason", "first_reason")
    ]


def test_a_full_text_decision_on_an_excluded_report_is_a_contradiction(tmp_path):
    text = rows(("anna", "exclude", TA, "case"), ("anna", "include", FT, ""))
    with pytest.raises(EvergroveError, match="excluded on title and abstract") as error:
        run(tmp_path, text)
    assert error.value.place == "line 3, column stage"


def test_a_protocol_with_two_reviewers_waits_for_the_second(tmp_path, monkeypatch):
    from tests import test_screen

    protocol = test_screen.PROTOCOL | {"screening": {"reviewers": 2}}
    monkeypatch.setattr(test_screen, "PROTOCOL", protocol)
    result = run(tmp_path, rows(("anna", "include", TA, "")))
    assert decision(result)["decision"] == "awaiting"
    assert {row["report"]: row["waits_for"] for row in result.to_screen}["arden"] == (
        "second reviewer"
    )
    both = rows(("anna", "include", TA, ""), ("ben", "include", TA, ""))
    assert decision(run(tmp_path, both))["decision"] == "include"


def test_rows_of_one_name_must_mean_one_report(tmp_path):
    text = HEADER + "a,1,,,,,include,full_text,,anna,\na,,,10.1000/b,,,include,full_text,,ben,\n"
    with pytest.raises(EvergroveError, match="another row of this name means pmid:1"):
        run(tmp_path, text)


def test_a_full_text_out_of_reach_is_neither_included_nor_excluded(tmp_path):
    result = run(tmp_path, rows(("anna", "include", TA, ""), ("anna", "not_retrieved", FT, "")))
    assert (result.flow["not_retrieved"], result.flow["included"]) == (1, 0)
    with pytest.raises(EvergroveError, match="only a full text can be out of reach"):
        run(tmp_path, rows(("anna", "not_retrieved", TA, "")))


def test_unclear_counts_as_going_on_at_title_and_abstract_only(tmp_path):
    text = rows(("anna", "include", TA, ""), ("ben", "unclear", TA, ""))
    [found] = run(tmp_path, text).agreement
    assert (found["both_in"], found["kappa"], found["reason"]) == (1, None, "one_decision_only")
    assert (
        run(tmp_path, rows(("anna", "include", FT, ""), ("ben", "unclear", FT, ""))).agreement == []
    )
    assert tables.format_csv([found], AGREEMENT_COLUMNS)


@given(*[st.integers(0, 60)] * 4)
def test_kappa_and_its_error_equal_statsmodels(both_in, only_a, only_b, both_out):
    found = reviewer_agreement.cohen_kappa(both_in, only_a, only_b, both_out)
    n = both_in + only_a + only_b + both_out
    if found["kappa"] is None:
        assert n in (0, both_in, both_out) and found["reason"]
        return
    with np.errstate(all="ignore"):
        other = cohens_kappa(np.array([[both_in, only_a], [only_b, both_out]]))
    assert found["kappa"] == pytest.approx(other.kappa, abs=1e-12)
    # Where the variance is 0, the rounding of statsmodels' sum may fall below it: no number there.
    expected = 0.0 if np.isnan(other.std_kappa) else other.std_kappa
    assert found["se"] == pytest.approx(expected, abs=1e-7)
    assert found["ci_low"] <= found["kappa"] <= found["ci_high"] <= 1
    assert found["pabak"] == pytest.approx(2 * (both_in + both_out) / n - 1)


@given(st.lists(st.tuples(st.sampled_from(["", "anna", "ben", "consensus"]),
                          st.sampled_from(DECISIONS), st.sampled_from(STAGES)),
                min_size=1, max_size=6, unique_by=lambda said: (said[0], said[2])))  # fmt: skip
def test_whatever_reviewers_say_one_decision_stands_or_the_contradiction_is_named(
    tmp_path_factory, said
):
    lines = [
        (who, what, stage, "case" if what == "exclude" else "")
        for who, what, stage in said
        if not (what == "not_retrieved" and stage == TA)
    ] or [("", "include", TA, "")]
    try:
        result = run(tmp_path_factory.mktemp("said"), rows(*lines))
    except EvergroveError as error:
        assert "excluded on title and abstract" in error.problem
        return
    found = decision(result)
    waits = {row["report"] for row in result.to_screen}
    assert found["decision"] in DECISIONS
    assert ("arden" in waits) == (found["decision"] == "unclear")
    open_ones = [row for row in result.conflicts if not row["settled_by"]]
    assert len(open_ones) <= 1 and (not open_ones or found["decision"] == "unclear")
