"""The verification page in a browser: by keys alone, by mouse, in both colour schemes, narrow."""

from __future__ import annotations

import json

import pytest

from evergrove.extraction_files import read_extraction
from tests.browser import axe_source, chromium
from tests.extraction_sample import protocol
from tests.verify_sample import LOOM, NOTE, SPUN, TEXTS, build, measured, serving, spun_document


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser, tmp_path):
    """Open the page of an invented review; `page.heard` is what it said and asked elsewhere."""
    closing = []

    def open_page(width=1280, scheme="light", kept=None, texts=TEXTS, **options):
        root = build(tmp_path, texts=texts, kept=kept or {})
        serve = serving(root, **({"by": "A. Reader"} | options))
        server = serve.__enter__()
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False
        )
        closing.extend([lambda: serve.__exit__(None, None, None), context.close])
        page = context.new_page()
        page.heard, page.root = [], root
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("dialog", lambda dialog: page.heard.append(dialog.message))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((server.address, "data:"))
                else page.heard.append(request.url)
            ),
        )
        page.goto(server.address)
        page.locator("#card h2").wait_for()
        return page

    yield open_page
    for close in reversed(closing):
        close()


def kept(page, name):
    return page.root / "config/reviews/loom/extraction" / f"{name}.json"


def press(page, key):
    """One key, and the page is at rest again."""
    page.keyboard.press(key)
    rest(page)


def rest(page):
    """Wait until what was asked for is done."""
    page.locator("main[aria-busy=false]").wait_for()


def title(page):
    return page.locator("#card-title").inner_text()


def decide_all(page, limit=60):
    """Enter on each value that has a place, x on one without, d on each number; the keys used."""
    keys = []
    while title(page) != "All is decided":
        assert len(keys) < limit
        if page.locator("#card button.main", has_text="Dismiss").count():
            keys.append("d")
        elif page.locator("#card button.main", has_text="Accept").count():
            keys.append("Enter")
        elif page.locator("#word").count():
            page.keyboard.press("ArrowDown")
            keys.append("Enter")
        else:
            keys.append("x")
        press(page, keys[-1])
    return keys


def test_a_report_is_verified_by_keys_alone_and_saved(opened):
    page = opened()
    assert page.locator("#about").inner_text().startswith("loom2020")
    keys = decide_all(page)
    press(page, "n")
    assert page.heard == [] and page.locator("#alert").inner_text() == ""
    assert page.locator("#status").inner_text().startswith("Saved: extraction/loom2020.json")
    # One key a decision, and nothing beside.
    assert len(keys) == len(_fields(page, "loom2020")) + keys.count("d")
    row = next(row for row in measured(page.root).rows if row["report"] == "loom2020")
    assert (row["before_mean"], row["before_sd"], row["after_mean"], row["n"]) == (
        "7.0",
        "1.5",
        "3.10",
        24,
    )
    assert row["verified_by"] == "A. Reader" and page.heard == []
    assert page.locator("#about").inner_text().startswith("spun2019")


def _fields(page, name):
    one = json.loads(kept(page, name).read_text())["measurements"][0]
    flat = [one["n_analysed"], one["p"], *one["timepoint"].values()]
    for side in ("before", "after", "change"):
        flat += (one[side] or {}).values()
    return [value for value in flat if value is not None]


def _go_to(page, words):
    for _ in range(40):
        if title(page) == words:
            return
        press(page, "j")
    raise AssertionError(words)


def test_another_number_is_taken_by_as_many_keys_as_accepting_costs(opened):
    page = opened(kept={"spun2019": spun_document()}, texts={"spun2019": SPUN})
    _go_to(page, "mean before")
    hint = page.locator("#abstract .number", has_text="2.5").first.get_attribute("data-hint")
    press(page, hint)
    assert "mean before: 2.5" in page.locator("#status").inner_text()
    _go_to(page, "mean before")
    marked = page.locator("#abstract .current")
    assert marked.inner_text() == "2.5" and page.locator("#card .value").inner_text() == "2.5"


