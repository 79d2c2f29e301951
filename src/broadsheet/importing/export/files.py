"""Stored originals, copied out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from broadsheet.durable import put_in_place


def copied(original: Any, target: Path) -> bool:
    """Copy a stored file to `target`, which appears only when it is whole; False when there is no such file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    try:
        with original.open("rb") as source, unfinished.open("wb") as out:
            shutil.copyfileobj(source, out)
    except FileNotFoundError:
        return False
    put_in_place(unfinished, target)
    return True
