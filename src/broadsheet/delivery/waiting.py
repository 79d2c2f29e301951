"""What follows from writing and is not done yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from broadsheet.delivery.models import Purge, Task


@dataclass(frozen=True, slots=True)
class Kind:
    """The tasks of a kind that are not done."""

    kind: str
    waiting: int
    given_up: int
    next_attempt: dt.datetime | None
    error: str
    """What the one that failed last said."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that is not done."""

    writes: int
    """Whose pages are not replaced yet."""
    oldest: dt.datetime | None
    kinds: tuple[Kind, ...]


def waiting() -> Waiting:
    """What waits in the outbox and of the page store; a query more for each kind that failed."""
    open_ = Purge.objects.filter(done_at=None).aggregate(count=Count("pk"), oldest=Min("created_at"))
    tasks = Task.objects.exclude(status=Task.Status.DONE)
    rows = tasks.order_by("kind").values("kind").annotate(
        waiting=Count("pk", filter=Q(status=Task.Status.WAITING)), given_up=Count("pk", filter=Q(status=Task.Status.FAILED)),
        failed=Count("pk", filter=~Q(error="")), next=Min("next_attempt_at", filter=Q(status=Task.Status.WAITING)),
    )  # fmt: skip
    kinds = []
    for row in rows:
        last = (
            tasks.filter(kind=row["kind"]).exclude(error="").order_by("-pk").values_list("error", flat=True).first()
            if row["failed"]
            else None
        )
        kinds.append(Kind(row["kind"], row["waiting"], row["given_up"], row["next"], (last or "")[:500]))
    return Waiting(open_["count"], open_["oldest"], tuple(kinds))
