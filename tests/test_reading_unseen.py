"""Where groups, n and times of a value stand elsewhere; what only looks like an outcome.

All sentences are invented for these tests.
"""

import pytest

from evergrove.reading import read_abstract


def table(text):
    """(measure, arm, stat, days, n, centre) of each record."""
    return [
        (
            r["measure"], r["arm"], r["stat"], r["timepoint_days"], r["n"],
            r["mean"] if r["mean"] is not None else r["median"],
        )
        for r in read_abstract(text)["records"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 38 patients with gout, the VAS fell from 7.4 ± 1.0 to 2.9 ± 1.2 at 2 months.",
            [("all", 38), ("all", 38)],
        ),
        (
            "Adults were allocated to wax (n = 40) or clay (n = 41). At 6 weeks, 37 and 39 "
            "participants, respectively, were assessed. Mean NRS at 6 weeks was 2.9 (SD 1.8) with "
            "wax and 3.8 (SD 2.0) with clay.",
            [("wax", 37), ("clay", 39)],
        ),
        (
            "NRS was 6.9 ± 1.2 at entry and fell to 3.0 ± 1.5, 3.3 ± 1.6 and 3.9 ± 1.9 at 2, 6 and "
            "12 weeks (n = 48, 41 and 30, respectively).",
            [("all", None), ("all", 48), ("all", 41), ("all", 30)],
        ),
        (
            "Farmers were split into the KTA group (33 cases) and the KTB group (35 cases). The "
            "VAS at 1 month was (3.1±0.8) in the KTA group and (3.9±0.9) in the KTB group.",
            [("KTA", 33), ("KTB", 35)],
        ),
        (
            "Sixty nurses were assigned to stretching, walking or reading (n = 20 for each). Back "
            "pain on the NRS at 4 weeks was 2.1 (SD 1.0), 2.9 (SD 1.1) and 3.8 (SD 1.2), "
            "respectively.",
            [("stretching", 20), ("walking", 20), ("reading", 20)],
        ),
        (
            "Patients received zinc (n = 22) or cortisone (n = 24). The VAS at 1 month was "
            "4.0 ± 1.2 in the zinc group and 3.1 ± 1.3 in the steroid group.",
            [("zinc", 22), ("steroid", 24)],
        ),
        (
            "Of 61 divers who had a trial, 52 were implanted. Mean NRS was 7.9 at baseline and 3.5 "
            "at 1 year.",
            [("all", 52), ("all", 52)],
        ),
    ],
)
def test_n_and_group_that_are_told_elsewhere(text, expected):
    assert [(arm, n) for _, arm, _, _, n, _ in table(text)] == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The mean fall in VAS was 2.6 ± 1.4 at 1 month and 3.5 ± 1.6 at 6 months in the wax "
            "group, compared with 1.4 ± 1.3 and 1.2 ± 1.5 in the clay group.",
            [30, 183, 30, 183],
        ),
        (
            "The NRS was 7.0 ± 1.5 before, 3.1 ± 2.0 at 3, 3.3 ± 2.1 at 12, and 3.6 ± 2.2 at 24 "
            "months.",
            [0, 91, 365, 730],
        ),
        ("VAS on day 0, 1, 3 and 7 was 4.9, 3.2, 1.5 and 0.4 in the wax group.", [0, 1, 3, 7]),
        (
            "In group 1, pain on the VAS fell from 6.2 ± 1.3 at baseline to 2.5 ± 1.2 at 1 week "
            "and 2.8 ± 1.4 at 3 months; in group 2, pain fell from 6.0 ± 1.4 to 4.1 ± 1.5 and "
            "4.4 ± 1.6.",
            [0, 7, 91, 0, 7, 91],
        ),
    ],
)
def test_times_of_a_second_group_and_of_a_list(text, days):
    assert [row[3] for row in table(text)] == days


def test_the_second_of_two_groups_has_the_measures_of_the_first():
    text = (
        "In the wax group, VAS neck and arm pain fell from 5.6 ± 1.8 and 7.1 ± 1.5 at baseline to "
        "1.8 ± 1.3 and 1.4 ± 1.4 at 1 year, respectively. In the clay group, they fell from "
        "5.5 ± 1.9 and 7.3 ± 1.4 to 2.2 ± 1.6 and 1.6 ± 1.5, respectively."
    )
    rows = table(text)
    assert [row[1] for row in rows] == ["wax"] * 4 + ["clay"] * 4
    assert [row[0].partition(":")[2] for row in rows] == ["neck", "arm"] * 4
    assert [row[3] for row in rows] == [0, 0, 365, 365] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The VAS was recorded. ZKQ scores averaged 82 (range, 60-99) and 71 (range, 50-90).",
        "Pain was rated on a VAS. MOQ increased from 27.1 ± 5.0 mm to 36.0 ± 4.8 mm.",
        "Trouble sleeping on the 0-10 VAS fell from 6.8 ± 2.2 to 2.9 ± 2.0.",
        "Satisfaction on a 10-cm visual analogue scale was 8.8 ± 1.1 after wax.",
        "The QRS-30 pain domain rose from 2.3 ± 0.5 to 3.6 ± 0.7.",
        "Heel pain at rest, at night and on kneeling was 2.2 ± 1.3 and 4.5 ± 2.1, respectively.",
    ],
)
def test_what_is_another_measure_or_does_not_fit_gives_no_record(text):
    assert table(text) == []


def test_subscales_are_told_apart():
    text = "KOOS pain improved by 17.5 points and KOOS sport by 22.0 points one year after repair."
    assert [row[0] for row in table(text)] == ["koos:pain", "koos:sport"]


def test_a_group_by_elimination_is_queued():
    text = (
        "Patients received zinc (n = 22) or cortisone (n = 24). The VAS at 1 month was 4.0 ± 1.2 "
        "in the zinc group and 3.1 ± 1.3 in the steroid group."
    )
    assert "arm_by_elimination" in read_abstract(text)["queue"]
