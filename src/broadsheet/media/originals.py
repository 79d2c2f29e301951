"""The private folder of originals: what in it no picture and no document names any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

from broadsheet.media.models import Document, Image

MANY = 500
IN_FLIGHT = dt.timedelta(hours=1)
"""What is younger may be an upload or an import that has yet to write its row."""


def unnamed() -> Iterator[Path]:
    """Files that an upload or import wrote before it was killed: not of the last hour, in any order, a few questions for many."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        return
    root = Path(storage.location)
    before = dt.datetime.now(dt.UTC).timestamp() - IN_FLIGHT.total_seconds()
    files = (path for path in root.rglob("*") if path.is_file() and path.stat().st_mtime < before)
    while batch := {str(path.relative_to(root)): path for path in islice(files, MANY)}:
        for model in (Image, Document):
            for name in model._default_manager.filter(file__in=list(batch)).values_list("file", flat=True):
                batch.pop(name, None)
        yield from batch.values()
