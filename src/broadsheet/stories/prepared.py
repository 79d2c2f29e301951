"""Queries whose SQL is made once: for a small one Django takes ten times as long to make it as the database to answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, Generic, ParamSpec
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet, Value

P = ParamSpec("P")


class Later(Value):
    """Stands in a queryset for a value that each run brings along."""

    def __init__(self, place: int) -> None:
        super().__init__(place)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder, with itself as the parameter to be replaced."""
        return "%s", [self]


Convert = tuple[int, Callable[[Any, Any, Any], Any], Any]
"""The place of a value, what makes of it what Django would give, and the column that this asks for."""


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    parameters: tuple[Any, ...]
    columns: tuple[tuple[int, Any], ...]
    """Those whose values do not stay as the database gives them, with their places."""
    converters: WeakKeyDictionary[Any, tuple[Convert, ...]] = field(default_factory=WeakKeyDictionary)
    """By connection, for they belong to that of a thread."""

    def converters_of(self, ours: Any) -> tuple[Convert, ...]:
        found = self.converters.get(ours)
        if found is None:
            found = self.converters[ours] = tuple(
                (place, one, column) for place, column in self.columns for one in _converters(column, ours)
            )
        return found


class Prepared(Generic[P]):
    """A function that returns `values_list(…)`, called with stand-ins once and with values ever after; gives rows.

    Positional arguments are the values of a run, lists of them among these; keyword arguments (a limit, a flag) shape the SQL.
    A list is compared with `In(F("column"), values)`, for Django turns the values of `column__in` into numbers at once.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, tuple[Any, ...]]]) -> None:
        self.build = build
        self._made: dict[Any, _Made] = {}

    def __call__(self, *values: P.args, **shape: P.kwargs) -> list[tuple[Any, ...]]:
        """The rows; one query."""
        ours = connections[DEFAULT_DB_ALIAS]
        sizes = tuple([len(v) if isinstance(v, list) else -1 for v in values])
        key = (ours.vendor, sizes, *sorted(shape.items())) if shape else (ours.vendor, sizes)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(sizes, shape)
        flat: list[Any] = []
        for value in values:
            flat += value if isinstance(value, list) else [value]
        bound = [_adapted(flat[p.value]) if type(p) is Later else p for p in made.parameters]
        with ours.cursor() as cursor:
            cursor.execute(made.sql, bound)
            rows = cursor.fetchall()
        converters = made.converters_of(ours)
        return [_converted(row, converters, ours) for row in rows] if converters else rows

    def _make(self, sizes: Sequence[int], shape: dict[str, Any]) -> _Made:
        places = count()
        stand_ins = [Later(next(places)) if size < 0 else [Later(next(places)) for _ in range(size)] for size in sizes]
        query = self.build(*stand_ins, **shape).query  # type: ignore[arg-type]
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        columns = enumerate(column for column, _sql, _alias in compiler.select)
        return _Made(
            sql,
            tuple(parameters),
            tuple((place, column) for place, column in columns if _converters(column, connections[DEFAULT_DB_ALIAS])),
        )


def instance_of(model: type[Model], fields: Sequence[str], row: Sequence[Any]) -> Any:
    """A row of `values_list(*fields)`, where `fields` are `attname`s, as the model's instance; other fields are deferred."""
    return model.from_db(DEFAULT_DB_ALIAS, fields, row)


@lru_cache(maxsize=100)
def columns_of(model: type[Model], *, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The `attname`s of a model's own and inherited columns, in the order that `from_db` needs."""
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in without)


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _converters(column: Any, ours: Any) -> list[Any]:
    return [*ours.ops.get_db_converters(column), *column.get_db_converters(ours)]


def _converted(row: Sequence[Any], converters: Sequence[Convert], ours: Any) -> tuple[Any, ...]:
    values = list(row)
    for place, convert, column in converters:
        values[place] = convert(values[place], column, ours)
    return tuple(values)
