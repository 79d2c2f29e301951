"""What follows from migrations."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from broadsheet.record import triggers


@receiver(post_migrate)
def keep_the_record(sender: Any, **kwargs: Any) -> None:
    """A migration that alters a table on SQLite takes its triggers away."""
    if sender.label == "record":
        triggers.ensure()
