"""Which group, how many people and what time a value belongs to; and what is no value at all.

All sentences are invented for these tests; `data/reading_groups.yaml` holds them.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from evergrove.reading import read_abstract
from tests.test_reading import lines


def _cases() -> dict[str, dict[str, Any]]:
    """The cases of all files of this form; a name that stands in two files is an error."""
    found: dict[str, dict[str, Any]] = {"read": {}, "nothing": {}}
    for path in sorted((Path(__file__).parent / "data").glob("reading_*.yaml")):
        cases = yaml.safe_load(path.read_text("utf-8"))
        if set(cases) != {"read", "nothing"}:
            continue
        for kind, mine in cases.items():
            assert not set(mine) & set(found[kind]), path.name
            found[kind] |= mine
    return found


CASES = _cases()


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
