"""The full-text table: SQLite's FTS5, or PostgreSQL's tsvector. Numbers and folded words go in, numbers come out, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from django.db import connection

from broadsheet.search.asking import EVERYTHING, Query, Term

_WORTH, BODY = (("headline", 12), ("names", 7), ("standfirst", 4)), 1
"""What a word counts by where it stands first."""
LONGEST_WORD = 255
Match = tuple[int, int, str, int]
"""Number, seconds, list keys, and what the words are worth by where they stand."""


@lru_cache(maxsize=10_000)
def key_word(key: str) -> str:
    """A list key as a word that no text holds and no reader can type."""
    return "§" + "".join(c for c in key.lower() if c.isascii() and c.isalnum())


Held = tuple[str, list[str]]
"""A condition in SQL, with its values."""


def points(query: Query, holds: Callable[[str, str], Held]) -> Held:
    """What an entry is worth by where the words of a query stand, as SQL; `holds` says that a column holds a text.

    The database adds it up: thousands of texts are handed over in more time than it takes to look through them.
    """
    sums, values = ["0"], []

    def worth(said: str, columns: Iterable[tuple[str, int]], otherwise: int) -> None:
        cases = []
        for column, number in columns:
            condition, given = holds(f"e.{column}", said)
            cases.append(f"WHEN {condition} THEN {number}")
            values.extend(given)
        sums.append(f"CASE {' '.join(cases)} ELSE {otherwise} END")

    if len(query.wanted) > 1:
        worth(f" {' '.join(word for term in query.wanted for word in term.words)} ", _WORTH[:1], 0)
    for term in query.wanted:
        worth(f" {' '.join(term.words)}" + " " * (not term.prefix), _WORTH, BODY)
    return " + ".join(sums), values


class Texts(Protocol):
    """One full-text table."""

    def create(self) -> None:
        """Make the table unless there is one."""

    def drop(self) -> None:
        """Remove it, whatever state it is in."""

    def exists(self) -> bool:
        """True when it is there and can be asked."""

    def add(self, rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        """Enter (number, folded fields, list keys), in one statement."""

    def remove(self, numbers: Sequence[int]) -> None:
        """Take out what has these numbers."""

    def newest(self, query: Query, *, above: int, below: int, most: int) -> list[Match]:
        """Entries with `above` ≤ number < `below` that match, the newest of them, at most so many."""


class SqliteTexts:
    """FTS5. Words are folded before they come here, so the tokenizer only has to part them."""

    def create(self) -> None:
        """Make the table unless there is one."""
        with connection.cursor() as cursor:
            # The text is kept with the index: without it nothing can be taken out again before SQLite 3.43.
            # Beginnings of four letters, those that a query is widened to, have an index of their own: a fifth of the time, for half as much room again.
            cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(words, tokenize = 'ascii', prefix = '4')")
            # Fewer, larger pages and writes: a third less time for each story.
            cursor.execute("INSERT INTO search_text (search_text, rank) VALUES ('pgsz', 16000)")
            cursor.execute("INSERT INTO search_text (search_text, rank) VALUES ('hashsize', 16777216)")

    def drop(self) -> None:
        """Remove it, whatever state it is in."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_text")

    def exists(self) -> bool:
        """True when it is there and can be asked."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('search_text', 'search_text_data', 'search_text_idx')")
            return bool(cursor.fetchone()[0] == 3)

    def add(self, rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        """Enter (number, folded fields, list keys), in one statement."""
        parting = f" {EVERYTHING} "
        values = [(number, f"{parting.join(fields)}{parting}{' '.join(map(key_word, keys))}") for number, fields, keys in rows]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO search_text (rowid, words) VALUES (%s, %s)", values)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take out what has these numbers."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(number,) for number in numbers])

    def newest(self, query: Query, *, above: int, below: int, most: int) -> list[Match]:
        """Entries with `above` ≤ number < `below` that match, the newest of them, at most so many."""
        worth, said = points(query, self.holds)
        with connection.cursor() as cursor:
            cursor.execute(
                # CROSS JOIN: the texts first, whose order is the one wanted.
                f"SELECT e.number, e.seconds, e.keys, {worth} FROM search_text t CROSS JOIN search_entry e ON e.number = t.rowid"  # noqa: S608
                " WHERE t.search_text MATCH %s AND t.rowid >= %s AND t.rowid < %s ORDER BY t.rowid DESC LIMIT %s",
                [*said, self.expression(query), above, below, most],
            )
            return list(cursor.fetchall())

    def holds(self, column: str, said: str) -> Held:
        """That a text is in a column."""
        found = f"instr({column}, %s) > 0"
        # Most do not hold it, and of those GLOB is done in a third of the time: where the first letter is one byte, the C library looks for it.
        return (f"{column} GLOB %s AND {found}", [f"*{said[1:]}*", said]) if said[1].isascii() else (found, [said])

    def expression(self, query: Query) -> str:
        """The query in FTS5's language."""

        def said(term: Term) -> str:
            return f'"{" ".join(term.words)}"' + "*" * term.prefix

        wanted = [said(t) for t in query.wanted] + [f'"{key_word(key)}"' for key in query.keys]
        expression = " AND ".join(wanted or [f'"{EVERYTHING}"'])
        return f"({expression}) NOT ({' OR '.join(map(said, query.unwanted))})" if query.unwanted else expression


