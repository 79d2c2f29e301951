"""The categories, tags and other groups of an export: in the ledger's file, for there may be any number of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from broadsheet.importing.records import Term

TABLE = """
    CREATE TABLE terms (place INTEGER PRIMARY KEY, taxonomy TEXT, slug TEXT, name TEXT, parent TEXT, description TEXT, meta TEXT,
        source_id TEXT, UNIQUE (taxonomy, slug));
    CREATE INDEX terms_by_id ON terms (source_id) WHERE source_id != '';
"""
_TERM = "taxonomy, slug, name, parent, description, meta, source_id"


class Terms(Mapping[tuple[str, str], Term]):
    """By taxonomy and slug, in the order of the export, read when asked for."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def __getitem__(self, key: tuple[str, str]) -> Term:
        row = self._db.execute(f"SELECT {_TERM} FROM terms WHERE taxonomy = ? AND slug = ?", key).fetchone()  # noqa: S608
        if row is None:
            raise KeyError(key)
        return _read(row)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._db.execute("SELECT taxonomy, slug FROM terms ORDER BY place"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM terms").fetchone()[0])

    def batches(self, size: int) -> Iterator[list[Term]]:
        """All of them, so many at a time."""
        place = 0
        while found := self._db.execute(
            f"SELECT {_TERM}, place FROM terms WHERE place > ? ORDER BY place LIMIT ?",  # noqa: S608
            (place, size),
        ).fetchall():
            yield [_read(row[:-1]) for row in found]
            place = found[-1][-1]

    def add(self, term: Term) -> bool:
        """Enter one; False when there is one of this slug in its taxonomy already."""
        meta = json.dumps(term.meta) if term.meta else None
        values = (term.taxonomy, term.slug, term.name, term.parent, term.description, meta, term.source_id)
        return self._db.execute(f"INSERT OR IGNORE INTO terms ({_TERM}) VALUES (?, ?, ?, ?, ?, ?, ?)", values).rowcount == 1  # noqa: S608

    def numbered(self, source_id: str) -> Term | None:
        """The one with this id at the old site; of several the last."""
        row = (
            source_id
            and self._db.execute(
                f"SELECT {_TERM} FROM terms WHERE source_id = ? AND source_id != '' ORDER BY place DESC LIMIT 1",  # noqa: S608
                (source_id,),
            ).fetchone()
        )
        return _read(row) if row else None

    def top_names(self) -> Iterator[str]:
        """The names of the categories that stand in no other, in the order of the export."""
        found = self._db.execute("SELECT name FROM terms WHERE taxonomy = 'category' AND parent = '' ORDER BY place")
        return (name for (name,) in found)


def _read(row: tuple[Any, ...]) -> Term:
    taxonomy, slug, name, parent, description, meta, source_id = row
    return Term(taxonomy, slug, name, parent, description, json.loads(meta) if meta else {}, source_id)
