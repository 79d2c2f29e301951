"""The one verb: a draft read from a document becomes a story draft."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.models import Page

from broadsheet.html import plain_text
from broadsheet.importing.documents.draft import Block, Draft, Picture
from broadsheet.media.actions import encode_image
from broadsheet.media.encoding import Encoded, UnreadablePicture, encode, open_picture
from broadsheet.media.models import Image
from broadsheet.people.models import Person, Publication, User
from broadsheet.stories.models import Byline, Section, Story, Tone, Topic

_DESK = re.compile(
    r"\b(?:news|web|sports?|foreign)?\s?(?:desk|room|staff|team|bureau|agenc(?:y|ies)|correspondents?|reporters?)\b|redaktion|rédaction|redacción",
    re.I,
)
_Thing = TypeVar("_Thing", Person, Topic)


@dataclass(frozen=True, slots=True)
class Written:
    """A story draft, whether it is new, and what an editor should look at."""

    story: Story
    is_new: bool
    notes: tuple[str, ...]


def write_story(*, draft: Draft, section: Section, by: User | None, keep_date: bool = True) -> Written:
    """Make a story draft in a section; nothing of it is public. The same draft again gives the story that is there already.

    `keep_date`: once published it carries the document's date, not the day's.
    """
    notes: list[str] = []
    encoded = {one.key: _encoded(one, notes) for one in draft.pictures}
    with transaction.atomic():
        if there := _there_already(draft, section):
            return Written(there, False, ("a draft of this document is in the section already",))
        images = {one.key: _image(one, files, by) for one in draft.pictures if (files := encoded[one.key])}
        lead, blocks = _with_images(draft.blocks, images)
        story = _story(draft, section, blocks, lead)
        story.owner = by
        further = _sections(draft.labels, section, notes)
        if section.tone == Tone.OPINION or any(one.tone == Tone.OPINION for one in further):
            story.kind = Story.Kind.OPINION
        if keep_date:
            _date(story, draft, notes)
        Section.objects.get(pk=section.pk).add_child(instance=story)
        story.sections = further
        story.topics = list(dict.fromkeys(_topic(name) for name in draft.topics))
        people = dict.fromkeys(_person(name) for name in draft.byline)
        story.bylines.set([Byline(person=person, sort_order=n) for n, person in enumerate(people)])
        story.save(clean=False)
        story.save_revision(user=by, clean=False, log_action="wagtail.create")
    return Written(Story.objects.get(pk=story.pk), True, tuple(notes))


def _there_already(draft: Draft, section: Section) -> Story | None:
    """A draft that nobody has worked on since it was made of the same document: its blocks have the document's ids."""
    wanted = [block["id"] for block in draft.blocks if block["type"] != "picture"]
    for story in Story.objects.child_of(section).filter(title=draft.headline, live=False).order_by("pk")[:20]:
        if story.revisions.count() == 1 and [b["id"] for b in story.body.raw_data if b["type"] != "picture"] == wanted:
            return story
    return None


def _encoded(picture: Picture, notes: list[str]) -> list[Encoded] | None:
    try:
        return list(encode(open_picture(io.BytesIO(picture.content))))
    except UnreadablePicture as error:
        notes.append(f"picture left out: {picture.name}: {error}")
        return None


def _image(picture: Picture, files: list[Encoded], by: User | None) -> Image:
    image = Image(
        title=picture.name.rpartition(".")[0][:255] or picture.name, alt=picture.alt, uploaded_by_user=by,
        file=ContentFile(picture.content, name=picture.name),
    )  # fmt: skip
    image._set_image_file_metadata()
    if known := Image.objects.filter(file_hash=image.file_hash, alt=picture.alt).first():
        return known
    image.encode_later = True
    image.save()
    encode_image(image, files=files)
    image.file.close()
    return image


