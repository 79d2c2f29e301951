"""Triggers that keep the record as it was written: the database itself refuses every way of changing it.

SQLite's `REPLACE` removes the row in its way without telling any trigger of deletion, so an entry in the place of another is refused as
such. Only blanking is let through, of texts and of what was said, as the law may ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

CHANGE, TEXT = "record_change", "record_changetext"
WRITTEN_ONCE = {
    "record_leaf": ("id", "log_id, place", "log_id, change_id"), "record_node": ("id", "log_id, level, place"), "record_signingkey": ("number",),
    "record_log": ("number",),
}  # fmt: skip
"""Tables whose rows are never changed, with the columns that are one row's alone."""
BLANKED = {CHANGE: ("id", "story, number"), TEXT: ("change_id",)}
"""Tables of whose rows something may be taken out."""
TABLES = (*BLANKED, *WRITTEN_ONCE)
REFUSED = "the record is written once: append an entry instead"
_REFUSES = f" BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END "
"""What the triggers of PostgreSQL do."""
_GO = {CHANGE: ("wrong", "note", "salt"), TEXT: ("text", "salt")}
_STAY = {
    CHANGE: ("id", "story", "number", "moment", "kind", "chosen", "said", "text_digest", "previous", "digest"), TEXT: ("change_id", "address")
}  # fmt: skip
_EARLIER = ("record_change_kept",)
"""What a trigger of PostgreSQL's was called while nothing of an entry could go."""


def _blanks(table: str) -> str:
    """Whether what may go is nothing afterwards, all of it together, and all else what it was."""
    same = [f"NEW.{column} = OLD.{column}" for column in _STAY[table]]
    if table == CHANGE:
        # Without their digest words would be gone without a trace.
        same += ["COALESCE(NEW.about, -1) = COALESCE(OLD.about, -1)", "OLD.said <> ''"]
    return " AND ".join([*same, *(f"NEW.{column} = ''" for column in _GO[table])])


def _there(table: str, keys: Sequence[str]) -> str:
    alike = (" AND ".join(f"{column} = NEW.{column}" for column in key.split(", ")) for key in keys)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(f'({one})' for one in alike)})"  # noqa: S608


def _sqlite() -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    when: dict[str, str] = {}
    for table, keys in WRITTEN_ONCE.items():
        when |= {
            f"{table}_updated": f"BEFORE UPDATE ON {table}",
            f"{table}_deleted": f"BEFORE DELETE ON {table}",
            f"{table}_replaced": f"BEFORE INSERT ON {table} WHEN {_there(table, keys)}",
        }
    for table, keys in BLANKED.items():
        when |= {
            f"{table}_updated": f"BEFORE UPDATE ON {table} WHEN ({_blanks(table)}) IS NOT TRUE",
            f"{table}_deleted": f"BEFORE DELETE ON {table}",
            f"{table}_replaced": f"BEFORE INSERT ON {table} WHEN {_there(table, keys)}",
        }
    return {name: f"CREATE TRIGGER {name} {event} {refuse}" for name, event in when.items()}


def _postgresql() -> dict[str, str]:
    # In the place of a row that is there PostgreSQL puts another only by UPDATE or DELETE.
    when: dict[str, str] = {}
    for table in WRITTEN_ONCE:
        when |= {
            f"{table}_kept": f"BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW",
            f"{table}_whole": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
    for table in BLANKED:
        when |= {
            f"{table}_updated": f"BEFORE UPDATE ON {table} FOR EACH ROW WHEN (({_blanks(table)}) IS NOT TRUE)",
            f"{table}_deleted": f"BEFORE DELETE ON {table} FOR EACH ROW",
            f"{table}_whole": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
    return {name: f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION record_refuse()" for name, event in when.items()}


def _wanted() -> dict[str, str]:
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def missing() -> list[str]:
    """Names of the triggers that are not there, or are not as they should be; none where the tables are not there yet."""
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return []
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            there = dict(cursor.fetchall())
            return [name for name, made in _wanted().items() if there.get(name) != made]
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true), prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgenabled = 'O' AND tgrelid = ANY(SELECT unnest(%s::text[])::regclass)",
            [list(TABLES)],
        )
        held = {name: _bare(made) for name, made, does in cursor.fetchall() if does == _REFUSES}
    return [name for name, made in _wanted().items() if held.get(name) != _bare(made)]


def _bare(made: str) -> str:
    """A trigger's definition without what PostgreSQL adds to it: types, brackets, quotes and spaces."""
    return re.sub(r"::(?:character varying|\w+)|[()'\s]", "", made).lower()


def ensure() -> list[str]:
    """Make what is missing, for SQLite drops triggers when a migration alters their table; returns the names of what was."""
    if gone := missing():
        remove()
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                cursor.execute(f"CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger AS $${_REFUSES}$$ LANGUAGE plpgsql")
            for statement in _wanted().values():
                cursor.execute(statement)
    return gone


def remove() -> None:
    """Take the triggers away, as a migration does that alters a column they name: PostgreSQL refuses to otherwise."""
    with connection.cursor() as cursor:
        for name in _wanted():
            on = "" if connection.vendor == "sqlite" else f" ON {name.rpartition('_')[0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor != "sqlite":
            for name in _EARLIER:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {name.rpartition('_')[0]}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without them, for the suite's emptying of tables and nothing else."""
    remove()
    try:
        yield
    finally:
        ensure()
