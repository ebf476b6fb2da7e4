"""Versions of a review: what one keeps, what changed between two, and when the conclusion did."""

import copy
import csv
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove import cli
from evergrove.compare_versions import compare_versions
from evergrove.errors import EvergroveError
from evergrove.versions import kept
from evergrove.versions.compare import compare, is_same
from evergrove.versions.conclusion import CLASSES, changed, conclusion
from evergrove.versions.snapshot import EFFECT_COLUMNS, snapshot

ROOT = Path(__file__).resolve().parent.parent
PROTOCOL = {
    "outcome": {"unit": "points", "minimal_important_difference": 2.0},
    "model": {"level": 95},
    "conclusion": {"moved_by": 1.5},
}


def effect(id, study, yi="3.0", **other):
    row = dict.fromkeys(EFFECT_COLUMNS, "") | {
        "measurement_id": id, "report": study, "study": study, "use": "pool", "yi": yi, "vi": "0.1",
        "n": "20", "group": "fracture",
    }  # fmt: skip
    return row | other


def review(b=3.0, half=0.5, used=("a/1", "b/1")):
    fit = {"b": b, "se": 0.2, "ci_low": b - half, "ci_high": b + half, "tau2": 0.1}
    synthesis = {"id": "primary", "kind": "primary", "label": "Day 30", "k": len(used)}
    synthesis |= {"n_studies": len(used), "n_people": 40, "fit": fit}
    synthesis["studies"] = [{"measurement_id": name} for name in used]
    return {"primary": "primary", "measure": "MC", "unit": "points", "syntheses": [synthesis]}


def screened(**decisions):
    return [
        {"report": name, "decision": decision, "year": "2010", "status": ""}
        for name, decision in decisions.items()
    ]


EFFECTS = [effect("a/1", "a"), effect("b/1", "b")]
STATE = snapshot(review(), EFFECTS, screened(a="include", b="include", c="awaiting"))


def test_a_snapshot_is_the_same_as_itself_and_leaves_waiting_reports_out():
    assert is_same(STATE, copy.deepcopy(STATE))
    assert [row["report"] for row in STATE["reports"]] == ["a", "b"]


def test_added_and_removed_studies_and_those_of_the_primary_synthesis():
    after = snapshot(
        review(used=("a/1", "d/1")),
        [effect("a/1", "a"), effect("d/1", "d"), effect("e/9", "e")],
        screened(a="include", d="include", e="include"),
    )
    found = compare(STATE, after, PROTOCOL)["studies"]
    assert found == {
        "added": ["d", "e"], "removed": ["b"],
        "added_to_primary": ["d"], "removed_from_primary": ["b"],
    }  # fmt: skip


def test_a_corrected_value_and_another_subgroup_are_told_with_both_values():
    after = snapshot(
        review(),
        [effect("a/1", "a", yi="3.4"), effect("b/1", "b", group="malignant")],
        screened(a="include", b="include"),
    )
    found = compare(STATE, after, PROTOCOL)["measurements"]
    assert found["corrected"] == [
        {"measurement_id": "a/1", "study": "a",
         "changes": [{"field": "yi", "before": "3.0", "after": "3.4"}]}
    ]  # fmt: skip
    assert found["reclassified"][0]["changes"] == [
        {"field": "group", "before": "fracture", "after": "malignant"}
    ]


def test_a_retraction_since_the_last_version_is_told_once():
    rows = screened(a="include", b="include")
    rows[0]["status"] = "retraction_in:12345"
    after = snapshot(review(), EFFECTS, rows)
    assert [r["report"] for r in compare(STATE, after, PROTOCOL)["reports"]["retracted"]] == ["a"]
    assert compare(after, after, PROTOCOL)["reports"]["retracted"] == []


@pytest.mark.parametrize(
    ("b", "half", "expected"),
    [
        (3.0, 0.5, "important"), (2.2, 0.5, "some"), (1.0, 0.5, "small"), (0.3, 0.5, "unclear"),
        (-2.0, 0.5, "opposite"),
    ],
)  # fmt: skip
def test_the_class_of_a_result_follows_from_its_interval(b, half, expected):
    assert conclusion({"b": b, "ci_low": b - half, "ci_high": b + half}, 2.0) == expected


def test_nothing_pooled_has_a_class_of_its_own_and_without_a_difference_there_are_fewer():
    assert conclusion(None, 2.0) == "none"
    assert conclusion({"b": 3.0, "ci_low": 2.5, "ci_high": 3.5}, None) == "some"


@given(st.floats(-9, 9), st.floats(0, 5), st.floats(0.1, 5))
def test_every_interval_has_exactly_one_class(b, half, important):
    assert conclusion({"b": b, "ci_low": b - half, "ci_high": b + half}, important) in CLASSES


