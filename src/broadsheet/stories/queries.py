"""Reads: the section tree, lists and cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex

from broadsheet.stories.prepared import Prepared, columns_of, instance_of

if TYPE_CHECKING:
    from broadsheet.stories.models import Topic

LINKED_FROM = 3
"""A topic of fewer stories is neither linked nor indexed until an editor promotes it."""


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """What pages need of a section."""

    id: int
    name: str
    url: str
    path: str
    depth: int
    tone: str
    language: str
    live: bool

    def holds(self, path: str) -> bool:
        """True when `path` is this section's own or lies under it."""
        return path.startswith(self.path)


class SectionTree:
    """All sections of the site, read once: menus, kickers and ancestors come from here without a query."""

    def __init__(self, entries: Iterable[SectionEntry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda e: e.path))
        self.by_id = {e.id: e for e in self.entries}
        self._by_path = {e.path: e for e in self.entries}

    @classmethod
    def read(cls) -> SectionTree:
        """One query for the whole tree."""
        entries = []
        for pk, title, url_path, path, depth, tone, language, live in _sections():
            # The first part of a url_path is the site's root page.
            entries.append(SectionEntry(pk, title, "/" + url_path.lstrip("/").partition("/")[2], path, depth, tone, language, live))
        return cls(entries)

    def line(self, path: str) -> list[SectionEntry]:
        """The sections a path lies in, from the top down; a section's own path includes itself."""
        ends = range(Page.steplen, len(path) + 1, Page.steplen)
        return [self._by_path[path[:end]] for end in ends if path[:end] in self._by_path]

    def home_of(self, path: str) -> SectionEntry | None:
        """The section a story's tree path lies in."""
        line = self.line(path)
        return line[-1] if line else None

    def children(self, entry: SectionEntry | None) -> list[SectionEntry]:
        """Live sections directly below one, or at the top for None."""
        if entry is None:
            top = min((e.depth for e in self.entries), default=0)
            return [e for e in self.entries if e.depth == top and e.live]
        return [e for e in self.entries if e.live and e.depth == entry.depth + 1 and e.path.startswith(entry.path)]


@Prepared
def _sections() -> Any:
    from broadsheet.stories.models import Section

    # Unordered: asked for paths in order, SQLite walks the index of all pages instead of the few sections.
    return Section.objects.order_by().values_list("id", "title", "url_path", "path", "depth", "tone", "language", "live")


@Prepared
def _topic(slug: str) -> Any:
    from broadsheet.stories.models import Topic

    return Topic.objects.filter(slug=slug).order_by().values_list(*columns_of(Topic))


def topic_at(slug: str) -> Topic | None:
    """The topic that has this word in its address."""
    from broadsheet.stories.models import Topic

    return next((instance_of(Topic, columns_of(Topic), row) for row in _topic(slug)), None)


@Prepared
def _first(list_key: str, *, count: int) -> Any:
    from broadsheet.stories.models import Listing

    return Listing.objects.filter(list_key=list_key).order_by().values_list("pk")[:count]


def held_by(list_key: str, *, up_to: int = 1) -> int:
    """How many stories are in a list, counted up to so many."""
    return len(_first(list_key, count=up_to))


@lru_cache(maxsize=4096)
def span_of(zone: ZoneInfo, year: int, month: int = 0, day: int = 0) -> tuple[dt.datetime, dt.datetime]:
    """The moment a year, month or day begins by a zone's clock, and the one it ends.

    Raises ValueError or OverflowError for a date that is none.
    """
    first = dt.datetime(year, month or 1, day or 1, tzinfo=zone)
    # Days are added to the clock's date, so that one of 23 or 25 hours is a whole one.
    if day:
        end = first + dt.timedelta(days=1)
    elif month:
        end = (first + dt.timedelta(days=32)).replace(day=1)
    else:
        end = first.replace(year=year + 1)
    return first.astimezone(dt.UTC), end.astimezone(dt.UTC)


def is_used(files: Iterable[models.Model]) -> set[bool]:
    """Of pictures or documents: True when something public refers to one of them, False when something that is not does."""
    page = ContentType.objects.get_for_model(Page)
    rows = [row for one in files for row in ReferenceIndex.get_references_to(one).values_list("base_content_type_id", "object_id")]
    pages = [int(pk) for kind, pk in rows if kind == page.pk]
    live = set(Page.objects.filter(pk__in=pages, live=True).values_list("pk", flat=True))
    return {kind != page.pk or int(pk) in live for kind, pk in rows}


class ListingQuerySet(models.QuerySet[Any]):
    """Every public list is one index range of this table."""

    def of(self, list_key: str) -> ListingQuerySet:
        """One list, newest first."""
        return self.filter(list_key=list_key).order_by("-published", "-story_id")

    def before(self, published: dt.datetime, story_id: int) -> ListingQuerySet:
        """What is older than a story in this list."""
        # The range stands by itself: out of an OR of two parameters SQLite finds none, and walks the list from its end.
        return self.filter(models.Q(published__lt=published) | models.Q(story_id__lt=story_id), published__lte=published)

    def between(self, first: dt.datetime, end: dt.datetime) -> ListingQuerySet:
        """What was published from `first` on and before `end`."""
        return self.filter(published__gte=first, published__lt=end)

    def after(self, published: dt.datetime, story_id: int) -> ListingQuerySet:
        """What is newer than a story in this list, nearest first."""
        newer = models.Q(published__gt=published) | models.Q(story_id__gt=story_id)
        return self.filter(newer, published__gte=published).order_by("published", "story_id")
