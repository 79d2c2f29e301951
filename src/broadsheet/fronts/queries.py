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
    """The menu's items in the readers' order."""
    tree = SectionTree.read()
    places = [
        MenuPlace(f"section-{s.id}", s.id, s.name, s.url, False, tuple(c.name for c in tree.children(s))) for s in tree.children(None)
    ]
    for entry in MenuEntry.objects.all():
        places.insert(entry.position, MenuPlace(f"entry-{entry.pk}", entry.pk, entry.text, entry.url, True))
    return places
