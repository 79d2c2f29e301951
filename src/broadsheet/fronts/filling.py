"""Containers and what they hold: pinned first, then the newest of their list, no story twice on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from broadsheet.delivery.keys import note
from broadsheet.readership.ranking import IS_READ, most_read
from broadsheet.stories import keys as stories
from broadsheet.stories.cards import Names, card_of, people_in, rows_of
from broadsheet.stories.contexts import Card
from broadsheet.stories.models import Listing, Placement, Topic
from broadsheet.stories.queries import SectionTree


@dataclass(frozen=True, slots=True)
class Order:
    """A container as an editor wants it."""

    layout: str
    list_key: str
    count: int
    heading: str = ""
    pinned: tuple[int, ...] = ()
    most_read: bool = False
    """What is read most of the list, instead of its newest; may repeat what stands elsewhere on the page, and takes nothing from there."""
    language: str = ""
    """Of what is read most; empty for all."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A container with its stories."""

    order: Order
    cards: tuple[Card, ...]
    place: int = 0
    """Which of the orders this is, counted from 1."""
    as_of: dt.datetime | None = None
    """Of what is read most."""


def orders_from(stream: Any) -> list[Order]:
    """The orders in a containers field, read from its raw value without a query."""
    orders = []
    for block in stream.raw_data:
        value = block["value"]
        if block["type"] == "most_read":
            key = f"section:{value['section']}" if value.get("section") else "site"
            orders.append(
                Order(
                    "ranked", key, value.get("count") or 5, value.get("heading") or "", most_read=True, language=value.get("language") or ""
                )
            )
            continue
        if value.get("section"):
            key = f"section:{value['section']}"
        elif value.get("placement"):
            key = f"placement:{value['placement']}"
        elif value.get("topic"):
            key = f"topic:{value['topic']}"
        else:
            key = "site"
        pinned = [p["value"] if isinstance(p, dict) else p for p in value.get("pinned") or []]
        orders.append(
            Order(value.get("layout") or "section", key, value.get("count") or 5, value.get("heading") or "", tuple(filter(None, pinned)))
        )
    return orders


def fill(
    orders: Sequence[Order], tree: SectionTree, names: Names, *, without: Iterable[int] = (), itself: int = 0, people: Iterable[int] = ()
) -> list[Filled]:
    """Fill containers from the top down; empty ones are left out. Four queries, however many containers.

    What is read most leaves out the page `itself` alone. `names` learns those in the containers and, in the same query, `people`.
    """
    used = {*without, itself}
    # A pin is an editor's decision: nothing above may take that story by filling itself.
    reserved = {pk for o in orders for pk in o.pinned}
    note(*(stories.story(pk) for pk in reserved))
    public = set(Listing.objects.filter(list_key="site", story_id__in=reserved).values_list("story_id", flat=True)) if reserved else set()
    by_date = [o for o in orders if not o.most_read]
    lists = _newest({o.list_key for o in by_date}, len(used) + len(reserved) + sum(o.count for o in by_date))
    chosen: list[tuple[int, Order, list[int], dt.datetime | None]] = []
    if len(by_date) < len(orders):
        note(IS_READ)
    for place, order in enumerate(orders, 1):
        if order.most_read:
            ranked = most_read(order.list_key, order.language, count=order.count)
            chosen.append((place, order, [pk for pk in ranked.ids if pk != itself], ranked.as_of))
            continue
        ids = [pk for pk in order.pinned if pk in public and pk not in used][: order.count]
        used.update(ids)
        for pk in lists.get(order.list_key, []):
            if len(ids) >= order.count:
                break
            if pk not in used and pk not in reserved:
                ids.append(pk)
                used.add(pk)
        if ids:
            chosen.append((place, order, ids, None))
    rows = {r[0]: r for r in rows_of(list(dict.fromkeys(pk for _place, _order, ids, _as_of in chosen for pk in ids)))}
    names.learn({*people_in(rows.values()), *people})
    filled = []
    for place, order, ids, as_of in chosen:
        if cards := tuple(card_of(rows[pk], tree, names) for pk in [pk for pk in ids if pk in rows][: order.count]):
            filled.append(Filled(order, cards, place, as_of))
    return filled


def _newest(keys: set[str], depth: int) -> dict[str, list[int]]:
    """{list key: ids of its newest `depth` stories}: the union of one index range per list, in one query."""
    if not keys:
        return {}
    note(*map(stories.top, keys))
    # Django cannot slice the parts of a union on SQLite; both databases can.
    part = "SELECT * FROM (SELECT list_key, story_id, published FROM stories_listing WHERE list_key = %s ORDER BY published DESC, story_id DESC LIMIT %s) AS part"
    grouped: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT list_key, story_id FROM ({' UNION ALL '.join([part] * len(keys))}) AS lists ORDER BY published DESC, story_id DESC",  # noqa: S608
            [value for key in sorted(keys) for value in (key, depth)],
        )
        for key, story_id in cursor.fetchall():
            grouped.setdefault(key, []).append(story_id)
    return grouped


def heading_of(order: Order, tree: SectionTree, names: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """(heading, address) of a container; a lead has neither."""
    kind, _sep, number = order.list_key.partition(":")
    if order.most_read:
        section = tree.by_id.get(int(number)) if number else None
        usual = _("Most read: %(section)s") % {"section": section.name} if section and section.live else _("Most read")
        return order.heading or usual, ""
    if kind == "section" and (section := tree.by_id.get(int(number))):
        found = (section.name, section.url) if section.live else ("", "")
    else:
        found = names.get(order.list_key, ("", ""))
    if order.layout == "lead":
        return order.heading, ""
    return order.heading or found[0], found[1]


def list_names(orders: Sequence[Order]) -> dict[str, tuple[str, str]]:
    """{list key: (name, address)} of the placement lists and topics that containers use."""
    named: dict[str, tuple[str, str]] = {}
    for prefix, model in (("placement", Placement), ("topic", Topic)):
        ids = [int(o.list_key.partition(":")[2]) for o in orders if o.list_key.startswith(prefix + ":")]
        if ids:
            named.update({f"{prefix}:{x.pk}": (x.name, x.get_absolute_url()) for x in model.objects.filter(pk__in=ids)})
    return named
