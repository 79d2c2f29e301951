"""Whatever editors do, and in whatever order, lists hold exactly what is public."""

from __future__ import annotations

import datetime as dt

import hypothesis.strategies as st
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from broadsheet.ops.worker import Worker
from broadsheet.people.models import Person
from broadsheet.record.digests import canonical, text_digest
from broadsheet.record.models import Change
from broadsheet.record.queries import standings
from broadsheet.stories.actions import CannotMerge, merge_people, merge_topics, move
from broadsheet.stories.models import Byline, Listing, Section, Story, Topic
from broadsheet.stories.recording import as_published

VERBS = ("publish", "republish_old", "unpublish", "schedule", "expire", "move", "merge_topics", "merge_people", "delete")
WORKER = Worker()
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2)), min_size=3, max_size=8)


def end_of(row):
    while row.merged_into_id:
        row = row.merged_into
    return row.pk


def expected_rows():
    """What the lists should hold, worked out from the pages one at a time."""
    rows = set()
    for story in Story.objects.filter(live=True):
        keys = {"site", "updated", f"kind:{story.kind}", "language:en", f"sitemap:{story.published:%Y-%m}"}
        keys |= {f"own:{Section.objects.parent_of(story).get().pk}"}
        keys |= {f"section:{s.pk}" for s in Section.objects.ancestor_of(story)}
        keys |= {f"topic:{end_of(t)}" for t in story.topics.all()}
        keys |= {f"person:{end_of(b.person)}" for b in Byline.objects.filter(story_id=story.pk)}
        rows |= {(key, story.pk) for key in keys}
    return rows


def compare_the_record():
    """Once the worker is done, what is public is what was last entered, and what is not was entered as removed."""
    WORKER.work()
    ends = standings([story.pk for story in Story.objects.all()] + list(Change.objects.values_list("story", flat=True).distinct()))
    public = list(Story.objects.filter(live=True))
    assert {pk for pk, end in ends.items() if end.is_public} == {story.pk for story in public}
    for one in as_published(public):
        assert text_digest(ends[one.story].salt, canonical(one.text)) == ends[one.story].text_digest


def take_step(verb, story, stories, sections, number):
    if verb == "merge_topics" or verb == "merge_people":
        model, merge, word = (Topic, merge_topics, "topic") if verb == "merge_topics" else (Person, merge_people, "person")
        two = list(model.objects.order_by("pk"))
        try:
            merge(**{word: two[number]}, into=two[(number + 1) % 3], by=None)
        except CannotMerge:
            pass
    elif story is None:
        return
    elif verb == "publish":
        story.save_revision().publish()
    elif verb == "republish_old":
        address, shown = story.permalink, story.published
        story.revisions.order_by("pk").first().publish()
        if address:
            again = Story.objects.get(pk=story.pk)
            assert (again.permalink, again.published) == (address, shown)
    elif verb == "unpublish":
        story.unpublish()
    elif verb == "schedule":
        revision = story.save_revision()
        revision.approved_go_live_at = timezone.now() - dt.timedelta(seconds=1)
        revision.save()
        WORKER.work()
    elif verb == "expire":
        Story.objects.filter(pk=story.pk).update(expire_at=timezone.now() - dt.timedelta(seconds=1))
        WORKER.work()
        Story.objects.filter(pk=story.pk).update(expire_at=None)
    elif verb == "move":
        move(story=story, to=Section.objects.get(pk=sections[number].pk), by=None)
    else:
        story.delete()


@pytest.mark.django_db
def test_a_chain_of_merges_reaches_the_first_story(make_story):
    """Found by the walk: a → b, then b → c, left a's stories listed under b."""
    one, two, three = (Topic.objects.create(name=n, slug=n) for n in ("a", "b", "c"))
    story = make_story(topics=[one])
    merge_topics(topic=one, into=two, by=None)
    merge_topics(topic=two, into=three, by=None)
    assert set(Listing.objects.filter(list_key__startswith="topic:").values_list("list_key", "story_id")) == {
        (f"topic:{three.pk}", story.pk)
    }


@pytest.mark.django_db
def test_lists_hold_exactly_what_is_public(make_section, make_story):
    from django.db import transaction

    world = make_section("World")
    sections = [world, make_section("Asia", parent=world), make_section("Opinion")]
    topics = [Topic.objects.create(name=n, slug=n) for n in ("a", "b", "c")]
    people = [Person.objects.create(name=n, slug=n) for n in ("x", "y", "z")]
    made = [make_story(parent=sections[n], topics=[topics[n]], people=[people[n]]) for n in range(3)]

    @settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def walk(steps):
        try:
            with transaction.atomic():
                for verb, number in steps:
                    story = Story.objects.filter(pk=made[number].pk).first()
                    take_step(verb, story, made, sections, number)
                    compare_the_record()
                    assert set(Listing.objects.values_list("list_key", "story_id")) == expected_rows(), (verb, number)
                raise InterruptedError
        except InterruptedError:
            pass

    walk()
