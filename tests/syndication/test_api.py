"""The read API: what it tells, what can be asked, what it costs, and that its description is true."""

from __future__ import annotations

import datetime as dt
import io
import json
from urllib.parse import urlencode, urlsplit

import hypothesis.strategies as st
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from PIL import Image as Pillow

from broadsheet.media.models import Image
from broadsheet.people.models import Person, Publication
from broadsheet.stories.actions import merge_people, merge_topics
from broadsheet.stories.models import Listing, StaticPage, Story, Topic
from broadsheet.syndication.api import lists, things
from broadsheet.syndication.api.asked import Place, StoriesAsked
from broadsheet.syndication.api.blocks import taken_apart
from broadsheet.syndication.api.resources import RESOURCES

pytestmark = pytest.mark.django_db
ROOT = "/api/v3/"
NOWHERE = 10**9
"""A number nothing has: PostgreSQL does not count from one again for each test."""


def picture(title="Quay", size=(30, 20), **fields):
    out = io.BytesIO()
    Pillow.new("RGB", size, "navy").save(out, "JPEG")
    image = Image.objects.create(
        title=title, alt="The quay", credit="A. Quill", file=ContentFile(out.getvalue(), name="quay.jpg"), **fields
    )
    image.file.close()
    return image


def told(client, address, **asked):
    answer = client.get(f"{ROOT}{address}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(client, **asked):
    return [item["title"] for item in told(client, "stories/", **asked)["items"]]


def dated(story, year, updated=None):
    """As an import would have left it."""
    Story.objects.filter(pk=story.pk).update(published=dt.datetime(year, 6, 1, tzinfo=dt.UTC), updated=updated)
    Story.objects.get(pk=story.pk).save()


@pytest.fixture
def archive(make_story, make_section):
    """Four stories that differ in all that can be asked for."""
    world = make_section("World")
    asia = make_section("Asia", parent=world)
    sea, ada = Topic.objects.create(name="Sea", slug="sea"), Person.objects.create(name="Ada Holm", slug="ada-holm")
    stories = [
        make_story("Old", parent=world, topics=[sea]),
        make_story("Asian", parent=asia, people=[ada], kind="opinion"),
        make_story("Arabic", parent=asia, language="ar", topics=[sea]),
        make_story("New", people=[ada], sections=[world]),
    ]
    for story, year in zip(stories, (2001, 2010, 2020, 2022), strict=True):
        dated(story, year, updated=dt.datetime(2025, 1, 1, tzinfo=dt.UTC) if year == 2001 else None)
    return {"world": world.pk, "asia": asia.pk, "sea": sea.pk, "ada": ada.pk, "stories": stories}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["New", "Arabic", "Asian", "Old"]),
        ({"order": "published"}, ["Old", "Asian", "Arabic", "New"]),
        ({"order": "-updated"}, ["Old", "New", "Arabic", "Asian"]),
        ({"order": "updated", "limit": 2}, ["Asian", "Arabic"]),
        ({"section": "world"}, ["New", "Arabic", "Asian", "Old"]),
        ({"section": "world", "descendants": "false"}, ["New", "Old"]),
        ({"section": "asia", "language": "ar"}, ["Arabic"]),
        ({"person": "ada"}, ["New", "Asian"]),
        ({"person": "ada", "kind": "opinion"}, ["Asian"]),
        ({"topic": "sea", "section": "asia"}, ["Arabic"]),
        ({"kind": "news"}, ["New", "Arabic", "Old"]),
        ({"language": "fr"}, []),
        ({"published_since": "2010-06-01T00:00:00Z", "published_until": "2022-06-01T00:00:00Z"}, ["Arabic", "Asian"]),
        ({"updated_since": "2020-01-01T00:00:00Z"}, ["New", "Arabic", "Old"]),
        ({"updated_since": "2020-01-01T00:00:00Z", "topic": "sea", "order": "published"}, ["Old", "Arabic"]),
        ({"order": "-updated", "published_since": "2005-01-01T00:00:00+02:00", "published_until": "2021-01-01T00:00:00Z"}, ["Arabic", "Asian"]),
    ],
    ids=lambda value: urlencode(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_stories_are_found_by_all_that_can_be_asked(client, archive, asked, expected):
    found = titles(client, **{name: archive.get(value, value) for name, value in asked.items()})
    assert found == expected


def test_merged_people_and_topics_are_found_and_lead_to_what_stands_for_them(client, archive, make_story):
    other, subject = Person.objects.create(name="A. Holm", slug="a-holm"), Topic.objects.create(name="The sea", slug="the-sea")
    make_story("Later", people=[other], topics=[subject])
    merge_people(person=other, into=Person.objects.get(pk=archive["ada"]), by=None)
    merge_topics(topic=subject, into=Topic.objects.get(pk=archive["sea"]), by=None)
    assert titles(client, person=other.pk) == titles(client, person=archive["ada"]) == ["Later", "New", "Asian"]
    assert titles(client, topic=subject.pk) == ["Later", "Arabic", "Old"]
    later = told(client, "stories/")["items"][0]
    assert [one["name"] for one in later["bylines"]] == ["Ada Holm"] and [one["id"] for one in later["topics"]] == [archive["sea"]]
    for word, pk, end in (("people", other.pk, archive["ada"]), ("topics", subject.pk, archive["sea"])):
        answer = client.get(f"{ROOT}{word}/{pk}/")
        assert answer.status_code == 301 and answer["Location"].endswith(f"{ROOT}{word}/{end}/")


def walked(client, **asked):
    """All of a list, by following where it goes on."""
    found, part = [], told(client, "stories/", **asked)
    for _ in range(100):
        found += [item["id"] for item in part["items"]]
        if part["next"] is None:
            return found
        parts = urlsplit(part["next"])
        part = client.get(f"{parts.path}?{parts.query}").json()
    raise AssertionError("it never ends")


MOMENTS = [dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=n, microseconds=n) for n in range(3)]


