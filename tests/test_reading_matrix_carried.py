"""Results that go on over sentences: measure, group, time and n are those told before.

Each way to go on is put behind each first sentence, with and without something else in between.
What must not be carried over another outcome is tested too.
"""

from __future__ import annotations

from typing import Any

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import lines

ONE = "Forty potters with sore wrists were given cork splints."
ONE_FIRST = [
    "Mean NRS pain fell from 7.2 at baseline to 3.1 at 6 weeks.",
    "NRS was 7.2 ± 1.4 before splinting; at 6 weeks it was 3.1 ± 1.7.",
    "The NRS score for pain improved from 7.2 (SD 1.4) to 3.1 (SD 1.7) at 6 weeks (P < 0.001).",
]
NOTHING_ELSE = ["", "There were no complications.", "Thirty-five potters (88%) were satisfied."]
ANOTHER = [
    "The hospital stay was 4.5 days.",
    "The mean dose was 4.5 mg.",
    "Wrist extension rose from 41° to 58°.",
    "Grip strength rose from 18 to 26 kg.",
]
#: Ways to go on that name no measure.
GOES_ON = """
    At 1 year it was 2.8.
    It fell further to 2.8 at 1 year.
    By 1 year this had dropped to 2.8.
    It remained at 2.8 at 1 year.
    A year on, it was 2.8.
    At 1 year, the corresponding value was 2.8.
    This improvement was maintained at 1 year (2.8).
    The improvement was maintained at 1 year (2.8).
    The reduction persisted at 1 year (2.8).
    The effect was maintained for 1 year (2.8).
    A further decrease to 2.8 was seen at 1 year.
    Further improvement to 2.8 was seen at 1 year.
    At 1 year a slight increase to 2.8 was observed.
    No further change was observed at 1 year (2.8).
"""
NAMES_IT = """
    At 1 year pain was still reduced (2.8).
    The improvement in pain was maintained at 1 year (2.8).
    NRS at 1 year had decreased further (2.8).
    No change in NRS was found at 1 year (2.8).
    The gain in pain was kept at 1 year, when NRS was 2.8.
"""
OF_SOME = """
    Among the 26 potters followed for 1 year it was 2.8.
    In the 26 potters followed up for 1 year, NRS was 2.8.
    At 1 year (n = 26) it was 2.8.
"""
CLAUSES = """
    , and among the 26 potters followed for 1 year it was 2.8
    ; in 26 potters with 1 year of follow-up it was 2.8
    , and at 1 year (n = 26) it was 2.8
    , and 2.8 in the 26 potters seen at 1 year
    , with 2.8 in the 26 potters followed for 1 year
"""
CLAUSES_OF_ALL = """
    , before rising to 2.8 at 1 year
    , reaching 2.8 at 1 year
    , with little change at 1 year (2.8)
    , and the improvement was maintained at 1 year (2.8)
"""
TWO = "Eighty nuns were randomised to wax (n = 41) or clay (n = 39)."
TWO_FIRST = [
    "NRS was 4.6 with wax and 5.4 with clay at 6 weeks.",
    "At 6 weeks, mean NRS was 4.6 in the wax group and 5.4 in the clay group (P = 0.01).",
    "Mean NRS at 6 weeks was lower with wax than with clay (4.6 vs 5.4; P = 0.01).",
]
DIFFERS = """
    At 1 year (3.3 vs 3.7) the difference was no longer significant.
    By 1 year the gap had closed (3.3 and 3.7).
    By 1 year the groups no longer differed (3.3 vs 3.7).
    No such difference was seen at 1 year (3.3 vs 3.7).
    The advantage had been lost at 1 year (3.3 vs 3.7).
    Wax remained superior at 1 year (3.3 vs 3.7).
    The corresponding figures at 1 year were 3.3 and 3.7.
    By 1 year the treatment effect had disappeared (3.3 and 3.7).
"""
THREE = (
    "Ninety nuns were randomised to wax (n = 31), clay (n = 30) or tape (n = 29). NRS at 6 weeks"
    " was 4.6 with wax, 5.4 with clay and 5.8 with tape."
)


