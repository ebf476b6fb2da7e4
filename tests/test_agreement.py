"""The program's own reading is held beside the verified values, cell by cell."""

import json
from decimal import Decimal

import pytest

from evergrove.agreement import compare
from evergrove.extraction_rules import At, read_measurement
from tests.extraction_sample import (
    AFTER,
    BEFORE,
    CHANGE,
    TEXT,
    measurement,
    place,
    protocol,
    record,
)

SPANS = {
    "before.mean": place("7.0"),
    "before.sd": place("1.5"),
    "after.mean": place("3.10"),
    "after.sd": place("2.0"),
    "n_analysed": place("24"),
    "p": place("0.001"),
}


def verified(name="loom2020/weavers/28", **changes):
    data = json.loads(json.dumps(measurement(**changes)), parse_float=Decimal)
    return name, read_measurement(data, At("loom2020.json", "measurements[0]"), protocol())


def verdicts(measurements, records, same_text=True):
    result = compare(measurements, records, same_text=same_text)
    return {(cell.measurement_id, cell.field): cell.verdict for cell in result.cells}


def test_a_reading_that_is_right_agrees_in_every_cell():
    result = compare([verified(spans=SPANS)], [BEFORE, AFTER], same_text=True)
    assert {cell.verdict for cell in result.cells} == {"agree"}
    fields = [cell.field for cell in result.cells]
    assert fields == [
        "before.mean", "before.sd", "after.mean", "after.sd", "n_analysed", "p", "timepoint.days",
    ]  # fmt: skip
    assert result.unclaimed == []
    for cell in result.cells:
        assert TEXT[cell.start : cell.end] == cell.surface


def test_a_value_read_wrongly_is_found_beside_the_right_one():
    found = compare([verified(spans=SPANS)], [BEFORE, AFTER | {"sd": 2.5}], same_text=True)
    [cell] = [cell for cell in found.cells if cell.verdict == "differ"]
    assert (cell.field, cell.verified, cell.candidate) == ("after.sd", "2.0", "2.5")


def test_a_whole_record_read_wrongly_is_matched_by_time_and_arm():
    wrong = AFTER | {"mean": 2.2, "sd": 0.9, "spans": {}}
    found = verdicts([verified(spans=SPANS)], [BEFORE, wrong])
    assert found["loom2020/weavers/28", "after.mean"] == "differ"
    assert found["loom2020/weavers/28", "after.sd"] == "differ"


def test_what_only_one_of_both_has_is_listed_with_its_side():
    found = verdicts([verified(spans=SPANS)], [AFTER | {"sd": None, "median": 3.0}])
    assert found["loom2020/weavers/28", "after.sd"] == "only_verified"
    assert found["loom2020/weavers/28", "after.median"] == "only_candidate"
    assert found["loom2020/weavers/28", "before.mean"] == "only_verified"


def test_a_record_that_no_measurement_claims_stands_alone():
    extra = record(arm="spinners", mean=5.0, sd=1.0, timepoint_days=90)
    result = compare([verified(spans=SPANS)], [BEFORE, AFTER, extra], same_text=True)
    assert result.unclaimed == [2]
    alone = [cell for cell in result.cells if not cell.measurement_id]
    assert [(cell.field, cell.verdict) for cell in alone] == [
        ("level.mean", "only_candidate"),
        ("level.sd", "only_candidate"),
    ]


def test_a_repeated_sentence_and_comparisons_of_groups_are_not_left_over():
    records = [BEFORE, AFTER, AFTER | {"spans": {}}, record(stat="between_diff", mean=1.0)]
    assert compare([verified(spans=SPANS)], records, same_text=True).unclaimed == []


def test_a_baseline_that_is_repeated_at_every_time_is_compared_once():
    two = [
        verified(spans=SPANS),
        verified(
            "loom2020/weavers/91",
            timepoint={"label": "3 months", "days": 91},
            after={"mean": 2.0, "sd": 1.0},
        ),
    ]
    later = record(mean=2.0, sd=1.0, timepoint_label="3 months", timepoint_days=91)
    result = compare(two, [BEFORE, AFTER, later], same_text=True)
    fields = [(cell.measurement_id[-2:], cell.field, cell.verdict) for cell in result.cells]
    assert fields.count(("28", "before.mean", "agree")) == 1
    assert ("91", "before.mean", "agree") not in fields
    assert ("91", "after.mean", "agree") in fields


def test_two_cohorts_with_one_value_are_told_apart_by_place_and_then_by_words():
    weavers = verified(spans=SPANS | {"after.mean": place("3.10")})
    spinners = verified("loom2020/spinners/28", cohort="spinners")
    other = AFTER | {"arm": "women who spin", "spans": {}, "n": 9}
    found = compare([spinners, weavers], [BEFORE, other, AFTER], same_text=True)
    by_cell = {(cell.measurement_id, cell.field): cell for cell in found.cells}
    assert by_cell["loom2020/weavers/28", "after.mean"].start == place("3.10")[0]
    # Without places in a common text, the words of the arm decide.
    by_words = compare([spinners, weavers], [BEFORE, other, AFTER], same_text=False)
    cells = {(cell.measurement_id, cell.field): cell for cell in by_words.cells}
    assert cells["loom2020/weavers/28", "n_analysed"].verdict == "agree"
    assert cells["loom2020/spinners/28", "n_analysed"].verdict == "differ"


def test_changes_are_compared_with_their_sign():
    item = verified(change={"mean": -3.9})
    found = verdicts([item], [BEFORE, AFTER, CHANGE])
    assert found["loom2020/weavers/28", "change.mean"] == "agree"
    found = verdicts([item], [BEFORE, AFTER, CHANGE | {"mean": 3.9}])
    assert found["loom2020/weavers/28", "change.mean"] == "differ"


@pytest.mark.parametrize(
    ("stored", "p", "op", "verdict"),
    [
        ("<0.001", 0.001, "<", "agree"),
        ("<.001", 0.001, "<", "agree"),
        ("0.04", 0.04, "=", "agree"),
        ("0.001", 0.001, "<", "differ"),
        ("<0.01", 0.001, "<", "differ"),
        ("ns", None, "ns", "agree"),
        ("ns", 0.2, "=", "differ"),
        (None, 0.2, "=", "only_candidate"),
        ("0.2", None, None, "only_verified"),
    ],
)
def test_p_values_agree_in_number_and_sign(stored, p, op, verdict):
    found = verdicts([verified(p=stored, spans={})], [BEFORE, AFTER | {"p": p, "p_op": op}])
    assert found["loom2020/weavers/28", "p"] == verdict


def test_days_of_months_counted_otherwise_differ_but_still_match():
    item = verified(timepoint={"label": "3 months", "days": 90})
    found = verdicts([item], [BEFORE, AFTER | {"timepoint_days": 91, "mean": 3.2, "sd": 1.9}])
    assert found["loom2020/weavers/28", "timepoint.days"] == "differ"
    assert found["loom2020/weavers/28", "after.mean"] == "differ"


def test_the_result_does_not_depend_on_the_order_of_the_records():
    records = [BEFORE, AFTER, CHANGE, record(mean=5.0, sd=1.0, timepoint_days=90)]
    forward = compare([verified(spans=SPANS)], records, same_text=True)
    backward = compare([verified(spans=SPANS)], records[::-1], same_text=True)
    assert sorted(map(str, forward.cells)) == sorted(map(str, backward.cells))
