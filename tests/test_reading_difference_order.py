"""Which group is taken from which: every wording of a difference, in both orders of the groups.

All sentences are invented for these tests. What counts is the sign of (the group told of) minus
(the other), since "1.2" may be printed for "clay minus wax" as well as -1.2 for "wax minus clay".
"""

import pytest

from evergrove.reading import read_abstract

# A wording and what it says of the one group against the other: "-" below it, "+" above it,
# "better" or "worse" on the scale that is asked of.
WORDINGS = {
    "At 6 months {m} was 1.9 points lower in the {one} group.": "-",
    "At 6 months {m} was 1.9 points lower with {one}.": "-",
    "At 6 months {m} was 1.9 points higher in the {one} group.": "+",
    "At 6 months {m} was 1.9 points higher (95% CI 0.4 to 3.4) with {one}.": "+",
    "At 6 months the reduction in {m} was 1.9 points greater with {one}.": "-",
    "At 6 months the reduction in {m} was 1.9 points smaller with {one}.": "+",
    "At 6 months the decrease in {m} was 1.9 points (95% CI 0.4 to 3.4) larger in the {one} "
    "group.": "-",
    "At 6 months the improvement in {m} was 1.9 points larger in the {one} group.": "better",
    "At 6 months the improvement in {m} was 1.9 points less in the {one} group.": "worse",
    "At 6 months {m} improved 1.9 points more in the {one} group.": "better",
    "At 6 months {m} fell by 1.9 points more with {one}.": "-",
    "At 6 months {m} fell by 1.9 points less with {one}.": "+",
    "At 6 months {m} was 1.9 points lower in the {one} group than in the {two} group.": "-",
    "At 6 months {m} was 1.9 points higher in the {one} than in the {two} group.": "+",
    "At 6 months {m} was lower in the {one} group than in the {two} group by 1.9 points.": "-",
    "At 6 months the {one} group scored 1.9 points lower on the {m}.": "-",
    "{One} reduced {m} by 1.9 points (95% CI 0.4 to 3.4) at 6 months compared with {two}.": "-",
    "{One} significantly reduced pain compared with {two} ({m} -1.9, 95% CI -3.4 to -0.4) at 6 "
    "months.": "-",
    "Compared with {two}, {one} reduced {m} by 1.9 points (95% CI 0.4 to 3.4) at 6 months.": "-",
    "{One} reduced {m} by 1.9 points more than {two} at 6 months.": "-",
    "At 6 months the mean difference in {m} between {one} and {two} was -1.9 (95% CI -3.4 to "
    "-0.4).": "-",
    "At 6 months the difference in {m} was 1.9 points in favour of {one} (95% CI 0.4 to "
    "3.4).": "better",
    "At 6 months {one} was superior to {two} by 1.9 points in {m}.": "better",
    "At 6 months {m} was better with {one} (difference 1.9 points, 95% CI 0.4 to 3.4).": "better",
    "At 6 months {m} was lower with {one} (mean difference 1.9, 95% CI 0.4 to 3.4).": "-",
    "At 6 months {m} was lower with {one} than with {two} (mean difference 1.9, 95% CI 0.4 to "
    "3.4).": "-",
    "At 6 months {m} was lower with {one} than with {two} (mean difference -1.9, 95% CI -3.4 to "
    "-0.4).": "-",
    "At 6 months {m} was higher in the {one} group (mean difference 1.9, 95% CI 0.4 to 3.4).": "+",
    "At 6 months {one} led to a greater reduction in {m} than {two} (mean difference 1.9, 95% CI "
    "0.4 to 3.4).": "-",
    "At 6 months {one} brought an additional 1.9-point reduction in {m} compared with {two}.": "-",
    "At 6 months there was a 1.9-point greater improvement in {m} in the {one} group.": "better",
    "At 6 months {m} scores were 1.9 points worse in the {one} group.": "worse",
    "The {m} at 6 months was 1.9 points lower for {one} versus {two} (p = 0.01).": "-",
    "Relative to {two}, the {one} group had 1.9 points lower {m} at 6 months.": "-",
    "The mean difference in {m} ({one} - {two}) at 6 months was -1.9 (95% CI -3.4 to -0.4).": "-",
    "The mean difference in {m} ({one}–{two}) at 6 months was 1.9 (95% CI 0.4 to 3.4).": "+",
    "At 6 months, the difference between {one} and {two} in {m} was 1.9 (95% CI 0.4 to 3.4) in "
    "favour of {one}.": "better",
}
SCALES = {"NRS": "lower", "SF-36 physical function": "higher"}
PAIRS = [("wax", "clay"), ("clay", "wax"), ("gabapentin", "placebo"), ("placebo", "gabapentin")]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("wording", WORDINGS)
def test_the_sign_is_that_of_the_group_told_of(wording, scale):
    for first, second in (PAIRS[0], PAIRS[2]):
        for one, two in ((first, second), (second, first)):
            sentence = wording.format(m=scale, one=one, two=two, One=one.capitalize())
            text = f"Adults were randomised to {first} (n = 41) or {second} (n = 43). {sentence}"
            assert _sign(text, one) == _wanted(WORDINGS[wording], SCALES[scale]), text


