"""A story put on a story line in Chromium by keyboard alone."""

from __future__ import annotations

import pytest

from broadsheet.stories.models import Story, Topic
from tests.desk.test_browser import chosen, saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def test_a_story_becomes_a_part_of_a_line(opened, client, editor_client, make_story):
    line = Topic.objects.create(name="Ferry crisis 2026", slug="ferry-crisis", kind=Topic.Kind.LINE)
    make_story("Fuel runs out", topics=[line])
    story = make_story("Lines close", live=False)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".picker-on #id_topics")
    page.focus("#id_topics")
    page.keyboard.type("ferry")
    page.wait_for_selector("[role=option]")
    assert page.locator("[role=option]").first.inner_text().split("\n")[0].startswith("Ferry crisis 2026 story line")
    page.keyboard.press("Enter")
    assert chosen(page, "topics") == ["Ferry crisis 2026"]
    saved(page)
    Story.objects.get(pk=story.pk).get_latest_revision().publish()
    html = client.get(Story.objects.get(pk=story.pk).permalink).content.decode()
    assert "Part of:" in html and "Previous story: <a" in html and not page.complaints
