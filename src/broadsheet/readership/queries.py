"""Reads as the newsroom looks at them: sums of a span, and how they spread over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from broadsheet.readership.models import ReadsInHour, ReadsOnDay
from broadsheet.stories.projections import publication


@dataclass(frozen=True, slots=True)
class Span:
    """A time that ends now, in equal parts."""

    first: dt.datetime
    end: dt.datetime
    parts: int

    @classmethod
    def until(cls, end: dt.datetime, *, hours: int, parts: int) -> Span:
        """So many hours up to the end of the hour that `end` lies in."""
        whole = end.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        return cls(whole - dt.timedelta(hours=hours), whole, parts)

    def starts(self) -> list[dt.datetime]:
        """When each part begins."""
        step = (self.end - self.first) / self.parts
        return [self.first + step * place for place in range(self.parts)]

    def place(self, moment: dt.datetime) -> int:
        """The part a moment lies in."""
        return min(max(int((moment - self.first) / (self.end - self.first) * self.parts), 0), self.parts - 1)


def most_in(span: Span, count: int) -> list[tuple[int, int]]:
    """(story id, reads) of the most read stories of a span, public or not by now."""
    moment, date = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT story_id, SUM(count) AS reads FROM (SELECT story_id, count FROM readership_readsinhour WHERE hour >= %s"
            " UNION ALL SELECT story_id, count FROM readership_readsonday WHERE day >= %s) AS reads"
            " GROUP BY story_id ORDER BY reads DESC, story_id DESC LIMIT %s",
            [moment(span.first), date(span.first.astimezone(publication().tzinfo).date()), count],
        )
        return [(pk, int(reads)) for pk, reads in cursor.fetchall()]


def spread(ids: Sequence[int], span: Span) -> dict[int, list[int]]:
    """{story id: its reads in each part of a span}; two queries."""
    found = {pk: [0] * span.parts for pk in ids}
    zone = publication().tzinfo
    hours = ReadsInHour.objects.filter(story_id__in=ids, hour__gte=span.first, hour__lt=span.end)
    for pk, hour, count in hours.values_list("story_id", "hour", "count"):
        found[pk][span.place(hour)] += count
    first = span.first.astimezone(zone).date()
    for pk, day, count in ReadsOnDay.objects.filter(story_id__in=ids, day__gte=first).values_list("story_id", "day", "count"):
        # A day stands where its noon lies.
        found[pk][span.place(dt.datetime.combine(day, dt.time(12), zone))] += count
    return found


def reads_of(story_id: int) -> int:
    """How often a story was read since reads are counted."""
    return sum(model.objects.filter(story_id=story_id).aggregate(n=Sum("count"))["n"] or 0 for model in (ReadsInHour, ReadsOnDay))
