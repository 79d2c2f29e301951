"""Corrections and clarifications of public stories, and what follows from saying what kind of change a version was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from wagtail.models import Page, Revision

from broadsheet.delivery import purging, stamps
from broadsheet.delivery.keys import note
from broadsheet.people.models import User
from broadsheet.record import actions, keys
from broadsheet.record.actions import Said
from broadsheet.record.history import versions
from broadsheet.record.models import CHOSEN, CORRECTED, Change
from broadsheet.stories import keys as story_keys
from broadsheet.stories.cards import Row, rows_of
from broadsheet.stories.models import Listing, Story
from broadsheet.stories.projections import project
from broadsheet.stories.recording import WORDS

Place: TypeAlias = tuple[dt.datetime, int]
"""A moment, and how many corrections of it stand before the place: what nothing tells that only this database has."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction or clarification in force, with the story it belongs to."""

    change: Change
    version: int
    """Number of the version that corrected it."""
    row: Row
    note: str
    """What is right, or that it was taken out of the record, and why."""


def corrections(count: int, *, place: Place | None = None) -> list[Corrected]:
    """The newest corrections and clarifications of public stories, from a place on; two queries, and one for each that was taken out."""
    note(keys.CORRECTIONS)
    later = Change.objects.filter(story=OuterRef("story"), about=OuterRef("version"), number__gt=OuterRef("number"), kind__in=CHOSEN)
    found = Change.objects.filter(kind__in=CORRECTED).annotate(version=Coalesce(F("about"), F("number")))
    # What is said later holds; a story that is not public has no place in any list.
    found = found.filter(~Exists(later), Exists(Listing.objects.filter(list_key="site", story_id=OuterRef("story"))))
    if place:
        found = found.filter(moment__lte=place[0])
    skipped = place[1] if place else 0
    chosen: Sequence[Any] = list(found.order_by("-pk")[skipped : skipped + count])
    rows = {row[0]: row for row in rows_of(list(dict.fromkeys(one.story for one in chosen)))}
    return [
        Corrected(one, one.version, rows[one.story], _instead(one) if one.said and not one.note else one.note)
        for one in chosen
        if one.story in rows
    ]


def _instead(change: Any) -> str:
    return next(one.note for one in versions(change.story) if one.number == change.version)


@transaction.atomic
def classify(*, story: int, number: int, said: Said, by: User | None) -> None:
    """Say what kind of change a version was, and let the story be “updated” when the last substantive change was, and no other time.

    Raises CannotSay for what the record does not take.
    """
    actions.classify(story=story, number=number, said=said, by=by)
    page = Story.objects.filter(pk=story).first()
    known = versions(story)
    if page is None:
        return
    substantive = [one.moment for one in known if one.is_substantive]
    # What an earlier site said of updates before the record began stays.
    since = page.updated if page.updated and page.updated < known[0].moment else None
    updated = max(substantive) if substantive else since
    if updated == page.updated:
        return
    Story.objects.filter(pk=story).update(updated=updated)
    stamps.touch(stamps.LISTS)
    purging.touch(story_keys.story(story))
    if page.live:
        project([Story.objects.get(pk=story)])


@transaction.atomic
def take_out(*, story: int, numbers: Sequence[int], reason: str, by: User | None) -> int:
    """Take the texts of versions out of the record, and out of the desk with them: every saved version but the newest and those that are or will be public.

    Which of these had the words nobody can tell, and the law asks for all of them. Returns how many texts were taken out; raises CannotSay without a reason.
    """
    taken = actions.blank(story=story, numbers=numbers, reason=reason, by=by)
    saved, old = _saved(story)
    saved.filter(pk__in=old).delete()
    return taken


@transaction.atomic
def take_back(*, story: int, number: int, reason: str, by: User | None) -> int:
    """Take all that was ever said of a version out of the record, and out of what saved versions say of their change.

    What the newest, the public and a scheduled one say stays, unless it is the very words. Returns how many entries had any; raises CannotSay without a reason.
    """
    numbers = [of for one in versions(story) if one.number == number for of in one.worded]
    words = {word for pair in Change.objects.filter(story=story, number__in=numbers).values_list("wrong", "note") for word in pair}
    taken = actions.unsay(story=story, numbers=numbers, reason=reason, by=by)
    saved, old = _saved(story)
    for pk, content in saved.values_list("pk", "content").iterator(chunk_size=50):
        said = [name for name in WORDS if content.get(name) and (pk in old or content[name].strip() in words)]
        if said:
            Revision.objects.filter(pk=pk).update(content={**content, **dict.fromkeys(said, "")})
    return taken


def _saved(story: int) -> tuple[QuerySet[Revision], set[int]]:
    """The saved versions of a story, and the ids of all but the newest and those that are or will be public."""
    page = Page.objects.filter(pk=story).values_list("latest_revision_id", "live_revision_id").first()
    saved = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Page), object_id=str(story))
    old = saved.filter(approved_go_live_at=None).exclude(pk__in=[pk for pk in page or () if pk])
    return saved, set(old.values_list("pk", flat=True))
