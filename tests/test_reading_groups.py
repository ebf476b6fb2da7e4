"""Which group, how many people and what time a value belongs to; and what is no value at all.

All sentences are invented for these tests; `data/reading_groups.yaml` holds them.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract
from tests.test_reading import lines

CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading_groups.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES["read"])
def test_reads(name):
    assert lines(CASES["read"][name]["text"]) == CASES["read"][name]["records"]


@pytest.mark.parametrize("name", CASES["nothing"])
def test_nothing_to_read(name):
    assert read_abstract(CASES["nothing"][name])["records"] == []
