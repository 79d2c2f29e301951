"""Triggers that keep the record as it was written: the database itself refuses every way of changing it.

SQLite's `REPLACE` removes the row in its way without telling any trigger of deletion, so an entry in the place of another is refused as
such. Of texts only blanking is let through, as the law may ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

CHANGE, TEXT = "record_change", "record_changetext"
WRITTEN_ONCE = {
    CHANGE: ("id", "story, number"), "record_leaf": ("id", "log_id, place", "log_id, change_id"), "record_node": ("id", "log_id, level, place"),
    "record_signingkey": ("number",),
}  # fmt: skip
"""Tables whose rows are never changed, with the columns that are one row's alone."""
TABLES = (*WRITTEN_ONCE, TEXT)
REFUSED = "the record is written once: append an entry instead"
# No word of what is there besides text and salt may change, and these only to nothing.
_BLANKED = "NEW.change_id = OLD.change_id AND NEW.address = OLD.address AND NEW.text = '' AND NEW.salt = ''"


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
    when |= {
        f"{TEXT}_updated": f"BEFORE UPDATE ON {TEXT} WHEN NOT ({_BLANKED})",
        f"{TEXT}_deleted": f"BEFORE DELETE ON {TEXT}",
        f"{TEXT}_replaced": f"BEFORE INSERT ON {TEXT} WHEN {_there(TEXT, ['change_id'])}",
    }
    return {name: f"CREATE TRIGGER {name} {event} {refuse}" for name, event in when.items()}


def _postgresql() -> dict[str, str]:
    # In the place of a row that is there PostgreSQL puts another only by UPDATE or DELETE.
    when: dict[str, str] = {}
    for table in WRITTEN_ONCE:
        when |= {
            f"{table}_kept": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
            f"{table}_whole": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
        }
    when |= {
        f"{TEXT}_updated": f"BEFORE UPDATE ON {TEXT} FOR EACH ROW WHEN (NOT ({_BLANKED}))",
        f"{TEXT}_deleted": f"BEFORE DELETE ON {TEXT} FOR EACH ROW",
        f"{TEXT}_whole": f"BEFORE TRUNCATE ON {TEXT} FOR EACH STATEMENT",
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
            "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND tgrelid = ANY(SELECT unnest(%s::text[])::regclass)", [list(TABLES)]
        )
        held = {name for (name,) in cursor.fetchall()}
    return [name for name in _wanted() if name not in held]


def ensure() -> list[str]:
    """Make what is missing, for SQLite drops triggers when a migration alters their table; returns the names of what was."""
    if gone := missing():
        remove()
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                cursor.execute(
                    "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger AS"
                    f" $$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
                )
            for statement in _wanted().values():
                cursor.execute(statement)
    return gone


def remove() -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for name in _wanted():
            on = "" if connection.vendor == "sqlite" else f" ON {name.rpartition('_')[0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


@contextmanager
def lifted() -> Iterator[None]:
    """Without them, for the suite's emptying of tables and nothing else."""
    remove()
    try:
        yield
    finally:
        ensure()
