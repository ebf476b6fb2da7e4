"""The stage: all figures of a review, those that it has no numbers for, and marks of new rows."""

import json
from pathlib import Path

import pytest

from evergrove import figure_list
from evergrove.draw_figures import Sources, draw_figures, with_marks
from evergrove.errors import EvergroveError
from evergrove.protocol import load_protocol
from tests.figure_sample import PROTOCOL, review, studies, synthesis
from tests.row_figure_sample import flow

ROOT = Path(__file__).resolve().parent.parent


def _sources(k=5, changes=None, judged=None):
    return Sources(review(synthesis(studies(k))), flow(), changes or {}, risk_of_bias=judged)


def _judged(study):
    rows = {"bias_due_to_confounding": "serious", "overall": "serious"}
    return [
        {"study": study, "tool": "robins_i", "domain": _domain(domain), "judgement": judgement}
        for domain, judgement in rows.items()
    ]


def _domain(name):
    from evergrove.risk_of_bias import tools

    return name if name == "overall" else tools()["robins_i"].domains[0][0]


def test_every_figure_of_the_list_is_made():
    drawn = draw_figures(_sources(), PROTOCOL)
    assert set(figure_list.FURTHER) < set(drawn.files)
    assert all(set(files) == {"svg", "pdf", "png", "json"} for files in drawn.files.values())


def test_a_figure_without_numbers_is_a_sheet_that_says_why():
    table = json.loads(draw_figures(_sources(1), PROTOCOL, ["gosh"]).files["gosh"]["json"])
    assert table["kind"] == "absent" and "three rows" in table["reason"]
    drawn = draw_figures(_sources(5), PROTOCOL, ["gosh"]).files["gosh"]
    assert json.loads(drawn["json"])["kind"] == "gosh"
    said = draw_figures(_sources(1), PROTOCOL, ["gosh"]).files["gosh"]["svg"].decode()
    assert "needs three rows" in said


def test_a_figure_that_there_is_not_is_an_error():
    with pytest.raises(EvergroveError, match="nonesuch"):
        draw_figures(_sources(), PROTOCOL, ["nonesuch"])


def test_the_rows_of_studies_that_no_version_before_had_are_marked_in_the_primary_synthesis():
    sources = _sources()
    first = sources.syntheses["syntheses"][0]["studies"][0]["study"]
    changes = {"changes": {"studies": {"added_to_primary": [first]}}}
    marked = with_marks(_sources(changes=changes))
    rows = marked["syntheses"][0]["studies"]
    assert [row["study"] for row in rows if row.get("new")] == [first, first]
    assert not any(row.get("new") for row in with_marks(sources)["syntheses"][0]["studies"])
    assert "new" not in sources.syntheses["syntheses"][0]["studies"][0]


def test_judgements_stand_beside_the_rows_and_have_figures_of_their_own():
    study = _sources().syntheses["syntheses"][0]["studies"][0]["study"]
    judged = _judged(study)
    sources = _sources(judged=judged)
    assert set(with_marks(sources)["syntheses"][0]["studies"][0]["rob"].values()) == {"serious"}
    files = draw_figures(sources, PROTOCOL).files
    assert {"risk-of-bias-robins-i", "risk-of-bias-robins-i-summary"} < set(files)


def test_the_list_of_figures_knows_the_tools_of_a_file(tmp_path):
    path = tmp_path / "risk_of_bias.csv"
    rows = [",".join(row.values()) for row in _judged("lee2015")]
    path.write_text("study,tool,domain,judgement\n" + "\n".join(rows) + "\n")
    assert figure_list.risk_figure_ids([path]) == [
        "risk-of-bias-robins-i",
        "risk-of-bias-robins-i-summary",
    ]
    path.write_text("study,tool,domain,judgement\nlee2015,robins_i,overall,awful\n")
    with pytest.raises(EvergroveError, match="awful"):
        figure_list.risk_figure_ids([path])


def test_a_synthesis_may_not_take_the_name_of_another_figure(tmp_path):
    folder = tmp_path / "config/reviews/sacroplasty"
    folder.mkdir(parents=True)
    text = (ROOT / "config/reviews/sacroplasty/protocol.yaml").read_text(encoding="utf-8")
    windows = load_protocol("sacroplasty", ROOT)["syntheses"]["windows"]
    name = windows[0]["id"]
    (folder / "protocol.yaml").write_text(text.replace(f"id: {name}", "id: funnel", 1), "utf-8")
    with pytest.raises(EvergroveError, match=r"another figure .*funnel"):
        load_protocol("sacroplasty", tmp_path)


def test_two_runs_give_equal_bytes():
    wanted = ["funnel", "summary", "flow", "influence"]
    assert draw_figures(_sources(), PROTOCOL, wanted) == draw_figures(_sources(), PROTOCOL, wanted)


def test_the_gallery_shows_every_further_figure():
    gallery = ROOT / "docs/gallery"
    text = (gallery / "README.md").read_text(encoding="utf-8")
    for name, title in figure_list.FURTHER.items():
        assert f"## {title}\n" in text and f"({name}.svg)" in text
        assert (gallery / f"{name}.svg").is_file()
