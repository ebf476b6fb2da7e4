"""Profiles: data that says what is measured, checked when loaded."""

import pytest

from evergrove.errors import EvergroveError
from evergrove.reading import load_profile, read_abstract


def write(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_profile_of_ones_own_brings_its_measures(tmp_path):
    path = write(
        tmp_path,
        "include: [other_numbers]\n"
        "measures:\n"
        "  itch: {direction: lower, scales: [[0, 10]], names: [itch score, peak pruritus nrs]}\n",
    )
    text = "The itch score fell from 7.0 ± 1.4 to 3.1 ± 1.9 at week 16 (n = 60)."
    records = read_abstract(text, load_profile(path))["records"]
    assert [(r["measure"], r["mean"], r["sd"], r["n"]) for r in records] == [
        ("itch", 7, 1.4, 60),
        ("itch", 3.1, 1.9, 60),
    ]


def test_an_improvement_of_a_higher_is_better_measure_is_positive(tmp_path):
    path = write(tmp_path, "measures:\n  grip: {direction: higher, names: [grip strength]}\n")
    (record,) = read_abstract("Grip strength improved by 4.1 at week 6.", load_profile(path))[
        "records"
    ]
    assert (record["stat"], record["mean"]) == ("change", 4.1)


def test_an_unknown_key_is_named(tmp_path):
    with pytest.raises(EvergroveError, match=r"mine\.yaml: unknown key.*mesures"):
        load_profile(write(tmp_path, "mesures: {}\n"))


def test_broken_yaml_is_an_error_without_a_traceback(tmp_path):
    with pytest.raises(EvergroveError, match=r"mine\.yaml: profile not readable"):
        load_profile(write(tmp_path, "measures: [\n"))


def test_a_profile_that_includes_itself_is_refused(tmp_path):
    with pytest.raises(EvergroveError, match="includes itself"):
        load_profile(write(tmp_path, "include: [mine]\n"))


def test_an_unknown_name_lists_those_that_exist():
    with pytest.raises(EvergroveError, match=r"no such profile.*cardiometabolic.*default"):
        load_profile("spain")


@pytest.mark.parametrize(
    "name", ["default", "pain", "function", "mood", "symptoms", "cardiometabolic", "any"]
)
def test_every_shipped_profile_loads(name):
    assert load_profile(name).measures
