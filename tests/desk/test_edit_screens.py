"""The desk's screens open, and what is done in them reaches readers."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.fronts.models import MenuEntry
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Listing, Placement, StaticPage, Story, Topic

pytestmark = pytest.mark.django_db


def as_posted(title: str, *, slug: str = "", body: list[tuple[str, object]] = (), people: tuple[Person, ...] = (), **more: object) -> dict:
    """The story form as a browser sends it."""
    return nested_form_data(
        {
            "title": title, "slug": slug, "kind": "news", "language": "", "standfirst": "They had waited.", "dateline": "Port Ann",
            "lead_image": "", "lead_alt": "", "lead_caption": "", "seo_title": "", "search_description": "",
            "body": streamfield(list(body)),
            "bylines": inline_formset([{"person": p.pk, "role": "", "ORDER": n} for n, p in enumerate(people, 1)]),
            "comments": inline_formset([]),
            **more,
        }
    )  # fmt: skip


@pytest.fixture
def ada(db):
    return Person.objects.create(name="Ada Quill", slug="ada-quill")


def test_every_edit_screen_opens(editor_client, front, section, make_story, ada):
    static = front.add_child(instance=StaticPage(title="About", slug="about"))
    for page in (front, section, make_story("A ferry"), static):
        answer = editor_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200, page
    for name, parent in (("section", front), ("story", section), ("staticpage", front)):
        answer = editor_client.get(reverse("wagtailadmin_pages:add", args=["stories", name, parent.pk]))
        assert answer.status_code == 200, name


def test_the_story_screen_speaks_of_headlines_in_the_order_of_writing(editor_client, section):
    html = editor_client.get(reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])).content.decode()
    places = [html.index(f'id="id_{name}"') for name in ("title", "standfirst", "dateline", "lead_caption", "kind", "slug")]
    assert places == sorted(places)
    assert html.index("Sections and topics") < html.index("Search and sharing") < html.index('name="go_live_at"')


@pytest.mark.parametrize("model", [Person, Topic, Placement, MenuEntry])
def test_lists_beside_the_pages_open(editor_client, front, model):
    made = {Person: {"name": "N", "slug": "n"}, Topic: {"name": "N", "slug": "n"}, Placement: {"name": "N", "slug": "n"}}
    thing = model.objects.create(**made.get(model, {"text": "N", "url": "/n/"}))
    views = model.snippet_viewset
    assert editor_client.get(reverse(views.get_url_name("list"))).status_code == 200
    assert editor_client.get(reverse(views.get_url_name("add"))).status_code == 200
    assert editor_client.get(reverse(views.get_url_name("edit"), args=[thing.pk])).status_code == 200


def test_the_menu_has_the_newsroom(editor_client, front):
    html = editor_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Newsroom" in html


def test_a_story_published_where_it_is_made_is_public(editor_client, client, section, ada):
    topic = Topic.objects.create(name="Ferries", slug="ferries", promoted=True)
    data = as_posted(
        "Ferry sails at last", slug="ferry-sails", body=[("text", rich_text("<p>It sailed at noon.</p>"))], people=(ada,),
        **{"action-publish": "1"},
    )  # fmt: skip
    data["topics"] = [topic.pk]
    answer = editor_client.post(reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk]), data)
    assert answer.status_code == 302
    story = Story.objects.get(slug="ferry-sails")
    assert story.live and story.permalink == "/news/ferry-sails/"
    assert set(Listing.objects.filter(story=story).values_list("list_key", flat=True)) >= {
        "site", f"section:{section.pk}", f"topic:{topic.pk}", f"person:{ada.pk}",
    }  # fmt: skip
    html = client.get(story.permalink).content.decode()
    assert "Ferry sails at last" in html and "It sailed at noon." in html and "Ada Quill" in html


def test_a_draft_published_in_the_edit_screen_is_public(editor_client, client, make_story):
    story = make_story("Old headline", live=False)
    data = as_posted("New headline", slug=story.slug, **{"action-publish": "1"})
    assert editor_client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data).status_code == 302
    story.refresh_from_db()
    assert story.live and Listing.objects.filter(list_key="site", story=story).exists()
    assert "New headline" in client.get(story.permalink).content.decode()


def test_bulk_publish_makes_rows_for_each(editor_client, make_story):
    stories = [make_story(live=False) for _n in range(3)]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={s.pk}" for s in stories)
    assert editor_client.post(f"{url}?{query}&next=/desk/", {}).status_code == 302
    assert Listing.objects.filter(list_key="site", story__in=stories).count() == 3
    assert all(s.permalink for s in Story.objects.filter(pk__in=[s.pk for s in stories]))


def test_a_story_approved_in_its_workflow_is_public(editor, make_story):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    story = make_story(live=False)
    task = GroupApprovalTask.objects.create(name="Copy desk")
    task.groups.add(Group.objects.create(name="Copy editors"))
    flow = Workflow.objects.create(name="Reading")
    WorkflowTask.objects.create(workflow=flow, task=task, sort_order=0)
    state = flow.start(story, editor)
    assert not Listing.objects.filter(story=story).exists()
    state.current_task_state.approve(user=editor)
    story.refresh_from_db()
    assert story.live and story.permalink and Listing.objects.filter(list_key="site", story=story).exists()


def test_a_story_never_saved_is_previewed(editor_client, section, ada):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["stories", "story", section.pk])
    data = as_posted("Never saved", body=[("text", rich_text("<p>Not yet written down.</p>"))], people=(ada,))
    assert json.loads(editor_client.post(url, data).content) == {"is_valid": True, "is_available": True}
    answer = editor_client.get(url)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Never saved" in html and "Not yet written down." in html and "Ada Quill" in html
    assert section.title in html
    assert not Story.objects.exists()


def test_an_unsaved_change_is_previewed_and_stays_unpublished(editor_client, client, make_story):
    story = make_story("As published")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[story.pk])
    assert json.loads(editor_client.post(url, as_posted("As changed", slug=story.slug)).content)["is_valid"]
    assert "As changed" in editor_client.get(url).content.decode()
    assert "As changed" not in client.get(story.permalink).content.decode()


def test_preview_bears_unknown_blocks_and_missing_pictures(editor_client, make_story):
    story = make_story("Odd", live=False)
    story.body = json.dumps(
        [{"type": "unknown", "value": {"html": "<p>Old plug-in text</p>", "name": "x"}}, {"type": "picture", "value": {"image": 99999}}]
    )
    revision = story.save_revision()
    answer = editor_client.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk]))
    assert answer.status_code == 200 and "Old plug-in text" in answer.content.decode()
    assert editor_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).status_code == 200
    assert revision.pk


def test_publication_settings_change_the_public_page(editor_client, client, front):
    paper = Publication.for_site(Site.objects.get())
    url = reverse("wagtailsettings:edit", args=["people", "publication", paper.site_id])
    assert editor_client.get(url).status_code == 200
    data = {f.name: getattr(paper, f.attname) or "" for f in Publication._meta.fields if f.name not in {"id", "site"}}
    answer = editor_client.post(url, {**data, "name": "The Gannet", "tagline": "From the cliffs"})
    assert answer.status_code == 302
    html = client.get("/").content.decode()
    assert "The Gannet" in html and "From the cliffs" in html
    refused = editor_client.post(url, {**data, "brand_colour": "red"})
    assert refused.status_code == 200 and "#8a1c1c" in refused.content.decode()
    assert Publication.objects.get().name == "The Gannet"
