"""Which stories a question finds: one index range of the lists, whatever the archive.

Of several lists the one that is narrowest as a rule is read, and its stories are looked up in the others. No answer reads more than
`LOOKED_AT` of them: where few are in all, it has less than was asked for and says where to go on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from broadsheet.people.models import Person
from broadsheet.stories.models import Listing, Topic
from broadsheet.stories.prepared import Prepared
from broadsheet.syndication.api.asked import Place, StoriesAsked

LOOKED_AT = 500


@Prepared
def _range(
    list_key: str, *values: Any, since: bool, until: bool, on: bool, rising: bool, others: int, published: str, updated: bool, count: int, last: bool
) -> Any:  # fmt: skip
    """Rows of a list: between two moments, behind a place, in `others` too, published (`since`, `until`) and updated at the right time."""
    given = iter(values)
    rows = Listing.objects.filter(list_key=list_key)
    if since:
        rows = rows.filter(published__gte=next(given))
    if until:
        rows = rows.filter(published__lt=next(given))
    if on:
        moment, story = next(given), next(given)
        # The range stands by itself, as in `ListingQuerySet.before`.
        if rising:
            rows = rows.filter(Q(published__gt=moment) | Q(story_id__gt=story), published__gte=moment)
        else:
            rows = rows.filter(Q(published__lt=moment) | Q(story_id__lt=story), published__lte=moment)
    rows = rows.order_by("published", "story_id") if rising else rows.order_by("-published", "-story_id")
    if last:
        return rows.values_list("story_id", "published")[LOOKED_AT - 1 : LOOKED_AT]
    for _ in range(others):
        rows = rows.filter(Exists(Listing.objects.filter(list_key=next(given), story_id=OuterRef("story_id"))))
    for lookup in published.split():
        rows = rows.filter(Exists(Listing.objects.filter(list_key="site", story_id=OuterRef("story_id"), **{lookup: next(given)})))
    if updated:
        rows = rows.filter(Exists(Listing.objects.filter(list_key="updated", story_id=OuterRef("story_id"), published__gte=next(given))))
    return rows.values_list("story_id", "published")[:count]


def find(asked: StoriesAsked) -> tuple[list[int], Place | None]:
    """Ids of the stories that are asked for, in order, and where the list goes on; four queries at most."""
    by_update, rising = asked.order.endswith("updated"), not asked.order.startswith("-")
    keys = _keys(asked)
    driving = "updated" if by_update else (keys.pop(0) if keys else "site")
    given = (("published__gte", asked.published_since), ("published__lt", asked.published_until)) if by_update else ()
    beside = [(lookup, moment) for lookup, moment in given if moment]
    updated = asked.updated_since if not by_update else None
    since, until = (asked.updated_since, None) if by_update else (asked.published_since, asked.published_until)
    span = _Span(driving, since, until, Place.read(asked.cursor) if asked.cursor else None, rising)
    end = span.end() if keys or beside or updated else None
    if end:
        span = span.up_to(end)
    values = [*span.values, *keys, *(moment for _lookup, moment in beside), *([updated] if updated else [])]
    published = " ".join(lookup for lookup, _moment in beside)
    rows = _range(*values, **span.shape, others=len(keys), published=published, updated=bool(updated), count=asked.limit + 1, last=False)
    if end:
        # Some of one moment may stand behind it.
        rows = [row for row in rows if (Place((row[1], row[0])) <= end if rising else Place((row[1], row[0])) >= end)]
    shown = rows[: asked.limit]
    if len(rows) > asked.limit:
        return [row[0] for row in shown], Place((shown[-1][1], shown[-1][0]))
    return [row[0] for row in shown], end


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of one list, never with two bounds on one side: SQLite would take either for the range."""

    list_key: str
    since: dt.datetime | None
    until: dt.datetime | None
    on: Place | None
    rising: bool

    @property
    def _bounds(self) -> tuple[dt.datetime | None, dt.datetime | None, Place | None]:
        since, until, on = self.since, self.until, self.on
        if on and self.rising and since:
            since, on = (since, None) if since > on[0] else (None, on)
        elif on and not self.rising and until:
            until, on = (until, None) if until <= on[0] else (None, on)
        return since, until, on

    @property
    def values(self) -> list[Any]:
        since, until, on = self._bounds
        return [self.list_key, *(one for one in (since, until) if one), *(on or ())]

    @property
    def shape(self) -> dict[str, Any]:
        since, until, on = self._bounds
        return {"since": bool(since), "until": bool(until), "on": on is not None, "rising": self.rising}

    def end(self) -> Place | None:
        """The last of the stories that are looked at; None when the list ends before."""
        rows = _range(*self.values, **self.shape, others=0, published="", updated=False, count=0, last=True)
        return Place((rows[0][1], rows[0][0])) if rows else None

    def up_to(self, end: Place) -> _Span:
        """The part of it that ends with a story."""
        return replace(self, until=end[0] + dt.timedelta(microseconds=1)) if self.rising else replace(self, since=end[0])


def _end(model: type[Person] | type[Topic], pk: int) -> int:
    """What stands for it now; a look-up for each merge."""
    seen = {pk}
    while (
        further := model._default_manager.filter(pk=pk).order_by().values_list("merged_into_id", flat=True).first()
    ) and further not in seen:
        seen.add(pk := further)
    return pk


def _keys(asked: StoriesAsked) -> list[str]:
    """The lists a story has to stand in, the narrowest first."""
    found = []
    named: tuple[tuple[str, Any, int | None], ...] = (("topic", Topic, asked.topic), ("person", Person, asked.person))
    for word, model, pk in named:
        if pk:
            found.append(f"{word}:{_end(model, pk)}")
    if asked.image:
        found.insert(0, f"image:{asked.image}")
    if asked.section:
        found.append(f"{'section' if asked.descendants else 'own'}:{asked.section}")
    if asked.kind:
        found.append(f"kind:{asked.kind.value}")
    if asked.language:
        found.append(f"language:{asked.language}")
    return found
