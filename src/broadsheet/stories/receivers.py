"""What follows from changes elsewhere: moves, deletions, pictures made again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site

from broadsheet.delivery import keys, outbox, purging, stamps
from broadsheet.media.models import Document, Image
from broadsheet.media.signals import picture_encoded
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.record.keys import marked_in
from broadsheet.related import entering
from broadsheet.search import index
from broadsheet.stories import indexing, marking, recording, sitemap_places, tallies
from broadsheet.stories.actions import TYPESET_MERGED, lead_on
from broadsheet.stories.keys import linked, touch_published
from broadsheet.stories.models import Gone, Listing, Placement, Section, StaticPage, Story, Topic
from broadsheet.stories.projections import after_save, project_again, project_where, publication, successors
from broadsheet.stories.signals import story_withdrawn

PAGES = (Section, StaticPage)
DRAFTED = frozenset(
    {"latest_revision", "draft_title", "latest_revision_created_at", "has_unpublished_changes", "expired", "go_live_at", "expire_at"}
)
"""Fields of a page that a draft writes: no reader sees them."""
SHOWN_ELSEWHERE = {
    Section: ("title", "slug", "url_path", "path", "depth", "tone", "language", "live"),
    StaticPage: ("title", "permalink", "path", "in_footer", "live"),
}  # fmt: skip
"""What menus, cards, lines of sections and the foot of all pages are made of: the rest stands on the page's own."""
AT_ONCE = 100
"""Stories of one task: it is done well within the time for which a worker holds its lease."""


