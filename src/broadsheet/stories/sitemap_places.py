"""Which sitemap a story stands in: that of its month, or of a part of it, kept as a row of the lists.

A story stays where it stands until its date leaves the month, so that the sitemap of a month that is over never changes by itself. Months
are those of UTC: the publication's zone may be changed, and moves no story from one to another.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

PREFIX = "sitemap:"
MOST = 10_000
"""Stories of one sitemap; what a search engine takes is 50,000, but such a page is slow to make and may weigh more than 50 MB."""

Rows = list[tuple[str, dt.datetime, int]]
"""List key, date and story."""


def held(ids: Sequence[int]) -> dict[int, str]:
    """Where stories stand now, by story; one query."""
    from broadsheet.stories.models import Listing

    return dict(Listing.objects.filter(story_id__in=ids, list_key__startswith=PREFIX).order_by().values_list("story_id", "list_key"))


def find(stories: Sequence[Any], before: Mapping[int, str]) -> Rows:
    """The rows of public stories, given where they stood before; one query at most, and one more for each part of a month that is full.

    Without those that search engines are not to know, or are told to look for elsewhere.
    """
    placed: Rows = []
    new: list[tuple[str, Any]] = []
    for story in stories:
        if story.noindex or story.original_url:
            continue
        month = f"{PREFIX}{story.published.astimezone(dt.UTC):%Y-%m}"
        there = before.get(story.pk, "")
        if there == month or there.startswith(f"{month}-"):
            placed.append((there, story.published, story.pk))
        else:
            new.append((month, story))
    if new:
        parts = {month: 1 for month, _story in new}
        while full := _full([_key(month, part) for month, part in parts.items()]):
            parts = {month: part + (_key(month, part) in full) for month, part in parts.items()}
        added: Counter[str] = Counter()
        for month, story in new:
            added[month] += 1
            # What one batch adds may go beyond: batches are small, and search engines take five times as much.
            placed.append((_key(month, parts[month]), story.published, story.pk))
    return placed


def _key(month: str, part: int) -> str:
    return month if part == 1 else f"{month}-{part}"


def _full(keys: Sequence[str]) -> set[str]:
    """Which of these sitemaps have all they may hold."""
    rows = ", ".join(["(%s)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(  # Nothing but placeholders and a number is written into it.
            f"WITH place (name) AS (VALUES {rows}) SELECT name FROM place WHERE EXISTS"  # noqa: S608
            f" (SELECT 1 FROM stories_listing WHERE list_key = name LIMIT 1 OFFSET {MOST - 1})",
            list(keys),
        )
        return {name for (name,) in cursor.fetchall()}
