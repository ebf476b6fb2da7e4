"""Summary, cumulative and leave-one-out forests: numbers of tables, places on sheets."""

import itertools

import pytest

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import fonts
from evergrove.figures.sequence_forest import (
    cumulative_sheet,
    cumulative_table,
    leave_one_out_sheet,
    leave_one_out_table,
)
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC
from evergrove.figures.summary_forest import summary_sheet, summary_table
from tests.figure_sample import LONG_LABELS, context
from tests.row_figure_sample import SIZES, analyses, sequence
from tests.sheet_checks import assert_texts_are_apart, extent, group, texts

LABELS = {"short labels": (), "long labels": LONG_LABELS}


def placed(place, table):
    return place(table, GENERIC, fonts.advance, fonts.line_is_tall)


def printed(value, digits=2):
    return wording.number(value, digits)


def drawn_table(kind, k, labels=()):
    if kind == "summary":
        return summary_table(analyses(k, labels), context()), summary_sheet
    added, left, whole = sequence(k, labels)
    if kind == "cumulative":
        return cumulative_table(added, context(), whole["fit"]), cumulative_sheet
    return leave_one_out_table(left, context(), whole), leave_one_out_sheet


@pytest.mark.parametrize("kind", ["summary", "cumulative", "leave-one-out"])
@pytest.mark.parametrize(("k", "labels"), list(itertools.product(SIZES, LABELS)))
def test_texts_are_apart_and_outside_the_plot(kind, k, labels):
    table, place = drawn_table(kind, k, LABELS[labels])
    sheet = placed(place, table)
    assert_texts_are_apart(sheet)
    left, right = table["placement"]["columns"]["plot"]
    for row in table["rows"]:
        for item in group(sheet, row["id"]).items:
            if isinstance(item, Words) and row["kind"] != "group":
                assert item.box[2] <= left or item.box[0] >= right, item.text
            elif isinstance(item, Shape):
                assert left <= extent(item)[0] and extent(item)[2] <= right


def test_the_summary_has_a_row_for_every_analysis_with_its_numbers():
    data = analyses(13)
    table = summary_table(data, context())
    rows = [row for row in table["rows"] if row["kind"] != "group"]
    assert [row["label"] for row in rows[: len(data["syntheses"])]] == [
        s["label"] for s in data["syntheses"]
    ]
    assert [row["label"] for row in rows[len(data["syntheses"]) :]] == [
        "r = 0",
        "r = 0.5",
        "r = 0.9",
    ]
    sheet = placed(summary_sheet, table)
    for row, synthesis in zip(rows, data["syntheses"], strict=False):
        fit, seen = synthesis["fit"], texts(sheet, row["id"])
        assert row["cells"]["k"] == str(synthesis["k"]) in seen
        assert row["cells"]["n"] == str(synthesis["n_people"]) in seen
        if fit is None:
            assert (row["kind"], row["cells"]["effect"]["estimate"]) == ("none", "–")
            assert not any(isinstance(item, Shape) for item in group(sheet, row["id"]).items)
            continue
        assert printed(fit["b"]) in seen
        assert f"[{printed(fit['ci_low'])}" in seen and f"{printed(fit['ci_high'])}]" in seen
        if synthesis["k"] > 1:
            digits = len(row["cells"]["tau2"].partition(".")[2])
            assert 2 <= digits <= 4
            assert row["cells"]["tau2"] == printed(fit["tau2"], digits) in seen
        else:
            assert (row["shape"], "tau2" in row["cells"]) == ("square", False)
        if fit.get("pi_low") is not None:
            assert f"[{printed(fit['pi_low'])}" in seen and f"{printed(fit['pi_high'])}]" in seen
            assert (
                f"prediction interval {printed(fit['pi_low'])} to".replace("−", "minus ")
                in (row["spoken"])
            )


def test_the_same_rows_as_the_primary_are_marked_and_the_mark_is_explained():
    table = summary_table(analyses(5), context())
    marked = [row["label"] for row in table["rows"] if row.get("letters")]
    assert marked == ["Without doubt number 4"]
    assert [entry["letter"] for entry in table["key"]] == ["a"]


