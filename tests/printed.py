"""Public stories made at a tenth of what it costs to publish them, for tests of what becomes of stories that are public.

As an import makes them; that both ways leave the same rows is a test of its own (`tests/stories/test_publishing.py`).
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

SIMPLE = {
    "dateline", "first_published_at", "kind", "language", "lead_alt", "lead_caption", "lead_image", "long_read", "noindex", "not_republished", "published",
    "search_description", "seo_title", "standfirst", "updated",
}  # fmt: skip
"""Fields that may be given; a story with others is published."""


def print_story(story: Any, *, parent: Any, people: list[Any], relations: dict[str, list[Any]]) -> int:
    """Write a public story below its section; returns its id."""
    from broadsheet.importing import bulk
    from broadsheet.stories.projections import is_taken, numbered, tentative_permalink

    now = timezone.now()
    page = bulk.blank(type(story))
    given = {
        name: value for name, value in vars(story).items() if name not in {"_state", "id", "translation_key", "_cluster_related_objects"}
    }
    vars(page).update(given)
    page.live, page.has_unpublished_changes, page.draft_title = True, False, story.title
    page.first_published_at = page.last_published_at = story.first_published_at or now
    page.published = story.published or page.first_published_at
    page.path, page.depth = parent.path + "0000", parent.depth + 1
    address, number = tentative_permalink(page), 2
    wanted = address
    while is_taken(address, besides=None):
        address, number = numbered(wanted, number), number + 1
    page.permalink = address
    ids = {name: [one.pk for one in things] for name, things in relations.items()}
    bulk.write([bulk.Fresh(page=page, parent_id=parent.pk, people=[one.pk for one in people], relations=ids)])
    return int(page.pk)
