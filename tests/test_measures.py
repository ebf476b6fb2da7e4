"""Another measure of change is a protocol, not code: each one, from measurements to page."""

import copy
import math
from dataclasses import replace

import numpy as np
import pytest

from evergrove import cross_check, pool, tables
from evergrove.effect_sizes import BY_R_COLUMNS, COLUMNS, effect_sizes
from evergrove.errors import EvergroveError
from evergrove.escalc import escalc
from evergrove.forest_plots import figure_tables
from evergrove.page import analyses, headline, methods, studies
from evergrove.protocol import load_protocol
from tests import effects_sample, page_sample
from tests.test_effect_sizes import row

# Invented: mean and SD before and after, n, SD of the change where it is "reported".
SERIES = {
    "alder2011": (7.1, 1.4, 3.0, 1.9, 30, 2.1),
    "birch2015": (6.4, 1.8, 3.9, 2.2, 22, 2.4),
    "cedar2018": (8.0, 1.1, 2.7, 1.6, 41, 1.8),
    "elm2020": (7.7, 1.2, 4.1, 2.3, 18, 2.0),
    "fir2021": (6.9, 1.6, 2.2, 1.5, 55, 1.7),
}
NAMES = {
    "MC": "mean change",
    "SMCR": "standardised mean change",
    "SMCRH": "standardised mean change",
    "SMCC": "standardised mean change",
    "ROMC": "ratio of means",
}


def the_protocol(measure, sign="before_minus_after"):
    made = copy.deepcopy(page_sample.sample().protocol)
    for key, value in effects_sample.protocol().items():
        made[key] = made.get(key, {}) | value if isinstance(value, dict) else value
    made["effect"] |= {"measure": measure, "sign": sign}
    return made


def measured(with_change=True):
    rows = []
    for name, (m1, s1, m2, s2, n, change) in SERIES.items():
        cells = {"change_mean": repr(m2 - m1), "change_sd": repr(change)} if with_change else {}
        rows.append(
            row(
                measurement_id=f"{name}/all/28", report=name, study=name, cohort="all", n=str(n),
                before_mean=repr(m1), before_sd=repr(s1), after_mean=repr(m2), after_sd=repr(s2),
                **cells,
            )
        )  # fmt: skip
    return rows


def read_back(tmp_path, rows, columns):
    tables.write_csv(tmp_path / "rows.csv", rows, columns)
    return tables.read_csv(tmp_path / "rows.csv", columns)


def pooled(tmp_path, protocol, rows):
    made = effect_sizes(rows, protocol)
    effects = read_back(tmp_path, made.effects, COLUMNS)
    by_r = read_back(tmp_path, made.by_r, BY_R_COLUMNS)
    return effects, pool.pool(effects, by_r, protocol)


def expected(measure, r=None):
    """yi and vi straight from the definitions, r from the three SDs or as given."""
    m1, s1, m2, s2, n, change = (np.array(column) for column in zip(*SERIES.values(), strict=True))
    r = (s1**2 + s2**2 - change**2) / (2 * s1 * s2) if r is None else np.full(len(n), r)
    return escalc(
        measure, {"m1i": m1, "sd1i": s1, "m2i": m2, "sd2i": s2, "ni": n, "ri": r}
    )  # fmt: skip


@pytest.mark.parametrize("measure", NAMES)
def test_every_measure_goes_from_measurements_to_a_pooled_result(tmp_path, measure):
    effects, result = pooled(tmp_path, the_protocol(measure), measured())
    yi, vi = expected(measure)
    assert [item.number("yi") for item in effects] == pytest.approx(list(yi), rel=1e-12)
    assert [item.number("vi") for item in effects] == pytest.approx(list(vi), rel=1e-12)
    assert {item["reason"] for item in effects} == {""}
    assert result.syntheses["measure"] == measure
    assert result.syntheses["syntheses"][0]["k"] == len(SERIES)
    engines = cross_check.cross_check(result.syntheses)
    assert engines["max_relative_difference"] < 1e-6


@pytest.mark.parametrize("measure", ["MC", "SMCR", "SMCRH", "ROMC"])
def test_an_assumed_correlation_is_varied_for_every_measure_that_may_rest_on_one(tmp_path, measure):
    effects, result = pooled(tmp_path, the_protocol(measure), measured(with_change=False))
    assert [item.number("vi") for item in effects] == pytest.approx(
        list(expected(measure, 0.5)[1]), rel=1e-12
    )
    grid = {point["r"]: point for point in result.syntheses["correlation_grid"]}
    assert set(grid) == {0.0, 0.5, 0.9}
    assert grid[0.5]["b"] == pytest.approx(result.syntheses["syntheses"][0]["fit"]["b"], rel=1e-12)
    assert any("assumed to be 0.5" in text for text in result.syntheses["statements"])


