"""Pages put below pages, many at a time: Wagtail's own move writes a page six times and asks for it as often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from wagtail.models import Page

from broadsheet.importing.bulk import last_place
from broadsheet.stories.models import StaticPage

DEEPEST = 60
"""Levels for which a page's path has room."""


@dataclass(slots=True)
class _Place:
    path: str
    depth: int
    url_path: str
    slug: str
    numchild: int
    wanted_slug: str = ""
    parent: int | None = None
    """Where it is to stand; nothing while it stays."""
    slugs: set[str] | None = None
    """Of what stands below it, once that was asked."""
    last: int = 0
    """The number of the last page below it."""


@dataclass
class Tree:
    """Static pages as they stand, and where some of them are to stand, which `write` brings about."""

    top: int
    """The page below which imports put pages first."""
    ids: Iterable[int]
    _places: dict[int, _Place] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._top_path = Page.objects.values_list("path", flat=True).get(pk=self.top)
        unique = list(dict.fromkeys(self.ids))
        for start in range(0, len(unique), 500):
            found = StaticPage.objects.filter(pk__in=unique[start : start + 500])
            for pk, path, depth, url_path, slug, numchild in found.values_list("pk", "path", "depth", "url_path", "slug", "numchild"):
                self._places[pk] = _Place(path, depth, url_path, slug, numchild)
        self._by_path = {place.path: pk for pk, place in self._places.items()}

    def is_at_the_top(self, page: int) -> bool:
        """Whether a static page stands where imports put pages first: nobody has moved it."""
        place = self._places.get(page)
        return place is not None and place.path[: -Page.steplen] == self._top_path

    def put_below(self, page: int, parent: int, slug: str) -> bool:
        """Have a page stand below another one, under this slug if that is free; False where it would stand below itself."""
        if parent not in self._places:
            return True
        if page in self._line(parent):
            return False
        self._places[page].parent, self._places[page].wanted_slug = parent, slug
        return True

    def _line(self, page: int) -> Iterator[int]:
        """A page and what it is to stand below, as far as that is known here."""
        at: int | None = page
        while at is not None:
            yield at
            place = self._places[at]
            at = place.parent if place.parent is not None else self._by_path.get(place.path[: -Page.steplen])

    def write(self) -> None:
        """Move the pages; what stands below them comes along. To be called in a transaction."""
        done: set[int] = set()
        for page in list(self._places):
            # From above to below: where a page goes must be where it stays.
            for one in reversed([pk for pk in self._line(page) if pk not in done]):
                done.add(one)
                if self._places[one].parent is not None:
                    self._move(one)

    def _move(self, page: int) -> None:
        place = self._places[page]
        parent = self._places[place.parent or 0]
        if parent.depth >= DEEPEST:
            return
        if parent.slugs is None:
            below = Page.objects.filter(path__range=Page._get_children_path_interval(parent.path), depth=parent.depth + 1)
            parent.slugs = set(below.values_list("slug", flat=True)) if parent.numchild else set()
            parent.last = last_place(parent.path) if parent.numchild else 0
        before, url_before = place.path, place.url_path
        place.slug = _free(place.wanted_slug, place.slug, parent.slugs)
        parent.slugs.add(place.slug)
        parent.last += 1
        place.path, place.url_path = Page._get_path(parent.path, parent.depth + 1, parent.last), f"{parent.url_path}{place.slug}/"
        deeper = parent.depth + 1 - place.depth
        place.depth += deeper
        if place.numchild:
            Page.objects.filter(path__startswith=before).exclude(pk=page).update(
                path=Concat(Value(place.path), Substr("path", len(before) + 1)), depth=F("depth") + deeper,
                url_path=Concat(Value(place.url_path), Substr("url_path", len(url_before) + 1)),
            )  # fmt: skip
            for other in self._places.values():
                if other is not place and other.path.startswith(before):
                    other.path, other.depth = place.path + other.path[len(before) :], other.depth + deeper
                    other.url_path = place.url_path + other.url_path[len(url_before) :]
        Page.objects.filter(pk=page).update(path=place.path, depth=place.depth, url_path=place.url_path, slug=place.slug)
        Page.objects.filter(pk=self.top).update(numchild=F("numchild") - 1)
        Page.objects.filter(pk=place.parent).update(numchild=F("numchild") + 1)
        parent.numchild += 1


def _free(wanted: str, otherwise: str, taken: set[str]) -> str:
    """The slug wanted, else the one it has, else the next like it that nothing beside it has."""
    first = next((one for one in (wanted, otherwise) if one and one not in taken), "")
    number = 2
    while not first:
        name = f"{wanted or otherwise}-{number}"
        first, number = "" if name in taken else name, number + 1
    return first
