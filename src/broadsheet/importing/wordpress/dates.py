"""WordPress's dates, of which any may be zero, invalid, local or missing, as moments in UTC."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_STAMP = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?\s*$")


def stamp(text: str) -> dt.datetime | None:
    """A database date; in UTC unless it names another offset. Nothing for zero and impossible ones."""
    found = _STAMP.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = found[7]
    offset = dt.timedelta()
    if zone and zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        offset = sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC) - offset
    except (ValueError, OverflowError):
        return None
    return moment if 1900 <= moment.year <= 9000 else None


def feed_date(text: str) -> dt.datetime | None:
    """An RSS date (`Tue, 24 Nov 2026 01:00:00 +0000`)."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if not 1900 <= moment.year <= 9000:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def moment_of(*, gmt: str, local: str, feed: str = "", offset: dt.timedelta) -> tuple[dt.datetime | None, bool]:
    """When it was, and whether that had to be worked out because the GMT date was missing or invalid."""
    if exact := stamp(gmt):
        return exact, False
    if from_feed := feed_date(feed):
        return from_feed, True
    if wall := stamp(local):
        return wall - offset, True
    return None, True