def test_smcc_with_a_guessed_sd_is_refused_as_a_whole(tmp_path):
    rows = measured()[:3] + measured(with_change=False)[3:]
    with pytest.raises(EvergroveError) as caught:
        effect_sizes(rows, the_protocol("SMCC"))
    text = str(caught.value)
    assert "2 of 5 measurements" in text and "elm2020/all/28, fir2021/all/28" in text
    assert "SMCR" in text
    # What cannot be pooled anyway refuses nothing, and keeps its reason.
    kept = measured()[:3] + [
        type(item)({**item, "use": "no"}, item.file, item.line)
        for item in measured(with_change=False)[3:]
    ]
    made = effect_sizes(kept, the_protocol("SMCC")).effects
    assert [item["reason"] is None for item in made] == [True] * 3 + [False] * 2
    assert made[3]["reason"].startswith("no_sd_of_change")


def results_for(tmp_path, measure, **how):
    protocol = the_protocol(measure, **how)
    effects, result = pooled(tmp_path, protocol, measured())
    return replace(
        page_sample.sample(),
        protocol=protocol,
        syntheses=result.syntheses,
        effects=effects,
        measurements=[
            dict(page_sample.sample().measurements[0]) | {
                key: item[key]
                for key in ("measurement_id", "report", "cohort", "flags", "timepoint_days")
            }
            for item in effects
        ],
        leave_one_out=read_back(tmp_path, result.leave_one_out, pool.LEAVE_ONE_OUT_COLUMNS),
    )  # fmt: skip


@pytest.mark.parametrize("measure", NAMES)
def test_the_page_names_the_measure_its_unit_and_its_side(tmp_path, measure):
    results = results_for(tmp_path, measure)
    said = page_sample.plain(headline.conclusion(results))
    fit = results.primary["fit"]
    assert f"the {NAMES[measure]} in pain" in said
    assert (" points (" in said) == (measure == "MC")
    shown = math.exp(fit["b"]) if measure == "ROMC" else fit["b"]
    assert f" was {shown:.2f}" in said
    facts = [f"{item['label']}: {item['value']}" for item in headline.facts(results)]
    assert page_sample.plain(facts[0]).startswith(f"{NAMES[measure].capitalize()}: {shown:.2f}")
    rows = analyses.one_at_a_time(results)["groups"][0]
    left = float(results.leave_one_out[0]["b"])
    assert rows[0][2]["text"] == f"{math.exp(left) if measure == 'ROMC' else left:.2f}"
    told = " ".join(str(part) for part in methods.methods(results))
    assert methods.VARIANCES[measure] in told
    drawn = analyses.forest_rows(results)
    assert drawn["columns"][2]["label"].lower() == NAMES[measure]
    note = studies.study_table(results)["note"]
    assert (" in points, before minus after" in note) == (measure == "MC")


def test_a_ratio_is_divided_not_subtracted(tmp_path):
    results = results_for(tmp_path, "ROMC")
    assert results.sign == "before divided by after"
    told = " ".join(str(part) for part in methods.methods(results))
    assert "a ratio above 1 means" in told and "points" not in told
    assert "of the log ratio" in analyses.sensitivity(results)["note"]
    other = results_for(tmp_path, "ROMC", sign="after_minus_before")
    assert other.primary["fit"]["b"] == pytest.approx(-results.primary["fit"]["b"], rel=1e-12)
    assert other.sign == "after divided by before"
    # Where the interval holds 1, the page says 1.
    open_ended = {"b": 0.1, "ci_low": -0.2, "ci_high": 0.4}
    assert "the interval includes 1" in headline.direction(results, open_ended)


def test_the_figure_of_a_ratio_has_a_log_axis_and_that_of_a_standardised_change_no_unit(tmp_path):
    for measure in NAMES:
        results = results_for(tmp_path, measure)
        table = next(figure_tables(results.syntheses, results.protocol, ["primary"]))
        title = table["axis"]["title"]
        assert ("points" in title) == (measure == "MC"), title
        assert ("log scale" in title) == (measure == "ROMC"), title
        assert ("divided by" in title) == (measure == "ROMC"), title


def test_a_ratio_needs_a_scale_that_begins_at_zero(tmp_path):
    import yaml

    folder = tmp_path / "config" / "reviews" / "baths"
    folder.mkdir(parents=True)
    source = load_protocol("sacroplasty")
    text = (tables.read_text("config/reviews/sacroplasty/protocol.yaml")).replace(
        "slug: sacroplasty", "slug: baths"
    )
    (folder / "protocol.yaml").write_text(text.replace("measure: MC", "measure: ROMC"))
    assert load_protocol("baths", tmp_path)["effect"]["measure"] == "ROMC"
    assert source["effect"]["measure"] == "MC"
    changed = yaml.safe_load(text.replace("measure: MC", "measure: ROMC"))
    changed["outcome"]["scale"] = {"min": 1, "max": 10}
    (folder / "protocol.yaml").write_text(yaml.safe_dump(changed))
    with pytest.raises(EvergroveError, match="a scale that begins at 0"):
        load_protocol("baths", tmp_path)
