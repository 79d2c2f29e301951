"""This process once more: everything it has loaded is there already, and held in memory once for both."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from django.db import connections


class Twin:
    """A copy of this process that does one thing and ends; as far as it is asked for here, what `subprocess.Popen` is."""

    def __init__(self, work: Callable[[BinaryIO, BinaryIO], None]) -> None:
        """`work` gets what we write and what we read."""
        (hears, says), (reads, writes) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(says)
            os.close(reads)
            _work(work, hears, writes)
        os.close(hears)
        os.close(writes)
        self.stdin, self.stdout = os.fdopen(says, "wb"), os.fdopen(reads, "rb")
        self._status: int | None = None

    @staticmethod
    def is_safe() -> bool:
        """Whether nothing would be torn in two: no thread, and no database that is open. Those that may be closed are."""
        if sys.platform != "linux" or threading.active_count() > 1 or any(one.in_atomic_block for one in connections.all(True)):
            return False
        connections.close_all()
        # A database in memory does not close.
        return all(one.connection is None for one in connections.all(True))

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """How it ended; nothing while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int:
        """How it ended, when it has."""
        return self._ended(0) or 0

    def _ended(self, how: int) -> int | None:
        if self._status is None:
            pid, status = os.waitpid(self.pid, how)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status


def _work(work: Callable[[BinaryIO, BinaryIO], None], hears: int, writes: int) -> None:
    # Nothing that was to happen at the end of the other process may happen at the end of this one too.
    status = 1
    try:
        for alias in list(connections):
            with suppress(AttributeError):
                del connections[alias]
        with os.fdopen(hears, "rb") as asked, os.fdopen(writes, "wb") as out:
            work(asked, out)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)
