"""The private folder of originals: what in it no picture and no document names any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
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
        for name in _named(batch):
            batch.pop(name, None)
        yield from batch.values()


def remove_unnamed() -> tuple[int, int]:
    """Delete what nothing names; returns how many files, and their bytes. No import may run meanwhile: it finds again what it left."""
    removed = size = 0
    for path in list(unnamed()):
        # Asked once more: since they were looked for a row may have been written.
        if not _named([str(path.relative_to(storages["default"].path("")))]):
            size += path.stat().st_size
            path.unlink()
            removed += 1
    return removed, size


def _named(names: Collection[str]) -> set[str]:
    return {
        name for model in (Image, Document) for name in model._default_manager.filter(file__in=list(names)).values_list("file", flat=True)
    }
