"""A passage has an address that leads to it, in Chromium: what is copied is opened again, and the passage is found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILLER = "<p>" + "The quay was full of people who waited, and waited. " * 40 + "</p>"
BODY = (
    f"<p>The ferry sailed.</p>{FILLER}<p>Then, at noon - and not before - the ferry sailed. Captain Ada&amp;Bo, aged 50, said so.</p>"
    f"<p>A second paragraph closes it, and says rather more than the first one did about the harbour and its many ferries.</p>{FILLER}"
)
CHOOSE = """([first, last]) => {
  const at = (text, end) => {
    const walker = document.createTreeWalker(document.querySelector('.story-body'), NodeFilter.SHOW_TEXT);
    let found = null;
    while (walker.nextNode()) {
      const place = walker.currentNode.data.lastIndexOf(text);
      if (place >= 0) found = [walker.currentNode, place + (end ? text.length : 0)];
    }
    return found;
  };
  const range = document.createRange();
  range.setStart(...at(first, false));
  range.setEnd(...at(last, true));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def page(chromium: Any, live_server: Any, make_story: Any) -> Any:
    story = make_story("Ferry sails", body=BODY)
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))

    def serve(route: Any) -> None:
        name = route.request.url.partition("/static/")[2]
        route.fulfill(body=Path(str(finders.find(name))).read_bytes(), headers={"content-type": "text/javascript"})

    context.route("**/static/**", serve)
    page.address = live_server.url + story.permalink
    page.goto(page.address, wait_until="load")
    yield page
    context.close()
    assert page.complaints == []


def link_to(page: Any, first: str, last: str) -> str:
    page.evaluate(CHOOSE, [first, last])
    button = page.get_by_role("button", name="Copy link to this passage")
    button.wait_for(state="visible")
    button.click()
    page.locator("[data-quote] button", has_text="Copied").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Captain Ada&Bo, aged 50, said", "said", "Captain Ada&Bo, aged 50, said"),
        ("tain Ada", "Ada", "Captain Ada"),
        ("noon - and not before", "before", "noon - and not before"),
        ("the ferry sailed", "the ferry sailed", "the ferry sailed"),
        ("Captain", "paragraph closes", "Captain Ada&Bo, aged,A second paragraph closes"),
    ],
)
def test_a_passage_is_found_by_its_link(page: Any, first: str, last: str, expected: str) -> None:
    link = link_to(page, first, last)
    # The site's own address, whatever host the test runs on.
    path, _hash, fragment = link.partition("#")
    assert path.endswith(page.address.partition("://")[2].partition("/")[2]) and fragment.startswith(":~:text=")
    parts = fragment.removeprefix(":~:text=").split(",")
    told = [unquote(part) for part in parts if not part.startswith("-") and not part.endswith("-")]
    assert ",".join(told) == expected
    assert all(re.fullmatch(r"-?[^-&,]+-?", part) for part in parts), "what parts a directive is encoded in words"
    page.goto("about:blank")
    page.goto(f"{page.address}#{fragment}", wait_until="load")
    for _ in range(100):
        if page.evaluate("scrollY") > 300:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("scrollY") > 300


def test_words_that_stand_twice_are_told_apart_by_what_is_beside_them(page: Any) -> None:
    page.evaluate(CHOOSE, ["ferry sailed", "ferry sailed"])
    link = link_to(page, "ferry sailed", "ferry sailed")
    assert link.endswith("#:~:text=not%20before%20%2D%20the-,ferry%20sailed,-.%20Captain%20Ada%26Bo")


def test_without_a_selection_in_the_story_there_is_no_button(page: Any) -> None:
    quote = page.locator("[data-quote]")
    assert quote.is_hidden()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(50)
    assert quote.is_hidden()
    page.evaluate(CHOOSE, ["Captain", "Captain"])
    quote.wait_for(state="visible")
    page.evaluate("getSelection().removeAllRanges()")
    quote.wait_for(state="hidden")


def test_the_systems_own_way_to_share_is_offered_where_there_is_one(page: Any) -> None:
    button = page.locator("[data-share]")
    assert button.is_hidden() or page.evaluate("'share' in navigator")
    page.add_init_script("Object.defineProperty(navigator, 'share', {value: async (what) => { window.shared = what; }})")
    page.reload(wait_until="load")
    button.click()
    shared = page.evaluate("window.shared")
    assert shared["title"] == "Ferry sails" and shared["url"].endswith("/news/" + page.address.rstrip("/").rpartition("/")[2] + "/")
