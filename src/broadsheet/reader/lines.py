"""What a story is a part of: topics that are worth a link, and story lines with what came before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from broadsheet.delivery.keys import note
from broadsheet.reader import contexts as c
from broadsheet.reader.frame import Frame
from broadsheet.stories import keys
from broadsheet.stories.cards import Names, Row, card_of, cards_of, in_line, people_in, rows_of
from broadsheet.stories.models import Listing, Topic
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import successors
from broadsheet.stories.queries import LINKED_FROM, SectionTree

Line = tuple[str, c.Link]
"""The list of a story line, and its page."""


def linked_topics(ids: Sequence[int]) -> tuple[tuple[c.Link, ...], list[Line]]:
    """The topics worth a link: promoted, or shared by at least three public stories; and the story lines, with their lists; in the order given."""
    if not ids:
        return (), []
    note(*(key for pk in ids for key in (f"topic:{pk}", keys.linked(pk))))
    rows = _topics(sorted(set(ids)))
    if any(row[5] for row in rows):
        # Merged, and the galley is not typeset again yet.
        ends = successors(Topic)
        ids = list(dict.fromkeys(ends.get(pk, pk) for pk in ids))
        note(*(key for pk in ids for key in (f"topic:{pk}", keys.linked(pk))))
        rows = _topics(sorted(ids))
    links = {row[0]: c.Link(row[1], f"/topics/{row[2]}/") for row in rows if row[3] or row[4]}
    lines = {row[0] for row in rows if row[6] == Topic.Kind.LINE}
    shown = [pk for pk in ids if pk in links]
    return tuple(links[pk] for pk in shown if pk not in lines), [(f"topic:{pk}", links[pk]) for pk in shown if pk in lines]


@Prepared
def _topics(ids: list[int]) -> Any:
    # Whether there is a third row, not how many there are: a topic may have a hundred thousand.
    rows = Listing.objects.filter(list_key=Concat(Value("topic:"), Cast(OuterRef("pk"), CharField()))).order_by("-published", "-story_id")
    third = Subquery(rows.values("pk")[LINKED_FROM - 1 : LINKED_FROM])
    found = Topic.objects.filter(In(F("pk"), ids)).annotate(third=third).order_by()
    return found.values_list("pk", "name", "slug", "promoted", "third", "merged_into_id", "kind")


def around(lines: Sequence[Line], row: Row) -> tuple[Row | None, Row | None] | tuple[()]:
    """(newer, older): the parts of its first story line next to a story; nothing for one that is in none. Two queries where there is one."""
    if not lines:
        return ()
    parts = in_line(lines[0][0], row[2], row[0])
    note(*(f"person:{pk}" for pk in people_in([part for part in parts if part])))
    return parts


def story_lines(lines: Sequence[Line], parts: Sequence[Row | None], tree: SectionTree, names: Names) -> tuple[c.StoryLine, ...]:
    """The story lines of a story; `parts` stand around it in the first of them."""
    newer, older = (card_of(part, tree, names) if part else None for part in parts or (None, None))
    return tuple(c.StoryLine(link.text, link.url, *((older, newer) if n == 0 else ())) for n, (_key, link) in enumerate(lines))


def beginning(list_key: str, frame: Frame) -> c.Card | None:
    """The first story of a story line, for those who come late; none where all of them are on the page."""
    note(keys.top(list_key))
    first = Listing.objects.filter(list_key=list_key).order_by("published", "story_id").values_list("story_id", flat=True).first()
    return next(iter(cards_of(rows_of([first] if first else []), frame.tree)), None)
