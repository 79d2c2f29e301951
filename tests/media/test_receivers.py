"""What follows when a picture is saved."""

from __future__ import annotations

import pytest

from broadsheet.ops.worker import Worker
from tests.media.test_left_over import upload


@pytest.mark.django_db
def test_a_credit_changed_in_the_desk_is_shown_by_the_stories_that_are_out(make_story, client, django_capture_on_commit_callbacks):
    image = upload()
    story = make_story("With a picture", lead_image=image)
    assert "Ada Holm" not in client.get(story.permalink).text
    with django_capture_on_commit_callbacks(execute=True):
        image.credit = "Ada Holm"
        image.save()
    Worker().work()
    assert "Ada Holm" in client.get(story.permalink).text


@pytest.mark.django_db
def test_a_picture_that_is_deleted_leaves_the_stories_that_showed_it(make_story, client, django_capture_on_commit_callbacks):
    image = upload()
    image.caption = "A gale off the point"
    image.save()
    lead, inside = make_story("With a lead", lead_image=image), make_story("With one inside")
    inside.body = [("picture", {"image": image, "caption": ""})]
    inside.save_revision().publish()
    assert all("A gale off the point" in client.get(story.permalink).text for story in (lead, inside))
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    Worker().work()
    assert not any("<img" in client.get(story.permalink).text for story in (lead, inside))
