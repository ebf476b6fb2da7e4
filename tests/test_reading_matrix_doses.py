"""Groups that differ by the dose of one drug: each way to declare them with each way to report."""

from __future__ import annotations

import itertools

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import lines

UNITS = {
    "mg": ("75", "150"),
    "mg/day": ("75", "150"),
    "mg once daily": ("75", "150"),
    "mg per day": ("75", "150"),
    "µg/kg": ("0.5", "1.0"),
    "Hz": ("4", "100"),
    "ml": ("5", "10"),
}
DECLARED = """
    Patients were randomly assigned to flax {a} {u}, flax {b} {u}, or placebo.
    Patients were randomized to flax {a} {u} (n = 31), flax {b} {u} (n = 32) or placebo (n = 33).
    Patients received flax {a} {u} or {b} {u} or placebo.
    Ninety patients were randomized to flax {a} or {b} {u} or placebo for 12 weeks.
    This double-blind trial compared flax {a} {u}, flax {b} {u} and placebo in 96 adults.
"""
RESULTS = """
    NRS at week 9 was 2.7 and 3.9 with flax {a} and {b} {u}, respectively, and 5.2 with placebo.
    NRS at week 9 was 2.7 with flax {a} {u}, 3.9 with flax {b} {u} and 5.2 with placebo.
    NRS at week 9 was 2.7 in the {a} {u} group, 3.9 in the {b} {u} group and 5.2 with placebo.
    NRS at week 9 was lower with flax {a} and {b} {u} (2.7 and 3.9) than with placebo (5.2).
    NRS at week 9 was lower with flax {a} {u} (2.7) and {b} {u} (3.9) than with placebo (5.2).
    Mean NRS at week 9 was 2.7 (flax {a} {u}), 3.9 (flax {b} {u}) and 5.2 (placebo).
    NRS at week 9 in the placebo, {a} {u} and {b} {u} groups was 5.2, 2.7 and 3.9, respectively.
"""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("declared", lines(DECLARED))
def test_each_dose_is_a_group(unit: str, declared: str) -> None:
    a, b = UNITS[unit]
    for result in lines(RESULTS):
        text = f"{declared} {result}".format(a=a, b=b, u=unit)
        got = {record["mean"]: record for record in read_abstract(text)["records"]}
        assert set(got) == {2.7, 3.9, 5.2}, text
        assert a in got[2.7]["arm"].split(), text
        assert b in got[3.9]["arm"].split(), text
        assert got[5.2]["arm"] == "placebo", text
        sizes = [got[mean]["n"] for mean in (2.7, 3.9, 5.2)]
        assert sizes == ([31, 32, 33] if "(n =" in declared else [None] * 3), text


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "Adults had 0.25% or 0.5% melbacaine. At 6 h VAS was lower with 0.5% melbacaine than"
            " with 0.25% melbacaine (2.1 vs 3.4).",
            {2.1: "melbacaine 0.5%", 3.4: "melbacaine 0.25%"},
        ),
        (
            "Adults were randomised to melba 60 mg once daily (n = 40), melba 60 mg twice daily"
            " (n = 41) or placebo (n = 42). At 12 weeks the VAS was 3.1 with 60 mg once daily, 2.2"
            " with 60 mg twice daily and 4.6 with placebo.",
            {3.1: "melba 60 mg once daily", 2.2: "melba 60 mg twice daily", 4.6: "placebo"},
        ),
        (  # one dose of each drug: the bracket is the score, and no spread of the dose
            "Adults were randomised to flax 75 mg, cork 10 mg or placebo. VAS at 6 weeks was lower"
            " with flax 75 mg (3.1) and cork 10 mg (2.1) than with placebo (4.9).",
            {3.1: "flax 75 mg", 2.1: "cork 10 mg", 4.9: "placebo"},
        ),
        (  # the drug alone is meant by its name
            "Patients were randomised to flax 75 mg, cork 10 mg or placebo. VAS at 6 weeks was 3.1"
            " with flax, 2.1 with cork and 4.9 with placebo.",
            {3.1: "flax 75 mg", 2.1: "cork 10 mg", 4.9: "placebo"},
        ),
    ],
    ids=["concentrations", "once and twice a day", "one dose each", "the drug alone"],
)
def test_names_have_their_dose(text: str, arms: dict[float, str]) -> None:
    got = {record["mean"]: record["arm"] for record in read_abstract(text)["records"]}
    assert got == arms


def test_numbers_of_doses_are_accounted_for() -> None:
    text = "Adults had flax 75 or 150 mg. VAS was 3.1 with flax 75 mg and 2.2 with flax 150 mg."
    read = read_abstract(text)
    told = [place[:2] for place in read["not_outcome"]]
    told += [span[:2] for record in read["records"] for span in record["spans"].values()]
    digits = [k for k, letter in enumerate(text) if letter.isdigit()]
    assert all(any(a <= k < b for a, b in told) for k in digits)


@pytest.mark.parametrize(
    "text",
    [
        "Flax was begun at 75 mg and raised to 150 mg. VAS fell from 6.1 to 2.2 at 6 weeks.",
        "All had flax 75 mg on day 1, flax 150 mg on day 2. VAS fell from 6.1 to 2.2 at 6 weeks.",
        "A 30% or 50% pain reduction was sought; a 30% pain reduction was reached by 40 and a 50%"
        " pain reduction by 22. VAS fell from 6.1 to 2.2 at 6 weeks.",
    ],
)
def test_doses_of_one_group_are_no_groups(text: str) -> None:
    assert {record["arm"] for record in read_abstract(text)["records"]} <= {"all", "flax"}


def test_three_drugs_in_every_order() -> None:
    drugs = ["flax 75 mg", "cork 10 mg", "straw 5 mg"]
    for order in itertools.permutations(drugs):
        text = (
            f"Patients were randomised to {order[0]}, {order[1]} or {order[2]}. VAS at 6 weeks was"
            f" 3.1 with {order[0]}, 2.2 with {order[1]} and 4.6 with {order[2]}."
        )
        got = {record["mean"]: record["arm"] for record in read_abstract(text)["records"]}
        assert got == dict(zip((3.1, 2.2, 4.6), order, strict=True)), text
