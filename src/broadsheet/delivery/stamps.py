"""Say that something changed, so that whoever asks whether it did gets an answer without its being made."""

from __future__ import annotations

import time

from django.db import connection

from broadsheet.delivery import keys, purging
from broadsheet.delivery.models import Stamp

KEY = "stamp:"
"""Begins the key of what is stamped."""
LISTS, NAMES = "lists", "names"
"""What stands in the public lists; what people, sections, topics and the publication are called."""


def note(*names: str) -> None:
    """What is rendered now is made of what these stamp: it is replaced when they are touched."""
    keys.note(*(f"{KEY}{name}" for name in names))


def touch(*names: str) -> None:
    """Stamp what was changed, within the caller's transaction; stored pages that are made of it are replaced.

    Two changes in one second get two moments, and no moment comes before another that was given: what is made of it may say so
    with the precision of HTTP, which is a second.
    """
    table, now = connection.ops.quote_name(Stamp._meta.db_table), int(time.time())
    later = f"CASE WHEN {table}.moment < excluded.moment THEN excluded.moment ELSE {table}.moment + 1 END"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (name, moment) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET moment = {later}",  # noqa: S608
            # In one order, so that two who stamp several things never wait for each other.
            [(name, now) for name in sorted(names)],
        )
    purging.touch(*(f"{KEY}{name}" for name in names))


def hold(name: str) -> None:
    """Wait for those who stamp this, and let the others wait until the caller's transaction ends: what is read from here on stays what it is."""
    # On SQLite the transaction itself does.
    if connection.features.has_select_for_update:
        list(Stamp.objects.select_for_update().filter(name=name))
