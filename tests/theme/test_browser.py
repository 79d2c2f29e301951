"""The pages in Chromium, under the site's own policy: accessible, still, within their width, complete without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from broadsheet.theme import patterns

pytestmark = pytest.mark.browser
Opened = Callable[..., Any]

SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(l => { for (const e of l.getEntries()) sum += e.value }).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 120) })"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


# What is told of contrast takes most of the time: every page is asked once, on a phone in the dark or on a desk in the light, in turns.
SHOWN = [(390, "dark"), (1440, "light"), (390, "light"), (1440, "dark")]
CASES = [
    pytest.param(name, width, scheme, marks=[] if (width, scheme) == SHOWN[place % 2] else [pytest.mark.long])
    for place, name in enumerate(["", *patterns.PAGES])
    for width, scheme in SHOWN
]


@pytest.mark.parametrize(("name", "width", "scheme"), CASES)
def test_accessible_still_and_within_its_width(same_page: Opened, name: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = same_page(name, width=width, scheme=scheme)
    assert page.evaluate(SHIFT) == 0
    assert page.evaluate(OVERFLOW) == 0
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in axe.run(page).response["violations"]] == []
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 820, 1100])
def test_no_width_overflows(opened: Opened, width: int) -> None:
    for name in ("front", "front-without-pictures", "front-ur", "blocks", "long-read"):
        assert opened(name, width=width).evaluate(OVERFLOW) == 0, name


def test_an_address_in_a_caption_does_not_widen_the_page(opened: Opened) -> None:
    page = opened("blocks", width=320)
    assert page.locator(".gallery li figcaption").count()
    page.evaluate("document.querySelectorAll('figcaption').forEach(one => one.append(' https://old.example/' + 'gallery'.repeat(20)))")
    assert page.evaluate(OVERFLOW) == 0


def test_the_date_of_today_is_added_in_the_zone_of_the_publication(opened: Opened) -> None:
    page = opened("front-ur")
    expected = page.evaluate("new Intl.DateTimeFormat('ur', {dateStyle: 'full', timeZone: 'Asia/Karachi'}).format(new Date())")
    assert page.inner_text("[data-today]") == expected != ""


def test_without_script_there_is_no_date_and_nothing_is_missing(opened: Opened) -> None:
    with_script, without = opened("story"), opened("story", js=False)
    assert without.locator("[data-today]").is_hidden()
    lines = set(with_script.inner_text("main").splitlines()) - set(without.inner_text("main").splitlines())
    assert lines <= {"Copy link"}


def test_lists_within_lists_have_marks(opened: Opened) -> None:
    page = opened("story")
    marks = page.evaluate(
        """() => { document.querySelector('.story-body').insertAdjacentHTML('beforeend',
          '<div class="deep"><ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul><ol><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ol></div>');
        return [...document.querySelectorAll('.deep :is(ul, ol)')].map(one => getComputedStyle(one).listStyleType) }"""
    )
    assert len(marks) == 6 and "none" not in marks
    assert page.evaluate("getComputedStyle(document.querySelector('.footer-sections ul ul')).listStyleType") == "none"


@pytest.mark.parametrize("width", [390, 1440])
def test_the_menu_opens_without_script_and_holds_every_section(opened: Opened, width: int) -> None:
    page = opened("front", width=width, js=False)
    assert page.get_by_role("link", name="News", exact=True).first.is_visible()
    assert page.locator(".menu-children a", has_text="Faith").is_hidden()
    page.locator(".menu summary").click()
    for link in page.locator(".menu-list a").all():
        assert link.is_visible()
        box = link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_the_menu_by_keyboard(opened: Opened) -> None:
    page = opened("front")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    lifestyle = page.locator(".menu-item > a", has_text="Lifestyle")
    health = page.locator(".menu-children a", has_text="Health")
    lifestyle.focus()
    assert health.is_visible()
    page.keyboard.press("Tab")
    assert health.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    assert health.is_hidden() and lifestyle.evaluate("e => e === document.activeElement")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert health.is_visible()
    page.keyboard.press("Escape")
    assert health.is_hidden()


def test_an_anchor_is_not_covered_by_the_menu(opened: Opened) -> None:
    page = opened("front")
    page.evaluate("document.getElementById('grid-40').scrollIntoView()")
    page.wait_for_timeout(100)
    assert page.evaluate(
        "document.getElementById('grid-40').getBoundingClientRect().top >= document.querySelector('.menu').getBoundingClientRect().bottom"
    )


def test_the_link_is_copied(opened: Opened) -> None:
    page = opened("story")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    assert page.locator("[data-copy]").count() == 1
    # Browsers offer the clipboard on safe origins only: elsewhere the button stays away.
    assert page.locator("[data-copy]").is_hidden()


def test_each_script_wears_its_own_type(opened: Opened) -> None:
    page = opened("front")
    families = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('#tongues h3')].map(h => [h.lang, getComputedStyle(h).fontFamily.split(',')[0]]))"
    )
    assert "Nastaliq" in families["ur"] and "Naskh" in families["ar"]
    assert len(set(families.values())) == len(families) == 6
    ratio = "h => parseFloat(getComputedStyle(h).lineHeight) / parseFloat(getComputedStyle(h).fontSize)"
    assert page.locator("#tongues h3[lang=ur]").evaluate(ratio) >= 1.9
    assert page.locator("#tongues h3[lang=en]").count() == 0


def test_nothing_of_nastaliq_is_cut_off(opened: Opened) -> None:
    page = opened("story-ur", width=390)
    clipped = page.evaluate(
        """[...document.querySelectorAll('[lang=ur] *')].filter(e => e.innerText && !e.closest('.hidden')
           && ['hidden', 'clip'].includes(getComputedStyle(e).overflowY)).map(e => e.className)"""
    )
    assert clipped == []


def test_printed_without_navigation_and_with_addresses(opened: Opened) -> None:
    page = opened("blocks")
    page.emulate_media(media="print")
    assert page.locator("nav.menu").is_hidden() and page.locator("footer.footer").is_hidden()
    assert page.locator(".story-body").is_visible()
    address = "getComputedStyle(document.querySelector('.prose a[href^=http]'), '::after').content"
    assert "attr(href)" in page.evaluate(address) or "http" in page.evaluate(address)


@pytest.mark.parametrize("day", ["2026-05-01", "2026-09-30", "2026-11-26"])
@pytest.mark.parametrize("name", ["section", "front", "front-ur"])
def test_no_day_is_so_long_that_its_date_moves_the_page(opened: Opened, name: str, day: str) -> None:
    page = opened(name)
    height = "document.querySelector('.topline').getBoundingClientRect().height"
    # With one short headline beside it the date alone decides how high the line is.
    page.evaluate("document.querySelectorAll('.latest-list li').forEach((item, n) => n ? item.remove() : item.replaceChildren('A'))")
    page.evaluate("document.querySelectorAll('.latest-asof').forEach(one => one.remove())")
    page.evaluate("document.querySelector('[data-today]').textContent = ''")
    before = page.evaluate(height)
    page.evaluate(
        """day => { const today = document.querySelector('[data-today]'); today.textContent =
        new Intl.DateTimeFormat(today.dataset.locale, {dateStyle: 'full', timeZone: 'UTC'}).format(new Date(day)) }""",
        day,
    )
    assert page.evaluate(height) == before


def test_what_decides_how_wide_the_latest_are_comes_before_them(opened: Opened) -> None:
    """A page is painted while it arrives: what came after the list pushed it aside."""
    order = opened("front").evaluate("[...document.querySelector('.latest').children].map(one => one.classList[0])")
    assert order == ["latest-title", "latest-asof", "latest-list"]


@pytest.mark.parametrize("own", ["/asia/harbour/", "/asia/港/", "/اقتصاد/میناء/"])
def test_a_strip_that_is_refreshed_leaves_out_the_story_one_reads(chromium: Any, own: str) -> None:
    strip = '<div data-island="blocks" data-as-of="2020-01-01T00:00:00Z">{}</div>'
    card = '<article class="card"><a href="{}"></a><h3><a href="{}">Story</a></h3></article>'

    def respond(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            script = Path(str(finders.find(path.removeprefix("/static/")))).read_text()
            return route.fulfill(body=script, headers={"content-type": "text/javascript"})
        fresh = card.format(own, own) + card.format("/asia/other/", "/asia/other/")
        page = '<script type="module" src="/static/broadsheet/js/broadsheet.js"></script>' + strip.format("")
        return route.fulfill(
            body=strip.format(fresh) if path.startswith("/islands/") else page, headers={"content-type": "text/html; charset=utf-8"}
        )

    context = chromium.new_context()
    try:
        page = context.new_page()
        page.route("**/*", respond)
        page.goto(f"http://paper.example{own}")
        page.wait_for_selector(".card", state="attached")
        assert page.eval_on_selector_all(".card h3 a", "links => links.map(one => one.getAttribute('href'))") == ["/asia/other/"]
    finally:
        context.close()
