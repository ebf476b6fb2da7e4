"""Two groups whose names share words, every way of giving their numbers, every way of telling.

Built so that the right records are known: whichever way the methods name and count the groups and
the results take them up, each score goes to its group with that group's number of people.
"""

from __future__ import annotations

import itertools

import pytest

from evergrove.reading import read_abstract
from evergrove.reading.measures.lexicon import load_profile

PROFILE = load_profile("default")

# Full names, what the results call them, and a word that only the one has.
NAMES = [
    ("percutaneous vertebroplasty", "percutaneous kyphoplasty", "vertebroplasty", "kyphoplasty"),
    ("high-viscosity cement", "low-viscosity cement", "high-viscosity", "low-viscosity"),
    ("early mobilization", "late mobilization", "early", "late"),
    ("laser therapy", "sham laser", "laser", "sham"),
    ("exercise plus manual therapy", "exercise alone", "exercise plus manual therapy", "alone"),
    ("bupivacaine plus dexamethasone", "bupivacaine", "bupivacaine plus dexamethasone", ""),
    ("unilateral kyphoplasty", "bilateral kyphoplasty", "unilateral", "bilateral"),
    ("vertebroplasty", "conservative treatment", "vertebroplasty", "conservative treatment"),
    ("cooled radiofrequency", "conventional radiofrequency", "cooled", "conventional"),
    ("duloxetine", "placebo", "duloxetine", "placebo"),
]
DECLARED = [
    "79 patients were randomized to {A} (n = 41) or {B} (n = 38).",
    "79 patients were randomly assigned to receive {A} (group 1, n = 41) or {B} (group 2, n = 38).",
    "Patients were divided into the {A} group (n = 41) and the {B} group (n = 38).",
    "Of 79 patients, 41 received {A} and 38 received {B}.",
    "79 patients were randomized into two groups: {A} (41 patients) and {B} (38 patients).",
    "Group 1 (n = 41) received {A} and group 2 (n = 38) received {B}.",
    "79 patients ({A}, n = 41; {B}, n = 38) were included.",
    "79 patients were randomized: 41 to {A} and 38 to {B}.",
]
TOLD = [
    "At 3 months, mean VAS was 3.1 ± 1.2 in the {a} group and 4.4 ± 1.5 in the {b} group.",
    "VAS at 3 months was lower with {A} than with {B} (3.1 ± 1.2 vs 4.4 ± 1.5, P < 0.001).",
    "The mean VAS at 3 months was 3.1 ± 1.2 and 4.4 ± 1.5 in the {a} and {b} groups, respectively.",
    "At 3 months VAS was 3.1 ± 1.2 after {A} and 4.4 ± 1.5 after {B}.",
    "With {A}, VAS at 3 months was 3.1 ± 1.2; with {B}, it was 4.4 ± 1.5.",
]


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("told", TOLD)
def test_each_group_keeps_its_score_and_its_number_of_people(declared: str, told: str) -> None:
    for one, two, short, other in NAMES:
        called = other if len(other.split()) > 1 or other in two.split()[0] else two
        names = {"A": one, "B": two, "a": short, "b": called if other else two}
        text = f"{declared} {told}".format(**names)
        got = {
            (record["mean"], record["sd"], record["n"], record["timepoint_label"])
            for record in read_abstract(text, PROFILE)["records"]
        }
        assert got == {(3.1, 1.2, 41, "3 months"), (4.4, 1.5, 38, "3 months")}, text


ACRONYMS = [
    ("percutaneous vertebroplasty (PVP)", "percutaneous kyphoplasty (PKP)", "PVP", "PKP"),
    ("platelet-rich plasma (PRP)", "hyaluronic acid (HA)", "PRP", "HA"),
]


@pytest.mark.parametrize(
    ("declared", "names"), list(itertools.product(DECLARED[:3] + DECLARED[4:5], ACRONYMS))
)
def test_the_short_name_stands_for_the_name_before_it(
    declared: str, names: tuple[str, str, str, str]
) -> None:
    one, two, short, other = names
    told = "At 3 months, mean VAS was 3.1 ± 1.2 in the {a} group and 4.4 ± 1.5 in the {b} group."
    text = f"{declared} {told}".format(A=one, B=two, a=short, b=other)
    records = read_abstract(text, PROFILE)["records"]
    told_of = {(record["mean"], record["n"]) for record in records}
    assert told_of == {(3.1, 41), (4.4, 38)}, text
    for record, name in zip(sorted(records, key=lambda r: r["mean"]), (one, two), strict=True):
        assert name.split(" (")[0] in record["arm"], text
