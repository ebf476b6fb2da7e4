"""Tables, references and quotations hold every row, digit and doubt of the result files."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evergrove.errors import EvergroveError
from evergrove.page import agreement, analyses, studies
from evergrove.page.parts import as_csv, table
from evergrove.page.results import anchor, reason_words
from evergrove.page.view import view
from tests.page_sample import ABSTRACT, fit, plain, sample, without_primary_fit


def cells(made):
    """The texts of a table, row by row."""
    return [[plain(item["text"]) for item in row] for group in made["groups"] for row in group]


# --- tables ------------------------------------------------------------------------------------


def test_the_study_table_prints_values_with_the_digits_of_the_source():
    rows = cells(studies.study_table(sample()))
    birch = next(row for row in rows if row[0] == "Birch 2015")
    assert birch[2:9] == [
        "42 of 50", "30 d", "5.0 (SD 2.0)", "5.50 (SD 2.1)", "p < 0.001", "−0.50", "−0.90 to −0.10",
    ]  # fmt: skip
    cedar = next(row for row in rows if row[0] == "Cedar 2018 (retracted)")
    assert cedar[3:10] == [
        "not stated", "–", "–", "−7.60, p < 0.001", "–", "–", "no mean is printed",
    ]  # fmt: skip


def test_measurements_of_excluded_reports_are_not_among_the_included_studies():
    results = sample()
    stray = {**results.measurements[0], "report": "date2019", "measurement_id": "date2019/all/1",
             "use": "no", "use_reason": "exclude at screening"}  # fmt: skip
    effect = {**results.effects[0], "report": "date2019", "measurement_id": "date2019/all/1"}
    results = replace(
        results,
        measurements=[*results.measurements, stray],
        effects=[*results.effects, effect],
    )
    assert "Date 2019" not in [row[0] for row in cells(studies.study_table(results))]
    assert ["Date 2019", "all", "200 d", "exclude at screening"] in cells(
        studies.not_pooled(results)
    )


def test_every_measurement_has_a_row_and_every_flag_its_meaning():
    made = studies.study_table(sample())
    assert len(cells(made)) == len(sample().measurements)
    meanings = {note["mark"]: (note["label"], note["text"]) for note in made["footnotes"]}
    assert meanings["a"] == ("n assumed", "The number analysed is taken to be the number enrolled.")
    assert meanings["b"] == ("copied", "Text and numbers track another report.")
    marks = [note["mark"] for group in made["groups"] for row in group for item in row
             for note in item["notes"]]  # fmt: skip
    assert sorted(marks) == ["a", "a", "b"]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"before_mean": "9.0", "before_sd": "0.90"}, "9.0 (SD 0.90)"),
        ({"before_mean": "9", "before_se": ".2"}, "9 (SE .2)"),
        (
            {"before_median": "9.0", "before_q1": "8.0", "before_q3": "10"},
            "median 9.0 (IQR 8.0 to 10)",
        ),
        ({"before_mean": "8.9", "before_min": "7"}, "8.9 (range 7 to ?)"),
        ({"before_mean": "-1.20"}, "−1.20"),
        ({}, "–"),
    ],
)
def test_a_printed_summary_keeps_every_digit(row, text):
    assert plain(studies.printed_summary(row, "before")) == text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("<0.001", "p < 0.001"),
        ("0.0015", "p = 0.0015"),
        (".05", "p = .05"),
        ("NS", "p NS"),
        ("", ""),
    ],
)
def test_a_p_value_is_shown_as_printed(given, text):
    assert plain(studies.printed_p(given)) == text


def test_every_measurement_is_pooled_or_has_a_reason():
    rows = cells(studies.not_pooled(sample()))
    assert rows == [
        ["Alder 2011", "all", "200 d", "outside window"],
        ["Cedar 2018 (retracted)", "all", "not stated", "same people"],
    ]


def test_a_measurement_left_out_without_a_reason_stops_the_page():
    results = without_primary_fit(dropped=[])
    with pytest.raises(EvergroveError, match=r"neither pooled nor left out for a reason.*200"):
        view(results)


def test_the_sensitivity_table_begins_with_the_primary_synthesis_and_says_what_changed():
    made = analyses.sensitivity(sample())
    assert [row[0] for row in cells(made)] == [
        "Primary synthesis", "Without the largest study", "Without n assumed",
    ]  # fmt: skip
    assert cells(made)[0][1:] == ["2", "2", "72", "3.20", "2.50 to 3.90", "1.30 to 5.10", "0.63"]
    assert cells(made)[1][4:6] == ["0.00", "−0.70 to 0.70"]
    details = [row[0]["detail"] for group in made["groups"] for row in group]
    assert details[1] == "About without the largest study."
    assert [note["label"] for note in made["footnotes"]] == ["Only one study is left"]
    assert made["groups"][0][1][0]["notes"][0]["mark"] == made["footnotes"][0]["mark"] == "a"
    assert details[2].endswith("Same cohorts as the primary synthesis.")


def test_an_empty_window_is_a_row_of_dashes_not_a_missing_row():
    assert cells(analyses.windows(sample())) == [
        ["Up to 7 days", "0", "0", "0", "–", "–", "–", "–"],
    ]


def test_the_subgroup_table_has_the_test_between_its_levels():
    made = analyses.subgroups(sample())
    assert [row[:2] for row in cells(made)] == [["By age", "Old"], ["By age", "Young"]]
    assert "Q = 4.13, df = 1, p = 0.042" in plain(made["note"])
    assert analyses.between(None) == "no test, because fewer than two subgroups can be pooled."


def test_the_correlation_grid_marks_the_assumed_value():
    made = analyses.correlation(sample())
    assert [(row[0], row[5]) for row in cells(made)] == [("0", "7.70"), ("0.5", "8.20")]
    assert [row[0]["tone"] for row in made["groups"][0]] == [None, "strong"]


def test_an_interval_of_tau_squared_below_zero_is_said_to_be_so():
    results = without_primary_fit(
        fit=fit(tau2=0.0, tau2_ci_low=0.0, tau2_ci_high=0.0, tau2_ci_high_sign="<")
    )
    assert "the whole interval lies below 0" in analyses.model_lines(results)[0]["text"]


def test_a_table_file_says_exactly_what_the_page_prints():
    text = as_csv(studies.not_pooled(sample())).decode()
    assert text.splitlines()[0] == "Report,Cohort,Time,Reason"
    assert plain(text).splitlines()[1] == "Alder 2011,all,200 d,outside window"


@pytest.mark.parametrize("start", ["=", "+", "@", "-"])
def test_a_table_file_holds_no_formula(start):
    made = table("t", "", [("Title", "text")], [[f"{start}HYPERLINK(1)"]])
    assert as_csv(made).decode().splitlines()[1].startswith(f"'{start}")


def test_neighbouring_cells_that_say_the_same_become_one():
    rows = [["A", "x", "1"], ["A", "x", "2"], ["A", "y", "3"], ["B", "y", "4"]]
    made = table("t", "", [(label, "text") for label in "abc"], rows, merged=2)
    spans = [[item["rows"] for item in row] for group in made["groups"] for row in group]
    assert spans == [[3, 2, 1], [0, 0, 1], [0, 1, 1], [1, 1, 1]]
    assert as_csv(made).decode().splitlines()[2] == "A,x,2"


def test_two_columns_of_one_name_never_become_a_table():
    with pytest.raises(ValueError, match="two columns"):
        table("t", "", [("A", "text"), ("A", "text")], [])


def test_a_row_of_the_wrong_length_never_becomes_a_table():
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        table("t", "", [("A", "text"), ("B", "text")], [["only one"]])


# --- references, names -------------------------------------------------------------------------


def test_references_are_cited_with_initials_pages_and_retractions():
    found = {item["label"]: item for item in studies.references(sample())}
    assert list(found) == ["Alder 2011", "Birch 2015", "Cedar 2018 (retracted)"]
    assert found["Alder 2011"]["authors"] == "Alder AB, Beech CD"
    assert found["Alder 2011"]["source"] == "J Bath 2011;3(2):461–466"
    assert found["Birch 2015"]["authors"].endswith("Birch F, et al")
    assert found["Cedar 2018 (retracted)"]["authors"] == "The Bath Group"
    assert found["Cedar 2018 (retracted)"]["status"] == ["Retraction in PMID 999"]


def test_a_reason_is_printed_without_its_code():
    assert reason_words("no_mean: no mean; no_spread: no SD") == "no mean; no SD"
    assert reason_words("outside the window: 200 days") == "outside the window: 200 days"
    assert reason_words("") == ""


def test_ids_made_from_names_differ_and_hold_no_markup():
    names = ["a b", "a_b", "a-b", "a.b", 'a"b', "a<b", "ab"]
    assert len({anchor(name) for name in names}) == len(names)
    assert all(re.fullmatch(r"[\w-]+", anchor(name)) for name in names)


# --- reading -----------------------------------------------------------------------------------


def test_marks_stand_at_the_stored_place_not_where_the_digits_are_found_again():
    (text,) = agreement.texts(sample())
    (sentence,) = text["sentences"]
    assert "".join(piece["text"] for piece in sentence["pieces"]) == (
        "Results Scores fell from 6.4±1.2 to 3.1±1.5 in 30 adults (p<0.001)."
    )
    assert [piece["text"] for piece in sentence["pieces"] if piece["ids"] is not None] == [
        "6.4", "1.2", "3.1", "30",
    ]  # fmt: skip
    # The last 3.1 is of other people, and nobody read it.
    assert ABSTRACT.count("3.1") == 2


def test_marked_sentences_give_back_the_text():
    spans = [(0, 4), (2, 6), (30, 31)]
    text = "One two. Three four five. Six seven eight. Nine"
    found = agreement.marked_sentences(text, spans, "r")
    shown = "".join(piece["text"] for sentence in found for piece in sentence["pieces"])
    assert shown == "One two.Six seven eight."
    assert [sentence["gap"] for sentence in found] == [False, True]


def test_a_number_with_a_decimal_point_does_not_end_a_sentence():
    text = "It fell from 9.2 to 1.9. Then it rose."
    assert [text[low:high] for low, high in agreement.sentence_bounds(text)] == [
        "It fell from 9.2 to 1.9.", "Then it rose.",
    ]  # fmt: skip
    assert len(agreement.sentence_bounds(text, [(20, 30)])) == 1


def test_an_abstract_that_does_not_say_it_there_stops_the_page():
    results = sample()
    moved = [{**results.disagreements[0], "start": "0", "end": "3"}]
    with pytest.raises(EvergroveError, match="the abstract does not say this there"):
        view(replace(results, disagreements=moved))


def test_agreement_is_counted_and_each_read_cell_leads_to_its_characters():
    assert plain(agreement.agreement(sample())["sentence"]) == (
        "In 1 report, both the program and the verified file have a value for 4 cells: 3 agree, "
        "1 differ. Cells that only the verified file has: 1; that only the program has: 0."
    )
    made = agreement.cells(sample())
    assert [row[5] for row in cells(made)] == ["agree"] * 3 + ["differ", "verified only"]
    assert cells(made)[0][1:5] == ["all, 30 d", "before, mean", "6.4", "6.4"]
    # As printed in the text, not as a float; and never without the sign of a p value.
    changed = [
        {**sample().disagreements[0], "candidate": "6.40"},
        {**sample().disagreements[3], "field": "p", "candidate": "<30"},
    ]
    assert [row[4] for row in cells(agreement.cells(sample(disagreements=changed)))] == [
        "6.4",
        "<30",
    ]
    start = ABSTRACT.index("6.4")
    assert made["groups"][0][0][4]["href"] == f"#read-alder2011-{start}-{start + 3}"
