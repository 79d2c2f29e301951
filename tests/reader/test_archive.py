"""Browsing by date: whatever was published is three clicks from “Archives”, by the publication's clock."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.people.models import Publication
from broadsheet.stories.models import Listing, Story
from broadsheet.stories.projections import project
from broadsheet.stories.queries import spans_with_stories

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"]*)"')


def published_at(story, *moment):
    Story.objects.filter(pk=story.pk).update(published=dt.datetime(*moment, tzinfo=dt.UTC))
    project([Story.objects.get(pk=story.pk)])
    return story


def links(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return LINK.findall(main)


def test_every_story_is_three_clicks_away(client, make_story):
    moments = [
        (2019, 2, 28, 23),
        (2019, 3, 1, 0),
        (2024, 2, 29, 12),
        *((2024, 12, 31, n) for n in range(24)),
        *((2024, 12, 30, n) for n in range(9)),
    ]
    stories = [published_at(make_story(), *moment) for moment in moments]
    assert "/archive/" in client.get("/").content.decode().partition('class="footer"')[2]
    reached, clicks = {"/archive/"}, ["/archive/"]
    for _click in range(3):
        clicks = [to for page in clicks if page.startswith("/archive/") for to in links(client, page) if to not in reached]
        reached |= set(clicks)
    assert {story.permalink for story in stories} <= reached


def test_a_day_begins_and_ends_by_the_publications_clock(client, make_story):
    Publication.objects.update_or_create(pk=getattr(Publication.objects.first(), "pk", None), defaults={"zone": "Asia/Karachi"})
    late = published_at(make_story("Past midnight in Karachi"), 2021, 5, 31, 19, 30)
    assert late.permalink in links(client, "/archive/2021/06/01/")
    assert client.get("/archive/2021/05/31/").status_code == client.get("/archive/2021/05/").status_code == 404


def test_what_is_no_date_or_has_no_stories_is_not_found(client, make_story):
    published_at(make_story(), 2021, 5, 31)
    for address in ("0000/", "9999/", "2020/", "2021/13/", "2021/00/", "2021/02/30/", "2021/05/30/", "2021/5/", "2021/05/31/?before=x"):
        assert client.get(f"/archive/{address}").status_code == 404, address
    assert client.get("/archive/2021/05/31/").status_code == 200


def test_drafts_and_what_was_withdrawn_are_in_no_archive(client, make_story):
    make_story("Hidden draft", live=False)
    gone = published_at(make_story("Taken back"), 2021, 5, 31)
    Story.objects.get(pk=gone.pk).unpublish()
    assert "2021" not in "".join(links(client, "/archive/"))
    assert client.get("/archive/2021/").status_code == client.get("/archive/2021/05/31/").status_code == 404


def test_only_what_is_over_may_be_kept(client, make_story):
    published_at(make_story(), 2021, 5, 31)
    today = make_story().published
    assert client.get("/archive/2021/05/31/")["Cache-Control"] == "public, max-age=3600"
    assert "max-age=3600" not in client.get(f"/archive/{today:%Y}/").get("Cache-Control", "")


def test_a_long_month_goes_on_and_stays_in_the_month(client, make_story):
    stories = [published_at(make_story(), 2022, 7, 1 + n) for n in range(26)]
    before = published_at(make_story(), 2022, 6, 30)
    first = client.get("/archive/2022/07/").content.decode()
    older = re.search(r'href="(/archive/2022/07/\?before=[^"]+)"', first)[1].replace("&amp;", "&")
    page = client.get(older).content.decode()
    assert stories[0].permalink in page and "noindex" in page and before.permalink not in page.partition("<main")[2]


@pytest.mark.parametrize("address", ["/archive/", "/archive/2022/", "/archive/2022/07/", "/archive/2022/07/02/"])
def test_queries_do_not_grow(client, make_story, address):
    counts = []
    for more in (1, 3):
        for _ in range(more):
            published_at(make_story(), 2022, 7, 2)
            published_at(make_story(), 2010 + more, 3, 1)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12, counts


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
def test_a_span_is_looked_up(make_story):
    when = published_at(make_story(), 2022, 7, 2)
    day = dt.datetime(2022, 7, 2, tzinfo=dt.UTC), dt.datetime(2022, 7, 3, tzinfo=dt.UTC)
    with CaptureQueriesContext(connection) as queries:
        assert spans_with_stories("site", [(day[1], day[1] + dt.timedelta(days=1)), day]) == [1]
    assert spans_with_stories("topic:1", [day]) == [] == spans_with_stories("site", [])
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[0]["sql"])
        plan = [row[3] for row in cursor.fetchall()]
    assert any("stories_listing_range (list_key=? AND published>? AND published<?)" in step for step in plan), plan
    assert Listing.objects.filter(story=when).exists()
