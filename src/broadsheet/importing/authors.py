"""Those whom an export names as its authors: in the ledger's file, for there may be any number of them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from sqlite3 import Connection

from broadsheet.importing.records import Author

TABLE = """
    CREATE TABLE authors (place INTEGER PRIMARY KEY, login TEXT UNIQUE, name TEXT, slug TEXT, author BLOB);
    CREATE INDEX authors_by_name ON authors (name);
    CREATE INDEX authors_by_slug ON authors (slug);
"""
READ = 500


class Authors(Mapping[str, Author]):
    """By login, in the order of the export, read when asked for."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def __getitem__(self, login: str) -> Author:
        row = self._db.execute("SELECT author FROM authors WHERE login = ?", (login,)).fetchone()
        if row is None:
            raise KeyError(login)
        return _read(row[0])

    def __contains__(self, login: object) -> bool:
        return self._db.execute("SELECT 1 FROM authors WHERE login = ?", (login,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        return (author.login for batch in self.batches(READ) for author in batch)

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM authors").fetchone()[0])

    def batches(self, size: int) -> Iterator[list[Author]]:
        """All of them, so many at a time."""
        place = 0
        while found := self._db.execute(
            "SELECT place, author FROM authors WHERE place > ? ORDER BY place LIMIT ?", (place, size)
        ).fetchall():
            yield [_read(author) for _place, author in found]
            place = found[-1][0]

    def add(self, author: Author) -> bool:
        """Enter one; False when there is one of this login already."""
        values = (author.login, author.name.casefold(), pickle.dumps(author, protocol=pickle.HIGHEST_PROTOCOL))
        return self._db.execute("INSERT OR IGNORE INTO authors (login, name, author) VALUES (?, ?, ?)", values).rowcount == 1

    def name_by(self, slug_of: Callable[[str], str]) -> None:
        """Have them found by what a login is in addresses, too."""
        self._db.create_function("slug_of", 1, slug_of, deterministic=True)
        self._db.execute("UPDATE authors SET slug = slug_of(login)")

    def alias(self, key: str) -> str | None:
        """The login that something else stands for: what it is in addresses, or, in lower case, a name that one alone has. The first of several."""
        found = self._db.execute(
            "SELECT login FROM (SELECT place, 0 AS way, login FROM authors WHERE slug = ?1"
            " UNION ALL SELECT place, 1, login FROM authors WHERE name = ?1 GROUP BY name HAVING count(*) = 1) ORDER BY place, way LIMIT 1",
            (key,),
        ).fetchone()
        return found and str(found[0])


def _read(kept: bytes) -> Author:
    author: Author = pickle.loads(kept)  # noqa: S301  this import wrote it
    return author
