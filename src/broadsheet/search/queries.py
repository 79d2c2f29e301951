"""What other rooms ask of the index."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from broadsheet.search.asking import Query, parse
from broadsheet.search.filters import NONE, Filters
from broadsheet.search.finding import Found, find_matches


def find(query: str, filters: Filters = NONE, *, zone: ZoneInfo, count: int) -> list[int]:
    """Ids of the newest public stories that match, newest first, at most `count`; nothing when nothing is asked for.

    `stories.cards.rows_of` makes rows of them, in their order. `zone` is the publication's: years begin by its clock.
    """
    asked = parse(query)
    if not asked and not filters.chosen:
        return []
    return list(find_all(asked, filters, zone=zone, by_date=True).pages[:count])


def find_all(query: Query, filters: Filters = NONE, *, zone: ZoneInfo, by_date: bool = False, up_to: int = 0) -> Found:
    """The newest matches, all that are ranked, with what they are counted by; `up_to` as in `find_matches`."""
    return find_matches(query.within(filters.keys), zone=zone, year=int(filters.year or 0), by_date=by_date, up_to=up_to)
