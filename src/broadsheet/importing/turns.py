"""Batches written several to a transaction: every commit writes whatever pages of the database were touched, and most touch the same ones."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, connections, transaction

SECONDS = 1.0
"""For about so long an import writes before others have their turn."""
Batch = TypeVar("Batch")


def in_turns(batches: Iterator[Batch], write: Callable[[Batch], int]) -> Iterator[int]:
    """Write batches; after each commit, how many things were written since the one before, as `write` says."""
    for batch in batches:
        with _alone():
            until = time.monotonic() + SECONDS
            count = write(batch)
            # The first batch of a turn was waited for while others could write.
            while time.monotonic() < until and (more := next(batches, None)) is not None:
                count += write(more)
        # Now hardly anything is there to be looked through; amid a batch it is all of the batch, again and again.
        gc.collect(1)
        yield count


@contextmanager
def _alone() -> Iterator[None]:
    """One transaction without any within it.

    For each of those SQLite puts aside what every page held that is written in it. Nothing here would go on after taking back a part,
    and nobody else writes at the same time, so that nothing has to be tried in one.
    """
    ours: Any = connections[connection.alias]
    with transaction.atomic():
        if ours.vendor == "sqlite":
            ours.savepoint = lambda: None
        try:
            yield
        finally:
            vars(ours).pop("savepoint", None)
