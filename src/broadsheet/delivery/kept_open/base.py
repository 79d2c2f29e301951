"""Connections to SQLite that outlive the request they were opened for.

A new connection reads the description of every table and index before it answers anything: half of what many a page costs. One for
each of the web server's threads would be as quick, and hold the cache of each in memory for ever; so a few are handed round.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from sqlite3 import Connection, OperationalError
from typing import Any

from django.db.backends.sqlite3 import base

MOST = 4
"""Connections that wait for the next request: more requests than that are seldom at work at the same moment."""
SECONDS = 60.0
"""After so long unused they are closed: see `Rack.sweep`."""


@dataclass(frozen=True, slots=True)
class Open:
    """A connection that nobody uses just now."""

    connection: Connection
    file: tuple[int, int]
    """Device and number of the file it is to: another one may have been put in its place since."""
    since: float
    owner: int
    """The process: what is open to SQLite does not survive a fork."""


class Rack:
    """Holds open connections for whoever comes next; safe for several threads."""

    def __init__(self) -> None:
        self._free: list[Open] = []
        self._lock = threading.Lock()

    def take(self, file: tuple[int, int] | None) -> Connection | None:
        """The one used last, where it is to this file."""
        with self._lock:
            while self._free:
                one = self._free.pop()
                if one.owner != os.getpid():
                    continue
                if one.file == file and time.monotonic() - one.since < SECONDS:
                    return one.connection
                one.connection.close()
        return None

    def put(self, file: tuple[int, int] | None, connection: Connection) -> None:
        """Keep one that is no longer used, under the file it is to; close it where that is not known or there are enough."""
        if file and _is_at_rest(connection):
            with self._lock:
                if len(self._free) < MOST:
                    self._free.append(Open(connection, file, time.monotonic(), os.getpid()))
                    return
        connection.close()

    def sweep(self, seconds: float = SECONDS) -> None:
        """Close what nobody has used for so long."""
        with self._lock:
            old = [one for one in self._free if time.monotonic() - one.since >= seconds]
            self._free = [one for one in self._free if one not in old]
        for one in old:
            one.connection.close()


def _is_at_rest(connection: Connection) -> bool:
    """Whether nothing in it is begun and not at its end: whoever came next would see the database as it was then.

    After an interruption SQLite refuses what is new until what was running is over, and nothing where nothing was.
    """
    if connection.in_transaction:
        return False
    connection.interrupt()
    try:
        connection.execute("SELECT 1").fetchall()
    except OperationalError:
        return False
    return True


def _file(name: str) -> tuple[int, int] | None:
    try:
        found = os.stat(name)
    except OSError:
        return None
    return found.st_dev, found.st_ino


rack = Rack()


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite's, with the connections of the rack."""

    file: tuple[int, int] | None = None
    """That the connection is to: asked when it is opened, for by the time it is closed another one may be in its place."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """One that is open already, or a new one."""
        name = str(conn_params["database"])
        self.file = _file(name)
        found = rack.take(self.file)
        if found is not None:
            # As Django left it when it was new: whoever had it last may not have put that back.
            found.execute("PRAGMA foreign_keys = ON")
            return found
        made: Connection = super().get_new_connection(conn_params)
        if self.file != _file(name):
            # Replaced, or made, just now: it is not known which of the two this is to.
            self.file = None
        return made

    def _close(self) -> None:
        connection = self.connection
        if connection is None or self.is_in_memory_db() or self.errors_occurred:
            super()._close()  # type: ignore[misc]  # Django's types leave out what is private.
            return
        with self.wrap_database_errors:
            rack.put(self.file, connection)
