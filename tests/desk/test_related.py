"""Pinning and banning related stories in the editor, by keyboard, up to what readers see."""

from __future__ import annotations

import pytest
from django.urls import reverse

from broadsheet.desk.finding import SOURCES
from broadsheet.stories.models import RelatedStory, Story
from tests.desk.test_browser import chosen, saved, tab_to
from tests.stories.test_publishing import form_of

pytestmark = pytest.mark.django_db


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pinned_and_banned_by_keyboard(opened, client, editor_client, make_story):
    story, _ferry, strike = make_story("Harbour opens"), make_story("Ferry sails again"), make_story("Ferry crews strike")
    make_story("Ferry draft", live=False)
    RelatedStory.objects.create(story=story, other=strike, place=100, nearness=0.5)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    keys = page.keyboard
    tab_to(page, "#id_related_pinned", most=150)
    keys.type("ferr")
    page.wait_for_selector("[role=option]")
    assert page.locator("[role=option]").count() == 2, "drafts are not offered"
    for _letter in "ferr":
        keys.press("Backspace")
    keys.type("sails")
    page.wait_for_function("[...document.querySelectorAll('[role=option]')].map(o => o.innerText).join().startsWith('Ferry sails again')")
    page.wait_for_function("document.querySelectorAll('[role=option]').length === 1")
    assert "News" in page.inner_text("[role=option]"), "many headlines are alike"
    keys.press("Enter")
    assert chosen(page, "related_pinned") == ["Ferry sails again"]
    keys.press("Tab")
    page.wait_for_function("document.activeElement?.id === 'id_related_banned'")
    keys.type("strike")
    page.wait_for_selector("[role=option]:has-text('Ferry crews strike')")
    keys.press("Enter")
    saved(page)
    assert "Ferry crews strike" in client.get(story.permalink).content.decode().split("Related stories")[1]
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    shown = client.get(story.permalink).content.decode().split("Related stories")[1].split("</section>")[0]
    assert "Ferry sails again" in shown and "Ferry crews strike" not in shown
    page.goto(f"http://127.0.0.1/desk/pages/{story.pk}/edit/")
    assert chosen(page, "related_pinned") == ["Ferry sails again"] and chosen(page, "related_banned") == ["Ferry crews strike"]


def test_a_story_is_neither_pinned_to_itself_nor_pinned_and_banned(editor_client, make_story):
    story, other = make_story("Harbour opens"), make_story("Ferry sails")
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    fields = form_of(editor_client, url, **{"action-publish": "1"})
    answer = editor_client.post(url, {**fields, "related_pinned": [str(story.pk)]})
    assert "not related to itself" in str(answer.context["form"].errors["related_pinned"])
    answer = editor_client.post(url, {**fields, "related_pinned": [str(other.pk)], "related_banned": [str(other.pk)]})
    assert "cannot be both" in str(answer.context["form"].errors["related_banned"])
    assert not Story.objects.get(pk=story.pk).related_pinned.exists()


def test_what_is_pinned_and_withdrawn_stays_in_the_form(editor_client, make_story):
    story, other = make_story("Harbour opens"), make_story("Ferry sails")
    story.related_pinned = [other]
    story.save_revision().publish()
    other.unpublish()
    html = editor_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert f'name="related_pinned" value="{other.pk}"' in html


def test_stories_are_found_by_a_beginning_and_drafts_are_not(make_story):
    ferry = make_story("Ferry sails again")
    make_story("Ferry draft", live=False)
    found = SOURCES["stories"].suggest("ferry sai")
    assert [one.id for one in found] == [ferry.pk] and found[0].note.startswith("News, ")
    assert [one.id for one in SOURCES["stories"].suggest("fer")] == [ferry.pk] and SOURCES["stories"].suggest("  ") == []
