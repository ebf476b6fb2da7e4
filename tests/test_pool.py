"""The stage pool: from rows of effects.csv to syntheses.json and its tables."""

import json
from types import SimpleNamespace

import pytest

from evergrove import pool, pooling, selection, tables
from evergrove.errors import EvergroveError
from tests.effects_sample import effects, effects_by_r, protocol, row

KEYS = (
    "method", "test", "k", "b", "se", "ci_low", "ci_high", "stat", "df", "p", "tau2", "se_tau2",
    "tau2_ci_low", "tau2_ci_high", "I2", "H2", "Q", "Q_df", "Q_p", "pi_low", "pi_high", "n_dropped",
)  # fmt: skip


@pytest.fixture(scope="module")
def pooled():
    return pool.pool(effects(), effects_by_r(effects(), [0.0, 0.5, 0.9]), protocol())


@pytest.fixture(scope="module")
def by_id(pooled):
    return {item["id"]: item for item in pooled.syntheses["syntheses"]}


def test_every_synthesis_is_there_in_order_with_every_key(pooled):
    items = pooled.syntheses["syntheses"]
    assert [item["id"] for item in items] == selection.synthesis_ids(protocol())
    for item in items:
        assert set(item) == {
            "id", "kind", "label", "description", "k", "n_studies", "n_people", "same_as_primary",
            "warnings", "fit", "robust", "dependence", "studies", "dropped",
        }  # fmt: skip
        if item["k"]:
            assert set(KEYS) <= set(item["fit"])


def test_the_primary_fit_is_that_of_its_studies(by_id):
    primary = by_id["primary"]
    rows = primary["studies"]
    assert (primary["k"], primary["n_studies"], primary["n_people"]) == (5, 4, 205)
    expected = pooling.fit([r["yi"] for r in rows], [r["vi"] for r in rows])
    assert {key: primary["fit"][key] for key in KEYS} == {key: expected[key] for key in KEYS}
    assert sum(r["weight"] for r in rows) == pytest.approx(100)
    assert rows[0]["label"] == "Alder 2011"
    assert (rows[4]["timepoint_days"], rows[4]["n"]) == (None, 30)
    assert rows[0]["ci_high"] == pytest.approx(3.3 + 1.959963984540054 * 0.2, rel=1e-14)


def test_cohorts_of_one_study_are_one_cluster(by_id):
    robust = by_id["primary"]["robust"]
    assert robust["clusters"] == 4
    assert robust["se"] != by_id["primary"]["fit"]["se"]


def test_one_study_has_no_robust_result_but_a_reason(by_id):
    early = by_id["early"]
    assert early["k"] == 1
    assert early["robust"]["se"] is None
    assert early["robust"]["reason"] == "fewer_than_two_clusters"


def test_a_synthesis_without_a_measurement_is_empty_and_says_so(by_id):
    never = by_id["never"]
    assert (never["k"], never["fit"], never["robust"], never["studies"]) == (0, None, None, [])
    assert never["warnings"] == ["No measurement meets the criteria of this synthesis."]


def test_a_sensitivity_analysis_that_changes_nothing_says_so(by_id):
    assert by_id["without-absent"]["same_as_primary"] is True
    assert by_id["with-small"]["same_as_primary"] is False
    assert by_id["primary"]["same_as_primary"] is False


def test_every_measurement_is_in_every_synthesis_or_dropped_from_it(by_id):
    everything = sorted(item["measurement_id"] for item in effects())
    for item in by_id.values():
        found = [r["measurement_id"] for r in (*item["studies"], *item["dropped"])]
        assert sorted(found) == everything


def test_the_grid_refits_the_primary_and_meets_it_at_the_assumed_correlation(pooled, by_id):
    grid = pooled.syntheses["correlation_grid"]
    assert [point["r"] for point in grid] == [0.0, 0.5, 0.9]
    fit = by_id["primary"]["fit"]
    for key in pool.GRID_KEYS:
        assert grid[1][key] == pytest.approx(fit[key], rel=1e-12)
    assert grid[0]["Q"] < grid[1]["Q"] < grid[2]["Q"]


def test_rows_whose_variance_does_not_rest_on_r_stay_as_they_are():
    rows = effects()
    rows[1]["rung"] = "sd_change_reported"
    grid = effects_by_r([item for item in rows if item is not rows[1]], [0.0, 0.5, 0.9])
    found = pool.pool(rows, grid, protocol()).syntheses["correlation_grid"]
    primary = selection.select(rows, protocol())[0].rows
    factor = {item["measurement_id"]: 1.0 if item is rows[1] else 2.0 for item in primary}
    expected = pooling.fit(
        [float(item["yi"]) for item in primary],
        [float(item["vi"]) * factor[item["measurement_id"]] for item in primary],
    )
    assert found[0]["b"] == pytest.approx(expected["b"], rel=1e-12)


