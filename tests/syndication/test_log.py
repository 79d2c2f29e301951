"""The record's log over HTTP, and the program with which a reader checks a story."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection
from wagtail.contrib.redirects.models import Redirect

from broadsheet.ops import record as commands
from broadsheet.people.models import Person
from broadsheet.record import log, triggers
from broadsheet.record.actions import blank
from broadsheet.record.keeping import keep_up
from broadsheet.record.models import Change
from broadsheet.record.proving import bundle, unbundle
from broadsheet.stories.models import Galley, Story
from tests.record.test_entries import edit
from tests.record.test_log import enter, folder

pytestmark = pytest.mark.django_db


def test_the_files_are_given_out_as_they_lie_there(client, make_story):
    edit(make_story())
    keep_up()
    for path, kind, kept in (
        ("checkpoint", "text/plain; charset=utf-8", "max-age=1,"), ("keys", "text/plain; charset=utf-8", "max-age=1,"),
        ("tile/0/000.p/2", "application/octet-stream", "immutable"), ("tile/entries/000.p/2", "application/octet-stream", "immutable"),
    ):  # fmt: skip
        answer = client.get(f"/record/{path}")
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, (folder() / path).read_bytes(), kind)
        assert kept in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    for path in (
        "tile/0/001",
        "tile/0/000.p/3",
        "tile/0/000",
        "2/checkpoint",
        "tile/../../../record/key.1",
        "tile/%2e%2e/keys",
        "tile/0/000.p/",
        "signed",
        "key.1",
        "lock",
    ):
        assert client.get(f"/record/{path}").status_code == 404, path


def test_what_a_tile_was(client, db):
    enter(30)
    keep_up()
    was = {kind: (folder() / f"tile/{kind}/000.p/30").read_bytes() for kind in ("0", "entries")}
    enter(10, story=50)
    keep_up()
    shutil.rmtree(log.files())
    keep_up()
    assert not (folder() / "tile/0/000.p/30").exists()
    assert {kind: client.get(f"/record/tile/{kind}/000.p/30").content for kind in was} == was
    # And when it has become full.
    enter(300, story=100)
    keep_up()
    assert {kind: client.get(f"/record/tile/{kind}/000.p/30").content for kind in was} == was
    assert client.get("/record/tile/0/000.p/256").status_code == client.get("/record/tile/0/001.p/200").status_code == 404


def test_a_story_tells_its_text_and_salt_while_it_is_public(client, make_story, editor):
    story = edit(make_story())
    asked = f"/record/of{story.permalink}"
    assert client.get(asked).json()["waiting"] is True
    keep_up()
    told = client.get(asked).json()
    assert (
        told["places"] == [0, 1]
        and told["waiting"] is False
        and json.loads(told["text"])["body"] == "It sailed at one."
        and len(told["salt"]) == 32
    )
    assert "at noon" not in client.get(asked).content.decode()
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.title = "Not yet"
    draft.save_revision()
    assert "Not yet" not in client.get(asked).content.decode()
    blank(story=story.pk, numbers=[2], reason="legal", by=editor)
    assert client.get(asked).status_code == 404
    other = make_story()
    assert client.get(f"/record/of{other.permalink}").status_code == 200
    other.unpublish()
    assert client.get(f"/record/of{other.permalink}").status_code == 404
    for path in ("/", "/no/", "//", "", story.get_url(), make_story(live=False).get_url()):
        assert client.get(f"/record/of{path}").status_code == 404, path


@pytest.fixture
def site(live_server, settings, front, make_story):
    """A site that runs, with three stories, one of them with everything that stands in or beside a text."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    people = [Person.objects.create(name=name, slug=slug) for name, slug in (("Ada Holm", "ada"), ("Åse “Q” Berg & Sons", "ase"))]
    body = (
        "<h2>What the tide allows</h2><p>It sailed <b>at</b> noon<br/>with 40 &amp; more.</p><ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>"
        '<blockquote>“We counted the days”</blockquote><p>See <a href="/news/">the news</a>.</p>'
    )
    made = [
        make_story("Ferry “sails” & <returns>", body=body, dateline="Halden", standfirst="On time, for once.", people=people, kind="opinion"),
        make_story("Ferry two"), make_story("الميناء القديم", body="<p>في الصباح الأول وقف الصيادون.</p>", language="ar"),
    ]  # fmt: skip
    made[1] = edit(made[1], "<p>It sailed at one.</p>")
    keep_up()
    return made


