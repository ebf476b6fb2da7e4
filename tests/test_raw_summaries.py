"""Effect sizes of a table that a person made: right numbers, or one clear message a mistake."""

import pytest

from evergrove.errors import EvergroveError
from evergrove.raw_summaries import effects_of_file


def file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "summaries.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_spreadsheets_semicolons_and_decimal_commas_are_read(tmp_path):
    text = "Study;m1i;sd1i;m2i;sd2i;ni;ri\r\nA;7,0;1,5;3,0;2,0;25;0,5\r\n;;;;;;\r\n"
    found = effects_of_file(file(tmp_path, text, "utf-8-sig"), "MC")
    assert (found.yi, found.vi) == ([4.0], [pytest.approx(0.13)])
    assert (found.reasons, found.rejects) == ([None], [])


def test_rows_that_cannot_be_are_rejected_one_by_one_and_named(tmp_path):
    text = (
        "m1i,sd1i,m2i,sd2i,ni,ri,note\n7,1.5,3,2,25,0.5,\n7,-1,3,2,25,.5,\n7,a,3,2,25,.5,\n"
        "NA,1,3,2,25,.5,\n7,1.5,3,2,25,2,\n7,,3,2,25,.5,x\n"
    )
    found = effects_of_file(file(tmp_path, text), "MC")
    assert found.yi == [4, None, None, None, None, 4]
    # As in metafor, what can be had of a row with a missing cell is given.
    assert found.vi == [0.13, None, None, 0.12, None, None]
    assert found.reasons == [
        None,
        "rejected: a standard deviation below zero",
        "rejected: not a number",
        "missing: m1i",
        "rejected: a correlation outside -1 to 1",
        "missing: sd1i",
    ]
    assert [error.place for error in found.rejects] == [
        "line 3, column sd1i", "line 4, column sd1i", "line 6, column ri",
    ]  # fmt: skip


def test_an_effect_that_is_not_defined_says_at_which_numbers(tmp_path):
    found = effects_of_file(file(tmp_path, "ai,bi,ci,di\n0,5,3,4\n"), "OR", to="none")
    assert found.reasons == ["undefined: no effect at ai=0, bi=5, ci=3, di=4"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no rows below a header"),
        ("m1i,sd1i\n", "no rows below a header"),
        ("m1i,sd1i\n1,2\n", 'column "m2i" is missing'),
        ("m1i,m1i\n1,2\n", 'column "m1i" stands twice'),
        ("m1i,sd1i\n1,2,3\n", "the row has 3 cells"),
        ('m1i,sd1i\n"1,2\n', "not readable as CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_message(tmp_path, text, words):
    with pytest.raises(EvergroveError, match=words) as caught:
        effects_of_file(file(tmp_path, text), "MC")
    assert caught.value.file.endswith("summaries.csv")


def test_thousands_are_not_taken_for_decimals(tmp_path):
    found = effects_of_file(file(tmp_path, "mi;sdi;ni\n1.234;0,5;10\n1,5;0,5;10\n"), "MN")
    assert found.yi == [None, 1.5]
    assert found.rejects[0].problem == "a decimal point in a file with decimal commas"
