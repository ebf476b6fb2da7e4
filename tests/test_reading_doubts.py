"""A text whose records look settled is still queued where something in it asks for a look."""

from typing import Any

import pytest

from evergrove.reading import read_abstract
from evergrove.reading.document import scan_text
from evergrove.reading.measures.lexicon import load_profile
from evergrove.reading.records.candidates import empty_record
from evergrove.reading.records.doubts import doubts
from evergrove.reading.records.leftovers import leftovers


def names(text: str, *records: dict[str, Any]) -> set[str]:
    """The doubts of a text of which exactly these records had been read."""
    document = scan_text(text, load_profile("default"))
    for view in document.views:
        for value in view.q.values:
            view.q.rejected.pop(value.at, None)
    read = [{**empty_record(), "measure": "pain_nrs", **record} for record in records]
    return doubts(document, read, leftovers(document, read)["unclaimed"])


@pytest.mark.parametrize(
    "text",
    [
        "Pain was rated by all. Ten weeks on, the reading stood at 4.2 (SD 1.9).",
        "Pain was rated by all. Ten weeks on, the reading stood at 4.2.",
        "Ten weeks on, the reading stood at 4.2 ± 1.9.",
    ],
)
def test_a_number_like_a_score_that_went_nowhere_is_asked_about(text: str) -> None:
    assert "unclaimed_result" in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ten weeks on, the reading stood at 4.2.",  # of what, if no pain is told at all
        "Pain was rated by all. The block lasted 12.2 ± 2.6 h.",
        "Pain was rated by all. Haemoglobin reached 12.2 g.",
        "Pain was rated by all. Of these, 61.5% were women.",
        "METHODS: Pain was rated by all with an error of 0.4 (SD 0.1).",
    ],
)
def test_numbers_of_other_things_are_not_asked_about(text: str) -> None:
    assert "unclaimed_result" not in names(text)


def level(mean: float, **more: Any) -> dict[str, Any]:
    return {"mean": mean, "timepoint_label": "baseline", "timepoint_days": 0, **more}


@pytest.mark.parametrize(
    ("doubt", "records"),
    [
        ("uneven_spread", [level(0.9, arm="I"), level(2.7, sd=1.2, arm="S")]),
        ("mean_beside_median", [level(3.1), {"median": 4.0, "timepoint_days": 30}]),
        ("uneven_n", [level(2.1, arm="plate", n=20), level(2.7, arm="wire")]),
        ("n_grows", [level(7.4, n=64), {"mean": 2.8, "timepoint_days": 90, "n": 73}]),
        ("n_implausible", [level(2.1, arm="plate", n=2), level(2.7, arm="wire", n=20)]),
        ("n_missing", [level(6.1)]),
    ],
)
def test_records_that_do_not_agree_with_each_other_are_asked_about(
    doubt: str, records: list[dict[str, Any]]
) -> None:
    assert doubt in names("Pain was rated by 38 potters.", *records)


@pytest.mark.parametrize(
    "records",
    [
        [level(7.4, n=64, sd=1.0), {"mean": 2.8, "sd": 1.1, "timepoint_days": 90, "n": 61}],
        [level(7.4, n=30, arm="A", sd=1.0), level(7.2, n=31, arm="B", sd=1.3)],
        # A change has no spread where its scores have one: two kinds, each even by itself.
        [level(7.4, n=30, sd=1.0), {"mean": -2.0, "stat": "change", "n": 30}],
        # A difference between groups has no n of its own.
        [level(7.4, n=30, arm="A"), {"mean": -0.4, "stat": "between_diff", "arm": "A minus B"}],
    ],
)
def test_records_that_agree_are_left_alone(records: list[dict[str, Any]]) -> None:
    assert names("Pain was rated by 64 potters.", *records) == set()


def test_results_set_aside_beside_a_yardstick_are_asked_about() -> None:
    text = "The gap in pain was 2.9 points (95% CI 1.1 to 4.7), the relevant gap being set at 2.0."
    read = read_abstract(text)
    got = {record["mean"] for record in read["records"]}
    assert 2.9 in {abs(mean) for mean in got} or "unclaimed_result" in read["queue"]


def test_a_text_without_any_record_asks_about_numbers_of_a_measure_it_does_not_know() -> None:
    text = "In 40 beekeepers the Quibble index of pain stood at 31.4 (SD 6.2) in week 3."
    read = read_abstract(text)
    assert read["records"] or "unclaimed_result" in read["queue"]


def test_a_text_that_reads_plainly_has_an_empty_queue() -> None:
    text = "Pain NRS fell from 6.8 (SD 1.5) at baseline to 3.1 (SD 1.9) at 3 months (n = 41)."
    assert read_abstract(text)["queue"] == []


