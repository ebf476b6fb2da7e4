"""Further wordings of what is an outcome and what is none. All sentences are invented."""

from pathlib import Path

import pytest
import yaml

from tests.test_reading import lines

CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading_wording.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_reads(name):
    assert lines(CASES[name]["text"]) == CASES[name]["records"]


@pytest.mark.parametrize(
    "text",
    [
        "Mean VAS scores on the first three days did not differ (p = 0.21 to 0.77).",
        "Pain (NRS) was noted. A mean of 2.3 ± 1.1 segments were treated in each session.",
        "At 1 year 14 of 40 tailors (35%) in the wax group had wrist pain of 4/10 or more.",
        "Median size of the painful nodules was 3.1 cm (range 1.2-6.0).",
        "Headache hours went from 41.2 ± 22.3 to 30.1 ± 19.8 a month.",
    ],
)
def test_what_is_no_outcome_gives_no_record(text):
    assert lines(text) == []
