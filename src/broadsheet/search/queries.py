"""What other rooms ask of the index."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from broadsheet.search.asking import Query, parse
from broadsheet.search.filters import NONE, Filters
from broadsheet.search.finding import Found, find_matches

FEW = 3
"""With fewer stories than these a query is widened."""


def find(query: str, filters: Filters = NONE, *, zone: ZoneInfo, count: int) -> list[int]:
    """Ids of the newest public stories that match, newest first, at most `count`; nothing when nothing is asked for.

    `stories.cards.rows_of` makes rows of them, in their order. `zone` is the publication's: years begin by its clock.
    """
    asked = parse(query)
    if not asked and not filters.chosen:
        return []
    return list(find_all(asked, filters, zone=zone, by_date=True).pages[:count])


def find_widely(
    query: Query, filters: Filters = NONE, *, zone: ZoneInfo, by_date: bool = False, up_to: int = 0
) -> tuple[Found, Query, bool]:
    """The same, as what it was looked up, and whether any has these very words: where fewer than `FEW` stories, whatever the filters, have these very words, those that have other
    forms of them come behind. One rule for all languages and both databases: beginnings, first of the words as they are, then without their endings.
    """
    found = find_all(query, filters, zone=zone, by_date=by_date, up_to=up_to)
    # Who says what is not wanted said exactly what is.
    if (
        len(found.pages) >= FEW
        or query.unwanted
        or (filters.chosen and len(find_matches(query, zone=zone, up_to=up_to, by_date=True, most=FEW).pages) >= FEW)
    ):
        return found, query, bool(found.pages)
    used, exactly = query, bool(found.pages)
    for wider in (query.by_beginnings(), query.by_stems()):
        if wider == query:
            continue
        others = find_all(wider, filters, zone=zone, by_date=by_date, up_to=up_to)
        if len(others.pages) > len(found.pages):
            rest = tuple(page for page in others.pages if page not in found.pages)
            found, used = (others if by_date else replace(others, pages=found.pages + rest)), wider
        if len(found.pages) >= FEW:
            break
    return found, used, exactly


def find_all(query: Query, filters: Filters = NONE, *, zone: ZoneInfo, by_date: bool = False, up_to: int = 0) -> Found:
    """The newest matches, all that are ranked, with what they are counted by; `up_to` as in `find_matches`."""
    return find_matches(query.within(filters.keys), zone=zone, year=int(filters.year or 0), by_date=by_date, up_to=up_to)
