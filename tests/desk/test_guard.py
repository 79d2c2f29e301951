"""Publishing asks what kind of change it is when readers have seen another number, name, date or quotation."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from broadsheet.people.models import Person
from broadsheet.record.models import Change
from broadsheet.stories.models import Story
from tests.stories.test_publishing import form_of

pytestmark = pytest.mark.django_db


def send(client, story, body, **changes):
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    written = nested_form_data({"body": streamfield([("text", rich_text(body))])})
    return client.post(url, {**form_of(client, url, **{"action-publish": "1"}), **written, **changes})


def last(story):
    return Change.objects.filter(story=story.pk).order_by("-number").first()


def test_it_asks_in_the_same_step_and_keeps_what_was_written(editor_client, make_story):
    story = make_story(body="<p>The ferry took 120 people. It sailed.</p>", people=[Person.objects.create(name="Ada Holm", slug="ada")])
    answer = send(editor_client, story, "<p>The ferry took 210 people. It sailed.</p>")
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert "120 → 210" in errors["change_kind"][0] and "change_note" in errors
    page = answer.content.decode()
    assert "autofocus" in page.partition('name="change_kind"')[2].partition(">")[0] and "210 people" in page
    assert Story.objects.get(pk=story.pk).galley.body_text.startswith("The ferry took 120")
    answer = send(editor_client, story, "<p>The ferry took 210 people. It sailed.</p>", change_kind="correction", change_note="210.")
    assert set(answer.context["form"].errors) == {"change_wrong"}
    said = {"change_kind": "correction", "change_note": "It took 210.", "change_wrong": "We wrote 120."}
    assert send(editor_client, story, "<p>The ferry took 210 people. It sailed.</p>", **said).status_code == 302
    assert (last(story).kind, last(story).note, last(story).wrong) == ("correction", "It took 210.", "We wrote 120.")
    again = editor_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).context["form"]
    assert (again["change_kind"].value(), again["change_note"].value()) == ("", "")


def test_what_changes_no_fact_is_minor(editor_client, make_story):
    story = make_story(body="<p>The goverment met. It sailed.</p>")
    assert send(editor_client, story, "<p>The government met. It sailed.</p>").status_code == 302
    assert (last(story).kind, last(story).chosen) == ("minor", True) and Story.objects.get(pk=story.pk).updated is None


def test_its_writer_may_say_that_it_is_minor(editor_client, make_story):
    story = make_story(body="<p>The ferry took 120 people.</p>")
    assert send(editor_client, story, "<p>The ferry took 121 people.</p>", change_kind="minor").status_code == 302
    assert last(story).kind == "minor"


def test_drafts_and_first_publishes_are_not_asked(editor_client, make_story):
    story, draft = make_story(body="<p>It took 120.</p>"), make_story(body="<p>It took 120.</p>", live=False)
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    fields = form_of(editor_client, url, **nested_form_data({"body": streamfield([("text", rich_text("<p>It took 210.</p>"))])}))
    assert editor_client.post(url, fields).status_code == 302
    assert send(editor_client, draft, "<p>It took 210.</p>").status_code == 302
    assert last(draft).kind == "first" and last(story).number == 1