def run(tmp_path, live_server, url, *arguments):
    program = tmp_path / "verify.py"
    if not program.exists():
        import urllib.request

        with urllib.request.urlopen(f"{live_server.url}/record/verify.py") as answer:
            program.write_bytes(answer.read())
    done = subprocess.run(
        [sys.executable, "-I", str(program), url, *arguments], capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]}
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_reader_checks_a_story_with_one_file(site, live_server, tmp_path):
    # What is told of a correction above the text is no part of it.
    draft = Story.objects.get(pk=site[2].pk).get_latest_revision_as_object()
    draft.change_kind, draft.change_wrong, draft.change_note = "correction", "It said noon.", "It was morning."
    draft.save_revision().publish()
    keep_up()
    kept = tmp_path / "kept"
    for story in site:
        status, said = run(tmp_path, live_server, live_server.url + story.permalink, "--checkpoint", str(kept))
        assert status == 0, said
        assert "the page says what the record says" in said
    assert kept.read_bytes() == (folder() / "checkpoint").read_bytes()
    url = live_server.url + site[1].permalink
    key = (folder() / "keys").read_text().split()[-1]
    assert run(tmp_path, live_server, url, "--key", key)[0] == 0
    other = "127.0.0.1:1/record+00000000+" + key.rpartition("+")[2]
    assert run(tmp_path, live_server, url, "--key", other)[0] != 0
    # Edited behind the record's back, by whoever has the database.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_galley SET body_html = '<p>It sank at one.</p>' WHERE page_id = %s", [site[1].pk])
    status, said = run(tmp_path, live_server, url)
    assert status == 1 and "the page says “It sank at one.” where the record says “It sailed at one.”" in said
    galley = Galley.objects.get(pk=site[0].pk)
    Galley.objects.filter(pk=site[0].pk).update(card={**galley.card, "headline": "Ferry sinks"})
    status, said = run(tmp_path, live_server, live_server.url + site[0].permalink)
    assert status == 1 and "the headline is “Ferry sinks”" in said
    assert run(tmp_path, live_server, f"{live_server.url}/news/nothing/")[0] == 1
    assert run(tmp_path, live_server, "http://127.0.0.1:1/news/nothing/")[0] == 2


@pytest.mark.django_db(transaction=True)
def test_a_story_is_checked_at_any_address_that_leads_to_it(site, live_server, tmp_path):
    Redirect.add_redirect("/old/ferry", site[1])
    for old in ("/old/ferry", site[1].permalink.rstrip("/")):
        status, said = run(tmp_path, live_server, live_server.url + old)
        assert (status, f"the address leads to {live_server.url}{site[1].permalink}" in said) == (0, True), said
    names = ("localhost", "127.0.0.1")
    other = live_server.url.replace(*(names if "localhost" in live_server.url else names[::-1]))
    Redirect.add_redirect("/elsewhere", other + site[1].permalink)
    status, said = run(tmp_path, live_server, f"{live_server.url}/elsewhere")
    assert status == 2 and "leads to another site" in said
    status, said = run(tmp_path, live_server, live_server.url)
    assert status in (1, 2) and "Expecting value" not in said


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_the_site_does_not_tell_of_is_found(site, live_server, tmp_path, monkeypatch):
    """A newsroom that shows an older version with its older entry."""
    url = live_server.url + site[1].permalink
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_change SET story = story + 1000 WHERE story = %s AND number = 2", [site[1].pk])
        cursor.execute("UPDATE stories_galley SET body_html = '<p>It sailed at noon.</p>' WHERE page_id = %s", [site[1].pk])
    status, said = run(tmp_path, live_server, url)
    assert status == 1 and "later than all that the site tells" in said
    assert Change.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_site_that_always_says_wait_is_told_of(site, live_server, capsys, monkeypatch):
    monkeypatch.setattr(commands, "PAUSE", 0.0)
    really = commands.get

    def waiting(url):
        told = really(url)
        return told.replace(b'"waiting": false', b'"waiting": true') if "/record/of/" in url else told

    monkeypatch.setattr(commands, "get", waiting)
    assert commands.verify([live_server.url]) == 1
    assert capsys.readouterr().out.count("goes on saying so") == 3


@pytest.mark.django_db(transaction=True)
def test_what_is_published_while_a_site_is_verified_is_no_false_alarm(site, live_server, capsys, monkeypatch):
    really = commands._stories

    def publish_first(root):
        edit(site[1], "<p>It sailed at three.</p>")
        keep_up()
        return really(root)

    monkeypatch.setattr(commands, "_stories", publish_first)
    assert commands.verify([live_server.url]) == 0, capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_everybody_can_verify_a_whole_site_from_afar(site, live_server, tmp_path, capsys):
    assert commands.verify([live_server.url]) == 0
    assert "4 entries, 0 things wrong" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_galley SET body_html = '<p>It sank.</p>' WHERE page_id = %s", [site[2].pk])
    assert commands.verify([live_server.url]) == 1
    assert "where the record says" in capsys.readouterr().out
    assert commands.verify([live_server.url, "--log-only"]) == 0
    place = folder() / "tile/entries/000.p/4"
    held = unbundle(place.read_bytes())
    place.write_bytes(bundle([held[0], held[2], held[1], held[3]]))
    assert commands.verify([live_server.url, "--log-only"]) == 1 and "is not the one that the tree has" in capsys.readouterr().out
    assert commands.verify(["http://127.0.0.1:1"]) == 2


def test_people_are_told_what_it_is_and_what_to_type(client, make_story):
    make_story()
    assert client.get("/record/").status_code == 200 and "python3 verify.py" in client.get("/record/").content.decode()
    keep_up()
    said = client.get("/record/").content.decode()
    key = (folder() / "keys").read_text().split()[-1]
    assert key in said and "1 entry." in said and 'href="/record/checkpoint"' in said and 'href="/record/verify.py"' in said
    assert 'href="/record/"' in client.get("/").content.decode()
    log.begin_again(reason="A <disk> broke.")
    keep_up()
    said = client.get("/record/").content.decode()
    assert "A &lt;disk&gt; broke." in said and 'href="/record/2/checkpoint"' in said and 'href="/record/checkpoint"' in said
    assert client.get("/record/2/follows").status_code == 200
