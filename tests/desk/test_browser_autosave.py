"""Words typed while the desk is busy, in Chromium: the first ones after the editor opened, and those during a save."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.stories.models import Story
from tests.desk.test_browser import saved
from tests.desk.test_browser_marking import once_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
WATCHING = "wagtail.app.getControllerForElementAndIdentifier(document.querySelector('form[data-edit-form]'), 'w-unsaved').initialFormData"
# The first answer to a save is held back until the test lets it go.
HELD = """() => { const ask = window.fetch; let held = false;
    window.fetch = async (where, options) => { const answer = await ask(where, options);
        if (held || !(options?.body instanceof FormData) || !options.body.has("body-count")) return answer;
        held = true; window.isHeld = true; await new Promise((go) => { window.letGo = go; }); return answer; }; }"""


def at_the_end(page: Any) -> Any:
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+End")
    return page.keyboard


def opened_on(opened: Any, client: Any, make_story: Any) -> tuple[Any, Story]:
    story = make_story("Tides", body="<p>The tide came in</p>", live=False)
    page = opened(client, f"/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".public-DraftEditor-content")
    return page, story


def test_what_is_typed_at_once_is_saved(opened, editor_client, make_story):
    page, story = opened_on(opened, editor_client, make_story)
    at_the_end(page).type(" early")
    once_saved(page, story, "early")


def test_what_is_typed_during_a_save_is_saved(opened, editor_client, make_story):
    page, story = opened_on(opened, editor_client, make_story)
    page.evaluate(HELD)
    page.wait_for_function(WATCHING)
    keys = at_the_end(page)
    keys.type(" first")
    page.wait_for_function("window.isHeld")
    keys.type(" second")
    page.wait_for_function("[...document.querySelectorAll('input[name^=body]')].some((one) => one.value.includes('second'))")
    page.evaluate("letGo()")
    once_saved(page, story, "first second")
    # And then there is rest: what is saved is not sent again and again.
    saved(page)
    page.wait_for_timeout(500)
    number = story.revisions.count(), Story.objects.get(pk=story.pk).latest_revision.created_at
    page.wait_for_timeout(2_500)
    assert (story.revisions.count(), Story.objects.get(pk=story.pk).latest_revision.created_at) == number
    assert not page.complaints