@pytest.mark.parametrize("wording", WORDINGS)
def test_so_too_where_the_methods_call_them_groups(wording):
    for one, two in (("wax", "control"), ("control", "wax")):
        sentence = wording.format(m="NRS", one=one, two=two, One=one.capitalize())
        lead = "Adults were randomised to a wax group (n = 41) or a control group (n = 43). "
        assert _sign(lead + sentence, one) == _wanted(WORDINGS[wording], "lower"), sentence


def _sign(text, one):
    (record,) = read_abstract(text)["records"]
    assert record["stat"] == "between_diff" and abs(record["mean"]) == 1.9, text
    low, high = record["ci_low"], record["ci_high"]
    assert low is None or low <= record["mean"] <= high, text
    first, second = record["arm"].lower().split(" minus ")
    assert first != second and one in (first, second), text
    return "+" if (record["mean"] > 0) == (first == one) else "-"


def _wanted(way, direction):
    better = {"lower": "-", "higher": "+"}[direction]
    worse = {"-": "+", "+": "-"}[better]
    return {"better": better, "worse": worse}.get(way, way)


@pytest.mark.parametrize(
    "sentence",
    [
        "Wax reduced NRS by 1.9 points at 6 months compared with 0.4 for clay.",
        "At 6 months NRS decreased by 1.9 points with wax compared with 0.4 points with clay.",
    ],
)
def test_a_change_of_each_group_is_no_difference(sentence):
    text = f"Adults were randomised to wax (n = 41) or clay (n = 43). {sentence}"
    told = [(r["arm"], r["stat"], r["mean"]) for r in read_abstract(text)["records"]]
    assert told == [("wax", "change", -1.9), ("clay", "change", -0.4)]


def test_a_second_score_of_the_same_verb_is_a_difference_too():
    text = (
        "Adults were randomised to wax (n = 41) or placebo (n = 43). At 6 months wax decreased NRS "
        "by 1.9 points (95% CI 0.4 to 3.4) vs placebo and ODI by 6.2 points (95% CI 2.4 to 9.4)."
    )
    told = [(r["measure"], r["arm"], r["mean"]) for r in read_abstract(text)["records"]]
    assert told == [
        ("pain_nrs", "wax minus placebo", -1.9),
        ("odi", "wax minus placebo", -6.2),
    ]


# Of wax, clay and bran: the differences that a text tells, as (first, second, first - second).
OF_THREE = {
    "At 6 months NRS was lower with wax than with clay (mean difference 1.9, 95% CI 0.4 to 3.4) "
    "and bran (mean difference 2.4, 95% CI 0.9 to 3.9).": [
        ("wax", "clay", -1.9),
        ("wax", "bran", -2.4),
    ],
    "At 6 months NRS was 1.9 points lower with wax than with clay (95% CI 0.4 to 3.4) and 2.4 "
    "points lower with wax than with bran (95% CI 0.9 to 3.9).": [
        ("wax", "clay", -1.9),
        ("wax", "bran", -2.4),
    ],
    "Compared with bran, NRS at 6 months was lower with wax (MD -1.9, 95% CI -3.4 to -0.4) and "
    "clay (MD -1.2, 95% CI -2.3 to -0.1).": [("wax", "bran", -1.9), ("clay", "bran", -1.2)],
    "NRS at 6 months differed between wax and clay (-1.9, 95% CI -3.4 to -0.4) and between wax "
    "and bran (-2.4, 95% CI -3.9 to -0.9).": [("wax", "clay", -1.9), ("wax", "bran", -2.4)],
    "Wax was superior to clay (difference in NRS 1.9, 95% CI 0.4 to 3.4) and to bran (difference "
    "2.4, 95% CI 0.9 to 3.9) at 6 months.": [("wax", "clay", -1.9), ("wax", "bran", -2.4)],
}


@pytest.mark.parametrize("told", OF_THREE)
def test_each_of_three_groups_is_taken_from_its_own(told):
    text = f"Cooks were randomised to wax (n = 41), clay (n = 43) or bran (n = 40). {told}"
    got = []
    for record in read_abstract(text)["records"]:
        first, second = record["arm"].split(" minus ")
        got.append({(first, second, record["mean"]), (second, first, -record["mean"])})
    assert len(got) == len(OF_THREE[told])
    assert all(wanted in either for wanted, either in zip(OF_THREE[told], got, strict=True))
