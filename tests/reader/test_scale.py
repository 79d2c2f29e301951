"""What a public page costs must not depend on how much was ever published."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.people.models import Person
from broadsheet.stories.cards import rows_of
from broadsheet.stories.models import Listing, StaticPage, Topic

ARCHIVE = ("wagtailcore_page", "stories_story", "stories_listing", "stories_galley", "people_person", "stories_topic")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
def test_no_public_page_walks_through_the_archive(client, front, section, make_story):
    """In SQLite's words: SEARCH, never SCAN, in any table that grows with the archive."""
    topic, person = Topic.objects.create(name="Ferries", slug="ferries"), Person.objects.create(name="Ada Quill", slug="ada-quill")
    front.add_child(instance=StaticPage(title="About", slug="about", live=True))
    stories = [make_story(topics=[topic], people=[person]) for _ in range(4)]
    paths = [
        "/", "/news/", stories[1].permalink, "/about/", "/latest/", "/archive/", f"/archive/{stories[0].published:%Y/%m}/", "/people/ada-quill/", "/topics/ferries/", "/feed/", "/news/feed/",
        "/topics/ferries/feed/", "/no-such-page/", "/sitemap.xml", "/api/v3/stories/", f"/api/v3/stories/?topic={topic.pk}&kind=news&updated_since=2020-01-01T00:00:00Z",
        "/api/v3/stories/?order=-updated&published_since=2020-01-01T00:00:00Z", f"/api/v3/stories/{stories[0].pk}/", "/api/v3/people/", "/api/v3/topics/",
        "/api/v3/images/", f"/api/v3/people/{person.pk}/", f"/api/v3/fronts/{front.pk}/", f"/sitemap-{stories[0].published:%Y-%m}.xml", "/sitemap-news.xml",
    ]  # fmt: skip
    walks = []
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        for query in queries.captured_queries:
            if not query["sql"].startswith("SELECT"):
                continue
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                plan = [row[3] for row in cursor.fetchall()]
            walks += [f"{path}: {step}: {query['sql'][:200]}" for step in plan if step.startswith("SCAN") and step.split()[1] in ARCHIVE]
    assert not walks, "\n".join(walks)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
@pytest.mark.parametrize(("way", "sign"), [("before", "<"), ("after", ">")])
def test_a_place_in_a_list_is_looked_up_and_not_walked_to(way, sign):
    """With parameters, as it is asked: written out, two equal dates are one to SQLite."""
    sql, values = getattr(Listing.objects.of("site"), way)(timezone.now(), 5).values_list("story_id")[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = [row[3] for row in cursor.fetchall()]
    assert any("stories_listing_range" in step and f"published{sign}?" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
def test_stories_of_a_front_are_looked_up_and_not_sought_in_the_list_of_all(make_story):
    """A SEARCH by the list alone is a walk through the list."""
    story = make_story()
    with CaptureQueriesContext(connection) as queries:
        assert [row[0] for row in rows_of([story.pk])] == [story.pk]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[0]["sql"])
        plan = [row[3] for row in cursor.fetchall()]
    assert any("stories_listing" in step and "(story_id=?)" in step for step in plan), plan
