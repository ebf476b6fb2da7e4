"""Statistics about pain scores are no scores: alone, ahead of a result and behind it."""

from __future__ import annotations

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import lines

STATISTICS = """
    In multivariate analysis, {m} at 12 h (1.03 [1.01-1.05], P = 0.004) predicted death.
    In multivariable analysis, {m} (OR 1.24, 95% CI 1.03 to 1.47) was associated with failure.
    Independent predictors of success were baseline {m} (1.3; 1.1–1.7) and smoking (0.8; 0.6–0.9).
    Predictors of good outcome were {m} at baseline (1.3, p = 0.03) and age (0.9, p = 0.02).
    Risk factors for failure were smoking (2.6; 1.4-4.7) and high {m} (1.4; 1.1-1.7).
    The odds of success were 1.4 for {m} and 1.6 for age.
    The hazard ratio was 1.3 for {m} above 5 and 1.6 for {m} above 7.
    Baseline {m} correlated with age (0.31), BMI (0.19) and mood (0.47).
    Age correlated with {m} at baseline (0.31) and at 6 months (0.39).
    {m} at 6 months was correlated with mood (r = 0.41), fear (0.37) and sleep (0.28).
    There was a moderate correlation between mood and {m} at baseline (0.41) and 6 months (0.53).
    The coefficients of correlation with {m} were 0.23 at 1 month and 0.44 at 6 months.
    The concordance correlation was 0.77 (0.65, 0.86) for {m} at 1 h and 0.81 (0.73, 0.9) at 2 h.
    The test-retest reliability was 0.92 for {m} at rest and 0.86 for {m} on movement.
    Test-retest reliability was excellent for {m} (0.92) and good for strength (0.83).
    Catastrophizing was associated with {m} at 6 weeks (β = 0.33) and 6 months (0.21).
    The area under the curve was 0.77 (0.69-0.85) for {m} at baseline and 0.8 (0.7-0.9) at 6 weeks.
    The effect size was 0.7 for {m} at 6 weeks and 0.5 at 6 months.
    Treatment had a large effect on {m} (d = 0.93) and a small effect on strength (0.32).
    Heritability of {m} was 0.36 in men and 0.43 in women.
    {m} explained 0.22 of the variance in disability.
    The limits of agreement for {m} were -1.3 to 1.5 at baseline.
    A hazard ratio of 1.12 (1.05-1.16) for a 10-mm increase in {m} was found.
    The p values for {m} were 0.04 at 6 weeks and 0.22 at 6 months.
"""
MEASURES = ("VAS pain", "NRS", "back pain")
RESULT = "Mean NRS fell from 6.8 ± 1.2 at baseline to 2.4 ± 1.6 at 10 weeks."


@pytest.mark.parametrize("statistic", lines(STATISTICS))
def test_a_statistic_is_no_score(statistic: str) -> None:
    for measure in MEASURES:
        told = statistic.format(m=measure).rstrip(".") + "."
        told = told[0].upper() + told[1:]
        assert not read_abstract(f"Sixty potters had flax. {told}")["records"], told
        for text in (f"{RESULT} {told}", f"{told} {RESULT}"):
            got = read_abstract(f"Sixty potters had flax. {text}")["records"]
            assert sorted(record["mean"] for record in got) == [2.4, 6.8], text


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Age correlated with sleep (0.31), and mean VAS was 3.2 at 6 weeks.", [3.2]),
        ("VAS was associated with flax at 6 weeks: 3.2 ± 1.1 vs 4.6 ± 1.2 with cork.", [3.2, 4.6]),
        (
            "In a sensitivity analysis, mean VAS at 6 weeks was 3.2 with flax and 4.6 with cork.",
            [3.2, 4.6],
        ),
    ],
)
def test_a_score_beside_a_statistic_is_read(text: str, means: list[float]) -> None:
    got = read_abstract(f"Sixty potters had flax or cork. {text}")["records"]
    assert sorted(record["mean"] for record in got) == means
