"""Old hours become days, so that an archive of a million stories keeps its numbers in a small table."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from broadsheet.readership.models import ReadsInHour
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import span_of

KEPT = dt.timedelta(days=28)
"""For which hours are kept."""
AT_ONCE = 7
"""Days folded in one go; each in a transaction of its own."""


def fold(now: dt.datetime | None = None) -> int:
    """Turn the hours of days that ended four weeks ago into one row per story and day; returns how many days."""
    limit = (now or timezone.now()) - KEPT
    zone = publication().tzinfo
    done = 0
    while done < AT_ONCE:
        oldest = ReadsInHour.objects.order_by("hour").values_list("hour", flat=True).first()
        if oldest is None:
            break
        day = oldest.astimezone(zone).date()
        first, end = span_of(zone, day.year, day.month, day.day)
        if end > limit:
            break
        _fold(day, first, end)
        done += 1
    return done


def _fold(day: dt.date, first: dt.datetime, end: dt.datetime) -> None:
    moment, date = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO readership_readsonday (story_id, day, count) SELECT story_id, %s, SUM(count) FROM readership_readsinhour"
            " WHERE hour >= %s AND hour < %s GROUP BY story_id"
            " ON CONFLICT (story_id, day) DO UPDATE SET count = readership_readsonday.count + excluded.count",
            [date(day), moment(first), moment(end)],
        )
        ReadsInHour.objects.filter(hour__gte=first, hour__lt=end).delete()
