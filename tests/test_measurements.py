"""Stage measurements: verified values verbatim, the program's reading beside them, nothing lost."""

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import pairing, plausibility, tables
from evergrove.errors import EvergroveError
from evergrove.extraction_files import read_extraction, read_studies
from evergrove.extraction_rules import At, read_measurement
from evergrove.measurements import COLUMNS, DISAGREEMENT_COLUMNS, measure
from evergrove.questions import COLUMNS as TO_VERIFY_COLUMNS
from tests.extraction_sample import (
    AFTER,
    BEFORE,
    CHANGE,
    TEXT,
    document,
    measurement,
    place,
    protocol,
    read_line,
    record,
    sha256,
    studies_file,
    write,
)


def screened(report="loom2020", decision="include", **changes):
    return {
        "report": report,
        "decision": decision,
        "reason": "",
        "title": f"About {report}",
        "abstract_record": "a.ris#0",
        "records": "a.ris#0",
    } | changes


def run(folder, *files, reports=None, studies=("loom2020,*,loom,fracture,pool,,",), lines=(),
        records=None, **changes):  # fmt: skip
    """The stage on extraction files (documents), with one included report unless told."""
    the_protocol = protocol(**changes)
    return measure(
        candidates=lines,
        screened=[screened()] if reports is None else reports,
        studies=read_studies(studies_file(folder, *studies), the_protocol),
        records=[{"record_id": "a.ris#0", "abstract": TEXT}] if records is None else records,
        extractions=[read_extraction(write(folder, data), the_protocol) for data in files],
        protocol=the_protocol,
    )


def kinds(result):
    return [(row["report"], row["kind"]) for row in result.to_verify]


# ---- rows ----


