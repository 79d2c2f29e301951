"""What is looked for: counted by day, nothing of who did. Counted in memory first, so that no search waits for a writer."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from broadsheet import rows
from broadsheet.pending import Pending
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


def note(query: Query, *, found: bool) -> None:
    """Count a query; written in a moment, in a thread of its own."""
    said = query.normal[:LONGEST].strip()
    if not said or _OF_SOMEBODY.search(query.text):
        return
    key = (timezone.now().date(), said)
    pending.note(key, (1, found), has_room=lambda counted: key in counted or len(counted) < MOST)


def write() -> None:
    """Write what was counted, and drop what is older than ninety days; what cannot be written is kept for the next time."""
    pending.write()


def _write(counted: dict[tuple[dt.date, str], tuple[int, bool]]) -> int:
    Asked.objects.filter(day__lt=timezone.now().date() - KEPT).delete()
    written = 0
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
        written += len(kept)
    return written


pending = Pending("what was searched for", after=LATER, write=_write, add=lambda older, newer: (older[0] + newer[0], newer[1]))
