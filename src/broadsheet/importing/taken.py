"""Slugs and addresses that are in use, asked for a batch at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from wagtail.models import Page

from broadsheet.stories.models import Section, StaticPage, Story
from broadsheet.stories.permalinks import numbered

AHEAD = 50
MAX_REMEMBERED = 10_000


class Taken:
    """Gives out slugs and addresses that nothing else has; one batch sees what the one before it wrote."""

    def __init__(self) -> None:
        self._slugs: set[tuple[int, str]] = set()
        self._addresses: set[str] = set()
        self._tried: dict[Any, int] = {}
        """By what was wanted, the number up to which all are in use: a thousand items of one name are no million look-ups."""

    def look_up(self, slugs: Collection[tuple[int, str]], addresses: Collection[str]) -> None:
        """Forget the batch before; ask for everything this one would like to have."""
        self._slugs = self._slugs_among(slugs)
        self._addresses = self._addresses_among(addresses)
        if len(self._tried) > MAX_REMEMBERED:
            self._tried.clear()

    def slug(self, parent_id: int, wanted: str) -> str:
        """The slug, or the next one below this parent that is free; it is taken then."""
        key = (parent_id, wanted)
        if key in self._slugs:
            key = self._free(key, lambda n: (parent_id, f"{wanted}-{n}"), self._slugs, self._slugs_among)
        self._slugs.add(key)
        return key[1]

    def address(self, wanted: str) -> str:
        """The address, or the next one like it that is free; it is taken then."""
        key = wanted
        if key in self._addresses:
            key = self._free(key, lambda n: numbered(wanted, n), self._addresses, self._addresses_among)
        self._addresses.add(key)
        return key

    def _free(self, wanted: Any, name: Callable[[int], Any], here: set[Any], among: Callable[[Iterable[Any]], set[Any]]) -> Any:
        first = self._tried.get(wanted, 2)
        while True:
            names = {n: name(n) for n in range(first, first + AHEAD)}
            there = among(names.values())
            for number, one in names.items():
                if one not in there and one not in here:
                    self._tried[wanted] = number
                    return one
            first += AHEAD

    def _slugs_among(self, wanted: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
        pairs = set(wanted)
        parents = {path: pk for pk, path in Page.objects.filter(pk__in={pk for pk, _slug in pairs}).values_list("pk", "path")}
        rows = Page.objects.filter(slug__in={slug for _pk, slug in pairs}).values_list("path", "slug")
        return {(parents[above], slug) for path, slug in rows if (above := path[: -Page.steplen]) in parents}

    def _addresses_among(self, wanted: Iterable[str]) -> set[str]:
        paths = set(wanted)
        slugs = {path.rstrip("/").rpartition("/")[2] for path in paths}
        rows = Section.objects.filter(slug__in=slugs).order_by().values_list("url_path", flat=True)
        sections = {"/" + url_path.lstrip("/").partition("/")[2] for url_path in rows}
        pages = {
            found
            for model in (Story, StaticPage)
            for found in model.objects.filter(permalink__in=paths).values_list("permalink", flat=True)
            if found
        }
        return pages | sections & paths
