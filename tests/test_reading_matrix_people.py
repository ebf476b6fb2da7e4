"""What a sentence tells of its people by the way changes none of its records.

Each aside is put into each sentence; the records, all their cells, must be those of the sentence
without it, and its numbers must be accounted for.
"""

from __future__ import annotations

import pytest

from evergrove.reading import read_abstract
from tests.matrix_sample import cells, lines

SENTENCES = [
    "The NRS score of the 34 potters{} was 6.8 ± 1.2 before splinting and 2.4 ± 1.6 at 10 weeks.",
    "Wrist pain in 34 potters with tenosynovitis{} fell from 6.8 ± 1.2 to 2.4 ± 1.6 on the NRS at"
    " 10 weeks.",
    "In 34 potters with tenosynovitis{}, NRS fell from 6.8 (SD 1.2) to 2.4 (SD 1.6) at 10 weeks.",
    "Mean NRS for the 34 patients{} decreased from 6.8 to 2.4 at 10 weeks.",
    "NRS at 10 weeks was 2.4 ± 1.6 in the felt group (n = 34){} and 3.9 ± 1.8 in the cork group"
    " (n = 31).",
    "Thirty-four potters{} reported a mean NRS of 2.4 (SD 1.6) at 10 weeks.",
    "NRS fell from 6.8 ± 1.2 to 2.4 ± 1.6 at 10 weeks in the 34 patients{}.",
]
IN_BRACKETS = """
    mean age 47 years
    mean age, 47 years
    age 47 ± 8 years
    mean age 47.2
    median age 58 years
    median age 58 years, range 29-77
    47 years; 61% women
    61% women
    mean BMI 26.3
    BMI 26.3 ± 2.9 kg/m2
    mean weight 74 kg
    height 1.68 m
    ASA I-II
    ASA 1 or 2
    mean duration 11 months
    median duration of symptoms 11 months
    symptom duration 11.4 ± 6.3 months
    mean follow-up 13 months
    median follow-up 13 months
    mean dose 4.6 mg
    mean 2.3 injections
    mean of 2.3 sessions
    aged 35-60
    aged 35 to 60 years
    T-score -2.4
    mean cement volume 2.9 ml
    two missing
    3 lost to follow-up
    one dropout
    without imputation
    LOCF
    2 x 6 Gy
    Kellgren-Lawrence grade 2-3
    Pfirrmann grade 2 to 4
    9 with diabetes
    4 smokers
    right side in 19
    19 right, 15 left
    1.8 levels per patient
    13 of them on opioids
    13 on opioids
    MCID 2
    minimal important difference 1.4
    refractory to 8 weeks of care
    symptoms for more than 4 months
"""
BETWEEN_COMMAS = """
    mean age 47 years
    median age 58 years
    with a mean age of 47 years
    with a median age of 58 years
    whose mean age was 47 years
    whose median age was 58 years
    13 of them on opioids
    9 of whom had diabetes
    all with an MRI
"""
PHRASES = """
    with a mean age of 47 years
    with a mean BMI of 26.3
    with a median symptom duration of 11 months
    of median age 58 years
    aged 47 ± 8 years
"""


ASIDES = [
    *(f" ({aside})" for aside in lines(IN_BRACKETS)),
    *(f", {aside}," for aside in lines(BETWEEN_COMMAS)),
]


def filled(sentence: str, aside: str) -> str:
    return sentence.format(aside).replace(",,", ",").replace(",.", ".")


@pytest.mark.parametrize("aside", ASIDES, ids=str.strip)
def test_an_aside_changes_no_record(aside: str) -> None:
    for sentence in SENTENCES:
        plain = cells(sentence.format(""))
        assert plain, sentence
        assert cells(filled(sentence, aside)) == plain, filled(sentence, aside)


@pytest.mark.parametrize("phrase", lines(PHRASES))
def test_a_phrase_in_the_subject_changes_no_record(phrase: str) -> None:
    for sentence in (SENTENCES[0], SENTENCES[3], SENTENCES[5]):
        assert cells(filled(sentence, f" {phrase}")) == cells(sentence.format(""))


