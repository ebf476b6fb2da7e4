"""Properties that hold for any text: exact spans, every numeral accounted for, no crash."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evergrove.reading import read_abstract
from evergrove.reading.text.text import normalise, tokenise

FRAGMENTS = st.sampled_from(
    [
        "VAS",
        "NRS",
        "pain",
        "leg pain",
        "ODI",
        "EQ-5D",
        "mean",
        "median",
        "was",
        "were",
        "fell",
        "improved",
        "decreased",
        "from",
        "to",
        "by",
        "of",
        "and",
        "vs",
        ",",
        ";",
        ":",
        ".",
        ". ",
        "(",
        ")",
        "[",
        "]",
        "±",
        "+/-",
        "&plusmn;",
        "−",
        "–",
        "-",
        "%",
        "=",
        "<",
        "p",
        "n",
        "SD",
        "SE",
        "IQR",
        "95% CI",
        "range",
        "before",
        "after",
        "at baseline",
        "at 3 months",
        "week 6",
        "group A",
        "in the control group",
        "30 patients",
        "each",
        "respectively",
        "difference",
        "change",
        "reduction",
        "7.1",
        "3",
        "12",
        "0.05",
        "100",
        "1,234",
        "6,8",
        "2·5",
        "０",
        "٣",
        "twenty-three",
        "points",
        "°",
        "mm",
        "seven out of ten",
        "Results:",
        "Methods:",
        "SMD",
        "OR",
        "at rest",
        "corresponding",
        "former",
        "latter",
        "&#177;",
        "<i>",
        "İ",
        "ß",
        "\xa0",
        "\u2009",
        "𝟙",
        "\n",
        "\u2028",
        "3.1.1",
        "10-4",
        "e-5",
        "T12",
    ]
)
SENTENCES = st.lists(FRAGMENTS, max_size=40).map(" ".join)
TEXTS = st.text(max_size=200) | SENTENCES | st.lists(FRAGMENTS, max_size=40).map("".join)

VALUES = (
    "mean", "median", "sd", "se", "pm", "q1", "q3", "iqr_width", "min", "max", "ci_low", "ci_high",
    "n",
)  # fmt: skip


def number(surface):
    """The size of the number that a span shows."""
    tokens = [t for t in tokenise(normalise(surface + " x 6,8 ± 1,2" * ("," in surface)))]
    return next(token.value for token in tokens if token.kind == "n")


def check(text):
    found = read_abstract(text)
    assert found["queue"] != ["not_read"]
    spans = [span for record in found["records"] for span in record["spans"].values()]
    spans += [entry[:3] for entry in found["not_outcome"]] + found["unclaimed"]
    covered = set()
    for start, end, surface in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == surface
        covered.update(range(start, end))
    for match in re.finditer(r"\d+", text):
        assert covered & set(range(*match.span())), match
    for record in found["records"]:
        for name in VALUES:
            if record[name] is not None:
                assert name in record["spans"]
                surface = record["spans"][name][2]
                if not (name == "n" and "," in surface):
                    assert abs(abs(record[name]) - number(surface)) < 1e-9
    return found


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_a_crash_and_every_span_is_exact(text):
    check(text)


@settings(max_examples=40, deadline=None)
@given(SENTENCES)
def test_reading_twice_gives_the_same(text):
    assert read_abstract(text) == read_abstract(text)


@settings(max_examples=40, deadline=None)
@given(
    st.decimals(0, 10, places=1), st.decimals(0, 4, places=1), st.integers(2, 400),
    st.sampled_from(["±", " ± ", "+/-", "&plusmn;", " \u00b1\u2009", "∓", " plus or minus "]),
)  # fmt: skip
def test_a_value_comes_back_as_it_was_printed(mean, sd, n, sign):
    text = f"At week 6 the NRS was {mean}{sign}{sd} in {n} rowers."
    (record,) = check(text)["records"]
    spread = next(record[name] for name in ("sd", "se", "pm") if record[name] is not None)
    assert (record["mean"], spread, record["n"]) == (float(mean), float(sd), n)
    assert record["spans"]["mean"][2] == str(mean)


def test_a_number_with_two_kinds_of_separators_is_none_of_a_decimal_comma():
    check("The mean NRS was 0,510.12 points at week 6.")


def test_spans_point_behind_entities_and_characters_of_two_units():
    text = "𝔉or all NRS&nbsp;was 4·2&nbsp;&plusmn;&nbsp;1·1 at week\u00a03 (n&thinsp;= 30)."
    (record,) = check(text)["records"]
    assert record["spans"]["mean"] == [text.index("4·2"), text.index("4·2") + 3, "4·2"]
    assert (record["mean"], record["sd"], record["n"]) == (4.2, 1.1, 30)


def test_a_long_text_takes_time_in_proportion():
    text = "Mean VAS fell from 7.1 ± 1.0 to 3.2 ± 1.4 at week 6 (p < 0.001), " * 400
    assert check(text)["records"]


def test_a_long_row_of_numbers_or_brackets_ends():
    check("1, 2, 3, " * 3000)
    check("VAS was (" * 1500 + "3" + ")" * 1500)
    check("one hundred and " * 2000)


@pytest.mark.parametrize(
    "text",
    [
        "On average, patients who had the block rated their pain score 1.4 points lower than",
        "A scale was used. When comparing visual analogue scale",
        "3,9 and 1,8,",
        "of the biopsy.",
        "6.4 The of 14 tonsillectomy, model pain the period. after curve course interval day fell"
        " patients children 7, 3 It a",
        "We randomised 126 women to ice (10 ml every hour) or heat, 63 in",
        "NRS was 0.8 when the dose was raised, 0.5 when the dose was kept and 0.2 when the dose",
        "At 3 years the VAS was 2.4 ± 2.1 with wax and 3.0 ± 1.8 with clay in all 43.",
    ],
)
def test_a_text_that_is_cut_short_is_read_without_a_crash(text):
    check(text)


def test_a_text_at_which_a_rule_fails_is_kept_with_all_its_numbers_for_a_person(monkeypatch):
    def fails(*_):
        raise IndexError("list index out of range")

    monkeypatch.setattr("evergrove.reading.reader.read_sentence", fails)
    found = read_abstract("At week 6 the NRS was 3,1 in 40 rowers.")
    assert found["records"] == [] and found["queue"] == ["not_read"]
    assert found["unclaimed"] == [[8, 9, "6"], [22, 25, "3,1"], [29, 31, "40"]]
