"""What WordPress's importer leaves out: two items of one title and second, and people whose login it cannot write."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone
from lxml import etree

from broadsheet.fronts.models import FrontPage
from broadsheet.importing.export import wordpress
from broadsheet.importing.export.allowed import LOGIN, Apart, logins
from broadsheet.importing.export.archive import Archive
from broadsheet.media.models import Image
from broadsheet.people.models import Person
from broadsheet.stories.models import Byline, Story, Topic
from tests.importing.restoring.test_restoring import picture  # noqa: F401

WP = "{http://wordpress.org/export/1.2/}"
NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)


def written(folder):
    wordpress.write(folder, Archive(), base="https://tern.example")
    return etree.parse(folder / "export.xml").getroot().find("channel")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Same", "Same"), ("Same title", "SAME TÍTLE "), ("Łódź", "lodz"), ("Straße", "STRASSE"), ("عنوان", "عنوان"), ("Same", ""),
        ("Same", "0"), ("?", "!"),
    ],
)  # fmt: skip
def test_what_it_would_take_for_the_same_is_a_second_apart(first, second):
    apart = Apart()
    assert apart.moment("post", first, NOON, dt.UTC) == NOON
    assert apart.moment("post", second, NOON, dt.UTC) == NOON + dt.timedelta(seconds=1)
    assert apart.moment("page", second, NOON, dt.UTC) == NOON


def test_what_it_can_tell_apart_keeps_its_moment():
    apart = Apart()
    titles = ("One", "Two", "世界", "世间")
    assert {apart.moment("post", title, NOON, dt.UTC) for title in titles} == {NOON}


def test_the_hour_that_clocks_have_twice_is_one_hour_there():
    apart, zone = Apart(), zoneinfo.ZoneInfo("Europe/Berlin")
    first = dt.datetime(2024, 10, 27, 0, 30, tzinfo=dt.UTC)
    assert apart.moment("post", "Same", first, zone) == first
    again = first + dt.timedelta(hours=1)
    assert apart.moment("post", "Same", again, zone) == again + dt.timedelta(seconds=1)


def test_people_have_logins_that_it_can_write():
    slugs = ["ann-lee", "كاتب", "author-2", "x" * 51, "Ann-Lee", "josé"]
    found = logins(slugs)
    assert list(found) == slugs
    assert found["ann-lee"] == "ann-lee" and found["author-2"] == "author-2"
    assert all(LOGIN.fullmatch(login) for login in found.values())
    assert len(set(found.values())) == len(slugs)


@pytest.mark.django_db
def test_nobody_loses_a_byline_for_want_of_latin_letters(make_story, tmp_path):
    story = make_story("Report")
    for number, (slug, name) in enumerate([("كاتب-أول", "كاتب أول"), ("كاتب-ثان", "كاتب ثان")]):
        Byline.objects.create(story=story, person=Person.objects.create(slug=slug, name=name), sort_order=number)
    channel = written(tmp_path / "out")
    authors = {a.findtext(f"{WP}author_login"): a.findtext(f"{WP}author_display_name") for a in channel.iter(f"{WP}author")}
    item = channel.find("item")
    assert authors[item.findtext("{http://purl.org/dc/elements/1.1/}creator")] == "كاتب أول"
    links = [(c.get("nicename").removeprefix("cap-"), c.text) for c in item.iter("category") if c.get("domain") == "author"]
    assert [authors[login] for login, _name in links] == [name for _login, name in links] == ["كاتب أول", "كاتب ثان"]


@pytest.mark.django_db
def test_names_stand_beside_items_and_not_slugs(make_story, tmp_path):
    make_story("Report", topics=[Topic.objects.create(slug="climate", name="Climate & weather")])
    told = {(c.get("domain"), c.get("nicename")): c.text for c in written(tmp_path / "out").find("item").iter("category")}
    assert told["post_tag", "climate"] == "Climate & weather"
    assert told.keys() >= {("category", slug) for domain, slug in told if domain == "category"}
    terms = {
        c.findtext(f"{WP}category_nicename"): c.findtext(f"{WP}cat_name")
        for c in etree.parse(tmp_path / "out" / "export.xml").iter(f"{WP}category")
    }
    assert all(told["category", slug] == terms[slug] for domain, slug in told if domain == "category")


@pytest.mark.django_db
def test_stories_and_pictures_of_one_title_and_second_are_all_taken(make_story, picture, tmp_path):  # noqa: F811
    for slug in ("a", "b", "c"):
        story = make_story("Same title", slug=slug)
        Story.objects.filter(pk=story.pk).update(published=NOON)
    Image.objects.bulk_create([Image(file=picture.file.name, width=picture.width, height=picture.height, token="other")])
    Image.objects.update(title="", created_at=timezone.now())
    items = list(written(tmp_path / "out").iter("item"))
    known = [(i.findtext(f"{WP}post_type"), i.findtext("title"), i.findtext(f"{WP}post_date")) for i in items]
    assert len(known) == len(set(known)) and all(title for _type, title, _date in known)
    assert sorted(date[-2:] for type, _title, date in known if type == "post") == ["00", "01", "02"]


@pytest.mark.django_db
def test_what_is_pinned_on_top_of_the_front_is_sticky(make_story, tmp_path):
    make_story("Below"), (pinned := make_story("On top"))
    front = FrontPage.only_one()
    front.containers = [
        (
            "container",
            {"heading": "", "layout": "lead", "count": 5, "pinned": [pinned], "section": None, "placement": None, "topic": None},
        )
    ]
    front.save()
    assert {i.findtext("title"): i.findtext(f"{WP}is_sticky") for i in written(tmp_path / "out").iter("item")} == {
        "Below": "0",
        "On top": "1",
    }


@pytest.mark.django_db
def test_a_draft_has_the_moment_of_its_last_change_and_none_by_which_it_would_come_out(make_story, tmp_path):
    """With none at all it would be there twice after its import was tried again."""
    draft = make_story("A draft", live=False)
    revision = draft.latest_revision
    revision.created_at = NOON
    revision.save()
    Story.objects.filter(pk=draft.pk).update(latest_revision_created_at=NOON)
    item = written(tmp_path / "out").find("item")
    assert item.findtext(f"{WP}post_date") == "2024-03-01 12:00:00"
    assert item.findtext(f"{WP}post_date_gmt") == "0000-00-00 00:00:00" and not item.findtext("pubDate")
