"""Feeds: complete for readers elsewhere, in three formats, exact about what is public."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET

import feedparser
import hypothesis.strategies as st
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from broadsheet.media.models import Document
from broadsheet.people.models import Person, Publication
from broadsheet.stories.actions import merge_people, merge_topics
from broadsheet.stories.models import Galley, Placement, Section, Story, Topic
from broadsheet.stories.projections import project
from broadsheet.syndication import bodies
from broadsheet.syndication.bodies import candidates, whole_addresses

SITE = "http://127.0.0.1:8000/"
PAGE = f"{SITE}news/salt/"
ENDINGS = ("", "atom/", "json/")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="/asia/x/">x</a>', f'<a href="{SITE}asia/x/">x</a>'),
        ("<a href='/asia/x/'>x</a><a href=/y/>y</a>", f'<a href="{SITE}asia/x/">x</a><a href="{SITE}y/">y</a>'),
        (
            '<img srcset="/m/a.jpg 240w, /m/b.jpg 480w" src="/m/b.jpg">',
            f'<img srcset="{SITE}m/a.jpg 240w, {SITE}m/b.jpg 480w" src="{SITE}m/b.jpg">',
        ),
        ("<img srcset='/m/a.jpg 240w,\n\t/m/b.jpg 480w,/c'>", f'<img srcset="{SITE}m/a.jpg 240w, {SITE}m/b.jpg 480w, {SITE}c">'),
        ('<img alt="a > b" src="/m/b.jpg">', f'<img alt="a &gt; b" src="{SITE}m/b.jpg">'),
        ('<a href="https://elsewhere.example/a/">x</a>', '<a href="https://elsewhere.example/a/">x</a>'),
        ('<a href="//elsewhere.example/a/">x</a>', '<a href="http://elsewhere.example/a/">x</a>'),
        ('<a href="#part">y</a><a href="b.html">z</a>', f'<a href="{PAGE}#part">y</a><a href="{PAGE}b.html">z</a>'),
        ('<a href="/?q=a, /b">x</a>', f'<a href="{SITE}?q=a, /b">x</a>'),
        ('<a href="https://x.example/?q=a, /b">x</a>', '<a href="https://x.example/?q=a, /b">x</a>'),
        ('<a href="mailto:a@x.example">x</a><a href="javascript:x">y</a>', '<a href="mailto:a@x.example">x</a><a>y</a>'),
        ('<a href="http://[x/">x</a>', '<a>x</a>'),
        ("<p class='a' style='b' onclick='c' data-d='e'>Nothing <script>at</script>all</p>", "<p>Nothing all</p>"),
        ("<p>href='/x/' srcset=&quot;/y</p>", "<p>href='/x/' srcset=\"/y</p>"),
    ],
)  # fmt: skip
def test_addresses_are_complete(body, expected):
    assert whole_addresses(body, PAGE) == expected


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.jpg", [("a.jpg", "")]),
        ("a.jpg 1x,b.jpg 2x", [("a.jpg", "1x"), ("b.jpg", "2x")]),
        ("a.jpg,b.jpg 2x", [("a.jpg,b.jpg", "2x")]),
        ("a.jpg, b.jpg", [("a.jpg", ""), ("b.jpg", "")]),
        (" ,, a.jpg  100w ,\n b.jpg\t200w,", [("a.jpg", "100w"), ("b.jpg", "200w")]),
        ("data:,a 1x, b (x, y) 2x, c", [("data:,a", "1x"), ("b", "(x, y) 2x"), ("c", "")]),
        ("", []), (",", []), ("a(", [("a(", "")]), ("a b(c", [("a", "b(c")]),
    ],
)  # fmt: skip
def test_candidates_of_a_srcset(srcset, expected):
    assert list(candidates(srcset)) == expected


@given(st.lists(st.tuples(st.from_regex(r"[a-z/.]+[a-z]", fullmatch=True), st.sampled_from(["", "2x", "100w"])), min_size=1, max_size=4))
def test_candidates_are_read_as_they_were_written(parts):
    assert list(candidates(", ".join(f"{url} {size}".strip() for url, size in parts))) == parts


@given(st.text(alphabet=st.sampled_from(list(" ,()ab/\n\t")), max_size=30))
def test_any_srcset_ends(srcset):
    assert all(url and "," not in url[-1] for url, _size in candidates(srcset))


def parsed(client, path):
    """A feed in the words of feedparser, for RSS and Atom, or as JSON."""
    response = client.get(path)
    assert response.status_code == 200, path
    if path.endswith("json/"):
        assert response["Content-Type"] == "application/feed+json; charset=utf-8"
        return json.loads(response.content)
    assert response["Content-Type"].startswith(("application/rss+xml", "application/atom+xml"))
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert found.bozo == 0, found.get("bozo_exception")
    return found


def titles(client, path):
    found = parsed(client, path)
    return [entry["title"] for entry in (found["items"] if path.endswith("json/") else found.entries)]


@pytest.mark.django_db
def test_an_item_holds_the_whole_story(client, make_story):
    ada, bo = (Person.objects.create(name=n, slug=n.lower()) for n in ("Ada", "Bo"))
    story = make_story("Salt", body='<p>White gold.</p><p><a href="/latest/">More</a></p>', people=[ada, bo], language="ur")
    item = ET.fromstring(client.get("/news/feed/").content).find("channel/item")
    content = item.findtext(CONTENT)
    assert "White gold." in content and 'href="http' in content and 'href="/' not in content
    assert [c.text for c in item.findall("{http://purl.org/dc/elements/1.1/}creator")] == ["Ada", "Bo"]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == "ur"
    assert item.findtext("link").endswith(story.permalink) and item.findtext("category") == "News" and item.findtext("pubDate")


@pytest.fixture
def illustrated(make_story, make_section):
    """A story with everything a feed may tell."""
    topic = Topic.objects.create(name="Fish & <chips>", slug="fish")
    ada = Person.objects.create(name='Ada "Q" <Quill>', slug="ada")
    sound = Document.objects.create(title="Waves", file=ContentFile(b"1234567", "waves.mp3"), file_size=7)
    sound.file.close()
    story = make_story("Salt & <gold>", standfirst='At last & "on" <time>.', people=[ada], topics=[topic], kind="audio")
    storages["public"].save("i/gull.jpg", ContentFile(b"x" * 321))
    galley = Galley.objects.get(pk=story.pk)
    full = {"src": "/media/i/gull.jpg", "srcset_webp": "", "srcset_jpeg": "", "width": 800, "height": 500}
    card = {**galley.card, "picture": {"crops": {"full": full}, "alt": "A gull", "credit": "A. Quill & co", "caption": "", "social": ""}}
    body = f'<p>Text]]&gt;</p><figure class="player"><audio controls preload="none" src="{sound.url}"></audio></figure>'
    Galley.objects.filter(pk=story.pk).update(card=card, body_html=body)
    Story.objects.filter(pk=story.pk).update(
        published=dt.datetime(2024, 5, 1, 10, 0, 0, 500, dt.UTC), updated=dt.datetime(2024, 5, 2, 11, 30, tzinfo=dt.UTC)
    )
    story.listings.update(published=dt.datetime(2024, 5, 1, 10, 0, 0, 500, dt.UTC))
    return Story.objects.get(pk=story.pk), sound


@pytest.mark.django_db
def test_all_of_it_in_rss_and_atom(client, illustrated):
    story, sound = illustrated
    for path in ("/feed/", "/feed/atom/"):
        found = parsed(client, path)
        (entry,) = found.entries
        assert (
            entry.title == ("Salt &amp; &lt;gold&gt;" if not path.endswith("atom/") else "Salt & <gold>") or entry.title == "Salt & <gold>"
        )
        assert entry.link == entry.id == SITE.rstrip("/") + story.permalink
        assert entry.published_parsed[:6] == (2024, 5, 1, 10, 0, 0) and entry.updated_parsed[:6] == (2024, 5, 2, 11, 30, 0)
        assert [tag.term for tag in entry.tags] == ["News", "Fish & <chips>"]
        assert entry.authors[0]["name"] == 'Ada "Q" <Quill>'
        assert "Text]]&gt;" in entry.content[0].value and f'src="{SITE.rstrip("/")}{sound.url}"' in entry.content[0].value
        assert (entry.enclosures[0].href, entry.enclosures[0].type, entry.enclosures[0].length) == (
            SITE.rstrip("/") + sound.url,
            "audio/mpeg",
            "7",
        )
        assert found.feed.language == "en" and found.feed.title == "The Tern" and found.feed.rights == "The Tern"
        assert found.feed.updated_parsed[:6] == (2024, 5, 2, 11, 30, 0)
    rss = parsed(client, "/feed/").entries[0]
    (picture,) = rss.media_content
    assert (picture["url"], picture["type"], picture["medium"]) == (f"{SITE}media/i/gull.jpg", "image/jpeg", "image")
    assert (picture["filesize"], picture["width"], picture["height"]) == ("321", "800", "500")
    assert rss.media_credit[0]["content"] == "A. Quill & co"
    atom = parsed(client, "/feed/atom/").entries[0]
    assert [one.href for one in atom.enclosures][1:] == [f"{SITE}media/i/gull.jpg"] and atom.enclosures[1].length == "321"


@pytest.mark.django_db
def test_all_of_it_in_json(client, illustrated):
    story, sound = illustrated
    feed = parsed(client, "/feed/json/")
    assert (
        feed["version"] == "https://jsonfeed.org/version/1.1" and feed["feed_url"] == f"{SITE}feed/json/" and feed["home_page_url"] == SITE
    )
    assert feed["title"] == "The Tern" and feed["language"] == "en" and "hubs" not in feed
    (item,) = feed["items"]
    assert item.pop("content_html").startswith("<p>Text")
    address = SITE.rstrip("/") + story.permalink
    assert item == {
        "id": address, "url": address, "title": "Salt & <gold>", "summary": 'At last & "on" <time>.', "language": "en",
        "image": f"{SITE}media/i/gull.jpg", "date_published": "2024-05-01T10:00:00Z", "date_modified": "2024-05-02T11:30:00Z",
        "authors": [{"name": 'Ada "Q" <Quill>', "url": f"{SITE}people/ada/"}], "tags": ["News", "Fish & <chips>"],
        "attachments": [{"url": SITE.rstrip("/") + sound.url, "mime_type": "audio/mpeg", "size_in_bytes": 7}],
    }  # fmt: skip


@pytest.mark.django_db
def test_a_picture_without_its_file_is_no_enclosure(client, illustrated):
    storages["public"].delete("i/gull.jpg")
    assert "media_content" not in parsed(client, "/feed/").entries[0] and len(parsed(client, "/feed/atom/").entries[0].enclosures) == 1


@pytest.mark.django_db
def test_every_list_has_its_feeds(client, make_story, make_section):
    world = make_section("World")
    asia = make_section("Asia", parent=world, language="ur")
    topic, ada = Topic.objects.create(name="Ferries", slug="ferries"), Person.objects.create(name="Ada", slug="ada")
    top = Placement.objects.create(name="Top", slug="top")
    make_story("Above", parent=world)
    make_story("Below", parent=asia, topics=[topic], people=[ada], placements=[top], kind="opinion")
    make_story("Guest", sections=[world], kind="opinion")
    make_story("Draft", parent=world, live=False)
    expected = {
        "/feed/": ["Guest", "Below", "Above"], "/world/feed/": ["Guest", "Below", "Above"], "/world/feed/own/": ["Guest", "Above"],
        "/world/asia/feed/": ["Below"], "/world/asia/feed/own/": ["Below"], "/topics/ferries/feed/": ["Below"], "/people/ada/feed/": ["Below"],
        "/lists/top/feed/": ["Below"], "/feed/kind/opinion/": ["Guest", "Below"], "/feed/kind/video/": [],
    }  # fmt: skip
    for path, stories in expected.items():
        for ending in ENDINGS:
            assert titles(client, path + ending) == stories, path + ending
            assert client.get(path + ending)["Link"] == f'<{SITE.rstrip("/")}{path}{ending}>; rel="self"'
    assert parsed(client, "/world/asia/feed/atom/").feed.language == "ur"
    assert parsed(client, "/feed/kind/opinion/").feed.title == "Opinion — The Tern"
    for path in ("/feed/own/", "/feed/rss/x/", "/feed/kind/rumour/", "/people/nobody/feed/atom/", "/topics/none/feed/json/", "/lists/none/feed/json/",
                 "/asia/feed/", "/world/feed/own/own/", "/world/feed/rdf/"):  # fmt: skip
        assert client.get(path).status_code == 404, path


@pytest.mark.django_db
def test_who_subscribed_to_what_was_merged_or_has_another_address_is_led_on(
    client, make_story, make_section, django_capture_on_commit_callbacks
):
    sport, ferries, sea = (
        make_section("Sport"),
        Topic.objects.create(name="Ferries", slug="ferries"),
        Topic.objects.create(name="Sea", slug="sea"),
    )
    ada, adah = (Person.objects.create(name=name, slug=name.lower()) for name in ("Ada", "Adah"))
    make_story("Goal", parent=sport, topics=[ferries, sea], people=[ada, adah])
    merge_topics(topic=ferries, into=sea, by=None)
    merge_people(person=adah, into=ada, by=None)
    for ending in ENDINGS:
        for old, new in (("/topics/ferries/feed/", "/topics/sea/feed/"), ("/people/adah/feed/", "/people/ada/feed/")):
            assert client.get(old + ending).headers["Location"] == new + ending
    sea.slug, ada.slug, sport = "the-sea", "ada-holm", Section.objects.get(pk=sport.pk)
    sport.slug = "games"
    with django_capture_on_commit_callbacks(execute=True):
        for changed in (sea, ada, sport):
            changed.save()
    for old, new in (("/topics/sea/", "/topics/the-sea/"), ("/people/ada/", "/people/ada-holm/"), ("/sport/", "/games/")):
        for ending in ("", *(f"feed/{form}" for form in ENDINGS)):
            assert client.get(old + ending).headers["Location"] == new + ending
            assert client.get(new + ending).status_code == 200
    assert client.get("/sport/feed/own/json/").headers["Location"] == "/games/feed/own/json/"
    assert client.get("/sport/archive/2020/?page=2").headers["Location"] == "/games/archive/2020/?page=2"
    assert client.get("/people/ada/archive/").headers["Location"] == "/people/ada-holm/archive/"
    assert client.get("/nobody/feed/").status_code == 404
    assert client.get("/people/adah/archive/2020/05/").headers["Location"] == "/people/ada-holm/archive/2020/05/"
    for old, new in (
        ("/people/adah/", "/people/ada-holm/"),
        ("/people/ada/", "/people/ada-holm/"),
        ("/topics/ferries/", "/topics/the-sea/"),
    ):
        assert client.get(f"{old}statements.csv").headers["Location"] == f"{new}statements.csv"
    assert client.get("/people/adah/statements/2020-05-01-9.json").headers["Location"] == "/people/ada-holm/statements/2020-05-01-9.json"


@pytest.mark.django_db
def test_another_address_of_somebody_no_reader_has_seen_is_told_to_nobody(client, front):
    hushed = Person.objects.create(name="Ada", slug="ada")
    hushed.slug = "source"
    hushed.save()
    assert client.get("/people/ada/").status_code == client.get("/people/ada/feed/").status_code == 404


@pytest.mark.django_db
def test_a_story_that_moves_or_a_further_section_changes_its_own_feeds(client, make_story, make_section):
    from broadsheet.stories.actions import move

    world = make_section("World")
    asia = make_section("Asia", parent=world)
    story = make_story("Salt", parent=asia)
    assert (titles(client, "/world/feed/own/"), titles(client, "/world/asia/feed/own/")) == ([], ["Salt"])
    move(story=story, to=Section.objects.get(pk=world.pk), by=None)
    assert (titles(client, "/world/feed/own/"), titles(client, "/world/asia/feed/own/")) == (["Salt"], [])


@pytest.mark.django_db
def test_summaries_when_the_publication_says_so(client, make_story):
    make_story("Salt", standfirst="White & gold.", body="<p>The whole story.</p>")
    before = client.get("/feed/")
    paper = Publication.objects.get()
    paper.full_text_feeds = False
    paper.save()
    for ending in ENDINGS:
        answer = client.get(f"/feed/{ending}", HTTP_IF_NONE_MATCH=before["ETag"])
        assert answer.status_code == 200 and b"The whole story" not in answer.content
    assert parsed(client, "/feed/json/")["items"][0]["content_text"] == "White & gold."
    assert parsed(client, "/feed/").entries[0].summary == "White &amp; gold."
    assert parsed(client, "/feed/atom/").entries[0].summary == "White & gold."


@pytest.mark.django_db
def test_what_was_paid_for_says_so_first_wherever_it_is_read(client, make_story):
    make_story("Salt", standfirst="White.", body="<p>The whole story.</p>", paid_by="Salen & Sons", language="ur")
    for whole in (True, False):
        paper = Publication.objects.get()
        paper.full_text_feeds = whole
        paper.save()
        item = parsed(client, "/feed/json/")["items"][0]
        said = {
            "json": item["content_html"] if whole else item["content_text"],
            "rss": parsed(client, "/feed/").entries[0][("content" if whole else "summary")],
            "atom": parsed(client, "/feed/atom/").entries[0][("content" if whole else "summary")],
        }
        for form, text in said.items():
            text = text if isinstance(text, str) else text[0].value
            plain = re.sub("<[^>]*>", "", text).replace("&amp;", "&").strip()
            assert plain.startswith("Paid for by Salen & Sons."), (form, whole, text)
    make_story("Pepper")
    assert "Paid for" not in str(parsed(client, "/feed/json/")["items"][0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/feed/", "/feed/atom/", "/news/feed/json/", "/news/feed/own/", "/topics/t/feed/", "/people/ada/feed/", "/lists/top/feed/"]
)
def test_who_has_it_is_told_so_by_one_query(client, make_story, path):
    make_story(topics=[Topic.objects.create(name="T", slug="t")], people=[Person.objects.create(name="Ada", slug="ada")],
               placements=[Placement.objects.create(name="Top", slug="top")])  # fmt: skip
    first, again = client.get(path), client.get(path)
    assert first.content == again.content and first["ETag"] == again["ETag"] and first["Cache-Control"] == "public, no-cache"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, HTTP_IF_NONE_MATCH=f"W/{first['ETag']}")
    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[0]["sql"])
            plan = [row[3] for row in cursor.fetchall()]
            assert any("stories_listing USING COVERING INDEX stories_listing_range (list_key=?)" in step for step in plan), plan
            assert not [step for step in plan if step.startswith("SCAN")], plan
    assert client.get(path, HTTP_IF_NONE_MATCH='"other"').status_code == 200


@pytest.mark.django_db
def test_any_change_is_seen_in_the_same_second(client, make_story, make_section):
    topic, other = Topic.objects.create(name="T", slug="t"), Topic.objects.create(name="U", slug="u")
    ada = Person.objects.create(name="Ada", slug="ada")
    one, two = make_story("One", topics=[topic], people=[ada]), make_story("Two", topics=[topic])

    def renamed(row, name):
        row = type(row).objects.get(pk=row.pk)
        setattr(row, "title" if isinstance(row, Section) else "name", name)
        row.save()

    def edited(story, title):
        story = Story.objects.get(pk=story.pk)
        story.title = title
        story.save_revision().publish()

    changes = [
        lambda: edited(one, "One again"), lambda: edited(one, "One at last"), lambda: renamed(ada, "Ada Quill"), lambda: renamed(topic, "Tea"),
        lambda: renamed(Section.objects.get(slug="news"), "The news"), lambda: renamed(Publication.objects.get(), "The Gull"),
        lambda: merge_topics(topic=topic, into=other, by=None), lambda: two.unpublish(), lambda: Story.objects.get(pk=two.pk).delete(),
        lambda: Section.objects.get(slug="news").unpublish(),
    ]  # fmt: skip
    for number, change in enumerate(changes):
        before = client.get("/feed/")
        change()
        after = client.get("/feed/", HTTP_IF_NONE_MATCH=before["ETag"])
        if number != 8:
            assert after.status_code == 200 and after.content != before.content, number
    assert client.get("/news/feed/").status_code == 404


@pytest.mark.django_db
def test_what_is_taken_down_or_not_yet_public_is_in_none(client, make_story, make_section):
    from django.utils import timezone

    topic, ada = Topic.objects.create(name="T", slug="t"), Person.objects.create(name="Ada", slug="ada")
    story = make_story("Secret", topics=[topic], people=[ada])
    soon = make_story("Embargo", live=False)
    revision = soon.get_latest_revision()
    revision.approved_go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision.save()
    paths = [
        base + ending
        for base in ("/feed/", "/news/feed/", "/news/feed/own/", "/topics/t/feed/", "/people/ada/feed/", "/feed/kind/news/")
        for ending in ENDINGS
    ]
    kept = {path: client.get(path)["ETag"] for path in paths}
    Story.objects.get(pk=story.pk).unpublish()
    for path in paths:
        answer = client.get(path, HTTP_IF_NONE_MATCH=kept[path])
        assert answer.status_code in (200, 404) and b"Secret" not in answer.content and b"Embargo" not in answer.content, path


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_stories(client, make_story, django_assert_num_queries, count):
    for number in range(count):
        topics = [Topic.objects.create(name=f"T{number}", slug=f"t{number}")]
        make_story(topics=topics, people=[Person.objects.create(name=f"P{number}", slug=f"p{number}")])
    for path, literal in (("/feed/", 6), ("/feed/atom/", 6), ("/feed/json/", 6), ("/news/feed/", 6), ("/news/feed/own/", 6),
                          ("/topics/t0/feed/", 8), ("/people/p0/feed/", 8), ("/feed/kind/news/", 6)):  # fmt: skip
        client.get(path)
        with django_assert_num_queries(literal):
            client.get(path)


@pytest.mark.django_db
def test_the_newest_thirty_in_the_order_of_their_dates(client, make_story):
    stories = [make_story(f"Story {n:02}") for n in range(3)]
    same = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    Story.objects.update(published=same)
    project(list(Story.objects.all()))
    assert titles(client, "/feed/") == [s.title for s in reversed(stories)]


@pytest.mark.django_db
def test_pages_announce_their_feeds(client, make_story):
    topic, ada = Topic.objects.create(name="T", slug="t"), Person.objects.create(name="Ada", slug="ada")
    story = make_story(topics=[topic], people=[ada], placements=[Placement.objects.create(name="Top", slug="top")])
    own = {"/news/": "/news/", "/topics/t/": "/topics/t/", "/people/ada/": "/people/ada/", "/lists/top/": "/lists/top/"}
    kinds = {"/": "/feed/kind/news/", story.permalink: "/feed/kind/news/"}
    for path in ("/", story.permalink, "/latest/", *own):
        html = client.get(path).content.decode()
        links = re.findall(r'<link rel="alternate" type="(application/(?:rss|atom|feed)\+[^"]+)" title="([^"]+)" href="([^"]+)">', html)
        bases = [f"{one}feed/" for one in ([own[path], "/"] if path in own else ["/"])] + ([kinds[path]] if path in kinds else [])
        types = ("application/rss+xml", "application/atom+xml", "application/feed+json")
        assert [(kind, href) for kind, _title, href in links] == [
            (kind, f"{base}{ending}") for base in bases for kind, ending in zip(types, ENDINGS, strict=True)
        ], path
        for _kind, _title, href in links:
            assert client.get(href).status_code == 200


@pytest.mark.django_db
def test_a_section_with_children_announces_what_stands_in_itself_alone(client, make_story, make_section, section):
    make_section("Ports", parent=section)
    make_story(kind="opinion")
    html = client.get("/news/").content.decode()
    assert 'title="News alone" href="/news/feed/own/"' in html and "/news/ports/feed/own/" not in html
    assert 'href="/feed/kind/opinion/atom/"' in client.get("/").content.decode()


def test_bodies_are_kept_by_their_weight():
    kept = bodies._Kept(room=20_000)
    short = kept.get("<p>Short</p>", PAGE)
    assert kept.get("<p>Short</p>", PAGE) is short
    for number in range(40):
        assert f"{number:04}" in kept.get(f"<p>{number:04}{'a' * 2_000}</p>", PAGE).html
        assert kept.taken <= 20_000 and kept.get("<p>Short</p>", PAGE) is short, "what is asked for stays"
    assert kept.get(f"<p>0039{'a' * 2_000}</p>", PAGE).html and len(kept._bodies) == 5
    assert kept.get("b" * 30_000, PAGE).html == "b" * 30_000 and kept.taken == 0, "what is too large is made each time"


@pytest.mark.django_db
def test_a_story_with_what_xml_may_not_hold_breaks_nothing(client, make_story):
    nothing = "\x00" if connection.vendor == "sqlite" else ""  # PostgreSQL takes none.
    make_story("Bell \x07 & \ufffe end", standfirst="a\x0bb", body=f"<p>c{nothing}\x1fd</p>")
    for path in ("/feed/", "/feed/atom/", "/feed/json/"):
        (title,) = titles(client, path)
        assert "\x07" not in title and title.startswith("Bell") and title.endswith("end")


@pytest.mark.django_db
def test_a_search_has_feeds(client, make_story):
    salt, gold = make_story("Salt & pepper"), make_story("Salt of gold", kind="opinion")
    make_story("Salt secret", live=False)
    make_story("Sand")
    for ending in ENDINGS:
        first = client.get(f"/search/feed/{ending}?q=salt")
        assert first.content.count(b"Salt of gold") and b"secret" not in first.content and b"Sand" not in first.content
        assert client.get(f"/search/feed/{ending}?q=salt", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
        assert f'<{SITE}search/feed/{ending}?q=salt>; rel="self"' in first["Link"]
    found = feedparser.parse(client.get("/search/feed/?q=salt").content)
    assert found.bozo == 0 and found.feed.title == "“salt” — The Tern" and found.feed.link == f"{SITE}search/?q=salt"
    kept = client.get("/search/feed/json/?q=salt&kind=opinion")
    assert [item["title"] for item in json.loads(kept.content)["items"]] == ["Salt of gold"]
    gold.unpublish()
    again = client.get("/search/feed/?q=salt", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 200 and b"gold" not in again.content and salt.permalink.encode() in again.content
    html = client.get("/search/?q=salt").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="Search: salt" href="/search/feed/atom/?q=salt">' in html


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=%22%22*-(", "?q=" + "a" * 2000, "?q=x&section=99999999&year=0001", "?kind=<x>"])
def test_any_search_is_a_feed(client, make_story, query):
    make_story("Salt")
    for ending in ENDINGS:
        answer = client.get(f"/search/feed/{ending}{query}")
        assert answer.status_code == 200 and b"Salt" not in answer.content
