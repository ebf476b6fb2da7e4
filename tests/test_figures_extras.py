"""Order, further columns, risk of bias, cohorts of one study, and studies that are new."""

import argparse
import json
import math

import pytest

from evergrove.commands import forest as command
from evergrove.errors import EvergroveError
from evergrove.figures.extras import Extras, clusters, ordered, parted
from evergrove.figures.risk import SYMBOLS, judgements_of
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC
from evergrove.forest_plots import figure_tables, place
from tests.figure_sample import PROTOCOL, review, studies, synthesis


def laid_out(rows, extras=Extras(), style=GENERIC):  # noqa: B008
    data = review(synthesis(rows))
    [table] = figure_tables(data, PROTOCOL, ["primary"], style.numbers, extras)
    return table, place(table, style)


def of_row(sheet, id):
    return next(group.items for group in sheet.groups if group.id == id)


def separate(k):
    return [row | {"study": f"s{i}"} for i, row in enumerate(studies(k))]


def area(points):
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def test_rows_are_ordered_by_what_is_asked_and_what_is_missing_comes_last():
    rows = separate(9)
    rows[2]["weight"] = rows[2]["yi"] + 0
    effects = [row["yi"] for row in ordered(rows, "effect")]
    assert effects == sorted(effects)
    for i, row in enumerate(rows):
        row |= {"weight": float(i) if i != 4 else None, "year": [2001, "1999-05", "", 2010][i % 4]}
    assert [row["weight"] for row in ordered(rows, "weight")] == [8, 7, 6, 5, 3, 2, 1, 0, None]
    labels = [row["label"].casefold() for row in ordered(rows, "label")]
    assert labels == sorted(labels)
    dated = [row | {"label": "Nameless"} for row in rows]
    assert [str(row["year"]) for row in ordered(dated, "date")] == (
        ["1999-05"] * 2 + ["2001"] * 3 + ["2010"] * 2 + [""] * 2
    )
    assert ordered(rows, "given") == rows
    with pytest.raises(EvergroveError, match="date, effect, weight, label"):
        ordered(rows, "size")


def test_without_a_date_the_year_in_the_label_counts():
    rows = [{"label": name} for name in ("Elm 2010", "Alder 1998", "No year", "Oak 2003b, 12345")]
    assert [row["label"][:3] for row in ordered(rows, "date")] == ["Ald", "Oak", "Elm", "No "]


def test_cohorts_of_one_study_stay_together_and_are_bracketed():
    rows = [
        {"study": s, "label": f"{s} {y}", "yi": e}
        for s, y, e in [("A", 1, 5.0), ("B", 1, 1.0), ("A", 2, 0.5), ("C", 1, 3.0), ("B", 2, 9.0)]
    ]
    assert [row["study"] for row in ordered(rows, "effect")] == ["A", "A", "B", "B", "C"]
    assert clusters(ordered(rows, "effect")) == ["A", "A", "B", "B", None]
    assert clusters(rows) == [None] * 5 and parted(rows) == ["A", "B"]
    assert clusters([{"study": ""}, {"study": None}, {}]) == [None] * 3


def test_a_bracket_spans_the_rows_of_its_study_and_only_those():
    rows = separate(6)
    rows[2]["study"] = rows[3]["study"] = rows[4]["study"] = "same"
    table, sheet = laid_out(rows)
    [bracket] = of_row(sheet, "brackets")
    top, bottom = bracket.points[0][1], bracket.points[-1][1]
    inside = [
        place["top"] < bottom and place["bottom"] > top for place in table["placement"]["rows"]
    ]
    assert inside[:6] == [False, False, True, True, True, False]
    assert any("bracket" in note for note in table["notes"])
    plain, sheet = laid_out(separate(6))
    assert not any(group.id == "brackets" for group in sheet.groups)
    assert not any("bracket" in note for note in plain["notes"])


def test_cohorts_that_stand_apart_are_counted_in_a_note():
    rows = separate(6)
    rows[0]["study"] = rows[5]["study"] = "same"
    assert "1\u00a0study has cohorts that stand apart in this order." in laid_out(rows)[0]["notes"]


def test_columns_of_numbers_stand_at_their_decimal_mark_and_text_from_the_left():
    rows = separate(6)
    for row, dose in zip(rows, ["1.5", "12", "-0.25", "", 3, 2.125], strict=True):
        row |= {"dose_given": dose, "design": "a long description of a prospective design"}
    table, sheet = laid_out(rows, Extras(columns=("dose_given", "design")))
    first, second = table["columns"][1:3]
    assert (first["header"], first["align"]) == (["Dose given"], "decimal")
    assert (second["header"], second["align"]) == (["Design"], "left")
    marks, starts = set(), set()
    for number, text in enumerate(["1.5", "12", "−0.25", None, "3", "2.125"], 1):
        words = [item for item in of_row(sheet, f"study-{number}") if isinstance(item, Words)]
        left, right = table["placement"]["columns"]["column-1"]
        cells = [w for w in words if left - 0.1 <= w.left and w.box[2] <= right + 0.1]
        assert [w.text for w in cells] == ([text] if text else [])
        for word in cells:
            from evergrove.figures.fonts import advance

            whole = word.text.split(".")[0]
            marks.add(round(word.left + advance(whole, word.size), 3))
        left, right = table["placement"]["columns"]["column-2"]
        lines = [w for w in words if left - 0.1 <= w.left < right]
        assert len(lines) > 1 and " ".join(w.text for w in lines) == row["design"]
        starts |= {round(w.left, 3) for w in lines}
    assert len(marks) == 1 and len(starts) == 1


