"""Behind the editor's form: people made on the spot, events found again, plans that have passed."""

from __future__ import annotations

import datetime as dt
import json
from uuid import uuid4

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from broadsheet.ops.record_links import links
from broadsheet.people.models import Person
from broadsheet.record import copies, marks
from broadsheet.record.marks import EventSaid, Mark, SourceSaid

pytestmark = pytest.mark.django_db


def planned(what="Summit", **fields):
    return Mark(event=EventSaid(str(uuid4()), what, **{"date": "2020-01", "state": "planned"} | fields))


def body(mark):
    return f"<p>The {marks.tag(mark)}words</mark>.</p>"


def test_whoever_writes_makes_a_speaker_a_person_without_a_page(make_user, signed_in, client):
    reporter = signed_in(make_user("Reporters"))
    made = reporter.post("/desk/speakers/new/", {"name": "  Ada   Holm "}).json()
    person = Person.objects.get(pk=made["id"])
    assert (made["name"], person.kind, person.public_role) == ("Ada Holm", "speaker", "")
    assert reporter.post("/desk/speakers/new/", {"name": "ada holm"}).json()["id"] == person.pk
    assert reporter.post("/desk/speakers/new/", {"name": " "}).status_code == 400
    assert client.get("/people/ada-holm/").status_code == 404
    assert client.post("/desk/speakers/new/", {"name": "X"}).status_code in (302, 403)


@pytest.mark.parametrize(
    ("link", "kept"),
    [({"url": "https://a.example/"}, 'href="https://a.example/"'), ({"id": 3, "linkType": "page"}, 'id="3"'), ({"url": 5}, ""), ([], ""),
     ({"id": "x", "linkType": "page"}, ""), ({"id": True, "linkType": "page"}, ""), ({"id": 10**30, "linkType": "page"}, ""), ({"url": "javascript:a()"}, "<a>")],
)  # fmt: skip
def test_a_marked_link_can_be_published_whatever_was_sent(make_story, link, kept):
    data = {"says": marks.write(planned()), "link": link}
    block = {
        "key": "a",
        "text": "words",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
    }
    sent = {"blocks": [block], "entityMap": {"0": {"type": "MARK", "mutability": "MUTABLE", "data": data}}}
    html = ContentstateConverter(features=["mark", "link"]).to_database_format(json.dumps(sent))
    assert kept in html and ("<a" in html) == bool(kept) and "javascript" not in html
    assert make_story(body=html).live


def test_an_event_is_found_as_it_was_told_last(make_user, signed_in, make_story):
    first = planned("Straits Summit")
    make_story(body=body(first))
    make_story(body=body(planned("Straits Summit off", state="cancelled", same=first.event.id)))
    make_story(body=body(planned("Straits secret")), live=False)
    found = signed_in(make_user("Reporters")).get("/desk/find-events/", {"q": "strai"}).json()["items"]
    assert [(one["id"], one["name"]) for one in found] == [(first.event.id, "Straits Summit off")]


def test_plans_that_passed_wait_until_a_story_tells_how_they_went(make_user, signed_in, make_story):
    passed = planned("Passed <b>")
    story = make_story("The plan", body=body(passed))
    make_story(body=body(planned("To come", date=f"{dt.date.today().year + 1}")))
    desk = signed_in(make_user("Editors"))
    html = desk.get("/desk/reports/planned/").content.decode()
    assert "Passed &lt;b&gt;" in html and f"/desk/pages/{story.pk}/edit/" in html and "To come" not in html
    make_story(body=body(planned("Passed", state="held", same=passed.event.id)))
    assert "There are none." in desk.get("/desk/reports/planned/").content.decode()


def test_lost_sources_are_reported_with_the_stories_that_cite_them(make_story, capsys):
    story = make_story("Cites it", body=body(Mark(SourceSaid(str(uuid4()), url="https://lost.example/a"))))
    assert links([]) == 0

    def gone(url):
        raise copies.NotThere("is answered with 404")

    copies.check("https://lost.example/a", fetch=gone)
    capsys.readouterr()
    assert links([]) == 1
    out = capsys.readouterr().out
    assert "https://lost.example/a" in out and "answered with 404; never seen" in out and story.permalink in out
