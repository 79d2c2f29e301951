"""Which stories editors pinned and banned as related to which: told of a story that may come before those that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wagtail.models import Revision

from broadsheet.importing.restoring.told import Told
from broadsheet.stories import relating
from broadsheet.stories.models import Story

FIELDS = ("related_pinned", "related_banned")


def heard(told: Told) -> list[Told]:
    """The story's own record and its draft's, when either has such wishes; exports of before there were any have none."""
    records = [told, *([told.within("draft")] if told.record.get("draft") else [])]
    return records if any(one.many(name) for one in records for name in FIELDS) else []


def grant(wishes: Mapping[int, Sequence[Told]], stories: Mapping[int, int]) -> None:
    """Write them, in the story, in its revision, and in its draft's; `stories`: ids here by number in the export."""
    for story, (published, *drafts) in wishes.items():
        said = _ids(published, stories)
        for name, others in said.items():
            through = getattr(Story, name).through
            through.objects.filter(from_story=story).delete()
            through.objects.bulk_create(through(from_story_id=story, to_story_id=other) for other in others)
        revisions = list(Revision.objects.filter(object_id=str(story), base_content_type__model="page").order_by("pk"))
        for revision in revisions:
            is_draft = bool(drafts) and revision is revisions[-1]
            revision.content |= _ids(drafts[0], stories) if is_draft else said
            revision.save(update_fields=["content"])
    relating.follow(list(Story.objects.filter(pk__in=wishes, live=True).only("pk")), is_new=False)


def _ids(told: Told, stories: Mapping[int, int]) -> dict[str, list[int]]:
    return {
        name: list(dict.fromkeys(stories[one] for one in told.many(name) if isinstance(one, int) and one in stories)) for name in FIELDS
    }
