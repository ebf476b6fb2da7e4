"""Baujat, radial and Henmi-Copas: against metafor and by their definitions."""

import json
from pathlib import Path

import numpy as np
import pytest

from evergrove import pooling
from evergrove.outliers import baujat, henmi_copas, radial

SETS = json.loads((Path(__file__).parent / "reference/bias.json").read_text())["sets"]


@pytest.mark.parametrize("name", SETS)
def test_baujat_equals_metafor(name):
    got, want = baujat(SETS[name]["yi"], SETS[name]["vi"], method="DL"), SETS[name]["baujat"]
    assert got["x"] == pytest.approx(want["x"], rel=1e-8)
    assert got["y"] == pytest.approx(want["y"], rel=1e-8)


@pytest.mark.parametrize("name", SETS)
def test_henmi_and_copas_equal_metafor(name):
    got, want = henmi_copas(SETS[name]["yi"], SETS[name]["vi"]), SETS[name]["henmi_copas"]
    for key, theirs in (("estimate", "b"), ("se", "se"), ("tau2", "tau2")):
        assert got[key] == pytest.approx(want[theirs], rel=1e-9)
    # metafor looks for the quantile to 1e-4.
    for key in ("ci_low", "ci_high"):
        assert got[key] == pytest.approx(want[key], abs=2e-4 * want["se"])


def test_henmi_and_copas_in_other_units():
    y, v = np.array(SETS["made_here"]["yi"]), np.array(SETS["made_here"]["vi"])
    one, other = henmi_copas(y, v), henmi_copas(1e5 * y, 1e10 * v)
    for key in ("estimate", "se", "ci_low", "ci_high"):
        assert other[key] == pytest.approx(1e5 * one[key], rel=1e-9)


def test_contributions_to_q_add_up_to_q():
    data = SETS["bcg_log_or"]
    got = baujat(data["yi"], data["vi"], method="EE")
    assert sum(got["x"]) == pytest.approx(pooling.fit(data["yi"], data["vi"])["Q"], rel=1e-10)


def test_a_regression_through_the_origin_of_the_radial_plot_is_the_mean():
    data = SETS["bcg_log_or"]
    got = radial(data["yi"], data["vi"])
    x, z = np.array(got["x"]), np.array(got["z"])
    assert np.sum(x * z) / np.sum(x * x) == pytest.approx(got["slope"], rel=1e-10)
    beyond = np.flatnonzero(np.abs(z - got["slope"] * x) > 1.959963984540054)
    assert got["outside"] == beyond.tolist()


def test_one_study_has_nothing_to_stand_out_from():
    assert baujat([1.0], [0.5]) == {"x": [None], "y": [None]}
    assert henmi_copas([1.0], [0.5])["reason"] == "one_study"
    assert radial([1.0], [0.5])["outside"] == []
