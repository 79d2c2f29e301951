"""Entering stories among those that are compared, and taking them out."""

from __future__ import annotations

import datetime as dt
import time
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from broadsheet import rows
from broadsheet.related.models import Entry, Frequency, Lead
from broadsheet.related.subjects import LED, Document, Subject, count, everything, primary, weigh

_EXPECTED = 1
"""Microseconds after its last change at which nothing was found for a story, but is to come."""
AT_ONCE = 2_000
"""Values of one query."""


def now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def number_of(story: int, published: dt.datetime) -> int:
    """What a story is numbered by: the day of its publication, in UTC, then its id."""
    return (published.astimezone(dt.UTC).toordinal() << 28) | story


def wait(stories: Iterable[int]) -> None:
    """Note that stories are to be entered anew, or taken out when they are no longer public; one statement."""
    rows.insert(
        Entry, ("story", "waits", "since", "seconds", "language", "section", "terms", "weights", "norm", "sketch", "entered", "related"),
        [(story, Entry.Waits.ENTER, now(), 0, "", 0, b"", b"", 1.0, b"", 0, 0) for story in sorted(set(stories))],
        conflicts="ON CONFLICT (story) DO UPDATE SET waits = excluded.waits, since = excluded.since",
    )  # fmt: skip


def expect(stories: Iterable[int]) -> None:
    """Note that what is related to these, which wait to be entered, comes from elsewhere: they are entered only."""
    Entry.objects.filter(story__in=list(stories), waits=Entry.Waits.ENTER).update(related=F("since") + _EXPECTED)


def expected(stories: Iterable[int]) -> set[int]:
    """Those of some stories for which that has not come yet."""
    return set(Entry.objects.filter(story__in=list(stories), related=F("since") + _EXPECTED).values_list("story", flat=True))


def settle(stories: Iterable[int]) -> None:
    """Note that what is related to these is known as it is: those that wait to be entered are entered only."""
    Entry.objects.filter(story__in=list(stories), related__lte=F("since") + _EXPECTED).update(related=F("since") + _EXPECTED + 1)


def settled(stories: Iterable[int]) -> set[int]:
    """Those of some stories whose related ones are known as they are now."""
    return set(Entry.objects.filter(story__in=list(stories), related__gt=F("since") + _EXPECTED).values_list("story", flat=True))


def wait_again(stories: Iterable[int]) -> None:
    """Note that something near these stories changed; what waits already waits on."""
    Entry.objects.filter(story__in=list(stories), waits=Entry.Waits.NO).update(waits=Entry.Waits.AGAIN, since=now())


def enter(documents: Sequence[Document], since: dict[int, int]) -> None:
    """Enter stories anew; those changed since they were read stay to be entered once more. A fixed number of queries for up to some hundred."""
    counted = [count(document) for document in documents]
    with transaction.atomic():
        known = set(Entry.objects.filter(story__in=since, number__isnull=False).values_list("story", flat=True))
        languages = [everything(primary(document.language)) for document in documents]
        new = [[*terms, all_of_it] for d, (terms, _s), all_of_it in zip(documents, counted, languages, strict=True) if d.story not in known]
        _count_more(chain.from_iterable(new))
        often = frequencies(chain(languages, *(terms for terms, _sketch in counted)))
        leave(list(since), remember=True)
        leads, entries = [], []
        for document, (terms, sketch) in zip(documents, counted, strict=True):
            language = primary(document.language)
            subject = weigh(terms, often, often.get(everything(language), 1), sketch)
            number = number_of(document.story, document.published)
            leads += [(term, number) for term in subject.terms[:LED]]
            entries.append((document, number, language, subject))
        rows.insert(Lead, ("term", "number"), sorted(leads), conflicts="ON CONFLICT DO NOTHING")
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE related_entry SET number = %s, seconds = %s, language = %s, section = %s, terms = %s, weights = %s, norm = %s, sketch = %s,"
                " entered = %s, waits = CASE WHEN since <> %s THEN waits WHEN related > since THEN %s ELSE %s END WHERE story = %s",
                [
                    (number, int(d.published.timestamp()), language, d.section, s.terms.tobytes(), s.weights.tobytes(), s.norm, s.sketch.tobytes(),
                     now(), since[d.story], Entry.Waits.NO, Entry.Waits.RELATE, d.story)
                    for d, number, language, s in entries
                ],
            )  # fmt: skip


def leave(stories: Sequence[int], *, remember: bool = False) -> None:
    """Take stories out; `remember`: their entries stay, to be filled again."""
    led = [
        (term, number)
        for number, terms in Entry.objects.filter(story__in=stories, number__isnull=False).values_list("number", "terms")
        for term in integers(terms)[:LED]
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("DELETE FROM related_lead WHERE term = %s AND number = %s", led)
        if not remember:
            Entry.objects.filter(story__in=stories).delete()


def frequencies(terms: Iterable[int]) -> dict[int, int]:
    """In how many stories each of these terms is."""
    found: dict[int, int] = {}
    wanted = sorted(set(terms))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        # Hundreds of terms: Django looks at each of them for longer than the database takes to look it up.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT term, stories FROM related_frequency WHERE term IN ({', '.join(['%s'] * len(some))})", some)  # noqa: S608
            found.update(cursor.fetchall())
    return found


def integers(value: Any) -> array[int]:
    """Numbers as they are kept."""
    return array("i", bytes(value))


def subject_of(terms: Any, weights: Any, norm: float, sketch: Any) -> Subject:
    """The subject of an entry's columns."""
    return Subject(integers(terms), array("B", bytes(weights)), norm, integers(sketch))


def _count_more(terms: Iterable[int]) -> None:
    more = Counter(terms)
    # In order, so that two who write at once do not wait for each other.
    conflicts = "ON CONFLICT (term) DO UPDATE SET stories = related_frequency.stories + excluded.stories"
    rows.insert(Frequency, ("term", "stories"), sorted(more.items()), conflicts=conflicts)
