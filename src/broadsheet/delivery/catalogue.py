"""Which stored page holds which keys: an SQLite file of its own beside the pages, so that filling the store never keeps an editor waiting."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect

_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, asked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS key (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS holds (key INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holds_page ON holds (page, key);
"""
WAIT = 10.0
"""Seconds for another process to let go of the catalogue."""


class Catalogue:
    """The keys of stored pages; one connection for each thread."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "catalogue.sqlite3"
        self._threads = threading.local()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            found = connect(self.file, timeout=WAIT, isolation_level=None)
            # What a power cut takes from it, the files that are then unknown to it say: see `Store.paths`.
            found.execute("PRAGMA journal_mode=WAL")
            found.execute("PRAGMA synchronous=NORMAL")
            found.executescript(_SCHEMA)
            self._threads.connection = found
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        found = getattr(self._threads, "connection", None)
        if found is not None:
            found.close()
            self._threads.connection = None

    def begin_anew(self) -> None:
        """Give up what it knows; with it, all pages must go."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """A transaction during which no other process puts or drops a page."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def announce(self, path: str, keys: Iterable[str]) -> None:
        """A page with these keys is going to be put: it holds them besides those it had, so that a crash in between leaves too many."""
        with self.alone() as connection:
            _add(connection, path, keys)

    def settle(self, connection: sqlite3.Connection, path: str, keys: Iterable[str]) -> None:
        """A page has been put: it holds these keys and no others."""
        page = _add(connection, path, keys)
        wanted = sorted(set(keys))
        marks = ", ".join("?" * len(wanted))
        connection.execute(
            f"DELETE FROM holds WHERE page = ? AND key NOT IN (SELECT id FROM key WHERE name IN ({marks}))",  # noqa: S608
            [page, *wanted],
        )

    def holding(self, keys: Iterable[str]) -> list[str]:
        """The addresses of pages that hold one of these keys."""
        found: set[str] = set()
        wanted = sorted(set(keys))
        connection = self._connection()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = connection.execute(
                "SELECT DISTINCT page.path FROM key JOIN holds ON holds.key = key.id JOIN page ON page.id = holds.page"  # noqa: S608
                f" WHERE key.name IN ({', '.join('?' * len(part))})",
                part,
            )
            found.update(path for (path,) in rows)
        return sorted(found)

    def keys_of(self, path: str) -> set[str]:
        """The keys a page holds."""
        query = "SELECT key.name FROM page JOIN holds ON holds.page = page.id JOIN key ON key.id = holds.key WHERE page.path = ?"
        return {name for (name,) in self._connection().execute(query, [path])}

    def forget(self, connection: sqlite3.Connection, paths: Iterable[str]) -> None:
        """These pages are not stored any more."""
        for path in paths:
            connection.execute("DELETE FROM holds WHERE page = (SELECT id FROM page WHERE path = ?)", [path])
            connection.execute("DELETE FROM page WHERE path = ?", [path])

    def forget_all(self, connection: sqlite3.Connection) -> None:
        """No page is stored any more."""
        for table in ("holds", "page", "key"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608

    def paths(self) -> list[str]:
        """The addresses of all pages it knows, in order."""
        return [path for (path,) in self._connection().execute("SELECT path FROM page ORDER BY path")]

    def asked(self, paths: Iterable[str], moment: int) -> None:
        """Readers asked for these pages at a time, in seconds since 1970."""
        with self.alone() as connection:
            connection.executemany("UPDATE page SET asked = ? WHERE path = ?", [(moment, path) for path in paths])

    def asked_since(self, moment: int, among: Iterable[str]) -> list[str]:
        """Those of some pages that a reader has asked for since then, whatever was asked for last first."""
        wanted = list(among)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = self._connection().execute(
                f"SELECT path, asked FROM page WHERE asked >= ? AND path IN ({', '.join('?' * len(part))})",  # noqa: S608
                [moment, *part],
            )
            found.update(rows)
        return sorted(found, key=lambda path: (-found[path], path))


def _add(connection: sqlite3.Connection, path: str, keys: Iterable[str]) -> int:
    names = [(name,) for name in sorted(set(keys))]
    connection.execute("INSERT OR IGNORE INTO page (path) VALUES (?)", [path])
    (page,) = connection.execute("SELECT id FROM page WHERE path = ?", [path]).fetchone()
    connection.executemany("INSERT OR IGNORE INTO key (name) VALUES (?)", names)
    connection.executemany(
        "INSERT OR IGNORE INTO holds (key, page) SELECT id, ? FROM key WHERE name = ?", [(page, name) for (name,) in names]
    )
    return int(page)
