"""Tables of charts hold the numbers: each against its formula, written out here again."""

import math

import numpy as np
import pytest
from scipy import stats

from evergrove import diagnostics, pooling
from evergrove.errors import EvergroveError
from evergrove.figures.chart_course import (
    correlation_table,
    time_course_table,
    trajectory_table,
)
from evergrove.figures.chart_curves import bubble_table, drapery_table
from evergrove.figures.chart_funnel import FEW, funnel_table, radial_table
from evergrove.figures.chart_influence import (
    baujat,
    baujat_table,
    gosh_table,
    influence_table,
    thresholds,
)
from evergrove.figures.chart_review import place_chart
from tests.chart_sample import full_review, versions
from tests.figure_sample import context, studies, synthesis

Z = stats.norm.ppf(0.975)


def sample(k=11, **look):
    data = synthesis(studies(k, **look))
    y, v = (np.array([row[name] for row in data["studies"]]) for name in ("yi", "vi"))
    return data, y, v, data["fit"]


def by_id(panel):
    return {point["id"]: point for point in panel["points"]}


def text_of(table):
    return " ".join(words.text for words in place_chart(table).words()).replace("\u00a0", " ")


def test_a_funnel_has_effects_standard_errors_limits_and_ordered_contours():
    data, y, v, fit = sample(11, mean=0.4, spread=0.3)
    table = funnel_table(data, context())
    [panel] = table["panels"]
    points = by_id(panel)
    assert len(points) == 11
    for i in range(11):
        assert points[f"study-{i + 1}"]["x"] == y[i]
        assert points[f"study-{i + 1}"]["y"] == pytest.approx(math.sqrt(v[i]))
    slopes = []
    for line in panel["lines"][-2:]:
        (x0, se0), (x1, se1) = line["points"]
        assert (x0, se0) == (fit["b"], 0.0)
        slopes.append((x1 - x0) / se1)
    assert slopes == pytest.approx([-Z, Z])
    # The widest first, so that narrower and darker ones are painted over it.
    assert [band["p"] for band in panel["bands"]] == [0.01, 0.05, 0.10]
    for band in panel["bands"]:
        (x0, _), (x1, se1), _ = band["points"]
        assert 2 * stats.norm.sf(abs(x1 - x0) / se1) == pytest.approx(band["p"])
    shades = [float(band["fill"].split("/")[1]) for band in panel["bands"]]
    assert shades == sorted(shades)


def test_a_funnel_of_few_studies_warns_and_prints_what_it_was_given():
    data, y, v, fit = sample(7, mean=0.5, spread=0.6)
    filled = diagnostics.trim_and_fill(y, v) | {
        "filled_yi": [-1.0, -0.5],
        "filled_vi": [0.04, 0.09],
    }
    filled["k0"] = 2
    small = {
        "methods": [{"id": "egger_mixed", "name": "Egger's test", "p": 0.04321}],
        "warnings": [],
    }
    table = funnel_table(data, context(), small, filled)
    rings = [point for point in table["panels"][0]["points"] if point["shape"] == "ring"]
    assert [(point["x"], point["y"]) for point in rings] == [(-1.0, 0.2), (-0.5, 0.3)]
    printed = text_of(table)
    assert FEW in " ".join(table["notes"])
    assert "Egger’s test: p = 0.043." in printed
    assert f"{fit['b']:.2f} (95% CI" in printed
    assert (
        f"2 studies filled in on the {filled['side']}; {filled['b']:.2f} (95% CI"
        in printed.replace("−", "-")
    )
    assert FEW not in " ".join(funnel_table(sample(10)[0], context())["notes"])


def test_without_a_near_line_of_no_effect_there_are_no_contours():
    table = funnel_table(sample(9, mean=300.0)[0], context())
    assert table["panels"][0]["bands"] == []
    assert "no effect, 0, lies outside" in " ".join(table["notes"])


def test_a_radial_plot_reads_off_the_effect_on_the_right_scale():
    data, y, v, fit = sample(13)
    table = radial_table(data, context())
    [panel] = table["panels"]
    right = panel["x"]["high"]
    for i, point in ((int(p["id"][6:]) - 1, p) for p in panel["points"]):
        sd = math.sqrt(v[i] + fit["tau2"])
        assert point["x"] == pytest.approx(1 / sd)
        assert point["y"] == pytest.approx((y[i] - fit["b"]) / sd)
        # The ray from the origin through the point, at the right end.
        assert fit["b"] + point["y"] / point["x"] == pytest.approx(y[i])
        assert (point["shape"] == "diamond") == (abs(point["y"]) > Z)
    for place, text in panel["right"]["ticks"]:
        assert fit["b"] + place / right == pytest.approx(float(text.replace("−", "-")))


