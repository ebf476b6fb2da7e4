"""The figure table: what is printed is what was computed, and nothing is hidden."""

import math

import pytest

from evergrove.figures.sentences import directions, opposite
from evergrove.figures.table import forest_table, subgroup_table
from tests.figure_sample import context, hard_cases, review, studies, synthesis, with_subgroups


def table_of(rows, **more):
    return forest_table(synthesis(rows, **more), context())


def rows_of(table, kind):
    return [row for row in table["rows"] if row["kind"] == kind]


def read(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("name", ["k = 13", "negative effects", "ratios", "one huge study"])
def test_every_printed_effect_equals_the_result_to_its_printed_digits(name):
    data = hard_cases()[name]
    analysis = data["syntheses"][0]
    table = forest_table(analysis, context(**data))
    shown = math.exp if data["measure"] == "OR" else float
    expected = [
        [study["yi"], study["ci_low"], study["ci_high"]] for study in analysis["studies"]
    ] + [[analysis["fit"][key] for key in ("b", "ci_low", "ci_high")]]
    rows = rows_of(table, "study") + rows_of(table, "pooled")
    assert len(rows) == len(expected)
    for row, values in zip(rows, expected, strict=True):
        effect = row["cells"]["effect"]
        for name, value in zip(("estimate", "low", "high"), values, strict=True):
            assert row["values"][name] == value
            assert abs(read(effect[name]) - shown(value)) <= 0.5 * 10 ** -table["decimals"] + 1e-9
        assert effect["text"] == f"{effect['estimate']} [{effect['low']} to {effect['high']}]"


def test_the_prediction_and_the_robust_interval_have_rows_with_their_numbers():
    table = table_of(studies(13))
    fit = synthesis(studies(13))["fit"]
    [prediction], [robust] = rows_of(table, "prediction"), rows_of(table, "robust")
    assert prediction["values"]["low"] == fit["pi_low"]
    assert prediction["cells"]["effect"]["estimate"] == ""
    assert prediction["label"] == "95% prediction interval"
    assert robust["label"] == "Cluster-robust interval (CR2)"


def test_weights_people_and_days_are_printed_and_a_missing_day_is_a_dash():
    table = table_of(studies(5))
    rows = rows_of(table, "study")
    assert "“–” under Day: the time is not stated." in table["notes"]
    assert [row["cells"]["days"] for row in rows] == ["30", "7", "–", "365", "30"]
    assert sum(row["values"]["weight"] for row in rows) == pytest.approx(100)
    assert all(abs(read(r["cells"]["weight"]) - r["values"]["weight"]) <= 0.05 for r in rows)
    assert "time not stated" in rows[2]["spoken"]


def test_a_column_without_any_entry_is_left_out():
    untimed = table_of([row | {"timepoint_days": None, "n": None} for row in studies(3)])
    assert [column["id"] for column in untimed["columns"]] == ["study", "plot", "effect", "weight"]
    assert not any("under Day" in note for note in untimed["notes"])


def test_each_doubt_has_a_letter_and_the_key_says_what_it_means():
    table = table_of(studies(5))
    assert [row["letters"] for row in rows_of(table, "study")] == [[], ["a"], ["b"], ["a", "b"], []]
    assert [entry["flag"] for entry in table["key"]] == ["n_assumed", "time_not_stated"]
    assert table["key"][1]["text"] == "The time of the second measurement is not stated"


def test_a_doubt_that_every_row_has_is_said_once_and_not_marked():
    rows = [row | {"flags": f"{row['flags']}; scale_assumed".strip("; ")} for row in studies(5)]
    table = table_of(rows)
    assert [entry["flag"] for entry in table["key"]] == ["n_assumed", "time_not_stated"]
    assert "Every row: taken to be a scale from 0 to 10." in table["notes"]
    assert table["rows"][0]["flags"] == ["scale_assumed"]


def test_many_kinds_of_doubts_are_counted_and_stay_in_the_table():
    rows = [row | {"flags": f"doubt_{i}; doubt_{i + 1}"} for i, row in enumerate(studies(5))]
    rows.append(studies(6)[5] | {"flags": "", "rung": "converted_range"})
    table = table_of(rows)
    letters = [row["letters"] for row in rows_of(table, "study")]
    assert letters == [[], [], [], [], [], ["a"]]
    assert [entry["flag"] for entry in table["key"]] == ["converted_range"]
    note = "Doubts of 6 kinds about 5 of 6 rows are listed with the data."
    assert note in [text.replace("\u00a0", " ") for text in table["notes"]]
    assert rows_of(table, "study")[0]["flags"] == ["doubt_0", "doubt_1"]


def test_converted_rows_are_marked_too():
    rows = studies(3)
    rows[1]["rung"], rows[1]["flags"] = "converted_median_iqr", ""
    table = table_of(rows)
    assert (
        "median" in {entry["flag"]: entry["text"] for entry in table["key"]}["converted_median_iqr"]
    )


def test_the_notes_name_estimator_interval_and_heterogeneity():
    analysis = synthesis(studies(13))
    notes = " ".join(forest_table(analysis, context())["notes"]).replace("\u00a0", " ")
    fit = analysis["fit"]
    assert "13 cohorts of 7 studies" in notes
    assert "restricted maximum likelihood (REML); Knapp–Hartung interval" in notes
    assert f"τ² = {fit['tau2']:.2f} (95% CI" in notes
    assert f"Q = {fit['Q']:.2f}, df = 12" in notes
    assert "prediction interval from t with 12 df" in notes
    assert "The interval of 7 of 13 rows assumes r = 0.5 between before and after." in notes
    assert "uncontrolled change" in notes


def test_i_squared_stands_last_and_is_marked_only_where_it_rests_on_an_assumed_correlation():
    def line(rows):
        return next(n for n in table_of(rows)["notes"] if n.startswith("Heterogeneity"))

    assumed = line(studies(6))
    known = line([row | {"rung": "sd_change_reported"} for row in studies(6)])
    assert assumed.index("I²") > assumed.index("Q =") > assumed.index("τ²")
    assert "not to be read" in assumed and "not to be read" not in known


def test_no_study_is_said_and_one_study_is_not_called_pooled():
    none, one = table_of([]), table_of(studies(1))
    assert [row["label"] for row in none["rows"]] == ["No study in this synthesis"]
    assert not none["axis"]["drawn"]
    assert [row["kind"] for row in one["rows"]] == ["study"]
    assert "1 study" in one["notes"][0].replace("\u00a0", " ")
    assert "Nothing is pooled" in one["notes"][0]


def test_warnings_of_the_pooling_stand_in_the_notes():
    table = table_of(studies(2), warnings=["2 studies hardly determine tau2."])
    assert "2 studies hardly determine τ²." in table["notes"]


def test_clipped_intervals_are_known_and_said():
    data = hard_cases()["one interval far outside"]
    table = forest_table(data["syntheses"][0], context())
    clipped = [row["clipped"] for row in rows_of(table, "study")]
    assert clipped[3] == {"low": True, "high": True}
    assert clipped[5] == {"low": False, "high": True}
    assert "An arrow marks an interval that goes on beyond the axis." in table["notes"]
    assert "arrow" not in " ".join(table_of(studies(5, spread=0.1))["notes"])


def test_an_absent_line_of_no_effect_is_said():
    table = forest_table(hard_cases()["effects far from zero"]["syntheses"][0], context())
    assert table["axis"]["null"] is None
    assert "The value of no effect, 0, lies outside the axis." in table["notes"]


def levels_of(data):
    parts = {part["id"]: part for part in data["syntheses"]}
    levels = data["subgroups"][0]["levels"]
    return parts, [(level["level"], parts[level["synthesis"]]) for level in levels]


def test_subgroups_have_headers_subtotals_a_test_and_the_whole():
    data = with_subgroups()
    parts = {part["id"]: part for part in data["syntheses"]}
    levels = [
        (level["level"], parts[level["synthesis"]]) for level in data["subgroups"][0]["levels"]
    ]
    table = subgroup_table(data["subgroups"][0], levels, parts["primary"], context())
    kinds = [row["kind"] for row in table["rows"]]
    assert kinds.count("group") == 3 and kinds.count("subtotal") == 2 and kinds.count("empty") == 1
    assert kinds[-3:] == ["pooled", "robust", "prediction"]
    assert len({row["id"] for row in table["rows"]}) == len(table["rows"])
    subtotal = rows_of(table, "subtotal")[0]
    assert subtotal["values"]["estimate"] == parts["by-time-early"]["fit"]["b"]
    note = table["notes"][0].replace("\u00a0", " ")
    assert (
        note == "Test of differences between groups: Q = 1.23, df = 1, p = 0.267 (without never)."
    )
    weights = [row["values"]["weight"] for row in rows_of(table, "study")]
    assert sum(weights) == pytest.approx(100)
    assert subtotal["values"]["weight"] == pytest.approx(sum(weights[:5]))
    assert "Weights are within each group." not in table["notes"]


def test_without_the_whole_weights_are_those_within_each_group_and_said_to_be():
    data = with_subgroups()
    table = subgroup_table(data["subgroups"][0], levels_of(data)[1], None, context())
    assert "Weights are within each group." in table["notes"]
    assert sum(row["values"]["weight"] for row in rows_of(table, "study")) == pytest.approx(200)
    assert "weight" not in rows_of(table, "subtotal")[0]["values"]


def test_warnings_of_a_group_name_it():
    data = with_subgroups()
    parts, levels = levels_of(data)
    parts["by-time-late"]["warnings"] = ["The Knapp-Hartung interval of tau2 is wide."]
    table = subgroup_table(data["subgroups"][0], levels, parts["primary"], context())
    assert "Late: The Knapp–Hartung interval of τ² is wide." in table["notes"]


def test_rows_of_no_group_are_counted():
    data = with_subgroups()
    parts, levels = levels_of(data)
    table = subgroup_table(data["subgroups"][0], levels[:1], parts["primary"], context())
    missing = len(parts["primary"]["studies"]) - len(parts["by-time-early"]["studies"])
    assert any(f"{missing}\u00a0rows of no group" in note for note in table["notes"])


@pytest.mark.parametrize(
    ("phrase", "turned"),
    [
        ("less pain after than before", "more pain after than before"),
        ("Higher scores", "Lower scores"),
        ("quicker healing", None),
    ],
)
def test_the_other_side_of_no_effect_is_worded(phrase, turned):
    assert opposite(phrase) == turned
    negative, positive = directions(context(positive_means=phrase))
    assert positive == phrase
    assert negative == (turned or f"the opposite of “{phrase}”")


def test_a_spoken_row_says_everything_without_signs():
    table = forest_table(synthesis(studies(4, mean=-0.1, spread=0.2, width=20.0)), context())
    spoken = rows_of(table, "study")[0]["spoken"]
    assert "mean change" in spoken and "95% CI" in spoken and "weight" in spoken
    assert "−" not in spoken and "minus" in spoken and "line of no effect" in spoken


def test_unknown_measures_are_drawn_under_their_own_name():
    table = forest_table(synthesis(studies(3)), context(measure="XYZ", outcome=None))
    assert table["axis"]["title"] == "XYZ"
    assert review(measure=None)["measure"] is None
    assert forest_table(synthesis(studies(3)), context(measure=None))["measure"] == "GEN"


def test_characters_that_no_file_can_hold_are_replaced():
    rows = studies(2)
    rows[0]["label"] = "Al\x07der \ud800 2001"
    assert rows_of(table_of(rows), "study")[0]["label"] == "Al\ufffdder \ufffd 2001"