def test_a_typed_value_moves_its_mark_and_what_is_not_printed_needs_its_derivation(opened):
    page = opened(kept={"spun2019": spun_document()}, texts={"spun2019": SPUN})
    _go_to(page, "mean after")
    press(page, "e")
    page.keyboard.type("6.5")
    page.wait_for_timeout(150)
    assert page.locator("#abstract .current", has_text="6.5").count() == 1
    press(page, "Enter")
    _go_to(page, "mean after")
    press(page, "e")
    page.keyboard.type("2.45")
    page.wait_for_timeout(150)
    assert "Not printed" in page.locator("#where").inner_text()
    press(page, "Enter")
    press(page, "Enter")
    assert "needs its formula" in page.locator("#alert").inner_text()
    page.locator("#abstract .number", has_text="6.5").first.click()
    rest(page)
    page.locator("#abstract .number", has_text="2.5").first.click()
    rest(page)
    page.get_by_label("Formula").fill("(6.5 + 2.5) / 2 - 2.05")
    page.get_by_label("Note", exact=True).last.fill("made up")
    page.get_by_label("Formula").press("Enter")
    rest(page)
    decide_all(page)
    press(page, "n")
    found = read_extraction(kept(page, "spun2019"), protocol()).measurements[0]
    assert str(found.values["after_mean"]) == "2.45" and "after.mean" not in found.spans
    assert found.note.startswith(NOTE) and "(6.5 + 2.5) / 2 - 2.05; at " in found.note


def test_by_mouse_a_click_or_selected_words_decide(opened):
    page = opened(texts={"loom2020": LOOM})
    _go_to(page, "SD after")
    page.locator("#abstract .number", has_text="1.5").click()
    rest(page)
    _go_to(page, "SD after")
    assert page.locator("#card .value").inner_text() == "1.5"
    _go_to(page, "time, as printed")
    # By code points: the text begins with a letter that JavaScript counts twice.
    page.evaluate(
        """() => {
      const parts = [...document.querySelectorAll('#abstract [data-start]')];
      const part = parts.find((one) => one.textContent.includes('looms'));
      const at = part.firstChild.data.indexOf('looms');
      getSelection().setBaseAndExtent(part.firstChild, at, part.firstChild, at + 5);
      part.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    }"""
    )
    rest(page)
    _go_to(page, "time, as printed")
    assert page.locator("#card .value").inner_text() == "looms"


def test_markup_in_an_abstract_is_text(opened):
    page = opened()
    assert page.locator("#abstract").inner_text() == LOOM
    assert page.locator("#abstract b").count() == 0


def test_a_number_can_be_claimed_and_a_measurement_added(opened):
    page = opened(
        texts={"odd2021": "Nothing was said of 17 people, mean 4.0 before and 2.0 after."}
    )
    assert title(page).endswith("a value?")
    press(page, "a")
    assert title(page) == "time, as printed"
    press(page, "e")
    page.keyboard.type("at the end")
    page.wait_for_timeout(150)
    press(page, "Enter")
    for words, number in (("people analysed", "17"), ("mean before", "4.0"), ("mean after", "2.0")):
        _go_to(page, words)
        page.locator("#abstract .number", has_text=number).click()
        rest(page)
    page.locator("#steps summary").click()
    page.locator("#steps select").nth(1).select_option("mean_only")
    page.locator("#card").focus()
    decide_all(page)
    press(page, "n")
    assert "studies.csv has no row" in page.locator("#status").inner_text()
    found = read_extraction(kept(page, "odd2021"), protocol()).measurements[0]
    assert (found.label, found.n_analysed, str(found.values["before_mean"])) == (
        "at the end",
        17,
        "4.0",
    )


def test_the_name_is_asked_once(opened):
    page = opened(by=None)
    decide_all(page)
    press(page, "n")
    assert not kept(page, "loom2020").exists()
    page.keyboard.type("B. Reader")
    press(page, "Enter")
    assert '"by": "B. Reader"' in kept(page, "loom2020").read_text()
    decide_all(page)
    press(page, "n")
    assert '"by": "B. Reader"' in kept(page, "spun2019").read_text()


