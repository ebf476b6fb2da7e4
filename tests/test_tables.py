"""What stages write is deterministic, whole, and read back as it was."""

import os
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evergrove import tables
from evergrove.errors import EvergroveError


def test_a_number_keeps_its_printed_digits_when_exact_numbers_are_asked_for(tmp_path):
    file = tmp_path / "a.json"
    file.write_text('{"mean": 9.0, "sd": 0.550, "n": 204}')
    read = tables.read_json(file, exact_numbers=True)
    assert (str(read["mean"]), str(read["sd"]), read["n"]) == ("9.0", "0.550", 204)
    assert isinstance(read["sd"], Decimal)


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": Infinity}', "{", '{"a": 1,}'])
def test_what_is_not_json_is_an_error_that_names_the_file(tmp_path, text):
    file = tmp_path / "bad.json"
    file.write_text(text)
    with pytest.raises(EvergroveError, match=r"bad\.json"):
        tables.read_json(file)


def test_nan_never_reaches_a_file(tmp_path):
    with pytest.raises(ValueError):
        tables.write_json(tmp_path / "a.json", {"x": float("nan")})
    with pytest.raises(ValueError):
        tables.write_csv(tmp_path / "a.csv", [{"x": float("inf")}], ["x"])
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    tables.write_text(file, "old")

    def full_disk(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(EvergroveError, match="No space left"):
        tables.write_text(file, "new")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n1\n", 'column "b" is missing'),
        ("a,b,c\n1,2,3\n", 'unknown column "c"'),
        ("a,b,b\n1,2,3\n", 'column "b" stands twice'),
        ("a,b\n1\n", "the row has 1 cells, the header has 2"),
        ("a,b\n1,2,3\n", "the row has 3 cells, the header has 2"),
        ('a,b\n"1,2\n', "not readable as CSV"),
        ("", 'column "a" is missing'),
    ],
)
def test_a_table_with_other_columns_than_expected_is_refused(tmp_path, text, message):
    file = tmp_path / "t.csv"
    file.write_text(text)
    with pytest.raises(EvergroveError, match=message) as raised:
        tables.read_csv(file, ["a", "b"])
    assert str(file) in str(raised.value)


def test_a_bad_cell_is_named_with_line_column_value_and_remedy(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("a,b\n1,2\n\n3,four\n")
    row = tables.read_csv(file, ["a", "b"])[1]
    with pytest.raises(EvergroveError) as raised:
        row.number("b")
    assert str(raised.value) == (
        f'{file}, line 4, column b: not a number (found: "four"). '
        "Write a number such as 3.5, or nothing."
    )


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": st.text().filter(lambda text: "\r" not in text),
                "number": st.floats(allow_nan=False, allow_infinity=False),
            }
        )
    )
)
def test_csv_reads_back_what_was_written(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("csv") / "t.csv"
    try:
        tables.write_csv(file, rows, ["text", "number"])
    except UnicodeEncodeError:
        return  # a lone surrogate is no text
    read = tables.read_csv(file, ["text", "number"])
    assert [(row["text"], row.number("number")) for row in read] == [
        (row["text"], row["number"]) for row in rows
    ]


@given(st.lists(st.dictionaries(st.text(), st.text(max_size=20))))
def test_json_lines_survive_every_kind_of_line_separator(tmp_path_factory, values):
    file = tmp_path_factory.mktemp("jsonl") / "t.jsonl"
    try:
        tables.write_jsonl(file, values)
    except UnicodeEncodeError:
        return
    assert tables.read_jsonl(file) == values
