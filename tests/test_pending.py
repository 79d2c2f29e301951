"""Counts wait in memory, are written once by a thread, and are written again when that failed."""

from __future__ import annotations

import threading
from operator import add

import pytest
from django.db import OperationalError

from broadsheet import pending
from broadsheet.pending import Pending

pytestmark = pytest.mark.django_db


class Sheet:
    """Where counts are written to, unless it is locked."""

    def __init__(self, monkeypatch):
        self.written, self.planned, self.is_locked = {}, [], False
        monkeypatch.setattr(pending, "later", lambda seconds, function: self.planned.append((seconds, function)))
        monkeypatch.setattr(pending.connection, "close", lambda: None)
        self.counts = Pending("votes", after=3.0, write=self.write, add=add)

    def write(self, counted):
        if self.is_locked:
            raise OperationalError("locked")
        for key, value in counted.items():
            self.written[key] = self.written.get(key, 0) + value
        return len(counted)

    def note(self, key, *, room=True):
        return self.counts.note(key, 1, has_room=lambda counted: room)

    def run(self):
        """What the timer would do; returns after how many seconds."""
        seconds, function = self.planned.pop()
        function()
        return seconds


@pytest.fixture
def sheet(monkeypatch):
    return Sheet(monkeypatch)


def test_one_write_is_planned_for_all(sheet):
    assert sheet.note("a") and sheet.note("a") and sheet.note("b") and not sheet.written
    assert len(sheet.planned) == 1 and sheet.run() == 3.0
    assert sheet.written == {"a": 2, "b": 1} and not sheet.planned
    sheet.note("a")
    assert len(sheet.planned) == 1, "the next one plans again"


def test_what_cannot_be_written_is_tried_again_with_what_came_meanwhile(sheet, caplog):
    sheet.note("a")
    sheet.is_locked = True
    sheet.run()
    assert not sheet.written and len(sheet.planned) == 1 and "votes could not be written, trying again: locked" in caplog.text
    sheet.note("a")
    sheet.note("b")
    assert len(sheet.planned) == 1
    sheet.is_locked = False
    sheet.run()
    assert sheet.written == {"a": 2, "b": 1} and not sheet.planned


def test_what_has_no_room_is_not_counted_and_plans_nothing(sheet):
    assert not sheet.note("a", room=False) and not sheet.planned and sheet.counts.write() == 0


def test_threads_lose_nothing(sheet):
    threads = [threading.Thread(target=lambda: [sheet.note(n % 3) for n in range(300)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        sheet.counts.write()
    for thread in threads:
        thread.join()
    sheet.counts.write()
    assert sheet.written == {0: 400, 1: 400, 2: 400}
