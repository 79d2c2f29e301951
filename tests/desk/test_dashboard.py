"""The first screen and the list of stories: what they show, to whom, and at what price."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from broadsheet.desk.dashboard import lists
from broadsheet.people.models import Person, Publication
from broadsheet.stories.actions import merge_people
from broadsheet.stories.models import Byline, Story

pytestmark = pytest.mark.django_db


def shown(user, now=None):
    return {part.name: [row.headline for row in part.rows] for part in lists(user, now)}


def schedule(story, hours=1):
    later = story.get_latest_revision_as_object()
    later.go_live_at = timezone.now() + dt.timedelta(hours=hours)
    later.save_revision().publish()


def test_each_story_stands_where_a_newsroom_looks_for_it(make_story, editor, make_user):
    reporter = make_user("Reporters")
    mine = make_story("Mine", live=False)
    Page.objects.filter(pk=mine.pk).update(owner=editor)
    make_story("Another’s", live=False)
    make_story("Out today")
    schedule(make_story("Later", live=False), hours=3)
    schedule(make_story("Sooner", live=False))
    review = make_story("For review", live=False)
    review.get_workflow().start(review, reporter)
    on_the_desk = shown(editor)
    assert on_the_desk["draft"] == ["Mine"]
    assert on_the_desk["today"] == ["Out today"]
    assert on_the_desk["scheduled"] == ["Sooner", "Later"]
    assert on_the_desk["review"] == ["For review"]
    assert "Another’s" in on_the_desk["desk"] and "Mine" not in on_the_desk["desk"]
    assert shown(editor, timezone.now() + dt.timedelta(days=1))["today"] == []


def test_today_begins_at_midnight_in_the_publications_zone(make_story, editor):
    site = Site.objects.get(is_default_site=True)
    Publication.objects.filter(site=site).update(zone="Asia/Karachi")
    story = make_story("Late news")
    Story.objects.filter(pk=story.pk).update(published=dt.datetime(2026, 3, 1, 19, 30, tzinfo=dt.UTC))
    # 00:30 on 2 March in Karachi.
    assert shown(editor, dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC))["today"] == ["Late news"]
    assert shown(editor, dt.datetime(2026, 3, 2, 20, tzinfo=dt.UTC))["today"] == []


def test_headlines_are_text(make_story, editor_client):
    make_story("<b>Bold</b> & co", live=False)
    html = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "<b>Bold</b>" not in html and "&lt;b&gt;Bold&lt;/b&gt; &amp; co" in html


def test_drafts_are_not_shown_to_those_who_may_not_see_them(make_story, django_user_model):
    make_story("Secret", live=False)
    outsider = django_user_model.objects.create_user("outsider")
    assert not any(shown(outsider).values())


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("url", ["/desk/", "/desk/stories/", "/desk/stories/?status=review&status=scheduled&status=draft&status=live"])
def test_one_story_or_three_cost_the_same(url, make_story, make_user, editor_client):
    reporter = make_user("Reporters")
    people = [Person.objects.create(name=f"P{n}", slug=f"p{n}") for n in range(3)]

    def one_of_each(n):
        make_story(f"Live {n}", people=people[: n + 1])
        make_story(f"Draft {n}", live=False, people=people[: n + 1])
        schedule(make_story(f"Scheduled {n}", live=False))
        review = make_story(f"Review {n}", live=False)
        review.get_workflow().start(review, reporter)

    one_of_each(0)
    queries(editor_client, url)
    one = queries(editor_client, url)
    one_of_each(1)
    one_of_each(2)
    assert queries(editor_client, url) == one <= 40


def found(client, **asked):
    answer = client.get("/desk/stories/", asked)
    assert answer.status_code == 200
    return sorted(s.title for s in answer.context["object_list"])


def test_the_list_is_filtered_and_searched(editor_client, editor, make_story, make_section, section):
    asia = make_section("Asia", parent=make_section("World"))
    ada, old = (Person.objects.create(name=n, slug=n) for n in ("Ada", "A. Quill"))
    make_story("Ferry sails", parent=asia, people=[old], kind="analysis")
    Byline.objects.create(story=make_story("Ferry sinks", live=False), person=ada)
    make_story("Also in Asia", sections=[asia])
    merge_people(person=old, into=ada, by=None)
    withdrawn = make_story("Withdrawn")
    withdrawn.unpublish()
    changed = make_story("Changed")
    changed.title = "Changed since"
    changed.save_revision()
    schedule(make_story("Scheduled", live=False))
    assert found(editor_client, q="ferr") == ["Ferry sails", "Ferry sinks"]
    assert found(editor_client, q="since") == ["Changed"]
    assert found(editor_client, status="draft") == ["Ferry sinks", "Scheduled"]
    assert found(editor_client, status="scheduled") == ["Scheduled"]
    assert found(editor_client, status="changed") == ["Changed"]
    assert found(editor_client, status="withdrawn") == ["Withdrawn"]
    assert found(editor_client, section=asia.get_parent().pk) == ["Also in Asia", "Ferry sails"]
    assert found(editor_client, author=ada.pk) == ["Ferry sails", "Ferry sinks"]
    assert found(editor_client, kind="analysis") == ["Ferry sails"]
    assert found(editor_client, published_from="2999-01-01") == []
    assert "Ferry sails" in found(editor_client, published_from="2000-01-01")
    assert found(editor_client, q="ferr", status="live") == ["Ferry sails"]
    assert found(editor_client, q="%") == []
    for order in ("draft_title", "-published", "latest_revision_created_at", "nonsense"):
        assert len(found(editor_client, ordering=order)) == 6


def test_the_home_screen_opens_for_reporters(make_user, signed_in, make_story):
    make_story("Out today")
    html = signed_in(make_user("Reporters")).get("/desk/").content.decode()
    assert "New story" in html and "Out today" in html and "On the site" not in html
