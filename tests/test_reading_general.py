"""Groups, n, times and constructs that an abstract tells in another place than the value.

All sentences are invented for these tests; `data/reading_general.yaml` holds the longer ones.
"""

from pathlib import Path

import pytest
import yaml

from evergrove.reading import read_abstract
from tests.test_reading import lines

CASES = yaml.safe_load(
    (Path(__file__).parent / "data" / "reading_general.yaml").read_text("utf-8")
)["read"]


@pytest.mark.parametrize("name", CASES)
def test_reads(name):
    assert lines(CASES[name]["text"]) == CASES[name]["records"]


@pytest.mark.parametrize(
    "text",
    [
        "Nurses rated the tightness of the bandage on a VAS at 5.2 ± 1.1 and 4.4 ± 1.3.",
        "Satisfaction with the splint, scored on a 10-cm visual analogue scale, was 8.1 ± 1.2.",
        "Adults will be randomised 1:1 to tape or no tape; the primary outcome is the NRS.",
    ],
)
def test_a_scale_of_something_else_and_a_plan_give_nothing(text):
    assert lines(text) == []


def test_what_a_person_rated_on_a_scale_is_read_when_it_is_pain():
    text = (
        "Patients rated their knee pain on a VAS before (6.1 ± 1.2) and 6 weeks after (3.1 ± 1.4)."
    )
    assert [line.split(" | ")[0] for line in lines(text)] == ["pain_vas:knee"] * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("At 6 weeks the median NRS was 4 (IQR 3-5 with foam, 2-6 with spray).", "arity_ambiguous"),
        (CASES["a change dated by the primary outcome"]["text"], "time_assumed"),
        (CASES["times listed in the methods"]["text"], "time_assumed"),
        (
            "This series is an extension of a cohort reported earlier. "
            "The NRS was 3.0 (SD 1.1) at 2 years in 40 patients.",
            "overlapping_cohort",
        ),
    ],
)
def test_what_was_inferred_is_queued(text, reason):
    assert reason in read_abstract(text)["queue"]


def test_compared_with_a_group_is_a_difference_but_compared_with_baseline_is_a_change():
    against = "Compared with {}, magnesium reduced cramp pain on the NRS by 0.7 points at month 3."
    stats = [
        read_abstract(against.format(x))["records"][0]["stat"] for x in ("placebo", "baseline")
    ]
    assert stats == ["between_diff", "change"]


def test_did_not_change_is_a_verb_and_no_change_score():
    text = (
        "Hip pain did not change, being 4.4 (SD 2.1) before the walking course "
        "and 4.3 (SD 2.2) ten weeks later."
    )
    assert [(r["stat"], r["mean"]) for r in read_abstract(text)["records"]] == [
        ("level", 4.4),
        ("level", 4.3),
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_text_cut_off_anywhere_is_read_without_fault_and_with_exact_spans(name):
    text = CASES[name]["text"]
    for end in range(0, len(text), 3):
        for part in (text[:end], text[end:]):
            for record in read_abstract(part)["records"]:
                for first, last, surface in record["spans"].values():
                    assert part[first:last] == surface
