"""The demo in a real browser: from the overview to an incident to the marked words, on this machine alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e_watch import opened

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 900}
ADDRESSES = ("/", "/documents", "/claims", "/incidents", "/questions", "/places", "/people", "/ledger", "/search")
BEHIND_LISTS = ("/documents/", "/incidents/", "/exhibits/")


def every_kind_of_page(page: Page) -> list[str]:
    """The lists, and the first thing behind each."""
    found = list(ADDRESSES)
    for begins in BEHIND_LISTS:
        page.goto("/documents" if begins != "/incidents/" else "/incidents")
        if begins == "/exhibits/":
            page.goto(found[-2])
        link = page.locator(f'main a[href^="{begins}"]').first.get_attribute("href")
        assert link is not None
        found.append(link.partition("#")[0])
    return found


def test_from_the_overview_to_an_incident_to_the_words_it_rests_on(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, _):
        page.goto("/")
        expect(page.locator("#map svg.wide circle").first).to_be_visible()
        row = page.locator("section[aria-labelledby=h-t] tbody tr").first
        title = row.locator("a").inner_text()
        row.locator("a").click()
        expect(page.locator("h1")).to_have_text(title)
        words = page.locator("table.claims a.words").first
        quote = words.locator("q").inner_text()
        words.click()
        expect(page).to_have_url(re.compile(r"/documents/\w+#claim-\w+$"))
        mark = page.locator("mark.on").first
        expect(mark).to_be_in_viewport()
        marked = "".join(page.locator("mark.on").all_inner_texts())
        assert "".join(quote.strip("“”«»").split()) in "".join(marked.split())
        card = page.locator(".card.sel")
        expect(card.locator(".full")).to_be_visible()
        card.locator("a", has_text="Open incident").click()
        expect(page.locator("h1")).to_have_text(title)


def test_without_script_the_same_words_are_reached_and_shown(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE, java_script_enabled=False) as (page, _):
        page.goto("/incidents")
        page.locator("tbody th a").first.click()
        page.locator("table.claims a.words").first.click()
        expect(page.locator("a.at:target + mark, a.at:target + a.at + mark").first).to_be_in_viewport()
        page.locator("a.ref").first.click()
        expect(page.locator(".card:target .full")).to_be_visible()
        page.fill("#find", "killed")
        page.press("#find", "Enter")
        expect(page.locator(".hits li").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 820, 1440, 2560])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_its_window_and_complains_of_nothing(
    chromium: Browser, demo: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    with opened(chromium, demo, viewport=size, color_scheme=scheme) as (page, _):
        for address in every_kind_of_page(page):
            page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} wide in a window of {width}"
            assert page.locator("h1").count() == 1


def test_the_keyboard_leads_through_lists_and_claims(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, _):
        page.goto("/incidents")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        first = page.locator("tr[data-row]").first
        expect(first).to_have_class(re.compile("on"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/incidents/\w+"))
        page.locator("table.claims a.words").first.click()
        expect(page.locator(".card.sel")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(".card.sel")).to_have_count(0)
        page.keyboard.press("j")
        expect(page.locator(".card.sel .no")).to_have_text("1")
        before = page.locator("article.body .para").last.bounding_box()
        page.keyboard.press("j")
        page.keyboard.press("Escape")
        after = page.locator("article.body .para").last.bounding_box()
        assert before is not None
        assert after is not None
        assert before["height"] == after["height"]
        page.keyboard.press("?")
        expect(page.locator("dialog.help")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        expect(page.locator("#find")).to_be_focused()
        page.keyboard.type("j?")
        expect(page.locator("#find")).to_have_value("j?")


def test_single_keys_can_be_turned_off(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, _):
        page.goto("/incidents")
        page.keyboard.press("?")
        page.get_by_role("button", name="Turn single keys off").click()
        page.get_by_role("button", name="Close").click()
        page.keyboard.press("j")
        expect(page.locator("tr.on")).to_have_count(0)


def test_results_come_while_words_are_typed_and_no_address_keeps_them(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, watch):
        page.goto("/search")
        page.locator("#find").press_sequentially("killed", delay=20)
        expect(page.locator("#results .hits b").first).to_be_visible()
        expect(page).to_have_url(re.compile(r"/search$"))
        assert not [url for url in watch.asked if "killed" in url]
        page.fill("#find", "qqqqzzzz")
        expect(page.locator("#results .state.empty")).to_be_visible()


def test_the_map_can_be_moved_and_still_asks_nobody_else(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, watch):
        page.goto("/")
        page.get_by_role("button", name="Move and zoom").click()
        expect(page.locator("#map[data-ready]")).to_be_visible(timeout=60_000)
        expect(page.locator("#map a.spot").first).to_be_visible()
        page.get_by_role("button", name="Zoom in").click()
        assert any("maplibre-gl-worker" in url for url in watch.asked)
        watch.said = [line for line in watch.said if "GPU stall" not in line]  # Chromium on its software renderer


def test_graphs_and_shapes_stay_on_paper(chromium: Browser, demo: str) -> None:
    with opened(chromium, demo, viewport=WIDE) as (page, _):
        page.goto("/incidents")
        page.locator("tbody th a").first.click()
        page.emulate_media(media="print")
        expect(page.locator(".top")).to_be_hidden()
        expect(page.locator("table.claims")).to_be_visible()
