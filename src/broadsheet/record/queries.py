"""Reads: where a story's record stands."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from broadsheet.record.evidence import Event, EventState
from broadsheet.record.models import Change, Kind


@dataclass(slots=True)
class Standing:
    """The end of a story's record."""

    number: int = 0
    """Of its last entry."""
    digest: str = ""
    """Of its last entry."""
    kind: str = ""
    """Of its last version."""
    text_digest: str = ""
    salt: str = ""

    @property
    def is_public(self) -> bool:
        """Whether its last version is one that readers can read."""
        return bool(self.number) and self.kind != Kind.REMOVAL


def standings(stories: Iterable[int]) -> dict[int, Standing]:
    """Where these stories' records stand; those without one are left out. One query."""
    ids = list(stories)
    # The last version and what was said since: a handful of rows, however many entries there are.
    last = Change.objects.filter(story=OuterRef("story"), about=None).order_by().values("story").annotate(last=Max("number")).values("last")
    rows = Change.objects.filter(story__in=ids, number__gte=Coalesce(Subquery(last), 0)).order_by("story", "number")
    found: dict[int, Standing] = {}
    for story, number, digest, kind, about, text, salt in rows.values_list(
        "story", "number", "digest", "kind", "about", "text_digest", "held__salt"
    ):
        one = found.setdefault(story, Standing())
        one.number, one.digest = number, digest
        if about is None:
            one.kind, one.text_digest, one.salt = kind, text, salt or ""
    return found


def last_text(story: int) -> dict[str, Any] | None:
    """The public text of a story's last version; None where there is none, it was removed, or had to be taken out."""
    row = Change.objects.filter(story=story, about=None).order_by("-number").values_list("held__text", flat=True).first()
    return json.loads(row) if row else None


def overdue(today: dt.date) -> QuerySet[Event]:
    """Events that were planned for days before today and of which nothing newer is told; those longest past first."""
    newer = Event.objects.filter(Q(told__gt=OuterRef("told")) | Q(told=OuterRef("told"), id__gt=OuterRef("id")), event=OuterRef("event"))
    return Event.objects.filter(~Exists(newer), state=EventState.PLANNED, ends__lt=today).order_by("ends", "id")
