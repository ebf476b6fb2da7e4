"""The command `pool` on files made by hand: a result or one clear message."""

import math

import numpy as np
import pytest

from evergrove import formula, pooling, tables
from evergrove.errors import EvergroveError
from evergrove.pool_file import pool_file
from evergrove.spreadsheet import numbers, parse_rows, read_rows

PLAIN = """study,yi,vi,year,arm
Alder,0.3,0.05,1999,x
Birch,0.1,0.04,2001,y
Cedar,0.8,0.1,1998,x
Elm,-0.2,0.02,2005,y
Fir,0.4,0.06,2003,y
"""


def run(text=PLAIN, **options):
    return pool_file(parse_rows(text, "file.csv"), options)


EXPECTED = pooling.fit([0.3, 0.1, 0.8, -0.2, 0.4], [0.05, 0.04, 0.1, 0.02, 0.06])


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        PLAIN.replace(",", ";").replace(".", ","),
        "\ufeff" + PLAIN.replace(",", ";").replace(".", ",").replace("\n", "\r\n"),
        PLAIN.replace("-0.2", "\u22120.2"),
        PLAIN.replace("\n", "\n\n").replace("yi,vi", " yi , vi "),
        PLAIN.replace("0.05", '"0.05"').replace("0.1,", "1e-1,"),
    ],
    ids=[
        "plain",
        "bom",
        "semicolons",
        "tabs",
        "excel-hint",
        "commas",
        "all-of-it",
        "minus",
        "blank-lines",
        "quotes",
    ],
)
def test_what_spreadsheets_write_is_read(text):
    assert run(text)["b"] == EXPECTED["b"]


def test_a_file_is_read_from_disk(tmp_path):
    (tmp_path / "file.csv").write_bytes(PLAIN.encode("utf-8-sig"))
    assert pool_file(read_rows(tmp_path / "file.csv"), {})["tau2"] == EXPECTED["tau2"]


@pytest.mark.parametrize(
    ("cell", "kind", "reason"),
    [
        ("", "missing", "yi is missing"),
        ("NA", "missing", "yi is missing"),
        ("n/a", "missing", "yi is missing"),
        ("0.3*", "rejected", 'yi "0.3*" is not a number'),
        ("0.3 (0.1)", "rejected", "is not a number"),
        ("0x1A", "rejected", "is not a number"),
        ("1_000", "rejected", "is not a number"),
        ("inf", "rejected", "is not a number"),
        ("1e999", "rejected", "too large"),
        ('"0,3"', "rejected", "whether the comma is a decimal comma"),
    ],
)
def test_a_cell_that_is_no_number_drops_its_row_with_the_reason(cell, kind, reason):
    found = run(PLAIN.replace("Alder,0.3", f"Alder,{cell}"))
    (dropped,) = found["dropped"]
    assert (dropped["row"], dropped["line"], dropped["study"]) == (1, 2, "Alder")
    assert dropped["kind"] == kind
    assert reason in dropped["reason"]
    assert (found["k"], found["n_dropped"]) == (4, 1)


@pytest.mark.parametrize("cell", ["0", "-0.05", "0.0"])
def test_a_variance_that_is_not_positive_drops_its_row(cell):
    found = run(PLAIN.replace("0.3,0.05", f"0.3,{cell}"))
    assert found["dropped"][0]["reason"].startswith("vi is not positive")
    assert found["dropped"][0]["kind"] == "rejected"


def test_commas_are_read_as_decimal_only_where_that_is_certain():
    assert numbers(["0,25", "1,234"]) == [0.25, 1.234]
    assert numbers(["1,234"], others=["0,25"]) == [1.234]
    assert isinstance(numbers(["1,234", "2,345"])[0], str)
    assert [type(x) for x in numbers(["1.5", "2,5"])] == [float, str]
    assert isinstance(numbers(["1,234,567"])[0], str)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no columns yi and vi"),
        ("a,b\n1,2\n", "names no columns yi and vi"),
        ("study,yi\nA,1\n", "names no columns yi and vi"),
        ("study,yi,vi,yi\nA,1,1,1\n", 'column "yi" stands twice'),
        ("study,yi,vi\n", "no row can be pooled"),
        ("study,yi,vi\nA,,\nB,x,1\n", "no row can be pooled"),
        ("study,yi,vi\nA,1,1\nB,1\n", "line 3: the row has 2 cells"),
        ("study,yi,vi\nSmith, J,1,1\n", "line 2: the row has 4 cells"),
        ('study,yi,vi\n"A,1,1\n', "not readable as CSV"),
    ],
)
def test_a_file_that_cannot_be_pooled_gets_one_message(text, message):
    with pytest.raises(EvergroveError, match=message) as caught:
        run(text)
    assert "\n" not in str(caught.value)


