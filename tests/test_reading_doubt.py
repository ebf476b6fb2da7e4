"""Reasons that send a text to a person although its records may be right (invented texts)."""

import pytest

from evergrove.reading import read_abstract


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "These 22 carvers, a subset of the 51 we reported in 2017, had a wrist-pain NRS of "
            "3.1 ± 1.2 at 2 years.",
            "overlapping_cohort",
        ),
        (
            "Part of this series we have described elsewhere. At 2 years NRS was 3.1 (SD 1.2).",
            "overlapping_cohort",
        ),
        (
            "These 40 carvers belong to the same 90 whom we reported on earlier; 3 years later "
            "their VAS was 2.1 (SD 1.4).",
            "overlapping_cohort",
        ),
        (
            "Wrist pain NRS with rinse, spray and gel averaged 4.1 and 5.2, respectively.",
            "arity_mismatch",
        ),
        (
            "VAS was 31 mm with wax and 40 mm with clay; the wax minus clay difference was 9 mm.",
            "difference_order_unknown",
        ),
        (
            "Mean follow-up came to 31 weeks (SD 8); 26 of the 30 cooks were seen then, with a "
            "foot-pain VAS (0-10) of 2.2 ± 1.3.",
            "timepoint_approximate",
        ),
        (
            "Thirty fishers had cement injected; four died by day 30. Mean VAS was 7.2 before and "
            "3.1 at day 30.",
            "n_inferred",
        ),
        (
            "Eleven women and two men were treated. Mean VAS fell from 7.1 to 3.2 at 3 months.",
            "n_missing",
        ),
    ],
)
def test_is_queued(text, reason):
    assert reason in read_abstract(text)["queue"]


def test_our_report_of_this_year_is_no_second_cohort():
    text = "Of 51 carvers we reported on all; NRS was 3.1 (SD 1.2) at 2 years."
    assert "overlapping_cohort" not in read_abstract(text)["queue"]


def test_grades_with_their_numbers_are_the_scale():
    text = (
        "Graded none (0), slight (1) or severe (2), calf pain was 1.2 ± 0.4 in 40 nuns at week 1."
    )
    found = read_abstract(text)
    assert [r["dispersion"] for r in found["records"]] == ["inferred_bounds"]
    assert "dispersion_assumed" not in found["queue"]