def test_decisions_outlive_a_reload(opened):
    page = opened()
    press(page, "Enter")
    before = page.locator("#progress").inner_text()
    page.reload()
    page.locator("#card h2").wait_for()
    assert page.locator("#progress").inner_text() == before and ": 1 of " in before


def test_one_number_can_be_the_value_of_two_fields(opened):
    page = opened(texts={"loom2020": LOOM})
    page.locator("#steps summary").click()
    page.get_by_label("Ask for one more field").select_option("n_enrolled")
    assert title(page) == "people enrolled"
    page.locator("#abstract .number", has_text="24").click()
    rest(page)
    decide_all(page)
    press(page, "n")
    found = read_extraction(kept(page, "loom2020"), protocol()).measurements[0]
    assert found.n_enrolled == found.n_analysed == 24
    assert found.spans["n_enrolled"] == found.spans["n_analysed"]


def test_single_keys_can_be_turned_off(opened):
    page = opened()
    press(page, "?")
    page.get_by_label("Single letters and digits are keys").uncheck()
    page.keyboard.press("Escape")
    before = title(page)
    press(page, "j")
    press(page, "x")
    assert title(page) == before


def test_a_file_changed_meanwhile_is_shown_beside(opened):
    page = opened(kept={"spun2019": spun_document()}, texts={"spun2019": SPUN})
    decide_all(page)
    changed = spun_document().replace(NOTE, "Somebody else was here.")
    kept(page, "spun2019").write_text(changed)
    press(page, "n")
    assert title(page) == "The file changed on the disk"
    assert "Somebody else" in page.locator("#card pre").inner_text()
    assert kept(page, "spun2019").read_text() == changed
    page.get_by_role("button", name="Verify the version on the disk").click()
    rest(page)
    decide_all(page)
    press(page, "n")
    assert "Somebody else was here." in kept(page, "spun2019").read_text()


def test_blind_mode_shows_a_suggestion_after_the_answer_only(opened):
    page = opened(kept={"spun2019": spun_document()}, texts={"spun2019": SPUN}, hide=True)
    _go_to(page, "mean before")
    assert "hidden" in page.locator("#card .value").inner_text()
    assert page.locator("#abstract .taken", has_text="6.5").count() == 0
    press(page, "Enter")
    page.keyboard.type("2.5")
    page.wait_for_timeout(150)
    press(page, "Enter")
    assert "Suggested: 6.5" in page.locator("#status").inner_text()


@pytest.mark.parametrize("width", [320, 768, 1280, 2400])
def test_no_width_needs_sideways_scrolling(opened, width):
    page = opened(width)
    page.evaluate("document.querySelectorAll('details').forEach((item) => (item.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "e")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_by_axe(opened, scheme):
    script = axe_source()
    page = opened(scheme=scheme, kept={"spun2019": spun_document()})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def violations():
        # Evaluated by the debugger, so that the page's own policy stays as it is.
        page.evaluate(script + "; 0")
        run = f"axe.run({{runOnly: {{type: 'tag', values: {json.dumps(tags)}}}}})"
        found = page.evaluate(f"{run}.then((r) => r.violations)")
        return [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found]

    assert violations() == []
    press(page, "e")
    assert violations() == []
    press(page, "Escape")
    page.locator("#queue summary").click()
    press(page, "a")
    page.evaluate("document.querySelectorAll('details').forEach((item) => (item.open = true))")
    assert violations() == []
    press(page, "?")
    assert violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_read_on_its_paper(opened, scheme):
    page = opened(scheme=scheme)
    pairs = page.evaluate(
        """() => {
      const style = getComputedStyle(document.documentElement);
      const of = (name) => style.getPropertyValue(`--${name}`).trim();
      const papers = ['paper', 'card', 't0', 't1', 't2', 't3', 't4', 't5', 't6', 't7'];
      const pairs = papers.map((paper) => [of('ink'), of(paper)]);
      return [...pairs, ...['quiet', 'link', 'alarm'].flatMap((ink) =>
        ['paper', 'card'].map((paper) => [of(ink), of(paper)]))];
    }"""
    )

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for pair in pairs:
        light, dark = sorted(map(luminance, pair), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, pair
