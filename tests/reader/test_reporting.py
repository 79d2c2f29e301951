"""The form for a mistake: what is taken, what is refused and why, what is held back; and the page only its sender can find."""

from __future__ import annotations

import re
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.delivery.middleware import page_of
from broadsheet.people.models import Publication
from broadsheet.record.reports import actions, senders, taking, tokens
from broadsheet.record.reports.models import Report, SenderKey, SentInHour
from broadsheet.stories.models import Story
from tests.record.test_entries import edit

pytestmark = pytest.mark.django_db


def form(client, story, query=""):
    answer = client.get(f"{story.permalink}report/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, story, *, age=10, token=None, address="203.0.113.9", **fields):
    """Send the form as a browser does that had it open for `age` seconds."""
    token = tokens.issue(story.pk, time.time() - age) if token is None else token
    typed = {"problem": "There were 210.", "kind": "fact", "token": token, **fields}
    return client.post(f"{story.permalink}report/", typed, REMOTE_ADDR=address)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_reader_reports_a_mistake_and_sees_what_came_of_it(client, make_story, editor):
    story = make_story("Ferry sails", body="<p>It sailed at noon with 120 people.</p>")
    assert f'href="{story.permalink}report/"' in client.get(story.permalink).content.decode()
    html = form(client, story, "?passage=with+120+people")
    assert "with 120 people</textarea>" in html and "Ferry sails" in html
    sent = send(client, story, passage="with 120 people", source="www.harbour.example/log", email="ada@example.org")
    assert sent.status_code == 303
    report = Report.objects.get()
    assert (report.state, report.kind, report.source, report.version) == ("open", "fact", "https://www.harbour.example/log", 1)
    at = f"{story.permalink}report/{report.reference}/"
    assert sent["Location"] == at and len(report.reference) == 24
    answer = client.get(at)
    told = words(answer.content.decode())
    assert "Thank you" in told and "There were 210." in told and at in told and "ada@example.org" not in told
    assert answer["X-Robots-Tag"] == "noindex, nofollow" and answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer" and not answer.cookies and not sent.cookies
    actions.answer(report=report, answer="You are right, thank you.", by=editor)
    assert "You are right" in words(client.get(at).content.decode())


def test_of_who_sends_nothing_is_kept(client, make_story):
    send(client, make_story(), address="203.0.113.77", HTTP_USER_AGENT="Browser 1")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "203.0.113.77" not in str(cursor.fetchall()), table
    assert len(SentInHour.objects.get().mark) == 64 and SenderKey.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"problem": "\u200b ?!"}, "Say in a few words what is wrong."),
        ({"problem": ""}, "Say in a few words what is wrong."),
        ({"problem": "x" * 10_000}, "This has 10,000 characters; at most 2,000 are taken."),
        ({"passage": "y" * 1_001}, "This has 1,001 characters"),
        ({"kind": "nonsense"}, "Choose what is wrong."),
        ({"source": "javascript:alert(1)"}, "Give the address of a page"),
        ({"source": "http://[::1"}, "Give the address of a page"),
        ({"email": "ada@@example"}, "This is no e-mail address."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, make_story, typed, told):
    story = make_story()
    fields = {
        "passage": "<b>It</b> sailed",
        "problem": "There were “210”.",
        "source": "https://harbour.example/",
        "email": "ada@example.org",
    }
    answer = send(client, story, **{**fields, **typed})
    html = answer.content.decode()
    assert answer.status_code == 422 and not Report.objects.exists() and told in html
    [name] = typed
    if name != "kind":
        assert f'href="#report-{name}"' in html and f'id="report-{name}-error"' in html and f'report-{name}-error"' in html
        assert 'aria-invalid="true"' in html and html.count('aria-invalid="true"') == 1
    for one, value in {**fields, **typed}.items():
        if one != "kind":
            assert value.replace("<", "&lt;").replace(">", "&gt;") in html
    assert 'role="alert"' in html and "<title>Not sent yet:" in html
    assert "<b>It</b>" not in html


def token_in(html):
    return re.search(r'name="token" value="([^"]+)"', html)[1]


