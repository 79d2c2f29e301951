"""Pages → the search index: what is public beside its list rows, what is not for the desk alone."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.models import Page, Revision

from broadsheet.people.models import Person
from broadsheet.search import index
from broadsheet.search.filters import NAMES
from broadsheet.search.folding import fold
from broadsheet.search.index import Document
from broadsheet.stories.typesetting import Ingredients

AT_ONCE = 100


class Public(NamedTuple):
    """A public story as it is entered."""

    page: int
    published: dt.datetime
    card: dict[str, Any]
    folded: str
    """Its body, by `search.folding.fold`."""
    keys: Sequence[str]
    """Lists it stands in."""


def names_of(pot: Ingredients) -> dict[int, str]:
    """The names of the people above a batch of stories; one query or none."""
    return _names(Person, {pk for signed in pot.bylines.values() for pk, _role in signed})


def enter(stories: Sequence[Public], people: Mapping[int, str] | None = None) -> None:
    """Enter public stories that are not in the index; the same number of queries whatever there are. `people` are names by id."""
    if not stories:
        return
    if people is None:
        people = _names(Person, {pk for story in stories for pk, _role in story.card["people"]})
    topics = _topic_names({pk for story in stories for pk in story.card["topics"]})
    index.write(
        Document(
            page=story.page, published=story.published, headline=story.card["headline"], standfirst=story.card["standfirst"],
            names=[*(people.get(pk, "") for pk, _role in story.card["people"]), *(topics.get(pk, "") for pk in story.card["topics"])],
            folded=story.folded, keys=sorted(key for key in story.keys if key.partition(":")[0] in NAMES),
        )
        for story in stories
    )  # fmt: skip


def enter_for_the_desk(pages: Iterable[Any]) -> None:
    """Enter what only the desk may find, as its latest revision has it: drafts, unpublished changes, sections, static pages, fronts.

    Public stories without changes that wait are taken out of it: they are found among what is public.
    """
    pages = list(pages)
    index.forget(desk=[page.pk for page in pages])
    pages = [page for page in pages if not (hasattr(page, "kind") and page.live and page.published and not page.has_unpublished_changes)]
    revisions = Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages if page.latest_revision_id])
    latest = {revision.pk: revision.content for revision in revisions} if pages else {}
    told = [(page.pk, latest.get(page.latest_revision_id) or _as_it_is(page)) for page in pages]
    people = _names(Person, {b.get("person") for _pk, content in told for b in content.get("bylines") or ()})
    topics = _topic_names({topic for _pk, content in told for topic in content.get("topics") or ()})
    index.write(
        Document(
            page=pk, headline=content.get("title") or "", standfirst=content.get("standfirst") or content.get("description") or "",
            names=[*(people.get(b.get("person"), "") for b in content.get("bylines") or ()), *(topics.get(t, "") for t in content.get("topics") or ())],
            folded=fold(" ".join(_text(content.get("body")))),
        )
        for pk, content in told
    )  # fmt: skip


def enter_the_next(*, before: int) -> int:
    """Enter a batch of the pages with the highest ids below `before` anew; returns the lowest of these, 0 at the end."""
    from broadsheet.stories.models import Listing, Story

    with transaction.atomic():
        ids = list(Page.objects.filter(pk__lt=before, depth__gt=1).order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
        index.forget(public=ids, desk=ids)
        rows = Story.objects.filter(pk__in=ids, live=True, galley__isnull=False)
        keys: defaultdict[int, list[str]] = defaultdict(list)
        for pk, key in Listing.objects.filter(story_id__in=ids).order_by("pk").values_list("story_id", "list_key"):
            keys[pk].append(key)
        enter(
            [
                Public(pk, published, card, fold(text), keys[pk])
                for pk, published, card, text in rows.values_list("pk", "published", "galley__card", "galley__body_text")
                if card and published and keys[pk]
            ]
        )
        enter_for_the_desk(Page.objects.filter(pk__in=ids).specific())
        # Between two batches pages may go.
        return ids[-1] if ids else 0


def forget_what_is_gone() -> int:
    """Take out what has no page any more, and public entries of what is not public; returns how many."""
    from broadsheet.stories.models import Listing

    pages, public = Page.objects.values("pk"), Listing.objects.filter(list_key="site").values("story_id")
    with transaction.atomic():
        left = index.entries(desk=True).exclude(page__in=pages) | index.entries(desk=False).exclude(page__in=public)
        return index.remove(list(left.values_list("number", flat=True)))


def missing() -> int:
    """How many more public stories there are than the index has, or the reverse below 0."""
    from broadsheet.stories.models import Listing

    return Listing.objects.filter(list_key="site").count() - index.entries(desk=False).count()


def _names(model: Any, ids: Iterable[Any]) -> dict[int, str]:
    wanted = {pk for pk in ids if pk}
    return dict(model.objects.filter(pk__in=wanted).order_by().values_list("pk", "name")) if wanted else {}


def _topic_names(ids: Iterable[Any]) -> dict[int, str]:
    from broadsheet.stories.models import Topic

    return _names(Topic, ids)


def _as_it_is(page: Any) -> dict[str, Any]:
    body = getattr(page, "body", None)
    about = getattr(page, "standfirst", "") or getattr(page, "description", "")
    return {"title": page.draft_title or page.title, "standfirst": about, "body": list(body.raw_data) if body else []}


def _text(value: Any) -> Iterator[str]:
    """All words of a stream of blocks, as revisions keep it: JSON within JSON."""
    if isinstance(value, str) and value[:1] == "[":
        try:
            value = json.loads(value)
        except ValueError:
            return
    for block in value if isinstance(value, list) else ():
        yield from _words(block.get("value") if isinstance(block, dict) else None)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield strip_tags(value.replace("<", " <")) if "<" in value else value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _words(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
