"""Numbers that are no score, in the sentences that scores stand in: none becomes a record of pain.

Frames are sentences with holes; contexts are what stands before them; the records are known from
both. Beside a true score, only the score is read, with its time and its group.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

A, B = "vertebroplasty", "conservative treatment"
ONE = "Sixty patients with painful vertebral fractures underwent vertebroplasty. "
TWO = (
    "Sixty patients with painful vertebral fractures were randomised to vertebroplasty (n = 31) "
    "or conservative treatment (n = 29). "
)
FALL = {("all", 0, 7.1), ("all", 91, 3.2)}
END = {("all", 91, 3.2)}
GROUPS = {(A, 91, 3.2), (B, 91, 4.8)}

# What stands before a sentence without scores, and the records of that.
CONTEXTS = [
    (ONE + "Mean VAS fell from 7.1 before surgery to 3.2 at 3 months. ", FALL),
    (
        f"METHODS: {TWO}RESULTS: At 3 months, mean VAS was 3.2 with vertebroplasty and 4.8 with "
        "conservative treatment (p = 0.01). ",
        GROUPS,
    ),
]
PAIN = ["VAS", "pain score", "NRS score", "numeric rating scale"]

NO_SCORE = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_matrix_negative.yaml").read_text(encoding="utf-8")
)

# Other measures: name, before, after, after in the other group, unit.
OTHERS = [
    ("ODI", "48.2", "21.3", "30.1", ""),
    ("kyphotic angle", "18.2", "10.1", "14.6", ""),
    ("Cobb angle", "18.2", "10.1", "14.6", " degrees"),
    ("vertebral height", "17.2", "21.5", "18.4", " mm"),
    ("daily morphine dose", "24.5", "12.1", "16.4", " mg"),
    ("satisfaction score", "5.1", "8.2", "6.7", ""),
    ("fatigue score", "6.6", "4.3", "5.5", ""),
    ("C-reactive protein", "8.6", "3.1", "5.3", " mg/L"),
    ("quality of life score", "41.2", "62.5", "52.1", ""),
    ("number of analgesic tablets", "4.4", "1.5", "2.6", ""),
]
# One group: a score beside another measure.
BESIDE = [
    ("Mean {m} fell from 7.1 to 3.2 and {o} changed from {a}{u} to {b}{u} at 3 months.", FALL),
    ("Mean {m} fell from 7.1 to 3.2 and {o} from {a} to {b}{u} at 3 months.", FALL),
    ("{O} changed from {a} to {b}{u} and {m} from 7.1 to 3.2 at 3 months.", FALL),
    (
        "The {o} changed from {a}{u} to {b}{u}, and the mean {m} decreased from 7.1 to "
        "3.2, at 3 months.",
        FALL,
    ),
    ("At 3 months, the {m} and {o} were 3.2 and {b}{u}, respectively.", END),
    ("At 3 months, the {o} and {m} were {b}{u} and 3.2, respectively.", END),
    ("At 3 months, the {o} was {b}{u} and the {m} was 3.2.", END),
    ("At 3 months, the {m} was 3.2 and the {o} was {b}{u}.", END),
    ("{M} (7.1 to 3.2) and {o} ({a} to {b}{u}) changed by 3 months.", FALL),
    ("{O} ({a} to {b}{u}) and {m} (7.1 to 3.2) changed by 3 months.", FALL),
    (
        "{M} and {o} changed from 7.1 and {a}{u} to 3.2 and {b}{u}, respectively, at 3 months.",
        FALL,
    ),
    (
        "Mean {m} decreased from 7.1 ± 1.2 to 3.2 ± 1.1 and mean {o} changed from {a} "
        "± 2.5{u} to {b} ± 2.2{u} at 3 months (p < 0.001).",
        FALL,
    ),
    (
        "The mean {o} changed from {a} ± 2.5{u} to {b} ± 2.2{u} and the mean {m} from "
        "7.1 ± 1.2 to 3.2 ± 1.1 at 3 months (p < 0.001 for both).",
        FALL,
    ),
    ("At 3 months, mean {m} was 3.2 ± 1.1, with a mean {o} of {b} ± 2.2{u}.", END),
    (
        "Three months after vertebroplasty, mean {o} was {b}{u} (p = 0.02) and mean "
        "{m} 3.2 (p < 0.001).",
        END,
    ),
    ("At 3 months, {m} had fallen to 3.2 and {o} had changed to {b}{u}.", END),
    (
        "With 4.2 ml of cement, mean {m} fell from 7.1 to 3.2 and {o} went from {a} to "
        "{b}{u} at 3 months.",
        FALL,
    ),
    (
        "Mean {m} before treatment and at 3 months was 7.1 and 3.2, and mean {o} {a} and {b}{u}.",
        FALL,
    ),
    (
        "At 3 months, there were improvements in {m} (from 7.1 to 3.2; p < 0.001) and "
        "{o} (from {a} to {b}{u}; p = 0.01).",
        FALL,
    ),
    (
        "At 3 months, there were changes in {o} (from {a} to {b}{u}; p = 0.01) and {m} "
        "(from 7.1 to 3.2; p < 0.001).",
        FALL,
    ),
]
# Two groups.
BESIDE_IN_TWO = [
    (
        "At 3 months, {m} was 3.2 in the vertebroplasty group and 4.8 in the "
        "conservative treatment group, and {o} was {b} and {c}{u}, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {o} was {b}{u} in the vertebroplasty group and {c}{u} in the "
        "conservative treatment group, and {m} was 3.2 and 4.8, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {m} (3.2 vs 4.8) and {o} ({b} vs {c}{u}) were better with "
        "vertebroplasty than with conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, {o} ({b} vs {c}{u}) and {m} (3.2 vs 4.8) were better with "
        "vertebroplasty than with conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, mean {m} was 3.2 ± 1.1 with vertebroplasty and 4.8 ± 1.3 with "
        "conservative treatment; mean {o} was {b} ± 2.2{u} and {c} ± 2.4{u}.",
        GROUPS,
    ),
    (
        "At 3 months, mean {o} was {b} ± 2.2{u} with vertebroplasty and {c} ± 2.4{u} "
        "with conservative treatment; mean {m} was 3.2 ± 1.1 and 4.8 ± 1.3.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, {m} was 3.2 and {o} {b}{u} at 3 months; in the "
        "conservative treatment group, they were 4.8 and {c}{u}.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, {o} was {b}{u} and {m} 3.2 at 3 months; in the "
        "conservative treatment group, {o} was {c}{u} and {m} 4.8.",
        GROUPS,
    ),
    (
        "{M} at 3 months was lower after vertebroplasty than after conservative "
        "treatment (3.2 vs 4.8, p = 0.01), as was {o} ({b} vs {c}{u}, p = 0.03).",
        GROUPS,
    ),
    (
        "{O} at 3 months was better after vertebroplasty than after conservative "
        "treatment ({b} vs {c}{u}, p = 0.03), and so was {m} (3.2 vs 4.8, p = 0.01).",
        GROUPS,
    ),
]
SIDE = [
    "mean age 71.3 years",
    "a mean cement volume of 4.2 ml",
    "mean operative time 32.4 min",
    "blood loss of 5.2 mL",
    "hospital stay 2.1 days",
    "a mean BMI of 26.4",
    "4.2 ml of cement",
    "6 leaks (10%)",
    "a leakage rate of 9.7%",
]
# A score beside a number of the people or of the operation.
WITH_SIDE = [
    ("Mean {m} fell from 7.1 to 3.2 at 3 months, with {s}.", FALL),
    ("With {s}, mean {m} fell from 7.1 to 3.2 at 3 months.", FALL),
    ("Mean {m} (7.1 before surgery, 3.2 at 3 months) improved; there was {s}.", FALL),
    ("There was {s}; mean {m} fell from 7.1 before surgery to 3.2 at 3 months.", FALL),
    ("We found {s}, and a mean {m} of 3.2 at 3 months.", END),
    ("We found a mean {m} of 3.2 at 3 months and {s}.", END),
]
SIDE_IN_TWO = [
    (
        "Operative time (32.4 vs 45.1 min), blood loss (5.2 vs 8.1 mL) and {m} at 3 "
        "months (3.2 vs 4.8) were lower with vertebroplasty than with conservative "
        "treatment.",
        GROUPS,
    ),
    (
        "With vertebroplasty and conservative treatment, respectively, hospital stay "
        "was 2.1 and 5.4 days, time to first analgesia 3.1 and 5.2 h, and {m} at 3 "
        "months 3.2 and 4.8.",
        GROUPS,
    ),
    (
        "Mean age was 71.3 and 69.8 years, and {m} at 3 months was 3.2 and 4.8 in the "
        "vertebroplasty and conservative treatment groups, respectively.",
        GROUPS,
    ),
    (
        "At 3 months, {m} was 3.2 vs 4.8 (p = 0.01), the responder rate 67.7% vs 41.4% "
        "(p = 0.04) and satisfaction 8.2 vs 6.7 (p = 0.02) in the vertebroplasty and "
        "conservative treatment groups.",
        GROUPS,
    ),
    (
        "In the vertebroplasty group, 21 of 31 patients (67.7%) had relief and mean "
        "{m} was 3.2 at 3 months; in the conservative treatment group, 12 of 29 "
        "(41.4%) and 4.8.",
        GROUPS,
    ),
    (
        "At 3 months, mean {m} was 3.2 (67.7% responders) with vertebroplasty and 4.8 "
        "(41.4% responders) with conservative treatment.",
        GROUPS,
    ),
    (
        "Morphine consumption was 12.4 mg vs 18.9 mg, and mean {m} at 3 months was 3.2 "
        "vs 4.8 for vertebroplasty and conservative treatment.",
        GROUPS,
    ),
    (
        "At 3 months, {m} (3.2 vs 4.8, p = 0.01) but not pain-free interval (6.2 vs "
        "5.9 months) favoured vertebroplasty over conservative treatment.",
        GROUPS,
    ),
]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _scores(text: str) -> set[tuple[str, int | None, float]]:
    """(group, day, value) of all records of pain; the stat stands in for the group of a change."""
    found = set()
    for record in read_abstract(text)["records"]:
        if record["measure"].startswith("pain"):
            arm = record["arm"] if record["stat"] == "level" else record["stat"]
            value = record["mean"] if record["mean"] is not None else record["median"]
            found.add((arm, record["timepoint_days"], value))
    return found


@pytest.mark.parametrize("frame", [frame for frames in NO_SCORE.values() for frame in frames])
def test_a_number_that_is_no_score_gives_no_record(frame: str) -> None:
    for at, (before, expected) in enumerate(CONTEXTS):
        pain = PAIN[(at + len(frame)) % 4]  # another name for another frame
        text = before + _upper(frame.format(m=pain, M=_upper(pain)))
        assert _scores(text) == expected, text


def _beside(frame: str, before: str, expected: set[tuple[str, int, float]]) -> None:
    for at, (name, start, end, other, unit) in enumerate(OTHERS):
        pain = PAIN[at % 3]
        told = frame.format(
            m=pain, M=_upper(pain), o=name, O=_upper(name), a=start, b=end, c=other, u=unit
        )
        text = before + _upper(told)
        assert _scores(text) == expected, text


@pytest.mark.parametrize(("frame", "expected"), BESIDE)
def test_only_the_score_is_read_beside_another_measure(frame: str, expected: set) -> None:
    _beside(frame, f"METHODS: {ONE}RESULTS: ", expected)


@pytest.mark.parametrize(("frame", "expected"), BESIDE_IN_TWO)
def test_only_the_score_is_read_in_two_groups(frame: str, expected: set) -> None:
    _beside(frame, TWO, expected)


@pytest.mark.parametrize(("frame", "expected"), WITH_SIDE)
def test_only_the_score_is_read_beside_what_else_is_told(frame: str, expected: set) -> None:
    for at, side in enumerate(SIDE):
        pain = PAIN[at % 4]
        text = ONE + _upper(frame.format(m=pain, M=_upper(pain), s=side))
        found = {("all" if arm == A else arm, day, value) for arm, day, value in _scores(text)}
        assert found == expected, text


@pytest.mark.parametrize(("frame", "expected"), SIDE_IN_TWO)
def test_only_the_score_is_read_beside_other_results_of_two_groups(
    frame: str, expected: set
) -> None:
    for pain in PAIN[:2]:
        text = TWO + frame.format(m=pain, M=_upper(pain))
        assert _scores(text) == expected, text