def test_a_form_is_good_once_for_one_story_and_not_for_ever(client, make_story):
    story, other = make_story(), make_story()
    token = tokens.issue(story.pk, time.time() - 60)
    for answer, told in {
        "quick": (send(client, story, age=0), "faster than anybody writes"),
        "old": (send(client, story, age=tokens.OLDEST + 5), "open for too long"),
        "none": (send(client, story, token=""), "open for too long"),
        "another story's": (send(client, other, token=token), "open for too long"),
        "forged": (send(client, story, token=token[:-1] + ("A" if token[-1] != "A" else "B")), "open for too long"),
        "from the future": (send(client, story, age=-500), "faster than anybody writes"),
    }.values():
        assert answer.status_code == 422 and told in answer.content.decode() and "There were 210." in answer.content.decode()
    assert not Report.objects.exists()
    first = send(client, story, token=token)
    again = send(client, story, token=token)
    assert first["Location"] == again["Location"] and Report.objects.count() == 1, "sent twice, it is one report"
    html = send(client, story, token=token, problem="And it was dry.").content.decode()
    assert "sent already" in html and "And it was dry." in html and token_in(html) != token and Report.objects.count() == 1


def test_the_form_shown_again_can_be_sent(client, make_story, monkeypatch):
    story = make_story()
    html = send(client, story, age=tokens.OLDEST + 5).content.decode()
    later = time.time() + 20
    monkeypatch.setattr(time, "time", lambda: later)
    assert send(client, story, token=token_in(html)).status_code == 303


def test_an_address_has_its_share_and_no_more(client, make_story, monkeypatch):
    stories = [make_story() for _ in range(3)]
    for n in range(senders.IN_HOUR):
        assert send(client, stories[n % 3], problem=f"Mistake {n}").status_code == 303
    answer = send(client, stories[0], problem="One more")
    assert answer.status_code == 429 and "came from your connection" in answer.content.decode() and "One more" in answer.content.decode()
    assert send(client, stories[0], problem="Somebody else", address="203.0.113.10").status_code == 303
    # In one line of IPv6 there are more addresses than anybody could count.
    monkeypatch.setattr(senders, "IN_HOUR", 1)
    assert send(client, stories[0], problem="Six", address="2001:db8:1:2::1").status_code == 303
    assert send(client, stories[0], problem="Seven", address="2001:db8:1:2:ffff::9").status_code == 429


def test_a_proxy_of_ours_says_who_asks_and_nobody_else_does(client, make_story, monkeypatch):
    monkeypatch.setattr(senders, "IN_HOUR", 1)
    story = make_story()
    for n, (peer, forwarded, status) in enumerate([
        ("127.0.0.1", "198.51.100.1", 303), ("127.0.0.1", "198.51.100.1", 429), ("127.0.0.1", "198.51.100.2", 303),
        ("127.0.0.1", "6.6.6.6, 198.51.100.2", 429), ("8.8.8.8", "1.1.1.1", 303), ("8.8.8.8", "1.1.1.2", 429),
    ]):  # fmt: skip
        answer = client.post(
            f"{story.permalink}report/",
            {"problem": f"Mistake {n}", "kind": "other", "token": tokens.issue(story.pk, time.time() - 9)},
            REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded,
        )  # fmt: skip
        assert answer.status_code == status, (peer, forwarded)


def test_a_story_and_a_day_have_their_bounds(client, make_story, monkeypatch):
    monkeypatch.setattr(taking, "OF_STORY", 2)
    monkeypatch.setattr(taking, "USUAL", 3)
    monkeypatch.setattr(taking, "MOST", 4)
    one, other = make_story(), make_story()
    assert [send(client, one, problem=f"{n}").status_code for n in range(3)] == [303, 303, 429]
    assert [send(client, other, problem=f"{n}").status_code for n in range(3)] == [303, 303, 429]
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == ["open", "open", "open", "quarantined"]


