"""Which scores a printed p is of. All sentences are invented."""

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The VAS was 3.1 at 1 month, 3.4 at 3 months and 5.2 at 9 months "
            "(p = 0.0001, 0.0003 and 0.02).",
            [0.0001, 0.0003, 0.02],
        ),
        (
            "The VAS was 3.1 at 1 month and 5.2 at 9 months (p = 0.004 and < 0.02 vs. before).",
            [0.004, 0.02],
        ),
        (
            "The VAS was 3.1 at 1 month and 5.2 at 9 months (p = 0.04, p = 0.2 versus baseline).",
            [0.04, 0.2],
        ),
        # one p a visit, of both groups
        (
            "VAS was 3.1 with wax and 5.0 with clay at 1 week and 2.2 and 4.4 at 4 weeks "
            "(p = 0.01 and 0.04).",
            [0.01, 0.01, 0.04, 0.04],
        ),
        # one p an outcome; the scores before have none
        (
            "VAS fell from 7 to 3 and ODI from 51 to 30 at 1 year (p = 0.01 and p = 0.003).",
            [None, 0.01, None, 0.003],
        ),
        # two p and three groups: of which they are is not known
        (
            "At 1 year VAS was 3.1 with wax, 5.0 with clay and 4.1 with mud (p = 0.01 and 0.04).",
            [None, None, None],
        ),
        # a limit between which all p lie is no list
        ("VAS was 3.1 with wax and 3.2 with clay at 1 week (p = 0.12 to 0.84).", [None, None]),
    ],
)
def test_each_p_of_a_list_goes_to_its_own_scores(text, expected):
    records = read_abstract(text)["records"]
    assert [record["p"] for record in records] == expected


def test_a_p_of_the_clause_before_is_not_that_of_the_score():
    text = (
        "Forty potters had waxing. {} (p = 0.03), and the NRS fell by 2.4 points (p < 0.001) "
        "at 9 weeks."
    )
    for other in ("Body weight fell by 3.1 kg", "Opioid use fell by 34%", "Strength rose"):
        assert [r["p"] for r in read_abstract(text.format(other))["records"]] == [0.001]
    fall = "A fall (p = 0.03) in NRS from 7.1 to 3.2 was seen at 9 weeks."
    assert [r["p"] for r in read_abstract(fall)["records"]] == [None, 0.03]
