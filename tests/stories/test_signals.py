"""Those who listen hear of a story when it has become public, after the commit, and of nothing else."""

from __future__ import annotations

import pytest
from django.db import transaction

from broadsheet.stories.models import Story
from broadsheet.stories.signals import story_published, story_withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What was sent, as (signal, story id)."""
    said = []

    def published(sender, story_id, **kwargs):
        said.append(("published", story_id))

    def withdrawn(sender, story_id, **kwargs):
        said.append(("withdrawn", story_id))

    story_published.connect(published)
    story_withdrawn.connect(withdrawn)
    yield said
    story_published.disconnect(published)
    story_withdrawn.disconnect(withdrawn)


def test_a_draft_is_nobody_s_business(make_story, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_story(live=False).save_revision()
    assert heard == []


def test_from_first_publish_to_deletion(make_story, heard, django_capture_on_commit_callbacks):
    story = make_story(live=False)
    with django_capture_on_commit_callbacks(execute=True):
        story.get_latest_revision().publish()
        assert heard == []
    assert set(heard) == {("published", story.pk)}
    heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Story.objects.get(pk=story.pk).unpublish()
    assert heard == [("withdrawn", story.pk)]
    heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Story.objects.get(pk=story.pk).delete()
    assert heard == []


def test_a_public_story_that_is_deleted_is_withdrawn(make_story, heard, django_capture_on_commit_callbacks):
    pk = make_story().pk
    with django_capture_on_commit_callbacks(execute=True):
        Story.objects.get(pk=pk).delete()
    assert heard == [("withdrawn", pk)]


def test_a_listener_that_fails_stops_nobody(make_story, heard, django_capture_on_commit_callbacks):
    def broken(sender, **kwargs):
        raise RuntimeError("a newsroom's own receiver")

    story_published.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            story = make_story()
    finally:
        story_published.disconnect(broken)
    assert ("published", story.pk) in heard