def _with_images(blocks: Iterable[Block], images: dict[str, Image]) -> tuple[Block | None, list[Block]]:
    """(picture that stands above the text, blocks with our pictures)."""
    out: list[Block] = []
    for block in blocks:
        if block["type"] == "picture":
            if block["value"]["attachment"] and block["value"]["attachment"] not in images:
                continue
            block = {**block, "value": _resolved(block["value"], images)}
        elif block["type"] == "gallery":
            pictures = [
                _resolved(one, images) for one in block["value"]["pictures"] if not one["attachment"] or one["attachment"] in images
            ]
            if not pictures:
                continue
            block = {**block, "value": {**block["value"], "pictures": pictures}}
        out.append(block)
    lead = out[0] if out and out[0]["type"] == "picture" and out[0]["value"]["image"] else None
    return lead, out[1:] if lead else out


def _resolved(value: dict[str, Any], images: dict[str, Image]) -> dict[str, Any]:
    image = images.get(value["attachment"])
    return {
        **{k: v for k, v in value.items() if k != "attachment"},
        "image": image.pk if image else None,
        "source": "" if image else value["source"],
    }


def _story(draft: Draft, section: Section, blocks: list[Block], lead: Block | None) -> Story:
    story = Story(title=draft.headline, live=False, standfirst=draft.standfirst, dateline=draft.dateline)
    story.slug = _free_slug(draft.headline, section)
    story.body = StreamValue(story.body.stream_block, blocks, is_lazy=True)
    if lead:
        story.lead_image_id, story.lead_caption = lead["value"]["image"], plain_text(lead["value"]["caption"])
    language = section.language or Publication.objects.values_list("language", flat=True).first() or "en"
    if draft.language and draft.language.partition("-")[0] != language.partition("-")[0]:
        story.language = draft.language
    return story


def _free_slug(headline: str, section: Section) -> str:
    base = slugify(headline, allow_unicode=True)[:200].strip("-") or "story"
    taken = set(Page.objects.child_of(section).filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _date(story: Story, draft: Draft, notes: list[str]) -> None:
    zone = (Publication.objects.first() or Publication()).tzinfo
    now = timezone.now()
    published, updated = (_moment(one, zone) for one in (draft.published, draft.updated))
    if published and published > now:
        notes.append(f"date {published:%Y-%m-%d} is still to come, so it is not kept: schedule the story instead")
        return
    story.first_published_at = published
    if published and updated and published < updated <= now and updated.astimezone(zone).date() > published.astimezone(zone).date():
        story.updated = updated


def _moment(date: dt.date | None, zone: ZoneInfo) -> dt.datetime | None:
    if date is None or date.year < 1900:
        return None
    if not isinstance(date, dt.datetime):
        # Noon is the same day nearly everywhere.
        date = dt.datetime.combine(date, dt.time(12))
    return date if date.tzinfo else date.replace(tzinfo=zone)


def _sections(labels: Iterable[str], home: Section, notes: list[str]) -> list[Section]:
    out = []
    for label in labels:
        section = Section.objects.filter(title__iexact=label).order_by("depth").first()
        if section is None:
            notes.append(f"no section is called “{label}”")
        elif not home.path.startswith(section.path) and section not in out:
            out.append(section)
    return out


def _topic(name: str) -> Topic:
    slug = slugify(name, allow_unicode=True)[:255] or "topic"
    found = Topic.objects.filter(Q(slug=slug) | Q(name__iexact=name)).order_by("pk").first()
    return _current(found) if found else Topic.objects.create(name=name[:255], slug=slug)


def _person(name: str) -> Person:
    if found := Person.objects.filter(name__iexact=name).order_by("pk").first():
        return _current(found)
    base = slugify(name, allow_unicode=True)[:240] or "author"
    slug, number = base, 2
    while Person.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    paper = Publication.objects.values_list("name", flat=True).first() or ""
    kind = Person.Kind.PUBLICATION if name.casefold() == paper.casefold() else Person.Kind.DESK if _DESK.search(name) else Person.Kind.GUEST
    return Person.objects.create(name=name[:255], slug=slug, kind=kind)


def _current(thing: _Thing) -> _Thing:
    """Whoever or whatever it was merged into."""
    for _step in range(50):
        if thing.merged_into is None:
            break
        thing = thing.merged_into
    return thing