@pytest.mark.parametrize(
    ("typed", "suspicion"),
    [
        ({"website": "http://spam.example"}, "trap"),
        ({"problem": "http://a.example http://b.example www.c.example"}, "links"),
        ({"problem": "[url=x]a[/url] [url=y]b[/url] <a href=z>c</a>"}, "links"),
    ],
)
def test_what_looks_like_spam_is_held_back_and_not_dropped(client, make_story, typed, suspicion):
    story = make_story()
    answer = send(client, story, **typed)
    report = Report.objects.get()
    assert (report.state, report.suspicion) == ("quarantined", suspicion)
    told = client.get(answer["Location"]).content.decode()
    assert "Thank you" in told, "whoever sent it is not told what gave it away"


def test_the_same_is_one_case_with_a_page_for_each(client, make_story, editor):
    story = make_story()
    first = send(client, story, problem="There were 210.")
    second = send(client, story, problem=" there  WERE 210.", address="203.0.113.50")
    assert first["Location"] != second["Location"]
    case, folded = Report.objects.order_by("pk")
    assert folded.same_as == case
    actions.dismiss(report=case, reason="no_mistake", answer="We counted again.", by=editor)
    for address in (first["Location"], second["Location"]):
        told = words(client.get(address).content.decode())
        assert "We counted again." in told and "found no mistake" in told


HOSTILE = [
    "a\x00b",
    "\u202egnorw\u202c",
    "\ud7ff\ufffe",
    "<script>alert(1)</script>",
    "{{ page }}{% now %}",
    "'; DROP TABLE record_report;--",
    "🐟" * 900,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(client, make_story, text):
    story = make_story()
    sent = send(client, story, problem=f"Look: {text}", passage=text)
    assert sent.status_code == 303
    html = client.get(sent["Location"]).content.decode()
    assert "<script>alert" not in html and "\x00" not in html and "\u202e" not in html
    assert "\x00" not in Report.objects.get().problem and "\u202e" not in Report.objects.get().problem


def test_bytes_that_are_no_text_and_bodies_that_are_no_form(client, make_story):
    story = make_story()
    at, token = f"{story.permalink}report/", tokens.issue(story.pk, time.time() - 9)
    form_type = "application/x-www-form-urlencoded"
    sent = client.generic("POST", at, f"kind=fact&problem=%ff%fe%00x&token={token}".encode(), content_type=form_type)
    assert sent.status_code == 303 and "\ufffd" in Report.objects.get().problem
    for body, content_type in (
        (b"{}", "application/json"),
        (b"\xff" * 50, form_type),
        (b"x", "multipart/form-data; boundary=y"),
        (b"a=1", f"{form_type}; charset=utf-16"),
    ):
        assert client.generic("POST", at, body, content_type=content_type).status_code in (400, 422)
    assert client.generic("POST", at, b"x" * (256 * 1024 + 1), content_type=form_type).status_code == 413
    assert client.generic("PUT", at, b"x").status_code == 405
    many = "&".join(f"a{n}=1" for n in range(20_100))
    assert client.generic("POST", at, many.encode(), content_type=form_type).status_code == 400


@pytest.mark.parametrize(
    "charset", ["rot13", "hex", "undefined", "idna", "zlib", "utf-7", "unicode_escape", "punycode", "utf-16", "nothing"]
)
def test_whatever_charset_a_request_names_the_form_is_ours(client, make_story, charset):
    story = make_story()
    token = tokens.issue(story.pk, time.time() - 10)
    typed = {"problem": "It was \\ud800 +2AA- Größe.", "kind": "fact", "token": token}
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in typed.items())
    answer = client.generic(
        "POST", f"{story.permalink}report/", f"{parts}--x--\r\n".encode(), f"multipart/form-data; boundary=x; charset={charset}"
    )
    assert answer.status_code == 303 and Report.objects.get().problem == typed["problem"]


def test_another_site_cannot_make_a_browser_send_it(client, make_story):
    story = make_story()
    for header in ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}):
        token = tokens.issue(story.pk, time.time() - 9)
        answer = client.post(f"{story.permalink}report/", {"problem": "x", "kind": "fact", "token": token}, **header)
        assert answer.status_code == 403
    for header in ("http://[", "http://[::1", "http://a\u2100b", "http://127.0.0.1@evil.example", "127.0.0.1", "://"):
        assert client.post(f"{story.permalink}report/", {"problem": "x"}, HTTP_ORIGIN=header).status_code == 403, header
    browser = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert send(browser, story).status_code == 303, "no cookie is needed"


