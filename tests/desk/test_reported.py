"""Readers' reports at the desk: who sees them, what is answered, dismissed and corrected, and what the reader is told."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.delivery import outbox
from broadsheet.desk.actions import EDITORS, REPORTERS
from broadsheet.people.models import Person, Publication
from broadsheet.record.models import Change
from broadsheet.record.reports.models import Report
from broadsheet.record.reports.taking import Said, take_in
from broadsheet.stories.models import Byline, Story
from tests.desk.test_guard import form_of
from tests.record.test_entries import edit

pytestmark = pytest.mark.django_db
QUEUE = "/desk/changes/reports/"
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


def report_on(story, problem="There were 210.", *, nonce="", is_trapped=False, **said):
    given = {"kind": "fact", "passage": "It sailed at noon.", **said}
    return take_in(
        story=story.pk, said=Said(problem=problem, **given), nonce=nonce or problem[:32], address="203.0.113.9", is_trapped=is_trapped
    )


def screen(client, report):
    answer = client.get(f"{QUEUE}{report.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def do(client, report, what, **fields):
    return client.post(f"{QUEUE}{report.pk}/", {"do": what, **fields})


@pytest.fixture
def desk(make_user, signed_in):
    return signed_in(make_user(EDITORS))


def test_the_queue_by_state_and_kind(desk, make_story):
    story = make_story("Ferry sails")
    fact, language = report_on(story), report_on(story, "It is spelt pier.", kind="language", email="ada@example.org")
    held = report_on(story, "Buy this", is_trapped=True)
    assert "2 readers’ reports wait" in desk.get("/desk/").content.decode()
    html = desk.get(QUEUE).content.decode()
    assert html.index(f"{QUEUE}{fact.pk}/") < html.index(f"{QUEUE}{language.pk}/") and "Buy this" not in html
    assert "wants an answer" in html and "ada@example.org" not in html and "Ferry sails" in html
    assert "It is spelt pier." not in desk.get(f"{QUEUE}?kind=fact").content.decode()
    assert "Buy this" in desk.get(f"{QUEUE}?state=quarantined").content.decode()
    for wrong in ("?state=x", "?kind=x", "?state=%00"):
        # The desk leads whoever asks for what there is not back, or says so.
        assert desk.get(f"{QUEUE}{wrong}").status_code in (302, 400, 404)
    assert do(desk, held, "release").status_code == 302
    assert Report.objects.get(pk=held.pk).state == "open" and "Buy this" in desk.get(QUEUE).content.decode()


def test_the_passage_is_shown_where_it_stands_or_stood(desk, make_story):
    story = make_story("Ferry sails", body="<p>The ferry waited.</p><p>It sailed at noon. It was full.</p>")
    report = report_on(story, passage="It sailed  at\nnoon.")
    html = screen(desk, report)
    assert "<mark>It sailed at noon.</mark> It was full." in html and "Still in the text." in html
    edit(story, "<p>The ferry waited.</p><p>It sailed at one.</p>", change_kind="minor")
    html = screen(desk, report)
    assert "Not in the text any more." in html and "<mark>It sailed at noon.</mark>" in html
    other = report_on(story, "Nothing of it", passage="<b>No such words</b>")
    html = screen(desk, other)
    assert "in no version of the story" in html and "<mark>&lt;b&gt;No such words&lt;/b&gt;</mark>" in html


def test_an_answer_is_seen_by_the_reader_and_sent_after_the_commit(client, desk, make_story, django_capture_on_commit_callbacks):
    Publication.objects.update(language="fr")
    story = make_story("Ferry sails")
    first, second = report_on(story, email="ada@example.org"), report_on(story, nonce="another", email="bo@example.org")
    assert "2 readers say the same" in screen(desk, first)
    refused = do(desk, first, "answer", answer="  ")
    assert refused.status_code == 200 and "Write what the reader is to be told." in refused.content.decode()
    assert do(desk, first, "answer", answer="You are right.\r\n\r\nThank you.")["Location"] == QUEUE
    assert not mail.outbox, "nothing is sent within a request"
    outbox.run_due()
    assert sorted(one.to[0] for one in mail.outbox) == ["ada@example.org", "bo@example.org"]
    letter = next(one for one in mail.outbox if one.to == ["bo@example.org"])
    assert "You are right.\n\nThank you." in letter.body and f"/report/{second.reference}/" in letter.body and "Ferry sails" in letter.body
    assert "You reported" not in letter.body and letter.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert "You are right." in client.get(f"{story.permalink}report/{first.reference}/").content.decode()
    assert "The answer went out by e-mail." in screen(desk, first)
    outbox.run_due()
    assert len(mail.outbox) == 2


def test_without_a_mail_server_the_desk_answers_by_hand(desk, make_story, settings):
    settings.EMAIL_BACKEND = NO_MAIL
    report = report_on(make_story("Ferry sails"), email="ada@example.org")
    answer = do(desk, report, "answer", answer="Thank you & well read.")
    assert answer["Location"] == f"{QUEUE}{report.pk}/", "who has to write stays where the address is"
    html = screen(desk, report)
    assert "To be answered by hand" in html
    assert "mailto:ada@example.org?subject=Ferry%20sails&amp;body=Thank%20you%20%26%20well%20read." in html
    outbox.run_due()
    assert not mail.outbox


def test_the_newsroom_is_told_where_it_wants_to_be(make_story):
    story = make_story("Ferry sails")
    report_on(story)
    outbox.run_due()
    assert not mail.outbox
    Publication.objects.update(reports_to="desk@news.example")
    report = report_on(story, "Another mistake\nBcc: all@example.org", email="ada@example.org")
    report_on(story, "Spam", is_trapped=True)
    outbox.run_due()
    [letter] = mail.outbox
    assert letter.to == ["desk@news.example"] and f"/desk/changes/reports/{report.pk}/" in letter.body
    assert "ada@example.org" not in letter.body and letter.bcc == []


def test_dismissed_with_a_reason(client, desk, make_story):
    story = make_story()
    report = report_on(story)
    assert do(desk, report, "dismiss", reason="because").status_code == 200 and Report.objects.get().state == "open"
    do(desk, report, "dismiss", reason="no_mistake", answer="We asked the harbour.")
    html = client.get(f"{story.permalink}report/{report.reference}/").content.decode()
    assert "found no mistake" in html and "We asked the harbour." in html
    assert do(desk, report, "nonsense").status_code == 200
    do(desk, report, "release")
    assert "Thank you" in client.get(f"{story.permalink}report/{report.reference}/").content.decode()


def test_a_correction_made_from_a_report_is_linked_with_it(client, desk, make_story):
    story = make_story("Ferry sails")
    report = report_on(story, email="ada@example.org")
    answer = do(desk, report, "correct", answer="It sailed at one.")
    url = f"/desk/pages/{story.pk}/edit/"
    assert answer["Location"] == f"{url}?report={report.pk}"
    html = desk.get(answer["Location"]).content.decode()
    assert re.search(rf'<option value="{report.pk}" selected>[^<]*There were 210', html)
    assert (
        re.search(r'<option value="correction" selected>', html)
        and "“It sailed at noon.”" in html
        and "It sailed at one.</textarea>" in html
    )
    assert Story.objects.get(pk=story.pk).change_report is None, "to open the editor writes nothing"
    fields = form_of(desk, answer["Location"], **{"action-publish": "1"})
    assert fields["change_report"] == str(report.pk)
    fields |= {"change_wrong": "We wrote that it sailed at noon.", "change_note": "It sailed at one."}
    assert desk.post(url, fields).status_code == 302
    change = Change.objects.get(story=story.pk, number=2)
    assert (change.kind, change.note) == ("correction", "It sailed at one.")
    found = Report.objects.get()
    assert (found.state, found.corrected_by) == ("corrected", 2)
    told = client.get(f"{story.permalink}report/{report.reference}/").content.decode()
    assert f"{story.permalink}changes/#version-2" in told and "It sailed at one." in told
    assert f"{story.permalink}changes/#version-2" in screen(desk, report)
    record = desk.get(f"/desk/record/{story.pk}/").content.decode()
    assert record.count("A reader reported it") == 1 and f"{QUEUE}{report.pk}/" in record
    outbox.run_due()
    assert "Corrected. Thank you." in mail.outbox[0].body
    # The next change says nothing of it, and nothing is offered where nothing waits.
    html = desk.get(url).content.decode()
    assert 'name="change_report"' not in html


def test_what_a_reader_says_is_not_what_the_paper_says(desk, make_story):
    story = make_story("Ferry sails")
    report = report_on(story)
    html = desk.get(do(desk, report, "correct", answer="")["Location"]).content.decode()
    note = re.search(r'<textarea[^>]*name="change_note"[^>]*>([^<]*)<', html)
    assert note and note[1].strip() == "" and "There were 210" in html, "it stands beside, in the choice"


def test_a_draft_that_waits_for_an_editor_keeps_its_report(make_user, signed_in, make_story):
    story = make_story("Ferry sails")
    report = report_on(story)
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.change_report, draft.change_kind, draft.standfirst = report.pk, "update", "At one."
    revision = draft.save_revision()
    assert Report.objects.get().state == "open"
    revision.publish()
    assert Report.objects.get().corrected_by == 2
    # An old revision that still names it says it of nothing again.
    revision.refresh_from_db()
    assert revision.content["change_report"] is None


def test_a_publish_that_changes_nothing_corrects_nothing(make_story):
    story = make_story()
    report = report_on(story)
    edit(story, "<p>It sailed at noon.</p>", change_kind="minor", change_report=report.pk)
    assert Report.objects.get().state == "open" and Story.objects.get(pk=story.pk).change_report is None
    edit(make_story(), change_kind="minor", change_report=report.pk)
    assert Report.objects.get().state == "open", "another story's change is none of this one"


def test_what_was_corrected_meanwhile_is_linked_by_hand(desk, make_story):
    story = make_story()
    report = report_on(story)
    assert "It is corrected already" not in screen(desk, report)
    edit(story, change_kind="correction", change_wrong="Not at noon.", change_note="At one.")
    assert "It is corrected already" in screen(desk, report)
    for number in ("1", "9", "x", "9" * 30, ""):
        assert do(desk, report, "corrected", version=number).status_code == 200
    assert do(desk, report, "corrected", version="2").status_code == 302
    assert Report.objects.get().corrected_by == 2


def test_who_sees_and_who_answers(make_user, signed_in, make_story, django_user_model):
    ada, bo = make_user(REPORTERS, "ada"), make_user(REPORTERS, "bo")
    person = Person.objects.create(name="Ada Holm", slug="ada-holm", user=ada)
    story = make_story("Ferry sails")
    Byline.objects.create(story=story, person=person)
    report = report_on(story, email="reader@example.org")
    hers, his = signed_in(ada), signed_in(bo)
    assert "There were 210." in hers.get(QUEUE).content.decode() and "There were 210." not in his.get(QUEUE).content.decode()
    html = screen(hers, report)
    assert "reader@example.org" not in html and 'value="answer"' not in html and 'value="dismiss"' not in html and 'value="correct"' in html
    for what, fields in {"answer": {"answer": "Mine"}, "dismiss": {"reason": "spam"}, "corrected": {"version": "2"}, "release": {}}.items():
        assert do(hers, report, what, **fields).status_code in (302, 403) and do(his, report, what, **fields).status_code in (302, 404)
        assert Report.objects.get().state == "open"
    assert his.get(f"{QUEUE}{report.pk}/").status_code in (302, 404)
    do(hers, report, "keep", answer="I asked: it was 210.")
    assert Report.objects.get().answer == "I asked: it was 210." and "I asked" in screen(signed_in(make_user(EDITORS)), report)
    Story.objects.filter(pk=story.pk).update(owner=bo)
    assert his.get(f"{QUEUE}{report.pk}/").status_code == 200, "whoever began the story"
    html = his.get(f"/desk/pages/{make_story().pk}/edit/?report={report.pk}").content.decode()
    assert "There were 210." not in html


def test_a_deleted_story_leaves_its_reports_to_administrators(desk, editor_client, make_story):
    story = make_story()
    report = report_on(story)
    Story.objects.get(pk=story.pk).delete()
    assert "There were 210." not in desk.get(QUEUE).content.decode()
    assert "A story that was deleted" in editor_client.get(QUEUE).content.decode() and "was deleted" in screen(editor_client, report)
    do(editor_client, report, "dismiss", reason="other_story")
    assert Report.objects.get().state == "dismissed"


def test_as_many_questions_for_one_report_as_for_three(desk, make_story):
    stories = [make_story() for _ in range(3)]
    counts = []
    for n in (1, 3):
        for story in stories[:n]:
            report_on(story, f"{n} on {story.pk}")
        desk.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            desk.get(QUEUE)
        counts.append(len(asked))
    assert counts[0] == counts[1], [one["sql"][:150] for one in asked]
