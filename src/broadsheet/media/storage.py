"""Where uploaded and encoded files are kept."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

from broadsheet.durable import settle


class DurableStorage(FileSystemStorage):
    """A folder whose files are on the disk, not only in memory, once `save` returns: then a row that names one may be committed."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Write a new file, under this name or one like it that is free, and return that."""
        saved = super().save(name, content, max_length)
        path, root = Path(self.path(saved)), Path(self.location)
        # The folders too, up to ours: a file is only where its name is.
        settle(path, *(above for above in path.parents if above.is_relative_to(root)))
        return saved
