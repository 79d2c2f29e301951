"""The main menu: all sections in their order with entries between them, or exactly what the entries say."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from broadsheet.fronts.models import MenuEntry
from broadsheet.html import safe_url
from broadsheet.reader.contexts import MenuItem
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.queries import SectionEntry, SectionTree


@Prepared
def _entries() -> Any:
    return MenuEntry.objects.values_list("pk", "parent_id", "position", "text", "url", "section_id")


def menu(tree: SectionTree, current_path: str) -> tuple[MenuItem, ...]:
    """The menu of a page whose address is `current_path`; one query."""
    levels: dict[int | None, list[tuple[int, int, str, str, int | None]]] = defaultdict(list)
    for pk, parent, position, text, url, section in _entries():
        levels[parent].append((pk, position, text, url, section))

    def of_section(section: SectionEntry) -> MenuItem:
        return _section(section, section.name, tuple(of_section(child) for child in tree.children(section)))

    def _section(section: SectionEntry, text: str, children: tuple[MenuItem, ...]) -> MenuItem:
        return MenuItem(text, section.url, children, current_path.startswith(section.url))

    def level(parent: int | None) -> list[tuple[int, MenuItem]]:
        items = []
        for pk, position, text, url, section_id in levels.get(parent, ()):
            children = tuple(item for _position, item in level(pk))
            section = tree.by_id.get(section_id) if section_id else None
            if section and section.live:
                items.append((position, _section(section, text or section.name, children)))
            elif section_id is None:
                items.append((position, MenuItem(text, safe_url(url), children, current_path == url)))
        return items

    top = level(None)
    if any(section for rows in levels.values() for *_rest, section in rows):
        return tuple(item for _position, item in top)
    items = [of_section(s) for s in tree.children(None)]
    for position, item in top:
        items.insert(position, item)
    return tuple(items)
