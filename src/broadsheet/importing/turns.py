"""Batches written several to a transaction: every commit writes whatever pages of the database were touched, and most touch the same ones."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, connections, transaction

SECONDS = 1.5
"""For about so long an import writes before others have their turn."""
Batch = TypeVar("Batch")
Thing = TypeVar("Thing")


def in_turns(batches: Iterator[Batch], write: Callable[[Batch], int]) -> Iterator[int]:
    """Write batches; after each commit, how many things were written since the one before, as `write` says."""
    for batch in batches:
        with _alone():
            until = time.monotonic() + SECONDS
            count = write(batch)
            # One batch is in memory at a time; the first of a turn was waited for while others could write.
            del batch
            while time.monotonic() < until and (more := next(batches, None)) is not None:
                count += write(more)
                del more
        # Now hardly anything is there to be looked through; amid a batch it is all of the batch, again and again.
        gc.collect(1)
        yield count


def portions(things: Iterable[Thing], most: int, size_of: Callable[[Thing], int], largest: int) -> Iterator[list[Thing]]:
    """So many at a time, or fewer where they are larger together than they should be."""
    held: list[Thing] = []
    size = 0
    for one in things:
        held.append(one)
        size += size_of(one)
        if len(held) == most or size >= largest:
            yield held
            held, size = [], 0
    if held:
        yield held


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
