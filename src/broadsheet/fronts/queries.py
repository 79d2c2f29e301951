"""Reads of the main menu."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.fronts.models import MenuEntry
from broadsheet.stories.queries import SectionTree


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """One item of the main menu, as the desk orders it."""

    key: str
    """`section-7` or `entry-3`."""
    pk: int
    text: str
    url: str
    is_entry: bool
    below: tuple[str, ...] = ()


def menu_places() -> list[MenuPlace]:
    """The items of the menu's first level in the readers' order: sections with entries between them, or entries alone."""
    tree = SectionTree.read()
    entries = list(MenuEntry.objects.select_related("section"))
    places = [
        MenuPlace(f"section-{s.id}", s.id, s.name, s.url, False, tuple(c.name for c in tree.children(s)))
        for s in tree.children(None)
        if not any(entry.section_id for entry in entries)
    ]
    for entry in entries:
        if entry.parent_id is None:
            section = tree.by_id.get(entry.section_id or 0)
            below = tuple(str(one) for one in entries if one.parent_id == entry.pk)
            url = section.url if section else entry.url
            places.insert(entry.position, MenuPlace(f"entry-{entry.pk}", entry.pk, str(entry), url, True, below))
    return places