def test_one_row_is_its_own_result():
    found = run("study,yi,vi\nAlder,0.3,0.05\n")
    assert (found["k"], found["b"], found["studies"][0]["weight"]) == (1, 0.3, 100.0)


def test_ten_thousand_rows_are_pooled():
    rng = np.random.default_rng(1)
    y, v = rng.normal(0.2, 0.5, 10_000), rng.uniform(0.05, 0.4, 10_000)
    pairs = enumerate(zip(y.tolist(), v.tolist(), strict=True))
    text = "study,yi,vi\n" + "".join(f"s{i},{a!r},{b!r}\n" for i, (a, b) in pairs)
    found = run(text)
    assert found["k"] == 10_000
    assert found["b"] == pooling.fit(y, v)["b"]


def test_studies_are_listed_as_used_with_the_columns_that_came_with_them():
    found = run(PLAIN.replace("Birch,0.1", "Birch,"))
    assert [s["study"] for s in found["studies"]] == ["Alder", "Cedar", "Elm", "Fir"]
    first = found["studies"][0]
    assert (first["yi"], first["vi"], first["year"], first["arm"]) == (0.3, 0.05, "1999", "x")
    assert first["ci_low"] == pytest.approx(0.3 - 1.959963984540054 * math.sqrt(0.05), rel=1e-14)
    assert sum(s["weight"] for s in found["studies"]) == pytest.approx(100)


def test_rows_without_names_are_called_by_their_number():
    found = run("yi,vi\n0.1,0.2\n,0.2\n0.3,0.1\n")
    assert [s["study"] for s in found["studies"]] == ["1", "3"]
    assert found["dropped"][0]["study"] == "2"


def test_studies_with_several_rows_are_warned_of_unless_they_are_clusters():
    text = PLAIN.replace("Birch", "Alder")
    assert any("Alder" in warning for warning in run(text)["warnings"])
    found = run(text, cluster="study", robust="CR2")
    assert not any("Alder" in warning for warning in found["warnings"])
    assert found["robust"]["clusters"] == 4


def test_each_further_option_adds_one_object():
    bare = run()
    found = run(
        leave_one_out=True, cumulative="year", influence=True, egger=True, begg=True,
        trimfill="L0", cluster="arm", robust="CR2", by="arm",
    )  # fmt: skip
    added = {
        "leave_one_out", "cumulative", "influence", "egger", "begg", "trimfill", "robust", "by",
    }  # fmt: skip
    assert set(found) - set(bare) == added
    assert {key: found[key] for key in bare if key != "warnings"} == {
        key: bare[key] for key in bare if key != "warnings"
    }
    assert set(
        ["b", "se", "stat", "p", "ci_low", "ci_high", "Q", "Q_p", "tau2", "I2", "H2"]
    ) == set(found["leave_one_out"])
    tables.format_json(found)


def test_cumulative_follows_the_column():
    found = run(cumulative="year")["cumulative"]
    assert found["study"] == ["Cedar", "Alder", "Birch", "Fir", "Elm"]
    assert found["b"][0] == 0.8
    assert found["b"][-1] == pytest.approx(EXPECTED["b"], rel=1e-13)


def test_by_has_one_pool_object_a_level_and_the_test_between():
    found = run(by="arm")["by"]
    assert found["levels"] == ["x", "y"]
    expected = pooling.fit([0.3, 0.8], [0.05, 0.1])
    assert found["x"]["b"] == expected["b"]
    assert len(found["y"]["studies"]) == 3
    apart = (found["x"]["b"] - found["y"]["b"]) ** 2
    total = found["x"]["se"] ** 2 + found["y"]["se"] ** 2
    assert found["Q_between"] == pytest.approx(apart / total, rel=1e-12)
    assert found["df"] == 1


def test_by_leaves_rows_without_a_level_out_of_the_levels_and_says_which():
    found = run(PLAIN.replace("2003,y", "2003,"), by="arm")
    assert found["k"] == 5
    assert found["by"]["without_level"] == ["Fir"]


def test_moderators_give_lists_with_the_intercept_first():
    found = run(mods="~ year", test="z")
    X = np.column_stack([np.ones(5), [1999.0, 2001, 1998, 2005, 2003]])
    y, v = [0.3, 0.1, 0.8, -0.2, 0.4], [0.05, 0.04, 0.1, 0.02, 0.06]
    expected = pooling.fit(y, v, X, test="z")
    assert found["b"] == expected["b"]
    assert found["coefficients"] == ["intercept", "year"]
    assert {"QM", "QM_df", "QM_p", "R2"} <= set(found)


