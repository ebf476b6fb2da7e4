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


@pytest.mark.parametrize(
    "event",
    [
        "Swelling was seen in 4 (13.3%) and 11 (36.7%) adults.",
        "Nausea was seen in 4 and 11 adults, respectively.",
        "With tape 19 of 30 adults (63.3%) responded, with sham 9 of 30.",
        "Overall 28 of 60 adults (46.7%) responded.",
    ],
)
def test_people_to_whom_something_happened_are_not_those_analysed(event):
    found = read_abstract(BEFORE + event)["records"]
    assert [record["n"] for record in found] == [30, 30, 30, 30]


def test_people_who_answered_are_those_analysed():
    text = (
        "Of 52 adults treated, VAS pain was 7.2 ± 1.3 before treatment. At 12 months 44 adults "
        "responded to the questionnaire. VAS pain was 3.4 ± 1.9 at 12 months."
    )
    found = {r["timepoint_label"]: r["n"] for r in read_abstract(text)["records"]}
    assert found["12 months"] == 44


def test_places_are_no_people():
    text = (
        "Fifty-eight patients, 37 with arthritis and 21 with fractures, were treated at four "
        "hospitals. In patients with arthritis VAS pain was 7.7 ± 1.0 before treatment."
    )
    assert 4 not in [record["n"] for record in read_abstract(text)["records"]]


@pytest.mark.parametrize(
    "left",
    [
        "Four did not come back, leaving 56 for analysis.",
        "Fifty-six adults completed the study.",
        "Two adults of the tape group dropped out.",
    ],
)
def test_sizes_of_groups_are_in_doubt_where_fewer_were_left_of_all(left):
    text = f"Sixty adults were randomised to tape (n = 30) or sham (n = 30). {left} "
    read = "At 6 weeks VAS was 3.2 (SD 1.1) with tape and 4.1 (SD 1.2) with sham."
    assert "n_inferred" in read_abstract(text + read)["queue"]
    assert "n_inferred" not in read_abstract(text.replace(left, "All came back.") + read)["queue"]
