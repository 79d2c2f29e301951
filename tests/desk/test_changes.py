"""The queue of changes nobody has classified, the record of a story, texts that are taken out of it, reasons of removal."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.delivery import purging
from broadsheet.delivery.rendering import render
from broadsheet.desk.actions import EDITORS, REPORTERS
from broadsheet.record.history import versions
from broadsheet.record.models import Change, ChangeText
from broadsheet.stories.corrections import take_out
from broadsheet.stories.models import Story
from tests.record.test_entries import edit

pytestmark = pytest.mark.django_db
QUEUE = "/desk/changes/"


def say(client, story, number=2, **fields):
    return client.post(QUEUE, {"story": story.pk, "number": number, **fields})


def test_an_editor_classifies_and_readers_are_told(client, make_story, make_user, signed_in):
    story, other = edit(make_story("Ferry sails")), edit(make_story("Tides"), change_kind="minor")
    desk = signed_in(make_user(EDITORS))
    assert "1 change nobody has classified" in desk.get("/desk/").content.decode()
    html = desk.get(QUEUE).content.decode()
    assert "Ferry sails" in html and other.title not in html and re.search(r"<del>.*?noon.*?</del><ins>.*?one.*?</ins>", html)
    refused = say(desk, story, kind="correction", wrong="Not at noon.")
    assert (
        refused.status_code == 200
        and "what is right now" in refused.content.decode()
        and 'value="Not at noon."' in refused.content.decode()
    )
    assert say(desk, story, kind="nothing").status_code == 200 and Change.objects.filter(story=story.pk).count() == 2
    assert say(desk, story, kind="correction", wrong="Not at noon.", note="At one.").status_code == 302
    assert "Nothing waits here." in desk.get(QUEUE).content.decode() and "nobody has classified" not in desk.get("/desk/").content.decode()
    told = client.get(story.permalink).content.decode()
    assert "Not at noon." in told and "At one." in told and "Updated" in told


def test_only_who_may_publish_a_story_says_what_its_changes_are(make_story, make_user, signed_in):
    story = edit(make_story("Ferry sails"))
    reporter = signed_in(make_user(REPORTERS))
    assert "Ferry sails" not in reporter.get(QUEUE).content.decode()
    # Who may not comes back to the first screen.
    assert say(reporter, story, kind="minor").status_code in (302, 403) and Change.objects.filter(story=story.pk).count() == 2
    desk = signed_in(make_user(EDITORS))
    for bad in ({"story": "x", "number": 1}, {"story": 1, "number": "9" * 40}, {}):
        assert desk.post(QUEUE, bad).status_code == 404


def test_a_text_is_taken_out_by_who_has_the_right_alone(editor_client, make_story, make_user, signed_in, client):
    story = edit(edit(make_story(), "<p>A libel.</p>", change_kind="update"), "<p>It sailed.</p>", change_kind="update")
    at = reverse("desk_record", args=[story.pk])
    take = {"do": "take_out", "story": story.pk, "number": 2, "reason": "legal"}
    plain = signed_in(make_user(EDITORS))
    assert "Take this text out" not in plain.get(at).content.decode()
    plain.post(at, take)
    assert ChangeText.objects.exclude(salt="").filter(change__story=story.pk).count() == 3
    assert "Take this text out" in editor_client.get(at).content.decode()
    assert editor_client.post(at, {**take, "reason": " "}).status_code == 200
    assert editor_client.post(at, take).status_code == 302
    html = editor_client.get(at).content.decode()
    assert "libel" not in html and "The text was taken out of the record." in html
    assert "libel" not in client.get(f"{story.permalink}changes/").content.decode()
    held = Revision.objects.filter(object_id=str(story.pk))
    assert [one.pk for one in held] == [story.latest_revision_id], "saved versions had the words, too"
    assert "sailed" in str(held.get().content["body"])


def test_words_are_taken_out_by_who_has_the_right_alone_and_are_nowhere_any_more(editor_client, make_story, make_user, signed_in, client):
    story = edit(make_story(), change_kind="correction", change_wrong="Ada Holm sank it.", change_note="A secret libel.")
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.change_note = "A secret libel, begun."
    draft.save_revision()
    draft.change_wrong, draft.change_note = "Ada Holm sank it. ", "The tide was high."
    newest = draft.save_revision()
    assert render(story.permalink) and render(f"{story.permalink}changes/") and render("/corrections/")
    at = reverse("desk_record", args=[story.pk])
    take = {"do": "take_back", "story": story.pk, "number": 2, "reason": "legal"}
    plain = signed_in(make_user(EDITORS))
    assert "Take what was said of it" not in plain.get(at).content.decode()
    plain.post(at, take)
    assert Change.objects.get(story=story.pk, number=2).note == "A secret libel."
    assert editor_client.get(at).content.decode().count("Take what was said of it") == 1
    assert editor_client.post(at, {**take, "reason": " "}).status_code == 200
    assert editor_client.post(at, take).status_code == 302
    html = editor_client.get(at).content.decode()
    assert "libel" not in html and "Removed · Reason: legal" in html
    held = Revision.objects.filter(object_id=str(story.pk))
    assert "libel" not in str([one.content for one in held]) and "Holm" not in str([one.content for one in held])
    assert held.get(pk=newest.pk).content["change_note"] == "The tide was high.", "what is said of the next change stays"
    assert held.count() > 2 and ChangeText.objects.exclude(salt="").filter(change__story=story.pk).count() == 2
    purging.carry_out()
    stored = b"".join(one.read_bytes() for one in Path(purging.shelf().store.folder).rglob("*.html"))
    assert b"libel" not in stored and b"Holm" not in stored
    # Said again in other words.
    say(editor_client, story, kind="correction", wrong="Somebody sank it.", note="It was the tide.")
    assert "It was the tide." in client.get(story.permalink).content.decode()


def test_what_is_scheduled_and_what_is_being_written_stays_when_a_text_is_taken_out(make_story):
    story = edit(make_story(), "<p>A libel.</p>", change_kind="update")
    other = make_story("Another")
    scheduled = Story.objects.get(pk=story.pk)
    scheduled.go_live_at = timezone.now() + dt.timedelta(days=1)
    scheduled.save_revision().publish()
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.title = "Being written"
    newest = draft.save_revision()
    story.refresh_from_db()
    kept = {story.live_revision_id, newest.pk, *Revision.objects.exclude(approved_go_live_at=None).values_list("pk", flat=True)}
    others = Revision.objects.filter(object_id=str(other.pk)).count()
    assert len(kept) == 3
    assert take_out(story=story.pk, numbers=[1], reason="legal", by=None) == 1
    assert set(Revision.objects.filter(object_id=str(story.pk)).values_list("pk", flat=True)) == kept
    assert Revision.objects.filter(object_id=str(other.pk)).count() == others > 0


def test_what_is_said_for_ever_is_what_can_be_kept_and_of_this_story(editor_client, make_story):
    story, other = edit(make_story("Ferry")), edit(make_story("Tides"))
    at = reverse("desk_record", args=[story.pk])
    assert editor_client.post(at, {"do": "take_out", "story": other.pk, "number": 2, "reason": "legal"}).status_code == 404
    assert not ChangeText.objects.filter(salt="").exists()
    assert say(editor_client, story, kind="correction", wrong="\x00Not at\x0b noon.", note="At one\ufffe." + "x" * 5000).status_code == 302
    said = versions(story.pk)[-1]
    assert (said.wrong, said.note[:8], len(said.note)) == ("Not at noon.", "At one.x", 1000)
    assert editor_client.post(at, {"do": "take_out", "story": story.pk, "number": 2, "reason": "\x00 "}).status_code == 200


def test_readers_are_told_why_a_story_was_taken_down(editor_client, make_story, client):
    story = make_story()
    url = reverse("wagtailadmin_pages:unpublish", args=[story.pk])
    assert "reason_for_readers" in editor_client.get(url).content.decode()
    editor_client.post(url, {"reason_for_readers": "legal"})
    assert not Story.objects.get(pk=story.pk).live and versions(story.pk)[-1].note == "legal"
    assert "legal" in client.get(story.permalink).content.decode()
    at = reverse("desk_record", args=[story.pk])
    assert editor_client.post(at, {"do": "explain", "story": story.pk, "number": 2, "reason": "A court’s order."}).status_code == 302
    assert "A court’s order." in client.get(story.permalink).content.decode()
    other = make_story()
    editor_client.post(reverse("wagtailadmin_pages:unpublish", args=[other.pk]), {})
    assert versions(other.pk)[-1].note == ""


def test_the_record_is_a_button_above_the_editor(editor_client, make_story):
    story = make_story()
    assert (
        reverse("desk_record", args=[story.pk]) in editor_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    )
    assert editor_client.get("/desk/record/999999/").status_code == 404


def test_a_page_of_the_queue_has_a_bounded_number_of_queries(editor_client, make_story, django_assert_max_num_queries):
    for _n in range(3):
        edit(make_story())
    with django_assert_max_num_queries(60):
        editor_client.get(QUEUE)
