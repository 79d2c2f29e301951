"""Merging topics and people, and the order of the readers' menu."""

from __future__ import annotations

import pytest
from django.urls import reverse

from broadsheet.fronts.actions import order_menu
from broadsheet.fronts.models import MenuEntry
from broadsheet.fronts.queries import menu_places
from broadsheet.people.models import Person
from broadsheet.stories.actions import merge_topics
from broadsheet.stories.models import Listing, Story, Topic

pytestmark = pytest.mark.django_db


def test_a_topic_is_merged_after_a_confirmation(editor_client, client, make_story):
    ferry, ferries = Topic.objects.create(name="Ferry", slug="ferry"), Topic.objects.create(name="Ferries", slug="ferries", promoted=True)
    story = make_story("It sails", topics=[ferry])
    url = reverse("desk_merge", args=["topics", ferry.pk])
    assert "stands in 1 story" in editor_client.get(url).content.decode()
    asked = editor_client.post(url, {"into": ferries.pk}).content.decode()
    assert "1 public story moves" in asked and "/topics/ferry/" in asked
    ferry.refresh_from_db()
    assert ferry.merged_into is None, "nothing happens before the confirmation"
    answer = editor_client.post(url, {"into": ferries.pk, "confirm": "1"}, follow=True)
    assert "in 1 public story too" in answer.content.decode()
    assert Listing.objects.filter(list_key=f"topic:{ferries.pk}", story=story).exists()
    assert client.get("/topics/ferry/").url == "/topics/ferries/"
    assert "It sails" in client.get("/topics/ferries/").content.decode()


def test_a_merge_that_cannot_be_says_why(editor_client):
    one, two = Topic.objects.create(name="One", slug="one"), Topic.objects.create(name="Two", slug="two")
    url = reverse("desk_merge", args=["topics", one.pk])
    assert "Choose another one." in editor_client.post(url, {"into": one.pk}).content.decode()
    assert "Choose one." in editor_client.post(url, {"confirm": "1"}).content.decode()
    merge_topics(topic=two, into=one, by=None)
    answer = editor_client.post(url, {"into": two.pk, "confirm": "1"})
    assert answer.status_code == 200
    one.refresh_from_db()
    assert one.merged_into is None
    assert editor_client.get(reverse("desk_merge", args=["users", 1])).status_code == 404


def test_people_are_merged(editor_client, client, make_story):
    one, two = Person.objects.create(name="A. Quill", slug="a-quill"), Person.objects.create(name="Ada Quill", slug="ada")
    story = make_story(people=[one])
    editor_client.post(reverse("desk_merge", args=["people", one.pk]), {"into": two.pk, "confirm": "1"})
    assert "Ada Quill" in client.get(story.permalink).content.decode()


def test_reporters_merge_nothing(make_user, signed_in):
    one, two = Topic.objects.create(name="One", slug="one"), Topic.objects.create(name="Two", slug="two")
    signed_in(make_user("Reporters")).post(reverse("desk_merge", args=["topics", one.pk]), {"into": two.pk, "confirm": "1"})
    one.refresh_from_db()
    assert one.merged_into is None


def texts():
    return [place.text for place in menu_places()]


def test_the_menu_is_ordered(make_section, make_story, client):
    world = make_section("World")
    for name in ("Opinion", "Culture"):
        make_section(name)
    asia = make_section("Asia", parent=world)
    story = make_story(parent=asia)
    about = MenuEntry.objects.create(text="About", url="/about/", position=1)
    keys = {place.text: place.key for place in menu_places()}
    before = set(Listing.objects.values_list("list_key", "story_id"))
    for wanted in (["Culture", "News", "About", "World", "Opinion"], ["About", "Opinion", "World", "Culture", "News"], ["News"]):
        order_menu(keys=[keys[t] for t in wanted if t in keys], by=None)
        assert texts()[: len(wanted)] == wanted
    assert about.pk and sorted(texts()) == ["About", "Culture", "News", "Opinion", "World"]
    assert set(Listing.objects.values_list("list_key", "story_id")) == before
    assert client.get(story.permalink).status_code == 200
    assert Story.objects.get(pk=story.pk).get_parent().pk == asia.pk
    html = client.get("/").content.decode()
    shown = [html.index(f'href="{url}"') for url in (p.url for p in menu_places())]
    assert shown == sorted(shown)


def test_a_button_moves_an_item_one_place(make_section, editor_client):
    for name in ("World", "Opinion"):
        make_section(name)
    keys = {place.text: place.key for place in menu_places()}
    answer = editor_client.post(reverse("desk_menu"), {"down": keys["World"]}, follow=True)
    assert texts() == ["Opinion", "World"]
    assert "autofocus" in answer.content.decode()
    editor_client.post(reverse("desk_menu"), {"up": keys["Opinion"]})
    editor_client.post(reverse("desk_menu"), {"up": "section-999999"})
    assert texts() == ["Opinion", "World"]
