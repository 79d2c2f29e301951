"""One topic or person becomes another: at once for readers, in a bounded number of queries, and the rest by the worker."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from broadsheet import rows
from broadsheet.delivery import outbox
from broadsheet.delivery.models import Task
from broadsheet.importing import bulk
from broadsheet.people.models import Person
from broadsheet.stories import receivers
from broadsheet.stories.actions import merge_people, merge_topics
from broadsheet.stories.models import Galley, Listing, Story, Topic

pytestmark = pytest.mark.django_db


def many(section, count):
    """Public stories without words: nobody could typeset so many within a test."""
    now = timezone.now()
    batch = [
        bulk.Fresh(Story(title=f"Story {n}", slug=f"s{n}", live=True, published=now, permalink=f"/s/{n}/"), section.pk)
        for n in range(count)
    ]
    bulk._give_places(batch)
    stories = [fresh.page for fresh in batch]
    for story in stories:
        story.latest_revision_id = story.live_revision_id = None
    rows.insert_objects(Page, stories)
    rows.insert_objects(Story, stories)
    return stories


def cost(count, section, name):
    one, into = (Topic.objects.create(name=f"{name} {n}", slug=f"{name}-{n}") for n in range(2))
    stories = Story.objects.filter(pk__in=[s.pk for s in many(section(name), count)])
    now = timezone.now()
    both = list(stories.order_by("pk")[: count // 3])
    Listing.objects.bulk_create(
        [Listing(list_key=f"topic:{one.pk}", published=now, story=s) for s in stories]
        + [Listing(list_key=f"topic:{into.pk}", published=now, story=s) for s in both]
    )
    Story.topics.through.objects.bulk_create([Story.topics.through(story=s, topic=one) for s in stories])
    with CaptureQueriesContext(connection) as queries:
        assert merge_topics(topic=one, into=into, by=None) == count
    assert not Listing.objects.filter(list_key=f"topic:{one.pk}").exists()
    assert Listing.objects.filter(list_key=f"topic:{into.pk}").count() == count
    return len(queries)


def test_thousands_of_stories_move_with_as_many_queries_as_three(make_section):
    permalinks = cost(3, make_section, "few")
    Story.objects.update(permalink=None)
    assert cost(3_000, make_section, "many") == permalinks <= 15


def shown(client, address):
    return client.get(address).content.decode()


def test_readers_see_what_it_stands_for_before_and_after_the_worker_came(client, make_story, monkeypatch):
    monkeypatch.setattr(receivers, "AT_ONCE", 2)
    old, new = (
        Topic.objects.create(name="Ferry", slug="ferry", promoted=True),
        Topic.objects.create(name="Boats", slug="boats", promoted=True),
    )
    ada, quill = Person.objects.create(name="A. Quill", slug="a-quill"), Person.objects.create(name="Ada Quill", slug="ada-quill")
    stories = [make_story(topics=[old], people=[ada]) for _ in range(4)] + [make_story(topics=[old, new], people=[ada, quill])]
    merge_topics(topic=old, into=new, by=None)
    merge_people(person=ada, into=quill, by=None)

    def told():
        for story in stories:
            page = shown(client, story.permalink)
            assert "A. Quill" not in page and "/people/ada-quill/" in page and "/people/a-quill/" not in page
            assert "/topics/boats/" in page and "/topics/ferry/" not in page
            data = next(json.loads(part.partition("</script>")[0]) for part in page.split('<script type="application/ld+json">')[1:])
            articles = [data, *data.get("@graph", ())]
            assert [a["name"] for article in articles for a in article.get("author", ())] == ["Ada Quill"]
        for address in ("/", "/latest/", "/feed/", "/people/ada-quill/", "/people/ada-quill/feed/", "/topics/boats/"):
            assert "A. Quill" not in shown(client, address)
        assert shown(client, "/topics/boats/").count("<article") >= len(stories)

    told()
    assert any(pk == ada.pk for galley in Galley.objects.all() for pk, _role in galley.card["people"]), "the worker was not here yet"
    for _ in range(20):
        outbox.run_due()
    told()
    assert not any(pk == ada.pk for galley in Galley.objects.all() for pk, _role in galley.card["people"])
    assert all(galley.card["topics"] == [new.pk] for galley in Galley.objects.all())
    assert not Task.objects.exclude(status=Task.Status.DONE).exists()


def test_a_merge_of_merged_ones_is_followed_to_its_end(client, make_story):
    a, b, c = (Person.objects.create(name=f"Person {n}", slug=f"p-{n}") for n in "abc")
    story = make_story(people=[a])
    merge_people(person=a, into=b, by=None)
    merge_people(person=b, into=c, by=None)
    assert "Person c" in shown(client, story.permalink) and "Person a" not in shown(client, story.permalink)
    assert "Person c" in shown(client, "/people/p-c/")
