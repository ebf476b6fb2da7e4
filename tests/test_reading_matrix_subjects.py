"""What the people of a score suffer from is no measure, no group and no time.

Each subject with its condition is put into each sentence; the records, all their cells, must be
those of the sentence with the bare subject. A pain that was scored keeps its place.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.matrix_sample import cells, lines

SUBJECTS = """
    patients with low back pain
    patients with neck and shoulder pain
    patients with moderate to severe pain
    patients with migraine
    patients with knee osteoarthritis
    patients with painful diabetic neuropathy
    patients with postherpetic neuralgia
    patients with complex regional pain syndrome type I
    patients with lumbar disc herniation
    patients with a history of migraine
    patients with pain on movement
    patients with pain from bone metastases
    patients with pain in the knee
    patients with pain of spinal origin
    patients with knee pain due to gout
    patients with knee pain after total knee arthroplasty
    patients with low back pain radiating to the leg
    patients with shoulder pain of more than 6 months
    patients with neck pain lasting over 3 months
    patients with lateral epicondylitis of more than 3 months' duration
    patients whose back pain had lasted over 3 months
    patients having severe toothache
    patients with saddle soreness
    patients suffering from chronic headache
    patients reporting neck pain
    patients complaining of jaw pain
    patients presenting with ear ache
    patients presenting to the emergency department with headache
    patients who complained of shoulder pain
    patients who had been operated on because of back pain
    patients operated on for back pain
    patients treated for neck pain
    patients referred for low back pain
    patients admitted with acute abdominal pain
    patients seeking care for neck pain
    patients attending a pain clinic for back pain
    patients scheduled for surgery because of hip pain
    patients, all with low back pain,
    low back pain patients
"""
SENTENCES = """
    The 34 {} rated their pain as 6.8 before and 2.4 after 5 weeks of treatment.
    The 34 {} reported a mean pain intensity of 6.8 ± 1.2 on the VAS at 5 weeks.
    The 34 {} scored a mean of 6.8 on the NRS at baseline and 2.4 at 5 weeks.
    The 34 {} complained of pain of 6.8 ± 1.2 on the VAS at 5 weeks.
    The 34 {} rated pain at rest at 3.1 (SD 1.2) and pain on movement at 5.2 (SD 1.6) at 5 weeks.
    Pain was rated at 6.8 by the 34 {} at 5 weeks.
    In the 34 {}, pain intensity fell from 6.8 ± 1.2 to 2.4 ± 1.6 at 5 weeks.
    Results: In the 34 {} the median NRS score was 4 (IQR 3-5) at 5 weeks.
    Mean VAS in the 34 {} was 6.8 (SD 1.2) at baseline and 2.4 (SD 1.6) at 5 weeks.
    Thirty-four {} took part. They rated their pain at 6.8 (SD 1.2) before and 2.4 after 5 weeks.
    At 5 weeks the VAS of {} was 2.4 ± 1.6 in the wax group and 3.9 ± 1.8 in the clay group.