def test_of_a_story_that_is_not_public_nothing_is_told(client, make_story):
    draft, live = make_story("Draft", slug="draft", live=False), make_story("Ferry sails", slug="ferry")
    sent = send(client, live)
    assert client.get("/news/draft/report/").status_code == client.get("/news/nothing/report/").status_code == 404
    assert client.post("/news/draft/report/", {"problem": "x"}).status_code == 405 and draft.permalink is None
    Story.objects.get(pk=live.pk).unpublish()
    for address in (f"{live.permalink}report/", sent["Location"]):
        answer = client.get(address)
        assert answer.status_code == 410 and "Ferry sails" not in answer.content.decode() and "210" not in answer.content.decode()
    assert send(client, live).status_code == 410 and Report.objects.count() == 1


def test_a_reference_belongs_to_its_story(client, make_story):
    one, other = make_story(), make_story()
    reference = send(client, one)["Location"].rstrip("/").rpartition("/")[2]
    assert client.get(f"{other.permalink}report/{reference}/").status_code == 404
    assert client.get(f"{one.permalink}report/{'A' * 24}/").status_code == 404


def test_the_publication_can_switch_it_off(client, make_story):
    story = edit(make_story(), change_kind="correction", change_wrong="Not at noon.", change_note="At one.")
    sent = send(client, story)
    assert client.get(story.permalink).content.decode().count(f'href="{story.permalink}report/"') == 3
    assert f'href="{story.permalink}report/"' in client.get(f"{story.permalink}changes/").content.decode()
    Publication.objects.update(take_reports=False)
    for page in (story.permalink, f"{story.permalink}changes/"):
        assert "report/" not in client.get(page).content.decode()
    assert client.get(f"{story.permalink}report/").status_code == 404 and send(client, story).status_code == 405
    assert client.get(sent["Location"]).status_code == 200, "what was sent before is still answered"


def test_a_correction_leads_back_from_the_readers_page(client, make_story, editor):
    story = make_story()
    sent = send(client, story)
    edit(
        story,
        "<p>It sailed at one.</p>",
        change_kind="correction",
        change_wrong="Not at noon.",
        change_note="It sailed at one.",
        change_report=Report.objects.get().pk,
    )
    report = Report.objects.get()
    assert (report.state, report.corrected_by) == ("corrected", 2)
    assert Story.objects.get(pk=story.pk).change_report is None
    html = client.get(sent["Location"]).content.decode()
    assert "Corrected. Thank you." in html and f'href="{story.permalink}changes/#version-2"' in html and "It sailed at one." in html


def test_neither_page_is_ever_stored(client, make_story):
    story = make_story()
    assert page_of(client.get(story.permalink)) is not None
    sent = send(client, story)
    for answer in (client.get(f"{story.permalink}report/"), send(client, story, problem=""), sent, client.get(sent["Location"])):
        assert page_of(answer) is None and "no-cache" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]


def test_what_is_asked_of_the_database(client, make_story):
    story = make_story()
    send(client, story)
    for address in (f"{story.permalink}report/", f"{story.permalink}report/{Report.objects.get().reference}/"):
        client.get(address)
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(address)
            counts.append(len(asked))
            for _ in range(3):
                send(client, story, problem=f"Another {counts} {_}")
        assert counts[0] == counts[1] <= 9, [one["sql"][:120] for one in asked]


@pytest.mark.parametrize("language", ["ar", "bn", "de", "es", "fa", "fr", "hi", "id", "ja", "pt", "ru", "tr", "ur", "zh-Hans"])
def test_it_speaks_the_language_of_the_publication(client, make_story, language):
    story = make_story()
    Publication.objects.update(language=language)
    html = send(client, story, problem="").content.decode()
    for english in ("Report a mistake", "What is wrong", "Send to the desk", "Say in a few words", "Not sent yet", "Spelling"):
        assert english not in html
    assert f'dir="{"rtl" if language in ("ar", "fa", "ur") else "ltr"}"' in html
