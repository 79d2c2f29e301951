"""What is looked at whenever the database is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from broadsheet.record import triggers


@register(Tags.database)
def record_is_kept(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """The database keeps the record as it was written."""
    if not databases:
        return []
    try:
        gone = triggers.missing()
    except DatabaseError:
        # That there is no database, or none that answers, is said elsewhere.
        return []
    told = f"the database no longer keeps the record as it was written: {', '.join(gone)} missing or altered"
    return (
        [Error(told, hint="Run broadsheet manage migrate --skip-checks, and find out who took them away.", id="broadsheet.E601")]
        if gone
        else []
    )
