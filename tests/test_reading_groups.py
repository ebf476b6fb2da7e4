"""Which group, how many people and what time a value belongs to; and what is no value at all.

All sentences are invented for these tests; `data/reading_groups.yaml` and the files beside it of
the same form hold them.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract
from tests.test_reading import lines

DATA = Path(__file__).parent / "data"
CASES: dict = {"read": {}, "nothing": {}}
for file in sorted(DATA.glob("reading_*.yaml")):
    loaded = yaml.safe_load(file.read_text("utf-8"))
    if loaded.keys() == CASES.keys():
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
