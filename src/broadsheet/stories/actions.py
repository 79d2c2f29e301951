"""Verbs on stories and on what they refer to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page

from broadsheet.delivery import outbox, purging, stamps
from broadsheet.people.models import Person, User
from broadsheet.record.evidence import Statement
from broadsheet.record.keys import said_by
from broadsheet.stories import keys, sitemap_places
from broadsheet.stories.models import Listing, Section, Story, Topic
from broadsheet.stories.projections import publication, successors
from broadsheet.stories.typesetting import Ingredients

NAME, SLUG = 255, 240
TYPESET_MERGED = "stories.typeset_merged"
"""The worker's job after a merge."""


class CannotMerge(ValueError):
    """The two cannot become one; the message says why."""


class CannotMove(ValueError):
    """The story cannot stand there; the message says why."""


class NoName(ValueError):
    """A topic or a person needs a name that fits; the message says which."""


@transaction.atomic
def create_topic(*, name: str, by: User | None) -> Topic:
    """The topic of a name, made when there is none; neither case nor spaces make two topics, a merged one gives its successor.

    Raises NoName when the name is empty or longer than 255 characters.
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > NAME:
        raise NoName(_("A topic’s name has 1 to %(most)s characters.") % {"most": NAME})
    found = Topic.objects.exactly(name).first()
    if found is not None:
        return Topic.objects.get(pk=successors(Topic).get(found.pk, found.pk))
    topic = Topic.objects.create(name=name, slug=_free_slug(Topic, name, "topic"))
    log(instance=topic, action="wagtail.create", user=by)
    return topic


@transaction.atomic
def create_speaker(*, name: str, by: User | None) -> Person:
    """The person of a name, made one who speaks in stories when there is none; somebody merged gives their successor.

    Raises NoName when the name is empty or longer than 255 characters.
    """
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > NAME:
        raise NoName(_("A person’s name has 1 to %(most)s characters.") % {"most": NAME})
    found = Person.objects.exactly(name).first()
    if found is not None:
        return Person.objects.get(pk=successors(Person).get(found.pk, found.pk))
    person = Person.objects.create(name=name, slug=_free_slug(Person, name, "person"), kind=Person.Kind.SPEAKER)
    log(instance=person, action="wagtail.create", user=by)
    return person


def _free_slug(model: type[Topic] | type[Person], name: str, other: str) -> str:
    stem = slugify(name, allow_unicode=True)[:SLUG] or other
    slug, number = stem, 2
    while model._default_manager.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, by: User | None) -> int:
    """Let one topic stand for two; its address leads to the other. Returns how many public stories moved along.

    Raises CannotMerge when that would make a topic its own successor.
    """
    return _merge(topic, into, "topic", by)


@transaction.atomic
def merge_people(*, person: Person, into: Person, by: User | None) -> int:
    """Let one person stand for two, in every byline past and future. Returns how many public stories moved along.

    Raises CannotMerge when that would make a person their own successor.
    """
    return _merge(person, into, "person", by)


def _merge(one: Topic | Person, into: Topic | Person, word: str, by: User | None) -> int:
    """List rows move at once, the same few queries for one story and for ten thousand; galleys follow as the worker's job.

    Until then a galley names the merged one, and readers are shown what it stands for (`successors`).
    """
    _refuse_circle(one, into)
    stamps.touch(stamps.LISTS, stamps.NAMES)
    model: type[Any] = type(one)
    model.objects.filter(pk=one.pk).update(merged_into=into)
    one.merged_into = into  # type: ignore[assignment]
    last = successors(model).get(into.pk, into.pk)
    old, new = f"{word}:{one.pk}", f"{word}:{last}"
    rows = Listing.objects.filter(list_key=old)
    moved = rows.count()
    rows.filter(story__in=Listing.objects.filter(list_key=new).values("story")).delete()
    rows.update(list_key=new)
    # A page with a card of the merged one holds its key, whatever its galley still says.
    purging.touch(
        old, new, f"{word}:{into.pk}", *map(keys.top, (old, new)), *((keys.linked(one.pk), keys.linked(last)) if word == "topic" else ())
    )
    if word == "person":
        Statement.objects.filter(speaker=one.pk).update(speaker=last)
        purging.touch(*map(said_by, (one.pk, last)))
    outbox.put(TYPESET_MERGED, word=word, pk=last, after=0)
    log(instance=one, action="wagtail.edit", user=by, data={"merged_into": str(into)})
    return moved


def _refuse_circle(one: Topic | Person, into: Topic | Person) -> None:
    seen: Topic | Person | None = into
    while seen is not None:
        if seen.pk == one.pk:
            raise CannotMerge(f"“{one}” already stands for “{into}”: merge the other way round")
        seen = seen.merged_into


def lead_on(*, old: str, new: str) -> None:
    """Have the address that a person's, a topic's or a list's page had lead to the one it has from now on."""
    Redirect.objects.filter(old_path=Redirect.normalise_path(new), automatically_created=True).delete()
    told = {"redirect_link": new, "redirect_page": None, "is_permanent": True, "automatically_created": True}
    Redirect.objects.update_or_create(old_path=Redirect.normalise_path(old), site=None, defaults=told)


