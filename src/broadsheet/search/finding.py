"""Looking up: the newest matches, ranked by where the words stand and how new the story is, and counted by what they are."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat
from zoneinfo import ZoneInfo

from broadsheet.search.asking import Query
from broadsheet.search.index import PUBLIC, day_number
from broadsheet.search.texts import texts

MOST = 2_000
"""Matches that are ranked and counted, the newest: a common word costs the same in an archive of any size."""
HALF_LIFE = 540.0
"""Days after which a match counts three quarters of what it did; in the end it counts half."""
_END = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Found:
    """All matches that are ranked, best or newest first."""

    pages: tuple[int, ...]
    there_are_more: bool
    newest: int
    """The highest number among them, 0 without any."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many stand in which list (`section:5`, `year:2024`)."""


def find_matches(query: Query, *, zone: ZoneInfo, year: int = 0, up_to: int = 0, by_date: bool = False, most: int = MOST) -> Found:
    """Public stories that match. `up_to`: nothing with a higher number, so that further pages continue the first one."""
    above, below = PUBLIC, _END
    first = end = 0
    if year:
        first, end = _year(year, zone), _year(year + 1, zone)
        # By UTC's days, of which the outer two belong to the year in part.
        above = max(PUBLIC, day_number(_day(first)))
        below = day_number(_day(end)) + PUBLIC
    if up_to:
        below = min(below, up_to + 1)
    rows = texts().newest(query, above=above, below=below, most=most)
    there_are_more = len(rows) == most
    if year:
        rows = [row for row in rows if first <= row[1] < end]
    if not rows:
        return Found((), there_are_more, 0)
    # Column by column: a line of Python for each of thousands of rows takes longer than all the rest.
    numbers, seconds, lists, points = zip(*rows, strict=True)
    scores = repeat(0.0, len(rows)) if by_date else _aged(points, numbers, numbers[0] >> 28)
    order = sorted(zip(scores, seconds, numbers, strict=True), reverse=True)
    counts = Counter(" ".join(lists).split())
    counts.update({f"year:{y}": n for y, n in _years(seconds, zone).items()})
    return Found(tuple([number % PUBLIC for _score, _when, number in order]), there_are_more, numbers[0], counts)


def is_found(query: Query) -> bool:
    """True when there is at least one public story."""
    return bool(texts().newest(query, above=PUBLIC, below=_END, most=1))


def find_for_the_desk(query: Query, *, most: int = MOST) -> list[int]:
    """Ids of pages that match, drafts among them, best first."""
    rows = texts().newest(query, above=0, below=PUBLIC, most=most) + texts().newest(query, above=PUBLIC, below=_END, most=most)
    numbers = [row[0] for row in rows]
    # What is being written is as new as anything.
    today = max(numbers, default=0) >> 28
    scores = _aged([row[3] for row in rows], numbers, today, without_date=today)
    ranked = sorted(zip(scores, [number % PUBLIC for number in numbers], strict=True), reverse=True)
    return list(dict.fromkeys(page for _score, page in ranked))


# Those of one search are of thousands of days.
@lru_cache(maxsize=20_000)
def _weight(days: int) -> float:
    """How much a match of this age counts."""
    return 0.5 + 0.5 * 2 ** (-max(0, days) / HALF_LIFE)


def _aged(points: Sequence[int], numbers: Sequence[int], today: int, *, without_date: int = 0) -> list[float]:
    """What these matches are worth, by the points of their words and their age."""
    return [one * _weight(today - (number >> 28 or without_date)) for one, number in zip(points, numbers, strict=True)]


def _year(year: int, zone: ZoneInfo) -> int:
    return int(dt.datetime(year, 1, 1, tzinfo=zone).timestamp())


def _day(seconds: int) -> dt.date:
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).date()


def _years(seconds: Sequence[int], zone: ZoneInfo) -> dict[int, int]:
    """How many of these moments are in each year, by a zone's clock: looked up where years begin among them."""
    ordered = sorted(seconds)
    first, last = max(_day(ordered[0]).year - 1, 1), min(_day(ordered[-1]).year + 1, 9998)
    places = [bisect_left(ordered, _year(y, zone)) for y in range(first, last + 1)] + [len(ordered)]
    return {first + n: end - start for n, (start, end) in enumerate(pairwise(places)) if end > start}
