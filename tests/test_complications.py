"""Events per cohort: what is refused, what is left out and why, what is pooled and shown."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from evergrove import complications as kept
from evergrove import cross_check, tables
from evergrove.errors import EvergroveError
from evergrove.extraction_files import Cohort, Studies, read_studies
from evergrove.page import complications as page
from evergrove.page.parts import as_csv
from evergrove.protocol import load_protocol
from tests import page_sample
from tests.effects_sample import protocol

REVIEW = Path("config/reviews/sacroplasty")


def studies(*more):
    rows = [
        ("alder2011", "all", "alder2011", "pool", ""),
        ("birch2015", "left", "birch2015", "pool", ""),
        ("birch2015", "right", "birch2015", "pool", ""),
        ("cedar2018", "all", "cedar2018", "no", "Its people are those of alder2011."),
        ("elm2020", "old", "elm2020", "pool", ""),
        ("elm2020", "young", "elm2020", "no", "Another treatment."),
        ("fir2021", "*", "fir2021", "pool", ""),
        *more,
    ]
    return Studies(
        Cohort(report, cohort, study, "", use, (), reason, None)
        for report, cohort, study, use, reason in rows
    )


def screened(**decisions):
    names = ("alder2011", "birch2015", "cedar2018", "elm2020", "fir2021")
    return [
        {"report": name, "decision": decisions.get(name, "include"), "status": ""} for name in names
    ]


def read(tmp_path, *lines):
    path = tmp_path / "complications.csv"
    path.write_text("\n".join([",".join(kept.COLUMNS), *lines]) + "\n", encoding="utf-8")
    return kept.read_complications(path, studies())


ROWS = (
    "alder2011,*,leak,3,40,",
    "birch2015,left,leak,0,25,One more was doubtful.",
    "birch2015,right,leak,2,31,",
    "cedar2018,*,leak,1,40,",
    "elm2020,*,leak,1,9,",
    "elm2020,old,burn,0,6,",
    "fir2021,*,burn,0,12,",
)


def block(tmp_path, rows=ROWS, the_screened=None, **primary):
    the_protocol = protocol()
    the_protocol["syntheses"]["primary"] |= primary
    counts = read(tmp_path, *rows)
    review = kept.Kept(counts, studies(), the_screened or screened())
    return kept.pooled_complications(review, the_protocol)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("oak1999,*,leak,1,20,", "not a report of studies.csv"),
        ("alder2011,none,leak,1,20,", "not a cohort of alder2011"),
        ("alder2011,*,leak,1.5,20,", "not a whole number"),
        ("alder2011,*,leak,,20,", "not a whole number"),
        ("alder2011,*,leak,17.7% of people,20,", "not a whole number"),
        ("alder2011,*,leak,1,0,", "nobody"),
        ("alder2011,*,leak,21,20,", "more than the 20 people"),
        ("alder2011,*,,1,20,", "empty"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(tmp_path, row, problem):
    with pytest.raises(EvergroveError, match=problem) as caught:
        read(tmp_path, "fir2021,*,leak,1,20,", row)
    assert "line 3" in str(caught.value)


@pytest.mark.parametrize(
    "rows",
    [
        ("birch2015,left,leak,1,20,", "birch2015,left,leak,1,20,"),
        ("birch2015,*,leak,1,20,", "birch2015,left,leak,1,20,"),
        ("birch2015,left,leak,1,20,", "birch2015,*,leak,1,20,"),
    ],
)
def test_people_counted_twice_are_refused(tmp_path, rows):
    with pytest.raises(EvergroveError, match=r'counted twice for "leak" \(line 2\)'):
        read(tmp_path, *rows)
    assert len(read(tmp_path, rows[0], rows[1].replace("leak", "burn"))) == 2


def test_what_is_left_out_says_why_and_nothing_is_lost(tmp_path):
    made = block(tmp_path)
    reasons = {(row["report"], row["event"]): row["reason"] for row in made["dropped"]}
    assert reasons == {
        ("cedar2018", "leak"): "Its people are those of alder2011.",
        ("elm2020", "leak"): "Not all of these people are used, and they are not counted apart.",
    }
    pooled = sum(event["k"] for event in made["events"])
    assert pooled + len(made["dropped"]) == len(ROWS)


def test_reports_not_included_and_retracted_are_left_out(tmp_path):
    made = block(tmp_path, the_screened=screened(fir2021="unclear"))
    assert made["events"][1]["people"] == 6
    rows = screened()
    rows[-1]["status"] = "retraction_in:99"
    made = block(tmp_path, the_screened=rows)
    assert made["dropped"][-1]["reason"] == "The report has been retracted."
    kept_in = block(tmp_path, the_screened=rows, retracted="keep")
    assert kept_in["events"][1]["people"] == 18


def test_an_event_that_nobody_had_keeps_its_rows_and_gets_an_upper_limit(tmp_path):
    burn = block(tmp_path)["events"][1]
    assert (burn["events"], burn["people"], burn["k_without_events"]) == (0, 18, 2)
    # Clopper and Pearson with no event: 1 - (alpha/2)^(1/n).
    assert burn["crude"]["ci_high"] == pytest.approx(1 - 0.025 ** (1 / 18), rel=1e-12)
    assert [group["ci_high"] for group in burn["groups"]] == pytest.approx(
        [1 - 0.025 ** (1 / n) for n in (6, 12)], rel=1e-12
    )
    assert burn["glmm"]["reason"] == "no_events"
    assert burn["double_arcsine"]["reason"] == "no_events"
    assert any("not evidence that the risk is 0" in text for text in burn["warnings"])


def test_cohorts_of_one_study_are_warned_of_and_one_cohort_is_not_pooled(tmp_path):
    leak = block(tmp_path)["events"][0]
    assert leak["n_studies"] == 2 and leak["k"] == 3
    assert any("taken as independent" in text for text in leak["warnings"])
    only = block(tmp_path, ROWS[:1])["events"][0]
    assert "One cohort: nothing is pooled." in only["warnings"]
    assert only["double_arcsine"]["reason"] == "one_study"


def test_the_engines_refit_what_they_can(tmp_path):
    made = block(tmp_path)
    document = {"syntheses": [], "subgroups": [], "complications": made}
    result = cross_check.cross_check(document)
    checked = {(row["synthesis"], row["quantity"]) for row in result["checks"]}
    assert ("burn", "exact ci_high of all as one group") in checked
    assert ("leak", "exact ci_low of Alder 2011") in checked
    assert ("leak", "b") in checked and ("leak", "PM tau2") in checked
    assert result["max_relative_difference"] < 1e-7
    assert any("glmm" in row["quantity"] for row in result["not_checked"])
    made["events"][0]["crude"]["ci_high"] *= 1.001
    with pytest.raises(EvergroveError, match="statsmodels disagrees"):
        cross_check.cross_check(document)


def test_the_page_shows_every_cohort_and_the_upper_limit(tmp_path):
    sample = page_sample.sample()
    results = replace(sample, syntheses=sample.syntheses | {"complications": block(tmp_path)})
    text = as_csv(page.complications(results)).decode()
    assert "Alder 2011,3,40,7.5%,1.6–20.4%" in text.replace("\u00a0", " ")
    limit = 100 * (1 - 0.025 ** (1 / 18))
    assert f"All people as one group,0,18,0.0%,up to {limit:.1f}%" in text
    assert "Binomial-normal model,5,96," in text and "One more was doubtful." in text
    empty = page.complications(sample)
    assert empty["groups"] == [] and "No counts" in empty["empty"]


def test_the_default_review_carries_over_what_its_table_of_facts_prints():
    the_protocol = load_protocol("sacroplasty")
    rows = kept.read_complications(
        REVIEW / "complications.csv", read_studies(REVIEW / "studies.csv", the_protocol)
    )
    facts = {
        row["report"]: row
        for row in tables.read_csv(REVIEW / "characteristics.csv", ("report", "n_total"), ("*",))
    }
    columns = {"major complication": "major_complications", "cement leak (people)": "cement_leak"}
    for row in rows:
        assert str(row.events) == facts[row.report][columns[row.event]]
        assert str(row.n) == facts[row.report]["n_total"]
    # What is not carried over: counts of procedures and lesions, a percentage, and a count that
    # is larger than the number of people who were treated (SOURCES.md).
    there = {(row.report, columns[row.event]) for row in rows}
    absent = {
        (name, column)
        for name, row in facts.items()
        for column in columns.values()
        if row[column] and (name, column) not in there
    }
    assert absent == {
        (name, "cement_leak") for name in ("moussazadeh2015", "feng2017", "beall2023", "yangsc2018")
    }
    assert math.isclose(sum(row.n for row in rows if row.event == "major complication"), 633)
