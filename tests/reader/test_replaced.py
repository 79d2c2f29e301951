"""How much of an archive a publish replaces: the same few pages, however many stories there are."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import timezone

from broadsheet.delivery import purging
from broadsheet.delivery.rendering import render
from broadsheet.importing.bulk import Fresh, write
from broadsheet.ops.page_store import addresses
from broadsheet.people.models import Person
from broadsheet.stories import relating
from broadsheet.stories.models import Story, Topic

pytestmark = pytest.mark.django_db


def archive(sections, people, topics, numbers):
    """Stories, an hour apart, in ten sections, with topics and bylines that take turns."""
    for start in range(numbers.start, numbers.stop, 250):
        fresh = []
        for number in range(start, min(start + 250, numbers.stop)):
            when = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
            story = Story(
                title=f"Story number {number}", slug=f"story-{number}", live=True, published=when, first_published_at=when, last_published_at=when,
                body=[("text", f"<p>What was told under the number {number}.</p>")], permalink=f"/section-{number % 10}/story-{number}/",
            )  # fmt: skip
            story.draft_title = story.title
            chosen = [topics[(number + step) % len(topics)].pk for step in range(2)]
            fresh.append(Fresh(story, sections[number % 10].pk, [people[number % len(people)].pk], relations={"topics": chosen}))
        write(fresh)


def replaced(make_story, sections, people, topics, number):
    """(pages replaced, pages rendered again) when a story is published while every page is stored and was just asked for."""
    purging.carry_out()
    pages = [
        *addresses(),
        *(topic.get_absolute_url() for topic in topics),
        *(person.get_absolute_url() for person in people),
        "/feed/",
        "/islands/latest.blocks/",
    ]
    for path in pages:
        if purging.shelf().store.read(path) is None:
            render(path)
    stored = set(purging.shelf().store.paths())
    purging.shelf().catalogue.asked(stored, int(time.time()))
    again = []
    mocked, purging.again = purging.again, lambda paths, change: again.extend(paths)
    try:
        make_story(
            f"New {number}", slug=f"new-{number}", parent=sections[3], people=people[:2], topics=topics[:3], published=timezone.now()
        )
        purging.carry_out()
    finally:
        purging.again = mocked
    gone = stored - set(purging.shelf().store.paths())
    return len(gone), len(again)


def test_a_publish_replaces_the_same_few_pages_of_a_hundred_and_of_a_thousand_stories(front, make_section, make_story, monkeypatch):
    monkeypatch.setattr(relating, "work", lambda **_within: 0)
    sections = [make_section(f"Section {n}") for n in range(10)]
    people = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}") for n in range(8)]
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}") for n in range(12)]
    # Of this month there is a sitemap already.
    make_story("The first", slug="the-first", parent=sections[3])
    counts = []
    for number, numbers in enumerate((range(100), range(100, 1000))):
        archive(sections, people, topics, numbers)
        counts.append(replaced(make_story, sections, people, topics, number))
    (few, again_few), (many, again_many) = counts
    assert few + again_few == many + again_many <= purging.AGAIN, counts
