"""The abstract that the default review ships is read with nothing to correct."""

from pathlib import Path

import pytest

from evergrove.parse_citations import parse_file
from evergrove.reading import read_abstract

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "config/reviews/sacroplasty/citations/kortman2013.medlars.txt"


@pytest.fixture(scope="module")
def found():
    (record,) = parse_file(FILE.name, FILE.read_bytes()).records
    return read_abstract(record["abstract"])


def test_both_cohorts_before_and_after(found):
    values = [(r["n"], r["mean"], r["sd"], r["timepoint_days"]) for r in found["records"]]
    assert values == [
        (204, 9.2, 1.1, 0),
        (204, 1.9, 1.7, None),
        (39, 9, 0.9, 0),
        (39, 2.6, 2.4, None),
    ]


def test_every_record_is_a_level_of_pain_on_the_vas(found):
    kinds = {(r["measure"], r["stat"], r["dispersion"]) for r in found["records"]}
    assert kinds == {("pain_vas", "level", "inferred_bounds")}
    fractures, _, lesions, _ = (r["arm"] for r in found["records"])
    assert "insufficiency fractures" in fractures
    assert "lesions" in lesions


def test_both_p_values_belong_to_the_scores_afterwards(found):
    assert [(r["p_op"], r["p"]) for r in found["records"]] == [
        (None, None),
        ("<", 0.001),
        (None, None),
        ("<", 0.001),
    ]


def test_the_scores_and_both_n_are_where_their_spans_say(found):
    surfaces = [
        tuple(r["spans"][name][2] for name in ("n", "mean", "sd")) for r in found["records"]
    ]
    assert surfaces == [
        ("204", "9.2", "1.1"),
        ("204", "1.9", "1.7"),
        ("39", "9.0", "0.9"),
        ("39", "2.6", "2.4"),
    ]


def test_only_the_time_of_the_later_scores_is_in_doubt(found):
    assert found["queue"] == ["timepoint_unresolved"]
    assert found["unclaimed"] == []
