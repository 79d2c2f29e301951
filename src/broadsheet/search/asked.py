"""What is looked for: counted by day, nothing of who did. Counted in memory first, so that no search waits for a writer."""

from __future__ import annotations

import datetime as dt
import logging
import re
import threading
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from broadsheet import rows
from broadsheet.search.asking import Query
from broadsheet.search.models import Asked

LATER = 20.0
"""Seconds until counts are written; what a process that is killed has counted since is lost."""
MOST = 2_000
"""Different queries of one day that are kept, against somebody who types noise."""
KEPT = dt.timedelta(days=90)
LONGEST = 60
# Somebody's mail address or number is nothing a newsroom has to know.
_OF_SOMEBODY = re.compile(r"@|\d[\d\s()/.-]{5,}\d")
logger = logging.getLogger("broadsheet.search")
_lock = threading.Lock()
_counted: dict[tuple[dt.date, str], tuple[int, bool]] = {}
_waiting: list[bool] = []
"""Something while a write is to come."""


def note(query: Query, *, found: bool) -> None:
    """Count a query; written in a moment, in a thread of its own."""
    said = query.normal[:LONGEST].strip()
    if not said or _OF_SOMEBODY.search(query.text):
        return
    with _lock:
        is_first = not _waiting
        _waiting[:] = [True]
        key = (timezone.now().date(), said)
        if key in _counted or len(_counted) < MOST:
            _counted[key] = (_counted.get(key, (0, found))[0] + 1, found)
    if is_first:
        later(_write_and_leave)


def later(function: Callable[[], None]) -> None:
    """Call something once, soon, beside what goes on."""
    timer = threading.Timer(LATER, function)
    timer.daemon = True
    timer.start()


def _write_and_leave() -> None:
    try:
        write()
    except DatabaseError as error:
        logger.warning("what was searched for could not be noted, trying again: %s", error)
    finally:
        connection.close()
    with _lock:
        again = bool(_counted)
        _waiting[:] = [True] if again else []
    if again:
        later(_write_and_leave)


def write() -> None:
    """Write what was counted, and drop what is older than ninety days; what cannot be written is kept for the next time."""
    with _lock:
        counted = dict(_counted)
        _counted.clear()
    try:
        with transaction.atomic():
            _write(counted)
    except DatabaseError:
        with _lock:
            for key, (count, found) in counted.items():
                more = _counted.get(key)
                _counted[key] = (count + more[0], more[1]) if more else (count, found)
        raise


def _write(counted: dict[tuple[dt.date, str], tuple[int, bool]]) -> None:
    Asked.objects.filter(day__lt=timezone.now().date() - KEPT).delete()
    for day in {day for day, _said in counted}:
        today = {said: value for (one, said), value in counted.items() if one == day}
        known = set(Asked.objects.filter(day=day).values_list("query", flat=True))
        room = MOST - len(known)
        new = [said for said in today if said not in known][: max(0, room)]
        kept = sorted({*new, *(known & today.keys())})
        rows.insert(
            Asked,
            ("query", "day", "count", "found"),
            [(said, day, *today[said]) for said in kept],
            conflicts="ON CONFLICT (day, query) DO UPDATE SET count = search_asked.count + excluded.count, found = excluded.found",
        )
