"""How many people a value is about, and the outcomes beside pain that must not be taken for it.

All sentences are invented for these tests; `data/reading_sizes.yaml` holds them.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract
from tests.test_reading import lines

CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading_sizes.yaml").read_text("utf-8"))
BEFORE = (
    "Methods: 60 adults were randomised to tape (n = 30) or sham (n = 30). Results: VAS pain fell "
    "from 7.1 ± 1.1 to 3.0 ± 1.2 with tape and from 7.0 ± 1.2 to 5.1 ± 1.6 with sham at 6 weeks. "
)


@pytest.mark.parametrize("name", CASES["read"])
def test_reads(name):
    assert lines(CASES["read"][name]["text"]) == CASES["read"][name]["records"]


@pytest.mark.parametrize("text", CASES["other_outcomes"])
@pytest.mark.parametrize("before", ["", BEFORE])
def test_another_outcome_is_no_pain(text, before):
    found = [r for r in read_abstract(before + text)["records"] if r["measure"].startswith("pain")]
    assert len(found) == (4 if before else 0)


def test_n_taken_from_the_one_group_that_is_left_is_queued():
    text = (
        "Methods: Dancers received laser (n = 21), methylprednisolone (n = 23) or sham (n = 22). "
        "Results: At 6 weeks VAS was 2.9 (SD 1.1) with laser, 3.1 (SD 1.2) in the steroid group "
        "and 4.4 (SD 1.3) with sham."
    )
    result = read_abstract(text)
    assert [r["n"] for r in result["records"]] == [21, 23, 22]
    assert "arm_by_elimination" in result["queue"]
