"""A retracted report on its way through the stages: flagged, left out by rule, marked, stated."""

import copy

import pytest
import yaml

from evergrove import effect_sizes, pool, selection
from evergrove.extraction_files import read_extraction, read_studies
from evergrove.forest_plots import figure_tables
from evergrove.measurements import COLUMNS, measure
from evergrove.protocol import load_protocol
from evergrove.screen import SCREENED_COLUMNS
from evergrove.tables import Row
from tests import effects_sample, extraction_sample
from tests.test_protocol import SCAFFOLD
from tests.test_screen import ARDEN, HEADER, run

RETRACTED = "birch2015"


def _effects(report=RETRACTED):
    rows = effects_sample.effects()
    for row in rows:
        if row["report"] == report:
            row["flags"] = "; ".join(filter(None, [row["flags"], "retracted"]))
    return rows


def _protocol(rule=None, **parts):
    made = effects_sample.protocol(**parts)
    if rule:
        made["syntheses"]["primary"]["retracted"] = rule
    return made


def _pooled(rows, protocol):
    by_r = effects_sample.effects_by_r(rows, protocol["effect"]["correlation"]["grid"])
    return pool.pool(rows, by_r, protocol).syntheses


# --- found out ----------------------------------------------------------------------------------


def test_screening_puts_what_an_update_learnt_beside_what_the_citations_say(tmp_path):
    link = {
        "report": "arden2019", "pmid": "1", "kind": "retraction_in", "notice_pmid": "9",
        "notice_doi": None, "note": None, "checked_on": "2026-02-01",
    }  # fmt: skip
    checked = [{"report": "arden2019", "pmid": "1", "doi": None}]
    log = {
        "date": "2026-02-01",
        "searches": [],
        "status": {"checked": checked, "not_checked": [], "links": [link]},
    }
    decisions = HEADER + "arden2019,1,,,,,include,full_text,,,\n"
    reports = [{**ARDEN, "status": "erratum_in:5"}]
    [row] = run(tmp_path, decisions, reports, search_logs=[log]).screened
    assert row["status"] == "erratum_in:5; retraction_in:9"
    assert set(row) <= set(SCREENED_COLUMNS)
    [row] = run(tmp_path, decisions, reports).screened
    assert row["status"] == "erratum_in:5"


def _measured(folder, status, **changes):
    protocol = extraction_sample.protocol()
    item = extraction_sample.measurement(flags=["n_assumed"], **changes)
    path = extraction_sample.write(folder, extraction_sample.document(item))
    row = {
        "report": "loom2020", "decision": "include", "reason": "", "title": "Looms",
        "abstract_record": "a.ris#0", "records": "a.ris#0", "status": status,
    }  # fmt: skip
    return measure(
        candidates=[],
        screened=[row],
        studies=read_studies(
            extraction_sample.studies_file(folder, "loom2020,*,s,tumour,pool,,"), protocol
        ),
        records=[],
        extractions=[read_extraction(path, protocol)],
        protocol=protocol,
    )


def test_measurements_carry_the_programs_flags_behind_their_own(tmp_path):
    result = _measured(tmp_path, "concern_in:7; erratum_in:5; retraction_in:9")
    assert [row["flags"] for row in result.rows] == [
        ("n_assumed", "retracted", "concern", "corrected")
    ]
    notices = [row["text"] for row in result.to_verify if row["kind"] == "notice"]
    assert notices == [
        "There is a notice about this report: concern in PMID 7.",
        "There is a notice about this report: erratum in PMID 5.",
        "There is a notice about this report: retraction in PMID 9.",
    ]


def test_a_notice_that_a_note_names_waits_for_nobody(tmp_path):
    result = _measured(tmp_path, "erratum_in:5", note="Erratum PMID 5: the table is unchanged")
    assert [row["kind"] for row in result.to_verify if row["kind"] == "notice"] == []
    assert result.rows[0]["flags"] == ("n_assumed", "corrected")


def test_the_notice_itself_changes_nothing(tmp_path):
    result = _measured(tmp_path, "retraction_of:9; comment_in:5; update_in:3")
    assert result.rows[0]["flags"] == ("n_assumed",)
    assert [row["kind"] for row in result.to_verify if row["kind"] == "notice"] == []


# --- left out, or kept and marked ---------------------------------------------------------------


