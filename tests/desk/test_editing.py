"""New stories, moves, schedules: what is done in the editor besides writing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Site

from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Story, Topic
from tests.desk.test_edit_screens import as_posted

pytestmark = pytest.mark.django_db


def add_url(section):
    return reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])


def test_a_new_story_begins_with_its_section(editor_client, make_section):
    world = make_section("World")
    assert editor_client.get(reverse("desk_new_story")).url == add_url(world)
    asia = make_section("Asia", parent=world)
    html = editor_client.get(reverse("desk_new_story")).content.decode()
    assert add_url(asia) in html and add_url(world) in html
    assert editor_client.get(reverse("desk_new_story"), {"section": asia.pk}).url == add_url(asia)
    assert editor_client.get(reverse("desk_new_story"), {"section-names": "asia"}).url == add_url(asia)
    assert "There is no section of that name." in editor_client.get(reverse("desk_new_story"), {"section-names": "Mars"}).content.decode()


def test_nobody_writes_where_they_may_not(make_section, django_user_model, signed_in, make_user):
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    world, local = make_section("World"), make_section("Local")
    group = Group.objects.create(name="Local desk")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=local, permission_type="add")
    stringer = django_user_model.objects.create_user("stringer")
    stringer.groups.add(group)
    client = signed_in(stringer)
    assert client.get(reverse("desk_new_story")).url == add_url(local)
    assert add_url(world) not in str(client.get(reverse("desk_new_story"), {"section": world.pk}).content)
    assert client.get(add_url(world)).status_code == 302


def test_a_reporters_own_name_stands_over_a_new_story(make_user, signed_in, section):
    reporter = make_user("Reporters")
    ada = Person.objects.create(name="Ada Quill", slug="ada", user=reporter)
    html = signed_in(reporter).get(add_url(section)).content.decode()
    assert f'name="bylines-0-person" value="{ada.pk}"' in html


def test_topics_are_posted_as_ids_or_names(editor_client, section):
    ferries, ports = (Topic.objects.create(name=n, slug=n) for n in ("Ferries", "Ports"))
    data = {**as_posted("Two topics", slug="two-topics", **{"topics-names": "ports"}), "topics": [ferries.pk]}
    assert editor_client.post(add_url(section), data).status_code == 302
    assert set(Story.objects.get(slug="two-topics").topics.all()) == {ferries, ports}
    answer = editor_client.post(add_url(section), as_posted("Three", slug="three", **{"topics-names": "Unheard"}))
    assert answer.status_code == 200 and "Unheard" in str(answer.context["form"].errors["topics"])


def test_the_story_is_moved_from_its_editor_and_keeps_its_address(editor_client, client, make_story, make_section):
    story, asia = make_story("Ferry sails"), make_section("Asia")
    assert (
        reverse("wagtailadmin_pages:move", args=[story.pk])
        in editor_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    )
    url, address = reverse("wagtailadmin_pages:move", args=[story.pk]), story.permalink
    assert address in editor_client.get(url).content.decode()
    answer = editor_client.post(url, {"section": asia.pk})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    moved = Story.objects.get(pk=story.pk)
    assert (moved.get_parent().pk, moved.permalink) == (asia.pk, address)
    assert client.get(address).status_code == 200
    assert "Ferry sails" in client.get("/asia/").content.decode()


def test_a_move_that_cannot_be_says_why(editor_client, make_story, make_section):
    asia = make_section("Asia")
    story, other = make_story("One", slug="same"), make_story("Other", slug="same", parent=asia)
    url = reverse("wagtailadmin_pages:move", args=[story.pk])
    assert "already has a page “same”" in editor_client.post(url, {"section": asia.pk}).content.decode()
    assert "Choose a section." in editor_client.post(url, {}).content.decode()
    assert "There is no section of that name." in editor_client.post(url, {"section": other.pk}).content.decode()
    assert Story.objects.get(pk=story.pk).get_parent().title == "News"
    answer = editor_client.post(f"{url}?next=https://elsewhere.example/", {"section": make_section("World").pk})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_reporters_move_no_public_story(make_user, signed_in, make_story, make_section):
    story, asia = make_story(), make_section("Asia")
    assert (
        signed_in(make_user("Reporters")).post(reverse("wagtailadmin_pages:move", args=[story.pk]), {"section": asia.pk}).status_code == 302
    )
    assert Story.objects.get(pk=story.pk).get_parent().title == "News"


def test_times_are_those_of_the_publications_zone(editor_client, make_story, front):
    Publication.objects.filter(site=Site.objects.get()).update(zone="Asia/Karachi")
    story = make_story(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "Asia/Karachi" in editor_client.get(url).content.decode()
    data = as_posted("At six", slug=story.slug, go_live_at="2099-06-01 06:00", expire_at="2099-06-02 06:00", **{"action-publish": "1"})
    assert editor_client.post(url, data).status_code == 302
    assert Revision.objects.get(approved_go_live_at__isnull=False).approved_go_live_at == dt.datetime(2099, 6, 1, 1, 0, tzinfo=dt.UTC)
    html = editor_client.get(url).content.decode()
    assert 'value="2099-06-01 06:00"' in html and "1 June 2099, 06:00 (Asia/Karachi)" in html
    assert not Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"go_live_at": "2099-06-02 06:00", "expire_at": "2099-06-01 06:00"}, "before expiry"),
        ({"expire_at": "2001-06-01 06:00"}, "in the future"),
        ({"go_live_at": "tomorrow"}, "valid date"),
    ],
)
def test_impossible_times_are_refused_and_what_was_written_stays(editor_client, make_story, dates, words):
    story = make_story(live=False)
    answer = editor_client.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), as_posted("Much written", slug=story.slug, **dates, **{"action-publish": "1"})
    )
    html = answer.content.decode()
    assert answer.status_code == 200 and words in html and "Much written" in html
    assert not Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("🎉🎉 Party", "party"),
        ("🎉", "story"),
        ("عبّارة تبحر", "عبارة-تبحر"),
        ("Two\nlines", "two-lines"),
        ("x" * 255, "x" * 240),
        ("Weather today", "weather-today-2"),
    ],
)
def test_unusual_headlines_are_published(editor_client, client, section, make_story, headline, slug):
    make_story("Weather today", slug="weather-today")
    data = as_posted(headline, **{"action-publish": "1"})
    answer = editor_client.post(add_url(section), data)
    assert answer.status_code == 302, answer.context["form"].errors
    story = Story.objects.latest("pk")
    assert (story.live, story.slug) == (True, slug)
    assert story.title == " ".join(headline.split()) and story.permalink
    assert client.get(story.permalink).status_code == 200


def test_a_public_storys_slug_is_its_own_affair(editor_client, make_story):
    make_story("One", slug="same")
    story = make_story("Other")
    answer = editor_client.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), as_posted("Other", slug="same", **{"action-publish": "1"})
    )
    assert "already in use" in str(answer.context["form"].errors["slug"])


def test_a_headline_too_long_is_refused_in_words(editor_client, section):
    answer = editor_client.post(add_url(section), as_posted("x" * 256, slug="x"))
    assert "at most 255 characters (it has 256)" in str(answer.context["form"].errors["title"]).replace("\xa0", " ")
    assert "x" * 256 in answer.content.decode() and 'maxlength="255"' not in answer.content.decode().split("id_standfirst")[0]


def test_the_session_answer_tells_who_is_signed_in(editor, editor_client, client):
    answer = editor_client.get(reverse("desk_session"), headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.json()["user"] == editor.pk and answer.json()["token"]
    assert client.get(reverse("desk_session"), headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_the_account_screen_keeps_the_newsrooms_clock_out_of_profiles(editor_client, editor, front):
    from wagtail.users.models import UserProfile

    Publication.objects.filter(site=Site.objects.get()).update(zone="Asia/Karachi")
    assert editor_client.get(reverse("wagtailadmin_account")).status_code == 200
    assert not UserProfile.objects.filter(current_time_zone="Asia/Karachi").exists()
    assert timezone.get_current_timezone_name() == "UTC"


def test_every_editor_asks_who_saves_second(editor, editor_client, make_user, signed_in, make_section, make_story, front):
    from broadsheet.stories.models import StaticPage

    about = front.add_child(instance=StaticPage(title="About", slug="about"))
    other = signed_in(make_user("Editors", "other"))
    for page in (make_story("Shared", live=False), make_section("World"), about, type(front).objects.get(pk=front.pk)):
        page.save_revision()
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        loaded = {
            name: editor_client.get(url).content.decode().split(f'name="{name}" value="')[1].split('"')[0]
            for name in ("loaded_revision_id", "loaded_revision_created_at")
        }
        data = {"containers-count": "0", "story_blocks-count": "0", "tone": "news", "title": "Theirs", "slug": page.slug}
        sent = {**as_posted("Mine", slug=page.slug), **data}
        assert other.post(url, {**sent, **loaded}).status_code == 302, page
        mine = {**sent, "title": "Mine", **loaded, "action-publish": "1"}
        answer = editor_client.post(url, mine)
        html = answer.content.decode()
        assert answer.status_code == 200 and "other saved a newer version" in html, page
        assert 'value="Mine"' in html or ">\nMine</textarea>" in html, page
        fresh = type(page).objects.get(pk=page.pk)
        assert fresh.get_latest_revision_as_object().title == "Theirs", "nothing is saved unasked"
        known = {"known_revision_id": str(fresh.latest_revision_id)}
        assert editor_client.post(url, {**mine, **known}).status_code == 302
        fresh.refresh_from_db()
        assert fresh.title == "Mine" and "Theirs" in [r.content["title"] for r in fresh.revisions.all()]
        # What was known then is not what is there now.
        assert editor_client.post(url, {**mine, **known}).status_code == 200


def test_who_asks_whether_they_are_signed_in_stays_so(client, editor, editor_client):
    url = reverse("desk_session")
    assert client.get(url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    answer = editor_client.get(url)
    assert answer.json()["user"] == editor.pk and len(answer.json()["token"]) > 30
    assert answer.cookies["sessionid"]["max-age"] == 14 * 86_400 and "no-store" in answer["Cache-Control"]
    assert editor_client.post(url).status_code == 405
