"""Strips of fronts and blocks under stories, as templates get them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from broadsheet.fronts.filling import Filled, fill, heading_of, list_names, orders_from
from broadsheet.fronts.models import FrontPage
from broadsheet.reader import contexts as c
from broadsheet.reader.frame import Frame
from broadsheet.stories.cards import Names, Row, people_in, rows_of
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.prepared import Prepared


def containers(filled: Sequence[Filled], frame: Frame, *, in_island: bool = True) -> tuple[c.Container, ...]:
    """Filled orders with their headings, as templates get them; `in_island`: they are in one, and what is read most is none of its own."""
    names = list_names([f.order for f in filled])
    made, number = [], 0
    for one in filled:
        number += not one.order.most_read
        heading, url = heading_of(one.order, frame.tree, names)
        kind, _sep, pk = one.order.list_key.partition(":")
        section = frame.tree.by_id.get(int(pk)) if kind == "section" else None
        made.append(
            c.Container(
                one.order.layout,
                heading,
                url,
                section.tone if section else "news",
                one.cards,
                f"most-read-{one.place}" if one.order.most_read else f"part-{number}",
                one.as_of,
                f"most-read-{one.place}" if one.order.most_read and not in_island else "",
            )  # fmt: skip
        )
    return tuple(made)


def cards_on(filled: Sequence[Filled]) -> list[c.Card]:
    """The stories that a page is about: what is read most comes and goes by itself."""
    return list({card.id: card for one in filled if not one.order.most_read for card in one.cards}.values())


def lead_picture(filled: Sequence[Filled]) -> c.Picture | None:
    """What is seen first."""
    return next((card.picture for card in cards_on(filled)), None)


def shared_picture(filled: Sequence[Filled]) -> dict[str, str]:
    """What a front is shared with."""
    for row in rows_of([card.id for card in cards_on(filled)[:1]]):
        shown = row[4].get("picture")
        if shown and shown.get("social"):
            return {"share_image": absolute(shown["social"]), "share_image_alt": shown["alt"]}
    return {}


def story_blocks(frame: Frame, names: Names | None = None, beside: Sequence[Row] = (), *, itself: int = 0) -> tuple[c.Container, ...]:
    """The containers under every story, without the stories `beside` them on the page; `names` learns the people of these too."""
    orders = [order for found in _story_blocks() for order in orders_from(found[0])]
    filled = fill(orders, frame.tree, names or Names(), without={row[0] for row in beside}, itself=itself, people=people_in(beside))
    return containers(filled, frame)


@Prepared
def _story_blocks() -> Any:
    return FrontPage.objects.order_by().values_list("story_blocks")[:1]