def test_a_verified_measurement_is_carried_verbatim_into_its_row(tmp_path):
    text = json.dumps(document(measurement(flags=["n_assumed"], note="as read")))
    path = write(tmp_path, text.replace("7.0", "7.00"), "loom2020")
    the_protocol = protocol()
    result = measure(
        candidates=[],
        screened=[screened()],
        studies=read_studies(studies_file(tmp_path, "loom2020,*,s,tumour,pool,,why"), the_protocol),
        records=[],
        extractions=[read_extraction(path, the_protocol)],
        protocol=the_protocol,
    )
    written = tables.format_csv(result.rows, COLUMNS)
    [row] = csv.DictReader(io.StringIO(written))
    expected = {
        "measurement_id": "loom2020/weavers/28", "study": "s", "group": "tumour", "use": "pool",
        "use_reason": "why", "before_mean": "7.00", "before_sd": "1.5", "after_mean": "3.1",
        "after_sd": "2.0", "n_enrolled": "40", "n": "24", "p": "<0.001", "status": "verified",
        "verified_by": "A. Reader", "flags": "n_assumed", "note": "as read", "change_mean": "",
        "source_location": "abstract", "origin": "extraction/loom2020.json measurements[0]",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_every_printed_number_reaches_the_table(tmp_path):
    summary = {"mean": 5, "sd": 1, "se": 0.2, "median": 5, "q1": 4, "q3": 6, "min": 1, "max": 9,
               "ci_low": 4.5, "ci_high": 5.5, "ci_level": 90}  # fmt: skip
    change = {name: value - 5 for name, value in summary.items() if name not in ("sd", "se")}
    change |= {"sd": 1, "se": 0.2, "ci_level": 99}
    item = measurement(
        before=summary, after=summary, change=change, correlation=0.25,
        test={"name": "paired_t", "statistic": 3.5},
    )  # fmt: skip
    [row] = run(tmp_path, document(item)).rows
    for side, values in (("before", summary), ("after", summary), ("change", change)):
        for name, value in values.items():
            assert float(row[f"{side}_{name}"]) == value, (side, name)
    assert (row["test"], row["test_statistic"], row["correlation"]) == ("paired_t", "3.5", "0.25")


def test_rows_are_sorted_by_report_cohort_and_time_and_have_names_of_their_own(tmp_path):
    def at(days, label="x", cohort="weavers", **changes):
        return measurement(cohort=cohort, timepoint={"label": label, "days": days}, **changes)

    first = document(at(91), at(None, "end"), at(28), at(28, "y"), at(7, cohort="spinners"))
    second = document(at(1), report="silk")
    result = run(
        tmp_path,
        first,
        second,
        reports=[screened("silk"), screened()],
        studies=("loom2020,*,loom,,pool,,", "silk,*,silk,,pool,,"),
    )
    assert [row["measurement_id"] for row in result.rows] == [
        "loom2020/spinners/7",
        "loom2020/weavers/28",
        "loom2020/weavers/28/2",
        "loom2020/weavers/91",
        "loom2020/weavers/unstated",
        "silk/weavers/1",
    ]


def test_a_report_that_was_not_included_keeps_its_rows_but_is_not_used(tmp_path):
    reports = [screened(decision="exclude", reason="duplicate_report")]
    studies = ("loom2020,weavers,loom,,pool,,nested",)
    [row] = run(tmp_path, document(), reports=reports, studies=studies).rows
    assert row["use"] == "no"
    assert row["use_reason"] == "Excluded at screening (duplicate_report). nested"


def test_an_excluded_report_needs_no_row_in_studies(tmp_path):
    reports = [screened(decision="exclude", reason="x"), screened("silk")]
    result = run(tmp_path, document(), reports=reports, studies=("silk,*,s,,pool,,",))
    assert [row["study"] for row in result.rows] == ["loom2020"]


# ---- mistakes that stop the stage ----


def test_an_extraction_of_a_report_that_nobody_screened_stops_the_stage(tmp_path):
    with pytest.raises(EvergroveError, match="no screened report has this name"):
        run(tmp_path, document(report="lom2020"))


def test_a_cohort_without_a_study_stops_the_stage(tmp_path):
    with pytest.raises(EvergroveError, match=r"measurements\[0\].cohort: not in studies.csv"):
        run(tmp_path, document(), studies=("loom2020,spinners,loom,,pool,,",))


def test_a_value_that_is_not_at_its_place_stops_the_stage(tmp_path):
    source = {"location": "abstract", "sha256": sha256()}
    item = measurement(spans={"before.mean": place("1.5")})
    with pytest.raises(EvergroveError, match="the text there is not"):
        run(tmp_path, document(item, source=source))


# ---- what waits for a person ----


def test_an_included_report_without_anything_read_waits(tmp_path):
    result = run(tmp_path)
    assert kinds(result) == [("loom2020", "no_extraction")] and result.rows == []
    assert result.to_verify[0]["text"] == "About loom2020"


def test_reports_that_are_not_included_do_not_wait(tmp_path):
    reports = [screened(decision="unclear"), screened("silk", decision="exclude")]
    assert run(tmp_path, reports=reports, studies=()).to_verify == []


def test_a_file_that_nobody_verified_waits_and_its_rows_are_candidates(tmp_path):
    result = run(tmp_path, document(verified=None), lines=[read_line(BEFORE, AFTER)])
    assert kinds(result) == [("loom2020", "unverified_file")]
    assert [row["status"] for row in result.rows] == ["candidate"]
    assert result.disagreements == []


def test_a_newer_abstract_asks_a_person_to_look_again(tmp_path):
    records = [
        {"record_id": "a.ris#0", "abstract": "newer"},
        {"record_id": "b#0", "abstract": TEXT},
    ]
    item = measurement(spans={"before.mean": place("7.0")})
    data = document(item, source={"location": "abstract", "sha256": sha256()})
    reports = [screened(records="a.ris#0; b#0")]
    assert kinds(run(tmp_path, data, reports=reports, records=records)) == [("loom2020", "stale")]


def test_doubtful_numbers_wait_once_a_cohort(tmp_path):
    items = [
        measurement(before={"mean": 9.5, "sd": 4.5}),
        measurement(before={"mean": 9.5, "sd": 4.5}, timepoint={"label": "3 months", "days": 91}),
    ]
    result = run(tmp_path, document(*items))
    assert kinds(result) == [("loom2020", "plausibility")]
    assert "sd_above_bound: The SD cannot be above" in result.to_verify[0]["text"]
    assert result.to_verify[0]["place"] == "loom2020/weavers/28 before.sd"


# ---- the program's own reading ----


def test_without_an_extraction_the_reading_becomes_candidate_rows(tmp_path):
    line = read_line(BEFORE, AFTER, CHANGE, queue=["timepoint_unresolved"])
    result = run(tmp_path, lines=[line], outcome__instruments={"VAS 0-10": {"min": 0, "max": 10}})
    [row] = result.rows
    expected = {
        "measurement_id": "loom2020/weavers/28", "status": "candidate", "before_mean": "7.0",
        "after_mean": "3.10", "change_mean": "-3.9", "n": 24, "scale": "VAS 0-10", "use": "pool",
        "statistic": "mean_sd", "p": "<0.001", "verified_by": None,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert kinds(result) == [("loom2020", "candidate"), ("loom2020", "reading_doubt")]
    assert result.disagreements == []


def test_records_that_make_no_measurement_are_listed_all_the_same(tmp_path):
    lonely = record(arm="spinners", se=0.4)
    other = record(stat="between_diff", mean=1.0)
    result = run(tmp_path, lines=[read_line(BEFORE, AFTER, lonely, other)])
    assert kinds(result) == [
        ("loom2020", "candidate"),
        ("loom2020", "candidate_incomplete"),
        ("loom2020", "candidate_incomplete"),
    ]


def test_cells_of_a_verified_report_are_compared_and_leftovers_wait(tmp_path):
    extra = record(arm="spinners", mean=5.0, sd=1.0, timepoint_days=90)
    knee = record(measure="odi", mean=30.0)
    item = measurement(spans={"before.mean": place("7.0"), "after.mean": place("3.10")})
    data = document(item, source={"location": "abstract", "sha256": sha256()})
    result = run(tmp_path, data, lines=[read_line(BEFORE, AFTER, extra, knee)])
    verdicts = [row["verdict"] for row in result.disagreements]
    assert verdicts.count("agree") == 7 and verdicts.count("only_candidate") == 2
    assert kinds(result) == [("loom2020", "candidate_not_in_file")]
    assert result.to_verify[0]["place"] == "candidates.jsonl loom2020 records[2]"
    assert "7 agree, 0 differ" in result.summary()


def test_tables_can_be_written_with_the_columns_that_they_declare(tmp_path):
    data = document()
    result = run(tmp_path, data, lines=[read_line(BEFORE, AFTER | {"sd": 1.0})])
    for rows, columns in (
        (result.rows, COLUMNS),
        (result.to_verify, TO_VERIFY_COLUMNS),
        (result.disagreements, DISAGREEMENT_COLUMNS),
    ):
        assert tables.format_csv(rows, columns).count("\n") == len(rows) + 1


# ---- pairing ----


def paired(*records, **changes):
    outcome = protocol(**changes)["outcome"]
    numbers = pairing.of_outcome(records, outcome)
    return [item.measurement for item in pairing.pair(records, numbers, outcome)]


def test_a_baseline_is_paired_with_each_later_level_of_its_arm():
    later = record(mean=2.0, sd=1.0, timepoint_label="3 months", timepoint_days=91)
    other = record(arm="spinners", mean=4.0, sd=1.0)
    found = paired(BEFORE, AFTER, later, other)
    assert [(item.cohort, item.days, "before_mean" in item.values) for item in found] == [
        ("weavers", 28, True),
        ("weavers", 91, True),
        ("spinners", 28, False),
    ]
    assert [item.statistic for item in found] == ["mean_sd", "mean_sd", "mean_only"]


def test_a_change_alone_and_a_baseline_alone_are_measurements():
    [change] = paired(CHANGE | {"sd": 1.1})
    assert change.statistic == "mean_sd" and change.days == 28
    [baseline] = paired(BEFORE)
    assert baseline.statistic == "mean_only" and baseline.days is None


@pytest.mark.parametrize(
    ("measure_name", "belongs"),
    [
        ("pain", True),
        ("pain_vas", True),
        ("pain_nrs:leg", True),
        ("painful", False),
        ("odi", False),
    ],
)
def test_only_instruments_of_the_outcome_are_taken(measure_name, belongs):
    records = [record(measure=measure_name, mean=1.0)]
    assert pairing.of_outcome(records, protocol()["outcome"]) == ([0] if belongs else [])


@pytest.mark.parametrize(
    ("changes", "scale"),
    [
        ({"mean": 3.0}, ""),  # both VAS scales could be meant
        ({"mean": 31.0}, "VAS 0-100"),
        ({"mean": 3.0, "scale_min": 0, "scale_max": 10}, "VAS 0-10"),
        ({"measure": "pain_nrs", "mean": 3.0}, "NRS 0-10"),
        ({"measure": "pain_nrs", "mean": 30.0}, ""),
        ({"measure": "pain_likert", "mean": 3.0}, ""),
    ],
)
def test_a_scale_is_named_only_where_exactly_one_can_be_meant(changes, scale):
    assert pairing.scale_of(record(**changes), protocol()["outcome"]["instruments"]) == scale


# ---- plausibility ----


def hints(**changes):
    text = json.dumps(measurement(**changes))
    data = json.loads(text, parse_float=Decimal)
    item = read_measurement(data, At("f"), protocol())
    return [hint.rule for hint in plausibility.hints(item, (0, 10))]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"before": {"mean": 9.5, "sd": 3.0}}, ["sd_above_bound"]),
        ({"before": {"mean": 5, "sd": 5.0}}, []),
        ({"before": {"mean": 5, "sd": 5.3}}, ["sd_above_bound"]),
        # Printed as 0 it may be 0.4, so a spread is possible.
        ({"after": {"mean": 0, "sd": 1.0}}, []),
        ({"before": {"mean": 7, "se": 1.5}}, ["sd_above_bound"]),
        ({"after": {"mean": 3, "sd": 0}}, ["sd_of_zero"]),
        ({"n_analysed": 41}, ["more_analysed_than_enrolled"]),
        ({"change": {"mean": -3.9}}, []),
        ({"change": {"mean": -3.8}}, []),
        ({"change": {"mean": -4.5}}, ["change_is_not_the_difference"]),
        ({"change": {"mean": -3.9, "sd": 2.0}}, []),
        ({"change": {"mean": -3.9, "sd": 0.3}}, ["impossible_correlation"]),
        ({"after": {"mean": 3, "sd": 0.4}}, ["sds_differ_threefold"]),
    ],
)
def test_numbers_that_cannot_be_are_pointed_out(changes, rules):
    assert hints(**changes) == rules


