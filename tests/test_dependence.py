"""The further model of dependent effects that a protocol may declare."""

import copy

import numpy as np
import pytest

from evergrove import dependence, multilevel, pool, selection
from tests.effects_sample import effects, effects_by_r, protocol, row

GRID = [0.0, 0.5, 0.9]


def declared(**plan):
    one = copy.deepcopy(protocol())
    one["model"]["dependence"] = plan
    return one


def pooled(one, rows=None):
    rows = effects() if rows is None else rows
    return pool.pool(rows, effects_by_r(rows, GRID), one).syntheses


def test_a_protocol_without_the_key_gets_no_further_model():
    document = pooled(protocol())
    assert document["all_times"] is None
    assert all(item["dependence"] is None for item in document["syntheses"])


def test_the_further_model_stands_beside_the_estimate_and_does_not_change_it():
    with_it = pooled(declared(model="three_level"))["syntheses"]
    without = pooled(protocol())["syntheses"]
    for one, other in zip(with_it, without, strict=True):
        assert one["fit"] == other["fit"] and one["robust"] == other["robust"]
        assert (one["dependence"] is None) == (not one["k"] or one["same_as_primary"])


def test_the_primary_is_fitted_with_cohorts_within_studies():
    primary = pooled(declared(model="three_level"))["syntheses"][0]
    y, v, studies = zip(*((s["yi"], s["vi"], s["study"]) for s in primary["studies"]), strict=True)
    own = multilevel.fit(y, v, studies, test="t", dfs="contain", level=95)
    assert primary["dependence"]["b"] == own["b"]
    assert primary["dependence"]["df"] == primary["n_studies"] - 1
    assert primary["dependence"]["grid"] == []


def test_where_every_study_has_one_cohort_a_reason_stands_for_the_numbers():
    rows = [row("alder2011", 30, 3.3, 0.04), row("birch2015", 20, 1.1, 0.09)]
    primary = pooled(declared(model="three_level"), rows)["syntheses"][0]
    assert primary["dependence"]["b"] is None
    assert primary["dependence"]["reason"] == "no_study_with_two_effects"


def test_correlated_effects_come_with_their_grid_of_rho():
    primary = pooled(declared(model="che", rho=0.4, rho_grid=[0.0, 0.4]))["syntheses"][0]
    found = primary["dependence"]
    assert (found["model"], found["rho"]) == ("che", 0.4)
    assert [one["rho"] for one in found["grid"]] == [0.0, 0.4]
    assert found["grid"][1]["b"] == found["b"]


def test_all_times_takes_every_stated_time_and_drops_the_rest_with_reasons():
    found = pooled(declared(all_times=True, rho=0.6, rho_grid=[0.6]))["all_times"]
    ids = [one["measurement_id"] for one in found["studies"]]
    assert ids == [
        "alder2011/all/7", "alder2011/all/30", "alder2011/all/200", "birch2015/left/20",
        "birch2015/right (mostly)/40", "cedar2018/all/90",
    ]  # fmt: skip
    assert (found["k"], found["n_cohorts"], found["n_studies"]) == (6, 4, 3)
    dropped = {one["measurement_id"] for one in found["dropped"]}
    assert dropped | set(ids) == {one["measurement_id"] for one in effects()}
    reason = {one["measurement_id"]: one["reason"] for one in found["dropped"]}
    assert reason["cedar2018/all/unstated"] == "its time is not stated"


def test_errors_correlate_within_a_cohort_and_not_between_cohorts():
    found = pooled(declared(all_times=True, rho=0.6))["all_times"]
    rows = found["studies"]
    y, v = ([one[key] for one in rows] for key in ("yi", "vi"))
    cohorts = [(one["report"], one["cohort"]) for one in rows]
    own = multilevel.fit(y, v, [one["study"] for one in rows], rho=0.6, within=cohorts)
    assert found["dependence"]["b"] == own["b"]
    other = multilevel.fit(y, v, [one["study"] for one in rows], rho=0.6)
    assert found["dependence"]["b"] != other["b"]


def test_one_cohort_and_time_enters_once_with_the_summary_named_first():
    one = protocol()
    one["syntheses"]["primary"]["statistics"] = ["mean_sd", "median_iqr"]
    rows = [
        row("alder2011", 30, 3.0, 0.1, statistic="median_iqr", measurement_id="a"),
        row("alder2011", 30, 3.3, 0.1, measurement_id="b"),
        row("alder2011", 60, 3.1, 0.1, measurement_id="c"),
    ]
    chosen = selection.all_times(rows, one)
    assert [item["measurement_id"] for item in chosen.rows] == ["b", "c"]
    assert "the same cohort and time as b" in chosen.dropped[0]["reason"]


def test_no_row_gives_an_empty_object():
    found = dependence.all_times([], declared(all_times=True))
    assert found["k"] == 0 and found["dependence"] is None


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ({"method": "ML", "test": "z"}, ("ML", "z")),
        ({"method": "DL", "test": "knha"}, ("REML", "t")),
    ],
)
def test_method_and_test_follow_the_protocol_as_far_as_the_model_has_them(model, expected):
    one = declared(model="three_level")
    one["model"] |= model
    how = dependence.options(one)
    assert (how["method"], how["test"]) == expected
    rows = [row("a2001", 1, 1.0, 0.1), row("a2001", 2, 2.0, 0.1), row("b2002", 1, 3.0, 0.1),
            row("b2002", 3, 3.5, 0.1)]  # fmt: skip
    y, v = np.array([1.0, 2.0, 3.0, 3.5]), np.full(4, 0.1)
    assert dependence.further_model(y, v, rows, one)["method"] == expected[0]
