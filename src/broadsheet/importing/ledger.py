"""What an import looks up by key and must not hold in memory: a temporary SQLite file beside the export.

Every item has one line there: enough to say, without reading the export again, which items repeat others, which are here
already as they are there, and whether the database holds what it should afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pickle
import re
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from sqlite3 import Connection
from sqlite3 import connect as open_database
from typing import Any

from broadsheet.importing import authors, terms
from broadsheet.importing.records import Attachment, Author, Item, Record, Term
from broadsheet.importing.shelf import ROOM, Shelf
from broadsheet.importing.spelling import original_name

NAME = "broadsheet-import-"
_UNIT = "\x1f"
_TABLES = """
    CREATE TABLE items (place INTEGER PRIMARY KEY, key TEXT, source_id TEXT, has_id INTEGER, type TEXT, status TEXT, title TEXT,
        slug TEXT, guid TEXT, published TEXT, modified TEXT, digest TEXT, lead TEXT, comments TEXT, position TEXT,
        wanted INTEGER DEFAULT 0);
    CREATE INDEX items_by_id ON items (source_id) WHERE key IS NOT NULL;
    CREATE INDEX items_wanted ON items (place) WHERE wanted;
    CREATE TABLE files (key TEXT PRIMARY KEY, source_id TEXT, url TEXT, file TEXT, title TEXT, caption TEXT, description TEXT,
        alt TEXT, parent TEXT, number INTEGER, focus TEXT, path TEXT);
    CREATE INDEX files_by_parent ON files (parent, number, key);
    CREATE TABLE pictures (key TEXT PRIMARY KEY, name TEXT, image INTEGER);
    CREATE INDEX pictures_by_name ON pictures (name);
    CREATE TABLE documents (name TEXT PRIMARY KEY, document INTEGER);
