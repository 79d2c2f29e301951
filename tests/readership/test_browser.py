"""The beacon in Chromium: a read is told once, after a while in view, and never for who declines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from broadsheet.readership import counting
from broadsheet.readership.models import ReadsInHour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
NO_ROBOT = "Object.defineProperty(navigator, 'webdriver', {get: () => false});"
REAL = "window.real = performance;"
"""The clock in the test's hand knows nothing of how the page was reached."""
HIDDEN = "Object.defineProperty(document, 'visibilityState', {get: () => window.inView ? 'visible' : 'hidden'});"
PRIVATE = "Object.defineProperty(navigator, 'globalPrivacyControl', {get: () => true});"


@contextmanager
def reading(chromium: Any, address: str, *scripts: str) -> Iterator[Any]:
    """A page of the test's server as a reader's browser shows it, its clock in the test's hand; `told` is what it sends."""
    context = chromium.new_context(user_agent=PERSON)
    try:
        page = context.new_page()
        for script in (NO_ROBOT, REAL, *scripts):
            page.add_init_script(script)
        page.clock.install()
        page.add_init_script("performance.getEntriesByType = (type) => window.real.getEntriesByType(type);")
        page.told = []
        page.on("request", lambda request: page.told.append(request) if request.method == "POST" else None)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        # The server of tests finds static files by their plain names only.
        page.route("**/static/**", serve)
        page.goto(address, wait_until="load")
        yield page
    finally:
        context.close()


def serve(route: Any) -> None:
    name = route.request.url.partition("/static/")[2]
    route.fulfill(body=Path(str(finders.find(name))).read_bytes(), headers={"content-type": "text/javascript"})


@pytest.fixture
def address(live_server: Any, make_story: Any) -> Iterator[tuple[Any, str]]:
    story = make_story("Ferry sails")
    yield story, live_server.url + story.permalink


def test_a_read_is_counted_once(chromium: Any, address: Any) -> None:
    story, url = address
    with reading(chromium, url) as page:
        page.clock.run_for(4_000)
        assert page.told == []
        with page.expect_response(re.compile("/assets/read")) as answer:
            page.clock.run_for(2_000)
        assert answer.value.status == 204
        page.clock.run_for(600_000)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.run_for(600_000)
        assert len(page.told) == 1 and page.complaints == []
        sent = page.told[0].all_headers()
        assert page.told[0].post_data is None and "cookie" not in sent
        assert page.context.cookies() == [] and page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        page.reload(wait_until="load")
        page.clock.run_for(60_000)
        assert len(page.told) == 1, "the same page loaded again is no second read"
    assert counting.write() == 1 and ReadsInHour.objects.get().count == 1 and ReadsInHour.objects.get().story_id == story.pk


def test_only_time_in_view_counts(chromium: Any, address: Any) -> None:
    _story, url = address
    with reading(chromium, url, HIDDEN) as page:
        page.clock.run_for(60_000)
        assert page.told == []
        for view, seconds in ((True, 3), (False, 60), (True, 1)):
            page.evaluate(f"window.inView = {str(view).lower()}; document.dispatchEvent(new Event('visibilitychange'))")
            page.clock.run_for(seconds * 1_000)
        assert page.told == [], "four seconds in view are no read yet"
        with page.expect_response(re.compile("/assets/read")):
            page.clock.run_for(1_500)


@pytest.mark.parametrize("declined", [PRIVATE, "Object.defineProperty(navigator, 'doNotTrack', {get: () => '1'});"])
def test_who_declines_is_not_counted(chromium: Any, address: Any, declined: str) -> None:
    _story, url = address
    with reading(chromium, url, declined) as page:
        page.clock.run_for(60_000)
        assert page.told == []
