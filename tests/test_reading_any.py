"""The open profile `any`: outcomes under the name that the text itself gives them.

All sentences are invented for these tests; `data/any_outcomes*.yaml` hold them.
"""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evergrove.reading import load_profile, read_abstract

FILES = sorted((Path(__file__).parent / "data").glob("any_outcomes*.yaml"))
CASES = {
    part: {
        name: case
        for file in FILES
        for name, case in (yaml.safe_load(file.read_text("utf-8"))[part]).items()
    }
    for part in ("read", "nothing")
}
NUMBERS = ("mean", "median", "sd", "se", "pm", "q1", "q3", "ci_low", "ci_high")


def read(text):
    return read_abstract(text, load_profile("any"))


def lines(text):
    """Each record as measure | arm | stat | time | n | unit | numbers."""
    return [
        " | ".join(
            [
                *(
                    str(record[f])
                    for f in ("measure", "arm", "stat", "timepoint_label", "n", "unit")
                ),
                " ".join(f"{f}={record[f]:g}" for f in NUMBERS if record[f] is not None),
            ]
        )
        for record in read(text)["records"]
    ]


@pytest.mark.parametrize("name", CASES["read"])
def test_reads(name):
    assert lines(CASES["read"][name]["text"]) == CASES["read"][name]["records"]


@pytest.mark.parametrize("name", CASES["nothing"])
def test_nothing_to_read(name):
    assert lines(CASES["nothing"][name]) == []


def test_an_improvement_is_queued_where_nobody_knows_which_direction_is_better():
    assert "change_unsigned" in read("The legibility score improved by 2.4 points.")["queue"]


def test_a_median_that_is_only_the_habit_for_such_times_is_queued():
    told = "Time to relapse was longer with rope than with chain (18.9 vs 14.1 months)."
    assert "centre_assumed" in read(told)["queue"]
    assert [r["median"] for r in read(told)["records"]] == [18.9, 14.1]


def test_the_default_profile_reads_none_of_them():
    text = CASES["read"]["a laboratory value of two groups"]["text"]
    assert read_abstract(text)["records"] == []


SAID = (
    "mean median serum level of time to relapse survival the score was rose from 4.2 18 ± ( ) vs "
    "months mg g/dl x 10 ( 9 ) / l with rope chain group n = 20 days free and , . ; : at week 3 "
    "QoL index (QI) 95% CI peak torque improved by no difference in between"
)
WORDS = st.sampled_from(SAID.split())


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read_without_fault_and_every_span_is_exact(text):
    for record in read(text)["records"]:
        for start, end, surface in record["spans"].values():
            assert text[start:end] == surface
