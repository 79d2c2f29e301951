"""What an operator does about an import or export that could not go on."""

from __future__ import annotations

import errno

from django.db import OperationalError

from broadsheet.importing.records import BrokenOff

FULL = "the disk is full. What is written stays; make room and run the same command again, it goes on from there"
STOPPED = (BrokenOff, OperationalError, OSError)
"""What stops one from outside."""


def remedy(error: Exception) -> str:
    """One line for what stopped it; nothing for a file that cannot be read, which is no reason to try again."""
    if isinstance(error, BrokenOff):
        return f"{error}. What is written stays; run the same command again"
    if isinstance(error, OSError):
        return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
    what = str(error).partition("\n")[0]
    if "full" in what or "disk" in what:
        return FULL
    if "locked" in what:
        return "the database was kept locked by another program for too long. What is written stays; run the same command again"
    return f"the database failed ({what}). What is written stays; run the same command again when it works"