"""


PLAIN = {sentence: cells(sentence.format("patients")) for sentence in lines(SENTENCES)}


@pytest.mark.parametrize("subject", lines(SUBJECTS))
def test_a_condition_changes_no_record(subject: str) -> None:
    for sentence, plain in PLAIN.items():
        text = sentence.format(subject).replace(",,", ",").replace(", took", " took")
        assert plain, sentence
        assert cells(text) == plain, text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Potters with headache rated their headache at 6.8.", {("pain:headache", 6.8)}),
        ("In patients with low back pain, back pain was 6.8.", {("pain:back", 6.8)}),
        ("Patients with hip arthritis had a hip pain VAS of 6.8.", {("pain_vas:hip", 6.8)}),
        ("Patients operated on for stenosis had a leg pain of 6.8.", {("pain:leg", 6.8)}),
        ("The 34 potters with migraine had a neck pain NRS of 6.8.", {("pain_nrs:neck", 6.8)}),
        ("The mean pain patients reported was 6.8.", {("pain", 6.8)}),
        ("The mean pain score of thirty-four potters was 6.8.", {("pain", 6.8)}),
        ("Pain was worse in those reporting neck pain of 6.8.", {("pain:neck", 6.8)}),
    ],
)
def test_the_pain_that_was_scored_keeps_its_place(text: str, told: set[tuple[str, float]]) -> None:
    assert {(record["measure"], record["mean"]) for record in cells(text)} == told


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "At 5 weeks VAS was 3.1 in patients with sciatica and 4.2 in patients with stenosis.",
            ["sciatica", "stenosis"],
        ),
        (
            "At 5 weeks VAS was 3.1 in patients with arthritis and 4.2 in those without arthritis.",
            ["arthritis", "no arthritis"],
        ),
        (
            "At 5 weeks VAS was 5.1 in patients with severe pain and 3.2 in those with mild pain.",
            ["mild", "severe"],
        ),
        (
            "At 5 weeks VAS was 6.1 in patients with fractures and 4.2 in patients with implants.",
            ["fractures", "implants"],
        ),
        (
            "At 5 weeks VAS was 3.1 (SD 1.2) in patients with cancer pain in the wax group and 4.2"
            " (SD 1.4) in patients with cancer pain in the clay group.",
            ["clay", "wax"],
        ),
        (
            "34 patients with back pain and 31 with leg pain were treated. At 5 weeks patients with"
            " back pain scored 6.1 on the VAS.",
            ["back"],
        ),
        (
            "At 5 weeks VAS was 3.1 in neck pain patients and 4.2 in back pain patients.",
            ["back pain", "neck pain"],
        ),
        (
            "At 5 weeks VAS was 3.1 in patients with low back pain who had wax and 4.2 in patients"
            " with low back pain who had clay.",
            ["clay", "wax"],
        ),
        (
            "Patients with back pain had a VAS of 3.1 and patients with leg pain a VAS of 4.2.",
            ["back pain", "leg pain"],
        ),
        (
            "Mean NRS of neck pain subjects was 3.1 at 5 weeks, that of back pain subjects 4.2.",
            ["back pain", "neck pain"],
        ),
    ],
)
def test_a_condition_that_tells_groups_apart_is_kept(text: str, arms: list[str]) -> None:
    read = cells(text)
    named = sorted(record["arm"] for record in read)
    assert len(named) == len(arms)
    assert all(name.startswith(arm) for name, arm in zip(named, arms, strict=True)), named
    assert {":" in record["measure"] for record in read} == {False}


def test_how_long_it_has_lasted_is_no_visit() -> None:
    text = "At 5 weeks pain was rated at 6.8 by potters with neck pain lasting over 3 months."
    assert [record["timepoint_label"] for record in cells(text)] == ["5 weeks"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # everybody's number is that of neither group
            "The 34 patients rated their pain at 2.4 with wax and at 3.9 with clay at 5 weeks.",
            [("pain", "clay", None, 3.9), ("pain", "wax", None, 2.4)],
        ),
        (
            "The 34 patients given wax reported a pain of 2.4 and the 31 given clay 3.9.",
            [("pain", "clay", 31, 3.9), ("pain", "wax", 34, 2.4)],
        ),
        (  # a group stands before "on the VAS", and nothing else that was rated
            "At 5 weeks patients scored 2.4 in the wax group and 3.9 in the clay group on the VAS.",
            [("pain_vas", "clay", None, 3.9), ("pain_vas", "wax", None, 2.4)],
        ),
        ("Potters rated comfort 8.1 in the wax group and 7.2 in the clay group on a VAS.", []),
        ("Potters rated the fit of the splint 8.1 in the wax group on the VAS.", []),
    ],
)
def test_who_scored_in_two_groups(text: str, told: list[tuple[Any, ...]]) -> None:
    read = [(one["measure"], one["arm"], one["n"], one["mean"]) for one in cells(text)]
    assert sorted(read, key=str) == told


@pytest.mark.parametrize(
    ("text", "arm", "n"),
    [
        ("Thirty patients had wax, 12 of them had migraine. Those with migraine", "migraine", 12),
        ("We treated 40 patients; 12 (30%) had arthritis. Those with arthritis", "arthritis", 12),
        ("We treated 40 patients (12 with diabetes). Patients with diabetes", "diabetes", 12),
        ("40 patients had arthritis and wax. The patients with arthritis", "all", 40),
        ("We treated 40 patients, all of whom had gout. The patients with gout", "all", 40),
    ],
)
def test_a_counted_part_with_a_condition_is_not_everybody(text: str, arm: str, n: int) -> None:
    (read,) = cells(f"{text} scored 6.8 on the VAS at 5 weeks.")
    assert (read["arm"], read["n"], read["mean"]) == (arm, n, 6.8)