@given(
    rows=st.lists(st.tuples(st.sampled_from(MOMENTS), st.booleans(), st.booleans(), st.sampled_from([None, *MOMENTS])), min_size=1, max_size=12),
    order=st.sampled_from(["-published", "published", "-updated", "updated"]),
    since=st.sampled_from([None, *MOMENTS]), until=st.sampled_from([None, *MOMENTS]), updated=st.sampled_from([None, *MOMENTS]),
    kind=st.booleans(), language=st.booleans(), limit=st.integers(1, 4), looked_at=st.integers(1, 4),
)  # fmt: skip
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_list_walked_to_its_end_has_each_story_once_in_order(
    story_ids, rows, order, since, until, updated, kind, language, limit, looked_at
):
    """However many have one date, however few are looked at at once."""
    Listing.objects.all().delete()
    kept = []
    for pk, (published, is_news, is_arabic, again) in zip(story_ids, rows, strict=False):
        changed = max(again, published) if again else published
        keys = {"site": published, "updated": changed, f"kind:{'news' if is_news else 'live'}": published}
        keys |= {"language:ar": published} if is_arabic else {}
        Listing.objects.bulk_create([Listing(list_key=key, published=moment, story_id=pk) for key, moment in keys.items()])
        fits = (not since or published >= since) and (not until or published < until) and (not updated or changed >= updated)
        if fits and (is_news or not kind) and (is_arabic or not language):
            kept.append((changed if order.endswith("updated") else published, pk))
    asked = {
        "order": order, "limit": limit, "published_since": since, "published_until": until, "updated_since": updated,
        "kind": "news" if kind else None, "language": "ar" if language else None,
    }  # fmt: skip
    asked = {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in asked.items() if value is not None}
    found, cursor = [], None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "LOOKED_AT", looked_at)
        patch.setattr(lists._range, "_made", {})
        for _ in range(60):
            ids, end = lists.find(StoriesAsked.model_validate(asked | ({"cursor": str(cursor)} if cursor else {})))
            found += ids
            if end is None:
                break
            assert end != cursor
            cursor = end
        else:
            raise AssertionError("it never ends")
    assert found == [pk for _moment, pk in sorted(kept, reverse=order.startswith("-"))]


