"""The archive: every field has its place in a record, or a reason why it has none."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import Page

from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.importing.export.archive import DECLARATIONS, PUBLICATION, Archive
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.stories.models import Byline, Gone, Placement, Section, StaticPage, Story, Topic

pytestmark = pytest.mark.django_db

# Of every page. What Wagtail derives or keeps for the desk alone is not the newsroom's content.
OF_PAGES = {
    "slug": "slug", "title": "headline", "seo_title": "seo_title", "search_description": "search_description",
    "first_published_at": "first_published", "last_published_at": "last_published", "go_live_at": "goes_live", "expire_at": "expires",
    "live": "status",
}  # fmt: skip
DERIVED = {
    "id", "page_ptr", "path", "depth", "numchild", "url_path", "draft_title", "content_type", "translation_key", "locale", "alias_of",
    "has_unpublished_changes", "latest_revision", "live_revision", "latest_revision_created_at",
}  # fmt: skip
OF_THE_DESK = {"owner", "locked", "locked_at", "locked_by", "show_in_menus", "expired"}
FIELDS: dict[type[Any], dict[str, str]] = {
    Story: OF_PAGES | {
        "permalink": "address", "published": "published", "updated": "updated", "kind": "kind", "language": "language",
        "standfirst": "standfirst", "dateline": "dateline", "lead_image": "picture", "lead_alt": "picture_alt",
        "lead_caption": "picture_caption", "long_read": "long_read", "body": "blocks", "sections": "sections", "topics": "topics",
        "placements": "placements", "related_pinned": "related_pinned", "related_banned": "related_banned", "translation_group": "translation_group", "noindex": "noindex", "original_url": "original_url", "not_republished": "not_republished",
        "paid_by": "paid_by", "funding": "funding", "ai_tool": "ai_tool", "ai_part": "ai_part", "ai_review": "ai_review",
        # A wish for the next publish, no fact of the story.
        "change_kind": "", "change_wrong": "", "change_note": "", "change_report": "",
    },
    StaticPage: OF_PAGES | {
        "permalink": "address", "published": "published", "updated": "updated", "standfirst": "standfirst", "language": "language",
        "body": "blocks", "in_footer": "in_footer", "translation_group": "translation_group", "noindex": "noindex",
    },
    Section: {k: v for k, v in OF_PAGES.items() if "published" not in v and k not in ("go_live_at", "expire_at")} | {
        "title": "name", "live": "live", "description": "description", "tone": "tone", "language": "language",
        "first_published_at": "", "last_published_at": "", "go_live_at": "", "expire_at": "",
    },
    Person: {
        "name": "name", "slug": "slug", "kind": "kind", "role": "role", "biography": "biography", "portrait": "portrait",
        "website": "website", "public_role": "public_role", "merged_into": "merged_into",
        # Accounts stay where they are.
        "user": "",
    },
    Topic: {
        "name": "name", "slug": "slug", "description": "description", "promoted": "promoted", "merged_into": "merged_into",
        "picture": "picture", "lead": "lead", "kind": "kind",
    },
    Placement: {"name": "name", "slug": "slug"},
    MenuEntry: {"text": "text", "url": "url", "position": "position", "section": "section", "parent": "parent"},
    Image: {
        "title": "title", "file": "file", "alt": "alt", "caption": "caption", "credit": "credit", "licence": "licence",
        "rights_expire": "rights_expire", "token": "token", "tags": "tags", "created_at": "added", "focal_point_x": "focus", "focal_point_y": "focus",
        # Made from the file and the focal point, or the desk's own.
        "width": "", "height": "", "file_size": "", "file_hash": "", "encoded": "", "encoded_from": "", "description": "",
        "focal_point_width": "", "focal_point_height": "", "uploaded_by_user": "", "collection": "",
    },
    Document: {
        "title": "title", "file": "file", "created_at": "added", "tags": "tags", "file_size": "", "file_hash": "", "uploaded_by_user": "", "collection": "",
    },
}  # fmt: skip


def records(model: type[Any]) -> list[dict[str, Any]]:
    archive = Archive()
    if model in (Image, Document):
        return [record for record, _file in archive.media() if record["id"].startswith("picture") == (model is Image)]
    if model is MenuEntry:
        return archive.site()["menu"]
    names = {Story: "stories", StaticPage: "pages", Section: "sections", Person: "people", Topic: "topics", Placement: "placements"}
    return list(getattr(archive, names[model])())


@pytest.fixture
def picture(db):
    """A picture with its original."""
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(out, "PNG")
    made = Image.objects.create(title="A ferry", alt="A ferry", file=ContentFile(out.getvalue(), name="ferry.png"))
    made.file.close()
    return made


@pytest.fixture
def everything(front, make_section, make_story, picture):
    """At least one of each kind, several with a life behind them."""
    ada = Person.objects.create(name="Ada Holm", slug="ada-holm", portrait=picture, biography="<p>Writes.</p>")
    topic = Topic.objects.create(name="Ferries", slug="ferries", promoted=True)
    Topic.objects.create(name="Ferry", slug="ferry", merged_into=topic)
    placement = Placement.objects.create(name="Top Stories", slug="top-stories")
    MenuEntry.objects.create(text="Top", url="/lists/top-stories/", position=1)
    world = make_section("World", tone="news")
    asia = make_section("Asia", parent=world)
    story = make_story("Ferry sails", parent=asia, topics=[topic], people=[ada], placements=[placement], lead_image=picture)
    front.add_child(instance=StaticPage(title="About", slug="about", live=True))
    Document.objects.create(title="Log", file="documents/log.pdf")
    value = {"layout": "lead", "count": 3, "section": asia.pk, "placement": None, "topic": topic.pk, "pinned": [story.pk], "heading": "Now"}
    front = FrontPage.objects.get()
    front.containers = json.dumps([{"type": "container", "value": value}])
    front.save_revision().publish()
    return story


def test_every_field_has_its_place_or_a_reason(everything):
    for model, places in FIELDS.items():
        own = {f.name for f in (*model._meta.concrete_fields, *model._meta.local_many_to_many)} - {"id"}
        if issubclass(model, Page):
            own -= DERIVED | OF_THE_DESK
        assert own == set(places), model
        missing = {name for name in places.values() if name} - records(model)[0].keys()
        assert not missing, model


def test_the_publication_is_told_but_for_where_it_runs():
    named = {f.name for f in Publication._meta.concrete_fields} - {"id", "site"}
    assert named == {*PUBLICATION, "logo"}
    declared = {f.name for f in Declarations._meta.concrete_fields} - {"id", "site"}
    assert declared == {*DECLARATIONS, *Declarations.POLICIES}


def test_records_name_each_other_by_what_outlives_the_database(everything):
    story = records(Story)[0]
    assert story["section"] == "/world/asia/"
    assert story["topics"] == ["ferries"]
    assert story["byline"] == [{"person": "ada-holm", "role": ""}]
    assert story["picture"] == records(Image)[0]["id"]
    container = Archive().site()["front"]["containers"][0]
    assert (container["section"], container["topic"], container["pinned"]) == ("/world/asia/", "ferries", [everything.pk])
    assert [t["merged_into"] for t in records(Topic)] == ["", "ferries"]


def test_a_draft_is_told_apart_from_what_is_public(make_story):
    story = make_story("Ferry sails")
    story.title = "Ferry stays in port"
    story.save_revision()
    record = records(Story)[0]
    assert (record["status"], record["headline"], record["draft"]["headline"]) == ("published", "Ferry sails", "Ferry stays in port")
    assert records(Story)[0]["draft"]["blocks"]


def test_a_schedule_is_kept(make_story):
    story = make_story(live=False)
    story.go_live_at = timezone.now() + dt.timedelta(days=1)
    story.save_revision(approved_go_live_at=story.go_live_at)
    record = records(Story)[0]
    assert record["status"] == "scheduled"
    assert dt.datetime.fromisoformat(record["goes_live"]) == story.go_live_at


def test_links_to_pages_are_addresses(make_story):
    target = make_story("Target")
    make_story(body=f'<p><a linktype="page" id="{target.pk}">there</a></p>')
    assert f'<a href="{target.permalink}">there</a>' in records(Story)[1]["blocks"][0]["value"]


def test_addresses_that_are_gone_stay_gone(make_story):
    story = make_story()
    address = story.permalink
    story.delete()
    assert Gone.objects.filter(permalink=address).exists()
    assert {"from": address, "to": "", "permanent": True} in list(Archive().redirects())


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_of_stories_costs_the_same(count, everything, make_story, django_assert_num_queries):
    for _ in range(count - 1):
        make_story(people=list(Person.objects.all()))
    archive = Archive()
    with django_assert_num_queries(9):
        assert len(list(archive.stories())) == count


def test_bylines_keep_their_order_and_roles(make_story):
    people = [Person.objects.create(name=n, slug=n.lower()) for n in ("Bo", "Ada")]
    story = make_story(people=people)
    Byline.objects.filter(story=story, person=people[1]).update(role="Photographs")
    assert records(Story)[0]["byline"] == [{"person": "bo", "role": ""}, {"person": "ada", "role": "Photographs"}]
