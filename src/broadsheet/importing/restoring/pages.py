"""Records of stories and static pages → pages, exactly as they were."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamValue

from broadsheet.html import safe_url, sanitise
from broadsheet.importing.bulk import Fresh
from broadsheet.importing.restoring import bodies
from broadsheet.importing.restoring.media import Media
from broadsheet.importing.restoring.told import Told
from broadsheet.people.models import language_tag
from broadsheet.stories.models import Byline, ReaderComment, StaticPage, Story
from broadsheet.stories.projections import is_taken

STATUSES = ("published", "scheduled", "draft")


@dataclass(slots=True)
class Here:
    """What records name, as it is here."""

    front: int
    media: Media
    people: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    placements: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    """By address."""
    pages: dict[int, int] = field(default_factory=dict)
    """Static pages and stories, by their number in the export."""
    stories: dict[int, int] = field(default_factory=dict)
    """Of these the stories."""

    def named(self, told: Told, name: str, among: dict[str, int], key: str) -> int:
        """What a name means. Raises ImportRefused for one that no record has."""
        if key not in among:
            raise told.refuse(name, f"names “{key}”, which no record is called")
        return among[key]


def story(told: Told, here: Here) -> Fresh:
    """A story, not yet written."""
    page = Story()
    _common(page, told, here)
    _said(page, told, here)
    made = Fresh(page, here.named(told, "section", here.sections, told.text("section")), goes_live=_goes_live(page, told))
    for line in told.each("byline"):
        made.people.append(here.named(told, "byline", here.people, line.text("person")))
        made.roles.append(line.text("role", 120))
    made.relations = _relations(told, here)
    return made


def static(told: Told, here: Here) -> Fresh:
    """A static page, not yet written."""
    page = StaticPage(in_footer=told.flag("in_footer"))
    _common(page, told, here)
    _said(page, told, here)
    parent = here.front
    if told.record.get("parent") is not None:
        number = told.number("parent")
        if number not in here.pages:
            raise told.refuse("parent", f"names page {number}, which is not before it")
        parent = here.pages[number]
    return Fresh(page, parent, goes_live=_goes_live(page, told))


def comments(story_id: int, told: Told) -> list[ReaderComment]:
    """What readers wrote under it, not yet written."""
    return [
        ReaderComment(
            story_id=story_id, position=place, number=one.number("number") if one.record.get("number") is not None else None,
            depth=min(one.number("depth"), 100), kind=one.choice("kind", ReaderComment.Kind.values), author=one.text("author", 255),
            url=safe_url(one.text("url", 600)), published=one.moment("published"), html=sanitise(one.text("html")),
        )
        for place, one in enumerate(told.each("comments"))
    ]  # fmt: skip


def redraft(page: Story | StaticPage, told: Told, here: Here) -> None:
    """Save what the newest version said as the page's draft."""
    draft: Any = page.get_latest_revision_as_object()
    draft.title = draft.draft_title = told.text("headline", 255)
    draft.slug = told.text("slug", 255)
    _described(draft, told)
    _said(draft, told, here)
    if isinstance(draft, Story):
        for name, ids in _relations(told, here).items():
            field_ = Story._meta.get_field(name)
            setattr(draft, name, list(field_.related_model.objects.filter(pk__in=ids)))  # type: ignore[union-attr]
        lines = [
            Byline(person_id=here.named(told, "byline", here.people, line.text("person")), role=line.text("role", 120), sort_order=place)
            for place, line in enumerate(told.each("byline"))
        ]
        draft.bylines.set(lines)
    draft.save_revision(clean=False)


def _common(page: Story | StaticPage, told: Told, here: Here) -> None:
    page.title = page.draft_title = told.text("headline", 255)
    page.slug = told.text("slug", 255)
    if not page.title or not page.slug:
        raise told.refuse("headline" if not page.title else "slug", "is empty")
    page.live = told.choice("status", STATUSES) == "published"
    page.has_unpublished_changes = not page.live
    address = told.text("address", 600)
    if page.live and not address.startswith("/"):
        raise told.refuse("address", "is no path, though the page is published")
    if address and is_taken(address, besides=None):
        raise told.refuse("address", f"is “{address}”, where another page is")
    page.permalink = address or None
    page.published, page.updated = told.moment("published"), told.moment("updated")
    page.first_published_at, page.last_published_at = told.moment("first_published"), told.moment("last_published")
    page.expire_at = told.moment("expires")
    group = told.text("translation_group", 36)
    try:
        page.translation_group = uuid.UUID(group) if group else None
    except ValueError as error:
        raise told.refuse("translation_group", "is no UUID") from error
    _described(page, told)


def _described(page: Story | StaticPage, told: Told) -> None:
    page.noindex = told.flag("noindex")
    page.seo_title, page.search_description = told.text("seo_title", 255), told.text("search_description")


def _said(page: Story | StaticPage, told: Told, here: Here) -> None:
    page.standfirst, page.language = told.text("standfirst"), told.text("language", 35)
    if page.language and not language_tag.regex.fullmatch(page.language):  # type: ignore[union-attr]
        raise told.refuse("language", f"is “{page.language}”, no language tag")
    blocks = bodies.blocks(told, "blocks", here.media.find, here.people)
    page.body = StreamValue(page.body.stream_block, blocks, is_lazy=True)
    if isinstance(page, Story):
        page.kind = told.choice("kind", Story.Kind.values)
        page.dateline, page.long_read = told.text("dateline", 120), told.flag("long_read")
        page.lead_image_id = here.media.find(told.text("picture"))
        page.original_url = safe_url(told.text("original_url", 600))
        page.not_republished = told.flag("not_republished")
        for name in Story.LABELS:
            field_: Any = Story._meta.get_field(name)
            setattr(page, name, told.text(name, field_.max_length))
        page.lead_alt, page.lead_caption = told.text("picture_alt", 500), told.text("picture_caption")


def _relations(told: Told, here: Here) -> dict[str, list[int]]:
    among = {"sections": here.sections, "topics": here.topics, "placements": here.placements}
    return {name: [here.named(told, name, known, key) for key in dict.fromkeys(told.words(name))] for name, known in among.items()}


def _goes_live(page: Story | StaticPage, told: Told) -> Any:
    if told.record["status"] != "scheduled":
        return None
    page.go_live_at = told.moment("goes_live") or timezone.now()
    return page.go_live_at
