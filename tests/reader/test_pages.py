"""What readers get at an address."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.people.models import Person
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return Person.objects.create(name="Ada Quill", slug="ada-quill")


def test_a_story_at_its_permalink(client, make_story):
    story = make_story("Ferry sails", slug="ferry-sails")
    answer = client.get("/news/ferry-sails/")
    assert answer.status_code == 200
    assert story.title in answer.content.decode()


def test_a_taken_address_is_numbered(front, make_story, make_section):
    from broadsheet.people.models import Publication

    Publication.objects.update(permalink_pattern="/{yyyy}/{slug}/")
    one = make_story(slug="same")
    two = make_story(slug="same", parent=make_section("Asia"))
    assert re.fullmatch(r"/\d{4}/same/", one.permalink)
    assert two.permalink == one.permalink.replace("/same/", "/same-2/")


def test_the_tree_address_leads_to_the_permalink(client, make_story):
    story = make_story(slug="sails")
    Story.objects.filter(pk=story.pk).update(permalink="/2020/sails.html")
    answer = client.get("/news/sails/")
    assert answer.status_code == 301
    assert answer["Location"].endswith("/2020/sails.html")


def test_what_was_taken_down_is_gone_and_what_never_was_is_not_found(client, make_story):
    one, two = make_story(), make_story()
    one.unpublish()
    two.delete()
    assert client.get(one.permalink).status_code == 410
    assert client.get(two.permalink).status_code == 410
    assert client.get("/never/was/").status_code == 404


def test_drafts_are_nowhere(client, make_story, person):
    month = f"/sitemap-{make_story('Seen by all', people=[person]).published:%Y-%m}.xml"
    make_story("Hidden draft", live=False, people=[person])
    for address in ("/", "/latest/", "/news/", "/feed/", "/news/feed/", "/people/ada-quill/", month):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"Hidden draft" not in answer.content, address
    assert client.get(month).content.count(b"<loc>") == 1


def test_feeds_and_sitemaps_are_xml(client, make_story):
    month = f"/sitemap-{make_story('Salt & <light>').published:%Y-%m}.xml"
    for address in ("/feed/", "/news/feed/", "/sitemap.xml", "/sitemap-sections.xml", month):
        ET.fromstring(client.get(address).content)
    assert ET.fromstring(client.get("/feed/").content).findtext("channel/item/title") == "Salt & <light>"
    assert b"Sitemap: " in client.get("/robots.txt").content


def test_public_pages_need_no_inline_code(client, make_story):
    story = make_story()
    for address in ("/", story.permalink, "/news/", "/latest/"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy and "script-src 'self'" in policy
        html = answer.content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=", html), address
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or "application/ld+json" in script, address


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, make_story, person, count):
    stories = [make_story(people=[person]) for _ in range(count)]
    for address, limit in ((stories[0].permalink, 15), ("/", 30), ("/news/", 20), ("/latest/", 20), ("/people/ada-quill/", 20)):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        assert len(seen) <= limit, (address, len(seen))


def test_a_fault_of_ours_gets_a_page_that_needs_no_database(settings, monkeypatch):
    from django.test import Client

    from broadsheet.reader import views

    def broken(path):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(views, "_at", broken)
    answer = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


def test_patterns_are_for_the_desk_only(front, client, editor_client):
    assert client.get("/desk/patterns/").status_code == 302
    answer = editor_client.get("/desk/patterns/")
    assert answer.status_code == 200 and "card" in answer.content.decode()
    assert editor_client.get("/desk/patterns/no-such/").status_code == 404


def test_no_redirect_leaves_the_site(client, section):
    assert client.get("/news").headers["Location"] == "/news/"
    for path in ("//news", "//news/", "//evil.example/news", "///news"):
        answer = client.get("/", PATH_INFO=path)
        assert answer.status_code == 404 and "Location" not in answer.headers


def test_feeds_hold_encoded_addresses(client, make_story):
    make_story("قطار", slug="قطار")
    feed = client.get("/feed/").content.decode()
    assert "/news/%D9%82%D8%B7%D8%A7%D8%B1/" in feed and "/news/قطار/" not in feed


def test_a_topic_without_stories_has_no_feed(client, front):
    from broadsheet.stories.models import Topic

    Topic.objects.create(name="Ferries", slug="ferries")
    assert client.get("/topics/ferries/feed/").status_code == client.get("/topics/ferries/").status_code == 404


def test_an_editors_redirect_wins_over_gone(client, make_story):
    from wagtail.contrib.redirects.models import Redirect

    story = make_story("Withdrawn")
    address = story.permalink
    story.unpublish()
    assert client.get(address).status_code == 410
    Redirect.add_redirect(address, "/latest/", is_permanent=False)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/latest/")
    # Public again, it is what stands there.
    Story.objects.get(pk=story.pk).save_revision().publish()
    assert client.get(address).status_code == 200


def test_a_pages_language_and_zone_end_with_its_request(client, make_story, editor_client):
    from django.utils import timezone, translation

    from broadsheet.people.models import Publication

    story = make_story("عبّارة")
    Publication.objects.update(language="ar", zone="Asia/Karachi")
    for address in (story.permalink, "/", "/latest/", "/nowhere/", "/people/nobody/"):
        client.get(address)
        assert (translation.get_language(), timezone.get_current_timezone_name()) == ("en-gb", "UTC"), address
    # A thread that was left in another language by something else does not answer in it.
    with translation.override("ar"):
        assert 'lang="en-gb"' in client.get("/desk/login/").content.decode()
    editor_client.get(f"/desk/pages/{story.pk}/view_draft/")
    assert translation.get_language() == "en-gb"
