"""Browsing by date: years with their months, a year, a month with its days, a day, all by the publication's clock.

Of everything, of a section, or of a contributor. A day that is over stays as it is, with its pages and their numbers.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from broadsheet.delivery.keys import note
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.frame import Frame, described, head
from broadsheet.stories import keys
from broadsheet.stories.cards import Row, cards_of, listed, published_within
from broadsheet.stories.models import Listing
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.queries import span_of
from broadsheet.stories.tallies import counts
from broadsheet.syndication import schema

ROOT = "/archive/"
PER_PAGE = {"month": 24, "day": 100}
"""A day is whole on its page as long as that can be; its further pages are named in its month, for its stories are to be three clicks away."""

NO_PAGER = c.Pager("", "")
Date = tuple[int, ...]
"""(year), (year, month) or (year, month, day)."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What an archive is of."""

    list_key: str = "site"
    root: str = ROOT
    name: str = ""
    """Of the section or the person; empty for everything."""
    above: str = ""
    """Their page's address."""


EVERYTHING = Shelf()


def overview(frame: Frame, shelf: Shelf = EVERYTHING) -> c.ArchivePage:
    """All years in which something was published, newest first, each with its months; raises Http404 for somebody's archive without any."""
    note(keys.top(shelf.list_key))
    months = _counted(frame, shelf, _months(frame, shelf))
    if not months and shelf != EVERYTHING:
        raise Http404
    by_year: dict[int, list[c.Period]] = {}
    totals: Counter[int] = Counter()
    for month, count in months.items():
        by_year.setdefault(month[0], []).append(_period(shelf.root, month, count, frame.site.language))
        totals[month[0]] += count
    periods = tuple(_period(shelf.root, (year,), totals[year], frame.site.language, tuple(parts)) for year, parts in by_year.items())
    return _page(frame, shelf, (), periods=periods)


def year(frame: Frame, number: int, shelf: Shelf = EVERYTHING) -> c.ArchivePage:
    """The months of a year; raises Http404 for one without stories."""
    _span(frame, (number,))
    note(keys.span(shelf.list_key, number))
    found = _counted(frame, shelf, [(number, month) for month in range(1, 13)])
    if not found:
        raise Http404
    return _page(
        frame, shelf, (number,), periods=tuple(_period(shelf.root, date, count, frame.site.language) for date, count in found.items())
    )


def month(frame: Frame, *date: int, before: tuple[dt.datetime, int] | None = None, shelf: Shelf = EVERYTHING) -> c.ArchivePage:
    """The calendar of a month and its newest stories; raises Http404 for what is no month and for one without stories."""
    first, end = _span(frame, date)
    note(keys.span(shelf.list_key, *date))
    start = min(before, (end, 0)) if before else (end, 0)
    rows = [row for row in listed(shelf.list_key, PER_PAGE["month"] + 1, before=start) if row[2] >= first]
    if not rows:
        raise Http404
    shown, path = rows[: PER_PAGE["month"]], _address(shelf.root, date)
    older = further(path, shown[-1], rows[len(shown)]) if len(rows) > len(shown) else ""
    days = [(*date, day) for day in range(1, calendar.monthrange(*date)[1] + 1)]
    found = _counted(frame, shelf, days)
    monday = dates.locale_of(frame.site.language).first_week_day
    return _page(
        frame, shelf, date, periods=tuple(_day(shelf.root, day, found.get(day, 0), frame.site.language) for day in days), rows=shown,
        pager=c.Pager(newer_url=path if before else "", older_url=older), indexed=before is None,
        weekdays=_weekdays(frame.site.language, monday), starts=(dt.date(*days[0]).weekday() - monday) % 7 + 1,
    )  # fmt: skip


def further(path: str, last: Row, following: Row) -> str:
    """The address at which a list goes on. The story's number in this database is in it only where the time does not tell it from the next."""
    number = f"~{last[0]}" if last[2] == following[2] else ""
    return f"{path}?{urlencode({'before': f'{last[2].isoformat()}{number}'})}"


def day(frame: Frame, *date: int, number: int = 1, shelf: Shelf = EVERYTHING) -> c.ArchivePage:
    """A day, or one of its further pages, by number; raises Http404 for what is no day and for a page without stories."""
    first, end = _span(frame, date)
    note(keys.span(shelf.list_key, *date))
    many = PER_PAGE["day"]
    rows = published_within(shelf.list_key, first, end, skip=(number - 1) * many, count=many + 1)
    if not rows:
        raise Http404
    path = _address(shelf.root, date)
    pager = c.Pager(_numbered(path, number - 1) if number > 1 else "", _numbered(path, number + 1) if len(rows) > many else "")
    return _page(frame, shelf, date, rows=rows[:many], pager=pager, number=number)