def test_a_grid_that_lacks_a_correlation_is_an_error():
    with pytest.raises(EvergroveError, match=r"no effect size at r = 0.9"):
        pool.pool(effects(), effects_by_r(effects(), [0.0, 0.5]), protocol())


def test_without_any_row_that_uses_r_there_is_no_grid_and_no_word_of_it():
    rows = [item | {"rung": "sd_change_reported" if item["yi"] else ""} for item in effects()]
    found = pool.pool(rows, [], protocol()).syntheses
    assert found["correlation_grid"] == []
    assert len(found["statements"]) == 1
    assert "uncontrolled change" in found["statements"][0]


def test_statements_follow_from_the_protocol(pooled):
    control, assumed, unread = pooled.syntheses["statements"]
    assert "not an effect against no treatment" in control
    assert "Regression to the mean" in control
    assert "assumed to be 0.5 in 5 of 5" in assumed.replace("\u00a0", " ")
    assert assumed.endswith("repeated at 0, 0.5 and 0.9.")
    assert unread.startswith("I² and Q are not to be read")
    assert "prediction interval" in unread


def test_a_measure_that_is_no_change_needs_no_statement():
    plan = protocol()
    plan["effect"]["measure"] = "MD"
    assert pool.pool(effects(), [], plan).syntheses["statements"] == []


def test_subgroups_are_tested_where_two_levels_have_two_studies(pooled, by_id):
    (group,) = pooled.syntheses["subgroups"]
    assert [level["synthesis"] for level in group["levels"]] == ["by-age-old", "by-age-young"]
    old, young = by_id["by-age-old"]["fit"], by_id["by-age-young"]["fit"]
    expected = (old["b"] - young["b"]) ** 2 / (old["se"] ** 2 + young["se"] ** 2)
    assert group["test"]["Q_between"] == pytest.approx(expected, rel=1e-12)
    assert group["test"]["levels_left_out"] == []


def test_a_level_of_one_study_is_left_out_of_the_test():
    rows = [item for item in effects() if item["report"] != "cedar2018"]
    (group,) = pool.pool(rows, effects_by_r(rows, [0.0, 0.5, 0.9]), protocol()).syntheses[
        "subgroups"
    ]
    assert group["test"]["Q_between"] is None
    assert group["test"]["reason"] == "fewer_than_two_groups_of_two_studies"
    assert group["test"]["levels_left_out"] == ["young"]


def test_leave_one_out_has_each_cohort_and_then_each_study_of_several(pooled):
    rows = pooled.leave_one_out
    assert [r["unit"] for r in rows] == ["cohort"] * 5 + ["study"]
    assert rows[5]["left_out"] == "All of Birch 2015 (2 cohorts)"
    assert rows[5]["k"] == 3
    kept = [item for item in selection.select(effects(), protocol())[0].rows]
    left = [item for item in kept if item["report"] != "birch2015"]
    expected = pooling.fit([float(x["yi"]) for x in left], [float(x["vi"]) for x in left])
    assert rows[5]["b"] == pytest.approx(expected["b"], rel=1e-12)
    first = pooling.fit([float(x["yi"]) for x in kept[1:]], [float(x["vi"]) for x in kept[1:]])
    assert rows[0]["tau2"] == pytest.approx(first["tau2"], rel=1e-10)


def test_the_cumulative_result_grows_by_year_to_the_primary(pooled, by_id):
    rows = pooled.cumulative
    assert [r["year"] for r in rows] == [2011, 2014, 2015, 2015, 2018]
    assert [r["k"] for r in rows] == [1, 2, 3, 4, 5]
    assert rows[-1]["b"] == pytest.approx(by_id["primary"]["fit"]["b"], rel=1e-12)


def test_an_empty_review_runs_through():
    found = pool.pool([], [], protocol())
    assert all(item["fit"] is None for item in found.syntheses["syntheses"])
    assert (found.leave_one_out, found.cumulative) == ([], [])
    assert pool.summary(found.syntheses) == "13 syntheses; primary: no measurement to pool"


def test_a_variance_of_zero_is_refused_with_the_measurement():
    rows = [row("oak2000", 30, 1.0, 0.0), row("yew2000", 30, 2.0, 0.1)]
    with pytest.raises(EvergroveError, match="oak2000/all/30, vi: the sampling variance"):
        pool.pool(rows, [], protocol())


def test_people_who_are_not_counted_are_said():
    primary = protocol()["syntheses"]["primary"] | {"min_n": 1}
    rows = [row("oak2000", 30, 1.0, 0.1, n=""), row("yew2000", 30, 2.0, 0.1)]
    found = pool.pool(rows, [], protocol(primary=primary)).syntheses["syntheses"][0]
    assert found["n_people"] == 30
    assert "1 of 2 cohorts do not state" in found["warnings"][0]


