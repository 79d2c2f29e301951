"""Dates as precise as they are known: `2026`, `2026-11`, `2026-11-24`, `2026-11-24T18:30`."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?", re.A)


def tidy(text: str) -> str:
    """The date, or nothing if it is none."""
    return text.strip() if span(text) else ""


def span(text: str) -> tuple[dt.date, dt.date] | None:
    """Its first and its last day; None for what is no date."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
        if hour is not None:
            dt.time(hour, minute or 0)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, dt.date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
