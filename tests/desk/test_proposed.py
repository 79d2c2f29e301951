"""What is proposed beside the editor: for whom, how much, and in Chromium with an underline, a key, and nothing saved of it."""

from __future__ import annotations

import pytest
from django.test import Client

from broadsheet.people.models import Person
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db
TEXT = "Ada Holm, the harbour master, said the ferry would sail.\n\n“Nobody 😀 complained,” she said.\n\nThe talks in Oslo were cancelled."


def propose(client, **sent):
    return client.post("/desk/proposals/", {"text": TEXT, "language": "en", **sent})


def test_statements_and_events_of_a_text(editor_client):
    answer = propose(editor_client, day="2025-11-17")
    assert answer.status_code == 200 and "no-cache" in answer["Cache-Control"]
    first, second, event = answer.json()["proposals"]
    assert (first["words"], first["speaker"]["name"], first["cue"]) == (["the ferry would sail"], "Ada Holm", "said")
    assert (second["quoted"], second["speaker"]["name"]) == (True, "Ada Holm")
    assert (event["what"], event["state"], event["place"]) == ("talks in Oslo", "cancelled", "Oslo")


def test_spans_are_a_browsers(editor_client):
    found = propose(editor_client).json()["proposals"]
    units = TEXT.encode("utf-16-le")
    for one in found:
        assert [units[2 * a : 2 * b].decode("utf-16-le") for a, b in one["spans"]] == one["words"]


def test_only_for_those_who_write(client, make_user, signed_in, django_user_model):
    assert propose(client).status_code == 302
    assert propose(signed_in(django_user_model.objects.create_user("outsider", "", "a-long-password"))).status_code in (302, 403)
    assert propose(signed_in(make_user("Reporters"))).status_code == 200
    assert signed_in(make_user("Editors")).get("/desk/proposals/").status_code == 405


def test_another_site_cannot_ask(editor):
    browser = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    browser.force_login(editor)
    assert propose(browser).status_code == 403


def test_only_so_much_and_whatever_is_sent(editor_client):
    assert propose(editor_client, text="a" * 200_001).status_code == 413
    for odd in (
        {"language": "'; --"},
        {"language": ""},
        {"day": "yesterday"},
        {"day": "9999-99-99"},
        {"day": "0001-01-01", "text": "He said yesterday it sailed last week."},
        {"day": "9999-12-31", "text": "He said it will sail tomorrow, next Friday or next week."},
        {"text": ""},
        {"text": "\x00“a"},
    ):
        assert propose(editor_client, **odd).status_code == 200
    assert propose(editor_client, language="de").json() == {"proposals": []}
    assert editor_client.post("/desk/proposals/").json() == {"proposals": []}


@pytest.mark.browser
def test_they_are_shown_in_the_editor_and_nothing_of_them_is_saved(opened, editor_client, make_story):
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
    story = make_story("Ferry", body=body, live=False)
    before = Story.objects.get(pk=story.pk).body.raw_data[0]["value"]
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    page.wait_for_selector(".desk-proposed-go")
    lines = page.locator(".desk-proposed-go").all_inner_texts()
    assert lines == [
        "Ada Holm, harbour master · said · the ferry would sail"
        if "harbour master" in lines[0]
        else "Ada Holm · said · the ferry would sail",
        lines[1],
        "talks in Oslo · cancelled · Oslo",
    ]
    assert "“Nobody 😀 complained,”" in lines[1]
    marked = "() => [...(CSS.highlights.get('desk-proposed') || [])].map(range => range.toString())"
    assert page.evaluate(marked) == ["the ferry would sail", "Nobody 😀 complained,", "talks in Oslo"]
    page.keyboard.press("Alt+j")
    page.keyboard.press("Alt+j")
    assert page.evaluate("document.activeElement.textContent") == lines[1]
    page.keyboard.press("Delete")
    assert page.locator(".desk-proposed-go").count() == 2 and page.evaluate(marked) == ["the ferry would sail", "talks in Oslo"]
    page.keyboard.press("Enter")
    assert page.evaluate("getSelection().toString()") == "talks in Oslo"
    assert page.evaluate("document.activeElement.isContentEditable")
    assert Story.objects.get(pk=story.pk).body.raw_data[0]["value"] == before
    assert not page.complaints


def test_whoever_is_proposed_is_known_made_or_asked_for(make_user, signed_in, client, django_user_model):
    def named(name):
        return reporter.post("/desk/proposals/speaker/", {"name": name}).json()

    reporter = signed_in(make_user("Reporters"))
    made = named(" Ada\x00  Holm ")
    assert made == {"id": Person.objects.get().pk, "name": "Ada Holm"} and named("ada holm") == made
    assert named("Holm") == {"unsure": True}, "somebody here is called nearly so"
    for pronoun in ("he", "She", "It", "Elle", "i", ""):
        assert named(pronoun) == {"unsure": True}, pronoun
    for body in ("The ministry", "Officials", "Reuters", "Foreign Ministry", "La police", "harbour officials", "x" * 300):
        assert "id" not in named(body), body
    assert named("ليلى حداد")["id"] and Person.objects.count() == 2
    other = signed_in(django_user_model.objects.create_user("outsider", "", "a-long-password"))
    for browser in (client, other):
        assert browser.post("/desk/proposals/speaker/", {"name": "X Y"}).status_code in (302, 403)
    assert Person.objects.count() == 2
