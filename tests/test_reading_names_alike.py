"""Names of one group in other words: what is alike, what is opposite, and what goes together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.reading.arms.names_alike import ALIKE, likeness, paired

SAME = [
    ("wax", "31 nuns had wax"),
    ("surgical", "40 were operated on"),
    ("non-surgical", "conservative care"),
    ("steroid", "triamcinolone acetonide 40 mg"),
    ("steroid", "a corticosteroid injection"),
    ("ESWT", "extracorporeal shock wave therapy"),
    ("HA", "hyaluronic acid"),
    ("combination", "taping plus ice"),
    ("combined", "ablation with cement"),
    ("control", "usual care"),
    ("toxin", "onabotulinumtoxinA 155 U"),
    ("group B", "in group B ("),
]
OTHER = [
    ("surgical", "nonsurgical care"),
    ("laser", "no laser"),
    ("no laser", "laser"),
    ("ropivacaine", "bupivacaine 0.5%"),
    ("control", "wax"),
    ("combined", "treated with wax"),
    ("group A", "had a splint"),
    ("group A", "group AB"),
]


@pytest.mark.parametrize(("name", "phrase"), SAME)
def test_names_that_mean_the_same(name: str, phrase: str) -> None:
    assert likeness(name, phrase) >= ALIKE


@pytest.mark.parametrize(("name", "phrase"), OTHER)
def test_names_that_do_not(name: str, phrase: str) -> None:
    assert likeness(name, phrase) < ALIKE


def test_a_name_nearer_to_another_phrase_gives_way() -> None:
    phrases = ["ablation alone", "ablation with cement"]
    assert paired(["ablation", "combined"], phrases) == [0, 1]


def test_one_name_may_take_what_is_left_over() -> None:
    assert paired(["wax", "the new thing"], ["clay packs", "wax packs"]) == [1, 0]
    assert paired(["wax", "the new thing"], ["clay packs", "wax packs"], unmet=0) is None


def test_two_names_met_by_nothing_are_not_paired() -> None:
    assert paired(["the old thing", "the new thing"], ["clay packs", "wax packs"]) is None


def test_names_met_by_both_phrases_are_not_paired() -> None:
    assert paired(["wax", "wax packs"], ["wax packs", "wax packs"]) is None


@given(st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_gives_a_permutation_or_nothing(names: list[str], phrases: list[str]) -> None:
    order = paired(names, phrases)
    assert order is None or sorted(order) == list(range(len(names)))
    assert all(0 <= likeness(name, phrase) <= 1 for name in names for phrase in phrases)
