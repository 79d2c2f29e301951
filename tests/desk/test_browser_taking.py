"""What the machine proposes, taken up in Chromium with one key: the mark, the form where something is missing, and back."""

from __future__ import annotations

from typing import Any

import pytest

from broadsheet.people.models import Person
from broadsheet.record.evidence import Event, Statement
from broadsheet.record.proposing import Kind, Proposal, Speaker, Words, reading, register
from broadsheet.stories.marking import marks_in
from broadsheet.stories.models import Story
from tests.desk.test_browser_marking import once_saved, select

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
TEXT = (
    "“We will sail,” said Ada Holm, head of the harbour, on 12 May 2025. Officials said the port was closed. "
    "The summit in Geneva was cancelled. “Nobody 😀 asked,” Ada Holm said, “and nobody will.”"
)
IN_TEXT = "document.activeElement.matches('.public-DraftEditor-content')"
TOLD = "words => document.querySelector('.desk-proposed-told').textContent.includes(words)"


def opened_on(opened: Any, client: Any, make_story: Any, body: str, **fields: Any) -> tuple[Any, Story]:
    story = make_story(body=body, live=False, **fields)
    page = opened(client, f"/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".desk-proposed-go")
    return page, story


def lines(page: Any) -> list[str]:
    return page.locator(".desk-proposed-go").all_inner_texts()


def said(page: Any) -> list[str]:
    """The words that are marked in the editor."""
    return page.locator(".desk-said").all_inner_texts()


def test_several_of_one_paragraph_are_taken_up_taken_back_and_published(opened, editor_client, make_story):
    page, story = opened_on(opened, editor_client, make_story, f"<p>{TEXT}</p>", dateline="Bergen")
    keys = page.keyboard
    assert len(lines(page)) == 4
    keys.press("Alt+j")
    keys.press("Alt+m")
    page.wait_for_selector(".desk-said-statement")
    page.wait_for_function(IN_TEXT)
    page.wait_for_function(TOLD, arg="Marked as said by Ada Holm. 3 left.")
    assert page.locator(".desk-proposed-told[role=status]").count() == 1 and said(page) == ["We will sail,"]
    assert page.locator(".mark-form").count() == 0 and len(lines(page)) == 3
    # The next one behind the caret; its words; marked where the cursor is.
    keys.press("Alt+j")
    assert "Officials" in page.evaluate("document.activeElement.textContent")
    keys.press("Enter")
    assert page.evaluate("getSelection().toString()") == "the port was closed"
    keys.press("Alt+m")
    page.wait_for_function("document.querySelectorAll('.desk-said').length === 2")
    page.wait_for_function(TOLD, arg="the name alone is kept")
    # What is said in two parts is one statement; its emoji moves nothing.
    select(page, "nobody will")
    keys.press("ArrowRight")
    keys.press("Alt+m")
    page.wait_for_function("document.querySelectorAll('.desk-said').length === 4")
    page.wait_for_function(IN_TEXT)
    assert said(page)[2:] == ["Nobody 😀 asked,", "and nobody will."]
    # Told of it: what is taken back before that was never out of the list.
    page.wait_for_function(TOLD, arg="1 left.")
    keys.press("Control+z")
    page.wait_for_function("document.querySelectorAll('.desk-said').length === 2")
    page.wait_for_function(TOLD, arg="The mark is taken back.")
    assert len(lines(page)) == 2
    keys.press("Control+Shift+z")
    page.wait_for_function("document.querySelectorAll('.desk-said').length === 4")
    page.wait_for_function("document.querySelectorAll('.desk-proposed-go').length === 1")
    # Of an event nobody has dated: the form, at what is missing.
    keys.press("Alt+j")
    keys.press("Alt+m")
    page.wait_for_selector(".mark-form[data-view=event]")
    page.wait_for_function("document.activeElement.id === 'mark-event-date'")
    value = "id => document.getElementById(id).value"
    assert [page.evaluate(value, f"mark-event-{name}") for name in ("what", "date", "place", "state")] == [
        "summit in Geneva",
        "",
        "Geneva",
        "cancelled",
    ]
    keys.press("Escape")
    page.wait_for_function(IN_TEXT)
    assert page.locator(".desk-said-event").count() == 0 and len(lines(page)) == 1, "closed, nothing is marked"
    keys.press("Alt+m")
    page.wait_for_function("document.activeElement?.id === 'mark-event-date'")
    keys.type("2025-06")
    keys.press("Enter")
    page.wait_for_selector(".desk-said-event")
    page.wait_for_function(IN_TEXT)
    page.wait_for_function(TOLD, arg="Marked as an event: summit in Geneva.")
    assert lines(page) == []
    keys.type("!")
    draft = once_saved(page, story, "summit in Geneva</mark>!")
    found = [one.statement for one in marks_in(draft.body) if one.statement]
    holm = Person.objects.get(name="Ada Holm")
    assert holm.kind == Person.Kind.SPEAKER and not holm.public_role, "made on the spot as in the form"
    assert {(one.speaker, one.name, one.role, one.verb, one.date, one.place, one.quoted) for one in found} == {
        (holm.pk, "Ada Holm", "head of the harbour", "said", "2025-05-12", "", True),
        (None, "Officials", "", "said", "", "", False),
        (holm.pk, "Ada Holm", "head of the harbour", "said", "", "", True),
    }
    draft.save_revision().publish()
    assert list(Statement.objects.order_by("number").values_list("text", flat=True)) == [
        "We will sail,",
        "the port was closed",
        "Nobody 😀 asked, and nobody will.",
    ]
    assert Event.objects.values_list("what", "date", "state").get() == ("summit in Geneva", "2025-06", "cancelled")
    assert not page.complaints


def test_who_it_was_is_asked_where_a_name_does_not_tell(opened, editor_client, make_story):
    Person.objects.create(name="Dmitry Peskov", slug="peskov")
    known = Person.objects.create(name="Ole Berg", slug="ole", merged_into=Person.objects.create(name="Ole B. Berg", slug="ole-b"))
    body = "<p>Peskov said the talks would go on.</p><p>Ole Berg warned that the ice was thin.</p>"
    page, story = opened_on(opened, editor_client, make_story, body)
    keys = page.keyboard
    keys.press("Alt+j")
    keys.press("Alt+m")
    page.wait_for_selector(".mark-form [role=option]")
    assert page.evaluate("document.activeElement.id") == "mark-statement-speaker"
    assert page.locator(".mark-form [role=option]").all_inner_texts()[0].startswith("Dmitry Peskov")
    assert page.locator("#mark-statement-quoted").input_value() == "false"
    assert page.locator(".mark-problem[role=alert]").inner_text() == "Say who it was."
    keys.press("Enter")
    page.wait_for_selector(".mark-form .picker-chosen li")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector(".desk-said-statement")
    page.wait_for_function(IN_TEXT)
    # By the mouse's button, too.
    page.locator(".desk-proposed-take").click()
    page.wait_for_function("document.querySelectorAll('.desk-said').length === 2")
    page.wait_for_function(IN_TEXT)
    keys.type(" now")
    draft = once_saved(page, story, "now")
    assert [(one.statement.name, one.statement.speaker, one.statement.verb) for one in marks_in(draft.body)] == [
        ("Dmitry Peskov", Person.objects.get(slug="peskov").pk, "said"),
        ("Ole B. Berg", known.merged_into_id, "warned"),
    ]
    assert Person.objects.count() == 3


def test_what_nobody_takes_up_leaves_no_trace(opened, editor_client, make_story):
    page, story = opened_on(opened, editor_client, make_story, f"<p>{TEXT}</p>")
    keys = page.keyboard
    select(page, "Geneva was cancelled.")
    keys.press("ArrowRight")
    keys.press("Alt+m")
    page.wait_for_function(TOLD, arg="Nothing is proposed where the cursor is.")
    select(page, "We will sail,")
    keys.press("Alt+m")
    page.wait_for_selector(".desk-said-statement")
    page.wait_for_function(IN_TEXT)
    keys.press("Control+z")
    page.wait_for_function("!document.querySelector('.desk-said')")
    select(page, "nobody will")
    keys.press("ArrowRight")
    keys.type(" ever")
    draft = once_saved(page, story, "ever")
    assert "mark" not in str(draft.body.raw_data[0]["value"]) and not marks_in(draft.body)


def test_from_right_to_left(opened, editor_client, make_story, monkeypatch):
    words, who = "البحر هادئ", "ليلى حداد"

    def arabic(text: str, day: Any) -> list[Proposal]:
        at, name = text.find(words), text.find(who)
        speaker, cue = Speaker(name, name + len(who), who, who), Words(0, 4, "قالت")
        return [Proposal(Kind.STATEMENT, ((at, at + len(words)),), True, speaker, cue)] if at >= 0 else []

    monkeypatch.setattr(reading, "_READERS", dict(reading._READERS))
    register("ar", arabic)
    page, story = opened_on(opened, editor_client, make_story, f"<p>مرحبا 😀</p><p>قالت {who}: «{words}» يوم الاثنين.</p>", language="ar")
    keys = page.keyboard
    keys.press("Alt+j")
    keys.press("Enter")
    assert page.evaluate("getSelection().toString()") == words
    keys.press("Alt+m")
    page.wait_for_selector(".desk-said-statement")
    page.wait_for_function(IN_TEXT)
    assert said(page) == [words]
    keys.type("؟")
    draft = once_saved(page, story, "؟")
    (one,) = marks_in(draft.body)
    assert (one.statement.name, one.statement.verb) == (who, "قالت") and one.statement.speaker == Person.objects.get(name=who).pk