def test_prediction_intervals_stand_behind_the_estimates_at_their_values():
    table = summary_table(analyses(5), context())
    sheet = placed(summary_sheet, table)
    axis, (left, right) = table["axis"], table["placement"]["axis"]

    def x(value):
        return left + (value - axis["low"]) / (axis["high"] - axis["low"]) * (right - left)

    row = next(row for row in table["rows"] if row["kind"] == "primary")
    lines = [i for i in group(sheet, row["id"]).items if isinstance(i, Line)]
    assert extent(lines[0])[0] == pytest.approx(x(row["values"]["pi_low"]), abs=0.01)
    assert extent(lines[0])[2] == pytest.approx(x(row["values"]["pi_high"]), abs=0.01)


def test_a_clipped_prediction_interval_has_an_arrow_on_its_side():
    table = summary_table(analyses(13), context())
    sheet = placed(summary_sheet, table)
    _, right = table["placement"]["axis"]
    clipped = [row for row in table["rows"] if row.get("clipped", {}).get("pi_high")]
    assert clipped
    for row in clipped:
        heads = [
            i for i in group(sheet, row["id"]).items if isinstance(i, Shape) and len(i.points) == 3
        ]
        assert any(extent(head)[0] >= right - 0.02 for head in heads), row["label"]


def test_the_cumulative_rows_are_those_of_the_file_and_end_in_the_diamond():
    added, _, whole = sequence(13)
    table = cumulative_table(added, context(), whole["fit"])
    assert [row["cells"]["k"] for row in table["rows"]] == [row["k"] for row in added]
    for row, source in zip(table["rows"], added, strict=True):
        assert row["values"]["estimate"] == float(source["b"])
        assert row["cells"]["effect"]["low"] == printed(float(source["ci_low"]))
        assert row["label"].removeprefix("+ ") == source["added"]
    assert [row["shape"] for row in table["rows"]] == ["square"] * 12 + ["diamond"]
    assert table["rows"][-1]["values"]["estimate"] == pytest.approx(whole["fit"]["b"])
    assert "tau2" not in {k for k, v in table["rows"][0]["cells"].items() if v}


def test_what_moves_the_estimate_most_is_the_only_triangle():
    _, left, whole = sequence(13)
    table = leave_one_out_table(left, context(), whole)
    b = whole["fit"]["b"]
    most = max(range(13), key=lambda i: abs(float(left[i]["b"]) - b))
    assert [n for n, row in enumerate(table["rows"]) if row.get("shape") == "triangle"] == [most]
    [note] = [note for note in table["notes"] if "triangle" in note]
    assert printed(float(left[most]["b"])) in note and printed(b) in note
    assert left[most]["left_out"] in note
    assert table["rows"][-1]["values"]["estimate"] == b
    assert table["rows"][-1]["kind"] == "pooled"


def test_nothing_is_marked_where_nothing_moves():
    _, left, whole = sequence(4)
    left = [row | {"b": repr(whole["fit"]["b"])} for row in left]
    shapes = {row.get("shape") for row in leave_one_out_table(left, context(), whole)["rows"]}
    assert shapes == {"square", "diamond"}


def test_a_row_without_an_estimate_is_there_with_a_dash():
    _, left, whole = sequence(2)
    left = [row | dict.fromkeys(("b", "ci_low", "ci_high", "tau2"), "") for row in left]
    table = leave_one_out_table(left, context(), whole)
    assert [row["kind"] for row in table["rows"]] == ["none", "none", "pooled"]
    assert_texts_are_apart(placed(leave_one_out_sheet, table))


def test_what_is_no_number_is_named():
    added, _, _ = sequence(2)
    added[1]["ci_low"] = "wide"
    with pytest.raises(EvergroveError, match=r"column ci_low: not a number \(found: \"wide\"\)"):
        cumulative_table(added, context())


def test_descriptions_say_the_result_in_words():
    _, left, whole = sequence(5)
    text = leave_one_out_table(left, context(), whole)["description"]
    assert text.startswith("Leave-one-out forest plot of 5 rows. Nothing left out: mean change ")
    assert "−" not in text


def test_one_row_alone_has_no_model_and_the_dashed_line_is_explained_where_it_is():
    added, _, whole = sequence(1)
    table = cumulative_table(added, context(), whole["fit"])
    assert [row["kind"] for row in table["rows"]] == ["study"]
    assert not any("Wald" in note or "Random" in note for note in table["notes"])
    note = "The dashed line is the estimate of the primary synthesis."
    table = summary_table(analyses(3), context())
    assert (note in table["notes"]) == (table["axis"]["reference"] is not None)
    assert note in table["notes"]
