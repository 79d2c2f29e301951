"""Related stories: what editors pinned is public with the story, the rest is found by the worker, a little at a time."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Count, Min

from broadsheet import rows
from broadsheet.delivery import purging
from broadsheet.related import entering
from broadsheet.related.finding import Found, find, near_of
from broadsheet.related.models import Entry
from broadsheet.related.subjects import Document
from broadsheet.stories.keys import related as key_of

STORED = 8
"""Stories that are found for one: twice as many as are shown, for some are withdrawn or stand elsewhere on the page."""
FOUND = 100
"""Place of the first that was found, behind all that editors pin."""
_COLUMNS = ("story_id", "other_id", "place", "pinned", "nearness")
PIECE = 1.0
"""Seconds of work at a time; between two pieces the worker looks after everything else."""
TOGETHER = {Entry.Waits.ENTER: 100, Entry.Waits.RELATE: 20, Entry.Waits.AGAIN: 20}
"""Stories of one transaction."""
BEREAVED = 500
"""Stories that get a new list, at most, when one that stood in theirs is withdrawn."""
logger = logging.getLogger("broadsheet.related")


def follow(stories: Sequence[Any], *, is_new: bool) -> None:
    """Note for the worker what was published, changed or withdrawn, and bring what editors pinned and banned up to date.

    `is_new`: just brought in, so that nobody has pinned anything. The same few queries for any number of stories.
    """
    from broadsheet.stories.models import RelatedStory

    ids = [story.pk for story in stories]
    if not ids:
        return
    entering.wait(ids)
    if is_new:
        return
    wishes = Wishes.of(ids)
    RelatedStory.objects.filter(story_id__in=ids, pinned=True).delete()
    for story in wishes.banned.keys() | wishes.pinned.keys():
        RelatedStory.objects.filter(story_id=story, other_id__in=[*wishes.banned[story], *wishes.pinned[story]]).delete()
    pinned = [(story, other, place, True, 1.0) for story, others in wishes.pinned.items() for place, other in enumerate(others)]
    rows.insert(RelatedStory, _COLUMNS, pinned)
    purging.touch(*map(key_of, ids))


@dataclass(frozen=True)
class Wishes:
    """What editors want of the related stories of some."""

    pinned: defaultdict[int, list[int]]
    banned: defaultdict[int, list[int]]

    @classmethod
    def of(cls, stories: Sequence[int]) -> Wishes:
        """As they are public, the newest first: a choice of many keeps no order of its own. Two queries."""
        from broadsheet.stories.models import Story

        def chosen(field: str) -> defaultdict[int, list[int]]:
            found: defaultdict[int, list[int]] = defaultdict(list)
            chosen = getattr(Story, field).through.objects.filter(from_story_id__in=stories).order_by("-to_story__published", "-to_story")
            for story, other in chosen.values_list("from_story_id", "to_story_id"):
                if story != other:
                    found[story].append(other)
            return found

        return cls(chosen("related_pinned"), chosen("related_banned"))


def found_for(stories: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
    """What was found for some, besides what is pinned: ids and how near they are, in order. Nothing is said of those that still wait for it."""
    from broadsheet.stories.models import RelatedStory

    done = Entry.objects.filter(story__in=stories, waits__in=(Entry.Waits.NO, Entry.Waits.AGAIN), related__gt=0)
    lists: dict[int, list[tuple[int, float]]] = {story: [] for story in done.values_list("story", flat=True)}
    found = RelatedStory.objects.filter(story_id__in=lists, pinned=False).order_by("story_id", "place")
    for story, other, nearness in found.values_list("story_id", "other_id", "nearness"):
        lists[story].append((other, nearness))
    return lists


def give(lists: Mapping[int, Sequence[tuple[int, float]]]) -> None:
    """What was found elsewhere for stories that expect it. A fixed number of queries."""
    from broadsheet.stories.models import RelatedStory

    with transaction.atomic():
        expected = entering.expected(lists)
        given = _rows_of({story: lists[story] for story in expected})
        purging.touch(*{key_of(story) for story, *_rest in given})
        # What an editor pinned is there already.
        rows.insert(RelatedStory, _COLUMNS, given, conflicts="ON CONFLICT DO NOTHING")
        entering.settle(expected)


def waiting() -> int:
    """How many stories wait for the worker."""
    return Entry.objects.filter(waits__in=[*TOGETHER]).count()


def failed() -> list[int]:
    """Stories whose related ones could not be found, the newest first; twenty at most."""
    return list(Entry.objects.filter(waits=Entry.Waits.FAILED).order_by("-story").values_list("story", flat=True)[:20])


def work(*, seconds: float = PIECE) -> int:
    """Do the next of what waits, for about so long; returns how many stories were done. First all are entered, then related."""
    end = time.monotonic() + seconds
    done = 0
    while time.monotonic() < end:
        for waits, most in TOGETHER.items():
            next_ones = dict(Entry.objects.filter(waits=waits).order_by("-story").values_list("story", "since")[:most])
            if next_ones:
                break
        else:
            break
        done += _enter(next_ones) if waits == Entry.Waits.ENTER else _relate(next_ones, end, spread=waits == Entry.Waits.RELATE)
    return done


def _enter(since: dict[int, int]) -> int:
    """Enter those that are public, take out the others."""
    documents = list(_documents(since))
    public = {document.story for document in documents}
    _withdraw({story: when for story, when in since.items() if story not in public})
    try:
        entering.enter(documents, {story: since[story] for story in public})
    except DatabaseError:
        raise
    except Exception:
        if len(documents) == 1:
            _fail(documents[0].story)
        for document in documents if len(documents) > 1 else ():
            _enter({document.story: since[document.story]})
    return len(since)


def _fail(story: int) -> None:
    logger.exception("what story %s is about could not be worked out; the others go on", story)
    Entry.objects.filter(story=story).update(waits=Entry.Waits.FAILED)


def _documents(stories: Iterable[int]) -> Iterable[Document]:
    from broadsheet.stories.models import Listing

    public = Listing.objects.filter(list_key="site", story_id__in=list(stories)).order_by()
    for pk, published, standfirst, dateline, card, text in public.values_list(
        "story_id", "published", "story__standfirst", "story__dateline", "story__galley__card", "story__galley__body_text"
    ):
        yield Document(
            story=pk, published=published, language=card["language"], headline=card["headline"], standfirst=standfirst, body=text,
            topics=card["topics"], people=list({person for person, _role in card["people"]}), place=dateline, section=card["section"] or 0,
        )  # fmt: skip


def _withdraw(since: dict[int, int]) -> None:
    from broadsheet.stories.models import RelatedStory

    with transaction.atomic():
        rows = Entry.objects.select_for_update().filter(story__in=since).values_list("story", "since")
        gone = [story for story, when in rows if since[story] == when]
        if not gone:
            return
        bereaved = RelatedStory.objects.filter(other_id__in=gone, pinned=False)
        purging.touch(*map(key_of, {*gone, *bereaved.values_list("story_id", flat=True)}))
        entering.wait_again(bereaved.order_by("-story_id").values_list("story_id", flat=True)[:BEREAVED])
        bereaved.delete()
        RelatedStory.objects.filter(story_id__in=gone).delete()
        entering.leave(gone)


def _relate(since: dict[int, int], end: float, *, spread: bool) -> int:
    """Find the related stories of some; `spread`: and see into whose lists these belong."""
    wishes = Wishes.of(list(since))
    known = near_of([*since, *(other for others in wishes.pinned.values() for other in others)])
    found: dict[int, Found] = {}
    done = 0
    for story in since:
        done += 1
        try:
            if story in known:
                taken = [known[other] for other in wishes.pinned[story] if other in known]
                found[story] = find(known[story], most=STORED, without=[*wishes.banned[story], *wishes.pinned[story]], taken=taken)
            else:
                entering.wait([story])
        except DatabaseError:
            raise
        except Exception:
            _fail(story)
        if time.monotonic() > end:
            break
    _store(found, since)
    if spread:
        _spread({story: (known[story].entered, found[story]) for story in found})
    return done


def _store(found: dict[int, Found], since: dict[int, int]) -> None:
    from broadsheet.stories.models import RelatedStory

    with transaction.atomic():
        # What was changed since it was read is done once more.
        same = Entry.objects.select_for_update().filter(story__in=found).values_list("story", "since")
        stored = [story for story, when in same if since[story] == when]
        chosen = _rows_of({story: found[story].chosen for story in stored})
        old = RelatedStory.objects.filter(story_id__in=stored, pinned=False)
        changed = set(old.values_list("story_id", "other_id", "place")) ^ {row[:3] for row in chosen}
        purging.touch(*{key_of(story) for story, _other, _place in changed})
        old.delete()
        rows.insert(RelatedStory, _COLUMNS, chosen)
        Entry.objects.filter(story__in=stored).update(waits=Entry.Waits.NO, related=entering.now())


def _rows_of(lists: Mapping[int, Sequence[tuple[int, float]]]) -> list[tuple[int, int, int, bool, float]]:
    """What was found for stories, as it is stored: between those that are public. One query."""
    from broadsheet.stories.models import Listing

    named = {other for found in lists.values() for other, _nearness in found}
    public = set(Listing.objects.filter(list_key="site", story_id__in=[*named, *lists]).values_list("story_id", flat=True))
    return [
        (story, other, FOUND + place, False, nearness)
        for story, found in sorted(lists.items()) if story in public
        for place, (other, nearness) in enumerate(found) if other in public and other != story
    ]  # fmt: skip


def _spread(found: dict[int, tuple[int, Found]]) -> None:
    """Have the lists made again in which a story that has come, or has changed, would stand."""
    from broadsheet.stories.models import RelatedStory

    older = {
        near.story: nearness
        for entered, one in found.values()
        for near, nearness in reversed(one.near)
        if near.waits == Entry.Waits.NO and near.related < entered
    }
    lists = RelatedStory.objects.filter(story_id__in=older, pinned=False).order_by().values_list("story_id")
    full = {story: least for story, held, least in lists.annotate(Count("pk"), Min("nearness")) if held >= STORED}
    entering.wait_again(story for story, nearness in older.items() if nearness > full.get(story, 0.0))