"""
KEPT = ROOM
"""Bytes of items that are kept; those after them are read from the export again."""
MANY = 20
"""With so many items under one id, the one that an item repeats is looked up instead of looked for."""
_OF_MANY = "".join(
    f"CREATE INDEX IF NOT EXISTS items_by_id_and_{name} ON items (source_id, {columns}) WHERE key IS NOT NULL;"
    for name, columns in (
        ("key", "key"), ("digest", "type, digest"), ("guid", "type, guid"), ("slug", "type, slug"), ("date", "type, published, title"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """An item without what is long."""

    place: int
    key: str | None
    """What it is known by; nothing for one that another item of these files repeats."""
    source_id: str
    has_id: bool
    type: str
    status: str
    title: str
    slug: str
    guid: str
    published: dt.datetime | None
    modified: dt.datetime | None
    digest: str
    lead: str
    """The id of its lead picture."""
    comments: tuple[str, ...]
    """Their ids."""
    where: str


_ENTRY = "place, key, source_id, has_id, type, status, title, slug, guid, published, modified, digest, lead, comments, position"
_FILE = ", ".join("number" if f.name == "order" else f.name for f in fields(Attachment))


class Ledger:
    """All items and files of one export; pickles as the file's name, for a process that only reads."""

    def __init__(self) -> None:
        _sweep()
        handle, self.path = tempfile.mkstemp(prefix=f"{NAME}{os.getpid()}-", suffix=".sqlite3", dir=working_folder())
        os.close(handle)
        self._shelf = Shelf(f"{self.path}-kept", room=KEPT)
        self.early = f"{self.path}-early"
        """Where the other process may put what it does before the whole is known."""
        # Called when the ledger is forgotten and when Python ends, whichever comes first.
        self._remove = weakref.finalize(self, _remove, self.path, self._shelf.path, self.early)
        self._connect()
        self._db.executescript(_TABLES + authors.TABLE + terms.TABLE)
        self._count, self._highest = 0, -1
        self._many = False

    def _connect(self) -> None:
        self._db = open_database(self.path, isolation_level=None, check_same_thread=False)
        # Nothing here outlives the import, so nothing has to survive a crash.
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=NORMAL; PRAGMA cache_size=-4096;")

        self.authors, self.terms = authors.Authors(self._db), terms.Terms(self._db)

    def __getstate__(self) -> dict[str, Any]:
        self.settle()
        return {"path": self.path, "_count": self._count, "_shelf": self._shelf}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._connect()

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN")

    def settle(self) -> None:
        """Make what was added visible to other processes."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def add(self, record: Item, note: Callable[[str, str], None] = lambda what, where: None) -> str | None:
        """Enter the next item and return its key; of two versions of one item the newer counts. `note` is told of oddities."""
        self._begin()
        place, self._count = self._count, self._count + 1
        others = self._others(record.source_id)
        key: str | None = record.source_id if not others else second_key(record)
        taken = any(other.key == key for other in others)
        if len(others) == MANY:
            taken, others = self._among_many(record, key)
        if taken:
            key = f"{key}:{record.digest[:12]}"
        for other in others:
            if not same_item(record, other):
                continue
            if record.digest != other.digest and (record.modified or _NEVER) > (other.modified or _NEVER):
                key = other.key
                self._db.execute("UPDATE items SET key = NULL WHERE place = ?", (other.place,))
                note("item in two versions, the newer one taken", record.where)
            else:
                key = None
                note("item listed more than once", record.where)
            break
        else:
            if key != record.source_id:
                note("one id for two different items, both kept", record.where)
        self._db.execute(
            f"INSERT INTO items ({_ENTRY}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            (place, key, record.source_id, record.has_id, record.type, record.status, record.title, record.slug, record.guid,
             record.published and record.published.isoformat(), record.modified and record.modified.isoformat(), record.digest,
             record.meta.get("_thumbnail_id", ""), _UNIT.join(c.source_id for c in record.comments) if record.comments else None,
             record.where),
        )  # fmt: skip
        return key

    def _others(self, source_id: str) -> list[Entry]:
        """Items before with this id, the first of them. In most exports ids ascend, and one above all others is new."""
        if len(source_id) < 19 and source_id.isdecimal() and (number := int(source_id)) > self._highest:
            self._highest = number
            return []
        return self._entries("WHERE source_id = ? AND key IS NOT NULL ORDER BY place LIMIT ?", source_id, MANY)

    def _among_many(self, record: Item, key: str | None) -> tuple[bool, list[Entry]]:
        """Whether another item with the record's id has the key, and the first that may be the same item."""
        if not self._many:
            self._db.executescript(_OF_MANY)
            self._many = True
            self._begin()
        taken = self._db.execute("SELECT 1 FROM items WHERE source_id = ? AND key = ? LIMIT 1", (record.source_id, key)).fetchone()
        alike = (
            ("digest = ?", record.digest), ("guid = ?", record.guid), ("slug = ?", record.slug),
            ("published = ? AND title = ?", record.published and record.published.isoformat(), record.title),
        )  # fmt: skip
        places = []
        for where, *values in alike:
            if values[0]:
                found = self._db.execute(
                    f"SELECT min(place) FROM items WHERE source_id = ? AND type = ? AND key IS NOT NULL AND {where}",  # noqa: S608
                    (record.source_id, record.type, *values),
                ).fetchone()[0]
                places += [found] if found is not None else []
        return taken is not None, self._entries("WHERE place = ?", min(places)) if places else []

    def keep(self, item: Item, key: str) -> None:
        """Keep the item entered last, under its key, for whoever wants it in full."""
        self._shelf.put(self._count - 1, pickle.dumps((key, item), protocol=pickle.HIGHEST_PROTOCOL))

    def kept(self, place: int) -> Item | None:
        """The item at a place, if it was kept."""
        held = self._shelf.take(place)
        item: Item | None = pickle.loads(held)[1] if held else None  # noqa: S301  this import wrote it
        return item

    @property
    def shelf(self) -> str:
        """The file that `keep` puts items in, each with its key."""
        return self._shelf.path

    def __len__(self) -> int:
        return self._count

    def batches(self, size: int, *, wanted: bool = False) -> Iterator[list[Entry]]:
        """All items in file order, or those to be read in full."""
        place = -1
        while batch := self._entries(f"WHERE place > ?{' AND wanted' if wanted else ''} ORDER BY place LIMIT ?", place, size):
            yield batch
            place = batch[-1].place

    def _entries(self, where: str, *values: Any) -> list[Entry]:
        return list(self._read(where, *values))

    def _read(self, where: str, *values: Any) -> Iterator[Entry]:
        for row in self._db.execute(f"SELECT {_ENTRY} FROM items {where}", values):  # noqa: S608
            parts = list(row)
            parts[3], parts[9], parts[10] = bool(row[3]), _moment(row[9]), _moment(row[10])
            parts[13] = () if row[13] is None else tuple(row[13].split(_UNIT))
            yield Entry(*parts)

    def want(self, entries: Iterable[Entry]) -> None:
        """Remember that these items are to be read in full."""
        self._begin()
        self._db.executemany("UPDATE items SET wanted = 1 WHERE place = ?", [(entry.place,) for entry in entries])

    def count_wanted(self) -> int:
        """How many items are to be read in full."""
        return int(self._db.execute("SELECT count(*) FROM items WHERE wanted").fetchone()[0])

    def add_author(self, author: Author) -> bool:
        """Enter somebody who signs; False when there is one of this login already."""
        self._begin()
        return self.authors.add(author)

    def add_term(self, term: Term) -> bool:
        """Enter a category, a tag or another; False when there is one of this slug in its taxonomy already."""
        self._begin()
        return self.terms.add(term)

    def add_file(self, key: str, file: Attachment, *, known_before: bool = False) -> None:
        """Enter what bodies need to know of an uploaded file; what an earlier import knows yields to what is there."""
        self._begin()
        verb = "IGNORE" if known_before else "REPLACE"
        values = [getattr(file, f.name) for f in fields(Attachment)]
        self._db.execute(f"INSERT OR {verb} INTO files (key, {_FILE}) VALUES (?{', ?' * len(values)})", (key, *values))  # noqa: S608

    def know(self, rows: Iterable[tuple[str, str, int | None]]) -> None:
        """Enter which files are here: (key, what addresses of the file share, picture)."""
        # Not within a long transaction: another process reads meanwhile.
        self.settle()
        self._begin()
        self._db.executemany("INSERT OR REPLACE INTO pictures (key, name, image) VALUES (?, ?, ?)", rows)
        self.settle()

    def known(self, *, key: str = "", name: str = "") -> tuple[int | None] | None:
        """The picture of a file that is here, by key or, the latest, by name; nothing when it is not here."""
        where, value = ("key = ?", key) if key else ("name = ?", name)
        row = self._db.execute(f"SELECT image FROM pictures WHERE {where} ORDER BY rowid DESC LIMIT 1", (value,)).fetchone()  # noqa: S608
        return None if row is None else (row[0],)

    def know_documents(self, rows: Iterable[tuple[str, int]]) -> None:
        """Enter which files that are no pictures are here: (what addresses of the file share, document)."""
        self.settle()
        self._begin()
        self._db.executemany("INSERT OR REPLACE INTO documents (name, document) VALUES (?, ?)", rows)
        self.settle()

    def document_at(self, url: str) -> int | None:
        """The document that the file at an old address became."""
        row = self._db.execute("SELECT document FROM documents WHERE name = ?", (original_name(url),)).fetchone()
        return row and int(row[0])

    def texts(self) -> str:
        """A digest of what is said of files: bodies say it again, and must when it changes."""
        digest = hashlib.sha256()
        # Keys with a colon were given here; another run of the same files must give the same.
        for row in self._db.execute("SELECT key, title, caption, alt, description FROM files WHERE key NOT LIKE '%:%' ORDER BY key"):
            digest.update(repr(row).encode())
        return digest.hexdigest()[:12]

    def files(self, size: int) -> Iterator[list[tuple[str, Entry, Attachment]]]:
        """Batches of the uploaded files that are items here, each with its key, in file order."""
        place, where = -1, "WHERE type = 'attachment' AND key IS NOT NULL AND place > ? ORDER BY place LIMIT ?"
        while batch := self._entries(where, place, size):
            yield [(str(entry.key), entry, self.attachments[str(entry.key)]) for entry in batch]
            place = batch[-1].place

    @property
    def attachments(self) -> Attachments:
        """Uploaded files by key."""
        return Attachments(self._db)

    def children(self, parent: str) -> tuple[str, ...]:
        """The keys of the files uploaded to an item, in the order its gallery shows them."""
        return tuple(key for (key,) in self._db.execute("SELECT key FROM files WHERE parent = ? ORDER BY number, key", (parent,)))


