"""Traffic light and summary of risk of bias: counts, symbols in shapes, shares in bars."""

import pytest

from evergrove import wording
from evergrove.errors import EvergroveError
from evergrove.figures import fonts
from evergrove.figures.risk_sheet import risk_summary_sheet, traffic_light_sheet
from evergrove.figures.risk_table import risk_summary_table, traffic_light_table
from evergrove.figures.sheet import Line, Shape, Words
from evergrove.figures.style import GENERIC
from evergrove.risk_of_bias import OVERALL, tools
from tests.row_figure_sample import SIZES, judgements, study_labels
from tests.sheet_checks import assert_texts_are_apart, extent, group, overlap, texts

JBI, ROBINS = "jbi_case_series", "robins_i"


def placed(place, table):
    return place(table, GENERIC, fonts.advance, fonts.line_is_tall)


@pytest.mark.parametrize("tool", [JBI, ROBINS])
@pytest.mark.parametrize("k", SIZES)
@pytest.mark.parametrize("long", [False, True])
def test_texts_are_apart_and_symbols_inside_their_shapes(tool, k, long):
    rows = judgements(k, tool, left_out=0.1)
    table = traffic_light_table(rows, tool, study_labels(k) if long else None)
    sheet = placed(traffic_light_sheet, table)
    assert_texts_are_apart(sheet)
    for row in table["rows"]:
        items = group(sheet, row["id"]).items
        shapes = [extent(item) for item in items if isinstance(item, Shape)]
        assert all(overlap(a, b) <= 0 for n, a in enumerate(shapes) for b in shapes[:n])
        for item in items:
            if isinstance(item, Words):
                holders = [s for s in shapes if s[0] <= item.x <= s[2] and item.anchor == "middle"]
                for left, _, right, _ in holders:
                    assert left < item.box[0] and item.box[2] < right


@pytest.mark.parametrize("tool", [JBI, ROBINS])
@pytest.mark.parametrize("k", SIZES)
def test_the_summary_keeps_texts_apart_and_off_the_bars(tool, k):
    rows = judgements(k, tool, left_out=0.2)
    weights = {f"s{n}": 1.0 + n for n in range(k)}
    sheet = placed(risk_summary_sheet, risk_summary_table(rows, tool, weights))
    assert_texts_are_apart(sheet)
    for id in [f"domain-{id}" for id, _ in tools()[tool].domains]:
        items = group(sheet, id).items
        bars = [extent(item) for item in items if isinstance(item, Shape)]
        for item in items:
            if isinstance(item, Words):
                assert all(overlap(item.box, bar) <= 0 for bar in bars), item.text


def test_each_judgement_is_drawn_in_its_place_and_a_missing_one_is_not():
    rows = [row for row in judgements(3, ROBINS) if (row["study"], row["domain"]) != ("s1", "D4")]
    table = traffic_light_table(rows, ROBINS)
    sheet = placed(traffic_light_sheet, table)
    given = {(row["study"], row["domain"]): row["judgement"] for row in rows}
    symbols = {answer.id: answer.symbol for answer in tools()[ROBINS].judgements}
    for row in table["rows"]:
        assert row["cells"] == {
            id: given.get((row["study"], id)) for id in [c["id"] for c in table["columns"]]
        }
        items = [i for i in group(sheet, row["id"]).items if isinstance(i, Words)]
        seen = {round(i.x, 2): i.text for i in items if i.anchor == "middle"}
        places = table["placement"]["columns"]
        assert seen == {places[id]: symbols[j] for id, j in row["cells"].items() if j}
    assert "D4 not judged yet" in table["rows"][1]["spoken"]
    assert "An empty place: not judged yet." in table["notes"]


def test_without_overall_judgements_there_is_no_such_column():
    rows = [row for row in judgements(2, ROBINS) if row["domain"] != OVERALL]
    assert [c["id"] for c in traffic_light_table(rows, ROBINS)["columns"]][-1] == "D7"


def test_a_tool_without_a_study_is_an_error():
    with pytest.raises(EvergroveError, match="no study is judged"):
        traffic_light_table(judgements(2, ROBINS), JBI)


def test_shares_are_those_of_studies_and_of_weight():
    rows = judgements(13, ROBINS)
    weights = {f"s{n}": 0.5 + n for n in range(12)}
    table = risk_summary_table(rows, ROBINS, weights)
    sheet = placed(risk_summary_sheet, table)
    given = {(row["study"], row["domain"]): row["judgement"] for row in rows}
    [section] = table["sections"]
    assert [row["label"] for row in section["rows"]][-1] == "Overall"
    for row in section["rows"]:
        domain = row["id"].removeprefix("domain-")
        seen = texts(sheet, row["id"])
        for answer in section["answers"]:
            found = [n for n in range(13) if given[f"s{n}", domain] == answer["id"]]
            plain = 100 * len(found) / 13
            weighed = 100 * sum(weights.get(f"s{n}", 0.0) for n in found) / sum(weights.values())
            for kind, expected in (("studies", plain), ("weight", weighed)):
                share = row["shares"][kind][answer["id"]]
                assert share["percent"] == pytest.approx(expected)
                assert share["shown"] == f"{wording.number(expected, 0)}%" in seen
        for shares in row["shares"].values():
            assert sum(share["percent"] for share in shares.values()) == pytest.approx(100)
    assert table["weighted"] == 12
    assert any("of 12 of them" in note for note in table["notes"])


def test_parts_of_a_bar_are_as_long_as_their_shares():
    table = risk_summary_table(judgements(7, ROBINS), ROBINS)
    sheet = placed(risk_summary_sheet, table)
    left, right = table["placement"]["bar"]
    row = table["sections"][0]["rows"][0]
    shapes = [i for i in group(sheet, row["id"]).items if isinstance(i, Shape)]
    bars = [extent(s) for s in shapes if extent(s)[3] - extent(s)[1] > 5]
    expected = [s["percent"] for s in row["shares"]["studies"].values() if s["percent"]]
    lengths = [100 * (bar[2] - bar[0]) / (right - left) for bar in bars]
    assert lengths == pytest.approx(expected, abs=0.01)


def test_patterns_stay_inside_their_bars():
    table = risk_summary_table(judgements(40, ROBINS, left_out=0.3), ROBINS)
    sheet = placed(risk_summary_sheet, table)
    left, right = table["placement"]["bar"]
    lines = 0
    for row in table["sections"][0]["rows"]:
        items = group(sheet, row["id"]).items
        for item in items:
            if isinstance(item, Line):
                lines += 1
                box = extent(item)
                assert left - 0.01 <= box[0] and box[2] <= right + 0.01
                bars = [extent(i) for i in items if isinstance(i, Shape)]
                assert any(
                    b[0] - 0.01 <= box[0]
                    and box[2] <= b[2] + 0.01
                    and b[1] - 0.01 <= box[1]
                    and box[3] <= b[3] + 0.01
                    for b in bars
                )
    assert lines > 50


def test_an_overall_judgement_of_its_own_kind_has_a_section_and_key_of_its_own():
    table = risk_summary_table(judgements(5, JBI), JBI)
    assert [[a["id"] for a in section["answers"]] for section in table["sections"]] == [
        ["yes", "unclear", "no", "not_applicable"],
        ["include", "seek_further_info", "exclude"],
    ]
    assert len(traffic_light_table(judgements(5, JBI), JBI)["keys"]) == 2


def test_nothing_is_added_up():
    for table in (
        traffic_light_table(judgements(5, JBI), JBI),
        risk_summary_table(judgements(5, JBI), JBI),
    ):
        assert "Judgements are not added up to a score." in table["notes"]