@pytest.mark.parametrize("aside", ["mean age 47 years", "BMI 26.3 ± 2.9", "4 smokers", "MCID 2"])
def test_its_numbers_are_accounted_for(aside: str) -> None:
    text = SENTENCES[0].format(f" ({aside})")
    told = {tuple(place[:2]) for place in read_abstract(text)["not_outcome"]}
    start = text.index(aside)
    digits = [k for k in range(start, start + len(aside)) if text[k].isdigit()]
    assert digits
    assert all(any(a <= k < b for a, b in told) for k in digits)


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (  # what tells two groups apart, and is told again
            "Thirty-four patients (14 with stenosis) were treated. At 10 weeks mean NRS was 3.9 in"
            " those with stenosis and 2.4 in those without stenosis.",
            {"stenosis", "no stenosis"},
        ),
        (
            "At 10 weeks mean NRS was 3.9 in potters aged 60 to 75 years (n = 14) and 2.4 in"
            " potters aged 35 to 59 years (n = 20).",
            {"potters aged 60 to 75 years", "potters aged 35 to 59 years"},
        ),
    ],
)
def test_what_tells_groups_apart_is_no_aside(text: str, arms: set[str]) -> None:
    got = {record["arm"] for record in read_abstract(text)["records"]}
    assert len(got) == len(arms)
    assert all(any(set(name.split()) & set(arm.split()) for name in got) for arm in arms)


VISITS = [
    "The mean NRS score at 10 weeks{} was 2.4 ± 1.6 with plaster and 3.9 ± 1.8 with cork.",
    "At 10 weeks{}, the NRS was lower with plaster than with cork (2.4 ± 1.6 vs 3.9 ± 1.8).",
    "NRS decreased by 4.1 (SD 1.2) with plaster and by 2.4 (SD 1.3) with cork at 10 weeks{}.",
    "Mean NRS was 6.8 (SD 1.2) at baseline and 2.4 (SD 1.6) at 10 weeks{}.",
]
OF_VISITS = """
    (end of treatment)
    (primary endpoint)
    (SD 1.1 weeks)
    (range 9-11 weeks)
    (visit 3)
    (day 70)
    , the last visit,
    , when the splint was taken off,
"""
STUDIES = [
    "Mean NRS was 6.8 (SD 1.2) at baseline and 2.4 (SD 1.6) at 10 weeks{}.",
    "NRS at 10 weeks was 2.4 ± 1.6 with plaster and 3.9 ± 1.8 with cork{}.",
]
OF_STUDY = """
    after adjustment for age and sex
    when adjusting for centre
    , exceeding the MCID of 1.5
    , well below the minimal important difference of 2 points
"""
GROUPS = [
    "NRS at 10 weeks was 2.4 ± 1.6 with plaster{} and 3.9 ± 1.8 with cork.",
    "At 10 weeks, the NRS was lower with plaster{} than with cork (2.4 ± 1.6 vs 3.9 ± 1.8).",
]
OF_THINGS = """
    (Acme Ltd, Leeds, UK)
    (3 ml, 0.5%)
    (5.2 weeks on average)
    under ultrasound guidance
    (under fluoroscopy)
"""


def spaced(aside: str) -> str:
    return aside if aside.startswith(",") else f" {aside}"


@pytest.mark.parametrize(
    ("sentences", "asides"),
    [(VISITS, OF_VISITS), (STUDIES, OF_STUDY), (GROUPS, OF_THINGS)],
    ids=["visits", "study", "things"],
)
def test_what_is_said_of_a_visit_or_the_study_changes_no_record(
    sentences: list[str], asides: str
) -> None:
    for sentence in sentences:
        plain = cells(sentence.format(""))
        assert plain, sentence
        for aside in lines(asides):
            text = filled(sentence, spaced(aside))
            assert cells(text) == plain, text


def test_a_letter_in_a_bracket_keeps_the_name_before_it() -> None:
    text = "NRS at 10 weeks was 2.4 with plaster (group A) and 3.9 with cork."
    arms = {record["arm"] for record in read_abstract(text)["records"]}
    assert arms == {"group A (plaster)", "cork"}