@pytest.fixture
def story_ids(make_story):
    return [make_story().pk for _ in range(6)]


def test_what_is_published_meanwhile_moves_no_part_of_a_list(client, make_story):
    stories = [make_story(f"Story {n}") for n in range(5)]
    first = told(client, "stories/", limit=2)
    make_story("Newer")
    parts = urlsplit(first["next"])
    second = client.get(f"{parts.path}?{parts.query}").json()
    assert [item["id"] for item in second["items"]] == [stories[2].pk, stories[1].pk]
    assert len(walked(client, limit=2)) == 6


@given(moment=st.datetimes(timezones=st.just(dt.UTC)), pk=st.integers(1, 10**18 - 1))
def test_a_cursor_is_the_place_it_was_made_of(moment, pk):
    assert Place.read(str(Place((moment, pk)))) == (moment, pk)


def test_a_story_is_told_whole(client, make_story, make_section):
    lead, inline = picture("Lead", (500, 300), licence="CC BY 4.0"), picture("Inline")
    ada, sea = Person.objects.create(name="Ada Holm", slug="ada-holm"), Topic.objects.create(name="Sea", slug="sea")
    story = make_story(
        "The ferry sails", people=[ada], topics=[sea], lead_image=lead, lead_alt="A ferry", standfirst="At last.", dateline="Ystad",
        body="<h2>Before</h2><p>It <b>sailed</b>: <a href='/news/'>more</a>.</p><ul><li>One</li></ul><script>alert(1)</script>",
    )  # fmt: skip
    story.body = [*story.body.raw_data, {"type": "picture", "value": {"image": inline.pk, "caption": "At <i>noon</i>"}}]
    story.change_kind = "update"
    story.save_revision().publish()
    Publication.objects.update(licence="https://creativecommons.org/licenses/by/4.0/", legal_name="Tern Ltd")
    one = told(client, f"stories/{story.pk}/")
    assert (one["title"], one["standfirst"], one["dateline"], one["kind"], one["language"]) == (
        "The ferry sails",
        "At last.",
        "Ystad",
        "news",
        "en",
    )
    assert one["meta"]["html_url"] == one["canonical_url"] == f"http://127.0.0.1:8000{story.permalink}"
    assert [who["name"] for who in one["bylines"]] == ["Ada Holm"] and one["bylines"][0]["meta"]["detail_url"].endswith(
        f"/people/{ada.pk}/"
    )
    assert [what["name"] for what in one["topics"]] == ["Sea"] and one["section"]["title"] == "News"
    assert one["updated"] and one["licence"].endswith("/by/4.0/") and one["rights_holder"] == "Tern Ltd"
    assert "alert" not in one["body_html"] and '<a href="http://127.0.0.1:8000/news/">more</a>' in one["body_html"]
    assert [block["type"] for block in one["blocks"]] == ["heading", "paragraph", "list", "picture"]
    assert one["blocks"][0]["level"] == 2 and one["blocks"][1]["text"] == "It sailed: more." and one["blocks"][3]["images"] == [inline.pk]
    assert one["image"]["id"] == lead.pk and one["image"]["alt"] == "A ferry" and one["image"]["licence"] == "CC BY 4.0"
    made = {image["id"]: image["renditions"] for image in one["images"]}
    assert made.keys() == {lead.pk, inline.pk} and {"full", "landscape", "square", "social"} == {r["crop"] for r in made[lead.pk]}
    assert {"image/jpeg", "image/webp"} == {r["type"] for r in made[lead.pk]}
    assert told(client, "stories/", image=inline.pk)["items"][0]["id"] == story.pk
    assert told(client, f"images/{lead.pk}/")["credit"] == "A. Quill" and len(told(client, "images/")["items"]) == 2
    Publication.objects.update(full_text_feeds=False)
    short = told(client, f"stories/{story.pk}/")
    assert short["body_html"] == "" and short["blocks"] == [] and short["standfirst"]


