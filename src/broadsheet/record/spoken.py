"""Statements in their order, a page at a time. Where a page goes on is told by nothing that only this database has: the address outlives a move."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from django.db.models import QuerySet

from broadsheet.record.evidence import Statement

Place: TypeAlias = tuple[dt.date, int]
"""A day, and how many of its statements stand before the place."""


def statements_from(statements: QuerySet[Statement], place: Place | None = None, *, count: int) -> list[Statement]:
    """So many of these statements, with sources and speakers, from a place on; those of the newest day first, on a day those of the newest story, in it the last said."""
    found = statements.select_related("source", "speaker").order_by("-day", "-story", "-number")
    if place is None:
        return list(found[:count])
    day, skipped = place
    return list(found.filter(day__lte=day)[skipped : skipped + count])


def is_led_to(statements: QuerySet[Statement], place: Place, *, count: int) -> bool:
    """True when pages of so many lead to this place: any day and number is one, and there is no end of those."""
    return (statements.filter(day__gt=place[0]).count() + place[1]) % count == 0
