"""How many stories of a list were published when, without counting them: the database keeps a number for each list and day.

Triggers keep it, for list rows are written by publishing, importing, merging, moving and deleting; no path can forget it, and what is rolled back was
never counted. Days are those of UTC, so that another time zone of the publication changes none: what a local day has of two of
them is counted where they are cut.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from django.db import connection, transaction

from broadsheet import rows

COUNTED = ("site", "section:", "person:")
"""Beginnings of the keys of lists that have an archive."""
_BEGINNINGS = tuple(word for word in COUNTED if word[-1] == ":")
MANY = 500
"""From so many new rows on they are counted together."""
TABLE, KEPT = "stories_listing", "stories_daycount"
Span = tuple[dt.datetime, dt.datetime]
"""The first moment and the one it ends before."""

_CHANGES = {"entered": "INSERT", "left": "DELETE", "moved": "UPDATE OF list_key, published"}
_MORE = (
    f"INSERT INTO {KEPT} (list_key, day, count) VALUES (NEW.list_key, {{new}}, 1)"  # noqa: S608
    f" ON CONFLICT (list_key, day) DO UPDATE SET count = {KEPT}.count + 1;"
)
_LESS = f"UPDATE {KEPT} SET count = count - 1 WHERE list_key = OLD.list_key AND day = {{old}};"  # noqa: S608


def _counted(row: str) -> str:
    tests = (f"{row}.list_key = '{word}'" if word[-1] != ":" else f"substr({row}.list_key, 1, {len(word)}) = '{word}'" for word in COUNTED)
    return f"({' OR '.join(tests)})"


def _is_counted(key: str) -> bool:
    return key in COUNTED or key.startswith(_BEGINNINGS)


def ensure() -> bool:
    """Where triggers are missing, for SQLite drops them when a migration alters the table: make them and count anew. True when they were."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "SELECT tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        if KEPT not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    if {statement.split(" TRIGGER ", 1)[1].removeprefix("IF NOT EXISTS ").split()[0] for statement in _made()} <= there:
        return False
    install()
    count_all()
    return True


def _made() -> list[str]:
    return [one for one in (_sqlite() if connection.vendor == "sqlite" else _postgresql()) if one.startswith("CREATE TRIGGER")]


def install() -> None:
    """Make the triggers."""
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def remove() -> None:
    """Take the triggers away, and with them what they keep right."""
    with connection.cursor() as cursor:
        for name in (*(f"{KEPT}_{word}_{way}" for word in _CHANGES for way in ("more", "less")), f"{KEPT}_kept"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {TABLE}"))


def count_all() -> None:
    """Count anew what is there."""
    day = "date(published)" if connection.vendor == "sqlite" else "(published AT TIME ZONE 'UTC')::date"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {KEPT}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {KEPT} (list_key, day, count) SELECT list_key, {day}, count(*) FROM {TABLE} one"  # noqa: S608
            f" WHERE {_counted('one')} GROUP BY list_key, {day}"
        )


def enter(listed: Sequence[tuple[str, dt.datetime, int]]) -> None:
    """Insert rows (list key, date, story) that no list has yet. Many are counted all at once: one by one that takes longer than to write them."""
    from broadsheet.stories.models import DayCount, Listing

    # In the order of the indexes: those of one list are entered side by side.
    entered, at_once = sorted(listed), len(listed) >= MANY and connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        if at_once:
            # Within the transaction of the rows: nobody else ever sees the table without it.
            cursor.execute(f"DROP TRIGGER IF EXISTS {KEPT}_entered_more")
        rows.insert(Listing, ("list_key", "published", "story_id"), entered)
        if at_once:
            days = Counter((key, when.astimezone(dt.UTC).date()) for key, when, _story in entered if _is_counted(key))
            more = [(key, day, count) for (key, day), count in sorted(days.items())]
            again = f"ON CONFLICT (list_key, day) DO UPDATE SET count = {KEPT}.count + excluded.count"
            rows.insert(DayCount, ("list_key", "day", "count"), more, conflicts=again)
            cursor.execute(next(one for one in _sqlite() if f"{KEPT}_entered_more " in one))


