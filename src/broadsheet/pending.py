"""What is counted in memory until a thread writes it, so that no request waits for the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import DatabaseError, connection, transaction

K = TypeVar("K")
V = TypeVar("V")
logger = logging.getLogger("broadsheet.pending")


class Pending(Generic[K, V]):
    """Counts by key. What cannot be written is kept for the next time; what a process that is killed has counted since is lost.

    `name` is what a log calls it; `after`, seconds until it is written; `write` writes all of it and returns how many rows, in a transaction
    of its own; `add` makes one of an older and a newer value.
    """

    def __init__(self, name: str, *, after: float, write: Callable[[dict[K, V]], int], add: Callable[[V, V], V]) -> None:
        self.name, self.after = name, after
        self._write, self._add = write, add
        self._lock = threading.Lock()
        self._is_planned = False
        self.counted: dict[K, V] = {}

    def note(self, key: K, value: V, *, has_room: Callable[[dict[K, V]], bool]) -> bool:
        """Count, unless what is waiting has no room for it (False); written in a moment, in a thread of its own."""
        with self._lock:
            if not has_room(self.counted):
                return False
            self.counted[key] = self._add(self.counted[key], value) if key in self.counted else value
            is_first, self._is_planned = not self._is_planned, True
        if is_first:
            later(self.after, self._write_and_leave)
        return True

    def write(self) -> int:
        """Write what was counted, in one transaction; returns how many rows."""
        with self._lock:
            taken, self.counted = self.counted, {}
        try:
            with transaction.atomic():
                return self._write(taken)
        except DatabaseError:
            with self._lock:
                newer = self.counted
                self.counted = taken | {key: self._add(taken[key], value) if key in taken else value for key, value in newer.items()}
            raise

    def forget(self) -> None:
        """Begin anew with nothing counted and nothing planned."""
        with self._lock:
            self.counted, self._is_planned = {}, False

    def _write_and_leave(self) -> None:
        try:
            self.write()
        except DatabaseError as error:
            logger.warning("%s could not be written, trying again: %s", self.name, error)
        finally:
            connection.close()
            with self._lock:
                self._is_planned = again = bool(self.counted)
            if again:
                later(self.after, self._write_and_leave)


def later(seconds: float, function: Callable[[], None]) -> None:
    """Call something once, after so many seconds, beside what goes on."""
    timer = threading.Timer(seconds, function)
    timer.daemon = True
    timer.start()