def test_who_paid_is_told(client, make_story):
    paid, plain = make_story("Offer", paid_by="Salen Line"), make_story("News")
    listed = {one["id"]: one["paid_by"] for one in told(client, "stories/", fields="paid_by")["items"]}
    assert listed == {paid.pk: "Salen Line", plain.pk: ""} and told(client, f"stories/{paid.pk}/")["paid_by"] == "Salen Line"


def test_fields_are_those_that_were_asked_for(client, make_story):
    story = make_story("Ferry")
    assert told(client, "stories/", fields="title,kind")["items"][0].keys() == {"id", "meta", "title", "kind"}
    assert told(client, f"stories/{story.pk}/", fields="body_html").keys() == {"id", "meta", "body_html"}


def test_an_original_elsewhere_is_the_canonical_address(client, make_story):
    story = make_story(original_url="https://wire.example/1")
    one = told(client, f"stories/{story.pk}/")
    assert one["canonical_url"] == one["original_url"] == "https://wire.example/1" and one["meta"]["html_url"].endswith(story.permalink)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("loose <p>a</p> ends", [("html", "loose"), ("paragraph", "a"), ("html", "ends")]),
        ("<h3>a</h3><hr class='separator'>", [("heading", "a"), ("separator", "")]),
        ('<figure class="quote"><blockquote><p>q</p></blockquote></figure>', [("quote", "q")]),
        ('<aside class="factbox"><h2>f</h2></aside><p class="verse">v</p>', [("factbox", "f"), ("verse", "v")]),
        ("<custom>c</custom><p>" + "<b>" * 400 + "deep" + "</b>" * 400 + "</p>", [("html", "c"), ("paragraph", "deep")]),
    ],
)
def test_a_body_is_taken_apart_where_its_parts_meet(html, expected):
    assert [(block["type"], block["text"]) for block in taken_apart(html, "http://x.test/", {})] == expected


@given(html=st.text(alphabet="<>p/b &;a\"'=\x00é", max_size=60))
@settings(max_examples=150)
def test_whatever_a_body_is_its_blocks_are_clean(html):
    for block in taken_apart(html, "http://x.test/", {}):
        assert "\x00" not in block["html"] and "<script" not in block["html"]


