"""Which stories are related to which, as editors wish and as it was found: told of a story that may come before those that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wagtail.models import Revision

from broadsheet.importing.restoring.told import Told
from broadsheet.stories import relating
from broadsheet.stories.models import Story

FIELDS = ("related_pinned", "related_banned")
NEAREST = 1e9


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


def has_found(told: Told) -> bool:
    """Whether it says what was found for the story; exports of before they did are found it anew."""
    return told.record.get("related") is not None


def check(told: Told) -> None:
    """Raises ImportRefused for what was found, when it is no list of numbers and how near they are."""
    if not all(isinstance(one, list) and len(one) == 2 and _is_number(one[0]) and _is_near(one[1]) for one in told.many("related")):
        raise told.refuse("related", "is no list of pairs: the id of a story, and how near it is")


def found(told: Told, stories: Mapping[int, int]) -> list[tuple[int, float]]:
    """What was found for a story, by ids here, each once."""
    return list({stories[other]: float(near) for other, near in told.many("related") if other in stories}.items())


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_near(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= NEAREST


def _ids(told: Told, stories: Mapping[int, int]) -> dict[str, list[int]]:
    return {
        name: list(dict.fromkeys(stories[one] for one in told.many(name) if isinstance(one, int) and one in stories)) for name in FIELDS
    }
