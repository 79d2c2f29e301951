"""What the terms of the old site are here: asked of the database, for an old site may have had any number of them."""

from __future__ import annotations

from collections.abc import Collection

from broadsheet.importing.models import SourceSite, SourceTerm

REMEMBERED = 3000
TOGETHER = 500
LONGEST = 400


class Meanings:
    """What is kept of a term, by its taxonomy and slug at the old site."""

    def __init__(self, site: SourceSite) -> None:
        self.site = site
        self._known: dict[tuple[str, str], SourceTerm | None] = {}

    def get(self, key: tuple[str, str]) -> SourceTerm | None:
        """What is kept of one; nothing of a term that has not come in."""
        key = shortened(key)
        if key not in self._known:
            self._ask([key])
        return self._known[key]

    def look_up(self, keys: Collection[tuple[str, str]]) -> None:
        """Ask for several at once: as many as are remembered."""
        unknown = [key for key in dict.fromkeys(map(shortened, keys)) if key not in self._known][:REMEMBERED]
        for start in range(0, len(unknown), TOGETHER):
            self._ask(unknown[start : start + TOGETHER])

    def remember(self, row: SourceTerm) -> None:
        """A term was entered by this run."""
        if (key := (row.taxonomy, row.slug)) not in self._known:
            self._room(1)
        self._known[key] = row

    def _ask(self, keys: Collection[tuple[str, str]]) -> None:
        # By slug alone: a database that knows its tables too little would rather look through all terms of the site.
        # Nor can every one hold what an address may: a zero.
        slugs = {slug for _taxonomy, slug in keys if "\0" not in slug}
        found = SourceTerm.objects.filter(slug__in=slugs).select_related("section", "placement")
        rows = {(row.taxonomy, row.slug): row for row in found if row.site_id == self.site.pk}
        self._room(len(keys))
        self._known.update({key: rows.get(key) for key in keys})

    def _room(self, count: int) -> None:
        if len(self._known) + count > REMEMBERED:
            self._known.clear()


def shortened(key: tuple[str, str]) -> tuple[str, str]:
    """A term's key as far as the database takes it."""
    return key if len(key[1]) <= LONGEST else (key[0], key[1][:LONGEST])