def test_a_row_without_its_moderator_is_dropped_with_its_place():
    found = run(PLAIN.replace("2005", ""), mods="~ year")
    (dropped,) = found["dropped"]
    assert (dropped["row"], dropped["line"], dropped["study"]) == (4, 5, "Elm")
    assert dropped["reason"] == 'moderator "year" is missing'


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mods": "~ nope"}, 'no column "nope"'),
        ({"by": "nope"}, 'no column "nope"'),
        ({"cluster": "nope", "robust": "CR2"}, 'no column "nope"'),
        ({"cumulative": "nope"}, 'no column "nope"'),
        ({"robust": "CR2"}, "--robust needs --cluster"),
        ({"robust": "CR9", "cluster": "arm"}, "unknown value of --robust"),
        ({"trimfill": "Q0"}, "unknown value of --trimfill"),
        ({"tau2_ci": "wald"}, "unknown value of --tau2-ci"),
        ({"method": "BAYES"}, "unknown method"),
        ({"mods": "~ year", "egger": True}, "--egger is not defined"),
        ({"mods": "~ year", "by": "arm"}, "--by is not defined"),
        ({"jackknife": True}, "unknown option"),
        ({"permutation": 1}, "at least 2 iterations"),
        ({"mods": "year"}, 'a formula begins with "~"'),
    ],
)
def test_options_that_make_no_sense_are_refused(options, message):
    with pytest.raises(EvergroveError, match=message):
        run(**options)


def test_a_number_among_text_is_no_factor_in_silence():
    with pytest.raises(EvergroveError, match="line 6, column year"):
        run(PLAIN.replace("2003", "about 2003"), mods="~ year")
    with pytest.raises(EvergroveError, match="mixes numbers and text"):
        run(PLAIN.replace("2003", "about 2003"), cumulative="year")


def test_a_level_named_like_a_result_is_refused():
    with pytest.raises(EvergroveError, match="name of one of the results"):
        run(PLAIN.replace(",x", ",p"), by="arm")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("~ a", ["intercept", "a"]),
        ("~ 0 + b", ["bx", "by"]),
        ("~ b - 1", ["bx", "by"]),
        ("~ a * b", ["intercept", "a", "by", "a:by"]),
        ("~ b + a + a:b", ["intercept", "by", "a", "a:by"]),
        ("~ factor(a)", ["intercept", "factor(a)2", "factor(a)10"]),
        ("~ I(a^2) + `my col`", ["intercept", "I(a^2)", "my col"]),
        ("~ 1", ["intercept"]),
    ],
)
def test_formulas_name_their_columns_as_r_does(text, names):
    values = {"a": [1.0, 2.0, 10.0], "b": ["x", "y", "x"], "my col": [4.0, 5.0, 7.0]}
    parsed = formula.parse(text)
    X, found = formula.model_matrix(parsed, {"a": values["a"]} | values)
    assert found == names
    assert X.shape == (3, len(names))


@pytest.mark.parametrize("text", ["~", "~ a +", "~ a & b", "~ log(a)", "~ a - b", "~ a*b*c", "a"])
def test_formulas_that_are_not_understood_are_refused(text):
    with pytest.raises(EvergroveError):
        formula.parse(text)


def test_an_interaction_needs_its_main_effects():
    with pytest.raises(EvergroveError, match="lacks its main effects"):
        formula.model_matrix(formula.parse("~ a:b"), {"a": [1.0, 2.0], "b": ["x", "y"]})


def test_resampling_adds_its_own_objects_and_repeats_from_the_seed():
    found = run(permutation=100, bootstrap=200, seed=5)
    assert found["permutation"]["exact"] and found["permutation"]["arrangements"] == 32
    assert found["bootstrap"]["seed"] == 5
    assert found["bootstrap"] == run(bootstrap=200, seed=5)["bootstrap"]
    with_moderator = run(mods="~ arm", permutation=100)
    assert with_moderator["permutation"]["arrangements"] == 10
    tables.format_json(found | with_moderator)


def test_the_plain_sandwich_has_clusters_less_coefficients_as_degrees_of_freedom():
    text = PLAIN.replace("1999,x", "1999,z")
    found = run(text, cluster="arm", robust="CR1")["robust"]
    assert (found["type"], found["df"], found["clusters"]) == ("CR1", 2.0, 3)
    fit = run(text)
    w = 1 / (np.array([0.05, 0.04, 0.1, 0.02, 0.06]) + fit["tau2"])
    e = np.array([0.3, 0.1, 0.8, -0.2, 0.4]) - fit["b"]
    sums = [(w * e)[at].sum() for at in ([0], [1, 3, 4], [2])]
    variance = sum(x * x for x in sums) / w.sum() ** 2 * 3 / 2
    assert found["se"] == pytest.approx(math.sqrt(variance), rel=1e-12)


def test_by_also_has_the_levels_with_one_tau2_for_all():
    common = run(by="arm")["by"]["common_tau2"]
    assert list(common["levels"]) == ["x", "y"]
    assert common["levels"]["y"]["k"] == 3
    regression = run(mods="~ arm")
    assert common["tau2"] == pytest.approx(regression["tau2"], rel=1e-9)
    assert common["QM"] == pytest.approx(regression["QM"], rel=1e-9)
