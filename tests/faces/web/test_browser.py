"""The pages in a Chromium: axe finds nothing serious in light, dark and on a phone; the keyboard is enough; every page is photographed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.faces.web.conftest import Site

PAGES = {
    "home": "/",
    "place": "/place/geonames:706757?as_of=2023-01-13",
    "disputes": "/disputes",
    "article": "article",
    "source": "/source/sohr",
    "actor": "/actor/turkey",
    "question": "question",
    "search": "/search?q=Soledar",
    "help": "/search",
    "claims": "/claims?type=capture",
    "places": "/places",
    "sources": "/sources",
    "articles": "/articles",
    "limits": "/limits",
    "sign-in": "/sign-in",
    "missing": "/nowhere",
}
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
}


def visit(page: Page, site: Site, name: str) -> None:
    """Open a page of the list; of an article or a question the first that there is."""
    path = PAGES[name]
    if not path.startswith("/"):
        page.goto(f"{site.base}/{path}s")
        path = str(page.locator(f'main a[href^="/{path}/"]').first.get_attribute("href"))
    page.goto(site.base + path)


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_and_nothing_sticks_out(
    browser: Browser, site: Site, shots: Path, axe: str, name: str, look: str
) -> None:
    page = browser.new_page(**LOOKS[look])
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    visit(page, site, name)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=shots / f"{name}-{look}.png", full_page=True)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    grave = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found if one["impact"] in GRAVE]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert not grave
    assert wide == 0
    assert not faults


GRAVE = ("serious", "critical")


def test_the_keyboard_alone_leads_from_the_first_page_to_the_words(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(site.base)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if "/article/" in str(page.evaluate("document.activeElement.href ?? ''")):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    page.wait_for_selector("mark.lit")
    page.close()


def test_an_address_with_a_range_lights_these_code_points(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    visit(page, site, "article")
    path = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(f"{path}#t=4,11")
    words = page.evaluate("[...CSS.highlights.get('range')].map(String).join('')")
    body = page.evaluate("document.getElementById('body').textContent")
    page.close()
    assert words == "".join(list(body)[4:11])


def test_a_claim_looked_at_lights_its_words(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    visit(page, site, "article")
    page.keyboard.press("j")
    first = page.locator(".numbered > li").first
    assert first.evaluate("one => document.activeElement === one")
    lit = page.locator("#body .lit").all_inner_texts()
    assert "".join(lit) in first.locator("q.words").inner_text() or lit
    assert page.locator(".numbered > li.lit").count() == 1
    page.close()


def test_dark_is_the_readers_choice_and_is_kept(browser: Browser, site: Site) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(site.base)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{site.base}/places")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark != light
    page.close()


def test_keys_move_through_the_queue_and_say_so(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    page.goto(f"{site.base}/disputes")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("#status").inner_text().startswith("Dispute 2 of")
    assert "#d-" in page.url
    page.keyboard.press("k")
    assert page.locator("#status").inner_text().startswith("Dispute 1 of")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.close()


def test_print_leaves_the_words_and_drops_the_buttons(browser: Browser, site: Site, shots: Path) -> None:
    page = browser.new_page()
    visit(page, site, "article")
    page.emulate_media(media="print")
    page.screenshot(path=shots / "article-print.png", full_page=True)
    assert not page.locator("form.find").is_visible()
    assert page.locator("#body").is_visible()
    page.close()
