"""What readers and machines are shown of sources, statements and events, and what they are not."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from uuid import uuid4

import pytest
from django.utils import timezone

from broadsheet.delivery import purging
from broadsheet.delivery.rendering import render
from broadsheet.delivery.verifying import verify
from broadsheet.people.models import Person
from broadsheet.reader.evidence import in_words, sources_of, with_references
from broadsheet.record import copies, marks
from broadsheet.record.checking import _Reader
from broadsheet.record.evidence import Event, Source, Statement, WebCopy
from broadsheet.record.marks import EventSaid, Mark, Range, SourceSaid, StatementSaid
from broadsheet.stories.actions import merge_people, merge_topics
from broadsheet.stories.marking import Evidence, marks_in
from broadsheet.stories.models import StaticPage, Story, Topic
from broadsheet.syndication import statements
from tests.reader.test_stale import again, publish, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return Person.objects.create(name="Ada Holm", slug="ada-holm", kind="speaker", public_role="Minister of harbours")


@pytest.fixture
def sea(db):
    return Topic.objects.create(name="Sea", slug="sea", promoted=True)


def source(**fields):
    return SourceSaid(str(uuid4()), **{"kind": "document", "title": "Harbour accounts", "url": "https://harbour.example/q3"} | fields)


def said(speaker, source=None, **fields):
    return Mark(source, StatementSaid(str(uuid4()), speaker, **{"name": "Ada Holm", "role": "minister", "date": "2026-11-24"} | fields))


def event(what="Summit", **fields):
    return Mark(event=EventSaid(str(uuid4()), what, **{"date": "2026-12", "state": "planned"} | fields))


def marked(mark, words="We will sail"):
    return f"<p>“{marks.tag(mark)}{words}</mark>”.</p>"


def things(html):
    return [json.loads(found) for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)]


def test_a_story_leads_to_its_sources_and_back_without_script(client, make_story, ada):
    accounts, hidden = source(), source(kind="anonymous", title="", url="", reason="she would lose <her> post")
    story = make_story(body=marked(said(ada.pk, accounts)) + marked(Mark(hidden), "No money") + marked(Mark(accounts), "Some money"))
    html = client.get(story.permalink).content.decode()
    assert re.findall(r'<sup class="reference"><a id="([^"]+)" href="#([^"]+)"', html) == [
        ("cite-1", "source-1"), ("cite-2", "source-2"), ("cite-1-2", "source-1"),
    ]  # fmt: skip
    assert html.count('id="source-1"') == 1 and '<a href="#cite-1" role="doc-backlink"' in html and '<a href="#cite-1-2"' in html
    assert "Not named: she would lose &lt;her&gt; post" in html
    assert 'id="statement-1"' in html and 'href="https://harbour.example/q3"' in html
    plain = make_story(body="<p>We will sail.</p>")
    assert 'class="sources"' not in client.get(plain.permalink).content.decode()
    for address in (f"{story.permalink}text/", "/feed/"):
        answer = client.get(address).content.decode()
        assert "We will sail" in answer and "data-says" not in answer and "reference" not in answer


def test_a_speaker_has_a_page_once_an_editor_says_so(client, make_story, ada):
    quiet = Person.objects.create(name="Bo Lind", slug="bo-lind", kind="speaker")
    make_story("Later", body=marked(said(ada.pk, date="2026-11-24"), "Second <thing>".replace("<", "&lt;")))
    make_story(
        "Earlier",
        body=marked(said(ada.pk, role="opposition speaker", date="2019", quoted=False), "First thing")
        + marked(said(quiet.pk, name="Bo Lind")),
    )
    make_story("Draft", body=marked(said(ada.pk), "Third thing"), live=False)
    html = client.get("/people/ada-holm/").content.decode()
    assert html.index("Second &lt;thing&gt;") < html.index("First thing") and "Third thing" not in html
    assert "as opposition speaker" in html and "In other words" in html and "Minister of harbours" in html
    assert client.get("/people/ada-holm/said/").status_code == 200
    assert [client.get(f"/people/bo-lind/{path}").status_code for path in ("", "said/", "statements.json")] == [404] * 3
    ada.public_role = ""
    ada.save()
    assert [client.get(f"/people/ada-holm/{path}").status_code for path in ("", "said/", "statements.json")] == [404] * 3
    story = Story.objects.get(title="Later")
    assert "/people/ada-holm/" not in "".join(map(json.dumps, things(client.get(story.permalink).content.decode())))


def test_a_timeline_tells_what_was_told_last(client, make_story, sea):
    summit = event()
    make_story(
        "Summit planned",
        body=marked(summit, "the summit") + marked(event("First talks", date="2024-03", state="held"), "talks"),
        topics=[sea],
    )
    make_story("Elsewhere", body=marked(event("Another"), "another"))
    make_story(
        "Summit off", body=marked(event("The summit", date="2026-12-04", state="cancelled", same=summit.event.id), "off"), topics=[sea]
    )
    html = client.get("/topics/sea/").content.decode()
    section = html[html.index('class="timeline"') : html.index("</section>", html.index('class="timeline"'))]
    assert re.findall(r'class="event event-(\w+)"', section) == ["held", "cancelled"]
    assert section.index("March 2024") < section.index("December 4, 2026") and "Another" not in section
    assert section.count("<li><a href=") == 3, "the reporting behind each"


def test_machines_are_told_who_said_what(client, make_story, ada, sea):
    story = make_story(
        body=marked(said(ada.pk, source(), place="Port Salen")) + marked(said(ada.pk, quoted=False), "it will") + marked(event("Summit", place="Oslo"), "summit"),
        topics=[sea],
    )  # fmt: skip
    article = next(one for one in things(client.get(story.permalink).content.decode()) if one["@type"] == "NewsArticle")
    quotation, claim = article["hasPart"]
    assert (quotation["@type"], quotation["text"], quotation["spokenByCharacter"]["name"]) == ("Quotation", "We will sail", "Ada Holm")
    assert (claim["@type"], claim["author"]["jobTitle"]) == ("Claim", "minister")
    assert [one["url"] for one in article["citation"]] == ["https://harbour.example/q3"]
    assert article["about"][0]["eventStatus"] == "https://schema.org/EventScheduled"
    for base in ("/people/ada-holm", "/topics/sea", story.permalink.rstrip("/")):
        told = client.get(f"{base}/statements.json").json()
        assert [one["text"] for one in told["statements"]] == ["it will", "We will sail"] and told["next"] is None
        rows = list(csv.DictReader(io.StringIO(client.get(f"{base}/statements.csv").content.decode())))
        assert [row["quoted"] for row in rows] == ["false", "true"] and rows[1]["source_title"] == "Harbour accounts"


def test_statements_come_page_by_page(client, make_story, ada, monkeypatch):
    monkeypatch.setattr(statements, "PER_PAGE", 2)
    make_story(body="".join(marked(said(ada.pk, date=f"2026-11-{day}"), f"=Said {day}") for day in (10, 11, 12)))
    first = client.get("/people/ada-holm/statements.json")
    told = first.json()
    assert [one["date"] for one in told["statements"]] == ["2026-11-12", "2026-11-11"] and told["next"] in first.headers["Link"]
    rest = client.get(
        told["next"].partition("example.test")[2]
        or told["next"].partition("://")[2].partition("/")[1] + told["next"].partition("://")[2].partition("/")[2]
    )
    assert [one["date"] for one in rest.json()["statements"]] == ["2026-11-10"]
    assert "'=Said 12" in client.get("/people/ada-holm/statements.csv").content.decode(), "no spreadsheet takes it for a formula"
    assert client.get("/people/ada-holm/statements/2026-13-01-1.json").status_code == 404
    # Whoever asks for any other place gets what is behind it, but does not fill the disk with pages: there are more than it could hold.
    at = told["next"].partition("://")[2].partition("/")[2]
    assert render(f"/{at}") and not render("/people/ada-holm/statements/2026-11-12-1.json")
    assert client.get("/people/ada-holm/statements/2026-11-12-1.json").status_code == 200
    assert client.get("/people/ada-holm/statements/2026-11-12-9.json").status_code == 404, "nothing is behind it"
    day, pk = re.search(r"/(2026-11-1\d)-(\d+)\.json$", at).groups()
    for spelt in (f"0{pk}", "".join(chr(0x660 + int(digit)) for digit in pk), "0"):
        assert client.get(f"/people/ada-holm/statements/{day}-{spelt}.json").status_code == 404, "one place has one address"


def test_where_statements_go_on_is_told_by_nothing_that_only_this_database_has(client, make_story, ada, monkeypatch):
    monkeypatch.setattr("broadsheet.reader.evidence.PER_PAGE", 2)
    monkeypatch.setattr(statements, "PER_PAGE", 2)
    for story in range(2):
        make_story(body="".join(marked(said(ada.pk, date="2026-11-10"), f"Said {story}{n}.") for n in range(3)))
    seen, at = [], "/people/ada-holm/said/"
    while at:
        html = client.get(at).content.decode()
        seen += re.findall(r"Said (\d\d)\.", html.partition("<main")[2])
        at = next((a.replace("&amp;", "&") for a in re.findall(r'href="(/people/ada-holm/said/\?before=[^"]+)"', html)), "")
        assert not at or re.search(r"=2026-11-10(~|%7E)[24]$", at)
    assert seen == ["12", "11", "10", "02", "01", "00"]
    told, asked = client.get("/people/ada-holm/statements.json").json(), []
    while told["next"]:
        asked.append("/" + told["next"].partition("://")[2].partition("/")[2])
        told = client.get(asked[-1]).json()
    assert asked == [f"/people/ada-holm/statements/2026-11-10-{n}.json" for n in (2, 4)] and all(map(render, asked))


def test_thousands_of_marks_are_told_in_one_go(front):
    from broadsheet.reader import frame

    many = [Mark(source()) for _n in range(3000)]
    evidence = Evidence.of("x" * 6001, [Range(2 * n, 2 * n + 1, mark) for n, mark in enumerate(many)])
    assert [sign[2] for sign in evidence.signs] == list(range(1, 3001))
    told = sources_of(Story(), evidence.signs, frame.build("/"), evidence)
    assert len(told) == 3000 and told[-1].number == "3000"


def test_labels_are_one_line_with_details(client, make_story):
    story = make_story(paid_by="Salen <Line>", ai_tool="a translation model", ai_part="The interview.", ai_review="Ingrid")
    html = client.get(story.permalink).content.decode()
    assert "<summary>Paid for by Salen &lt;Line&gt;</summary>" in html
    assert '<summary>Made with the help of AI: a translation model</summary><p dir="auto">The interview. Checked by Ingrid.</p>' in html


@pytest.mark.parametrize("path", ["/", "/latest/", "/news/", "/search/?q=cruise", "/archive/"])
def test_who_paid_is_told_wherever_the_story_is_met(client, make_story, path):
    make_story("A cruise in summer", kind="opinion", paid_by="Salen <Line>")
    make_story("Another cruise", kind="opinion")
    html = client.get(path if path != "/archive/" else f"/archive/{timezone.now():%Y/%m/%d}/").content.decode()
    assert html.count("A cruise in summer") and html.count("Another cruise")
    assert '<span class="label">Paid for by Salen &lt;Line&gt;</span>' in html and '<span class="label">Opinion</span>' in html


def test_readers_are_told_when_a_source_was_last_seen(client, make_story):
    story = make_story(body=marked(Mark(source())))
    copy = WebCopy.objects.get()
    assert (copy.taken, copy.watched) == (None, True)
    got = copies.Got("d1", "The accounts.")
    assert copies.check(copy.url, fetch=lambda url: got).text == "The accounts."
    assert "Last seen" in client.get(story.permalink).content.decode()

    def gone(url):
        raise copies.NotThere("is answered with 404")

    lost = copies.check(copy.url, fetch=gone)
    assert (lost.failures, lost.text, list(copies.rotten())) == (1, "The accounts.", [lost])
    assert "No longer there; last seen" in client.get(story.permalink).content.decode()
    assert copies.check(copy.url, fetch=lambda url: copies.Got("d2", "Other accounts.")).altered
    WebCopy.objects.update(failures=100)
    assert copies.check(copy.url, fetch=gone).failures == 101, "after years, too, it is looked for again"
    Story.objects.get(pk=story.pk).unpublish()
    assert copies.check(copy.url, fetch=gone) is None and not WebCopy.objects.get().watched, "nobody cites it any more"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/x", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.8/"]
)
def test_no_private_machine_is_asked(url):
    with pytest.raises(copies.NotThere, match="not a public address"):
        copies.get(url, resolve=lambda host, port: ["127.0.0.1"] if host == "localhost" else [host.strip("[]")])


@pytest.mark.parametrize("piece", ["<b id=1></i>", "<svg><a></z>", "<!--", "<script>", "<", "&#x41"])
def test_no_page_of_others_holds_the_worker_up(piece):
    started = time.process_time()
    copies._text((piece * (1_000_000 // len(piece))).encode(), "text/html")
    assert time.process_time() - started < 4


def test_what_others_send_is_a_text_that_can_be_kept():
    page = b"<title>T</TITLE><p>Hi &lt;b&gt; <b>you</b><br>there\x00\x0b</p><SCRIPT>a<b</script>end &amp; 3 < 4<!-- no -->"
    assert copies._text(page, "text/html") == "Hi <b> you\nthere\nend & 3 < 4"
    assert copies._text("Größe".encode("latin-1"), "text/plain; charset=ISO-8859-1") == "Größe"
    assert copies._text("<meta charset='windows-1251'><p>Паром</p>".encode("cp1251"), "text/html") == "Паром"
    # Not text, or with halves of characters that no database takes; the first decoder needs hours for some megabytes.
    for charset in ("punycode", "utf-7", "unicode_escape", "idna", "hex", "nothing"):
        assert copies._text(rb"a-+2AA-\ud800\x00", f"text/plain; charset={charset}") == r"a-+2AA-\ud800\x00"


@pytest.mark.parametrize(
    ("date", "language", "shown"),
    [("2026", "en", "2026"), ("2026-11", "en", "November 2026"), ("2026-11-24", "en-GB", "24 November 2026"), ("2026-11-24T18:30", "en-GB", "24 November 2026, 18:30"),
     ("2026-11", "fr", "Novembre 2026"), ("", "en", "")],
)  # fmt: skip
def test_a_date_is_told_at_its_precision(date, language, shown):
    assert in_words(date, language) == shown


def test_references_stand_behind_the_words():
    html = with_references("<p>One two.</p>", [[3, "statement", 1], [6, "source", 1]], "en")
    assert html.startswith('<p><span id="statement-1"></span>One<sup class="reference"><a id="cite-1" href="#source-1"') and html.endswith(
        "</sup> two.</p>"
    )


def test_no_page_is_stale(make_story, ada, sea):
    make_story("There is always one")
    one = make_story("One", body=marked(said(ada.pk, source())), topics=[sea])
    other = make_story("Other", body=marked(event("Summit")), topics=[sea])
    paths = [one.permalink, other.permalink, "/people/ada-holm/", "/people/ada-holm/said/", "/topics/sea/", "/people/ada-holm/statements.json",
             "/topics/sea/statements.csv", f"{one.permalink}statements.json"]  # fmt: skip
    writes = {
        "a statement more": lambda: publish(again(Story, other.pk), body=[("text", marked(said(ada.pk), "And back"))]),
        "another role": lambda: save(again(Person, ada.pk), public_role="Senator"),
        "a source seen": lambda: copies.check("https://harbour.example/q3", fetch=lambda url: copies.Got("d", "text")),
        "another name": lambda: save(again(Person, ada.pk), name="Ada Berg"),
        "a topic's name": lambda: save(again(Topic, sea.pk), name="The sea"),
        "a headline": lambda: publish(again(Story, one.pk), title="One more"),
        "a merged topic": lambda: merge_topics(topic=Topic.objects.create(name="Seas", slug="seas"), into=again(Topic, sea.pk), by=None),
        "a merged speaker": lambda: merge_people(
            person=Person.objects.create(name="A. Holm", slug="a-holm"), into=again(Person, ada.pk), by=None
        ),
        "no role": lambda: save(again(Person, ada.pk), public_role=""),
        "a role again": lambda: save(again(Person, ada.pk), public_role="Judge"),
        "no topic": lambda: publish(again(Story, one.pk), topics=[]),
        "withdrawn": lambda: again(Story, other.pk).unpublish(),
        "deleted": lambda: again(Story, one.pk).delete(),
    }
    purging.carry_out()
    for what, write in writes.items():
        for path in paths:
            if purging.shelf().store.read(path) is None:
                render(path)
        assert not [difference for _path, difference in verify() if difference], f"before: {what}"
        write()
        purging.carry_out()
        assert not [difference for _path, difference in verify() if difference], what
    assert purging.shelf().store.read("/people/ada-holm/said/") is None


def test_the_numbers_of_sources_are_no_part_of_what_the_record_is_checked_against(client, make_story, ada):
    plain, sourced = make_story(body="<p>“We will sail”.</p>"), make_story(body=marked(said(ada.pk, source())))
    read = []
    for story in (plain, sourced):
        reader = _Reader()
        reader.feed(client.get(story.permalink).content.decode())
        read.append(" ".join("".join(reader.parts["story-body"]).split()))
    assert read[0] == read[1] == "“We will sail”."


def stored(path):
    assert render(path)
    return purging.shelf().store.read(path).body.decode()


def test_a_page_beside_the_news_has_its_sources_too(client, front, ada, make_story, sea):
    accounts = source()
    page = front.add_child(
        instance=StaticPage(
            title="Ethics", slug="ethics", body=[("text", marked(said(ada.pk, accounts)) + marked(event("Summit"), "summit"))]
        )
    )
    page.save_revision().publish()
    make_story("There is always one")
    purging.carry_out()
    html = stored("/ethics/")
    assert re.findall(r'<sup class="reference"><a id="([^"]+)" href="#([^"]+)"', html) == [("cite-1", "source-1")]
    assert html.count('id="source-1"') == 1 and 'href="https://harbour.example/q3"' in html and "data-says" not in html
    assert '<a href="#cite-1" role="doc-backlink"' in html
    # What is said beside the news is no report: nobody's list and no timeline has it.
    assert not Statement.objects.exists() and not Event.objects.exists() and Source.objects.get().story == page.pk
    assert client.get("/people/ada-holm/said/").status_code == 404
    assert copies.check("https://harbour.example/q3", fetch=lambda url: copies.Got("d", "text")).seen
    purging.carry_out()
    assert "Last seen" in stored("/ethics/")
    assert not [difference for _path, difference in verify() if difference]
    # Two of the same marks are two: one in a story that was copied from the page is the story's.
    story = make_story()
    publish(again(Story, story.pk), body=[("text", marked(said(ada.pk, accounts)))])
    assert {one.source.id for one in marks_in(again(Story, story.pk).body)} != {accounts.id}
    again(StaticPage, page.pk).unpublish()
    assert not Source.objects.filter(story=page.pk).exists()
    again(StaticPage, page.pk).get_latest_revision().publish()
    assert Source.objects.filter(story=page.pk).count() == 1
    again(StaticPage, page.pk).delete()
    assert not Source.objects.filter(story=page.pk).exists()


def test_a_preview_of_such_a_page_has_them_before_it_is_public(front, editor_client, ada):
    page = front.add_child(instance=StaticPage(title="Ethics", slug="ethics", live=False, body=[("text", marked(said(ada.pk, source())))]))
    page.save_revision()
    html = editor_client.get(f"/desk/pages/{page.pk}/view_draft/").content.decode()
    assert 'href="#source-1"' in html and 'id="source-1"' in html and not Source.objects.exists()


def test_roles_are_told_in_the_order_in_which_they_were_held(client, make_story, ada):
    make_story(
        body=marked(said(ada.pk, role="minister", date="2025-01")) + marked(said(ada.pk, role="minister", date="2026-03-02"), "Again")
    )
    make_story(body=marked(said(ada.pk, role="opposition speaker", date="2019"), "Not yet") + marked(said(ada.pk, role=""), "Now"))
    for path in ("/people/ada-holm/", "/people/ada-holm/said/"):
        html = client.get(path).content.decode()
        roles = html[html.index('class="roles"') :].partition("</ol>")[0]
        assert re.findall(r"<li><bdi>(.*?)</bdi> .*?<bdi>(.*?)</bdi>", roles) == [("opposition speaker", "2019"), ("minister", "2025–2026")]
    assert 'class="roles"' not in client.get("/people/ada-holm/said/?before=2026-01-01~1").content.decode()


@pytest.mark.parametrize("sign", "＝＋－＠")
def test_no_spreadsheet_takes_wide_signs_for_a_formula(sign):
    from broadsheet.syndication.statements import _cell

    assert _cell(f"{sign}1") == f"'{sign}1"
