"""Many rows of one table at once, as plain values: Django's own bulk insert spends its time on the instances, not on writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

# Their values are stored as they are; everything else is asked.
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def numbers(model: type[models.Model], count: int) -> list[int]:
    """So many ids that no row has or will have, ascending; to be used in the transaction that they were taken in."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return list(range(last + 1, last + 1 + count))
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return sorted(number for (number,) in cursor.fetchall())


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, conflicts: str = "") -> None:
    """Insert values of the named columns of a model; `conflicts` is what stands after the values in SQL."""
    quote = connection.ops.quote_name
    fields = [_field(model, name) for name in names]
    prepare = [_preparation(field) for field in fields]
    values = [
        [one if ready is None or one is None else ready(one, connection) for one, ready in zip(row, prepare, strict=True)] for row in rows
    ]
    if values:
        columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}) {conflicts}", values)  # noqa: S608


def insert_objects(model: type[models.Model], objects: Sequence[Any], *, besides: Iterable[str] = ()) -> None:
    """Insert what these objects hold for the columns of the model's own table, their ids included, but for those `besides`."""
    left_out = frozenset(besides)
    names = [field.attname for field in model._meta.local_concrete_fields if field.attname not in left_out]
    insert(model, names, ([getattr(one, name) for name in names] for one in objects))


@lru_cache(maxsize=1000)
def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.local_concrete_fields if name in (field.attname, field.name))


def _preparation(field: Any) -> Callable[[Any, Any], Any] | None:
    return None if isinstance(field, _AS_THEY_ARE) else field.get_db_prep_save
