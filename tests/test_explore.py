"""What the page holds for exploring: every digit, nothing that acts, and its own script alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from evergrove import page, wording
from evergrove.errors import EvergroveError
from evergrove.page.explore import explore, script
from evergrove.page.render import render
from evergrove.page.view import view
from tests.explore_sample import GRID, explored
from tests.page_sample import HOSTILE, sample, without_primary_fit

STYLE = Path(page.__file__).with_name("explore.css")
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def html():
    return render(view(explored()))


def data_of(results):
    return json.loads(explore(results)["data"])


def test_effects_keep_every_digit_and_stand_there_once():
    results = explored()
    data = data_of(results)
    by_id = {row["id"]: row for row in data["rows"]}
    assert len(by_id) == len(data["rows"]) == 9
    for item in results.syntheses["syntheses"]:
        if item["kind"] == "subgroup":
            continue
        held = [data["rows"][place] for place in data["syntheses"][item["id"]]]
        assert [(row["y"], row["v"], row["n"], row["group"]) for row in held] == [
            (study["yi"], study["vi"], study["n"], study["group"]) for study in item["studies"]
        ]
    assert data["grid"] == list(GRID)
    for row in results.effects_by_r:
        held = by_id[row["measurement_id"]]
        assert held["vr"][wording.plain(float(row["r"]))] == float(row["vi"])
        assert "yr" not in held


def test_effects_that_move_with_the_correlation_are_held_too():
    moved = [{**row, "yi": repr(float(row["r"]))} for row in explored().effects_by_r]
    row = data_of(replace(explored(), effects_by_r=moved))["rows"][0]
    assert row["yr"] == {wording.plain(r): r for r in GRID}


def test_an_analysis_of_the_same_cohorts_is_not_offered_twice():
    results = explored()
    results.syntheses["syntheses"][3]["same_as_primary"] = True
    assert list(data_of(results)["syntheses"]) == ["primary", "early", "late"]


def test_the_protocols_own_model_is_offered_and_named_as_published():
    results = explored()
    model = {**results.protocol["model"], "method": "SJ", "test": "z"}
    made = explore(replace(results, protocol={**results.protocol, "model": model}))
    assert [item["value"] for item in made["methods"]] == ["SJ", "REML", "DL", "PM"]
    own = [item["value"] for item in made["methods"] + made["tests"] if "published" in item["text"]]
    assert own == ["SJ", "z"]


def test_two_effects_of_one_measurement_are_an_error():
    results = explored()
    results.syntheses["syntheses"][1]["studies"][0]["yi"] += 1e-9
    with pytest.raises(EvergroveError, match="two effects"):
        explore(results)


def test_where_nothing_is_pooled_there_is_no_section_and_no_script():
    html = render(view(without_primary_fit(fit=None)))
    assert "explore" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert "<script" not in html and "script-src" not in html


def test_nothing_in_the_data_can_end_its_element_or_become_markup():
    results = explored()
    for item in results.syntheses["syntheses"]:
        for row in item["studies"]:
            row["label"] = f"</script><!--{HOSTILE}"
    html = render(view(results))
    held = re.search(r'id="explore-data">(.*?)</script>', html, re.DOTALL)[1]
    assert "<" not in held
    assert json.loads(held)["rows"][0]["label"] == f"</script><!--{HOSTILE}"


def test_the_policy_lets_this_script_run_and_no_other(html):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    [text] = SCRIPT.findall(html)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'", f"script-src 'sha256-{digest}'", "style-src 'unsafe-inline'",
        "img-src data:", "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    assert not re.search(r"<[^>]* on[a-z]+=", html)


def test_the_script_is_plain_small_and_can_reach_nothing():
    text = script()
    assert len(text.encode()) < 24_000
    assert "</" not in text and "<!--" not in text
    names = r"\b(fetch|XMLHttpRequest|WebSocket|import|eval|Function|innerHTML|document\.write)\b"
    assert not re.search(names, text)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)


def test_a_page_of_65_studies_stays_below_300_kilobytes():
    html = render(view(explored(65, figures=True)))
    assert html.count('class="explore') and "<svg" in html
    assert len(html.encode()) < 300_000


def test_colours_stand_in_tokens_only():
    assert re.findall(r"#[0-9a-fA-F]{6}\b|rgb|hsl", STYLE.read_text()) == []


def test_the_published_column_says_what_the_first_screen_says():
    results = explored()
    content = view(results)
    said = {row["id"]: row["value"] for row in content["explore"]["published"]}
    for text in (said["b"], said["ci"]):
        assert text in content["headline"]["conclusion"]
    assert said["pi"].replace(" to ", " and ") in content["headline"]["spread"]


def test_a_fit_without_a_spread_has_dashes():
    results = sample()
    results.syntheses["syntheses"][0]["fit"].update(method="EE", pi_low=None, pi_high=None)
    said = {row["id"]: row["value"] for row in explore(results)["published"]}
    assert said["pi"] == said["tau"] == said["I2"] == wording.MISSING
