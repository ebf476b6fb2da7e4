"""A p of two groups whose scale is named behind the second value. All sentences are invented."""

import pytest

from evergrove.reading import read_abstract


@pytest.mark.parametrize(
    "text",
    [
        "At week 2 pain was 2.7 with wax and 4.1 with clay on the NRS (p = 0.02).",
        "At week 2 pain was 2.7 (SD 1.0) with wax and 4.1 (SD 1.1) with clay (VAS; p = 0.02).",
        "Pain at week 2 was milder (wax 2.7 vs clay 4.1 on the NRS, p = 0.02).",
        "At week 2 the NRS was 2.7 with wax and 4.1 with clay (p = 0.02).",
    ],
)
def test_both_groups_have_it(text):
    assert [record["p"] for record in read_abstract(text)["records"]] == [0.02, 0.02]