def levels(text: str) -> list[tuple[str, Any, Any, Any]]:
    """Group, day, mean and n of each score of pain; another stat stands in the place of the day."""
    read = [
        (
            next((arm for arm in ("wax", "clay", "tape") if arm in record["arm"]), record["arm"]),
            record["timepoint_days"] if record["stat"] == "level" else record["stat"],
            record["mean"],
            record["n"],
        )
        for record in read_abstract(text)["records"]
        if record["measure"].startswith("pain")
    ]
    return sorted(read, key=lambda row: (row[0], str(row[1]).zfill(4)))


def one(last: int) -> list[tuple[str, Any, Any, Any]]:
    return [("all", 0, 7.2, 40), ("all", 42, 3.1, 40), ("all", 365, 2.8, last)]


def join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("goes_on", lines(GOES_ON))
def test_the_score_before_goes_on(goes_on: str) -> None:
    for first in ONE_FIRST:
        for between in NOTHING_ELSE:
            text = join(ONE, first, between, goes_on)
            assert levels(text) == one(40), text


@pytest.mark.parametrize("goes_on", lines(NAMES_IT))
def test_a_named_score_goes_on_over_another_outcome(goes_on: str) -> None:
    for first in ONE_FIRST:
        for between in [*NOTHING_ELSE, *ANOTHER]:
            text = join(ONE, first, between, goes_on)
            assert levels(text) == one(40), text


@pytest.mark.parametrize("between", ANOTHER)
def test_nothing_is_carried_over_another_outcome(between: str) -> None:
    for goes_on in lines(GOES_ON):
        text = join(ONE, ONE_FIRST[0], between, goes_on)
        assert levels(text) == one(40)[:2], text


@pytest.mark.parametrize("goes_on", lines(OF_SOME))
def test_those_who_were_left_are_no_number_of_the_scores_before(goes_on: str) -> None:
    for first in ONE_FIRST:
        assert levels(join(ONE, first, goes_on)) == one(26), join(ONE, first, goes_on)


@pytest.mark.parametrize("clause", [*lines(CLAUSES), *lines(CLAUSES_OF_ALL)])
def test_a_clause_goes_on(clause: str) -> None:
    last = 26 if clause in lines(CLAUSES) else 40
    for first in (ONE_FIRST[0], "NRS was 7.2 at baseline and 3.1 at 6 weeks."):
        text = f"{ONE} {first[:-1]}{clause}."
        assert levels(text) == one(last), text


@pytest.mark.parametrize("goes_on", lines(DIFFERS))
def test_two_groups_go_on(goes_on: str) -> None:
    for first in TWO_FIRST:
        for between in NOTHING_ELSE[:2]:
            text = join(TWO, first, between, goes_on)
            assert levels(text) == [
                ("clay", 42, 5.4, 39),
                ("clay", 365, 3.7, 39),
                ("wax", 42, 4.6, 41),
                ("wax", 365, 3.3, 41),
            ], text


@pytest.mark.parametrize(
    "goes_on",
    [
        "At 1 year (3.3, 3.7 and 3.9) the difference was no longer significant.",
        "By 1 year the groups no longer differed (3.3, 3.7 and 3.9).",
        "The difference was no longer significant at 1 year (3.3, 3.7 and 3.9).",
    ],
)
def test_three_groups_go_on(goes_on: str) -> None:
    got = [record for record in levels(join(THREE, goes_on)) if record[1] != 42]
    assert got == [("clay", 365, 3.7, 30), ("tape", 365, 3.9, 29), ("wax", 365, 3.3, 31)]


@pytest.mark.parametrize(
    ("goes_on", "stat", "mean"),
    [
        # nearer to the fall of 4.1 than to the score of 3.1: what was kept is the fall
        ("The improvement was maintained at 1 year (4.0).", "change", -4.0),
        ("The reduction was 4.1 at 6 weeks and was maintained at 1 year (3.9).", "change", -3.9),
    ],
)
def test_what_was_kept_may_be_the_change(goes_on: str, stat: str, mean: float) -> None:
    assert (stat, mean) in {(x[1], x[2]) for x in levels(join(ONE, ONE_FIRST[0], goes_on))}


def test_one_number_of_a_difference_stays_a_difference() -> None:
    text = "The difference was no longer significant at 1 year (0.3; 95% CI -0.4 to 1.0)."
    assert ("between_diff", 0.3) in {
        (record["stat"], record["mean"])
        for record in read_abstract(join(TWO, TWO_FIRST[0], text))["records"]
    }
