"""Every doubt of the default review is a flag, and the protocol's rules yield the agreed sets.

The flags were set row by row; here each is derived a second time from the words of the committed
facts (notes, labels, confidence, NOTES.md) and both readings must agree on every measurement.
"""

import re
from decimal import Decimal

import pytest

from evergrove import report_status
from tests.test_default_review import CITATIONS, EFFECTS, FACTS, MEASUREMENTS, PROTOCOL, STUDIES

NOTES = (FACTS / "NOTES.md").read_text(encoding="utf-8")

LABELS_ONLY = set(
    re.search(r"Author/year labels of (.*?) are labels only", NOTES)[1].split(", ")
) | {"andresen2012", "andresen_osteologie40"}
# NOTES, "Ambiguous numbers" and "Added later": labelled in the text, or shown by arithmetic.
SD_LABELLED, SD_SHOWN = {"choi2017", "onen2015"}, {"klingler2013", "kortman2013"}
RANGE_STATED = {"choi2017", "trouvin2012"}
# NOTES, "Overlapping cohorts", 4 and 5.
HEIDE = {"andresen2012", "andresen_osteologie40", "andresen2014rfs", "andresen2017"}
SHANGHAI = {"tian2019", "tian2020", "tian2022"}


def n_is_shown(row) -> bool:
    """The note counts the people by their scores, out of the n analysed, or lists the scores."""
    counted = re.findall(r"\d+(?: of |/)(\d+)", row["note"])
    return row["n_analysed"] in counted or bool(re.search(r"cores (?:of )?\d(,\d)+", row["note"]))


def n_assumed(row) -> bool:
    return row["n_analysed"] == row["n_enrolled"] != "" and not n_is_shown(row)


def days(row) -> int:
    return int(row["timepoint_days"] or 0)


READINGS = {
    "time_not_stated": lambda row: row["timepoint_days"] == "",
    "time_by_order": lambda row: (
        "first listed time point" in row["note"]
        or ("third of the listed values" in row["note"] and row["timepoint_label"] == "3 months")
    ),
    "time_is_average": lambda row: (
        days(row) > 0 and bool(re.search(r"mean|median", row["timepoint_label"]))
    ),
    "time_of_other_measure": lambda row: "time of VAS itself not stated" in row["note"],
    "other_times_not_seen": lambda row: bool(
        re.search(r"not visible|month values not in abstract", row["note"])
        or "cut off in excerpt" in row["timepoint_label"]
    ),
    "n_assumed": n_assumed,
    "n_not_stated": lambda row: row["n_analysed"] == "",
    "subset_with_scores": lambda row: (
        row["n_analysed"] != "" and int(row["n_analysed"]) < int(row["n_enrolled"])
    ),
    "attrition_unknown": lambda row: (
        (days(row) > 91 and (n_assumed(row) or row["n_analysed"] == ""))
        or ("n at 3 months may be" in row["note"] and row["timepoint_label"] == "3 months")
    ),
    "unit_of_analysis_unclear": lambda row: bool(
        re.search(r"unit .* not stated|n refers to procedures", row["note"])
    ),
    "values_cut_off": lambda row: "cut off in excerpt" in row["timepoint_label"],
    "sd_assumed": lambda row: (
        row["statistic_type"] == "mean_sd"
        and row["study_id"] not in SD_LABELLED | SD_SHOWN
        and "SD or SE" not in row["note"]
    ),
    "sd_or_se_unclear": lambda row: "SD or SE" in row["note"],
    "skewed_after": lambda row: (
        row["post_sd"] != "" and Decimal(row["post_sd"]) > Decimal(row["post_value"])
    ),
    "internal_inconsistency": lambda row: bool(
        re.search("Internal inconsistency|although all said|add to 24|not 56", row["note"])
    ),
    "digits_not_reproducible": lambda row: "not reachable by rounding" in row["note"],
    "p_value_odd": lambda row: "p value odd" in row["note"],
    "scale_assumed": lambda row: (
        row["scale"].startswith("VAS") and row["study_id"] not in RANGE_STATED
    ),
    "scale_not_stated": lambda row: "scale not in abstract" in row["scale"],
    "instrument_not_named": lambda row: not re.match(r"VAS|NRS", row["scale"]),
    "global_pain": lambda row: "global pain" in row["note"],
    "low_baseline": lambda row: "low baseline" in row["note"],
    "recalled_pain": lambda row: "recall" in row["note"],
    "combined_treatment": lambda row: "RF ablation" in row["cohort"],
    "group_not_pure": lambda row: bool(
        re.search(r"mostly malignant|2 osteoporosis", row["cohort"])
        or "26/28 malignant" in row["note"]
    ),
    "known_overlap": lambda row: (
        bool(re.search("DO NOT pool|Same patients as", row["note"]))
        or row["study_id"] == "dougherty2012rsna"
    ),
    "possible_overlap": lambda row: (
        row["study_id"] in HEIDE | SHANGHAI or "probably the Heide" in row["note"]
    ),
    "tracks_another_paper": lambda row: "closely mirror" in row["note"],
    "conference_abstract": lambda row: (
        "conference abstract" in CITATIONS[row["study_id"]]["design"]
    ),
    "label_not_seen": lambda row: (
        row["study_id"] in LABELS_ONLY or "from reference lists" in row["note"]
    ),
    "confidence_below_high": lambda row: row["confidence"] != "high",
}


def test_readings_see_the_lists_that_they_rest_on():
    assert {"kamel2009", "prokop2016"} <= LABELS_ONLY and len(LABELS_ONLY) == 11
    assert [report for report, _ in MEASUREMENTS] == [row["study_id"] for row in EFFECTS]


