"""Many rows of one table at once, as plain values: Django's own bulk insert spends its time on the instances, not on writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from django.db import connection, connections, models

TOGETHER, PLACES = 50, 999
"""Rows that SQLite inserts with one statement, in two thirds of the time where they are short; values that it takes with one, wherever it was built."""
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
    # Most columns take their values as they are, and a batch has thousands of rows: only the others are looked at.
    ours = connections[connection.alias]
    asked = [(place, ready) for place, field in enumerate(fields) if (ready := _preparation(field, ours))]
    values = list(rows) if not asked else [_ready(row, asked) for row in rows]
    if values:
        columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
        begin = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608
        together = TOGETHER if connection.vendor == "sqlite" and len(fields) * TOGETHER <= PLACES else 1
        whole = len(values) // together * together
        with connection.cursor() as cursor:
            if whole:
                parcels = [list(chain.from_iterable(values[at : at + together])) for at in range(0, whole, together)]
                cursor.executemany(f"{begin}{', '.join([f'({places})'] * together)} {conflicts}", parcels)
            if rest := values[whole:]:
                cursor.executemany(f"{begin}({places}) {conflicts}", rest)


def _ready(row: Sequence[Any], asked: Iterable[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, ready in asked:
        if values[place] is not None:
            values[place] = ready(values[place])
    return values


def insert_objects(
    model: type[models.Model], objects: Sequence[Any], *, besides: Iterable[str] = (), given: Mapping[str, Sequence[Any]] | None = None
) -> None:
    """Insert what these objects hold for the columns of the model's own table, their ids included, but for those `besides`.

    `given` has, for names of columns, one value for each object as the database takes it, instead of the object's own.
    """
    given = given or {}
    left_out = frozenset(besides) | given.keys()
    names = [field.attname for field in model._meta.local_concrete_fields if field.attname not in left_out]
    # Not as attributes: those of a foreign key go through Python.
    held: Iterable[Sequence[Any]] = map(itemgetter(*names), map(vars, objects))
    if given:
        held = ((*row, *more) for row, *more in zip(held, *(map(Made, values) for values in given.values()), strict=True))
    insert(model, [*names, *given], held)


class Made(str):
    """Text for a column whose values would otherwise have to be prepared."""

    __slots__ = ()


@lru_cache(maxsize=1000)
def _field(model: type[models.Model], name: str) -> Any:
    return next(field for field in model._meta.local_concrete_fields if name in (field.attname, field.name))


def _preparation(field: Any, ours: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, _AS_THEY_ARE):
        return None
    if isinstance(field, models.DateTimeField):
        return _for_sqlite if ours.vendor == "sqlite" else ours.ops.adapt_datetimefield_value
    if isinstance(field, models.UUIDField) and not ours.features.has_native_uuid_field:
        return attrgetter("hex")
    return lambda value: value if type(value) is Made else field.get_db_prep_save(value, ours)


# A story's moment stands in a dozen rows.
@lru_cache(maxsize=2000)
def _for_sqlite(moment: dt.datetime) -> str:
    """As Django's backend keeps a moment: in UTC, without saying so."""
    return str((moment if moment.tzinfo is dt.UTC else moment.astimezone(dt.UTC)).replace(tzinfo=None))