def test_a_column_that_no_row_has_is_an_error_with_those_there_are():
    with pytest.raises(EvergroveError, match=r"value|column.*doze.*There are: .*label"):
        laid_out(separate(2), Extras(columns=("doze",)))


def test_risk_of_bias_has_a_symbol_a_number_for_each_domain_and_a_key():
    rows = separate(5)
    for row, word in zip(
        rows, ["low", "Some concerns", "high", "critical", "unclear"], strict=True
    ):
        row |= {"rob_random_order": word, "rob_attrition": None}
    rows[1]["rob"] = {"blinding": "serious"}
    table, sheet = laid_out(rows)
    column = table["columns"][-1]
    assert (column["id"], column["domains"]) == ("rob", ["1", "2"])
    note = next(note for note in table["notes"] if note.startswith("Risk of bias"))
    assert "1 random order; 2 blinding" in note
    left, right = table["placement"]["columns"]["rob"]
    seen = []
    for number in range(1, 6):
        items = of_row(sheet, f"study-{number}")
        texts = [i.text for i in items if isinstance(i, Words) and left <= i.x <= right]
        circles = [i for i in items if isinstance(i, Shape) and len(i.points) == 32]
        assert len(circles) == len(texts)
        seen.append(texts)
    assert seen == [["+"], ["−", "×"], ["×"], ["!"], ["?"]]
    assert "risk of bias: random order low" in table["rows"][0]["spoken"]


def test_another_word_is_no_judgement():
    assert judgements_of({"rob": "Low risk"}) == {"overall": "low"}
    assert judgements_of({"rob": {"a": "n/a", "b": ""}}) == {}
    with pytest.raises(EvergroveError, match=r"domain a.*fair.*no information"):
        judgements_of({"label": "Elm", "rob_a": "fair"})


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_symbols_are_distinct_and_black_on_them_is_readable():
    assert len({symbol for symbol, _, _ in SYMBOLS.values()}) == len(SYMBOLS)
    for _, fill, _ in SYMBOLS.values():
        assert (luminance(fill) + 0.05) / 0.05 >= 7


def test_a_new_study_has_another_shape_of_the_same_area_a_word_and_a_key():
    rows = separate(5)
    rows[1]["new"], rows[3]["new"] = True, "yes"
    rows[2]["new"] = "false"
    table, sheet = laid_out(rows)
    assert [row["shape"] for row in table["rows"][:5]] == [
        "square",
        "new",
        "square",
        "new",
        "square",
    ]
    ratios = []
    for row in table["rows"][:5]:
        items = of_row(sheet, row["id"])
        [shape] = [i for i in items if isinstance(i, Shape)]
        assert len(shape.points) == (5 if row.get("new") else 4)
        assert (shape.fill == GENERIC.new_square) == bool(row.get("new"))
        ratios.append(area(shape.points) / row["values"]["weight"])
        texts = [i.text for i in items if isinstance(i, Words)]
        assert any(text.endswith("new") for text in texts) == bool(row.get("new"))
        assert ("new since" in row["spoken"]) == bool(row.get("new"))
    assert max(ratios) / min(ratios) == pytest.approx(1)
    key = of_row(sheet, "key")
    assert any(isinstance(i, Shape) and len(i.points) == 5 for i in key)
    assert "New since the last version." in [i.text for i in key if isinstance(i, Words)]


def test_nothing_changes_for_rows_without_any_of_this():
    table, sheet = laid_out(separate(4))
    assert [c["id"] for c in table["columns"]] == ["study", "n", "days", "plot", "effect", "weight"]
    assert not any(entry["flag"] == "new" for entry in table["key"])
    lines = [i for i in sheet.items() if isinstance(i, Line)]
    assert lines and all(math.isfinite(i.width) for i in lines)


def run(*arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(argument) for argument in arguments]))


def test_the_command_writes_a_file_a_page_and_says_so(tmp_path, capsys):
    data = tmp_path / "pool.json"
    data.write_text(json.dumps(review(synthesis(studies(70)))))
    assert run(data, "-o", tmp_path / "web.svg") == 0
    assert run(data, "-o", tmp_path / "out.svg", "--style", "lancet", "--sort", "effect") == 0
    assert run(data, "-o", tmp_path / "out.pdf", "--style", "lancet", "--column", "group") == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["out-1.svg", "out-2.svg", "out.pdf", "pool.json", "web.svg"]
    told = capsys.readouterr().err
    assert all(f"wrote {tmp_path / name}" in told for name in names if name != "pool.json")
    assert "note: The Lancet asks for pptx, docx or svg, not pdf" in told
    with pytest.raises(EvergroveError, match="There are: web"):
        run(data, "-o", tmp_path / "x.svg", "--style", "cell")
    assert not (tmp_path / "x.svg").exists()