@pytest.mark.parametrize(
    "told",
    [
        "We carried out a pooled analysis of case series. Fifteen papers described 108 cooks.",
        "A systematic search of PubMed and Embase was done; 15 trials (n = 108) were included.",
        "In a meta-analysis of 15 trials, 108 cooks were counted.",
        "Fifteen studies with data on 108 cooks were found.",
    ],
)
def test_the_values_of_a_review_are_those_of_other_papers(told: str) -> None:
    text = f"{told} Mean NRS fell from 7.8 (SD 1.2) to 2.9 (SD 1.5) at 1 month."
    read = read_abstract(text)
    assert read["records"] and "several_studies" in read["queue"]


def test_what_a_trial_says_of_earlier_studies_makes_it_no_review() -> None:
    text = (
        "Earlier studies and two reviews disagree. We searched our database for cooks (n = 40). "
        "Mean NRS fell from 7.8 (SD 1.2) at baseline to 2.9 (SD 1.5) at 1 month."
    )
    assert "several_studies" not in read_abstract(text)["queue"]


def test_a_fall_of_one_group_compared_with_another_may_be_a_difference() -> None:
    told = "Cooks were randomised to wax (n = 41) or clay (n = 43). At 6 months, NRS decreased by "
    alone = read_abstract(told + "1.9 points with wax compared with clay (p = 0.02).")
    assert "change_or_difference" in alone["queue"]
    both = read_abstract(told + "1.9 points with wax compared with 0.4 points with clay.")
    assert both["queue"] == []


def test_a_second_list_that_was_set_aside_as_counts_is_queued():
    text = (
        "Thirty-six sailors were assigned to wax and 36 to clay. At 2 years the wax group showed a "
        "mean reduction in NRS of 5.25 and a rate of satisfied sailors of 91.6%, compared with "
        "0.70% and 14.3%, respectively, in the clay group."
    )
    assert "unclaimed_result" in read_abstract(text)["queue"]


def test_a_result_that_is_told_in_the_methods_is_asked_about() -> None:
    text = (
        "METHODS: Fifty nuns with a mean VAS of 6.7 ± 2.1 were given wax. "
        "RESULTS: VAS was 3.1 ± 1.1 at 6 weeks."
    )
    read = read_abstract(text)
    assert [record["mean"] for record in read["records"]] == [3.1]
    assert "unclaimed_result" in read["queue"]


def test_a_scale_that_the_methods_explain_is_not_asked_about() -> None:
    text = (
        "METHODS: Fifty nuns (57 ± 12 years) scored pain on an NRS (0-10) and were given wax. "
        "RESULTS: NRS was 3.1 ± 1.1 at 6 weeks."
    )
    assert "unclaimed_result" not in read_abstract(text)["queue"]


def change(mean: float, **more: Any) -> dict[str, Any]:
    return {"mean": mean, "stat": "change", "timepoint_label": "6 weeks", **more}


def later(mean: float, **more: Any) -> dict[str, Any]:
    return {"mean": mean, "timepoint_label": "6 weeks", "timepoint_days": 42, **more}


@pytest.mark.parametrize(
    ("doubt", "records"),
    [
        # at one visit a change of one group, and a score of the other
        ("change_or_level", [change(-2.1, arm="plate"), later(1.3, arm="wire")]),
        # a change at one visit, a score at the next, and none at baseline
        ("change_or_level", [change(-2.1), later(1.3, timepoint_label="1 year")]),
        (
            "level_or_difference",
            [
                later(1.7, stat="between_diff", arm="plate minus wire"),
                later(2.6, arm="wire"),
            ],
        ),
        ("part_unclear", [later(2.1, measure="pain_nrs:labour"), later(5.2)]),
        ("time_implausible", [later(2.1, timepoint_label="57 years", timepoint_days=20819)]),
        ("arm_unclear", [later(2.1, arm="women"), later(3.2, arm="placebo")]),
        ("arm_unclear", [later(2.1, arm="offered"), later(3.2, arm="wire")]),
        ("fewer_counted", [later(2.1, n=44)]),
    ],
)
def test_records_of_doubtful_kind_or_owner_are_asked_about(
    doubt: str, records: list[dict[str, Any]]
) -> None:
    assert doubt in names("Pain was rated by 38 potters.", *records)


@pytest.mark.parametrize(
    "records",
    [
        [change(-2.1, arm="plate"), change(-1.3, arm="wire")],
        [later(2.1, arm="plate"), later(3.2, arm="wire")],
        [level(7.4), later(3.1), change(-4.3)],
        [
            later(-0.9, stat="between_diff", arm="plate minus wire"),
            later(1.7, arm="plate"),
            later(2.6, arm="wire"),
        ],
        [later(2.1, arm="controls"), later(3.2, arm="wire")],
    ],
)
def test_records_of_one_kind_are_left_alone(records: list[dict[str, Any]]) -> None:
    kinds = {"change_or_level", "level_or_difference", "arm_unclear", "part_unclear"}
    assert not names("Pain was rated by 38 potters.", *records) & kinds


