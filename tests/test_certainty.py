"""Certainty of the evidence: what is suggested from the numbers, and what a person judged."""

import pytest

from evergrove.certainty import DOMAINS, certainty, read_judgements
from evergrove.errors import EvergroveError

PROTOCOL = {"outcome": {"minimal_important_difference": 2.0}}


def primary(ci=(4.7, 6.3), pi=(2.8, 8.2), people=482, cohorts=11):
    fit = {"b": sum(ci) / 2, "ci_low": ci[0], "ci_high": ci[1], "pi_low": pi[0], "pi_high": pi[1]}
    return {"fit": fit, "n_people": people, "k": cohorts}


def levels(found):
    return {row["domain"]: row["levels"] for row in found["rows"]}


def test_uncontrolled_evidence_begins_at_low_and_loses_a_level_for_having_no_comparison():
    found = certainty(primary(), PROTOCOL)
    assert (found["start"], found["level"], found["judged"]) == ("low", "very low", False)
    assert levels(found) == dict.fromkeys(DOMAINS, 0) | {"risk_of_bias": 1}


@pytest.mark.parametrize(
    ("pi", "lowered"), [((2.8, 8.2), 0), ((1.0, 8.2), 1), ((-0.2, 11.3), 1), ((None, None), 0)]
)
def test_inconsistency_is_what_the_prediction_interval_says(pi, lowered):
    assert levels(certainty(primary(pi=pi), PROTOCOL))["inconsistency"] == lowered


@pytest.mark.parametrize(
    ("ci", "people", "lowered"),
    [((4.7, 6.3), 482, 0), ((1.5, 3.0), 482, 1), ((-0.5, 1.0), 482, 1), ((4.7, 6.3), 399, 1)],
)
def test_imprecision_is_an_interval_on_both_sides_of_what_matters_or_few_people(
    ci, people, lowered
):
    assert levels(certainty(primary(ci=ci, people=people), PROTOCOL))["imprecision"] == lowered


@pytest.mark.parametrize(
    ("cohorts", "slope", "p", "lowered", "words"),
    [
        (9, 3.0, 0.001, 0, "Cannot be judged"),
        (11, 3.0, 0.04, 1, "larger changes"),
        (11, -10.0, 0.04, 0, "smaller changes"),
        (11, 3.0, 0.4, 0, "no small-study effect"),
        (11, None, None, 0, "Not judged"),
    ],
)
def test_publication_bias_needs_ten_cohorts_and_the_direction_that_it_would_have(
    cohorts, slope, p, lowered, words
):
    found = certainty(primary(cohorts=cohorts), PROTOCOL, asymmetry={"estimate": slope, "p": p})
    row = next(row for row in found["rows"] if row["domain"] == "publication_bias")
    assert row["levels"] == lowered
    assert words in row["reason"]


def test_a_persons_judgement_stands_in_place_of_the_suggestion():
    rows = [
        {"domain": name, "levels": "0", "reason": "Read in full", "judged_by": "A. Person"}
        for name in DOMAINS
    ]
    found = certainty(primary(), PROTOCOL, rows)
    assert (found["level"], found["judged"]) == ("low", True)
    assert {row["reason"] for row in found["rows"]} == {"Read in full"}


def test_nothing_pooled_has_no_certainty():
    assert certainty({"fit": None, "n_people": 0, "k": 0}, PROTOCOL)["level"] is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("luck,1,why,A", "no domain of GRADE"),
        ("imprecision,3,why,A", "not a number of levels"),
        ("imprecision,1,,A", "without its reason"),
        ("imprecision,1,why,", "without its reason"),
        ("imprecision,0,why,A\nimprecision,1,why,B", "named twice"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path, line, message):
    path = tmp_path / "certainty.csv"
    path.write_text(f"domain,levels,reason,judged_by\n{line}\n", encoding="utf-8")
    with pytest.raises(EvergroveError, match=message) as caught:
        read_judgements(path)
    assert "certainty.csv" in str(caught.value)
