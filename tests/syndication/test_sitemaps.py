"""Sitemaps: valid, by month, exact about what is public, and the same small cost in any archive."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import lxml.etree
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.delivery import stamps
from broadsheet.media.models import Image
from broadsheet.people.models import Person
from broadsheet.stories import sitemap_places
from broadsheet.stories.actions import link_translations
from broadsheet.stories.models import Listing, StaticPage, Story, Topic
from broadsheet.stories.projections import project
from broadsheet.syndication import sitemaps

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "sitemaps"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
# There are no schemas of these two among the fixtures; what of them stands in a sitemap is little.
IMAGE = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.google.com/schemas/sitemap-image/1.1"
 elementFormDefault="qualified"><xsd:element name="image"><xsd:complexType><xsd:sequence><xsd:element name="loc" type="xsd:anyURI"/>
 </xsd:sequence></xsd:complexType></xsd:element></xsd:schema>"""
LINK = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml" elementFormDefault="qualified">
 <xsd:element name="link"><xsd:complexType><xsd:attribute name="rel" type="xsd:string" fixed="alternate" use="required"/>
 <xsd:attribute name="hreflang" type="xsd:language" use="required"/><xsd:attribute name="href" type="xsd:anyURI" use="required"/>
 </xsd:complexType></xsd:element></xsd:schema>"""


@pytest.fixture
def valid(tmp_path):
    """Checks a sitemap against the published schemas: `valid(response)`; gives the parsed document."""
    if not SCHEMAS.is_dir():
        pytest.skip("no ../shared/fixtures/sitemaps: the published schemas are not part of this repository")
    (tmp_path / "image.xsd").write_text(IMAGE)
    (tmp_path / "link.xsd").write_text(LINK)
    places = {
        "s": SCHEMAS / "sitemap.xsd",
        "news": SCHEMAS / "sitemap-news.xsd",
        "image": tmp_path / "image.xsd",
        "xhtml": tmp_path / "link.xsd",
    }
    imports = "".join(f'<xsd:import namespace="{NAMES[name]}" schemaLocation="{place}"/>' for name, place in places.items())
    (tmp_path / "all.xsd").write_text(f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>')
    schemas = {"urlset": tmp_path / "all.xsd", "sitemapindex": SCHEMAS / "siteindex.xsd"}

    def check(response):
        assert response.status_code == 200 and response["Content-Type"] == "application/xml; charset=utf-8"
        document = lxml.etree.fromstring(response.content)
        schema = lxml.etree.XMLSchema(lxml.etree.parse(str(schemas[lxml.etree.QName(document).localname])))
        assert schema.validate(document), schema.error_log
        return document

    return check


def locs(response):
    """The paths a sitemap names, in order."""
    return re.findall(r"<loc>http://127\.0\.0\.1:8000([^<]*)</loc>", response.content.decode())


def published(story, *when):
    """The story as if it had been published then."""
    Story.objects.filter(pk=story.pk).update(published=dt.datetime(*when, tzinfo=dt.UTC))
    story = Story.objects.get(pk=story.pk)
    project([story])
    return story


@pytest.mark.django_db
def test_the_schema_finds_what_is_wrong(valid, client, front):
    from django.http import HttpResponse

    bad = (SCHEMAS / "sitemapjs" / "tests" / "mocks" / "bad-tag-sitemap.xml").read_bytes()
    with pytest.raises(AssertionError):
        valid(HttpResponse(bad, content_type="application/xml; charset=utf-8"))


@pytest.mark.django_db
def test_each_sitemap_is_valid_and_the_index_names_them(valid, client, front, make_story, make_section):
    urdu = make_section("اردو", language="ur")
    ada = Person.objects.create(name="Ada", slug="ada-ø")
    topic = Topic.objects.create(name="Fish & <chips>", slug="fish", promoted=True)
    front.add_child(instance=StaticPage(title="About", slug="about", live=True))
    one = published(make_story("A & B <c>\x0b", people=[ada], topics=[topic]), 2024, 5, 31, 23, 59, 59)
    other = published(make_story("کشتی", slug="کشتی", parent=urdu), 2024, 6, 1)
    link_translations(stories=[one, other], by=None)
    new = make_story("New & <bold>")
    index = client.get("/sitemap.xml")
    valid(index)
    named = locs(index)
    assert named == [
        "/sitemap-sections.xml", "/sitemap-pages.xml", "/sitemap-people.xml", "/sitemap-topics.xml",
        "/sitemap-2024-05.xml", "/sitemap-2024-06.xml", f"/sitemap-{timezone.now():%Y-%m}.xml",
    ]  # fmt: skip
    found = {path: locs(client.get(path)) for path in named if valid(client.get(path)) is not None}
    assert found["/sitemap-sections.xml"][:2] == ["/", "/news/"] and found["/sitemap-pages.xml"] == ["/about/"]
    assert found["/sitemap-people.xml"] == ["/people/ada-%C3%B8/"] and found["/sitemap-topics.xml"] == ["/topics/fish/"]
    assert found["/sitemap-2024-05.xml"] == [one.permalink] and found[named[-1]] == [new.permalink]
    may = valid(client.get("/sitemap-2024-05.xml"))
    assert may.findtext("s:url/s:lastmod", namespaces=NAMES) == "2024-05-31T23:59:59Z"
    assert [link.get("hreflang") for link in may.iterfind("s:url/xhtml:link", NAMES)] == ["en", "ur"]
    news = valid(client.get("/sitemap-news.xml"))
    assert [e.text for e in news.iterfind(".//news:title", NAMES)] == ["New & <bold>"]
    assert news.findtext(".//news:name", namespaces=NAMES) == "The Tern" and news.findtext(".//news:language", namespaces=NAMES) == "en"
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in robots and "Sitemap: http://127.0.0.1:8000/sitemap-news.xml\n" in robots


@pytest.mark.django_db
def test_a_picture_is_named(valid, client, make_story):
    image = Image.objects.create(title="Ferry", file="ferry.jpg", width=1200, height=800)
    story = published(make_story(lead_image=image), 2024, 5, 1)
    card = {**story.galley.card, "picture": {"crops": {}, "alt": "", "social": "/media/a&b.jpg"}}
    type(story.galley).objects.filter(pk=story.pk).update(card=card)
    document = valid(client.get("/sitemap-2024-05.xml"))
    assert document.findtext("s:url/image:image/image:loc", namespaces=NAMES) == "http://127.0.0.1:8000/media/a&b.jpg"


@pytest.mark.django_db
def test_what_is_not_for_search_engines_is_in_none(client, make_story, make_section):
    published(make_story("Kept out", noindex=True), 2024, 5, 1)
    published(make_story("Elsewhere", original_url="https://elsewhere.example/a/"), 2024, 5, 1)
    make_story("Draft", live=False)
    now = make_story("Kept out now", noindex=True)
    make_section("Hidden", live=False)
    Person.objects.create(name="Nobody", slug="nobody")
    merged = Topic.objects.create(name="Old", slug="old", promoted=True, merged_into=Topic.objects.create(name="Rare", slug="rare"))
    assert client.get("/sitemap-2024-05.xml").status_code == 404
    assert locs(client.get("/sitemap.xml")) == ["/sitemap-sections.xml"]
    assert locs(client.get("/sitemap-news.xml")) == [] and now.live and merged
    assert "/hidden/" not in locs(client.get("/sitemap-sections.xml"))
    for name in ("people", "topics", "pages", "people-2", "people-1", "sections-2"):
        assert client.get(f"/sitemap-{name}.xml").status_code == 404, name


@pytest.mark.django_db
def test_a_topic_is_named_from_its_third_story_on(client, make_story):
    topic = Topic.objects.create(name="Ferries", slug="ferries")
    for expected in ([], [], ["/topics/ferries/"]):
        make_story(topics=[topic])
        assert locs(client.get("/sitemap-topics.xml")) == expected


@pytest.mark.django_db
def test_what_is_taken_down_is_gone_at_once_and_the_copy_kept_is_not_confirmed(client, make_story):
    one, two = (published(make_story(), 2024, 5, day) for day in (1, 2))
    first = client.get("/sitemap-2024-05.xml")
    asked = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/sitemap-2024-05.xml", **asked)
    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1) and answer["ETag"] == first["ETag"]
    one.unpublish()
    again = client.get("/sitemap-2024-05.xml", **asked)
    assert again.status_code == 200 and locs(again) == [two.permalink]
    two.unpublish()
    assert client.get("/sitemap-2024-05.xml", **asked).status_code == 404
    assert "/sitemap-2024-05.xml" not in locs(client.get("/sitemap.xml"))


@pytest.mark.django_db
def test_a_changed_date_moves_a_story_to_its_month(client, make_story):
    story = published(make_story(), 2024, 5, 31, 23, 30)
    published(make_story(), 2024, 5, 1)
    before = client.get("/sitemap-2024-05.xml")
    published(story, 2024, 6, 1, 0, 30)
    assert client.get("/sitemap-2024-05.xml", HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 200
    assert story.permalink not in locs(client.get("/sitemap-2024-05.xml"))
    assert locs(client.get("/sitemap-2024-06.xml")) == [story.permalink]


@pytest.mark.django_db
def test_the_index_says_when_a_month_was_changed(valid, client, make_story, monkeypatch):
    def at(moment):
        monkeypatch.setattr(stamps.time, "time", lambda: moment)

    def told():
        document = valid(client.get("/sitemap.xml"))
        found = {
            s.findtext("s:loc", namespaces=NAMES): s.findtext("s:lastmod", namespaces=NAMES) for s in document.iterfind("s:sitemap", NAMES)
        }
        return {
            month: changed for place, changed in found.items() if (month := place.rpartition("/sitemap-")[2].removesuffix(".xml"))[0] == "2"
        }

    at(1_700_000_000)
    old = make_story(published=dt.datetime(2023, 5, 3, tzinfo=dt.UTC))
    at(1_700_000_600)
    new = make_story(published=dt.datetime(2023, 7, 3, tzinfo=dt.UTC))
    assert told() == {"2023-05": "2023-11-14T22:13:20Z", "2023-07": "2023-11-14T22:23:20Z"}
    at(1_700_000_700)
    link_translations(
        stories=[old, Story.objects.get(pk=make_story(published=dt.datetime(2023, 5, 4, tzinfo=dt.UTC), language="de").pk)], by=None
    )
    assert told()["2023-05"] > "2023-11-14T22:25:00Z" and told()["2023-07"] == "2023-11-14T22:23:20Z"
    at(1_700_000_900)
    make_story(published=dt.datetime(2023, 7, 4, tzinfo=dt.UTC))
    new.delete()
    assert told()["2023-07"] >= "2023-11-14T22:28:20Z"


def test_a_month_that_is_over_stays_the_same_bytes(client, make_story, settings):
    from broadsheet.people.models import Publication

    published(make_story(), 2024, 5, 31, 23, 30)
    before = client.get("/sitemap-2024-05.xml")
    Publication.objects.update(zone="Asia/Karachi")
    published(make_story(), 2024, 6, 1)
    make_story()
    after = client.get("/sitemap-2024-05.xml")
    assert after.content == before.content and after["ETag"] == before["ETag"]


@pytest.mark.django_db
def test_a_month_with_very_many_is_split_and_each_story_keeps_its_part(client, make_story, monkeypatch):
    monkeypatch.setattr(sitemap_places, "MOST", 2)
    stories = [published(make_story(), 2024, 5, day) for day in range(1, 6)]
    parts = {path: locs(client.get(path)) for path in locs(client.get("/sitemap.xml")) if "2024" in path}
    assert {path: sorted(found) for path, found in parts.items()} == {
        "/sitemap-2024-05.xml": [s.permalink for s in stories[:2]],
        "/sitemap-2024-05-2.xml": [s.permalink for s in stories[2:4]],
        "/sitemap-2024-05-3.xml": [s.permalink for s in stories[4:]],
    }
    stories[0].unpublish()
    published(stories[3], 2024, 5, 30)
    assert sorted(locs(client.get("/sitemap-2024-05-2.xml"))) == sorted(s.permalink for s in stories[2:4])
    assert locs(client.get("/sitemap-2024-05.xml")) == [stories[1].permalink]


def test_the_heaviest_sitemap_stays_below_fifty_megabytes():
    languages = tuple((f"x{n}", "https://news.example/" + "a" * 200) for n in range(40))
    heavy = sitemaps.Entry("https://news.example/" + "%D9%8A" * 300, "2024-05-01T00:00:00Z", "https://news.example/" + "i" * 300, languages)
    document = sitemaps.urlset_xml([heavy] * 50)
    assert "xhtml:link " not in document and 200 * len(document.encode()) < 50 * 1024 * 1024 and 50 * 200 == sitemap_places.MOST
    assert sitemaps.HEAVIEST * sitemap_places.MOST < 50 * 1024 * 1024
    light = sitemaps.Entry("https://news.example/a/", "2024-05-01T00:00:00Z", "", languages[:2])
    assert sitemaps.urlset_xml([light]).count("<xhtml:link ") == 2
    too_long = sitemaps.Entry("https://news.example/" + "a" * 2048)
    assert "<url>" not in sitemaps.urlset_xml([too_long])


@pytest.mark.django_db
def test_news_is_of_two_days_and_at_most_a_thousand(client, make_story, monkeypatch):
    monkeypatch.setattr(sitemaps, "NEWS_MOST", 2)
    sitemaps._news._made.clear()
    now = timezone.now()
    made = [make_story(f"Hour {n}") for n in range(4)]
    for story, hours in zip(made, (49, 30, 20, 10), strict=True):
        moment = now - dt.timedelta(hours=hours)
        published(story, *moment.timetuple()[:6])
    first = client.get("/sitemap-news.xml")
    assert locs(first) == [made[3].permalink, made[2].permalink]
    assert client.get("/sitemap-news.xml", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    made[3].unpublish()
    again = client.get("/sitemap-news.xml", HTTP_IF_NONE_MATCH=first["ETag"])
    assert locs(again) == [made[2].permalink, made[1].permalink]
    sitemaps._news._made.clear()


def test_what_was_paid_for_is_no_news(client, make_story):
    story, paid = make_story("News"), make_story("Offer", paid_by="Salen Line")
    assert locs(client.get("/sitemap-news.xml")) == [story.permalink]
    month = f"/sitemap-{paid.published:%Y-%m}.xml"
    assert set(locs(client.get(month))) == {story.permalink, paid.permalink}


@pytest.mark.parametrize(
    ("tag", "expected"), [("en-GB", "en"), ("zh-Hans", "zh-cn"), ("zh-Hant-TW", "zh-tw"), ("zh", "zh-cn"), ("ckb", "ckb")]
)
def test_languages_of_the_news(tag, expected):
    assert sitemaps._iso_639(tag) == expected


@pytest.mark.django_db
def test_old_addresses_lead_to_the_index(client, front):
    for number in (0, 1, 77):
        answer = client.get(f"/sitemap-{number}.xml")
        assert (answer.status_code, answer["Location"]) == (301, "/sitemap.xml")
    assert client.get("/sitemap-2024-13.xml").status_code == client.get("/sitemap-2024-05-1.xml").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_depend_on_what_there_is(client, make_story, django_assert_num_queries, count):
    for month in range(1, count + 1):
        topics = [Topic.objects.create(name=f"T{month}", slug=f"t{month}", promoted=True)]
        people = [Person.objects.create(name=f"P{month}", slug=f"p{month}")]
        published(make_story(topics=topics, people=people), 2024, month, 1)
        published(make_story(), 2025, 1, month)
    for path, literal in (
        ("/sitemap.xml", 8), ("/sitemap-2025-01.xml", 2), ("/sitemap-people.xml", 2), ("/sitemap-topics.xml", 2),
        ("/sitemap-sections.xml", 2), ("/sitemap-news.xml", 2),
    ):  # fmt: skip
        client.get(path)
        with django_assert_num_queries(literal):
            client.get(path)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's query plans")
def test_months_are_jumped_to_and_stories_looked_up(client, make_story):
    for month in (5, 6):
        published(make_story(), 2024, month, 1)
    for path, wanted in (
        ("/sitemap.xml", "list_key>?"),
        ("/sitemap-2024-05.xml", "list_key=?"),
        ("/sitemap-news.xml", "list_key=? AND published>?"),
    ):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        plans = []
        for query in queries.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                plans += [row[3] for row in cursor.fetchall()]
        assert any(step.startswith("SEARCH stories_listing") and wanted in step for step in plans), plans
        tables = ("wagtailcore_page", "stories_story", "stories_listing", "stories_galley")
        assert not [step for step in plans if step.startswith("SCAN") and step.split()[1] in tables], plans


@pytest.mark.django_db
def test_changes_without_rows_are_stamped(client, make_story, front):
    """What a sitemap is told by is a stamp where no row says anything: names, links between translations."""
    one, two = published(make_story(), 2024, 5, 1), published(make_story(language="fr"), 2024, 5, 2)
    page = front.add_child(instance=StaticPage(title="About", slug="about", live=True))
    for path, change in (
        ("/sitemap-2024-05.xml", lambda: link_translations(stories=[one, two], by=None)),
        ("/sitemap-pages.xml", lambda: StaticPage.objects.get(pk=page.pk).unpublish()),
        ("/sitemap-topics.xml", lambda: Topic.objects.create(name="T", slug="t", promoted=True)),
    ):
        before = client.get(path)
        change()
        after = client.get(path, HTTP_IF_NONE_MATCH=before.get("ETag", ""))
        assert after.status_code != 304 and after.content != before.content, path


@pytest.mark.django_db
def test_moments_only_ever_rise(client, make_story, monkeypatch):
    """Two changes in one second, and a clock that is set back, are told apart by a client that has nothing but a date."""
    from broadsheet.delivery.models import Stamp

    one, two = published(make_story(), 2024, 5, 1), published(make_story(), 2024, 5, 2)
    clock = Stamp.objects.get(pk=stamps.LISTS).moment + 100
    monkeypatch.setattr("time.time", lambda: clock)
    first = client.get("/sitemap-2024-05.xml")
    asked = {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}
    assert client.get("/sitemap-2024-05.xml", **asked).status_code == 304
    one.unpublish()
    again = client.get("/sitemap-2024-05.xml", **asked)
    # This second is not over: what it is like at its end nobody knows.
    assert again.status_code == 200 and "Last-Modified" not in again
    monkeypatch.setattr("time.time", lambda: clock - 50)
    two.save_revision().publish()
    monkeypatch.setattr("time.time", lambda: clock + 10)
    third = client.get("/sitemap-2024-05.xml", **asked)
    assert third.status_code == 200 and third["Last-Modified"] > first["Last-Modified"]


@pytest.mark.django_db(transaction=True)
def test_stories_that_were_there_get_their_rows(make_story, make_section):
    """An archive of an earlier release."""
    above = make_section("World")
    below = make_section("Asia", parent=above)
    stories = [make_story(parent=below, sections=[above]), make_story(parent=above, noindex=True), make_story(live=False)]
    expected = sorted(Listing.objects.values_list("list_key", "story_id", "published"))
    # All: what is undone takes along what was built on it.
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("stories", "0002_translations_comments_loose_ends")])
    try:
        left = {key.partition(":")[0] for key, _story, _published in Listing.objects.values_list("list_key", "story_id", "published")}
        assert not left & {"own", "sitemap"} and stories
    finally:
        MigrationExecutor(connection).migrate(newest)
    assert sorted(Listing.objects.values_list("list_key", "story_id", "published")) == expected