class PostgresTexts:
    """tsvector. It is written out here, word by word: PostgreSQL's own parser depends on the locale of the database."""

    def create(self) -> None:
        """Make the table unless there is one."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS search_text (number bigint PRIMARY KEY, words tsvector NOT NULL)")
            # Without a list of what is to be entered later: the longer it is, the more the planner shuns the index.
            cursor.execute("CREATE INDEX IF NOT EXISTS search_text_words ON search_text USING gin (words) WITH (fastupdate = off)")

    def drop(self) -> None:
        """Remove it, whatever state it is in."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_text")

    def exists(self) -> bool:
        """True when it is there and can be asked."""
        return "search_text" in connection.introspection.table_names()

    def add(self, rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        """Enter (number, folded fields, list keys), in one statement."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (number, words) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (number) DO UPDATE SET words = excluded.words",
                [(number, self.vector(fields, keys)) for number, fields, keys in rows],
            )

    def remove(self, numbers: Sequence[int]) -> None:
        """Take out what has these numbers."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE number = ANY(%s)", [list(numbers)])

    def newest(self, query: Query, *, above: int, below: int, most: int) -> list[Match]:
        """Entries with `above` ≤ number < `below` that match, the newest of them, at most so many."""
        worth, said = points(query, self.holds)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT e.number, e.seconds, e.keys, {worth} FROM (SELECT number FROM search_text"  # noqa: S608
                " WHERE words @@ %s::tsquery AND number >= %s AND number < %s ORDER BY number DESC LIMIT %s) t"
                " JOIN search_entry e ON e.number = t.number ORDER BY e.number DESC",
                [*said, self.expression(query), above, below, most],
            )
            return list(cursor.fetchall())

    def holds(self, column: str, said: str) -> Held:
        """That a text is in a column."""
        return f"strpos({column}, %s) > 0", [said]

    def vector(self, fields: Sequence[str], keys: Sequence[str]) -> str:
        """The words with their places; those of two fields never stand side by side."""
        placed: list[str] = [f"'{EVERYTHING}'", *(f"'{key_word(key)}'" for key in keys)]
        place = 0
        for field in fields:
            for word in field.split():
                place += 1
                # PostgreSQL counts no further.
                placed.append(f"'{word[:LONGEST_WORD]}':{min(place, 16383)}")
            place += 2
        return " ".join(placed)

    def expression(self, query: Query) -> str:
        """The query in PostgreSQL's language."""

        def said(term: Term) -> str:
            last = len(term.words) - 1
            return "(" + " <-> ".join(f"'{w[:LONGEST_WORD]}'" + ":*" * (term.prefix and n == last) for n, w in enumerate(term.words)) + ")"

        wanted = [said(t) for t in query.wanted] + [f"'{key_word(key)}'" for key in query.keys]
        return " & ".join([*(wanted or [f"'{EVERYTHING}'"]), *(f"!{said(t)}" for t in query.unwanted)])


def texts() -> Texts:
    """The table of the database that is in use."""
    return PostgresTexts() if connection.vendor == "postgresql" else SqliteTexts()
