"""The ends of a scale as abstracts print them: two scores are read, and both are on that scale.

All sentences are invented for these tests.
"""

import pytest

from evergrove.reading import read_abstract

ON_TEN = "fell from 7.1 (SD 1.2) to 3.3 (SD 1.4) at 6 weeks."
ON_HUNDRED = "fell from 71 (SD 12) to 33 (SD 14) at 6 weeks."
ON_FOUR = "fell from 3.1 (SD 0.8) to 1.3 (SD 0.9) at 6 weeks."
TOLD = [
    (f"VAS (0-100 mm) {ON_HUNDRED}", 0, 100),
    (f"Pain on a 10-cm VAS {ON_TEN}", 0, 10),
    (f"Pain was rated on a visual analogue scale from 0 to 10. It {ON_TEN}", 0, 10),
    (
        f"Pain was rated on a VAS (0 = no pain, 100 = worst pain). VAS {ON_HUNDRED}",
        0,
        100,
    ),
    (f"On a scale of 1 to 10, pain {ON_TEN}", 1, 10),
    (f"Pain on a 100-point VAS {ON_HUNDRED}", 0, 100),
    ("VAS fell from 71 mm (SD 12) to 33 mm (SD 14) at 6 weeks.", 0, 100),
    ("VAS fell from 7.1 cm (SD 1.2) to 3.3 cm (SD 1.4) at 6 weeks.", 0, 10),
    ("Pain fell from 7.1/10 (SD 1.2) to 3.3/10 (SD 1.4) at 6 weeks.", 0, 10),
    (f"Pain (0-10 scale) {ON_TEN}", 0, 10),
    (f"Pain scores (on a 0 to 25 scale) {ON_TEN}", 0, 25),
    (f"Pain was scored from 0 (none) to 4 (severe). The mean pain score {ON_FOUR}", 0, 4),
    (f"Pain was measured with a 0-100 NRS. NRS {ON_HUNDRED}", 0, 100),
    (f"Pain was rated on a numeric scale (0, no pain; 10, worst pain). It {ON_TEN}", 0, 10),
    (f"Mean pain intensity (range of scale 0 to 10) {ON_TEN}", 0, 10),
    (f"Pain was rated on the VAS, range 0-10 cm. It {ON_TEN}", 0, 10),
    (f"Pain was graded on a 5-point scale (0-4). The mean pain score {ON_FOUR}", 0, 4),
    (f"Pain was graded on a 4-point scale (0, none; 3, severe). Pain {ON_FOUR}", 0, 3),
    (f"Pain, scored 0 to 10 with higher scores worse, {ON_TEN}", 0, 10),
    (f"Pain (VAS; scale, 0-10 [10 indicates worst pain]) {ON_TEN}", 0, 10),
    (f"Pain was rated on a VAS, where 0 was no pain and 10 was the worst. VAS {ON_TEN}", 0, 10),
    (f"The 0- to 10-point NRS {ON_TEN}", 0, 10),
    ("Pain on a scale of 0-100 fell from 71.2 (SD 12) to 8.3 (SD 4) at 6 weeks.", 0, 100),
]


@pytest.mark.parametrize(("text", "low", "high"), TOLD)
def test_both_scores_are_on_the_scale_that_is_told(text, low, high):
    records = read_abstract(f"Forty cooks had wax. {text}")["records"]
    assert len(records) == 2
    assert {(record["scale_min"], record["scale_max"]) for record in records} == {(low, high)}


def test_each_of_two_measures_is_on_its_own_scale():
    text = (
        "Forty cooks had wax. Outcomes were the VAS (0-10) and ODI (0-100). VAS fell from 7.1 (SD "
        "1.2) to 3.3 (SD 1.4) and ODI from 51 (SD 12) to 33 (SD 14) at 6 weeks."
    )
    tops = [(record["measure"], record["scale_max"]) for record in read_abstract(text)["records"]]
    assert tops == [("pain_vas", 10), ("pain_vas", 10), ("odi", 100), ("odi", 100)]