def test_baujat_is_the_squared_residual_and_the_shift_without_each_row():
    data, y, v, fit = sample(8)
    x, up = baujat(y, v, fit, method="REML", test="knha")
    for i in range(8):
        left = pooling.fit(np.delete(y, i), np.delete(v, i))
        assert x[i] == pytest.approx((y[i] - fit["b"]) ** 2 / (v[i] + fit["tau2"]))
        assert up[i] == pytest.approx((left["b"] - fit["b"]) ** 2 / left["se"] ** 2)
    points = by_id(baujat_table(data, context())["panels"][0])
    assert [points[f"study-{i + 1}"]["y"] for i in range(8)] == pytest.approx(up)


def test_influence_panels_hold_the_diagnostics_and_their_bounds():
    rows = studies(12)
    rows[4]["yi"] += 9
    data = synthesis(rows)
    y, v = (np.array([row[name] for row in rows]) for name in ("yi", "vi"))
    found = diagnostics.influence(y, v)
    table = influence_table(data, context())
    for panel in table["panels"]:
        assert [p["x"] for p in panel["points"]] == pytest.approx(found[panel["id"]])
        assert [p["y"] for p in panel["points"]] == list(range(12))
        assert [p["shape"] == "diamond" for p in panel["points"]] == [i == 4 for i in range(12)]
    bounds = thresholds(data["fit"], 12)
    assert bounds["rstudent"] == pytest.approx([-Z, 0, Z])
    assert bounds["dffits"] == pytest.approx([-3 / math.sqrt(11), 0, 3 / math.sqrt(11)])
    assert bounds["cook_d"] == pytest.approx([stats.chi2.ppf(0.5, 1)])
    assert bounds["hat"] == pytest.approx([1 / 12, 3 / 12])
    assert bounds["weight"] == pytest.approx([100 / 12, 300 / 12])
    assert bounds["tau2_del"] == [data["fit"]["tau2"]]
    assert f"DFBETAS over 1: {rows[4]['label']}." in " ".join(table["notes"])


def test_gosh_counts_every_subset_once_and_near_where_it_belongs():
    data, y, v, _ = sample(6)
    data["studies"] = [{**row, "rung": "paired_t"} for row in data["studies"]]
    table = gosh_table(data, context())
    [panel] = table["panels"]
    step_x = (panel["x"]["high"] - panel["x"]["low"]) / 76
    step_y = (panel["y"]["high"] - panel["y"]["low"]) / 40
    cook = diagnostics.influence(y, v)["cook_d"]
    most = int(np.argmax(cook))
    for bits in range(1, 64):
        members = [i for i in range(6) if bits >> i & 1]
        if len(members) < 2:
            continue
        fit = pooling.fit(y[members], v[members])
        side = "with" if most in members else "without"
        shape = "circle" if most in members else "diamond"
        cells = [c for cloud in panel["clouds"] if cloud["of"] == side for c in cloud["at"]]
        near = [
            (a, b)
            for a, b in cells
            if abs(a - fit["b"]) <= step_x * 1.01 and abs(b - fit["I2"]) <= step_y * 1.01
        ]
        assert near, members
        assert {cloud["shape"] for cloud in panel["clouds"] if cloud["of"] == side} == {shape}
    assert "All 57 subsets" in table["notes"][0].replace("\u00a0", " ")
    both = [
        {tuple(c) for cloud in panel["clouds"] if cloud["of"] == side for c in cloud["at"]}
        for side in ("with", "without")
    ]
    assert not both[0] & both[1]


def test_a_sample_of_subsets_says_so_and_its_seed_and_is_the_same_again():
    data, *_ = sample(20)
    one, other = (gosh_table(data, context(), subsets=400, seed=7) for _ in range(2))
    assert one == other
    assert "400 subsets of two rows or more, drawn at random (seed 7)" in one["notes"][0].replace(
        "\u00a0", " "
    )
    with pytest.raises(EvergroveError, match="three rows"):
        gosh_table(sample(2)[0], context())


def curve_at(table, of, x):
    for line in table["panels"][0]["lines"]:
        if line.get("of") == of:
            xs, ps = zip(*line["points"], strict=True)
            yield float(np.interp(x, xs, ps))


def test_drapery_curves_are_at_alpha_where_intervals_end_and_one_at_the_estimate():
    data, y, v, fit = sample(9)
    table = drapery_table(data, context())
    for end in ("ci_low", "ci_high"):
        assert next(curve_at(table, "pooled", fit[end])) == pytest.approx(0.05, abs=0.003)
    for end in ("pi_low", "pi_high"):
        assert next(curve_at(table, "prediction", fit[end])) == pytest.approx(0.05, abs=0.003)
    assert next(curve_at(table, "pooled", fit["b"])) == pytest.approx(1, abs=1e-3)
    for i in range(9):
        at = y[i] + 1.3 * math.sqrt(v[i])
        assert list(curve_at(table, "study", at))[i] == pytest.approx(
            2 * stats.norm.sf(1.3), abs=0.01
        )
        assert list(curve_at(table, "study", y[i]))[i] == pytest.approx(1, abs=1e-3)