@receiver(post_save, sender=Page)
def follow_a_move(sender: type[Page], instance: Page, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail moves a page, and takes several down at once, by saving its base row, inside the transaction: what is derived follows."""
    stamps.touch(stamps.NAMES)
    purging.touch(purging.EVERYTHING)
    if created or raw or kwargs.get("update_fields") is not None:
        return
    if instance.live:
        project_where(path__startswith=instance.path)
        return
    for model in (Story, StaticPage):
        for page in model.objects.filter(pk=instance.pk):
            after_save(page)


@receiver(pre_delete, sender=Story)
@receiver(pre_delete, sender=StaticPage)
def remember_the_address(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """An address that was public answers 410 after its page is deleted."""
    index.forget(public=[instance.pk], desk=[instance.pk])
    if isinstance(instance, Story):
        rows = list(instance.listings.values_list("list_key", "published", "story_id"))
        touch_published([instance.pk], rows, (), zone=publication().tzinfo)
    else:
        marking.forget([instance.pk])
        purging.touch(purging.EVERYTHING)
    if instance.permalink:
        Gone.objects.get_or_create(permalink=instance.permalink)
    stamps.touch(stamps.LISTS, *sitemap_places.held([instance.pk]).values())
    if isinstance(instance, Story):
        entering.wait([instance.pk])
        purging.touch(*marking.forget([instance.pk]), *(marked_in(row[0]) for row in rows if row[0].startswith("topic:")))
        recording.append((), None, withdrawn=[instance.pk])
    if isinstance(instance, Story) and instance.live:
        transaction.on_commit(partial(story_withdrawn.send_robust, sender=Story, story_id=instance.pk))


@receiver(pre_save, sender=Section)
@receiver(pre_save, sender=StaticPage)
def see_what_others_show(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """What stands of it on pages that are not its own, before it is written."""
    columns = SHOWN_ELSEWHERE[sender]
    instance._shown_elsewhere = sender.objects.filter(pk=instance.pk).values_list(*columns).first() if instance.pk else None


@receiver([post_save, post_delete], sender=Person)
@receiver([post_save, post_delete], sender=Publication)
@receiver([post_save, post_delete], sender=Topic)
@receiver([post_save, post_delete], sender=Placement)
@receiver([post_save, post_delete], sender=Section)
@receiver([post_save, post_delete], sender=StaticPage)
@receiver([post_save, post_delete], sender=Declarations)
def stamp_what_is_named(sender: type[Any], **kwargs: Any) -> None:
    """Feeds and sitemaps name these, and their rows say nothing of it."""
    stamps.touch(stamps.NAMES)
    if sender in PAGES and kwargs.get("update_fields") is not None and DRAFTED.issuperset(kwargs["update_fields"]):
        return
    if sender in PAGES and kwargs["signal"] is post_save and _is_shown_elsewhere_as_before(sender, kwargs["instance"]):
        purging.touch(keys.of(kwargs["instance"]))
    elif sender in {Person, Topic}:
        purging.touch(keys.of(kwargs["instance"]), *([linked(kwargs["instance"].pk)] if sender is Topic else []))
    elif not kwargs.get("raw"):
        # Their names, order and settings stand on every page.
        purging.touch(purging.EVERYTHING)


def _is_shown_elsewhere_as_before(model: type[Any], page: Any) -> bool:
    return getattr(page, "_shown_elsewhere", None) == tuple(getattr(page, name) for name in SHOWN_ELSEWHERE[model])


@receiver([post_save, post_delete], sender=Document)
@receiver([post_save, post_delete], sender=PageViewRestriction)
@receiver([post_save, post_delete], sender=Site)
def replace_all_pages(sender: type[Any], **kwargs: Any) -> None:
    """Who may read, and where the site is, is decided above all pages; files stand in feeds with their size."""
    purging.touch(purging.EVERYTHING)


@receiver(post_migrate)
def count_by_day(sender: Any, **kwargs: Any) -> None:
    """A migration that alters the table of list rows takes away what counts them."""
    if sender.label == "stories":
        tallies.ensure()


@receiver(picture_encoded)
def typeset_again(sender: Any, image_id: int, **kwargs: Any) -> None:
    """Galleys hold addresses of encoded pictures."""
    stamps.touch(stamps.NAMES)
    people = Person.objects.filter(portrait=image_id).values_list("pk", flat=True)
    topics = Topic.objects.filter(picture=image_id).values_list("pk", flat=True)
    purging.touch(*(f"person:{pk}" for pk in people), *(f"topic:{pk}" for pk in topics))
    if Publication.objects.filter(logo=image_id).exists():
        purging.touch(purging.EVERYTHING)
    outbox.put("stories.typeset_picture", image_id=image_id)


@receiver(pre_delete, sender=Image)
def typeset_without(sender: type[Image], instance: Image, **kwargs: Any) -> None:
    """Galleys hold addresses of a picture whose files are about to go."""
    stamps.touch(stamps.NAMES)
    if ids := sorted(_showing(instance)):
        outbox.put(WITHOUT_PICTURE, pages=ids)
    purging.touch(purging.EVERYTHING)


WITHOUT_PICTURE = "stories.typeset_without_picture"


@outbox.handler(WITHOUT_PICTURE)
def typeset_pages(payload: dict[str, Any]) -> None:
    """Project public pages that showed a picture which is deleted."""
    _project(payload["pages"])


@outbox.handler("stories.typeset_picture")
def typeset_stories_with(payload: dict[str, Any]) -> None:
    """Project the public pages that show a picture."""
    image = Image.objects.filter(pk=payload["image_id"]).first()
    if image is not None:
        _project(sorted(_showing(image)))


def _showing(image: Image) -> set[int]:
    inside = {int(found.object_id) for found in ReferenceIndex.get_references_to(image)}
    return inside | set(Story.objects.filter(lead_image=image).values_list("pk", flat=True))


def _project(ids: Sequence[int]) -> None:
    for model in (Story, StaticPage):
        for start in range(0, len(ids), AT_ONCE):
            project_again(model, pk__in=ids[start : start + AT_ONCE], live=True)


@receiver(pre_save, sender=Person)
@receiver(pre_save, sender=Topic)
def follow_a_new_name(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Stories are found by the names of their people and topics."""
    if instance.pk and not raw and sender.objects.filter(pk=instance.pk).exclude(name=instance.name).exists():
        outbox.put(TYPESET_MERGED, word="topic" if sender is Topic else "person", pk=instance.pk, after=0)


@receiver(pre_save, sender=Person)
@receiver(pre_save, sender=Topic)
@receiver(pre_save, sender=Placement)
def lead_on_from_the_old_address(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Bookmarks, links and subscribed feeds outlive another slug."""
    before = sender.objects.filter(pk=instance.pk).only("slug").first() if instance.pk and not raw else None
    # Nobody is told of one that no reader has seen.
    if before and before.slug != instance.slug and Listing.objects.filter(list_key=keys.of(instance)).exists():
        lead_on(old=before.get_absolute_url(), new=instance.get_absolute_url())


@outbox.handler(index.FILL)
def enter_what_was_there(payload: dict[str, Any]) -> None:
    """Enter the next pages in the search index, and leave the rest to the next task."""
    with transaction.atomic():
        if lowest := indexing.enter_the_next(before=payload["before"]):
            outbox.put(index.FILL, before=lowest)


@outbox.handler(TYPESET_MERGED)
def typeset_what_was_merged(payload: dict[str, Any]) -> None:
    """Project the next stories with what now stands for several topics or people, and leave the rest to the next task."""
    model, field = (Topic, "topics") if payload["word"] == "topic" else (Person, "bylines__person")
    standing = [payload["pk"], *(pk for pk, end in successors(model).items() if end == payload["pk"])]
    stories = Story.objects.filter(**{f"{field}__in": standing}, live=True, pk__gt=payload["after"])
    if batch := list(stories.order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE]):
        with transaction.atomic():
            project_again(Story, pk__in=batch)
            outbox.put(TYPESET_MERGED, **{**payload, "after": batch[-1]})