def test_an_sd_far_below_the_others_may_be_a_standard_error():
    def item(sd, cohort, n=24):
        data = json.loads(
            json.dumps(measurement(cohort=cohort, n_analysed=n, after={"mean": 3.0, "sd": sd})),
            parse_float=Decimal,
        )
        return f"r/{cohort}/28", read_measurement(data, At("f"), protocol())

    others = [item(2.0, cohort) for cohort in ("a", "b", "c")]
    found = plausibility.sd_or_se([*others, item(0.3, "d")], {"VAS 0-10": (0, 10)})
    assert list(found) == ["r/d/28"] and found["r/d/28"][0].cell == "after.sd"
    # With 400 people it would mean an SD of 6: it is no standard error.
    assert plausibility.sd_or_se([*others, item(0.3, "d", 400)], {"VAS 0-10": (0, 10)}) == {}
    # Three cohorts are too few to say what is usual.
    assert plausibility.sd_or_se([*others[:2], item(0.3, "d")], {}) == {}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 10), min_size=2, max_size=30))
def test_no_real_scores_have_an_sd_above_the_bound(scores):
    n = len(scores)
    mean = sum(scores) / n
    sd = (sum((score - mean) ** 2 for score in scores) / (n - 1)) ** 0.5
    assert sd <= plausibility.largest_sd(mean, 0, 10, n) + 1e-9
    rules = hints(before={"mean": round(mean, 1), "sd": round(sd, 1)}, n_analysed=n, n_enrolled=n)
    assert "sd_above_bound" not in rules
