"""Menus of an export: items of classic menus, and navigation blocks."""

from __future__ import annotations

import re

from broadsheet.html import plain_text
from broadsheet.importing.blocks import gutenberg
from broadsheet.importing.records import Item, MenuLink


def menu_of(item: Item) -> str:
    """The slug of the menu that an item of a classic menu stands in."""
    return next((link.slug for link in item.terms if link.taxonomy == "nav_menu"), "")


def menu_link(item: Item) -> MenuLink:
    """An item of a classic menu."""
    kind = item.meta.get("_menu_item_type", "").strip()
    parent = item.meta.get("_menu_item_menu_item_parent", "").strip()
    return MenuLink(
        source_id=item.source_id,
        text=_words(item.title),
        kind={"post_type": "item", "taxonomy": "term"}.get(kind, "address"),
        target=item.meta.get("_menu_item_object_id", "").strip(),
        url=item.meta.get("_menu_item_url", "").strip(),
        parent="" if parent == "0" else parent,
        order=item.order,
    )


def navigation(item: Item) -> list[MenuLink]:
    """The links of a navigation block, those of its submenus below them."""
    links: list[MenuLink] = []

    def walk(content: list[str | gutenberg.Node], parent: str) -> None:
        for node in content:
            if isinstance(node, str):
                continue
            number = f"{item.source_id}:{len(links)}"
            if node.name in ("core/navigation-link", "core/navigation-submenu", "core/home-link"):
                at_home = node.name == "core/home-link"
                kind = {"post-type": "item", "taxonomy": "term"}.get(str(node.attrs.get("kind") or ""), "address")
                text = _words(str(node.attrs.get("label") or ""))
                url = "/" if at_home else str(node.attrs.get("url") or "")
                links.append(MenuLink(number, text, kind, str(node.attrs.get("id") or ""), url, parent, len(links)))
                walk(node.content, parent or number)
            elif node.name == "core/page-list":
                links.append(MenuLink(number, "", "pages", "", "", parent, len(links)))
            else:
                walk(node.content, parent)

    walk(gutenberg.parse(item.body), "")
    return links


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", plain_text(text)).strip()
