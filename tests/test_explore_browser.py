"""Exploring in a browser: what is chosen is what is pooled, said, drawn, linked and taken back."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from evergrove import pooling, wording
from evergrove.page.render import render
from evergrove.page.view import view
from tests.browser import axe_source, chromium
from tests.explore_sample import at_correlation, explored

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PUBLISHED = ("primary", "", "REML", "knha", "")
CONTROLS = "#explore select, #explore button, #explore input, #explore a"


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture
def opened(browser, folder):
    """Open the page of a review of k cohorts from disk, the network being off."""
    contexts = []

    def open_page(k=9, state="", width=1280, scheme="light", scripts=True):
        path = folder / f"{k}.html"
        if not path.exists():
            path.write_text(render(view(explored(k, figures=True))), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            offline=True,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda problem: page.heard.append(str(problem)))
        page.on("request", lambda request: page.heard.append(request.url.partition("#")[0]))
        page.goto(path.as_uri() + state)
        page.address = path.as_uri()
        return page

    yield open_page
    for context in contexts:
        context.close()


def rows_of(name="primary", k=9):
    return next(
        item["studies"]
        for item in explored(k).syntheses["syntheses"]
        if item["id"] == name
    )  # fmt: skip


def expected(rows, method="REML", test="knha"):
    """What the pipeline prints for these rows, cell by cell."""
    y, v = [row["yi"] for row in rows], [row["vi"] for row in rows]
    fit = pooling.fit(y, v, method=method, test=test, prediction="t_k1")
    tau = None if fit["method"] == "EE" else fit["tau2"] ** 0.5
    return {
        "b": f"{wording.number(fit['b'])} points",
        "ci": wording.interval(fit["ci_low"], fit["ci_high"]),
        "pi": wording.interval(fit["pi_low"], fit["pi_high"]),
        "tau": wording.number(tau),
        "I2": wording.percent(None if tau is None else fit["I2"], 1),
        "k": wording.count(len(rows)),
        "studies": wording.count(len({row["study"] for row in rows})),
        "people": wording.count(sum(row["n"] for row in rows)),
    }


def said(page, column="explored"):
    cells = page.locator(f"#explore [data-{column}]")
    return {
        cell.get_attribute(f"data-{column}"): cell.text_content() for cell in cells.all()
    }  # fmt: skip


def chosen(page, label):
    return page.locator("#explore").get_by_role("combobox", name=re.compile(f"^{label}"))


def box(page, label, number=0):
    return page.get_by_role("checkbox", name=re.compile(f"^{re.escape(label)}")).nth(number)


def test_the_page_opens_on_the_published_result_in_the_same_words(opened):
    page = opened()
    assert said(page) == said(page, "published") == expected(rows_of())
    assert page.locator("#explore").get_attribute("data-state") == "published"
    assert page.locator("#explore-state").inner_text() == "The published result."
    assert page.heard == [page.address]


def test_a_cohort_left_out_is_left_out_of_every_number(opened):
    page = opened()
    rows = rows_of()
    box(page, rows[2]["label"]).uncheck()
    left = rows[:2] + rows[3:]
    assert said(page) == expected(left)
    assert said(page, "published") == expected(rows)
    assert page.locator("#explore-state").inner_text() == "Exploration, not the published result."
    live = page.get_by_role("status")
    estimate = expected(left)
    for text in (estimate["b"], estimate["ci"], estimate["pi"], "Exploration, not the published"):
        assert text in live.inner_text()
    assert page.evaluate("location.hash") == f"#explore?out={quote(rows[2]['measurement_id'], '')}"
    box(page, rows[2]["label"]).check()
    assert said(page) == expected(rows)
    assert page.evaluate("location.hash") == "#explore"
    assert page.heard == [page.address]


@pytest.mark.parametrize("method", ["REML", "DL", "PM"])
@pytest.mark.parametrize("test", ["knha", "z"])
def test_estimator_and_interval_are_those_of_the_pipeline(opened, method, test):
    page = opened()
    chosen(page, "Estimator").select_option(method)
    chosen(page, "Intervals").select_option(test)
    assert said(page) == expected(rows_of(), method, test)


@pytest.mark.parametrize("name", ["early", "late", "large"])
def test_windows_and_sensitivity_analyses_are_those_of_the_pipeline(opened, name):
    page = opened()
    chosen(page, "Synthesis").select_option(name)
    assert said(page) == expected(rows_of(name))
    assert page.locator("#explore input").count() == len(rows_of(name))


def test_subgroups_and_correlations_are_those_of_the_pipeline(opened):
    page = opened()
    chosen(page, "Subgroup").select_option("late")
    assert said(page) == expected(rows_of("by-time-late"))
    chosen(page, "Correlation").select_option("0.9")
    moved = [{**row, "vi": at_correlation(row, 0.9)[1]} for row in rows_of("by-time-late")]
    assert said(page) == expected(moved)
    chosen(page, "Subgroup").select_option("")
    moved = [{**row, "vi": at_correlation(row, 0.9)[1]} for row in rows_of()]
    assert said(page) == expected(moved)


def test_ratios_are_pooled_as_logarithms_and_printed_as_ratios(browser, folder):
    results = explored(9, mean=0.3, spread=0.4)
    effect = {**results.protocol["effect"], "measure": "ROMC"}
    path = folder / "ratio.html"
    results = replace(results, protocol={**results.protocol, "effect": effect})
    path.write_text(render(view(results)), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    fit = results.primary["fit"]
    assert said(page) == said(page, "published")
    assert said(page)["b"] == wording.number(math.exp(fit["b"]))
    assert said(page)["ci"] == wording.interval(math.exp(fit["ci_low"]), math.exp(fit["ci_high"]))
    assert page.locator("#explore-pooled text").all_text_contents() == ["0.5", "1", "2"]
    page.close()


def test_nothing_left_is_said_and_no_number_stays(opened):
    page = opened()
    for checkbox in page.locator("#explore input").all():
        checkbox.uncheck()
    found = said(page)
    assert {found.pop(name) for name in ("k", "studies", "people")} == {"0"}
    assert set(found.values()) == {wording.MISSING}
    assert "no cohort is left" in page.get_by_role("status").inner_text()
    assert page.heard == [page.address]


def test_a_link_carries_the_whole_state(opened):
    page = opened()
    chosen(page, "Estimator").select_option("PM")
    chosen(page, "Intervals").select_option("z")
    chosen(page, "Correlation").select_option("0.2")
    chosen(page, "Subgroup").select_option("early")
    page.locator("#explore input").nth(1).uncheck()
    link = page.get_by_role("link", name="Link to this state").get_attribute("href")
    assert link == page.evaluate("location.hash")
    other = opened(state=link)
    assert said(other) == said(page)
    assert other.get_by_role("status").inner_text() == page.get_by_role("status").inner_text()
    assert (
        other.evaluate("Math.abs(document.getElementById('explore').getBoundingClientRect().top)")
        < 40
    )
    assert other.heard == [other.address]


def test_a_link_followed_in_the_page_is_read_and_other_links_change_nothing(opened):
    page = opened()
    page.evaluate("location.hash = '#explore?m=DL'")
    page.wait_for_function("document.querySelector('#explore-m').value === 'DL'")
    page.evaluate("location.hash = '#references'")
    page.wait_for_timeout(50)
    assert said(page) == expected(rows_of(), "DL")


@pytest.mark.parametrize(
    "state",
    [
        "#explore?m=nonsense&s=none&out=unknown&g=constructor&r=7&t=",
        "#explore?%E0%A4%A&out=%00&__proto__=1&toString=x&out",
        "#explore?",
        "#explore?<script>alert(1)</script>=1",
    ],
)
def test_a_link_that_says_nonsense_is_the_published_result(opened, state):
    page = opened(state=state)
    assert said(page) == expected(rows_of())
    assert page.heard == [page.address]


@pytest.mark.parametrize("way", ["key", "button", "key elsewhere"])
def test_there_is_one_way_back_that_forgets_everything(opened, way):
    page = opened(state="#explore?s=early&m=DL&t=z&r=0.9&g=early")
    page.locator("#explore input").first.uncheck()
    if way == "button":
        page.get_by_role("button", name="Back to the published result").click()
    else:
        if way == "key elsewhere":
            page.locator(".contents a").first.focus()
        page.keyboard.press("Escape")
    assert said(page) == expected(rows_of())
    assert page.evaluate("location.hash") == "#explore"
    assert page.get_by_role("status").inner_text().startswith("The published result: ")
    selected = page.evaluate(
        "[...document.querySelectorAll('#explore select')].map(item => item.value)"
    )
    assert tuple(selected) == PUBLISHED
    assert page.evaluate("document.activeElement !== document.body")


def test_the_keyboard_alone_reaches_and_works_everything(opened):
    page = opened()
    page.locator("#explore").evaluate("item => { item.tabIndex = -1; item.focus(); }")
    reached = []
    for _ in range(page.locator(CONTROLS).count()):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid", reached
    assert reached[:7] == [
        "explore-reset", "explore-link", "explore-s", "explore-g", "explore-m", "explore-t",
        "explore-r",
    ]  # fmt: skip
    assert reached[7:] == ["checkbox"] * 9
    page.keyboard.press("Space")
    assert said(page) == expected(rows_of()[:-1])
    page.locator("#explore-m").focus()
    page.keyboard.press("ArrowDown")
    assert said(page) == expected(rows_of()[:-1], "DL")
    assert page.evaluate("document.activeElement.id") == "explore-m"


def test_the_focus_stays_on_the_box_that_was_used(opened):
    page = opened()
    page.locator("#explore input").nth(3).focus()
    page.keyboard.press("Space")
    assert page.evaluate(
        "document.activeElement === document.querySelectorAll('#explore input')[3]"
    )


def test_a_row_is_spoken_with_its_numbers(opened):
    page = opened()
    row = rows_of()[0]
    bounds = wording.interval(row["ci_low"], row["ci_high"])
    name = f"{row['label']} {wording.number(row['yi'])} ({bounds})"
    assert page.get_by_role("checkbox", name=name).count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_24_pixels_and_no_width_needs_sideways_scrolling(opened, width):
    page = opened(65, "#explore?s=early&g=late", width)
    sizes = page.evaluate(
        f"[...document.querySelectorAll('{CONTROLS}')].map(item => item.getBoundingClientRect())"
        ".map(item => Math.min(item.width, item.height))"
    )
    assert len(sizes) > 15 and min(sizes) >= 24
    for name in ("early", "late", "primary"):
        chosen(page, "Synthesis").select_option(name)
        chosen(page, "Subgroup").select_option("")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = page.evaluate(
            "[...document.querySelectorAll('#explore *')].filter(item => !item.closest('.scroll'))"
            ".every(item => item.getBoundingClientRect().right <= innerWidth + 0.5)"
        )
        assert inside, name


def test_the_drawing_has_a_square_for_each_cohort_and_arrows_where_it_is_cut(opened):
    page = opened()
    plot = "#explore-rows .explore-strip > svg"
    widths = page.evaluate(
        f"[...document.querySelectorAll('{plot} rect')].map(item => item.getBoundingClientRect())"
        ".map(item => [item.x + item.width / 2, item.width])"
    )
    rows = rows_of()
    assert len(widths) == len(rows)
    # On one straight axis: places on the screen are a line in the effects.
    (x0, _), (x1, _) = widths[0], widths[1]
    scale = (x1 - x0) / (rows[1]["yi"] - rows[0]["yi"])
    for (x, _), row in zip(widths, rows, strict=True):
        assert abs(x - (x0 + scale * (row["yi"] - rows[0]["yi"]))) < 1
    assert scale > 0
    by_weight = sorted(zip((row["weight"] for row in rows), widths, strict=True))
    assert [width for _, (_, width) in by_weight] == sorted(width for _, width in widths)
    assert page.locator("#explore .pooled-arrow").count() == 0
    for checkbox in page.locator("#explore input").all()[2:]:
        checkbox.uncheck()
    assert page.locator("#explore .pooled-arrow").count() >= 1
    frame = page.locator("#explore-pooled .explore-strip > svg").first.bounding_box()
    # A box counts half a stroke (1.5 pixels) beyond the end of a line.
    for mark in page.locator("#explore-pooled line, #explore-pooled path").all():
        seen = mark.bounding_box()
        assert seen["x"] >= frame["x"] - 2
        assert seen["x"] + seen["width"] <= frame["x"] + frame["width"] + 2


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [320, 760, 1280])
def test_the_strips_of_all_rows_lie_under_each_other_and_are_low(opened, media, width):
    page = opened(state="#explore?m=DL", width=width)
    page.emulate_media(media=media)
    strips = page.evaluate(
        "[...document.querySelectorAll('#explore .explore-strip > svg')]"
        ".map(item => item.getBoundingClientRect()).map(({x, width, height}) => [x, width, height])"
    )
    assert len(strips) == 12
    assert all(abs(x - strips[0][0]) < 0.1 for x, _, _ in strips)
    assert all(abs(wide - strips[0][1]) < 0.1 and wide > 60 for _, wide, _ in strips)
    assert all(20 < high < 80 for _, _, high in strips)


def test_without_scripts_the_section_says_so_and_the_rest_is_there(opened):
    page = opened(scripts=False)
    assert "needs JavaScript" in page.locator("#explore").inner_text()
    assert not page.locator("#explore-panel").is_visible()
    assert page.locator(".conclusion").is_visible() and page.locator("#figure-primary").is_visible()


def test_with_scripts_the_page_does_not_say_that_it_needs_them(opened):
    assert not opened().get_by_text("needs JavaScript").is_visible()


def test_a_script_that_is_not_the_pages_own_does_not_run(opened):
    page = opened()
    page.evaluate(
        "() => { const item = document.createElement('script'); item.textContent = 'window.x = 1';"
        " document.body.append(item); const image = new Image();"
        " image.src = 'https://example.org/x.png'; document.body.append(image); }"
    )
    assert page.evaluate("window.x") is None
    assert any("Content Security Policy" in text for text in page.heard)
    assert page.evaluate("fetch('https://example.org/').then(() => 1, () => 0)") == 0


def test_print_hides_the_controls_and_keeps_the_warning(opened):
    page = opened(scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("#explore").is_visible()
    page.evaluate("location.hash = '#explore?m=DL'")
    page.wait_for_function("document.querySelector('#explore-m').value === 'DL'")
    for selector in ("select", "button", "input", "a"):
        assert not page.locator(f"#explore {selector}").first.is_visible(), selector
    assert page.get_by_text("Exploration, not the published result.", exact=True).is_visible()
    colour = "getComputedStyle(document.querySelector('#explore-rows rect')).fill"
    assert page.evaluate(colour) == "rgb(0, 0, 0)"


def violations(page, source):
    """What axe-core finds against WCAG 2.2 A and AA, everything that is folded being open."""
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    page.evaluate(source)
    options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}})
    found = page.evaluate(f"axe.run(document, {options})")
    assert len(found["passes"]) > 20
    return [
        (item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found["violations"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("width", "state"),
    [(1280, ""), (1280, "#explore?m=DL&g=late"), (320, "#explore?t=z")],
)
def test_axe_finds_nothing(opened, scheme, width, state):
    source = axe_source()
    page = opened(state=state, width=width, scheme=scheme)
    if state:
        page.locator("#explore input").nth(1).uncheck()
    assert violations(page, source) == []
    assert page.heard == [page.address]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_on_the_default_reviews_page(browser, built, scheme, width):
    source = axe_source()
    project, run = built
    assert run.status == 0, run.output
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto((project.folder / "results/sacroplasty/page/index.html").as_uri() + "#explore?m=DL")
    assert violations(page, source) == []
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
