"""Put side effects in the outbox and carry them out."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from broadsheet.delivery.models import Task

Handler = Callable[[dict[str, Any]], None]
ATTEMPTS = 8
logger = logging.getLogger("broadsheet.delivery")
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register what carries out tasks of a kind; the function must be safe to repeat."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def put(kind: str, *, due_in: dt.timedelta = dt.timedelta(0), **payload: Any) -> Task:
    """Add a task to the outbox, within the caller's transaction; it is due at once or after some time."""
    return Task.objects.create(kind=kind, payload=payload, next_attempt_at=timezone.now() + due_in)


def run_due(*, limit: int = 100, now: dt.datetime | None = None) -> int:
    """Carry out the tasks that are due, each on its own; returns how many were done.

    A task that fails keeps its error and is tried again after 2, 4, 8 … minutes, eight times.
    """
    now = now or timezone.now()
    done = 0
    due = Task.objects.filter(status=Task.Status.WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")
    for task in due[:limit]:
        task.attempts += 1
        try:
            _handlers[task.kind](task.payload)
        except Exception as error:  # A failing task is shown and passed over; the others go on.
            task.error = f"{type(error).__name__}: {error}"
            task.next_attempt_at = timezone.now() + dt.timedelta(minutes=2**task.attempts)
            if task.attempts >= ATTEMPTS:
                task.status = Task.Status.FAILED
            logger.warning("task %s (%s) failed, attempt %s: %s", task.pk, task.kind, task.attempts, task.error)
        else:
            task.status, task.done_at, task.error = Task.Status.DONE, timezone.now(), ""
            done += 1
        with transaction.atomic():
            task.save(update_fields=["attempts", "error", "next_attempt_at", "status", "done_at"])
    return done
