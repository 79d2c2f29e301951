"""One import at a time; the second one says so."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from broadsheet.importing.records import ImportRefused


@contextmanager
def alone() -> Iterator[None]:
    """Raises ImportRefused when another import runs in this data folder."""
    with open(Path(settings.DATA) / "import.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ImportRefused("import", "another import is running", "Wait until it is done and run this one again") from error
        yield


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