def move(*, story: Story, to: Section, by: User | None) -> Story:
    """Give a story another home section; its permalink stays. Returns the story as it now is.

    Raises CannotMove when a page in that section has the same last part of its address.
    """
    if not Page._slug_is_available(story.slug, to, page=story):
        raise CannotMove(
            _("“%(section)s” already has a page “%(slug)s”: change the slug of one of them.") % {"section": to, "slug": story.slug}
        )
    with transaction.atomic():
        story.move(to, pos="last-child", user=by)
    return Story.objects.get(pk=story.pk)


class CannotLink(ValueError):
    """The stories are no translations of one another; the message says why."""


@transaction.atomic
def link_translations(*, stories: Sequence[Story], by: User | None) -> uuid.UUID:
    """Make stories translations of one another and of what each was a translation of. Returns the key they share.

    Raises CannotLink when two of them are in the same language.
    """
    keys_before = {story.translation_group for story in stories} - {None}
    together = list(Story.objects.filter(translation_group__in=keys_before)) if keys_before else []
    everyone = list({story.pk: story for story in (*stories, *together)}.values())
    pot = Ingredients.of(everyone, publication=publication())
    seen: dict[str, Story] = {}
    for story in everyone:
        tag = pot.language(story)[0]
        if tag in seen:
            raise CannotLink(f"“{story}” and “{seen[tag]}” are both in “{tag}”: give one of them another language first")
        seen[tag] = story
    key = next(iter(sorted(keys_before, key=str)), None) or uuid.uuid4()
    Story.objects.filter(pk__in=[story.pk for story in everyone]).update(translation_group=key)
    stamps.touch(stamps.NAMES, *set(sitemap_places.held([story.pk for story in everyone]).values()))
    purging.touch(*(keys.story(story.pk) for story in everyone), *(f"translations:{one}" for one in {key, *keys_before}))
    for story in stories:
        story.translation_group = key
    return key


@transaction.atomic
def unlink_translation(*, story: Story, by: User | None) -> None:
    """Let a story be no translation any more; one that would be left alone is none either."""
    key, story.translation_group = story.translation_group, None
    Story.objects.filter(pk=story.pk).update(translation_group=None)
    purging.touch(keys.story(story.pk), f"translations:{key}")
    rest = Story.objects.filter(translation_group=key) if key else Story.objects.none()
    stamps.touch(stamps.NAMES, *set(sitemap_places.held([story.pk, *rest.values_list("pk", flat=True)]).values()))
    if len(rest[:2]) == 1:
        rest.update(translation_group=None)