class Attachments(Mapping[str, Attachment]):
    """Uploaded files by key, read when asked for."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def __getitem__(self, key: str) -> Attachment:
        row = self._db.execute(f"SELECT {_FILE} FROM files WHERE key = ?", (key,)).fetchone()  # noqa: S608
        if row is None:
            raise KeyError(key)
        return Attachment(*row)

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._db.execute("SELECT key FROM files ORDER BY key"))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM files").fetchone()[0])


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def working_folder() -> str:
    """Where files are put that are gone when the import is."""
    # Where it can be a disk: on many systems the usual one for temporary files is memory.
    return "/var/tmp" if "TMPDIR" not in os.environ and os.access("/var/tmp", os.W_OK | os.X_OK) else tempfile.gettempdir()  # noqa: S108


def _remove(*paths: str) -> None:
    for path in paths:
        Path(path).unlink(missing_ok=True)


def _sweep() -> None:
    """Remove what killed imports left behind."""
    for left in Path(working_folder()).glob(f"{NAME}*.sqlite3*"):
        found = re.match(rf"{NAME}(\d+)-", left.name)
        try:
            os.kill(int(found[1]) if found else 0, 0)
        except ProcessLookupError:
            left.unlink(missing_ok=True)
        except OSError:
            continue


def same_item(one: Item | Entry, other: Item | Entry) -> bool:
    """Whether two items with the same id are one and the same: ids are used twice by merged and hand-made exports."""
    if one.type != other.type:
        return False
    if one.digest and one.digest == other.digest or one.guid and one.guid == other.guid:
        return True
    if one.slug and one.slug == other.slug:
        return True
    return bool(one.published) and one.published == other.published and one.title == other.title


def second_key(record: Item | Entry) -> str:
    """The key of an item whose id another one already has."""
    stamp_ = record.published.isoformat() if record.published else ""
    return f"{record.source_id}:{record.type}:{record.slug or stamp_ or record.digest[:16]}"[:180]
