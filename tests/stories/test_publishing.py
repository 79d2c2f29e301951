"""Every way of publishing ends in the same rows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from broadsheet.importing.bulk import Fresh, write
from broadsheet.ops.worker import Worker
from broadsheet.record.digests import canonical
from broadsheet.record.models import ChangeText
from broadsheet.stories.models import Galley, Listing, Story, Topic
from broadsheet.stories.recording import as_published

pytestmark = pytest.mark.django_db
BODY = "<p>It sailed at noon.</p>"


def rows(story):
    """What a publish left, in comparable form; ids and addresses of the story itself left out."""
    story = Story.objects.get(pk=story.pk)
    galley = Galley.objects.get(pk=story.pk)
    card = {k: v for k, v in galley.card.items() if k not in {"id", "url"}}
    keys = set(Listing.objects.filter(story=story).values_list("list_key", flat=True))
    dates = set(Listing.objects.filter(story=story).values_list("published", flat=True))
    assert dates == {story.published}
    assert story.permalink == f"/news/{story.slug}/"
    (held,) = ChangeText.objects.filter(change__story=story.pk)
    (entered,) = as_published([story])
    assert held.text == canonical(entered.text)
    own = ("address", "published")
    return keys, card, galley.body_html, galley.body_text, galley.words, {k: v for k, v in entered.text.items() if k not in own}


def form_of(client, url, **changes):
    """The fields a browser would send from an edit form."""
    import lxml.html

    page = client.get(url)
    assert page.status_code == 200, page
    form = lxml.html.fromstring(page.content.decode()).xpath("//form[@id='page-edit-form']")[0]
    fields = {k: v if isinstance(v, str) else list(v) for k, v in form.fields.items() if v is not None}
    # The body's form is made by script from JSON; what it would send is written out here.
    body = nested_form_data({"body": streamfield([("text", rich_text(BODY))])})
    return {**fields, **body, **changes}


@pytest.fixture
def topic():
    return Topic.objects.create(name="Ferries", slug="ferries")


@pytest.fixture
def expected(make_story, topic):
    return rows(make_story("Ferry sails", topics=[topic]))


@pytest.fixture
def draft(make_story, topic):
    return make_story("Ferry sails", slug="draft", live=False, topics=[topic])


def test_a_draft_has_no_rows(draft):
    assert not Listing.objects.filter(story=draft).exists()
    assert draft.permalink is None and draft.published is None


def test_revision_publish(draft, expected):
    draft.get_latest_revision().publish()
    assert rows(draft) == expected


def test_edit_view(draft, expected, editor_client, topic):
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answer = editor_client.post(url, form_of(editor_client, url, **{"action-publish": "1"}))
    assert answer.status_code == 302, answer.context["form"].errors
    assert rows(draft) == expected


def test_bulk_action(draft, expected, editor_client):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={draft.pk}"
    assert editor_client.post(url, {"include_descendants": "on"}).status_code == 302
    assert rows(draft) == expected


def test_api(draft, expected, editor_client):
    url = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "publish"])
    answer = editor_client.post(url, {"recursive": False}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert rows(draft) == expected


def test_workflow(draft, expected, editor):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    workflow = Workflow.objects.create(name="Second pair of eyes")
    task = GroupApprovalTask.objects.create(name="Read")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=draft.get_parent())
    state = workflow.start(draft, editor)
    assert not Listing.objects.filter(story=draft).exists()
    state.current_task_state.approve(user=editor)
    assert rows(draft) == expected


def test_schedule(draft, expected):
    scheduled = draft.get_latest_revision_as_object()
    scheduled.go_live_at = timezone.now() + dt.timedelta(hours=1)
    scheduled.save_revision().publish()
    assert not Listing.objects.filter(story=draft).exists()
    worker = Worker()
    assert worker.work() == 0
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - dt.timedelta(seconds=1))
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.content["go_live_at"] = None
    revision.save()
    assert worker.work() == 1
    assert rows(draft) == expected
    assert worker.work() == 0


def test_bulk_import(section, topic, expected):
    now = timezone.now()
    story = Story(
        title="Ferry sails", draft_title="Ferry sails", slug="imported", live=True, body=[("text", BODY)],
        permalink="/news/imported/", published=now, first_published_at=now, last_published_at=now,
    )  # fmt: skip
    story.set_url_path(section)
    write([Fresh(story, section.pk, relations={"topics": [topic.pk]})])
    assert rows(Story.objects.get(slug="imported")) == expected


def test_a_new_story_from_the_create_view(section, expected, topic, editor_client):
    url = reverse("wagtailadmin_pages:add", args=["stories", "story", section.pk])
    fields = form_of(editor_client, url, title="Ferry sails", slug="created")
    answer = editor_client.post(url, {**fields, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    keys, card, *_body = rows(Story.objects.get(slug="created"))
    assert keys == expected[0] - {f"topic:{topic.pk}"}
    assert card["headline"] == expected[1]["headline"]


def test_an_old_revision_brings_back_no_address_and_no_date(make_story):
    story = make_story("First")
    old = story.get_latest_revision()
    story.title, story.slug = "Second", "other-slug"
    story.save_revision().publish()
    story = Story.objects.get(pk=story.pk)
    before = story.permalink, story.published
    old.publish()
    story = Story.objects.get(pk=story.pk)
    assert story.title == "First"
    assert (story.permalink, story.published) == before


def test_unpublish_and_expiry_empty_the_lists(make_story):
    one, two = make_story(), make_story()
    one.unpublish()
    assert not Listing.objects.filter(story=one).exists()
    Story.objects.filter(pk=two.pk).update(expire_at=timezone.now() - dt.timedelta(seconds=1))
    Worker().work()
    assert not Listing.objects.filter(story=two).exists()
    assert not Story.objects.get(pk=two.pk).live


@pytest.mark.parametrize("keep_live", [False, True])
def test_a_copy_gets_an_address_of_its_own(make_story, client, keep_live):
    story = make_story("Ferry sails")
    copied = story.copy(update_attrs={"title": "Ferry sails again", "slug": "again"}, keep_live=keep_live)
    copied.refresh_from_db()
    story.refresh_from_db()
    assert client.get(story.permalink).status_code == 200
    if keep_live:
        assert copied.permalink != story.permalink and b"Ferry sails again" in client.get(copied.permalink).content
        assert Listing.objects.filter(story=copied, list_key="site").exists()
    else:
        assert (copied.live, copied.permalink, copied.published, copied.updated) == (False, None, None, None)