def test_a_bubble_plot_draws_the_meta_regression_and_areas_by_weight():
    data, y, v, _ = sample(10)
    x = np.linspace(20, 70, 10) ** 1.1
    values = [*x[:-1], None]
    table = bubble_table(data, context(), values, "Mean age (years)")
    [panel] = table["panels"]
    fit = pooling.fit(y[:9], v[:9], np.column_stack([np.ones(9), x[:9]]))
    for at, line in panel["lines"][-1]["points"]:
        assert line == pytest.approx(fit["b"][0] + fit["b"][1] * at)
    # The interval at x is that of the intercept of a regression on the distance from x.
    low = panel["bands"][0]["points"][:81]
    high = panel["bands"][0]["points"][81:][::-1]
    for (at, bottom), (_, top) in list(zip(low, high, strict=True))[::20]:
        there = pooling.fit(y[:9], v[:9], np.column_stack([np.ones(9), x[:9] - at]))
        assert (bottom, top) == pytest.approx((there["ci_low"][0], there["ci_high"][0]))
    weights = pooling.weights(v[:9], fit["tau2"])
    points = by_id(panel)
    assert len(points) == 9
    for i in range(9):
        ratio = points[f"study-{i + 1}"]["size"] ** 2 / points["study-1"]["size"] ** 2
        assert ratio == pytest.approx(weights[i] / weights[0])
    printed = text_of(table).replace("−", "-")
    slope, low, high = (fit[name][1] for name in ("b", "ci_low", "ci_high"))
    digits = max(0, 1 - math.floor(math.log10(fit["se"][1])))
    assert f"{slope:.{digits}f} (95% CI {low:.{digits}f} to {high:.{digits}f})" in printed
    assert "1 row without a value not drawn" in printed


def test_the_time_course_prints_k_people_and_estimate_under_each_window():
    windows = [s for s in full_review(13)["syntheses"] if s["kind"] == "window"]
    table = time_course_table(windows, context())
    columns = table["panels"][0]["x"]["categories"]
    fit = windows[0]["fit"]
    people = sum(row["n"] for row in windows[0]["studies"])
    assert [line.replace("\u00a0", " ") for line in columns[0]] == [
        "Up to 7 days",
        "k = 4",
        f"{people} people",
        f"{fit['b']:.2f}",
        f"[{fit['ci_low']:.2f} to {fit['ci_high']:.2f}]".replace("-", "−"),
    ]
    assert columns[2][-1] == "no estimate"
    first, single = table["panels"][0]["points"]
    assert (first["y"], first["y_low"], first["y_high"]) == (
        fit["b"],
        fit["ci_low"],
        fit["ci_high"],
    )
    assert (first["x"], single["x"], single["shape"]) == (0, 1, "ring")


def test_the_correlation_grid_is_drawn_at_its_correlations():
    grid = full_review(13)["correlation_grid"]
    table = correlation_table(grid, context(), 0.5)
    effect, tau = table["panels"]
    for row, point, below in zip(grid, effect["points"], tau["points"], strict=True):
        assert (point["x"], point["y"], point["y_low"], point["y_high"]) == (
            row["r"],
            row["b"],
            row["ci_low"],
            row["ci_high"],
        )
        assert point["label"] == f"{row['b']:.2f}"
        assert (below["y"], below["label"]) == (row["tau"], f"{row['tau']:.2f}")
        assert (point["shape"] == "diamond") == (row["r"] == 0.5)


def test_the_trajectory_has_every_version_with_what_is_known_of_it():
    rows = versions(6)
    rows[1]["tau2"] = None
    rows[2]["estimate"] = None
    table = trajectory_table(rows, context())
    effect, tau2, k = table["panels"]
    assert [p["x"] for p in effect["points"]] == [0, 1, 3, 4, 5]
    assert [p["y"] for p in tau2["points"]] == [r["tau2"] for r in rows if r["tau2"] is not None]
    assert [p["label"] for p in k["points"]] == [str(row["k"]) for row in rows]
    assert [p["shape"] for p in effect["points"]] == ["circle"] * 4 + ["diamond"]
    assert k["x"]["categories"][5] == ["26.6.0", "2026-07-15"]
    spoken = effect["points"][-1]["spoken"]
    assert spoken.startswith("Version 26.6.0, 2026-07-15: 5.05, 95% CI 4.07 to 6.37, τ² 0.21, k 10")


def test_ratios_are_printed_on_their_own_scale():
    data = synthesis(studies(9, mean=0.3, spread=0.5, width=3.0))
    table = funnel_table(data, context(measure="OR", unit=None))
    assert f"{math.exp(data['fit']['b']):.2f} (95% CI" in " ".join(table["notes"])
    row = {"r": 0.5, "b": 0.5, "ci_low": 0.2, "ci_high": 0.8, "tau": 0.1}
    [point] = correlation_table([row], context(measure="OR"))["panels"][0]["points"]
    assert point["label"] == f"{math.exp(0.5):.2f}"
    assert f"95% CI {math.exp(0.2):.2f} to {math.exp(0.8):.2f}" in point["spoken"]
