"""Files that a power cut does not take back: on the disk before anything says that they are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def settle(*paths: Path | str) -> None:
    """Wait until the content of files, and of folders the names in them, is on the disk."""
    for path in paths:
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def put_in_place(part: Path | str, target: Path) -> None:
    """Give a finished file its name: whoever finds the name finds the whole file, after a power cut too."""
    settle(part)
    os.replace(part, target)
    settle(target.parent)


@contextmanager
def whole(target: Path, *, mode: int = 0o644) -> Iterator[TextIO]:
    """A text file to write, which has its name once it is whole; until then what had the name stays, and when writing fails for good."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as out:
            yield out
        put_in_place(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
