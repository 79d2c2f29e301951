"""The desk in Chromium from right to left: a story in Arabic, and the desk itself in Arabic."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.users.models import UserProfile

from broadsheet.people.models import Person
from broadsheet.stories.models import Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HEADLINE, STANDFIRST, BODY = "عبّارة تبحر أخيرًا", "انتظروا أسبوعًا كاملًا.", "أبحرت العبّارة عند الظهر."
STRAY = """() => [...document.querySelectorAll('main *')].filter(e => {
  const box = e.getBoundingClientRect();
  // Wagtail's own: the map of a form and its side panels slide in from outside, long titles are cut in their bar.
  if (!box.width || e.closest('.w-minimap, .w-panel.title .w-panel__header, .form-side, .footer__container, .w-sr-only, [hidden], .w-breadcrumbs, header, .desk-table, svg')) return false;
  if (getComputedStyle(e).position === 'absolute' && e.closest('thead')) return false;
  return !e.closest('thead') && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 120))"""
OVERLAPS = """() => { const boxes = [...document.querySelectorAll('.desk-actions > *, .desk-head > *')].filter(e => e.getBoundingClientRect().width && e.textContent.trim());
  const out = []; for (const a of boxes) for (const b of boxes) { if (a === b) continue; const x = a.getBoundingClientRect(), y = b.getBoundingClientRect();
  if (x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 1 && y.top < x.bottom - 1) out.push(a.className + ' over ' + b.className); } return out; }"""


def starts_right(page: Any, selector: str) -> bool:
    """Whether the first letter of a field stands nearer to its right edge."""
    direction, bidi = page.eval_on_selector(selector, "e => [getComputedStyle(e).direction, getComputedStyle(e).unicodeBidi]")
    return direction == "rtl" or bidi == "plaintext"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_story_in_arabic_is_written_from_right_to_left(opened, editor_client, make_story, width):
    story = make_story(HEADLINE, standfirst=STANDFIRST, body=f"<p>{BODY}</p>", language="ar", dateline="ميناء", live=False)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/", width=width)
    assert page.evaluate("document.documentElement.dir") != "rtl"
    for field in ("title", "standfirst", "dateline"):
        assert page.eval_on_selector(f"#id_{field}", "e => getComputedStyle(e).direction") == "rtl", field
    for field in ("lead_alt", "lead_caption", "seo_title", "search_description"):
        assert starts_right(page, f"#id_{field}"), field
    words = page.locator("[contenteditable=true] [data-block] div").first
    assert words.evaluate("e => getComputedStyle(e).direction") == "rtl" and BODY in words.inner_text()
    assert page.evaluate(STRAY) == [] and page.evaluate(OVERLAPS) == []
    page.keyboard.press("Control+p")
    page.wait_for_function("[...document.querySelectorAll('iframe')].some(f => f.contentDocument?.querySelector('h1'))")
    shown = page.evaluate("""() => { const h1 = [...document.querySelectorAll('iframe')].map(f => f.contentDocument?.querySelector('h1')).find(Boolean);
        return [h1.innerText, h1.ownerDocument.defaultView.getComputedStyle(h1).direction, h1.closest('[lang]').lang]; }""")
    assert shown == [HEADLINE, "rtl", "ar"]


@pytest.mark.parametrize("width", [390, pytest.param(1440, marks=pytest.mark.long)])
def test_the_desk_itself_in_arabic(opened, editor, editor_client, make_story, make_section, width):
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "ar"})
    topic = Topic.objects.create(name="عبّارات", slug="ferries")
    make_section("World")
    story = make_story(HEADLINE, standfirst=STANDFIRST, topics=[topic], people=[Person.objects.create(name="هدى", slug="huda")])
    make_story("Ferry sails at last and everybody is on board", live=False)
    page = opened(editor_client, "/desk/", width=width)
    for screen in ("/desk/", "/desk/stories/", "/desk/stories/new/", "/desk/menu/", f"/desk/merge/topics/{topic.pk}/", f"/desk/pages/{story.pk}/edit/",
                   "/desk/snippets/stories/topic/", "/desk/clean-up/"):  # fmt: skip
        page.goto("http://127.0.0.1" + screen)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, screen
        assert page.evaluate(STRAY) == [], screen
        assert page.evaluate(OVERLAPS) == [], screen


def test_a_list_of_stories_is_read_on_a_phone(opened, editor_client, make_story):
    make_story("A headline of so many words that no column on a phone has room for all of them")
    page = opened(editor_client, "/desk/stories/", width=390)
    assert page.evaluate(STRAY) == []
    assert page.locator("td.title .title-wrapper").first.bounding_box()["width"] > 250