def test_the_summary_is_one_line(pooled):
    line = pool.summary(pooled.syntheses).replace("\u00a0", " ")
    assert line.startswith("13 syntheses; primary: 5 cohorts of 4 studies, 2.")
    assert "\n" not in line


def test_two_runs_give_the_same_text(pooled):
    again = pool.pool(effects(), effects_by_r(effects(), [0.0, 0.5, 0.9]), protocol())
    assert tables.format_json(again.syntheses) == tables.format_json(pooled.syntheses)


def test_the_script_reads_and_writes_the_files_of_the_rule(tmp_path, monkeypatch):
    import runpy

    from evergrove import stages

    grid = effects_by_r(effects(), [0.0, 0.5, 0.9])
    tables.write_csv(tmp_path / "effects.csv", effects(), list(effects()[0]))
    tables.write_csv(tmp_path / "by_r.csv", grid, list(grid[0]))
    (tmp_path / "complications.csv").write_text(
        "report,cohort,event,events,n,note\nalder2011,*,leak,2,30,\n"
    )
    (tmp_path / "studies.csv").write_text(
        "report,cohort,study,group,use,overlaps,reason\nalder2011,all,alder2011,old,pool,,\n"
    )
    (tmp_path / "screened.csv").write_text("report,decision,status\nalder2011,include,\n")
    snakemake = SimpleNamespace(
        input=SimpleNamespace(
            effects=str(tmp_path / "effects.csv"),
            effects_by_r=str(tmp_path / "by_r.csv"),
            complications=[str(tmp_path / "complications.csv")],
            studies=str(tmp_path / "studies.csv"),
            screened=str(tmp_path / "screened.csv"),
        ),
        output=SimpleNamespace(
            syntheses=str(tmp_path / "syntheses.json"),
            leave_one_out=str(tmp_path / "leave_one_out.csv"),
            cumulative=str(tmp_path / "cumulative.csv"),
        ),
        params=SimpleNamespace(protocol=protocol()),
        wildcards=SimpleNamespace(review="baths"),
        rule="pool",
        log=[str(tmp_path / "pool.log")],
    )
    script = stages.__file__.replace("evergrove/stages.py", "scripts/pool.py")
    runpy.run_path(script, init_globals={"snakemake": snakemake})
    written = json.loads((tmp_path / "syntheses.json").read_text())
    kept = pool.complications.read_kept(
        snakemake.input.complications, snakemake.input.studies, snakemake.input.screened, protocol()
    )
    expected = pool.pool(effects(), grid, protocol(), kept)
    assert written["complications"]["events"][0]["events"] == 2
    assert written == json.loads(tables.format_json(expected.syntheses))
    rows = tables.read_csv(tmp_path / "leave_one_out.csv", pool.LEAVE_ONE_OUT_COLUMNS)
    assert len(rows) == 6
    assert len(tables.read_csv(tmp_path / "cumulative.csv", pool.CUMULATIVE_COLUMNS)) == 5


def test_the_default_review_equals_metafor_on_its_own_effects(built):
    """Estimate, intervals, tau2, CR2 and the grid of the real primary synthesis, to 1e-8."""
    from tests.test_pooling import assert_close, data, reference

    project, _ = built
    document = json.loads(project.results()["syntheses.json"])
    primary = document["syntheses"][0]
    ours, theirs = primary["fit"], reference()["sets"]["sacroplasty_primary_r0.5"]
    one = data()["sacroplasty_primary_r0.5"]
    # A change of the review's data changes these rows too: make the reference anew.
    assert [row["study"] for row in primary["studies"]] == one["cluster"]
    assert [row["yi"] for row in primary["studies"]] == pytest.approx(one["y"], rel=1e-12)
    assert [row["vi"] for row in primary["studies"]] == pytest.approx(one["v"], rel=1e-12)
    expected = theirs["fits"]["REML"]
    for key in ("tau2", "se_tau2", "I2", "H2", "Q", "Q_p"):
        assert_close(ours[key], expected[key], what=key)
    for key, value in expected["knha"].items():
        assert_close(ours[key], value, what=key)
    assert_close(ours["tau2_ci_low"], theirs["tau2_ci"]["low"])
    assert_close(ours["tau2_ci_high"], theirs["tau2_ci"]["high"])
    for key, value in theirs["cr2"].items():
        assert_close(primary["robust"][key], value, what=key, rtol=1e-7)
    grid = {point["r"]: point for point in document["correlation_grid"]}
    for r in (0.0, 0.5, 0.9):
        expected = reference()["sets"][f"sacroplasty_primary_r{r}"]["fits"]["REML"]
        for key in ("tau2", "I2", "Q"):
            assert_close(grid[r][key], expected[key], what=(r, key))
        for key in ("b", "se", "ci_low", "ci_high", "pi_low", "pi_high"):
            assert_close(grid[r][key], expected["knha"][key], what=(r, key))
