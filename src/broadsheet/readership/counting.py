"""Reads are counted in memory and written a few seconds later, so that no reader waits for the database. Nothing of who reads is here."""

from __future__ import annotations

import datetime as dt
import time
from operator import add

from django.utils import timezone

from broadsheet import rows
from broadsheet.pending import Pending
from broadsheet.readership.models import ReadsInHour
from broadsheet.stories.models import Listing
from broadsheet.stories.projections import publication

LATER = 5.0
"""Seconds until counts are written; what a process that is killed has counted since is lost."""
MOST, MOST_OF_ONE = 1_000, 200
"""Reads, and reads of one story, that a process takes in before it has written: who sends more is no reader. No addresses are kept for it."""
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
    key = (permalink, timezone.now().replace(minute=0, second=0, microsecond=0))
    return pending.note(key, 1, has_room=lambda counted: counted.get(key, 0) < MOST_OF_ONE and sum(counted.values()) < MOST)


def write() -> int:
    """Add what was counted to the hours of public stories, in one transaction; returns how many rows."""
    return pending.write()


def _write(taken: dict[tuple[str, dt.datetime], int]) -> int:
    asked = {permalink for permalink, _hour in taken}
    public = Listing.objects.filter(list_key="site", story__permalink__in=asked).order_by()
    ids = dict(public.values_list("story__permalink", "story_id")) if asked else {}
    # In one order in all processes, or two of them could wait for each other.
    found = sorted((ids[permalink], hour, number) for (permalink, hour), number in taken.items() if permalink in ids)
    added = "count = readership_readsinhour.count + excluded.count"
    rows.insert(ReadsInHour, ("story", "hour", "count"), found, conflicts=f"ON CONFLICT (story_id, hour) DO UPDATE SET {added}")
    return len(found)


pending = Pending("reads", after=LATER, write=_write, add=add)
