"""No section or static page is made where one of the fixed addresses would hide it."""

from __future__ import annotations

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

from broadsheet.stories.models import Section, StaticPage

pytestmark = pytest.mark.django_db


def first_parts() -> list[str]:
    """The first parts of all fixed addresses below which everything is ours: of `/api/` that is `/api/v3/` alone."""
    patterns = [str(p.pattern) for p in get_resolver().url_patterns if isinstance(p, (URLPattern, URLResolver))]
    return sorted({found[0] for pattern in patterns if (found := re.match(r"[a-z]+(?=/(?:<|$))", pattern))})


def posted(name: str, slug: str, **more: str) -> dict[str, str]:
    return {
        "title": name,
        "slug": slug,
        "tone": "news",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "body-count": "0",
        **more,
    }


def test_the_fixed_addresses_are_those_of_the_url_map():
    assert {"desk", "documents", "feed", "latest", "lists", "media", "people", "topics"} <= set(first_parts())


@pytest.mark.parametrize("name", [*first_parts(), "static"])
def test_a_section_in_the_way_is_refused_at_its_slug(editor_client, front, name):
    url = reverse("wagtailadmin_pages:add", args=["stories", "section", front.pk])
    for more in ({}, {"action-publish": "1"}):
        answer = editor_client.post(url, posted(name.title(), name, **more))
        assert answer.status_code == 200 and f"/{name}/ is" in str(answer.context["form"].errors["slug"])
        assert f"“{name}-2”" in answer.content.decode()
    assert not Section.objects.exists()


def test_a_static_page_and_a_section_below_are_refused(editor_client, make_section, front):
    world = make_section("World")
    below = reverse("wagtailadmin_pages:add", args=["stories", "section", world.pk])
    assert "/world/feed/" in str(editor_client.post(below, posted("Feed", "feed")).context["form"].errors["slug"])
    assert editor_client.post(below, posted("People", "people")).status_code == 302, "/world/people/ is nobody else's"
    page = reverse("wagtailadmin_pages:add", args=["stories", "staticpage", front.pk])
    assert "slug" in editor_client.post(page, posted("Latest", "latest")).context["form"].errors
    assert not StaticPage.objects.exists()


def test_nothing_is_moved_or_copied_there(editor_client, make_section, front):
    world = make_section("World")
    people = make_section("People", parent=world)
    answer = editor_client.post(reverse("wagtailadmin_pages:move_confirm", args=[people.pk, front.pk]), follow=True)
    assert "Readers would not reach it: /people/" in answer.content.decode()
    assert Page.objects.get(pk=people.pk).get_parent().pk == world.pk
    copy = reverse("wagtailadmin_pages:copy", args=[people.pk])
    answer = editor_client.post(copy, {"new_title": "People", "new_slug": "people", "new_parent_page": str(front.pk)})
    assert "Readers would not reach it" in answer.content.decode() and Section.objects.count() == 2


def test_a_story_gets_an_address_beside_a_fixed_one(client, make_story):
    from broadsheet.people.models import Publication

    Publication.objects.update(permalink_pattern="/{slug}/")
    story = make_story("Latest", slug="latest")
    assert story.permalink == "/latest-2/" and client.get(story.permalink).status_code == 200
