"""Which group, how many people and what time a value belongs to; and what is no value at all.

All sentences are invented for these tests; `data/reading_groups.yaml` and the files beside it of
the same form hold them.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract
from evergrove.reading.document import scan_text
from evergrove.reading.measures.lexicon import load_profile
from tests.test_reading import lines

DATA = Path(__file__).parent / "data"
CASES: dict = {"read": {}, "nothing": {}}
for file in sorted(DATA.glob("reading_*.yaml")):
    loaded = yaml.safe_load(file.read_text("utf-8"))
    if loaded.keys() <= CASES.keys():
        for kind, cases in loaded.items():
            CASES[kind] |= {f"{file.stem[8:]}: {name}": case for name, case in cases.items()}


@pytest.mark.parametrize("name", CASES["read"])
def test_reads(name):
    assert lines(CASES["read"][name]["text"]) == CASES["read"][name]["records"]


@pytest.mark.parametrize("name", CASES["nothing"])
def test_nothing_to_read(name):
    assert read_abstract(CASES["nothing"][name])["records"] == []


def test_a_missing_n_is_queued_where_the_text_tells_sizes():
    told = (
        "Ninety nurses were split into two groups. "
        "At week 4 VAS was 2.1 ± 0.9 with ice and 3.0 ± 1.1 with heat."
    )
    found = read_abstract(told)
    assert [record["n"] for record in found["records"]] == [None, None]
    assert "n_missing" in found["queue"]
    assert "n_missing" not in read_abstract(told.partition(". ")[2])["queue"]


def test_a_cohort_before_exclusions_is_in_doubt():
    read = "NRS was 7.1 (SD 1.2) before it."
    left = read_abstract(f"Fifty-four patients were identified; 5 patients were excluded. {read}")
    assert left["records"][0]["n"] == 54
    assert "n_inferred" in left["queue"]
    told = read_abstract(f"Of 59 patients screened, 5 were excluded and 54 were included. {read}")
    assert told["records"][0]["n"] == 54
    assert "n_inferred" not in told["queue"]


def test_a_missing_n_is_queued_where_only_visits_have_sizes():
    told = "NRS was noted before it, at 1 month (n=160) and at 6 months (n=73). NRS was 7.1 then."
    assert "n_missing" in read_abstract(told)["queue"]


def test_those_who_treated_are_no_group():
    text = (
        "Forty women had a bath. Treatment was given by 9 physiotherapists in private clinics for "
        "12 weeks, followed by 12 weeks of self care."
    )
    assert scan_text(text, load_profile("default")).declared.arms == []


def test_the_cohort_is_in_doubt_as_the_size_of_some_of_its_people():
    some = read_abstract("We studied 40 women. Hip pain in smokers was 5.1 (SD 1.2) at 6 weeks.")
    assert "n_inferred" in some["queue"]
    everybody = read_abstract("We studied 40 women. Hip pain was 5.1 (SD 1.2) at 6 weeks.")
    assert "n_inferred" not in everybody["queue"]


def test_each_p_of_a_bracket_with_times_goes_to_the_scores_of_its_time():
    text = (
        "NRS was 6.3 with wax and 6.1 with clay at entry, 3.4 and 4.4 after 3 weeks, and 2.1 and "
        "3.3 after 9 weeks, respectively (p = 0.2 at 3 weeks, p < 0.001 at 9 weeks)."
    )
    found = read_abstract(text)["records"]
    assert [record["p"] for record in found] == [None, None, 0.2, 0.2, 0.001, 0.001]


def test_those_scored_on_one_of_two_scales_are_not_everybody():
    sizes = "Eighty-one porters took part, 28 in the VAS group and 53 in the faces group. "
    told = sizes + "The mean pain score {} at baseline was 70 mm."
    assert "whole_beside_groups" in read_abstract(told.format("in the VAS group"))["queue"]
    assert "whole_beside_groups" not in read_abstract(told.format("on the VAS"))["queue"]


def test_those_of_one_age_with_a_size_of_their_own_are_not_everybody():
    told = (
        "Porters under 60 years{} had an NRS of 6.8 (SD 1.7) before and 2.6 (SD 2.0) at 12 weeks."
    )
    assert "whole_beside_groups" in read_abstract(told.format(" (n = 44)"))["queue"]
    assert "whole_beside_groups" not in read_abstract(told.format(""))["queue"]
