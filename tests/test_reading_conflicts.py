"""Two values for one cell: set apart and queued, or no record and queued; never both in silence.

What is read in each case stands in `data/reading_conflicts.yaml` (run by test_reading_groups).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove.reading import read_abstract

NOTHING_APART = "After 4 weeks mean VAS was 3.1, and it was 4.6."
ONE_PREPOSITION = (
    "The decrease in VAS was 2.3 ± 0.7 at 2 months with felt. "
    "A decrease of 1.8 ± 0.6 at 2 months was noted with cork."
)


def cells(result):
    return [
        (r["measure"], r["arm"], r["stat"], r["timepoint_label"])
        for r in result["records"]
        if r["stat"] != "between_diff"
    ]


def test_what_nothing_tells_apart_is_no_record_and_is_not_lost():
    result = read_abstract(NOTHING_APART)
    assert result["records"] == []
    assert [text for _, _, text in result["unclaimed"]] == ["3.1", "4.6"]
    assert result["queue"] == ["values_conflict"]


def test_what_was_set_apart_says_so():
    result = read_abstract(ONE_PREPOSITION)
    assert [r["arm"] for r in result["records"]] == ["felt", "cork"]
    assert all("conflict_resolved" in r["reasons"] for r in result["records"])
    assert "conflict_resolved" in result["queue"]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("With wax, VAS was 5.1 at baseline and 6.3 at 6 weeks.", "rises_from_baseline"),
        (
            "VAS at 6 weeks was 3.1 with wax and 4.4 with clay. VAS at 12 weeks was 3.9.",
            "whole_beside_groups",
        ),
    ],
)
def test_a_table_is_checked_against_itself(text, flag):
    result = read_abstract(text)
    flagged = [r for r in result["records"] if flag in r["flags"]]
    assert len(flagged) == 1
    assert flag in result["queue"]


def test_a_rise_is_none_where_more_is_better():
    text = "The Constant score was 41 ± 7 at baseline and 66 ± 8 at 6 weeks with wax."
    result = read_abstract(text)
    assert len(result["records"]) == 2
    assert "rises_from_baseline" not in result["queue"]


VALUES = st.integers(1, 99).map(lambda v: f"{v / 10:.1f}")
LINKS = st.sampled_from((" and ", ", ", " vs ", "; it was ", " with wax and ", " at 2 weeks and "))


@given(st.lists(st.tuples(VALUES, LINKS), min_size=2, max_size=7), st.booleans())
def test_no_two_values_stand_in_one_cell(pairs, told):
    """Whatever a row of numbers looks like, no cell of the table holds two of them."""
    row = "".join(value + link for value, link in pairs[:-1]) + pairs[-1][0]
    text = f"VAS at 6 weeks was {row}" + (" in the wax and clay groups." if told else ".")
    found = cells(read_abstract(text))
    assert len(found) == len(set(found))
