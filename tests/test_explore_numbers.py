"""The page's statistics in a real browser: the pipeline's and metafor's numbers, and its words."""

from __future__ import annotations

import json
import random
import re

import mpmath
import pytest

from evergrove import pooling, wording
from evergrove.page.explore import script
from evergrove.page.render import render
from evergrove.page.view import view
from tests.browser import chromium
from tests.explore_sample import explored
from tests.test_pooling import data, reference

RTOL = 1e-10
KEYS = ("b", "se", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "I2", "Q", "Q_p")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def call(browser, tmp_path_factory):
    """Calls of the page's functions, many at once: [name, argument, ...] for each."""
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(render(view(explored())), encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    page.goto(path.as_uri())

    def ask(cases):
        # Infinity is no JSON; "inf" stands for it.
        cases = [["Infinity" if x == float("inf") else x for x in case] for case in cases]
        return page.evaluate(
            "cases => cases.map(([name, ...given]) => "
            "Evergrove[name](...given.map(x => x === 'Infinity' ? Infinity : x)))",
            cases,
        )

    yield ask


def sets():
    """Twenty invented data sets of 2 to 65 studies, from none to much heterogeneity."""
    draw = random.Random(20260228)
    sizes = [2, 2, 3, 3, 4, 5, 6, 7, 8, 10, 12, 15, 19, 24, 30, 38, 47, 55, 64, 65]
    for number, k in enumerate(sizes):
        spread = (0.0, 0.1, 0.8, 2.5)[number % 4]
        v = [draw.uniform(0.3, 3) ** 2 / draw.randint(8, 240) for _ in range(k)]
        yield (
            f"invented {number}",
            [3 + draw.gauss(0, spread) + draw.gauss(0, x**0.5) for x in v],
            v,
        )


def assert_fit(ours, theirs, what, rtol=RTOL):
    """Equal within `rtol`; a place on the axis relative to its standard error or itself."""
    for key in KEYS:
        if theirs[key] is None:
            assert ours[key] is None, (what, key)
            continue
        places = ("b", "ci_low", "ci_high", "pi_low", "pi_high")
        size = max(abs(theirs[key]), theirs["se"] if key in places else 0.0)
        assert abs(ours[key] - theirs[key]) <= rtol * size, (what, key, ours[key], theirs[key])


@pytest.mark.parametrize("method", pooling.METHODS)
def test_every_fit_is_that_of_the_pipeline(call, method):
    cases, expected = [], []
    known = [(name, item["y"], item["v"]) for name, item in data().items()]
    for name, y, v in [*sets(), *known]:
        for test in ("knha", "z"):
            for prediction in ("t_k1", "as_test"):
                options = {"method": method, "test": test, "level": 95, "prediction": prediction}
                cases.append(["pool", y, v, options])
                fit = pooling.fit(y, v, **options)
                expected.append((name, fit, pooling.weights(v, fit["tau2"])))
    for case, (name, fit, weights), ours in zip(cases, expected, call(cases), strict=True):
        # Q and I2 of outcomes that are all equal are what rounding leaves.
        if name == "all_equal":
            assert ours["Q"] < 1e-12 and ours["tau2"] == fit["tau2"] == 0
            continue
        assert_fit(ours, fit, (name, case[3]))
        assert (ours["method"], ours["test"], ours["k"]) == (fit["method"], fit["test"], fit["k"])
        assert ours["weights"] == pytest.approx(weights.tolist(), rel=RTOL)


@pytest.mark.parametrize("level", [50, 90, 99, 99.9])
def test_every_level_is_that_of_the_pipeline(call, level):
    made = list(sets())
    ours = call([["pool", y, v, {"level": level}] for _, y, v in made])
    for found, (name, y, v) in zip(ours, made, strict=True):
        assert_fit(found, pooling.fit(y, v, level=level, prediction="t_k1"), (name, level))


@pytest.mark.parametrize("method", ["REML", "DL", "PM"])
def test_reference_sets_have_metafors_numbers(call, method):
    names = [name for name in data() if name not in ("one_study", "all_equal")]
    cases = [
        ["pool", data()[name]["y"], data()[name]["v"],
         {"method": method, "test": test, "prediction": "as_test"}]
        for name in names for test in ("knha", "z")
    ]  # fmt: skip
    found = iter(call(cases))
    for name in names:
        fits = reference()["sets"][name]["fits"][method]
        for test in ("knha", "z"):
            assert_fit(next(found), {**fits, **fits[test]}, (name, test))


# --- distributions -----------------------------------------------------------------------------

FREEDOM = (1, 2, 3, 4, 7, 12, 30, 64, 65, 200, float("inf"))


def tail(t, df):
    """P(|T| >= t) with forty digits."""
    t = mpmath.mpf(t)
    if df == float("inf"):
        return mpmath.erfc(t / mpmath.sqrt(2))
    x = df / (df + t * t)
    return mpmath.betainc(mpmath.mpf(df) / 2, mpmath.mpf(1) / 2, 0, x, regularized=True)


@pytest.fixture
def digits():
    with mpmath.workdps(40):
        yield


def test_tails_of_t_and_normal_are_exact(call, digits):
    cases = [
        (t, df) for df in FREEDOM for t in (1e-6, 0.01, 0.4, 1, 1.3, 1.7, 2, 2.8, 4, 7, 12, 30)
    ]
    found = call([["tTwoSided", t, df] for t, df in cases])
    for (t, df), ours in zip(cases, found, strict=True):
        assert abs(ours / tail(t, df) - 1) < 1e-12, (t, df, ours)


def test_quantiles_of_t_and_normal_are_exact(call, digits):
    cases = [
        (outside, df)
        for df in FREEDOM
        for outside in (1e-9, 1e-4, 0.001, 0.01, 0.05, 0.1, 0.2, 0.29, 0.31, 0.5, 0.9, 0.99)
    ]
    found = call([["tQuantile", outside, df] for outside, df in cases])
    for (outside, df), ours in zip(cases, found, strict=True):
        # The error of the quantile, from that of its tail and the tail's slope.
        off = tail(ours, df) - mpmath.mpf(outside)
        slope = mpmath.diff(lambda t, df=df: tail(t, df), mpmath.mpf(ours))
        assert abs(off / slope / ours) < 1e-12, (outside, df, ours)


def test_tails_of_chi_squared_are_exact(call, digits):
    cases = [
        (q, df)
        for df in (1, 2, 3, 5, 10, 30, 64, 200)
        for q in (1e-6, 0.1, 0.9, 1, 2, 4, 9.5, 31, 64, 130, 436.4, 900)
    ]
    found = call([["chi2Upper", q, df] for q, df in cases])
    for (q, df), ours in zip(cases, found, strict=True):
        exact = mpmath.gammainc(mpmath.mpf(df) / 2, mpmath.mpf(q) / 2, regularized=True)
        assert abs(ours / exact - 1) < 1e-12, (q, df, ours)
    assert call([["chi2Upper", 0, 0]]) == [1]


# --- words -------------------------------------------------------------------------------------


def values():
    draw = random.Random(5)
    for _ in range(3000):
        yield draw.gauss(0, 10)
        # Halves that both languages could round either way, and values beside them.
        yield draw.randint(-4000, 4000) / 2 ** draw.randint(0, 8)
        yield draw.randint(-99999, 99999) / 10 ** draw.randint(0, 6)
        yield draw.gauss(0, 1) * 10 ** draw.randint(-9, 24)
    yield from (0.0, -0.0, 0.005, -0.005, 2.675, 1e21, -1e23, 0.5, 1.5, 2.5, -0.5, 5e-324)


def test_numbers_are_printed_as_the_pipeline_prints_them(call):
    draw = random.Random(6)
    cases = [(value, draw.randint(0, 4)) for value in values()]
    found = call([["number", *case] for case in cases])
    expected = [wording.number(*case) for case in cases]
    assert [
        (case, ours, theirs)
        for case, ours, theirs in zip(cases, found, expected, strict=True)
        if ours != theirs
    ] == []


def test_intervals_counts_and_percents_are_too(call):
    assert call([["interval", -0.456, 1.5, 2], ["interval", None, None, 2]]) == [
        wording.interval(-0.456, 1.5), wording.interval(None, None),
    ]  # fmt: skip
    whole = [0, 1, 999, 1000, 9999, 10_000, 123_456, 1_234_567, -10_000, -5]
    assert call([["count", n] for n in whole]) == [wording.count(n) for n in whole]
    shares = [(97.1619, 1), (0.05, 1), (99.95, 1), (None, 1), (12.5, 0)]
    assert call([["percent", *case] for case in shares]) == [wording.percent(*x) for x in shares]
    counted = [(1, "study", "studies"), (12_345, "person", "people"), (2, "cohort")]
    assert call([["counted", *case] for case in counted]) == [wording.counted(*x) for x in counted]


def test_what_is_no_number_is_not_printed(call):
    with pytest.raises(Exception, match="cannot be printed"):
        call([["number", float("inf"), 2]])


# --- the default review ------------------------------------------------------------------------


def test_the_default_reviews_page_recomputes_what_was_published(browser, built):
    project, run = built
    assert run.status == 0, run.output
    folder = project.folder / "results/sacroplasty"
    syntheses = json.loads((folder / "syntheses.json").read_text())
    by_id = {item["id"]: item for item in syntheses["syntheses"]}
    levels = {
        level["synthesis"]: level["level"]
        for group in syntheses["subgroups"]
        for level in group["levels"]
    }
    page = browser.new_context(offline=True).new_page()
    page.goto((folder / "page/index.html").as_uri())
    held = json.loads(page.locator("#explore-data").text_content())
    assert script() in page.content()

    def pooled(places, r=None, level=None):
        rows = [held["rows"][place] for place in places]
        rows = [row for row in rows if level in (None, row["group"])]
        pick = [row.get("vr", {}).get(r, row["v"]) for row in rows]
        options = {"method": "REML", "test": "knha", "level": held["level"]}
        given = [[row["y"] for row in rows], pick, options]
        return page.evaluate("given => Evergrove.pool(...given)", given)

    for name, places in held["syntheses"].items():
        assert_fit(pooled(places), by_id[name]["fit"], name)
    for name, level in levels.items():
        assert_fit(pooled(held["syntheses"]["primary"], level=level), by_id[name]["fit"], name)
    windows = [item["id"] for item in syntheses["syntheses"] if item["kind"] == "window"]
    assert set(windows) <= set(held["syntheses"]) and len(windows) > 3 and len(levels) > 2
    for point in syntheses["correlation_grid"]:
        ours = pooled(held["syntheses"]["primary"], r=wording.plain(point["r"]))
        assert_fit(ours, {**point, "Q_p": ours["Q_p"]}, point["r"])
    same = page.locator("[data-explored]").all_text_contents()
    assert same == page.locator("[data-published]").all_text_contents()
    assert re.search(r"\d\.\d\d points", same[0])
