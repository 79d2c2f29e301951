"""What an operator does about an import or export that could not go on."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError

from broadsheet.importing.ledger import working_folder
from broadsheet.importing.records import BrokenOff

STOPPED = (BrokenOff, OperationalError, InterfaceError, sqlite3.OperationalError, OSError)
"""What stops one from outside; an error of SQLite's own is one of the files that hold what is read while it runs,
one of an interface what a connection that is lost says when it is asked once more."""


def remedy(error: Exception, *written: Path) -> str:
    """One line for what stopped one that writes to the folders `written`, too; nothing for a file that cannot be read, which is no reason to
    try again."""
    if isinstance(error, BrokenOff):
        return f"{error}. What is written stays; run the same command again"
    if isinstance(error, OSError):
        return _full(written) if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
    what = str(error).partition("\n")[0]
    if "full" in what or "disk" in what:
        return _full(written)
    if "locked" in what:
        return "the database was kept locked by another program for too long. What is written stays; run the same command again"
    return f"the database failed ({what}). What is written stays; run the same command again when it works"


def _full(written: Iterable[Path]) -> str:
    """Names the place with the least room: the system does not say which of them it was."""
    temporary = Path(working_folder())
    place = min((place for place in (Path(settings.DATA), temporary, *written) if place.is_dir()), key=_room, default=Path(settings.DATA))
    other = "; TMPDIR names another folder for what is held only while it runs" if place == temporary else ""
    return (
        f"the disk is full, that of {place}. What is written stays; make room and run the same command again, it goes on from there{other}"
    )


def _room(place: Path) -> int:
    return shutil.disk_usage(place).free
