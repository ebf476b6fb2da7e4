"""A p of how two things go together is no p of the scores beside it. All texts are invented."""

import pytest

from evergrove.reading import read_abstract

SCORES = "VAS at 5 weeks was 3.2 with wax and 4.6 with clay"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (f"{SCORES}, and correlated with height (r = 0.31, p = 0.04).", [None, None]),
        (f"{SCORES}; rho for pain and height was 0.29 (p = 0.04).", [None, None]),
        (f"{SCORES} (p = 0.03), and was associated with height (p = 0.21).", [0.03, 0.03]),
        (f"Pain was related to height (p = 0.04), and {SCORES}.", [None, None]),
        (
            "Wax was associated with a fall in VAS from 7.2 to 3.2 at 5 weeks (p = 0.01).",
            [None, 0.01],
        ),
    ],
)
def test_p_of_a_relation(told, expected):
    found = read_abstract(f"Forty nuns had wax (n = 20) or clay (n = 20). {told}")
    assert [record["p"] for record in found["records"]] == expected