def test_people_topics_sections_pages_fronts_and_the_publication(client, front, make_story, make_section):
    portrait = picture("Portrait")
    ada = Person.objects.create(
        name="Ada Holm", slug="ada-holm", role="Editor", biography="<p>Sails <a href='/x/'>much</a>.</p>", portrait=portrait
    )
    nobody = Person.objects.create(name="Nobody", slug="nobody")
    sea, small = Topic.objects.create(name="Sea", slug="sea", promoted=True), Topic.objects.create(name="Small", slug="small")
    below = make_section("Asia", parent=make_section("World"), description="The east")
    make_story("Ferry", people=[ada], topics=[sea, small], parent=below)
    page = type(front).objects.get().add_child(instance=StaticPage(title="About", slug="about", body=[("text", "<p>We sail.</p>")]))
    page.save_revision().publish()
    hidden = type(front).objects.get().add_child(instance=StaticPage(title="Hidden", slug="hidden", live=False))
    assert [one["name"] for one in told(client, "people/")["items"]] == ["Ada Holm"]
    one = told(client, f"people/{ada.pk}/")
    assert one["role"] == "Editor" and "http://127.0.0.1:8000/x/" in one["biography"] and one["portrait"]["id"] == portrait.pk
    assert told(client, f"images/{portrait.pk}/")["renditions"]
    assert [one["name"] for one in told(client, "topics/")["items"]] == ["Sea"]
    assert told(client, f"topics/{small.pk}/")["promoted"] is False
    assert [one["title"] for one in told(client, "sections/")["items"]] == ["News", "World", "Asia"]
    asia = told(client, f"sections/{below.pk}/")
    assert asia["description"] == "The east" and asia["parent"]["title"] == "World" and asia["meta"]["html_url"].endswith("/world/asia/")
    assert [one["title"] for one in told(client, "pages/")["items"]] == ["About"]
    about = told(client, f"pages/{page.pk}/")
    assert about["body_html"] == "<p>We sail.</p>" and about["blocks"][0]["text"] == "We sail."
    fronts = {one["title"]: one["meta"]["detail_url"].partition(ROOT)[2] for one in told(client, "fronts/")["items"]}
    assert list(fronts) == ["The Tern", "News", "World", "Asia"]
    whole = told(client, fronts["The Tern"])
    assert whole["containers"][0]["layout"] == "lead" and whole["containers"][0]["stories"][0]["title"] == "Ferry"
    assert told(client, fronts["World"])["containers"][0]["stories"][0]["title"] == "Ferry"
    paper = told(client, "publication/")
    assert paper["name"] == "The Tern" and len(paper["feeds"]) == 3
    for address in (
        f"pages/{hidden.pk}/",
        f"people/{nobody.pk}/",
        f"sections/{NOWHERE}/",
        f"images/{NOWHERE}/",
        f"topics/{NOWHERE}/",
        f"fronts/{NOWHERE}/",
        f"stories/{NOWHERE}/",
        "nothing/",
    ):
        answer = client.get(f"{ROOT}{address}")
        assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json", address


def test_a_picture_of_a_draft_is_not_there(client, make_story):
    public, draft = picture(), picture()
    story = make_story(lead_image=public)
    story.lead_image = draft
    story.save_revision()
    make_story(live=False, lead_image=draft)
    assert client.get(f"{ROOT}images/{public.pk}/").status_code == 200 and client.get(f"{ROOT}images/{draft.pk}/").status_code == 404
    assert [one["id"] for one in told(client, "images/")["items"]] == [public.pk]


def test_few_public_ones_among_many_are_found_part_by_part(client, make_story, monkeypatch):
    monkeypatch.setattr(things, "LOOKED_AT", 2)
    people = [Person.objects.create(name=f"P{n}", slug=f"p{n}") for n in range(7)]
    make_story(people=[people[0], people[5]])
    found, address = [], f"{ROOT}people/?limit=1"
    for _ in range(9):
        part = client.get(address).json()
        found += [one["name"] for one in part["items"]]
        if not part["next"]:
            break
        address = part["next"].partition("8000")[2]
    assert found == ["P0", "P5"] and not part["next"]


