"""Reporters write and submit, editors publish."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission

from broadsheet.desk.actions import EDITORS, REPORTERS, set_up_groups
from broadsheet.fronts.models import MenuEntry
from broadsheet.people.models import Person
from broadsheet.stories.models import Placement, Story, Topic
from tests.desk.test_edit_screens import as_posted

pytestmark = pytest.mark.django_db


def edit(client, story, **action):
    return client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), as_posted("As written", slug=story.slug, **action))


def test_migrating_makes_the_groups_and_later_changes_stay(db):
    assert {REPORTERS, EDITORS} <= set(Group.objects.values_list("name", flat=True))
    assert not Group.objects.filter(name="Moderators").exists()
    GroupPagePermission.objects.filter(group__name=REPORTERS).delete()
    assert set_up_groups(by=None) is False
    assert not GroupPagePermission.objects.filter(group__name=REPORTERS).exists()


def test_groups_are_made_from_nothing_too(front):
    Group.objects.all().delete()
    assert set_up_groups(by=None) is True
    assert front.get_workflow().name == "an editor’s review"


def test_a_reporter_submits_and_an_editor_publishes(make_user, signed_in, section):
    reporter, editor = signed_in(make_user(REPORTERS)), signed_in(make_user(EDITORS))
    url = reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])
    html = reporter.get(url).content.decode()
    assert 'name="action-publish"' not in html and 'name="action-submit"' in html
    assert reporter.post(url, as_posted("Mine", slug="mine", **{"action-publish": "1"})).status_code == 302
    story = Story.objects.get(slug="mine")
    assert not story.live, "publishing without the right to saves a draft"
    assert edit(reporter, story, **{"action-submit": "1"}).status_code == 302
    assert story.current_workflow_state is not None and not Story.objects.get(pk=story.pk).live
    state = story.current_workflow_task_state
    assert (
        edit(reporter, story, **{"action-workflow-action": "1", "workflow-action-name": "approve"}).status_code == 200
        or not Story.objects.get(pk=story.pk).live
    )
    assert state.task.name == "an editor’s review"
    answer = edit(editor, story, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert answer.status_code == 302 and Story.objects.get(pk=story.pk).live


def test_a_reporters_change_to_a_public_story_waits(make_user, signed_in, make_story, client):
    story = make_story("As published")
    edit(signed_in(make_user(REPORTERS)), story, **{"action-publish": "1"})
    assert "As published" in client.get(story.permalink).content.decode()
    edit(signed_in(make_user(EDITORS)), story, change_kind="update", change_note="Another headline.", **{"action-publish": "1"})
    assert "As written" in client.get(story.permalink).content.decode()


SCREENS = {
    "people": (lambda: reverse(Person.snippet_viewset.get_url_name("list")), 302, 200),
    "topics": (lambda: reverse(Topic.snippet_viewset.get_url_name("list")), 200, 200),
    "placements": (lambda: reverse(Placement.snippet_viewset.get_url_name("list")), 302, 200),
    "entries": (lambda: reverse(MenuEntry.snippet_viewset.get_url_name("list")), 302, 200),
    "menu": (lambda: reverse("desk_menu"), 302, 200),
    "publication": (lambda: reverse("wagtailsettings:edit", args=["people", "publication", 1]), 302, 302),
    "stories": (lambda: "/desk/stories/", 200, 200),
    "pictures": (lambda: reverse("wagtailimages:index"), 200, 200),
    "upload": (lambda: reverse("wagtailimages:add_multiple"), 200, 200),
    "users": (lambda: reverse("wagtailusers_users:index"), 302, 302),
    "groups": (lambda: reverse("wagtailusers_groups:index"), 302, 302),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_what_each_group_opens(screen, make_user, signed_in, front):
    url, for_reporters, for_editors = SCREENS[screen]
    if screen == "publication":
        url = lambda: reverse("wagtailsettings:edit", args=["people", "publication", front.get_site().pk])  # noqa: E731
        for_editors = 200
    assert signed_in(make_user(REPORTERS)).get(url()).status_code == for_reporters
    assert signed_in(make_user(EDITORS)).get(url()).status_code == for_editors


def names(client):
    from wagtail.admin.wagtail_hooks import hooks  # noqa: F401

    answer = client.get("/desk/")
    from wagtail.admin.menu import admin_menu

    return {item.name: str(item.label) for item in admin_menu.menu_items_for_request(answer.wsgi_request)}


def test_the_main_menu_speaks_a_newsrooms_words(make_user, signed_in, section):
    reporter, editor = names(signed_in(make_user(REPORTERS))), names(signed_in(make_user(EDITORS)))
    assert editor["explorer"] == "Sections" and editor["images"] == "Pictures" and editor["documents"] == "Files"
    assert {"new-story", "stories", "newsroom", "menu"} <= set(editor)
    assert {"new-story", "stories"} <= set(reporter) and "menu" not in reporter
    assert not {"help", "snippets"} & (set(editor) | set(reporter))


@pytest.mark.parametrize("model", [Person, Topic])
def test_people_and_topics_are_never_deleted(editor_client, model):
    thing = model.objects.create(name="N", slug="n")
    answer = editor_client.post(reverse(model.snippet_viewset.get_url_name("delete"), args=[thing.pk]))
    assert answer.status_code == 302 and model.objects.filter(pk=thing.pk).exists()
    assert "Merge into another" in editor_client.get(reverse(model.snippet_viewset.get_url_name("list"))).content.decode()
