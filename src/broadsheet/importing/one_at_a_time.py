"""One import at a time; the second one says so."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from broadsheet.importing.records import ImportRefused

LOCK = 7_402_918_356
"""The number of the lock that an import holds in PostgreSQL: any, but everywhere the same."""


@contextmanager
def alone() -> Iterator[None]:
    """Raises ImportRefused when another import runs in this data folder, or in another one into the same database."""
    with open(Path(settings.DATA) / "import.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _running() from error
        with _alone_in_the_database():
            yield


@contextmanager
def _alone_in_the_database() -> Iterator[None]:
    """For PostgreSQL, which several data folders may share; SQLite's database is in the one it belongs to."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise _running()
    try:
        yield
    finally:
        # Where the connection is lost, so is the lock.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _running() -> ImportRefused:
    return ImportRefused("import", "another import is running", "Wait until it is done and run this one again")


def is_running() -> bool:
    """True while an import runs in this data folder."""
    try:
        with open(Path(settings.DATA) / "import.lock") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
