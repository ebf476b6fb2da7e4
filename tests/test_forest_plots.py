"""The stage: every synthesis and subgroup analysis becomes a figure, drawn from its table."""

import json

import pytest

from evergrove import pooling
from evergrove.errors import EvergroveError
from evergrove.forest_plots import draw_forest, draw_forests, figure_tables
from tests.figure_sample import PROTOCOL, hard_cases, review, studies, synthesis, with_subgroups


def test_each_synthesis_and_each_subgroup_analysis_has_its_files():
    drawn = draw_forests(with_subgroups(), PROTOCOL)
    ids = ["primary", "by-time-early", "by-time-late", "by-time-never", "by-time"]
    assert list(drawn.files) == ids
    assert all(set(files) == {"svg", "pdf", "png", "json"} for files in drawn.files.values())
    assert drawn.missing == ""


def test_only_wanted_figures_are_drawn_and_an_unknown_one_is_an_error():
    data = with_subgroups()
    assert list(draw_forests(data, PROTOCOL, ["by-time"]).files) == ["by-time"]
    with pytest.raises(EvergroveError, match=r"no synthesis of that name .*by-week"):
        draw_forests(data, PROTOCOL, ["by-week"])


def test_a_subgroup_analysis_that_names_an_absent_synthesis_is_an_error():
    data = with_subgroups()
    data["subgroups"][0]["levels"][0]["synthesis"] = "gone"
    with pytest.raises(EvergroveError, match="gone"):
        list(figure_tables(data, PROTOCOL, ["by-time"]))


def test_the_json_is_the_table_with_the_place_of_everything():
    data = hard_cases()["k = 13"]
    table = json.loads(draw_forests(data, PROTOCOL).files["primary"]["json"])
    placement = table["placement"]
    assert len(placement["rows"]) == len(table["rows"])
    tops = [row["top"] for row in placement["rows"]]
    assert tops == sorted(tops) and placement["rows"][-1]["bottom"] < placement["height"]
    assert list(placement["columns"]) == [column["id"] for column in table["columns"]]
    ends = [end for ends in placement["columns"].values() for end in ends]
    assert ends == sorted(ends)
    assert table["rows"][0]["values"]["estimate"] == data["syntheses"][0]["studies"][0]["yi"]
    assert len(table["axis"]["ticks"]) >= 3


def test_drawing_changes_nothing_in_the_results():
    data = with_subgroups()
    before = json.dumps(data)
    list(figure_tables(data, PROTOCOL))
    assert json.dumps(data) == before


def test_two_runs_give_equal_bytes_whatever_was_drawn_before():
    data = with_subgroups()
    whole = draw_forests(data, PROTOCOL).files
    assert whole["by-time"] == draw_forests(data, PROTOCOL, ["by-time"]).files["by-time"]


def pool_object(**more):
    """What `evergrove pool --json` prints for six rows."""
    rows = [
        {"study": f"Elm {i}", "yi": row["yi"], "vi": row["vi"], "ci_low": row["ci_low"],
         "ci_high": row["ci_high"], "weight": 100 / 6, "arm": "ab"[i % 2], "n": str(row["n"])}
        for i, row in enumerate(studies(6))
    ]  # fmt: skip
    fit = pooling.fit([row["yi"] for row in rows], [row["vi"] for row in rows])
    return fit | {"studies": rows} | more


def test_what_pool_printed_can_be_drawn_alone():
    svg = draw_forest(pool_object(n_dropped=2), "svg").decode()
    assert "Elm 0" in svg and "Random-effects estimate" in svg and "prediction interval" in svg
    assert "Left out: 2\u00a0rows without an effect." in svg


@pytest.mark.parametrize("shape", ["names", "levels", "list"])
def test_what_pool_printed_by_a_column_becomes_subgroups(shape):
    rows = pool_object()["studies"]
    fits = {}
    for level in "ab":
        own = [row for row in rows if row["arm"] == level]
        fits[level] = pooling.fit([row["yi"] for row in own], [row["vi"] for row in own])
    test = {"Q_between": 0.5, "df": 1, "p": 0.48}
    by = {
        "names": fits | test,
        "levels": {"levels": fits} | test,
        "list": {"levels": [fit | {"level": level} for level, fit in fits.items()]} | test,
    }[shape]
    svg = draw_forest(pool_object(by=by), "svg").decode()
    assert svg.count("Subtotal, 3\u00a0studies") >= 2 and "All groups together" in svg


def test_a_meta_regression_has_no_diamond_and_says_so():
    regression = pool_object()
    for key in ("b", "se", "ci_low", "ci_high"):
        regression[key] = [1.0, 2.0]
    svg = draw_forest(regression, "svg").decode()
    assert "no single pooled estimate" in svg and "Random-effects estimate" not in svg


@pytest.mark.parametrize(
    "data", [{}, [], {"k": 3}, "text", {"studies": [{"yi": None}]}, {"studies": ["x"]}]
)
def test_a_file_of_another_shape_is_named_as_such(data):
    with pytest.raises(EvergroveError):
        draw_forest(data, "svg")


def test_a_results_file_is_drawn_as_its_primary_synthesis_or_the_one_asked_for():
    data = review(synthesis(studies(3)), synthesis(studies(4), id="other", label="The other one"))
    assert "About a month after" in draw_forest(data, "svg").decode()
    assert "The other one" in draw_forest(data, "svg", figure="other").decode()


def test_rows_of_one_study_in_a_pool_object_are_cohorts():
    rows = pool_object()["studies"]
    rows[1]["study"] = rows[0]["study"]
    svg = draw_forest(pool_object(studies=rows), "svg").decode()
    assert "6 cohorts of 5" in svg.replace("\u00a0", " ")
