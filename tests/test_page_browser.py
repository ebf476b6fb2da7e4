"""The page in a browser: nothing is fetched, nothing overflows, and it prints in light colours."""

from __future__ import annotations

from pathlib import Path

import pytest

from evergrove.page.render import render
from evergrove.page.view import view
from tests.browser import chromium
from tests.page_sample import HOSTILE, sample


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(render(view(sample())), encoding="utf-8")
    return Path(path).as_uri()


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser, address):
    """Open the page with the given width and colour scheme, the network being off."""
    contexts = []

    def open_page(width=1280, scheme="light", scripts=True):
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
        page.on("dialog", lambda dialog: page.heard.append(dialog.message))
        page.on("request", lambda request: page.heard.append(request.url))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_the_page_asks_for_itself_only_and_says_nothing_on_the_console(opened, address):
    page = opened()
    for summary in page.locator("summary").all():
        summary.click()
    assert page.heard == [address]


@pytest.mark.parametrize("width", [320, 768, 1280, 2400])
def test_no_width_needs_sideways_scrolling(opened, width):
    page = opened(width)
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_colour_scheme_has_its_own_paper_and_ink(opened, scheme):
    page = opened(scheme=scheme)
    style = (
        "(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))"
    )
    paper, ink = page.evaluate(style)
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    assert paper != ink


def test_dark_readers_print_black_on_white(opened):
    page = opened(scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    style = "getComputedStyle(document.body)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{style}.color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('.drawing')).filter") == "none"


def test_what_is_folded_on_the_screen_is_printed(opened):
    page = opened()
    table = page.locator("#forest-data table")
    assert not table.is_visible()
    page.emulate_media(media="print")
    assert table.bounding_box()["height"] > 20


def test_without_scripts_everything_is_there(opened):
    page = opened(scripts=False)
    assert page.locator(".conclusion").is_visible()
    assert page.locator("#figure-primary svg").is_visible()
    assert page.locator("#studies tbody tr").count() == len(sample().measurements)


def test_a_number_that_was_read_leads_to_its_characters(opened):
    page = opened()
    link = page.locator("#agreement tbody a").first
    link.click()
    marked = page.locator("mark:has(:target)")
    assert marked.inner_text() == link.inner_text() == "6.4"
    assert marked.is_visible()


def test_the_first_key_reaches_the_skip_link_and_scrolling_boxes_can_be_reached(opened):
    page = opened(320)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    unreachable = page.evaluate(
        "[...document.querySelectorAll('*')].filter(item => item.scrollWidth > item.clientWidth + 1"
        " && ['auto', 'scroll'].includes(getComputedStyle(item).overflowX) && item.tabIndex < 0)"
        ".length"
    )
    assert unreachable == 0


def test_links_outside_sentences_are_large_enough_to_hit(opened):
    page = opened(320)
    heights = page.evaluate(
        "[...document.querySelectorAll('.contents a, summary, .marks a')]"
        ".map(item => item.getBoundingClientRect().height)"
    )
    assert len(heights) > 10
    assert min(heights) >= 24


def test_hostile_titles_are_seen_as_text(opened):
    page = opened()
    assert page.locator("#references").get_by_text(HOSTILE).count() == 1
    assert page.locator("#references b b, img, #references script").count() == 0
