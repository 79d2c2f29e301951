"""Django's backend for SQLite, for the process that answers requests: what is open is used again, see `base`."""

from __future__ import annotations

from typing import Any

ENGINES = {"django.db.backends.sqlite3": "broadsheet.delivery.kept_open"}


def keep_open(databases: dict[str, dict[str, Any]]) -> None:
    """Have these databases, of Django's settings, kept open between requests where they are SQLite's; before any of them is asked."""
    for database in databases.values():
        database["ENGINE"] = ENGINES.get(database["ENGINE"], database["ENGINE"])
