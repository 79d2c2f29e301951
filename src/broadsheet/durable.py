"""Files that a power cut does not take back: on the disk before anything says that they are there."""

from __future__ import annotations

import os
from pathlib import Path


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
