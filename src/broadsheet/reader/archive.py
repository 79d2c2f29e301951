"""Browsing by date: years with their months, a year, a month with its days, a day, all by the publication's clock."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.frame import Frame, head
from broadsheet.stories.cards import cards_of, listed
from broadsheet.stories.models import Listing
from broadsheet.stories.queries import span_of, spans_with_stories

ROOT = "/archive/"
PER_PAGE = {"month": 24, "day": 100}
"""A day is whole on its page as long as that can be, for its stories are to be three clicks away."""

NO_PAGER = c.Pager("", "")
Date = tuple[int, ...]
"""(year), (year, month) or (year, month, day)."""


def everything(frame: Frame) -> c.ArchivePage:
    """All years in which something was published, newest first, each with its months."""
    years = _published(frame, _years(frame))
    months = _published(frame, [(*year, month) for year in years for month in range(12, 0, -1)])
    periods = tuple(_period(frame, year, parts=tuple(_period(frame, one) for one in months if one[:1] == year)) for year in years)
    return _page(frame, (), periods=periods)


def one(frame: Frame, *date: int, before: tuple[dt.datetime, int] | None = None) -> c.ArchivePage:
    """A year, a month or a day; raises Http404 for a date that is none and for one without stories."""
    if 0 in date:
        raise Http404
    try:
        first, end = span_of(frame.publication.tzinfo, *date)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if len(date) == 1:
        periods = tuple(_period(frame, month) for month in _published(frame, [(*date, month) for month in range(1, 13)]))
        if not periods:
            raise Http404
        return _page(frame, date, periods=periods)
    many = PER_PAGE["day" if len(date) == 3 else "month"]
    start = min(before, (end, 0)) if before else (end, 0)
    rows = [row for row in listed("site", many + 1, before=start) if row[2] >= first]
    if not rows:
        raise Http404
    days = _published(frame, [(*date, day) for day in range(1, 32) if _is_date(*date, day)]) if len(date) == 2 else []
    path, more, shown = _address(date), len(rows) > many, rows[:many]
    older = f"{path}?{urlencode({'before': f'{shown[-1][2].isoformat()}~{shown[-1][0]}'})}" if more else ""
    return _page(
        frame, date, periods=tuple(_period(frame, day) for day in days), cards=cards_of(shown, frame.tree),
        pager=c.Pager(newer_url=path if before else "", older_url=older), indexed=before is None,
    )  # fmt: skip


def _page(
    frame: Frame, date: Date, *, periods: tuple[c.Period, ...], cards: tuple[c.Card, ...] = (),
    pager: c.Pager = NO_PAGER, indexed: bool = True,
) -> c.ArchivePage:  # fmt: skip
    name = _name(frame, date) if date else _("Archives")
    above = [c.Link(_("Archives"), ROOT), *(c.Link(_name(frame, date[:n]), _address(date[:n])) for n in range(1, len(date)))]
    robots: dict[str, Any] = {} if indexed else {"robots": "noindex, follow"}
    return c.ArchivePage(
        site=frame.site, head=head(frame, title=name, path=_address(date), **robots), language=frame.site.language,
        direction=frame.site.direction, name=name, breadcrumb=tuple(above) if date else (), periods=periods, cards=cards, pager=pager,
    )  # fmt: skip


def _years(frame: Frame) -> list[Date]:
    published = Listing.objects.of("site").values_list("published", flat=True)
    newest, oldest = published.first(), published.last()
    if newest is None or oldest is None:
        return []
    zone = frame.publication.tzinfo
    return [(year,) for year in range(newest.astimezone(zone).year, oldest.astimezone(zone).year - 1, -1)]


def _published(frame: Frame, spans: list[Date]) -> list[Date]:
    found = spans_with_stories("site", [span_of(frame.publication.tzinfo, *date) for date in spans])
    return [spans[place] for place in found]


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _address(date: Date) -> str:
    return ROOT + "".join(f"{part:0{4 if place == 0 else 2}}/" for place, part in enumerate(date))


def _name(frame: Frame, date: Date) -> str:
    first = dt.date(*(*date, 1, 1)[:3])
    return dates.span(first, frame.site.language, month=len(date) > 1, date=len(date) > 2)


def _period(frame: Frame, date: Date, parts: tuple[c.Period, ...] = ()) -> c.Period:
    name, language = _name(frame, date), frame.site.language
    if len(date) == 2:
        text = dates.locale_of(language).months["stand-alone"]["wide"][date[1]]
        text = text[:1].upper() + text[1:]
    elif len(date) == 3:
        # In Persian a day has another number than in its address.
        text = name.split(" ")[0] if dates.locale_of(language).language == "fa" else dates.digits(date[2], language)
    else:
        text = name
    return c.Period(text, name, _address(date), parts)
