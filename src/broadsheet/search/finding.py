"""Looking up: the newest matches, ranked by where the words stand and how new the story is, and counted by what they are."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from broadsheet.search.asking import Query, Term
from broadsheet.search.index import PUBLIC, day_number
from broadsheet.search.texts import texts

MOST = 2_000
"""Matches that are ranked and counted, the newest: a common word costs the same in an archive of any size."""
HEADLINE, NAMES, STANDFIRST, BODY = 12.0, 7.0, 4.0, 1.0
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
        rows = [row for row in rows if first <= row[2] < end]
    newest = rows[0][0] if rows else 0
    scores = [0.0] * len(rows) if by_date else _scores(query.wanted, rows, newest >> 28)
    order = sorted(zip(scores, [row[2] for row in rows], [row[1] for row in rows], strict=True), reverse=True)
    # One text: that is split and counted without a line of Python for each of the thousands of words.
    counts = Counter(" ".join([row[3] for row in rows]).split())
    counts.update({f"year:{y}": n for y, n in Counter(_years([row[2] for row in rows], zone)).items()})
    return Found(tuple(one[-1] for one in order), there_are_more, newest, counts)


def is_found(query: Query) -> bool:
    """True when there is at least one public story."""
    return bool(texts().newest(query, above=PUBLIC, below=_END, most=1))


def find_for_the_desk(query: Query, *, most: int = MOST) -> list[int]:
    """Ids of pages that match, drafts among them, best first."""
    rows = texts().newest(query, above=0, below=PUBLIC, most=most) + texts().newest(query, above=PUBLIC, below=_END, most=most)
    today = max((row[0] >> 28 for row in rows), default=0)
    # What is being written is as new as anything.
    scores = _scores(query.wanted, rows, today, without_date=today)
    ranked = sorted(zip(scores, [row[1] for row in rows], strict=True), reverse=True)
    return list(dict.fromkeys(page for _score, page in ranked))


def _scores(wanted: Sequence[Term], rows: Sequence[tuple[Any, ...]], today: int, *, without_date: int = 0) -> list[float]:
    """How well each row matches; the best of a headline, weighed by age."""
    said = [f" {' '.join(term.words)}" + " " * (not term.prefix) for term in wanted]
    together = f" {' '.join(word for term in wanted for word in term.words)} " if len(wanted) > 1 else "\0"
    by_age: dict[int, float] = {}
    scores = []
    for number, _page, _seconds, _keys, headline, names, standfirst in rows:
        score = HEADLINE if together in headline else 0.0
        for one in said:
            score += HEADLINE if one in headline else NAMES if one in names else STANDFIRST if one in standfirst else BODY
        day = number >> 28 or without_date
        weight = by_age.get(day)
        if weight is None:
            weight = by_age[day] = (0.5 + 0.5 * 2 ** (-max(0, today - day) / HALF_LIFE)) / (len(said) or 1)
        scores.append(score * weight)
    return scores


def _year(year: int, zone: ZoneInfo) -> int:
    return int(dt.datetime(year, 1, 1, tzinfo=zone).timestamp())


def _day(seconds: int) -> dt.date:
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).date()


def _years(seconds: list[int], zone: ZoneInfo) -> list[int]:
    """The year of each moment, by a zone's clock: one look-up each in the moments at which years begin."""
    if not seconds:
        return []
    first = _day(min(seconds)).year - 1
    last = _day(max(seconds)).year + 1
    begins = [_year(y, zone) for y in range(max(first, 1), min(last, 9998) + 1)]
    return [max(first, 1) + bisect(begins, one) - 1 for one in seconds]
