"""Whether what is stored is what would be rendered now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse

from broadsheet.delivery import purging
from broadsheet.delivery.caches import TAG_HEADERS
from broadsheet.delivery.middleware import page_of
from broadsheet.delivery.rendering import fresh

ISLAND = re.compile(rb"<!--island:([a-z0-9-]+)-->.*?<!--/island-->", re.DOTALL)
"""What a page holds for readers without JavaScript, and a stored file has newer."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored page that is not what it should be."""

    path: str
    why: str


AS_OF = re.compile(rb'<p class="[a-z]+-asof">.*?</p>|\sdata-as-of="[^"]*"', re.DOTALL)
"""From when an island is: the one thing that two of the same differ in."""
ISLANDS = "/islands/"


def comparable(path: str, body: bytes) -> bytes:
    """What of a page must be the same if it were rendered now: all but its islands; of an island all but from when it is."""
    return AS_OF.sub(b"", body) if path.startswith(ISLANDS) else ISLAND.sub(b"", body)


def verify() -> Iterator[tuple[str, Difference | None]]:
    """Renders every stored page afresh: (address, what is wrong with it or None), one after the other."""
    at = purging.shelf()
    stored, known = set(at.store.paths()), set(at.catalogue.paths())
    for path in sorted(stored | known):
        page = at.store.read(path)
        if page is None:
            # Announced and not put, or dropped by a hand: nobody is given it.
            yield path, None
            continue
        if path not in known:
            yield path, Difference(path, "is not in the catalogue, so that no write would replace it")
            continue
        response = fresh(path)
        now = page_of(response) if isinstance(response, HttpResponse) else None
        if now is None:
            why = f"answers {response.status_code} now" if response.status_code != 200 else "is not to be stored"
            yield path, Difference(path, why)
        elif comparable(path, now.body) != comparable(path, page.body):
            yield path, Difference(path, "has other bytes now")
        elif dict(now.headers) != {name: value for name, value in page.headers.items() if name not in TAG_HEADERS}:
            yield path, Difference(path, "has other headers now")
        else:
            yield path, None
