"""Browsing by date: whatever was published is three clicks from “Archives”, by the publication's clock."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections import Counter
from contextlib import suppress
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from broadsheet.people.models import Person, Publication
from broadsheet.reader import archive
from broadsheet.stories import tallies
from broadsheet.stories.actions import merge_people, move
from broadsheet.stories.models import DayCount, Listing, Section, Story, Topic
from broadsheet.stories.projections import project
from broadsheet.stories.queries import span_of
from broadsheet.stories.tallies import counts, ensure

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
    assert client.get("/archive/2021/05/31/")["Cache-Control"] == "public, max-age=86400"
    assert client.get("/archive/2021/05/")["Cache-Control"] == client.get("/archive/2021/")["Cache-Control"] == "public, max-age=3600"
    for address in ("", f"{today:%Y}/", f"{today:%Y/%m/%d}/"):
        assert client.get(f"/archive/{address}")["Cache-Control"] == "public, no-cache"


def test_a_long_month_goes_on_and_stays_in_the_month(client, make_story):
    stories = [published_at(make_story(), 2022, 7, 1 + n) for n in range(26)]
    before = published_at(make_story(), 2022, 6, 30)
    first = client.get("/archive/2022/07/").content.decode()
    older = re.search(r'href="(/archive/2022/07/\?before=[^"]+)"', first)[1].replace("&amp;", "&")
    page = client.get(older).content.decode()
    assert stories[0].permalink in page and "noindex" in page and before.permalink not in page.partition("<main")[2]


@pytest.mark.parametrize("together", [False, True])
def test_where_a_list_goes_on_is_told_by_time_alone_where_it_can_be(client, make_story, together):
    ferries = Topic.objects.create(name="Ferries", slug="ferries")
    made = [make_story(topics=[ferries]) for _ in range(30)]
    stories = [published_at(one, 2022, 7, 1 if together else 1 + n) for n, one in enumerate(made)]
    for path in ("/archive/2022/07/", "/latest/", "/topics/ferries/"):
        seen, at = [], path
        while at:
            html = client.get(at).content.decode().partition("<main")[2]
            seen += [one.permalink for one in stories if f'href="{one.permalink}"' in html]
            at = next((a.replace("&amp;", "&") for a in re.findall(rf'href="({path}\?before=[^"]+)"', html)), "")
            assert ("~" in unquote(at)) == (bool(at) and together), path
        assert sorted(seen) == sorted(one.permalink for one in stories), path


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
def test_counts_are_looked_up(make_story):
    when = published_at(make_story(), 2022, 7, 2)
    day = dt.datetime(2022, 7, 2, tzinfo=dt.UTC), dt.datetime(2022, 7, 3, tzinfo=dt.UTC)
    half = dt.timedelta(hours=12)
    with CaptureQueriesContext(connection) as queries:
        # A day that is cut, and whole ones: what is not cut asks no list.
        assert counts("site", [(day[1], day[1] + 2 * half), day, (day[0] - half, day[0] + half), (day[0] + half, day[1])]) == [0, 1, 1, 0]
        assert counts("site", [day]) == [1]
    assert "stories_listing" not in queries.captured_queries[1]["sql"]
    assert counts("topic:1", [day]) == [0] and counts("site", []) == []
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[0]["sql"])
        plan = [row[3] for row in cursor.fetchall()]
    assert any("stories_listing_range (list_key=? AND published>? AND published<?)" in step for step in plan), plan
    assert any("stories_daycount" in step and "(list_key=? AND day>? AND day<?)" in step for step in plan), plan
    assert Listing.objects.filter(story=when).exists()


def tallied():
    """What the database has counted, and what there is to count."""
    kept = {(row.list_key, row.day): row.count for row in DayCount.objects.all() if row.count}
    there = Counter(
        (key, published.date())
        for key, published in Listing.objects.values_list("list_key", "published")
        if key == "site" or key.startswith(("section:", "person:"))
    )
    return kept, dict(there)


def test_many_rows_are_counted_together_as_one_by_one(make_story, monkeypatch):
    stories = [published_at(make_story(), 2022, 7, n) for n in (1, 1, 2)]
    listed = list(Listing.objects.values_list("list_key", "published", "story_id"))
    one_by_one = tallied()
    assert one_by_one[0] == one_by_one[1] and any(key.startswith("sitemap:") for key, _when, _story in listed)
    for many in (1, 10_000):
        Listing.objects.all().delete()
        assert tallied() == ({}, {})
        monkeypatch.setattr(tallies, "MANY", many)
        tallies.enter(listed[:4])
        tallies.enter(listed[4:])
        assert tallied() == one_by_one
    monkeypatch.setattr(tallies, "MANY", 1)
    with suppress(ZeroDivisionError), transaction.atomic():
        tallies.enter([("site", stories[0].published + dt.timedelta(days=9), make_story(live=False).pk)])
        raise ZeroDivisionError
    assert tallied() == one_by_one and not ensure(), "and what counts them is there as before"
    Listing.objects.filter(story=stories[0]).delete()
    assert operator.eq(*tallied())


def test_whatever_happens_to_stories_the_counts_are_right(make_story, make_section):
    world, ada, bo = make_section("World"), *(Person.objects.create(name=name, slug=name) for name in ("ada", "bo"))
    stories = [published_at(make_story(people=[who]), 2022, 7, n) for n, who in ((1, ada), (1, bo), (2, bo))]
    kept, there = tallied()
    assert kept == there and kept["site", dt.date(2022, 7, 1)] == 2 and f"person:{bo.pk}" in {key for key, _day in kept}
    merge_people(person=ada, into=bo, by=None)
    assert operator.eq(*tallied())
    move(story=stories[0], to=Section.objects.get(pk=world.pk), by=None)
    assert operator.eq(*tallied()) and (f"section:{world.pk}", dt.date(2022, 7, 1)) in tallied()[0]
    Listing.objects.filter(story=stories[1]).update(published=dt.datetime(2023, 1, 1, 23, 59, tzinfo=dt.UTC))
    assert operator.eq(*tallied())
    Story.objects.get(pk=stories[2].pk).unpublish()
    assert operator.eq(*tallied())
    Story.objects.get(pk=stories[0].pk).delete()
    Listing.objects.all().delete()
    assert tallied() == ({}, {})


def test_triggers_that_a_migration_took_away_come_back_with_the_right_counts(make_story):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON stories_listing"
        cursor.execute(f"DROP TRIGGER stories_daycount_{'entered_more' if connection.vendor == 'sqlite' else 'kept'}{on}")
    published_at(make_story(), 2022, 7, 1)
    assert operator.ne(*tallied()) and ensure() and operator.eq(*tallied()) and not ensure()


@given(
    moments=st.lists(st.datetimes(dt.datetime(2021, 3, 26), dt.datetime(2021, 4, 3), timezones=st.just(dt.UTC)), max_size=6),
    zone=st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"]),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_local_days_and_months_are_counted_exactly(one_story, moments, zone):
    """Summer time begins in some of these days."""
    Listing.objects.all().delete()
    ids = one_story[: len(moments)]
    Listing.objects.bulk_create([Listing(list_key="site", published=moment, story_id=pk) for moment, pk in zip(moments, ids, strict=True)])
    dates = [(2021, 3), (2021, 4), *((2021, 3, day) for day in range(25, 32)), *((2021, 4, day) for day in range(1, 5)), (2021,)]
    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    expected = [sum((one.year, one.month, one.day)[: len(date)] == date for one in local) for date in dates]
    assert counts("site", [span_of(ZoneInfo(zone), *date) for date in dates]) == expected


@pytest.fixture
def one_story(make_story):
    return [make_story().pk for _ in range(6)]


def test_a_month_is_a_calendar_with_counts(client, make_story):
    for day in (1, 1, 31):
        published_at(make_story(), 2021, 5, day)
    html = client.get("/archive/2021/05/").content.decode()
    # May 2021 began on a Saturday; weeks begin on Monday where no country is said.
    assert 'class="calendar starts-6"' in html and html.count('class="empty"') == 29
    assert re.search(r'href="/archive/2021/05/01/"[^>]*>1</a> <span class="count">2</span>', html)
    assert re.search(r'href="/archive/2021/"[^>]*>2021</a> <span class="count">3</span>', client.get("/archive/").content.decode())


def test_a_week_is_called_and_begins_as_the_language_has_it():
    assert [archive._weekdays(language, 6)[0] for language in ("ur", "fa", "fr", "ar", "ru", "en")] == [
        "اتوار",
        "۱ش",
        "di",
        "أحد",
        "вс",
        "Su",
    ]
    assert archive._weekdays("en", 0)[0] == "Mo"


def test_a_day_of_many_stories_has_pages_by_number_three_clicks_away(client, make_story, monkeypatch):
    monkeypatch.setitem(archive.PER_PAGE, "day", 2)
    stories = [published_at(make_story(), 2022, 7, 2, n) for n in range(5)]
    month = links(client, "/archive/2022/07/")
    assert [to for to in month if to.startswith("/archive/2022/07/02/")] == [f"/archive/2022/07/02/{n}" for n in ("", "?page=2", "?page=3")]
    assert stories[0].permalink in links(client, "/archive/2022/07/02/?page=3") and "page=2" in "".join(
        links(client, "/archive/2022/07/02/")
    )
    for number in ("0", "4", "x", "-1", "١", "99999"):
        assert client.get(f"/archive/2022/07/02/?page={number}").status_code == 404


def test_a_day_that_is_over_stays_the_same(client, make_story, make_section):
    """Whatever is published later, byte for byte; who has it is told so."""
    published_at(make_story("Old"), 2022, 7, 2)
    first = client.get("/archive/2022/07/02/")
    assert 'href="/archive/"' in first.content.decode().partition('class="footer"')[2] and "data-island" not in first.content.decode()
    running = client.get("/archive/2022/07/")
    make_story("Fresh from the press")
    again = client.get("/archive/2022/07/02/")
    assert again.content == first.content and again["ETag"] == first["ETag"] and "Fresh" not in again.content.decode()
    asked = {"headers": {"If-None-Match": first["ETag"]}}
    assert client.get("/archive/2022/07/02/", **asked).status_code == 304
    assert client.get("/archive/2022/07/", headers={"If-None-Match": running["ETag"]}).status_code == 200
    published_at(make_story("Late"), 2022, 7, 2)
    assert client.get("/archive/2022/07/02/", **asked).status_code == 200
    second = client.get("/archive/2022/07/02/")
    make_section("A new section in the menu")
    assert client.get("/archive/2022/07/02/", headers={"If-None-Match": second["ETag"]}).status_code == 200


def test_sections_and_people_have_archives(client, make_story, make_section):
    below = make_section("Asia", parent=make_section("World"))
    ada, nobody = Person.objects.create(name="Ada Holm", slug="ada-holm"), Person.objects.create(name="Nobody", slug="nobody")
    story = published_at(make_story("Ferry", parent=below, people=[ada]), 2021, 5, 31)
    other = published_at(make_story("Other"), 2021, 5, 31)
    for root, page in (
        ("/world/archive/", "/world/"),
        ("/world/asia/archive/", "/world/asia/"),
        ("/people/ada-holm/archive/", "/people/ada-holm/"),
    ):
        assert root in links(client, page)
        assert f"{root}2021/" in links(client, root) and f"{root}2021/05/" in links(client, f"{root}2021/")
        assert f"{root}2021/05/31/" in links(client, f"{root}2021/05/")
        day = links(client, f"{root}2021/05/31/")
        assert story.permalink in day and other.permalink not in day and page in day
        assert "noindex" in client.get(root).content.decode()
    for address in (
        "/news/archive/2020/",
        "/people/nobody/archive/",
        "/nothing/archive/",
        "/world/archive/2021/06/",
        "/world/archive/9999/",
    ):
        assert client.get(address).status_code == 404, address
    merge_people(person=ada, into=nobody, by=None)
    assert client.get("/people/ada-holm/archive/")["Location"] == "/people/nobody/archive/"
    assert client.get("/people/nobody/archive/2021/05/31/").status_code == 200


def test_a_page_that_was_at_such_an_address_stays_there(client, make_story):
    story = make_story("Our archive")
    Story.objects.filter(pk=story.pk).update(permalink="/news/archive/")
    assert "Our archive" in client.get("/news/archive/").content.decode()
