"""Where a list that is ordered by time goes on: a time, and how many of it stand before. Nothing in it is known to one database alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Time = TypeVar("Time")


def place_behind(times: Sequence[Time], place: tuple[Time, int] | None = None) -> tuple[Time, int]:
    """The place behind what was shown from a place on, of which these are the times in their order."""
    last = times[-1]
    return last, times.count(last) + (place[1] if place and place[0] == last else 0)
