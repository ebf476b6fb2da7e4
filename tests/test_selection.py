"""Which measurements enter a synthesis: every rule of the protocol, and a reason for each row."""

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import selection
from evergrove.errors import EvergroveError
from tests.effects_sample import effects, protocol, row


def chosen(name, rows=None, **syntheses):
    found = selection.select(effects() if rows is None else rows, protocol(**syntheses))
    return next(item for item in found if item.id == name)


def ids(name, rows=None, **syntheses):
    return [item["measurement_id"] for item in chosen(name, rows, **syntheses).rows]


def reason(name, measurement, rows=None, **syntheses):
    found = chosen(name, rows, **syntheses)
    return next(x["reason"] for x in found.dropped if x["measurement_id"] == measurement)


PRIMARY = [
    "alder2011/all/30",
    "birch2015/left/20",
    "birch2015/right (mostly)/40",
    "cedar2018/all/90",
    "juniper2014/all/unstated",
]


def test_the_primary_synthesis_takes_one_measurement_of_each_cohort():
    assert ids("primary") == PRIMARY


@pytest.mark.parametrize(
    ("measurement", "words"),
    [
        ("alder2011/all/7", "farther from day 30 than alder2011/all/30"),
        ("alder2011/all/200", "day 200 is outside the window (0 to 91 days)"),
        ("cedar2018/all/unstated", "its time is not stated; cedar2018/all/90 is used"),
        ("dogwood2019/all/30", "its summary is median iqr, not mean sd"),
        ("elm2020/all/30", "flagged “copied”"),
        ("fir2021/all/30", "8 people; at least 11 are needed"),
        ("ginkgo2009/all/30", "no standard deviation"),
        ("hazel2010/all/30", "kept out of every synthesis"),
        ("ivy2012/all/30", "not verified by a person yet"),
    ],
)
def test_every_row_left_out_says_why(measurement, words):
    assert words in reason("primary", measurement).replace("\u00a0", " ")


def test_the_reviewers_reason_for_not_pooling_is_passed_on_where_the_table_has_it():
    rows = [item | {"use_reason": ""} for item in effects()]
    rows[11]["use_reason"] = "The same people as alder2011."
    assert reason("primary", "hazel2010/all/30", rows) == "The same people as alder2011."


def test_windows_take_the_measurement_nearest_to_their_day_and_no_unstated_time():
    assert ids("early") == ["alder2011/all/7"]
    assert ids("late") == ["alder2011/all/200"]
    assert ids("never") == []
    assert reason("early", "juniper2014/all/unstated") == "its time is not stated"


def test_of_two_measurements_equally_near_the_earlier_is_taken():
    rows = [row("oak2000", 35, 1.0, 0.1), row("oak2000", 25, 2.0, 0.1)]
    assert ids("primary", rows) == ["oak2000/all/25"]
    assert "as near to day 30 as the earlier" in reason("primary", "oak2000/all/35", rows)


def test_of_two_summaries_of_one_time_the_one_named_first_is_taken():
    rows = [
        row("oak2000", 30, 1.0, 0.1, statistic="median_iqr"),
        row("oak2000", 30, 2.0, 0.1, measurement_id="oak2000/all/30/2"),
    ]
    assert ids("with-medians", rows) == ["oak2000/all/30/2"]
    assert "the same cohort and time" in reason("with-medians", "oak2000/all/30", rows)


def test_cohorts_of_two_reports_of_one_study_are_two_cohorts():
    rows = [row("oak2000", 30, 1.0, 0.1, study="wood"), row("oak2004", 30, 2.0, 0.1, study="wood")]
    assert len(ids("primary", rows)) == 2


def test_unstated_times_are_left_out_where_the_protocol_does_not_admit_them():
    primary = protocol()["syntheses"]["primary"] | {"unstated_time": "leave_out"}
    assert "juniper2014/all/unstated" not in ids("primary", primary=primary)


def test_unverified_candidates_enter_where_the_protocol_says_so():
    plan = protocol() | {"pool_unverified": True}
    primary = selection.select(effects(), plan)[0]
    assert "ivy2012/all/30" in primary.ids


def test_without_the_largest_study_leaves_out_all_its_cohorts():
    found = chosen("without-largest")
    assert {item["report"] for item in found.rows} == {"alder2011", "cedar2018", "juniper2014"}
    assert "largest study (birch2015, 115 people)" in reason("without-largest", PRIMARY[1])
    assert found.warnings == []


def test_two_studies_of_the_largest_size_are_said():
    rows = [row(name, 30, 1.0, 0.1) for name in ("yew2000", "oak2000")]
    found = chosen("without-largest", rows)
    assert [item["report"] for item in found.rows] == ["yew2000"]
    assert found.warnings == [
        "1 more study is as large as oak2000; the first by name was left out."
    ]


def test_sensitivity_analyses_change_the_primary_in_one_thing_each():
    assert set(ids("with-copied")) - set(PRIMARY) == {"elm2020/all/30"}
    assert set(ids("with-medians")) - set(PRIMARY) == {"dogwood2019/all/30"}
    assert set(ids("with-small")) - set(PRIMARY) == {"fir2021/all/30"}
    assert ids("without-absent") == PRIMARY


def test_without_a_flag_another_measurement_of_the_cohort_may_take_its_place():
    assert ids("without-n-assumed") == [x for x in PRIMARY if x != "birch2015/left/20"]
    rows = [row("oak2000", 30, 1.0, 0.1, flags="n_assumed"), row("oak2000", 60, 2.0, 0.1)]
    assert ids("without-n-assumed", rows) == ["oak2000/all/60"]