def _sqlite() -> list[str]:
    more, less = _MORE.format(new="date(NEW.published)"), _LESS.format(old="date(OLD.published)")
    made = []
    for word, change in _CHANGES.items():
        for way, statement, row in (("more", more, "NEW"), ("less", less, "OLD")):
            if (way, word) not in (("more", "left"), ("less", "entered")):
                when = f"AFTER {change} ON {TABLE} WHEN {_counted(row)}"
                made.append(f"CREATE TRIGGER IF NOT EXISTS {KEPT}_{word}_{way} {when} BEGIN {statement} END")
    return made


def _postgresql() -> list[str]:
    more, less = (
        _MORE.format(new="(NEW.published AT TIME ZONE 'UTC')::date"),
        _LESS.format(old="(OLD.published AT TIME ZONE 'UTC')::date"),
    )
    body = (
        f"BEGIN IF TG_OP <> 'INSERT' THEN IF {_counted('OLD')} THEN {less} END IF; END IF;"
        f" IF TG_OP <> 'DELETE' THEN IF {_counted('NEW')} THEN {more} END IF; END IF; RETURN NULL; END"
    )
    return [
        f"CREATE OR REPLACE FUNCTION {KEPT}_keep() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS {KEPT}_kept ON {TABLE}",
        f"CREATE TRIGGER {KEPT}_kept AFTER INSERT OR DELETE OR UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {KEPT}_keep()",
    ]


def counts(list_key: str, spans: Sequence[Span]) -> list[int]:
    """How many stories of a list were published in each of these spans: whole days by their numbers, in one query whatever the archive."""
    if not spans:
        return []
    query, moments, lists = _question(tuple(spans), connection.vendor)
    found = [0] * len(spans)
    with connection.cursor() as cursor:
        cursor.execute(query, [*map(connection.ops.adapt_datetimefield_value, moments), *[list_key] * lists])
        for place, count in cursor.fetchall():
            found[place] += int(count or 0)
    return found


# Of an overview it is the same each time, and long.
@lru_cache(maxsize=200)
def _question(spans: tuple[Span, ...], vendor: str) -> tuple[str, tuple[dt.datetime, ...], int]:
    """The query that counts what is in these spans, with the moments it is given first and how often the list's key behind them."""
    day = "'{}'" if vendor == "sqlite" else "DATE '{}'"
    whole: list[str] = []
    cut: list[str] = []
    moments: list[dt.datetime] = []
    for place, span in enumerate(spans):
        days, ends = _by_days(*span)
        if days:
            whole.append(f"({place}, {', '.join(day.format(one.isoformat()) for one in days)})")
        cut += [f"({place}, %s, %s)"] * len(ends)
        moments += [moment for end in ends for moment in end]
    parts, queries = [], []
    # Nothing but numbers, days, placeholders and names of ours is written into it.
    for name, some, query in (
        ("whole", whole, f"(SELECT sum(count) FROM {KEPT} WHERE list_key = %s AND day >= first AND day < beyond)"),  # noqa: S608
        ("cut", cut, f"(SELECT count(*) FROM {TABLE} WHERE list_key = %s AND published >= first AND published < beyond)"),  # noqa: S608
    ):
        if some:
            parts.append(f"{name} (place, first, beyond) AS (VALUES {', '.join(some)})")
            queries.append(f"SELECT place, {query} FROM {name}")  # noqa: S608
    return f"WITH {', '.join(parts)} {' UNION ALL '.join(queries)}", tuple(moments), len(queries)


def _by_days(first: dt.datetime, end: dt.datetime) -> tuple[tuple[dt.date, dt.date] | None, tuple[Span, ...]]:
    """The whole days of UTC in a span, as the first and the one behind the last, and the ends of it beside them; of a span that has none, all is an end."""
    start = min(_midnight(first, up=True), end)
    stop = max(_midnight(end, up=False), start)
    ends = tuple((one, other) for one, other in ((first, start), (stop, end)) if one < other)
    return (start.date(), stop.date()) if start < stop else None, ends


def _midnight(when: dt.datetime, *, up: bool) -> dt.datetime:
    """The midnight of UTC at a moment, or the next one after it (`up`), or the one before."""
    utc = when.astimezone(dt.UTC)
    floor = utc.replace(hour=0, minute=0, second=0, microsecond=0)
    return floor + dt.timedelta(days=1) if up and floor != utc else floor
