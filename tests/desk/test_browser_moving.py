"""Marked words taken to another place in Chromium: cut, copied and put in again, there and in another block's text."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.record import marks
from broadsheet.record.marks import SourceSaid
from broadsheet.stories.marking import marks_in
from tests.desk.test_browser import saved
from tests.desk.test_browser_marking import select

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
NUMBER = "0b5c1f4e-6a0f-4e53-9a52-3f1a5f0b9c01"


def opened_on(opened: Any, client: Any, make_story: Any) -> tuple[Any, Any]:
    mark = marks.tag(marks.Mark(SourceSaid(NUMBER, title="Log")))
    story = make_story(live=False)
    story.body = [("text", f"<p>{mark}Rain fell</mark> all night. Then sun.</p>"), ("text", "<p>The second part.</p>")]
    story.save_revision()
    page = opened(client, f"/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".desk-said-source")
    return page, story


def at_the_end_of(page: Any, place: int) -> Any:
    page.locator(".public-DraftEditor-content").nth(place).click()
    page.keyboard.press("Control+End")
    return page.keyboard


def texts(page: Any, story: Any, words: str) -> list[str]:
    """The texts of the draft, once they have these words."""
    for _turn in range(150):
        draft = type(story).objects.get(pk=story.pk).get_latest_revision_as_object()
        held = [str(block["value"]) for block in draft.body.raw_data]
        if any(words in one for one in held):
            saved(page)
            return held
        page.wait_for_timeout(100)
    raise AssertionError(f"never saved: {words}")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("Control+c", 0),
        ("Control+x", 1),
        pytest.param("Control+x", 0, marks=pytest.mark.long),
        pytest.param("Control+c", 1, marks=pytest.mark.long),
    ],
)
def test_marked_words_keep_their_mark_where_they_are_put(opened, editor_client, make_story, keys, place):
    page, story = opened_on(opened, editor_client, make_story)
    select(page, "Rain fell")
    page.keyboard.press(keys)
    keyboard = at_the_end_of(page, place)
    keyboard.press("Control+v")
    page.wait_for_function("n => document.querySelectorAll('.desk-said-source').length === n", arg=2 if keys == "Control+c" else 1)
    keyboard.type(" indeed")
    held = texts(page, story, "indeed")
    draft = type(story).objects.get(pk=story.pk).get_latest_revision_as_object()
    found = [one.source for one in marks_in(draft.body) if one.source]
    assert held[place].rstrip().endswith("Rain fell</mark> indeed</p>"), held
    assert {one.title for one in found} == {"Log"} and len(found) == (2 if keys == "Control+c" else 1)
    assert not page.complaints
