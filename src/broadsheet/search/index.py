"""Writing the index: rows of public stories beside their list rows, rows of what only the desk may find, and removing both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from broadsheet import rows
from broadsheet.search.folding import words
from broadsheet.search.models import Entry, Word
from broadsheet.search.texts import texts

PUBLIC = 1 << 28
"""Numbers from here on are of public stories; below, a page's id stands for what the desk alone may find."""
LONGEST_WORD, AT_ONCE = 60, 500
ENTERED = ("number", "page", "seconds", "keys", "headline", "names", "standfirst")
FILL = "search.fill"
"""The worker's job after an update of Broadsheet that brought search: enter the pages with ids below `before`, the newest first."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as it is to be found."""

    page: int
    headline: str
    standfirst: str
    names: Sequence[str]
    """Of people and topics."""
    folded: str
    """Its body, folded."""
    published: dt.datetime | None = None
    """None: for the desk alone."""
    keys: Sequence[str] = ()
    """Lists it stands in."""


def number_of(page: int, published: dt.datetime) -> int:
    """What a public story is numbered by: the day of its publication, in UTC, then its id."""
    return (published.astimezone(dt.UTC).toordinal() << 28) | page


def day_number(day: dt.date) -> int:
    """The smallest number of a day."""
    return day.toordinal() << 28


def write(documents: Iterable[Document]) -> None:
    """Enter documents that are not in the index; two statements, and one for the words, whatever their number."""
    vocabulary: set[str] = set()
    entries, found = [], []
    for one in documents:
        headline, standfirst, names = (" ".join(words(text)) for text in (one.headline, one.standfirst, " ".join(one.names)))
        if one.published is None:
            number, seconds = one.page, 0
        else:
            number, seconds = number_of(one.page, one.published), int(one.published.timestamp())
            vocabulary.update(headline.split(), names.split())
        # Spaces around: a word is then looked for with those on both of its sides.
        entries.append((number, one.page, seconds, " ".join(one.keys), f" {headline} ", f" {names} ", f" {standfirst} "))
        found.append((number, (headline, standfirst, names, one.folded), one.keys))
    if not entries:
        return
    with transaction.atomic():
        # Two may save one page at the same time.
        again = ", ".join(f"{name} = excluded.{name}" for name in ENTERED[1:])
        rows.insert(Entry, ENTERED, entries, conflicts=f"ON CONFLICT (number) DO UPDATE SET {again}")
        # Ascending: where a number is below the one before, FTS5 writes out what it holds, a segment for each.
        texts().add(sorted(found))
        # In order, so that two who write at once do not wait for each other.
        known = [(word, word[::-1]) for word in sorted(vocabulary) if 2 < len(word) <= LONGEST_WORD and not word.isdecimal()]
        rows.insert(Word, ("word", "backwards"), known, conflicts="ON CONFLICT DO NOTHING")


def forget(*, public: Collection[int] = (), desk: Collection[int] = ()) -> None:
    """Take pages, by their ids, out of what readers find and out of what the desk alone finds."""
    if pages := {*public, *desk}:
        numbers = Entry.objects.filter(page__in=pages).values_list("number", "page")
        remove([number for number, page in numbers if page in (public if number >= PUBLIC else desk)])


def entries(*, desk: bool) -> QuerySet[Entry]:
    """What the desk alone finds, or what readers find."""
    return Entry.objects.filter(number__lt=PUBLIC) if desk else Entry.objects.filter(number__gte=PUBLIC)


def remove(numbers: Sequence[int]) -> int:
    """Take entries out by their numbers; returns how many."""
    if not numbers:
        return 0
    with transaction.atomic():
        for start in range(0, len(numbers), AT_ONCE):
            some = numbers[start : start + AT_ONCE]
            texts().remove(some)
            Entry.objects.filter(number__in=some).delete()
    return len(numbers)


def begin_again() -> None:
    """Empty the index, and make its table when there is none."""
    with transaction.atomic():
        texts().drop()
        texts().create()
        with connection.cursor() as cursor:
            for model in (Entry, Word):
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
