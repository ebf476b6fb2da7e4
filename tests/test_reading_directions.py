"""The sign of "improved by" goes by which direction of the instrument, or of its part, is better.

All sentences are invented for these tests.
"""

import pytest

from evergrove.reading import read_abstract

IMPROVED = {
    "VAS": "-",
    "NRS": "-",
    "ODI": "-",
    "Roland-Morris score": "-",
    "NDI": "-",
    "WOMAC pain": "-",
    "DASH score": "-",
    "SPADI": "-",
    "FIQ": "-",
    "BPI interference": "-",
    "KOOS pain": "+",
    "Harris hip score": "+",
    "Constant score": "+",
    "modified JOA score": "+",
    "EQ-5D": "+",
    "EQ-VAS": "+",
    "SF-36 physical functioning": "+",
    "SF-36 bodily pain": "+",
    "SF-12 physical component": "+",
    "Karnofsky score": "+",
    "PROMIS physical function": "+",
    "PROMIS pain interference": "-",
    "PROMIS fatigue": "-",
    "PROMIS sleep disturbance": "-",
    "EORTC QLQ-C30 global health status": "+",
    "EORTC QLQ-C30 pain": "-",
}


@pytest.mark.parametrize("scale", IMPROVED)
def test_an_improvement_goes_the_better_way(scale):
    text = f"Forty cooks had wax. The {scale} improved by 5.1 points at 6 months."
    (record,) = read_abstract(text)["records"]
    assert record["stat"] == "change"
    assert record["mean"] == (5.1 if IMPROVED[scale] == "+" else -5.1)


@pytest.mark.parametrize("scale", IMPROVED)
def test_a_worsening_goes_the_other_way(scale):
    text = f"Forty cooks had wax. The {scale} worsened by 5.1 points at 6 months."
    (record,) = read_abstract(text)["records"]
    assert record["mean"] == (-5.1 if IMPROVED[scale] == "+" else 5.1)
