"""A copy of the process: it answers, it dies alone, and it is not made where something would be torn in two."""

from __future__ import annotations

import os
import signal
import threading
from typing import BinaryIO

import pytest
from django.db import connection

from broadsheet.importing import preparing
from broadsheet.importing.twin import Twin


def twice(asked: BinaryIO, out: BinaryIO) -> None:
    for line in asked:
        out.write(line + line)
        out.flush()


def whose_database(asked: BinaryIO, out: BinaryIO) -> None:
    out.write(repr((connection.connection, len(connection.execute_wrappers))).encode())


def fails(asked: BinaryIO, out: BinaryIO) -> None:
    raise ValueError("not today")


def test_it_answers_until_nobody_asks_any_more() -> None:
    twin = Twin(twice)
    twin.stdin.write(b"one\n")
    twin.stdin.flush()
    assert twin.stdout.readline() + twin.stdout.readline() == b"one\none\n" and twin.poll() is None
    twin.stdin.close()
    assert twin.wait() == 0 and twin.stdout.read() == b""
    twin.stdout.close()
    twin.kill()


def test_it_dies_alone() -> None:
    twin = Twin(twice)
    assert twin.pid != os.getpid() and twin.poll() is None
    twin.kill()
    assert twin.wait() == -signal.SIGKILL == twin.poll() and twin.stdout.read() == b""
    twin.stdin.close()
    twin.stdout.close()


def test_a_failure_is_told_and_ends_nothing_else(capfd) -> None:
    twin = Twin(fails)
    assert twin.wait() == 1 and "not today" in capfd.readouterr().err
    twin.stdin.close()
    twin.stdout.close()


def test_nothing_of_the_database_is_there() -> None:
    with connection.execute_wrapper(lambda execute, *asked: execute(*asked)):
        twin = Twin(whose_database)
        assert twin.stdout.read() == b"(None, 0)" and twin.wait() == 0
    twin.stdin.close()
    twin.stdout.close()


@pytest.mark.django_db
def test_none_is_made_within_a_transaction(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(preparing, "LARGE", 1)
    assert not Twin.is_safe()
    (tmp_path / "export.xml").write_text("x" * 10)
    started = preparing.Beside.for_files([tmp_path / "export.xml"])
    assert started, "needs two cores"
    with started as beside:
        assert not isinstance(beside.process, Twin)


def test_none_is_made_beside_a_thread(monkeypatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not Twin.is_safe()


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_held_is_not_held_by_another(monkeypatch) -> None:
    monkeypatch.setattr(Twin, "is_safe", lambda: pytest.fail("an import has begun"))
    with preparing.Beside() as beside:
        assert not isinstance(beside.process, Twin)
