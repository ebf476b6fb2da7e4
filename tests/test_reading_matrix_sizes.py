"""Who was counted and who was only told of: the n of a score beside every other number of people.

Built so that the right n is known: a way to tell who was treated, a sentence with another number of
people before or behind the result, and the result. Those who had or reached something, needed
something or were of some kind are never the n; those who were followed up, analysed or left are.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract

DATA = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_matrix_sizes.yaml").read_text(encoding="utf-8")
)
ONE, TWO = DATA["one group"], DATA["two groups"]


def _texts(declared: list[str], other: str, results: list[str]) -> list[str]:
    texts = []
    for told, result in itertools.product(declared, results):
        texts.append(f"{told} {other} {result}")
        if "these" not in other.lower() and "respectively" not in other:
            texts.append(f"{told} {result} {other}")
    return texts


@pytest.mark.parametrize("n", ONE["others"])
def test_one_group_keeps_its_number_of_people(n: int) -> None:
    for other in ONE["others"][n]:
        for text in _texts(ONE["declared"], other, ONE["results"]):
            records = [r for r in read_abstract(text)["records"] if r["timepoint_days"] == 365]
            assert [(r["measure"], r["n"]) for r in records] == [("pain_vas", n)], text


@pytest.mark.parametrize("sizes", TWO["others"])
def test_each_of_two_groups_keeps_its_number_of_people(sizes: str) -> None:
    wax, clay = map(int, sizes.split())
    for other in TWO["others"][sizes]:
        for text in _texts(TWO["declared"], other, TWO["results"]):
            records = [r for r in read_abstract(text)["records"] if r["timepoint_days"] == 365]
            got = {("wax" in r["arm"], r["mean"], r["n"]) for r in records}
            assert got == {(True, 2.3, wax), (False, 3.7, clay)}, text
