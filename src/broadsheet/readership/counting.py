"""Reads are counted in memory and written a few seconds later, so that no reader waits for the database. Nothing of who reads is here."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from broadsheet import rows
from broadsheet.readership.models import ReadsInHour
from broadsheet.stories.models import Listing
from broadsheet.stories.projections import publication

LATER = 5.0
"""Seconds until counts are written; what a process that is killed has counted since is lost."""
MOST, MOST_OF_ONE = 1_000, 200
"""Reads, and reads of one story, that a process takes in before it has written: who sends more is no reader. No addresses are kept for it."""
logger = logging.getLogger("broadsheet.readership")
_lock = threading.Lock()
_counted: dict[tuple[str, dt.datetime], int] = {}
_waiting: list[bool] = []
"""Something while a write is to come."""
_setting: list[tuple[float, bool]] = []


def is_on() -> bool:
    """Whether the publication counts reads; asked of the database every few seconds, not for every page."""
    now = time.monotonic()
    known = _setting[0] if _setting else None
    if known is None or now > known[0]:
        known = (now + LATER, publication().count_reads)
        _setting[:] = [known]
    return known[1]


def count(permalink: str) -> bool:
    """Count a story as read once more; False when too many came in. Whether there is such a story is seen when it is written."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    with _lock:
        so_far = _counted.get((permalink, hour), 0)
        if so_far >= MOST_OF_ONE or sum(_counted.values()) >= MOST:
            return False
        _counted[permalink, hour] = so_far + 1
        is_first = not _waiting
        _waiting[:] = [True]
    if is_first:
        later(_write_and_leave)
    return True


def later(function: Callable[[], None]) -> None:
    """Call something once, soon, beside what goes on."""
    timer = threading.Timer(LATER, function)
    timer.daemon = True
    timer.start()


def _write_and_leave() -> None:
    try:
        write()
    except DatabaseError as error:
        logger.warning("reads could not be written, trying again: %s", error)
    finally:
        connection.close()
    with _lock:
        _waiting[:] = [True] if _counted else []
        again = bool(_counted)
    if again:
        later(_write_and_leave)


def write() -> int:
    """Add what was counted to the hours of public stories, in one transaction; returns how many rows.

    What cannot be written is kept for the next time.
    """
    with _lock:
        taken = dict(_counted)
        _counted.clear()
    try:
        with transaction.atomic():
            asked = {permalink for permalink, _hour in taken}
            public = Listing.objects.filter(list_key="site", story__permalink__in=asked).order_by()
            ids = dict(public.values_list("story__permalink", "story_id")) if asked else {}
            # In one order in all processes, or two of them could wait for each other.
            found = sorted((ids[permalink], hour, number) for (permalink, hour), number in taken.items() if permalink in ids)
            added = "count = readership_readsinhour.count + excluded.count"
            rows.insert(ReadsInHour, ("story", "hour", "count"), found, conflicts=f"ON CONFLICT (story_id, hour) DO UPDATE SET {added}")
    except DatabaseError:
        with _lock:
            for key, number in taken.items():
                _counted[key] = _counted.get(key, 0) + number
        raise
    return len(found)