def _span(frame: Frame, date: Date) -> tuple[dt.datetime, dt.datetime]:
    if 0 in date:
        raise Http404
    try:
        return span_of(frame.publication.tzinfo, *date)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


def _numbered(path: str, number: int) -> str:
    return f"{path}?page={number}" if number > 1 else path


def _page(
    frame: Frame, shelf: Shelf, date: Date, *, periods: tuple[c.Period, ...] = (), rows: list[Row] | None = None,
    pager: c.Pager = NO_PAGER, indexed: bool = True, number: int = 1, weekdays: tuple[str, ...] = (), starts: int = 1,
) -> c.ArchivePage:  # fmt: skip
    name = _name(frame.site.language, date) if date else _("Archives")
    title = f"{shelf.name} — {name}" if shelf.name else name
    steps = [c.Link(shelf.name, shelf.above)] if shelf.name else []
    steps += [
        c.Link(_("Archives"), shelf.root),
        *(c.Link(_name(frame.site.language, date[:n]), _address(shelf.root, date[:n])) for n in range(1, len(date) + 1)),
    ]
    path, cards = _numbered(_address(shelf.root, date), number), cards_of(rows or [], frame.tree)
    # What is in the archive of a section or a person is in that of everything.
    robots: dict[str, Any] = {} if indexed and not shelf.name else {"robots": "noindex, follow"}
    told = (schema.breadcrumb([(step.text, step.url) for step in steps]), described(frame, name=title, path=path, cards=cards))
    return c.ArchivePage(
        site=frame.site, head=head(frame, title=title, path=path, json_ld=told, **robots), language=frame.site.language,
        direction=frame.site.direction, name=title, breadcrumb=tuple(steps[:-1]), periods=periods, cards=cards, pager=pager,
        weekdays=weekdays, starts=starts,
    )  # fmt: skip


def _months(frame: Frame, shelf: Shelf) -> list[Date]:
    """From that of the newest story back to that of the oldest."""
    zone = frame.publication.tzinfo
    ends = [moment.astimezone(zone) for newest in (True, False) for (moment,) in _end(shelf.list_key, newest=newest)]
    numbers = [when.year * 12 + when.month - 1 for when in ends]
    return [(number // 12, number % 12 + 1) for number in range(numbers[0], numbers[1] - 1, -1)] if numbers else []


@Prepared
def _end(list_key: str, *, newest: bool) -> Any:
    published = Listing.objects.of(list_key)
    return (published if newest else published.reverse()).values_list("published")[:1]


def _counted(frame: Frame, shelf: Shelf, spans: list[Date]) -> dict[Date, int]:
    """Those in which something was published, with how many; one query."""
    found = counts(shelf.list_key, [span_of(frame.publication.tzinfo, *date) for date in spans])
    return {date: count for date, count in zip(spans, found, strict=True) if count}


def _address(root: str, date: Date) -> str:
    return root + "".join([f"{part:0{2 if place else 4}}/" for place, part in enumerate(date)])


def _name(language: str, date: Date) -> str:
    first = dt.date(*(*date, 1, 1)[:3])
    return dates.span(first, language, month=len(date) > 1, date=len(date) > 2)


def _weekdays(language: str, first: int) -> tuple[str, ...]:
    # Those that stand alone are mixed up between languages by Babel 2.18, where one process shows several.
    names = dates.locale_of(language).days["format"]["short"]
    return tuple(names[(first + n) % 7] for n in range(7))


# An overview shows all months there are, and but for the last ones they stay as they are.
@lru_cache(maxsize=4096)
def _period(root: str, date: Date, count: int, language: str, parts: tuple[c.Period, ...] = ()) -> c.Period:
    name = text = _name(language, date)
    if len(date) == 2:
        text = dates.month(date[1], language)
        text = text[:1].upper() + text[1:]
    return c.Period(text, name, _address(root, date), parts, dates.figure(count, language))


@lru_cache(maxsize=4096)
def _day(root: str, date: Date, count: int, language: str) -> c.Period:
    name = _name(language, date)
    # In Persian a day has another number than in its address.
    text = name.split(" ")[0] if dates.locale_of(language).language == "fa" else dates.digits(date[2], language)
    if not count:
        return c.Period(text, name, "")
    url, pages = _address(root, date), -(-count // PER_PAGE["day"])
    further = tuple(
        c.Period(dates.digits(n, language), f"{name} ({dates.digits(n, language)})", _numbered(url, n)) for n in range(2, pages + 1)
    )
    return c.Period(text, name, url, further, dates.figure(count, language))