HOSTILE = [
    "limit=0", "limit=101", "limit=1e3", "limit=", "section=0", "section=-1", f"section={2**63}", "section=news", "kind=gossip", "order=title", "cursor=x",
    "cursor=1.99999999999999999999", "cursor=1", "cursor=.1", "published_since=yesterday", "published_since=2020-01-01",
    "published_since=0001-01-01T00:00:00%2B02:00", "published_since=2020-13-01T00:00:00Z", "published_since=1700000000", "fields=secret", "fields=body_html",
    "fields=title,", "language=%27", "language=en%0A", "descendants=maybe", "draft=1", "site=2", "section=1&section=x", "person=%EF%BC%91x", "kind=",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_what_cannot_be_understood_is_refused_with_a_reason(client, make_story, query):
    answer = client.get(f"{ROOT}stories/?{query}")
    problem = json.loads(answer.content)
    assert answer.status_code == problem["status"] == 422 and answer["Content-Type"] == "application/problem+json", query
    assert problem["errors"][0]["loc"] and problem["errors"][0]["msg"] and "input" not in problem["errors"][0]


def test_a_place_that_no_clock_knows_is_before_or_behind_all(client, make_story):
    make_story()
    for cursor, found in (("999999999999999999.1", 1), ("-999999999999999999.1", 0)):
        assert len(titles(client, cursor=cursor)) == found and len(titles(client, cursor=cursor, order="published")) == 1 - found


def test_a_number_that_no_database_knows_is_no_story(client, front):
    assert client.get(f"{ROOT}stories/{10**30}/").status_code == 404
    assert client.get(f"{ROOT}stories/?q=%00").status_code == 400


def test_only_reading_from_any_origin(client, make_story):
    make_story()
    answer = client.get(f"{ROOT}stories/")
    assert answer["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in answer and not answer.cookies
    asked = client.options(f"{ROOT}stories/", headers={"Origin": "https://x.test", "Access-Control-Request-Headers": "if-none-match"})
    assert asked.status_code == 204 and "If-None-Match" in asked["Access-Control-Allow-Headers"] and not asked.content
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(f"{ROOT}stories/")
        assert refused.status_code == 405 and "GET" in refused["Allow"]
    head = client.head(f"{ROOT}stories/")
    assert head.status_code == 200 and not head.content and head["ETag"] == answer["ETag"]


@pytest.mark.parametrize(
    "word", ["", "publication/", "stories/", "stories/{pk}/", "sections/", "people/", "topics/", "images/", "pages/", "openapi.json"]
)
def test_who_has_it_is_told_so_by_one_query(client, make_story, word):
    address = ROOT + word.format(pk=make_story().pk)
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and not again.content and len(queries) == 1 and again["Access-Control-Allow-Origin"] == "*"
    make_story()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_front_that_is_arranged_anew_is_another(client, front, make_story):
    make_story()
    address = f"{ROOT}fronts/{front.pk}/"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    page = type(front).objects.get()
    page.containers = [("container", {"layout": "list", "heading": "All", "count": 5})]
    page.save_revision().publish()
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and again.json()["containers"][0]["heading"] == "All"


def test_the_number_of_queries_does_not_depend_on_what_is_there(client, front, make_story, make_section, monkeypatch):
    # On a slow machine the time that what is read most is kept for ends between the two askings.
    monkeypatch.setattr("broadsheet.readership.ranking.KEPT", 1e9)
    asked = ("stories/", "stories/?kind=news&language=en", "people/", "topics/", "images/", "sections/", "pages/", f"fronts/{front.pk}/")
    counts: dict[str, list[int]] = {address: [] for address in asked}
    for number in (1, 2):
        sections = [make_section(f"S{number}{n}") for n in range(number)]
        for n in range(number * 3):
            person = Person.objects.create(name=f"P{number}{n}", slug=f"p{number}{n}", portrait=picture())
            make_story(people=[person], topics=[Topic.objects.create(name=f"T{number}{n}", slug=f"t{number}{n}", promoted=True)],
                       lead_image=picture(), parent=sections[n % number])  # fmt: skip
        for address in asked:
            # What is read most is kept for a few seconds.
            client.get(ROOT + address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(ROOT + address).status_code == 200
            counts[address].append(len(queries))
    assert all(few == many <= 13 for few, many in counts.values()), counts


def test_every_list_of_the_map_is_described_and_nothing_else_is_loaded(client, front):
    answer = client.get(f"{ROOT}openapi.json")
    document = answer.json()
    assert document["openapi"] == "3.1.0" and document["info"]["title"] == "The Tern: read API"
    assert set(document["paths"]) == {ROOT + one.path.replace("<int:pk>", "{pk}") for one in RESOURCES}
    refs = set(_refs(document))
    for ref in refs:
        place = document
        for step in ref.removeprefix("#/").split("/"):
            place = place[step]
    index = told(client, "")
    assert {urlsplit(url).path for url in index["resources"].values()} == {
        ROOT + one.path for one in RESOURCES if one.path and not one.has_number
    }


def _refs(node):
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "$ref":
            yield value
        yield from _refs(value)
