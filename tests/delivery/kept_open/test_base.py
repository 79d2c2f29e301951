"""Connections to SQLite are handed on, and never with anything of whoever had them before."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from copy import deepcopy

import pytest
from django.db import connections

from broadsheet.delivery.kept_open import base, keep_open
from broadsheet.delivery.kept_open.base import DatabaseWrapper, Rack


@pytest.fixture
def rack(monkeypatch, django_db_blocker):
    made = Rack()
    monkeypatch.setattr(base, "rack", made)
    # The databases are this file's own.
    with django_db_blocker.unblock():
        yield made
    made.sweep(0)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE news (headline TEXT);")
        connection.executemany("INSERT INTO news VALUES (?)", [(f"Ferry {number}",) for number in range(500)])
        connection.commit()
    return path


def database(file):
    settings = {**deepcopy(connections["default"].settings_dict), "NAME": str(file), "OPTIONS": {}}
    return DatabaseWrapper(settings, "kept")


def count(one):
    with one.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM news")
        return cursor.fetchone()[0]


def add(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO news VALUES ('Storm')")
        connection.commit()


def test_what_is_closed_is_used_again(rack, file):
    first, second = database(file), database(file)
    assert count(first) == 500
    held = first.connection
    first.close()
    assert count(second) == 500 and second.connection is held
    second.close()


def test_two_at_a_time_are_two(rack, file):
    first, second = database(file), database(file)
    assert count(first) == count(second) and first.connection is not second.connection
    first.close()
    second.close()


def test_a_reading_that_did_not_come_to_its_end_is_not_handed_on(rack, file):
    first, second = database(file), database(file)
    cursor = first.cursor()
    cursor.execute("SELECT headline FROM news")
    cursor.fetchone()
    held = first.connection
    first.close()
    add(file)
    assert count(second) == 501 and second.connection is not held
    second.close()


def test_what_is_handed_on_sees_what_was_written_since(rack, file):
    first, second = database(file), database(file)
    assert count(first) == 500
    first.close()
    add(file)
    assert count(second) == 501
    second.close()


def test_another_file_in_its_place_is_another_database(rack, file, tmp_path):
    first, second = database(file), database(file)
    assert count(first) == 500
    first.close()
    backup = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("CREATE TABLE news (headline TEXT)")
    backup.replace(file)
    assert count(second) == 0
    second.close()


def test_a_file_that_was_replaced_while_one_was_in_use_is_not_taken_for_it(rack, file, tmp_path):
    first, second = database(file), database(file)
    assert count(first) == 500
    backup = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("CREATE TABLE news (headline TEXT)")
    backup.replace(file)
    first.close()
    assert count(second) == 0
    second.close()


def test_a_transaction_left_open_is_taken_back(rack, file):
    first, second = database(file), database(file)
    count(first)
    held = first.connection
    held.execute("BEGIN IMMEDIATE")
    held.execute("DELETE FROM news")
    first.close()
    assert count(second) == 500 and second.connection is not held
    second.close()


def test_keys_of_other_tables_are_looked_at_again(rack, file):
    first, second = database(file), database(file)
    first.ensure_connection()
    first.disable_constraint_checking()
    first.close()
    with second.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    second.close()


def test_no_more_wait_than_may_and_none_for_ever(rack, file, monkeypatch):
    many = [database(file) for _ in range(base.MOST + 2)]
    for one in many:
        count(one)
    for one in many:
        one.close()
    assert len(rack._free) == base.MOST
    rack.sweep()
    assert len(rack._free) == base.MOST
    rack.sweep(0)
    assert rack._free == []


def test_a_child_leaves_what_its_parent_had_open_alone(rack, file, monkeypatch):
    first, second = database(file), database(file)
    count(first)
    held = first.connection
    first.close()
    monkeypatch.setattr(base.os, "getpid", lambda: -1)
    assert count(second) == 500 and second.connection is not held
    assert held.execute("SELECT count(*) FROM news").fetchone() == (500,)
    second.close()
    monkeypatch.undo()
    held.close()


def test_many_threads_read_what_is_there(rack, file):
    wrong = []

    def read():
        for _ in range(30):
            one = database(file)
            if count(one) != 500:
                wrong.append(one)
            one.close()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(rack._free) <= base.MOST


def test_only_sqlite_is_kept_open_so():
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3"}, "other": {"ENGINE": "django.db.backends.postgresql"}}
    keep_open(databases)
    assert databases["default"]["ENGINE"] == "broadsheet.delivery.kept_open"
    assert databases["other"]["ENGINE"] == "django.db.backends.postgresql"
