"""The worker's lease, one-time sign-in links, and what stops a start."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.delivery.models import Purge
from broadsheet.ops import cli, sign_in, up
from broadsheet.ops.cli import Stop
from broadsheet.ops.models import SignInLink
from broadsheet.ops.worker import LEASE, Worker
from broadsheet.stories.models import Listing, Story


@pytest.mark.django_db
def test_a_second_worker_waits_for_the_lease():
    one, two, now = Worker(), Worker(), timezone.now()
    assert one.take_lease(now) and not two.take_lease(now)
    assert one.take_lease(now)
    assert two.take_lease(now + LEASE + dt.timedelta(seconds=1))
    two.release_lease()
    assert one.take_lease(now)


@pytest.mark.django_db
def test_a_failing_story_is_passed_over(make_story, monkeypatch):
    bad, good = make_story("Bad", live=False), make_story("Good", live=False)
    Revision.objects.filter(object_id__in=[str(bad.pk), str(good.pk)]).update(approved_go_live_at=timezone.now() - dt.timedelta(days=2))
    real = Revision.publish

    def publish(self, *args, **kwargs):
        if self.object_id == str(bad.pk):
            raise RuntimeError("broken")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", publish)
    assert Worker().work() == 1
    assert Story.objects.get(pk=good.pk).live
    assert not Listing.objects.filter(story=bad).exists()


@pytest.mark.django_db
def test_a_sign_in_link_works_once_and_not_for_ever(client, editor):
    path = "/desk/sign-in/" + sign_in.link_for().rstrip("/").rpartition("/")[2] + "/"
    assert client.get(path)["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(editor.pk)
    assert client.get(path)["Location"] == "/desk/login/"
    old = "/desk/sign-in/" + sign_in.link_for().rstrip("/").rpartition("/")[2] + "/"
    SignInLink.objects.update(expires=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(old)["Location"] == "/desk/login/"


@pytest.mark.django_db
def test_a_sign_in_link_leads_to_where_the_site_runs(editor, monkeypatch, capsys):
    from broadsheet.ops.cli import main

    monkeypatch.delenv("BROADSHEET_URL", raising=False)
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "8742")
    assert main(["desk-login"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:8742/desk/sign-in/")
    monkeypatch.setenv("BROADSHEET_URL", "https://tern.example/")
    assert main(["desk-login"]) == 0
    assert capsys.readouterr().out.startswith("https://tern.example/desk/sign-in/")


@pytest.mark.django_db
def test_nobody_to_sign_in():
    with pytest.raises(Stop, match="nobody"):
        sign_in.link_for("nobody")


def test_a_busy_port_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Stop, match="set PORT") as stop:
            up._require_free("127.0.0.1", taken.getsockname()[1])
    assert "\n" not in str(stop.value)


def test_a_data_folder_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Stop, match="BROADSHEET_DATA") as stop:
        up.make_data_folder(tmp_path / "file")
    assert "\n" not in str(stop.value)


@pytest.mark.parametrize(
    "words",
    [
        ["import", "wordpress", "export.xml"],
        *(pytest.param(words.split(), marks=pytest.mark.long) for words in ("export json out", "read a.docx")),
    ],
)
def test_what_needs_a_publication_says_how_to_get_one(words, tmp_path):
    environment = os.environ | {"BROADSHEET_DATA": str(tmp_path / "nothing")}
    ran = subprocess.run([sys.executable, "-m", "broadsheet", *words], env=environment, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1 and "run `broadsheet up` first" in ran.stderr


@pytest.mark.parametrize(
    ("error", "says"), [("database is locked", "kept locked by another program"), ("no such table: django_migrations", "broadsheet up")]
)
def test_a_command_says_why_there_is_no_database_to_work_with(monkeypatch, error, says) -> None:
    def fails() -> int:
        raise OperationalError(error)

    monkeypatch.setattr("broadsheet.ops.setup.missing_migrations", fails)
    monkeypatch.setattr(connection, "vendor", "sqlite")
    with pytest.raises(Stop, match=says):
        cli._demand_a_publication()


def test_a_server_that_does_not_answer_is_not_said_to_be_empty(monkeypatch) -> None:
    def fails() -> int:
        raise OperationalError("connection to server failed: Connection refused\n\tIs the server running?")

    monkeypatch.setattr("broadsheet.ops.setup.missing_migrations", fails)
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(Stop, match=r"cannot be reached \(connection to server failed: Connection refused\): see that it runs"):
        cli._demand_a_publication()


@pytest.mark.parametrize("closed", ["broadsheet.sqlite3", ""])
def test_a_database_of_somebody_else_is_not_said_to_be_missing(monkeypatch, tmp_path, closed) -> None:
    def fails() -> int:
        raise OperationalError("attempt to write a readonly database")

    (tmp_path / "broadsheet.sqlite3").touch()
    monkeypatch.setattr("broadsheet.ops.setup.missing_migrations", fails)
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "broadsheet.sqlite3"))
    monkeypatch.setattr(cli.os, "access", lambda path, mode: Path(path) != tmp_path / closed)
    with pytest.raises(Stop, match=f"{tmp_path / closed} cannot be written to: run the command as the user"):
        cli._demand_a_publication()


@pytest.mark.django_db
def test_the_search_index_is_looked_at_and_made_anew(make_story, capsys):
    from broadsheet.ops.doctor import _search_index
    from broadsheet.ops.search_index import rebuild
    from broadsheet.search import index
    from broadsheet.search.texts import texts

    make_story("Harbour")
    make_story("Draft", live=False)
    assert list(_search_index()) == []
    index.begin_again()
    assert list(_search_index()) == ["1 public stories are not in it: broadsheet search rebuild"]
    texts().drop()
    assert list(_search_index()) == ["there is none: broadsheet search rebuild"]
    assert rebuild([]) == 0
    assert "1 public stories" in capsys.readouterr().out and list(_search_index()) == []
    assert rebuild(["--empty"]) == 0 and list(_search_index()) == []


@pytest.mark.django_db
def test_related_stories_wait_while_a_publish_is_carried_out(monkeypatch):
    pieces = []
    monkeypatch.setattr("broadsheet.stories.relating.work", lambda: pieces.append(1) or 0)
    purge = Purge.objects.create(keys=["story:1"])
    worker = Worker()
    worker.relate()
    assert not pieces
    Purge.objects.filter(pk=purge.pk).update(done_at=timezone.now())
    worker.relate()
    assert pieces
