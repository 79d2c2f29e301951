"""Which stories are read most: ranked by the worker once a minute, looked up by pages without a query of their own."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, F, FloatField, OuterRef, QuerySet, Sum, Value, When
from django.utils import timezone

from broadsheet import rows
from broadsheet.delivery import keys, purging
from broadsheet.readership.counting import is_on
from broadsheet.readership.models import MostRead, ReadsInHour
from broadsheet.stories.models import Listing
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import publication

WINDOW, HALF_LIFE = 24, 8.0
"""Hours that count, and hours after which a read counts half."""
LEAST = 3
"""Reads that bring a story into the list: what one person reads is nobody's business."""
LENGTH = 2_000
"""Stories that are ranked: the lists of sections and languages are taken from these."""
KEPT = 30.0
"""Seconds for which a process keeps a list it has looked up."""
READ = "mostread"
"""The key of what shows what is read most."""
IS_READ = "mostread:any"
"""The key of what shows whether anything is."""
SPARE = 8
"""Stories beyond those asked for, in the place of what is withdrawn meanwhile."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Ids of the most read stories of a list, and from when it is."""

    ids: tuple[int, ...] = ()
    as_of: dt.datetime | None = None


_lists: dict[tuple[str, str, int], tuple[float, Ranked]] = {}


def rank(now: dt.datetime | None = None) -> int:
    """Rank the public stories by their reads of the last 24 hours, later ones counting more; returns how many. None while nothing is counted."""
    now = now or timezone.now()
    found = [(pk, score, now) for pk, score in _ranked(now)] if is_on() else []
    was_read = MostRead.objects.exists()
    if not found and not was_read:
        return 0
    with transaction.atomic():
        purging.touch(READ, *([IS_READ] if bool(found) != was_read else []))
        MostRead.objects.all().delete()
        rows.insert(MostRead, ("story", "score", "as_of"), found)
    return len(found)


def _ranked(now: dt.datetime) -> QuerySet[Any, tuple[Any, ...]]:
    begun = now.replace(minute=0, second=0, microsecond=0)
    hours = [begun - dt.timedelta(hours=age) for age in range(WINDOW)]
    weight = Case(
        *(When(hour=hour, then=Value(0.5 ** (age / HALF_LIFE))) for age, hour in enumerate(hours)),
        default=Value(1.0), output_field=FloatField(),
    )  # fmt: skip
    public = Exists(Listing.objects.filter(list_key="site", story_id=OuterRef("story_id")))
    read = (
        ReadsInHour.objects.filter(public, hour__gte=hours[-1])
        .values("story_id")
        .annotate(reads=Sum("count"), score=Sum(F("count") * weight))
    )
    return read.filter(reads__gte=LEAST).order_by("-score", "-story_id").values_list("story_id", "score")[:LENGTH]


def most_read(list_key: str = "site", language: str = "", *, count: int) -> Ranked:
    """The most read stories of a list, in a language if one is given; a few more than asked for. At most one query in half a minute.

    What was withdrawn since is still among the ids: whoever shows them reads the stories through the list of the site.
    """
    # What is stored stays as it is until something it holds is touched: it is made of what is there now.
    stored = keys.is_noting()
    if not (publication().count_reads if stored else is_on()):
        return Ranked()
    key = (list_key, f"language:{language}" if language else "site", count + SPARE)
    now = time.monotonic()
    kept = _lists.get(key)
    if kept is None or now > kept[0] or stored:
        found = _stored(*key[:2], count=key[2])
        kept = (now + KEPT, Ranked(tuple(pk for pk, _as_of in found), found[0][1] if found else None))
        _lists[key] = kept
    return kept[1]


@Prepared
def _stored(list_key: str, other_key: str, *, count: int) -> Any:
    stands = (Exists(Listing.objects.filter(list_key=key, story_id=OuterRef("story_id"))) for key in (list_key, other_key))
    return MostRead.objects.filter(*stands).order_by("-score", "-story_id").values_list("story_id", "as_of")[:count]
