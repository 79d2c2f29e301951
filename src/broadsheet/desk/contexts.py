"""What the desk's own templates receive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A story in one of the desk's lists; `when` is the time that list is about, in UTC."""

    headline: str
    edit_url: str
    section: str
    byline: str
    when: dt.datetime | None
    status: str
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class DeskList:
    """One list of the desk's first screen: its newest rows, and where the whole of it is."""

    name: str
    heading: str
    empty: str
    time_heading: str
    rows: tuple[DeskRow, ...]
    more_url: str = ""
    """Empty when the rows are all there are."""