def test_flags_match_as_whole_words():
    rows = [row("oak2000", 30, 1.0, 0.1, flags="n_assumed_too")]
    assert ids("without-n-assumed", rows) == ["oak2000/all/30"]


def test_subgroups_share_out_the_primary_and_name_what_is_in_none():
    old, young = chosen("by-age-old"), chosen("by-age-young")
    together = [item["measurement_id"] for item in (*old.rows, *young.rows)]
    assert sorted(together) == sorted(PRIMARY[:4])
    assert reason("by-age-old", "juniper2014/all/unstated") == "its group is other"
    assert "“other”" in old.warnings[0]


def test_ids_are_in_order_and_figures_stand_for_subgroup_levels():
    plan = protocol()
    assert selection.synthesis_ids(plan) == [
        "primary", "early", "late", "never", "without-largest", "with-copied", "with-medians",
        "with-small", "without-absent", "without-n-assumed", "without-time-not-stated",
        "by-age-old", "by-age-young",
    ]  # fmt: skip
    assert selection.figure_ids(plan) == [*selection.synthesis_ids(plan)[:-2], "by-age"]
    assert [item.id for item in selection.select(effects(), plan)] == selection.synthesis_ids(plan)


def test_a_protocol_with_a_primary_synthesis_only_is_enough():
    plan = protocol()
    plan["syntheses"] = {"primary": plan["syntheses"]["primary"]}
    assert selection.figure_ids(plan) == ["primary"]
    assert len(selection.select(effects(), plan)) == 1


def test_descriptions_say_what_the_protocol_says():
    early = chosen("early").description
    assert early == (
        "For each cohort the measurement nearest to day 1, 0 to 10 days; "
        "times not stated are left out."
    )
    assert chosen("with-medians").description == ("As the primary synthesis, but with median iqr.")
    assert chosen("without-n-assumed").description == "The number analysed is assumed."


@pytest.mark.parametrize("change", [{"leave_out": "smallest"}, {"max_n": 5}])
def test_an_unknown_sensitivity_analysis_is_an_error(change):
    item = {"id": "odd", "label": "Odd"} | change
    with pytest.raises(EvergroveError, match="not known as a sensitivity analysis"):
        chosen("odd", sensitivity=[item])


def test_a_cell_that_is_no_number_is_an_error_with_its_place():
    rows = [row("oak2000", 30, 1.0, 0.1, n="thirty")]
    with pytest.raises(EvergroveError, match="oak2000/all/30, n: not a number"):
        chosen("primary", rows)


@pytest.mark.parametrize(
    ("report", "label"),
    [
        ("kortman2013", "Kortman 2013"),
        ("lee2013b", "Lee 2013b"),
        ("o_brien_2010", "O brien 2010"),
        ("ortiz2012assr", "Ortiz 2012 assr"),
        ("who_report", "Who report"),
        ("study2", "Study2"),
    ],
)
def test_reports_are_labelled_by_author_and_year(report, label):
    assert selection.report_label(report) == label


def test_labels_name_the_cohort_only_where_a_report_has_several():
    labels = selection.row_labels(effects())
    assert labels["alder2011/all/30"] == "Alder 2011"
    assert labels["birch2015/left/20"] == "Birch 2015, left"
    assert labels["birch2015/right (mostly)/40"] == "Birch 2015, right"


def test_a_remark_in_brackets_stays_where_labels_would_be_equal():
    rows = [row("oak2000", 30, 1.0, 0.1, cohort=f"hip ({side})") for side in ("left", "right")]
    assert sorted(selection.row_labels(rows).values()) == [
        "Oak 2000, hip (left)",
        "Oak 2000, hip (right)",
    ]


def test_the_year_is_read_from_the_short_name():
    assert selection.report_year("kortman2013") == 2013
    assert selection.report_year("nct20130001") is None


random_rows = st.lists(
    st.builds(
        row,
        st.sampled_from(["alder2011", "birch2015", "cedar2018"]),
        st.one_of(st.none(), st.integers(0, 400)),
        st.one_of(st.none(), st.just(1.0)),
        st.just(0.1),
        cohort=st.sampled_from(["a", "b"]),
        use=st.sampled_from(["pool", "pool", "no"]),
        status=st.sampled_from(["verified", "verified", "candidate"]),
        statistic=st.sampled_from(["mean_sd", "median_iqr", "mean_only"]),
        flags=st.sampled_from(["", "copied", "n_assumed", "n_assumed; time_not_stated"]),
        n=st.sampled_from([5, 20, 40]),
        group=st.sampled_from(["old", "young", ""]),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(random_rows)
def test_no_row_is_lost_and_no_cohort_is_taken_twice(rows):
    rows = [item | {"measurement_id": f"m{i}"} for i, item in enumerate(rows)]
    for found in selection.select(rows, protocol()):
        dropped = [item["measurement_id"] for item in found.dropped]
        assert sorted([*found.ids, *dropped]) == sorted(item["measurement_id"] for item in rows)
        assert all(item["reason"] for item in found.dropped)
        cohorts = [(item["report"], item["cohort"]) for item in found.rows]
        assert len(cohorts) == len(set(cohorts))


@settings(max_examples=30, deadline=None)
@given(random_rows, st.integers(0, 1000))
def test_the_order_of_the_rows_decides_nothing_but_ties(rows, seed):
    unique = {(r["report"], r["cohort"], r["timepoint_days"]): r for r in rows}
    rows = list(unique.values())
    shuffled = random.Random(seed).sample(rows, len(rows))
    for one, other in zip(
        selection.select(rows, protocol()), selection.select(shuffled, protocol()), strict=True
    ):
        assert one.ids == other.ids


def test_the_snakefile_may_ask_for_ids_without_numpy():
    code = "import sys, evergrove.selection; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
