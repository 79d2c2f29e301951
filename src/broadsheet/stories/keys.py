"""The keys of lists and stories: what pages made of them hold, and what a publish touches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from broadsheet.delivery import keys, purging
from broadsheet.stories.tallies import COUNTED

ListRow = tuple[str, dt.datetime, int]
"""List key, moment of publication, story id."""
FARTHEST = 9
"""How many stories may stand between one and the one that its page names as next: those that are named as related already."""


def story(pk: int) -> str:
    """What shows a story, in whole or as a card."""
    return f"story:{pk}"


def top(list_key: str) -> str:
    """What shows the newest of a list."""
    return f"list:{list_key}"


def span(list_key: str, *date: int) -> str:
    """What shows which stories of a list are of a year, a month or a day."""
    return f"list:{list_key}@{'-'.join(f'{part:02}' for part in date)}"


def beside(pk: int) -> str:
    """What names the stories next to one."""
    return f"beside:{pk}"


def part(list_key: str, pk: int) -> str:
    """What names the stories next to one in a story line."""
    return f"part:{list_key.removeprefix('topic:')}-{pk}"


def related(pk: int) -> str:
    """What names the stories related to one."""
    return f"related:{pk}"


def linked(topic: int) -> str:
    """What links a topic if it has enough stories."""
    return f"linked:{topic}"


def note_rows(rows: Iterable[Sequence[Any]]) -> None:
    """These stories are shown; a row begins with a story's id."""
    keys.note(*(story(row[0]) for row in rows))


def touch_published(
    ids: Collection[int], before: Collection[ListRow], after: Collection[ListRow], *, zone: ZoneInfo, in_bulk: bool = False
) -> None:  # fmt: skip
    """Stories were written: `before` are the list rows they had, `after` those they have.

    A story whose rows are the same changes only what shows it.
    """
    if in_bulk:
        purging.touch(purging.EVERYTHING)
        return
    touched = {story(pk) for pk in ids}
    changed = set(before) ^ set(after)
    around: dict[int, set[dt.datetime]] = defaultdict(set)
    topics: set[int] = set()
    for list_key, published, pk in changed:
        touched.add(top(list_key))
        if list_key.startswith(COUNTED):
            local = published.astimezone(zone)
            touched.update(span(list_key, *(local.year, local.month, local.day)[:n]) for n in (1, 2, 3))
        if list_key == "site":
            around[pk].add(published)
        elif list_key.startswith("topic:"):
            topics.add(int(list_key.removeprefix("topic:")))
    touched.update(beside(pk) for pk in _beside(around))
    stood = {pk for list_key, _published, pk in before if list_key == "site"}
    touched.update(related(pk) for pk in _waiting_for({pk for list_key, _published, pk in after if list_key == "site"} - stood))
    touched.update(_parts(topics, changed))
    touched.update(linked(pk) for pk in _near_the_limit(topics, changed))
    purging.touch(*touched)


def touch_others(pages: Iterable[Any]) -> None:
    """Pages were written: what is at their addresses, and what names their translations."""
    pages = list(pages)
    purging.touch(
        *(f"{purging.PLACE}{page.permalink}" for page in pages if page.permalink),
        *(f"translations:{page.translation_group}" for page in pages if page.translation_group),
    )


def _waiting_for(come: Collection[int]) -> Iterable[int]:
    """The stories that are to name these, which were not public, as related: what had been withdrawn comes back into their lists."""
    from broadsheet.stories.models import RelatedStory

    return RelatedStory.objects.filter(other__in=come).values_list("story", flat=True) if come else ()


def _beside(around: dict[int, set[dt.datetime]]) -> set[int]:
    """The stories whose pages name one of these, which stand at these moments, as next to them, or named it."""
    from broadsheet.stories.cards import side
    from broadsheet.stories.models import RelatedStory

    found: set[int] = set()
    for pk, moments in around.items():
        for moment in moments:
            for newer in (True, False):
                near = [row[0] for row in side("site", moment, pk, newer=newer, count=FARTHEST)]
                named: dict[int, set[int]] = defaultdict(set)
                for one, other in RelatedStory.objects.filter(story_id__in=near[1:]).values_list("story_id", "other_id"):
                    named[one].add(other)
                found.update(one for place, one in enumerate(near) if set(near[:place]) <= named[one])
    return found


def _parts(topics: Collection[int], changed: Collection[ListRow]) -> set[str]:
    """What names, in a story line, one of these stories as next to it, or named it."""
    from broadsheet.stories.cards import side
    from broadsheet.stories.models import Topic

    if not topics:
        return set()
    lines = {f"topic:{pk}" for pk in Topic.objects.filter(pk__in=topics, kind=Topic.Kind.LINE).values_list("pk", flat=True)}
    found = set()
    for list_key, published, pk in changed:
        if list_key in lines:
            found.add(part(list_key, pk))
            found |= {part(list_key, row[0]) for newer in (True, False) for row in side(list_key, published, pk, newer=newer, count=1)}
    return found


def _near_the_limit(topics: Collection[int], changed: Collection[ListRow]) -> set[int]:
    """Topics that these changes may have given, or taken, the number of stories from which on they are linked."""
    from broadsheet.stories.models import Listing
    from broadsheet.stories.queries import LINKED_FROM

    found = set()
    for pk in topics:
        rows = sum(1 for list_key, _published, _story in changed if list_key == f"topic:{pk}")
        if len(Listing.objects.of(f"topic:{pk}")[: LINKED_FROM + rows]) < LINKED_FROM + rows:
            found.add(pk)
    return found