def test_the_conclusion_changes_with_the_class_or_with_a_declared_move():
    one = {"b": 4.0, "ci_low": 3.5, "ci_high": 4.5}
    two = {"b": 5.6, "ci_low": 5.1, "ci_high": 6.1}
    assert changed(one, two, 2.0, 1.5)
    assert not changed(one, two, 2.0, None)
    assert changed(one, {"b": 1.0, "ci_low": 0.5, "ci_high": 1.5}, 2.0, None)


@pytest.mark.parametrize(
    ("names", "year", "data", "expected"),
    [
        ([], 2026, True, "26.1.0"), (["26.1.0"], 2026, True, "26.2.0"),
        (["26.2.0", "26.10.0"], 2026, False, "26.10.1"), (["25.3.1"], 2026, False, "26.1.0"),
    ],
)  # fmt: skip
def test_numbers_are_year_minor_patch(names, year, data, expected):
    assert kept.next_version(names, year, data) == expected


def test_a_version_is_read_back_as_it_was_written_and_never_overwritten(tmp_path):
    folder = tmp_path / "26.1.0"
    about = {"version": "26.1.0", "date": "2026-01-31", "note": ""}
    kept.write_version(folder, about, STATE, {"version": "26.1.0"})
    found = kept.read_versions(tmp_path.glob("*/*"))
    assert is_same(found[0], STATE)
    assert found[0]["date"] == "2026-01-31"
    with pytest.raises(EvergroveError, match="already"):
        kept.write_version(folder, about, STATE, {})
    assert [path.name for path in tmp_path.iterdir()] == ["26.1.0"]


@pytest.mark.parametrize("name", kept.FILES)
def test_a_version_that_lacks_a_file_is_named(tmp_path, name):
    folder = tmp_path / "26.1.0"
    kept.write_version(folder, {"version": "26.1.0"}, STATE, {})
    (folder / name).unlink()
    with pytest.raises(EvergroveError, match="lacks a file"):
        kept.read_version(folder)


def test_results_that_are_the_newest_version_are_compared_with_the_one_before():
    older = snapshot(review(b=2.0), EFFECTS[:1], screened(a="include"))
    versions = [older | {"version": "25.1.0", "date": "2025-01-01"}]
    versions.append(STATE | {"version": "26.1.0", "date": "2026-01-01"})
    rows = screened(a="include", b="include")
    found = compare_versions(review(), EFFECTS, rows, versions, PROTOCOL)
    assert (found["version"], found["previous"]["version"]) == ("26.1.0", "25.1.0")
    assert [step["version"] for step in found["trajectory"]] == ["25.1.0", "26.1.0"]
    assert found["changes"]["studies"]["added"] == ["b"]
    unreleased = compare_versions(review(b=3.3), EFFECTS, rows, versions, PROTOCOL)
    assert (unreleased["version"], unreleased["previous"]["version"]) == (None, "26.1.0")
    assert unreleased["trajectory"][-1]["version"] is None


def test_a_first_version_has_nothing_before_it():
    found = compare_versions(review(), EFFECTS, screened(a="include", b="include"), [], PROTOCOL)
    assert found["version"] is found["previous"] is found["changes"] is None


# The commands, on a copy of the default review's versions.


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shutil.copytree(ROOT / "workflow", tmp_path / "workflow")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_diff_of_the_shipped_versions_tells_the_studies_and_that_the_conclusion_stands(
    shelf, capsys
):
    assert cli.main(["diff", "sacroplasty", "14.1.0", "25.1.0"]) == 0
    text = capsys.readouterr().out
    assert "new in the primary synthesis: choi2017" in text
    assert "The conclusion did not change: important -> important." in text
    assert cli.main(["diff", "sacroplasty", "14.1.0", "25.1.0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["conclusion"]["changed"] is False


@pytest.mark.parametrize("versions", [["14.1.0"], ["14.1.0", "19.1.0"]])
def test_diff_of_a_version_that_is_not_there_is_one_message(shelf, capsys, versions):
    assert cli.main(["diff", "sacroplasty", *versions]) == 2
    assert "There are: 14.1.0, 25.1.0" in capsys.readouterr().err


def test_release_without_results_or_of_the_same_results_writes_nothing(shelf, capsys):
    folder = shelf / "config/reviews/sacroplasty/versions"
    before = sorted(folder.rglob("*"))
    assert cli.main(["release", "sacroplasty", "--date", "2026-01-01"]) == 2
    assert "Run snakemake first" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_the_shipped_versions_are_whole_and_in_order():
    found = kept.read_versions((ROOT / "config/reviews/sacroplasty/versions").glob("*/*"))
    assert [one["version"] for one in found] == ["14.1.0", "25.1.0"]
    for one in found:
        ids = [row["measurement_id"] for row in one["effects"]]
        assert len(ids) == len(set(ids))
        text = (ROOT / "config/reviews/sacroplasty/screening.csv").read_text("utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert {r["report"] for r in one["reports"]} <= {r["report"] for r in rows}