def test_every_flag_is_declared_with_its_meaning_and_every_declared_flag_is_used():
    used = {flag for _, measurement in MEASUREMENTS for flag in measurement["flags"]}
    assert used == set(PROTOCOL["flags"]) - set(report_status.FLAGS) == set(READINGS)


def test_flags_of_a_measurement_stand_once_and_in_the_protocols_order():
    order = list(PROTOCOL["flags"])
    for _, measurement in MEASUREMENTS:
        places = [order.index(flag) for flag in measurement["flags"]]
        assert places == sorted(set(places))


@pytest.mark.parametrize("flag", READINGS)
def test_flag_stands_where_the_words_of_the_facts_say_so(flag):
    flagged = [number for number, (_, m) in enumerate(MEASUREMENTS) if flag in m["flags"]]
    read = [number for number, row in enumerate(EFFECTS) if READINGS[flag](row)]
    assert [f"{number} {EFFECTS[number]['study_id']}" for number in flagged] == [
        f"{number} {EFFECTS[number]['study_id']}" for number in read
    ]


def test_measurements_flagged_as_overlapping_name_the_other_report():
    overlapping = {(row["report"], row["cohort"]) for row in STUDIES if row["overlaps"]}
    for report, measurement in MEASUREMENTS:
        if {"known_overlap", "possible_overlap"} & set(measurement["flags"]):
            assert (report, measurement["cohort"]) in overlapping


# --- what the protocol's rules make of it -----------------------------------------------------


def usable(measurement) -> bool:
    """Whether a mean change and its SD can be had: two means with SDs, or quartiles, or a range."""
    needed = {"mean_sd": ("mean", "sd"), "median_iqr": ("median", "q1", "q3")}
    needed["mean_range"] = ("mean", "min", "max")
    names = needed.get(measurement["statistic"])
    sides = [measurement["before"] or {}, measurement["after"] or {}]
    return bool(names) and all(name in side for side in sides for name in names)


def selected(**changes) -> dict[tuple[str, str], dict]:
    """The measurement of each cohort that the primary rules, changed as said, would pool."""
    rules = PROTOCOL["syntheses"]["primary"] | changes
    window = rules["window"]
    use = {(row["report"], row["cohort"]): row["use"] for row in STUDIES}
    chosen: dict[tuple[str, str], dict] = {}
    for report, measurement in MEASUREMENTS:
        key, when = (report, measurement["cohort"]), measurement["timepoint"]["days"]
        n = measurement["n_analysed"]
        admitted = (
            use[key] == "pool"
            and measurement["statistic"] in rules["statistics"]
            and usable(measurement)
            and n is not None
            and int(n) >= rules["min_n"]
            and not set(measurement["flags"]) & set(rules["exclude_flags"])
        )
        if not admitted or (when is None and rules["unstated_time"] != "admit"):
            continue
        if when is not None and not window["min_days"] <= int(when) <= window["max_days"]:
            continue
        distance = float("inf") if when is None else abs(int(when) - window["nearest_days"])
        if key not in chosen or distance < chosen[key]["distance"]:
            chosen[key] = {"distance": distance, **measurement}
    return chosen


PRIMARY = {
    ("kortman2013", "insufficiency_fracture"): None,
    ("kortman2013", "sacral_lesion (mostly malignant)"): None,
    ("choi2017", "insufficiency_fracture"): "30",
    ("kamel2009", "insufficiency_fracture"): "28",
    ("pereira2013", "all (84.5% tumour, 15.5% osteoporotic)"): None,
    ("prokop2016", "insufficiency_fracture; balloon, CT-guided"): None,
    ("prokop2016", "insufficiency_fracture; balloon, C-arm"): None,
    ("tian2020", "metastatic"): "3",
    ("feng2017", "metastatic"): "30",
    ("yangxb2019", "insufficiency_fracture"): "1",
    ("onen2015", "insufficiency_fracture"): None,
}


def test_primary_set_is_the_one_of_the_notes():
    found = selected()
    assert {key: item["timepoint"]["days"] for key, item in found.items()} == PRIMARY
    study = {(row["report"], row["cohort"]): row["study"] for row in STUDIES}
    assert len({study[key] for key in found}) == 9
    assert sum(int(item["n_analysed"]) for item in found.values()) == 482


@pytest.mark.parametrize(
    ("analysis", "more"),
    [
        ("with-small-series", {"klingler2013": "1", "tian2019": None}),
        ("with-tracking-report", {"eichler2014": "4"}),
        ("with-converted", {"gupta2014": "27", "dougherty2014": "18", "kasda2022ioa": "14"}),
        ("without-conference-abstracts", {}),
    ],
)
def test_sensitivity_analysis_adds_what_the_notes_say(analysis, more):
    primary = PROTOCOL["syntheses"]["primary"]
    item = next(item for item in PROTOCOL["syntheses"]["sensitivity"] if item["id"] == analysis)
    admitted = set(item.get("admit_flags", ()))
    excluded = [flag for flag in primary["exclude_flags"] if flag not in admitted]
    found = selected(
        statistics=[*primary["statistics"], *item.get("add_statistics", ())],
        min_n=item.get("min_n", primary["min_n"]),
        exclude_flags=[*excluded, *item.get("drop_flags", ())],
    )
    added = {key[0]: found[key]["timepoint"]["days"] for key in found.keys() - PRIMARY.keys()}
    assert added == more and found.keys() >= PRIMARY.keys()
    assert len(found) == len(PRIMARY) + len(more)


def test_one_sensitivity_analysis_for_each_kind_of_doubt_in_the_primary_set():
    flags = {flag for item in selected().values() for flag in item["flags"]}
    assert set(PROTOCOL["syntheses"]["without_each_flag"]) == flags
