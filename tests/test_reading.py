"""Reading an abstract: what is found, where it stands, and what is left alone.

All sentences are invented for these tests.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import load_profile, read_abstract

FIELDS = (
    "mean", "median", "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high",
)  # fmt: skip


def short(record):
    """measure, group, stat, time, n and the numbers of a record, in one line."""
    numbers = " ".join(f"{name}={record[name]}" for name in FIELDS if record[name] is not None)
    time = record["timepoint_days"]
    if time is None:
        time = record["timepoint_label"]
    parts = (record["measure"], record["arm"], record["stat"], time, record["n"], numbers)
    return " | ".join(str(part) for part in parts)


def lines(text, profile="default"):
    return [short(record) for record in read_abstract(text, profile)["records"]]


CASES = yaml.safe_load((Path(__file__).parent / "data" / "reading.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES["read"])
def test_reads(name):
    case = CASES["read"][name]
    assert lines(case["text"]) == case["records"]


@pytest.mark.parametrize("name", CASES["nothing"])
def test_reads_nothing_from(name):
    assert lines(CASES["nothing"][name]) == []


def queue(text):
    return read_abstract(text)["queue"]


def test_a_clear_sentence_needs_nobody():
    assert (
        queue("At 16 weeks the rowing group reported a mean NRS of 4.1 (95% CI 3.5 to 4.7).") == []
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Median NRS at 8 weeks was 5 (IQR 3).", "iqr_width_only"),
        ("The mean NRS after 20 days was 3.5 (95% CI 3.8 to 4.4).", "estimate_outside_ci"),
        ("On day 5 the 12 millers had a mean NRS (0-10) of 0.6 (SD 3.2).", "sd_exceeds_bound"),
        ("Jaw pain severity at discharge was 4.1 ± 0.5.", "dispersion_ambiguous"),
        ("Forty men had a bath. Median NRS at 8 weeks was 5.5 ± 1.8.", "dispersion_assumed"),
        ("Forty men had a bath. Median NRS at 8 weeks was 5 (2).", "dispersion_ambiguous"),
        ("Values are means ± 2 SD. NRS at 8 weeks was 5.2 ± 2.4.", "dispersion_ambiguous"),
        ("Two days after the fall the VAS of 41 skaters averaged 58 ± 16.", "scale_inferred"),
        ("The NRS fell from 6.6 to 2.4 at 1 year (p = 0.000).", "p_printed_zero"),
        ("The mean NRS was 3.4 [3.0; 3.8] at week 12.", "interval_unlabelled"),
        ("The adjusted mean NRS at week 8 was 3.1 (SE 0.2).", "model_based"),
        ("At last review the NRS was 2.0 (SD 1.8).", "timepoint_unresolved"),
        ("The reduction in VAS was −1.9 (SD 1.1) at 4 weeks.", "sign_conflict"),
        ("NRS at week 2 was 7.1 vs 4.0.", "pair_unresolved"),
        ("Across the visits mean NRS ranged from 2.1 to 3.3.", "range_of_means"),
        ("The previously reported 40 had an NRS of 3.0 (SD 1.0) at week 2.", "overlapping_cohort"),
    ],
)  # fmt: skip
def test_doubt_puts_the_text_into_the_queue(text, reason):
    assert reason in queue(text)


def test_the_p_of_two_groups_tells_a_standard_error():
    text = (
        "Calf pain at 7 weeks was 4.20 ± 0.24 in the warm group (n = 42) and 5.00 ± 0.28 in the "
        "cool group (n = 41; p = 0.03)."
    )
    records = read_abstract(text)["records"]
    assert [(r["se"], r["sd"], r["dispersion"]) for r in records] == [
        (0.24, None, "inferred_p"),
        (0.28, None, "inferred_p"),
    ]


def test_whole_numbers_cannot_have_so_small_an_sd():
    record = read_abstract("The NRS was 4.5 ± 0.2 at week 3 (n = 6).")["records"][0]
    assert (record["se"], record["sd"], record["dispersion"]) == (0.2, None, "inferred_bounds")


def test_an_assumed_sd_names_its_alternative():
    record = read_abstract("Jaw pain was 61 ± 17 mm at week 2.")["records"][0]
    assert (record["sd"], record["dispersion"]) == (17, "assumed")
    assert record["alternatives"] == [{"field": "se", "value": 17.0}]


def test_a_p_inside_a_change_belongs_to_the_later_value():
    first, second = read_abstract("NRS fell from 6.1 to 3.0 at week 5 (p<0.001).")["records"]
    assert (first["p"], second["p"], second["p_op"]) == (None, 0.001, "<")


def test_a_value_told_again_in_the_conclusion_is_one_record():
    text = (
        "Results: Mean VAS fell from 7.4 (SD 1.2) to 2.6 (SD 1.8) at 1 year in 33 patients. "
        "Conclusions: Mean VAS fell from 7.4 to 2.6."
    )
    assert len(read_abstract(text)["records"]) == 2


def test_values_of_the_methods_are_not_read_where_there_are_results():
    text = (
        "Methods: A VAS of 6.0 (SD 1.0) was expected. Results: The VAS was 3.1 (SD 1.2) at week 4."
    )
    assert lines(text) == ["pain_vas | all | level | 28 | None | mean=3.1 sd=1.2"]


def test_confidence_falls_with_doubt():
    sure = read_abstract("NRS was 4.1 (SD 1.2) at week 3 in 40 potters.")["records"][0]
    unsure = read_abstract("Jaw pain was 4.1 ± 1.2.")["records"][0]
    assert 0 < unsure["confidence"] < sure["confidence"] <= 0.99


def test_another_field_of_medicine_is_a_profile():
    text = (
        "Systolic blood pressure fell from 152 ± 14 to 138 ± 12 mmHg and HbA1c from 8.1% (SD 0.9) "
        "to 7.2% (SD 0.8) at 24 weeks in 80 adults; mean age was 61 ± 9 years."
    )
    assert lines(text, load_profile("cardiometabolic")) == [
        "sbp | all | level | 0 | 80 | mean=152 sd=14",
        "sbp | all | level | 168 | 80 | mean=138 sd=12",
        "hba1c | all | level | 0 | 80 | mean=8.1 sd=0.9",
        "hba1c | all | level | 168 | 80 | mean=7.2 sd=0.8",
    ]
