"""Hand-kept extraction: what is right is read digit by digit, every mistake is named."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove import printed_numbers
from evergrove.errors import EvergroveError
from evergrove.extraction_files import (
    check_cohorts,
    check_places,
    check_studies_against_reports,
    load_extraction_folder,
    read_extraction,
    read_studies,
)
from evergrove.extraction_rules import as_printed
from tests.extraction_sample import (
    TEXT,
    document,
    measurement,
    place,
    protocol,
    sha256,
    studies_file,
    write,
)

SPANS = {
    "n_enrolled": place("Forty"),
    "n_analysed": place("24"),
    "before.mean": place("7.0"),
    "before.sd": place("1.5"),
    "after.mean": place("3.10"),
    "after.sd": place("2.0"),
    "change.mean": place("3.9"),
    "timepoint.days": place("4 weeks"),
    "timepoint.label": place("4 weeks"),
    "p": place("p < 0.001"),
}


def refused(call):
    with pytest.raises(EvergroveError) as caught:
        call()
    return caught.value


def with_spans(**changes):
    item = measurement(spans=SPANS | changes, change={"mean": -3.9})
    source = {"location": "abstract", "url": None, "sha256": sha256()}
    return document(item, source=source)


# ---- what is right ----


def test_numbers_keep_their_printed_digits(tmp_path):
    text = json.dumps(document()).replace("7.0", "7.00").replace("3.1,", "3.10,")
    found = read_extraction(write(tmp_path, text, "loom2020"), protocol())
    values = found.measurements[0].values
    assert as_printed(values["before_mean"]) == "7.00"
    assert as_printed(values["after_mean"]) == "3.10"
    assert found.verified_by == "A. Reader"


def test_places_that_hold_their_values_are_accepted(tmp_path):
    found = read_extraction(write(tmp_path, with_spans()), protocol())
    assert check_places(found, ["another text", TEXT]) == TEXT


@pytest.mark.parametrize(
    "item",
    [
        measurement(statistic="mean_only", before={"mean": 7}, after=None),
        measurement(statistic="mean_only", after={"mean": 3}),
        measurement(statistic="median_only", before={"median": 7}, after={"median": 3}),
        measurement(statistic="p_value_only", before=None, after=None, p=None),
        measurement(before=None, after=None, change={"mean": -4, "ci_low": -5, "ci_high": -3}),
        measurement(before={"mean": 7, "se": 0.3}, after={"mean": 3, "ci_low": 2, "ci_high": 4}),
        measurement(statistic="median_iqr", before={"median": 7, "q1": 5, "q3": 8},
                    after={"median": 3, "q1": 1, "q3": 4}),
        measurement(statistic="median_iqr", after={"median": 3, "q1": 1, "q3": 4}),
        measurement(statistic="median_range", before={"median": 7, "min": 5, "max": 8},
                    after={"median": 3, "min": 1, "max": 4}),
        measurement(statistic="mean_range", before={"mean": 7, "min": 5, "max": 8},
                    after={"mean": 3, "min": 1, "max": 4}),
        measurement(test={"name": "paired_t", "statistic": 9.1}, correlation=0.4),
        measurement(p="0.0015"), measurement(p=0.04), measurement(p="ns"), measurement(p=".001"),
        measurement(n_analysed=None), measurement(timepoint__days=None),
    ],
)  # fmt: skip
def test_every_statistic_can_be_written(tmp_path, item):
    found = read_extraction(write(tmp_path, document(item)), protocol())
    assert found.measurements[0].statistic == item["statistic"]


def test_unverified_and_empty_files_are_read(tmp_path):
    data = document(verified=None) | {"measurements": []}
    found = read_extraction(write(tmp_path, data), protocol())
    assert found.verified_by is None and found.measurements == ()


# ---- one measurement that is wrong ----


@pytest.mark.parametrize(
    ("item", "at", "words"),
    [
        (measurement(before__sd=-1.5), "before.sd", "below zero"),
        (measurement(after__sd=None, after__se=-0.1), "after.se", "below zero"),
        (measurement(before__mean=11), "before.mean", 'outside the scale "VAS 0-10" (0 to 10)'),
        (measurement(scale="VAS 0-100", before__mean=100.5), "before.mean", "outside the scale"),
        (measurement(change={"mean": -10.5}), "change.mean", "outside the scale"),
        (measurement(n_analysed=0), "n_analysed", "not a whole number of 1 or more"),
        (measurement(n_analysed=-3), "n_analysed", "not a whole number of 1 or more"),
        (measurement(n_enrolled=20.5), "n_enrolled", "not a whole number of 1 or more"),
        (measurement(timepoint__days=-1), "timepoint.days", "not a whole number of 0 or more"),
        (measurement(n_analysed="24"), "n_analysed", "not a number"),
        (measurement(n_analysed=True), "n_analysed", "not a number"),
        (measurement(before__mean="7.0"), "before.mean", "without quotes"),
        (measurement(before=7.0), "before", "not an object"),
        (measurement(n_analyzed=24), "n_analyzed", 'Did you mean "n_analysed"?'),
        (measurement(before__SD=1), "before.SD", 'Did you mean "sd"?'),
        (measurement(timepoint__day=1), "timepoint.day", 'Did you mean "days"?'),
        (measurement(flags=["n_asumed"]), "flags[0]", 'Did you mean "n_assumed"?'),
        (measurement(flags=["n_assumed", "n_assumed"]), "flags[1]", "stands twice"),
        (measurement(flags="n_assumed"), "flags", "not a list"),
        (measurement(scale="VAS 0-11"), "scale", 'Did you mean "VAS 0-10"?'),
        (measurement(outcome="function"), "outcome", "unknown outcome"),
        (measurement(statistic="mean_ds"), "statistic", 'Did you mean "mean_sd"?'),
        (measurement(confidence="sure"), "confidence", "Known: high, low, medium"),
        (measurement(cohort=" "), "cohort", "not a text"),
        (measurement(timepoint={"days": 3}), "timepoint", '"label" is missing'),
        (measurement(p="<2"), "p", "not a p value"),
        (measurement(p="significant"), "p", "not a p value"),
        (measurement(correlation=1.2), "correlation", "outside -1 to 1"),
        (measurement(test={"name": "t"}), "test.name", "unknown test"),
        (measurement(before__ci_low=5, before__ci_high=6), "before.mean", "above ci_high (6)"),
        (measurement(before__ci_low=8), "before.ci_high", "missing beside ci_low"),
        (measurement(before__ci_level=1, before__ci_low=6, before__ci_high=8, after__ci_level=100),
         "after.ci_level", "not a percentage"),
        (measurement(before__median=6, before__q1=6.5, before__q3=7), "before.q1", "above median"),
        (measurement(before__q1=8, before__q3=7), "before.q1", "above q3 (7)"),
        (measurement(before__min=8, before__max=5), "before.min", "above max (5)"),
        (measurement(before__min=7.5, before__max=9), "before.min", "above mean (7.0)"),
        (measurement(after=None), "", '"mean_sd" needs the mean before and after'),
        (measurement(after={"mean": 3}), "", '"mean_sd" needs an SD, SE or confidence interval'),
        (measurement(statistic="median_iqr", after={"median": 3, "q1": 2, "q3": 4},
                     before={"mean": 7}), "", "before.median, before.q1, before.q3"),
        (measurement(statistic="mean_only"), "statistic", 'Write "mean_sd"'),
        (measurement(statistic="p_value_only"), "statistic", "there is more than a p value"),
        (measurement(spans={"before.maen": [1, 2]}), "spans.before.maen", "unknown key"),
        (measurement(spans={"before.se": [1, 2]}), "spans.before.se", "a place without a value"),
        (measurement(spans={"p": [5, 5]}), "spans.p", "not a place in the text"),
        (measurement(spans={"p": [-1, 5]}), "spans.p", "not a place in the text"),
        (measurement(spans={"p": [1.0, 5]}), "spans.p", "not a place in the text"),
        (measurement(spans={"p": [1, 5]}), "spans", "a text that is not named"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_wrong_measurement_is_named_with_file_place_and_value(tmp_path, item, at, words):
    path = write(tmp_path, document(measurement(cohort="others"), item))
    error = refused(lambda: read_extraction(path, protocol()))
    assert error.file == str(path)
    assert error.place == ".".join(part for part in ("measurements[1]", at) if part)
    assert words in str(error)


def test_missing_key_of_a_measurement_is_named(tmp_path):
    item = measurement()
    del item["scale"]
    error = refused(lambda: read_extraction(write(tmp_path, document(item)), protocol()))
    assert error.place == "measurements[0]" and '"scale" is missing' in str(error)


# ---- a file that is wrong ----


@pytest.mark.parametrize(
    ("data", "at", "words"),
    [
        (document(report="other"), "report", "not the file's name"),
        (document(verified={"by": "x", "on": "6 May"}), "verified.on", "not a date"),
        (document(verified={"on": "2024-01-01"}), "verified", '"by" is missing'),
        (document(source={"location": "abstract", "sha256": "12"}), "source.sha256", "SHA-256"),
        (document(source={"sha256": None}), "source", '"location" is missing'),
        (document(note="x"), "note", "unknown key"),
        (document(measurements={}), "measurements", "not a list"),
        (document(measurement(), measurement()), "measurements[1]", "same measurement as"),
        ([1], None, "not an object"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(tmp_path, data, at, words):
    error = refused(
        lambda: read_extraction(write(tmp_path, json.dumps(data), "loom2020"), protocol())
    )
    assert error.place == at
    assert words in str(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not valid JSON"),
        ('{"report": NaN}', "not a number that JSON allows"),
        ('{"report": "a", "report": "b"}', 'the key "report" stands twice'),
        ("[" * 100_000, "not valid JSON"),
        ('{"report": 1' + "0" * 5000 + "}", "not valid JSON"),
        ("", "not valid JSON"),
    ],
)
def test_what_is_no_json_is_said(tmp_path, text, words):
    error = refused(lambda: read_extraction(write(tmp_path, text, "loom2020"), protocol()))
    assert words in str(error)


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400, "-1e10"])
def test_a_number_beyond_all_bounds_is_refused(tmp_path, number):
    text = json.dumps(document()).replace("7.0", number)
    error = refused(lambda: read_extraction(write(tmp_path, text, "loom2020"), protocol()))
    assert error.place == "measurements[0].before.mean"


def test_a_file_with_another_ending_is_not_passed_over(tmp_path):
    (tmp_path / "loom2020.JSON").write_text("{}")
    studies = read_studies(studies_file(tmp_path.parent), protocol())
    error = refused(lambda: load_extraction_folder(tmp_path, protocol(), studies))
    assert "Name it <report>.json" in str(error)


def test_hidden_files_and_a_folder_that_is_not_there_hold_nothing(tmp_path):
    (tmp_path / ".gitkeep").write_text("")
    studies = read_studies(studies_file(tmp_path.parent), protocol())
    assert load_extraction_folder(tmp_path, protocol(), studies) == []
    assert load_extraction_folder(tmp_path / "none", protocol(), studies) == []


# ---- places in the text ----


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"before.mean": place("1.5")}, 'the text there is not before.mean = 7.0 (found: "1.5")'),
        ({"before.mean": [0, 3]}, "7.0 stands at"),
        ({"after.sd": [len(TEXT) - 2, len(TEXT) + 1]}, "outside the text"),
        ({"p": place("24")}, "the text there is not p"),
        ({"p": place("> 0", "x > 0")}, "the text there is not p"),
        ({"timepoint.label": place("VAS")}, "the text there is not label = 4 weeks"),
        ({"timepoint.days": place("24 weavers")}, "the text there is not days = 28"),
        ({"n_enrolled": place("24")}, "the text there is not n_enrolled = 40"),
        ({"change.mean": place("3.10")}, "the text there is not change.mean"),
    ],
)
def test_a_place_that_does_not_hold_its_value_is_refused(tmp_path, changes, words):
    found = read_extraction(write(tmp_path, with_spans(**changes)), protocol())
    error = refused(lambda: check_places(found, [TEXT]))
    assert error.place.startswith("measurements[0].spans.")
    assert words in str(error)


def test_a_value_that_was_changed_no_longer_stands_at_its_place(tmp_path):
    data = with_spans()
    data["measurements"][0]["before"]["mean"] = 7.1
    found = read_extraction(write(tmp_path, data), protocol())
    error = refused(lambda: check_places(found, [TEXT]))
    assert "The text does not hold 7.1" in str(error)


@pytest.mark.parametrize(
    ("texts", "words"), [(["changed"], "Read the report again"), ([], "No abstract is held")]
)
def test_a_text_that_is_not_the_one_that_was_read_is_refused(tmp_path, texts, words):
    found = read_extraction(write(tmp_path, with_spans()), protocol())
    error = refused(lambda: check_places(found, texts))
    assert error.place == "source.sha256" and words in str(error)


def test_without_a_text_there_is_nothing_to_check(tmp_path):
    assert check_places(read_extraction(write(tmp_path, document()), protocol()), [TEXT]) is None


# ---- studies.csv ----


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("loom2020,,s,,pool,,", "column cohort: empty"),
        ("loom2020,weavers,s,,yes,,", "unknown use"),
        ("loom2020,weavers,s,,no,,", "Say why this cohort is not used"),
        ("loom2020,weavers,s,fractures,pool,,", 'Did you mean "fracture"?'),
        ("loom2020,weavers,s,pool,,", "the row has 6 cells"),
    ],
)
def test_a_wrong_row_of_studies_is_named_with_its_line(tmp_path, row, words):
    path = studies_file(tmp_path, "loom2020,*,loom,,pool,,", row)
    error = refused(lambda: read_studies(path, protocol()))
    assert error.place.startswith("line 3") and words in str(error)


def test_a_cohort_stands_in_studies_once(tmp_path):
    path = studies_file(tmp_path, "loom2020,weavers,a,,pool,,", "loom2020,weavers,b,,pool,,")
    assert "stands twice for loom2020 (line 2)" in str(
        refused(lambda: read_studies(path, protocol()))
    )


def test_a_cohorts_own_row_goes_before_the_star(tmp_path):
    path = studies_file(tmp_path, "loom2020,*,a,,pool,,", "loom2020,weavers,b,fracture,no,,nested")
    studies = read_studies(path, protocol())
    assert studies.find("loom2020", "weavers").study == "b"
    assert studies.find("loom2020", "spinners").study == "a"
    assert studies.find("other", "weavers") is None
    assert len(studies) == 2


def test_every_cohort_needs_a_row_and_every_row_its_cohort(tmp_path):
    found = [read_extraction(write(tmp_path, document()), protocol())]
    none = read_studies(studies_file(tmp_path, "loom2020,weaver,a,,pool,,"), protocol())
    error = refused(lambda: check_cohorts(found, none))
    assert error.place == "measurements[0].cohort" and 'Did you mean "weaver"?' in str(error)
    check_cohorts(found, none, reports=set())
    path = studies_file(tmp_path, "loom2020,*,a,,pool,,", "loom2020,spinners,a,,no,,why")
    error = refused(lambda: check_cohorts(found, read_studies(path, protocol())))
    assert error.place == "line 3, column cohort" and "not in loom2020.json" in str(error)


def test_reports_that_studies_names_must_have_been_screened(tmp_path):
    path = studies_file(tmp_path, "loom2020,*,a,,pool,loom2019; silk,")
    studies = read_studies(path, protocol())
    check_studies_against_reports(studies, {"loom2020", "loom2019", "silk"})
    error = refused(lambda: check_studies_against_reports(studies, {"loom2020", "silk"}))
    assert error.place == "line 2, column overlaps"
    assert "column report" in str(refused(lambda: check_studies_against_reports(studies, {"silk"})))


# ---- printed numbers ----


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("9.2", {"9.2"}),
        ("14·7", {"14.7"}),
        ("6,8", {"6.8"}),
        ("−7.6", {"-7.6"}),
        ("– 0.4", {"-0.4"}),
        ("1,234", {"1234", "1.234"}),
        ("12 345", {"12345"}),
        ("Two hundred and forty-three", {"243"}),
        ("one thousand and six", {"1006"}),
        ("9.2±1.1", set()),
        ("nine-ish", set()),
        ("", set()),
    ],
)
def test_numbers_are_read_in_every_way_they_may_be_meant(surface, expected):
    assert printed_numbers.numbers(surface) == {Decimal(number) for number in expected}


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("P<.001", ("<", Decimal("0.001"))),
        ("p = 0.04", ("=", Decimal("0.04"))),
        ("0.04", ("=", Decimal("0.04"))),
        ("p value ≤ 0.05", ("<", Decimal("0.05"))),
        ("&lt;0.01", ("<", Decimal("0.01"))),
        ("significant", None),
    ],
)
def test_p_values_are_read_with_their_sign(surface, expected):
    assert printed_numbers.p_value(surface) == expected


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("4 weeks", 28), ("3 months", 91), ("one year", 365), ("24 h", 1), ("18-month", 548),
     ("2 yrs.", 730)],
)  # fmt: skip
def test_times_are_read_as_days(surface, expected):
    assert printed_numbers.days(surface) == {expected}


@settings(max_examples=80, deadline=None)
@given(st.decimals(-1000, 1000, places=2, allow_nan=False))
def test_a_plain_numeral_is_read_as_itself(number):
    assert number in printed_numbers.numbers(str(number))
