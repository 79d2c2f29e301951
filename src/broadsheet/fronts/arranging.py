"""What a front shows until an editor arranges it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from broadsheet.delivery.keys import note
from broadsheet.fronts.filling import Filled, Order, fill, orders_from
from broadsheet.fronts.models import FrontPage
from broadsheet.stories.cards import Names
from broadsheet.stories.keys import top
from broadsheet.stories.models import Listing, Placement
from broadsheet.stories.queries import SectionEntry, SectionTree

MOST = 10
"""Sections on a front that nobody has arranged: a newspaper's front is a choice."""
RECENT = 400
"""How many of the newest stories say which sections are lively."""
COUNTS = {"section": 5, "grid": 4, "list": 6, "features": 3, "opinion": 4}
LAYOUTS = ("section", "grid", "list", "features")


def default_front(tree: SectionTree, placements: dict[str, int]) -> list[Order]:
    """A lead, the featured list, then a container per section, and what is read most; of many sections those with most of the newest stories."""
    top = f"placement:{placements['top-stories']}" if "top-stories" in placements else "site"
    orders = [Order("lead", top, 8)]
    if "featured" in placements:
        orders.append(Order("features", f"placement:{placements['featured']}", 3))
    sections = tree.children(None)
    for section in sections if len(sections) <= MOST else lively(sections):
        layout = "opinion" if section.tone == "opinion" else _next(orders)
        orders.append(Order(layout, f"section:{section.id}", COUNTS[layout]))
    orders.insert(3, Order("ranked", "site", 5, most_read=True))
    return orders


def _next(orders: list[Order]) -> str:
    layout = LAYOUTS[len(orders) % len(LAYOUTS)]
    return LAYOUTS[(len(orders) + 1) % len(LAYOUTS)] if orders[-1].layout == layout else layout


def lively(sections: Iterable[SectionEntry]) -> list[SectionEntry]:
    """The sections with most of the newest stories, at most ten; two queries, whatever the archive."""
    sections = list(sections)
    note(top("site"), *(top(f"section:{section.id}") for section in sections))
    newest = list(Listing.objects.of("site").values_list("story_id", flat=True)[:RECENT])
    stands = Counter(Listing.objects.filter(story_id__in=newest).order_by().values_list("list_key", flat=True))
    ranked = sorted(sections, key=lambda s: -stands[f"section:{s.id}"])
    # One story is no strip of a front; a site that has no more than that shows what it has.
    worth = [s for s in ranked if stands[f"section:{s.id}"] > 1] or [s for s in ranked if stands[f"section:{s.id}"]]
    return worth[:MOST]


def suited(filled: Iterable[Filled]) -> list[Filled]:
    """The same containers in layouts that their stories can carry: no strip of pictures without pictures, none for one story."""
    made: list[Filled] = []
    before = ""
    for one in filled:
        layout = one.order.layout
        # It comes and goes by itself, and nothing around it changes with it.
        if one.order.most_read:
            made.append(one)
            continue
        if layout == "features" and not all(card.picture for card in one.cards):
            # Once on a page the dark band may carry words alone.
            layout = "grid" if any(f.order.layout == "features" for f in made) or len(one.cards) < 3 else layout
        if layout != "lead" and len(one.cards) < 3:
            layout = "list"
        if layout == before and layout != "lead":
            layout = next(other for other in ("section", "list", "grid") if other != before)
        made.append(replace(one, order=replace(one.order, layout=layout)))
        before = layout
    return made


def orders_of(page: FrontPage, tree: SectionTree) -> tuple[list[Order], bool]:
    """An editor's containers or, before there are any, the default ones; and whether they are an editor's."""
    if orders := orders_from(page.containers):
        return orders, True
    return default_front(tree, dict(Placement.objects.values_list("slug", "pk"))), False


def arranged(page: FrontPage, tree: SectionTree) -> list[Filled]:
    """The front, filled."""
    orders, as_they_are = orders_of(page, tree)
    filled = fill(orders, tree, Names())
    return filled if as_they_are else suited(filled)


def section_front(entry: SectionEntry, tree: SectionTree) -> list[Order]:
    """What stands on a section's front before its list: a lead with four beside it, then a block per child."""
    blocks = [Order(("section", "list")[n % 2], f"section:{child.id}", 4) for n, child in enumerate(tree.children(entry))]
    return [Order("lead", f"section:{entry.id}", 5), *blocks]
