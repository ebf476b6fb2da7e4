"""Whatever stands in a CSV file: a result with finite numbers, or one clear message."""

import json
import math
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evergrove.errors import EvergroveError
from evergrove.pool_file import pool_file
from evergrove.spreadsheet import parse_rows, read_rows
from evergrove.tables import json_line

PLAIN = "study,yi,vi,year\nAlder,0.3,0.05,1999\nBirch,0.1,0.04,2001\nCedar,0.8,0.1,1998\n"
EXPECTED = pool_file(parse_rows(PLAIN, "plain.csv"), {})["b"]

plain_numbers = st.floats(-1e3, 1e3).map(repr) | st.integers(-5, 5).map(str)
nasty_numbers = st.sampled_from(
    [
        "", "NA", "n/a", ".", "-", "inf", "-Infinity", "NaN", "1e999", "1e308", "1e-320", "-0", "0",
        "30%", "1/3", "TRUE", "0x10", "1_0", "0.3*", "0.3 (0.1)", "0,25", "1,234", "1,234.5",
        "1.234,5", "1'234", "1 234", "\u22120.2", "\u20130.2", "\u00a00.4", '="0.3"', "1.234",
        "1e5", "-1e-5", "0.30000000000000004", "\u0663", "two", "=1+1", "\x00", "1e150", "5e-300",
    ]
)  # fmt: skip
names = st.sampled_from(["Alder", "Birch", "", "A;b", 'Q"uote', "É", "a,b", "1"])
cell = plain_numbers | nasty_numbers
variances = st.floats(1e-6, 1e3).map(repr) | nasty_numbers
rows = st.lists(st.tuples(names, cell, variances, cell), max_size=8)
OPTIONS = (
    {},
    {"method": "DL", "test": "z"},
    {"leave_one_out": True, "influence": True, "egger": True, "begg": True, "trimfill": "L0"},
    {"cluster": "study", "robust": "CR2"},
    {"cumulative": "year"},
    {"mods": "~ year"},
    {"by": "study"},
    {"method": "ML", "tau2_ci": "profile"},
)


def written(table, separator, mark, end):
    def quoted(text):
        special = separator in text or '"' in text or "\n" in text
        return '"' + text.replace('"', '""') + '"' if special else text

    lines = [("study", "yi", "vi", "year"), *table]
    return mark + "".join(separator.join(map(quoted, line)) + end for line in lines)


def numerals(text):
    """Every number that a person could mean by the cell."""
    text = text.strip().replace("\u2212", "-").replace("\u00a0", "")
    found = set()
    for shape in (text, text.replace(",", ".")):
        try:
            found.add(float(shape))
        except ValueError:
            continue
    return found


@settings(max_examples=300, deadline=None)
@given(
    rows,
    st.sampled_from(",;\t|"),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(OPTIONS),
)
@example([("Alder", "1.234", "0,05", "1"), ("Birch", "1", "0,1", "2")], ";", "", "\n", {})
@example([("a", "1e308", "1", ""), ("b", "-1e308", "1e-320", "")], ",", "", "\n", {})
def test_a_result_or_one_clear_message(table, separator, mark, end, options):
    text = written(table, separator, mark, end)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            out = pool_file(parse_rows(text, "file.csv"), options)
        except EvergroveError as error:
            assert error.problem
            assert "\n" not in str(error) or any("\n" in cell for row in table for cell in row)
            return
    # Strict JSON: no NaN, no infinity, nothing that is not a number where one belongs.
    assert json.loads(json_line(out), parse_constant=pytest.fail)["k"] == out["k"]
    there = [row for row in table if any(cell.strip() for cell in row)]
    assert out["k"] + out["n_dropped"] == len(there)
    assert all(item["reason"] for item in out["dropped"])
    assert math.isfinite(out["tau2"]) and out["tau2"] >= 0
    # Every value that was used is one that its cell can mean, and no vague one was read.
    dropped = {item["row"] for item in out["dropped"]}
    used = [row for number, row in enumerate(there, 1) if number not in dropped]
    for row, study in zip(used, out["studies"], strict=True):
        assert study["yi"] in numerals(row[1]) and study["vi"] in numerals(row[2])
        assert study["vi"] > 0
        assert not {"30%", "1,234.5", "1.234,5", "1'234", "1_0", "TRUE"} & {row[1], row[2]}


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode("utf-16"),
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        PLAIN.encode("utf-32"),
        PLAIN.replace("Alder", "Ald\u00e9r").encode("cp1252"),
        PLAIN.replace(",", "|").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        PLAIN.replace("study,yi,vi", "Study,YI,Vi").encode(),
        PLAIN.replace("\n", "\r").encode(),
    ],
    ids=["utf-16", "utf-16-be", "utf-32", "cp1252", "bars", "unicode-text", "capitals", "old-mac"],
)
def test_more_of_what_spreadsheets_save_is_read(tmp_path, raw):
    (tmp_path / "file.csv").write_bytes(raw)
    found = read_rows(tmp_path / "file.csv")
    assert pool_file(found, {})["b"] == EXPECTED
    assert found[0]["study"] in ("Alder", "Ald\u00e9r")


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00\x9d\xc3", "not a text file"),
        (bytes(range(256)), "not a text file"),
        (b"<html>yi,vi</html>", "the first line names no columns yi and vi"),
        (b"", "the first line names no columns yi and vi"),
        (b"study,yi,vi\n", "no row can be pooled"),
        (b'study,yi,vi\n"Alder,0.3,0.05\n', "not readable as CSV"),
        (b"yi,vi\n1e308,1\n-1e308,1\n", "too far apart"),
        (b"yi,vi\n1,1e-320\n2,1\n", "too far apart"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_message(tmp_path, raw, problem):
    (tmp_path / "file.csv").write_bytes(raw)
    with pytest.raises(EvergroveError, match=problem):
        pool_file(read_rows(tmp_path / "file.csv"), {})


def test_a_point_that_may_stand_between_thousands_is_not_read():
    text = "study;yi;vi\nAlder;1.234;0,05\nBirch;0,3;0,04\nCedar;0,8;0,1\n"
    out = pool_file(parse_rows(text, "file.csv"), {})
    reasons = [item["reason"] for item in out["dropped"]]
    assert any("whether the point is a decimal point" in reason for reason in reasons)
    assert 1.234 not in [study["yi"] for study in out["studies"]]
