"""What the demo's editors put right: their words are in the stories as they were printed, and readers are told."""

from __future__ import annotations

from pathlib import Path

import corrections as demo
import pytest

from broadsheet.record.models import Change
from broadsheet.stories.models import Story

STORIES = Path(demo.__file__).parent / "stories"


def test_what_is_put_right_was_printed():
    for one in demo.PUT:
        text = next(STORIES.rglob(f"{one.slug}.md")).read_text(encoding="utf-8")
        assert text.count(one.was) == 1 and one.now not in text, one.slug
    assert {one.kind for one in demo.PUT} == {"correction", "clarification", "update"}


@pytest.mark.django_db
def test_it_is_put_right_once_and_told(make_story, client):
    stories = [make_story(body=f"<p>Then {one.was}</p>", slug=one.slug) for one in demo.PUT]
    assert demo.correct() == len(demo.PUT) and demo.correct() == 0
    for one, story in zip(demo.PUT, stories, strict=True):
        assert one.now in str(Story.objects.get(pk=story.pk).body)
        last = Change.objects.filter(story=story.pk).latest("number")
        assert (last.kind, last.wrong, last.note) == (one.kind, one.wrong, one.note)
    listed = client.get("/corrections/").content.decode()
    assert [one.note in listed for one in demo.PUT] == [one.kind != "update" for one in demo.PUT]
