"""What a page refers to: noted whenever it is saved, and read once."""

from __future__ import annotations

import pytest
from wagtail.models import ReferenceIndex

from broadsheet.people.models import Person
from broadsheet.stories.models import Byline

pytestmark = pytest.mark.django_db


def referred(story):
    """What a story refers to, by model and number."""
    return {(row.to_content_type.model, row.to_object_id) for row in ReferenceIndex.get_references_for_object(story)}


@pytest.fixture
def read(monkeypatch):
    """Whose references were read."""
    out = []
    real = ReferenceIndex.create_or_update_for_object.__func__
    monkeypatch.setattr(
        ReferenceIndex, "create_or_update_for_object", classmethod(lambda cls, one: (out.append(type(one).__name__), real(cls, one)))
    )
    return out


def test_all_a_story_refers_to_is_noted_when_it_is_published(make_story, read):
    people = [Person.objects.create(name=name, slug=name.lower()) for name in ("Ada", "Ida", "Eda")]
    story = make_story("Ferry")
    del read[:]
    story.bylines = [Byline(person=one) for one in people[:2]]
    story.save_revision().publish()
    assert {("person", str(one.pk)) for one in people[:2]} <= referred(story)
    # Once, however many parts it has: not for the draft, whose words no reader has, nor for each name above it.
    assert read == ["Story"]
    story.bylines = [Byline(person=people[2])]
    story.save_revision().publish()
    assert {one for one in referred(story) if one[0] == "person"} == {("person", str(people[2].pk))}


def test_a_field_that_is_saved_alone_is_noted_too(make_story, read):
    story = make_story("Ferry")
    del read[:]
    story.save(update_fields=["draft_title"])
    assert not read
    story.save(update_fields=["title"])
    assert read == ["Story"]