@pytest.mark.parametrize("rule", [None, "leave_out"])
def test_retracted_reports_leave_every_synthesis_with_a_reason(rule):
    for item in selection.select(_effects(), _protocol(rule)):
        assert RETRACTED not in {row["report"] for row in item.rows}, item.id
        dropped = [row for row in item.dropped if row["measurement_id"].startswith(RETRACTED)]
        assert {row["reason"] for row in dropped} == {"the report has been retracted"}
        assert {row["label"] for row in dropped} == {
            "Birch 2015, left (retracted)",
            "Birch 2015, right (retracted)",
        }


def test_without_a_retraction_the_rule_changes_nothing():
    rows = effects_sample.effects()
    assert _pooled(rows, _protocol("leave_out")) == _pooled(rows, _protocol("keep"))


def test_kept_reports_are_marked_in_every_table_and_figure():
    document = _pooled(_effects(), _protocol("keep"))
    marked = {"Birch 2015, left (retracted)", "Birch 2015, right (retracted)"}
    primary = document["syntheses"][0]
    assert {row["label"] for row in primary["studies"] if row["report"] == RETRACTED} == marked
    figures = figure_tables(document, _protocol("keep"), ["primary"])
    figure = next(iter(figures))
    assert marked <= {row.get("label") for row in figure["rows"]}
    made = pool.pool(
        _effects(), effects_sample.effects_by_r(_effects(), [0.0, 0.5, 0.9]), _protocol("keep")
    )
    assert marked <= {row["left_out"] for row in made.leave_one_out}
    assert "All of Birch 2015 (retracted) (2 cohorts)" in {
        row["left_out"] for row in made.leave_one_out
    }
    assert marked <= {row["added"] for row in made.cumulative}


def test_the_statements_name_retracted_reports_and_say_whether_they_are_in():
    said = _pooled(_effects(), _protocol())["statements"][0]
    assert said == "Retracted after publication and left out of the primary synthesis: Birch 2015."
    said = _pooled(_effects(), _protocol("keep"))["statements"][0]
    assert said == "Retracted after publication and still in the primary synthesis: Birch 2015."
    assert "Retracted" not in " ".join(_pooled(effects_sample.effects(), _protocol())["statements"])


def test_a_sensitivity_analysis_may_admit_them():
    protocol = _protocol(
        sensitivity=[{"id": "with", "label": "With retracted", "admit_flags": ["retracted"]}]
    )
    found = {item.id: item for item in selection.select(_effects(), protocol)}
    assert RETRACTED in {row["report"] for row in found["with"].rows}
    assert RETRACTED not in {row["report"] for row in found["primary"].rows}


def test_a_retracted_report_lends_no_correlation_to_others():
    """Correlations that reports give are pooled for those that give none."""
    protocol = extraction_sample.protocol()
    rows = [
        _three_sds("a2001", "1.2"),
        _three_sds("b2002", "1.1"),
        _three_sds("c2003", "2.0"),
    ]
    free = _correlation(rows, protocol)
    assert free is not None
    rows[2]["flags"] = "retracted"
    assert _correlation(rows, protocol) == _correlation(rows[:2], protocol) != free
    protocol["syntheses"]["primary"]["retracted"] = "keep"
    assert _correlation(rows, protocol) == free


def _correlation(rows, protocol):
    return effect_sizes.effect_sizes(copy.deepcopy(rows), protocol).pooled_r


def _three_sds(report, change):
    values = dict.fromkeys(COLUMNS, "") | {
        "measurement_id": f"{report}/all/30", "report": report, "study": report, "cohort": "all",
        "use": "pool", "outcome": "pain", "scale": "VAS 0-10", "timepoint_days": "30",
        "statistic": "mean_sd", "n": "40", "before_mean": "7.0", "before_sd": "1.5",
        "after_mean": "3.0", "after_sd": "1.6", "change_mean": "-4.0", "change_sd": change,
        "status": "verified",
    }  # fmt: skip
    return Row(values, "measurements.csv", 2)


# --- the protocol -------------------------------------------------------------------------------


def test_the_rule_has_a_default_and_the_programs_flags_need_no_declaration(tmp_path):
    protocol = copy.deepcopy(SCAFFOLD)
    protocol["syntheses"]["primary"]["exclude_flags"] = ["concern"]
    protocol["syntheses"]["without_each_flag"] = ["corrected"]
    protocol["flags"]["concern"] = "As this review puts it"
    folder = tmp_path / "config/reviews/demo"
    folder.mkdir(parents=True)
    (folder / "protocol.yaml").write_text(yaml.safe_dump(protocol))
    loaded = load_protocol("demo", tmp_path)
    assert loaded["syntheses"]["primary"]["retracted"] == "leave_out"
    assert loaded["flags"]["concern"] == "As this review puts it"
    assert "retracted" in loaded["flags"]["retracted"]
