"""Many new pages at once.

Django refuses `bulk_create` for models with two tables, and saving pages one by one costs a hundred queries each; so page
rows and story rows are written separately, under a lock on their parents, with one revision each. What is derived from
them is then made by the same function that every other way of publishing ends in.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex, Revision

from broadsheet.stories.models import Byline, StaticPage, Story
from broadsheet.stories.projections import project

RELATIONS = ("sections", "topics", "placements")


@dataclass(slots=True)
class Fresh:
    """A page that is not yet in the database, with what it refers to."""

    page: Story | StaticPage
    parent_id: int
    people: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    """Of these people in this story, in the same order; may be left out."""
    relations: dict[str, list[int]] = field(default_factory=dict)
    """Ids by name of the relation."""
    goes_live: dt.datetime | None = None
    """When an unpublished page is to be published by the schedule."""
    bylines: list[Byline] = field(default_factory=list)
    row: Page | None = None
    """Its row in Wagtail's table."""


@transaction.atomic
def write(batch: Sequence[Fresh]) -> None:
    """Write new pages, their relations and one revision each, and everything derived from them."""
    if not batch:
        return
    _insert_pages(batch)
    for model in (Story, StaticPage):
        pages = [fresh.page for fresh in batch if type(fresh.page) is model]
        if pages:
            # `_insert` is what bulk_create itself calls, a table at a time.
            model._base_manager.all()._insert(pages, fields=model._meta.local_concrete_fields, using="default", raw=True)
    _insert_relations([fresh for fresh in batch if isinstance(fresh.page, Story)])
    _insert_revisions(batch)
    project([fresh.page for fresh in batch])
    _insert_references([fresh.page for fresh in batch])
    for backend in get_search_backends(with_auto_update=True):
        for model in (Story, StaticPage):
            backend.add_bulk(model, [fresh.page for fresh in batch if type(fresh.page) is model])


def _insert_pages(batch: Sequence[Fresh]) -> None:
    by_parent: dict[int, list[Fresh]] = defaultdict(list)
    for fresh in batch:
        by_parent[fresh.parent_id].append(fresh)
    types = ContentType.objects.get_for_models(Story, StaticPage)
    for parent in Page.objects.select_for_update().filter(pk__in=by_parent):
        last = Page.objects.child_of(parent).order_by("path").values_list("path", flat=True).last()
        number = Page._str2int(last[-Page.steplen :]) if last else 0
        for fresh in by_parent[parent.pk]:
            number += 1
            page = fresh.page
            page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.locale_id, page.content_type = parent.locale_id, types[type(page)]
            fresh.row = Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields if f.attname != "id"})
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(by_parent[parent.pk]))
    # In the order given: among stories of one moment the higher number comes first in every list.
    Page.objects.bulk_create([fresh.row for fresh in batch if fresh.row], batch_size=100)
    for fresh in batch:
        page = fresh.page
        page.pk = page.id = fresh.row.pk if fresh.row else None
        page._state.adding, page._state.db = False, "default"


def _insert_relations(batch: Sequence[Fresh]) -> None:
    for name in RELATIONS:
        through = getattr(Story, name).through
        target = Story._meta.get_field(name).related_model._meta.model_name  # type: ignore[union-attr]
        through.objects.bulk_create(
            [through(**{"story_id": fresh.page.pk, f"{target}_id": pk}) for fresh in batch for pk in fresh.relations.get(name, ())],
            batch_size=300,
        )
    bylines = []
    for fresh in batch:
        for place, person in enumerate(fresh.people):
            role = fresh.roles[place] if fresh.roles else ""
            fresh.bylines.append(Byline(story=fresh.page, person_id=person, sort_order=place, role=role))
        bylines += fresh.bylines
    Byline.objects.bulk_create(bylines, batch_size=200)


def _insert_revisions(batch: Sequence[Fresh]) -> None:
    base = ContentType.objects.get_for_model(Page)
    now = timezone.now()
    revisions = []
    for fresh in batch:
        page = fresh.page
        revisions.append(
            Revision(
                content_type=page.content_type,
                base_content_type=base,
                object_id=str(page.pk),
                object_str=str(page)[:200],
                created_at=now,
                content=_content(fresh),
                approved_go_live_at=fresh.goes_live,
            )
        )
    revisions = Revision.objects.bulk_create(revisions, batch_size=50)
    changed = []
    for fresh, revision in zip(batch, revisions, strict=True):
        page = fresh.page
        page.latest_revision_id, page.latest_revision_created_at = revision.pk, now
        page.live_revision_id = revision.pk if page.live else None
        row = fresh.row or Page.objects.get(pk=page.pk)
        row.latest_revision_id, row.latest_revision_created_at = revision.pk, now
        row.live_revision_id = page.live_revision_id
        changed.append(row)
    Page.objects.bulk_update(changed, ["latest_revision", "latest_revision_created_at", "live_revision"], batch_size=50)


def _content(fresh: Fresh) -> dict[str, Any]:
    """The page as a revision keeps it."""
    page = fresh.page
    # What was just written is told to the cluster, which would otherwise ask the database for each relation of each page.
    related: dict[str, list[Any]] = {"wagtail_admin_comments": []}
    if isinstance(page, Story):
        related["bylines"] = fresh.bylines
        for name in RELATIONS:
            model: Any = Story._meta.get_field(name).related_model
            related[name] = [model(pk=pk) for pk in fresh.relations.get(name, ())]
    page._cluster_related_objects = related  # type: ignore[union-attr]
    return page.serializable_data()


def _insert_references(pages: Sequence[Story | StaticPage]) -> None:
    """What each page refers to, as `ReferenceIndex.create_or_update_for_object` would note it one by one."""
    base = ContentType.objects.get_for_model(Page)
    rows = [
        ReferenceIndex(
            content_type=page.content_type,
            base_content_type=base,
            object_id=page.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in sorted(set(ReferenceIndex._extract_references_from_object(page)))
    ]
    ReferenceIndex.objects.bulk_create(rows, batch_size=100, ignore_conflicts=True)
