"""What a first reading of an export finds, whatever system it is from, and what the loader asks of any export."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from broadsheet.importing.authors import Authors
from broadsheet.importing.blocks.convert import Converted
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ledger import Ledger
from broadsheet.importing.records import Damage, Guest, Item, MenuLink, Oddity, Reroute, Site, TermLink
from broadsheet.importing.terms import Terms

Bodies: TypeAlias = Callable[[Item, Surroundings], Converted]
"""How the bodies of an export are made blocks of."""


@dataclass(frozen=True, slots=True)
class Address:
    """What an item's old address was made of; permalink patterns are read from these."""

    path: str
    slug: str
    source_id: str
    published: dt.datetime | None
    """By the old site's clock: addresses were built with that."""
    sections: tuple[str, ...]
    creator: str


class Sample(list[Address]):
    """Addresses of posts drawn evenly from all that are shown to it, at most so many, whatever the size of the archive."""

    most = 4_000

    def __init__(self) -> None:
        super().__init__()
        self._shown, self._every = 0, 1

    def show(self, address: Address) -> None:
        """Keep it, if it is one of those that are drawn."""
        if self._shown % self._every == 0:
            self.append(address)
        self._shown += 1
        if len(self) == self.most:
            del self[1::2]
            self._every *= 2


@dataclass(slots=True)
class Oddities:
    """What was unusual, counted, with a few places to look at."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, what: str, where: str = "", count: int = 1) -> None:
        """Count one more."""
        self.counts[what] += count
        if where and len(self.places[what]) < 5 and where not in self.places[what]:
            self.places[what].append(where)

    def records(self) -> list[Oddity]:
        """All of them, by name."""
        return [Oddity(what, count, tuple(self.places.get(what, ()))) for what, count in sorted(self.counts.items())]


@dataclass(slots=True)
class Survey:
    """What the first reading found: everything that is small; what grows with the items is in the ledger."""

    site: Site = Site("", "", "", "", None)
    author_entries: int = 0
    term_entries: int = 0
    items: int = 0
    types: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)
    """By the type of the item they belong to."""
    creators: Counter[str] = field(default_factory=Counter)
    categories: Counter[TermLink] = field(default_factory=Counter)
    """How many published posts stand in each."""
    reusable: dict[str, str] = field(default_factory=dict)
    """Bodies of reusable blocks by id: other bodies only point to them."""
    guests: dict[str, Guest] = field(default_factory=dict)
    """People who are items of the export, by key."""
    menus: dict[str, list[MenuLink]] = field(default_factory=dict)
    reroutes: list[Reroute] = field(default_factory=list)
    """Redirects of the owner's, in the order in which they were asked."""
    parents: dict[str, str] = field(default_factory=dict)
    """Of items that stand below another: their keys, and the id of that one."""
    pinned: list[str] = field(default_factory=list)
    """Keys of what stood at the top of the front."""
    addresses: Sample = field(default_factory=Sample)
    category_base: str = ""
    tag_base: str = ""
    """What stood before categories and tags in addresses, where that can be told; empty: the usual words."""
    offset: dt.timedelta = dt.timedelta()
    """How far the site's clock was ahead of UTC, by most of its items."""
    zone: str = ""
    """IANA name of the zone that its dates fit; empty when none does, or several."""
    is_zone_told: bool = False
    """Whether the export says it itself."""
    damaged: list[Damage] = field(default_factory=list)
    """What could not be read; everything else comes in."""
    fingerprint: str = ""
    """Of the bytes of all files in their order."""
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def clock(self) -> str:
        """The zone of the site's clock; where no place fits its dates, the offset it had. Empty when nothing is known of it."""
        hours = round(self.offset.total_seconds() / 3600)
        return self.zone or (f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}" if hours and abs(hours) <= 12 else "")

    @property
    def authors(self) -> Authors:
        """Those who sign, by login."""
        return self.ledger.authors

    @property
    def terms(self) -> Terms:
        """Categories, tags and others, by taxonomy and slug."""
        return self.ledger.terms


class Source(Protocol):
    """An export as the loader takes it: read once in full, so that it is known to be sound, and then item by item.

    It can be pickled: bodies are converted in a process of their own.
    """

    survey: Survey
    oddities: Oddities

    def items(self) -> Iterator[Item]:
        """Every item in the order of the ledger, repetitions included, one in memory at a time."""

    def kept(self, place: int) -> Item | None:
        """The item at a place of the ledger, where the first reading kept it: then it need not be read again."""

    def dated(self, item: Item) -> Item:
        """An item as the ledger kept it, with its dates as they are now that the whole export is known."""

    def blocks(self, item: Item, around: Surroundings) -> Converted:
        """An item's body as blocks."""