def test_a_score_alone_in_a_sentence_that_tells_a_fall_is_asked_about() -> None:
    text = "Pain was rated by 38 potters. A fall of pain was seen at six weeks: the sum was 1.9."
    assert "change_or_level" in names(text, later(1.9, spans={"mean": at(text, "1.9")}))
    baseline = level(7.2, spans={})
    assert "change_or_level" not in names(
        text, baseline, later(1.9, spans={"mean": at(text, "1.9")})
    )


def test_a_change_of_one_group_in_a_sentence_that_names_two_is_asked_about() -> None:
    text = "The use of tape instead of cork gave an NRS reduction of 2.9 by six weeks."
    read = read_abstract("Potters were randomised to tape (n = 20) or cork (n = 21). " + text)
    kinds = {record["stat"] for record in read["records"]}
    assert kinds == {"between_diff"} or "change_or_difference" in read["queue"]


def test_one_number_of_a_pair_alone_is_asked_about() -> None:
    text = "Pain was less with felt (3.2 vs 4.4)."
    half = later(3.2, spans={"mean": at(text, "3.2")})
    whole = later(4.4, arm="cork", spans={"mean": at(text, "4.4")})
    assert "unclaimed_result" in names(text, half)
    assert "unclaimed_result" not in names(text, half, whole)


@pytest.mark.parametrize("rest", ["and 71 wrote the diary", "71 patients of them came back"])
def test_fewer_people_than_n_are_asked_about(rest: str) -> None:
    text = f"Ninety potters had felt {rest}. The NRS at 12 weeks was 3.1 (SD 1.2)."
    read = read_abstract(text)
    assert read["records"][0]["n"] == 71 or "fewer_counted" in read["queue"]


def at(text: str, surface: str) -> list[Any]:
    start = text.index(surface)
    return [start, start + len(surface), surface]


def doubts_in(text: str) -> set[str]:
    """The doubts of a text as it is read."""
    return set(read_abstract(text)["queue"])


@pytest.mark.parametrize(
    ("doubt", "text"),
    [
        (
            "change_inconsistent",
            "NRS fell from 7.2 to 3.3 at 1 month, a mean fall of 3.9, then rose to 4.1 at a year.",
        ),
        ("percent_inconsistent", "NRS fell from 8.0 to 4.0 at 5 weeks, a fall of 70%."),
        (
            "difference_inconsistent",
            "At 5 weeks NRS was 3.1 with wax, 4.2 with clay (difference 2.4, 95% CI 1.4 to 3.4).",
        ),
        (
            "difference_inconsistent",
            "NRS fell with wax from 8.2 to 3.2 and with clay from 6.3 to 5.3 at 5 weeks; "
            "difference in change 1.4, p = 0.002.",
        ),
    ],
)
def test_a_number_that_the_scores_beside_it_refute_is_asked_about(doubt: str, text: str) -> None:
    assert doubt in doubts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "NRS fell from 7.2 to 3.3 at 1 month, a mean fall of 3.9.",
        "NRS fell from 7.24 to 3.3 at 1 month, a mean fall of 4.0.",  # within what was rounded away
        "NRS fell from 8.0 to 4.0 at 5 weeks, a fall of 50%.",
        "At 5 weeks NRS was 3.1 with wax and 4.2 with clay (difference 1.1, 95% CI 0.4 to 1.8).",
        "NRS fell with wax from 8.2 to 3.2 and with clay from 6.3 to 5.3 at 5 weeks; "
        "difference in change 4.0, p = 0.002.",
        "At 5 weeks NRS was 3.1 with wax, 4.2 with clay (adjusted difference 1.4, p = 0.01).",
    ],
)
def test_a_number_that_fits_the_scores_beside_it_is_not_asked_about(text: str) -> None:
    assert not any(name.endswith("_inconsistent") for name in doubts_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "Dizziness (VAS) was 6.1 with wax and 3.2 with clay at week 2.",
        "Firmness (a 10-cm VAS) rose from 3.2 to 6.1 at week 2.",
    ],
)
def test_a_scale_of_what_no_word_calls_pain_is_asked_about(text: str) -> None:
    assert "measure_unclear" in doubts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Shoulder (VAS) improved from 7.1 to 3.2 at week 6.",
        "The outcome (NRS) improved from 7.1 to 3.2 at week 6.",
        "Sciatica (VAS) improved from 7.1 to 3.2 at week 6.",
        "Night pain of the knee (VAS) improved from 7.1 to 3.2 at week 6.",
        "NRS was better with wax (VAS 3.1) than with clay (VAS 4.1) at week 2.",
        "Pain fell from 7.1 to 3.2 at 6 months (VAS).",
    ],
)
def test_a_scale_of_pain_is_not_asked_about(text: str) -> None:
    assert "measure_unclear" not in doubts_in(text)


def test_the_few_who_were_left_are_asked_about() -> None:
    few = "Forty nuns had wax. At 1 year 13 patients were still alive; VAS was 3.2 (SD 1.1)."
    assert "fewer_counted" in doubts_in(few)
    assert "fewer_counted" not in doubts_in(few.replace("still alive", "pain free"))
