"""What an operator is told when there is no room: which disk, what stays, what to do; and nothing is left half written."""

from __future__ import annotations

import errno
import json
import sqlite3

import pytest
from django.db import OperationalError

from broadsheet.importing import commands, ledger
from broadsheet.importing.breaking import remedy
from broadsheet.importing.commands import import_wordpress
from broadsheet.stories.models import Story

from .conftest import item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings):
    settings.DATA.mkdir()


def rooms(monkeypatch, **left: int) -> None:
    """As much room is left on the disks of folders, by their names."""
    monkeypatch.setattr("broadsheet.importing.breaking._room", lambda place: left.get(place.name, 10**9))


@pytest.mark.parametrize("error", [
    OSError(errno.ENOSPC, "No space left on device"), OperationalError("database or disk is full"), sqlite3.OperationalError("database or disk is full"),
])  # fmt: skip
def test_the_disk_that_is_full_is_named(error, tmp_path, monkeypatch) -> None:
    (tmp_path / "reports").mkdir()
    rooms(monkeypatch, reports=100)
    said = remedy(error, tmp_path / "reports")
    assert f"that of {tmp_path / 'reports'}" in said and "run the same command again" in said and "TMPDIR" not in said


def test_room_for_temporary_files_can_be_found_elsewhere(tmp_path, monkeypatch) -> None:
    (tmp_path / "working").mkdir()
    monkeypatch.setattr("broadsheet.importing.breaking.working_folder", lambda: str(tmp_path / "working"))
    rooms(monkeypatch, working=0)
    assert "TMPDIR names another folder" in remedy(sqlite3.OperationalError("database or disk is full"))


def test_no_room_for_what_is_read_is_one_line(wxr, capsys, monkeypatch) -> None:
    def connect(self: ledger.Ledger) -> None:
        real(self)
        self._db.execute("PRAGMA max_page_count = 1")

    real = ledger.Ledger._connect
    monkeypatch.setattr(ledger.Ledger, "_connect", connect)
    assert import_wordpress([str(wxr(item("1")))]) == 1
    said = capsys.readouterr().err
    assert "the disk is full" in said and said.count("\n") == 1


class TestReport:
    def test_one_that_does_not_fit_is_not_there_and_the_one_before_stays(self, wxr, tmp_path, capsys, monkeypatch) -> None:
        (tmp_path / "r").mkdir()
        export, report = str(wxr(item("1"))), tmp_path / "r" / "report.json"
        assert import_wordpress([export, "--report", str(report)]) == 0
        before = {path.name: path.read_text() for path in report.parent.iterdir()}

        def full(*args: object, **kwargs: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(json, "dumps", full)
            assert import_wordpress([str(wxr(item("2"))), "--report", str(report)]) == 1
        assert "the disk is full" in capsys.readouterr().err
        assert {path.name: path.read_text() for path in report.parent.iterdir()} == before

    def test_a_place_where_none_can_be_is_said_before_anything_is_written(self, wxr, tmp_path, capsys, monkeypatch) -> None:
        assert import_wordpress([str(wxr(item("1"))), "--report", str(tmp_path)]) == 2
        assert "it is a folder" in capsys.readouterr().err
        monkeypatch.setattr(commands.os, "access", lambda *args: False)
        assert import_wordpress([str(wxr(item("1"))), "--report", str(tmp_path / "report.json")]) == 2
        assert "belongs to somebody else" in capsys.readouterr().err
        assert not Story.objects.exists()
