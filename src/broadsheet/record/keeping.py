"""Keeps the log up with what is published: in the worker, beside all it does, for some of that takes long."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from broadsheet.record import log, signing
from broadsheet.record.models import Waiting
from broadsheet.record.signing import Refused

PAUSE, ANYWAY = 1.0, 30.0
"""Seconds until it is looked whether an entry waits, and until all is looked at: files that were removed, a key that is new."""
TOLD = 60.0
"""Seconds until what cannot be done is said again."""
logger = logging.getLogger("broadsheet.record")


def lately() -> tuple[dt.datetime, dt.datetime]:
    """What was entered between these may still wait; the second is later than now, for no two clocks are the same."""
    now, some = timezone.now(), dt.timedelta(seconds=ANYWAY)
    return now - some, now + some


def keep_up() -> int:
    """Give entries their places, sign, and write the files; returns how many entries came in. Raises Refused."""
    signing.ensure_key()
    entered = 0
    while count := log.enter():
        entered += count
    log.publish()
    return entered


class Keeper(threading.Thread):
    """Does so every second. Several may: each waits for the others."""

    def __init__(self, stopped: threading.Event) -> None:
        super().__init__(name="the log", daemon=True)
        self.stopped = stopped
        self.said: dict[str, float] = {}
        self.again = 0.0

    def run(self) -> None:
        """Until it is stopped."""
        while not self.stopped.wait(PAUSE):
            close_old_connections()
            try:
                if time.monotonic() > self.again or Waiting.objects.exists():
                    keep_up()
                    self.again = time.monotonic() + ANYWAY
            except Refused as refused:
                self._say(f"the log of the record is not gone on with: {refused}")
            except (DatabaseError, OSError) as error:
                self._say(f"the log of the record could not be written, trying again: {error}")
        connections.close_all()

    def _say(self, message: str) -> None:
        if time.monotonic() - self.said.get(message, -TOLD) >= TOLD:
            self.said = {message: time.monotonic()}
            logger.warning(message)
