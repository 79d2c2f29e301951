"""Suggestions, topics made on the spot, and the field that posts them."""

from __future__ import annotations

import time

import pytest
from django.http import QueryDict
from django.urls import reverse

from broadsheet.desk.finding import MOST, SOURCES
from broadsheet.desk.picker import Picker
from broadsheet.people.models import Person
from broadsheet.stories.actions import NoName, create_topic, merge_people, merge_topics
from broadsheet.stories.models import Placement, Topic

pytestmark = pytest.mark.django_db


def topic(name, **fields):
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"), **fields)


def asked(client, source, text):
    answer = client.get(reverse("desk_find", args=[source]), {"q": text}, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 200
    return answer.json()


def test_suggestions_of_each_kind(editor_client, make_section):
    asia = make_section("Asia", parent=make_section("World"))
    topic("Ferries")
    Placement.objects.create(name="Top Stories", slug="top")
    ada = Person.objects.create(name="Ada Quill", slug="ada", role="Foreign editor")
    assert asked(editor_client, "topics", "ferr")["items"][0]["name"] == "Ferries"
    topic("Ferry crisis", kind="line")
    assert [(one["name"], one["note"]) for one in asked(editor_client, "topics", "ferr")["items"]] == [
        ("Ferries", ""),
        ("Ferry crisis", "story line"),
    ]
    assert asked(editor_client, "placements", "stor")["items"][0]["name"] == "Top Stories"
    assert asked(editor_client, "people", "quill")["items"] == [{"id": ada.pk, "name": "Ada Quill", "note": "Foreign editor"}]
    assert asked(editor_client, "sections", "as")["items"] == [{"id": asia.pk, "name": "Asia", "note": "World"}]
    assert asked(editor_client, "sections", "")["items"] == []
    assert editor_client.get(reverse("desk_find", args=["users"]), {"q": "e"}).status_code == 404


def test_what_was_merged_is_offered_as_what_it_stands_for(editor_client):
    one, two, three = topic("Ferry"), topic("Ships"), topic("Vessels")
    merge_topics(topic=one, into=two, by=None)
    merge_topics(topic=two, into=three, by=None)
    assert asked(editor_client, "topics", "ferr")["items"] == [{"id": three.pk, "name": "Vessels", "note": "for “Ferry”"}]
    assert [s.id for s in SOURCES["topics"].chosen([one.pk, three.pk])] == [three.pk]


def test_fifty_thousand_topics_are_no_burden(editor_client, django_assert_max_num_queries):
    Topic.objects.bulk_create(Topic(name=f"Matter {n} of {n % 977}", slug=f"m{n}") for n in range(50_000))
    with django_assert_max_num_queries(1):
        assert len(SOURCES["topics"].suggest("matt 49")) == MOST
    start = time.perf_counter()
    SOURCES["topics"].suggest("nothing like it")
    SOURCES["topics"].suggest("matt")
    assert time.perf_counter() - start < 2
    html = Picker("topics").render("topics", [Topic.objects.first().pk], {"id": "id_topics"})
    assert html.count("checkbox") == 1 and len(html) < 4_000


def test_a_topic_is_made_once(editor):
    made = create_topic(name="  Harbour   dues ", by=editor)
    assert (made.name, made.slug) == ("Harbour dues", "harbour-dues")
    assert create_topic(name="HARBOUR DUES", by=editor) == made
    assert create_topic(name="Harbour-dues", by=editor).slug == "harbour-dues-2"
    assert create_topic(name="🚢", by=editor).slug == "topic"
    assert create_topic(name="ﻢﻴﻧﺍﺀ", by=editor).slug
    other = topic("Ports")
    merge_topics(topic=made, into=other, by=editor)
    assert create_topic(name="harbour dues", by=editor) == other


@pytest.mark.parametrize("name", ["", "   ", "x" * 256])
def test_a_topic_needs_a_name(name, editor_client):
    with pytest.raises(NoName):
        create_topic(name=name, by=None)
    answer = editor_client.post(reverse("desk_create_topic"), {"name": name})
    assert answer.status_code == 400 and "255" in answer.json()["error"]
    assert not Topic.objects.exists()


def test_reporters_make_topics_and_strangers_find_nothing(client, make_user, signed_in, django_user_model):
    reporter = signed_in(make_user("Reporters"))
    assert asked(reporter, "topics", "new")["create"]
    assert reporter.post(reverse("desk_create_topic"), {"name": "New"}).json()["name"] == "New"
    nobody = signed_in(django_user_model.objects.create_user("nobody"))
    for browser in (client, nobody):
        assert browser.get(reverse("desk_find", args=["topics"]), {"q": "new"}).status_code == 302
        assert browser.post(reverse("desk_create_topic"), {"name": "Other"}).status_code == 302
    assert Topic.objects.count() == 1


def test_without_script_whole_names_are_taken_and_unknown_ones_named():
    ferries, ships = topic("Ferries"), topic("Ships")
    merge_topics(topic=ships, into=ferries, by=None)
    picker = Picker("topics")
    posted = QueryDict("topics=77&topics-names=ferries; SHIPS ;Unheard")
    assert picker.value_from_datadict(posted, {}, "topics") == ["77", str(ferries.pk), str(ferries.pk), "Unheard"]
    one = Picker("people", multiple=False)
    ada = Person.objects.create(name="Quill; Ada", slug="ada")
    assert one.value_from_datadict(QueryDict("who-names=quill; ada"), {}, "who") == str(ada.pk)
    assert one.value_from_datadict(QueryDict(""), {}, "who") is None


def test_a_hostile_name_stays_text(editor_client):
    made = topic("<script>alert(1)</script>", description="")
    html = Picker("topics").render("topics", [made.pk, "no number", "9" * 40, -1], {"id": "id_topics"})
    assert "<script>alert" not in html and html.count("checkbox") == 1


def test_merged_people_in_a_byline_are_shown_as_their_successor():
    one, two = Person.objects.create(name="A. Quill", slug="a"), Person.objects.create(name="Ada Quill", slug="b")
    merge_people(person=one, into=two, by=None)
    html = Picker("people", multiple=False).render("person", one.pk, {"id": "id_person"})
    assert "Ada Quill" in html and f'value="{two.pk}"' in html
